/** A packet of either family, as it is on the wire. */
import type { IpAddress } from '../../firmware/net/ip.js'
import type { WireTransport } from './wire-transport.js'

/** Source and destination are of one family, which is the packet's. */
export interface WireNetwork {
  readonly source: IpAddress
  readonly destination: IpAddress
  /** Of IPv6 its hop limit. */
  readonly timeToLive: number
  readonly trafficClass: number
  /** Of IPv6. */
  readonly flowLabel?: number
}

export interface WirePacket extends WireNetwork {
  readonly transport: WireTransport
  /** What is wrong with its form. */
  readonly faults: readonly string[]
}
