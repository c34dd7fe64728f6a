import { describe, expect, it } from 'vitest'
import {
  ALL_NODES,
  addressOctets,
  HOST_STATION,
  introduceStranger,
  type LoneHost,
  loneHost,
  OWN,
  OWN_GROUP,
  STRANGER_STATION,
  sentOf,
  sourceOption,
  targetOption,
} from '../../../test/support/ipv6-stranger.js'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import type { Ipv6Address } from '../ipv6/address.js'
import { formatIpv6 } from '../ipv6/address.js'

const STRANGER = ipv6('fe80::bad%eth0')
const OTHER_STATION = [2, 0, 0, 0, 0, 2]
const FAR = '2001:db8:9::1'
const ROUTER_SOLICITATION = 133
const SOLICITATION = 135
const ADVERTISEMENT = 136
const ECHO_REQUEST = 128

/** What of a message is not as it should be. */
interface Change {
  readonly hopLimit?: number
  readonly code?: number
  readonly source?: Ipv6Address
  readonly destination?: Ipv6Address
  readonly target?: string
  readonly options?: readonly number[]
  /** In the octets behind the checksum. */
  readonly reserved?: boolean
  readonly wrongSum?: boolean
  /** Octets that it has at all. */
  readonly length?: number
  /** Of a redirect. */
  readonly redirected?: string
}

type Kind = 'a router advertisement' | 'a solicitation' | 'an advertisement' | 'a redirect'

const TYPES: Readonly<Record<Kind, number>> = {
  'a router advertisement': 134,
  'a solicitation': SOLICITATION,
  'an advertisement': ADVERTISEMENT,
  'a redirect': 137,
}

function frameOfKind(kind: Kind, change: Change): Uint8Array {
  const { hopLimit = 255, code = 0, reserved = false, source = STRANGER } = change
  const head = [TYPES[kind], code, 0, 0]
  const spoilt = reserved ? 0x1f : 0
  const solicitation = kind === 'a solicitation'
  const own = kind === 'an advertisement' ? addressOctets(change.target ?? 'fe80::bad') : []
  const body: Readonly<Record<Kind, readonly number[]>> = {
    // Hop limit 64, M and O clear, half an hour.
    'a router advertisement': [64, spoilt & 7, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0],
    'a solicitation': [0, 0, 0, spoilt, ...addressOctets(change.target ?? formatIpv6(OWN))],
    'an advertisement': [0x60 | spoilt, 0, 0, spoilt, ...own],
    'a redirect': [
      0,
      0,
      0,
      spoilt,
      ...addressOctets(change.target ?? 'fe80::2'),
      ...addressOctets(change.redirected ?? FAR),
    ],
  }
  const usual: Readonly<Record<Kind, readonly number[]>> = {
    'a router advertisement': sourceOption(),
    'a solicitation': sourceOption(),
    'an advertisement': targetOption(),
    'a redirect': targetOption(OTHER_STATION),
  }
  const message = [...head, ...body[kind], ...(change.options ?? usual[kind])]
  const destination =
    change.destination ?? (solicitation ? OWN_GROUP : kind === 'a router advertisement' ? ALL_NODES : OWN)
  const frame = frameOf(destination, message.slice(0, change.length ?? message.length), { hopLimit, source })
  if (change.wrongSum) frame[56] ^= 1
  return frame
}

/** Somebody is asked for an echo; nobody waits for it. */
function ask({ host, wire }: LoneHost, address: string): void {
  host.ping(address, { timeLimit: 100 * MILLISECOND }, () => {})
  wire.clock.runFor(10 * MILLISECOND)
}

/** Says a message to a host that waits for one of its kind. @returns whether the host took it */
function hears(kind: Kind, change: Change): boolean {
  const lone = loneHost()
  const { wire, six } = lone
  const redirect = kind === 'a redirect'
  if (redirect) {
    wire.say(frameOfKind('a router advertisement', {}))
    ask(lone, FAR)
  } else if (kind === 'an advertisement') ask(lone, 'fe80::bad%eth0')
  else if (kind === 'a solicitation') introduceStranger(wire)
  wire.frames.length = 0
  wire.say(frameOfKind(kind, change))
  if (kind === 'a router advertisement') return six.routers.length === 1
  if (kind === 'an advertisement') return six.neighbours.stateOf(STRANGER) === 'REACHABLE'
  if (kind === 'a solicitation') return sentOf(wire, ADVERTISEMENT).length === 1
  ask(lone, FAR)
  return sentOf(wire, ECHO_REQUEST).at(-1)?.to === '02:00:00:00:00:02'
}

