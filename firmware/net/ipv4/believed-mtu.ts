/** What a router that did not pass on a datagram says of the way (RFC 1191). */
import { plateauBelow } from '../plateaus.js'

/** RFC 791 3.2: every link takes a datagram of this length whole. */
const SMALLEST_MTU = 68

/**
 * @param nextHopMtu what it says, or 0 where it is from before RFC 1191: then the greatest plateau that is less than what did not pass (5)
 * @param length of the datagram, as its header says
 * @param current what the way was believed to take
 */
export function believedMtu(nextHopMtu: number, length: number, current: number): number {
  const tooLong = Math.min(length, current)
  return Math.max(SMALLEST_MTU, nextHopMtu > 0 ? nextHopMtu : plateauBelow(tooLong))
}
