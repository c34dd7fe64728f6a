/** ICMPv6 errors about datagrams that cannot be delivered (RFC 4443 2.4). */
import type { Clock } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { ErrorRate } from '../icmp/error-rate.js'
import { isHostAddress6 } from '../ipv6/address.js'
import type { Ipv6InboundDatagram } from '../ipv6/inbound-datagram.js'
import type { Ipv6 } from '../ipv6/ipv6.js'
import type { HeaderFields } from '../network-layer.js'
import {
  ICMPV6_FIRST_INFORMATION,
  ICMPV6_MESSAGE_OCTETS,
  ICMPV6_PARAMETER_PROBLEM,
  PROBLEM_OPTION,
  REDIRECT,
} from '../wire/icmpv6.js'
import { followHeaders, IPV6_HEADER_OCTETS, isLaterFragment, LEAST_IPV6_MTU } from '../wire/ipv6.js'
import { writeUint16, writeUint32 } from '../wire/octets.js'
import { PROTOCOL_ICMPV6 } from '../wire/protocols.js'

/** 2.4 c: an error quotes as much as fits into what every link takes. */
const LARGEST_QUOTE = LEAST_IPV6_MTU - IPV6_HEADER_OCTETS - ICMPV6_MESSAGE_OCTETS

/** Why an error was not sent. */
export type Icmpv6ErrorLoss =
  | 'no error about an error'
  | 'no error about a group'
  | 'no error to no host'
  | 'error rate'
  | 'error not sent'

export class Icmpv6ErrorSender {
  readonly lost = new Tally<Icmpv6ErrorLoss>()
  readonly #rate: ErrorRate
  readonly #network: Ipv6
  readonly #fields: HeaderFields = { timeToLive: 64, trafficClass: 0, dontFragment: false }
  sent = 0

  constructor(clock: Clock, network: Ipv6) {
    this.#rate = new ErrorRate(clock)
    this.#network = network
  }

  /** Sends an error about a datagram. @param rest octets 4 to 7: a pointer, an MTU */
  send(datagram: Ipv6InboundDatagram, type: number, code: number, rest: number): void {
    const loss = this.#judge(datagram, type, code) ?? this.#send(datagram, type, code, rest)
    if (loss === undefined) this.sent++
    else this.lost.add(loss)
  }

  /** 2.4 e: what no error is sent about. */
  #judge(datagram: Ipv6InboundDatagram, type: number, code: number): Icmpv6ErrorLoss | undefined {
    const { source, headerAt, payloadEnd, frame } = datagram
    // What is wrong may be a header that stands before the error.
    const chain = followHeaders(frame.octets, headerAt, payloadEnd)
    if (chain?.protocol === PROTOCOL_ICMPV6 && !isLaterFragment(frame.octets, chain)) {
      const message = payloadEnd > chain.at ? frame.octets[chain.at] : 0
      if (message < ICMPV6_FIRST_INFORMATION || message === REDIRECT) return 'no error about an error'
    }
    const ofOption = type === ICMPV6_PARAMETER_PROBLEM && code === PROBLEM_OPTION
    if ((datagram.toGroup || datagram.linkGroup) && !ofOption) return 'no error about a group'
    return isHostAddress6(source) ? undefined : 'no error to no host'
  }

  #send(datagram: Ipv6InboundDatagram, type: number, code: number, rest: number): Icmpv6ErrorLoss | undefined {
    const network = this.#network
    const { headerAt, source, destination } = datagram
    // From the address that it was sent to, or that of the link back, where that is a group or another's (2.2).
    const route = network.route(source, network.isOwn(destination) ? destination : undefined)
    if (route === undefined) return 'error not sent'
    if (!this.#rate.mayGo()) return 'error rate'
    const at = network.payloadAt
    const quoted = Math.min(datagram.payloadEnd - headerAt, LARGEST_QUOTE)
    const { octets } = network.frame
    const from = datagram.frame.octets
    octets[at] = type
    octets[at + 1] = code
    writeUint16(octets, at + 2, 0)
    writeUint32(octets, at + 4, rest)
    for (let i = 0; i < quoted; i++) octets[at + ICMPV6_MESSAGE_OCTETS + i] = from[headerAt + i]
    const length = ICMPV6_MESSAGE_OCTETS + quoted
    const sum = network.pseudoHeader(route.source as typeof source, source, PROTOCOL_ICMPV6, length)
    writeUint16(octets, at + 2, network.frame.checksum(at, at + length, sum))
    return network.send(route, PROTOCOL_ICMPV6, length, this.#fields) === 'sent' ? undefined : 'error not sent'
  }
}
