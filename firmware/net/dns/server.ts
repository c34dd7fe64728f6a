/**
 * A small DNS server for labs: answers for its zones (RFC 1034 4.3.2), and, when it has a resolver, for the rest of the world
 * by asking others. Datagrams and streams come in through `answer`, from whoever carries them.
 */
import { Tally } from '../../hal/counters.js'
import {
  CLASS_IN,
  type DnsFault,
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  EDNS_DATAGRAM_LIMIT,
  edns,
  emitDns,
  parseDns,
} from '../wire/dns.js'
import { isWithin } from '../wire/dns-name.js'
import type { DnsResolver } from './resolver.js'
import { Zone, type ZoneOptions } from './zone.js'

export interface DnsServerOptions {
  zones?: readonly (Zone | ZoneOptions)[]
  /** Who to ask for names of other zones; without one such questions are refused. */
  resolver?: Pick<DnsResolver, 'resolve'>
}

/** Why a message was not answered, or not with what it asked for. */
export type DnsServerLoss =
  | `DNS ${DnsFault}`
  | 'DNS not a query'
  | 'DNS operation'
  | 'DNS question'
  | 'DNS EDNS version'
  | 'DNS reply not sent'

export interface DnsServerCounters {
  readonly queries: number
  readonly answersTruncated: number
  readonly dropped: Readonly<Partial<Record<DnsServerLoss, number>>>
}

const ALIAS_LIMIT = 8
const QUERY = 0
/** A transfer of a zone; another protocol over the same port. */
const REFUSED_TYPES: readonly string[] = ['TYPE251', 'TYPE252']

export class DnsServer {
  readonly zones: readonly Zone[]
  readonly #resolver: DnsServerOptions['resolver']
  readonly #lost = new Tally<DnsServerLoss>()
  #queries = 0
  #truncated = 0

  /** @throws RangeError when a zone's name or its records are invalid */
  constructor(options: DnsServerOptions) {
    this.zones = (options.zones ?? []).map((zone) => (zone instanceof Zone ? zone : new Zone(zone)))
    this.#resolver = options.resolver
  }

