/**
 * The DNS client: names to addresses and back, from a cache and from the name servers that this host knows.
 *
 *     const resolver = new DnsResolver({ clock, random, carrier, servers: [ipv4('10.9.0.1')], search: ['lab.test'] })
 *     resolver.lookup('printer', (result) => result.ok ? result.addresses : result.message)
 */
import { type Clock, SECOND } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import { type Ipv4Address, parseIpv4 } from '../address.js'
import type { MemoryBudget } from '../memory-budget.js'
import { CLASS_IN, type DnsMessage, type DnsRecord, type DnsType } from '../wire/dns.js'
import { dnsName, isWithin, nameKey, nameLabels } from '../wire/dns-name.js'
import { DnsCache } from './cache.js'
import type { DnsCarrier } from './carrier.js'
import { type DnsClientLoss, DnsExchange, type ExchangeFailure } from './exchange.js'

export interface DnsResolverOptions {
  clock: Clock
  random: Random
  carrier: DnsCarrier
  /** What the cache is held in. */
  memory: MemoryBudget
  /** Name servers in the order they are asked; `servers` of the resolver changes them later. */
  servers?: readonly Ipv4Address[]
  /** Domains that names without a dot are looked for in, in this order. */
  search?: readonly string[]
  /** How long the first server is waited for, in nanoseconds; 2 s by default, twice that in each round (RFC 1123 6.1.3.3). */
  timeout?: number
  /** Times that each server is asked; 3 by default. */
  rounds?: number
  /** Entries of the cache; 256 by default, 0 for none. */
  cacheLimit?: number
}

export type DnsFailure = ExchangeFailure | 'NXDOMAIN' | 'NODATA' | 'alias loop' | 'not a name'

export type DnsOutcome =
  | {
      readonly ok: true
      /** Where the aliases led. */
      readonly name: string
      /** Of the type that was asked for. */
      readonly records: readonly DnsRecord[]
      /** The CNAME records on the way there. */
      readonly aliases: readonly DnsRecord[]
    }
  | { readonly ok: false; readonly reason: DnsFailure /** For a person. */; readonly message: string }

export type LookupOutcome =
  | { readonly ok: true; readonly name: string; readonly addresses: readonly Ipv4Address[] }
  | Extract<DnsOutcome, { ok: false }>

export interface DnsCounters {
  readonly queriesSent: number
  readonly answeredFromCache: number
  /** What the cache evicted before its time was over, to make room. */
  readonly cacheEvictions: number
  readonly dropped: Readonly<Partial<Record<DnsClientLoss, number>>>
}

const DEFAULT_TIMEOUT = 2 * SECOND
const DEFAULT_ROUNDS = 3
/** Aliases followed for one question. */
const ALIAS_LIMIT = 8
const LOOPBACK: Ipv4Address = 0x7f000001

/** A question under way; those who ask the same meanwhile wait for the one answer (RFC 5452 5). */
interface Pending {
  readonly name: string
  readonly type: DnsType
  exchange: DnsExchange
  readonly waiting: Set<(outcome: DnsOutcome) => void>
}

export class DnsResolver {
  readonly cache: DnsCache
  search: readonly string[]
  readonly #options: DnsResolverOptions
  readonly #random: Random
  readonly #losses = new Tally<DnsClientLoss>()
  readonly #pending = new Map<string, Pending>()
  /** Servers that said so; until this host is given other servers, or closed. */
  readonly #withoutEdns = new Set<Ipv4Address>()
  #servers: readonly Ipv4Address[]
  #sent = 0
  #cached = 0

  constructor(options: DnsResolverOptions) {
    this.#options = options
    this.#random = options.random.fork('dns')
    this.cache = new DnsCache(options.clock, options.memory, options.cacheLimit)
    this.#servers = options.servers ?? []
    this.search = options.search ?? []
  }

  /** Name servers in the order they are asked. */
  get servers(): readonly Ipv4Address[] {
    return this.#servers
  }

  /** What is under way is asked anew, of the servers there are now: one that is gone may never answer, or for another network. */
  set servers(servers: readonly Ipv4Address[]) {
    const before = this.#servers
    this.#servers = servers
    if (servers.length === before.length && servers.every((server, i) => server === before[i])) return
    this.#withoutEdns.clear()
    for (const [key, pending] of this.#pending) {
      pending.exchange.cancel()
      pending.exchange = this.#exchange(key, pending.name, pending.type)
    }
  }

  get counters(): DnsCounters {
    return {
      queriesSent: this.#sent,
      answeredFromCache: this.#cached,
      cacheEvictions: this.cache.evictions,
      dropped: this.#losses.snapshot(),
    }
  }

  /** Ends what is under way, without an answer, and forgets what it knows. */
  close(): void {
    for (const { exchange, waiting } of this.#pending.values()) {
      waiting.clear()
      exchange.cancel()
    }
    this.#pending.clear()
    this.#withoutEdns.clear()
    this.cache.clear()
  }

