/** The datagram under examination: one object, filled anew for each that arrives. */
import { FrameBuffer } from '../frame-buffer.js'
import type { Datagram, NetworkLayer } from '../network-layer.js'
import type { Link } from './link.js'

export class InboundDatagram implements Datagram {
  readonly network: NetworkLayer
  frame: FrameBuffer
  headerAt = 0
  payloadAt = 0
  payloadEnd = 0
  source = 0
  destination = 0
  protocol = 0
  timeToLive = 0
  trafficClass = 0
  toGroup = false
  foreign = false
  via = ''
  more = false
  /** It came in a frame to a group address (RFC 1122 3.2.2: no ICMP error about it). */
  linkGroup = false
  /** Fragment offset and flags as they stand in the header. */
  fragmentField = 0
  link: Link

  constructor(network: NetworkLayer, frame: FrameBuffer, link: Link) {
    this.network = network
    this.frame = frame
    this.link = link
  }

  kept(): InboundDatagram {
    const { frame, payloadEnd } = this
    const copy = new FrameBuffer(payloadEnd)
    copy.octets.set(frame.octets.subarray(0, payloadEnd))
    return Object.assign(new InboundDatagram(this.network, copy, this.link), this, { frame: copy })
  }
}
