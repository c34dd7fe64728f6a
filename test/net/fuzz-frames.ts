/** Frames for the fuzzer, written octet by octet and without any code of the stack's own; and what is done to spoil them. */
import type { SeededRandom } from '../../boards/simulation/random.js'

export const FLAG_FIN = 0x01
export const FLAG_SYN = 0x02
export const FLAG_RST = 0x04
export const FLAG_PSH = 0x08
export const FLAG_ACK = 0x10
export const FLAG_URG = 0x20

export const OUR_MAC = Uint8Array.of(2, 0, 0, 0, 0, 1)
const PEER_MAC = Uint8Array.of(2, 0, 0, 0, 0, 2)
export const TCP = 6
export const UDP = 17
export const ICMP = 1
const IP = 14

/** One frame under construction: `octets[0 .. length)`. */
export class FrameMaker {
  readonly octets = new Uint8Array(1600)
  readonly view = new DataView(this.octets.buffer)
  length = 0

  ethernet(etherType: number, destination = OUR_MAC): void {
    this.octets.set(destination, 0)
    this.octets.set(PEER_MAC, 6)
    this.view.setUint16(12, etherType)
    this.length = 14
  }

  /** An IP header without options; `finish` writes lengths and sums. */
  ip(protocol: number, source: number, destination: number, identification = 1): void {
    this.ethernet(0x0800)
    const { view } = this
    view.setUint16(IP, 0x4500)
    view.setUint16(IP + 4, identification)
    view.setUint16(IP + 6, 0)
    view.setUint16(IP + 8, (64 << 8) | protocol)
    view.setUint32(IP + 12, source)
    view.setUint32(IP + 16, destination)
    this.length = IP + 20
  }

  word16(value: number): void {
    this.view.setUint16(this.length, value)
    this.length += 2
  }

  word32(value: number): void {
    this.view.setUint32(this.length, value)
    this.length += 4
  }

  bytes(...values: number[]): void {
    for (const value of values) this.octets[this.length++] = value
  }

  fill(count: number, value: number): void {
    const end = Math.min(this.octets.length, this.length + count)
    this.octets.fill(value, this.length, end)
    this.length = end
  }

  /** Sets the frame's own lengths and sums right, as far as its header still says where they are. */
  finish(): void {
    const { octets, view } = this
    if (this.length < IP + 20 || view.getUint16(12) !== 0x0800) return
    const header = (octets[IP] & 0x0f) * 4
    if (octets[IP] >> 4 !== 4 || header < 20 || IP + header > this.length) return
    view.setUint16(IP + 2, this.length - IP)
    this.sums()
  }

  /** As `finish`, and the lengths stay as they are. */
  sums(): void {
    const { octets, view } = this
    if (this.length < IP + 20) return
    const header = (octets[IP] & 0x0f) * 4
    if (header < 20 || IP + header > this.length) return
    view.setUint16(IP + 10, 0)
    view.setUint16(IP + 10, fold(sum(octets, IP, IP + header)))
    // A fragment's sum is that of the whole datagram.
    if ((view.getUint16(IP + 6) & 0x3fff) !== 0) return
    const at = IP + header
    const end = Math.min(this.length, IP + view.getUint16(IP + 2))
    const length = end - at
    const protocol = octets[IP + 9]
    const pseudo = sum(octets, IP + 12, IP + 20) + protocol + length
    if (protocol === TCP && length >= 20) {
      view.setUint16(at + 16, 0)
      view.setUint16(at + 16, fold(sum(octets, at, end) + pseudo))
    } else if (protocol === UDP && length >= 8) {
      view.setUint16(at + 6, 0)
      view.setUint16(at + 6, fold(sum(octets, at, end) + pseudo) || 0xffff)
    } else if (protocol === ICMP && length >= 4) {
      view.setUint16(at + 2, 0)
      view.setUint16(at + 2, fold(sum(octets, at, end)))
    } else if (protocol === 2 && length >= 8) {
      view.setUint16(at + 2, 0)
      view.setUint16(at + 2, fold(sum(octets, at, end)))
    }
  }
}

function sum(octets: Uint8Array, from: number, to: number): number {
  let total = 0
  let at = from
  for (; at + 1 < to; at += 2) total += (octets[at] << 8) | octets[at + 1]
  return at < to ? total + (octets[at] << 8) : total
}

function fold(total: number): number {
  let rest = total
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000)
  return ~rest & 0xffff
}

const EXTREMES = [0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 20, 40, 0x45, 0x4f, 0x7f, 0x80, 0xf0, 0xfe, 0xff]

/** Spoils a frame in one way. */
export function mutate(frame: FrameMaker, random: SeededRandom): void {
  const { octets } = frame
  const { length } = frame
  // Headers have the fields that matter; most mutations go there.
  const at = random.below(4) > 0 ? 12 + random.below(Math.max(1, Math.min(66, length - 12))) : random.below(length)
  switch (random.below(9)) {
    case 0:
    case 1:
      octets[at] ^= 1 << random.below(8)
      break
    case 2:
      octets[at] = random.below(256)
      break
    case 3:
    case 4:
      octets[at] = EXTREMES[random.below(EXTREMES.length)]
      break
    case 5:
      if (at + 1 < length) frame.view.setUint16(at, [0, 1, 19, 20, 1500, 0x7fff, 0x8000, 0xffff][random.below(8)])
      break
    case 6:
      frame.length = random.below(length + 1)
      break
    case 7: {
      // More octets than the header speaks of.
      frame.fill(1 + random.below(40), random.below(256))
      break
    }
    default: {
      const from = random.below(length)
      const count = random.below(Math.min(24, length - Math.max(from, at)) + 1)
      octets.copyWithin(at, from, from + count)
    }
  }
}
