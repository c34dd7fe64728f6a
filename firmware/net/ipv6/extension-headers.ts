/**
 * Headers between IPv6's own and what a datagram carries (RFC 8200 4), as a host that they are for judges them: which may stand where,
 * which options it need not know, and how many it looks at (RFC 8504 5.3, RFC 8883).
 */
import {
  PROBLEM_FIELD,
  PROBLEM_NEXT_HEADER,
  PROBLEM_OPTION,
  PROBLEM_TOO_MANY_HEADERS,
  PROBLEM_TOO_MANY_OPTIONS,
} from '../wire/icmpv6.js'
import {
  DESTINATION_OPTIONS,
  FRAGMENT_HEADER,
  HOP_BY_HOP_OPTIONS,
  NO_NEXT_HEADER,
  ROUTING_HEADER,
} from '../wire/protocols.js'
import { NEXT_HEADER_AT } from './header.js'

/** Headers of one datagram, fragment headers included. */
const HEADER_LIMIT = 8
/** Options of one header, padding apart (RFC 8504 5.3). */
const OPTION_LIMIT = 8
/** Octets of padding in one piece: what any alignment needs (RFC 8504 5.3). */
const PADDING_LIMIT = 7

const OPTION_PAD1 = 0
const OPTION_PADN = 1
/** RFC 2711: what MLD has, for routers. */
const OPTION_ROUTER_ALERT = 5
/** RFC 2675: no link here takes a datagram that has one. */
const OPTION_JUMBO = 0xc2

export type ExtensionLoss =
  | 'extension header truncated'
  | 'hop-by-hop options not first'
  | 'too many extension headers'
  | 'too many options'
  | 'option unknown'
  | 'option truncated'
  | 'padding too long'
  | 'jumbogram'
  | 'routing header'
  | 'no next header'

export class ExtensionHeaders {
  /** What stands at `at`: an upper layer, a fragment header, or what is not known here. */
  protocol = 0
  at = 0
  /** Where `protocol` is named. */
  namedAt = 0
  /** The code of the parameter problem that is reported to its sender; -1: none. */
  problem = -1
  /** The octet that it is about, from the begin of the frame. */
  problemAt = 0
  /** The hop-by-hop options ask routers to look at the datagram (RFC 2711). */
  routerAlert = false
  #count = 0

  /** Begins with a datagram's own header at octet 14 of `octets`. */
  begin(octets: Uint8Array, payloadAt: number): void {
    this.namedAt = NEXT_HEADER_AT
    this.protocol = octets[NEXT_HEADER_AT]
    this.at = payloadAt
    this.problem = -1
    this.routerAlert = false
    this.#count = 0
  }

  /** Goes on behind a fragment header. @param protocol that it names, at `namedAt` */
  proceed(protocol: number, namedAt: number, at: number): void {
    this.protocol = protocol
    this.namedAt = namedAt
    this.at = at
  }

  /**
   * Goes to the upper layer, or to the next fragment header.
   * @param toGroup the datagram is for a group
   * @returns why the datagram goes no further
   */
  walk(octets: Uint8Array, end: number, toGroup: boolean): ExtensionLoss | undefined {
    for (;;) {
      const { protocol, at } = this
      if (protocol === NO_NEXT_HEADER) return 'no next header'
      const options = protocol === HOP_BY_HOP_OPTIONS || protocol === DESTINATION_OPTIONS
      const fragment = protocol === FRAGMENT_HEADER
      if (!options && !fragment && protocol !== ROUTING_HEADER) return undefined
      if (protocol === HOP_BY_HOP_OPTIONS && this.namedAt !== NEXT_HEADER_AT) {
        this.#complain(PROBLEM_NEXT_HEADER, this.namedAt)
        return 'hop-by-hop options not first'
      }
      if (++this.#count > HEADER_LIMIT) {
        this.#complain(PROBLEM_TOO_MANY_HEADERS, at)
        return 'too many extension headers'
      }
      if (at + 8 > end) return 'extension header truncated'
      if (fragment) return undefined
      const next = at + (octets[at + 1] + 1) * 8
      if (next > end) return 'extension header truncated'
      const loss = options ? this.#options(octets, at + 2, next, toGroup) : this.#routing(octets, at)
      if (loss !== undefined) return loss
      this.namedAt = at
      this.protocol = octets[at]
      this.at = next
    }
  }

  /** A route that is at its end is passed over; one that goes on would have this host pass it on (4.4, RFC 5095). */
  #routing(octets: Uint8Array, at: number): ExtensionLoss | undefined {
    if (octets[at + 3] === 0) return undefined
    this.#complain(PROBLEM_FIELD, at + 2)
    return 'routing header'
  }

  #options(octets: Uint8Array, from: number, end: number, toGroup: boolean): ExtensionLoss | undefined {
    let padding = 0
    let count = 0
    for (let at = from; at < end; ) {
      const type = octets[at]
      if (type === OPTION_PAD1) {
        at++
        if (++padding > PADDING_LIMIT) return 'padding too long'
        continue
      }
      const next = at + 2 + octets[at + 1]
      if (at + 2 > end || next > end) {
        this.#complain(PROBLEM_FIELD, at)
        return 'option truncated'
      }
      if (type === OPTION_PADN) {
        padding += next - at
        if (padding > PADDING_LIMIT) return 'padding too long'
        at = next
        continue
      }
      padding = 0
      if (++count > OPTION_LIMIT) {
        this.#complain(PROBLEM_TOO_MANY_OPTIONS, at)
        return 'too many options'
      }
      if (type === OPTION_JUMBO) {
        this.#complain(PROBLEM_FIELD, at)
        return 'jumbogram'
      }
      // 4.2: the highest two bits say what becomes of a datagram whose option is not known.
      if (type === OPTION_ROUTER_ALERT) this.routerAlert ||= this.protocol === HOP_BY_HOP_OPTIONS
      else if (type >> 6 !== 0) {
        if (type >> 6 === 2 || (type >> 6 === 3 && !toGroup)) this.#complain(PROBLEM_OPTION, at)
        return 'option unknown'
      }
      at = next
    }
    return undefined
  }

  #complain(code: number, at: number): void {
    this.problem = code
    this.problemAt = at
  }
}
