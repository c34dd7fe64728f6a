/** The internet checksum (RFC 1071): one's complement of the one's complement sum of 16-bit words. */

/**
 * The one's complement sum of `octets[start .. end)`, not complemented; an odd last octet counts as the high half of a
 * word. Up to 64 KiB at a time.
 * @param sum a sum of words already taken (a pseudo header), to go on from
 */
export function checksumAdd(octets: Uint8Array, start: number, end: number, sum = 0): number {
  // High and low halves add up apart: each stays under 2^23 for 64 KiB, and is joined once.
  let high = 0
  let low = 0
  let at = start
  for (const last = end - 8; at <= last; at += 8) {
    high += octets[at] + octets[at + 2] + octets[at + 4] + octets[at + 6]
    low += octets[at + 1] + octets[at + 3] + octets[at + 5] + octets[at + 7]
  }
  for (const last = end - 2; at <= last; at += 2) {
    high += octets[at]
    low += octets[at + 1]
  }
  if (at < end) high += octets[at]
  return fold(sum + high * 256 + low)
}

/** Carries above 16 bits come in again at the bottom (RFC 1071 2). */
export function fold(sum: number): number {
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return sum
}

/** The checksum field for `octets[start .. end)`, that field being zero; 0 when a good checksum is already in it. */
export function checksum(octets: Uint8Array, start = 0, end = octets.length, sum = 0): number {
  return ~checksumAdd(octets, start, end, sum) & 0xffff
}