describe('a message of neighbour discovery', () => {
  it.each<[Kind, string, Change]>([
    ['a router advertisement', 'whose source is no link-local address', { source: ipv6('2001:db8::1') }],
    ['a router advertisement', 'that a router passed on', { hopLimit: 254 }],
    ['a router advertisement', 'with a wrong checksum', { wrongSum: true }],
    ['a router advertisement', 'with another code than 0', { code: 1 }],
    ['a router advertisement', 'of less than 16 octets', { length: 15 }],
    ['a router advertisement', 'with an option of no length', { options: [99, 0, 0, 0, 0, 0, 0, 0] }],
    ['a solicitation', 'that a router passed on', { hopLimit: 254 }],
    ['a solicitation', 'with a wrong checksum', { wrongSum: true }],
    ['a solicitation', 'with another code than 0', { code: 1 }],
    ['a solicitation', 'of less than 24 octets', { length: 23 }],
    ['a solicitation', 'for a group', { target: 'ff02::1:ff00:a' }],
    ['a solicitation', 'with an option of no length', { options: [99, 0, 0, 0, 0, 0, 0, 0] }],
    [
      'a solicitation',
      'of nobody to another group than its own',
      { source: ipv6('::'), destination: ALL_NODES, options: [] },
    ],
    ['a solicitation', 'of nobody with a link-layer address', { source: ipv6('::') }],
    ['an advertisement', 'that a router passed on', { hopLimit: 254 }],
    ['an advertisement', 'with a wrong checksum', { wrongSum: true }],
    ['an advertisement', 'with another code than 0', { code: 1 }],
    ['an advertisement', 'of less than 24 octets', { length: 23 }],
    ['an advertisement', 'of a group', { target: 'ff02::1' }],
    ['an advertisement', 'to a group that says it is an answer', { destination: ALL_NODES }],
    ['an advertisement', 'with an option of no length', { options: [...targetOption(), 99, 0, 0, 0, 0, 0, 0, 0] }],
    ['a redirect', 'whose source is no link-local address', { source: ipv6('2001:db8::1') }],
    ['a redirect', 'that a router passed on', { hopLimit: 254 }],
    ['a redirect', 'with a wrong checksum', { wrongSum: true }],
    ['a redirect', 'with another code than 0', { code: 1 }],
    ['a redirect', 'of less than 40 octets', { length: 39 }],
    ['a redirect', 'of somebody else than the first-hop router', { source: ipv6('fe80::2') }],
    ['a redirect', 'of a group', { redirected: 'ff0e::1' }],
    ['a redirect', 'to no router and not to the destination itself', { target: '2001:db8:9::2' }],
    [
      'a redirect',
      'with an option of no length',
      { options: [...targetOption(OTHER_STATION), 99, 0, 0, 0, 0, 0, 0, 0] },
    ],
  ])('%s %s is discarded in silence', (kind, _, change) => {
    expect(hears(kind, {}), 'as it should be').toBe(true)
    expect(hears(kind, change)).toBe(false)
    const lone = loneHost()
    introduceStranger(lone.wire)
    lone.wire.frames.length = 0
    lone.wire.say(frameOfKind(kind, change))
    expect(sentOf(lone.wire, 1, 2, 3, 4)).toEqual([])
  })

  it.each<[Kind, string, Change]>([
    ['a router advertisement', 'with reserved bits set', { reserved: true }],
    ['a solicitation', 'with reserved bits set', { reserved: true }],
    ['an advertisement', 'with reserved bits set', { reserved: true }],
    ['a redirect', 'with reserved bits set', { reserved: true }],
    [
      'a router advertisement',
      'with options that nobody knows',
      { options: [99, 1, 1, 2, 3, 4, 5, 6, ...sourceOption()] },
    ],
    ['a solicitation', 'with options that nobody knows', { options: [99, 1, 1, 2, 3, 4, 5, 6, ...sourceOption()] }],
    ['an advertisement', 'with options that nobody knows', { options: [99, 1, 1, 2, 3, 4, 5, 6, ...targetOption()] }],
    [
      'a redirect',
      'with options that nobody knows',
      { options: [99, 1, 1, 2, 3, 4, 5, 6, ...targetOption(OTHER_STATION)] },
    ],
    // A group's address, where it means nothing; an MTU of 1300; a prefix of nothing.
    ['a router advertisement', 'with options of other messages', { options: targetOption([0x33, 0x33, 0, 0, 0, 1]) }],
    [
      'a solicitation',
      'with options of other messages',
      { options: [...targetOption([0x33, 0x33, 0, 0, 0, 1]), ...sourceOption(), 5, 1, 0, 0, 0, 0, 5, 20] },
    ],
    [
      'an advertisement',
      'with options of other messages',
      { options: [...sourceOption([0x33, 0x33, 0, 0, 0, 1]), ...targetOption(), 5, 1, 0, 0, 0, 0, 5, 20] },
    ],
    [
      'a redirect',
      'with options of other messages',
      { options: [...sourceOption([0x33, 0x33, 0, 0, 0, 1]), ...targetOption(OTHER_STATION), 5, 1, 0, 0, 0, 0, 5, 20] },
    ],
  ])('%s %s is taken, and these are not', (kind, _, change) => {
    expect(hears(kind, change)).toBe(true)
  })

  it('has an MTU and a prefix only in a router advertisement', () => {
    const { wire, six } = loneHost()
    const prefix = [3, 4, 64, 0xc0, 0, 0, 9, 9, 0, 0, 9, 9, 0, 0, 0, 0, ...addressOctets('2001:db8:5::')]
    const mtu = [5, 1, 0, 0, 0, 0, 5, 20]
    for (const kind of ['a solicitation', 'an advertisement', 'a redirect'] as const)
      wire.say(frameOfKind(kind, { options: [...prefix, ...mtu] }))
    expect([six.mtu, six.prefixes.length]).toEqual([1500, 1])
    wire.say(frameOfKind('a router advertisement', { options: [...mtu, ...prefix] }))
    expect([six.mtu, six.prefixes.length]).toEqual([1300, 2])
  })
})

