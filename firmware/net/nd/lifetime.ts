/** How long what a router says holds (RFC 4861 4.6.2, RFC 8106 5.1, 5.2): it is said in seconds, and kept as an instant. */
import { SECOND } from '../../hal/clock.js'

/** All ones is without end. */
const INFINITE_SECONDS = 0xffffffff
/** Longer than any run: a clock counts exactly for 104 days. */
export const ENDLESS = Number.POSITIVE_INFINITY

/** The instant up to which something holds that is said now. @param now nanoseconds */
export function endOfLifetime(now: number, seconds: number): number {
  return seconds === INFINITE_SECONDS ? ENDLESS : now + seconds * SECOND
}
