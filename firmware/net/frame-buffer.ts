/**
 * One Ethernet frame under construction or under examination. Its octets begin two octets into an aligned buffer, so that
 * the IP header at octet 14, and with it every transport header, lies on a word: the checksum then takes four octets a step.
 * Buffers live long; making a view for each frame would cost more than the sum itself.
 */
import { checksumAdd, fold } from './wire/checksum.js'
import { ETHERNET_HEADER_OCTETS, ETHERNET_MTU } from './wire/ethernet.js'

const HEADROOM = 2
/** Words of memory hold the octets in the machine's own order; the word sum below is written for the usual one. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

export class FrameBuffer {
  /** Destination address, source address, EtherType, payload. */
  readonly octets: Uint8Array
  readonly #words: Uint32Array
  /** Views from the first octet on, by length, each made when it is first asked for. */
  readonly #views = new Map<number, Uint8Array>()

  /** @param capacity in octets, header included; a frame of Ethernet's MTU by default */
  constructor(capacity = ETHERNET_HEADER_OCTETS + ETHERNET_MTU) {
    const buffer = new ArrayBuffer((HEADROOM + capacity + 7) & ~7)
    this.octets = new Uint8Array(buffer, HEADROOM, capacity)
    this.#words = new Uint32Array(buffer)
  }

  /** The first `length` octets, as a device takes them. The view is kept, so that a frame costs none. */
  view(length: number): Uint8Array {
    let view = this.#views.get(length)
    if (view === undefined) {
      view = this.octets.subarray(0, length)
      this.#views.set(length, view)
    }
    return view
  }

  /**
   * The one's complement sum of `octets[start .. end)` (RFC 1071), not complemented, 16 bits; fastest where `start` is 2
   * more than a multiple of 4, as IP and transport headers are.
   * @param sum a sum of words already taken (a pseudo header), to go on from
   */
  checksumAdd(start: number, end: number, sum = 0): number {
    if (!LITTLE_ENDIAN || ((start + HEADROOM) & 3) !== 0) return checksumAdd(this.octets, start, end, sum)
    const words = this.#words
    let word = (start + HEADROOM) >> 2
    const lastWord = (end + HEADROOM) >> 2
    // A double counts exactly to 2^53: two million words of 32 bits before a carry is lost.
    // Two sums side by side: neither waits for the other's addition.
    let total = 0
    let beside = 0
    for (const unrolled = lastWord - 7; word < unrolled; word += 8) {
      total += words[word] + words[word + 1] + (words[word + 2] + words[word + 3])
      beside += words[word + 4] + words[word + 5] + (words[word + 6] + words[word + 7])
    }
    for (; word < lastWord; word++) total += words[word]
    total += beside
    // 2^16 is 1 modulo 2^16 - 1 (RFC 1071 2): the halves add up, and so does what lies above 2^32.
    let low = fold((total >>> 16) + (total & 0xffff) + Math.floor(total / 0x100000000))
    // The words were read with their octets exchanged; so is the sum (RFC 1071 1 B).
    low = ((low & 0xff) << 8) | (low >> 8)
    return checksumAdd(this.octets, (lastWord << 2) - HEADROOM, end, sum + low)
  }

  /** The checksum field's value for `octets[start .. end)`: 0 where it is being verified and holds. */
  checksum(start: number, end: number, sum = 0): number {
    return ~this.checksumAdd(start, end, sum) & 0xffff
  }
}
