import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { arpFrame, OWN_MAC, PEER_MAC, TestDevice } from '../../../test/support/network.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { formatMac } from '../address.js'
import type { NetworkInterface } from '../network-interface.js'
import { parseArp } from '../wire/arp.js'
import { printFrame } from '../wire/print.js'
import type { AddressDefence } from './address-conflicts.js'

function bench(seed = 1, addressDefence?: AddressDefence) {
  const clock = new Scheduler()
  const device = new TestDevice()
  const stack = new Stack({ clock, random: new SeededRandom(seed) })
  const network = stack.addInterface({
    name: 'eth0',
    device,
    ...(addressDefence === undefined ? {} : { addressDefence }),
  })
  const outcomes: (string | undefined)[] = []
  const done = (taken: Uint8Array | undefined) => outcomes.push(taken && formatMac(taken))
  return { clock, device, stack, network, outcomes, done }
}

/** What is sent while time passes, with the instant of each. */
function watch(clock: Scheduler, device: TestDevice, seconds: number) {
  const seen: { at: number; frame: Uint8Array }[] = []
  for (let ms = 0; ms < seconds * 1000; ms++) {
    for (const frame of device.take()) seen.push({ at: clock.now, frame })
    clock.runFor(MILLISECOND)
  }
  return seen
}

