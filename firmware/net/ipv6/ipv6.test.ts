import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { Services } from '../../services/services.js'
import { Stack } from '../../stack.js'
import type { PingResult } from '../icmp/ping.js'
import { formatIp } from '../ip.js'
import { checksum } from '../wire/checksum.js'
import { ipv6PseudoHeader } from '../wire/pseudo-header.js'
import { formatIpv6, type Ipv6Address, ipv6Interface, readIpv6, writeIpv6 } from './address.js'

const STATION_A = '02:00:00:00:00:0a'
const STATION_B = '02:00:00:00:00:0b'
// Modified EUI-64 (RFC 4291 appendix A) of the stations
const LINK_A = 'fe80::ff:fe00:a%eth0'
const LINK_B = 'fe80::ff:fe00:b%eth0'

function pair(memory?: number) {
  const wire = new Ipv6Wire()
  const a = wire.host('a', STATION_A, { addresses: ['2001:db8::a/64'] }, memory)
  const b = wire.host('b', STATION_B, { addresses: ['2001:db8::b/64'] }, memory)
  wire.clock.runFor(4 * SECOND)
  return { wire, a, b }
}

function ping(wire: Ipv6Wire, from: Stack, to: string, size = 56): PingResult | undefined {
  let result: PingResult | undefined
  from.ping(to, { size, timeLimit: 4 * SECOND }, (answer) => {
    result = answer
  })
  wire.clock.runFor(5 * SECOND)
  return result
}

const ECHO = [128, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8]

/** What `a` sent to the stranger: type, code, and octets 4 to 7. */
function answers(wire: Ipv6Wire): string[] {
  return wire.frames
    .filter((frame) => frame[12] === 0x86 && frame[20] === 58 && frame[54] !== 135 && frame[54] !== 136)
    .map(
      (frame) =>
        `${frame[54]}/${frame[55]} ${((frame[58] << 24) | (frame[59] << 16) | (frame[60] << 8) | frame[61]) >>> 0}`,
    )
}

/** The stranger asks for a host, and so tells its station (RFC 4861 7.2.3). */
function introduce(wire: Ipv6Wire, own: Ipv6Address): void {
  const target = new Uint8Array(16)
  writeIpv6(own, target, 0)
  const question = [135, 0, 0, 0, 0, 0, 0, 0, ...target, 1, 1, 2, 0, 0, 0, 0xba, 0xd0]
  wire.say(frameOf(ipv6('ff02::1:ff00:a'), question, { to: '33:33:ff:00:00:0a' }))
}

/** A host that knows the stranger's station. */
function alone() {
  const wire = new Ipv6Wire()
  const a = wire.host('a', STATION_A, { addresses: ['2001:db8::a/64'] })
  // Nobody answers as a router: it has asked three times
  wire.clock.runFor(20 * SECOND)
  const own = ipv6(LINK_A.replace('%eth0', ''))
  introduce(wire, own)
  wire.frames.length = 0
  return { wire, a, target: own }
}

