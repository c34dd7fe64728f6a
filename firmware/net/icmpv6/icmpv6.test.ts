import { describe, expect, it } from 'vitest'
import {
  ALL_NODES,
  addressOctets,
  introduceStranger,
  type LoneHost,
  loneHost,
  OWN,
  sentOf,
} from '../../../test/support/ipv6-stranger.js'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import type { Ipv6Address } from '../ipv6/address.js'
import type { IcmpError } from '../network-layer.js'

const STRANGER = 'fe80::bad'
const echo = (...data: number[]) => [128, 0, 0, 0, 0x12, 0x34, 0, 7, ...data]

/** A host that knows the station of the stranger, or of somebody else behind the same one. */
function known(source?: Ipv6Address): LoneHost {
  const lone = loneHost()
  introduceStranger(lone.wire, source)
  lone.wire.frames.length = 0
  return lone
}

describe('an echo request (RFC 4443 4.2)', () => {
  it('is answered with its identifier, number and all of its data, from the address that it was for', () => {
    for (const [source, destination] of [
      [STRANGER, OWN],
      ['2001:db8::bad', ipv6('2001:db8::a')],
    ] as const) {
      const { wire } = known(ipv6(source))
      const data = Array.from({ length: 1000 }, (_, i) => (i * 7) & 255)
      wire.say(frameOf(destination, echo(...data), { source: ipv6(source) }))
      const [reply] = sentOf(wire, 129)
      expect([...reply.message.subarray(4)]).toEqual([...echo(...data).slice(4)])
      expect([...reply.frame.subarray(22, 38)]).toEqual(addressOctets(destination))
      expect([reply.destination, reply.code]).toEqual([source, 0])
    }
  })

  it('without data is answered', () => {
    const { wire } = known()
    wire.say(frameOf(OWN, echo()))
    expect(sentOf(wire, 129).map(({ message }) => message.length)).toEqual([8])
  })

  it('to a group is answered from an address of the interface that it came by', () => {
    const wire = new Ipv6Wire()
    const second = new Ipv6Wire(wire.clock)
    const host = wire.host('a', '02:00:00:00:00:0a', { addresses: ['2001:db8::a/64'] })
    host.addInterface({
      name: 'eth1',
      device: second.plug('02:00:00:00:00:0b'),
      ipv6: { addresses: ['2001:db8:1::b/64'] },
    })
    wire.clock.runFor(20 * SECOND)
    second.frames.length = 0
    wire.frames.length = 0
    // It asks with an address of the other network, by the second interface.
    second.say(frameOf(ALL_NODES, echo(1), { source: ipv6('2001:db8::77'), to: '33:33:00:00:00:01' }))
    const asked = sentOf(wire, 135)
    expect(asked).toMatchObject([{ destination: 'ff02::1:ff00:77' }])
    wire.say(
      frameOf(
        ipv6('2001:db8::a'),
        [136, 0, 0, 0, 0x60, 0, 0, 0, ...addressOctets('2001:db8::77'), 2, 1, 2, 0, 0, 0, 0xba, 0xd0],
        { source: ipv6('2001:db8::77') },
      ),
    )
    const replies = [...sentOf(wire, 129), ...sentOf(second, 129)]
    expect(replies.map(({ source }) => source)).toEqual(['2001:db8:1::b'])
  })

  it('with a wrong checksum is not answered', () => {
    const { wire, host } = known()
    const frame = frameOf(OWN, echo(1, 2))
    frame[63] ^= 1
    wire.say(frame)
    expect(wire.frames).toEqual([])
    expect(host.counters().icmpv6?.dropped).toEqual({ 'ICMPv6 checksum': 1 })
  })
})

describe('a message of ICMPv6 that arrives', () => {
  it('of an informational type that is not known is discarded in silence', () => {
    const { wire, host } = known()
    for (const type of [200, 201, 255]) wire.say(frameOf(OWN, [type, 0, 0, 0, 0, 0, 0, 0]))
    expect(wire.frames).toEqual([])
    expect(host.counters().icmpv6?.dropped).toEqual({ 'ICMPv6 type not handled': 3 })
  })

  it.each<[string, number, number]>([
    ['destination unreachable', 1, 3],
    ['packet too big', 2, 0],
    ['packet too big, of whatever code', 2, 9],
    ['time exceeded', 3, 0],
    ['parameter problem', 4, 1],
    ['an error of a type that is not known', 100, 0],
  ])('is handed to the protocol whose datagram it quotes: %s', (_, type, code) => {
    const { wire, host } = known()
    const told: string[] = []
    host.ipv6?.register({
      protocol: 253,
      receive: () => {},
      onIcmpError: (error: IcmpError) => told.push(`${error.type}/${error.code} ${error.protocol}`),
    })
    host.ping('fe80::bad%eth0', { timeLimit: MILLISECOND }, () => {})
    // A datagram of 1500 octets, as far as it is quoted.
    const quoted = [
      0x60,
      0,
      0,
      0,
      5,
      0xb4,
      253,
      64,
      ...addressOctets(OWN),
      ...addressOctets(STRANGER),
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
    ]
    wire.say(frameOf(OWN, [type, code, 0, 0, 0, 0, 5, 20, ...quoted]))
    expect(told).toEqual([`${type}/${code} 253`])
  })

  it('and quotes no protocol that can be found is dropped', () => {
    const { wire, host } = known()
    const quoted = [
      0x60,
      0,
      0,
      0,
      5,
      0xb4,
      60,
      64,
      ...addressOctets(OWN),
      ...addressOctets(STRANGER),
      17,
      9,
      1,
      4,
      0,
      0,
      0,
      0,
    ]
    wire.say(frameOf(OWN, [1, 3, 0, 0, 0, 0, 0, 0, ...quoted]))
    expect(host.counters().icmpv6?.dropped).toEqual({ 'ICMPv6 error not about us': 1 })
  })
})

