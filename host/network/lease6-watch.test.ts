import { describe, expect, it } from 'vitest'
import { createBareLab } from '../../boards/lab.js'
import type { LabHost } from '../../boards/lab-host.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { startDhcpv6 } from '../../firmware/net/dhcpv6/start.js'
import { parseIpv6, UNSPECIFIED6 } from '../../firmware/net/ipv6/address.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import { type Dhcpv6Message, emitDhcpv6, parseDhcpv6 } from '../../firmware/net/wire/dhcpv6.js'
import { watchLeases6 } from './lease6-watch.js'

/** A server of the test's own, which lends one address for so long. */
function lend({ stack }: LabHost, validSeconds: number): void {
  const port = stack.udp.bind({ address: UNSPECIFIED6, port: 547 }, { via: 'eth0' })
  port.join(parseIpv6('ff02::1:2%eth0')!)
  port.handleDatagram = (octets, start, end, source) => {
    if (stack.interfaces[0].ipv6?.hasLinkLocal !== true) return
    const { transactionId, clientIdentifier, associations } = parseDhcpv6(octets, start, end) as Dhcpv6Message
    const address = { address: parseIpv6('2001:db8:1::100')!, preferredSeconds: validSeconds, validSeconds }
    const reply = emitDhcpv6({
      type: 'REPLY',
      transactionId,
      clientIdentifier: clientIdentifier!,
      serverIdentifier: Uint8Array.of(0, 3, 0, 1, 9, 9, 9, 9, 9, 9),
      rapidCommit: true,
      associations: [{ iaid: associations?.[0].iaid ?? 0, t1Seconds: 0, t2Seconds: 0, addresses: [address] }],
    })
    port.send(reply, 0, reply.length, source, 546)
  }
}

function bench() {
  const lab = createBareLab({ seed: 3 })
  const server = lab.addHost({ name: 'server', address: '10.9.0.1/24', ipv6: { side: Ipv6Side } })
  const dhcp6 = { start: startDhcpv6, mode: 'stateful', startDelay: 0 } as const
  const asking = lab.addHost({ name: 'asking', address: '10.9.0.2/24', ipv6: { side: Ipv6Side, dhcp6 } })
  const cable = lab.connect(server.port, asking.port)
  const lines: string[] = []
  const end = watchLeases6(lab.clock, new Map([['lp0', asking.dhcp6!]]), (line) => lines.push(line))
  return { lab, server, asking, cable, lines, end }
}

describe('addresses that DHCPv6 lends a stack', () => {
  it('are reported when they come and when they are lost, and not when they are extended or given back', () => {
    const { lab, server, asking, cable, lines } = bench()
    lend(server, 100)
    lab.runFor(400 * SECOND)
    expect(asking.dhcp6?.counters.sent.RENEW).toBeGreaterThan(3)
    expect(lines).toEqual(['lp0: 2001:db8:1::100 is lent by DHCPv6'])
    cable.unplug()
    lab.runFor(120 * SECOND)
    expect(lines.slice(1)).toEqual([
      'lp0: 2001:db8:1::100 is lost, which DHCPv6 lent: its time is over, and no server has extended it; it is not used any more, and servers are asked for another until one answers',
    ])
    lab.connect(server.port, asking.port)
    lab.runFor(60 * SECOND)
    asking.dhcp6?.release()
    lab.runFor(60 * SECOND)
    expect(lines.slice(2)).toEqual(['lp0: 2001:db8:1::100 is lent by DHCPv6'])
  })

  it('are waited for aloud, once, where no server answers; and no more when the watch has ended', () => {
    const { lab, lines } = bench()
    lab.runFor(200 * SECOND)
    expect(lines).toEqual(['lp0: no DHCPv6 server has answered for 10 s; asking goes on'])
    const ended = bench()
    ended.end()
    ended.lab.runFor(200 * SECOND)
    expect(ended.lines).toEqual([])
  })
})