describe('two hosts on a wire', () => {
  it('find addresses of their own, and answer each other’s echoes on both', () => {
    const { wire, a, b } = pair()
    expect(a.interfaces[0].ipv6?.addresses.map(({ address, state }) => `${formatIpv6(address)} ${state}`)).toEqual([
      `${LINK_A} PREFERRED`,
      '2001:db8::a PREFERRED',
    ])
    for (const to of [LINK_B, '2001:db8::b', 'ff02::1%eth0'])
      expect(ping(wire, a, to), to).toMatchObject({ ok: to !== 'ff02::1%eth0' })
    expect(b.counters().icmpv6?.echoesAnswered).toBe(3)
    expect(ping(wire, a, '::1')).toMatchObject({ ok: true })
    expect(ping(wire, a, '2001:db8::a')).toMatchObject({ ok: true })
    expect(ping(wire, a, LINK_A)).toMatchObject({ ok: true })
  })

  it('send in fragments what one frame does not take', () => {
    const { wire, a, b } = pair()
    for (const size of [1452, 1453, 5000, 65_507])
      expect(ping(wire, a, '2001:db8::b', size), `${size}`).toMatchObject({ ok: true, size })
    expect(b.counters().ipv6?.reassembled).toBe(3)
    expect(b.memory.used).toBe(0)
  })

  it('say that nobody is there, and that there is no way', () => {
    const { wire, a } = pair()
    expect(ping(wire, a, '2001:db8::99')).toMatchObject({ ok: false, reason: 'unreachable' })
    expect(ping(wire, a, '2001:db8:1::99')).toMatchObject({ ok: false, reason: 'unreachable' })
    expect(a.memory.used).toBe(0)
  })

  it('speak TCP and UDP on one listener with both families (RFC 3493 5.3)', () => {
    const { wire, a, b } = pair()
    for (const [stack, address] of [
      [a, '10.0.0.1/24'],
      [b, '10.0.0.2/24'],
    ] as const)
      stack.interfaces[0].configure(address)
    new Services(b, { wallClock: () => 0 }).start('echo')
    for (const [address, from] of [
      ['2001:db8::b', '2001:db8::a'],
      [LINK_B, LINK_A],
      ['::ffff:10.0.0.2', '::ffff:10.0.0.1'],
    ]) {
      const socket = a.socket('ipv6', 'stream')
      socket.connect({ address, port: 7 })
      wire.clock.runFor(SECOND)
      expect(socket.localEndpoint(), address).toMatchObject({ family: 'ipv6', address: from })
      expect(socket.remoteEndpoint().address).toBe(address)
      socket.write(Uint8Array.of(1, 2, 3))
      wire.clock.runFor(SECOND)
      const into = new Uint8Array(9)
      expect(socket.read(into), address).toBe(3)
      socket.close()
      const datagrams = a.socket('ipv6', 'datagram')
      datagrams.sendTo(Uint8Array.of(4, 5), { address, port: 7 })
      wire.clock.runFor(SECOND)
      expect(datagrams.receiveFrom(into), address).toMatchObject({ length: 2, from: { address, port: 7 }, to: from })
      datagrams.close()
    }
    const four = a.socket('ipv4', 'stream')
    four.connect({ address: '10.0.0.2', port: 7 })
    wire.clock.runFor(SECOND)
    expect(four.getOption('state')).toBe('ESTABLISHED')
  })

  it('keep a socket of IPv6 only to IPv6 (RFC 3493 5.3)', () => {
    const { a } = pair()
    const only = a.socket('ipv6', 'stream')
    only.setOption('v6Only', true)
    only.bind({ address: '::', port: 80 })
    only.listen()
    const four = a.socket('ipv4', 'stream')
    four.bind({ address: '0.0.0.0', port: 80 })
    four.listen()
    const both = a.socket('ipv6', 'stream')
    expect(() => both.bind({ address: '::', port: 80 })).toThrow('EADDRINUSE')
    expect(() => both.connect({ address: '192.168.7.2', port: 80 })).toThrow('EINVAL')
    expect(() => four.setOption('v6Only', true)).toThrow('EINVAL')
    const strict = a.socket('ipv6', 'datagram')
    strict.setOption('v6Only', true)
    expect(() => strict.sendTo(Uint8Array.of(1), { address: '::ffff:10.0.0.2', port: 7 })).toThrow('ENETUNREACH')
  })
})

describe('a host that speaks IPv4 alone', () => {
  it('has nothing of IPv6', () => {
    const wire = new Ipv6Wire()
    const stack = new Stack({ clock: wire.clock, random: new SeededRandom(1) })
    const added = stack.addInterface({ name: 'eth0', device: wire.plug(STATION_A), address: '10.0.0.1/24' })
    wire.clock.runFor(10 * SECOND)
    expect(wire.frames).toEqual([])
    expect([stack.ipv6, added.ipv6, stack.counters().ipv6]).toEqual([undefined, undefined, undefined])
    expect(() => stack.socket('ipv6', 'stream')).toThrow(
      'EAFNOSUPPORT: socket ipv6 stream tcp: this host speaks IPv4 only',
    )
    expect(() => stack.ping('fe80::1%eth0', {}, () => {})).toThrow('this host speaks IPv4 only')
  })
})

