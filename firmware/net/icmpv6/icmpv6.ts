/**
 * ICMPv6 of a host (RFC 4443): answers echoes, hands errors to the transports they concern, sends errors, and hands the messages of
 * neighbour discovery and of listener discovery to those who keep them.
 */
import type { Clock } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import { ErrorRate } from '../icmp/error-rate.js'
import { type EchoForm, Pinger, type PingLoss, type PingOptions, type PingResult } from '../icmp/ping.js'
import type { Ipv6Address } from '../ipv6/address.js'
import type { Ipv6InboundDatagram } from '../ipv6/inbound-datagram.js'
import type { Ipv6 } from '../ipv6/ipv6.js'
import type { Ipv6Link } from '../ipv6/link.js'
import { selectSource } from '../ipv6/source-selection.js'
import type { MldLoss } from '../mld/mld.js'
import type { DiscoveryLoss } from '../nd/discovery.js'
import type { Datagram, HeaderFields, Transport } from '../network-layer.js'
import {
  ICMPV6_DESTINATION_UNREACHABLE,
  ICMPV6_ECHO_REPLY,
  ICMPV6_ECHO_REQUEST,
  ICMPV6_FIRST_INFORMATION,
  ICMPV6_MESSAGE_OCTETS,
  ICMPV6_TIME_EXCEEDED,
  MLD_DONE_V1,
  MLD_QUERY,
  MLD_REPORT_V1,
  MLD_REPORT_V2,
  REDIRECT,
  ROUTER_SOLICITATION,
  UNREACHABLE_ADDRESS,
} from '../wire/icmpv6.js'
import { LEAST_IPV6_MTU } from '../wire/ipv6.js'
import { readUint32, writeUint16 } from '../wire/octets.js'
import { PROTOCOL_ICMPV6 } from '../wire/protocols.js'
import { type Icmpv6ErrorLoss, Icmpv6ErrorSender } from './error-sender.js'
import { Icmpv6InboundError } from './inbound-error.js'

/** Why a message went no further. */
export type Icmpv6Loss =
  | 'ICMPv6 truncated'
  | 'ICMPv6 checksum'
  | 'ICMPv6 type not handled'
  | 'ICMPv6 error not about us'
  | 'ICMPv6 error not credible'
  | 'ICMPv6 error that nobody asked for'
  | 'echo rate'
  | 'no address to answer an echo from'
  | PingLoss
  | DiscoveryLoss
  | MldLoss

export interface Icmpv6Counters {
  readonly echoesAnswered: number
  readonly errorsReceived: number
  readonly errorsSent: number
  readonly dropped: Readonly<Partial<Record<Icmpv6Loss | Icmpv6ErrorLoss, number>>>
}

/** Takes the messages of neighbour discovery that came by a link, or of listener discovery. @returns why one went no further */
export type MessageHandler<Loss> = (datagram: Ipv6InboundDatagram) => Loss | undefined

export interface Icmpv6Options {
  clock: Clock
  random: Random
  network: Ipv6
  discovery: MessageHandler<DiscoveryLoss>
  listeners: MessageHandler<MldLoss>
}

export class Icmpv6 implements Transport {
  readonly protocol = PROTOCOL_ICMPV6
  readonly takesForeign = true
  /** As that of `Icmp`. */
  handleForeignEcho: ((request: Datagram) => void) | undefined
  readonly #messageListeners = new Listeners<[datagram: Datagram]>()
  readonly #network: Ipv6
  readonly #options: Icmpv6Options
  readonly #pinger: Pinger
  readonly #lost = new Tally<Icmpv6Loss>()
  readonly #error = new Icmpv6InboundError()
  readonly #errors: Icmpv6ErrorSender
  /** Of answers to groups, by which a stranger could have many answer (RFC 4443 5.2). */
  readonly #groupAnswers: ErrorRate
  readonly #fields: HeaderFields = { timeToLive: 64, trafficClass: 0, dontFragment: false }
  #echoesAnswered = 0
  #errorsReceived = 0

