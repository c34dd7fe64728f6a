/** A router of IPv6: datagrams passed on (RFC 8200 3, RFC 4443), and what it tells the hosts of its links (RFC 4861 6.2, 8.2). */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import type { PingResult } from '../icmp/ping.js'
import type { RouterSettings } from '../nd/router-settings.js'
import { checksum } from '../wire/checksum.js'
import { parseDiscoveryOptions } from '../wire/neighbour-discovery.js'
import { ipv6PseudoHeader } from '../wire/pseudo-header.js'
import { formatIpv6, readIpv6, writeIpv6 } from './address.js'
import { Ipv6RouterSide } from './ipv6-router-side.js'
import { Ipv6Side } from './ipv6-side.js'

const ROUTER_WEST = '02:00:00:00:00:01'
const ROUTER_EAST = '02:00:00:00:00:02'
// Modified EUI-64 (RFC 4291 appendix A)
const LINK_WEST = 'fe80::ff:fe00:1'
const WEST: RouterSettings = { prefixes: ['2001:db8:1::/64'] }

/** A router between two wires, and a host on each. @param mtu of the east */
function between(west: RouterSettings = WEST, mtu?: number) {
  const near = new Ipv6Wire()
  const far = new Ipv6Wire(near.clock)
  const router = new Stack({ clock: near.clock, random: new SeededRandom(4861), name: 'router', ipv6: Ipv6RouterSide })
  router.addInterface({
    name: 'west',
    device: near.plug(ROUTER_WEST),
    ipv6: { addresses: ['2001:db8:1::1/64'], advertise: west },
  })
  router.addInterface({
    name: 'east',
    device: far.plug(ROUTER_EAST),
    ipv6: { addresses: ['2001:db8:2::1/64'], advertise: { prefixes: ['2001:db8:2::/64'] } },
    ...(mtu === undefined ? {} : { mtu }),
  })
  const a = near.host('a', '02:00:00:00:00:0a')
  const b = far.host('b', '02:00:00:00:00:0b', { addresses: ['2001:db8:2::b/64'] })
  near.clock.runFor(30 * SECOND)
  const ping = (from: Stack, to: string, options = {}): PingResult | undefined => {
    let result: PingResult | undefined
    from.ping(to, { size: 56, timeLimit: 4 * SECOND, ...options }, (answer) => {
      result = answer
    })
    near.clock.runFor(6 * SECOND)
    return result
  }
  return { near, far, router, a, b, clock: near.clock, ping, dropped: () => router.counters().ipv6?.dropped }
}

/** What is said on a wire from now on of one type of ICMPv6: when in seconds, and the message. */
function heard(wire: Ipv6Wire, type: number): { at: number; message: Uint8Array }[] {
  const found: { at: number; message: Uint8Array }[] = []
  wire.onFrame((frame) => {
    if (frame[12] === 0x86 && frame[20] === 58 && frame[54] === type)
      found.push({ at: wire.clock.now / SECOND, message: frame.slice(54) })
  })
  return found
}

