/** ICMP of a host (RFC 792, RFC 1122 3.2.2): answers echoes, hands errors to the transports they concern, sends errors. */

import type { Clock } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import type { Ipv4Address } from '../address.js'
import type { InboundDatagram } from '../ipv4/inbound-datagram.js'
import type { Ipv4 } from '../ipv4/ipv4.js'
import type { Link } from '../ipv4/link.js'
import { replyOptions } from '../ipv4/reply-options.js'
import type { Datagram, HeaderFields, Transport } from '../network-layer.js'
import { ETHERNET_HEADER_OCTETS } from '../wire/ethernet.js'
import {
  ICMP_DESTINATION_UNREACHABLE,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_HEADER_OCTETS,
  ICMP_PARAMETER_PROBLEM,
  ICMP_REDIRECT,
  ICMP_SOURCE_QUENCH,
  ICMP_TIME_EXCEEDED,
  type IcmpFault,
} from '../wire/icmp.js'
import { IPV4_HEADER_OCTETS } from '../wire/ipv4.js'
import { readUint16, readUint32, writeUint16 } from '../wire/octets.js'
import { PROTOCOL_ICMP } from '../wire/protocols.js'
import { type ErrorLoss, ErrorSender } from './error-sender.js'
import { InboundError } from './inbound-error.js'
import { type EchoForm, Pinger, type PingLoss, type PingOptions, type PingResult } from './ping.js'

/** Why a message went no further. */
export type IcmpLoss =
  | `ICMP ${IcmpFault}`
  | PingLoss
  | 'ICMP type not handled'
  | 'ICMP source quench'
  | 'ICMP error not about us'
  | 'ICMP error not credible'
  | 'ICMP error that nobody asked for'
  | 'ICMP redirect not credible'
  | 'echo to a group'
  | 'echo behind an impossible route'

export interface IcmpCounters {
  readonly echoesAnswered: number
  readonly errorsReceived: number
  readonly errorsSent: number
  readonly dropped: Readonly<Partial<Record<IcmpLoss | ErrorLoss, number>>>
}

export interface IcmpOptions {
  clock: Clock
  random: Random
  network: Ipv4
}

/** What is reported to transports (RFC 792). */
const ERRORS: ReadonlySet<number> = new Set([ICMP_DESTINATION_UNREACHABLE, ICMP_TIME_EXCEEDED, ICMP_PARAMETER_PROBLEM])
const FRAGMENTATION_NEEDED = 4
const ECHO: EchoForm = {
  protocol: PROTOCOL_ICMP,
  request: ICMP_ECHO,
  unreachable: ICMP_DESTINATION_UNREACHABLE,
  timeExceeded: ICMP_TIME_EXCEEDED,
  sumBeside: () => 0,
}
const HOST_UNREACHABLE = 1

export class Icmp implements Transport {
  readonly protocol = PROTOCOL_ICMP
  readonly takesForeign = true
  /** Takes an echo request for a host elsewhere that this one stands in for; `answer` may be given its copy later. Undefined: it is dropped. */
  handleForeignEcho: ((request: Datagram) => void) | undefined
  readonly #messageListeners = new Listeners<[datagram: Datagram]>()
  readonly #clock: Clock
  readonly #network: Ipv4
  readonly #pinger: Pinger
  readonly #lost = new Tally<IcmpLoss>()
  readonly #error = new InboundError()
  readonly #errors: ErrorSender
  readonly #fields: HeaderFields = { timeToLive: 64, trafficClass: 0, dontFragment: false }
  #echoesAnswered = 0
  #errorsReceived = 0

  constructor(options: IcmpOptions) {
    this.#clock = options.clock
    this.#network = options.network
    this.#errors = new ErrorSender(options.clock, options.network)
    this.#pinger = new Pinger(options.clock, options.network, ECHO, options.random.below(0x10000))
  }

  /** For raw sockets: every message whose checksum holds; valid during the call. */
  onMessage(listener: (datagram: Datagram) => void): () => void {
    return this.#messageListeners.add(listener)
  }

