import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import {
  arpFrame,
  echoFrame,
  fragmentFrames,
  icmpMessage,
  ipv4Frame,
  numbered,
  TestDevice,
} from '../../../test/support/network.js'
import { SECOND } from '../../hal/clock.js'
import { Stack, type StackOptions } from '../../stack.js'
import { BROADCAST_MAC, ipv4 } from '../address.js'
import type { IcmpError } from '../network-layer.js'
import { PATH_MTU_LIFETIME } from '../path-mtu-cache.js'
import { checksum } from '../wire/checksum.js'
import { parseIpv4Packet } from '../wire/ipv4.js'
import { readUint16, readUint32 } from '../wire/octets.js'
import { PROTOCOL_ICMP } from '../wire/protocols.js'
import type { PingResult } from './ping.js'

function bench(options: Partial<StackOptions> = {}) {
  const clock = new Scheduler()
  const device = new TestDevice()
  const stack = new Stack({ clock, random: new SeededRandom(1), ...options })
  const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24', gateway: '10.0.0.2' })
  const errors: (Omit<IcmpError, 'octets'> & { quoted: Uint8Array })[] = []
  stack.ipv4.register({
    protocol: 253,
    receive(datagram) {
      stack.ipv4.sendError(datagram, 3, 10)
    },
    onIcmpError({ octets, ...error }: IcmpError) {
      errors.push({ ...structuredClone({ ...error }), quoted: octets.slice(error.quotedAt, error.quotedEnd) })
    },
  })
  device.inject(arpFrame())
  device.take()
  const dropped = () => stack.icmp.counters.dropped
  return { clock, device, stack, network, errors, dropped }
}

/** The payload of what was sent, put together again. */
function payloadOf(frames: readonly Uint8Array[]): Uint8Array {
  const parts: number[] = []
  for (const frame of frames) {
    const packet = parseIpv4Packet(frame, 14)
    if (typeof packet === 'string') throw new Error(packet)
    for (let i = packet.payloadAt; i < packet.payloadEnd; i++)
      parts[packet.fragmentOffset + i - packet.payloadAt] = frame[i]
  }
  return Uint8Array.from(parts)
}

/** An ICMP error to 10.0.0.1 about a datagram of protocol 253 that it sent to 10.7.7.7. */
function errorFrame(type: number, code: number, rest = 0, quotedLength = 100, fields = {}): Uint8Array {
  const about = { source: '10.0.0.1', destination: '10.7.7.7', dontFragment: true }
  const quoted = ipv4Frame({ ...about, payload: numbered(quotedLength), ...fields })
  const message = icmpMessage(type, code, rest, quoted.subarray(14, 14 + 20 + Math.min(quotedLength, 8)))
  return ipv4Frame({ protocol: PROTOCOL_ICMP, source: '10.0.0.9', payload: message })
}

