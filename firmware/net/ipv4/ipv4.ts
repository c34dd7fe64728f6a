/**
 * The IPv4 layer of a host (RFC 791, RFC 1122 3): datagrams come up from links and go to the transport of their protocol,
 * and go down by routes. The way of an ordinary datagram is written out in `send` and `receive` and allocates nothing; what
 * is rare has files of its own.
 */
import type { Clock } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import { type Ipv4Address, isMulticast, LIMITED_BROADCAST } from '../address.js'
import { FrameBuffer } from '../frame-buffer.js'
import type { Datagram, HeaderFields, IcmpError, NetworkLayer, Route, SendResult, Transport } from '../network-layer.js'
import { ETHERNET_HEADER_OCTETS } from '../wire/ethernet.js'
import { ICMP_DESTINATION_UNREACHABLE } from '../wire/icmp.js'
import { IPV4_HEADER_OCTETS, type Ipv4Fault, PROTOCOL_UDP } from '../wire/ipv4.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../wire/octets.js'
import { ipv4PseudoHeader } from '../wire/pseudo-header.js'
import { AddressBook, isLoopback } from './address-book.js'
import { InboundDatagram } from './inbound-datagram.js'
import type { Link } from './link.js'
import { Ipv4Route } from './route.js'
import { RouteTable, type TableRoute } from './route-table.js'

/** RFC 1122 3.2.1.7: the value in use (RFC 1700). */
export const TIME_TO_LIVE = 64
/** Ways remembered; beyond it the one found first is found anew. */
const WAY_LIMIT = 4096

const IP_AT = ETHERNET_HEADER_OCTETS
const PAYLOAD_AT = IP_AT + IPV4_HEADER_OCTETS
const DONT_FRAGMENT = 0x4000
const PROTOCOL_UNREACHABLE = 2

/** Why a datagram went no further. */
export type Ipv4Loss =
  | `IPv4 ${Ipv4Fault}`
  | 'IPv4 source'
  | 'IPv4 fragment'
  | 'not for this host'
  | 'unicast in a broadcast frame'
  | 'protocol not handled'
  | 'no route'
  | 'too long to send'

export interface Ipv4Counters {
  readonly received: number
  readonly delivered: number
  readonly sent: number
  readonly dropped: Readonly<Partial<Record<Ipv4Loss, number>>>
}

/** What IPv4 leaves to ICMP. */
export interface ErrorSender {
  /** Answers a datagram with an error, if the rules allow. */
  sendError(datagram: Datagram, type: number, code: number): void
}

export interface Ipv4Options {
  clock: Clock
  random: Random
  /** The largest MTU that an interface can have. */
  mtu: number
}

export class Ipv4 implements NetworkLayer {
  readonly family = 'ipv4'
  readonly frame: FrameBuffer
  readonly payloadAt = PAYLOAD_AT
  readonly headerOctets = IPV4_HEADER_OCTETS
  readonly addresses: AddressBook
  readonly #clock: Clock
  readonly #random: Random
  readonly #links: Link[] = []
  readonly #table = new RouteTable()
  /** By destination, as a signed word; a destination has one for each source that was asked for. */
  readonly #ways = new Map<number, Ipv4Route[]>()
  readonly #transports: (Transport | undefined)[] = Array(256).fill(undefined)
  readonly #registered: Transport[] = []
  readonly #lost = new Tally<Ipv4Loss>()
  #datagram: InboundDatagram | undefined
  #errors: ErrorSender | undefined
  #received = 0
  #delivered = 0
  #sent = 0

