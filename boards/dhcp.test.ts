import { describe, expect, it } from 'vitest'
import type { StateChange } from '../firmware/controller/report.js'
import { MILLISECOND, SECOND } from '../firmware/hal/clock.js'
import { formatIpv4, ipv4 } from '../firmware/net/address.js'
import { formatIp } from '../firmware/net/ip.js'
import { createBareLab } from './lab.js'

/** A board that asks for its address, and a host that gives addresses and answers for names. */
function bench(leaseSeconds = 3600) {
  const lab = createBareLab({ seed: 1 })
  const server = lab.addHost({
    name: 'server',
    address: '10.9.0.1/24',
    dhcpServer: { pool: ['10.9.0.100', '10.9.0.199'], leaseSeconds, options: { domainName: 'lab.test' } },
    dnsServer: { zones: [{ name: 'lab.test', records: [{ name: 'www', type: 'A', address: ipv4('10.9.0.80') }] }] },
  })
  const board = lab.addBoard('uno', { address: 'dhcp', name: 'uno', timedBus: false, powered: false })
  const changes: StateChange[] = []
  board.onReport((change) => changes.push(change))
  board.powerOn()
  const cable = lab.connect(board.port, server.port)
  const bound = () => board.state.matches({ on: { address: 'BOUND' } })
  const addresses = () => changes.filter(({ region }) => region === 'address').map(({ to }) => to)
  return { lab, server, board, cable, bound, addresses, changes }
}

describe('a board that gets its address by DHCP', () => {
  it('shows the states of RFC 2131 in its chart on the way, and is reachable then', () => {
    const { lab, server, board, bound, addresses } = bench()
    expect(lab.runUntil(bound, 60 * SECOND)).toBe(true)
    expect(addresses()).toEqual(['INIT', 'SELECTING', 'REQUESTING', 'BOUND'])
    expect(formatIpv4(board.controller.network.address)).toBe('10.9.0.100')
    expect(server.dhcpServer?.leases).toMatchObject([{ hostName: 'uno' }])
    let answered = false
    server.network.ping('10.9.0.100', {}, ({ ok }) => {
      answered = ok
    })
    lab.runFor(SECOND)
    expect(answered).toBe(true)
    let found = ''
    board.stack.resolver.lookup('www', (outcome) => {
      found = outcome.ok ? outcome.addresses.map(formatIp).join() : outcome.reason
    })
    lab.runFor(SECOND)
    expect(found).toBe('10.9.0.80')
    expect(board.chip.findings).toEqual([])
  })

  it('renews a lease of ten seconds and loses it when the server is silent', () => {
    const { lab, server, board, bound, addresses } = bench(10)
    lab.runUntil(bound, 60 * SECOND)
    lab.runFor(30 * SECOND)
    expect(bound()).toBe(true)
    expect(board.controller.dhcp?.counters.received.ACK).toBeGreaterThan(5)
    server.dhcpServer?.stop()
    lab.runFor(12 * SECOND)
    expect(board.controller.network.addresses).toEqual([])
    expect(addresses().slice(-4)).toEqual(['BOUND', 'RENEWING', 'REBINDING', 'INIT'])
  })

  it('confirms its address when the cable was out, and asks anew after a reset', () => {
    const { lab, server, board, cable, bound, addresses } = bench()
    lab.runUntil(bound, 60 * SECOND)
    cable.unplug()
    lab.runUntil(() => board.state.matches({ on: { address: 'INIT-REBOOT' } }), 5 * SECOND)
    expect(formatIpv4(board.controller.network.address)).toBe('10.9.0.100')
    cable.plug(board.port, server.port)
    expect(lab.runUntil(bound, 10 * SECOND)).toBe(true)
    expect(addresses().slice(-3)).toEqual(['INIT-REBOOT', 'REBOOTING', 'BOUND'])
    board.restart()
    expect(board.controller.network.addresses).toEqual([])
    expect(lab.runUntil(bound, 60 * SECOND)).toBe(true)
    expect(addresses().slice(-4)).toEqual(['INIT', 'SELECTING', 'REQUESTING', 'BOUND'])
    // The server knows it again.
    expect(formatIpv4(board.controller.network.address)).toBe('10.9.0.100')
  })

  it('keeps its address over trouble with the chip', () => {
    const { lab, board, bound, changes } = bench()
    lab.runUntil(bound, 60 * SECOND)
    board.sagChipSupply(5 * MILLISECOND)
    lab.runFor(6 * SECOND)
    expect(changes.some(({ region, to }) => region === 'fault' && to === 'registers')).toBe(true)
    expect(bound()).toBe(true)
    expect(board.controller.dhcp?.counters.sent).toEqual({ DISCOVER: 1, REQUEST: 2 })
  })

  it('keeps a lease of an hour for an hour, at a thousand times the speed of the clock on the wall', () => {
    const { lab, server, board, bound } = bench()
    lab.runUntil(bound, 60 * SECOND)
    lab.runFor(3600 * SECOND)
    expect(bound()).toBe(true)
    expect(board.controller.dhcp?.counters).toMatchObject({ received: { ACK: 3 }, dropped: {} })
    expect(server.dhcpServer?.counters.received).toEqual({ DISCOVER: 1, REQUEST: 3 })
  })

  it('leaves nothing behind when it is switched off', () => {
    const { lab, board, bound } = bench()
    lab.runUntil(bound, 60 * SECOND)
    board.powerOff()
    expect([...board.stack.udp.ports()]).toEqual([])
    expect(board.stack.memory.used).toBe(0)
    expect(board.controller.dhcp?.state).toBe('STOPPED')
    board.powerOn()
    expect(lab.runUntil(bound, 60 * SECOND)).toBe(true)
  })
})

describe('hosts of a lab', () => {
  it('get addresses by DHCP too', () => {
    const lab = createBareLab({ seed: 3 })
    const hub = lab.addHub()
    const server = lab.addHost({
      name: 'server',
      address: '10.9.0.1/24',
      dhcpServer: { pool: ['10.9.0.100', '10.9.0.199'] },
    })
    const hosts = ['a', 'b', 'c'].map((name) => lab.addHost({ name, address: 'dhcp', dhcp: { startDelay: 0 } }))
    for (const [i, host] of [server, ...hosts].entries()) lab.connect(host.port, hub.ports[i])
    expect(lab.runUntil(() => hosts.every(({ dhcp }) => dhcp?.state === 'BOUND'), 30 * SECOND)).toBe(true)
    expect(new Set(hosts.map(({ network }) => network.address)).size).toBe(3)
  })

  it('say what is wrong with a server whose pool is elsewhere', () => {
    const lab = createBareLab()
    const dhcpServer = { pool: ['10.8.0.1', '10.8.0.2'] as const }
    expect(() => lab.addHost({ address: '10.9.0.1/24', dhcpServer })).toThrow("in the server's network")
  })
})