describe('a router advertisement', () => {
  const said = (
    lone: LoneHost,
    words: Partial<Record<'hop' | 'life' | 'reachable' | 'retrans', number>>,
    options: readonly number[] = [],
    source = STRANGER,
  ) => {
    const { hop = 0, life = 1800, reachable = 0, retrans = 0 } = words
    const uint32 = (n: number) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]
    lone.wire.say(
      frameOf(
        ALL_NODES,
        [134, 0, 0, 0, hop, 0, life >> 8, life & 255, ...uint32(reachable), ...uint32(retrans), ...options],
        { source },
      ),
    )
  }
  const onLink = (prefix: string, flags: number, valid: number, length = 64) => [
    ...[3, 4, length, flags, 0, 0, valid >> 8, valid & 255, 0, 0, valid >> 8, valid & 255, 0, 0, 0, 0],
    ...addressOctets(prefix),
  ]
  const mtu = (octets: number) => [5, 1, 0, 0, 0, 0, octets >> 8, octets & 255]

  it('sets hop limit and MTU of what is sent, and a field of 0 leaves them as they are', () => {
    const lone = loneHost()
    said(lone, { hop: 9 }, mtu(1400))
    expect([lone.six.hopLimit, lone.six.mtu]).toEqual([9, 1400])
    said(lone, {})
    expect([lone.six.hopLimit, lone.six.mtu]).toEqual([9, 1400])
  })

  it('sets an MTU from 1280 to what the link takes, and no other', () => {
    for (const [octets, then] of [
      [1279, 1500],
      [1280, 1280],
      [1500, 1500],
      [1501, 1500],
    ]) {
      const lone = loneHost()
      said(lone, {}, mtu(octets))
      expect(lone.six.mtu, `${octets}`).toBe(then)
    }
  })

  it('sets how long a neighbour is believed, by chance between half and one and a half times it', () => {
    const lone = loneHost()
    const lasted = new Set<number>()
    for (const base of [10_000, 10_001, 10_002, 10_003, 10_004, 10_005]) {
      said(lone, { reachable: base })
      lone.wire.say(frameOfKind('an advertisement', {}))
      ask(lone, 'fe80::bad%eth0')
      lone.wire.say(frameOfKind('an advertisement', {}))
      expect(lone.six.neighbours.stateOf(STRANGER)).toBe('REACHABLE')
      let steps = 0
      while (lone.six.neighbours.stateOf(STRANGER) === 'REACHABLE') {
        lone.wire.clock.runFor(250 * MILLISECOND)
        steps++
      }
      expect(steps).toBeGreaterThanOrEqual(19)
      expect(steps).toBeLessThanOrEqual(61)
      lasted.add(steps)
    }
    expect(lasted.size).toBeGreaterThan(2)
  })

  it('sets the time between solicitations', () => {
    const lone = loneHost()
    said(lone, { retrans: 3000 })
    lone.host.ping('fe80::99%eth0', { timeLimit: SECOND }, () => {})
    lone.wire.clock.runFor(2900 * MILLISECOND)
    expect(sentOf(lone.wire, SOLICITATION).length).toBe(1)
    lone.wire.clock.runFor(200 * MILLISECOND)
    expect(sentOf(lone.wire, SOLICITATION).length).toBe(2)
  })

  it('of one router takes nothing back that another said', () => {
    const lone = loneHost()
    said(lone, {}, onLink('2001:db8:5::', 0x80, 900))
    said(lone, {}, onLink('2001:db8:6::', 0x80, 900), ipv6('fe80::2'))
    expect(lone.six.routers.map(formatIpv6)).toEqual(['fe80::bad%eth0', 'fe80::2%eth0'])
    expect(lone.six.prefixes.length).toBe(3)
  })

  it('with lifetime 0 ends a router, and what went by it is found anew', () => {
    const lone = loneHost()
    said(lone, {}, sourceOption())
    said(lone, {}, sourceOption(OTHER_STATION), ipv6('fe80::2'))
    ask(lone, FAR)
    expect(sentOf(lone.wire, ECHO_REQUEST).at(-1)?.to).toBe('02:00:00:00:ba:d0')
    said(lone, { life: 0 })
    expect(lone.six.routers.map(formatIpv6)).toEqual(['fe80::2%eth0'])
    ask(lone, FAR)
    expect(sentOf(lone.wire, ECHO_REQUEST).at(-1)?.to).toBe('02:00:00:00:00:02')
  })

  it('that is not heard again ends a router and its prefix when their time is over', () => {
    const lone = loneHost()
    said(lone, { life: 100 }, [...onLink('2001:db8:5::', 0x80, 200), ...sourceOption()])
    ask(lone, FAR)
    lone.wire.clock.runFor(101 * SECOND)
    expect(lone.six.routers).toEqual([])
    lone.wire.frames.length = 0
    ask(lone, FAR)
    expect(lone.wire.frames).toEqual([])
    expect(lone.six.prefixes.length).toBe(2)
    lone.wire.clock.runFor(100 * SECOND)
    expect(lone.six.prefixes.length).toBe(1)
  })

  it('that does not say that a prefix is on the link takes nothing back; with lifetime 0 it does', () => {
    const lone = loneHost()
    said(lone, {}, onLink('2001:db8:5::', 0x80, 900))
    said(lone, {}, onLink('2001:db8:5::', 0, 900))
    expect(lone.six.exitTo(ipv6('2001:db8:5::7'))?.nextHop).toBe(ipv6('2001:db8:5::7'))
    said(lone, {}, onLink('2001:db8:5::', 0x80, 0))
    expect(lone.six.exitTo(ipv6('2001:db8:5::7'))?.nextHop).toBe(STRANGER)
  })

  it('has a prefix and an MTU whatever stands in their reserved bits, and behind the length of the prefix', () => {
    const lone = loneHost()
    const prefix = [3, 4, 64, 0xbf, 0, 0, 9, 9, 0, 0, 9, 9, 1, 2, 3, 4, ...addressOctets('2001:db8:5::1:2')]
    said(lone, {}, [...prefix, 5, 1, 7, 7, 0, 0, 5, 20])
    expect(lone.six.mtu).toBe(1300)
    expect(lone.six.prefixes.map((each) => `${formatIpv6(each.prefix)}/${each.length}`)).toEqual([
      '2001:db8::/64',
      '2001:db8:5::/64',
    ])
    expect(lone.six.addresses.length).toBe(2)
  })

  it('that announces the link-local prefix announces nothing', () => {
    const lone = loneHost()
    said(lone, {}, [...onLink('fe80::', 0xc0, 0), ...onLink('fe80::', 0xc0, 900)])
    expect(lone.six.prefixes.length).toBe(1)
    expect(lone.six.addresses.map(({ origin }) => origin)).toEqual(['link-local', 'given'])
    ask(lone, 'fe80::99%eth0')
    expect(sentOf(lone.wire, SOLICITATION).length).toBe(1)
  })

  it('makes its sender a neighbour that is a router and STALE, of the station that it says', () => {
    const lone = loneHost()
    said(lone, {}, sourceOption())
    const entry = () => lone.six.neighbours.entries().find(({ address }) => address === STRANGER)
    expect(entry()).toMatchObject({ isRouter: true, state: 'STALE', mac: Uint8Array.from(STRANGER_STATION) })
    said(lone, {}, sourceOption(OTHER_STATION))
    expect(entry()).toMatchObject({ isRouter: true, state: 'STALE', mac: Uint8Array.from(OTHER_STATION) })
  })

  it('without a station makes no neighbour, and one that is known a router', () => {
    const lone = loneHost()
    said(lone, {})
    expect(lone.six.neighbours.entries()).toEqual([])
    introduceStranger(lone.wire, STRANGER)
    expect(lone.six.neighbours.entries()).toMatchObject([{ isRouter: false }])
    said(lone, {})
    expect(lone.six.neighbours.entries()).toMatchObject([{ isRouter: true, state: 'DELAY' }])
  })

  it('is no confirmation that its sender is reached', () => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    wireState(lone, 'DELAY')
    said(lone, {}, sourceOption())
    expect(lone.six.neighbours.stateOf(STRANGER)).toBe('DELAY')
  })

  it('of sixteen routers has all of them kept, and of more no more', () => {
    const lone = loneHost()
    for (let i = 1; i <= 20; i++) said(lone, {}, [], ipv6(`fe80::${i}`))
    expect(lone.six.routers.length).toBe(16)
  })

  it('is asked for three times at most, four seconds apart, from the link-local address, and no more once one came', () => {
    const wire = new Ipv6Wire()
    wire.host('a', HOST_STATION)
    const when: number[] = []
    wire.onFrame((frame) => {
      if (frame[54] === ROUTER_SOLICITATION) when.push(wire.clock.now)
    })
    wire.clock.runFor(20 * SECOND)
    const asked = sentOf(wire, ROUTER_SOLICITATION)
    expect(when.map((at, i) => at - (when[i - 1] ?? at))).toEqual([0, 4 * SECOND, 4 * SECOND])
    for (const { source, destination, hopLimit, message } of asked) {
      expect([source, destination, hopLimit]).toEqual([formatIpv6(OWN), 'ff02::2', 255])
      // Reserved is zero, and the station is said.
      expect([...message.subarray(4)]).toEqual([0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 10])
    }
    const other = new Ipv6Wire()
    other.host('a', HOST_STATION)
    other.clock.runFor(3 * SECOND)
    expect(sentOf(other, ROUTER_SOLICITATION).length).toBe(1)
    other.say(frameOfKind('a router advertisement', {}))
    other.clock.runFor(20 * SECOND)
    expect(sentOf(other, ROUTER_SOLICITATION).length).toBe(1)
  })

  it('that came before the host could ask has it ask once all the same, after a time by chance of a second at most', () => {
    const wire = new Ipv6Wire()
    wire.host('a', HOST_STATION)
    wire.say(frameOfKind('a router advertisement', {}))
    wire.clock.runFor(3 * SECOND)
    expect(sentOf(wire, ROUTER_SOLICITATION).length).toBeGreaterThan(0)
    wire.say(frameOfKind('a router advertisement', {}))
    const asked = sentOf(wire, ROUTER_SOLICITATION).length
    wire.clock.runFor(20 * SECOND)
    expect(sentOf(wire, ROUTER_SOLICITATION).length).toBe(asked)
  })

  it('is never sent by a host, nor a redirect, and a solicitation for one is discarded', () => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    lone.wire.frames.length = 0
    lone.wire.say(frameOf(ipv6('ff02::2'), [133, 0, 0, 0, 0, 0, 0, 0, ...sourceOption()]))
    lone.wire.say(frameOf(OWN, [133, 0, 0, 0, 0, 0, 0, 0, ...sourceOption(OTHER_STATION)]))
    expect(lone.wire.frames).toEqual([])
    expect(lone.six.neighbours.entries()).toMatchObject([{ mac: Uint8Array.from(STRANGER_STATION) }])
    lone.wire.clock.runFor(60 * SECOND)
    expect(sentOf(lone.wire, 134, 137)).toEqual([])
    expect(lone.host.counters().icmpv6?.dropped).toEqual({ 'router solicitation': 1 })
  })
})

