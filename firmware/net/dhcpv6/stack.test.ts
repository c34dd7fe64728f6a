/** DHCPv6 between whole stacks on one wire: a host, and a router that says by M and O what there is. */
import { describe, expect, it } from 'vitest'
import { dissect } from '../../../test/setup/dissect.js'
import { addressOctets } from '../../../test/support/ipv6-stranger.js'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import type { Stack } from '../../stack.js'
import { formatIp } from '../ip.js'
import { formatIpv6, type Ipv6Address, UNSPECIFIED6 } from '../ipv6/address.js'
import { Ipv6RouterSide } from '../ipv6/ipv6-router-side.js'
import type { RouterSettings } from '../nd/router-settings.js'
import { allDhcpServers, type Dhcpv6Message, emitDhcpv6, parseDhcpv6 } from '../wire/dhcpv6.js'
import type { Dhcpv6ServerSettings } from './server.js'
import { type Dhcpv6Settings, startDhcpv6, startDhcpv6Server } from './start.js'

const HOST_STATION = '02:00:00:00:00:0a'
const ROUTER = 'fe80::ff:fe00:1'
const LENT = ipv6('2001:db8:1::100')
const SERVER_DUID = Uint8Array.of(0, 3, 0, 1, 2, 0, 0, 0, 0, 1)

function bench(says: Partial<RouterSettings>, settings?: Dhcpv6Settings, serves?: Dhcpv6ServerSettings) {
  const wire = new Ipv6Wire()
  const prefixes = [{ prefix: '2001:db8:1::/64', autonomous: false }]
  const advertise = { prefixes, minimumIntervalSeconds: 3, maximumIntervalSeconds: 4, ...says }
  const router = wire.host(
    'router',
    '02:00:00:00:00:01',
    { addresses: ['2001:db8:1::1/64'], advertise },
    undefined,
    Ipv6RouterSide,
  )
  const server = serves && startDhcpv6Server(router, router.interfaces[0], serves)
  const host = wire.host('a', HOST_STATION)
  const client = startDhcpv6(host, host.interfaces[0], settings)
  const six = host.interfaces[0].ipv6!
  const assigned = () => six.addresses.filter(({ origin }) => origin === 'assigned')
  return { wire, router, host, client, six, server, assigned, clock: wire.clock }
}

/** A server of the test's own on the router, which lends one address; it hears what RFC 9915 7.1 and 7.2 say. */
function lend(router: Stack, address: Ipv6Address = LENT): Dhcpv6Message[] {
  const heard: Dhcpv6Message[] = []
  const port = router.udp.bind({ address: UNSPECIFIED6, port: 547 }, { via: 'eth0' })
  port.join(ipv6('ff02::1:2%eth0'))
  port.handleDatagram = (octets, start, end, source, sourcePort) => {
    expect([formatIp(source), sourcePort]).toEqual(['fe80::ff:fe00:a%eth0', 546])
    const message = parseDhcpv6(octets, start, end) as Dhcpv6Message
    heard.push(message)
    const iaid = message.associations?.[0].iaid ?? 0
    const reply = emitDhcpv6({
      type: 'REPLY',
      transactionId: message.transactionId,
      clientIdentifier: message.clientIdentifier!,
      serverIdentifier: SERVER_DUID,
      rapidCommit: true,
      associations: [
        { iaid, t1Seconds: 100, t2Seconds: 160, addresses: [{ address, preferredSeconds: 200, validSeconds: 300 }] },
      ],
      nameServers: [ipv6('fe80::53')],
      searchDomains: ['lab.test'],
    })
    port.send(reply, 0, reply.length, source, 546)
  }
  return heard
}

