import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { ipv4 } from '../address.js'
import { MemoryBudget } from '../memory-budget.js'
import { type DnsMessage, type DnsType, dnsQuery, edns, emitDns, parseDns } from '../wire/dns.js'
import { printData } from '../wire/print/dns.js'
import { Deframer, framed } from './framing.js'
import { DnsResolver } from './resolver.js'
import { DnsServer, type DnsServerOptions } from './server.js'
import { Zone } from './zone.js'

const ZONE = new Zone({
  name: 'lab.test',
  records: [
    { name: '@', type: 'NS', target: 'ns.lab.test' },
    { name: 'ns', type: 'A', address: ipv4('10.9.0.53') },
    { name: 'www', type: 'A', address: ipv4('10.9.0.80'), timeToLive: 60 },
    { name: 'www', type: 'AAAA', address: '2001:db8::80', timeToLive: 60 },
    { name: 'ns', type: 'AAAA', address: '2001:db8::53' },
    { name: 'www', type: 'TXT', texts: ['hello'] },
    { name: 'docs', type: 'CNAME', target: 'www.lab.test' },
    { name: 'away', type: 'CNAME', target: 'host.far.test' },
    { name: 'round', type: 'CNAME', target: 'round.lab.test' },
    { name: '@', type: 'MX', preference: 10, exchange: 'www.lab.test' },
    { name: 'a.deep', type: 'A', address: ipv4('10.9.0.1') },
    { name: '*.wild', type: 'A', address: ipv4('10.9.0.9') },
    { name: 'plain.wild', type: 'TXT', texts: ['x'] },
    { name: 'sub', type: 'NS', target: 'ns.sub.lab.test' },
    { name: 'ns.sub', type: 'A', address: ipv4('10.9.1.53') },
    ...Array.from({ length: 60 }, (_, i) => ({ name: 'many', type: 'A' as const, address: ipv4(`10.9.2.${i}`) })),
  ],
})
const REVERSE = new Zone({
  name: '9.10.in-addr.arpa',
  records: [{ name: '80.0', type: 'PTR', target: 'www.lab.test' }],
})

function ask(
  server: DnsServer,
  message: DnsMessage | Uint8Array,
  limit = 512,
  largest = limit,
): DnsMessage | undefined {
  const octets = message instanceof Uint8Array ? message : emitDns(message)
  let answer: DnsMessage | undefined
  const reply = (out: Uint8Array): boolean => {
    expect(out.length).toBeLessThanOrEqual(largest)
    const parsed = parseDns(out)
    if (typeof parsed === 'string') throw new Error(parsed)
    answer = parsed
    return true
  }
  server.answer(octets, 0, octets.length, limit, reply, largest)
  return answer
}

/** An answer in a line: code, flags, and the records of its sections. */
function line(answer: DnsMessage | undefined): string {
  if (answer === undefined) return 'silence'
  const flags =
    (answer.authoritative ? ' AA' : '') + (answer.truncated ? ' TC' : '') + (answer.recursionAvailable ? ' RA' : '')
  const sections = [answer.answers, answer.authorities, answer.additionals].map((records) =>
    records.map((record) => `${record.name} ${printData(record)}`).join(', '),
  )
  return `${answer.responseCode}${flags} | ${sections.join(' | ')}`.trimEnd()
}

const lab = (options: Partial<DnsServerOptions> = {}) => new DnsServer({ zones: [ZONE, REVERSE], ...options })
const query = (name: string, type: DnsType = 'A') => line(ask(lab(), dnsQuery(7, name, type)))

