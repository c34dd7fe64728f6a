import { describe, expect, it } from 'vitest'
import { createBareLab } from '../../boards/lab.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { DhcpClient } from '../../firmware/net/dhcp/client.js'
import { watchLeases } from './lease-watch.js'

/** A host that asks, and behind a hub the server, whose cable can be pulled. */
function bench() {
  const lab = createBareLab({ seed: 3 })
  const hub = lab.addHub()
  const server = lab.addHost({
    name: 'server',
    address: '10.9.0.1/24',
    dhcpServer: { pool: ['10.9.0.100', '10.9.0.199'], leaseSeconds: 600 },
  })
  const cable = lab.connect(server.port, hub.ports[0])
  const asking = lab.addHost({ name: 'asking', address: 'dhcp', dhcp: { startDelay: 0 } })
  lab.connect(asking.port, hub.ports[1])
  const client = asking.dhcp as DhcpClient
  const lines: string[] = []
  const end = watchLeases(lab.clock, new Map([['lp0', client]]), (line) => lines.push(line))
  return { lab, hub, server, cable, asking, client, lines, end }
}

describe('the leases of a stack', () => {
  it('are not spoken of while all is well: the first, renewals, and one that is given back', () => {
    const { lab, client, lines } = bench()
    lab.runFor(2_000 * SECOND)
    expect(client.state).toBe('BOUND')
    expect(client.counters.received.ACK).toBeGreaterThan(3)
    client.release()
    lab.runFor(60 * SECOND)
    expect(client.lease).toBeUndefined()
    expect(lines).toEqual([])
  })

  it('are reported when one is lost, with what happens next, and when there is one again', () => {
    const { lab, hub, server, cable, client, lines } = bench()
    lab.runFor(60 * SECOND)
    cable.unplug()
    lab.runFor(530 * SECOND)
    expect(lines).toEqual([]) // the address is still ours
    lab.runFor(30 * SECOND)
    expect(lines).toEqual([
      'lp0: the lease of 10.9.0.100 is lost: its time is over, and no server extended it; the address is not used any more, and a server is asked for one until it answers',
      'lp0: no DHCP server has answered for 10 s; asking goes on',
    ])
    lab.runFor(600 * SECOND)
    expect(lines).toHaveLength(2)
    lab.connect(server.port, hub.ports[2])
    lab.runFor(120 * SECOND)
    expect(client.state).toBe('BOUND')
    expect(lines.slice(2)).toEqual(['lp0: 10.9.0.100/24 is leased for 600 s by 10.9.0.1; it is in use'])
  })

  it('are reported when another station has the address', () => {
    const { lab, hub, lines } = bench()
    lab.runFor(60 * SECOND)
    const thief = lab.addHost({ name: 'thief', address: '10.9.0.100/24' })
    lab.connect(thief.port, hub.ports[3], { sameAddresses: true })
    lab.runFor(60 * SECOND)
    for (let i = 0; i < 5; i++) {
      thief.stack.interfaces[0].announce()
      lab.runFor(SECOND)
    }
    lab.runFor(60 * SECOND)
    expect(lines[0]).toMatch(/^lp0: the lease of 10\.9\.0\.100 is lost: another station has the address/)
    expect(lines.at(-1)).toMatch(/^lp0: 10\.9\.0\.1\d\d\/24 is leased for 600 s by 10\.9\.0\.1; it is in use$/)
  })

  it('are reported when no server answers from the beginning, and no more when the watch has ended', () => {
    const { lab, cable, lines, end } = bench()
    cable.unplug()
    lab.runFor(60 * SECOND)
    expect(lines).toEqual(['lp0: no DHCP server has answered for 10 s; asking goes on'])
    end()
    lab.runFor(600 * SECOND)
    expect(lines).toHaveLength(1)
  })
})