  get counters(): IcmpCounters {
    return {
      echoesAnswered: this.#echoesAnswered,
      errorsReceived: this.#errorsReceived,
      errorsSent: this.#errors.sent,
      dropped: { ...this.#lost.snapshot(), ...this.#errors.lost.snapshot() },
    }
  }

  /** As `Pinger.ping`. */
  ping(destination: Ipv4Address, options: PingOptions, done: (result: PingResult) => void): void {
    this.#pinger.ping(destination, options, done)
  }

  receive(datagram: InboundDatagram): void {
    const loss = this.#receive(datagram)
    if (loss !== undefined) this.#lost.add(loss)
  }

  #receive(datagram: InboundDatagram): IcmpLoss | undefined {
    const { frame, payloadAt, payloadEnd } = datagram
    if (payloadEnd - payloadAt < ICMP_HEADER_OCTETS) return 'ICMP truncated'
    if (frame.checksum(payloadAt, payloadEnd) !== 0) return 'ICMP checksum'
    const type = frame.octets[payloadAt]
    this.#messageListeners.tell(datagram)
    if (datagram.foreign && !ERRORS.has(type)) return this.#takeForeign(datagram, type)
    if (type === ICMP_ECHO) return this.#answer(datagram)
    if (type === ICMP_ECHO_REPLY) return this.#pinger.reply(datagram)
    if (type === ICMP_REDIRECT) return this.#redirect(datagram)
    // No transport is notified: whoever sees the path can forge one, and nobody means it (RFC 6633 3 to 5; RFC 9293 MUST-55).
    if (type === ICMP_SOURCE_QUENCH) return 'ICMP source quench'
    if (!ERRORS.has(type)) return 'ICMP type not handled'
    this.#errorsReceived++
    const { octets } = frame
    const nextHopMtu =
      type === ICMP_DESTINATION_UNREACHABLE && octets[payloadAt + 1] === FRAGMENTATION_NEEDED
        ? readUint16(octets, payloadAt + 6)
        : 0
    const quoteAt = payloadAt + ICMP_HEADER_OCTETS
    const standing = datagram.foreign ? datagram.destination : undefined
    return this.#tell(type, octets[payloadAt + 1], datagram.source, nextHopMtu, octets, quoteAt, payloadEnd, standing)
  }