  constructor(options: Ipv4Options) {
    this.#clock = options.clock
    this.#random = options.random
    this.frame = new FrameBuffer(ETHERNET_HEADER_OCTETS + options.mtu)
    this.addresses = new AddressBook(this.#links)
  }

  get counters(): Ipv4Counters {
    return {
      received: this.#received,
      delivered: this.#delivered,
      sent: this.#sent,
      dropped: this.#lost.snapshot(),
    }
  }

  /** Has ICMP send errors. */
  set errors(sender: ErrorSender) {
    this.#errors = sender
  }

  register(transport: Transport): void {
    this.#transports[transport.protocol] = transport
    this.#registered.push(transport)
  }

  /** A new interface. */
  addLink(link: Link): void {
    this.#links.push(link)
    this.addressesChanged(link, undefined)
  }

  /** A link has other addresses: ways are found anew, and transports hear of it. */
  addressesChanged(link: Link, gateway: Ipv4Address | undefined): void {
    this.addresses.refresh()
    this.#table.remove((route) => route.link === link && route.origin !== 'static')
    for (const { address, prefixLength } of link.addresses) {
      const network = prefixLength === 0 ? 0 : (address & (0xffffffff << (32 - prefixLength))) >>> 0
      this.#table.add({ network, prefixLength, link, gateway: undefined, origin: 'connected' })
    }
    if (gateway !== undefined) this.#table.add({ network: 0, prefixLength: 0, link, gateway, origin: 'gateway' })
    this.#forgetWays()
    for (const transport of this.#registered) transport.onAddressesChanged?.()
  }

  get routes(): readonly TableRoute[] {
    return this.#table.routes
  }

  /** @throws RangeError for a prefix that is none */
  addRoute(route: TableRoute): void {
    this.#table.add(route)
    this.#forgetWays()
  }

  /** @returns how many were removed */
  removeRoutes(which: (route: TableRoute) => boolean): number {
    const removed = this.#table.remove(which)
    if (removed > 0) this.#forgetWays()
    return removed
  }

  route(destination: Ipv4Address, source?: Ipv4Address): Ipv4Route | undefined {
    const ways = this.#ways.get(destination | 0)
    if (ways !== undefined) {
      if (source === undefined) {
        if (!ways[0].settled) return ways[0]
      } else {
        for (let i = 0; i < ways.length; i++) if (ways[i].source === source) return ways[i]
      }
    }
    const link = this.#linkTo(destination, source)
    if (link === undefined) {
      this.#lost.add('no route')
      return undefined
    }
    return this.#remember(this.#wayOver(link.link, destination, source, link.gateway), source !== undefined)
  }

  /**
   * The way to a destination over a certain interface, whatever the route table says: for who configures the interface,
   * and for multicast. It is not remembered.
   * @param source 0.0.0.0 is allowed
   */
  routeOver(link: Link, destination: Ipv4Address, source?: Ipv4Address): Route {
    return this.#wayOver(link, destination, source, undefined)
  }

  #linkTo(
    destination: Ipv4Address,
    source: Ipv4Address | undefined,
  ): { readonly link: Link; readonly gateway: Ipv4Address | undefined } | undefined {
    const loopback = this.#links.find((link) => link.loopback)
    if (loopback !== undefined && this.addresses.isOwn(destination)) return { link: loopback, gateway: undefined }
    if (isLoopback(destination) || destination === 0) return undefined
    if (destination === LIMITED_BROADCAST || isMulticast(destination)) {
      const chosen = source === undefined ? undefined : this.addresses.linkOf(source)
      if (chosen !== undefined) return { link: chosen, gateway: undefined }
      const listed = isMulticast(destination) ? this.#table.lookup(destination) : undefined
      if (listed !== undefined) return { link: listed.link, gateway: undefined }
      const first = this.#links.find((link) => !link.loopback && link.addresses.length > 0)
      return first === undefined ? undefined : { link: first, gateway: undefined }
    }
    return this.#table.lookup(destination)
  }

  #wayOver(
    link: Link,
    destination: Ipv4Address,
    source: Ipv4Address | undefined,
    gateway: Ipv4Address | undefined,
  ): Ipv4Route {
    const nextHop = gateway ?? destination
    const kind = this.addresses.isBroadcast(destination)
      ? 'broadcast'
      : isMulticast(destination)
        ? 'multicast'
        : 'unicast'
    const own = link.loopback ? destination : this.addresses.sourceFor(link, nextHop)
    const from = source ?? own ?? 0
    return new Ipv4Route(this.#clock, destination, from, nextHop, kind, link, this.#random.below(0x10000))
  }

  #remember(way: Ipv4Route, settled: boolean): Ipv4Route {
    way.settled = settled
    const key = way.destination | 0
    const ways = this.#ways.get(key)
    if (ways !== undefined) {
      // The one without a settled source is first.
      if (settled) ways.push(way)
      else ways.unshift(way)
      return way
    }
    if (this.#ways.size >= WAY_LIMIT) {
      const [oldest, stale] = this.#ways.entries().next().value ?? [0, []]
      for (const each of stale) each.stale = true
      this.#ways.delete(oldest)
    }
    this.#ways.set(key, [way])
    return way
  }

