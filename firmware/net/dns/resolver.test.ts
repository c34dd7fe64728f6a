import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { ipv4 } from '../address.js'
import { formatIp, type IpAddress } from '../ip.js'
import { parseIpv6 } from '../ipv6/address.js'
import { MemoryBudget } from '../memory-budget.js'
import { type DnsData, type DnsMessage, type DnsRecord, type DnsType, emitDns, parseDns } from '../wire/dns.js'
import type { DnsCarrier, DnsChannel, DnsListener } from './carrier.js'
import { type DnsOutcome, DnsResolver, type DnsResolverOptions, type LookupOutcome, reverseName } from './resolver.js'

const ONE = ipv4('10.9.0.53')
const TWO = ipv4('10.9.0.54')

interface Asked {
  readonly at: number
  readonly server: IpAddress
  readonly over: 'udp' | 'tcp'
  readonly message: DnsMessage
}

/** Answers a query: with what it changes of it, several such, or not at all. */
type Server = (
  query: DnsMessage,
  over: 'udp' | 'tcp',
) => Partial<DnsMessage> | Partial<DnsMessage>[] | 'dead' | undefined

/** Name servers without a network: a query arrives after 10 ms, an answer after 10 more. */
class Bench implements DnsCarrier {
  readonly clock = new Scheduler()
  readonly asked: Asked[] = []
  readonly servers = new Map<IpAddress, Server>()
  open = 0
  largest: number | undefined = 1472
  readonly memory: MemoryBudget
  readonly resolver: DnsResolver

  constructor(options: Partial<DnsResolverOptions> = {}) {
    const random = new SeededRandom(3)
    this.memory = options.memory ?? new MemoryBudget(1 << 20)
    const own = { clock: this.clock, random, carrier: this, memory: this.memory, servers: [ONE, TWO] }
    this.resolver = new DnsResolver({ ...own, ...options })
  }

  largestDatagram(): number | undefined {
    return this.largest
  }

  datagrams(server: IpAddress, onMessage: DnsListener, onFailed: () => void): DnsChannel | undefined {
    return this.#channel(server, 'udp', onMessage, onFailed)
  }

  stream(server: IpAddress, onMessage: DnsListener, onFailed: () => void): DnsChannel | undefined {
    return this.#channel(server, 'tcp', onMessage, onFailed)
  }

  #channel(server: IpAddress, over: 'udp' | 'tcp', onMessage: DnsListener, onFailed: () => void): DnsChannel {
    let open = true
    this.open++
    return {
      send: (octets) => {
        const message = parseDns(octets)
        if (typeof message === 'string') throw new Error(message)
        this.asked.push({ at: this.clock.now, server, over, message })
        this.clock.after(20 * MILLISECOND, () => {
          const answer = this.servers.get(server)?.(message, over)
          for (const change of Array.isArray(answer) ? answer : [answer]) {
            if (change === undefined || !open) continue
            if (change === 'dead') {
              onFailed()
              continue
            }
            // A server that says nothing of EDNS does not speak it.
            const reply = emitDns({ ...message, response: true, recursionAvailable: true, edns: undefined, ...change })
            const received = new Uint8Array(reply.length + 4)
            received.set(reply, 3)
            onMessage(received, 3, 3 + reply.length)
          }
        })
        return true
      },
      close: () => {
        if (open) this.open--
        open = false
      },
    }
  }

  /** Asks and runs until the answer. */
  resolve(name: string, type: DnsType = 'A'): DnsOutcome {
    let outcome: DnsOutcome | undefined
    this.resolver.resolve(name, type, (result) => {
      outcome = result
    })
    expect(outcome).toBeUndefined()
    this.clock.runWhile(() => outcome === undefined)
    if (outcome === undefined) throw new Error('no outcome')
    return outcome
  }

  /** `www.lab.test 10.0.0.1`, or why not. */
  lookup(name: string): string {
    let outcome: LookupOutcome | undefined
    this.resolver.lookup(name, (result) => {
      outcome = result
    })
    this.clock.runWhile(() => outcome === undefined)
    if (outcome === undefined) throw new Error('no outcome')
    return outcome.ok ? `${outcome.name} ${outcome.addresses.map(formatIp).join(' ')}` : outcome.reason
  }

  get questions(): string[] {
    return this.asked.map(({ message }) => `${message.questions[0].name} ${message.questions[0].type}`)
  }
}

function record(name: string, data: DnsData, timeToLive = 300): DnsRecord {
  return { name, class: 1, timeToLive, ...data }
}

const a = (name: string, address: string, timeToLive?: number) =>
  record(name, { type: 'A', address: ipv4(address) }, timeToLive)
const alias = (name: string, target: string, timeToLive?: number) => record(name, { type: 'CNAME', target }, timeToLive)
const soa = (name: string, timeToLive = 600, minimum = 60) =>
  record(
    name,
    { type: 'SOA', primary: `ns.${name}`, mailbox: `x.${name}`, serial: 1, refresh: 1, retry: 1, expire: 1, minimum },
    timeToLive,
  )

