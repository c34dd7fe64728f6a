/**
 * Names for boards, by the resolver of this computer: its name servers, and for addresses also whatever else it asks (its hosts file, multicast
 * DNS). An answer is made anew of what it says, so that no octet of a stranger's message reaches a board as it came.
 */
import { lookup, Resolver } from 'node:dns'
import { MILLISECOND } from '../../../../firmware/hal/clock.js'
import type { DnsOutcome } from '../../../../firmware/net/dns/resolver.js'
import { type IpAddress, parseAnyIp } from '../../../../firmware/net/ip.js'
import { CLASS_IN, type DnsData, type DnsRecord, type DnsType } from '../../../../firmware/net/wire/dns.js'
import { nameKey, nameLabels } from '../../../../firmware/net/wire/dns-name.js'
import { addressOfReverseName } from '../../../network/gateway/reverse-name.js'
import type { GatewayPlace } from './place.js'

/** Seconds that an answer holds where the system does not say. */
const TIME_TO_LIVE_SECONDS = 60
/** A server is waited for so long, and asked so often: a board's own resolver is more patient than that. */
const TIMEOUT = 2_000 * MILLISECOND
const TRIES = 2
/** More records than that no board needs. */
const MOST_RECORDS = 32

type Answer = (data: readonly (DnsData & { readonly seconds?: number })[]) => void
type Failed = (error: NodeJS.ErrnoException) => void

/** @throws RangeError for what is no address of a name server, with or without a port */
export function checkNameServers(servers: readonly string[]): void {
  try {
    new Resolver().setServers(servers)
  } catch (error) {
    throw new RangeError(
      `"${servers.join(',')}" is no list of name servers: write addresses as 127.0.0.1, 127.0.0.1:5353 or [::1]:5353`,
      {
        cause: error,
      },
    )
  }
}

export class SystemNames {
  readonly #place: GatewayPlace
  readonly #resolver = new Resolver({ timeout: TIMEOUT / MILLISECOND, tries: TRIES })
  readonly #asksSystem: boolean
  #asking = 0
  asked = 0

  /** @param servers asked instead of the system's, as `checkNameServers` lets them */
  constructor(place: GatewayPlace, servers: readonly string[] | undefined) {
    this.#place = place
    this.#asksSystem = servers === undefined
    if (servers !== undefined) this.#resolver.setServers(servers)
  }

  /** As `DnsResolver.resolve`, of a name that ends in a dot. */
  resolve(name: string, type: DnsType, done: (outcome: DnsOutcome) => void): () => void {
    const { lost, limits, enter } = this.#place
    let isWanted = true
    const plain = name.replace(/\.$/, '')
    if (this.#asking >= limits.names) {
      // Who asks asks again.
      lost.add('too many names')
      return () => {}
    }
    this.#asking++
    this.asked++
    const settle = (outcome: DnsOutcome): void => {
      this.#asking--
      enter(() => {
        if (isWanted) done(outcome)
      })
    }
    const fail = (error: NodeJS.ErrnoException) => settle(failure(plain, error))
    const found: Answer = (data) => settle(this.#judged(plain, data))
    this.#ask(plain, type, found, fail)
    return () => {
      isWanted = false
    }
  }

  close(): void {
    this.#resolver.cancel()
  }

  #ask(name: string, type: DnsType, found: Answer, fail: Failed): void {
    const resolver = this.#resolver
    const answered =
      <Raw>(read: (raw: Raw) => readonly (DnsData & { readonly seconds?: number })[]) =>
      (error: NodeJS.ErrnoException | null, raw: Raw): void => {
        if (error === null) found(read(raw))
        else fail(error)
      }
    // This computer's own name for itself (RFC 6761 6.3), and what would tell of its networks, go nowhere.
    if (isOfThisComputer(name)) fail(notFound())
    else if (type === 'A')
      resolver.resolve4(name, { ttl: true }, this.#orByLookup(name, 4, answered(recordsOf('A')), found))
    else if (type === 'AAAA')
      resolver.resolve6(name, { ttl: true }, this.#orByLookup(name, 6, answered(recordsOf('AAAA')), found))
    else if (type === 'PTR')
      this.#askName(
        name,
        answered((targets: string[]) => targets.map((target) => ({ type, target }))),
        fail,
      )
    else if (type === 'CNAME')
      resolver.resolveCname(
        name,
        answered((targets) => targets.map((target) => ({ type, target }))),
      )
    else if (type === 'NS')
      resolver.resolveNs(
        name,
        answered((targets) => targets.map((target) => ({ type, target }))),
      )
    else if (type === 'MX')
      resolver.resolveMx(
        name,
        answered((all) => all.map(({ exchange, priority }) => ({ type, exchange, preference: priority & 0xffff }))),
      )
    else if (type === 'TXT')
      resolver.resolveTxt(
        name,
        answered((all) => all.map((texts) => ({ type, texts }))),
      )
    else if (type === 'SOA')
      resolver.resolveSoa(
        name,
        answered(({ nsname, hostmaster, serial, refresh, retry, expire, minttl }) => [
          { type, primary: nsname, mailbox: hostmaster, serial, refresh, retry, expire, minimum: minttl },
        ]),
      )
    else {
      this.#place.lost.add('kind of record not relayed')
      fail(Object.assign(new Error(`no ${type}`), { code: 'ENOTIMP' }))
    }
  }

  /** Names of addresses that a board may not reach are as little its business. */
  #askName(name: string, answered: (error: NodeJS.ErrnoException | null, names: string[]) => void, fail: Failed): void {
    const address = addressOfReverseName(name)
    if (address !== undefined && this.#place.policy.judge(address, undefined) !== undefined) {
      this.#place.lost.add('name of a refused address')
      fail(notFound())
    } else this.#resolver.resolvePtr(name, answered)
  }