  #forgetWays(): void {
    for (const ways of this.#ways.values()) for (const way of ways) way.stale = true
    this.#ways.clear()
  }

  pseudoHeader(source: Ipv4Address, destination: Ipv4Address, protocol: number, length: number): number {
    return ipv4PseudoHeader(source, destination, protocol, length)
  }

  send(route: Route, protocol: number, length: number, fields: HeaderFields): SendResult {
    // Every route was made here.
    const way = route as Ipv4Route
    if (IPV4_HEADER_OCTETS + length > way.link.mtu) return this.#refuse('too long to send', 'too long')
    way.identification = (way.identification + 1) & 0xffff
    const end = PAYLOAD_AT + length
    this.#writeHeader(way, protocol, length, fields, way.identification, fields.dontFragment ? DONT_FRAGMENT : 0)
    const result = way.link.transmit(this.frame, end, way)
    if (result === 'sent') this.#sent++
    return result
  }

  sendLong(
    route: Route,
    protocol: number,
    octets: Uint8Array,
    start: number,
    end: number,
    fields: HeaderFields,
  ): SendResult {
    const way = route as Ipv4Route
    const length = end - start
    if (IPV4_HEADER_OCTETS + length > way.link.mtu) return this.#refuse('too long to send', 'too long')
    this.frame.octets.set(octets.subarray(start, end), PAYLOAD_AT)
    return this.send(route, protocol, length, fields)
  }

  sendError(datagram: Datagram, type: number, code: number): void {
    this.#errors?.sendError(datagram, type, code)
  }

  isOwn(address: Ipv4Address): boolean {
    return this.addresses.isOwn(address)
  }

  isHost(address: Ipv4Address): boolean {
    return this.addresses.isHost(address)
  }

  isGroup(address: Ipv4Address): boolean {
    return this.addresses.isGroup(address)
  }

