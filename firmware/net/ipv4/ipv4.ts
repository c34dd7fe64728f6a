/**
 * The IPv4 layer of a host (RFC 791, RFC 1122 3): datagrams come up from links and go to the transport of their protocol,
 * and go down by routes. The way of an ordinary datagram is written out in `send` and `receive` and allocates nothing; what
 * is rare has files of its own.
 */
import type { Clock } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import { ALL_HOSTS, formatIpv4, type Ipv4Address, isLoopback, isMulticast, UNSPECIFIED } from '../address.js'
import { NetError } from '../errors.js'
import { FrameBuffer } from '../frame-buffer.js'
import type { MemoryBudget } from '../memory-budget.js'
import type {
  Datagram,
  HeaderFields,
  IcmpError,
  NetworkLayer,
  Refusal,
  Route,
  SendResult,
  Transport,
} from '../network-layer.js'
import { ETHERNET_HEADER_OCTETS } from '../wire/ethernet.js'
import { ICMP_DESTINATION_UNREACHABLE, ICMP_PARAMETER_PROBLEM, ICMP_TIME_EXCEEDED } from '../wire/icmp.js'
import { IPV4_HEADER_OCTETS, type Ipv4Fault } from '../wire/ipv4.js'
import { copiedOptions, OptionPlaces, sourceRouteEnded } from '../wire/ipv4-options.js'
import { readUint16, readUint32, writeUint16 } from '../wire/octets.js'
import { PROTOCOL_UDP } from '../wire/protocols.js'
import { ipv4PseudoHeader } from '../wire/pseudo-header.js'
import { AddressBook } from './address-book.js'
import { type ForwardingLayer, type ForwardLoss, forward } from './forwarding.js'
import {
  DONT_FRAGMENT,
  IP_AT,
  LARGEST_DATAGRAM,
  MORE_FRAGMENTS,
  OFFSET_MASK,
  PAYLOAD_AT,
  writeHeader,
} from './header.js'
import { InboundDatagram } from './inbound-datagram.js'
import type { Link } from './link.js'
import { type FragmentLoss, Reassembly } from './reassembly.js'
import type { Ipv4Route } from './route.js'
import type { TableRoute } from './route-table.js'
import { Ways, wayLimit } from './ways.js'

const PROTOCOL_UNREACHABLE = 2
/** Codes of "destination unreachable" (RFC 792; 13: RFC 1812 5.2.7.1). */
const REFUSALS: Readonly<Record<Refusal, number>> = { network: 0, host: 1, port: 3, prohibited: 13 }
const SOURCE_ROUTE_FAILED = 5
const REASSEMBLY_TIME = 1
/** What TCP believes of a path MTU at least: an attacker could make us send headers only (Linux has the same limit). */
const LEAST_PATH_MTU = 552

/** Why a datagram went no further. */
export type Ipv4Loss =
  | `IPv4 ${Ipv4Fault}`
  | 'IPv4 source'
  | 'IPv4 options'
  | 'not for this host'
  | 'unicast in a broadcast frame'
  | 'group not joined'
  | 'protocol not handled'
  | 'no route'
  | 'too long to send'
  | FragmentLoss
  | ForwardLoss

export interface Ipv4Counters {
  readonly received: number
  readonly delivered: number
  readonly forwarded: number
  readonly reassembled: number
  readonly sent: number
  readonly fragmentsSent: number
  readonly dropped: Readonly<Partial<Record<Ipv4Loss, number>>>
}

/** What IPv4 leaves to ICMP: it answers a datagram with an error, if the rules allow. */
export interface ErrorAnswer {
  sendError(datagram: InboundDatagram, type: number, code: number, rest: number): void
}

/** What IPv4 leaves to IGMP: which groups are joined, and where. */
export interface Membership {
  hears(link: Link, group: Ipv4Address): boolean
  join(group: Ipv4Address): void
  leave(group: Ipv4Address): void
}