/** Brings the stranger, whose station is known, to a state by sending it something. */
function wireState(lone: LoneHost, state: 'REACHABLE' | 'STALE' | 'DELAY' | 'PROBE'): void {
  const { wire, six } = lone
  ask(lone, 'fe80::bad%eth0')
  if (state !== 'DELAY') wire.clock.runFor(5 * SECOND)
  if (state === 'REACHABLE' || state === 'STALE') wire.say(frameOfKind('an advertisement', {}))
  // The longest that an answer is believed: one and a half times 30 s.
  if (state === 'STALE') wire.clock.runFor(46 * SECOND)
  expect(six.neighbours.stateOf(STRANGER)).toBe(state)
}

describe('a neighbour whose station is not known', () => {
  it('is asked for: the group of its address, with the own station, from the address that the datagram is from', () => {
    for (const [to, from] of [
      ['fe80::99%eth0', formatIpv6(OWN)],
      ['2001:db8::99', '2001:db8::a'],
    ]) {
      const lone = loneHost()
      ask(lone, to)
      expect(sentOf(lone.wire, SOLICITATION)).toMatchObject([
        { source: from, destination: 'ff02::1:ff00:99', hopLimit: 255, to: '33:33:ff:00:00:99', code: 0 },
      ])
      expect([...sentOf(lone.wire, SOLICITATION)[0].message.subarray(4)]).toEqual([
        ...[0, 0, 0, 0],
        ...addressOctets(to.replace('%eth0', '')),
        ...[1, 1, 2, 0, 0, 0, 0, 10],
      ])
    }
  })

  it('is asked for from the address that the datagram is from, where that is not the one that would be chosen', () => {
    const lone = loneHost({ addresses: ['2001:db8::a/64', '2001:db8::b/64'] })
    for (const from of ['2001:db8::b', '2001:db8::a']) {
      const socket = lone.host.socket('ipv6', 'datagram')
      socket.bind({ address: from, port: 0 })
      const to = `2001:db8::${from.endsWith('b') ? 71 : 72}`
      socket.sendTo(Uint8Array.of(1), { address: to, port: 9 })
      expect(sentOf(lone.wire, SOLICITATION).at(-1)?.source).toBe(from)
      socket.close()
    }
  })

  it('is asked for three times, a second apart, whatever more is sent to it; then each datagram that waits is reported', () => {
    const lone = loneHost()
    const when: number[] = []
    lone.wire.onFrame((frame) => {
      if (frame[54] === SOLICITATION) when.push(lone.wire.clock.now)
    })
    const results: string[] = []
    for (let i = 0; i < 3; i++)
      lone.host.ping('fe80::99%eth0', { timeLimit: 9 * SECOND }, (result) =>
        results.push(result.ok ? 'ok' : result.reason),
      )
    lone.wire.clock.runFor(2500 * MILLISECOND)
    expect(results).toEqual([])
    lone.wire.clock.runFor(SECOND)
    expect(results).toEqual(['unreachable', 'unreachable', 'unreachable'])
    expect(when.map((at, i) => at - (when[i - 1] ?? at))).toEqual([0, SECOND, SECOND])
    expect(lone.six.neighbours.stateOf(ipv6('fe80::99%eth0'))).toBe('NONE')
  })

  it('has the latest eight datagrams wait for it, which go when it answers', () => {
    const lone = loneHost()
    for (let sequence = 1; sequence <= 9; sequence++)
      lone.host.ping('fe80::bad%eth0', { sequence, timeLimit: SECOND }, () => {})
    expect(sentOf(lone.wire, ECHO_REQUEST)).toEqual([])
    lone.wire.say(frameOfKind('an advertisement', {}))
    expect(sentOf(lone.wire, ECHO_REQUEST).map(({ message, to }) => `${message[7]} ${to}`)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9].map((sequence) => `${sequence} 02:00:00:00:ba:d0`),
    )
  })
})

