import { describe, expect, it } from 'vitest'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { SECOND } from '../../hal/clock.js'
import { formatIpv6, readIpv6, writeIpv6 } from '../ipv6/address.js'
import { Ipv6RouterSide } from '../ipv6/ipv6-router-side.js'
import type { AdvertisedPrefix } from './router-settings.js'
import { TemporaryAddresses } from './temporary-addresses.js'

const DAY = 86_400 * SECOND
const PREFIX = '2001:db8:1::/64'

/** A host that a router tells of a prefix. */
function beside(said: Partial<AdvertisedPrefix> = {}, seed = 'h') {
  const wire = new Ipv6Wire()
  const advertise = { prefixes: [{ prefix: PREFIX, ...said }] }
  wire.host('r', '02:00:00:00:00:01', { addresses: ['2001:db8:1::1/64'], advertise }, undefined, Ipv6RouterSide)
  const host = wire.host(seed, '02:00:00:00:00:0a', { temporary: TemporaryAddresses })
  const own = host.interfaces[0].ipv6!
  const temporary = () => own.addresses.filter(({ origin }) => origin === 'temporary')
  return { wire, host, own, temporary, clock: wire.clock }
}

describe('temporary addresses (RFC 8981)', () => {
  it('are there beside the stable one of the prefix, and new conversations begin from them (RFC 6724 5, rule 7)', () => {
    const { clock, host, own, temporary } = beside()
    clock.runFor(30 * SECOND)
    expect(own.addresses.map(({ origin, state }) => `${origin} ${state}`)).toEqual([
      'link-local PREFERRED',
      'advertised PREFERRED',
      'temporary PREFERRED',
    ])
    const [{ address, prefixLength }] = temporary()
    expect(formatIpv6(address)).toMatch(/^2001:db8:1:0:/)
    expect(prefixLength).toBe(64)
    expect(host.ipv6!.network.sourceTo(ipv6('2001:db8:77::1'))).toEqual({ address, deprecated: false, temporary: true })
  })

  it('are none where nobody asked for them', () => {
    const wire = new Ipv6Wire()
    const advertise = { prefixes: [PREFIX] }
    wire.host('r', '02:00:00:00:00:01', { advertise }, undefined, Ipv6RouterSide)
    const host = wire.host('h', '02:00:00:00:00:0a')
    wire.clock.runFor(30 * SECOND)
    expect(host.interfaces[0].ipv6!.addresses.map(({ origin }) => origin)).toEqual(['link-local', 'advertised'])
  })

  it('are preferred for a day less up to two fifths of one, and valid for two (3.8), whatever routers say later', () => {
    const { clock, temporary } = beside()
    clock.runFor(30 * SECOND)
    const [first] = temporary()
    const { address } = first
    // Heard of in these 30 s; RAs come every few minutes from then on.
    expect(first.preferredUntil).toBeGreaterThan(0.6 * DAY)
    expect(first.preferredUntil).toBeLessThan(DAY + 30 * SECOND)
    expect(first.validUntil).toBeGreaterThan(2 * DAY)
    expect(first.validUntil).toBeLessThan(2 * DAY + 30 * SECOND)
    const { preferredUntil, validUntil } = first
    clock.runFor(DAY / 2)
    expect(temporary()[0]).toMatchObject({ address, preferredUntil, validUntil })
  })

  it('follow one another, each made 5 s before the one before ends (3.8: 2 s, and 3 tries of 1 s), and go after two days', () => {
    const { clock, temporary } = beside()
    clock.runFor(30 * SECOND)
    const [{ address: first, preferredUntil, validUntil }] = temporary()
    clock.runFor(preferredUntil - clock.now - 6 * SECOND)
    expect(temporary().map(({ state }) => state)).toEqual(['PREFERRED'])
    clock.runFor(2 * SECOND)
    expect(temporary()).toHaveLength(2)
    clock.runFor(4 * SECOND)
    expect(temporary().map(({ state }) => state)).toEqual(['DEPRECATED', 'PREFERRED'])
    const [, { address: second }] = temporary()
    expect([second.word2, second.word3]).not.toEqual([first.word2, first.word3])
    clock.runFor(validUntil - clock.now + SECOND)
    expect(temporary().map(({ address }) => address)).not.toContain(first)
    for (let i = 0; i < 20; i++) {
      clock.runFor(DAY / 7)
      const states = temporary().map(({ state }) => state)
      expect(states.filter((state) => state === 'PREFERRED').length).toBeGreaterThanOrEqual(1)
      // Two days of lives of more than 0.6 of one.
      expect(states.length).toBeLessThanOrEqual(4)
    }
  })

  it('hold no longer than routers say of the prefix (3.4 2), and are not made for less than they take to make (3.4 5)', () => {
    const short = beside({ validSeconds: 10_000, preferredSeconds: 3_000 })
    short.clock.runFor(30 * SECOND)
    const [{ preferredUntil, validUntil }] = short.temporary()
    expect(preferredUntil).toBeLessThanOrEqual(3_030 * SECOND)
    expect(validUntil).toBeLessThanOrEqual(10_030 * SECOND)
    const shorter = beside({ validSeconds: 10_000, preferredSeconds: 5 })
    shorter.clock.runFor(30 * SECOND)
    expect(shorter.own.addresses.map(({ origin }) => origin)).toEqual(['link-local', 'advertised'])
  })

  it('that are others’ are tried anew three times, and then no more (3.4 7)', () => {
    const { wire, clock, own, temporary } = beside()
    const tried = new Set<string>()
    wire.onFrame((frame) => {
      if (frame[54] !== 135 || frame[12] !== 0x86) return
      const target = readIpv6(frame, 62)
      if (!temporary().some(({ address }) => address === target)) return
      tried.add(formatIpv6(target))
      const octets = new Uint8Array(16)
      writeIpv6(target, octets, 0)
      const claim = [136, 0, 0, 0, 0x20, 0, 0, 0, ...octets, 2, 1, 2, 0, 0, 0, 0xba, 0xd0]
      clock.after(0, () => wire.hear(frameOf(ipv6('ff02::1'), claim, { to: '33:33:00:00:00:01' })))
    })
    clock.runFor(DAY)
    expect(tried.size).toBe(4)
    expect(temporary()).toEqual([])
    expect(own.counters.duplicates).toBe(4)
  })

  it('are the same for the same seed, and others for another', () => {
    const made = (seed: string) => {
      const { clock, temporary } = beside({}, seed)
      clock.runFor(3 * DAY)
      return temporary().map(({ address }) => formatIpv6(address))
    }
    expect(made('h')).toEqual(made('h'))
    expect(made('h')).not.toEqual(made('i'))
  })
})