  constructor(options: Icmpv6Options) {
    const { clock, network, random } = options
    this.#options = options
    this.#network = network
    this.#errors = new Icmpv6ErrorSender(clock, network)
    this.#groupAnswers = new ErrorRate(clock)
    const form: EchoForm = {
      protocol: PROTOCOL_ICMPV6,
      request: ICMPV6_ECHO_REQUEST,
      unreachable: ICMPV6_DESTINATION_UNREACHABLE,
      timeExceeded: ICMPV6_TIME_EXCEEDED,
      sumBeside: ({ source, destination }, length) =>
        network.pseudoHeader(source as Ipv6Address, destination as Ipv6Address, PROTOCOL_ICMPV6, length),
    }
    this.#pinger = new Pinger(clock, network, form, random.below(0x10000))
  }

  get counters(): Icmpv6Counters {
    return {
      echoesAnswered: this.#echoesAnswered,
      errorsReceived: this.#errorsReceived,
      errorsSent: this.#errors.sent,
      dropped: { ...this.#lost.snapshot(), ...this.#errors.lost.snapshot() },
    }
  }

  /** For raw sockets: every message whose checksum holds; valid during the call. */
  onMessage(listener: (datagram: Datagram) => void): () => void {
    return this.#messageListeners.add(listener)
  }

  /** As `Pinger.ping`. */
  ping(destination: Ipv6Address, options: PingOptions, done: (result: PingResult) => void): void {
    this.#pinger.ping(destination, options, done)
  }

  receive(datagram: Datagram): void {
    // IPv6 made it.
    const loss = this.#receive(datagram as Ipv6InboundDatagram)
    if (loss !== undefined) this.#lost.add(loss)
  }

  #receive(datagram: Ipv6InboundDatagram): Icmpv6Loss | undefined {
    const { frame, payloadAt, payloadEnd, source, destination } = datagram
    const length = payloadEnd - payloadAt
    if (length < ICMPV6_MESSAGE_OCTETS) return 'ICMPv6 truncated'
    const sum = this.#network.pseudoHeader(source, destination, PROTOCOL_ICMPV6, length)
    if (frame.checksum(payloadAt, payloadEnd, sum) !== 0) return 'ICMPv6 checksum'
    const { octets } = frame
    const type = octets[payloadAt]
    this.#messageListeners.tell(datagram)
    if (datagram.foreign && type >= ICMPV6_FIRST_INFORMATION) return this.#takeForeign(datagram, type)
    if (type === ICMPV6_ECHO_REQUEST) return this.#answer(datagram)
    if (type === ICMPV6_ECHO_REPLY) return this.#pinger.reply(datagram)
    if (type >= ROUTER_SOLICITATION && type <= REDIRECT) return this.#options.discovery(datagram)
    if (type === MLD_QUERY || type === MLD_REPORT_V1 || type === MLD_DONE_V1 || type === MLD_REPORT_V2)
      return this.#options.listeners(datagram)
    if (type >= ICMPV6_FIRST_INFORMATION) return 'ICMPv6 type not handled'
    this.#errorsReceived++
    // 2.4 a: an error of a type that is not known is handed on as well.
    const quoteAt = payloadAt + ICMPV6_MESSAGE_OCTETS
    const rest = readUint32(octets, payloadAt + 4)
    const standing = datagram.foreign ? destination : undefined
    const zone = datagram.link.name
    return this.#tell(type, octets[payloadAt + 1], source, rest, octets, quoteAt, payloadEnd, zone, standing)
  }

