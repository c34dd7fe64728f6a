/**
 * Two stacks of ours, each of which fills the other's buffer while nobody reads. Both windows are closed then, both ends ask
 * after them, and at some instant the readers wake: whatever crosses on the way at that instant, both streams arrive. Nothing is
 * lost on the link, so nothing but the stacks can hold them up.
 */

import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Connection } from '../../firmware/net/tcp/tcp.js'
import { Stack } from '../../firmware/stack.js'
import { FrameLink } from '../support/frame-link.js'
import { patternOctet } from '../support/stack-bench.js'

export interface ClosedWindows {
  /** One way, milliseconds. */
  readonly delay: number
  /** Of each end's receive buffer. */
  readonly buffer: number
  /** Octets that each end writes, before it closes. */
  readonly octets: number
  readonly timestamps: boolean
  /** When each end begins to read, in milliseconds from the instant at which both begin to write. */
  readonly wakes: readonly [number, number]
  /** Octets a reading at most, and milliseconds until the next; undefined: all that is there, when it comes. */
  readonly sips?: readonly [octets: number, every: number]
}

export interface Passage {
  /** From the later waking until both streams were whole and both ends had closed, in nanoseconds; Infinity: never. */
  readonly took: number
  /** What is wrong; empty when nothing is. */
  readonly faults: readonly string[]
}

const PORT = 7
/** Longer than R2, in which a connection without an answer fails. */
const TIMEOUT = 400 * SECOND
/** Addresses are resolved and the connection is open. */
const OPENING = 5 * SECOND

class Side {
  read = 0
  #written = 0
  #stopWriting: (() => void) | undefined
  readonly #into = new Uint8Array(4096)
  wrong = 0
  endedAt = Number.POSITIVE_INFINITY

  constructor(
    readonly connection: Connection,
    readonly octets: number,
    readonly clock: Scheduler,
  ) {}