  /** What no name server knows the system may know in another way. */
  #orByLookup<Raw>(
    name: string,
    family: 4 | 6,
    answered: (error: NodeJS.ErrnoException | null, raw: Raw) => void,
    found: Answer,
  ): (error: NodeJS.ErrnoException | null, raw: Raw) => void {
    return (error, raw) => {
      if (error === null || !this.#asksSystem || error.code === 'ENODATA' || error.code === 'ECANCELLED') {
        answered(error, raw)
        return
      }
      lookup(name, { family, all: true }, (unknown, addresses) => {
        if (unknown !== null) answered(error, raw)
        else
          found(
            recordsOf(family === 4 ? 'A' : 'AAAA')(
              addresses.map(({ address }) => ({ address, ttl: TIME_TO_LIVE_SECONDS })),
            ),
          )
      })
    }
  }

  /**
   * Addresses that may not be reached are left out, as whoever owns a name may give it any (DNS rebinding); those of names that are listed
   * may be reached from now on.
   */
  #judged(name: string, data: readonly (DnsData & { readonly seconds?: number })[]): DnsOutcome {
    const { policy, lost } = this.#place
    const isListed = policy.listsName(name)
    const records: DnsRecord[] = []
    for (const { seconds = TIME_TO_LIVE_SECONDS, ...each } of data.slice(0, MOST_RECORDS)) {
      if (!isSendable(each)) continue
      if (each.type === 'A' || each.type === 'AAAA') {
        if (isListed) policy.learn(name, each.address, seconds)
        else if (policy.judgeAnyPort(each.address) !== undefined) {
          lost.add('name of a refused address')
          continue
        }
      }
      records.push({ ...each, name, class: CLASS_IN, timeToLive: Math.max(0, Math.min(seconds, 0x7fffffff)) })
    }
    return records.length > 0
      ? { ok: true, name, records, aliases: [] }
      : { ok: false, reason: 'NODATA', message: `${name} has nothing of this kind that may be told` }
  }
}

const recordsOf =
  (type: 'A' | 'AAAA') =>
  (all: readonly { readonly address: string; readonly ttl: number }[]): (DnsData & { readonly seconds: number })[] =>
    all.flatMap(({ address, ttl }) => {
      const read = parseAnyIp(address)
      const record = read === undefined ? undefined : addressRecord(type, read)
      return record === undefined ? [] : [{ ...record, seconds: ttl }]
    })

function addressRecord(type: 'A' | 'AAAA', address: IpAddress): DnsData | undefined {
  if (typeof address === 'number') return type === 'A' ? { type, address } : undefined
  return type === 'AAAA' && address.zone === '' ? { type, address } : undefined
}

/** What strangers named can be written into a message: names of labels, texts of at most 255 octets. */
function isSendable(data: DnsData): boolean {
  const names =
    data.type === 'MX'
      ? [data.exchange]
      : data.type === 'SOA'
        ? [data.primary, data.mailbox]
        : data.type === 'PTR' || data.type === 'CNAME' || data.type === 'NS'
          ? [data.target]
          : []
  if (names.some((name) => name !== '' && typeof nameLabels(name) === 'string')) return false
  return data.type !== 'TXT' || data.texts.every((text) => Buffer.byteLength(text) <= 0xff)
}

function isOfThisComputer(name: string): boolean {
  const key = nameKey(name)
  return key === 'localhost' || key.endsWith('.localhost')
}

function notFound(): NodeJS.ErrnoException {
  return Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}

function failure(name: string, error: NodeJS.ErrnoException): DnsOutcome {
  const { code, message } = error
  const reason =
    code === 'ENOTFOUND' ? 'NXDOMAIN' : code === 'ENODATA' ? 'NODATA' : code === 'ETIMEOUT' ? 'timeout' : 'SERVFAIL'
  return { ok: false, reason, message: `${name}: ${message}` }
}
