import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { arpFrame, echoFrame, fragmentFrames, ipv4Frame, numbered, TestDevice } from '../../../test/support/network.js'
import { SECOND } from '../../hal/clock.js'
import { Stack, type StackOptions } from '../../stack.js'
import { BROADCAST_MAC, ipv4 } from '../address.js'
import type { IpAddress } from '../ip.js'
import type { Datagram, HeaderFields } from '../network-layer.js'
import { parseIpv4Packet } from '../wire/ipv4.js'

const FIELDS: HeaderFields = { timeToLive: 64, trafficClass: 0, dontFragment: false }

/** A stack at 10.0.0.1 that knows its neighbour, with a transport of protocol 253 that keeps what it is given. */
function bench(options: Partial<StackOptions> = {}) {
  const clock = new Scheduler()
  const device = new TestDevice()
  const stack = new Stack({ clock, random: new SeededRandom(1), ...options })
  const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24' })
  const received: { payload: Uint8Array; source: IpAddress; toGroup: boolean; via: string; trafficClass: number }[] = []
  stack.ipv4.register({
    protocol: 253,
    receive({ frame, payloadAt, payloadEnd, source, toGroup, via, trafficClass }: Datagram) {
      received.push({ payload: frame.octets.slice(payloadAt, payloadEnd), source, toGroup, via, trafficClass })
    },
  })
  device.inject(arpFrame())
  device.take()
  const dropped = () => stack.counters().ipv4.dropped
  return { clock, device, stack, network, received, dropped }
}

