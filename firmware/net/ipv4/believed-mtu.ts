/** What a router that did not pass on a datagram says of the way (RFC 1191). */

/** RFC 791 3.2: every link takes a datagram of this length whole. */
const SMALLEST_MTU = 68
/** RFC 1191 7, table 7-1: MTUs that links have. */
const PLATEAUS = [32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, SMALLEST_MTU]

/**
 * @param nextHopMtu what it says, or 0 where it is from before RFC 1191: then the greatest plateau that is less than what did not pass (5)
 * @param length of the datagram, as its header says
 * @param current what the way was believed to take
 */
export function believedMtu(nextHopMtu: number, length: number, current: number): number {
  const tooLong = Math.min(length, current)
  const mtu = nextHopMtu > 0 ? nextHopMtu : (PLATEAUS.find((plateau) => plateau < tooLong) ?? SMALLEST_MTU)
  return Math.max(SMALLEST_MTU, mtu)
}