describe('a solicitation', () => {
  it('makes its sender a neighbour that is STALE and no router: DELAY with the answer to it', () => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    expect(lone.six.neighbours.entries()).toMatchObject([
      { address: STRANGER, state: 'DELAY', isRouter: false, mac: Uint8Array.from(STRANGER_STATION) },
    ])
  })

  it('from another station makes it STALE there, and leaves what is known of it as a router', () => {
    const lone = loneHost()
    lone.wire.say(frameOfKind('a router advertisement', {}))
    wireState(lone, 'REACHABLE')
    lone.wire.say(frameOfKind('a router advertisement', {}))
    lone.wire.say(frameOfKind('a solicitation', { options: sourceOption(OTHER_STATION) }))
    expect(lone.six.neighbours.entries()).toMatchObject([
      { state: 'DELAY', isRouter: true, mac: Uint8Array.from(OTHER_STATION) },
    ])
  })

  it('without a station makes no neighbour, and is answered when its sender was found', () => {
    const lone = loneHost()
    lone.wire.say(frameOfKind('a solicitation', { options: [], destination: OWN }))
    expect(sentOf(lone.wire, SOLICITATION)).toMatchObject([{ destination: 'ff02::1:ff00:bad' }])
    lone.wire.say(frameOfKind('an advertisement', {}))
    expect(sentOf(lone.wire, ADVERTISEMENT)).toMatchObject([{ to: '02:00:00:00:ba:d0', destination: 'fe80::bad' }])
  })

  it('for an address that is not the host’s is discarded', () => {
    const lone = loneHost()
    lone.wire.say(frameOfKind('a solicitation', { target: 'fe80::1:2:ff00:a', destination: OWN_GROUP }))
    expect(lone.wire.frames).toEqual([])
    expect(lone.six.neighbours.entries()).toEqual([])
  })

  it('is answered to its sender: solicited, to override, of no router, with the station', () => {
    const lone = loneHost()
    for (const destination of [OWN_GROUP, OWN]) {
      lone.wire.frames.length = 0
      lone.wire.say(frameOfKind('a solicitation', { destination }))
      const [answer] = sentOf(lone.wire, ADVERTISEMENT)
      expect(answer).toMatchObject({ source: formatIpv6(OWN), destination: 'fe80::bad', hopLimit: 255, code: 0 })
      expect([...answer.message.subarray(4)]).toEqual([0x60, 0, 0, 0, ...addressOctets(OWN), 2, 1, 2, 0, 0, 0, 0, 10])
    }
  })

  it('of nobody is answered to all nodes, not solicited, and makes no neighbour', () => {
    const lone = loneHost()
    lone.wire.say(frameOfKind('a solicitation', { source: ipv6('::'), options: [] }))
    const [answer] = sentOf(lone.wire, ADVERTISEMENT)
    expect(answer).toMatchObject({ source: formatIpv6(OWN), destination: 'ff02::1', to: '33:33:00:00:00:01' })
    expect([...answer.message.subarray(4)]).toEqual([0x20, 0, 0, 0, ...addressOctets(OWN), 2, 1, 2, 0, 0, 0, 0, 10])
    expect(lone.six.neighbours.entries()).toEqual([])
  })
})