describe('an error of ICMPv6 that is sent (RFC 4443 2.4)', () => {
  /** Something that is reported with a parameter problem, where nothing stands against it. */
  const wrong = (destination: Ipv6Address, how: Parameters<typeof frameOf>[2] = {}) =>
    frameOf(destination, [1, 2, 3, 4, 5, 6, 7, 8], { next: 99, ...how })

  it('goes to who sent it, from the address that it was for, and quotes it whole', () => {
    const { wire } = known()
    const frame = wrong(OWN)
    wire.say(frame)
    const [{ source, destination, message, code, type }] = sentOf(wire, 4)
    expect([type, code, source, destination]).toEqual([4, 1, 'fe80::ff:fe00:a', STRANGER])
    expect([...message.subarray(8)]).toEqual([...frame.subarray(14)])
  })

  it('quotes as much as fits into 1280 octets', () => {
    const { wire } = known()
    wire.say(frameOf(OWN, Array(1400).fill(7), { next: 99 }))
    expect(sentOf(wire, 4).map(({ frame }) => frame.length)).toEqual([14 + 1280])
  })

  it('about UDP that nobody listens for is port unreachable, with nothing in what is not used', () => {
    const { wire } = known()
    const frame = frameOf(OWN, [1, 1, 0, 0, 0, 8, 0, 0])
    // The sum of UDP: all but the sum itself, and the pseudo-header of protocol 17, is that of 58 less the difference.
    const udp = [1, 1, 0, 9, 0, 8]
    let sum = 8 + 17
    for (const octets of [addressOctets(STRANGER), addressOctets(OWN), udp])
      for (let i = 0; i < octets.length; i += 2) sum += (octets[i] << 8) | octets[i + 1]
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
    frame.set([...udp, (~sum >> 8) & 255, ~sum & 255], 54)
    frame[20] = 17
    wire.say(frame)
    expect(sentOf(wire, 1).map(({ code, message }) => [code, ...message.subarray(4, 8)])).toEqual([[4, 0, 0, 0, 0]])
  })

  it.each<[string, (lone: LoneHost) => void]>([
    [
      'an error',
      ({ wire }) =>
        wire.say(frameOf(OWN, [100, 0, 0, 0, 0, 0, 0, 0], { next: 60, before: [58, 0, 0x9e, 4, 0, 0, 0, 0] })),
    ],
    ['a datagram to a group', ({ wire }) => wire.say(wrong(ALL_NODES, { to: '33:33:00:00:00:01' }))],
    ['a datagram in a frame to a group', ({ wire }) => wire.say(wrong(OWN, { to: '33:33:00:00:00:01' }))],
    ['a datagram in a frame to everybody', ({ wire }) => wire.say(wrong(OWN, { to: 'ff:ff:ff:ff:ff:ff' }))],
    ['a datagram of nobody', ({ wire }) => wire.say(wrong(OWN, { source: ipv6('::') }))],
    ['a datagram of a group', ({ wire }) => wire.say(wrong(OWN, { source: ipv6('ff02::1') }))],
    [
      'an option to a group that asks for silence there: 11',
      ({ wire }) =>
        wire.say(
          frameOf(ALL_NODES, echo(), { next: 60, before: [58, 0, 0xde, 4, 0, 0, 0, 0], to: '33:33:00:00:00:01' }),
        ),
    ],
  ])('is not about %s', (_, say) => {
    const lone = known()
    say(lone)
    expect(sentOf(lone.wire, 1, 2, 3, 4)).toEqual([])
  })

  it('is about an option to a group that is to be reported even there: 10', () => {
    const { wire } = known()
    wire.say(frameOf(ALL_NODES, echo(), { next: 60, before: [58, 0, 0x9e, 4, 0, 0, 0, 0], to: '33:33:00:00:00:01' }))
    expect(sentOf(wire, 4)).toMatchObject([{ code: 2, source: 'fe80::ff:fe00:a' }])
  })

  it('is one of a burst of 50, then of 100 a second', () => {
    const { wire, host } = known()
    const { device } = host.interfaces[0]
    for (let i = 0; i < 200; i++) device.handleFrame?.(wrong(OWN))
    expect(sentOf(wire, 4).length).toBe(50)
    wire.frames.length = 0
    wire.clock.runFor(100 * MILLISECOND)
    for (let i = 0; i < 200; i++) device.handleFrame?.(wrong(OWN))
    expect(sentOf(wire, 4).length).toBe(10)
  })
})
