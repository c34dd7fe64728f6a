/** Who watches one direction of a serial line: a trace, a scope. Nothing is worked out for them while nobody watches. */
import type { SerialFraming } from './framing.js'

/** A character as it left. */
export interface SentCharacter {
  /** When its start bit began, in nanoseconds, with a fraction. */
  readonly from: number
  /** Nanoseconds a bit, with a fraction. */
  readonly bitTime: number
  readonly framing: SerialFraming
  readonly character: number
  /** Bits that noise inverts on the way, the start bit being bit 0. */
  readonly flips: number
}

/** One level of a character that is leaving: only a line that goes bit by bit tells of it. */
export interface LeavingBit {
  /** From when to when, in nanoseconds, with a fraction. */
  readonly from: number
  readonly to: number
  readonly framing: SerialFraming
  readonly character: number
  /** The start bit is slot 0. */
  readonly slot: number
  /** 1 is mark; noise has been at it. */
  readonly level: number
  /** Noise turned it over. */
  readonly flipped: boolean
}

export interface LineObserver {
  /** A level begins; of a line whose granularity is `bit`. */
  bit?(bit: LeavingBit): void
  /**
   * A look of the receiver at its input within a character: `nth` of SAMPLES_A_BIT (1 is the first) of bit `slot`. It is told
   * where the receiver samples at all: always on a line whose granularity is `bit`, else where something is wrong.
   */
  sample?(level: number, at: number, slot: number, nth: number): void
  sent?(character: SentCharacter): void
  /** The line was held at the level of a start bit: a break. */
  held?(from: number, to: number): void
  /** Noise on a line at rest made it look like a start bit for so long. */
  spike?(from: number, to: number): void
  /** What the receiver made of it: low eight bits, LINE_ flags, when its stop bit was read or had passed. */
  received?(octet: number, flags: number, at: number): void
}
