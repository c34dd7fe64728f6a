/**
 * The IPv6 layer of a host (RFC 8200): datagrams come up from links and go to the transport of their protocol, and go down by ways. What
 * passes on those of others is `handleTransit`, which a router has. What is rare has files of its own.
 */
import type { Clock } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import { NetError } from '../errors.js'
import type { FrameBuffer } from '../frame-buffer.js'
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
import {
  BEYOND_SCOPE,
  ICMPV6_DESTINATION_UNREACHABLE,
  ICMPV6_PARAMETER_PROBLEM,
  ICMPV6_TIME_EXCEEDED,
  NO_ROUTE,
  PROBLEM_FIELD,
  PROBLEM_FIRST_FRAGMENT,
  PROBLEM_NEXT_HEADER,
  PROHIBITED,
  REASSEMBLY_TIME_EXCEEDED,
  UNREACHABLE_ADDRESS,
  UNREACHABLE_PORT,
} from '../wire/icmpv6.js'
import {
  FRAGMENT_HEADER_OCTETS,
  FRAGMENT_OFFSET_MASK,
  IPV6_HEADER_OCTETS,
  LARGEST_IPV6_PAYLOAD,
  LEAST_IPV6_MTU,
  MORE_FRAGMENTS_V6,
} from '../wire/ipv6.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../wire/octets.js'
import { FRAGMENT_HEADER, HOP_BY_HOP_OPTIONS, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from '../wire/protocols.js'
import { ipv6PseudoHeader } from '../wire/pseudo-header.js'
import {
  formatIpv6,
  type Ipv6Address,
  inZone,
  isHostAddress6,
  isLinkLocal6,
  isMulticast6,
  isV4Mapped,
  LOOPBACK6,
  needsZone,
  readIpv6,
  scopeOf,
  UNSPECIFIED6,
} from './address.js'
import { ExtensionHeaders, type ExtensionLoss } from './extension-headers.js'
import type { Ipv6ForwardLoss } from './forwarding.js'
import { IPV6_AT, IPV6_PAYLOAD_AT, writeIpv6Header } from './header.js'
import { Ipv6InboundDatagram } from './inbound-datagram.js'
import type { Ipv6Link, SourceAddress } from './link.js'
import { type Ipv6FragmentLoss, Ipv6Reassembly } from './reassembly.js'
import type { Ipv6Route } from './route.js'
import { Ipv6Ways, ipv6WayLimit } from './ways.js'

/** Hop-by-hop options with a router alert for MLD (RFC 2711 2.1, RFC 9777 5), behind the octet that names what follows. */
const ROUTER_ALERT = Uint8Array.of(0, 5, 2, 0, 0, 1, 0)
/** Codes of "destination unreachable" (RFC 4443 3.1). */
const REFUSALS: Readonly<Record<Refusal, number>> = {
  network: NO_ROUTE,
  host: UNREACHABLE_ADDRESS,
  port: UNREACHABLE_PORT,
  prohibited: PROHIBITED,
}
/** The first words of ff02::1 and ff01::1. */
const ALL_OF_LINK = 0xff020000 | 0
const ALL_OF_INTERFACE = 0xff010000 | 0
/** Octets of a transport's header that a first fragment has at least (RFC 7112 5); of others nothing is known. */
const UPPER_HEADER_OCTETS: Readonly<Record<number, number>> = {
  [PROTOCOL_TCP]: 20,
  [PROTOCOL_UDP]: 8,
  [PROTOCOL_ICMPV6]: 4,
}

/** Why a datagram went no further. */
export type Ipv6Loss =
  | 'IPv6 truncated'
  | 'IPv6 version'
  | 'IPv6 source'
  | 'IPv6 destination'
  | 'source is our own'
  | 'not for this host'
  | 'unicast in a group frame'
  | 'group not joined'
  | 'protocol not handled'
  | 'fragment length'
  | 'fragment past 65535'
  | 'fragment in a fragment'
  | 'first fragment incomplete'
  | 'no route'
  | 'too long to send'
  | ExtensionLoss
  | Ipv6FragmentLoss
  | Ipv6ForwardLoss

export interface Ipv6Counters {
  readonly received: number
  readonly delivered: number
  readonly forwarded: number
  readonly reassembled: number
  readonly sent: number
  readonly fragmentsSent: number
  readonly dropped: Readonly<Partial<Record<Ipv6Loss, number>>>
}

/** What IPv6 leaves to ICMPv6: it answers a datagram with an error, if the rules allow. */
export interface Ipv6ErrorAnswer {
  sendError(datagram: Ipv6InboundDatagram, type: number, code: number, rest: number): void
}

/** What IPv6 leaves to MLD: which groups are joined, and where. */
export interface Ipv6Membership {
  join(group: Ipv6Address, link: Ipv6Link): void
  leave(group: Ipv6Address, link: Ipv6Link): void
}

export interface Ipv6Options {
  clock: Clock
  random: Random
  memory: MemoryBudget
  /** That datagrams are built in; another layer may use it too, but not in the middle of one. */
  frame: FrameBuffer
}

export class Ipv6 implements NetworkLayer {
  readonly family = 'ipv6'
  readonly frame: FrameBuffer
  readonly payloadAt = IPV6_PAYLOAD_AT
  readonly headerOctets = IPV6_HEADER_OCTETS
  readonly leastPathMtu = LEAST_IPV6_MTU
  readonly longestPayload = LARGEST_IPV6_PAYLOAD
  readonly needsChecksum = true
  standsIn = false
  readonly defaultSegmentSize = LEAST_IPV6_MTU - IPV6_HEADER_OCTETS - 20
  readonly #links: Ipv6Link[] = []
  readonly #own = new Set<Ipv6Address>()
  readonly #ways: Ipv6Ways
  readonly #reassembly: Ipv6Reassembly
  readonly #headers = new ExtensionHeaders()
  /** Of a first fragment, to see whether they are all there. */
  readonly #firstHeaders = new ExtensionHeaders()
  readonly #transports: (Transport | undefined)[] = Array(256).fill(undefined)
  readonly #registered: Transport[] = []
  readonly #lost = new Tally<Ipv6Loss>()
  #datagram: Ipv6InboundDatagram | undefined
  #errors: Ipv6ErrorAnswer | undefined
  #membership: Ipv6Membership | undefined
  /** Takes a datagram for another host, and passes it on; undefined: nobody does. Returns why it went no further. */
  handleTransit: ((datagram: Ipv6InboundDatagram) => Ipv6ForwardLoss | undefined) | undefined
  #received = 0
  #forwarded = 0
  #delivered = 0
  #reassembled = 0
  #sent = 0
  #fragmentsSent = 0

  constructor(options: Ipv6Options) {
    const { clock, random, memory, frame } = options
    this.frame = frame
    this.#ways = new Ipv6Ways(clock, random, ipv6WayLimit(memory.limit), this.#links, (address) =>
      this.#own.has(address),
    )
    this.#reassembly = new Ipv6Reassembly({
      clock,
      memory,
      onLoss: (reason) => this.#lost.add(reason),
      onTimeExceeded: (source, destination, whole) => {
        const datagram = this.#datagram
        if (datagram === undefined) return
        datagram.frame = whole.frame
        datagram.source = source
        datagram.destination = destination
        datagram.toGroup = isMulticast6(destination)
        datagram.linkGroup = false
        datagram.headerAt = IPV6_AT
        datagram.payloadAt = IPV6_PAYLOAD_AT
        datagram.payloadEnd = whole.end
        datagram.protocol = whole.frame.octets[IPV6_AT + 6]
        this.#errors?.sendError(datagram, ICMPV6_TIME_EXCEEDED, REASSEMBLY_TIME_EXCEEDED, 0)
      },
    })
  }

  get counters(): Ipv6Counters {
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

  /** Has ICMPv6 answer, and MLD keep groups. */
  attach(errors: Ipv6ErrorAnswer, membership: Ipv6Membership): void {
    this.#errors = errors
    this.#membership = membership
  }

  register(transport: Transport): void {
    this.#transports[transport.protocol] = transport
    this.#registered.push(transport)
  }

  /** A new interface. */
  addLink(link: Ipv6Link): void {
    this.#links.push(link)
    this.addressesChanged()
  }

  /** A link has other addresses, or other routers: ways are found anew, and transports are notified. */
  addressesChanged(): void {
    this.#own.clear()
    for (const { sources } of this.#links) for (const { address } of sources) this.#own.add(address)
    this.#ways.forget()
    for (const transport of this.#registered) transport.onAddressesChanged?.()
  }

  /** Routers or prefixes changed, and no address: ways are found anew. */
  waysChanged(): void {
    this.#ways.forget()
  }

  route(destination: Ipv6Address, source?: Ipv6Address): Route | undefined {
    const way = this.#ways.find(destination, source)
    if (way === undefined) this.#lost.add('no route')
    return way
  }

  /** As `route`, and nothing is counted where there is none. */
  wayTo(destination: Ipv6Address): Ipv6Route | undefined {
    return this.#ways.find(destination)
  }

  /** The address that something to a destination would be sent from; undefined where there is no way to it. Nothing is counted. */
  sourceTo(destination: Ipv6Address): SourceAddress | undefined {
    const way = this.#ways.find(destination)
    if (way === undefined) return undefined
    const { source, link } = way
    return (
      link.sources.find(({ address }) => address === source) ?? { address: source, deprecated: false, temporary: false }
    )
  }

  /** The way to a station or group of a link from an address that is given, whether or not it is ours yet (RFC 4862 5.4.2). */
  routeOver(link: Ipv6Link, destination: Ipv6Address, source: Ipv6Address): Route {
    return this.#ways.over(link, destination, source)
  }

  /** As `Ipv6Ways.redirect`. */
  redirect(link: Ipv6Link, destination: Ipv6Address, from: Ipv6Address, target: Ipv6Address): boolean {
    return this.#ways.redirect(link, destination, from, target)
  }

  doubt(route: Route): void {
    // Every route was made here.
    const { link, nextHop, kind } = route as Ipv6Route
    if (kind === 'unicast') link.doubt?.(nextHop)
  }

  /** As `Ipv6Ways.unreachable`. */
  unreachable(link: Ipv6Link, nextHop: Ipv6Address): void {
    this.#ways.unreachable(link, nextHop)
  }

  /** As `Ipv6Ways.lowerPathMtu`. */
  lowerPathMtu(destination: Ipv6Address, mtu: number): boolean {
    return this.#ways.lowerPathMtu(destination, mtu)
  }

  /** What it learnt of ways and holds of datagrams is gone; addresses stay. */
  abandon(): void {
    this.#reassembly.clear()
    this.#ways.forgetLearnt()
  }

  pseudoHeader(source: Ipv6Address, destination: Ipv6Address, protocol: number, length: number): number {
    return ipv6PseudoHeader(source, destination, protocol, length)
  }

  send(route: Route, protocol: number, length: number, fields: HeaderFields): SendResult {
    // Every route was made here.
    const way = route as Ipv6Route
    if (IPV6_HEADER_OCTETS + length > way.link.mtu) return this.#tooLong()
    const { octets } = this.frame
    writeIpv6Header(
      octets,
      way.source,
      way.destination,
      protocol,
      length,
      fields,
      labelOf(way, protocol, octets, IPV6_PAYLOAD_AT),
    )
    this.#sent++
    return way.link.transmit(this.frame, IPV6_PAYLOAD_AT + length, way)
  }

  sendLong(
    route: Route,
    protocol: number,
    octets: Uint8Array,
    start: number,
    end: number,
    fields: HeaderFields,
  ): SendResult {
    const way = route as Ipv6Route
    const length = end - start
    const into = this.frame.octets
    const most = fields.dontFragment ? way.link.mtu : way.pathMtu
    if (IPV6_HEADER_OCTETS + length <= most) {
      into.set(octets.subarray(start, end), IPV6_PAYLOAD_AT)
      return this.send(route, protocol, length, fields)
    }
    if (fields.dontFragment || length > LARGEST_IPV6_PAYLOAD) return this.#tooLong()
    way.identification = (way.identification + 1) >>> 0
    this.#sent++
    const label = labelOf(way, protocol, octets, start)
    const room = most - IPV6_HEADER_OCTETS - FRAGMENT_HEADER_OCTETS
    // All fragments but the last have a multiple of 8 octets (RFC 8200 4.5).
    const step = room & ~7
    for (let offset = 0; offset < length; offset += step) {
      const size = Math.min(step, length - offset)
      const more = offset + size < length ? MORE_FRAGMENTS_V6 : 0
      writeIpv6Header(into, way.source, way.destination, FRAGMENT_HEADER, FRAGMENT_HEADER_OCTETS + size, fields, label)
      into[IPV6_PAYLOAD_AT] = protocol
      into[IPV6_PAYLOAD_AT + 1] = 0
      writeUint16(into, IPV6_PAYLOAD_AT + 2, offset | more)
      writeUint32(into, IPV6_PAYLOAD_AT + 4, way.identification)
      const at = IPV6_PAYLOAD_AT + FRAGMENT_HEADER_OCTETS
      into.set(octets.subarray(start + offset, start + offset + size), at)
      this.#fragmentsSent++
      const result = way.link.transmit(this.frame, at + size, way)
      if (result !== 'sent') return result
    }
    return 'sent'
  }

  /** Sends a message to a group of a link, behind a router alert (RFC 9777 5). */
  sendAlert(route: Route, protocol: number, message: Uint8Array, fields: HeaderFields): SendResult {
    const way = route as Ipv6Route
    const { octets } = this.frame
    const length = ROUTER_ALERT.length + 1 + message.length
    writeIpv6Header(octets, way.source, way.destination, HOP_BY_HOP_OPTIONS, length, fields, 0)
    octets[IPV6_PAYLOAD_AT] = protocol
    octets.set(ROUTER_ALERT, IPV6_PAYLOAD_AT + 1)
    octets.set(message, IPV6_PAYLOAD_AT + 1 + ROUTER_ALERT.length)
    this.#sent++
    return way.link.transmit(this.frame, IPV6_PAYLOAD_AT + length, way)
  }

  /** Answers a datagram with an ICMPv6 error, under the rules and the rate limit of RFC 4443 2.4; else counts why not. */
  refuse(datagram: Datagram, why: Refusal): void {
    // Every datagram was made here.
    this.#errors?.sendError(datagram as Ipv6InboundDatagram, ICMPV6_DESTINATION_UNREACHABLE, REFUSALS[why], 0)
  }

  isMulticast(address: Ipv6Address): boolean {
    return isMulticast6(address)
  }

  isAllHosts(address: Ipv6Address): boolean {
    const { word0, word1, word2, word3 } = address
    return (word0 === ALL_OF_LINK || word0 === ALL_OF_INTERFACE) && word1 === 0 && word2 === 0 && word3 === 1
  }

  joinGroup(group: Ipv6Address): void {
    const { link, membership } = this.#placeOf(group, 'join')
    membership.join(group, link)
  }

  leaveGroup(group: Ipv6Address): void {
    const { link, membership } = this.#placeOf(group, 'leave')
    membership.leave(group, link)
  }

  #placeOf(group: Ipv6Address, call: string): { readonly link: Ipv6Link; readonly membership: Ipv6Membership } {
    const place = `${call} ${formatIpv6(group)}`
    const membership = this.#membership
    if (membership === undefined) throw new NetError('EOPNOTSUPP', place, undefined, 'this host keeps no groups')
    if (!isMulticast6(group)) throw new NetError('EINVAL', place, 'give one of ff00::/8', 'the address is no group')
    if (needsZone(group) && group.zone === '')
      throw new NetError(
        'EINVAL',
        place,
        'write it like ff02::fb%eth0',
        'the group is of one link, and there is none named',
      )
    const outward = this.#links.filter((link) => !link.loopback)
    const link = group.zone === '' ? outward[0] : outward.find(({ name }) => name === group.zone)
    if (link === undefined) throw new NetError('ENETUNREACH', place, 'add an interface')
    return { link, membership }
  }

  isOwn(address: Ipv6Address): boolean {
    return this.#own.has(address)
  }

  isHost(address: Ipv6Address): boolean {
    return isHostAddress6(address)
  }

  isGroup(address: Ipv6Address): boolean {
    return isMulticast6(address)
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
  receive(link: Ipv6Link, frame: FrameBuffer, end: number, linkGroup: boolean, more: boolean): void {
    this.#received++
    const loss = this.#receive(link, frame, end, linkGroup, more)
    if (loss !== undefined) this.#lost.add(loss)
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

  #receive(link: Ipv6Link, frame: FrameBuffer, end: number, linkGroup: boolean, more: boolean): Ipv6Loss | undefined {
    const { octets } = frame
    if (end < IPV6_PAYLOAD_AT) return 'IPv6 truncated'
    const first = readUint32(octets, IPV6_AT)
    if (first >>> 28 !== 6) return 'IPv6 version'
    const payloadEnd = IPV6_PAYLOAD_AT + readUint16(octets, IPV6_AT + 4)
    if (payloadEnd > end) return 'IPv6 truncated'

    const destination = this.#arrived(octets, IPV6_AT + 24, link)
    const toGroup = isMulticast6(destination)
    const transit = !toGroup && !this.#own.has(destination)
    const foreign = transit && this.standsIn && !link.loopback && !needsZone(destination)
    if (toGroup) {
      if (!link.hears(destination)) return 'group not joined'
    } else {
      if (transit && !foreign && (this.handleTransit === undefined || link.loopback)) return 'not for this host'
      if (linkGroup) return 'unicast in a group frame'
    }
    const source = this.#arrived(octets, IPV6_AT + 8, link)
    // RFC 4291 2.5.2, 2.5.3, 2.7; RFC 4942 2.2. Who has no address yet asks a group.
    if (isMulticast6(source) || isV4Mapped(source) || (source === UNSPECIFIED6 && !toGroup)) return 'IPv6 source'
    if (!link.loopback) {
      if (source === LOOPBACK6) return 'IPv6 source'
      if (destination === LOOPBACK6 || (toGroup && scopeOf(destination) <= 1)) return 'IPv6 destination'
      if (this.#own.has(source)) return 'source is our own'
    }

    let datagram = this.#datagram
    if (datagram === undefined) {
      datagram = new Ipv6InboundDatagram(this, frame, link)
      this.#datagram = datagram
    }
    datagram.frame = frame
    datagram.link = link
    datagram.via = link.name
    datagram.more = more
    datagram.linkGroup = linkGroup
    datagram.toGroup = toGroup
    datagram.foreign = foreign
    datagram.fragmented = false
    datagram.headerAt = IPV6_AT
    datagram.payloadAt = IPV6_PAYLOAD_AT
    datagram.payloadEnd = payloadEnd
    datagram.trafficClass = (first >>> 20) & 0xff
    datagram.timeToLive = octets[IPV6_AT + 7]
    datagram.source = source
    datagram.destination = destination
    if (foreign) {
      const loss = this.#mayStandIn(datagram)
      if (loss !== undefined) return loss
    } else if (transit) return this.#passOn(datagram)
    const headers = this.#headers
    headers.begin(octets, IPV6_PAYLOAD_AT)
    return this.#examine(datagram, headers)
  }

  /** To who sends a datagram for a host elsewhere this is the first router on the way (RFC 8200 3, RFC 4007 9). */
  #mayStandIn(datagram: Ipv6InboundDatagram): Ipv6Loss | undefined {
    if (isLinkLocal6(datagram.source)) {
      this.#errors?.sendError(datagram, ICMPV6_DESTINATION_UNREACHABLE, BEYOND_SCOPE, 0)
      return 'link-local to pass on'
    }
    if (datagram.timeToLive > 1) return undefined
    this.#errors?.sendError(datagram, ICMPV6_TIME_EXCEEDED, 0, 0)
    return 'hop limit'
  }

  #passOn(datagram: Ipv6InboundDatagram): Ipv6Loss | undefined {
    const loss = this.handleTransit?.(datagram)
    if (loss === undefined) this.#forwarded++
    return loss
  }

  /** An address as it arrived, in the zone of its link; over the loopback in that of the link whose address it is. */
  #arrived(octets: Uint8Array, at: number, link: Ipv6Link): Ipv6Address {
    if (!link.loopback) return readIpv6(octets, at, link.name)
    const address = readIpv6(octets, at)
    if (!needsZone(address)) return address
    const zoned = this.#links.map(({ name }) => inZone(address, name))
    return zoned.find((each) => this.#own.has(each)) ?? address
  }

  /** Goes through the headers, and delivers what is behind them. */
  #examine(datagram: Ipv6InboundDatagram, headers: ExtensionHeaders): Ipv6Loss | undefined {
    const { octets } = datagram.frame
    const { payloadEnd, toGroup } = datagram
    for (;;) {
      const loss = headers.walk(octets, payloadEnd, toGroup)
      datagram.protocol = headers.protocol
      datagram.payloadAt = headers.at
      datagram.routerAlert = headers.routerAlert
      if (loss !== undefined) {
        if (headers.problem >= 0) this.#complain(datagram, headers.problem, headers.problemAt)
        return loss
      }
      if (headers.protocol !== FRAGMENT_HEADER) return this.#deliver(datagram, headers)
      const { at } = headers
      const field = readUint16(octets, at + 2)
      const whole = (field & (FRAGMENT_OFFSET_MASK | MORE_FRAGMENTS_V6)) === 0
      const again = datagram.fragmented
      datagram.fragmented = true
      if (!whole) return again ? 'fragment in a fragment' : this.#takeFragment(datagram, at, field)
      // An atomic fragment stands for itself alone (RFC 6946 4).
      headers.proceed(octets[at], at, at + FRAGMENT_HEADER_OCTETS)
    }
  }

  #takeFragment(datagram: Ipv6InboundDatagram, at: number, field: number): Ipv6Loss | undefined {
    const { frame, payloadEnd, source, destination, trafficClass, timeToLive: hopLimit } = datagram
    const { octets } = frame
    const start = at + FRAGMENT_HEADER_OCTETS
    const offset = field & FRAGMENT_OFFSET_MASK
    const more = (field & MORE_FRAGMENTS_V6) !== 0
    const length = payloadEnd - start
    if (length === 0 || (more && length % 8 !== 0)) {
      if (length > 0) this.#complain(datagram, PROBLEM_FIELD, IPV6_AT + 4)
      return 'fragment length'
    }
    if (offset + length > LARGEST_IPV6_PAYLOAD) {
      this.#complain(datagram, PROBLEM_FIELD, at + 2)
      return 'fragment past 65535'
    }
    if (offset === 0 && !this.#hasAllHeaders(octets, at, payloadEnd, datagram.toGroup)) {
      this.#complain(datagram, PROBLEM_FIRST_FRAGMENT, IPV6_AT)
      return 'first fragment incomplete'
    }
    const identification = readUint32(octets, at + 4)
    const own = { octets, start, end: payloadEnd, offset, more, identification, protocol: octets[at] }
    const whole = this.#reassembly.take({ ...own, source, destination, trafficClass, hopLimit })
    if (whole === undefined) return undefined
    this.#reassembled++
    datagram.frame = whole.frame
    datagram.payloadEnd = whole.end
    datagram.trafficClass = (readUint16(whole.frame.octets, IPV6_AT) >> 4) & 0xff
    const headers = this.#headers
    headers.begin(whole.frame.octets, IPV6_PAYLOAD_AT)
    const loss = this.#examine(datagram, headers)
    this.#reassembly.release(whole)
    return loss
  }

  /** RFC 7112 5: a first fragment has the whole chain of headers, that of the transport as well. */
  #hasAllHeaders(octets: Uint8Array, fragmentAt: number, end: number, toGroup: boolean): boolean {
    const headers = this.#firstHeaders
    headers.begin(octets, IPV6_PAYLOAD_AT)
    headers.proceed(octets[fragmentAt], fragmentAt, fragmentAt + FRAGMENT_HEADER_OCTETS)
    const loss = headers.walk(octets, end, toGroup)
    if (loss !== undefined) return loss !== 'extension header truncated'
    return end - headers.at >= (UPPER_HEADER_OCTETS[headers.protocol] ?? 0)
  }

  #complain(datagram: Ipv6InboundDatagram, code: number, at: number): void {
    this.#errors?.sendError(datagram, ICMPV6_PARAMETER_PROBLEM, code, at - datagram.headerAt)
  }

  #deliver(datagram: Ipv6InboundDatagram, headers: ExtensionHeaders): Ipv6Loss | undefined {
    const transport = this.#transports[datagram.protocol]
    if (transport === undefined || (datagram.foreign && transport.takesForeign !== true)) {
      this.#complain(datagram, PROBLEM_NEXT_HEADER, headers.namedAt)
      return 'protocol not handled'
    }
    this.#delivered++
    transport.receive(datagram)
    return undefined
  }
}

/** The label of what a transport has at `at`: its ports tell flows apart (RFC 6437 3). */
function labelOf(way: Ipv6Route, protocol: number, octets: Uint8Array, at: number): number {
  const ports = protocol === PROTOCOL_TCP || protocol === PROTOCOL_UDP ? readUint32(octets, at) : 0
  return way.flowLabel(protocol, ports | 0)
}