  /** Writes as there is room, then closes that half. */
  write(): void {
    const { connection } = this
    while (this.#written < this.octets) {
      const piece = Uint8Array.from({ length: Math.min(500, this.octets - this.#written) }, (_, i) =>
        patternOctet(this.#written + i),
      )
      const taken = connection.write(piece)
      this.#written += taken
      if (taken < piece.length) {
        this.#stopWriting ??= connection.onWritable(() => this.write())
        return
      }
    }
    this.#stopWriting?.()
    connection.shutdownWrite()
  }

  wake(sips: ClosedWindows['sips']): void {
    if (sips === undefined) {
      this.connection.onReadable(() => this.#sip(Number.POSITIVE_INFINITY))
      this.#sip(Number.POSITIVE_INFINITY)
      return
    }
    const [octets, every] = sips
    const again = () => {
      this.#sip(octets)
      if (this.endedAt === Number.POSITIVE_INFINITY && this.connection.error === undefined)
        this.clock.after(every * MILLISECOND, again)
    }
    again()
  }

  #sip(most: number): void {
    for (let left = most; left > 0; ) {
      const octets = this.connection.read(this.#into, 0, Math.min(left, this.#into.length))
      if (octets === 0) break
      for (let i = 0; i < octets; i++) if (this.#into[i] !== patternOctet(this.read + i)) this.wrong++
      this.read += octets
      left -= octets
    }
    if (this.connection.ended && this.endedAt === Number.POSITIVE_INFINITY) this.endedAt = this.clock.now
  }
}

/** One case from its first segment to its end. */
export function passClosedWindows(given: ClosedWindows): Passage {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const link = new FrameLink({ clock, delay: given.delay * MILLISECOND })
  const [a, b] = [link.a, link.b].map((device, i) => {
    const stack = new Stack({ clock, random: random.fork(String(i)), name: `stack ${i}` })
    const interfaceOf = stack.addInterface({ name: 'eth0', device, address: `10.0.0.${i + 1}/24` })
    return { stack, address: interfaceOf.address }
  })
  const options = { receiveBuffer: given.buffer, timestamps: given.timestamps }
  const listener = b.stack.tcp.listen({ address: 0, port: PORT }, { connection: options })
  const connection = a.stack.tcp.connect({ address: b.address, port: PORT }, options)
  clock.runFor(OPENING)
  const accepted = listener.accept()
  if (accepted === undefined) return { took: Number.POSITIVE_INFINITY, faults: ['it did not open'] }
  const sides = [connection, accepted].map((one) => new Side(one, given.octets, clock))
  for (const [i, side] of sides.entries()) {
    side.write()
    clock.after(given.wakes[i] * MILLISECOND, () => side.wake(given.sips))
  }
  const woken = clock.now + Math.max(...given.wakes) * MILLISECOND
  clock.runFor(woken - clock.now + TIMEOUT)
  const faults: string[] = []
  for (const [i, side] of sides.entries()) {
    if (side.wrong > 0) faults.push(`end ${i} read ${side.wrong} wrong octets`)
    if (side.read !== given.octets) faults.push(`end ${i} read ${side.read} of ${given.octets} octets`)
    else if (side.endedAt === Number.POSITIVE_INFINITY) faults.push(`end ${i} was never told that the connection ended`)
    if (side.connection.error !== undefined) faults.push(`end ${i} failed: ${side.connection.error}`)
  }
  return { took: Math.max(...sides.map(({ endedAt }) => endedAt)) - woken, faults }
}

const DELAYS = [4, 20, 60] as const
const BUFFERS = [100, 1000, 2920, 70_000] as const
/** What more than that each end writes, at most. */
const REST = 6000
/** From before the first question to after the third: the questions of both ends cross the readers' waking in every way. */
const FIRST_WAKE = 150
const LAST_WAKE = 1320

/**
 * Every case of the sweep: read times in steps of a quarter of the delay, delays, buffers, timestamps on and off; the second
 * reader wakes with the first, half a delay before it, or half a delay after it.
 */
export function* everyClosedWindow(): Generator<ClosedWindows> {
  for (const delay of DELAYS)
    for (const buffer of BUFFERS)
      for (const timestamps of [false, true])
        for (let wake = FIRST_WAKE; wake <= LAST_WAKE; wake += delay / 4)
          for (const apart of [0, delay / 2, -delay / 2])
            yield {
              delay,
              buffer,
              octets: buffer + Math.min(2 * buffer, REST),
              timestamps,
              wakes: [wake, wake + apart],
            }
}

/** Buffers that the scale of windows matters to, and readers that take sips: by chance. */
export function* closedWindowsByChance(seed: number): Generator<ClosedWindows> {
  const random = new SeededRandom(seed)
  const one = <T>(values: readonly T[]) => values[random.below(values.length)]
  for (;;) {
    const buffer = one([60, 300, 536, 1000, 1460, 2048, 4000, 70_000, 150_001])
    const wake = 100 + random.below(3000)
    const sip = 1 + random.below(buffer)
    yield {
      delay: one([0, 1, 5, 20, 50, 100, 250]),
      buffer,
      octets: buffer * (1 + random.below(3)) + random.below(200),
      timestamps: random.below(2) === 0,
      wakes: [wake, random.below(2) === 0 ? wake : 100 + random.below(3000)],
      ...(random.below(2) === 0 && { sips: [Math.max(sip, buffer >> 4), 1 + random.below(100)] as const }),
    }
  }
}

/**
 * Runs cases, and names those in which a stream did not arrive, or not as soon as it can: nothing is lost, so what opens a
 * window is an update, and no timer of a second has to run out.
 * @param cases `everyClosedWindow()` for the whole
 */
export function judgeClosedWindows(cases: Iterable<ClosedWindows>): {
  readonly cases: number
  readonly faults: string[]
} {
  const faults: string[] = []
  let count = 0
  for (const given of cases) {
    count++
    const { took, faults: found } = passClosedWindows(given)
    for (const fault of found) faults.push(`${JSON.stringify(given)}: ${fault}`)
    const limit = latest(given)
    if (found.length === 0 && took > limit)
      faults.push(`${JSON.stringify(given)}: it took ${took / MILLISECOND} ms, more than ${limit / MILLISECOND}`)
  }
  return { cases: count, faults }
}

/** A round trip for each time that the buffer is filled, and as many again to be started; and the readers' own time. */
function latest({ delay, buffer, octets, sips }: ClosedWindows): number {
  const fills = Math.ceil(octets / buffer)
  const sipping = sips === undefined ? 0 : Math.ceil(octets / sips[0]) * sips[1]
  const starting = buffer > 14_600 ? 8 : 2
  return (fills * (2 + starting) * 2 * delay + 2 * sipping + 1000) * MILLISECOND
}