export interface Ipv4Options {
  clock: Clock
  random: Random
  memory: MemoryBudget
  /** Passes on datagrams for other hosts. */
  forwarding: boolean
  /** The largest MTU that an interface can have. */
  largestMtu: number
}

export class Ipv4 implements NetworkLayer {
  readonly family = 'ipv4'
  readonly frame: FrameBuffer
  readonly payloadAt = PAYLOAD_AT
  readonly headerOctets = IPV4_HEADER_OCTETS
  readonly leastPathMtu = LEAST_PATH_MTU
  readonly longestPayload = LARGEST_DATAGRAM - IPV4_HEADER_OCTETS
  readonly needsChecksum = false
  readonly defaultSegmentSize = 536
  readonly addresses: AddressBook
  readonly forwarding: boolean
  standsIn = false
  readonly #links: Link[] = []
  readonly #ways: Ways
  readonly #reassembly: Reassembly
  readonly #options = new OptionPlaces()
  readonly #transports: (Transport | undefined)[] = Array(256).fill(undefined)
  readonly #registered: Transport[] = []
  readonly #lost = new Tally<Ipv4Loss>()
  readonly #forward: ForwardingLayer
  #datagram: InboundDatagram | undefined
  #errors: ErrorAnswer | undefined
  #membership: Membership | undefined
  #received = 0
  #delivered = 0
  #forwarded = 0
  #reassembled = 0
  #sent = 0
  #fragmentsSent = 0

