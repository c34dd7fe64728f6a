/** How long what a router says holds (RFC 4861 4.6.2, RFC 8106 5.1, 5.2): it is said in seconds, and kept as an instant. */
import { SECOND } from '../../hal/clock.js'

/** RFC 4862 5.5.3 e: what nobody has proved to be a router's word shortens no lifetime below this. */
const TWO_HOURS = 7200 * SECOND
/** All ones is without end. */
const INFINITE_SECONDS = 0xffffffff
/** Longer than any run: a clock counts exactly for 104 days. */
export const ENDLESS = Number.POSITIVE_INFINITY

/** The instant up to which something holds that is said now. @param now nanoseconds */
export function endOfLifetime(now: number, seconds: number): number {
  return seconds === INFINITE_SECONDS ? ENDLESS : now + seconds * SECOND
}

/**
 * RFC 4862 5.5.3 e: a lifetime of an address is made longer, or shorter down to two hours; what has less left keeps it.
 * @param held the instant at which it ends as it is @param said as a router has it end
 */
export function believedEnd(now: number, held: number, said: number): number {
  const twoHours = now + TWO_HOURS
  if (said > twoHours || said > held) return said
  return held <= twoHours ? held : twoHours
}
