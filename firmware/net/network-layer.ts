/**
 * The line between the network layer and the transports above it. A transport knows one of these an address family and
 * nothing else below: IPv6 joins as a second `NetworkLayer`, not as a second stack.
 *
 * Nothing here allocates: a datagram is built in the layer's one frame and examined in another, both long-lived, and
 * whatever a callee wants to keep it copies.
 */
import type { NetErrorCode } from './errors.js'
import type { FrameBuffer } from './frame-buffer.js'
import type { Family, IpAddress } from './ip.js'

/** How a datagram gets to its destination: one long-lived object a destination, safe to keep until `stale`. */
export interface Route {
  readonly destination: IpAddress
  /** The address this end sends from (RFC 1122 3.3.4.3). */
  readonly source: IpAddress
  /** Who takes it next: the destination itself, or a router. */
  readonly nextHop: IpAddress
  readonly kind: 'unicast' | 'broadcast' | 'multicast'
  /** The interface's name. */
  readonly via: string
  /** The most octets of an IP datagram that the way is known to take (RFC 1191); falls when a router says so. */
  readonly pathMtu: number
  /** The most octets of an IP datagram that the interface takes, and so what can arrive there in one piece. */
  readonly linkMtu: number
  /** Addresses, links or routes changed since: ask anew. */
  readonly stale: boolean
}

/** The fields of the IP header that an application sets. A socket has one and hands it over with each datagram. */
export interface HeaderFields {
  timeToLive: number
  /** Differentiated services and ECN, 8 bits. */
  trafficClass: number
  dontFragment: boolean
}

/** What became of a datagram. Every one but `sent` is counted where it was refused. */
export type SendResult = 'sent' | 'no route' | 'refused' | 'too long'

/** A datagram for this host; one long-lived object, valid during the call. */
export interface Datagram {
  /** The layer it came by, which takes the answer. */
  readonly network: NetworkLayer
  readonly frame: FrameBuffer
  /** Where the IP header begins in the frame's octets. */
  readonly headerAt: number
  readonly payloadAt: number
  readonly payloadEnd: number
  readonly source: IpAddress
  readonly destination: IpAddress
  readonly protocol: number
  readonly timeToLive: number
  readonly trafficClass: number
  /** Its destination is a broadcast or multicast address. */
  readonly toGroup: boolean
  /** It is for a host elsewhere, for which this one stands in (`NetworkLayer.standsIn`). */
  readonly foreign: boolean
  /** The interface's name. */
  readonly via: string
  /** The device has further frames waiting: answers may wait for them (RFC 9293 3.10.7.4, MUST-58). */
  readonly more: boolean
  /** A copy that stays as it is, whatever arrives next. */
  kept(): Datagram
}

/** Why a datagram is refused, as its sender is told: nobody has the port, the host or its network is not reached, or it may not be. */
export type Refusal = 'port' | 'host' | 'network' | 'prohibited'

/** What an ICMP error means to the application whose datagram it quotes (RFC 1122 4.1.3.3, 4.2.3.9). */
export interface ErrorMeaning {
  readonly code: NetErrorCode
  /** Sending again will not help: the conversation is over. Where false, the network may recover (RFC 1122 3.2.2.1). */
  readonly final: boolean
}

/** An ICMP error about a datagram of ours, of whatever family. Valid during the call. */
export interface IcmpError {
  readonly meaning: ErrorMeaning
  /** The datagram was too long for the way, and was not to be fragmented on it. */
  readonly tooLong: boolean
  /** As the family's ICMP has them. */
  readonly type: number
  readonly code: number
  /** Who says so. */
  readonly from: IpAddress
  /** Where it was too long, the next hop's MTU; 0 where the router does not tell (RFC 1191 4). */
  readonly nextHopMtu: number
  /** Octets of the quoted datagram, as its header says. */
  readonly totalLength: number
  /** Of the quoted datagram: ours as source. */
  readonly source: IpAddress
  readonly destination: IpAddress
  readonly protocol: number
  /** The quoted transport octets, at least 8 (RFC 792). */
  readonly octets: Uint8Array
  readonly quotedAt: number
  readonly quotedEnd: number
}