/** A server that knows these records and that nothing else exists. */
function knows(...records: DnsRecord[]): Server {
  return ({ questions: [{ name }] }) => {
    const answers = records.filter((each) => each.name === name)
    return answers.length > 0 ? { answers } : { responseCode: 'NXDOMAIN', authorities: [soa('lab.test')] }
  }
}

describe('a name', () => {
  it('is asked of the first server, recursion desired', () => {
    const bench = new Bench()
    bench.servers.set(ONE, knows(a('www.lab.test', '10.0.0.1'), a('www.lab.test', '10.0.0.2')))
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1 10.0.0.2')
    expect(bench.asked).toMatchObject([
      { at: 0, server: ONE, over: 'udp', message: { recursionDesired: true, additionals: [] } },
    ])
    expect(bench.open).toBe(0)
    expect(bench.clock.nextAt).toBeUndefined()
  })

  it('that is an address or localhost needs no server (RFC 6761 6.3)', () => {
    const bench = new Bench({ servers: [] })
    expect(bench.lookup('10.1.2.3')).toBe('10.1.2.3 10.1.2.3')
    expect(bench.lookup('LocalHost.')).toBe('LocalHost. 127.0.0.1')
    expect(bench.lookup('www')).toBe('no name server')
    expect(bench.lookup('a..b')).toBe('not a name')
    expect(bench.lookup('')).toBe('not a name')
    expect(bench.resolve('a..b')).toEqual({
      ok: false,
      reason: 'not a name',
      message: '"a..b" is not a domain name: it has an empty label',
    })
  })

  it('of an address is found below in-addr.arpa (RFC 1035 3.5)', () => {
    expect(reverseName(ipv4('10.2.0.52'))).toBe('52.0.2.10.in-addr.arpa')
    const bench = new Bench({ search: ['lab.test'] })
    bench.servers.set(ONE, knows(record('52.0.2.10.in-addr.arpa', { type: 'PTR', target: 'gate.lab.test' })))
    let outcome: DnsOutcome | undefined
    bench.resolver.reverse(ipv4('10.2.0.52'), (result) => {
      outcome = result
    })
    bench.clock.runFor(SECOND)
    expect(outcome).toMatchObject({ ok: true, records: [{ target: 'gate.lab.test' }] })
  })

  it('without a dot is looked for in the search domains first, with one there last, with one at its end nowhere else', () => {
    const bench = new Bench({ search: ['one.test', 'lab.test'], cacheLimit: 0 })
    bench.servers.set(ONE, knows(a('printer.lab.test', '10.0.0.9'), a('x.y.lab.test', '10.0.0.8')))
    expect(bench.lookup('printer')).toBe('printer.lab.test 10.0.0.9')
    expect(bench.lookup('x.y')).toBe('x.y.lab.test 10.0.0.8')
    expect(bench.lookup('printer.')).toBe('NXDOMAIN')
    expect(bench.lookup('nothing')).toBe('NXDOMAIN')
    expect(bench.questions).toEqual([
      ...['printer.one.test A', 'printer.lab.test A'],
      ...['x.y A', 'x.y.one.test A', 'x.y.lab.test A'],
      'printer A',
      ...['nothing.one.test A', 'nothing.lab.test A', 'nothing A'],
    ])
  })
})

