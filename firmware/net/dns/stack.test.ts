import { describe, expect, it } from 'vitest'
import { dissect } from '../../../test/setup/dissect.js'
import { hostPair } from '../../../test/support/host-pair.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { ipv4 } from '../address.js'
import { formatIp, type IpAddress } from '../ip.js'
import { parseIpv6 } from '../ipv6/address.js'
import { dnsQuery, emitDns, parseDns } from '../wire/dns.js'
import { printFrame } from '../wire/print.js'
import type { LookupOutcome } from './resolver.js'
import { DnsServer } from './server.js'
import { serveDns } from './stack-carrier.js'

const SERVER = ipv4('10.9.0.1')

/** Two hosts on one link: a client that asks the other. */
function bench(six = false) {
  const { clock, link, client, near, server } = hostPair(1, six)
  const frames: Uint8Array[] = []
  near.onTrace((_direction, frame) => frames.push(frame.slice()))
  client.resolver.servers = [SERVER]
  const lookup = (name: string): string => {
    let outcome: LookupOutcome | undefined
    client.resolver.lookup(name, (result) => {
      outcome = result
    })
    clock.runWhile(() => outcome === undefined, clock.now + 100 * SECOND)
    if (outcome === undefined) return 'silence'
    return outcome.ok ? outcome.addresses.map(formatIp).join(' ') : outcome.reason
  }
  return { clock, client, server, frames, lookup, link }
}

const MANY = Array.from({ length: 100 }, (_, i) => ({ name: 'many', type: 'A' as const, address: ipv4(`10.9.2.${i}`) }))
const lab = () =>
  new DnsServer({
    zones: [{ name: 'lab.test', records: [{ name: 'www', type: 'A', address: ipv4('10.9.0.80') }, ...MANY] }],
  })

