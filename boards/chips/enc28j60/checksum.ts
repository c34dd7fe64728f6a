/** The checksum of the pattern filter, the DMA and the BIST: the Internet checksum (DS39662 13.2, RFC 1071). */

/** One's complement of the one's complement sum of big-endian words; an odd octet is padded with 00h. */
export function internetChecksum(octets: Uint8Array, start: number, end: number): number {
  let sum = 0
  let at = start
  for (; at + 1 < end; at += 2) sum += (octets[at] << 8) | octets[at + 1]
  if (at < end) sum += octets[at] << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