describe('an address that another has (RFC 4862 5.4)', () => {
  it('is not used, and both say so', () => {
    const wire = new Ipv6Wire()
    wire.host('a', STATION_A, { addresses: ['2001:db8::7/64'] })
    wire.clock.runFor(4 * SECOND)
    const b = wire.host('b', STATION_B, { addresses: ['2001:db8::7/64'] })
    const duplicates: string[] = []
    b.interfaces[0].ipv6?.onDuplicate((address) => duplicates.push(formatIpv6(address)))
    wire.clock.runFor(4 * SECOND)
    expect(duplicates).toEqual(['2001:db8::7'])
    expect(b.interfaces[0].ipv6?.addresses.map(({ state }) => state)).toEqual(['PREFERRED', 'DUPLICATE'])
    expect(b.networks.isOwn(ipv6('2001:db8::7'))).toBe(false)
  })

  it('is nobody else’s where only our own probe comes back (RFC 7527 4.2)', () => {
    const wire = new Ipv6Wire()
    const a = wire.host('a', STATION_A)
    const clock = wire.clock
    const device = a.interfaces[0].device
    const { send } = device
    device.send = (frame) => {
      const copy = frame.slice()
      clock.after(MILLISECOND, () => device.handleFrame?.(copy))
      return send.call(device, frame)
    }
    clock.runFor(4 * SECOND)
    const { addresses, counters } = a.interfaces[0].ipv6!
    expect(addresses.map(({ state }) => state)).toEqual(['PREFERRED'])
    expect(counters.loopedProbes).toBe(1)
  })
})

