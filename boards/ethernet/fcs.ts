/**
 * The frame check sequence: CRC-32 as IEEE 802.3 3.2.9 has it (polynomial 04C11DB7h, reflected EDB88320h; initial value and
 * final XOR FFFFFFFFh). Eight octets a turn through eight tables, because every frame of a simulation passes here.
 */

export const FCS_OCTETS = 4

/** CRC-32 over a frame and its own good FCS: the same for every frame. */
export const FCS_RESIDUE = 0x2144df1c

/** Table k at k * 256: the remainder of an octet followed by k zero octets. */
const TABLES = new Int32Array(8 * 256)
for (let octet = 0; octet < 256; octet++) {
  let remainder = octet
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0)
  TABLES[octet] = remainder
}
for (let octet = 0; octet < 256; octet++) {
  for (let k = 1; k < 8; k++) {
    const shorter = TABLES[(k - 1) * 256 + octet]
    TABLES[k * 256 + octet] = (shorter >>> 8) ^ TABLES[shorter & 0xff]
  }
}

/** CRC-32 of `octets` from `start` up to `end`: 0 to 2^32 - 1. */
export function crc32(octets: Uint8Array, start = 0, end = octets.length): number {
  const tables = TABLES
  let crc = -1
  let at = start
  for (const last = end - 8; at <= last; at += 8) {
    crc ^= octets[at] | (octets[at + 1] << 8) | (octets[at + 2] << 16) | (octets[at + 3] << 24)
    crc =
      tables[1792 + (crc & 0xff)] ^
      tables[1536 + ((crc >>> 8) & 0xff)] ^
      tables[1280 + ((crc >>> 16) & 0xff)] ^
      tables[1024 + (crc >>> 24)] ^
      tables[768 + octets[at + 4]] ^
      tables[512 + octets[at + 5]] ^
      tables[256 + octets[at + 6]] ^
      tables[octets[at + 7]]
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ tables[(crc ^ octets[at]) & 0xff]
  return ~crc >>> 0
}

/** Writes the FCS of `octets[0 .. at)` at `at`, in the order in which it goes on the wire. */
export function writeFcs(octets: Uint8Array, at: number): void {
  const fcs = crc32(octets, 0, at)
  octets[at] = fcs
  octets[at + 1] = fcs >>> 8
  octets[at + 2] = fcs >>> 16
  octets[at + 3] = fcs >>> 24
}

/** A copy of `frame` (destination address to the end of the payload) with its FCS behind it. */
export function withFcs(frame: Uint8Array): Uint8Array {
  const octets = new Uint8Array(frame.length + FCS_OCTETS)
  octets.set(frame)
  writeFcs(octets, frame.length)
  return octets
}

/** Whether the last four octets are the FCS of those before them. */
export function fcsGood(octets: Uint8Array): boolean {
  return octets.length > FCS_OCTETS && crc32(octets) === FCS_RESIDUE
}