/** TCP, UDP, ICMP: registers with the network layer by its protocol number. */
export interface Transport {
  readonly protocol: number
  /** It takes what is for hosts elsewhere too, where the layer stands in for them. */
  readonly takesForeign?: true
  receive(datagram: Datagram): void
  /** An ICMP error quotes a datagram of this protocol that was sent from here. */
  onIcmpError?(error: IcmpError): void
  /**
   * Whether an ICMP error quotes something that may have been sent from here, by what an attacker cannot know (RFC 5927 4.1, 7.2:
   * a sequence number in flight). Asked before "fragmentation needed" makes a path's MTU smaller; without it every one does.
   */
  believes?(error: IcmpError): boolean
  /** The frames that waited in the device are through: what was put off because of `Datagram.more` is due. */
  onBatchEnd?(): void
  /** Addresses changed: what is bound to one that is gone fails (RFC 9293 MUST-45; RFC 2131 4.4.5). */
  onAddressesChanged?(): void
}

export interface NetworkLayer {
  readonly family: Family
  /**
   * Takes datagrams for hosts elsewhere as though it had their addresses, as a gateway does that ends every conversation and holds another with
   * the host that is meant (Linux calls such an end transparent). What has `handleUnclaimed` or `handleForeignEcho` says what becomes of them.
   * False by default.
   */
  standsIn: boolean
  /** The frame that the next datagram is built in. A transport writes its header and data from `payloadAt` on, then sends. */
  readonly frame: FrameBuffer
  readonly payloadAt: number
  /** Octets of the IP header before `payloadAt`. */
  readonly headerOctets: number
  /** What a router says of a path MTU is believed down to this: less would have us send headers only. */
  readonly leastPathMtu: number
  /** The most octets behind the IP header of a datagram. */
  readonly longestPayload: number
  /** Transports must have a checksum, since the IP header has none (RFC 8200 8.1). */
  readonly needsChecksum: boolean
  /** Octets of a TCP segment that every host takes, where the peer says nothing (RFC 9293 3.7.1, MUST-15). */
  readonly defaultSegmentSize: number

  /**
   * The way to a destination; undefined when there is none.
   * @param source the address to send from, where it is already settled
   */
  route(destination: IpAddress, source?: IpAddress): Route | undefined
  /**
   * Nothing comes back of what goes this way, again and again: advice of a transport, upon which the layer finds out whether
   * the next hop is there, and goes by another if it is not (RFC 1122 3.3.1.5, 4.2.3.5).
   */
  doubt(route: Route): void
  /** The sum of the pseudo header of a datagram with `length` octets of payload (RFC 9293 3.1). */
  pseudoHeader(source: IpAddress, destination: IpAddress, protocol: number, length: number): number
  /** Sends the `length` octets that stand at `payloadAt`: at most one MTU of the interface. */
  send(route: Route, protocol: number, length: number, fields: HeaderFields): SendResult
  /** Sends `octets[start .. end)`, in fragments if need be (and if `dontFragment` is not set). */
  sendLong(
    route: Route,
    protocol: number,
    octets: Uint8Array,
    start: number,
    end: number,
    fields: HeaderFields,
  ): SendResult
  /** Answers that a datagram goes no further, under the rules and the rate limit of RFC 1122 3.2.2; else counts why not. */
  refuse(datagram: Datagram, why: Refusal): void

  /** One of this host's own addresses, on an interface that has it now. */
  isOwn(address: IpAddress): boolean
  /** An address that one host can have: no broadcast or number of any of our networks, no multicast, not 0/8, not class E. */
  isHost(address: IpAddress): boolean
  /** The address is multicast, or a broadcast as one of our interfaces sees it. */
  isGroup(address: IpAddress): boolean
  isMulticast(address: IpAddress): boolean
  /** A multicast group that every host is a member of without joining (RFC 1112 4). */
  isAllHosts(address: IpAddress): boolean
  /**
   * Joins a multicast group, once more for each call.
   * @throws NetError EINVAL, ENETUNREACH, ENOBUFS; EOPNOTSUPP where the layer keeps no groups
   */
  joinGroup(group: IpAddress): void
  /** Takes one `joinGroup` back. @throws NetError EADDRNOTAVAIL */
  leaveGroup(group: IpAddress): void
  register(transport: Transport): void
}
