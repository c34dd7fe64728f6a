import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../boards/simulation/random.js'
import { Scheduler } from '../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from './hal/clock.js'
import type { FrameDevice } from './hal/frame-device.js'
import { ipv4, mac } from './net/address.js'
import type { PingResult } from './net/icmp/ping.js'
import { NEIGHBOUR_LIFETIME } from './net/link/neighbour-cache.js'
import { emitArp } from './net/wire/arp.js'
import { emitEthernet } from './net/wire/ethernet.js'
import { printFrame } from './net/wire/print.js'
import { Stack } from './stack.js'

const MILLI = 1_000_000

/** A device on a string of one length: what it sends arrives at the other end one millisecond later. */
class Wire implements FrameDevice {
  handleFrame: ((frame: Uint8Array) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  linkUp = true
  dropped = {}
  other: Wire | undefined
  readonly sent: string[] = []
  change: ((frame: Uint8Array) => Uint8Array | undefined) | undefined
  constructor(
    readonly clock: Scheduler,
    readonly address: Uint8Array,
  ) {}
  send(frame: Uint8Array): boolean {
    if (!this.linkUp) return false
    this.sent.push(printFrame(frame))
    const copy = new Uint8Array(Math.max(60, frame.length))
    copy.set(frame)
    const changed = this.change === undefined ? copy : this.change(copy)
    if (changed !== undefined) this.clock.after(MILLI, () => this.other?.handleFrame?.(changed))
    return true
  }
}

function bench() {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const wireA = new Wire(clock, mac('02:00:00:00:00:0a'))
  const wireB = new Wire(clock, mac('02:00:00:00:00:0b'))
  wireA.other = wireB
  wireB.other = wireA
  const stackA = new Stack({ clock, random: random.fork('a'), name: 'a' })
  const stackB = new Stack({ clock, random: random.fork('b'), name: 'b' })
  const a = stackA.addInterface({ name: 'eth0', device: wireA, address: '10.0.0.1/24' })
  const b = stackB.addInterface({ name: 'eth0', device: wireB, address: '10.0.0.2/24' })
  const results: PingResult[] = []
  const ping = (to: string, options = {}) => stackA.ping(to, options, (result) => results.push(result))
  return { clock, stackA, stackB, a, b, wireA, wireB, results, ping }
}

function dropped(stack: Stack): Record<string, number> {
  const { interfaces, ipv4, icmp } = stack.counters()
  return { ...interfaces.eth0.dropped, ...ipv4.dropped, ...icmp.dropped }
}

describe('stack', () => {
  it('asks for the address, then for the echo, and measures the round trip', () => {
    const { clock, wireA, wireB, results, ping } = bench()
    ping('10.0.0.2', { sequence: 7, size: 100 })
    expect(results).toEqual([])
    clock.runFor(SECOND)
    expect(results).toEqual([{ ok: true, sequence: 7, size: 100, roundTrip: 4 * MILLI, timeToLive: 64 }])
    expect(wireA.sent[0]).toBe('ARP, Request who-has 10.0.0.2 tell 10.0.0.1')
    expect(wireB.sent[0]).toBe('ARP, Reply 10.0.0.2 is-at 02:00:00:00:00:0b')
    expect(wireA.sent[1]).toMatch(/^IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id \d+, seq 7, length 108$/)
    expect(wireB.sent[1]).toMatch(/^IP 10.0.0.2 > 10.0.0.1: ICMP echo reply, id \d+, seq 7, length 108$/)
  })

  it('learns the asker from its request, and answers without asking back (RFC 826)', () => {
    const { clock, b, stackB, wireB, ping } = bench()
    ping('10.0.0.2')
    clock.runFor(SECOND)
    expect(wireB.sent.length).toBe(2)
    expect(b.neighbours.entries().length).toBe(1)
    expect(stackB.counters().icmp.echoesAnswered).toBe(1)
  })

  it('remembers a neighbour for a minute, then asks again (RFC 1122 2.3.2.1)', () => {
    const { clock, wireA, results, ping } = bench()
    ping('10.0.0.2')
    clock.runFor(SECOND)
    ping('10.0.0.2')
    clock.runFor(SECOND)
    expect(wireA.sent.length).toBe(3)
    clock.runFor(NEIGHBOUR_LIFETIME)
    ping('10.0.0.2')
    clock.runFor(SECOND)
    expect(wireA.sent.length).toBe(5)
    expect(results.map((result) => result.ok)).toEqual([true, true, true])
  })

  it.each([0, 1, 7, 56, 1471, 1472])('echoes %i octets as they were', (size) => {
    const { clock, results, ping } = bench()
    ping('10.0.0.2', { size })
    clock.runFor(SECOND)
    expect(results).toMatchObject([{ ok: true, size }])
  })

  it('refuses a ping that does not fit a datagram', () => {
    const { ping } = bench()
    expect(() => ping('10.0.0.2', { size: 65508 })).toThrow(/0 to 65507/)
    expect(() => ping('10.0.0.2', { sequence: 65536 })).toThrow(/0 to 65535/)
    expect(() => ping('10.0.0.x')).toThrow(/write it like/)
  })

  it('asks three times, a second apart, for a host that is not there, and says unreachable', () => {
    const { clock, a, wireA, results, ping } = bench()
    ping('10.0.0.9', { timeLimit: 10 * SECOND })
    clock.runFor(5 * SECOND)
    expect(wireA.sent).toEqual(Array(3).fill('ARP, Request who-has 10.0.0.9 tell 10.0.0.1'))
    expect(results).toEqual([{ ok: false, sequence: 1, reason: 'unreachable', from: ipv4('10.0.0.1') }])
    expect(a.counters.dropped).toEqual({ 'neighbour unknown': 1 })
  })

  it('says no answer when the request or the reply is lost', () => {
    const { clock, wireB, results, ping } = bench()
    ping('10.0.0.2')
    clock.runFor(SECOND)
    wireB.change = () => undefined
    ping('10.0.0.2', { timeLimit: 300 * MILLISECOND })
    clock.runFor(299 * MILLISECOND)
    expect(results.length).toBe(1)
    clock.runFor(2 * MILLISECOND)
    expect(results[1]).toEqual({ ok: false, sequence: 2, reason: 'no answer' })
  })

  it('says unreachable at once without a route, and uses the gateway when there is one', () => {
    const { clock, a, stackA, wireA, results, ping } = bench()
    ping('10.9.9.9')
    clock.runFor(1)
    expect(results).toEqual([{ ok: false, sequence: 1, reason: 'unreachable' }])
    expect(stackA.counters().ipv4.dropped).toEqual({ 'no route': 1 })
    a.configure('10.0.0.1/24', '10.0.0.254')
    ping('10.9.9.9')
    clock.runFor(1)
    expect(wireA.sent).toEqual(['ARP, Request who-has 10.0.0.254 tell 10.0.0.1'])
  })

  it('says refused when the device does not take the frame', () => {
    const { clock, wireA, results, ping } = bench()
    ping('10.0.0.2')
    clock.runFor(SECOND)
    wireA.linkUp = false
    ping('10.0.0.2')
    clock.runFor(1)
    expect(results[1]).toEqual({ ok: false, sequence: 2, reason: 'refused' })
  })

  it('forgets its neighbours when the link goes', () => {
    const { clock, a, wireA, ping } = bench()
    ping('10.0.0.2')
    clock.runFor(SECOND)
    wireA.handleLink?.(false)
    expect(a.neighbours.entries()).toEqual([])
  })

  it.each([
    { what: 'a header with a wrong checksum', at: 24, reason: 'IPv4 header checksum' },
    { what: 'a message with a wrong checksum', at: 45, reason: 'ICMP checksum' },
    { what: 'IP version 5', at: 14, reason: 'IPv4 version' },
    { what: 'another EtherType', at: 12, reason: 'EtherType not handled' },
  ])('drops $what and counts it', ({ at, reason }) => {
    const { clock, stackB, wireA, results, ping } = bench()
    ping('10.0.0.2')
    clock.runFor(SECOND)
    wireA.change = (frame) => {
      frame[at] ^= 0x10
      return frame
    }
    ping('10.0.0.2')
    clock.runFor(2 * SECOND)
    expect(dropped(stackB)).toEqual({ [reason]: 1 })
    expect(results[1].ok).toBe(false)
  })

  it('does not answer an echo to everyone, nor one for this host in a broadcast frame (RFC 1122 3.2.2.6, 3.3.6)', () => {
    const { clock, stackA, stackB, wireA, wireB, ping } = bench()
    ping('10.0.0.255')
    clock.runFor(10 * MILLISECOND)
    expect(dropped(stackB)).toEqual({ 'echo to a group': 1 })
    wireA.change = (frame) => {
      if (frame[12] === 0x08 && frame[13] === 0x00) frame.fill(0xff, 0, 6)
      return frame
    }
    ping('10.0.0.2')
    clock.runFor(10 * MILLISECOND)
    expect(dropped(stackB)['unicast in a broadcast frame']).toBe(1)
    expect(wireB.sent.filter((line) => line.includes('ICMP'))).toEqual([])
    expect(dropped(stackA)).toEqual({})
  })

  it('reports another station that claims its address, and does not learn from it', () => {
    const { a, wireA } = bench()
    const claims: string[] = []
    a.onConflict((address) => claims.push(address.join()))
    const frame = new Uint8Array(60)
    const stranger = mac('02:00:00:00:00:66')
    const at = emitEthernet({ destination: mac('ff:ff:ff:ff:ff:ff'), source: stranger, etherType: 0x0806 }, frame)
    const targetAddress = ipv4('10.0.0.1')
    emitArp(
      { operation: 1, senderMac: stranger, senderAddress: targetAddress, targetMac: new Uint8Array(6), targetAddress },
      frame,
      at,
    )
    wireA.handleFrame?.(frame)
    expect(claims).toEqual([stranger.join()])
    expect(a.counters.addressConflicts).toBe(1)
    expect(a.neighbours.entries()).toEqual([])
  })

  it('does not add a stranger whose request is for someone else, and answers a probe without learning', () => {
    const { clock, a, wireA } = bench()
    const stranger = mac('02:00:00:00:00:66')
    const arp = (senderAddress: number, targetAddress: number) => {
      const frame = new Uint8Array(60)
      const at = emitEthernet({ destination: mac('ff:ff:ff:ff:ff:ff'), source: stranger, etherType: 0x0806 }, frame)
      const targetMac = new Uint8Array(6)
      emitArp({ operation: 1, senderMac: stranger, senderAddress, targetMac, targetAddress }, frame, at)
      wireA.handleFrame?.(frame)
    }
    arp(ipv4('10.0.0.7'), ipv4('10.0.0.8'))
    expect(a.neighbours.entries()).toEqual([])
    arp(0, ipv4('10.0.0.1'))
    expect(a.neighbours.entries()).toEqual([])
    expect(wireA.sent).toEqual(['ARP, Reply 10.0.0.1 is-at 02:00:00:00:00:0a'])
    clock.runFor(SECOND)
  })

  it('takes nothing and sends nothing while it is stopped', () => {
    const { clock, b, wireB, results, ping } = bench()
    b.stop()
    ping('10.0.0.2')
    clock.runFor(5 * SECOND)
    expect(wireB.sent).toEqual([])
    expect(results[0].ok).toBe(false)
    expect(b.counters.dropped).toEqual({ 'interface stopped': 3 }) // each of the asker's requests
    b.start()
    ping('10.0.0.2')
    clock.runFor(SECOND)
    expect(results[1].ok).toBe(true)
  })

  it('survives 100 000 hostile frames, answers afterwards, and accounts for each', () => {
    const { clock, b, wireA, wireB, results, ping } = bench()
    const random = new SeededRandom(9)
    const seeds: Uint8Array[] = []
    wireA.change = (frame) => {
      seeds.push(frame.slice())
      return frame
    }
    ping('10.0.0.2')
    clock.runFor(SECOND)
    for (let i = 0; i < 100_000; i++) {
      const frame = seeds[random.below(seeds.length)].slice(0, 14 + random.below(100))
      for (let n = random.below(6); n > 0; n--) frame[6 + random.below(frame.length - 6)] = random.below(256)
      wireB.handleFrame?.(frame)
    }
    clock.runFor(10 * SECOND)
    expect(b.neighbours.entries().length).toBeLessThanOrEqual(1024)
    ping('10.0.0.2')
    clock.runFor(5 * SECOND)
    expect(results.at(-1)?.ok).toBe(true)
  })
})