describe('IPv4 receives', () => {
  it('a datagram without the padding of its frame', () => {
    const { device, received } = bench()
    device.inject(ipv4Frame({ payload: [1, 2, 3] }))
    expect(received).toMatchObject([{ payload: Uint8Array.of(1, 2, 3), source: ipv4('10.0.0.2'), via: 'eth0' }])
  })

  it.each([
    ['version 5', 14, 0x55, 'IPv4 version'],
    ['version 6', 14, 0x65, 'IPv4 version'],
    ['a header of 16 octets', 14, 0x44, 'IPv4 header length'],
    ['a header of 60 octets where only 46 are', 14, 0x4f, 'IPv4 total length'],
    ['a total length of 19', 17, 19, 'IPv4 total length'],
    ['a total length past the frame', 17, 47, 'IPv4 truncated'],
    ['a wrong checksum', 24, 0x12, 'IPv4 header checksum'],
  ])('127 [1122 §3.2.1.1-2] nothing of %s', (_, at, value, reason) => {
    const { device, received, dropped } = bench()
    device.inject(
      ipv4Frame({
        payload: [1, 2, 3],
        spoil: (frame) => {
          frame[at] = value
        },
      }),
    )
    expect(received).toEqual([])
    expect(device.take()).toEqual([])
    expect(dropped()).toEqual({ [reason]: 1 })
  })

  it.each([
    ['no operations and an end of list', [1, 1, 0, 0]],
    ['a record route', [7, 7, 4, 0, 0, 0, 0, 0]],
    ['a timestamp', [68, 8, 5, 0, 0, 0, 0, 0]],
    ['a router alert', [148, 4, 0, 0]],
    ['an unknown option', [0x9e, 6, 1, 2, 3, 4, 1, 1]],
    ['a loose source route that ends here', [131, 7, 8, 10, 0, 0, 9, 0]],
  ])('128 [1122 §3.2.1.8] the payload behind %s', (_, options) => {
    const { device, received } = bench()
    device.inject(ipv4Frame({ options, payload: [5, 6, 7] }))
    expect(received).toMatchObject([{ payload: Uint8Array.of(5, 6, 7) }])
  })

  it('128 [1122 §3.2.1.8] and does not pass on a datagram whose source route goes on, as host or as router', () => {
    for (const forwarding of [false, true]) {
      const { device, received, dropped } = bench({ forwarding })
      device.inject(ipv4Frame({ options: [131, 7, 4, 10, 0, 0, 2, 0], payload: [5] }))
      device.inject(ipv4Frame({ options: [137, 7, 4, 10, 0, 0, 2, 0], payload: [5], destination: '10.0.0.2' }))
      expect(received).toEqual([])
      expect(device.takeLines()).toEqual([expect.stringMatching(/^IP 10.0.0.1 > 10.0.0.2: ICMP .*source route failed/)])
      expect(dropped()).toEqual({ 'IPv4 options': 1, [forwarding ? 'source route' : 'not for this host']: 1 })
    }
  })

  it.each([
    ['no room for a length', [1, 1, 1, 7], 23],
    ['a length of 1', [7, 1, 0, 0], 21],
    ['a length past the header', [7, 9, 4, 0, 0, 0, 0, 0], 21],
    ['a pointer into its own head', [7, 7, 3, 0, 0, 0, 0, 0], 22],
    ['a source route’s pointer into its own head', [131, 7, 3, 10, 0, 0, 9, 0], 22],
    ['a second source route', [131, 7, 8, 10, 0, 0, 9, 137, 7, 8, 10, 0, 0, 9, 0, 0], 27],
    ['a timestamp’s pointer into its own head', [68, 8, 4, 0, 0, 0, 0, 0], 22],
    ['room for half an address', [7, 9, 8, 10, 0, 0, 9, 0, 0, 0, 0, 0], 22],
    ['room for half a time', [68, 10, 9, 0, 0, 0, 0, 9, 0, 0, 0, 0], 22],
    ['room for an address but not for its time', [68, 8, 5, 1, 0, 0, 0, 0], 22],
    ['a count of those without room that is at its end', [68, 8, 9, 0xf0, 0, 0, 0, 9], 23],
  ])('nothing behind an option with %s, and says where (RFC 792, parameter problem)', (_, options, pointer) => {
    const { device, received } = bench()
    device.inject(ipv4Frame({ options, payload: [5] }))
    expect(received).toEqual([])
    const [answer] = device.take()
    expect(Array.from(answer.subarray(34, 36))).toEqual([12, 0])
    expect(answer[38]).toBe(pointer)
  })

  it.each(['0.0.0.5', '127.0.0.1', '224.0.0.5', '240.0.0.1', '255.255.255.255', '10.0.0.255', '10.0.0.0', '10.0.0.1'])(
    'nothing from %s, which is nobody else’s address (RFC 1122 3.2.1.3)',
    (source) => {
      const { device, received, dropped } = bench()
      device.inject(ipv4Frame({ source }))
      expect(received).toEqual([])
      expect(device.take()).toEqual([])
      expect(dropped()).toEqual({ 'IPv4 source': 1 })
    },
  )

  it.each(['10.0.0.1/31', '10.0.0.1/32'])(
    'what 10.0.0.0 sends to %s, a network without a number (RFC 3021)',
    (address) => {
      const { device, network, received, dropped } = bench()
      network.configure(address)
      device.inject(ipv4Frame({ source: '10.0.0.0', payload: [1] }))
      expect(received).toMatchObject([{ source: ipv4('10.0.0.0') }])
      expect(dropped()).toEqual({})
    },
  )

  it('nothing from the number of the network that it has now; that of the one before is a host’s again', () => {
    const { device, network, received, dropped } = bench()
    network.configure('10.0.0.129/25')
    device.inject(ipv4Frame({ source: '10.0.0.128', destination: '10.0.0.129' }))
    expect(dropped()).toEqual({ 'IPv4 source': 1 })
    device.inject(ipv4Frame({ source: '10.0.0.0', destination: '10.0.0.129', payload: [1] }))
    expect(received).toMatchObject([{ source: ipv4('10.0.0.0') }])
  })

  it('nothing for 127.0.0.1 from the wire', () => {
    const { device, received } = bench()
    device.inject(ipv4Frame({ destination: '127.0.0.1' }))
    expect(received).toEqual([])
  })

  it('broadcasts of its network and of everyone, and no datagram for itself in a broadcast frame (RFC 1122 3.3.6)', () => {
    const { device, received, dropped } = bench()
    device.inject(ipv4Frame({ destination: '255.255.255.255', to: BROADCAST_MAC }))
    device.inject(ipv4Frame({ destination: '10.0.0.255', to: BROADCAST_MAC }))
    device.inject(ipv4Frame({ destination: '10.0.0.1', to: BROADCAST_MAC }))
    expect(received.map(({ toGroup }) => toGroup)).toEqual([true, true])
    expect(dropped()).toEqual({ 'unicast in a broadcast frame': 1 })
  })

  it('what is for another of its addresses, on whichever interface', () => {
    const { device, stack, received } = bench()
    stack.addInterface({ name: 'eth1', device: new TestDevice(), address: '10.9.9.9/24' })
    device.inject(ipv4Frame({ destination: '10.9.9.9' }))
    expect(received.length).toBe(1)
  })

  it('unicast UDP and broadcasts while it has no address, for DHCP (RFC 2131 4.1)', () => {
    const { device, network, stack, dropped } = bench()
    const heard: IpAddress[] = []
    stack.ipv4.register({ protocol: 17, receive: ({ destination }) => heard.push(destination) })
    network.unconfigure()
    device.inject(ipv4Frame({ destination: '10.0.0.77', protocol: 17 }))
    device.inject(ipv4Frame({ destination: '255.255.255.255', protocol: 17, to: BROADCAST_MAC }))
    device.inject(ipv4Frame({ destination: '10.0.0.77', protocol: 6 }))
    expect(heard).toEqual([ipv4('10.0.0.77'), 0xffffffff])
    expect(dropped()).toEqual({ 'not for this host': 1 })
  })

  it('what has one hop left, or none: it is where it was to go (RFC 1122 3.2.1.7)', () => {
    const { device, received } = bench()
    for (const timeToLive of [1, 0]) device.inject(ipv4Frame({ timeToLive, payload: [timeToLive] }))
    expect(received.map(({ payload }) => payload[0])).toEqual([1, 0])
  })

  it('frames with a priority tag, and none of another VLAN (802.1Q)', () => {
    const { device, received, network } = bench()
    const tagged = (tag: number) => {
      const plain = ipv4Frame({ payload: numbered(30) })
      return Uint8Array.from([...plain.subarray(0, 12), 0x81, 0, tag >> 8, tag & 0xff, ...plain.subarray(12)])
    }
    device.inject(tagged(0xe000))
    expect(received).toMatchObject([{ payload: numbered(30) }])
    device.inject(tagged(0xe007))
    expect(received.length).toBe(1)
    expect(network.counters.dropped).toEqual({ 'VLAN tag': 1 })
  })

  it('and tells transports when the frames that waited are through', () => {
    const { device, stack } = bench()
    const log: string[] = []
    stack.ipv4.register({
      protocol: 254,
      receive: ({ more }) => log.push(more ? 'more' : 'last'),
      onBatchEnd: () => log.push('end'),
    })
    device.inject(ipv4Frame({ protocol: 254 }), true)
    device.inject(ipv4Frame({ protocol: 254 }), true)
    device.inject(ipv4Frame({ protocol: 254 }))
    expect(log).toEqual(['more', 'more', 'last', 'end'])
  })
})