  /**
   * The IPv4 addresses of a host: by name, searched for in the search domains, or as a literal address. `done` is called once,
   * later.
   * @returns what takes the question back
   */
  lookup(name: string, done: (outcome: LookupOutcome) => void): () => void {
    const literal = parseIpv4(name) ?? (nameKey(name).replace(/\.$/, '') === 'localhost' ? LOOPBACK : undefined)
    if (literal !== undefined) {
      const { clock } = this.#options
      const timer = clock.after(0, () => done({ ok: true, name, addresses: [literal] }))
      return () => clock.cancel(timer)
    }
    return this.resolve(name, 'A', (outcome) => {
      if (!outcome.ok) {
        done(outcome)
        return
      }
      const addresses = outcome.records.flatMap((record) => (record.type === 'A' ? [record.address] : []))
      done({ ok: true, name: outcome.name, addresses })
    })
  }

  /** The names of an address (RFC 1035 3.5). As `resolve`. */
  reverse(address: Ipv4Address, done: (outcome: DnsOutcome) => void): () => void {
    return this.resolve(`${reverseName(address)}.`, 'PTR', done)
  }

  /**
   * Records of a name. One that ends in a dot is taken as it is; one without any dot is looked for in the search domains
   * first, and one with a dot there last. `done` is called once, later.
   * @returns what takes the question back
   */
  resolve(name: string, type: DnsType, done: (outcome: DnsOutcome) => void): () => void {
    const { clock } = this.#options
    const wrong = nameLabels(name)
    if (typeof wrong === 'string' || name === '') {
      const why = typeof wrong === 'string' ? `it has ${wrong}` : 'it is empty'
      const outcome = failed('not a name', `"${name}" is not a domain name: ${why}`)
      const timer = clock.after(0, () => done(outcome))
      return () => clock.cancel(timer)
    }
    const candidates = this.#candidates(name)
    let takeBack: () => void = () => {}
    const attempt = (index: number): void => {
      takeBack = this.#follow(candidates[index], type, [], (outcome) => {
        const missing = !outcome.ok && (outcome.reason === 'NXDOMAIN' || outcome.reason === 'NODATA')
        if (missing && index + 1 < candidates.length) attempt(index + 1)
        else done(outcome)
      })
    }
    attempt(0)
    return () => takeBack()
  }

  #candidates(name: string): string[] {
    const absolute = dnsName(name)
    if (name.endsWith('.')) return [absolute]
    const searched = this.search.flatMap((domain) => {
      const full = domain === '' ? absolute : `${absolute}.${dnsName(domain)}`
      return typeof nameLabels(full) === 'string' ? [] : [full]
    })
    const plain = [absolute].filter((each) => !searched.includes(each))
    return absolute.includes('.') ? [...plain, ...searched] : [...searched, ...plain]
  }

  /** Follows aliases from name to name. @param before those that led here */
  #follow(name: string, type: DnsType, before: readonly DnsRecord[], done: (outcome: DnsOutcome) => void): () => void {
    const { clock } = this.#options
    const aliases = [...before]
    const known = this.#fromCache(name, type, aliases)
    if (typeof known === 'string') return this.#ask(known, type, aliases, done)
    if (before.length === 0) this.#cached++
    const timer = clock.after(0, () => done(known))
    return () => clock.cancel(timer)
  }

  /** What the cache has to say of a name, or the name that its aliases (added to `aliases`) lead to and that is to be asked for. */
  #fromCache(from: string, type: DnsType, aliases: DnsRecord[]): DnsOutcome | string {
    let name = from
    for (;;) {
      if (aliases.length > ALIAS_LIMIT) return aliasLoop(from)
      const cached = this.cache.get(name, type)
      if (typeof cached === 'string') return missing(name, type, cached)
      if (cached !== undefined) return { ok: true, name, records: cached, aliases }
      const [alias] = type === 'CNAME' ? [] : (this.cache.get(name, 'CNAME') ?? [])
      if (typeof alias !== 'object' || alias.type !== 'CNAME') return name
      aliases.push(alias)
      name = alias.target
    }
  }

  #ask(name: string, type: DnsType, before: readonly DnsRecord[], done: (outcome: DnsOutcome) => void): () => void {
    const key = `${nameKey(name)} ${type}`
    let pending = this.#pending.get(key)
    if (pending === undefined) {
      pending = { name, type, exchange: this.#exchange(key, name, type), waiting: new Set() }
      this.#pending.set(key, pending)
    }
    const joined = pending
    let takeBack: (() => void) | undefined
    const waits = (outcome: DnsOutcome): void => {
      if (!outcome.ok) {
        done(outcome)
        return
      }
      const aliases = [...before, ...outcome.aliases]
      // An alias whose target was not in the answer.
      if (outcome.records.length === 0) takeBack = this.#follow(outcome.name, type, aliases, done)
      else done({ ...outcome, aliases })
    }
    const { waiting } = joined
    waiting.add(waits)
    return () => {
      takeBack?.()
      if (!waiting.delete(waits) || waiting.size > 0 || takeBack !== undefined) return
      joined.exchange.cancel()
      this.#pending.delete(key)
    }
  }

  #exchange(key: string, name: string, type: DnsType): DnsExchange {
    const { clock, carrier, timeout = DEFAULT_TIMEOUT, rounds = DEFAULT_ROUNDS } = this.#options
    return new DnsExchange(
      {
        clock,
        random: this.#random,
        carrier,
        servers: this.#servers,
        timeout,
        rounds,
        recursive: true,
        withoutEdns: this.#withoutEdns,
        losses: this.#losses,
        onSent: () => {
          this.#sent++
        },
      },
      name,
      type,
      (outcome) => this.#settle(key, name, type, outcome),
    )
  }

  #settle(key: string, name: string, type: DnsType, outcome: DnsMessage | ExchangeFailure): void {
    const waiting = this.#pending.get(key)?.waiting
    this.#pending.delete(key)
    const result = typeof outcome === 'string' ? unanswered(name, outcome) : this.#read(name, type, outcome)
    for (const waits of waiting ?? []) waits(result)
  }

  /**
   * What an answer says of the name, and nothing else: records that the question and its aliases do not lead to are not
   * believed (RFC 2181 5.4.1, RFC 5452 6). All that is believed is remembered.
   * @returns without records, and with the alias's target as name, where that has to be asked for
   */
  #read(question: string, type: DnsType, message: DnsMessage): DnsOutcome {
    let name = question
    const aliases: DnsRecord[] = []
    while (aliases.length <= ALIAS_LIMIT) {
      const owned = message.answers.filter(
        (record) => record.class === CLASS_IN && nameKey(record.name) === nameKey(name),
      )
      const records = owned.filter((record) => record.type === type || type === 'ANY')
      if (records.length > 0) {
        if (type !== 'ANY') this.cache.put(name, type, records)
        return { ok: true, name, records, aliases }
      }
      const alias = owned.find((record) => record.type === 'CNAME')
      if (alias?.type !== 'CNAME') {
        const denied = message.responseCode === 'NXDOMAIN' || aliases.length === 0 || denies(message, name)
        return denied ? this.#deny(name, type, message) : { ok: true, name, records: [], aliases }
      }
      this.cache.put(name, 'CNAME', [alias])
      aliases.push(alias)
      name = alias.target
    }
    return aliasLoop(question)
  }

  #deny(name: string, type: DnsType, message: DnsMessage): DnsOutcome {
    const what = message.responseCode === 'NXDOMAIN' ? 'NXDOMAIN' : 'NODATA'
    const soa = message.authorities.find((record) => record.type === 'SOA' && isWithin(name, record.name))
    if (soa?.type === 'SOA') this.cache.putNegative(name, type, what, Math.min(soa.timeToLive, soa.minimum))
    return missing(name, type, what)
  }
}