describe('an advertisement', () => {
  /** Flags: 80h router, 40h solicited, 20h override. */
  const advertise = (lone: LoneHost, flags: number, mac: readonly number[] | undefined) =>
    lone.wire.say(
      frameOf(OWN, [
        136,
        0,
        0,
        0,
        flags,
        0,
        0,
        0,
        ...addressOctets('fe80::bad'),
        ...(mac === undefined ? [] : targetOption(mac)),
      ]),
    )
  const entry = ({ six }: LoneHost) => {
    const found = six.neighbours.entries().find(({ address }) => address === STRANGER)
    return found === undefined
      ? 'NONE'
      : `${found.state} ${found.mac?.[5] ?? '-'} ${found.isRouter ? 'router' : 'host'}`
  }

  it('that nobody asked for makes no neighbour', () => {
    const lone = loneHost()
    advertise(lone, 0x60, STRANGER_STATION)
    expect(lone.six.neighbours.entries()).toEqual([])
  })

  it.each<[string, number, readonly number[] | undefined, string]>([
    ['without a station is discarded', 0x60, undefined, 'INCOMPLETE - host'],
    ['that was asked for finds it REACHABLE', 0x60, STRANGER_STATION, 'REACHABLE 208 host'],
    ['that does not override all the same', 0xc0, STRANGER_STATION, 'REACHABLE 208 router'],
    [
      'that was not asked for finds it STALE, and what waited makes that DELAY',
      0xa0,
      STRANGER_STATION,
      'DELAY 208 router',
    ],
  ])('of a neighbour that is asked for %s', (_, flags, mac, then) => {
    const lone = loneHost()
    ask(lone, 'fe80::bad%eth0')
    advertise(lone, flags, mac)
    expect(entry(lone)).toBe(then)
  })

  it.each<['REACHABLE' | 'STALE' | 'DELAY' | 'PROBE', string, number, readonly number[] | undefined, string]>([
    ['REACHABLE', 'of another station that does not override', 0x40, OTHER_STATION, 'STALE 208 host'],
    ['STALE', 'of another station that does not override', 0xc0, OTHER_STATION, 'STALE 208 host'],
    ['DELAY', 'of another station that does not override', 0xc0, OTHER_STATION, 'DELAY 208 host'],
    ['PROBE', 'of another station that does not override', 0xc0, OTHER_STATION, 'PROBE 208 host'],
    ['REACHABLE', 'of another station, unsolicited', 0x20, OTHER_STATION, 'STALE 2 host'],
    ['DELAY', 'of another station, unsolicited', 0x20, OTHER_STATION, 'STALE 2 host'],
    ['PROBE', 'of another station, unsolicited', 0x20, OTHER_STATION, 'STALE 2 host'],
    ['STALE', 'of another station, solicited', 0x60, OTHER_STATION, 'REACHABLE 2 host'],
    ['PROBE', 'of another station, solicited', 0x60, OTHER_STATION, 'REACHABLE 2 host'],
    ['STALE', 'of the same station, solicited', 0x40, STRANGER_STATION, 'REACHABLE 208 host'],
    ['DELAY', 'of the same station, unsolicited', 0x20, STRANGER_STATION, 'DELAY 208 host'],
    ['PROBE', 'of no station, solicited', 0x40, undefined, 'REACHABLE 208 host'],
    ['STALE', 'of no station, unsolicited, of a router', 0x80, undefined, 'STALE 208 router'],
  ])('that finds a neighbour %s, %s', (state, _, flags, mac, then) => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    wireState(lone, state)
    advertise(lone, flags, mac)
    expect(entry(lone)).toBe(then)
  })

  it('of one that is no router any more ends it as a router, and what went by it is found anew', () => {
    const lone = loneHost()
    lone.wire.say(frameOfKind('a router advertisement', {}))
    lone.wire.say(
      frameOfKind('a router advertisement', { source: ipv6('fe80::2'), options: sourceOption(OTHER_STATION) }),
    )
    ask(lone, FAR)
    expect(sentOf(lone.wire, ECHO_REQUEST).at(-1)?.to).toBe('02:00:00:00:ba:d0')
    advertise(lone, 0x20, STRANGER_STATION)
    expect(lone.six.routers.map(formatIpv6)).toEqual(['fe80::2%eth0'])
    ask(lone, FAR)
    expect(sentOf(lone.wire, ECHO_REQUEST).at(-1)?.to).toBe('02:00:00:00:00:02')
  })
})