describe('IPv4 reassembles', () => {
  const payload = numbered(4001)
  const orders = {
    'as sent': (frames: Uint8Array[]) => frames,
    backwards: (frames: Uint8Array[]) => frames.toReversed(),
    'the first last': ([first, ...rest]: Uint8Array[]) => [...rest, first],
    'each twice': (frames: Uint8Array[]) => [...frames.slice(0, -1).flatMap((frame) => [frame, frame]), frames.at(-1)!],
  }

  it.each(Object.entries(orders))('129 [1122 §3.3.2] fragments that arrive %s to one datagram', (_, order) => {
    const { clock, device, stack, received } = bench()
    for (const frame of order(fragmentFrames(payload, 1480))) device.inject(frame)
    expect(received).toMatchObject([{ payload }])
    expect(stack.memory.used).toBe(0)
    expect(clock.nextAt).toBeUndefined()
  })

  it('129 [1122 §3.3.2] shuffled fragments, over 200 seeds, with exact overlaps and other lengths', () => {
    const { device, stack, received } = bench()
    const random = new SeededRandom(5)
    for (let seed = 0; seed < 200; seed++) {
      const whole = numbered(1 + random.below(6000), seed)
      const step = 8 * (1 + random.below(180))
      const fields = { identification: seed }
      const frames = fragmentFrames(whole, step, fields)
      if (frames.length === 1) continue
      // Another cut of the same datagram overlaps the first one with the same octets.
      for (const frame of fragmentFrames(whole, step + 8, fields)) if (random.below(3) === 0) frames.push(frame)
      for (let i = frames.length - 1; i > 0; i--) {
        const other = random.below(i + 1)
        ;[frames[i], frames[other]] = [frames[other], frames[i]]
      }
      received.length = 0
      for (const frame of frames) device.inject(frame)
      expect(received.length, `seed ${seed}`).toBeGreaterThanOrEqual(1)
      expect(received[0].payload, `seed ${seed}`).toEqual(whole)
    }
    expect(stack.counters().ipv4.dropped['fragment overlap']).toBeUndefined()
  })

  it('129 [1122 §3.3.2] not what differs in source, destination, protocol or identification', () => {
    const { device, stack, received } = bench()
    stack.ipv4.register({ protocol: 254, receive: () => received.push({} as never) })
    const [first, second] = fragmentFrames(numbered(1600), 1480)
    device.inject(first)
    for (const other of [
      { source: '10.0.0.3' },
      { destination: '10.0.0.255' },
      { protocol: 254 },
      { identification: 2 },
    ])
      device.inject(fragmentFrames(numbered(1600), 1480, other)[1])
    expect(received).toEqual([])
    device.inject(second)
    expect(received.length).toBe(1)
  })

  it('130 [1122 §3.3.2] nothing where a fragment is missing: freed after 60 s, with time exceeded if the first came', () => {
    const { clock, device, stack, received, dropped } = bench()
    const [first, second] = fragmentFrames(payload, 1480)
    device.inject(first)
    device.inject(second)
    clock.runFor(59 * SECOND)
    expect(stack.memory.used).toBeGreaterThan(0)
    expect(device.take()).toEqual([])
    device.inject(arpFrame()) // else the neighbour is forgotten by now
    device.take()
    clock.runFor(2 * SECOND)
    expect(stack.memory.used).toBe(0)
    expect(device.takeLines()).toEqual(['IP 10.0.0.1 > 10.0.0.2: ICMP ip reassembly time exceeded, length 556'])
    expect(received).toEqual([])
    expect(dropped()).toEqual({ 'fragments timed out': 1 })
    expect(clock.nextAt).toBeUndefined()
  })

  it('nothing of what it held and had learnt before it lost its supply: no time exceeded, no datagram made of old halves', () => {
    const { clock, device, stack, received, dropped } = bench()
    const [first, ...others] = fragmentFrames(payload, 1480)
    device.inject(first)
    stack.ipv4.route(ipv4('10.0.0.9'))
    expect(stack.ipv4.lowerPathMtu(ipv4('10.0.0.9'), 1400, 1500)).toBe(true)
    stack.abandon()
    expect(stack.memory.used).toBe(0)
    for (const other of others) device.inject(other)
    expect(received).toEqual([])
    clock.runFor(70 * SECOND)
    expect(device.takeLines()).toEqual([]) // of the first fragment alone
    expect(dropped()).toEqual({ 'fragments timed out': 1 })
    expect(stack.ipv4.route(ipv4('10.0.0.9'))?.pathMtu).toBe(1500)
  })

  it('130 [1122 §3.3.2] and says nothing where the first did not come', () => {
    const { clock, device, stack } = bench()
    device.inject(fragmentFrames(payload, 1480)[1])
    clock.runFor(61 * SECOND)
    expect(device.take()).toEqual([])
    expect(stack.memory.used).toBe(0)
  })

  it('130 [1122 §3.3.2] with never more than half of the budget, whatever arrives; the oldest goes first', () => {
    const { clock, device, stack, received, dropped } = bench({ memory: 16_384 })
    for (let identification = 0; identification < 500; identification++) {
      device.inject(fragmentFrames(numbered(3000), 1480, { identification })[identification % 2])
      expect(stack.memory.used).toBeLessThanOrEqual(8192)
    }
    expect(dropped()['fragments evicted']).toBeGreaterThan(400)
    const last = fragmentFrames(numbered(3000), 1480, { identification: 1000 })
    for (const frame of last) device.inject(frame)
    expect(received).toMatchObject([{ payload: numbered(3000) }])
    // Time is over after 60 s; who is told so has to be found by ARP first, and does not answer.
    clock.runFor(70 * SECOND)
    expect(stack.memory.used).toBe(0)
  })

  it('with no more memory at its peak than the datagram and the longest header take, in order or not', () => {
    for (const order of ['first to last', 'shuffled'] as const) {
      const { device, stack, received } = bench({ memory: 1 << 20 })
      const frames = fragmentFrames(numbered(65_515), 1480)
      const random = new SeededRandom(1)
      if (order === 'shuffled') frames.sort(() => random.float() - 0.5)
      for (const frame of frames) device.inject(frame)
      expect(received).toMatchObject([{ payload: numbered(65_515) }])
      // 14 octets of Ethernet, and 60 of IP.
      expect(stack.memory.snapshot().peak).toBeLessThanOrEqual(65_535 + 14 + 60)
      expect(stack.memory.used).toBe(0)
    }
  })

  it('that fits its half of a small budget only just, as it grows', () => {
    const { device, stack, received, dropped } = bench({ memory: 2 * (74 + 2800) })
    for (const frame of fragmentFrames(numbered(2800), 512)) device.inject(frame)
    expect(received).toMatchObject([{ payload: numbered(2800) }])
    expect(stack.memory.snapshot()).toMatchObject({ peak: 74 + 2800, used: 0, refused: {} })
    expect(dropped()).toEqual({})
  })

  it('and no other datagram gives way to what would only be convenient', () => {
    const { device, received, dropped } = bench({ memory: 16_384 })
    const other = fragmentFrames(numbered(2400), 1200, { identification: 7 })
    device.inject(other[0])
    // 74 and 3600 octets are enough; twice as much would not fit beside the other.
    const frames = fragmentFrames(numbered(4800), 1200, { identification: 8 })
    for (const frame of frames.slice(0, 3)) device.inject(frame)
    device.inject(other[1])
    device.inject(frames[3])
    expect(received.map(({ payload: { length } }) => length)).toEqual([2400, 4800])
    expect(dropped()).toEqual({})
  })

  it('131 [RFC 815, 3128] nothing that would pass 65,535 octets', () => {
    const { clock, device, stack, received, dropped } = bench()
    device.inject(ipv4Frame({ payload: numbered(1480), moreFragments: true }))
    device.inject(ipv4Frame({ payload: numbered(40), offset: 65_512 }))
    expect(dropped()).toEqual({ 'fragment past 65535': 1 })
    expect(stack.memory.used).toBe(0)
    // The largest that there is: a header of 20 octets and 65,515 behind it.
    for (const frame of fragmentFrames(numbered(65_515), 1480, { identification: 9 })) device.inject(frame)
    expect(received).toMatchObject([{ payload: numbered(65_515) }])
    clock.runFor(61 * SECOND)
    expect(clock.nextAt).toBeUndefined()
  })

  it('131 [RFC 815, 3128] nothing of fragments that overlap with other octets', () => {
    const { device, stack, received, dropped } = bench()
    const frames = fragmentFrames(payload, 800)
    device.inject(frames[0])
    device.inject(ipv4Frame({ payload: numbered(800, 1), offset: 400, moreFragments: true }))
    for (const frame of frames) device.inject(frame)
    expect(received).toEqual([])
    expect(dropped()['fragment overlap']).toBe(1)
    expect(stack.memory.used).toBe(0)
  })

  it.each([
    ['a first fragment of 16 octets', 0, 16],
    ['a fragment that begins in the header', 8, 800],
  ])('131 [RFC 815, 3128] nothing of a TCP datagram with %s', (_, offset, length) => {
    const { device, dropped } = bench()
    device.inject(ipv4Frame({ protocol: 6, payload: numbered(length), offset, moreFragments: true }))
    expect(dropped()).toEqual({ 'fragment tiny': 1 })
  })

  it.each([
    ['no octets', { payload: [], offset: 8, moreFragments: true }, 'fragment length'],
    ['12 octets, and more to come', { payload: numbered(12), moreFragments: true }, 'fragment length'],
  ])('nothing of a fragment of %s', (_, fields, reason) => {
    const { device, stack, dropped } = bench()
    device.inject(ipv4Frame(fields))
    expect(dropped()).toEqual({ [reason]: 1 })
    expect(stack.memory.used).toBe(0)
  })

  it('nothing of a datagram with two ends', () => {
    const { device, received, dropped } = bench()
    device.inject(ipv4Frame({ payload: numbered(80), offset: 80 }))
    device.inject(ipv4Frame({ payload: numbered(80), offset: 160 }))
    device.inject(ipv4Frame({ payload: numbered(80), moreFragments: true }))
    expect(received).toEqual([])
    expect(dropped()['fragment end']).toBe(1)
  })

  it('nothing of a datagram that ends before what is there of it', () => {
    const { device, received, dropped } = bench()
    device.inject(ipv4Frame({ payload: numbered(160), offset: 80, moreFragments: true }))
    device.inject(ipv4Frame({ payload: numbered(80), offset: 80 }))
    device.inject(ipv4Frame({ payload: numbered(80), moreFragments: true }))
    expect(received).toEqual([])
    expect(dropped()['fragment end']).toBe(1)
  })

  it('a congestion mark on any fragment as one on the datagram, and nothing where marks contradict (RFC 3168 5.3)', () => {
    const { device, received, dropped } = bench()
    const marked = (first: number, second: number, identification: number) => {
      device.inject(fragmentFrames(payload, 1000, { trafficClass: first, identification })[0])
      const rest = fragmentFrames(payload, 1000, { trafficClass: second, identification })
      for (const frame of rest.slice(1)) device.inject(frame)
    }
    marked(2, 3, 1)
    expect(received).toMatchObject([{ trafficClass: 3 }])
    marked(0, 3, 2)
    expect(received.length).toBe(1)
    expect(dropped()['fragment ECN']).toBe(1)
  })
})