describe('ICMP errors sent', () => {
  it('133 [1122 §3.2.2] quote the IP header and at least 8 octets, up to 576 in all', () => {
    for (const size of [8, 9, 100, 1400]) {
      const { device } = bench()
      const asked = ipv4Frame({ protocol: 99, payload: numbered(size) })
      device.inject(asked)
      const [answer] = device.take()
      const packet = parseIpv4Packet(answer, 14)
      if (typeof packet === 'string') throw new Error(packet)
      const { payloadAt, payloadEnd } = packet
      expect(packet).toMatchObject({ source: ipv4('10.0.0.1'), destination: ipv4('10.0.0.2'), trafficClass: 0xc0 })
      expect(Array.from(answer.subarray(payloadAt, payloadAt + 2))).toEqual([3, 2])
      expect(checksum(answer, payloadAt, payloadEnd)).toBe(0)
      expect([...answer.subarray(payloadAt + 4, payloadAt + 8)]).toEqual([0, 0, 0, 0]) // not used: zero when sent
      const quoted = answer.subarray(payloadAt + 8, payloadEnd)
      expect(quoted.length).toBe(Math.min(20 + size, 548))
      expect(quoted).toEqual(asked.subarray(14, 14 + quoted.length))
    }
  })

  it('133 [1122 §3.2.2] are limited: a burst of 50, then 100 a second', () => {
    const { clock, device, dropped } = bench()
    const ask = (times: number) => {
      for (let i = 0; i < times; i++) device.inject(ipv4Frame({ protocol: 99, payload: numbered(8) }))
      return device.take().length
    }
    expect(ask(200)).toBe(50)
    expect(dropped()).toEqual({ 'error rate': 150 })
    clock.runFor(SECOND / 10)
    expect(ask(200)).toBe(10)
    clock.runFor(10 * SECOND)
    expect(ask(200)).toBe(50)
  })

  it.each([
    ['an ICMP error', { protocol: PROTOCOL_ICMP, payload: icmpMessage(3, 1, 0, numbered(28)), options: [7, 2, 0, 0] }],
    ['an ICMP message of an unknown type', { protocol: PROTOCOL_ICMP, payload: [77], options: [7, 2, 0, 0] }],
    ['a datagram to everyone', { destination: '255.255.255.255', to: BROADCAST_MAC }],
    ['a datagram to its network', { destination: '10.0.0.255', to: BROADCAST_MAC }],
    ['a datagram to a group', { destination: '224.0.0.1' }],
    ['a datagram in a broadcast frame', { to: BROADCAST_MAC }],
    [
      'a fragment that is not the first',
      { offset: 8, moreFragments: true, options: [7, 2, 0, 0], payload: numbered(8) },
    ],
    ['a datagram from no host', { source: '0.0.0.0', destination: '255.255.255.255' }],
  ])('132 [1122 §3.2.2] are not sent about %s', (_, fields) => {
    const { device } = bench()
    device.inject(ipv4Frame({ protocol: 253, payload: numbered(8), ...fields }))
    expect(device.take()).toEqual([])
  })

  it('132 [1122 §3.2.2] are sent about a datagram of that kind but for the one thing', () => {
    const { device } = bench()
    device.inject(
      ipv4Frame({ protocol: PROTOCOL_ICMP, payload: icmpMessage(8, 0, 0, numbered(28)), options: [7, 2, 0, 0] }),
    )
    device.inject(ipv4Frame({ protocol: 253, payload: numbered(8) }))
    device.inject(ipv4Frame({ protocol: 253, moreFragments: true, options: [7, 2, 0, 0], payload: numbered(8) }))
    expect(device.takeLines().length).toBe(3)
  })
})

