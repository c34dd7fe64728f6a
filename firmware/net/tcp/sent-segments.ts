/**
 * What was sent and is not acknowledged: when each part of it was last sent, whether the receiver has reported it (RFC 2018), whether it
 * is lost. RFC 8985 5.2 keeps this for each segment; here it is kept for stretches of numbers with one history, so that what was sent
 * at one instant is one stretch, however many segments it was. When something is lost is `rack.ts`'s.
 *
 * Nothing here frees data: a receiver may take back what it reported (RFC 2018 8), until the cumulative acknowledgement covers it.
 *
 * The first few stretches are part of the control block, further ones are taken from the memory budget. Where it gives none, what is
 * sent joins the stretch before it, with the later time: it is found lost later, and never wrongly. A report that would need a
 * stretch of its own is passed over then, and `refused` says so: duplicate acknowledgements are counted as without SACK.
 */
import type { MemoryBudget } from '../memory-budget.js'
import { Spares } from '../spares.js'
import { add, after, afterOrAt, before, beforeOrAt, sequenceDistance } from './sequence.js'

/** The receiver has it, out of order. */
const SACKED = 1
/** It is lost, and has not been sent again since that was found. */
const LOST = 2
/** It was sent more than once. */
export const RESENT = 4

/** Stretches that a control block has room for. */
const FIRST_STRETCHES = 4
const STRETCH_LIMIT = 1024
/** What a stretch takes: its end, when it was sent, what it is; the beginning is the end of the one before. */
const STRETCH_OCTETS = 12

/** Where stretches are kept: of each where it ends, when it was sent, what it is. */
interface Stretches {
  readonly end: Uint32Array
  readonly sentAt: Float64Array
  readonly state: Uint8Array
}

function makeStretches(count: number): Stretches {
  return { end: new Uint32Array(count), sentAt: new Float64Array(count), state: new Uint8Array(count) }
}

const NO_STRETCHES = makeStretches(0)

/** Where the first stretches of connections are kept; so many of it are when no connection has anything outstanding there. */
export class SpareStretches extends Spares<Stretches> {
  constructor() {
    super(() => makeStretches(FIRST_STRETCHES), 64)
  }
}

/** Is notified of what has arrived. */
export interface DeliveryWitness {
  /**
   * @param sentAt when it was sent last, nanoseconds
   * @param end one beyond its last number
   * @param state `RESENT`, `LOST` or both, as it was before
   */
  onDelivered(sentAt: number, end: number, state: number): void
}

/** Decides what is lost. */
export interface LossJudge {
  /**
   * @param state `RESENT` or nothing
   * @returns nanoseconds until it would be lost, 0 or less where it is; undefined: nothing speaks for it
   */
  timeUntilLost(sentAt: number, end: number, state: number): number | undefined
}

export class SentSegments {
  /** Octets that the receiver has reported. */
  sacked = 0
  /** Octets that are lost, and were not sent again since. */
  lost = 0
  /** The stretch that `nextLost` found: `from` up to, not including, `to`. */
  from = 0
  to = 0
  /** A report, or part of one, found no room since the last stretch was acknowledged. */
  refused = false
  readonly #memory: MemoryBudget
  readonly #spares: SpareStretches
  #stretches = NO_STRETCHES
  #end = NO_STRETCHES.end
  #sentAt = NO_STRETCHES.sentAt
  #state = NO_STRETCHES.state
  /** The stretches are those from `#first` up to, not including, `#beyond`. */
  #first = 0
  #beyond = 0
  /** Where the first begins: SND.UNA. */
  #start = 0
  /** One beyond the highest number that was sent again; undefined: none is outstanding. */
  #resentTo: number | undefined

  constructor(memory: MemoryBudget, spares: SpareStretches) {
    this.#memory = memory
    this.#spares = spares
  }

  /** The connection is open: the first number to be sent. */
  begin(sequence: number): void {
    this.#start = sequence
  }

