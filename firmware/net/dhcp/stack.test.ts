import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { dissect } from '../../../test/setup/dissect.js'
import { FrameLink } from '../../../test/support/frame-link.js'
import { TestDevice } from '../../../test/support/network.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { formatIpv4, ipv4, mac } from '../address.js'
import { formatIp } from '../ip.js'
import type { NetworkInterface } from '../network-interface.js'
import { printFrame } from '../wire/print.js'
import { InterfaceDhcpHost, InterfaceDhcpServerHost } from './stack-host.js'
import { dhcpClient, startDhcp, startDhcpServer } from './start.js'

/** Two hosts on one link: a client at one end, a server at 10.9.0.1 at the other. */
function bench(options: { seed?: number; leaseSeconds?: number; mtu?: number } = {}) {
  const clock = new Scheduler()
  const random = new SeededRandom(options.seed ?? 1)
  const link = new FrameLink({ clock, delay: MILLISECOND })
  const client = new Stack({ clock, random: random.fork('client'), name: 'client' })
  const server = new Stack({ clock, random: random.fork('server'), name: 'server' })
  const near = client.addInterface({ name: 'eth0', device: link.a })
  const far = server.addInterface({ name: 'eth0', device: link.b, address: '10.9.0.1/24' })
  const frames: Uint8Array[] = []
  far.onTrace((_direction, frame) => frames.push(frame.slice()))
  const dhcpServer = startDhcpServer(server, far, {
    pool: ['10.9.0.100', '10.9.0.199'],
    leaseSeconds: options.leaseSeconds ?? 3600,
    options: {
      routers: [ipv4('10.9.0.1')],
      dnsServers: [ipv4('10.9.0.1')],
      domainName: 'lab.test',
      interfaceMtu: options.mtu ?? 1400,
    },
  })
  return { clock, link, client, server, near, far, frames, dhcpServer }
}

function reachable(clock: Scheduler, from: NetworkInterface, to: string): boolean {
  let answered: boolean | undefined
  from.ping(to, { timeLimit: SECOND }, (result) => {
    answered = result.ok
  })
  clock.runFor(2 * SECOND)
  return answered === true
}