describe('servers', () => {
  it('that are silent are asked again in turn, with timeouts that double each round (RFC 1123 6.1.3.3)', () => {
    const bench = new Bench()
    expect(bench.lookup('www.lab.test')).toBe('timeout')
    expect(bench.asked.map(({ at, server }) => [at / SECOND, server])).toEqual([
      [0, ONE],
      [2, TWO],
      [4, ONE],
      [8, TWO],
      [12, ONE],
      [20, TWO],
    ])
    expect(bench.clock.now).toBe(28 * SECOND)
    expect(bench.resolver.counters).toMatchObject({ queriesSent: 6, dropped: { 'DNS timeout': 6 } })
    expect(bench.open).toBe(0)
  })

  it('that refuse, fail, are not there, or only refer to others are passed over at once and not asked again', () => {
    const refusals: Server[] = [
      () => ({ responseCode: 'REFUSED' }),
      () => ({ responseCode: 'SERVFAIL' }),
      () => 'dead',
      () => ({ authorities: [record('test', { type: 'NS', target: 'ns.test' })] }),
    ]
    for (const refusal of refusals) {
      const bench = new Bench()
      bench.servers.set(ONE, refusal)
      bench.servers.set(TWO, knows(a('www.lab.test', '10.0.0.1')))
      expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
      expect(bench.clock.now).toBe(40 * MILLISECOND)
      bench.servers.set(TWO, () => undefined)
      expect(bench.lookup('other.lab.test')).toMatch(/timeout|SERVFAIL|REFUSED/)
      expect(bench.asked.slice(2).map(({ server }) => server)).toEqual([ONE, TWO, TWO, TWO])
    }
  })

  it('that do not know EDNS (RFC 6891 7) are asked again without it at once, and from then on', () => {
    const answers = [a('www.lab.test', '10.0.0.1')]
    const refusals: Partial<DnsMessage>[] = [
      { responseCode: 'FORMERR' },
      { responseCode: 'NOTIMP' },
      // The header alone, as from servers that stop reading where they stop understanding.
      { responseCode: 'FORMERR', questions: [] },
    ]
    for (const refusal of refusals) {
      const bench = new Bench({ cacheLimit: 0 })
      bench.servers.set(ONE, ({ edns }) => (edns === undefined ? { answers } : refusal))
      expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
      expect(bench.clock.now).toBe(40 * MILLISECOND)
      bench.lookup('www.lab.test')
      const sizes = () => bench.asked.map(({ server, message }) => [server, message.edns?.udpSize])
      expect(sizes()).toEqual([
        [ONE, 1232],
        [ONE, undefined],
        [ONE, undefined],
      ])
      expect(new Set(bench.asked.map(({ message }) => message.id)).size).toBe(3)
      expect(bench.resolver.counters.dropped).toEqual({ 'DNS without EDNS': 1 })
      // Other servers, or the same again, may have learnt it.
      bench.resolver.servers = [ONE]
      bench.lookup('www.lab.test')
      expect(sizes().slice(3)).toEqual([
        [ONE, 1232],
        [ONE, undefined],
      ])
    }
  })

  it('that refuse a query without EDNS too, or refuse in EDNS, are passed over', () => {
    const bench = new Bench()
    bench.servers.set(ONE, () => ({ responseCode: 'NOTIMP' }))
    bench.servers.set(TWO, knows(a('www.lab.test', '10.0.0.1')))
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
    expect(bench.asked.map(({ server, message }) => [server, message.edns !== undefined])).toEqual([
      [ONE, true],
      [ONE, false],
      [TWO, true],
    ])
    const other = new Bench()
    other.servers.set(ONE, ({ edns }) => ({ responseCode: 'FORMERR', edns }))
    other.servers.set(TWO, knows(a('www.lab.test', '10.0.0.1')))
    expect(other.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
    expect(other.asked.map(({ server }) => server)).toEqual([ONE, TWO])
    expect(other.resolver.counters.dropped).toEqual({ 'DNS response code': 1 })
  })

  it('behind a router that drops what has an OPT record are asked without it the last time', () => {
    const bench = new Bench({ servers: [ONE] })
    bench.servers.set(ONE, ({ edns }) =>
      edns === undefined ? { answers: [a('www.lab.test', '10.0.0.1')] } : undefined,
    )
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
    expect(bench.asked.map(({ message }) => message.edns?.udpSize)).toEqual([1232, 1232, undefined])
  })

  it('are told how large a datagram may be: as much as goes unfragmented, 512 octets at least (RFC 6891 6.2.3, 6.2.5)', () => {
    const sizes = [1472, 1232, 548, 200, undefined].map((largest) => {
      const bench = new Bench()
      bench.largest = largest
      bench.servers.set(ONE, knows(a('www.lab.test', '10.0.0.1')))
      bench.lookup('www.lab.test')
      expect(bench.asked[0].message.edns).toMatchObject({ version: 0, dnssecOk: false })
      return bench.asked[0].message.edns?.udpSize
    })
    expect(sizes).toEqual([1232, 1232, 548, 512, 512])
  })

  it('146 [1035 §7.3, 5452 §9.1] a reply with another identifier or question is ignored and the right one waited for; identifiers are random', () => {
    const bench = new Bench({ cacheLimit: 0 })
    const right = { answers: [a('www.lab.test', '10.0.0.1')] }
    const lie = { answers: [a('www.lab.test', '66.66.66.66')] }
    bench.servers.set(ONE, ({ id, questions: [question] }) => [
      { ...lie, id: id ^ 1 },
      { ...lie, id: (id + 1) & 0xffff },
      { ...lie, questions: [{ ...question, name: 'www.lab.tes' }] },
      { ...lie, questions: [{ ...question, type: 'AAAA' }] },
      { ...lie, questions: [{ ...question, class: 3 }] },
      { ...lie, questions: [] },
      { ...lie, questions: [question, question] },
      { ...lie, response: false },
      { ...lie, opcode: 5 },
      // Capitals make no other question.
      { ...right, questions: [{ ...question, name: 'WWW.lab.test' }] },
    ])
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
    expect(bench.resolver.counters.dropped).toEqual({
      'DNS identifier': 2,
      'DNS question': 5,
      'DNS not a response': 2,
    })
    const ids = new Set<number>()
    for (let i = 0; i < 200; i++) {
      bench.lookup('www.lab.test')
      ids.add(bench.asked[bench.asked.length - 1].message.id)
    }
    expect(ids.size).toBeGreaterThan(190)
    const low = [...ids].filter((id) => id < 0x8000).length
    expect(low).toBeGreaterThan(60)
    expect(low).toBeLessThan(140)
  })

  it('147 [1035 §4.2.1] TC: the query is repeated over TCP with another identifier', () => {
    const bench = new Bench()
    const answers = Array.from({ length: 60 }, (_, i) => a('www.lab.test', `10.0.1.${i}`))
    bench.servers.set(ONE, (_, over) =>
      over === 'udp' ? { truncated: true, answers: answers.slice(0, 5) } : { answers },
    )
    const outcome = bench.resolve('www.lab.test')
    expect(outcome.ok && outcome.records).toHaveLength(60)
    expect(bench.asked.map(({ over }) => over)).toEqual(['udp', 'tcp'])
    expect(bench.asked[0].message.questions).toEqual(bench.asked[1].message.questions)
    expect(bench.asked[0].message.id).not.toBe(bench.asked[1].message.id)
    // The size of a datagram is nothing to TCP.
    expect(bench.asked.map(({ message }) => message.edns?.udpSize)).toEqual([1232, undefined])
    // No TCP there: the next server, and in the end the truncation is reported.
    const without = new Bench()
    const cut: Server = (_, over) => (over === 'udp' ? { truncated: true } : 'dead')
    without.servers.set(ONE, cut)
    without.servers.set(TWO, cut)
    expect(without.lookup('www.lab.test')).toBe('truncated')
    expect(without.open).toBe(0)
  })

  it('147 [1035 §4.2.1] TC, and a host without TCP: the truncation is reported', () => {
    const bench = new Bench()
    Object.assign(bench, { stream: undefined })
    bench.servers.set(ONE, () => ({ truncated: true, answers: [a('www.lab.test', '10.0.0.1')] }))
    expect(bench.lookup('www.lab.test')).toBe('truncated')
  })
})

describe('aliases', () => {
  it('are followed within an answer, and asked for where they lead out of it', () => {
    const bench = new Bench()
    bench.servers.set(ONE, ({ questions: [{ name }] }) =>
      name === 'www.lab.test'
        ? { answers: [alias('www.lab.test', 'web.lab.test'), alias('web.lab.test', 'host.far.test')] }
        : { answers: [a('host.far.test', '10.0.0.7')] },
    )
    expect(bench.lookup('www.lab.test')).toBe('host.far.test 10.0.0.7')
    expect(bench.questions).toEqual(['www.lab.test A', 'host.far.test A'])
    const outcome = bench.resolve('www.lab.test')
    expect(outcome.ok && outcome.aliases.map(({ name }) => name)).toEqual(['www.lab.test', 'web.lab.test'])
    expect(bench.asked).toHaveLength(2)
  })

  it('that go round, or on and on, come to an end', () => {
    const bench = new Bench()
    bench.servers.set(ONE, () => ({ answers: [alias('a.test', 'b.test'), alias('b.test', 'a.test')] }))
    expect(bench.lookup('a.test')).toBe('alias loop')
    const endless = new Bench()
    endless.servers.set(ONE, ({ questions: [{ name }] }) => ({ answers: [alias(name, `x${name}`, 0)] }))
    expect(endless.lookup('a.test')).toBe('alias loop')
    expect(endless.asked.length).toBeLessThan(12)
    const other = new Bench()
    other.servers.set(ONE, ({ questions: [{ name }] }) => ({
      answers: [alias(name, name === 'a.test' ? 'b.test' : 'a.test')],
    }))
    expect(other.lookup('a.test')).toBe('alias loop')
    expect(other.asked.length).toBeLessThan(4)
  })

  it('to names that do not exist, or have no address, say so (RFC 2308 2.1)', () => {
    const bench = new Bench()
    const answers = [alias('www.lab.test', 'gone.lab.test')]
    bench.servers.set(ONE, () => ({ answers, authorities: [soa('lab.test')], responseCode: 'NXDOMAIN' }))
    expect(bench.resolve('www.lab.test')).toMatchObject({ reason: 'NXDOMAIN', message: 'there is no gone.lab.test' })
    bench.servers.set(ONE, () => ({
      answers: [alias('web.lab.test', 'text.lab.test')],
      authorities: [soa('lab.test')],
    }))
    expect(bench.resolve('web.lab.test')).toMatchObject({
      reason: 'NODATA',
      message: 'text.lab.test has no record of type A',
    })
    expect(bench.asked).toHaveLength(2)
  })

  it('records that the question does not lead to are neither believed nor remembered (RFC 2181 5.4.1)', () => {
    const bench = new Bench()
    bench.servers.set(ONE, () => ({
      answers: [a('bank.test', '66.6.6.6'), a('www.lab.test', '10.0.0.1'), a('bank.test', '66.6.6.6')],
      additionals: [a('bank.test', '66.6.6.6')],
      authorities: [record('test', { type: 'NS', target: 'bank.test' })],
    }))
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
    expect(bench.resolver.cache.size).toBe(1)
    expect(bench.resolver.cache.get('bank.test', 'A')).toBeUndefined()
  })
})

describe('the cache', () => {
  it('answers until the time to live is over, counting it down (RFC 1035 7.4)', () => {
    const bench = new Bench()
    bench.servers.set(ONE, knows(a('www.lab.test', '10.0.0.1', 100)))
    bench.lookup('www.lab.test')
    bench.clock.runUntil(40 * SECOND)
    const outcome = bench.resolve('WWW.Lab.test')
    expect(outcome).toMatchObject({ ok: true, records: [{ timeToLive: 61 }] })
    expect(bench.asked).toHaveLength(1)
    bench.clock.runUntil(101 * SECOND)
    bench.lookup('www.lab.test')
    expect(bench.asked).toHaveLength(2)
    expect(bench.resolver.counters.answeredFromCache).toBe(1)
  })

  it('keeps nothing with a time to live of zero, and nothing for more than a day', () => {
    const bench = new Bench()
    bench.servers.set(ONE, knows(a('now.test', '10.0.0.1', 0), a('ever.test', '10.0.0.2', 0x7fffffff)))
    expect([bench.lookup('now.test'), bench.lookup('now.test')]).toEqual(Array(2).fill('now.test 10.0.0.1'))
    expect(bench.asked).toHaveLength(2)
    expect(bench.resolver.cache.size).toBe(0)
    bench.lookup('ever.test')
    bench.clock.runFor(86_399 * SECOND)
    bench.lookup('ever.test')
    expect(bench.asked).toHaveLength(3)
    bench.clock.runFor(2 * SECOND)
    bench.lookup('ever.test')
    expect(bench.asked).toHaveLength(4)
  })

  it('remembers that a name, or a type of it, does not exist, as long as the SOA record says (RFC 2308 5)', () => {
    const bench = new Bench()
    const there = new Set(['txt.lab.test'])
    bench.servers.set(ONE, ({ questions: [{ name }] }) => ({
      responseCode: there.has(name) ? 'NOERROR' : 'NXDOMAIN',
      authorities: [soa('lab.test', 600, 60)],
    }))
    expect(bench.lookup('gone.lab.test')).toBe('NXDOMAIN')
    expect(bench.resolve('gone.lab.test', 'TXT')).toMatchObject({ reason: 'NXDOMAIN' })
    expect(bench.asked).toHaveLength(1)
    expect(bench.lookup('txt.lab.test')).toBe('NODATA')
    expect(bench.lookup('txt.lab.test')).toBe('NODATA')
    expect(bench.asked).toHaveLength(2)
    expect(bench.resolve('txt.lab.test', 'MX')).toMatchObject({ reason: 'NODATA' })
    expect(bench.asked).toHaveLength(3)
    bench.clock.runFor(61 * SECOND)
    bench.lookup('gone.lab.test')
    expect(bench.asked).toHaveLength(4)
    // Without an SOA record, or with one of another zone, nothing is remembered.
    for (const authorities of [[], [soa('other.test')]]) {
      bench.servers.set(ONE, () => ({ responseCode: 'NXDOMAIN', authorities }))
      const before = bench.asked.length
      bench.lookup('no.lab.test')
      bench.lookup('no.lab.test')
      expect(bench.asked).toHaveLength(before + 2)
    }
  })

  it('holds no more than its limit, and evicts what is longest unused', () => {
    const bench = new Bench({ cacheLimit: 3 })
    bench.servers.set(ONE, ({ questions: [{ name }] }) => ({ answers: [a(name, '10.0.0.1')] }))
    for (const name of ['a.t', 'b.t', 'c.t', 'a.t', 'd.t', 'a.t', 'b.t']) bench.lookup(name)
    expect(bench.questions).toEqual(['a.t A', 'b.t A', 'c.t A', 'd.t A', 'b.t A'])
    expect(bench.resolver.cache.size).toBe(3)
  })
})

describe('the memory of the cache', () => {
  /** An entry for `x.t`: what is kept of it beside its records is small. */
  const answers = (name: string, records = 1) => Array.from({ length: records }, (_, i) => a(name, `10.0.0.${i}`))

  it('is taken from the budget, and given back when an entry is evicted, out of date and asked for, or all is over', () => {
    const bench = new Bench()
    bench.servers.set(ONE, ({ questions: [{ name }] }) => ({ answers: answers(name, name === 'b.t' ? 20 : 1) }))
    const { memory } = bench
    bench.lookup('a.t')
    const one = memory.used
    // The name and four octets at least.
    expect(one).toBeGreaterThan(7)
    bench.lookup('b.t')
    expect(memory.used - one).toBeGreaterThan(20 * 7)
    expect(memory.snapshot().byPurpose).toEqual({ 'DNS cache': memory.used })
    bench.clock.runFor(301 * SECOND)
    bench.servers.set(ONE, () => ({ responseCode: 'NXDOMAIN', authorities: [] }))
    bench.lookup('b.t')
    expect(memory.used).toBe(one)
    bench.resolver.close()
    expect(memory.used).toBe(0)
  })

  it('is an eighth of the budget at most; what is out of date goes first, then what is longest unused', () => {
    const memory = new MemoryBudget(1536)
    const bench = new Bench({ memory, search: [] })
    const known = (name: string) => bench.resolver.cache.get(name, 'A') !== undefined
    bench.servers.set(ONE, ({ questions: [{ name }] }) => ({
      answers: answers(name).map((each) => ({ ...each, timeToLive: name === 'brief.t' ? 1 : 300 })),
    }))
    bench.lookup('first.t')
    bench.lookup('brief.t')
    bench.lookup('third.t')
    bench.lookup('first.t')
    const room = Math.floor((1536 / 8 / memory.used) * 3)
    expect(room).toBeLessThan(6)
    bench.clock.runFor(2 * SECOND)
    for (let i = 3; i < room + 1; i++) bench.lookup(`name${i}.t`)
    expect([known('first.t'), known('third.t'), known('brief.t')]).toEqual([true, true, false])
    expect(bench.resolver.counters.cacheEvictions).toBe(0)
    bench.lookup('first.t')
    for (let i = 0; i < room - 1; i++) bench.lookup(`more${i}.t`)
    expect([known('first.t'), known('third.t')]).toEqual([true, false])
    expect(bench.resolver.counters.cacheEvictions).toBe(room - 1)
    expect(memory.used).toBeLessThanOrEqual(192)
    expect(memory.snapshot().refused).toEqual({})
  })

  it('is not emptied for what would not fit all the same: that is answered, and not remembered', () => {
    const memory = new MemoryBudget(1536)
    const bench = new Bench({ memory })
    bench.servers.set(ONE, ({ questions: [{ name }] }) => ({ answers: answers(name, name === 'many.t' ? 30 : 1) }))
    bench.lookup('a.t')
    const outcome = bench.resolve('many.t')
    expect(outcome.ok && outcome.records).toHaveLength(30)
    expect(bench.resolver.cache.size).toBe(1)
    expect(memory.snapshot().refused).toEqual({ 'DNS cache': 1 })
    // Nor where others have the memory.
    memory.take(memory.freeFor('fragments'), 'fragments')
    expect(bench.lookup('b.t')).toBe('b.t 10.0.0.0')
    expect(bench.lookup('long-name-that-needs-more-than-the-other.t')).toMatch(/10\.0\.0\.0$/)
    expect(memory.snapshot().refused).toEqual({ 'DNS cache': 2 })
    expect(bench.resolver.cache.size).toBe(1)
    expect(bench.resolver.cache.get('b.t', 'A')).toHaveLength(1)
  })
})

describe('a host of both families', () => {
  const six = (text: string) => parseIpv6(text) as IpAddress
  const aaaa = (name: string, text: string) => record(name, { type: 'AAAA', address: parseIpv6(text)! })
  const both = (options: Partial<DnsResolverOptions> = {}) => new Bench({ families: ['ipv6', 'ipv4'], ...options })
  /** Records of the type that is asked for; a name that has none of it exists all the same. */
  const typed =
    (...records: DnsRecord[]): Server =>
    ({ questions: [{ name, type }] }) => {
      const owned = records.filter((each) => each.name === name)
      const answers = owned.filter((each) => each.type === type || each.type === 'CNAME')
      if (owned.length === 0) return { responseCode: 'NXDOMAIN', authorities: [soa('lab.test')] }
      return answers.length > 0 ? { answers } : { authorities: [soa('lab.test')] }
    }

  it('asks for both kinds of address at once, and has them all', () => {
    const bench = both()
    bench.servers.set(ONE, typed(a('www.lab.test', '10.0.0.1'), aaaa('www.lab.test', '2001:db8::80')))
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 2001:db8::80 10.0.0.1')
    expect(bench.asked.map(({ at, message }) => `${at} ${message.questions[0].type}`)).toEqual(['0 AAAA', '0 A'])
    expect(bench.clock.now).toBe(20 * MILLISECOND)
    expect(bench.clock.nextAt).toBeUndefined()
    bench.lookup('www.lab.test')
    expect(bench.asked).toHaveLength(2)
  })

  it('puts them in the order that it is given', () => {
    const bench = both({ order: (addresses) => [...addresses].reverse() })
    bench.servers.set(ONE, typed(a('www.lab.test', '10.0.0.1'), aaaa('www.lab.test', '2001:db8::80')))
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1 2001:db8::80')
  })

  it('takes what there is where a name has no address of one family, and says so where it has none', () => {
    const bench = both()
    bench.servers.set(
      ONE,
      typed(
        a('four.lab.test', '10.0.0.4'),
        aaaa('six.lab.test', '2001:db8::6'),
        record('mail.lab.test', { type: 'TXT', texts: ['x'] }),
      ),
    )
    expect(bench.lookup('four.lab.test')).toBe('four.lab.test 10.0.0.4')
    expect(bench.lookup('six.lab.test')).toBe('six.lab.test 2001:db8::6')
    expect(bench.lookup('mail.lab.test')).toBe('NODATA')
    expect(bench.lookup('no.lab.test')).toBe('NXDOMAIN')
  })

  it('goes on to the next search domain only where neither family has an address', () => {
    const bench = both({ search: ['a.test', 'b.test'] })
    bench.servers.set(
      ONE,
      typed(a('www.a.test', '10.0.0.1'), aaaa('www.b.test', '2001:db8::b'), aaaa('x.b.test', '2001:db8::c')),
    )
    expect(bench.lookup('www')).toBe('www.a.test 10.0.0.1')
    expect(bench.lookup('x')).toBe('x.b.test 2001:db8::c')
  })

  it('[4074 §4] takes A of a server that denies the name for AAAA, refuses it, or says nothing to it', () => {
    for (const [answer, seconds] of [
      [{ responseCode: 'NXDOMAIN', authorities: [soa('lab.test')] }, 0],
      [{ responseCode: 'SERVFAIL' }, 0],
      [undefined, 2],
    ] as const) {
      const bench = both({ servers: [ONE] })
      bench.servers.set(ONE, ({ questions: [{ type }] }) =>
        type === 'AAAA' ? answer : { answers: [a('www.lab.test', '10.0.0.1')] },
      )
      expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.1')
      expect(bench.clock.now).toBe(20 * MILLISECOND + seconds * SECOND)
      // Nothing goes on.
      const asked = bench.asked.length
      bench.clock.runFor(60 * SECOND)
      expect([bench.open, bench.asked.length]).toEqual([0, asked])
    }
  })

  it('does not take that nobody could say for that there is none', () => {
    const bench = both({ servers: [ONE], search: ['lab.test'] })
    bench.servers.set(ONE, ({ questions: [{ type }] }) =>
      type === 'AAAA' ? { responseCode: 'REFUSED' } : { authorities: [soa('lab.test')] },
    )
    expect(bench.lookup('www')).toBe('REFUSED')
    expect(bench.questions).toEqual(['www.lab.test AAAA', 'www.lab.test A'])
  })

  it('tells early what it has of one family, and is taken back whole', () => {
    const bench = both({ servers: [ONE] })
    bench.servers.set(ONE, ({ questions: [{ type }] }) =>
      type === 'AAAA' ? { answers: [aaaa('www.lab.test', '2001:db8::80')] } : undefined,
    )
    const heard: string[] = []
    const takeBack = bench.resolver.lookup(
      'www.lab.test',
      () => heard.push('done'),
      (addresses) => heard.push(`${addresses.map(formatIp)} ${bench.clock.now / MILLISECOND}`),
    )
    bench.clock.runFor(SECOND)
    expect(heard).toEqual(['2001:db8::80 20'])
    takeBack()
    expect([bench.open, bench.clock.nextAt]).toEqual([0, undefined])
  })

  it('follows the aliases of both', () => {
    const bench = both()
    bench.servers.set(ONE, ({ questions: [{ name, type }] }) =>
      name === 'docs.lab.test'
        ? { answers: [alias(name, 'www.lab.test')] }
        : { answers: [type === 'A' ? a(name, '10.0.0.1') : aaaa(name, '2001:db8::80')] },
    )
    expect(bench.lookup('docs.lab.test')).toBe('www.lab.test 2001:db8::80 10.0.0.1')
  })

  it('needs no server for addresses as they are written, with their zones, and for localhost (RFC 6761 6.3)', () => {
    const bench = both({ servers: [] })
    expect(bench.lookup('2001:DB8:0::1')).toBe('2001:DB8:0::1 2001:db8::1')
    expect(bench.lookup('fe80::1%eth0')).toBe('fe80::1%eth0 fe80::1%eth0')
    expect(bench.lookup('localhost')).toBe('localhost ::1 127.0.0.1')
    expect(bench.lookup('any.LOCALHOST.')).toBe('any.LOCALHOST. ::1 127.0.0.1')
    expect(bench.asked).toEqual([])
  })

  it('asks servers of either family, each in its turn', () => {
    const bench = both({ servers: [six('2001:db8::53'), ONE] })
    bench.servers.set(ONE, typed(aaaa('www.lab.test', '2001:db8::80')))
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 2001:db8::80')
    expect(
      bench.asked.filter(({ message }) => message.questions[0].type === 'AAAA').map(({ server }) => formatIp(server)),
    ).toEqual(['2001:db8::53', '10.9.0.53'])
  })

  it('names an address of IPv6 backwards by its digits (RFC 3596 2.5)', () => {
    // The example of the RFC.
    expect(reverseName(six('4321:0:1:2:3:4:567:89ab'))).toBe(
      'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa',
    )
    expect(reverseName(six('::ffff:10.2.0.52'))).toBe('52.0.2.10.in-addr.arpa')
    const bench = both()
    const name = reverseName(six('2001:db8::80'))
    bench.servers.set(ONE, typed(record(name, { type: 'PTR', target: 'www.lab.test' })))
    let found: unknown
    bench.resolver.reverse(six('2001:db8::80'), (outcome) => {
      found = outcome.ok && outcome.records[0]
    })
    bench.clock.runFor(SECOND)
    expect(found).toMatchObject({ target: 'www.lab.test' })
  })
})

describe('several who ask', () => {
  it('the same at once share one query (RFC 5452 5), and each may cancel', () => {
    const bench = new Bench()
    bench.servers.set(ONE, knows(a('www.lab.test', '10.0.0.1')))
    const heard: string[] = []
    const takeBack = bench.resolver.lookup('www.lab.test', () => heard.push('first'))
    bench.resolver.lookup('WWW.lab.test', () => heard.push('second'))
    takeBack()
    bench.clock.runFor(SECOND)
    expect(heard).toEqual(['second'])
    expect(bench.asked).toHaveLength(1)
    const alone = bench.resolver.lookup('other.lab.test', () => heard.push('never'))
    bench.clock.runFor(MILLISECOND)
    expect(bench.open).toBe(1)
    alone()
    expect(bench.open).toBe(0)
    bench.clock.runFor(60 * SECOND)
    expect(heard).toEqual(['second'])
    expect(bench.asked).toHaveLength(2)
  })

  it('are answered by the servers there are now, and not by one that was since replaced', () => {
    const bench = new Bench({ servers: [ONE] })
    bench.servers.set(TWO, knows(a('www.lab.test', '10.0.0.2')))
    const heard: string[] = []
    const ask = (who: string) =>
      bench.resolver.lookup('www.lab.test', (result) =>
        heard.push(
          `${who} ${result.ok ? formatIp(result.addresses[0]) : result.reason} ${bench.clock.now / MILLISECOND}`,
        ),
      )
    ask('before')
    bench.clock.runFor(500 * MILLISECOND)
    bench.resolver.servers = [TWO]
    ask('after')
    bench.clock.runFor(60 * SECOND)
    expect(heard).toEqual(['before 10.0.0.2 520', 'after 10.0.0.2 520'])
    expect(bench.asked.map(({ server }) => server)).toEqual([ONE, TWO])
    expect(bench.open).toBe(0)
  })

  it('are not believed what a replaced server answers late', () => {
    const bench = new Bench({ servers: [ONE] })
    bench.servers.set(ONE, knows(a('www.lab.test', '10.0.0.1')))
    bench.servers.set(TWO, knows(a('www.lab.test', '10.0.0.2')))
    const heard: string[] = []
    const takeBack = bench.resolver.lookup('www.lab.test', (result) =>
      heard.push(result.ok ? formatIp(result.addresses[0]) : result.reason),
    )
    bench.clock.runFor(10 * MILLISECOND)
    bench.resolver.servers = [TWO]
    bench.clock.runFor(SECOND)
    expect(heard).toEqual(['10.0.0.2'])
    expect(bench.lookup('www.lab.test')).toBe('www.lab.test 10.0.0.2')
    takeBack()
  })

  it('are not asked anew when the same servers are told again, as by every renewal of a lease', () => {
    const bench = new Bench({ servers: [ONE, TWO] })
    bench.servers.set(ONE, ({ edns }) =>
      edns === undefined ? { answers: [a('www.lab.test', '10.0.0.1')] } : { responseCode: 'FORMERR' },
    )
    const heard: string[] = []
    bench.resolver.lookup('www.lab.test', (result) => heard.push(result.ok ? 'yes' : result.reason))
    bench.clock.runFor(MILLISECOND)
    bench.resolver.servers = [ONE, TWO]
    bench.clock.runFor(SECOND)
    expect(heard).toEqual(['yes'])
    expect(bench.asked.map(({ message }) => message.edns !== undefined)).toEqual([true, false])
    // That the first does not speak EDNS is still known.
    bench.resolver.servers = [ONE, TWO]
    bench.resolver.lookup('other.lab.test', () => {})
    bench.clock.runFor(MILLISECOND)
    expect(bench.asked[2].message.edns).toBeUndefined()
  })

  it('are told at once when there is no server any more, and one may unsubscribe after a change', () => {
    const bench = new Bench({ servers: [ONE] })
    const heard: string[] = []
    bench.resolver.lookup('a.lab.test', (result) => heard.push(result.ok ? 'yes' : result.reason))
    const takeBack = bench.resolver.lookup('b.lab.test', () => heard.push('never'))
    bench.clock.runFor(MILLISECOND)
    bench.resolver.servers = [TWO]
    bench.clock.runFor(MILLISECOND)
    expect(bench.open).toBe(2)
    takeBack()
    expect(bench.open).toBe(1)
    bench.resolver.servers = []
    bench.clock.runFor(MILLISECOND)
    expect([heard, bench.open]).toEqual([['no name server'], 0])
    expect(bench.clock.nextAt === undefined || bench.clock.nextAt > bench.clock.now).toBe(true)
  })

  it('are left without an answer by close, and nothing of theirs stays', () => {
    const bench = new Bench()
    const heard: string[] = []
    bench.resolver.lookup('a.lab.test', () => heard.push('a'))
    bench.clock.runFor(MILLISECOND)
    bench.resolver.close()
    expect(bench.open).toBe(0)
    bench.clock.runFor(100 * SECOND)
    expect(heard).toEqual([])
    expect(bench.clock.nextAt).toBeUndefined()
  })
})