  /** Octets that `lost` or `sacked` count, or that were sent again, are outstanding: acknowledgements need more than a look. */
  get disturbed(): boolean {
    return this.sacked > 0 || this.lost > 0 || this.#resentTo !== undefined
  }

  /** Stretches that are kept apart. */
  get stretches(): number {
    return this.#beyond - this.#first
  }

  /** New numbers, up to, not including, `end`, were sent. */
  append(end: number, now: number): void {
    let last = this.#beyond - 1
    if (last >= this.#first) {
      if (this.#state[last] === 0 && this.#sentAt[last] === now) {
        this.#end[last] = end
        return
      }
      if (!this.#hasRoom(1, 0)) {
        last = this.#beyond - 1
        this.#makePlain(last)
        this.#end[last] = end
        this.#sentAt[last] = now
        return
      }
    } else this.#hasRoom(1, 0)
    const at = this.#beyond++
    this.#end[at] = end
    this.#sentAt[at] = now
    this.#state[at] = 0
  }

  /**
   * SND.UNA moved on.
   * @returns octets that have arrived by that, and were not reported before
   */
  acknowledge(unacknowledged: number, witness: DeliveryWitness): number {
    let delivered = 0
    let start = this.#start
    let i = this.#first
    for (; i < this.#beyond && beforeOrAt(this.#end[i], unacknowledged); i++) {
      delivered += this.#take(i, start, this.#end[i], witness)
      start = this.#end[i]
    }
    if (i < this.#beyond && before(start, unacknowledged)) delivered += this.#take(i, start, unacknowledged, witness)
    this.#start = unacknowledged
    this.#first = i
    if (i === this.#beyond) {
      this.#first = 0
      this.#beyond = 0
      this.refused = false
    }
    if (this.#resentTo !== undefined && beforeOrAt(this.#resentTo, unacknowledged)) this.#resentTo = undefined
    return delivered
  }

  /**
   * The receiver reported what is between two numbers, both of what was sent.
   * @returns octets that were not reported before
   */
  report(left: number, right: number, witness: DeliveryWitness): number {
    if (before(left, this.#start)) left = this.#start
    let fresh = 0
    let i = this.#find(left)
    while (i < this.#beyond) {
      const start = this.#startOf(i)
      if (!before(start, right)) break
      if ((this.#state[i] & SACKED) === 0) {
        const from = before(start, left) ? left : start
        const to = after(this.#end[i], right) ? right : this.#end[i]
        const index = this.#cutOut(i, from, to)
        if (index < 0) this.refused = true
        else {
          fresh += this.#take(index, from, to, witness)
          this.#state[index] = (this.#state[index] & ~LOST) | SACKED
          this.sacked += sequenceDistance(from, to)
          i = this.#joinNeighbours(index)
        }
      }
      i++
    }
    return fresh
  }

  /** Something is lost. */
  get hasLost(): boolean {
    return this.lost > 0
  }

  /** Leaves what is lost first, however many stretches that is, in `from` and `to`. Returns false when nothing is lost. */
  nextLost(): boolean {
    if (this.lost === 0) return false
    let start = this.#start
    for (let i = this.#first; i < this.#beyond; i++) {
      if ((this.#state[i] & LOST) !== 0) {
        this.from = start
        while (i + 1 < this.#beyond && (this.#state[i + 1] & LOST) !== 0) i++
        this.to = this.#end[i]
        return true
      }
      start = this.#end[i]
    }
    return false
  }

  /** What lies between two numbers was sent again, now. Where there is no room to keep it apart, all of its stretch counts as such. */
  resent(from: number, to: number, now: number): void {
    for (let i = this.#find(from); i < this.#beyond && before(this.#startOf(i), to); i++) {
      const start = this.#startOf(i)
      if ((this.#state[i] & SACKED) !== 0) continue
      const index = this.#cutOut(i, before(start, from) ? from : start, after(this.#end[i], to) ? to : this.#end[i])
      const at = index < 0 ? i : index
      if ((this.#state[at] & LOST) !== 0) this.lost -= sequenceDistance(this.#startOf(at), this.#end[at])
      this.#state[at] = RESENT
      this.#sentAt[at] = now
      if (this.#resentTo === undefined || after(this.#end[at], this.#resentTo)) this.#resentTo = this.#end[at]
      i = this.#joinNeighbours(at)
    }
  }

  /**
   * Marks what the judge finds lost.
   * @returns nanoseconds until the last of what may still be found lost would be; 0 where there is nothing of that kind
   */
  detectLost(judge: LossJudge): number {
    let timeout = 0
    let start = this.#start
    for (let i = this.#first; i < this.#beyond; i++) {
      const end = this.#end[i]
      if ((this.#state[i] & (SACKED | LOST)) === 0) {
        const remaining = judge.timeUntilLost(this.#sentAt[i], end, this.#state[i])
        if (remaining !== undefined) {
          if (remaining <= 0) this.#markLost(i, start)
          else if (remaining > timeout) timeout = remaining
        }
      }
      start = end
    }
    return timeout
  }

  /** What begins at SND.UNA, up to a segment of `octets`, is lost. */
  loseFirst(octets: number): void {
    if (this.#first === this.#beyond || (this.#state[this.#first] & (SACKED | LOST)) !== 0) return
    const to = add(this.#start, octets)
    const end = this.#end[this.#first]
    const index = this.#cutOut(this.#first, this.#start, before(to, end) ? to : end)
    this.#markLost(index < 0 ? this.#first : index, this.#start)
  }

  /**
   * All that is not reported and was sent at an instant or before is lost, and what begins at SND.UNA in any case (RFC 8985 6.3). If that
   * was reported, the receiver has taken its reports back (RFC 2018 8): they are forgotten.
   */
  loseAll(until = Number.POSITIVE_INFINITY): void {
    if (this.#first === this.#beyond) return
    const forgets = (this.#state[this.#first] & SACKED) !== 0
    let start = this.#start
    for (let i = this.#first; i < this.#beyond; i++) {
      const end = this.#end[i]
      if (forgets && (this.#state[i] & SACKED) !== 0) {
        this.#state[i] &= ~SACKED
        this.sacked -= sequenceDistance(start, end)
        this.#markLost(i, start)
      } else if ((this.#state[i] & (SACKED | LOST)) === 0 && (i === this.#first || this.#sentAt[i] <= until))
        this.#markLost(i, start)
      start = end
    }
  }

  /** Takes back that anything is lost: all of it may still arrive. */
  loseNone(): void {
    for (let i = this.#first; i < this.#beyond; i++) this.#state[i] &= ~LOST
    this.lost = 0
  }

  /** Forgets everything, and gives memory back. */
  clear(): void {
    this.#first = 0
    this.#beyond = 0
    this.sacked = 0
    this.lost = 0
    this.#resentTo = undefined
    this.release()
  }

  /** Gives memory back where nothing is outstanding. */
  release(): void {
    if (this.#beyond > this.#first || this.#end.length === 0) return
    this.#memory.give((this.#end.length - FIRST_STRETCHES) * STRETCH_OCTETS, 'TCP segments sent')
    this.#replace(NO_STRETCHES)
  }

  /** The part of a stretch between two numbers has arrived. Returns its octets, where that was not known. */
  #take(index: number, from: number, to: number, witness: DeliveryWitness): number {
    const octets = sequenceDistance(from, to)
    const state = this.#state[index]
    if ((state & SACKED) !== 0) {
      this.sacked -= octets
      return 0
    }
    if ((state & LOST) !== 0) this.lost -= octets
    witness.onDelivered(this.#sentAt[index], to, state)
    return octets
  }

  #markLost(index: number, start: number): void {
    this.#state[index] |= LOST
    this.lost += sequenceDistance(start, this.#end[index])
  }

  /** Forgets what is known of a stretch but that it was sent: a report may be forgotten, and what is lost is found so once more. */
  #makePlain(index: number): void {
    const octets = sequenceDistance(this.#startOf(index), this.#end[index])
    if ((this.#state[index] & SACKED) !== 0) this.sacked -= octets
    else if ((this.#state[index] & LOST) !== 0) this.lost -= octets
    this.#state[index] &= RESENT
  }

  #startOf(index: number): number {
    return index === this.#first ? this.#start : this.#end[index - 1]
  }

  /** The stretch that a number is in; `#beyond` where it is in none. */
  #find(sequence: number): number {
    let low = this.#first
    let high = this.#beyond
    while (low < high) {
      const middle = (low + high) >> 1
      if (afterOrAt(sequence, this.#end[middle])) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Makes the part between two numbers a stretch of its own. Returns which; -1 where there is no room for that. */
  #cutOut(index: number, from: number, to: number): number {
    const cuts = (this.#startOf(index) === from ? 0 : 1) + (this.#end[index] === to ? 0 : 1)
    if (cuts === 0) return index
    const held = index - this.#first
    // One is left for what will be sent.
    if (!this.#hasRoom(cuts, 1)) return -1
    let at = this.#first + held
    if (this.#end[at] !== to) this.#split(at, to)
    if (this.#startOf(at) !== from) this.#split(at++, from)
    return at
  }

  /** Two stretches of one, which meet at a number. There is room. */
  #split(index: number, at: number): void {
    this.#end.copyWithin(index + 1, index, this.#beyond)
    this.#sentAt.copyWithin(index + 1, index, this.#beyond)
    this.#state.copyWithin(index + 1, index, this.#beyond)
    this.#beyond++
    this.#end[index] = at
  }

  /** Joins a stretch with its neighbours of the same history. Returns where it is now. */
  #joinNeighbours(index: number): number {
    if (index + 1 < this.#beyond && this.#isAlike(index, index + 1)) this.#join(index)
    if (index > this.#first && this.#isAlike(index - 1, index)) this.#join(--index)
    return index
  }

  #isAlike(one: number, other: number): boolean {
    const state = this.#state[one]
    if ((state & SACKED) !== 0) return (this.#state[other] & SACKED) !== 0
    return state === this.#state[other] && this.#sentAt[one] === this.#sentAt[other]
  }

  /** The stretch takes in the one behind it. */
  #join(index: number): void {
    this.#end[index] = this.#end[index + 1]
    this.#state[index] |= this.#state[index + 1]
    this.#end.copyWithin(index + 1, index + 2, this.#beyond)
    this.#sentAt.copyWithin(index + 1, index + 2, this.#beyond)
    this.#state.copyWithin(index + 1, index + 2, this.#beyond)
    this.#beyond--
  }

  /** Sees to room for more stretches behind the last, besides so many that stay free. */
  #hasRoom(more: number, spare: number): boolean {
    const held = this.#end.length
    if (this.#beyond + more + spare <= held) return true
    const count = this.stretches
    // Moved to the front, they have room for a while; if most of it is taken, there is to be more.
    if (count + more + spare <= held - (held >> 2) || !this.#grow()) {
      if (count + more + spare > held) return false
      this.#moveTo(this.#stretches)
    }
    return true
  }

  #grow(): boolean {
    const held = this.#end.length
    if (held === 0) {
      this.#moveTo(this.#spares.take())
      return true
    }
    if (held >= STRETCH_LIMIT || !this.#memory.take(held * STRETCH_OCTETS, 'TCP segments sent')) return false
    this.#moveTo(makeStretches(2 * held))
    return true
  }

  #moveTo(stretches: Stretches): void {
    const { end, sentAt, state } = stretches
    for (let i = this.#first, to = 0; i < this.#beyond; i++, to++) {
      end[to] = this.#end[i]
      sentAt[to] = this.#sentAt[i]
      state[to] = this.#state[i]
    }
    this.#replace(stretches)
    this.#beyond -= this.#first
    this.#first = 0
  }

  #replace(stretches: Stretches): void {
    const old = this.#stretches
    if (old !== stretches && old.end.length === FIRST_STRETCHES) this.#spares.giveBack(old)
    this.#stretches = stretches
    this.#end = stretches.end
    this.#sentAt = stretches.sentAt
    this.#state = stretches.state
  }
}
