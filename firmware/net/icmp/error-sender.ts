/** ICMP errors about datagrams that cannot be delivered or passed on (RFC 792; RFC 1122 3.2.2; RFC 1812 4.3.2). */
import type { Clock } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { isHostAddress, isLoopback } from '../address.js'
import type { InboundDatagram } from '../ipv4/inbound-datagram.js'
import type { Ipv4 } from '../ipv4/ipv4.js'
import type { HeaderFields } from '../network-layer.js'
import { ICMP_HEADER_OCTETS } from '../wire/icmp.js'
import { IPV4_HEADER_OCTETS } from '../wire/ipv4.js'
import { writeUint16 } from '../wire/octets.js'
import { PROTOCOL_ICMP } from '../wire/protocols.js'
import { ErrorRate } from './error-rate.js'

/** An error datagram has at most this many octets (RFC 1812 4.3.2.3), and quotes as much as fits. */
const LARGEST_ERROR = 576
/** Internetwork control (RFC 1812 4.3.2.5). */
const PRECEDENCE = 0xc0
const OFFSET_MASK = 0x1fff

/** ICMP messages that are no errors: an error about one of these may be sent. */
const QUERIES: ReadonlySet<number> = new Set([0, 8, 9, 10, 13, 14, 15, 16, 17, 18, 42, 43])

/** Why an error was not sent. */
export type ErrorLoss =
  | 'no error about an error'
  | 'no error about a group'
  | 'no error about a fragment'
  | 'no error to no host'
  | 'error rate'
  | 'error not sent'

export class ErrorSender {
  readonly lost = new Tally<ErrorLoss>()
  readonly #rate: ErrorRate
  readonly #network: Ipv4
  readonly #fields: HeaderFields = { timeToLive: 64, trafficClass: PRECEDENCE, dontFragment: false }
  sent = 0

  constructor(clock: Clock, network: Ipv4) {
    this.#rate = new ErrorRate(clock)
    this.#network = network
  }

  /** Sends an error about a datagram. @param rest of the header, octets 4 to 7: with "fragmentation needed", the MTU */
  send(datagram: InboundDatagram, type: number, code: number, rest: number): void {
    const loss = this.#judge(datagram) ?? this.#send(datagram, type, code, rest)
    if (loss === undefined) this.sent++
    else this.lost.add(loss)
  }

  /** RFC 1122 3.2.2: what no error is sent about. */
  #judge(datagram: InboundDatagram): ErrorLoss | undefined {
    const { source, payloadAt, payloadEnd } = datagram
    if (datagram.toGroup || datagram.linkGroup) return 'no error about a group'
    if ((datagram.fragmentField & OFFSET_MASK) !== 0) return 'no error about a fragment'
    if (!isHostAddress(source) || this.#network.isGroup(source)) return 'no error to no host'
    if (isLoopback(source) && !datagram.link.loopback) return 'no error to no host'
    if (datagram.protocol === PROTOCOL_ICMP) {
      const query = payloadEnd > payloadAt && QUERIES.has(datagram.frame.octets[payloadAt])
      if (!query) return 'no error about an error'
    }
    return undefined
  }

  #send(datagram: InboundDatagram, type: number, code: number, rest: number): ErrorLoss | undefined {
    const network = this.#network
    const { headerAt, link } = datagram
    const own = network.isOwn(datagram.destination)
      ? datagram.destination
      : network.addresses.sourceFor(link, datagram.source)
    const route = own === undefined ? undefined : network.route(datagram.source, own)
    if (route === undefined) return 'error not sent'
    if (!this.#rate.mayGo()) return 'error rate'
    const at = network.payloadAt
    const quoted = Math.min(datagram.payloadEnd - headerAt, LARGEST_ERROR - IPV4_HEADER_OCTETS - ICMP_HEADER_OCTETS)
    const { octets } = network.frame
    const from = datagram.frame.octets
    octets[at] = type
    octets[at + 1] = code
    writeUint16(octets, at + 2, 0)
    writeUint16(octets, at + 4, rest >>> 16)
    writeUint16(octets, at + 6, rest)
    for (let i = 0; i < quoted; i++) octets[at + ICMP_HEADER_OCTETS + i] = from[headerAt + i]
    const length = ICMP_HEADER_OCTETS + quoted
    writeUint16(octets, at + 2, network.frame.checksum(at, at + length))
    return network.send(route, PROTOCOL_ICMP, length, this.#fields) === 'sent' ? undefined : 'error not sent'
  }
}
