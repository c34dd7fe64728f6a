/**
 * A frame as bits on the pair and back: only for frames in which noise hit the preamble or the start frame delimiter,
 * where the receiver may find the start elsewhere or not at all. Octets go lowest bit first (IEEE 802.3 3.3).
 */
import { PREAMBLE_OCTETS } from './port.js'

const START_FRAME_DELIMITER = 0xd5
const PREAMBLE = 0x55

/** Bits of preamble and start frame delimiter. */
export const PREAMBLE_BITS = PREAMBLE_OCTETS * 8

/**
 * What a receiver makes of a signal: it looks for the eight bits 10101011 and takes octets from there (3.2.2).
 * @param octets the frame as sent, destination address to FCS
 * @param flipped positions of wrong bits, counted from the first bit of the preamble
 * @returns undefined when there is no delimiter in the signal
 */
export function receiveLineBits(
  octets: Uint8Array,
  dribbleBits: number,
  flipped: Iterable<number>,
): { octets: Uint8Array; dribbleBits: number; start: number } | undefined {
  const line = new Uint8Array(PREAMBLE_OCTETS + octets.length + 1).fill(PREAMBLE, 0, PREAMBLE_OCTETS - 1)
  line[PREAMBLE_OCTETS - 1] = START_FRAME_DELIMITER
  line.set(octets, PREAMBLE_OCTETS)
  for (const bit of flipped) line[bit >> 3] ^= 1 << (bit & 7)
  const bits = PREAMBLE_BITS + octets.length * 8 + dribbleBits
  let window = 0
  for (let bit = 0; bit < bits; bit++) {
    window = (window >> 1) | (((line[bit >> 3] >> (bit & 7)) & 1) << 7)
    if (bit < 7 || window !== START_FRAME_DELIMITER) continue
    const start = bit + 1
    const found = new Uint8Array((bits - start) >> 3)
    for (let i = 0; i < found.length; i++) {
      const at = start + i * 8
      found[i] = (line[at >> 3] >> (at & 7)) | (line[(at >> 3) + 1] << (8 - (at & 7)))
    }
    return { octets: found, dribbleBits: (bits - start) & 7, start }
  }
  return undefined
}
