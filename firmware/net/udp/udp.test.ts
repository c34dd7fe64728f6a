import { beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { emitUdp } from '../../../test/support/emit-udp.js'
import { codeOf } from '../../../test/support/net-errors.js'
import { ALL_HOSTS, type Ipv4Address, ipv4, isMulticast, LIMITED_BROADCAST } from '../address.js'
import { FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT } from '../ephemeral-port.js'
import { FrameBuffer } from '../frame-buffer.js'
import { errorMeaning } from '../icmp/error-meaning.js'
import type { IpAddress } from '../ip.js'
import { MemoryBudget } from '../memory-budget.js'
import type { Datagram, HeaderFields, IcmpError, NetworkLayer, Route, SendResult } from '../network-layer.js'
import { NetworkLayers } from '../network-layers.js'
import { readUint16 } from '../wire/octets.js'
import { ipv4PseudoHeader } from '../wire/pseudo-header.js'
import { Udp } from './udp.js'

const OWN = ipv4('192.168.7.2')
const PEER = ipv4('192.168.7.1')
const OTHER = ipv4('192.168.7.9')
const BROADCAST = ipv4('192.168.7.255')
const GROUP = ipv4('239.1.2.3')

interface Sent {
  readonly to: IpAddress
  readonly octets: Uint8Array
  readonly fields: HeaderFields
  readonly long: boolean
}

/** A network layer with one interface, 192.168.7.2/24 and no gateway, that keeps what it is given. */
class OneInterface implements NetworkLayer {
  readonly family = 'ipv4'
  readonly longestPayload = 65_515
  readonly needsChecksum = false
  standsIn = false
  readonly defaultSegmentSize = 536
  readonly leastPathMtu = 552
  readonly frame = new FrameBuffer()
  readonly payloadAt = 34
  readonly headerOctets = 20
  readonly sent: Sent[] = []
  /** Datagrams that were answered: nobody has the port. */
  readonly refused: Datagram[] = []
  readonly joined: Ipv4Address[] = []
  own: Ipv4Address = OWN
  answer: SendResult = 'sent'

  route(destination: Ipv4Address, source: Ipv4Address = this.own): Route | undefined {
    if (destination >>> 8 !== this.own >>> 8 && destination !== LIMITED_BROADCAST && !isMulticast(destination))
      return undefined
    const kind = isMulticast(destination) ? 'multicast' : this.isGroup(destination) ? 'broadcast' : 'unicast'
    return { destination, source, nextHop: destination, kind, via: 'eth0', pathMtu: 1500, linkMtu: 1500, stale: false }
  }
  pseudoHeader = ipv4PseudoHeader
  send(route: Route, _protocol: number, length: number, fields: HeaderFields): SendResult {
    const octets = this.frame.octets.slice(this.payloadAt, this.payloadAt + length)
    this.sent.push({ to: route.destination, octets, fields: { ...fields }, long: false })
    return this.answer
  }
  sendLong(route: Route, _protocol: number, octets: Uint8Array, start: number, end: number, fields: HeaderFields) {
    this.sent.push({ to: route.destination, octets: octets.slice(start, end), fields: { ...fields }, long: true })
    return this.answer
  }
  refuse(datagram: Datagram): void {
    this.refused.push(datagram)
  }
  isOwn(address: Ipv4Address): boolean {
    return address === this.own
  }
  isHost(): boolean {
    return true
  }
  isMulticast = isMulticast
  isAllHosts(address: Ipv4Address): boolean {
    return address === ALL_HOSTS
  }
  joinGroup(group: Ipv4Address): void {
    this.joined.push(group)
  }
  leaveGroup(group: Ipv4Address): void {
    this.joined.splice(this.joined.indexOf(group), 1)
  }
  isGroup(address: Ipv4Address): boolean {
    return address === LIMITED_BROADCAST || address === (this.own | 255) >>> 0 || isMulticast(address)
  }
  register(): void {}
  doubt(): void {}
}

let network: OneInterface
let memory: MemoryBudget
let udp: Udp

beforeEach(() => {
  network = new OneInterface()
  memory = new MemoryBudget(1 << 20)
  udp = new Udp({ networks: new NetworkLayers([network]), memory, random: new SeededRandom(1) })
})

interface Arrival {
  from?: Ipv4Address
  fromPort?: number
  to?: Ipv4Address
  toPort?: number
  data?: readonly number[]
  /** Octets that the IP packet holds beyond the datagram. */
  padding?: number
  /** It is for a host elsewhere, for which this one stands in. */
  foreign?: boolean
  via?: string
  change?: (octets: Uint8Array, at: number) => void
}

function arrive(arrival: Arrival = {}): void {
  const { from = PEER, fromPort = 4000, to = OWN, toPort = 7, data = [1, 2, 3], padding = 0 } = arrival
  const frame = new FrameBuffer()
  const at = 34
  const end = at + 8 + data.length
  frame.octets.set(data, at + 8)
  emitUdp({ sourcePort: fromPort, destinationPort: toPort }, frame.octets, at, end, (n) =>
    ipv4PseudoHeader(from, to, 17, n),
  )
  arrival.change?.(frame.octets, at)
  const datagram: Datagram = {
    network,
    frame,
    headerAt: 14,
    payloadAt: at,
    payloadEnd: end + padding,
    source: from,
    destination: to,
    protocol: 17,
    timeToLive: 64,
    trafficClass: 0,
    toGroup: network.isGroup(to),
    foreign: arrival.foreign ?? false,
    via: arrival.via ?? 'eth0',
    more: false,
    kept: () => datagram,
  }
  udp.receive(datagram)
}

/** The error that says nobody has the port, about a datagram from `fromPort` to `to`:`toPort`. */
function unreachable(fromPort: number, to: IpAddress, toPort: number, change: Partial<IcmpError> = {}): IcmpError {
  const octets = new Uint8Array(8)
  octets.set([fromPort >> 8, fromPort & 255, toPort >> 8, toPort & 255, 0, 8])
  return {
    meaning: errorMeaning(3, change.code ?? 3),
    tooLong: false,
    type: 3,
    code: 3,
    totalLength: 28,
    from: to,
    nextHopMtu: 0,
    source: OWN,
    destination: to,
    protocol: 17,
    octets,
    quotedAt: 0,
    quotedEnd: 8,
    ...change,
  }
}

describe('a datagram that arrives', () => {
  it('is kept whole, with where it came from, until it is read', () => {
    const port = udp.bind({ address: 0, port: 7 })
    let told = 0
    port.onReadable(() => told++)
    arrive({ data: [1, 2, 3] })
    arrive({ data: [], fromPort: 4001 })
    expect(told).toBe(2)
    const into = new Uint8Array(8)
    expect([port.queue.source, port.queue.sourcePort, port.queue.destination]).toEqual([PEER, 4000, OWN])
    expect(port.receive(into)).toBe(3)
    expect([...into]).toEqual([1, 2, 3, 0, 0, 0, 0, 0])
    expect(port.queue.sourcePort).toBe(4001)
    expect(port.receive(into)).toBe(0)
    expect(port.receive(into)).toBe(-1)
  })

  it('135 [1122 §4.1.3.1] to a port that nobody has is answered with port unreachable; to a broadcast it is not', () => {
    arrive({ toPort: 9 })
    expect(network.refused).toHaveLength(1)
    arrive({ toPort: 9, to: BROADCAST })
    expect(network.refused).toHaveLength(1)
    expect(udp.counters.dropped).toEqual({ 'port closed': 2 })
  })

  it('136 [1122 §4.1.3.4, 768] is taken without a checksum, dropped with a wrong one; a sum of zero goes out as FFFFh', () => {
    const port = udp.bind({ address: 0, port: 7 })
    const sum = (value: number) => (octets: Uint8Array, at: number) => octets.set([value >> 8, value & 255], at + 6)
    arrive({ change: sum(0) })
    expect(port.queue.count).toBe(1)
    arrive({ change: sum(0x1234) })
    expect(port.queue.count).toBe(1)
    expect(udp.counters.dropped).toEqual({ checksum: 1 })

    // The data word that brings the sum of everything else to FFFFh, whose complement is 0.
    port.send(Uint8Array.of(0, 0), 0, 2, PEER, 9)
    const withZeros = readUint16(network.sent[0].octets, 6)
    port.send(Uint8Array.of(withZeros >> 8, withZeros & 255), 0, 2, PEER, 9)
    expect(readUint16(network.sent[1].octets, 6)).toBe(0xffff)
  })

  it('136 [1122 §4.1.3.4] is dropped without a checksum where one is required', () => {
    udp = new Udp({
      networks: new NetworkLayers([network]),
      memory,
      random: new SeededRandom(1),
      requireChecksum: true,
    })
    const port = udp.bind({ address: 0, port: 7 })
    arrive({ change: (octets, at) => octets.fill(0, at + 6, at + 8) })
    expect(port.queue.count).toBe(0)
    expect(udp.counters.dropped).toEqual({ 'no checksum': 1 })
  })

  it('137 [768] is dropped when its length is under 8 or beyond the packet, and cut to it when the packet is longer', () => {
    const port = udp.bind({ address: 0, port: 7 })
    const length = (value: number) => (octets: Uint8Array, at: number) => octets.set([0, value], at + 4)
    arrive({ change: length(7) })
    arrive({ change: length(12) })
    expect(udp.counters.dropped).toEqual({ length: 1, truncated: 1 })
    expect(port.queue.count).toBe(0)
    arrive({ padding: 5 })
    expect(port.queue.length).toBe(3)
  })

  it('137 [768] is dropped when the packet does not even hold the header', () => {
    udp.bind({ address: 0, port: 7 })
    for (let padding = -11; padding <= -4; padding++) arrive({ padding })
    expect(udp.counters.dropped).toEqual({ truncated: 8 })
  })

  it('138 [1122 §4.1.3.6] is dropped when its source is a broadcast or multicast address', () => {
    const port = udp.bind({ address: 0, port: 7 })
    for (const from of [BROADCAST, LIMITED_BROADCAST, GROUP]) arrive({ from })
    expect(port.queue.count).toBe(0)
    expect(udp.counters.dropped).toEqual({ source: 3 })
  })

  it('goes to the connected socket of its peer before the bound one, and to that before one for any address', () => {
    const any = udp.bind({ address: 0, port: 7 }, { reuseAddress: true })
    const bound = udp.bind({ address: OWN, port: 7 }, { reuseAddress: true })
    const connected = udp.bind({ address: OWN, port: 7 }, { reuseAddress: true })
    connected.connect(PEER, 4000)
    arrive({})
    arrive({ fromPort: 4001 })
    bound.close()
    arrive({ fromPort: 4002 })
    expect([connected.queue.count, any.queue.count]).toEqual([1, 1])
    connected.disconnect()
    arrive({ fromPort: 4003 })
    expect(connected.queue.count).toBe(2)
  })

  it('is not for a connected socket when another sent it', () => {
    const port = udp.bind({ address: 0, port: 7 })
    port.connect(PEER, 4000)
    arrive({ from: OTHER })
    arrive({ fromPort: 4001 })
    expect(port.queue.count).toBe(0)
    arrive({})
    expect(port.queue.count).toBe(1)
  })

  it('to a broadcast address reaches every socket on the port; to a group, every member', () => {
    const sockets = [0, 1].map(() => udp.bind({ address: 0, port: 7 }, { reuseAddress: true }))
    const bound = udp.bind({ address: OWN, port: 7 }, { reuseAddress: true })
    arrive({ to: BROADCAST })
    expect([...sockets, bound].map((port) => port.queue.count)).toEqual([1, 1, 0])
    arrive({ to: GROUP })
    expect(udp.counters.dropped).toEqual({ 'port closed': 1 })
    sockets[0].join(GROUP)
    arrive({ to: GROUP })
    expect([...sockets, bound].map((port) => port.queue.count)).toEqual([2, 1, 0])
    sockets[0].leave(GROUP)
    arrive({ to: GROUP })
    expect(sockets[0].queue.count).toBe(2)
    arrive({ to: ipv4('224.0.0.1') })
    expect(sockets[0].queue.count).toBe(3)
  })

  it('is handed to a handler at once, without memory', () => {
    const port = udp.bind({ address: 0, port: 7 })
    const heard: unknown[] = []
    port.handleDatagram = (octets, start, end, source, sourcePort, destination) =>
      heard.push([[...octets.subarray(start, end)], source, sourcePort, destination])
    arrive({})
    expect(heard).toEqual([[[1, 2, 3], PEER, 4000, OWN]])
    expect(memory.snapshot().peak).toBe(0)
  })
})

describe('what waits to be read', () => {
  it('is charged to the budget, and given back when it was read or the socket closed', () => {
    const port = udp.bind({ address: 0, port: 7 })
    for (let i = 0; i < 100; i++) arrive({ data: new Array(1000).fill(i) })
    expect(memory.used).toBeGreaterThanOrEqual(100_000)
    const into = new Uint8Array(2000)
    for (let i = 0; i < 99; i++) {
      expect(port.receive(into)).toBe(1000)
      expect(into[999]).toBe(i)
    }
    port.receive(into)
    expect(memory.used).toBe(0)
    arrive({})
    port.close()
    expect(memory.used).toBe(0)
  })

  it('is bounded by the socket and by the budget, and what finds no room is counted', () => {
    memory = new MemoryBudget(1536)
    udp = new Udp({ networks: new NetworkLayers([network]), memory, random: new SeededRandom(1) })
    const port = udp.bind({ address: 0, port: 7 })
    port.queue.limit = 300
    for (let i = 0; i < 3; i++) arrive({ data: new Array(100).fill(i) })
    expect(udp.counters.dropped).toEqual({ 'receive queue full': 1 })
    port.queue.limit = 65536
    const rest = memory.freeFor('UDP receive queues')
    expect(memory.take(rest, 'UDP receive queues')).toBe(true)
    arrive({ data: new Array(1000).fill(1) })
    expect(udp.counters.dropped).toEqual({ 'receive queue full': 1, 'no memory': 1 })
    expect(port.queue.count).toBe(2)
  })

  it('comes out as it went in, whatever the sizes and however reading and arriving alternate', () => {
    const random = new SeededRandom(5)
    const port = udp.bind({ address: 0, port: 7 })
    const expected: number[][] = []
    const into = new Uint8Array(2000)
    for (let step = 0; step < 3000; step++) {
      if (random.below(2) === 0) {
        const data = Array.from({ length: random.below(1400) }, () => random.below(256))
        arrive({ data, fromPort: step + 1 })
        expected.push([step + 1, ...data])
      } else if (expected.length > 0) {
        const [fromPort, ...data] = expected.shift()!
        expect(port.queue.sourcePort).toBe(fromPort)
        expect(port.receive(into)).toBe(data.length)
        expect([...into.subarray(0, data.length)]).toEqual(data)
      }
      expect(memory.used).toBe(port.queue.capacity)
    }
    expect(port.queue.count).toBe(expected.length)
  })
})

describe('sending', () => {
  it('takes the address of the interface, and what the socket says of TTL and traffic class', () => {
    const port = udp.bind({ address: 0, port: 5000 })
    port.fields.timeToLive = 3
    port.fields.trafficClass = 46 << 2
    port.send(Uint8Array.of(9, 1, 2, 9), 1, 3, PEER, 9)
    const [{ to, octets, fields }] = network.sent
    expect(to).toBe(PEER)
    expect([readUint16(octets, 0), readUint16(octets, 2), readUint16(octets, 4)]).toEqual([5000, 9, 10])
    expect([...octets.subarray(8)]).toEqual([1, 2])
    expect(fields).toMatchObject({ timeToLive: 3, trafficClass: 184 })
    port.send(Uint8Array.of(1), 0, 1, GROUP, 9)
    expect(network.sent[1].fields.timeToLive).toBe(1)
  })

  it('is as long as 65,507 octets, in fragments, with memory that is only lent', () => {
    const port = udp.bind({ address: 0, port: 5000 })
    port.send(new Uint8Array(65_507), 0, 65_507, PEER, 9)
    expect(network.sent[0].octets).toHaveLength(65_515)
    expect(network.sent[0].long).toBe(true)
    expect(memory.used).toBe(0)
    expect(codeOf(() => port.send(new Uint8Array(65_508), 0, 65_508, PEER, 9))).toBe('EMSGSIZE')
    port.send(new Uint8Array(1472), 0, 1472, PEER, 9)
    expect(network.sent[1].long).toBe(false)
    port.fields.dontFragment = true
    expect(codeOf(() => port.send(new Uint8Array(1473), 0, 1473, PEER, 9))).toBe('EMSGSIZE')
  })

  it.each([
    ['EACCES', 'to a broadcast address without permission', BROADCAST, 9],
    ['ENETUNREACH', 'without a route', ipv4('10.0.0.1'), 9],
    ['EINVAL', 'to port 0', PEER, 0],
  ] as const)('gives %s %s', (expected, _, address, to) => {
    const port = udp.bind({ address: 0, port: 5000 })
    expect(codeOf(() => port.send(Uint8Array.of(1), 0, 1, address, to))).toBe(expected)
    expect(codeOf(() => port.connect(address, to))).toBe(expected)
    expect(network.sent).toHaveLength(0)
  })

  it('reaches a broadcast address with permission', () => {
    const port = udp.bind({ address: 0, port: 5000 })
    port.broadcast = true
    port.send(Uint8Array.of(1), 0, 1, BROADCAST, 9)
    expect(network.sent[0].to).toBe(BROADCAST)
  })

  it('gives EDESTADDRREQ to nobody, EBADF when closed, ENOBUFS when the interface refuses', () => {
    const port = udp.bind({ address: 0, port: 5000 })
    expect(codeOf(() => port.send(Uint8Array.of(1), 0, 1))).toBe('EDESTADDRREQ')
    network.answer = 'refused'
    expect(codeOf(() => port.send(Uint8Array.of(1), 0, 1, PEER, 9))).toBe('ENOBUFS')
    port.close()
    expect(codeOf(() => port.send(Uint8Array.of(1), 0, 1, PEER, 9))).toBe('EBADF')
  })

  it('does not go on from an address that is gone', () => {
    const port = udp.bind({ address: OWN, port: 5000 })
    const told: string[] = []
    port.onError((error) => told.push(error))
    network.own = OTHER
    udp.onAddressesChanged()
    expect(told).toEqual(['EADDRNOTAVAIL'])
    expect(codeOf(() => port.send(Uint8Array.of(1), 0, 1, PEER, 9))).toBe('EADDRNOTAVAIL')
  })
})

describe('ports', () => {
  it('are bound once, unless both sides of the clash allow it', () => {
    udp.bind({ address: OWN, port: 7 })
    expect(codeOf(() => udp.bind({ address: OWN, port: 7 }))).toBe('EADDRINUSE')
    expect(codeOf(() => udp.bind({ address: 0, port: 7 }))).toBe('EADDRINUSE')
    expect(codeOf(() => udp.bind({ address: OWN, port: 7 }, { reuseAddress: true }))).toBe('EADDRINUSE')
    expect(codeOf(() => udp.bind({ address: OTHER, port: 8 }))).toBe('EADDRNOTAVAIL')
    udp.bind({ address: BROADCAST, port: 8 })
    udp.bind({ address: GROUP, port: 8 })
    udp.bind({ address: OWN, port: 8 })
  })

  it('are bound once on each interface by those who are bound to one, and receive what arrives there', () => {
    const first = udp.bind({ address: 0, port: 68 }, { via: 'eth0' })
    const second = udp.bind({ address: 0, port: 68 }, { via: 'eth1' })
    expect(() => udp.bind({ address: 0, port: 68 }, { via: 'eth1' })).toThrow(/^EADDRINUSE: bind 0\.0\.0\.0:68 on eth1/)
    expect(codeOf(() => udp.bind({ address: 0, port: 68 }))).toBe('EADDRINUSE')
    const counts = () => [first.queue.count, second.queue.count]
    for (const to of [OWN, LIMITED_BROADCAST]) {
      arrive({ to, toPort: 68, via: 'eth0' })
      arrive({ to, toPort: 68, via: 'eth1' })
      arrive({ to, toPort: 68, via: 'eth1' })
      arrive({ to, toPort: 68, via: 'eth2' })
    }
    expect(counts()).toEqual([2, 4])
    expect(udp.counters.dropped).toEqual({ 'port closed': 2 })
    expect(network.refused).toHaveLength(1)
  })

  it('that are left open are drawn at random from 49152 to 65535 (RFC 6056), and none twice', () => {
    const numbers = Array.from({ length: 1000 }, () => udp.bind({ address: 0, port: 0 }).bound.port)
    expect(new Set(numbers).size).toBe(1000)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(FIRST_EPHEMERAL_PORT)
    expect(Math.max(...numbers)).toBeLessThanOrEqual(LAST_EPHEMERAL_PORT)
    let steps = 0
    for (let i = 1; i < numbers.length; i++) if (Math.abs(numbers[i] - numbers[i - 1]) <= 1) steps++
    expect(steps).toBeLessThan(20)
  })

  it('run out after 16384', () => {
    for (let i = 0; i < 16_384; i++) udp.bind({ address: OWN, port: 0 })
    expect(codeOf(() => udp.bind({ address: OWN, port: 0 }))).toBe('EADDRINUSE')
  })
})

describe('ICMP errors (RFC 1122 4.1.3.3)', () => {
  it('reach a connected socket as ECONNREFUSED, and every socket that asked for them', () => {
    const port = udp.bind({ address: 0, port: 5000 })
    const seen: number[] = []
    port.onIcmpError((error, remotePort) => seen.push(error.code, remotePort))
    udp.onIcmpError(unreachable(5000, PEER, 9))
    expect([port.error, seen]).toEqual([undefined, [3, 9]])
    port.connect(PEER, 9)
    udp.onIcmpError(unreachable(5000, OTHER, 9))
    udp.onIcmpError(unreachable(5000, PEER, 10))
    expect(port.error).toBeUndefined()
    udp.onIcmpError(unreachable(5000, PEER, 9))
    expect(port.error).toBe('ECONNREFUSED')
  })

  it('that may pass do not end a conversation unless all of them are wanted', () => {
    const port = udp.bind({ address: 0, port: 5000 })
    port.connect(PEER, 9)
    udp.onIcmpError(unreachable(5000, PEER, 9, { code: 1 }))
    expect(port.error).toBeUndefined()
    port.allErrors = true
    udp.onIcmpError(unreachable(5000, PEER, 9, { code: 1 }))
    expect(port.error).toBe('EHOSTUNREACH')
  })

  it('with too short a quotation, or about ports nobody has, do nothing', () => {
    udp.onIcmpError(unreachable(5000, PEER, 9))
    udp.onIcmpError(unreachable(5000, PEER, 9, { quotedEnd: 3 }))
  })
})

it('random octets as datagrams are dropped under a reason, or delivered, and never throw', () => {
  const random = new SeededRandom(77)
  const port = udp.bind({ address: 0, port: 7 })
  port.queue.limit = 10_000
  for (let i = 0; i < 20_000; i++)
    arrive({
      padding: random.below(30) - 15,
      change: (octets, at) => {
        for (let n = random.below(4); n > 0; n--) octets[at + random.below(12)] = random.below(256)
      },
    })
  const { datagramsReceived, dropped } = udp.counters
  expect(Object.values(dropped).reduce((sum, n) => sum + n, datagramsReceived)).toBe(20_000)
  expect(memory.used).toBeLessThanOrEqual(10_000)
})
