/** Frames for the bench, and the three check algorithms, computed bit by bit from their definitions. */

export const BROADCAST_STATION = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
/** The station address the bench gives the chip: Microchip's OUI, a locally chosen rest. */
export const CHIP = [0x00, 0x04, 0xa3, 0x00, 0x00, 0x01]
export const PEER = [0x00, 0x04, 0xa3, 0x00, 0x00, 0x02]
export const STRANGER = [0x00, 0x04, 0xa3, 0x00, 0x00, 0x77]
export const MULTICAST = [0x01, 0x00, 0x5e, 0x00, 0x00, 0x01]
export const PAUSE_GROUP = [0x01, 0x80, 0xc2, 0x00, 0x00, 0x01]

/** CRC-32 of IEEE 802.3 3.2.9: reflected EDB88320h, initial and final FFFFFFFFh. */
export function frameCheckSequence(octets: ArrayLike<number>): number {
  let crc = 0xffffffff
  for (let i = 0; i < octets.length; i++) {
    crc ^= octets[i]
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

/** The four octets of the FCS in the order of the wire. */
export function fcs(octets: ArrayLike<number>): number[] {
  const crc = frameCheckSequence(octets)
  return [crc & 0xff, (crc >>> 8) & 0xff, (crc >>> 16) & 0xff, crc >>> 24]
}

export function checkedFrame(octets: readonly number[]): number[] {
  return [...octets, ...fcs(octets)]
}

/** One's complement sum of big-endian words, complemented (section 14.3). */
export function onesComplementSum(octets: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < octets.length; i += 2) {
    sum += (octets[i] << 8) | (i + 1 < octets.length ? octets[i + 1] : 0)
    sum = (sum & 0xffff) + (sum >>> 16)
  }
  return ~sum & 0xffff
}

export interface FrameParts {
  readonly da?: readonly number[]
  readonly sa?: readonly number[]
  /** Type or length field. */
  readonly type?: number
  /** Octets of the whole frame, FCS included: the payload is filled up to reach it. */
  readonly length?: number
  readonly payload?: readonly number[]
}

/** Destination address to the end of the payload, no FCS: what a host hands to a transmitter. */
export function body({ da = CHIP, sa = PEER, type = 0x0800, length = 64, payload }: FrameParts = {}): number[] {
  const data = payload ?? Array.from({ length: length - 18 }, (_, i) => (i * 7 + 1) & 0xff)
  return [...da, ...sa, type >>> 8, type & 0xff, ...data]
}

/** Destination address to FCS: what crosses the wire. */
export function frame(parts: FrameParts = {}): number[] {
  return checkedFrame(body(parts))
}

/** A frame with one bit of its FCS wrong. */
export function damaged(parts: FrameParts = {}): number[] {
  const octets = frame(parts)
  octets[octets.length - 1] ^= 0x10
  return octets
}