describe('a host that goes by what its router says (RFC 4861 4.2, RFC 8504 6.5)', () => {
  it('has an address of its own where it says M: looked for first, alone under its prefix, with its lifetimes', () => {
    const { wire, router, host, six, clock, assigned, client } = bench({ managed: true })
    const heard = lend(router)
    while (assigned().length === 0) clock.runFor(MILLISECOND)
    expect(assigned()).toMatchObject([{ address: LENT, prefixLength: 128, state: 'TENTATIVE' }])
    wire.frames.length = 0
    clock.runFor(1100 * MILLISECOND)
    expect(assigned()[0].state).toBe('PREFERRED')
    expect(six.sources.some(({ address }) => address === LENT)).toBe(true)
    expect(heard.map(({ type }) => type)).toEqual(['SOLICIT'])
    // The last four octets of the station, and a DUID-LL of it.
    expect(heard[0].associations?.[0].iaid).toBe(0x0000000a)
    expect([...heard[0].clientIdentifier!]).toEqual([0, 3, 0, 1, 2, 0, 0, 0, 0, 10])
    expect(host.resolver.servers.map(formatIp)).toEqual(['fe80::53%eth0'])
    expect(host.resolver.search).toEqual(['lab.test'])
    expect(client.counters.dropped).toEqual({})
    let reached: boolean | undefined
    router.ping('2001:db8:1::100', { timeLimit: 2 * SECOND }, ({ ok }) => {
      reached = ok
    })
    clock.runFor(3 * SECOND)
    expect(reached).toBe(true)
    client.release()
    clock.runFor(SECOND)
    expect(heard.at(-1)?.type).toBe('RELEASE')
    expect([assigned(), host.resolver.servers]).toEqual([[], []])
  })

  it('asks for name servers where it says O, by messages without fault', () => {
    const names = { nameServers: ['2001:db8::53'], searchDomains: ['lab.test'], refreshSeconds: 1200 }
    const { wire, host, client, clock, server, assigned } = bench({ otherConfiguration: true }, {}, names)
    clock.runFor(10 * SECOND)
    expect([client.state, assigned()]).toEqual(['INFORMED', []])
    expect(host.resolver.servers.map(formatIp)).toEqual(['2001:db8::53'])
    expect(host.resolver.search).toEqual(['lab.test'])
    expect(server?.counters).toEqual({ requests: 1, replies: 1, dropped: {} })
    clock.runFor(1202 * SECOND)
    expect(server?.counters.requests).toBe(2)
    const rows = dissect(wire.frames, [
      '_ws.malformed',
      'dhcpv6.msgtype',
      'ipv6.src',
      'ipv6.dst',
      'udp.port',
      'ipv6.hlim',
    ])
    const ours = rows.filter(([, type]) => type !== '')
    expect(ours.slice(0, 2)).toEqual([
      ['', '11', 'fe80::ff:fe00:a', 'ff02::1:2', '546,547', '1'],
      ['', '7', ROUTER, 'fe80::ff:fe00:a', '547,546', '64'],
    ])
    expect(ours.filter(([malformed]) => malformed !== '')).toEqual([])
  })

  it('asks nobody where it says neither', () => {
    const { client, clock } = bench({})
    clock.runFor(100 * SECOND)
    expect([client.state, client.counters.sent]).toEqual(['STOPPED', {}])
  })

  it('asks whatever routers say, where a person wants it', () => {
    const { client, clock, router, assigned } = bench({}, { mode: 'stateful' })
    lend(router)
    clock.runFor(10 * SECOND)
    expect(assigned().map(({ address }) => formatIpv6(address))).toEqual(['2001:db8:1::100'])
    expect(client.state).toBe('BOUND')
    const [{ validUntil }] = assigned()
    clock.runFor(101 * SECOND)
    // Renewed at T1, 100 s after it was lent: its lifetimes begin anew.
    expect(client.counters.sent.RENEW).toBe(1)
    expect((assigned()[0].validUntil - validUntil) / SECOND).toBeCloseTo(100, 1)
  })

  it('declines an address that another station has, and is without it', () => {
    const { wire, client, clock, router, assigned } = bench({ managed: true })
    const heard = lend(router)
    while (assigned().length === 0) clock.runFor(MILLISECOND)
    wire.say(
      frameOf(ipv6('ff02::1'), [136, 0, 0, 0, 0x20, 0, 0, 0, ...addressOctets(LENT), 2, 1, 2, 0, 0, 0, 0xba, 0xd0]),
    )
    expect(assigned()).toEqual([])
    expect(heard.map(({ type }) => type)).toEqual(['SOLICIT', 'DECLINE'])
    expect(client.counters.duplicates).toBe(1)
  })

  it('is deprecated and gone with its lifetimes, when nobody renews it', () => {
    const { client, clock, router, assigned, six } = bench({ managed: true })
    lend(router)
    clock.runFor(10 * SECOND)
    expect(client.state).toBe('BOUND')
    for (const port of [...router.udp.ports()]) port.close()
    clock.runFor(200 * SECOND)
    expect(assigned()).toMatchObject([{ state: 'DEPRECATED' }])
    clock.runFor(100 * SECOND)
    expect(assigned()).toEqual([])
    expect(six.sources.some(({ address }) => address === LENT)).toBe(false)
    expect(client.state).toBe('SOLICITING')
  })

  it('counts that another has its port, and goes on', () => {
    const { host, client, clock, router } = bench({ managed: true })
    lend(router)
    host.udp.bind({ address: UNSPECIFIED6, port: 546 })
    clock.runFor(20 * SECOND)
    expect(client.state).toBe('STOPPED')
    expect(client.counters.dropped).toEqual({ 'DHCPv6 port taken': 1 })
    expect(() => client.start('stateful')).toThrow(/another client or server of DHCPv6, or a socket, has UDP port 546/)
  })

  it('cannot be had on an interface without IPv6', () => {
    const { host } = bench({})
    const device = new Ipv6Wire().plug('02:00:00:00:00:0c')
    const four = host.addInterface({ name: 'eth4', device, ipv6: false })
    expect(() => startDhcpv6(host, four)).toThrow(/DHCPv6 on eth4: the interface speaks IPv4 alone/)
  })
})

