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

export interface LineObserver {
  sent?(character: SentCharacter): void
  /** The line was held at the level of a start bit: a break. */
  held?(from: number, to: number): void
  /** Noise on a line at rest made it look like a start bit for so long. */
  spike?(from: number, to: number): void
  /** What the receiver made of it: low eight bits, LINE_ flags, when its stop bit was read or had passed. */
  received?(octet: number, flags: number, at: number): void
}
