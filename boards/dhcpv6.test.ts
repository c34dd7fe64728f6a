import { describe, expect, it } from 'vitest'
import { SECOND } from '../firmware/hal/clock.js'
import { startDhcpv6, startDhcpv6Server } from '../firmware/net/dhcpv6/start.js'
import { formatIp } from '../firmware/net/ip.js'
import { Ipv6RouterSide } from '../firmware/net/ipv6/ipv6-router-side.js'
import { Ipv6Side } from '../firmware/net/ipv6/ipv6-side.js'
import { createBareLab } from './lab.js'

/** A router with two cards that tells the hosts of each by DHCPv6 what it advertises that there is. */
function bench() {
  const lab = createBareLab({ seed: 6 })
  const router = lab.addHost({
    name: 'router',
    address: '10.0.1.1/24',
    ipv6: {
      side: Ipv6RouterSide,
      addresses: ['2001:db8:1::1/64'],
      advertise: { prefixes: ['2001:db8:1::/64'], otherConfiguration: true },
      dhcp6Server: { start: startDhcpv6Server, nameServers: ['2001:db8:1::53'], searchDomains: ['near.test'] },
    },
  })
  const card = router.addCard('10.0.2.1/24', {
    ipv6: {
      addresses: ['2001:db8:2::1/64'],
      advertise: { prefixes: ['2001:db8:2::/64'], otherConfiguration: true },
      dhcp6Server: { start: startDhcpv6Server, nameServers: ['2001:db8:2::53'] },
    },
  })
  const host = (name: string, address: string) =>
    lab.addHost({ name, address, ipv6: { side: Ipv6Side, dhcp6: { start: startDhcpv6, startDelay: 0 } } })
  const [near, far] = [host('near', '10.0.1.2/24'), host('far', '10.0.2.2/24')]
  const cable = lab.connect(router.port, near.port)
  lab.connect(card.port, far.port)
  return { lab, router, card, near, far, cable }
}

describe('hosts of a lab whose router tells by DHCPv6', () => {
  it('know its name servers, each those of its link, and have addresses of its prefix all the same', () => {
    const { lab, router, card, near, far } = bench()
    lab.runFor(30 * SECOND)
    expect(near.stack.resolver.servers.map(formatIp)).toEqual(['2001:db8:1::53'])
    expect(near.stack.resolver.search).toEqual(['near.test'])
    expect(far.stack.resolver.servers.map(formatIp)).toEqual(['2001:db8:2::53'])
    expect([near.dhcp6?.state, far.dhcp6?.state]).toEqual(['INFORMED', 'INFORMED'])
    expect(near.network.ipv6?.addresses.map(({ origin }) => origin)).toEqual(['link-local', 'advertised'])
    expect([router.dhcp6Server?.counters.replies, card.dhcp6Server?.counters.replies]).toEqual([1, 1])
  })

  it('ask again when the cable was out', () => {
    const { lab, router, near, cable } = bench()
    lab.runFor(30 * SECOND)
    cable.unplug()
    lab.runFor(5 * SECOND)
    expect(near.dhcp6?.state).toBe('STOPPED')
    lab.connect(router.port, near.port)
    lab.runFor(30 * SECOND)
    expect(near.dhcp6?.state).toBe('INFORMED')
    expect(router.dhcp6Server?.counters.replies).toBe(2)
  })

  it('cannot be set up with what makes no sense', () => {
    const { lab } = bench()
    const add = (dhcp6: object) =>
      lab.addHost({ address: '10.0.3.2/24', ipv6: { side: Ipv6Side, dhcp6: dhcp6 as { start: typeof startDhcpv6 } } })
    expect(() => add({ mode: 'stateful' })).toThrow(/start/)
    expect(() => add({ start: startDhcpv6, mode: 'always' })).toThrow(/mode/)
  })
})
