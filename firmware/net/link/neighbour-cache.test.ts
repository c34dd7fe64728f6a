import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { arpFrame, echoFrame, PEER_MAC, TestDevice } from '../../../test/support/network.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { ipv4, mac } from '../address.js'
import { printFrame } from '../wire/print.js'
import { neighbourLimit } from './neighbour-cache.js'

function bench(memory?: number) {
  const clock = new Scheduler()
  const device = new TestDevice()
  const stack = new Stack({ clock, random: new SeededRandom(1), ...(memory === undefined ? {} : { memory }) })
  const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24' })
  const ping = (size = 10, to = '10.0.0.2') => stack.ping(to, { size }, () => {})
  return { clock, device, stack, network, ping }
}

const REPLY = { operation: 2, target: '10.0.0.1', to: mac('02:00:00:00:00:01') }

describe('neighbours', () => {
  it('120 [826] answers a request for its address by unicast, and knows the asker from then on', () => {
    const { device, network, ping } = bench()
    device.inject(arpFrame())
    const [reply] = device.sent
    expect(Array.from(reply.subarray(0, 6))).toEqual(Array.from(PEER_MAC))
    expect(device.takeLines()).toEqual(['ARP, Reply 10.0.0.1 is-at 02:00:00:00:00:01'])
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toEqual(PEER_MAC)
    ping()
    expect(device.takeLines()[0]).toMatch(/ICMP echo request/)
  })

  it('are asked for by a frame to everybody, and answered by one to who asked, octet for octet (RFC 826)', () => {
    const { device, ping } = bench()
    ping()
    const [own, everybody, peer] = [[2, 0, 0, 0, 0, 1], Array(6).fill(0xff), [...PEER_MAC]]
    const ethernet = [0, 1, 8, 0, 6, 4]
    expect([...device.take()[0]].slice(0, 42)).toEqual([
      ...[...everybody, ...own, 8, 6, ...ethernet, 0, 1],
      ...[...own, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2],
    ])
    // In a request the target's own address means nothing: it may be any.
    const request = arpFrame({ sender: '10.0.0.3' })
    request.set(everybody, 32)
    device.inject(request)
    expect([...device.take()[0]].slice(0, 42)).toEqual([
      ...[...peer, ...own, 8, 6, ...ethernet, 0, 2],
      ...[...own, 10, 0, 0, 1, ...peer, 10, 0, 0, 3],
    ])
  })

  it('are learnt from an answer, which nothing answers; an answer for somebody else teaches nothing', () => {
    const { device, network } = bench()
    device.inject(arpFrame({ ...REPLY, target: '10.0.0.9' }))
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toBeUndefined()
    device.inject(arpFrame(REPLY))
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toEqual(PEER_MAC)
    expect(device.take()).toEqual([])
  })

  it('120 [826] learns from a request for another address only if it knows the sender', () => {
    const { device, network } = bench()
    device.inject(arpFrame({ target: '10.0.0.9' }))
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toBeUndefined()
    device.inject(arpFrame())
    const moved = mac('02:00:00:00:00:77')
    device.inject(arpFrame({ target: '10.0.0.9', from: moved }))
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toEqual(moved)
  })

  it.each([
    ['hardware type 6', 14, 6],
    ['protocol 86DDh', 16, 0x86],
    ['addresses of 8 octets', 18, 8],
    ['protocol addresses of 16 octets', 19, 16],
  ])('121 [826] ignores %s', (_, at, value) => {
    const { device, network } = bench()
    const frame = arpFrame()
    frame[at] = value
    device.inject(frame)
    expect(device.sent).toEqual([])
    expect(network.neighbours.entries()).toEqual([])
    expect(network.counters.dropped).toEqual({ 'ARP not IPv4 over Ethernet': 1 })
  })

  it.each([
    ['all zeros', '00:00:00:00:00:00'],
    ['our own', '02:00:00:00:00:01'],
    ['of a group', '01:00:5e:00:00:05'],
    ['of everyone', 'ff:ff:ff:ff:ff:ff'],
  ])('answers nobody whose Ethernet address is %s, learns nothing, and counts it', (_, station) => {
    const { device, network, ping } = bench()
    const senderMac = mac(station)
    device.inject(arpFrame({ senderMac }))
    device.inject(arpFrame({ senderMac, sender: '0.0.0.0' }))
    expect(device.sent).toEqual([])
    expect(network.neighbours.entries()).toEqual([])
    device.inject(arpFrame())
    device.take()
    // Nor does one that is known move there.
    device.inject(arpFrame({ ...REPLY, senderMac }))
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toEqual(PEER_MAC)
    ping()
    expect(Array.from(device.sent[0].subarray(0, 6))).toEqual(Array.from(PEER_MAC))
    expect(network.counters.dropped).toEqual({ 'ARP sender': 3 })
  })

  it('122 [1122 §2.3.2.1] asks again for an entry past its age', () => {
    const { clock, device, ping } = bench()
    device.inject(arpFrame())
    device.take()
    clock.runFor(61 * SECOND)
    ping()
    expect(device.takeLines()).toEqual(['ARP, Request who-has 10.0.0.2 tell 10.0.0.1'])
  })

  it('122 [1122 §2.3.2.1] asks at most once a second for an address that nobody answers for', () => {
    const { clock, device, ping } = bench()
    const at: number[] = []
    for (let i = 0; i < 200; i++) {
      ping()
      for (const _ of device.take()) at.push(clock.now)
      clock.runFor(100 * MILLISECOND)
      for (const _ of device.take()) at.push(clock.now)
    }
    expect(at.length).toBeGreaterThan(10)
    for (let i = 1; i < at.length; i++) expect(at[i] - at[i - 1]).toBeGreaterThanOrEqual(SECOND)
  })

  it('asks by unicast for an entry in use that nears its end, and nothing has to wait (RFC 1122 2.3.2.1)', () => {
    const { clock, device, ping } = bench()
    device.inject(arpFrame())
    clock.runFor(55 * SECOND)
    device.take()
    ping()
    ping()
    const frames = device.take()
    expect(frames.length).toBe(3)
    expect(Array.from(frames[0].subarray(0, 6))).toEqual(Array.from(PEER_MAC))
    device.inject(arpFrame(REPLY))
    clock.runFor(20 * SECOND)
    ping()
    expect(device.takeLines()).toEqual([expect.stringMatching(/ICMP echo request/)])
  })

  it('123 [1122 §2.3.2.2] keeps what is sent to a neighbour it asks for, and sends it on the reply', () => {
    const { clock, device, stack, ping } = bench()
    ping()
    ping()
    expect(device.takeLines()).toEqual(['ARP, Request who-has 10.0.0.2 tell 10.0.0.1'])
    expect(stack.memory.used).toBe(2 * (14 + 20 + 8 + 10))
    device.inject(arpFrame(REPLY))
    expect(device.takeLines()).toEqual([expect.stringMatching(/seq 1/), expect.stringMatching(/seq 2/)])
    expect(stack.memory.used).toBe(0)
    clock.runFor(5 * SECOND)
    expect(device.take()).toEqual([])
  })

  it('123 [1122 §2.3.2.2] gives up earlier frames for the latest where there is no memory for both', () => {
    const { device, stack, network, ping } = bench(400)
    ping(60)
    ping(60)
    ping(60)
    expect(network.counters.dropped).toEqual({ 'waiting frame replaced': 2 })
    device.take()
    device.inject(arpFrame(REPLY))
    expect(device.takeLines()).toEqual([expect.stringMatching(/seq 3/)])
    expect(stack.memory.used).toBe(0)
  })

  it('tells the transport when nobody answers: host unreachable (RFC 1122 3.2.2.1)', () => {
    const { clock, stack } = bench()
    const results: unknown[] = []
    stack.ping('10.0.0.2', { timeLimit: 10 * SECOND }, (result) => results.push(result))
    clock.runFor(3 * SECOND)
    expect(results).toEqual([{ ok: false, sequence: 1, reason: 'unreachable', from: ipv4('10.0.0.1') }])
    expect(stack.memory.used).toBe(0)
    expect(clock.nextAt).toBeUndefined()
  })

  it.each([
    ['another network', '10.0.1.7'],
    ['the network itself', '10.0.0.0'],
    ['its broadcast address', '10.0.0.255'],
  ])('are not made of a host that asks from %s, which is answered all the same', (_, sender) => {
    const { device, network } = bench()
    device.inject(arpFrame({ sender }))
    device.inject(arpFrame({ ...REPLY, sender }))
    expect(network.neighbours.lookup(ipv4(sender))).toBeUndefined()
    expect(device.takeLines()).toEqual(['ARP, Reply 10.0.0.1 is-at 02:00:00:00:00:01'])
  })

  it('are made of both hosts of a network of two (RFC 3021)', () => {
    const { device, network } = bench()
    network.configure('10.0.0.1/31')
    device.inject(arpFrame({ sender: '10.0.0.0' }))
    expect(network.neighbours.lookup(ipv4('10.0.0.0'))).toEqual(PEER_MAC)
  })

  it.each([1536, 6144, 1 << 20])('in use stay, whoever asks meanwhile (%i octets)', (memory) => {
    const { clock, device, network, ping } = bench(memory)
    network.configure('10.0.0.1/16')
    device.inject(arpFrame())
    ping()
    for (let n = 0; n < 3000; n++) {
      device.inject(arpFrame({ sender: `10.0.${1 + (n >> 8)}.${n & 0xff}` }))
      clock.runFor(5 * MILLISECOND)
    }
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toEqual(PEER_MAC)
    expect(network.neighbours.entries().length).toBe(neighbourLimit(memory))
    device.take()
    ping()
    expect(device.takeLines()).toEqual([expect.stringMatching(/ICMP echo request/)])
  })

  it.each([1536, 6144, 1 << 20])('that are heard or in use stay, whoever does not answer (%i octets)', (memory) => {
    const { clock, device, network, ping } = bench(memory)
    network.configure('10.0.0.1/16')
    device.inject(arpFrame())
    device.inject(arpFrame({ sender: '10.0.0.3' }))
    ping()
    for (let n = 0; n < 3000; n++) {
      const source = `10.0.${1 + (n >> 8)}.${n & 0xff}`
      device.inject(echoFrame(8, { source }))
      clock.runFor(MILLISECOND)
    }
    for (const kept of ['10.0.0.2', '10.0.0.3']) expect(network.neighbours.lookup(ipv4(kept))).toEqual(PEER_MAC)
  })

  it('an hour dead make room, and who is asked keeps its place, its datagram and its requests', () => {
    const { clock, device, network, ping } = bench(1536)
    for (let n = 10; n < 18; n++) device.inject(arpFrame({ sender: `10.0.0.${n}` }))
    clock.runFor(3600 * SECOND)
    device.take()
    for (let n = 20; n < 26; n++) ping(10, `10.0.0.${n}`)
    expect(device.take().length).toBe(6)
    device.inject(arpFrame({ ...REPLY, sender: '10.0.0.20' }))
    expect(device.takeLines()).toEqual([expect.stringMatching(/10\.0\.0\.1 > 10\.0\.0\.20: ICMP echo request/)])
    expect(network.counters.dropped).toEqual({})
  })

  it('122 [1122 §2.3.2.1] are asked for once a second, also where their entry was evicted meanwhile', () => {
    const { clock, device } = bench(1536)
    const asked = new Map<string, number[]>()
    const send = device.send.bind(device)
    device.send = (frame) => {
      const [, who] = /who-has (\S+)/.exec(printFrame(frame)) ?? []
      if (who !== undefined) asked.set(who, [...(asked.get(who) ?? []), clock.now])
      return send(frame)
    }
    for (let round = 0; round < 200; round++) {
      for (let n = 2; n < 200; n++) device.inject(echoFrame(8, { source: `10.0.0.${n}` }))
      clock.runFor(25 * MILLISECOND)
      device.take()
    }
    expect(asked.size).toBe(198)
    const gaps = [...asked.values()].flatMap((at) => at.slice(1).map((each, i) => each - at[i]))
    expect(gaps.length).toBeGreaterThan(500)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SECOND)
  })

  it('123 [1122 §2.3.2.2] each have the latest kept, though another has filled what there is', () => {
    const { device, network, ping } = bench(6144)
    for (let i = 0; i < 100; i++) ping(100, '10.0.0.3')
    ping(100, '10.0.0.4')
    ping(100, '10.0.0.5')
    device.take()
    for (const sender of ['10.0.0.4', '10.0.0.5', '10.0.0.3']) device.inject(arpFrame({ ...REPLY, sender }))
    const lines = device.takeLines()
    expect(lines[0]).toMatch(/> 10\.0\.0\.4: ICMP echo request/)
    expect(lines[1]).toMatch(/> 10\.0\.0\.5: ICMP echo request/)
    expect(lines.at(-1)).toMatch(/> 10\.0\.0\.3: ICMP echo request, id \d+, seq 100/)
    expect(network.counters.dropped['waiting frame replaced']).toBeGreaterThan(80)
    expect(network.counters.dropped['no memory for a waiting frame']).toBeUndefined()
  })

  it('that do not answer hold three eighths of the memory at most, all together', () => {
    for (const memory of [1536, 6144, 1 << 20]) {
      const { device, stack, network } = bench(memory)
      network.configure('10.0.0.1/16')
      for (let n = 0; n < 2000; n++) device.inject(echoFrame(n % 300, { source: `10.0.${1 + (n >> 8)}.${n & 0xff}` }))
      expect(stack.memory.used).toBeLessThanOrEqual((memory * 3) / 8)
      expect(stack.memory.used).toBeGreaterThan(0)
    }
  })

  it('keeps no more than 64 neighbours with 64 KiB, and forgets the one longest unheard', () => {
    const { clock, device, network } = bench(65_536)
    for (let n = 2; n < 200; n++) {
      device.inject(arpFrame({ sender: `10.0.0.${n}` }))
      clock.runFor(MILLISECOND)
    }
    expect(network.neighbours.entries().length).toBe(64)
    expect(network.neighbours.lookup(ipv4('10.0.0.2'))).toBeUndefined()
    expect(network.neighbours.lookup(ipv4('10.0.0.199'))).toBeDefined()
    device.inject(echoFrame(8))
  })
})
