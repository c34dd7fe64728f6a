/**
 * Two stations with always something to send, on one collision domain: what IEEE 802.3 makes of them, worked out exactly.
 * Written from the standard (4.2.3.2, 4.4.2) and shares nothing with boards/.
 *
 * After a collision both draw a number of slots from 0 to 2^n - 1, n their collisions in a row for this frame, at most 10
 * (4.2.3.2.5). Equal numbers collide again. The smaller one wins and goes on sending, since its next frame counts its
 * collisions from zero, until the loser's slots are over; then both start in the same gap and collide: the winner for the first
 * time, the loser once more. That is the capture effect (Ramakrishnan and Yang, "The Ethernet Capture Effect: Analysis
 * and Solution", 19th Conference on Local Computer Networks, 1994): a station that won keeps the medium with a chance of 5/8,
 * then 13/16, then 29/32. What they do for the first collisions is done here for all sixteen, as a Markov renewal
 * process over the two counts, with the lengths of frames, gaps and jam.
 */

/** Bit times (4.4.2, 10 Mb/s). */
const SLOT = 512
const GAP = 96
const PREAMBLE = 64
const JAM = 32
const ATTEMPTS = 16
const BACKOFF_LIMIT = 10

export interface ExpectedFrame {
  /** Bits of frames, destination address to FCS, by the time they take. */
  readonly efficiency: number
  /** Collisions of the medium for each frame that got through. */
  readonly collisionsPerFrame: number
  /** Frames given up after sixteen collisions for each frame that got through. */
  readonly lossesPerFrame: number
  /** Frames one station sends before the other one's turn comes; the mean. */
  readonly framesPerTurn: number
  /** Collisions of the medium for each turn. */
  readonly collisionsPerTurn: number
}

/** What a collision between counts (first, second) leads to, summed over all that may happen. */
interface Outcome {
  /** Chance of each pair of counts at the next collision, by index. */
  readonly next: Map<number, number>
  time: number
  frames: number
  /** Chance of each of the two to win. */
  readonly wins: [number, number]
}

const SIDE = ATTEMPTS
const indexOf = (first: number, second: number) => first * SIDE + second

/** The count after one more collision: the sixteenth gives the frame up, and the next one has none (4.2.3.2.5). */
const after = (count: number) => (count + 1 === ATTEMPTS ? 0 : count + 1)

/** How many numbers of slots a station draws from. A frame that has not collided waits for the gap alone. */
const choices = (count: number) => (count === 0 ? 1 : 2 ** Math.min(count, BACKOFF_LIMIT))

/**
 * From one collision to the next.
 * @param frameBits destination address to FCS
 * @param delay bit times from one station to the other
 */
function follow(first: number, second: number, frameBits: number, delay: number): Outcome {
  const outcome: Outcome = { next: new Map(), time: 0, frames: 0, wins: [0, 0] }
  const chance = 1 / (choices(first) * choices(second))
  const add = (key: number, weight: number) => outcome.next.set(key, (outcome.next.get(key) ?? 0) + weight)
  const turn = PREAMBLE + frameBits + GAP
  // The collision is seen within the preamble, which is finished and followed by the jam (4.2.3.2.4, 4.2.3.2.6).
  const quiet = PREAMBLE + JAM
  /** When a station starts that drew `slots`, from the start of the first station; `late` when it is the second. */
  const start = (slots: number, late: number) => Math.max(quiet + late + slots * SLOT, quiet + delay + GAP)
  const win = (winner: 0 | 1, slots: number, others: number, weight: number) => {
    const begin = start(slots, winner === 0 ? 0 : delay)
    const expiry = quiet + (winner === 0 ? delay : 0) + others * SLOT - begin
    // The loser starts in the first gap after its slots are over.
    const frames = Math.max(1, Math.ceil((expiry - delay) / turn))
    outcome.frames += weight * frames
    outcome.time += weight * (begin + frames * turn)
    outcome.wins[winner] += weight
    // The winner's start comes first: the loser hears the end of its frame later.
    add(indexOf(after(0), after(winner === 0 ? second : first)), weight)
  }
  const [mine, others] = [choices(first), choices(second)]
  for (let slots = 0; slots < Math.min(mine, others); slots++) {
    outcome.time += chance * start(slots, 0)
    add(indexOf(after(first), after(second)), chance)
  }
  // Only a winner that drew 0 has to wait for the gap; of the rest the difference matters, and how much later all is.
  for (let slots = 1; slots < others; slots++) win(0, 0, slots, chance)
  for (let slots = 1; slots < mine; slots++) win(1, 0, slots, chance)
  for (const [winner, winners, losers] of [
    [0, mine, others],
    [1, others, mine],
  ] as const) {
    for (let ahead = 1; ahead < losers - 1; ahead++) {
      const last = Math.min(winners - 1, losers - 1 - ahead)
      if (last < 1) continue
      win(winner, (1 + last) / 2, (1 + last) / 2 + ahead, chance * last)
    }
  }
  return outcome
}