describe('whether a neighbour is reached', () => {
  it('is asked five seconds after something was sent to it, at its station, three times; then it is forgotten', () => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    wireState(lone, 'STALE')
    lone.wire.frames.length = 0
    lone.wire.clock.runFor(60 * SECOND)
    expect(lone.wire.frames).toEqual([])
    ask(lone, 'fe80::bad%eth0')
    expect(lone.six.neighbours.stateOf(STRANGER)).toBe('DELAY')
    lone.wire.clock.runFor(4900 * MILLISECOND)
    expect(sentOf(lone.wire, SOLICITATION)).toEqual([])
    lone.wire.clock.runFor(200 * MILLISECOND)
    expect(lone.six.neighbours.stateOf(STRANGER)).toBe('PROBE')
    lone.wire.clock.runFor(10 * SECOND)
    const asked = sentOf(lone.wire, SOLICITATION)
    expect(asked.length).toBe(3)
    for (const { to, destination, message } of asked) {
      expect([to, destination]).toEqual(['02:00:00:00:ba:d0', 'fe80::bad'])
      expect([...message.subarray(24)]).toEqual([1, 1, 2, 0, 0, 0, 0, 10])
    }
    expect(lone.six.neighbours.stateOf(STRANGER)).toBe('NONE')
  })

  it('is asked while what is sent goes on to its station', () => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    wireState(lone, 'PROBE')
    lone.wire.frames.length = 0
    ask(lone, 'fe80::bad%eth0')
    expect(sentOf(lone.wire, ECHO_REQUEST)).toMatchObject([{ to: '02:00:00:00:ba:d0' }])
  })

  it('is asked once a second at most, however often it is doubted', () => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    lone.wire.frames.length = 0
    for (let i = 0; i < 20; i++) {
      lone.six.doubt(STRANGER)
      lone.wire.say(frameOfKind('an advertisement', {}))
      lone.wire.clock.runFor(90 * MILLISECOND)
    }
    expect(sentOf(lone.wire, SOLICITATION).length).toBeLessThanOrEqual(3)
  })

  it('is believed for another time by chance every few hours, whatever routers say', () => {
    const lone = loneHost()
    introduceStranger(lone.wire)
    const lasted = new Set<number>()
    for (let i = 0; i < 6; i++) {
      wireState(lone, 'REACHABLE')
      let steps = 0
      while (lone.six.neighbours.stateOf(STRANGER) === 'REACHABLE') {
        lone.wire.clock.runFor(100 * MILLISECOND)
        steps++
      }
      lasted.add(steps)
      lone.wire.clock.runFor(3 * 3600 * SECOND)
    }
    expect(lasted.size).toBeGreaterThan(2)
  })
})