describe('names over a network', () => {
  it('are asked for over UDP; tshark reads question and answer and finds nothing to say', () => {
    const { lookup, frames, server } = bench()
    serveDns(server, lab())
    expect(lookup('www.lab.test')).toBe('10.9.0.80')
    expect(lookup('no.lab.test')).toBe('NXDOMAIN')
    const fields = [
      '_ws.malformed',
      'udp.checksum.status',
      'dns.qry.name',
      'dns.flags.rcode',
      'dns.a',
      'dns.rr.udp_payload_size',
    ]
    expect(dissect(frames, fields).filter(([, , name]) => name !== '')).toEqual([
      ['', '1', 'www.lab.test', '', '', '1232'],
      ['', '1', 'www.lab.test', '0', '10.9.0.80', '1232'],
      ['', '1', 'no.lab.test', '', '', '1232'],
      ['', '1', 'no.lab.test', '3', '', '1232'],
    ])
    expect(frames.map(printFrame).filter((line) => line.includes('A?'))[0]).toMatch(
      /^IP 10\.9\.0\.2\.\d+ > 10\.9\.0\.1\.53: \d+\+ \[1au\] A\? www\.lab\.test\. \(41\)$/,
    )
  })

  it('146 [1035 §7.3, 5452 §9.2] an answer from another address, port, or to another port is not heard; ports are random', () => {
    const { clock, client, server, link } = bench()
    client.resolver.cache.clear()
    const ports = new Set<number>()
    const right = { address: ipv4('10.9.0.80') }
    const wrong = { address: ipv4('66.6.6.6') }
    server.interfaces[0].addAddress('10.9.0.3/24')
    const elsewhere = server.udp.bind({ address: 0, port: 5353 })
    const other = server.udp.bind({ address: ipv4('10.9.0.3'), port: 53 })
    const real = server.udp.bind({ address: SERVER, port: 53 })
    real.handleDatagram = (octets, start, end, source, sourcePort) => {
      const query = parseDns(octets, start, end)
      if (typeof query === 'string') throw new Error(query)
      ports.add(sourcePort)
      const [{ name }] = query.questions
      const say = (port: typeof real, { address }: typeof right, to = sourcePort) => {
        const answers = [{ name, class: 1, timeToLive: 0, type: 'A' as const, address }]
        const message = emitDns({ ...query, response: true, recursionAvailable: true, answers })
        port.send(message, 0, message.length, source, to)
      }
      say(elsewhere, wrong)
      say(other, wrong)
      say(real, wrong, sourcePort ^ 1)
      say(real, right)
    }
    const heard: string[] = []
    for (let i = 0; i < 60; i++)
      client.resolver.lookup(`n${i}.test`, (outcome) => {
        heard.push(outcome.ok ? outcome.addresses.map(formatIp).join(' ') : outcome.reason)
      })
    clock.runFor(SECOND)
    expect(heard).toEqual(Array(60).fill('10.9.0.80'))
    expect(client.udp.counters.dropped['port closed']).toBe(180)
    expect(ports.size).toBe(60)
    for (const port of ports) expect(port).toBeGreaterThanOrEqual(49_152)
    expect(Math.max(...ports) - Math.min(...ports)).toBeGreaterThan(8000)
    expect([...client.udp.ports()]).toEqual([])
    expect(link.up).toBe(true)
  })

  it('are not waited for where an ICMP error says that nobody answers', () => {
    const { lookup, clock, client } = bench()
    expect(lookup('www.lab.test')).toBe('timeout')
    expect(clock.now).toBeLessThan(100 * MILLISECOND)
    expect(client.resolver.counters.dropped).toEqual({ 'DNS server unreachable': 1 })
  })

  it('147 [1035 §4.2.1, §4.2.2] with more addresses than a datagram takes are asked for again over TCP', () => {
    const { lookup, server, client, clock, frames } = bench()
    const end = serveDns(server, lab())
    expect(lookup('many.lab.test').split(' ')).toHaveLength(100)
    expect(client.resolver.counters).toMatchObject({ queriesSent: 2, dropped: {} })
    const rows = dissect(frames, ['_ws.malformed', 'tcp.len', 'dns.count.answers', 'dns.length'])
    expect(rows.every(([malformed]) => malformed === '')).toBe(true)
    expect(rows.filter(([, length, count]) => length !== '' && count === '100')).toHaveLength(1)
    end()
    clock.runFor(200 * SECOND)
    client.resolver.close()
    expect(client.memory.used).toBe(0)
    expect(server.memory.used).toBe(0)
    expect(clock.nextAt).toBeUndefined()
  })

  it('with more addresses than 512 octets take, and fewer than 1232, come in one datagram by EDNS (RFC 6891)', () => {
    const { lookup, server, client, frames } = bench()
    const records = MANY.slice(0, 60)
    serveDns(server, new DnsServer({ zones: [{ name: 'lab.test', records }] }))
    expect(lookup('many.lab.test').split(' ')).toHaveLength(60)
    expect(client.resolver.counters.queriesSent).toBe(1)
    const rows = dissect(frames, ['_ws.malformed', 'dns.count.answers', 'udp.length'])
    // The UDP header, 12 octets of header, 19 of question, 60 answers of 16, and the OPT record of 11.
    expect(rows.find(([, count]) => count === '60')).toEqual(['', '60', String(8 + 12 + 19 + 60 * 16 + 11)])
  })

  it('a client of the server that says nothing over TCP is disconnected after ten seconds', () => {
    const { server, client, clock } = bench()
    serveDns(server, lab())
    const connection = client.tcp.connect({ address: SERVER, port: 53 })
    const query = emitDns(dnsQuery(1, 'www.lab.test', 'A'))
    clock.runFor(SECOND)
    connection.write(Uint8Array.of(0, query.length))
    clock.runFor(SECOND)
    connection.write(query)
    clock.runFor(SECOND)
    expect(connection.readable).toBe(2 + query.length + 16)
    expect(connection.state).toBe('ESTABLISHED')
    clock.runFor(11 * SECOND)
    expect(connection.state).toBe('CLOSE-WAIT')
  })

  it('of both families are asked for over either, from a server that has one socket for both', () => {
    const { lookup, frames, server, client, clock } = bench(true)
    const records = [
      { name: 'www', type: 'A' as const, address: ipv4('10.9.0.80') },
      { name: 'www', type: 'AAAA' as const, address: parseIpv6('2001:db8::80')! },
      ...Array.from({ length: 60 }, (_, i) => ({
        name: 'many',
        type: 'AAAA' as const,
        address: parseIpv6(`2001:db8::${i + 1}`)!,
      })),
    ]
    const end = serveDns(server, new DnsServer({ zones: [{ name: 'lab.test', records }] }))
    clock.runFor(4 * SECOND)
    client.resolver.servers = [parseIpv6('2001:db8::1') as IpAddress]
    expect(lookup('www.lab.test')).toBe('2001:db8::80 10.9.0.80')
    // 60 of 28 octets fit neither 1232 octets nor a frame: over TCP.
    expect(lookup('many.lab.test').split(' ')).toHaveLength(60)
    const link = server.interfaces[0].ipv6?.addresses.find(({ origin }) => origin === 'link-local')?.address
    client.resolver.servers = [link as IpAddress]
    client.resolver.cache.clear()
    expect(lookup('www.lab.test')).toBe('2001:db8::80 10.9.0.80')
    client.resolver.servers = [SERVER]
    client.resolver.cache.clear()
    expect(lookup('www.lab.test')).toBe('2001:db8::80 10.9.0.80')
    expect(client.resolver.counters.dropped).toEqual({})
    const rows = dissect(frames, ['_ws.malformed', 'ipv6.dst', 'ip.dst', 'dns.flags.response', 'dns.aaaa'])
    expect(rows.filter(([malformed]) => malformed !== '')).toEqual([])
    const asked = rows.filter(([, , , response]) => response === '0').map(([, six, four]) => six || four)
    const plain = formatIp(link!).split('%')[0]
    expect(new Set(asked)).toEqual(new Set(['2001:db8::1', plain, '10.9.0.1']))
    expect(rows.filter(([, , , , found]) => found === '2001:db8::80')).toHaveLength(3)
    end()
    clock.runFor(200 * SECOND)
    client.resolver.close()
    expect(client.memory.used).toBe(0)
    expect(server.memory.used).toBe(0)
  })

  it('without IPv6 ask for A alone, and an address of IPv6 is no way to a server', () => {
    const { lookup, server, client, frames } = bench()
    serveDns(server, lab())
    client.resolver.servers = [parseIpv6('2001:db8::1') as IpAddress, SERVER]
    expect(lookup('www.lab.test')).toBe('10.9.0.80')
    expect(client.resolver.counters.dropped).toEqual({ 'DNS server unreachable': 1 })
    expect(
      dissect(frames, ['dns.qry.type'])
        .flat()
        .filter((type) => type !== ''),
    ).toEqual(['1', '1'])
  })
})
