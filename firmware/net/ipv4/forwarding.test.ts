import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { arpFrame, echoFrame, fragmentFrames, ipv4Frame, numbered, TestDevice } from '../../../test/support/network.js'
import { SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { BROADCAST_MAC, ipv4, mac } from '../address.js'
import type { PingResult } from '../icmp/ping.js'
import { parseIpv4Packet } from '../wire/ipv4.js'

const FAR_MAC = mac('02:00:00:00:01:02')
const EAST_MAC = mac('02:00:00:00:01:01')

/** A router at 10.0.0.1 and 10.1.0.1 that knows 10.0.0.2 and 10.1.0.2. */
function bench(options: { mtu?: number; forwarding?: boolean } = {}) {
  const clock = new Scheduler()
  const west = new TestDevice()
  const east = new TestDevice(EAST_MAC)
  const stack = new Stack({ clock, random: new SeededRandom(1), forwarding: options.forwarding ?? true })
  stack.addInterface({ name: 'west', device: west, address: '10.0.0.1/24' })
  const mtu = options.mtu === undefined ? {} : { mtu: options.mtu }
  stack.addInterface({ name: 'east', device: east, address: '10.1.0.1/24', ...mtu })
  west.inject(arpFrame())
  east.inject(arpFrame({ from: FAR_MAC, sender: '10.1.0.2', target: '10.1.0.1' }))
  west.take()
  east.take()
  const dropped = () => stack.counters().ipv4.dropped
  return { clock, west, east, stack, dropped }
}

const TO_EAST = { destination: '10.1.0.2' }

describe('a router (RFC 1812)', () => {
  it('passes on a datagram with one less to live and a good checksum, whatever its octets', () => {
    const { west, east, stack } = bench()
    for (let i = 0; i < 2000; i++) {
      const payload = numbered(i % 100)
      const fields = {
        ...TO_EAST,
        payload,
        identification: (i * 33) & 0xffff,
        timeToLive: 2 + (i % 253),
        trafficClass: i & 0xff,
      }
      west.inject(ipv4Frame(fields))
      const [frame] = east.take()
      expect(Array.from(frame.subarray(0, 12))).toEqual([...FAR_MAC, ...EAST_MAC])
      const packet = parseIpv4Packet(frame, 14)
      expect(packet).toMatchObject({
        timeToLive: 1 + (i % 253),
        source: ipv4('10.0.0.2'),
        trafficClass: i & 0xff,
        identification: (i * 33) & 0xffff,
      })
      expect(frame.length).toBe(34 + payload.length)
      expect(frame.subarray(34)).toEqual(payload)
    }
    expect(stack.counters().ipv4.forwarded).toBe(2000)
    expect(west.take()).toEqual([])
  })

  it('hears what comes for an address that an interface without one is about to get (RFC 2131 4.1), and passes it on to nobody', () => {
    const { east, west, stack } = bench()
    stack.interfaces[0].unconfigure()
    const port = stack.udp.bind({ address: 0, port: 68 }, { via: 'west' })
    const payload = Uint8Array.of(0, 67, 0, 68, 0, 9, 0, 0, 42)
    west.inject(ipv4Frame({ destination: '10.1.0.2', protocol: 17, payload }))
    expect(east.take()).toEqual([])
    expect(port.queue.count).toBe(1)
    expect(stack.counters().ipv4.forwarded).toBe(0)
  })

  it('is none unless it is told to be', () => {
    for (const said of [{ forwarding: false }, {}]) {
      const stack = new Stack({ clock: new Scheduler(), random: new SeededRandom(1), ...said })
      const [west, east] = [new TestDevice(), new TestDevice(EAST_MAC)]
      stack.addInterface({ name: 'west', device: west, address: '10.0.0.1/24' })
      stack.addInterface({ name: 'east', device: east, address: '10.1.0.1/24' })
      west.inject(ipv4Frame(TO_EAST))
      expect(east.take()).toEqual([])
      expect(stack.counters().ipv4.dropped).toEqual({ 'not for this host': 1 })
    }
  })

  it('says time exceeded when nothing is left to live (5.3.1)', () => {
    const { west, east } = bench()
    for (const timeToLive of [0, 1]) west.inject(echoFrame(8, { ...TO_EAST, timeToLive }))
    expect(east.take()).toEqual([])
    expect(west.takeLines()).toEqual(Array(2).fill('IP 10.0.0.1 > 10.0.0.2: ICMP time exceeded in-transit, length 44'))
  })

  it('says network unreachable without a route, and host unreachable when nobody answers (5.2.7.1)', () => {
    const { clock, west, stack } = bench()
    west.inject(ipv4Frame({ destination: '99.9.9.9', payload: numbered(8) }))
    expect(west.takeLines()).toEqual(['IP 10.0.0.1 > 10.0.0.2: ICMP net 99.9.9.9 unreachable, length 36'])
    west.inject(ipv4Frame({ destination: '10.1.0.77', payload: numbered(8) }))
    clock.runFor(4 * SECOND)
    expect(west.takeLines()).toEqual(['IP 10.0.0.1 > 10.0.0.2: ICMP host 10.1.0.77 unreachable, length 36'])
    expect(stack.memory.used).toBe(0)
  })

  it('passes on what waited when the neighbour answers', () => {
    const { west, east } = bench()
    west.inject(ipv4Frame({ destination: '10.1.0.9', payload: [1, 2, 3] }))
    expect(east.takeLines()).toEqual(['ARP, Request who-has 10.1.0.9 tell 10.1.0.1'])
    east.inject(arpFrame({ operation: 2, from: FAR_MAC, sender: '10.1.0.9', target: '10.1.0.1' }))
    expect(east.takeLines()).toEqual(['IP 10.0.0.2 > 10.1.0.9: protocol 253, length 3'])
  })

  it('cuts what is too long for the next link, and fragments of fragments (RFC 791 3.2)', () => {
    const { west, east } = bench({ mtu: 296 })
    const payload = numbered(3000)
    for (const frame of fragmentFrames(payload, 1480, TO_EAST)) west.inject(frame)
    const whole = new Uint8Array(3000)
    const ends: boolean[] = []
    for (const frame of east.take()) {
      expect(frame.length).toBeLessThanOrEqual(14 + 296)
      const packet = parseIpv4Packet(frame, 14)
      if (typeof packet === 'string') throw new Error(packet)
      whole.set(frame.subarray(packet.payloadAt, packet.payloadEnd), packet.fragmentOffset)
      if (!packet.moreFragments) ends.push(packet.fragmentOffset + packet.payloadEnd - packet.payloadAt === 3000)
    }
    expect(whole).toEqual(payload)
    expect(ends).toEqual([true])
  })

  it('puts into the later fragments only the options that are to be copied (RFC 791 3.1)', () => {
    const { west, east } = bench({ mtu: 296 })
    const security = [130, 11, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    const options = [7, 7, 4, 0, 0, 0, 0, 148, 4, 0, 0, ...security, 68, 8, 5, 0, 0, 0, 0, 0, 0, 0]
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(600), options }))
    const [first, second, third] = east.take().map((frame) => parseIpv4Packet(frame, 14))
    const stamped = [68, 8, 9, 0, 0x80, 0, 0, 0]
    expect(first).toMatchObject({
      options: Uint8Array.from([7, 7, 8, 10, 1, 0, 1, 148, 4, 0, 0, ...security, ...stamped, 0, 0]),
    })
    for (const later of [second, third])
      expect(later).toMatchObject({ options: Uint8Array.from([148, 4, 0, 0, ...security, 0]) })
  })

  it('adds its address and its time to a timestamp (RFC 791 3.1)', () => {
    const { clock, west, east } = bench()
    clock.runFor(SECOND)
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(8), options: [68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0] }))
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(8), options: [68, 4, 5, 0] }))
    const [stamped, full] = east.take().map((frame) => parseIpv4Packet(frame, 14))
    expect(stamped).toMatchObject({ options: Uint8Array.of(68, 12, 13, 1, 10, 1, 0, 1, 0x80, 0, 3, 0xe8) })
    expect(full).toMatchObject({ options: Uint8Array.of(68, 4, 5, 0x10) })
  })

  it.each([
    ['a record route', [7, 7, 8, 10, 9, 9, 9, 0], [7, 7, 8, 10, 9, 9, 9, 0]],
    ['a timestamp, and is counted', [68, 8, 9, 0xe0, 0, 0, 0, 9], [68, 8, 9, 0xf0, 0, 0, 0, 9]],
    [
      'a timestamp for the addresses in it',
      [68, 12, 13, 0xf3, 10, 9, 9, 9, 0, 0, 0, 9],
      [68, 12, 13, 0xf3, 10, 9, 9, 9, 0, 0, 0, 9],
    ],
    [
      'a timestamp where the address that is next is another’s',
      [68, 12, 5, 3, 10, 9, 9, 9, 0, 0, 0, 0],
      [68, 12, 5, 3, 10, 9, 9, 9, 0, 0, 0, 0],
    ],
  ])('passes on what has no place for it in %s (RFC 791 3.1)', (_, options, passed) => {
    const { west, east } = bench()
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(8), options }))
    expect(east.take().map((frame) => parseIpv4Packet(frame, 14))).toMatchObject([{ options: Uint8Array.from(passed) }])
    expect(west.take()).toEqual([])
  })

  it('writes its time alone where times alone are asked for, and behind its address where that is next (RFC 791 3.1)', () => {
    const { clock, west, east } = bench()
    clock.runFor(SECOND)
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(8), options: [68, 8, 5, 0, 0, 0, 0, 0] }))
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(8), options: [68, 12, 5, 3, 10, 1, 0, 1, 0, 0, 0, 0] }))
    expect(east.take().map((frame) => parseIpv4Packet(frame, 14))).toMatchObject([
      { options: Uint8Array.of(68, 8, 9, 0, 0x80, 0, 3, 0xe8) },
      { options: Uint8Array.of(68, 12, 13, 3, 10, 1, 0, 1, 0x80, 0, 3, 0xe8) },
    ])
  })

  it.each([
    ['a record route has room for half an address', [7, 9, 8, 10, 9, 9, 9, 0, 0, 0, 0, 0], 22],
    ['a timestamp has room for half an entry', [68, 8, 5, 1, 0, 0, 0, 0], 22],
    ['a timestamp cannot count any more who had no room', [68, 8, 9, 0xf0, 0, 0, 0, 9], 23],
  ])('discards a datagram where %s, and says where (RFC 791 3.1)', (_, options, pointer) => {
    const { west, east } = bench()
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(8), options }))
    expect(east.take()).toEqual([])
    const [answer] = west.take()
    expect(Array.from(answer.subarray(34, 36))).toEqual([12, 0])
    expect(answer[38]).toBe(pointer)
  })

  it('says how much the next link takes when a datagram is not to be cut (RFC 1191 4)', () => {
    const { west, east } = bench({ mtu: 296 })
    west.inject(ipv4Frame({ ...TO_EAST, payload: numbered(600), dontFragment: true }))
    expect(east.take()).toEqual([])
    expect(west.takeLines()).toEqual([
      'IP 10.0.0.1 > 10.0.0.2: ICMP 10.1.0.2 unreachable - need to frag (mtu 296), length 556',
    ])
  })

  it.each([
    ['to everyone', { destination: '255.255.255.255', to: BROADCAST_MAC }],
    ['to everyone on the other network', { destination: '10.1.0.255' }],
    ['in a broadcast frame', { destination: '10.1.0.2', to: BROADCAST_MAC }],
    ['to a group', { destination: '239.1.2.3' }],
    ['to no host', { destination: '240.0.0.1' }],
    ['to 0/8', { destination: '0.1.2.3' }],
    ['to its loopback', { destination: '127.0.0.1' }],
    ['from 127/8', { source: '127.0.0.5', destination: '10.1.0.2' }],
    ['from its own address', { source: '10.1.0.1', destination: '10.1.0.2' }],
    ['from a group', { source: '224.0.0.5', destination: '10.1.0.2' }],
  ])('does not pass on a datagram %s', (_, fields) => {
    const { clock, west, east } = bench()
    west.inject(ipv4Frame({ payload: numbered(8), ...fields }))
    clock.runFor(SECOND)
    expect(east.take()).toEqual([])
    expect(west.take()).toEqual([])
  })

  it('answers for each of its addresses on whichever side it is asked', () => {
    const { west } = bench()
    west.inject(echoFrame(8, { destination: '10.1.0.1' }))
    expect(west.takeLines()).toEqual(['IP 10.1.0.1 > 10.0.0.2: ICMP echo reply, id 1, seq 2, length 16'])
  })

  it('shows itself to traceroute, which finds every router on the way', () => {
    // Three routers in a row between two hosts, joined by devices that hand frames over.
    const clock = new Scheduler()
    const random = new SeededRandom(3)
    let number = 1
    const join = (
      a: Stack,
      addressA: string,
      b: Stack,
      addressB: string,
      gateways: readonly (string | undefined)[] = [],
    ) => {
      const ends = [a, b].map((stack, i) => {
        const device = new TestDevice(mac(`02:00:00:00:00:${(number++).toString(16).padStart(2, '0')}`))
        const gateway = gateways[i]
        const address = i === 0 ? addressA : addressB
        stack.addInterface({ name: `eth${number}`, device, address, ...(gateway === undefined ? {} : { gateway }) })
        return device
      })
      ends.forEach((device, i) => {
        device.send = (frame) => {
          const copy = frame.slice()
          clock.after(1000, () => ends[1 - i].inject(copy))
          return true
        }
      })
    }
    const make = (name: string, forwarding: boolean) =>
      new Stack({ clock, random: random.fork(name), name, forwarding })
    const [host, a, b, c, far] = ['host', 'a', 'b', 'c', 'far'].map((name) => make(name, name.length === 1))
    join(host, '10.0.0.2/24', a, '10.0.0.1/24', ['10.0.0.1'])
    join(a, '10.1.0.1/30', b, '10.1.0.2/30', ['10.1.0.2'])
    join(b, '10.2.0.1/30', c, '10.2.0.2/30', ['10.2.0.2'])
    join(c, '10.3.0.1/24', far, '10.3.0.2/24', [undefined, '10.3.0.1'])
    b.addRoute('10.0.0.0/24', '10.1.0.1')
    c.addRoute('10.0.0.0/24', '10.2.0.1')
    c.addRoute('10.1.0.0/30', '10.2.0.1')
    const found: PingResult[] = []
    for (let timeToLive = 1; timeToLive <= 4; timeToLive++) {
      host.ping('10.3.0.2', { timeToLive, size: 4000 }, (result) => found.push(result))
      clock.runFor(SECOND)
    }
    const routers = ['10.0.0.1', '10.1.0.2', '10.2.0.2'].map(ipv4)
    expect(found).toMatchObject([
      ...routers.map((from) => ({ reason: 'time exceeded', from })),
      { ok: true, size: 4000, timeToLive: 61 },
    ])
  })
})