describe('a redirect', () => {
  const redirected = (target: string, destination: string, options: readonly number[]) => {
    const lone = loneHost()
    lone.wire.say(frameOfKind('a router advertisement', {}))
    ask(lone, FAR)
    lone.wire.frames.length = 0
    lone.wire.say(frameOfKind('a redirect', { target, redirected: destination, options }))
    return lone
  }
  const of = ({ six }: LoneHost, address: string) =>
    six.neighbours.entries().find((each) => formatIpv6(each.address) === address)

  it('to another router has its destination go by that one, which is STALE and a router', () => {
    const lone = redirected('fe80::2', FAR, targetOption(OTHER_STATION))
    expect(of(lone, 'fe80::2%eth0')).toMatchObject({ state: 'STALE', isRouter: true })
    ask(lone, FAR)
    ask(lone, '2001:db8:9::2')
    expect(sentOf(lone.wire, ECHO_REQUEST).map(({ to }) => to)).toEqual(['02:00:00:00:00:02', '02:00:00:00:ba:d0'])
  })

  it('to the destination itself has it on the link, under no prefix of it, and says nothing of a router', () => {
    const lone = redirected(FAR, FAR, targetOption(OTHER_STATION))
    expect(of(lone, FAR)).toMatchObject({ state: 'STALE', isRouter: false })
    ask(lone, FAR)
    expect(sentOf(lone.wire, ECHO_REQUEST)).toMatchObject([{ to: '02:00:00:00:00:02' }])
  })

  it('with another station than is known makes its target STALE there', () => {
    const lone = loneHost()
    lone.wire.say(frameOfKind('a router advertisement', {}))
    ask(lone, FAR)
    lone.wire.say(frameOfKind('a redirect', { target: 'fe80::2', options: targetOption(OTHER_STATION) }))
    lone.wire.say(
      frameOfKind('a router advertisement', { source: ipv6('fe80::2'), options: sourceOption([2, 0, 0, 0, 0, 3]) }),
    )
    expect(of(lone, 'fe80::2%eth0')).toMatchObject({ state: 'STALE', mac: Uint8Array.of(2, 0, 0, 0, 0, 3) })
  })

  it('without a station makes a target that is known a router, and no neighbour of one that is not', () => {
    const lone = redirected('fe80::2', FAR, [])
    expect(of(lone, 'fe80::2%eth0')).toBe(undefined)
    const known = loneHost()
    known.wire.say(frameOfKind('a router advertisement', {}))
    ask(known, FAR)
    introduceStranger(known.wire, ipv6('fe80::2'))
    known.wire.say(frameOfKind('a redirect', { options: [] }))
    expect(of(known, 'fe80::2%eth0')).toMatchObject({ isRouter: true })
  })
})
