/**
 * One question put to name servers until one answers it: in turn, with timeouts that double each round (RFC 1123 6.1.3.3), from
 * a port and with an identifier that nobody can foresee (RFC 5452), over TCP where the answer does not fit a datagram. Queries
 * say by EDNS(0) how large a datagram may be (RFC 6891), and do not to servers that do not know it.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import type { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import type { IpAddress } from '../ip.js'
import {
  CLASS_IN,
  DNS_DATAGRAM_LIMIT,
  type DnsFault,
  type DnsMessage,
  type DnsType,
  dnsQuery,
  EDNS_DATAGRAM_LIMIT,
  edns,
  emitDns,
  parseDns,
} from '../wire/dns.js'
import { nameKey } from '../wire/dns-name.js'
import type { DnsCarrier, DnsChannel } from './carrier.js'

/** Why a message for the client was not taken, or a server not used. */
export type DnsClientLoss =
  | `DNS ${DnsFault}`
  | 'DNS not a response'
  | 'DNS identifier'
  | 'DNS question'
  | 'DNS response code'
  | 'DNS without EDNS'
  | 'DNS referral'
  | 'DNS server unreachable'
  | 'DNS timeout'

/** Why there is no answer. `truncated`: it does not fit a datagram, and there is no TCP. */
export type ExchangeFailure = 'timeout' | 'SERVFAIL' | 'REFUSED' | 'truncated' | 'no name server'

export interface ExchangeOptions {
  clock: Clock
  random: Random
  carrier: DnsCarrier
  servers: readonly IpAddress[]
  /** Of the first round, in nanoseconds. */
  timeout: number
  /** Times that each server is asked. */
  rounds: number
  /** Sets RD; false for a resolver that follows referrals itself. */
  recursive: boolean
  /** Servers that do not know EDNS; those that say so are added. */
  withoutEdns: Set<IpAddress>
  losses: Tally<DnsClientLoss>
  onSent(): void
}

export class DnsExchange {
  readonly #options: ExchangeOptions
  readonly #name: string
  readonly #type: DnsType
  readonly #done: (outcome: DnsMessage | ExchangeFailure) => void
  #turn = 0
  #failure: ExchangeFailure = 'no name server'
  #channel: DnsChannel | undefined
  #timer: Timer | undefined
  #id = 0
  /** The query under way has an OPT record. */
  #extended = false
  /** Servers that said they cannot answer: not asked again. */
  readonly #useless = new Set<IpAddress>()

  /** `done` is called once, never from within. */
  constructor(
    options: ExchangeOptions,
    name: string,
    type: DnsType,
    done: (outcome: DnsMessage | ExchangeFailure) => void,
  ) {
    this.#options = options
    this.#name = name
    this.#type = type
    this.#done = done
    this.#timer = options.clock.after(0, () => this.#ask())
  }

  /** `done` is not called any more. */
  cancel(): void {
    this.#end()
  }