describe('ICMP errors received', () => {
  it('reach the transport that they concern, with what they quote', () => {
    const { device, errors } = bench()
    device.inject(errorFrame(3, 1))
    device.inject(errorFrame(11, 0, 0xdeadbeef)) // what is not used is not looked at
    expect(errors).toMatchObject([
      {
        type: 3,
        code: 1,
        from: ipv4('10.0.0.9'),
        source: ipv4('10.0.0.1'),
        destination: ipv4('10.7.7.7'),
        protocol: 253,
      },
      { type: 11, code: 0 },
    ])
    expect(errors[0].quoted).toEqual(numbered(8))
  })

  it.each([
    ['quotes somebody else’s datagram', errorFrame(3, 1, 0, 100, { source: '10.0.0.77' }), 'ICMP error not about us'],
    ['quotes a fragment that is not the first', errorFrame(3, 1, 0, 100, { offset: 80 }), 'ICMP error not about us'],
    ['quotes too little', errorFrame(3, 1, 0, 7), 'ICMP error not about us'],
    ['concerns nobody here', errorFrame(3, 1, 0, 100, { protocol: 99 }), 'ICMP error that nobody asked for'],
  ])('go no further when one %s', (_, frame, reason) => {
    const { device, errors, dropped } = bench()
    device.inject(frame)
    expect(errors).toEqual([])
    expect(dropped()).toEqual({ [reason]: 1 })
  })

  it('make the path’s MTU smaller for ten minutes (RFC 1191 3, 6.3)', () => {
    const { clock, device, stack, errors } = bench()
    const route = stack.ipv4.route(ipv4('10.7.7.7'))!
    expect(route.pathMtu).toBe(1500)
    device.inject(errorFrame(3, 4, 1400, 1480))
    expect(errors).toMatchObject([{ type: 3, code: 4, nextHopMtu: 1400 }])
    expect(route.pathMtu).toBe(1400)
    expect(stack.ipv4.route(ipv4('10.7.7.7'), ipv4('10.0.0.1'))?.pathMtu).toBe(1400)
    expect(stack.ipv4.route(ipv4('10.7.7.8'))?.pathMtu).toBe(1500)
    device.inject(errorFrame(3, 4, 1450, 1480))
    expect(route.pathMtu).toBe(1400)
    clock.runFor(PATH_MTU_LIFETIME - SECOND)
    expect(route.pathMtu).toBe(1400)
    clock.runFor(SECOND)
    expect(route.pathMtu).toBe(1500)
    expect(clock.nextAt).toBeUndefined()
  })

  it('without an MTU make it the next plateau below what did not pass (RFC 1191 5, 7)', () => {
    const { device, stack } = bench()
    const route = stack.ipv4.route(ipv4('10.7.7.7'))!
    const falls = [1500, 1492, 1006, 508, 296, 68, 68].map((mtu) => {
      expect(route.pathMtu).toBe(mtu)
      device.inject(errorFrame(3, 4, 0, route.pathMtu - 20))
      return route.pathMtu
    })
    expect(falls).toEqual([1492, 1006, 508, 296, 68, 68, 68])
  })

  it('never make it smaller than 68, nor larger than the link’s (RFC 791 3.2)', () => {
    const { device, stack } = bench()
    const route = stack.ipv4.route(ipv4('10.7.7.7'))!
    device.inject(errorFrame(3, 4, 9000, 1480))
    expect(route.pathMtu).toBe(1500)
    device.inject(errorFrame(3, 4, 5, 1480))
    expect(route.pathMtu).toBe(68)
  })

  it('are not believed where the datagram could have been cut, or was short enough, or its transport knows better', () => {
    const { device, stack, errors, dropped } = bench()
    const route = stack.ipv4.route(ipv4('10.7.7.7'))!
    device.inject(errorFrame(3, 4, 576, 1480, { dontFragment: false }))
    device.inject(errorFrame(3, 4, 576, 556))
    stack.ipv4.register({ protocol: 99, receive() {}, believes: () => false })
    device.inject(errorFrame(3, 4, 576, 1480, { protocol: 99 }))
    expect(route.pathMtu).toBe(1500)
    expect(errors).toEqual([])
    expect(dropped()).toEqual({ 'ICMP error not credible': 3 })
  })

  it('that redirect are about one host, whatever their code (1122 §3.2.2.2, §3.3.1.2)', () => {
    for (const code of [0, 1, 2, 3]) {
      const { device, stack } = bench()
      const nextHop = (to: string) => stack.ipv4.route(ipv4(to))?.nextHop
      expect(nextHop('10.7.7.7')).toBe(ipv4('10.0.0.2'))
      const quoted = ipv4Frame({ source: '10.0.0.1', destination: '10.7.7.7', payload: numbered(8) }).subarray(14, 42)
      const payload = icmpMessage(5, code, ipv4('10.0.0.4'), quoted)
      device.inject(ipv4Frame({ protocol: PROTOCOL_ICMP, source: '10.0.0.2', payload }))
      expect(nextHop('10.7.7.7'), String(code)).toBe(ipv4('10.0.0.4'))
      expect(nextHop('10.7.7.8'), String(code)).toBe(ipv4('10.0.0.2'))
    }
  })

  it('that redirect are followed if they come from the router in use and name a host of its network (1122 §3.2.2.2)', () => {
    const { clock, device, stack, dropped } = bench()
    const nextHop = () => stack.ipv4.route(ipv4('10.7.7.7'))?.nextHop
    const before = stack.ipv4.route(ipv4('10.7.7.7'))!
    expect(nextHop()).toBe(ipv4('10.0.0.2'))
    const redirect = (from: string, gateway: string) => {
      const quoted = ipv4Frame({ source: '10.0.0.1', destination: '10.7.7.7', payload: numbered(8) }).subarray(14, 42)
      const payload = icmpMessage(5, 1, ipv4(gateway), quoted)
      device.inject(ipv4Frame({ protocol: PROTOCOL_ICMP, source: from, payload }))
    }
    for (const [from, gateway] of [
      ['10.0.0.3', '10.0.0.4'],
      ['10.0.0.2', '10.8.0.4'],
      ['10.0.0.2', '10.0.0.255'],
      ['10.0.0.2', '10.0.0.1'],
      ['10.0.0.2', '10.0.0.2'],
    ])
      redirect(from, gateway)
    expect(nextHop()).toBe(ipv4('10.0.0.2'))
    expect(dropped()).toEqual({ 'ICMP redirect not credible': 5 })
    redirect('10.0.0.2', '10.0.0.4')
    expect(before.stale).toBe(true)
    expect(nextHop()).toBe(ipv4('10.0.0.4'))
    expect(stack.ipv4.route(ipv4('10.7.7.8'))?.nextHop).toBe(ipv4('10.0.0.2'))
    // Nobody answers there: the way by the gateway is tried again.
    stack.ping('10.7.7.7', {}, () => {})
    clock.runFor(4 * SECOND)
    expect(nextHop()).toBe(ipv4('10.0.0.2'))
  })

  it('are not believed about a destination that nothing is sent to', () => {
    const { device, stack } = bench()
    device.inject(errorFrame(3, 4, 300, 1480))
    expect(stack.ipv4.route(ipv4('10.7.7.7'))?.pathMtu).toBe(1500)
  })
})