/** `1.2.3.4` as `4.3.2.1.in-addr.arpa`. */
export function reverseName(address: Ipv4Address): string {
  const octets = [address & 0xff, (address >>> 8) & 0xff, (address >>> 16) & 0xff, address >>> 24]
  return `${octets.join('.')}.in-addr.arpa`
}

/** The answer speaks of the alias's target too: it has no such records. */
function denies(message: DnsMessage, name: string): boolean {
  return message.authorities.some((record) => record.type === 'SOA' && isWithin(name, record.name))
}

function missing(name: string, type: DnsType, what: 'NXDOMAIN' | 'NODATA'): DnsOutcome {
  return failed(what, what === 'NXDOMAIN' ? `there is no ${name}` : `${name} has no record of type ${type}`)
}

function aliasLoop(name: string): DnsOutcome {
  return failed('alias loop', `${name} is an alias of an alias, more than ${ALIAS_LIMIT} deep`)
}

const UNANSWERED: Readonly<Record<ExchangeFailure, string>> = {
  timeout: 'no name server answered',
  SERVFAIL: 'no name server could answer',
  REFUSED: 'the name server refused to answer',
  truncated: 'the answer does not fit a datagram, and TCP did not get through',
  'no name server': 'this host knows no name server; set one, or get an address by DHCP',
}

function unanswered(name: string, reason: ExchangeFailure): DnsOutcome {
  return failed(reason, `looking for ${name}: ${UNANSWERED[reason]}`)
}

function failed(reason: DnsFailure, message: string): Extract<DnsOutcome, { ok: false }> {
  return { ok: false, reason, message }
}