  #end(): void {
    this.#options.clock.cancel(this.#timer)
    this.#timer = undefined
    this.#channel?.close()
    this.#channel = undefined
  }

  #settle(outcome: DnsMessage | ExchangeFailure): void {
    this.#end()
    this.#done(outcome)
  }

  #ask(): void {
    this.#end()
    const { clock, carrier, servers, timeout, rounds, losses, onSent } = this.#options
    for (; this.#turn < rounds * servers.length; this.#turn++) {
      const server = servers[this.#turn % servers.length]
      if (this.#useless.has(server)) continue
      const wait = timeout * 2 ** Math.floor(this.#turn / servers.length)
      this.#id = this.#options.random.next32() & 0xffff
      this.#extended = this.#speaksEdns(server)
      const channel = carrier.datagrams(
        server,
        (octets, start, end) => this.#hear(octets, start, end, server, true),
        () => this.#next(server, 'DNS server unreachable', 'timeout'),
      )
      if (channel?.send(this.#query(server)) !== true) {
        channel?.close()
        losses.add('DNS server unreachable')
        if (this.#failure === 'no name server') this.#failure = 'timeout'
        continue
      }
      onSent()
      this.#channel = channel
      this.#timer = clock.after(wait, () => this.#next(undefined, 'DNS timeout', 'timeout'))
      return
    }
    this.#settle(this.#failure)
  }

  /** On to the next server. @param useless the one that need not be asked again */
  #next(useless: IpAddress | undefined, loss: DnsClientLoss, failure: ExchangeFailure): void {
    this.#options.losses.add(loss)
    if (useless !== undefined) this.#useless.add(useless)
    // What a server said tells more than that another was silent.
    if (failure !== 'timeout' || this.#failure === 'no name server') this.#failure = failure
    this.#turn++
    this.#ask()
  }

  /** The last time that a silent server is asked, it is without: there are routers that drop what they do not know. */
  #speaksEdns(server: IpAddress): boolean {
    const { rounds, servers, withoutEdns } = this.#options
    const last = rounds > 1 && this.#turn >= (rounds - 1) * servers.length
    return !last && !withoutEdns.has(server)
  }

  #query(server: IpAddress): Uint8Array {
    const query = dnsQuery(this.#id, this.#name, this.#type)
    const recursionDesired = this.#options.recursive
    if (!this.#extended) return emitDns({ ...query, recursionDesired })
    const arrives = this.#options.carrier.largestDatagram(server) ?? DNS_DATAGRAM_LIMIT
    const udpSize = Math.max(DNS_DATAGRAM_LIMIT, Math.min(EDNS_DATAGRAM_LIMIT, arrives))
    return emitDns({ ...query, recursionDesired, edns: edns(udpSize) })
  }

  #hear(octets: Uint8Array, start: number, end: number, server: IpAddress, datagram: boolean): void {
    const message = parseDns(octets, start, end)
    const loss = typeof message === 'string' ? (`DNS ${message}` as const) : this.#refuse(message)
    if (loss !== undefined || typeof message === 'string') {
      if (loss !== undefined) this.#options.losses.add(loss)
      return
    }
    const { responseCode } = message
    if (this.#extended && knowsNoEdns(message)) this.#askWithoutEdns(server)
    else if (message.truncated && datagram) this.#askOverTcp(server)
    else if (responseCode !== 'NOERROR' && responseCode !== 'NXDOMAIN')
      this.#next(server, 'DNS response code', responseCode === 'REFUSED' ? 'REFUSED' : 'SERVFAIL')
    else if (this.#options.recursive && isReferral(message)) this.#next(server, 'DNS referral', 'SERVFAIL')
    else this.#settle(message)
  }

  /** RFC 1035 7.3, RFC 5452 9.1: what does not answer this very question is no answer, whoever sent it; it is waited on. */
  #refuse(message: DnsMessage): DnsClientLoss | undefined {
    if (message.id !== this.#id) return 'DNS identifier'
    if (!message.response || message.opcode !== 0) return 'DNS not a response'
    // A server to which the OPT record is an error may send the header alone (RFC 6891 7: "FORMERR").
    if (this.#extended && message.questions.length === 0 && knowsNoEdns(message)) return undefined
    const [question] = message.questions
    const same =
      message.questions.length === 1 &&
      nameKey(question.name) === nameKey(this.#name) &&
      question.type === this.#type &&
      question.class === CLASS_IN
    return same ? undefined : 'DNS question'
  }

  /** RFC 6891 6.2.2: at once, and from now on. */
  #askWithoutEdns(server: IpAddress): void {
    this.#options.losses.add('DNS without EDNS')
    this.#options.withoutEdns.add(server)
    this.#ask()
  }

  /** RFC 1035 4.2.1, RFC 7766 5. The size of a datagram is nothing to TCP: without EDNS. */
  #askOverTcp(server: IpAddress): void {
    const { clock, carrier, timeout, onSent } = this.#options
    this.#end()
    if (carrier.stream === undefined) {
      this.#settle('truncated')
      return
    }
    this.#id = this.#options.random.next32() & 0xffff
    this.#extended = false
    this.#channel = carrier.stream(
      server,
      (octets, start, end) => this.#hear(octets, start, end, server, false),
      () => this.#next(server, 'DNS server unreachable', 'truncated'),
    )
    if (this.#channel?.send(this.#query(server)) !== true) {
      this.#next(server, 'DNS server unreachable', 'truncated')
      return
    }
    onSent()
    // A connection, and then the answer.
    this.#timer = clock.after(Math.max(timeout, SECOND) * 4, () => this.#next(undefined, 'DNS timeout', 'timeout'))
  }
}

/** What servers say to an OPT record that they do not understand (RFC 6891 7); those that do have one in their answer. */
function knowsNoEdns({ responseCode, edns: extension }: DnsMessage): boolean {
  return extension === undefined && (responseCode === 'FORMERR' || responseCode === 'NOTIMP')
}

/** Neither answer nor denial, but who to ask instead: from a server that does not recurse (RFC 2308 2.1, 2.2). */
function isReferral({ answers, authorities, authoritative, responseCode }: DnsMessage): boolean {
  return (
    responseCode === 'NOERROR' &&
    !authoritative &&
    answers.length === 0 &&
    authorities.some(({ type }) => type === 'NS') &&
    !authorities.some(({ type }) => type === 'SOA')
  )
}
