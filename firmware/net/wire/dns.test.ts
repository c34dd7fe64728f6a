import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { dissect } from '../../../test/setup/dissect.js'
import { emitUdp } from '../../../test/support/emit-udp.js'
import { ensure } from '../../../test/support/ensure.js'
import { ipv4, mac } from '../address.js'
import { ipv6Address, parseIpv6 } from '../ipv6/address.js'
import { type DnsMessage, type DnsRecord, dnsQuery, edns, emitDns, parseDns } from './dns.js'
import { dnsName, isWithin, NameReader, nameKey, parentName } from './dns-name.js'
import { emitEthernet } from './ethernet.js'
import { emitIpv4 } from './ipv4.js'
import { printDns } from './print/dns.js'
import { PROTOCOL_UDP } from './protocols.js'
import { ipv4PseudoHeader } from './pseudo-header.js'

const text = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((c) => c.charCodeAt(0)))))

const QUERY = dnsQuery(0x1234, 'www.example.test', 'A')
const IN = { class: 1, timeToLive: 300 }
const RECORDS: DnsRecord[] = [
  { name: 'www.example.test', ...IN, type: 'CNAME', target: 'Web.example.test' },
  { name: 'Web.example.test', ...IN, type: 'A', address: ipv4('10.0.0.80') },
  { name: 'example.test', ...IN, type: 'MX', preference: 10, exchange: 'mail.example.test' },
  { name: 'example.test', ...IN, type: 'TXT', texts: ['v=one', ''] },
  { name: 'web.example.test', ...IN, type: 'AAAA', address: ipv6Address(0x10203, 0x4050607, 0x8090a0b, 0xc0d0e0f) },
  { name: '80.0.0.10.in-addr.arpa', ...IN, type: 'PTR', target: 'web.example.test' },
  { name: 'example.test', ...IN, type: 'TYPE99', octets: text(3, 'abc') },
]
const SOA: DnsRecord = {
  name: 'example.test',
  ...IN,
  type: 'SOA',
  primary: 'ns.example.test',
  mailbox: 'admin\\.one.example.test',
  serial: 2026112301,
  refresh: 7200,
  retry: 600,
  expire: 86400,
  minimum: 60,
}
const RESPONSE: DnsMessage = {
  ...QUERY,
  response: true,
  authoritative: true,
  recursionAvailable: true,
  answers: RECORDS,
  authorities: [{ name: 'example.test', ...IN, type: 'NS', target: 'ns.example.test' }, SOA],
  additionals: [{ name: 'ns.example.test', ...IN, type: 'A', address: ipv4('10.0.0.53') }],
}

function frame(payload: Uint8Array): Uint8Array {
  const octets = new Uint8Array(42 + payload.length)
  const source = ipv4('10.0.0.53')
  const destination = ipv4('10.0.0.1')
  const local = { destination: mac('02:00:00:00:00:01'), source: mac('02:00:00:00:00:02'), etherType: 0x0800 }
  emitEthernet(local, octets)
  const header = { trafficClass: 0, identification: 1, dontFragment: false, moreFragments: false, fragmentOffset: 0 }
  const length = 8 + payload.length
  emitIpv4({ ...header, timeToLive: 64, protocol: PROTOCOL_UDP, source, destination }, length, octets, 14)
  octets.set(payload, 42)
  const sum = (n: number) => ipv4PseudoHeader(source, destination, PROTOCOL_UDP, n)
  emitUdp({ sourcePort: 53, destinationPort: 4000 }, octets, 34, octets.length, sum)
  return octets
}