/**
 * Two stations that always have a frame of `octets` (destination address to FCS).
 * @param delay bit times from the one to the other, repeater included
 */
export function twoStations(octets: number, delay: number): ExpectedFrame {
  const outcomes = Array.from({ length: SIDE * SIDE }, (_, key) =>
    follow(Math.floor(key / SIDE), key % SIDE, octets * 8, delay),
  )
  let share = new Float64Array(SIDE * SIDE)
  share[indexOf(1, 1)] = 1
  for (let round = 0; round < 20_000; round++) {
    const next = new Float64Array(SIDE * SIDE)
    for (const [key, weight] of share.entries()) {
      if (weight === 0) continue
      for (const [to, chance] of outcomes[key].next) next[to] += weight * chance
    }
    // Half of a step: the chain alternates otherwise where one of two counts is at its limit.
    let moved = 0
    for (const [key, weight] of next.entries()) {
      const mixed = (weight + share[key]) / 2
      moved += Math.abs(mixed - share[key])
      next[key] = mixed
    }
    share = next
    if (moved < 1e-14) break
  }
  let time = 0
  let frames = 0
  for (const [key, weight] of share.entries()) {
    time += weight * outcomes[key].time
    frames += weight * outcomes[key].frames
  }
  let losses = 0
  for (const [key, weight] of share.entries()) {
    const [one, other] = [Math.floor(key / SIDE), key % SIDE]
    // A count of 0 after a collision is a frame that was given up.
    losses += weight * (Number(one === 0) + Number(other === 0))
  }
  // Whoever won last stands first in a pair of counts: ties keep the order.
  let turns = 0
  for (const [key, weight] of share.entries()) turns += weight * outcomes[key].wins[1]
  return {
    efficiency: (frames * octets * 8) / time,
    collisionsPerFrame: 1 / frames,
    lossesPerFrame: losses / frames,
    framesPerTurn: frames / turns,
    collisionsPerTurn: 1 / turns,
  }
}

/** How the collision goes for the station that won before, when it is the other one's `row`th in a row. */
export function contest(row: number): { readonly wins: number; readonly loses: number; readonly ties: number } {
  const others = choices(row)
  const [wins, loses, ties] = [0, 1].reduce(
    ([won, lost, tied], slots) => [won + (others - 1 - slots), lost + slots, tied + 1],
    [0, 0, 0],
  )
  return { wins: wins / (2 * others), loses: loses / (2 * others), ties: ties / (2 * others) }
}

/**
 * Metcalfe and Boggs, "Ethernet: Distributed Packet Switching for Local Computer Networks", CACM 19 (1976): Q stations, each of
 * which sends in a slot with the chance 1/Q. E = (P/C) / (P/C + W T), W = (1 - A) / A, A = (1 - 1/Q)^(Q - 1).
 * @param octets of the packet, preamble left out
 * @param slot T in bit times
 */
export function metcalfeBoggs(octets: number, stations: number, slot: number): number {
  const acquired = (1 - 1 / stations) ** (stations - 1)
  const waiting = (1 - acquired) / acquired
  return (octets * 8) / (octets * 8 + waiting * slot)
}