  #takeForeign(datagram: InboundDatagram, type: number): IcmpLoss | undefined {
    if (type !== ICMP_ECHO || this.handleForeignEcho === undefined) return 'ICMP type not handled'
    this.handleForeignEcho(datagram)
    return undefined
  }

  /** Answers an echo request that was kept, as from where it was sent to. */
  answer(request: Datagram): void {
    // IPv4 made it.
    const loss = this.#answer(request as InboundDatagram)
    if (loss !== undefined) this.#lost.add(loss)
  }

  /** RFC 1122 3.2.2.2: redirects for a network are taken as for the host that is quoted. */
  #redirect({ frame, payloadAt, payloadEnd, source }: InboundDatagram): IcmpLoss | undefined {
    const { octets } = frame
    const error = this.#error
    if (!error.read(octets, payloadAt + ICMP_HEADER_OCTETS, payloadEnd)) return 'ICMP error not about us'
    if (!this.#network.isOwn(error.source)) return 'ICMP error not about us'
    const gateway = readUint32(octets, payloadAt + 4)
    const followed = this.#network.redirect(error.destination, source, gateway)
    return followed ? undefined : 'ICMP redirect not credible'
  }

  /**
   * Hands an error to the transport whose datagram is quoted in `octets[at .. end)`.
   * @param standing the host elsewhere that it was sent to, for which this one stands in
   */
  #tell(
    type: number,
    code: number,
    from: Ipv4Address,
    nextHopMtu: number,
    octets: Uint8Array,
    at: number,
    end: number,
    standing?: Ipv4Address,
  ): IcmpLoss | undefined {
    const error = this.#error
    if (!error.read(octets, at, end)) return 'ICMP error not about us'
    if (error.source !== standing && !this.#network.isOwn(error.source)) return 'ICMP error not about us'
    error.type = type
    error.code = code
    error.from = from
    error.nextHopMtu = nextHopMtu
    if (error.tooLong) {
      // Who was not told not to, or whose MTU is not smaller, would have passed it on: then the error is not true.
      const credible = error.dontFragment && nextHopMtu < error.totalLength && this.#network.believes(error)
      if (!credible) return 'ICMP error not credible'
      this.#network.lowerPathMtu(error.destination, nextHopMtu, error.totalLength)
    }
    return this.#network.deliverError(error) ? undefined : 'ICMP error that nobody asked for'
  }

  /** Messages of this end's own: pings. */
  onIcmpError(error: InboundError): void {
    if (!this.#pinger.error(error)) this.#lost.add('ICMP error that nobody asked for')
  }

  /** RFC 1122 3.2.2.6: the same identifier, sequence number and data; from the address that was asked. */
  #answer(datagram: InboundDatagram): IcmpLoss | undefined {
    // A request to a group MAY be discarded; here it is, so that a group cannot amplify.
    if (datagram.toGroup) return 'echo to a group'
    const { frame, payloadAt, payloadEnd } = datagram
    const { octets } = frame
    octets[payloadAt] = ICMP_ECHO_REPLY
    octets[payloadAt + 1] = 0
    writeUint16(octets, payloadAt + 2, 0)
    writeUint16(octets, payloadAt + 2, frame.checksum(payloadAt, payloadEnd))
    this.#fields.trafficClass = datagram.trafficClass
    this.#echoesAnswered++
    return this.#network.sendBack(datagram, this.#fields) === undefined ? this.#answerAtLength(datagram) : undefined
  }

  /** An answer in fragments, or with options. */
  #answerAtLength(datagram: InboundDatagram): IcmpLoss | undefined {
    const { payloadAt, payloadEnd, destination: own } = datagram
    const { octets } = datagram.frame
    const withOptions = payloadAt - datagram.headerAt > IPV4_HEADER_OCTETS
    const answer = withOptions ? replyOptions(datagram, this.#clock) : undefined
    const to = answer?.destination ?? datagram.source
    // A route back may begin with whatever a stranger wrote there: not with everybody, nor with this host.
    if (!this.#network.isHost(to) || (answer !== undefined && to !== datagram.source && this.#network.isOwn(to)))
      return 'echo behind an impossible route'
    const route = this.#network.route(to, own)
    if (route === undefined) return undefined
    if (answer === undefined) this.#network.sendLong(route, PROTOCOL_ICMP, octets, payloadAt, payloadEnd, this.#fields)
    else
      this.#network.sendWithOptions(route, PROTOCOL_ICMP, octets, payloadAt, payloadEnd, answer.options, this.#fields)
    return undefined
  }

  /**
   * A frame found nobody to take it. Where no other router takes it on, its sender is told as a router tells it, by call if it
   * is a transport of ours.
   * @returns whether another router takes it on
   */
  undeliverable(link: Link, frame: Uint8Array): boolean {
    const source = readUint32(frame, ETHERNET_HEADER_OCTETS + 12)
    this.#network.forgetWayTo(readUint32(frame, ETHERNET_HEADER_OCTETS + 16))
    if (this.#network.sendAnotherWay(link, frame)) return true
    if (this.#network.isOwn(source)) {
      const at = ETHERNET_HEADER_OCTETS
      const loss = this.#tell(ICMP_DESTINATION_UNREACHABLE, HOST_UNREACHABLE, source, 0, frame, at, frame.length)
      if (loss !== undefined) this.#lost.add(loss)
    } else {
      const datagram = this.#network.describe(frame)
      if (datagram !== undefined) this.sendError(datagram, ICMP_DESTINATION_UNREACHABLE, HOST_UNREACHABLE, 0)
    }
    return false
  }

  /** Answers a datagram with an error, under the rules and the rate limit. */
  sendError(datagram: InboundDatagram, type: number, code: number, rest: number): void {
    this.#errors.send(datagram, type, code, rest)
  }
}
