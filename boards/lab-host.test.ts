import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../firmware/hal/clock.js'
import type { PingResult } from '../firmware/net/icmp/ping.js'
import { Cable } from './ethernet/cable.js'
import { LabHost } from './lab-host.js'
import type { LabHostOptions } from './lab-host-options.js'
import { SeededRandom } from './simulation/random.js'
import { Scheduler } from './simulation/scheduler.js'

function lab(seed: number, left: Partial<LabHostOptions> = {}, right: Partial<LabHostOptions> = {}) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const a = new LabHost({ clock, random, name: 'a', address: '192.168.7.1/24', ...left })
  const b = new LabHost({ clock, random, name: 'b', address: '192.168.7.2/24', ...right })
  const cable = new Cable({ clock, random, length: 2 })
  cable.plug(a.port, b.port)
  const results: PingResult[] = []
  return { clock, a, b, cable, results }
}

describe('lab host', () => {
  it('pings another over 2 m of cable: 64 octets there and back take 2 × 57.6 µs and the delay', () => {
    const { clock, a, b, results } = lab(1, { duplex: 'full' }, { duplex: 'full' })
    clock.runUntil(100 * MILLISECOND)
    a.network.ping('192.168.7.2', { size: 18 }, (result) => results.push(result))
    clock.runFor(SECOND)
    a.network.ping('192.168.7.2', { size: 18 }, (result) => results.push(result))
    clock.runFor(SECOND)
    expect(results[1]).toMatchObject({ ok: true, roundTrip: 2 * (57_600 + 10) })
    expect(b.stack.counters().icmp.echoesAnswered).toBe(2)
  })

  it('gets every ping through in half duplex, both ways at once', () => {
    const { clock, a, b, results } = lab(2, { duplex: 'half' }, { duplex: 'half' })
    clock.runUntil(100 * MILLISECOND)
    for (let i = 0; i < 50; i++) {
      clock.after(i * 3 * MILLISECOND, () => {
        a.network.ping('192.168.7.2', { size: 1472 }, (result) => results.push(result))
        b.network.ping('192.168.7.1', { size: 1472 }, (result) => results.push(result))
      })
    }
    clock.runFor(2 * SECOND)
    // Both ask for an address at the same time, and one waiting frame may be replaced by the next (RFC 1122 2.3.2.2).
    expect(results.filter((result) => result.ok).length).toBeGreaterThanOrEqual(98)
    expect(results.length).toBe(100)
    expect(a.station.collisions).toBeGreaterThan(0)
  })

  it('draws its Ethernet address from the seed: individual and locally administered', () => {
    const first = lab(1).a.station.address
    expect(first[0] & 3).toBe(2)
    expect(lab(1).a.station.address).toEqual(first)
    expect(lab(2).a.station.address).not.toEqual(first)
    expect(lab(1).b.station.address).not.toEqual(first)
  })
})

describe('a router', () => {
  it('passes an echo on from one card to the other, with one taken off its time to live (RFC 1812 5.3.1)', () => {
    const clock = new Scheduler()
    const random = new SeededRandom(3)
    const router = new LabHost({ clock, random, name: 'router', address: '10.0.1.1/24', forwarding: true })
    const far = router.addCard('10.0.2.1/24')
    const a = new LabHost({ clock, random, name: 'a', address: '10.0.1.2/24', gateway: '10.0.1.1' })
    const b = new LabHost({ clock, random, name: 'b', address: '10.0.2.2/24', gateway: '10.0.2.1' })
    new Cable({ clock, random }).plug(a.port, router.port)
    new Cable({ clock, random }).plug(far.port, b.port)
    clock.runFor(2 * SECOND)
    const results: PingResult[] = []
    a.network.ping('10.0.2.2', {}, (result) => results.push(result))
    clock.runFor(2 * SECOND)
    expect(results).toMatchObject([{ ok: true, timeToLive: 63 }])
    expect(router.stack.counters().ipv4.forwarded).toBe(2)
    expect(far.network.name).toBe('eth1')
  })

  it('has a station address of its own on each card, and refuses what is no address', () => {
    const clock = new Scheduler()
    const router = new LabHost({ clock, random: new SeededRandom(3), name: 'router', address: '10.0.1.1/24' })
    const first = router.addCard('10.0.2.1/24')
    const second = router.addCard('10.0.3.1/24')
    const all = [router.station, first.station, second.station].map(({ address }) => address.join(':'))
    expect(new Set(all).size).toBe(3)
    expect(() => router.addCard('10.0.4.1')).toThrow(RangeError)
  })
})