describe('a host that gets its address by DHCP', () => {
  it('is configured, announced, reachable, and renews by unicast; tshark finds nothing to say', () => {
    const { clock, client, near, far, frames, dhcpServer } = bench()
    const dhcp = startDhcp(client, near, { hostName: 'board' })
    clock.runUntil(20 * SECOND)
    expect(dhcp.state).toBe('BOUND')
    expect(formatIpv4(near.address)).toBe('10.9.0.100')
    expect(near.prefixLength).toBe(24)
    expect(near.gateway).toBe(ipv4('10.9.0.1'))
    expect(near.mtu).toBe(1400)
    expect(client.resolver).toMatchObject({ servers: [ipv4('10.9.0.1')], search: ['lab.test'] })
    expect(reachable(clock, near, '10.9.0.1')).toBe(true)
    expect(reachable(clock, far, '10.9.0.100')).toBe(true)
    clock.runUntil(2000 * SECOND)
    expect(dhcp.counters).toMatchObject({
      sent: { DISCOVER: 1, REQUEST: 2 },
      received: { OFFER: 1, ACK: 2 },
      dropped: {},
    })
    expect(dhcpServer.counters.dropped).toEqual({})
    expect(dhcpServer.leases[0].hostName).toBe('board')
    dhcp.release()
    clock.runFor(3 * SECOND)
    expect(dhcpServer.leases).toEqual([])
    expect(near.addresses).toEqual([])
    expect(near.mtu).toBe(1500)
    expect(client.resolver).toMatchObject({ servers: [], search: [] })

    const told = frames.map(printFrame)
    const claimed = told.filter((line) => /^ARP, .* 10\.9\.0\.100 (tell 0\.0\.0\.0|is-at)/.test(line))
    expect(claimed.map((line) => line.split(' ')[1])).toEqual([
      ...['Request', 'Request', 'Request'],
      ...['Announcement', 'Announcement'],
    ])
    const rows = dissect(frames, [
      '_ws.malformed',
      'udp.checksum.status',
      'ip.checksum.status',
      'dhcp.option.dhcp',
      'ip.dst',
    ])
    expect(rows.filter(([malformed, udp, ip]) => malformed !== '' || udp === '0' || ip === '0')).toEqual([])
    expect(rows.filter(([, , , type]) => type !== '').map(([, , , type, to]) => `${type} ${to}`)).toEqual([
      '1 255.255.255.255',
      '2 255.255.255.255',
      '3 255.255.255.255',
      '5 255.255.255.255',
      '3 10.9.0.1',
      '5 10.9.0.100',
      '7 10.9.0.1',
    ])
  })

  it.each([68, 296, 327, 328])(
    'renews and releases a lease that sets the MTU to %i, in fragments where a message does not fit (RFC 791 3.2)',
    (mtu) => {
      const { clock, client, near, frames, dhcpServer } = bench({ mtu })
      const dhcp = startDhcp(client, near)
      clock.runUntil(20 * SECOND)
      expect([dhcp.state, near.mtu]).toEqual(['BOUND', mtu])
      frames.length = 0
      clock.runUntil(2000 * SECOND)
      expect(dhcp.counters).toMatchObject({ sent: { REQUEST: 2 }, received: { ACK: 2 }, dropped: {} })
      dhcp.release()
      clock.runFor(SECOND)
      expect(dhcpServer.counters.received).toMatchObject({ REQUEST: 2, RELEASE: 1 })
      const fromClient = frames.filter((frame) => frame[13] === 0 && frame[29] === 100)
      expect(fromClient.length).toBeGreaterThanOrEqual(2)
      for (const frame of fromClient) expect(frame.length).toBeLessThanOrEqual(14 + mtu)
    },
  )

  it('141 [2131 §4.4.5] loses its address when the lease ends unrenewed, and sockets on it fail', () => {
    const { clock, client, near, dhcpServer } = bench()
    const dhcp = startDhcp(client, near)
    clock.runUntil(20 * SECOND)
    const port = client.udp.bind({ address: near.address, port: 5000 })
    const errors: string[] = []
    port.onError((code) => errors.push(code))
    dhcpServer.stop()
    clock.runUntil(3599 * SECOND)
    expect(dhcp.state).toBe('REBINDING')
    expect(near.address).toBe(ipv4('10.9.0.100'))
    expect(errors).toEqual([])
    clock.runUntil(3700 * SECOND)
    expect(near.addresses).toEqual([])
    expect(errors).toEqual(['EADDRNOTAVAIL'])
    expect(reachable(clock, near, '10.9.0.1')).toBe(false)
  })

  it('declines an address that a silent neighbour has, and gets another', () => {
    const { clock, client, near, server, far, dhcpServer } = bench()
    far.addAddress('10.9.0.100/24')
    const dhcp = startDhcp(client, near)
    clock.runUntil(60 * SECOND)
    expect(dhcp.state).toBe('BOUND')
    expect(formatIpv4(near.address)).toBe('10.9.0.101')
    expect(dhcpServer.counters.received.DECLINE).toBe(1)
    // The server still has the first address, and is answered by the second.
    expect(server.interfaces[0]).toBe(far)
    expect(reachable(clock, near, '10.9.0.100')).toBe(true)
  })

  it('gives an address up that somebody claims twice, and begins anew', () => {
    const { clock, client, near, far } = bench()
    const dhcp = startDhcp(client, near)
    clock.runUntil(20 * SECOND)
    const states: string[] = []
    dhcp.onState((state) => states.push(state))
    far.addAddress(`${formatIpv4(near.address)}/24`)
    // The rival's claim is defended; the rival defends too, and that is the second claim.
    far.announce()
    clock.runFor(60 * SECOND)
    expect(states).toEqual(['INIT', 'SELECTING', 'REQUESTING', 'BOUND'])
    expect(formatIpv4(near.address)).toBe('10.9.0.101')
  })

  it('notices a link that goes and comes, and leaves other listeners of the interface theirs', () => {
    const { clock, client, near, link } = bench()
    const heard: boolean[] = []
    near.onLink((up) => heard.push(up))
    const dhcp = startDhcp(client, near)
    const late: boolean[] = []
    const takeOff = near.onLink((up) => late.push(up))
    clock.runUntil(20 * SECOND)
    link.up = false
    expect(dhcp.state).toBe('INIT-REBOOT')
    takeOff()
    link.up = true
    clock.runFor(SECOND)
    expect(dhcp.state).toBe('BOUND')
    expect(heard).toEqual([false, true])
    expect(late).toEqual([false])
    expect(dhcp.counters.sent).toEqual({ DISCOVER: 1, REQUEST: 2 })
  })

  it('says so at once when the interface has a client already, or a socket has the port', () => {
    const { clock, client, near } = bench()
    const first = startDhcp(client, near)
    expect(() => startDhcp(client, near)).toThrow(
      /^EADDRINUSE: DHCP on eth0: another client .* UDP port 68 there; stop/,
    )
    clock.runUntil(20 * SECOND)
    expect(first.state).toBe('BOUND')
    first.stop()
    const port = client.udp.bind({ address: 0, port: 68 })
    expect(() => first.start()).toThrow(/^EADDRINUSE: DHCP on eth0/)
    expect(first.state).toBe('STOPPED')
    port.close()
    first.start()
    clock.runFor(20 * SECOND)
    expect(first.state).toBe('BOUND')
  })

  it('leaves no port open, no memory taken and no timer behind when it stops', () => {
    const { clock, client, near } = bench()
    const dhcp = dhcpClient(client, near)
    expect([...client.udp.ports()]).toEqual([])
    dhcp.start()
    clock.runUntil(20 * SECOND)
    expect([...client.udp.ports()]).toHaveLength(1)
    dhcp.stop()
    clock.runFor(3 * SECOND)
    expect([...client.udp.ports()]).toEqual([])
    expect(client.memory.used).toBe(0)
    expect(clock.nextAt).toBeUndefined()
  })
})