describe('hosts between which a router is', () => {
  it('have addresses and a way of its telling, and reach each other, with one hop less', () => {
    const { near, a, b, router, ping } = between()
    const own = a.interfaces[0].ipv6!
    expect(own.addresses.map(({ prefixLength, origin }) => `${origin}/${prefixLength}`)).toEqual([
      'link-local/64',
      'advertised/64',
    ])
    expect(own.routers.map(formatIpv6)).toEqual([`${LINK_WEST}%eth0`])
    const echoes: number[] = []
    near.onFrame((frame) => {
      if (frame[54] === 129) echoes.push(frame[21])
    })
    expect(ping(a, '2001:db8:2::b')).toMatchObject({ ok: true })
    expect(ping(b, formatIpv6(own.addresses[1].address))).toMatchObject({ ok: true })
    // 64 at its start (RFC 8200 has no figure; the router advises 64), 63 behind the router
    expect(echoes).toEqual([63, 64])
    expect(router.counters().ipv6).toMatchObject({ forwarded: 4 })
    expect(ping(a, '2001:db8:2::b', { size: 5000 })).toMatchObject({ ok: true })
  })

  it('are reported what cannot be passed on (RFC 4443 3)', () => {
    const { a, dropped, ping } = between()
    expect(ping(a, '2001:db8:2::b', { timeToLive: 1 })).toMatchObject({ ok: false, reason: 'time exceeded' })
    expect(ping(a, '2001:db8:77::1')).toMatchObject({ ok: false, reason: 'unreachable' })
    // Nobody has it: the router asks three times, a second apart, and tells then (RFC 4861 7.2.2)
    expect(ping(a, '2001:db8:2::99')).toMatchObject({ ok: false, reason: 'unreachable' })
    expect(dropped()).toMatchObject({ 'hop limit': 1, 'no route to pass on': 1 })
  })

  it('have passed on whatever headers they write, and what is behind them, octet for octet but for the hop limit', () => {
    const { near, far, ping, a } = between()
    ping(a, '2001:db8:2::b') // its station is known
    const through = { source: ipv6('2001:db8:1::5'), to: ROUTER_WEST, hopLimit: 9 }
    for (const [next, before] of [
      [60, [59, 0, 0xde, 4, 1, 2, 3, 4]], // an option that is to be reported, then nothing, and octets behind it
      [99, [1, 2, 3, 4]], // a header that nobody knows
      [43, [58, 2, 0, 1, 0, 0, 0, 0, ...Array(16).fill(7)]], // a route that goes on, but not here
      [44, [58, 0, 0, 8, 0, 0, 0, 7]],
    ] as const) {
      const frame = frameOf(ipv6('2001:db8:2::b'), [128, 0, 0, 0, 9, 8, 7, 6], { ...through, next, before })
      far.frames.length = 0
      near.say(frame)
      const expected = frame.slice(14)
      expected[7] = 8
      expect(far.frames.map((each) => [...each.subarray(14)])).toContainEqual([...expected])
    }
    far.frames.length = 0
    for (const hopLimit of [0, 1])
      near.say(frameOf(ipv6('2001:db8:2::b'), [128, 0, 0, 0, 0, 1, 0, 1], { ...through, hopLimit }))
    expect(far.frames.filter((frame) => frame[20] === 58 && frame[54] === 128)).toEqual([])
  })

  it('learn how long a datagram may be on the way (RFC 8201)', () => {
    const { near, a, dropped, ping } = between(WEST, 1280)
    const tooBig = heard(near, 2)
    // The first is lost, and shows it; what is sent then comes in fragments that pass.
    ping(a, '2001:db8:2::b', { size: 1400 })
    expect(tooBig).toHaveLength(1)
    expect(Array.from(tooBig[0].message.subarray(4, 8))).toEqual([0, 0, 1280 >> 8, 1280 & 0xff])
    expect(ping(a, '2001:db8:2::b', { size: 1400 })).toMatchObject({ ok: true })
    expect(dropped()).toMatchObject({ 'too long to pass on': 1 })
  })

  it('have each connection learn it, and not only the first to one destination (RFC 8201 5.1)', () => {
    const { near, a, b, clock } = between()
    b.tcp.listen({ address: ipv6('::'), port: 9 })
    const connections = [1, 2, 3].map(() => a.tcp.connect({ address: ipv6('2001:db8:2::b'), port: 9 }))
    clock.runFor(SECOND)
    const full: Uint8Array[] = []
    const end = near.onFrame((frame) => {
      if (frame.length === 1514) full.push(frame.slice(14))
    })
    for (const connection of connections) connection.write(new Uint8Array(1500))
    end()
    expect(full).toHaveLength(3)
    // Type 2, an MTU of 1280, and as much of what was too long as 1280 octets hold (RFC 4443 3.2)
    for (const datagram of full) {
      const message = [2, 0, 0, 0, 0, 0, 1280 >> 8, 1280 & 0xff, ...datagram.subarray(0, 1280 - 48)]
      near.say(frameOf(a.interfaces[0].ipv6!.addresses[1].address, message, { source: ipv6(LINK_WEST), hopLimit: 64 }))
    }
    expect(connections.map((connection) => connection.info().pathMtu)).toEqual([1280, 1280, 1280])
  })

  it('do not get what is of one link only passed on (RFC 4007 9)', () => {
    const { near, far, dropped } = between()
    far.frames.length = 0
    const echo = [128, 0, 0, 0, 0, 1, 0, 1]
    const unreachable = heard(near, 1)
    const toRouter = { to: ROUTER_WEST, hopLimit: 64 }
    near.say(frameOf(ipv6('fe80::77'), echo, { ...toRouter, source: ipv6('2001:db8:1::5') }))
    near.say(frameOf(ipv6('2001:db8:2::b'), echo, toRouter))
    expect(dropped()).toMatchObject({ 'link-local to pass on': 2 })
    expect(far.frames.filter((frame) => frame[54] === 128)).toEqual([])
    // The sender of the second is told that its scope ends here (RFC 4443 3.1); it has to be asked for first.
    const answer = new Uint8Array([136, 0, 0, 0, 0x60, 0, 0, 0, ...octetsOf('fe80::bad'), 2, 1, 2, 0, 0, 0, 0xba, 0xd0])
    near.say(frameOf(ipv6(LINK_WEST), [...answer], { to: ROUTER_WEST }))
    expect(unreachable.map(({ message }) => message[1])).toEqual([2])
  })

  it('are sent to the better hop where that is on their own link (RFC 4861 8.2)', () => {
    const { near, router, a, clock, ping } = between()
    const other = near.host('c', '02:00:00:00:00:0c', { addresses: ['2001:db8:3::c/64'] })
    clock.runFor(10 * SECOND)
    router.addRoute('2001:db8:3::/64', 'fe80::ff:fe00:c%west')
    const redirects = heard(near, 137)
    ping(a, '2001:db8:3::c')
    expect(redirects.length).toBeGreaterThan(0)
    const { message } = redirects[0]
    expect(formatIpv6(readIpv6(message, 8))).toBe('fe80::ff:fe00:c')
    expect(formatIpv6(readIpv6(message, 24))).toBe('2001:db8:3::c')
    const options = parseDiscoveryOptions(message, 40, message.length)
    expect([...options!.targetMac!]).toEqual([2, 0, 0, 0, 0, 0x0c])
    // What shows it is quoted whole: type 4, its length in eights, the datagram from its version on (4.6.3)
    expect(message[48]).toBe(4)
    expect(message[49] * 8).toBe(message.length - 48)
    expect(message[56] >> 4).toBe(6)
    // And it is believed: the next goes past the router.
    const before = router.counters().ipv6?.forwarded
    expect(ping(a, '2001:db8:3::c')).toMatchObject({ ok: true })
    expect(router.counters().ipv6?.forwarded).toBeLessThanOrEqual(before! + 1)
    expect(other.counters().icmpv6?.echoesAnswered).toBeGreaterThan(0)
  })

  it('reach a network by the router that is named for it, and no longer when that is taken back', () => {
    const { router, a, ping, far, clock } = between()
    far.host('c', '02:00:00:00:00:0c', { addresses: ['2001:db8:9::c/64'], gateways: [ipv6('fe80::ff:fe00:2')] })
    clock.runFor(10 * SECOND)
    expect(ping(a, '2001:db8:9::c')).toMatchObject({ ok: false })
    router.addRoute('2001:db8:9::/64', 'fe80::ff:fe00:c%east')
    expect(ping(a, '2001:db8:9::c')).toMatchObject({ ok: true })
    expect(router.removeRoute('2001:db8:9::/64')).toBe(true)
    expect(router.removeRoute('2001:db8:9::/64')).toBe(false)
    expect(ping(a, '2001:db8:9::c')).toMatchObject({ ok: false })
    expect(() => router.addRoute('2001:db8:9::1/64', 'fe80::1%east')).toThrow('write 2001:db8:9::/64')
    expect(() => router.addRoute('2001:db8:9::/64', 'fe80::1%north')).toThrow('no interface is on its link')
  })
})