describe('IPv4 sends', () => {
  it('a header of which every octet is as RFC 791 3.1 has it', () => {
    const { device, stack } = bench()
    const route = stack.ipv4.route(ipv4('10.0.0.2'))!
    stack.ipv4.send(route, 253, 3, { timeToLive: 64, trafficClass: 0x28, dontFragment: false })
    stack.ipv4.send(route, 253, 3, { timeToLive: 1, trafficClass: 0, dontFragment: true })
    const [plain, whole] = device.take().map((frame) => frame.subarray(14))
    const addresses = [10, 0, 0, 1, 10, 0, 0, 2]
    const identification = (octets: Uint8Array) => octets.subarray(4, 6)
    const sum = (octets: Uint8Array) => octets.subarray(10, 12)
    expect(Array.from(plain.subarray(0, 20))).toEqual([
      ...[0x45, 0x28, 0, 23, ...identification(plain), 0, 0],
      ...[64, 253, ...sum(plain), ...addresses],
    ])
    expect(Array.from(whole.subarray(0, 20))).toEqual([
      ...[0x45, 0, 0, 23, ...identification(whole), 0x40, 0],
      ...[1, 253, ...sum(whole), ...addresses],
    ])
    for (const octets of [plain, whole]) expect(parseIpv4Packet(octets)).toMatchObject({ payloadEnd: 23 })
  })

  it('each datagram to a host with an identification that the 65,535 before it did not have (RFC 791 3.2)', () => {
    const { device, stack } = bench()
    const route = stack.ipv4.route(ipv4('10.0.0.2'))!
    const seen = new Set<number>()
    for (let i = 0; i < 65_536; i++) {
      stack.ipv4.send(route, 253, 0, FIELDS)
      const [frame] = device.take()
      seen.add((frame[18] << 8) | frame[19])
    }
    expect(seen.size).toBe(65_536)
  })

  it('in fragments of whole octets of eight, all with one identification (RFC 791 3.2)', () => {
    const { device, stack } = bench()
    const route = stack.ipv4.route(ipv4('10.0.0.2'))!
    const octets = numbered(5000)
    expect(stack.ipv4.sendLong(route, 253, octets, 0, 5000, FIELDS)).toBe('sent')
    const packets = device.take().map((frame) => ({ frame, packet: parseIpv4Packet(frame, 14) }))
    const whole = new Uint8Array(5000)
    const identifications = new Set<number>()
    packets.forEach(({ frame, packet }, i) => {
      if (typeof packet === 'string') throw new Error(packet)
      expect(packet.moreFragments).toBe(i < packets.length - 1)
      expect(frame.length).toBeLessThanOrEqual(1514)
      identifications.add(packet.identification)
      whole.set(frame.subarray(packet.payloadAt, packet.payloadEnd), packet.fragmentOffset)
    })
    expect(packets.length).toBe(4)
    expect(identifications.size).toBe(1)
    expect(whole).toEqual(octets)
  })

  it('in fragments of a multiple of eight octets, whatever the link takes', () => {
    for (const mtu of [68, 577, 1006]) {
      const { stack } = bench()
      const device = new TestDevice()
      stack.addInterface({ name: 'eth1', device, address: '10.1.0.1/24', mtu })
      device.inject(arpFrame({ sender: '10.1.0.2', target: '10.1.0.1' }))
      device.take()
      stack.ipv4.sendLong(stack.ipv4.route(ipv4('10.1.0.2'))!, 253, numbered(3000), 0, 3000, FIELDS)
      const whole = new Uint8Array(3000)
      for (const frame of device.take()) {
        const packet = parseIpv4Packet(frame, 14)
        if (typeof packet === 'string') throw new Error(packet)
        const length = packet.payloadEnd - packet.payloadAt
        if (packet.moreFragments) expect(length % 8).toBe(0)
        expect(20 + length).toBeLessThanOrEqual(mtu)
        whole.set(frame.subarray(packet.payloadAt, packet.payloadEnd), packet.fragmentOffset)
      }
      expect(whole).toEqual(numbered(3000))
    }
  })

  it('nothing too long: over 65,535 octets, or over the link’s MTU with DF', () => {
    const { device, stack, dropped } = bench()
    const route = stack.ipv4.route(ipv4('10.0.0.2'))!
    const fields = { ...FIELDS, dontFragment: true }
    expect(stack.ipv4.sendLong(route, 253, new Uint8Array(65_516), 0, 65_516, FIELDS)).toBe('too long')
    expect(stack.ipv4.sendLong(route, 253, new Uint8Array(1481), 0, 1481, fields)).toBe('too long')
    expect(stack.ipv4.send(route, 253, 1481, FIELDS)).toBe('too long')
    expect(device.take()).toEqual([])
    expect(dropped()).toEqual({ 'too long to send': 3 })
  })

  it('to broadcast addresses in broadcast frames, to groups in frames of the group (RFC 1112 6.4)', () => {
    const { device, stack } = bench()
    for (const to of ['255.255.255.255', '10.0.0.255', '239.129.2.3']) {
      const route = stack.ipv4.route(ipv4(to))!
      stack.ipv4.send(route, 253, 0, FIELDS)
    }
    expect(device.take().map((frame) => Array.from(frame.subarray(0, 6)))).toEqual([
      [255, 255, 255, 255, 255, 255],
      [255, 255, 255, 255, 255, 255],
      [1, 0, 0x5e, 1, 2, 3],
    ])
  })

  it('by the longest prefix, and to the gateway where no network fits; a removed route is not used any more', () => {
    const { stack, network } = bench()
    network.configure('10.0.0.1/24', '10.0.0.254')
    const nextHop = (to: string) => stack.ipv4.route(ipv4(to))?.nextHop
    const route = (network_: string, prefixLength: number, gateway: string) =>
      stack.addRoute(`${network_}/${prefixLength}`, gateway)
    route('172.16.0.0', 12, '10.0.0.3')
    route('172.16.5.0', 24, '10.0.0.4')
    expect(nextHop('10.0.0.9')).toBe(ipv4('10.0.0.9'))
    expect(nextHop('8.8.8.8')).toBe(ipv4('10.0.0.254'))
    expect(nextHop('172.16.4.1')).toBe(ipv4('10.0.0.3'))
    expect(nextHop('172.16.5.1')).toBe(ipv4('10.0.0.4'))
    const kept = stack.ipv4.route(ipv4('172.16.5.1'))!
    stack.removeRoute('172.16.5.0/24')
    expect(kept.stale).toBe(true)
    expect(nextHop('172.16.5.1')).toBe(ipv4('10.0.0.3'))
    expect(() => stack.addRoute('10.0.0.1/24', '10.0.0.2')).toThrow(/write 10.0.0.0\/24/)
    expect(() => stack.addRoute('10.5.0.0/24', '10.77.0.2')).toThrow(/no interface/)
  })

  it('to more destinations than it remembers ways for; a way that was forgotten says so', () => {
    const { stack } = bench({ memory: 2048 })
    const ways = Array.from({ length: 40 }, (_, i) => stack.ipv4.route(ipv4(`10.0.0.${i + 3}`))!)
    expect(ways.filter((way) => way.stale).length).toBe(40 - 32)
    expect(stack.ipv4.route(ipv4('10.0.0.42'))).toBe(ways[39])
    expect(stack.ipv4.route(ipv4('10.0.0.3'))).not.toBe(ways[0])
  })

  it('from the address that it was told, or from the one on the network of the next hop (RFC 1122 3.3.4.3)', () => {
    const { stack, network } = bench()
    network.addAddress('10.5.0.1/16')
    expect(stack.ipv4.route(ipv4('10.0.0.2'))?.source).toBe(ipv4('10.0.0.1'))
    expect(stack.ipv4.route(ipv4('10.5.0.2'))?.source).toBe(ipv4('10.5.0.1'))
    expect(stack.ipv4.route(ipv4('10.5.0.2'), ipv4('10.0.0.1'))?.source).toBe(ipv4('10.0.0.1'))
    expect(stack.ipv4.route(ipv4('10.5.0.2'))?.source).toBe(ipv4('10.5.0.1'))
    expect(stack.ipv4.route(ipv4('127.0.0.1'))?.via).toBe('lo')
    expect(stack.ipv4.route(ipv4('10.5.0.1'))?.via).toBe('lo')
    expect(stack.ipv4.route(0)).toBeUndefined()
  })

  it('to itself, at the same instant but not within the call', () => {
    const { clock, device, stack, received } = bench()
    const route = stack.ipv4.route(ipv4('127.0.0.1'))!
    stack.ipv4.frame.octets.set([1, 2, 3], stack.ipv4.payloadAt)
    stack.ipv4.send(route, 253, 3, FIELDS)
    expect(received).toEqual([])
    clock.runFor(0)
    expect(received).toMatchObject([{ payload: Uint8Array.of(1, 2, 3), source: ipv4('127.0.0.1'), via: 'lo' }])
    expect(device.take()).toEqual([])
    expect(stack.memory.used).toBe(0)
    const results: unknown[] = []
    stack.ping('10.0.0.1', { size: 5000 }, (result) => results.push(result))
    clock.runFor(0)
    expect(results).toMatchObject([{ ok: true, size: 5000, roundTrip: 0 }])
  })

  it('to itself what answers what it sent, each in a turn of its own', () => {
    const { clock, stack } = bench()
    const turns: number[] = []
    const send = () => stack.ipv4.send(stack.ipv4.route(ipv4('127.0.0.1'))!, 254, 0, FIELDS)
    stack.ipv4.register({
      protocol: 254,
      receive() {
        turns.push(clock.executed)
        if (turns.length < 3) send()
      },
    })
    send()
    clock.runFor(0)
    expect(turns.length).toBe(3)
    expect(new Set(turns).size).toBe(3)
  })

  it('34 [MUST-46 §3.9.1.1] and knows what no single host can have', () => {
    const { stack } = bench()
    const groups = ['255.255.255.255', '10.0.0.255', '224.0.0.1', '239.255.255.255']
    for (const address of groups) {
      expect(stack.ipv4.isGroup(ipv4(address)), address).toBe(true)
      expect(stack.ipv4.isHost(ipv4(address)), address).toBe(false)
    }
    for (const address of ['0.0.0.0', '0.1.2.3', '240.0.0.1']) expect(stack.ipv4.isHost(ipv4(address))).toBe(false)
    for (const address of ['10.0.0.2', '10.0.1.255', '223.255.255.255']) {
      expect(stack.ipv4.isHost(ipv4(address))).toBe(true)
      expect(stack.ipv4.isGroup(ipv4(address))).toBe(false)
    }
  })

  it('and echoes of the reader’s own frames do not hurt', () => {
    const { device, received } = bench()
    device.inject(echoFrame(20, { source: '10.0.0.1', destination: '10.0.0.2' }))
    expect(received).toEqual([])
  })
})
