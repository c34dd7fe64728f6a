/** A parameter in seconds, for a clock. */
import { SECOND } from '../../firmware/hal/clock.js'

/** Whole, as the clock's are. */
export function nanoseconds(seconds: number): number {
  return Math.round(seconds * SECOND)
}