describe('names', () => {
  it('are read from text and written as text, dots and odd octets within labels escaped (RFC 1035 5.1)', () => {
    expect(dnsName('www.Example.test.')).toBe('www.Example.test')
    expect(dnsName('.')).toBe('')
    expect(dnsName('a\\.b.c\\032d.\\101')).toBe('a\\.b.c\\032d.e')
    expect(() => dnsName('a..b')).toThrow('"a..b" is not a domain name: it has an empty label')
    expect(() => dnsName('.a')).toThrow('an empty label')
    expect(() => dnsName(`${'x'.repeat(64)}.a`)).toThrow('a label of more than 63 octets')
    expect(() => dnsName(`${'x'.repeat(63)}.`.repeat(4))).toThrow('more than 255 octets')
    expect(dnsName(`${'x'.repeat(63)}.`.repeat(3) + 'x'.repeat(61))).toHaveLength(3 * 64 + 61)
    expect(() => dnsName('a b')).toThrow('not printable ASCII')
    expect(() => dnsName('a\\256')).toThrow('no octet')
    expect(() => dnsName('a\\')).toThrow('a backslash at its end')
  })

  it('are alike whatever their capitals, and have parents (RFC 4343)', () => {
    expect(nameKey('WwW.Example.TEST')).toBe('www.example.test')
    expect(parentName('a\\.b.c')).toBe('c')
    expect(parentName('c')).toBe('')
    expect(parentName('')).toBeUndefined()
    expect(isWithin('www.Example.test', 'example.TEST')).toBe(true)
    expect(isWithin('wexample.test', 'example.test')).toBe(false)
    expect(isWithin('anything', '')).toBe(true)
  })

  it('145 [1035 §4.1.4] follow pointers; loops, forward pointers, long labels and names, truncation are refused in bounded time', () => {
    // The figure of 4.1.4: F.ISI.ARPA at 20, FOO.F.ISI.ARPA at 40, ARPA at 64, the root at 92.
    const figure = new Uint8Array(93)
    figure.set(text(1, 'F', 3, 'ISI', 4, 'ARPA', 0), 20)
    figure.set(text(3, 'FOO', 0xc0, 20), 40)
    figure.set([0xc0, 26], 64)
    const at = (i: number) => new NameReader(figure, 0, figure.length).read(i)
    expect(at(20)).toEqual({ name: 'F.ISI.ARPA', end: 32 })
    expect(at(40)).toEqual({ name: 'FOO.F.ISI.ARPA', end: 46 })
    expect(at(64)).toEqual({ name: 'ARPA', end: 66 })
    expect(at(92)).toEqual({ name: '', end: 93 })

    const name = (...octets: (string | number)[]) => {
      const message = new Uint8Array(12 + text(...octets).length)
      message.set(text(...octets), 12)
      return new NameReader(message, 0, message.length).read(12)
    }
    // To itself; forward; to one that leads back; into the header.
    expect(name(0xc0, 12)).toBe('name pointer')
    expect(name(0xc0, 14, 0)).toBe('name pointer')
    expect(name(1, 'a', 0xc0, 12)).toBe('name pointer')
    expect(name(1, 'a', 0xc0, 4)).toBe('name pointer')
    const pair = new Uint8Array(20)
    pair.set([0xc0, 16, 0, 0, 0xc0, 12], 12)
    expect(new NameReader(pair, 0, 20).read(16)).toBe('name pointer')
    // 01 and 10 as the top bits: labels of 64 octets and more do not exist.
    expect(name(64, 'x'.repeat(64), 0)).toBe('name label')
    expect(name(0x80, 0)).toBe('name label')
    expect(name(63, 'x'.repeat(63), 0)).toMatchObject({ end: 12 + 65 })
    const labels = (count: number, last: number) => [
      ...Array.from({ length: count }, () => [63, 'x'.repeat(63)]).flat(),
      last,
      'y'.repeat(last),
      0,
    ]
    expect(name(...labels(3, 61))).toMatchObject({ end: 12 + 255 })
    expect(name(...labels(3, 62))).toBe('name too long')
    for (let cut = 12; cut < 32; cut++)
      expect(new NameReader(figure.subarray(0, cut), 0, Math.max(cut, 20)).read(20)).toBe('truncated')
    expect(new NameReader(figure, 0, 45).read(40)).toBe('truncated')
    // Every record of a whole message, cut anywhere.
    const whole = emitDns(RESPONSE)
    for (let cut = 0; cut < whole.length; cut++) expect(typeof parseDns(whole, 0, cut), String(cut)).toBe('string')

    // 64 KiB of pointers, each to the one before: no name needs so many.
    const chain = new Uint8Array(0x4000)
    for (let i = 14; i < chain.length; i += 2) chain.set([0xc0 | ((i - 2) >> 8), (i - 2) & 0xff], i)
    expect(new NameReader(chain, 0, chain.length).read(chain.length - 2)).toBe('name pointer')
  })
})

