/** What is heard at a port in one stretch of time at one rate, and the ear that hears it. */
import type { Clock } from '../../firmware/hal/clock.js'
import type { HostLine, LineErrorCounts } from '../target/host-line.js'

/** Octets that are kept of a stretch: enough to tell who speaks. Those behind them are counted. */
const KEPT = 8_192
/** Octets at least between two looks whether that is enough. */
const LOOK_EVERY = 16

/** Octets that came at one instant. */
export interface HeardChunk {
  /** Nanoseconds on the clock of the port. */
  readonly at: number
  readonly octets: Uint8Array
}

export interface Heard {
  /** Symbols a second that this end listened at. */
  readonly baud: number
  /** Nanoseconds: from when, and for how long. */
  readonly began: number
  readonly time: number
  /** The first of them, as they came. */
  readonly octets: Uint8Array
  readonly chunks: readonly HeardChunk[]
  /** All of them. */
  readonly total: number
  /** What the line did to them; undefined where the port does not say. */
  readonly errors: LineErrorCounts | undefined
}

/** Difference of two counts of one line. */
export function errorsSince(now: LineErrorCounts, before: LineErrorCounts): LineErrorCounts {
  return {
    framing: now.framing - before.framing,
    parity: now.parity - before.parity,
    overruns: now.overruns - before.overruns,
    breaks: now.breaks - before.breaks,
  }
}

/** Takes the line as long as it listens, and leaves it to nobody. */
export class Ear {
  readonly #line: HostLine
  readonly #clock: Clock

  constructor(line: HostLine, clock: Clock) {
    this.#line = line
    this.#clock = clock
  }

  /**
   * Listens at a rate.
   * @param duration nanoseconds at most
   * @param enough ends it sooner; is asked again and again as octets come
   * @param say what is sent at the beginning
   */
  async listen(
    baud: number,
    duration: number,
    enough: (heard: Heard) => boolean = () => false,
    say?: Uint8Array,
  ): Promise<Heard> {
    const line = this.#line
    const clock = this.#clock
    if (line.baud !== baud) line.setBaud(baud)
    const began = clock.now
    const before = line.lineErrors?.()
    const chunks: HeardChunk[] = []
    let kept = 0
    let total = 0
    let looked = 0
    const heard = (): Heard => {
      const octets = new Uint8Array(kept)
      let at = 0
      for (const chunk of chunks) {
        octets.set(chunk.octets, at)
        at += chunk.octets.length
      }
      const after = line.lineErrors?.()
      const errors = before === undefined || after === undefined ? undefined : errorsSince(after, before)
      return { baud, began, time: clock.now - began, octets, chunks, total, errors }
    }
    await new Promise<void>((resolve) => {
      const timer = clock.after(duration, resolve)
      line.handleOctets = (octets) => {
        total += octets.length
        const taken = octets.slice(0, KEPT - kept)
        kept += taken.length
        if (taken.length > 0) chunks.push({ at: clock.now, octets: taken })
        if (total < looked) return
        looked = total + Math.max(LOOK_EVERY, Math.floor(total / 4))
        if (!enough(heard())) return
        clock.cancel(timer)
        resolve()
      }
      if (say !== undefined) line.write(say)
    })
    line.handleOctets = undefined
    return heard()
  }
}