describe('an address (RFC 5227)', () => {
  it.each([1, 2, 3, 4, 5])(
    '124 [5227 §2.1.1] is claimed by a wait, three probes, a wait and two announcements (seed %i)',
    (seed) => {
      const { clock, device, network, outcomes, done } = bench(seed)
      network.claim('10.0.0.1/24', undefined, done)
      const seen = watch(clock, device, 12)
      expect(outcomes).toEqual([undefined])
      const packets = seen.map(({ frame }) => parseArp(frame, 14))
      const [a, b, c, d, e] = seen.map(({ at }) => at)
      expect(seen.length).toBe(5)
      expect(a).toBeLessThanOrEqual(SECOND + MILLISECOND)
      for (const gap of [b - a, c - b]) {
        expect(gap).toBeGreaterThanOrEqual(SECOND - MILLISECOND)
        expect(gap).toBeLessThanOrEqual(2 * SECOND + MILLISECOND)
      }
      expect(Math.abs(d - c - 2 * SECOND)).toBeLessThanOrEqual(MILLISECOND)
      expect(Math.abs(e - d - 2 * SECOND)).toBeLessThanOrEqual(MILLISECOND)
      packets.forEach((packet, i) => {
        expect(packet).toMatchObject({
          operation: 1,
          senderMac: OWN_MAC,
          senderAddress: i < 3 ? 0 : 0x0a000001,
          targetMac: new Uint8Array(6),
          targetAddress: 0x0a000001,
        })
      })
      expect(network.address).toBe(0x0a000001)
      expect(clock.nextAt).toBeUndefined()
    },
  )

  it('124 [5227 §2.1.1] waits differently from seed to seed', () => {
    const first = (seed: number) => {
      const { clock, device, network, done } = bench(seed)
      network.check('10.0.0.1', done)
      return watch(clock, device, 1.1)[0].at
    }
    expect(new Set([1, 2, 3, 4, 5].map(first)).size).toBe(5)
  })

  it.each([
    ['somebody sends with it', { sender: '10.0.0.1', target: '10.0.0.7' }],
    ['somebody answers', { operation: 2, sender: '10.0.0.1', target: '0.0.0.0' }],
    ['another host probes for it', { sender: '0.0.0.0', target: '10.0.0.1' }],
  ])('125 [5227 §2.1.1] is taken when %s', (_, fields) => {
    const { clock, device, network, outcomes, done } = bench()
    network.claim('10.0.0.1/24', undefined, done)
    clock.runFor(1.5 * SECOND)
    device.inject(arpFrame(fields))
    expect(outcomes).toEqual([formatMac(PEER_MAC)])
    expect(network.addresses).toEqual([])
    device.take()
    clock.runFor(20 * SECOND)
    expect(device.take()).toEqual([])
  })

  it('125 [5227 §2.1.1] is not taken because our own probe comes back from an access point', () => {
    const { clock, device, network, outcomes, done } = bench()
    network.claim('10.0.0.1/24', undefined, done)
    clock.runFor(1.5 * SECOND)
    for (const echo of device.take()) device.inject(echo)
    clock.runFor(10 * SECOND)
    for (const echo of device.take()) device.inject(echo)
    expect(outcomes).toEqual([undefined])
    expect(network.counters.addressConflicts).toBe(0)
  })

  it('125 [5227 §2.1.1] is not taken because of a probe for another, or a request for it by a host that knows its own', () => {
    const { clock, device, network, outcomes, done } = bench()
    network.check('10.0.0.1', done)
    clock.runFor(1.5 * SECOND)
    device.inject(arpFrame({ sender: '0.0.0.0', target: '10.0.0.7' }))
    device.inject(arpFrame({ sender: '10.0.0.7', target: '10.0.0.1' }))
    clock.runFor(10 * SECOND)
    expect(outcomes).toEqual([undefined])
  })

  it('is asked for at most once a minute after ten conflicts (2.1.1, MAX_CONFLICTS)', () => {
    const { clock, device, network, done } = bench()
    for (let i = 0; i < 10; i++) {
      network.check('10.0.0.1', done)
      device.inject(arpFrame({ sender: '10.0.0.1' }))
    }
    device.take()
    network.check('10.0.0.2', done)
    clock.runFor(59 * SECOND)
    expect(device.take()).toEqual([])
    clock.runFor(3 * SECOND)
    expect(device.take().length).toBeGreaterThan(0)
  })

  it('126 [5227 §2.4] is defended once, and given up at a second claim within ten seconds', () => {
    const { clock, device, network } = bench()
    const claims: [string, boolean][] = []
    network.onConflict((mac, givenUp) => claims.push([formatMac(mac), givenUp]))
    network.configure('10.0.0.1/24')
    device.inject(arpFrame({ sender: '10.0.0.1' }))
    expect(device.takeLines()).toEqual(['ARP, Announcement 10.0.0.1 is-at 02:00:00:00:00:01'])
    clock.runFor(9 * SECOND)
    expect(device.take()).toEqual([])
    device.inject(arpFrame({ sender: '10.0.0.1', operation: 2 }))
    expect(device.take()).toEqual([])
    expect(network.addresses).toEqual([])
    expect(claims).toEqual([
      [formatMac(PEER_MAC), false],
      [formatMac(PEER_MAC), true],
    ])
  })

  it('is kept in spite of it where the options say so, as for a server or router, and announced once in ten seconds (2.4 c)', () => {
    const { clock, device, network } = bench(1, 'keep')
    network.configure('10.0.0.1/24')
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 10; j++) device.inject(arpFrame({ sender: '10.0.0.1' }))
      expect(device.takeLines()).toEqual(['ARP, Announcement 10.0.0.1 is-at 02:00:00:00:00:01'])
      clock.runFor(10 * SECOND)
    }
    expect(network.addresses.length).toBe(1)
    expect(network.counters.addressConflicts).toBe(30)
  })

  it('126 [5227 §2.4] is defended again when the claims are ten seconds apart', () => {
    const { clock, device, network } = bench()
    network.configure('10.0.0.1/24')
    for (let i = 0; i < 5; i++) {
      device.inject(arpFrame({ sender: '10.0.0.1' }))
      expect(device.takeLines()).toEqual(['ARP, Announcement 10.0.0.1 is-at 02:00:00:00:00:01'])
      clock.runFor(10 * SECOND)
    }
    expect(network.addresses.length).toBe(1)
  })

  it('is given up at the first claim where the options say so (2.4 a), without an announcement', () => {
    const { clock, device, network } = bench(1, 'cease')
    network.configure('10.0.0.1/24')
    device.inject(arpFrame({ sender: '10.0.0.1' }))
    clock.runFor(9 * SECOND)
    expect(device.take()).toEqual([])
    expect(network.addresses).toEqual([])
  })

  it('that was given up is asked for after ten seconds, and in use again when nobody has it', () => {
    const { clock, device, network } = bench()
    const regained: number[] = []
    network.onRegain((address) => regained.push(address))
    network.configure('10.0.0.1/24', '10.0.0.9')
    network.addAddress('10.1.0.1/24')
    for (let i = 0; i < 2; i++) device.inject(arpFrame({ sender: '10.0.0.1' }))
    device.take()
    expect(network.addresses.map(({ address }) => address)).toEqual([0x0a010001])
    expect(network.claims).toEqual([{ address: 0x0a000001, mac: PEER_MAC, at: 0, givenUp: true }])
    const seen = watch(clock, device, 25)
    expect(seen[0].at).toBeGreaterThanOrEqual(10 * SECOND)
    expect(seen.map(({ frame }) => printFrame(frame))).toEqual([
      ...Array(3).fill('ARP, Request who-has 10.0.0.1 tell 0.0.0.0'),
      ...Array(2).fill('ARP, Announcement 10.0.0.1 is-at 02:00:00:00:00:01'),
    ])
    expect(network.addresses.map(({ address }) => address)).toEqual([0x0a000001, 0x0a010001])
    expect(network.gateway).toBe(0x0a000009)
    expect(regained).toEqual([0x0a000001])
    expect(network.claims).toMatchObject([{ givenUp: false }])
    expect(clock.nextAt).toBeUndefined()
  })

  it('that was given up is left to the host that answers for it, and asked for at most once a minute after ten conflicts', () => {
    const { clock, device, network } = bench()
    network.configure('10.0.0.1/24')
    for (let i = 0; i < 2; i++) device.inject(arpFrame({ sender: '10.0.0.1' }))
    device.take()
    const asked: number[] = []
    for (let ms = 0; ms < 600_000; ms++) {
      clock.runFor(MILLISECOND)
      if (device.take().length === 0) continue
      asked.push(clock.now)
      device.inject(arpFrame({ operation: 2, sender: '10.0.0.1', target: '0.0.0.0' }))
    }
    expect(network.addresses).toEqual([])
    expect(asked.length).toBeGreaterThan(15)
    for (let i = 11; i < asked.length; i++) expect(asked[i] - asked[i - 1]).toBeGreaterThanOrEqual(59 * SECOND)
    clock.runFor(80 * SECOND)
    expect(network.addresses.length).toBe(1)
  })

  it.each([
    ['configured anew', 1, (network: NetworkInterface) => network.configure('10.0.0.1/24')],
    ['added anew', 1, (network: NetworkInterface) => network.addAddress('10.0.0.1/24')],
    ['removed', 0, (network: NetworkInterface) => network.removeAddress('10.0.0.1')],
    ['no longer wanted', 0, (network: NetworkInterface) => network.unconfigure()],
    ['replaced by another', 1, (network: NetworkInterface) => network.configure('10.0.0.2/24')],
    ['on an interface that stopped, as a board that lost its supply', 1, (network: NetworkInterface) => network.stop()],
  ])('that was given up and is %s is not asked for', (_, left, change) => {
    const { clock, device, network } = bench()
    network.configure('10.0.0.1/24')
    for (let i = 0; i < 2; i++) device.inject(arpFrame({ sender: '10.0.0.1' }))
    device.take()
    change(network)
    expect(network.addresses.length).toBe(left)
    expect(network.claims).toEqual([])
    expect(clock.nextAt).toBeUndefined()
  })

  it('is no longer asked for when the question is taken back', () => {
    const { clock, device, network, outcomes, done } = bench()
    network.check('10.0.0.1', done)()
    expect(clock.nextAt).toBeUndefined()
    clock.runFor(10 * SECOND)
    expect(device.take()).toEqual([])
    expect(outcomes).toEqual([])
  })
})
