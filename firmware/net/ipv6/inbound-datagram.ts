/** The IPv6 datagram under examination: one object, filled anew for each that arrives. */
import { FrameBuffer } from '../frame-buffer.js'
import type { Datagram, NetworkLayer } from '../network-layer.js'
import { type Ipv6Address, UNSPECIFIED6 } from './address.js'
import type { Ipv6Link } from './link.js'

export class Ipv6InboundDatagram implements Datagram {
  readonly network: NetworkLayer
  frame: FrameBuffer
  headerAt = 0
  /** Behind all headers of IPv6. */
  payloadAt = 0
  payloadEnd = 0
  source: Ipv6Address = UNSPECIFIED6
  destination: Ipv6Address = UNSPECIFIED6
  /** Of what `payloadAt` has. */
  protocol = 0
  /** The hop limit, as it arrived. */
  timeToLive = 0
  trafficClass = 0
  toGroup = false
  foreign = false
  via = ''
  more = false
  /** It came in a frame to a group address. */
  linkGroup = false
  /** It had a fragment header, alone or one of several (RFC 6980 5). */
  fragmented = false
  /** Its hop-by-hop options ask routers to look at it (RFC 2711). */
  routerAlert = false
  link: Ipv6Link

  constructor(network: NetworkLayer, frame: FrameBuffer, link: Ipv6Link) {
    this.network = network
    this.frame = frame
    this.link = link
  }

  kept(): Ipv6InboundDatagram {
    const { frame, payloadEnd } = this
    const copy = new FrameBuffer(payloadEnd)
    copy.octets.set(frame.octets.subarray(0, payloadEnd))
    return Object.assign(new Ipv6InboundDatagram(this.network, copy, this.link), this, { frame: copy })
  }
}
