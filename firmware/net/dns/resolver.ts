/**
 * The DNS client: names to addresses and back, from a cache and from the name servers that this host knows.
 *
 *     const resolver = new DnsResolver({ clock, random, carrier, memory, servers: [ipv4('10.9.0.1')], search: ['lab.test'] })
 *     resolver.lookup('printer', (result) => result.ok ? result.addresses : result.message)
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import { Tally } from '../../hal/counters.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import { type Family, familyOf, type IpAddress, loopbackOf, parseAnyIp, unmapped, writeIp } from '../ip.js'
import type { MemoryBudget } from '../memory-budget.js'
import { CLASS_IN, type DnsMessage, type DnsRecord, type DnsType } from '../wire/dns.js'
import { dnsName, isWithin, nameKey, nameLabels } from '../wire/dns-name.js'
import { DnsCache } from './cache.js'
import type { DnsCarrier } from './carrier.js'
import { type DnsClientLoss, DnsExchange, type ExchangeFailure } from './exchange.js'
import type { NameServers } from './name-servers.js'

export interface DnsResolverOptions {
  clock: Clock
  random: Random
  carrier: DnsCarrier
  /** What the cache is held in. */
  memory: MemoryBudget
  /** Name servers that a person names, in the order they are asked; `servers` of the resolver changes them later. */
  servers?: readonly IpAddress[]
  /** Families of the addresses that names are looked up for; IPv4 alone by default. */
  families?: readonly Family[]
  /** Puts those addresses of a name in front that are to be tried first (RFC 6724 6); as the name server had them where left out. */
  order?: (addresses: readonly IpAddress[]) => readonly IpAddress[]
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
  | { readonly ok: true; readonly name: string; readonly addresses: readonly IpAddress[] }
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
const TYPE_OF = { ipv4: 'A', ipv6: 'AAAA' } as const satisfies Record<Family, DnsType>

/** A question under way; those who ask the same meanwhile wait for the one answer (RFC 5452 5). */
interface Pending {
  readonly name: string
  readonly type: DnsType
  exchange: DnsExchange
  readonly waiting: Set<(outcome: DnsOutcome) => void>
}

/** Who tells a host of name servers: DHCP, DHCPv6 on a link, or the routers of a link. */
export type NameTeller = 'DHCP' | `DHCPv6 ${string}` | `router ${string}`

/** What servers of DHCP say goes before what routers say (RFC 8106 5.3.1). */
const rankOf = (from: NameTeller): number => (from.startsWith('router') ? 1 : 0)

export class DnsResolver {
  readonly cache: DnsCache
  readonly #options: DnsResolverOptions
  readonly #random: Random
  readonly #losses = new Tally<DnsClientLoss>()
  readonly #pending = new Map<string, Pending>()
  /** Servers that said so; until this host is given other servers, or closed. */
  readonly #withoutEdns = new Set<IpAddress>()
  /** What a person said. */
  #own: NameServers
  /** What the network said, by who told it. */
  readonly #told = new Map<NameTeller, NameServers>()
  #servers: readonly IpAddress[] = []
  #search: readonly string[] = []
  readonly #serversListeners = new Listeners<[]>()
  #sent = 0
  #cached = 0

  constructor(options: DnsResolverOptions) {
    this.#options = options
    this.#random = options.random.fork('dns')
    this.cache = new DnsCache(options.clock, options.memory, options.cacheLimit)
    this.#own = { servers: options.servers ?? [], search: options.search ?? [] }
    this.#gather()
  }

  /** Name servers in the order they are asked: a person's, those of DHCP, those of routers (RFC 8106 5.3.1). */
  get servers(): readonly IpAddress[] {
    return this.#servers
  }

  /**
   * Those that a person names. What is under way is asked anew, of the servers there are now: one that is gone may never answer, or for
   * another network.
   */
  set servers(servers: readonly IpAddress[]) {
    this.#own = { ...this.#own, servers }
    this.#gather()
  }

  /** Domains that names without a dot are looked for in, in the same order. */
  get search(): readonly string[] {
    return this.#search
  }

  /** Those that a person names. */
  set search(search: readonly string[]) {
    this.#own = { ...this.#own, search }
    this.#gather()
  }

  /**
   * What the network says of name servers and domains, beside what a person does.
   * @param from `DHCP`, DHCPv6 or a router of a link: what it said before is forgotten
   * @param names undefined: nothing any more
   */
  setTold(from: NameTeller, names: NameServers | undefined): void {
    if (names === undefined) this.#told.delete(from)
    else this.#told.set(from, names)
    this.#gather()
  }

  /** Calls `listener` when the servers are others. Returns the function that unsubscribes the listener. */
  onServers(listener: () => void): () => void {
    return this.#serversListeners.add(listener)
  }