describe('a router’s advertisements (RFC 4861 6.2)', () => {
  /** A router on a wire with nobody else. */
  function alone(advertise: RouterSettings, name = 'r', station = ROUTER_WEST, wire = new Ipv6Wire()) {
    const said = heard(wire, 134)
    const router = wire.host(name, station, { addresses: ['2001:db8:1::1/64'], advertise }, undefined, Ipv6RouterSide)
    return { wire, router, said, six: router.interfaces[0].ipv6! }
  }

  it('say what it was given, in the octets of RFC 4861, RFC 4191 and RFC 8106', () => {
    const { wire, said } = alone({
      prefixes: [
        '2001:db8:1::/64',
        { prefix: '2001:db8:5::/48', onLink: false, autonomous: false, validSeconds: 9, preferredSeconds: 8 },
      ],
      lifetimeSeconds: 1800,
      preference: 'low',
      routes: [{ prefix: '2001:db8:8000::/33', preference: 'high', lifetimeSeconds: 77 }, '::/0'],
      hopLimit: 61,
      mtu: 1400,
      reachableMilliseconds: 30_000,
      retransMilliseconds: 1_000,
      nameServers: ['2001:db8::53'],
      searchDomains: ['lab.test'],
      otherConfiguration: true,
    })
    wire.clock.runFor(5 * SECOND)
    const message = said[0].message
    message.fill(0, 2, 4)
    expect([...message]).toEqual([
      // 4.2: type, code, checksum, hop limit, M O and preference 11, lifetime 1800, reachable time, retrans timer
      ...[134, 0, 0, 0, 61, 0x40 | 0x18, 7, 8, 0, 0, 0x75, 0x30, 0, 0, 3, 0xe8],
      ...[1, 1, 2, 0, 0, 0, 0, 1],
      ...[5, 1, 0, 0, 0, 0, 5, 0x78],
      // 4.6.2: 30 days are 2592000 s, 7 days 604800
      ...[3, 4, 64, 0xc0, 0, 0x27, 0x8d, 0, 0, 9, 0x3a, 0x80, 0, 0, 0, 0, ...octetsOf('2001:db8:1::')],
      ...[3, 4, 48, 0, 0, 0, 0, 9, 0, 0, 0, 8, 0, 0, 0, 0, ...octetsOf('2001:db8:5::')],
      // RFC 4191 2.3
      ...[24, 2, 33, 0x08, 0, 0, 0, 77, ...octetsOf('2001:db8:8000::').slice(0, 8)],
      ...[24, 1, 0, 0, 0, 0, 7, 8],
      // RFC 8106 5.1, 5.2: three intervals of 600 s
      ...[25, 3, 0, 0, 0, 0, 7, 8, ...octetsOf('2001:db8::53')],
      ...[31, 3, 0, 0, 0, 0, 7, 8, 3, 0x6c, 0x61, 0x62, 4, 0x74, 0x65, 0x73, 0x74, 0, 0, 0, 0, 0, 0, 0],
    ])
  })

  it('come thrice within 16 s each, then between the intervals, by chance', () => {
    const { wire, said } = alone({ ...WEST, maximumIntervalSeconds: 100, minimumIntervalSeconds: 50 })
    wire.clock.runFor(1000 * SECOND)
    const gaps = said.slice(1).map(({ at }, i) => at - said[i].at)
    expect(gaps.slice(0, 2).every((gap) => gap > 0 && gap <= 16)).toBe(true)
    const later = gaps.slice(2)
    expect(later.length).toBeGreaterThan(8)
    expect(later.every((gap) => gap >= 50 && gap <= 100)).toBe(true)
    expect(new Set(later).size).toBe(later.length)
  })

  it('answer who asks within half a second, but never twice within three (6.2.6)', () => {
    const { wire, said, six } = alone({ ...WEST, maximumIntervalSeconds: 1800 })
    wire.clock.runFor(100 * SECOND)
    said.length = 0
    const solicit = () =>
      wire.say(
        frameOf(ipv6('ff02::2'), [133, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0xba, 0xd0], { to: '33:33:00:00:00:02' }),
      )
    const asked = wire.clock.now / SECOND
    for (let i = 0; i < 5; i++) solicit()
    wire.clock.runFor(SECOND)
    expect(said).toHaveLength(1)
    expect(said[0].at - asked).toBeLessThanOrEqual(0.56)
    for (let i = 0; i < 300; i++) {
      solicit()
      wire.clock.runFor(100 * MILLISECOND)
    }
    const gaps = said.slice(1).map(({ at }, i) => at - said[i].at)
    expect(gaps.length).toBeGreaterThan(5)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3.7)
    expect(six.counters.router).toMatchObject({ solicitations: 305 })
  })

  it('are not asked for by what is no solicitation (6.1.1)', () => {
    const { wire, said, router } = alone({ ...WEST, maximumIntervalSeconds: 1800 })
    wire.clock.runFor(100 * SECOND)
    said.length = 0
    const withMac = [133, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0xba, 0xd0]
    const to = { to: '33:33:00:00:00:02' }
    wire.say(frameOf(ipv6('ff02::2'), withMac, { ...to, hopLimit: 254 }))
    wire.say(frameOf(ipv6('ff02::2'), withMac, { ...to, source: ipv6('::') }))
    wire.say(frameOf(ipv6('ff02::2'), [133, 1, 0, 0, 0, 0, 0, 0], to))
    wire.say(frameOf(ipv6('ff02::2'), [133, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], to))
    wire.clock.runFor(10 * SECOND)
    expect(said).toEqual([])
    expect(router.counters().icmpv6?.dropped).toMatchObject({
      'discovery from another link': 1,
      'discovery not credible': 1,
      'discovery malformed': 2,
    })
  })

  it('end with one of lifetime 0, which hosts believe at once (6.2.5)', () => {
    const { wire, router, said } = alone({ ...WEST, nameServers: ['2001:db8::53'] })
    const host = wire.host('h', '02:00:00:00:00:0a')
    wire.clock.runFor(30 * SECOND)
    const own = host.interfaces[0].ipv6!
    expect([own.routers.length, own.names.servers.length]).toEqual([1, 1])
    said.length = 0
    router.interfaces[0].stop()
    wire.clock.runFor(2000 * SECOND)
    expect(said.map(({ message }) => [message[6], message[7]])).toEqual([[0, 0]])
    expect([own.routers.length, own.names.servers.length]).toEqual([0, 0])
    // Begun again, it is one again.
    router.interfaces[0].start()
    wire.clock.runFor(10 * SECOND)
    expect(own.routers).toHaveLength(1)
  })

  it('of two routers that contradict each other are reported, once for each contradiction (6.2.7)', () => {
    const wire = new Ipv6Wire()
    const { six } = alone({ ...WEST, mtu: 1400, maximumIntervalSeconds: 10 }, 'r', ROUTER_WEST, wire)
    const told: string[] = []
    six.router!.onInconsistent((router, what) => told.push(`${formatIpv6(router)} ${what.join(', ')}`))
    const other: RouterSettings = {
      prefixes: [{ prefix: '2001:db8:1::/64', validSeconds: 5000 }],
      hopLimit: 32,
      mtu: 1500,
      managed: true,
      maximumIntervalSeconds: 10,
    }
    wire.host('s', ROUTER_EAST, { advertise: other }, undefined, Ipv6RouterSide)
    wire.clock.runFor(100 * SECOND)
    expect(told).toEqual(['fe80::ff:fe00:2%eth0 hop limit, managed flag, MTU, valid lifetime, preferred lifetime'])
    expect(six.counters.router!.inconsistent).toBeGreaterThan(5)
    // And what the other says is not believed.
    expect([six.hopLimit, six.mtu, six.routers]).toEqual([64, 1500, []])
  })

  it('are none of a host, which says who sends them', () => {
    const wire = new Ipv6Wire()
    expect(() => wire.host('h', ROUTER_WEST, { advertise: WEST })).toThrow('make its stack with ipv6: Ipv6RouterSide')
  })

  it.each<[RouterSettings, RegExp]>([
    [{ prefixes: ['2001:db8:1::1/64'] }, /2001:db8:1::1\/64: give a network with nothing behind/],
    [{ prefixes: ['fe80::/64'] }, /neither link-local/],
    [{ prefixes: ['2001:db8::/48'], lifetimeSeconds: 30 }, /a lifetime of 30: give a whole number, 600 to 9000/],
    [{ prefixes: [{ prefix: '2001:db8::/48', autonomous: true }] }, /a prefix of 64 bits is/],
    [{ prefixes: [{ prefix: '2001:db8::/64', validSeconds: 5, preferredSeconds: 6 }] }, /0 to 5/],
    [{ mtu: 1279 }, /an MTU of 1279: give a whole number, 1280 to 1500/],
    [{ maximumIntervalSeconds: 3 }, /a longest interval of 3: give a whole number, 4 to 1800/],
    [{ maximumIntervalSeconds: 40, minimumIntervalSeconds: 31 }, /3 to 30/],
    [{ nameServers: ['ff02::1'] }, /"ff02::1" as a name server/],
    [{ searchDomains: ['a..b'] }, /"a\.\.b" is not a domain name/],
    [
      { searchDomains: Array.from({ length: 16 }, (_, i) => `${'x'.repeat(60)}${i}.${'y'.repeat(60)}.test`) },
      /announce less/,
    ],
  ])('cannot say %j', (advertise, message) => {
    expect(() => alone(advertise)).toThrow(message)
  })

  it('say that the router is one in answers to questions (4.4), and nothing of it in those of a host', () => {
    const { wire } = alone(WEST)
    wire.host('h', '02:00:00:00:00:0a', { addresses: ['2001:db8:1::a/64'] })
    wire.clock.runFor(10 * SECOND)
    const answers = heard(wire, 136)
    for (const [target, group] of [
      ['2001:db8:1::1', 'ff02::1:ff00:1'],
      ['2001:db8:1::a', 'ff02::1:ff00:a'],
    ]) {
      const question = [135, 0, 0, 0, 0, 0, 0, 0, ...octetsOf(target), 1, 1, 2, 0, 0, 0, 0xba, 0xd0]
      const last = Number.parseInt(target.slice(-1), 16)
      wire.say(frameOf(ipv6(group), question, { to: `33:33:ff:00:00:0${last.toString(16)}` }))
    }
    expect(answers.map(({ message }) => message[4])).toEqual([0xe0, 0x60])
  })
})