describe('a DNS server (RFC 1034 4.3.2)', () => {
  it('answers for its zones, with authority', () => {
    expect(query('www.lab.test')).toBe('NOERROR AA | www.lab.test A 10.9.0.80 |  |')
    expect(query('WWW.Lab.Test')).toBe('NOERROR AA | www.lab.test A 10.9.0.80 |  |')
    expect(query('lab.test', 'NS')).toBe(
      'NOERROR AA | lab.test NS ns.lab.test. |  | ns.lab.test A 10.9.0.53, ns.lab.test AAAA 2001:db8::53',
    )
    expect(query('lab.test', 'MX')).toBe(
      'NOERROR AA | lab.test MX www.lab.test. 10 |  | www.lab.test A 10.9.0.80, www.lab.test AAAA 2001:db8::80',
    )
    expect(query('www.lab.test', 'AAAA')).toBe('NOERROR AA | www.lab.test AAAA 2001:db8::80 |  |')
    expect(query('docs.lab.test', 'AAAA')).toBe(
      'NOERROR AA | docs.lab.test CNAME www.lab.test., www.lab.test AAAA 2001:db8::80 |  |',
    )
    expect(query('a.wild.lab.test', 'AAAA')).toMatch(/^NOERROR AA \| {2}\| lab.test SOA/)
    expect(query('80.0.9.10.in-addr.arpa', 'PTR')).toBe('NOERROR AA | 80.0.9.10.in-addr.arpa PTR www.lab.test. |  |')
    expect(query('lab.test', 'SOA')).toBe('NOERROR AA | lab.test SOA ns.lab.test. hostmaster.lab.test. 1 |  |')
    const all = ask(lab(), dnsQuery(7, 'www.lab.test', 'ANY'))
    expect(all?.answers.map(({ type, timeToLive }) => [type, timeToLive])).toEqual([
      ['A', 60],
      ['AAAA', 60],
      ['TXT', 300],
    ])
    expect(all).toMatchObject({ id: 7, response: true, recursionDesired: true, recursionAvailable: false })
    expect(all?.questions).toEqual([{ name: 'www.lab.test', type: 'ANY', class: 1 }])
  })

  it('says what does not exist, with the SOA record that says for how long (RFC 2308 2)', () => {
    const soa = 'lab.test SOA ns.lab.test. hostmaster.lab.test. 1'
    expect(query('no.lab.test')).toBe(`NXDOMAIN AA |  | ${soa} |`)
    expect(query('www.lab.test', 'MX')).toBe(`NOERROR AA |  | ${soa} |`)
    // A name that others stand below exists.
    expect(query('deep.lab.test')).toBe(`NOERROR AA |  | ${soa} |`)
    expect(query('docs.lab.test', 'TXT')).toBe(
      'NOERROR AA | docs.lab.test CNAME www.lab.test., www.lab.test TXT "hello" |  |',
    )
  })

  it('follows aliases within its zones, and stops where they leave them', () => {
    expect(query('docs.lab.test')).toBe('NOERROR AA | docs.lab.test CNAME www.lab.test., www.lab.test A 10.9.0.80 |  |')
    expect(query('docs.lab.test', 'CNAME')).toBe('NOERROR AA | docs.lab.test CNAME www.lab.test. |  |')
    expect(query('away.lab.test')).toBe('NOERROR AA | away.lab.test CNAME host.far.test. |  |')
    expect(query('round.lab.test')).toMatch(/^SERVFAIL/)
  })

  it('refers to the servers of a zone below, with their addresses', () => {
    const referral = 'NOERROR |  | sub.lab.test NS ns.sub.lab.test. | ns.sub.lab.test A 10.9.1.53'
    expect(query('sub.lab.test')).toBe(referral)
    expect(query('x.y.sub.lab.test', 'MX')).toBe(referral)
    expect(query('ns.sub.lab.test')).toBe(referral)
  })

  it('has a wildcard stand for names that do not exist (RFC 4592)', () => {
    expect(query('a.wild.lab.test')).toBe('NOERROR AA | a.wild.lab.test A 10.9.0.9 |  |')
    expect(query('a.b.wild.lab.test')).toBe('NOERROR AA | a.b.wild.lab.test A 10.9.0.9 |  |')
    expect(query('plain.wild.lab.test')).toMatch(/^NOERROR AA \| {2}\| lab.test SOA/)
    expect(query('x.plain.wild.lab.test')).toMatch(/^NXDOMAIN/)
  })

  it('refuses what is not its own, transfers, and other classes', () => {
    expect(query('far.test')).toBe('REFUSED |  |  |')
    expect(query('lab.test', 'TYPE252')).toBe('REFUSED |  |  |')
    expect(query('xlab.test')).toBe('REFUSED |  |  |')
    const chaos = dnsQuery(7, 'www.lab.test', 'A')
    expect(line(ask(lab(), { ...chaos, questions: [{ ...chaos.questions[0], class: 3 }] }))).toBe('REFUSED |  |  |')
  })

  it('says FORMERR and NOTIMP, and nothing to what is no query', () => {
    const server = lab()
    const asked = dnsQuery(0x1234, 'www.lab.test', 'A')
    expect(line(ask(server, { ...asked, opcode: 4 }))).toBe('NOTIMP |  |  |')
    expect(line(ask(server, { ...asked, questions: [] }))).toBe('FORMERR |  |  |')
    expect(line(ask(server, { ...asked, response: true }))).toBe('silence')
    const broken = emitDns(asked).subarray(0, 20)
    expect(ask(server, broken)).toMatchObject({ id: 0x1234, responseCode: 'FORMERR' })
    expect(line(ask(server, broken.subarray(0, 3)))).toBe('silence')
    const answerCut = broken.slice()
    answerCut[2] |= 0x80
    expect(line(ask(server, answerCut))).toBe('silence')
    expect(server.counters.dropped).toEqual({
      'DNS operation': 1,
      'DNS question': 1,
      'DNS not a query': 1,
      'DNS truncated': 3,
    })
  })

  it('cuts an answer at 512 octets in a datagram and says so, and gives the whole of it over a stream (RFC 1035 4.2.1)', () => {
    const cut = ask(lab(), dnsQuery(7, 'many.lab.test', 'A'))
    expect(cut?.truncated).toBe(true)
    expect(cut?.answers.length).toBe(Math.floor((512 - 12 - 19) / 16))
    const whole = ask(lab(), dnsQuery(7, 'many.lab.test', 'A'), 65535)
    expect(whole?.truncated).toBe(false)
    expect(whole?.answers).toHaveLength(60)
  })

  it('is never thrown off by hostile octets', () => {
    const random = new SeededRandom(53)
    const base = emitDns(dnsQuery(7, 'docs.lab.test', 'A'))
    const server = lab()
    for (let round = 0; round < 20_000; round++) {
      const octets = base.slice(0, random.below(4) === 0 ? random.below(base.length + 1) : base.length)
      for (let i = random.below(4); i >= 0 && octets.length > 0; i--)
        octets[random.below(octets.length)] = random.below(256)
      ask(server, octets)
    }
  })
})