describe('echoes', () => {
  it.each([0, 1, 7, 56, 1471, 1472])('134 [1122 §3.2.2.6] of %i octets are answered with the same octets', (size) => {
    const { device } = bench()
    device.inject(echoFrame(size, { trafficClass: 0x28 }))
    const [reply] = device.take()
    expect(parseIpv4Packet(reply, 14)).toMatchObject({
      source: ipv4('10.0.0.1'),
      destination: ipv4('10.0.0.2'),
      trafficClass: 0x28,
      timeToLive: 64,
    })
    const message = payloadOf([reply])
    expect(message).toEqual(icmpMessage(0, 0, 0x00010002, numbered(size)))
  })

  it.each([1473, 4000, 65_507])('134 [1122 §3.2.2.6] of %i octets in fragments are answered in fragments', (size) => {
    const { device, stack } = bench()
    const message = icmpMessage(8, 0, 0x00010002, numbered(size))
    for (const frame of fragmentFrames(message, 1480, { protocol: PROTOCOL_ICMP })) device.inject(frame)
    expect(payloadOf(device.take())).toEqual(icmpMessage(0, 0, 0x00010002, numbered(size)))
    expect(stack.memory.used).toBe(0)
  })

  it('134 [1122 §3.2.2.6] keep a record route and a timestamp, with this host added', () => {
    const { clock, device } = bench()
    clock.runFor(SECOND)
    const record = [7, 11, 8, 9, 9, 9, 9, 0, 0, 0, 0]
    const stamp = [68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    device.inject(echoFrame(8, { options: [...record, 1, ...stamp] }))
    const packet = parseIpv4Packet(device.take()[0], 14)
    if (typeof packet === 'string') throw new Error(packet)
    expect(Array.from(packet.options.subarray(0, 11))).toEqual([7, 11, 12, 9, 9, 9, 9, 10, 0, 0, 1])
    expect(Array.from(packet.options.subarray(11, 19))).toEqual([68, 12, 13, 1, 10, 0, 0, 1])
    expect(readUint32(packet.options, 19)).toBe(0x80000000 + 1000)
  })

  it('134 [1122 §3.2.2.6] go back by the reverse of a source route', () => {
    const { device } = bench()
    const route = [131, 11, 12, 10, 0, 0, 8, 10, 0, 0, 2, 0]
    device.inject(echoFrame(8, { source: '10.5.5.5', options: route }))
    const packet = parseIpv4Packet(device.take()[0], 14)
    expect(packet).toMatchObject({
      destination: ipv4('10.0.0.2'),
      options: Uint8Array.of(131, 11, 4, 10, 0, 0, 8, 10, 5, 5, 5, 0),
    })
  })

  it.each([1469, 2000, 9000])(
    '134 [1122 §3.2.2.6] of %i octets in fragments go back by the reverse of a source route, every fragment of the answer too',
    (size) => {
      const { device, stack } = bench()
      const route = [131, 11, 12, 10, 0, 0, 8, 10, 0, 0, 2]
      const message = icmpMessage(8, 0, 0x00010002, numbered(size))
      const fields = { protocol: PROTOCOL_ICMP, source: '10.5.5.5', options: [...route, 7, 7, 4, 0, 0, 0, 0] }
      for (const frame of fragmentFrames(message, 1456, fields)) device.inject(frame)
      const frames = device.take()
      expect(payloadOf(frames)).toEqual(icmpMessage(0, 0, 0x00010002, numbered(size)))
      const packets = frames.map((frame) => parseIpv4Packet(frame, 14))
      expect(packets.length).toBe(Math.ceil((8 + size) / 1456))
      for (const [i, packet] of packets.entries()) {
        if (typeof packet === 'string') throw new Error(packet)
        expect(packet.destination).toBe(ipv4('10.0.0.2'))
        expect(packet.payloadEnd - 14).toBeLessThanOrEqual(1500)
        // A source route is in every fragment, a record route in the first alone (RFC 791 3.1: the copied flag).
        const sourceRoute = [131, 11, 4, 10, 0, 0, 8, 10, 5, 5, 5]
        const recorded = [7, 7, 8, 10, 0, 0, 1]
        const expected = i === 0 ? [...recorded, ...sourceRoute, 0, 0] : [...sourceRoute, 0]
        expect(Array.from(packet.options)).toEqual(expected)
      }
      expect(stack.memory.used).toBe(0)
    },
  )

  it.each(['10.0.0.255', '255.255.255.255', '224.0.0.1', '10.0.0.1', '127.0.0.1', '0.0.0.0'])(
    'behind a source route whose last host was %s are not answered: nobody can have passed it on',
    (hop) => {
      const { clock, device, dropped } = bench()
      const last = ipv4(hop)
      const route = [131, 7, 8, last >>> 24, (last >>> 16) & 255, (last >>> 8) & 255, last & 255, 0]
      device.inject(echoFrame(8, { source: '10.5.5.5', options: route }))
      clock.runFor(SECOND)
      expect(device.take()).toEqual([])
      expect(dropped()).toEqual({ 'echo behind an impossible route': 1 })
    },
  )

  it('to a group are not answered, nor with a wrong checksum', () => {
    const { device, dropped } = bench()
    device.inject(echoFrame(8, { destination: '10.0.0.255', to: BROADCAST_MAC }))
    device.inject(
      echoFrame(8, {
        spoil: (frame) => {
          frame[45] ^= 1
        },
      }),
    )
    expect(device.take()).toEqual([])
    expect(dropped()).toEqual({ 'echo to a group': 1, 'ICMP checksum': 1 })
  })
})

describe('a source quench', () => {
  it('is silently discarded: no transport and no socket is notified (RFC 6633 3 to 5)', () => {
    const { device, stack, dropped } = bench()
    const socket = stack.socket('ipv4', 'datagram')
    socket.setOption('softErrors', true)
    const told: string[] = []
    socket.onSoftError((code) => told.push(code))
    socket.connect({ address: '10.0.0.2', port: 7 })
    const port = [...stack.udp.ports()][0]
    port.onIcmpError(() => told.push('ICMP error'))
    const quench = () => {
      socket.write(numbered(20))
      const [sent] = device.take()
      const message = icmpMessage(4, 0, 0, sent.subarray(14, 14 + 28))
      device.inject(ipv4Frame({ protocol: PROTOCOL_ICMP, source: '10.0.0.9', payload: message }))
    }
    quench()
    expect(socket.poll().error).toBe(false)
    quench()
    expect([told, socket.error(), device.take()]).toEqual([[], undefined, []])
    expect(dropped()).toEqual({ 'ICMP source quench': 2 })
    expect(stack.icmp.counters.errorsReceived).toBe(0)
  })
})

describe('ping', () => {
  it('says time exceeded and who said so, and counts routers by its time to live, as traceroute does', () => {
    const { device, stack } = bench()
    const results: PingResult[] = []
    stack.ping('10.7.7.7', { timeToLive: 3 }, (result) => results.push(result))
    const [request] = device.take()
    expect(parseIpv4Packet(request, 14)).toMatchObject({ timeToLive: 3 })
    const message = icmpMessage(11, 0, 0, request.subarray(14, 14 + 28))
    device.inject(ipv4Frame({ protocol: PROTOCOL_ICMP, source: '10.9.9.9', payload: message }))
    expect(results).toEqual([{ ok: false, sequence: 1, reason: 'time exceeded', from: ipv4('10.9.9.9') }])
  })

  it('tells a reply with other octets from a good one', () => {
    const { device, stack, dropped } = bench()
    const results: PingResult[] = []
    stack.ping('10.0.0.2', { size: 20 }, (result) => results.push(result))
    const [request] = device.take()
    const reply = (data: Uint8Array) => {
      const rest = readUint32(request, 38)
      return ipv4Frame({ protocol: PROTOCOL_ICMP, payload: icmpMessage(0, 0, rest, data) })
    }
    device.inject(reply(numbered(20, 2)))
    expect(results).toEqual([{ ok: false, sequence: 1, reason: 'altered' }])
    device.inject(reply(request.subarray(42, 62)))
    stack.ping('10.0.0.2', { size: 20 }, (result) => results.push(result))
    const [again] = device.take()
    expect(readUint16(again, 40)).toBe(2)
    device.inject(reply(again.subarray(42, 62)).map((octet, i) => (i === 41 ? 2 : octet)))
    device.inject(
      ipv4Frame({
        protocol: PROTOCOL_ICMP,
        payload: icmpMessage(0, 0, readUint32(again, 38), again.subarray(42, 62)),
      }),
    )
    expect(results[1]).toEqual({ ok: true, sequence: 2, size: 20, roundTrip: 0, timeToLive: 64 })
    expect(dropped()).toEqual({ 'echo reply altered': 1, 'echo reply not asked for': 1, 'ICMP checksum': 1 })
  })
})