  /** The header before `payloadAt`, with a checksum summed from its fields instead of its octets. */
  #writeHeader(
    way: Ipv4Route,
    protocol: number,
    length: number,
    fields: HeaderFields,
    identification: number,
    fragment: number,
  ): void {
    const { octets } = this.frame
    const total = IPV4_HEADER_OCTETS + length
    octets[IP_AT] = 0x45
    octets[IP_AT + 1] = fields.trafficClass
    writeUint16(octets, IP_AT + 2, total)
    writeUint16(octets, IP_AT + 4, identification)
    writeUint16(octets, IP_AT + 6, fragment)
    octets[IP_AT + 8] = fields.timeToLive
    octets[IP_AT + 9] = protocol
    let sum =
      0x4500 +
      fields.trafficClass +
      total +
      identification +
      fragment +
      ((fields.timeToLive << 8) | protocol) +
      way.addressSum
    sum = (sum & 0xffff) + (sum >>> 16)
    sum = (sum & 0xffff) + (sum >>> 16)
    writeUint16(octets, IP_AT + 10, ~sum)
    writeUint32(octets, IP_AT + 12, way.source)
    writeUint32(octets, IP_AT + 16, way.destination)
  }

  /**
   * A frame with an IP datagram arrived.
   * @param frame has the datagram from octet 14 on, and ends at `end`; it may be written to
   * @param linkGroup it came in a frame to a group address
   * @param more the device has further frames
   */
  receive(link: Link, frame: FrameBuffer, end: number, linkGroup: boolean, more: boolean): void {
    this.#received++
    const loss = this.#receive(link, frame, end, linkGroup, more)
    if (loss !== undefined) this.#lost.add(loss)
  }

  #receive(link: Link, frame: FrameBuffer, end: number, linkGroup: boolean, more: boolean): Ipv4Loss | undefined {
    const { octets } = frame
    if (end < PAYLOAD_AT) return 'IPv4 truncated'
    const first = octets[IP_AT]
    if (first >> 4 !== 4) return 'IPv4 version'
    const headerOctets = (first & 0xf) * 4
    if (headerOctets < IPV4_HEADER_OCTETS) return 'IPv4 header length'
    const total = readUint16(octets, IP_AT + 2)
    if (total < headerOctets) return 'IPv4 total length'
    if (IP_AT + total > end) return 'IPv4 truncated'
    const payloadAt = IP_AT + headerOctets
    if (frame.checksum(IP_AT, payloadAt) !== 0) return 'IPv4 header checksum'

    let datagram = this.#datagram
    if (datagram === undefined) {
      datagram = new InboundDatagram(frame, link)
      this.#datagram = datagram
    }
    datagram.frame = frame
    datagram.link = link
    datagram.via = link.name
    datagram.more = more
    datagram.linkGroup = linkGroup
    datagram.headerAt = IP_AT
    datagram.payloadAt = payloadAt
    datagram.payloadEnd = IP_AT + total
    datagram.trafficClass = octets[IP_AT + 1]
    datagram.fragmentField = readUint16(octets, IP_AT + 6)
    datagram.timeToLive = octets[IP_AT + 8]
    datagram.protocol = octets[IP_AT + 9]
    const source = readUint32(octets, IP_AT + 12)
    const destination = readUint32(octets, IP_AT + 16)
    datagram.source = source
    datagram.destination = destination

    // RFC 1122 3.2.1.3: a source that is a group or this host's own is silently discarded; 0.0.0.0 asks for an address.
    const { addresses } = this
    const toGroup = addresses.isGroup(destination)
    datagram.toGroup = toGroup
    if (!link.loopback) {
      const strange = addresses.isOwn(source) || !(addresses.isHost(source) || (source === 0 && toGroup))
      if (strange || isLoopback(destination)) return 'IPv4 source'
    }
    if (!toGroup) {
      if (!addresses.isOwn(destination)) {
        // A host without an address hears answers to the address that it is about to get (RFC 2131 4.1).
        const configuring = link.addresses.length === 0 && datagram.protocol === PROTOCOL_UDP
        if (!configuring || linkGroup) return 'not for this host'
      }
      // RFC 1122 3.3.6: a datagram for one host in a link-layer broadcast is silently discarded.
      if (linkGroup) return 'unicast in a broadcast frame'
    }
    if ((datagram.fragmentField & 0x3fff) !== 0) return 'IPv4 fragment'
    return this.#deliver(datagram)
  }

  #deliver(datagram: InboundDatagram): Ipv4Loss | undefined {
    const transport = this.#transports[datagram.protocol]
    if (transport === undefined) {
      this.sendError(datagram, ICMP_DESTINATION_UNREACHABLE, PROTOCOL_UNREACHABLE)
      return 'protocol not handled'
    }
    this.#delivered++
    transport.receive(datagram)
    return undefined
  }

  /** The frames that waited in a device are through. */
  batchEnd(): void {
    const registered = this.#registered
    for (let i = 0; i < registered.length; i++) registered[i].onBatchEnd?.()
  }

  /** Hands an error about a datagram of ours to its transport; false when there is none, or it does not care. */
  deliverError(error: IcmpError): boolean {
    const transport = this.#transports[error.protocol]
    if (transport?.onIcmpError === undefined) return false
    transport.onIcmpError(error)
    return true
  }

  #refuse<Result extends SendResult>(reason: Ipv4Loss, result: Result): Result {
    this.#lost.add(reason)
    return result
  }
}