describe('a host’s routes by RFC 4191', () => {
  /** Two routers on a wire with a host: r at ROUTER_WEST, s at ROUTER_EAST. */
  function two(r: RouterSettings, s: RouterSettings) {
    const wire = new Ipv6Wire()
    const routers = [r, s].map((advertise, at) =>
      wire.host(`r${at}`, [ROUTER_WEST, ROUTER_EAST][at], { advertise }, undefined, Ipv6RouterSide),
    )
    const host = wire.host('h', '02:00:00:00:00:0a', { addresses: ['2001:db8:1::a/64'] })
    wire.clock.runFor(30 * SECOND)
    const own = host.interfaces[0].ipv6!
    const by = (destination: string) => {
      const exit = own.exitTo(ipv6(destination))
      return exit === undefined ? undefined : formatIpv6(exit.nextHop).replace('%eth0', '')
    }
    return { wire, routers, host, own, by }
  }
  const R = 'fe80::ff:fe00:1'
  const S = 'fe80::ff:fe00:2'

  it('go to the default router that is preferred', () => {
    expect(two({ preference: 'low' }, {}).by('2001:db8:77::1')).toBe(S)
    expect(two({ preference: 'high' }, {}).by('2001:db8:77::1')).toBe(R)
    expect(two({}, { preference: 'high' }).by('2001:db8:77::1')).toBe(S)
  })

  it('go by the longest prefix, whatever the preference, then by preference (3.2)', () => {
    const { by } = two(
      { preference: 'high', routes: [{ prefix: '2001:db8:8000::/34', preference: 'low' }, '2001:db8:4000::/34'] },
      {
        routes: [
          { prefix: '2001:db8:8000::/33', preference: 'high' },
          { prefix: '2001:db8:4000::/34', preference: 'high' },
        ],
      },
    )
    expect(by('2001:db8:8001::1')).toBe(R)
    expect(by('2001:db8:c001::1')).toBe(S)
    expect(by('2001:db8:4001::1')).toBe(S)
    expect(by('2001:db8:1::77')).toBe('2001:db8:1::77')
    expect(by('2001:db9::1')).toBe(R)
  })

  it('have the route ::/0 say more of a default router than its header (3.1)', () => {
    const { by, own } = two(
      { lifetimeSeconds: 0, routes: [{ prefix: '::/0', preference: 'low' }] },
      { lifetimeSeconds: 0 },
    )
    expect(by('2001:db8:77::1')).toBe(R)
    expect(own.routers.map(formatIpv6)).toEqual([`${R}%eth0`])
  })

  it('end with their lifetime, and go elsewhere while their router is silent', () => {
    const { wire, routers, host, by } = two({}, { routes: ['2001:db8:8000::/33'], maximumIntervalSeconds: 20 })
    expect(by('2001:db8:8000::1')).toBe(S)
    // It vanishes: no farewell. Whoever sends finds out, and the other router is tried.
    routers[1].interfaces[0].device.handleFrame = undefined
    routers[1].interfaces[0].device.send = () => true
    host.ping('2001:db8:8000::1', { timeLimit: SECOND }, () => {})
    wire.clock.runFor(30 * SECOND)
    expect(by('2001:db8:8000::1')).toBe(R)
    wire.clock.runFor(60 * SECOND)
    expect(host.interfaces[0].ipv6!.routes).toEqual([])
  })
})