describe('headers between (RFC 8200 4)', () => {
  it.each<[string, number, readonly number[], string | undefined, string[]]>([
    [
      'options for the destination that need not be known',
      60,
      [58, 0, 0x1e, 4, 1, 2, 3, 4],
      undefined,
      ['129/0 65537'],
    ],
    [
      'padding, and a route at its end',
      60,
      [43, 0, 1, 4, 0, 0, 0, 0, 58, 0, 0, 0, 0, 0, 0, 0],
      undefined,
      ['129/0 65537'],
    ],
    ['an option that is to be passed over in silence: 01', 60, [58, 0, 0x5e, 4, 1, 2, 3, 4], 'option unknown', []],
    ['an option that is to be reported: 10', 60, [58, 0, 0x9e, 4, 1, 2, 3, 4], 'option unknown', ['4/2 42']],
    ['an option that is to be reported: 11', 0, [58, 0, 0xde, 4, 1, 2, 3, 4], 'option unknown', ['4/2 42']],
    [
      'hop-by-hop options that are not first',
      60,
      [0, 0, 1, 4, 0, 0, 0, 0, 58, 0, 1, 4, 0, 0, 0, 0],
      'hop-by-hop options not first',
      ['4/1 40'],
    ],
    ['a route that goes on (RFC 5095)', 43, [58, 0, 0, 1, 0, 0, 0, 0], 'routing header', ['4/0 42']],
    ['a header that is not known', 99, [], 'protocol not handled', ['4/1 6']],
    ['nothing', 59, [], 'no next header', []],
    ['a jumbogram', 0, [58, 0, 0xc2, 4, 0, 1, 0, 0], 'jumbogram', ['4/0 42']],
    [
      'padding of more than any alignment needs',
      60,
      [58, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      'padding too long',
      [],
    ],
    [
      'eight options of a header',
      60,
      [58, 2, ...Array(8).fill([0x1e, 0]).flat(), 1, 4, 0, 0, 0, 0],
      undefined,
      ['129/0 65537'],
    ],
    [
      'nine options of a header',
      60,
      [58, 2, ...Array(9).fill([0x1e, 0]).flat(), 1, 2, 0, 0],
      'too many options',
      ['4/9 58'],
    ],
    ['an atomic fragment (RFC 6946)', 44, [58, 0, 0, 0, 0, 0, 0, 7], undefined, ['129/0 65537']],
    [
      'nine headers',
      60,
      [...Array(8).fill([60, 0, 1, 4, 0, 0, 0, 0]).flat(), 58, 0, 1, 4, 0, 0, 0, 0],
      'too many extension headers',
      ['4/8 104'],
    ],
  ])('%s', (_, next, before, loss, told) => {
    const { wire, a, target } = alone()
    wire.say(frameOf(target, ECHO, { next, before }))
    expect(a.counters().ipv6?.dropped ?? {}).toEqual(loss === undefined ? {} : { [loss]: 1 })
    expect(answers(wire)).toEqual(told)
  })
})

describe('fragments (RFC 8200 4.5)', () => {
  const fragment = (offset: number, more: number, id: number) => [58, 0, offset >> 8, offset | more, 0, 0, 0, id]
  const whole = [...ECHO, 9, 9, 9, 9, 9, 9, 9, 9]
  const sealed = (target: Ipv6Address) => [...frameOf(target, whole).subarray(54)]
  /** The octets of a part, as they are: their checksum is of the whole. */
  const part = (target: Ipv6Address, offset: number, more: number, id: number, octets: readonly number[]) => {
    const frame = frameOf(target, octets, { next: 44, before: fragment(offset, more, id) })
    frame.set(octets, 62)
    return frame
  }

  it('are put together in any order, and one that came twice is a copy', () => {
    const { wire, a, target } = alone()
    const octets = sealed(target)
    wire.say(part(target, 16, 0, 1, octets.slice(16)))
    wire.say(part(target, 16, 0, 1, octets.slice(16)))
    wire.say(part(target, 0, 1, 1, octets.slice(0, 16)))
    expect(answers(wire)).toEqual(['129/0 65537'])
    expect(a.counters().ipv6?.dropped).toEqual({ 'fragment twice': 1 })
    expect(a.memory.used).toBe(0)
  })

  it('that overlap are dropped with all of their datagram (RFC 5722)', () => {
    const { wire, a, target } = alone()
    const octets = sealed(target)
    wire.say(part(target, 0, 1, 2, octets.slice(0, 16)))
    wire.say(part(target, 8, 0, 2, octets.slice(8)))
    wire.say(part(target, 16, 0, 2, octets.slice(16)))
    expect(answers(wire)).toEqual([])
    expect(a.counters().ipv6?.dropped).toEqual({ 'fragment overlap': 1, 'fragment of a discarded datagram': 1 })
    expect(a.memory.used).toBe(0)
  })

  it('of which the first lacks headers are reported (RFC 7112)', () => {
    const { wire, a, target } = alone()
    const frame = frameOf(target, [], { next: 44, before: [60, 0, 0, 1, 0, 0, 0, 3, 58, 1, 1, 4, 0, 0, 0, 0] })
    wire.say(frame)
    expect(answers(wire)).toEqual(['4/3 0'])
    expect(a.counters().ipv6?.dropped).toEqual({ 'first fragment incomplete': 1 })
  })

  it('whose others do not come are reported after 60 s', () => {
    const { wire, a, target } = alone()
    wire.say(part(target, 0, 1, 4, sealed(target).slice(0, 16)))
    expect(a.memory.used).toBeGreaterThan(0)
    wire.clock.runFor(57 * SECOND)
    introduce(wire, target)
    wire.clock.runFor(4 * SECOND)
    expect(answers(wire)).toEqual(['3/1 0'])
    expect(a.memory.used).toBe(0)
  })

  it('of lengths that cannot be are reported', () => {
    const { wire, a, target } = alone()
    wire.say(part(target, 0, 1, 5, ECHO.slice(0, 15)))
    wire.say(part(target, 0xfff8, 0, 6, ECHO))
    expect(answers(wire)).toEqual(['4/0 4', '4/0 42'])
    expect(a.counters().ipv6?.dropped).toEqual({ 'fragment length': 1, 'fragment past 65535': 1 })
  })
})

describe('neighbour discovery', () => {
  it.each<[string, Parameters<typeof frameOf>[2], string]>([
    ['from another link', { hopLimit: 254 }, 'discovery from another link'],
    [
      'in a fragment, an atomic one as well (RFC 6980)',
      { next: 44, before: [58, 0, 0, 0, 0, 0, 0, 9] },
      'discovery in fragments',
    ],
  ])('is not believed %s', (_, how, loss) => {
    const { wire, a, target } = alone()
    const octets = new Uint8Array(16)
    writeIpv6(target, octets, 0)
    wire.say(frameOf(target, [135, 0, 0, 0, 0, 0, 0, 0, ...octets], how))
    expect(a.counters().icmpv6?.dropped).toEqual({ [loss]: 1 })
  })

  it('has a router’s prefix make an address, and its lifetime make it go (RFC 4862 5.5, RFC 7217)', () => {
    const { wire, a } = alone()
    const prefix = new Uint8Array(16)
    writeIpv6(ipv6('2001:db8:5::'), prefix, 0)
    const advertise = (valid: number, preferred: number, lifetime: number) =>
      wire.say(
        frameOf(
          ipv6('ff02::1'),
          [
            134,
            0,
            0,
            0,
            64,
            0,
            lifetime >> 8,
            lifetime,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            3,
            4,
            64,
            0xc0,
            0,
            0,
            valid >> 8,
            valid,
            0,
            0,
            preferred >> 8,
            preferred,
            0,
            0,
            0,
            0,
            ...prefix,
          ],
          { to: '33:33:00:00:00:01' },
        ),
      )
    advertise(8000, 60, 1800)
    wire.clock.runFor(3 * SECOND)
    const six = a.interfaces[0].ipv6!
    const made = () => six.addresses.filter(({ origin }) => origin === 'advertised').map(({ state }) => state)
    expect(made()).toEqual(['PREFERRED'])
    expect(six.routers.map(formatIpv6)).toEqual(['fe80::bad%eth0'])
    expect(six.exitTo(ipv6('2001:db8:9::1'))?.nextHop).toBe(ipv6('fe80::bad%eth0'))
    wire.clock.runFor(60 * SECOND)
    expect(made()).toEqual(['DEPRECATED'])
    wire.clock.runFor(8000 * SECOND)
    expect(made()).toEqual([])
    expect(six.routers).toEqual([])
    expect(ipv6Interface('2001:db8:5::/64').prefixLength).toBe(64)
  })
})

describe('name servers that a router tells of (RFC 8106)', () => {
  const server = new Uint8Array(16)
  writeIpv6(ipv6('fe80::53'), server, 0)
  const advertise = (wire: Ipv6Wire, lifetime: number, ...more: number[]) =>
    wire.say(
      frameOf(
        ipv6('ff02::1'),
        [
          ...[134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0],
          ...[25, 3, 0, 0, 0, 0, 0, lifetime, ...server],
          ...[31, 2, 0, 0, 0, 0, 0, lifetime, 3, 0x6c, 0x61, 0x62, 0, 0, 0, 0],
          ...more,
        ],
        { to: '33:33:00:00:00:01' },
      ),
    )

  it('are asked, behind those of a person and of DHCP, until their time is over', () => {
    const { wire, a } = alone()
    a.resolver.servers = [ipv6('2001:db8::1')]
    let told = 0
    a.resolver.onServers(() => told++)
    advertise(wire, 60)
    expect(a.resolver.servers.map(formatIp)).toEqual(['2001:db8::1', 'fe80::53%eth0'])
    expect(a.resolver.search).toEqual(['lab'])
    a.resolver.setTold('DHCP', { servers: [0x0a090001], search: ['dhcp.test'] })
    expect(a.resolver.servers.map(formatIp)).toEqual(['2001:db8::1', '10.9.0.1', 'fe80::53%eth0'])
    expect(a.resolver.search).toEqual(['dhcp.test', 'lab'])
    expect(told).toBe(2)
    wire.clock.runFor(61 * SECOND)
    expect(a.resolver.servers.map(formatIp)).toEqual(['2001:db8::1', '10.9.0.1'])
    expect(a.resolver.search).toEqual(['dhcp.test'])
    expect(told).toBe(3)
  })

  it('are counted where they can be none', () => {
    const { wire, a } = alone()
    // Half an address, and the group of all nodes.
    advertise(wire, 60, 25, 2, 0, 0, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8)
    advertise(wire, 60, 25, 3, 0, 0, 0, 0, 0, 9, 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    expect(a.interfaces[0].counters.ipv6).toMatchObject({ routerAdvertisements: 2, namesRefused: 2 })
    expect(a.resolver.servers.map(formatIp)).toEqual(['fe80::53%eth0'])
  })
})

describe('hostile frames', () => {
  it('of every kind, spoiled, throw nothing and hold nothing afterwards', () => {
    const random = new SeededRandom(3756)
    const { wire, a, target } = alone()
    const group = ipv6('ff02::1')
    const octets = new Uint8Array(32)
    writeIpv6(target, octets, 0)
    writeIpv6(ipv6('2001:db8:5::1'), octets, 16)
    const kinds = [
      frameOf(target, ECHO),
      frameOf(target, ECHO, { next: 60, before: [58, 0, 0x1e, 4, 1, 2, 3, 4] }),
      frameOf(target, ECHO, { next: 44, before: [58, 0, 0, 1, 0, 0, 0, 9] }),
      frameOf(group, [
        134,
        0,
        0,
        0,
        64,
        8,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        3,
        4,
        64,
        0xc0,
        0,
        0,
        4,
        0,
        0,
        0,
        4,
        0,
        0,
        0,
        0,
        0,
        ...octets.subarray(16),
      ]),
      frameOf(target, [135, 0, 0, 0, 0, 0, 0, 0, ...octets.subarray(0, 16), 1, 1, 2, 0, 0, 0, 0, 1]),
      frameOf(target, [136, 0, 0, 0, 0x60, 0, 0, 0, ...octets.subarray(16), 2, 1, 2, 0, 0, 0, 0, 1]),
      frameOf(target, [137, 0, 0, 0, 0, 0, 0, 0, ...octets.subarray(16), ...octets.subarray(16)]),
      frameOf(group, [130, 0, 0, 0, 0, 9, 0, 0, ...new Uint8Array(20)], { hopLimit: 1 }),
      frameOf(target, [2, 0, 0, 0, 0, 0, 5, 0, ...frameOf(target, ECHO).subarray(14)]),
    ]
    for (let i = 0; i < 20_000; i++) {
      const frame = kinds[random.below(kinds.length)].slice(0)
      for (let spoils = random.below(4); spoils > 0; spoils--)
        frame[14 + random.below(frame.length - 14)] = random.below(256)
      // Mostly with a checksum that holds, so that it is not the checksum alone that drops it
      const at = frame[20] === 58 ? 54 : 62
      if (random.below(4) > 0 && frame.length > at + 8) {
        const source = ipv6(formatIpv6(readIpv6(frame, 22)))
        const sum = ipv6PseudoHeader(source, readIpv6(frame, 38), 58, frame.length - at)
        frame[at + 2] = 0
        frame[at + 3] = 0
        const own = checksum(frame, at, frame.length, sum)
        frame[at + 2] = own >> 8
        frame[at + 3] = own
      }
      const end = random.below(8) === 0 ? 14 + random.below(frame.length - 14) : frame.length
      a.interfaces[0].device.handleFrame?.(frame.subarray(0, end))
      if (random.below(64) === 0) wire.clock.runFor(random.below(SECOND))
    }
    expect(a.memory.used).toBeLessThan(a.memory.limit)
    const six = a.interfaces[0].ipv6!
    expect(six.addresses.length).toBeLessThanOrEqual(16)
    expect(six.routers.length).toBeLessThanOrEqual(16)
    wire.clock.runFor(120 * SECOND)
    expect(a.memory.used).toBe(0)
    introduce(wire, target)
    wire.frames.length = 0
    wire.say(frameOf(target, ECHO))
    expect(answers(wire)).toContain('129/0 65537')
  })
})