describe('a stateless server (RFC 9915 18.3.6, 16)', () => {
  const names = { nameServers: ['2001:db8::53'], searchDomains: ['lab.test'] }

  /** What a host without a client says to it, and what it answers. */
  function asking() {
    const { wire, router, clock, server } = bench({}, { mode: 'stateless', startDelay: 1e15 }, names)
    const stranger = wire.host('b', '02:00:00:00:00:0b', { addresses: ['2001:db8:1::b/64'] })
    const port = stranger.udp.bind({ address: UNSPECIFIED6, port: 546 }, { via: 'eth0' })
    const answers: Dhcpv6Message[] = []
    port.handleDatagram = (octets, start, end) => answers.push(parseDhcpv6(octets, start, end) as Dhcpv6Message)
    clock.runFor(5 * SECOND)
    const say = (octets: Uint8Array, to: Ipv6Address = allDhcpServers('eth0'), from?: Ipv6Address) => {
      port.send(octets, 0, octets.length, to, 547, from)
      clock.runFor(SECOND)
    }
    return { say, answers, server: server!, router, stranger, clock }
  }

  it('tells what it is asked for, and no more', () => {
    const { say, answers } = asking()
    const client = Uint8Array.of(0, 4, ...Array(16).fill(7))
    say(emitDhcpv6({ type: 'INFORMATION-REQUEST', transactionId: 5, clientIdentifier: client, requested: [24, 31] }))
    say(emitDhcpv6({ type: 'INFORMATION-REQUEST', transactionId: 6 }))
    expect(answers).toEqual([
      {
        type: 'REPLY',
        transactionId: 5,
        clientIdentifier: client,
        serverIdentifier: SERVER_DUID,
        searchDomains: ['lab.test'],
      },
      { type: 'REPLY', transactionId: 6, serverIdentifier: SERVER_DUID },
    ])
  })

  it('is silent to all else, and counts why', () => {
    const { say, answers, server } = asking()
    const ask = { type: 'INFORMATION-REQUEST', transactionId: 5 } as const
    say(emitDhcpv6({ ...ask, type: 'SOLICIT' }))
    say(emitDhcpv6({ ...ask, serverIdentifier: Uint8Array.of(0, 3, 0, 1, 9) }))
    say(emitDhcpv6({ ...ask, associations: [{ iaid: 1, t1Seconds: 0, t2Seconds: 0, addresses: [] }] }))
    say(emitDhcpv6(ask), ipv6(`${ROUTER}%eth0`))
    say(emitDhcpv6(ask), allDhcpServers('eth0'), ipv6('2001:db8:1::b'))
    say(Uint8Array.of(11, 0))
    say(Uint8Array.of(12, 0, ...Array(32).fill(0)))
    expect(answers).toEqual([])
    expect(server.counters).toEqual({
      requests: 0,
      replies: 0,
      dropped: {
        'DHCPv6 not an information request': 1,
        'DHCPv6 for another server': 1,
        'DHCPv6 information request with addresses': 1,
        'DHCPv6 to one address': 1,
        'DHCPv6 not from the link': 1,
        'DHCPv6 truncated': 1,
        'DHCPv6 message type': 1,
      },
    })
    say(emitDhcpv6({ ...ask, serverIdentifier: SERVER_DUID }))
    expect(answers.length).toBe(1)
  })

  it.each<[Dhcpv6ServerSettings, RegExp]>([
    [{ nameServers: ['ff02::1'] }, /"ff02::1" as a name server: give a host's address/],
    [{ nameServers: Array(17).fill('2001:db8::1') }, /17 name servers: give 16 at most/],
    [{ searchDomains: ['a..b'] }, /"a..b" is not a domain name/],
    [{ refreshSeconds: 599 }, /a refresh time of 599 s: give 600 to 4294967295/],
  ])('cannot be made to tell %j', (settings, message) => {
    const { router } = bench({})
    expect(() => startDhcpv6Server(router, router.interfaces[0], settings)).toThrow(message)
  })
})

it('what a router says is the link’s: one that says M is enough, and it is over when the link is', () => {
  const { wire, six, clock } = bench({})
  clock.runFor(10 * SECOND)
  const told: string[] = []
  six.onService((service) => told.push(service))
  const say = (flags: number, from: string) =>
    wire.say(
      frameOf(ipv6('ff02::1'), [134, 0, 0, 0, 64, flags, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0], { source: ipv6(from) }),
    )
  say(0x40, 'fe80::1')
  say(0x80, 'fe80::2')
  say(0, 'fe80::1')
  expect([six.service, told]).toEqual(['addresses', ['other', 'addresses']])
  six.linkChanged(false)
  expect([six.service, told.at(-1)]).toEqual(['none', 'none'])
})