it('a router and its hosts, whatever is said to them, throw nothing, hold nothing afterwards, and go on', () => {
  const { near, router, a, clock, ping } = between()
  const random = new SeededRandom(8200)
  const transit = { source: ipv6('2001:db8:1::77'), to: ROUTER_WEST, hopLimit: 64 }
  const group = { to: '33:33:00:00:00:01' }
  const quoted = frameOf(ipv6('2001:db8:2::b'), [128, 0, 0, 0, 0, 1, 0, 1], transit).subarray(14)
  const kinds = [
    frameOf(ipv6('2001:db8:2::b'), [128, 0, 0, 0, 0, 1, 0, 1, ...Array(100).fill(7)], transit),
    frameOf(ipv6('2001:db8:1::b'), [128, 0, 0, 0, 0, 1, 0, 1], transit),
    frameOf(ipv6('2001:db8:2::b'), [128, 0, 0, 0, 0, 1, 0, 1], {
      ...transit,
      next: 44,
      before: [58, 0, 0, 9, 0, 0, 0, 9],
    }),
    frameOf(ipv6('2001:db8:2::b'), [1, 0, 0, 0, 0, 0, 0, 0, ...quoted], { ...transit, hopLimit: 1 }),
    frameOf(ipv6('ff02::2'), [133, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0xba, 0xd0], { to: '33:33:00:00:00:02' }),
    frameOf(
      ipv6('ff02::1'),
      [
        ...[134, 0, 0, 0, 64, 8, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0],
        ...[24, 3, 65, 8, 0, 0, 1, 0, ...octetsOf('2001:db8:8000::')],
        ...[24, 2, 33, 0x18, 0, 0, 1, 0, ...octetsOf('2001:db8:8000::').slice(0, 8)],
        ...[24, 1, 0, 0, 0, 0, 1, 0],
        ...[3, 4, 64, 0xc0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, ...octetsOf('2001:db8:1::')],
      ],
      group,
    ),
  ]
  for (let i = 0; i < 10_000; i++) {
    const frame = kinds[random.below(kinds.length)].slice()
    for (let spoils = random.below(4); spoils > 0; spoils--)
      frame[14 + random.below(frame.length - 14)] = random.below(256)
    // Mostly with a checksum that holds, as far as the headers go
    if (random.below(4) > 0 && frame[20] === 58) sealAgain(frame)
    const end = random.below(8) === 0 ? 14 + random.below(frame.length - 14) : frame.length
    for (const stack of [router, a]) stack.interfaces[0].device.handleFrame?.(frame.subarray(0, end))
    if (random.below(64) === 0) clock.runFor(random.below(SECOND))
  }
  expect(router.counters().ipv6!.forwarded).toBeGreaterThan(1000)
  const own = a.interfaces[0].ipv6!
  expect(own.routes.length).toBeGreaterThan(0)
  expect(own.routes.length + own.routers.length).toBeLessThanOrEqual(64)
  // What the strangers said runs out: 256 s, or as long as spoiled octets say.
  clock.runFor(600 * SECOND)
  expect([router.memory.used, a.memory.used]).toEqual([0, 0])
  near.frames.length = 0
  expect(ping(router, '2001:db8:2::b')).toMatchObject({ ok: true })
})

it('a host of a stack with the host’s side passes nothing on', () => {
  const wire = new Ipv6Wire()
  const host = wire.host('h', ROUTER_WEST, { addresses: ['2001:db8:1::1/64'] }, undefined, Ipv6Side)
  wire.clock.runFor(4 * SECOND)
  wire.say(
    frameOf(ipv6('2001:db8:2::b'), [128, 0, 0, 0, 0, 1, 0, 1], { to: ROUTER_WEST, source: ipv6('2001:db8:1::5') }),
  )
  expect(host.counters().ipv6).toMatchObject({ forwarded: 0, dropped: { 'not for this host': 1 } })
})

/** Puts the checksum right that a frame of ICMPv6 without further headers has. */
function sealAgain(frame: Uint8Array): void {
  frame.fill(0, 56, 58)
  const sum = ipv6PseudoHeader(readIpv6(frame, 22), readIpv6(frame, 38), 58, frame.length - 54)
  const own = checksum(frame, 54, frame.length, sum)
  frame[56] = own >> 8
  frame[57] = own
}

function octetsOf(text: string): number[] {
  const octets = new Uint8Array(16)
  writeIpv6(ipv6(text), octets, 0)
  return [...octets]
}
