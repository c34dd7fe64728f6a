/** What each layer had of the frames that passed. */
import { readFrame } from '../../../firmware/net/wire/read-frame.js'

/** 802.3 4.2.3.3 and 3.1.1: the shortest frame, its FCS, preamble and start delimiter before it. */
const [SHORTEST, FCS, PREAMBLE] = [60, 4, 8]

export class FrameTally {
  frames = 0
  arp = 0
  /** With padding and FCS. */
  octets = 0
  /** With preamble and start delimiter. */
  bits = 0
  packets = 0
  segments = 0
  /** Octets of TCP's data. */
  data = 0
  datagrams = 0
  connections = 0

  /** @param frame without FCS */
  take(frame: Uint8Array): void {
    const octets = Math.max(frame.length, SHORTEST) + FCS
    this.frames++
    this.octets += octets
    this.bits += 8 * (octets + PREAMBLE)
    const { arp, ip, tcp, udp } = readFrame(frame)
    if (arp !== undefined) this.arp++
    if (ip !== undefined) this.packets++
    if (udp !== undefined) this.datagrams++
    if (tcp === undefined) return
    this.segments++
    this.data += tcp.payloadEnd - tcp.payloadAt
  }
}