describe('a zone', () => {
  it('changes while it is served', () => {
    const zone = new Zone({ name: 'lab.test' })
    const server = new DnsServer({ zones: [zone] })
    const www = () => line(ask(server, dnsQuery(7, 'www.lab.test', 'A')))
    expect(www()).toMatch(/^NXDOMAIN/)
    zone.add({ name: 'www', type: 'A', address: ipv4('10.0.0.1') })
    expect(www()).toBe('NOERROR AA | www.lab.test A 10.0.0.1 |  |')
    zone.remove('www', 'A')
    zone.remove('@')
    expect(www()).toMatch(/^NXDOMAIN AA \| {2}\| lab.test SOA/)
  })

  it('within another answers for what is its own, whichever is named first', () => {
    const inner = new Zone({ name: 'in.lab.test', records: [{ name: 'x', type: 'A', address: ipv4('10.0.0.2') }] })
    for (const zones of [
      [ZONE, inner],
      [inner, ZONE],
    ]) {
      const server = new DnsServer({ zones })
      expect(line(ask(server, dnsQuery(7, 'x.in.lab.test', 'A')))).toBe('NOERROR AA | x.in.lab.test A 10.0.0.2 |  |')
      expect(line(ask(server, dnsQuery(7, 'www.lab.test', 'A')))).toMatch(/^NOERROR AA/)
    }
  })

  it('says what is wrong with its records', () => {
    expect(() => new Zone({ name: 'a..b' })).toThrow('"a..b" is not a domain name')
    const other = { name: 'www.other.test.', type: 'A' as const, address: 1 }
    expect(() => new Zone({ name: 'lab.test', records: [other] })).toThrow(
      '"www.other.test." is not in the zone lab.test',
    )
    const zone = new Zone({ name: 'lab.test' })
    // What link an address is on means nothing to who asks.
    zone.add({ name: 'near', type: 'AAAA', address: 'fe80::1%eth0' })
    expect(zone.find('near.lab.test', 'AAAA')).toMatchObject({ records: [{ address: { zone: '' } }] })
    expect(() => zone.add({ name: 'www', type: 'AAAA', address: '10.0.0.1' })).toThrow(
      '"10.0.0.1", AAAA of "www", is no address of that family: write it like 2001:db8::80',
    )
    expect(() => zone.add({ name: 'www', type: 'A', address: '2001:db8::1' })).toThrow(/, A of "www", .* 10\.9\.0\.80/)
  })
})