describe('a message made to be slow', () => {
  /** Ten thousand questions, each a pointer to what `target` says; in front the names that they point to. */
  function questions(front: Uint8Array, target: (i: number) => number): Uint8Array {
    const message = new Uint8Array(12 + front.length + 4 + 6 * 10_000)
    message.set([0x12, 0x34, 0x80, 0, 10_001 >> 8, 10_001 & 0xff], 0)
    message.set(front, 12)
    let at = 12 + front.length + 4
    for (let i = 0; i < 10_000; i++, at += 6) message.set([0xc0 | (target(i) >> 8), target(i) & 0xff, 0, 1, 0, 1], at)
    expect(message.length).toBeLessThan(65_536)
    return message
  }
  /** 127 labels of one octet: as long as a name gets. */
  const LONGEST = text(...Array.from({ length: 127 }, () => [1, 'x']).flat(), 0)

  /** How far the names of the questions take, in labels and pointers. */
  function steps(message: Uint8Array): number {
    const names = new NameReader(message, 0, message.length)
    for (let i = 0, at = 12; i < 10_001; i++) {
      const read = names.read(at)
      if (typeof read === 'string') break
      at = read.end + 4
    }
    return names.steps
  }

  it('by ten thousand pointers to one long name takes a step for each', () => {
    const message = questions(LONGEST, () => 12)
    expect(steps(message)).toBeLessThanOrEqual(128 + 10_000)
    const parsed = parseDns(message) as DnsMessage
    expect(parsed.questions).toHaveLength(10_001)
    expect(new Set(parsed.questions.map(({ name }) => name)).size).toBe(1)
  })

  it('by pointers into every label of it takes no more than once through each', () => {
    const message = questions(LONGEST, (i) => 12 + 2 * (i % 127))
    expect(steps(message)).toBeLessThanOrEqual((128 * 129) / 2 + 10_000)
    expect((parseDns(message) as DnsMessage).questions[127].name).toBe('x')
  })

  it('by as many long names as pointers reach is refused after a bounded number of steps', () => {
    // A pointer reaches 16,383 octets: 64 such names, and into each of their labels.
    const front = new Uint8Array(64 * 255)
    for (let i = 0; i < 64; i++) front.set(LONGEST, 255 * i)
    const message = new Uint8Array(65_535)
    // As the data of one record that nobody reads, after which come records whose owners point into it.
    message.set([0x12, 0x34, 0x80, 0, 0, 0, 4000 >> 8, 4000 & 0xff], 0)
    message.set([0, 0, 99, 0, 1, 0, 0, 0, 0, front.length >> 8, front.length & 0xff], 12)
    message.set(front, 23)
    for (let i = 0, at = 23 + front.length; i < 3999 && at + 12 <= message.length; i++, at += 12) {
      const to = 23 + 255 * (i % 64) + 2 * (i >> 6)
      message.set([0xc0 | (to >> 8), to & 0xff, 0, 99, 0, 1, 0, 0, 0, 0, 0, 0], at)
    }
    expect(parseDns(message)).toBe('name pointer')
  })

  it('by a chain of pointers, from its end, is refused', () => {
    const chain = new Uint8Array(0x4000)
    for (let i = 14; i < chain.length; i += 2) chain.set([0xc0 | ((i - 2) >> 8), (i - 2) & 0xff], i)
    const names = new NameReader(chain, 0, chain.length)
    expect(names.read(chain.length - 2)).toBe('name pointer')
    expect(names.steps).toBeLessThanOrEqual(129)
  })
})