  constructor(options: Ipv4Options) {
    const { clock, random, memory, forwarding, largestMtu } = options
    this.forwarding = forwarding
    this.frame = new FrameBuffer(ETHERNET_HEADER_OCTETS + largestMtu)
    this.addresses = new AddressBook(this.#links)
    this.#ways = new Ways(clock, random, wayLimit(memory.limit), this.#links, this.addresses)
    this.#reassembly = new Reassembly({
      clock,
      memory,
      onLoss: (reason) => this.#lost.add(reason),
      onTimeExceeded: (fill) => {
        const datagram = this.#datagram
        if (datagram === undefined) return
        fill(datagram)
        this.#errors?.sendError(datagram, ICMP_TIME_EXCEEDED, REASSEMBLY_TIME, 0)
      },
    })
    this.#forward = {
      clock,
      find: (destination) => this.#ways.find(destination),
      sendError: (datagram, type, code, rest) => this.#errors?.sendError(datagram, type, code, rest),
    }
  }

  get counters(): Ipv4Counters {
    return {
      received: this.#received,
      delivered: this.#delivered,
      forwarded: this.#forwarded,
      reassembled: this.#reassembled,
      sent: this.#sent,
      fragmentsSent: this.#fragmentsSent,
      dropped: this.#lost.snapshot(),
    }
  }

  /** Has ICMP answer, and IGMP say which groups are heard. */
  attach(errors: ErrorAnswer, membership: Membership): void {
    this.#errors = errors
    this.#membership = membership
  }

  register(transport: Transport): void {
    this.#transports[transport.protocol] = transport
    this.#registered.push(transport)
  }

  /** A new interface. */
  addLink(link: Link): void {
    this.#links.push(link)
    this.addressesChanged(link, [])
  }

  /** A link has other addresses: ways are found anew, and transports are notified. */
  addressesChanged(link: Link, gateways: readonly Ipv4Address[]): void {
    this.addresses.refresh()
    this.#ways.connect(link, gateways)
    for (const transport of this.#registered) transport.onAddressesChanged?.()
  }

  /** Longest prefix first. */
  get routes(): readonly TableRoute[] {
    return this.#ways.routes
  }

  /** @throws RangeError for an invalid prefix, or when the table is full */
  addRoute(route: TableRoute): void {
    this.#ways.add(route)
  }

  /** @returns how many were removed */
  removeRoutes(which: (route: TableRoute) => boolean): number {
    return this.#ways.remove(which)
  }

  route(destination: Ipv4Address, source?: Ipv4Address): Route | undefined {
    const way = this.#ways.find(destination, source)
    if (way === undefined) this.#lost.add('no route')
    return way
  }

  /** The address that something to a destination would be sent from; undefined where there is no way to it. Nothing is counted. */
  sourceTo(destination: Ipv4Address): Ipv4Address | undefined {
    const source = this.#ways.find(destination)?.source
    return source === UNSPECIFIED ? undefined : source
  }

  /**
   * The way to a destination over a certain interface, by the router that its own routes name, whatever other interfaces'
   * routes say: for DHCP, which configures the interface, and for groups. It is not remembered here, and never becomes stale.
   * @param source 0.0.0.0 is allowed; the interface's own unless given
   * @returns undefined where it would put an address of 127/8 onto a wire
   */
  routeOver(link: Link, destination: Ipv4Address, source?: Ipv4Address): Route | undefined {
    return this.#ways.over(link, destination, source, this.#ways.routerOn(link, destination))
  }

  /** The interface that datagrams to a destination leave by. */
  linkTo(destination: Ipv4Address): Link | undefined {
    return this.#ways.find(destination)?.link
  }

  /** As `Ways.redirect`; a router goes by its table alone (RFC 1812 5.2.7.2). */
  redirect(destination: Ipv4Address, from: Ipv4Address, gateway: Ipv4Address): boolean {
    return !this.forwarding && this.#ways.redirect(destination, from, gateway)
  }

  doubt(route: Route): void {
    // Every route was made here.
    const { link, nextHop, kind } = route as Ipv4Route
    if (kind === 'unicast') link.doubt?.(nextHop)
  }

  /** A link came or went: by another router or interface there may be a way now. */
  linkChanged(): void {
    this.#ways.forget()
  }

  /** As `Ways.unreachable`. */
  unreachable(link: Link, nextHop: Ipv4Address): void {
    this.#ways.unreachable(link, nextHop)
  }

  /**
   * Sends a frame that found nobody to take it on by another router, if there is one.
   * @param link over which it was to go
   * @param frame as `link` had it, whole
   */
  sendAnotherWay(link: Link, frame: Uint8Array): boolean {
    const destination = readUint32(frame, IP_AT + 16)
    const way = this.#ways.find(destination)
    if (way === undefined || way.kind !== 'unicast' || way.link.loopback) return false
    if (!this.#ways.isReachable(way) || frame.length - IP_AT > way.link.mtu) return false
    // The same next hop again would not answer either.
    if (way.link === link && way.nextHop === destination) return false
    const copy = new FrameBuffer(frame.length)
    copy.octets.set(frame)
    return way.link.transmit(copy, frame.length, way) === 'sent'
  }

  /** As `Ways.forgetTo`. */
  forgetWayTo(destination: Ipv4Address): void {
    this.#ways.forgetTo(destination)
  }

  /** What it learnt of ways and holds of datagrams is gone; addresses and the routing table stay. */
  abandon(): void {
    this.#reassembly.clear()
    this.#ways.forgetLearnt()
  }

  /** As `Ways.lowerPathMtu`. */
  lowerPathMtu(destination: Ipv4Address, nextHopMtu: number, length: number): boolean {
    return this.#ways.lowerPathMtu(destination, nextHopMtu, length)
  }

  pseudoHeader(source: Ipv4Address, destination: Ipv4Address, protocol: number, length: number): number {
    return ipv4PseudoHeader(source, destination, protocol, length)
  }

  send(route: Route, protocol: number, length: number, fields: HeaderFields): SendResult {
    // Every route was made here.
    const way = route as Ipv4Route
    if (IPV4_HEADER_OCTETS + length > way.link.mtu) return this.#tooLong()
    way.identification = (way.identification + 1) & 0xffff
    const fragment = fields.dontFragment ? DONT_FRAGMENT : 0
    writeHeader(this.frame.octets, way, protocol, length, fields, way.identification, fragment)
    this.#sent++
    return this.#transmit(way, PAYLOAD_AT + length)
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
    const into = this.frame.octets
    const most = fields.dontFragment ? way.link.mtu : way.pathMtu
    if (IPV4_HEADER_OCTETS + length <= most) {
      into.set(octets.subarray(start, end), PAYLOAD_AT)
      return this.send(route, protocol, length, fields)
    }
    if (fields.dontFragment || IPV4_HEADER_OCTETS + length > LARGEST_DATAGRAM) return this.#tooLong()
    way.identification = (way.identification + 1) & 0xffff
    this.#sent++
    // All fragments but the last have a multiple of 8 octets (RFC 791 3.2).
    const step = (most - IPV4_HEADER_OCTETS) & ~7
    for (let offset = 0; offset < length; offset += step) {
      const size = Math.min(step, length - offset)
      const more = offset + size < length ? MORE_FRAGMENTS : 0
      into.set(octets.subarray(start + offset, start + offset + size), PAYLOAD_AT)
      writeHeader(into, way, protocol, size, fields, way.identification, more | (offset >> 3))
      this.#fragmentsSent++
      const result = this.#transmit(way, PAYLOAD_AT + size)
      if (result !== 'sent') return result
    }
    return 'sent'
  }

  /**
   * Sends the payload of a datagram back to where it came from, out of the frame in which it came.
   * @returns undefined where it does not fit that way: too long for one frame, or behind options
   */
  sendBack(datagram: InboundDatagram, fields: HeaderFields): SendResult | undefined {
    const way = this.#ways.find(datagram.source, datagram.destination)
    const { frame, payloadEnd } = datagram
    if (way === undefined || datagram.payloadAt !== PAYLOAD_AT || payloadEnd - IP_AT > way.link.mtu) return undefined
    way.identification = (way.identification + 1) & 0xffff
    const fragment = fields.dontFragment ? DONT_FRAGMENT : 0
    const length = payloadEnd - PAYLOAD_AT
    writeHeader(frame.octets, way, datagram.protocol, length, fields, way.identification, fragment)
    this.#sent++
    return way.link.transmit(frame, payloadEnd, way)
  }

  /**
   * Sends `octets[start .. end)` with options, in fragments if need be: the first has all options, the others those that are
   * to be copied (RFC 791 3.1). Members of a group on this host do not hear it.
   * @param options whole words
   */
  sendWithOptions(
    route: Route,
    protocol: number,
    octets: Uint8Array,
    start: number,
    end: number,
    options: Uint8Array,
    fields: HeaderFields,
  ): SendResult {
    const way = route as Ipv4Route
    const most = fields.dontFragment ? way.link.mtu : way.pathMtu
    const total = IPV4_HEADER_OCTETS + options.length + end - start
    if (total > LARGEST_DATAGRAM || (fields.dontFragment && total > most)) return this.#tooLong()
    way.identification = (way.identification + 1) & 0xffff
    this.#sent++
    let held = options
    for (let at = start; ; ) {
      const room = most - IPV4_HEADER_OCTETS - held.length
      const last = end - at <= room
      const to = last ? end : at + (room & ~7)
      const more = (fields.dontFragment ? DONT_FRAGMENT : 0) | (last ? 0 : MORE_FRAGMENTS)
      if (!last || at > start) this.#fragmentsSent++
      const frameEnd = this.#buildWithOptions(way, protocol, octets, at, to, held, fields, more | ((at - start) >> 3))
      const result = way.link.transmit(this.frame, frameEnd, way)
      if (last || result !== 'sent') return result
      if (at === start) {
        const copied = new Uint8Array(options.length)
        held = copied.subarray(0, copiedOptions(options, 0, options.length, copied, 0))
      }
      at = to
    }
  }

  /** @returns where the frame ends */
  #buildWithOptions(
    way: Ipv4Route,
    protocol: number,
    octets: Uint8Array,
    start: number,
    end: number,
    options: Uint8Array,
    fields: HeaderFields,
    fragment: number,
  ): number {
    const into = this.frame.octets
    const payloadAt = PAYLOAD_AT + options.length
    writeHeader(into, way, protocol, options.length + end - start, fields, way.identification, fragment)
    into[IP_AT] = 0x40 | ((payloadAt - IP_AT) >> 2)
    into.set(options, PAYLOAD_AT)
    into.set(octets.subarray(start, end), payloadAt)
    writeUint16(into, IP_AT + 10, 0)
    writeUint16(into, IP_AT + 10, this.frame.checksum(IP_AT, payloadAt))
    return payloadAt + end - start
  }

  /** Answers a datagram with an ICMP error, under the rules and the rate limit of RFC 1122 3.2.2; else counts why not. */
  sendError(datagram: Datagram, type: number, code: number): void {
    // Every datagram was made here.
    this.#errors?.sendError(datagram as InboundDatagram, type, code, 0)
  }

  refuse(datagram: Datagram, why: Refusal): void {
    this.sendError(datagram, ICMP_DESTINATION_UNREACHABLE, REFUSALS[why])
  }

  isMulticast(address: Ipv4Address): boolean {
    return isMulticast(address)
  }

  isAllHosts(address: Ipv4Address): boolean {
    return address === ALL_HOSTS
  }

  joinGroup(group: Ipv4Address): void {
    if (this.#membership === undefined)
      throw new NetError('EOPNOTSUPP', `join ${formatIpv4(group)}`, undefined, 'this host keeps no groups')
    this.#membership.join(group)
  }

  leaveGroup(group: Ipv4Address): void {
    this.#membership?.leave(group)
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

  #transmit(way: Ipv4Route, end: number): SendResult {
    // Members on this host hear it too (RFC 1112 6.1).
    if (way.kind === 'multicast' && this.#membership?.hears(way.link, way.destination))
      this.#links.find((link) => link.loopback)?.transmit(this.frame, end, way)
    return way.link.transmit(this.frame, end, way)
  }

  #tooLong(): 'too long' {
    this.#lost.add('too long to send')
    return 'too long'
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

  /** The frames that waited in a device are through. */
  batchEnd(): void {
    const registered = this.#registered
    for (let i = 0; i < registered.length; i++) registered[i].onBatchEnd?.()
  }

  /** The datagram in a frame that was passed on and found nobody to take it; undefined where its source has no way back. */
  describe(frame: Uint8Array): InboundDatagram | undefined {
    const way = this.#ways.find(readUint32(frame, IP_AT + 12))
    if (way === undefined) return undefined
    const copy = new FrameBuffer(frame.length)
    copy.octets.set(frame)
    const datagram = new InboundDatagram(this, copy, way.link)
    datagram.source = way.destination
    datagram.destination = readUint32(frame, IP_AT + 16)
    datagram.headerAt = IP_AT
    datagram.payloadAt = IP_AT + (frame[IP_AT] & 0xf) * 4
    datagram.payloadEnd = IP_AT + readUint16(frame, IP_AT + 2)
    datagram.fragmentField = readUint16(frame, IP_AT + 6)
    datagram.protocol = frame[IP_AT + 9]
    return datagram
  }

  /** Whether the transport that an error concerns has sent what the error quotes. */
  believes(error: IcmpError): boolean {
    const transport = this.#transports[error.protocol]
    return transport?.believes === undefined || transport.believes(error)
  }

  /** Hands an error about a datagram of ours to its transport; false when there is none, or it does not care. */
  deliverError(error: IcmpError): boolean {
    const transport = this.#transports[error.protocol]
    if (transport?.onIcmpError === undefined) return false
    transport.onIcmpError(error)
    return true
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
      datagram = new InboundDatagram(this, frame, link)
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

    const { addresses } = this
    const toGroup = addresses.isGroup(destination)
    datagram.toGroup = toGroup
    datagram.foreign = false
    if (!link.loopback) {
      // RFC 1122 3.2.1.3: a source that is a group or this host's own is silently discarded; 0.0.0.0 asks for an address.
      const strange = addresses.isOwn(source) || !(addresses.isHost(source) || (source === 0 && toGroup))
      if (strange || isLoopback(destination)) return 'IPv4 source'
    }
    // RFC 1122 3.3.6: a datagram for one host in a link-layer broadcast is silently discarded.
    if (linkGroup && !toGroup) return 'unicast in a broadcast frame'
    if (!toGroup && !addresses.isOwn(destination)) {
      // An interface without an address hears answers to the address that it is about to get (RFC 2131 4.1); a router's too.
      const answer = link.addresses.length === 0 && datagram.protocol === PROTOCOL_UDP
      if (!answer && this.standsIn && !link.loopback && addresses.isHost(destination)) {
        // To who sends it this is the first router on the way.
        if (datagram.timeToLive <= 1) {
          this.#errors?.sendError(datagram, ICMP_TIME_EXCEEDED, 0, 0)
          return 'time to live'
        }
        datagram.foreign = true
      } else {
        if (!answer && this.forwarding && addresses.isHost(destination)) return this.#passOn(datagram)
        if (!answer) return 'not for this host'
      }
    }
    if (isMulticast(destination) && !link.loopback && this.#membership?.hears(link, destination) !== true)
      return 'group not joined'
    if (headerOctets > IPV4_HEADER_OCTETS && !this.#optionsAllow(datagram)) return 'IPv4 options'
    if ((datagram.fragmentField & (MORE_FRAGMENTS | OFFSET_MASK)) !== 0) {
      if (!this.#reassembly.take(datagram)) return undefined
      this.#reassembled++
      const whole = datagram.frame
      const loss = this.#deliver(datagram)
      this.#reassembly.release(whole)
      return loss
    }
    return this.#deliver(datagram)
  }

  /** Options of a datagram for this host: its payload is delivered, whatever they are, if they can be read. */
  #optionsAllow(datagram: InboundDatagram): boolean {
    const options = this.#options
    const { octets } = datagram.frame
    const fault = options.find(octets, datagram.headerAt + IPV4_HEADER_OCTETS, datagram.payloadAt)
    if (fault > 0) {
      this.#errors?.sendError(datagram, ICMP_PARAMETER_PROBLEM, 0, (fault - datagram.headerAt) * 0x1000000)
      return false
    }
    // A source route that goes on from here would have this host pass it on (RFC 1122 3.3.5).
    if (options.sourceRoute > 0 && !sourceRouteEnded(octets, options.sourceRoute)) {
      this.#errors?.sendError(datagram, ICMP_DESTINATION_UNREACHABLE, SOURCE_ROUTE_FAILED, 0)
      return false
    }
    return true
  }

  #passOn(datagram: InboundDatagram): Ipv4Loss | undefined {
    const { headerAt, payloadAt } = datagram
    let options: OptionPlaces | undefined
    if (payloadAt - headerAt > IPV4_HEADER_OCTETS) {
      options = this.#options
      const fault = options.find(datagram.frame.octets, headerAt + IPV4_HEADER_OCTETS, payloadAt)
      if (fault > 0) {
        this.#errors?.sendError(datagram, ICMP_PARAMETER_PROBLEM, 0, (fault - headerAt) * 0x1000000)
        return 'IPv4 options'
      }
    }
    const loss = forward(datagram, options, this.#forward, this.frame)
    if (loss === undefined) this.#forwarded++
    return loss
  }

  #deliver(datagram: InboundDatagram): Ipv4Loss | undefined {
    const transport = this.#transports[datagram.protocol]
    if (transport === undefined || (datagram.foreign && transport.takesForeign !== true)) {
      this.#errors?.sendError(datagram, ICMP_DESTINATION_UNREACHABLE, PROTOCOL_UNREACHABLE, 0)
      return 'protocol not handled'
    }
    this.#delivered++
    transport.receive(datagram)
    return undefined
  }
}
