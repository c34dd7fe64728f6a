import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import { ipv4, mac } from './address.js'
import { Stack } from './stack.js'
import { arpFrame, echoFrame, PEER_MAC, TestDevice } from './test-network.js'

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
    const { device, stack, network, ping } = bench(4 * 150)
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