  get counters(): DnsServerCounters {
    return { queries: this.#queries, answersTruncated: this.#truncated, dropped: this.#lost.snapshot() }
  }

  /**
   * Answers the message in `octets[start .. end)`.
   * @param limit octets that the way back takes: 512 of a datagram (RFC 1035 4.2.1)
   * @param reply is called at most once, at once or later; false from it: it could not be sent
   * @param largest octets that it takes to clients that say by EDNS that they take more than `limit` (RFC 6891 6.2.3)
   */
  answer(
    octets: Uint8Array,
    start: number,
    end: number,
    limit: number,
    reply: (octets: Uint8Array) => boolean,
    largest = limit,
  ): void {
    const query = parseDns(octets, start, end)
    const asked = typeof query === 'string' ? undefined : query.edns
    const room = asked === undefined ? limit : Math.max(limit, Math.min(largest, asked.udpSize))
    const send = (message: DnsMessage): void => {
      const out = emitDns(message, room)
      if ((out[2] & 0x02) !== 0) this.#truncated++
      if (!reply(out)) this.#lost.add('DNS reply not sent')
    }
    if (typeof query === 'string') {
      this.#lost.add(`DNS ${query}`)
      // Without an identifier, or to what may be an answer, there is nothing to say.
      if (end - start >= 4 && (octets[start + 2] & 0x80) === 0)
        send({ ...EMPTY, id: (octets[start] << 8) | octets[start + 1], responseCode: 'FORMERR' })
      return
    }
    if (query.response) {
      this.#lost.add('DNS not a query')
      return
    }
    this.#queries++
    const { id, opcode, recursionDesired } = query
    // RFC 6891 6.1.1: who speaks EDNS is answered in it; RFC 3225 3: DO is copied.
    const extension = asked === undefined ? {} : { edns: { ...edns(EDNS_DATAGRAM_LIMIT), dnssecOk: asked.dnssecOk } }
    const base: DnsMessage = { ...EMPTY, id, opcode, recursionDesired, ...extension }
    if (asked !== undefined && asked.version > 0) {
      this.#lost.add('DNS EDNS version')
      send({ ...base, responseCode: 'BADVERS' })
      return
    }
    if (query.opcode !== QUERY) {
      this.#lost.add('DNS operation')
      send({ ...base, responseCode: 'NOTIMP' })
      return
    }
    const [question] = query.questions
    if (query.questions.length !== 1) {
      this.#lost.add('DNS question')
      send({ ...base, responseCode: 'FORMERR' })
      return
    }
    this.#resolve({ ...base, questions: [question], recursionAvailable: this.#resolver !== undefined }, question, send)
  }

  #resolve(base: DnsMessage, question: DnsQuestion, send: (message: DnsMessage) => void): void {
    if (question.class !== CLASS_IN || REFUSED_TYPES.includes(question.type)) {
      send({ ...base, responseCode: 'REFUSED' })
      return
    }
    let { name } = question
    const answers: DnsRecord[] = []
    for (let aliases = 0; aliases <= ALIAS_LIMIT; aliases++) {
      const zone = this.#zoneOf(name)
      if (zone === undefined) {
        this.#forward(base, name, question, answers, send)
        return
      }
      const found = zone.find(name, question.type)
      switch (found.kind) {
        case 'alias':
          answers.push(found.record)
          name = found.target
          continue
        case 'records':
          send({
            ...base,
            authoritative: true,
            answers: [...answers, ...found.records],
            additionals: this.#besides(found.records),
          })
          return
        case 'delegation':
          if (base.recursionDesired && this.#resolver !== undefined) this.#forward(base, name, question, answers, send)
          else send({ ...base, answers, authorities: found.servers, additionals: this.#besides(found.servers) })
          return
        default:
          send({
            ...base,
            authoritative: true,
            responseCode: found.kind === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR',
            answers,
            authorities: [zone.soa],
          })
          return
      }
    }
    send({ ...base, responseCode: 'SERVFAIL', answers })
  }

  /** The zone that a name belongs to: the one with the longest name. */
  #zoneOf(name: string): Zone | undefined {
    let best: Zone | undefined
    for (const zone of this.zones)
      if (isWithin(name, zone.name) && (best === undefined || isWithin(zone.name, best.name))) best = zone
    return best
  }

  #forward(
    base: DnsMessage,
    name: string,
    question: DnsQuestion,
    answers: readonly DnsRecord[],
    send: (message: DnsMessage) => void,
  ): void {
    if (this.#resolver === undefined || !base.recursionDesired) {
      // An alias of ours that leads away is an answer, if not the whole one.
      send(answers.length > 0 ? { ...base, authoritative: true, answers } : { ...base, responseCode: 'REFUSED' })
      return
    }
    this.#resolver.resolve(`${name}.`, question.type, (outcome) => {
      if (outcome.ok) send({ ...base, answers: [...answers, ...outcome.aliases, ...outcome.records] })
      else if (outcome.reason === 'NXDOMAIN') send({ ...base, responseCode: 'NXDOMAIN', answers })
      else if (outcome.reason === 'NODATA') send({ ...base, answers })
      else send({ ...base, responseCode: 'SERVFAIL' })
    })
  }

  /** Addresses of the names in records, as far as they are ours: the client asks for them next (RFC 1035 3.3). */
  #besides(records: readonly DnsRecord[]): readonly DnsRecord[] {
    return records.flatMap((record) => {
      const target = record.type === 'NS' ? record.target : record.type === 'MX' ? record.exchange : undefined
      return target === undefined ? [] : (this.#zoneOf(target)?.addresses(target) ?? [])
    })
  }
}

const EMPTY: DnsMessage = {
  id: 0,
  response: true,
  opcode: QUERY,
  authoritative: false,
  truncated: false,
  recursionDesired: false,
  recursionAvailable: false,
  reserved: 0,
  responseCode: 'NOERROR',
  questions: [],
  answers: [],
  authorities: [],
  additionals: [],
}