describe('DNS messages (RFC 1035 4.1)', () => {
  it('are parsed as they were emitted, and emitted as they were parsed', () => {
    for (const message of [
      QUERY,
      RESPONSE,
      { ...RESPONSE, responseCode: 'NXDOMAIN' as const, reserved: 2, opcode: 4 },
    ]) {
      const octets = emitDns(message)
      expect(parseDns(octets)).toEqual(message)
      expect(emitDns(parseDns(octets) as DnsMessage)).toEqual(octets)
    }
  })

  it('have their fields where 4.1.1 has them, and names compressed', () => {
    expect([...emitDns(QUERY)]).toEqual([
      ...[0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0],
      ...text(3, 'www', 7, 'example', 4, 'test', 0, 0, 1, 0, 1),
    ])
    const answer = emitDns({ ...QUERY, response: true, recursionAvailable: true, answers: [RECORDS[0]] })
    expect([...answer.subarray(2, 8)]).toEqual([0x81, 0x80, 0, 1, 0, 1])
    expect([...answer.subarray(34)]).toEqual([0xc0, 12, 0, 5, 0, 1, 0, 0, 1, 44, 0, 6, ...text(3, 'Web'), 0xc0, 16])
  })

  it('beginning elsewhere than at the first octet are read too', () => {
    const octets = emitDns(RESPONSE)
    const shifted = new Uint8Array(octets.length + 5)
    shifted.set(octets, 3)
    expect(parseDns(shifted, 3, 3 + octets.length)).toEqual(RESPONSE)
  })

  it('with record data that is no value of its type are refused (RFC 1035 3.3)', () => {
    const data = (type: number, ...octets: (string | number)[]) => {
      const rdata = text(...octets)
      return parseDns(
        Uint8Array.from([
          0,
          1,
          0x80,
          0,
          0,
          0,
          0,
          1,
          0,
          0,
          0,
          0,
          0,
          0,
          type,
          0,
          1,
          0,
          0,
          0,
          9,
          0,
          rdata.length,
          ...rdata,
        ]),
      )
    }
    expect(data(1, 10, 0, 0, 1)).toMatchObject({ answers: [{ type: 'A', address: ipv4('10.0.0.1') }] })
    expect(data(1, 10, 0, 0)).toBe('record data')
    // RFC 3596 2.2: 128 bits, in network byte order.
    const wide = data(28, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x53)
    expect(wide).toMatchObject({ answers: [{ type: 'AAAA', address: parseIpv6('2001:db8::53') }] })
    for (const length of [0, 4, 15, 17, 32]) expect(data(28, ...new Array(length).fill(0xfe))).toBe('record data')
    expect(data(5, 1, 'a', 0, 0)).toBe('record data')
    expect(data(15, 0, 1, 0, 0)).toBe('record data')
    expect(data(15, 0, 1)).toBe('record data')
    expect(data(16, 3, 'ab')).toBe('record data')
    expect(data(16)).toBe('record data')
    expect(data(6, 0, 0, ...new Array(19).fill(0))).toBe('record data')
    // A name that runs out of the data into what follows.
    expect(data(5, 3, 'ab')).toBe('truncated')
  })

  it('have in the OPT record what RFC 6891 6.1.2 and 6.1.3 put there, and the upper bits of the response code', () => {
    const extension = { udpSize: 1232, version: 0, dnssecOk: true, options: Uint8Array.of(0, 10, 0, 1, 0xaa) }
    const octets = emitDns({ ...QUERY, response: true, responseCode: 'RCODE3841', edns: extension })
    // Root, type 41, size, 0xf0 of the code 0xf01, version, DO, length, option.
    const expected = [0, 0, 41, 0x04, 0xd0, 0xf0, 0, 0x80, 0, 0, 5, 0, 10, 0, 1, 0xaa]
    expect([...octets.subarray(octets.length - expected.length)]).toEqual(expected)
    expect(octets[3] & 0xf).toBe(1)
    expect([...octets.subarray(10, 12)]).toEqual([0, 1])
    expect(parseDns(octets)).toMatchObject({ responseCode: 'RCODE3841', additionals: [], edns: extension })
    expect(parseDns(emitDns({ ...QUERY, responseCode: 'BADVERS', edns: edns(512) }))).toMatchObject({
      responseCode: 'BADVERS',
    })
    expect(() => emitDns({ ...QUERY, responseCode: 'BADVERS' })).toThrow('BADVERS does not fit a message without EDNS')
    expect(printDns(emitDns({ ...QUERY, edns: edns(1232) }))).toBe('4660+ [1au] A? www.example.test. (45)')
  })

  it('have one OPT record at most, of the root (RFC 6891 6.1.1, 6.1.2), which is never what is left out (7)', () => {
    const octets = emitDns({ ...QUERY, edns: edns(1232) })
    const opt = octets.subarray(octets.length - 11)
    const twice = Uint8Array.of(...octets, ...opt)
    twice[11] = 2
    expect(parseDns(twice)).toBe('OPT record')
    const named = Uint8Array.of(...octets.subarray(0, octets.length - 11), 1, 0x78, ...opt)
    expect(parseDns(named)).toBe('OPT record')
    const cut = parseDns(emitDns({ ...RESPONSE, edns: edns(1232) }, 100))
    expect(cut).toMatchObject({ truncated: true, edns: { udpSize: 1232 } })
    expect(emitDns({ ...RESPONSE, edns: edns(1232) }, 100).length).toBeLessThanOrEqual(100)
  })

  it('take a time to live with the top bit set as none (RFC 2181 8)', () => {
    const octets = emitDns({ ...RESPONSE, answers: [{ ...RECORDS[1], timeToLive: 0x80000000 }] })
    expect(parseDns(octets)).toMatchObject({ answers: [{ timeToLive: 0 }] })
  })

  it('that do not fit are cut at a record, with TC when an answer is missing (RFC 1035 4.2.1, RFC 2181 9)', () => {
    const answers = Array.from(
      { length: 40 },
      (_, i): DnsRecord => ({ ...IN, name: 'a.test', type: 'A', address: i + 1 }),
    )
    const query = dnsQuery(1, 'a.test', 'A')
    const octets = emitDns({ ...query, response: true, answers, additionals: RESPONSE.additionals }, 512)
    // 12 of header, 12 of question, 16 each.
    expect(octets).toHaveLength(24 + 30 * 16)
    expect(parseDns(octets)).toMatchObject({ truncated: true, answers: answers.slice(0, 30), additionals: [] })
    const fits = { ...query, response: true, answers: answers.slice(0, 30), additionals: RESPONSE.additionals }
    expect(parseDns(emitDns(fits, 512))).toMatchObject({ truncated: false, additionals: [] })
  })
})