/** A host between two networks, each with a server: it asks both. */
function between(forwarding = false) {
  const clock = new Scheduler()
  const random = new SeededRandom(4)
  const middle = new Stack({ clock, random: random.fork('middle'), name: 'middle', forwarding })
  const sides = ['10.1.0', '10.2.0'].map((prefix, i) => {
    const link = new FrameLink({ clock, delay: MILLISECOND })
    const stack = new Stack({ clock, random: random.fork(prefix), name: prefix })
    const far = stack.addInterface({ name: 'eth0', device: link.b, address: `${prefix}.1/24` })
    const near = middle.addInterface({ name: `eth${i}`, device: link.a })
    const lines: string[] = []
    far.onTrace((direction, frame) => {
      if (direction === 'in') lines.push(printFrame(frame))
    })
    const options = { dnsServers: [ipv4(`${prefix}.53`), ipv4('10.9.0.53')], domainName: `n${i}.test` }
    const server = startDhcpServer(stack, far, {
      pool: [`${prefix}.100`, `${prefix}.199`],
      leaseSeconds: 3600,
      options,
    })
    return { link, far, near, server, lines }
  })
  return { clock, middle, sides }
}

describe('a host with several interfaces that get their addresses by DHCP', () => {
  it.each([false, true])(
    'has one of each server, and hears each over its own interface only (a router: %s)',
    (router) => {
      const { clock, middle, sides } = between(router)
      // The second one's answers come by unicast when the first has its address already.
      const first = startDhcp(middle, sides[0].near, { startDelay: 0 })
      const second = startDhcp(middle, sides[1].near, { startDelay: 30 * SECOND })
      clock.runUntil(100 * SECOND)
      expect([first.state, second.state]).toEqual(['BOUND', 'BOUND'])
      expect(sides.map(({ near }) => formatIpv4(near.address))).toEqual(['10.1.0.100', '10.2.0.100'])
      for (const client of [first, second])
        expect(client.counters).toMatchObject({ sent: { DISCOVER: 1, REQUEST: 1 }, dropped: {} })
      clock.runUntil(3000 * SECOND)
      // Renewed: each with its own server.
      for (const client of [first, second]) expect(client.counters.received).toEqual({ OFFER: 1, ACK: 2 })
      expect([...middle.udp.ports()]).toHaveLength(2)
      expect(middle.udp.counters.dropped).toEqual({})
    },
  )

  it("asks the server of the second interface's lease by that lease's router, whatever the first one's routes say", () => {
    const clock = new Scheduler()
    const stack = new Stack({ clock, random: new SeededRandom(3) })
    const devices = [new TestDevice(), new TestDevice(mac('02:00:00:00:01:01'))]
    stack.addInterface({ name: 'eth0', device: devices[0], address: '192.168.0.2/24', gateway: '192.168.0.1' })
    const second = stack.addInterface({
      name: 'eth1',
      device: devices[1],
      address: '10.9.0.40/24',
      gateway: '10.9.0.1',
    })
    const host = new InterfaceDhcpHost(stack, second)
    host.handleDatagram = () => {}
    const message = new Uint8Array(300)
    const asked = (to: string) => {
      expect(host.send(message, second.address, ipv4(to))).toBe(true)
      return devices.map((device) => device.takeLines())
    }
    expect(asked('172.31.0.1')).toEqual([[], ['ARP, Request who-has 10.9.0.1 tell 10.9.0.40']])
    expect(asked('10.9.0.7')).toEqual([[], ['ARP, Request who-has 10.9.0.7 tell 10.9.0.40']])
    expect(asked('255.255.255.255')[1][0]).toContain('IP 10.9.0.40.68 > 255.255.255.255.67: ')
    // A server that says it is at 127.0.0.1 is nowhere.
    expect(host.send(message, second.address, ipv4('127.0.0.1'))).toBe(false)
  })

  it('knows the name servers and domains of both, and what is left when one goes', () => {
    const { clock, middle, sides } = between()
    middle.resolver.servers = [ipv4('192.0.2.53')]
    const [first, second] = sides.map(({ near }) => startDhcp(middle, near, { startDelay: 0 }))
    clock.runUntil(30 * SECOND)
    const servers = () => middle.resolver.servers.map(formatIp)
    const common = '10.9.0.53'
    // A person's goes first.
    expect(servers()).toEqual(['192.0.2.53', '10.1.0.53', common, '10.2.0.53'])
    expect(middle.resolver.search).toEqual(['n0.test', 'n1.test'])
    first.release()
    clock.runFor(SECOND)
    expect(servers()).toEqual(['192.0.2.53', '10.2.0.53', common])
    expect(middle.resolver.search).toEqual(['n1.test'])
    second.release()
    clock.runFor(SECOND)
    expect(servers()).toEqual(['192.0.2.53'])
    expect(middle.resolver.search).toEqual([])
  })

  it("takes its interface's other addresses for the server, too, and not those of another interface (4.1)", () => {
    const clock = new Scheduler()
    const stack = new Stack({ clock, random: new SeededRandom(3) })
    const network = stack.addInterface({ name: 'eth0', device: new TestDevice(), address: '10.9.0.1/24' })
    network.addAddress('10.9.0.2/24')
    stack.addInterface({ name: 'eth1', device: new TestDevice(), address: '10.9.1.1/24' })
    const host = new InterfaceDhcpServerHost(stack, network)
    expect(['10.9.0.1', '10.9.0.2', '10.9.0.3', '10.9.1.1'].map((each) => host.isOwn(ipv4(each)))).toEqual([
      ...[true, true, false, false],
    ])
  })

  it('a host with two servers answers each network from its own pool', () => {
    const clock = new Scheduler()
    const random = new SeededRandom(4)
    const host = new Stack({ clock, random: random.fork('host') })
    const clients = ['10.1.0', '10.2.0'].map((prefix, i) => {
      const link = new FrameLink({ clock, delay: MILLISECOND })
      const network = host.addInterface({ name: `eth${i}`, device: link.a, address: `${prefix}.1/24` })
      const server = startDhcpServer(host, network, { pool: [`${prefix}.100`, `${prefix}.199`], leaseSeconds: 60 })
      const stack = new Stack({ clock, random: random.fork(prefix) })
      const near = stack.addInterface({ name: 'eth0', device: link.b })
      startDhcp(stack, near, { startDelay: i * 10 * SECOND })
      return { server, near }
    })
    clock.runUntil(60 * SECOND)
    expect(clients.map(({ near }) => formatIpv4(near.address))).toEqual(['10.1.0.100', '10.2.0.100'])
    expect(clients.map(({ server }) => server.leases.length)).toEqual([1, 1])
    expect(() =>
      startDhcpServer(host, host.interfaces[0], { pool: ['10.1.0.2', '10.1.0.9'], leaseSeconds: 60 }),
    ).toThrow(/^EADDRINUSE: DHCP on eth0/)
  })
})
