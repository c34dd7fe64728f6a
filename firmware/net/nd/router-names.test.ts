import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { SECOND } from '../../hal/clock.js'
import { formatIpv6, type Ipv6Address, parseIpv6 } from '../ipv6/address.js'
import { RouterNames } from './router-names.js'

const six = (text: string) => parseIpv6(text) as Ipv6Address
const [ONE, TWO] = ['fe80::1%eth0', 'fe80::2%eth0'].map(six)

function bench() {
  const clock = new Scheduler()
  const heard: string[] = []
  const now = () => `${names.servers.map(formatIpv6).join(' ')} | ${names.search.join(' ')}`
  const names: RouterNames = new RouterNames({
    clock,
    zone: 'eth0',
    onChanged: () => heard.push(`${clock.now / SECOND}: ${now()}`),
  })
  const hear = (router: Ipv6Address, servers: Record<string, number>, domains: Record<string, number> = {}) =>
    names.hear(router, {
      prefixes: [],
      routes: [],
      misshapen: 0,
      nameServers: Object.entries(servers).map(([text, lifetimeSeconds]) => ({ address: six(text), lifetimeSeconds })),
      searchDomains: Object.entries(domains).map(([domain, lifetimeSeconds]) => ({ domain, lifetimeSeconds })),
    })
  return { clock, heard, names, hear, now }
}

describe('what routers said of names (RFC 8106 5.3)', () => {
  it('holds for its lifetime, is told when it changes, and runs out by itself', () => {
    const { clock, heard, hear } = bench()
    hear(ONE, { '2001:db8::53': 600, '2001:db8::54': 60 }, { 'Lab.test': 600 })
    clock.runFor(30 * SECOND)
    // Again, as every few minutes: nothing changes, and it lasts longer.
    hear(ONE, { '2001:db8::53': 600, '2001:db8::54': 60 }, { 'lab.test': 600 })
    clock.runFor(1000 * SECOND)
    expect(heard).toEqual(['0: 2001:db8::53 2001:db8::54 | lab.test', '90: 2001:db8::53 | lab.test', '630:  | '])
    expect(clock.nextAt).toBeUndefined()
  })

  it('is taken back by a lifetime of zero, by the router that said it', () => {
    const { heard, hear } = bench()
    hear(ONE, { '2001:db8::53': 600 }, { 'lab.test': 600 })
    hear(TWO, { '2001:db8::53': 600 })
    hear(TWO, { '2001:db8::53': 0 }, { 'lab.test': 0 })
    hear(ONE, { '2001:db8::53': 0 })
    expect(heard).toEqual(['0: 2001:db8::53 | lab.test', '0:  | lab.test'])
  })

  it('may be for ever', () => {
    const { clock, hear, now } = bench()
    hear(ONE, { '2001:db8::53': 0xffffffff })
    expect(clock.nextAt).toBeUndefined()
    clock.runUntil(1e6 * SECOND)
    expect(now()).toBe('2001:db8::53 | ')
  })

  it('of servers on the link is in the zone of the link; what no server can have is refused', () => {
    const { hear, now } = bench()
    expect(hear(ONE, { 'fe80::53': 600, '::': 600, '::1': 600, 'ff02::fb': 600, '::ffff:10.0.0.1': 600 })).toBe(4)
    expect(now()).toBe('fe80::53%eth0 | ')
  })

  it('is of eight at most: what ends first gives way to what ends later (6.1), whoever said it', () => {
    const { hear, names } = bench()
    for (let i = 1; i <= 8; i++) hear(ONE, { [`2001:db8::${i}`]: 100 * i }, { [`d${i}.test`]: 100 * i })
    hear(TWO, { '2001:db8::99': 100 }, { 'brief.test': 100 })
    expect(names.servers.map(formatIpv6)).not.toContain('2001:db8::99')
    hear(TWO, { '2001:db8::aa': 1000 }, { 'long.test': 1000 })
    expect(names.servers.map(formatIpv6)).toEqual(
      [2, 3, 4, 5, 6, 7, 8].map((i) => `2001:db8::${i}`).concat('2001:db8::aa'),
    )
    expect(names.search).toEqual([2, 3, 4, 5, 6, 7, 8].map((i) => `d${i}.test`).concat('long.test'))
  })

  it('is told no more when the interface has stopped', () => {
    const { clock, heard, hear, names } = bench()
    hear(ONE, { '2001:db8::53': 60 })
    names.stop()
    expect(clock.nextAt).toBeUndefined()
    clock.runFor(100 * SECOND)
    expect(heard).toHaveLength(1)
    expect(names.servers).toEqual([])
  })
})