describe('a client that speaks EDNS (RFC 6891)', () => {
  const many = (udpSize?: number): DnsMessage =>
    udpSize === undefined
      ? dnsQuery(7, 'many.lab.test', 'A')
      : { ...dnsQuery(7, 'many.lab.test', 'A'), edns: edns(udpSize) }
  const fits = (udpSize?: number) => {
    const answer = ask(lab(), many(udpSize), 512, 1232)
    return [answer?.answers.length, answer?.truncated, answer?.edns?.udpSize]
  }

  it('is answered in EDNS, with as much as both take; 512 octets are taken by all (6.1.1, 6.2.3)', () => {
    expect(fits()).toEqual([30, true, undefined])
    expect(fits(4096)).toEqual([60, false, 1232])
    // Sixteen octets an answer, beside header, question and OPT record.
    expect(fits(700)).toEqual([Math.floor((700 - 12 - 19 - 11) / 16), true, 1232])
    expect(fits(0)).toEqual([Math.floor((512 - 12 - 19 - 11) / 16), true, 1232])
    expect(ask(lab(), { ...many(), edns: { ...edns(512), dnssecOk: true } })?.edns?.dnssecOk).toBe(true)
  })

  it('in an unknown version is answered so (6.1.3)', () => {
    const server = lab()
    const answer = ask(server, { ...many(), edns: { ...edns(1232), version: 1 } })
    expect(answer).toMatchObject({ responseCode: 'BADVERS', answers: [], edns: { version: 0 } })
    expect(server.counters.dropped).toEqual({ 'DNS EDNS version': 1 })
  })

  it('with two OPT records is refused, and has options that nobody knows passed over (6.1.1, 6.1.2)', () => {
    const server = lab()
    const options = Uint8Array.of(0, 10, 0, 2, 1, 2)
    const known = emitDns({ ...dnsQuery(7, 'www.lab.test', 'A'), edns: { ...edns(1232), options } })
    const answer = ask(server, known)
    expect(answer).toMatchObject({ responseCode: 'NOERROR', edns: { options: new Uint8Array(0) } })
    expect(answer?.answers).toHaveLength(1)
    const one = emitDns({ ...dnsQuery(7, 'www.lab.test', 'A'), edns: edns(1232) })
    const two = Uint8Array.of(...one, ...one.subarray(one.length - 11))
    two[11] = 2
    expect(ask(server, two)?.responseCode).toBe('FORMERR')
    expect(server.counters.dropped).toEqual({ 'DNS OPT record': 1 })
  })
})

describe('a server with a resolver', () => {
  it('asks others for names that are not its own, and has them follow its aliases', () => {
    const clock = new Scheduler()
    const asked: string[] = []
    const resolver = new DnsResolver({
      clock,
      random: new SeededRandom(1),
      memory: new MemoryBudget(1 << 20),
      servers: [ipv4('10.9.0.1')],
      carrier: {
        largestDatagram: () => 1472,
        datagrams: (_, onMessage) => ({
          send(octets) {
            const message = parseDns(octets)
            if (typeof message === 'string') throw new Error(message)
            const [{ name }] = message.questions
            asked.push(name)
            const answers = [{ name, class: 1, timeToLive: 60, type: 'A' as const, address: ipv4('10.8.0.1') }]
            const reply = emitDns({ ...message, response: true, recursionAvailable: true, answers })
            clock.after(MILLISECOND, () => onMessage(reply, 0, reply.length))
            return true
          },
          close() {},
        }),
      },
    })
    const server = lab({ resolver })
    const lines: string[] = []
    for (const name of ['away.lab.test', 'www.lab.test', 'x.far.test', 'y.sub.lab.test']) {
      const octets = emitDns(dnsQuery(7, name, 'A'))
      server.answer(octets, 0, octets.length, 512, (out) => {
        lines.push(line(parseDns(out) as DnsMessage))
        return true
      })
    }
    clock.runFor(SECOND)
    expect(lines.sort()).toEqual([
      'NOERROR AA RA | www.lab.test A 10.9.0.80 |  |',
      'NOERROR RA | away.lab.test CNAME host.far.test., host.far.test A 10.8.0.1 |  |',
      'NOERROR RA | x.far.test A 10.8.0.1 |  |',
      'NOERROR RA | y.sub.lab.test A 10.8.0.1 |  |',
    ])
    expect(asked.sort()).toEqual(['host.far.test', 'x.far.test', 'y.sub.lab.test'])
    const plain = { ...dnsQuery(7, 'x.far.test', 'A'), recursionDesired: false }
    expect(line(ask(server, plain))).toBe('REFUSED RA |  |  |')
  })
})

describe('messages in a stream (RFC 1035 4.2.2)', () => {
  it('come whole, however the stream is cut', () => {
    const messages = [new Uint8Array(0), Uint8Array.of(1), new Uint8Array(700).fill(2), new Uint8Array(0xffff).fill(3)]
    const stream = Uint8Array.from(messages.flatMap((message) => [...framed(message)]))
    for (const step of [1, 2, 3, 701, 5000, stream.length]) {
      const deframer = new Deframer()
      const heard: Uint8Array[] = []
      for (let at = 0; at < stream.length; at += step)
        deframer.push(stream, at, Math.min(stream.length, at + step), (octets, start, end) =>
          heard.push(octets.slice(start, end)),
        )
      expect(heard.map(({ length }) => length)).toEqual([0, 1, 700, 0xffff])
      expect(heard.every((message, i) => message.every((octet) => octet === messages[i][0]))).toBe(true)
    }
  })
})
