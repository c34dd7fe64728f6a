/** What each layer had of the frames that passed. */
/** Places in an Ethernet frame with an IPv4 packet (802.3 3.1.1, RFC 791 3.1, RFC 9293 3.1). */
const ETHERTYPE = 12
const PACKET = 14
const [IPV4, ARP] = [0x0800, 0x0806]
const [TCP, UDP] = [6, 17]
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
    const type = (frame[ETHERTYPE] << 8) | frame[ETHERTYPE + 1]
    if (type === ARP) this.arp++
    if (type !== IPV4) return
    this.packets++
    const header = 4 * (frame[PACKET] & 0x0f)
    const total = (frame[PACKET + 2] << 8) | frame[PACKET + 3]
    const protocol = frame[PACKET + 9]
    if (protocol === UDP) this.datagrams++
    if (protocol !== TCP) return
    this.segments++
    this.data += total - header - 4 * (frame[PACKET + header + 12] >> 4)
  }
}