describe('tshark', () => {
  it('reads our messages as we wrote them, and finds nothing to say against them', () => {
    const rows = dissect(
      [frame(emitDns(QUERY)), frame(emitDns(RESPONSE))],
      [
        '_ws.malformed',
        'udp.checksum.status',
        'dns.id',
        'dns.flags',
        'dns.qry.name',
        'dns.resp.name',
        'dns.cname',
        'dns.a',
        'dns.mx.mail_exchange',
        'dns.txt',
        'dns.aaaa',
        'dns.ptr.domain_name',
        'dns.soa.mname',
        'dns.soa.minimum_ttl',
        'dns.ns',
      ],
    )
    expect(rows).toEqual([
      ['', '1', '0x1234', '0x0100', 'www.example.test', ...new Array(10).fill('')],
      [
        ...['', '1', '0x1234', '0x8580', 'www.example.test'],
        [...RECORDS, ...RESPONSE.authorities, ...RESPONSE.additionals].map((record) => record.name).join(','),
        ...['Web.example.test', '10.0.0.80,10.0.0.53', 'mail.example.test', 'v=one,', '1:203:405:607:809:a0b:c0d:e0f'],
        ...['web.example.test', 'ns.example.test', '60', 'ns.example.test'],
      ],
    ])
  })
})

describe('the printer', () => {
  it('gives a line in the manner of tcpdump', () => {
    expect(printDns(emitDns(QUERY))).toBe('4660+ A? www.example.test. (34)')
    const answer = emitDns({ ...RESPONSE, answers: RECORDS.slice(0, 3), authorities: [], additionals: [] })
    expect(printDns(answer)).toBe(
      `4660* 3/0/0 CNAME Web.example.test., A 10.0.0.80, MX mail.example.test. 10 (${answer.length})`,
    )
    const wide = emitDns({ ...QUERY, response: true, recursionAvailable: true, answers: RECORDS.slice(4, 5) })
    expect(printDns(wide)).toBe(`4660 1/0/0 AAAA 1:203:405:607:809:a0b:c0d:e0f (${wide.length})`)
    const nothing = { ...QUERY, response: true, truncated: true, responseCode: 'NXDOMAIN' as const }
    expect(printDns(emitDns(nothing))).toBe('4660 NXDomain-| 0/0/0 (34)')
    expect(printDns(new Uint8Array(3))).toBe('DNS, bad truncated (3)')
  })
})

describe('hostile octets', () => {
  it('never make the parser or the printer throw, and what is read is written and read again', () => {
    const random = new SeededRandom(1035)
    const bases = [emitDns(QUERY), emitDns(RESPONSE), emitDns({ ...RESPONSE, edns: edns(1232) })]
    let read = 0
    for (let round = 0; round < 60_000; round++) {
      const base = bases[round % bases.length]
      const octets = base.slice(0, random.below(6) === 0 ? random.below(base.length + 1) : base.length)
      for (let i = 1 + random.below(4); i > 0 && octets.length > 0; i--)
        octets[random.below(octets.length)] = random.below(3) === 0 ? 0xc0 | random.below(4) : random.below(256)
      const printed = printDns(octets)
      ensure(!/undefined|NaN|[^ -~]/.test(printed), () => `${octets}: ${printed}`)
      const parsed = parseDns(octets)
      if (typeof parsed === 'string') continue
      read++
      const again = parseDns(emitDns(parsed))
      ensure(isDeepStrictEqual(again, parsed), () => `${octets}: ${JSON.stringify([again, parsed])}`)
    }
    expect(read).toBeGreaterThan(10_000)
  })
})