  #gather(): void {
    const told = [...this.#told].sort(([a], [b]) => rankOf(a) - rankOf(b))
    const all = [this.#own, ...told.map(([, names]) => names)]
    const before = this.#servers
    const servers = [...new Set(all.flatMap((names) => names.servers))]
    this.#servers = servers
    this.#search = [...new Set(all.flatMap(({ search }) => search))]
    if (servers.length === before.length && servers.every((server, i) => server === before[i])) return
    this.#serversListeners.tell()
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
   * The addresses of a host, of all the families that this host speaks, in the order in which they are to be tried: by name,
   * searched for in the search domains, or as a literal address. All families are asked for at once; that a name has no address of one
   * of them, or that nobody can say, is a failure only where it has none of another. Once there is an address of one family, the others
   * are waited for no longer than the first try takes. `done` is called once, later.
   * @param early called before `done`, with the addresses of a family while those of another are not known yet: for who wants to begin
   * @returns what takes the question back
   */
  lookup(
    name: string,
    done: (outcome: LookupOutcome) => void,
    early?: (addresses: readonly IpAddress[]) => void,
  ): () => void {
    const { clock } = this.#options
    const literal = this.#literal(name)
    if (literal !== undefined) {
      const timer = clock.after(0, () => done({ ok: true, name, addresses: literal }))
      return () => clock.cancel(timer)
    }
    return this.#inDomains<LookupOutcome>(
      name,
      (candidate, settled) => this.#lookupOne(candidate, settled, early),
      done,
    )
  }

  /** The names of an address (RFC 1035 3.5, RFC 3596 2.5). As `resolve`. */
  reverse(address: IpAddress, done: (outcome: DnsOutcome) => void): () => void {
    return this.resolve(`${reverseName(address)}.`, 'PTR', done)
  }

  /**
   * Records of a name. One that ends in a dot is taken as it is; one without any dot is looked for in the search domains
   * first, and one with a dot there last. `done` is called once, later.
   * @returns what takes the question back
   */
  resolve(name: string, type: DnsType, done: (outcome: DnsOutcome) => void): () => void {
    return this.#inDomains<DnsOutcome>(name, (candidate, settled) => this.#follow(candidate, type, [], settled), done)
  }

  /** An address as it is written, and what needs no server (RFC 6761 6.3). */
  #literal(name: string): readonly IpAddress[] | undefined {
    const address = parseAnyIp(name)
    if (address !== undefined) return [address]
    const key = nameKey(name).replace(/\.$/, '')
    return key === 'localhost' || key.endsWith('.localhost') ? this.#families.map(loopbackOf) : undefined
  }

  get #families(): readonly Family[] {
    return this.#options.families ?? ['ipv4']
  }

  #order(addresses: readonly IpAddress[]): readonly IpAddress[] {
    const { order } = this.#options
    return order === undefined || addresses.length < 2 ? addresses : order(addresses)
  }

  /** Asks for the addresses of one name, of all families at once. */
  #lookupOne(
    name: string,
    done: (outcome: LookupOutcome) => void,
    early: ((addresses: readonly IpAddress[]) => void) | undefined,
  ): () => void {
    const { clock, timeout = DEFAULT_TIMEOUT } = this.#options
    const heard: DnsOutcome[] = []
    let limit: Timer | undefined
    const takeBack = () => {
      clock.cancel(limit)
      for (const each of asked) each()
    }
    const settle = () => {
      takeBack()
      const addresses = heard.flatMap(addressesIn)
      const found = heard.find((outcome) => outcome.ok)
      if (addresses.length > 0 && found?.ok) done({ ok: true, name: found.name, addresses: this.#order(addresses) })
      else done(withoutAddress(name, heard))
    }
    const asked = this.#families.map((family) =>
      this.#follow(name, TYPE_OF[family], [], (outcome) => {
        heard.push(outcome)
        // That there is no such name is believed only when all say so: some servers deny the name where it has no AAAA (RFC 4074 4.2).
        if (heard.length === asked.length) settle()
        else if (outcome.ok) {
          // Others are silent then (RFC 4074 4.1).
          limit ??= clock.after(timeout, settle)
          early?.(this.#order(addressesIn(outcome)))
        }
      }),
    )
    return takeBack
  }

  /** Asks for a name as it is, and in the search domains, until there is something. */
  #inDomains<Outcome extends DnsOutcome | LookupOutcome>(
    name: string,
    ask: (candidate: string, settled: (outcome: Outcome) => void) => () => void,
    done: (outcome: Outcome | Extract<DnsOutcome, { ok: false }>) => void,
  ): () => void {
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
      takeBack = ask(candidates[index], (outcome) => {
        if (isMissing(outcome) && index + 1 < candidates.length) attempt(index + 1)
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

/** `1.2.3.4` as `4.3.2.1.in-addr.arpa`; of IPv6 each four bits are a label, under `ip6.arpa` (RFC 3596 2.5). */
export function reverseName(address: IpAddress): string {
  const plain = unmapped(address)
  const octets = new Uint8Array(16)
  const backwards = octets.slice(0, writeIp(plain, octets, 0)).reverse()
  if (familyOf(plain) === 'ipv4') return `${backwards.join('.')}.in-addr.arpa`
  const digits = [...backwards].flatMap((octet) => [octet & 0xf, octet >>> 4])
  return `${digits.map((digit) => digit.toString(16)).join('.')}.ip6.arpa`
}

function addressesIn(outcome: DnsOutcome): readonly IpAddress[] {
  const records = outcome.ok ? outcome.records : []
  return records.flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? [record.address] : []))
}

/** There is no such thing, and somebody who knows has said so. */
function isMissing(outcome: DnsOutcome | LookupOutcome): boolean {
  return !outcome.ok && (outcome.reason === 'NXDOMAIN' || outcome.reason === 'NODATA')
}

/** Why a name has no address of any family: what kept a server from saying so tells more than that there is none of a family. */
function withoutAddress(name: string, heard: readonly DnsOutcome[]): Extract<DnsOutcome, { ok: false }> {
  const failures = heard.filter((outcome) => !outcome.ok)
  const telling =
    failures.find((outcome) => !isMissing(outcome)) ?? failures.find(({ reason }) => reason === 'NXDOMAIN')
  if (telling !== undefined) return telling
  return failures.length === 1 ? failures[0] : failed('NODATA', `${name} has no address`)
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