  #takeForeign(datagram: Ipv6InboundDatagram, type: number): Icmpv6Loss | undefined {
    if (type !== ICMPV6_ECHO_REQUEST || this.handleForeignEcho === undefined) return 'ICMPv6 type not handled'
    this.handleForeignEcho(datagram)
    return undefined
  }

  /** Answers an echo request that was kept, as from where it was sent to. */
  answer(request: Datagram): void {
    // IPv6 made it.
    const loss = this.#answer(request as Ipv6InboundDatagram)
    if (loss !== undefined) this.#lost.add(loss)
  }

  /**
   * Hands an error to the transport whose datagram is quoted in `octets[at .. end)`.
   * @param standing the host elsewhere that it was sent to, for which this one stands in
   */
  #tell(
    type: number,
    code: number,
    from: Ipv6Address,
    rest: number,
    octets: Uint8Array,
    at: number,
    end: number,
    zone: string,
    standing?: Ipv6Address,
  ): Icmpv6Loss | undefined {
    const error = this.#error
    if (!error.read(octets, at, end, zone)) return 'ICMPv6 error not about us'
    if (error.source !== standing && !this.#network.isOwn(error.source)) return 'ICMPv6 error not about us'
    error.type = type
    error.code = code
    error.from = from
    error.nextHopMtu = error.tooLong ? rest : 0
    if (error.tooLong) {
      // RFC 8201 4: no IPv6 link has an MTU below 1280; and who sent less would have had it passed on.
      const credible = rest >= LEAST_IPV6_MTU && rest < error.totalLength && this.#network.believes(error)
      if (!credible) return 'ICMPv6 error not credible'
      // Where that is nothing new, this transport, or connection, may not have heard of it yet.
      this.#network.lowerPathMtu(error.destination, rest)
    }
    return this.#network.deliverError(error) ? undefined : 'ICMPv6 error that nobody asked for'
  }

  /** Messages of this end's own: pings. */
  onIcmpError(error: Icmpv6InboundError): void {
    if (!this.#pinger.error(error)) this.#lost.add('ICMPv6 error that nobody asked for')
  }

  /** 4.2: the same identifier, sequence number and data; from the address that was asked, or one of the interface that it came by, where a group was. */
  #answer(datagram: Ipv6InboundDatagram): Icmpv6Loss | undefined {
    const { frame, payloadAt, payloadEnd, source, destination, toGroup } = datagram
    if (toGroup && !this.#groupAnswers.mayGo()) return 'echo rate'
    const network = this.#network
    const from = toGroup ? selectSource(datagram.link.sources, source) : destination
    if (from === undefined) return 'no address to answer an echo from'
    const route = network.route(source, from)
    if (route === undefined) return undefined
    const { octets } = frame
    octets[payloadAt] = ICMPV6_ECHO_REPLY
    octets[payloadAt + 1] = 0
    writeUint16(octets, payloadAt + 2, 0)
    const sum = network.pseudoHeader(route.source as Ipv6Address, source, PROTOCOL_ICMPV6, payloadEnd - payloadAt)
    writeUint16(octets, payloadAt + 2, frame.checksum(payloadAt, payloadEnd, sum))
    this.#fields.trafficClass = datagram.trafficClass
    this.#fields.timeToLive = datagram.link.hopLimit
    this.#echoesAnswered++
    network.sendLong(route, PROTOCOL_ICMPV6, octets, payloadAt, payloadEnd, this.#fields)
    return undefined
  }

  /** A frame found nobody to take it: its sender, one of ours, is told by call as a router tells it (RFC 4861 7.2.2). */
  undeliverable(link: Ipv6Link, frame: Uint8Array, at: number): void {
    const error = this.#error
    if (!error.read(frame, at, frame.length, link.name)) return
    const { source } = error
    const loss = this.#tell(
      ICMPV6_DESTINATION_UNREACHABLE,
      UNREACHABLE_ADDRESS,
      source,
      0,
      frame,
      at,
      frame.length,
      link.name,
    )
    if (loss !== undefined) this.#lost.add(loss)
  }

  /** Answers a datagram with an error, under the rules and the rate limit. */
  sendError(datagram: Ipv6InboundDatagram, type: number, code: number, rest: number): void {
    this.#errors.send(datagram, type, code, rest)
  }
}
