/**
 * Our end of the wire for the tests with other people's DHCP and DNS: a bare stack on a TAP device that asks, or that serves.
 * What happens is printed as lines of JSON; SIGTERM gives the address back and ends it.
 */
import { createWriteStream } from 'node:fs'
import { formatIpv4, ipv4, ipv4Interface } from '../../firmware/net/address.js'
import { startDhcpServer } from '../../firmware/net/dhcp/start.js'
import { DnsServer } from '../../firmware/net/dns/server.js'
import { serveDns } from '../../firmware/net/dns/stack-carrier.js'
import { formatIp } from '../../firmware/net/ip.js'
import { recordFrames } from '../../host/network/frame-recording.js'
import { bareStack } from '../../host/node/network/bare-stack.js'

const [role, tap, capture, ...names] = process.argv.slice(2)
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

const address = role === 'server' ? ipv4Interface('10.9.0.1/24') : undefined
const uplink = bareStack({
  wires: [
    {
      tap,
      address,
      dhcp: address === undefined,
      addresses6: undefined,
      advertise: undefined,
      temporary: false,
      dhcp6: undefined,
      dhcp6Server: undefined,
    },
  ],
  gateway: undefined,
  memory: undefined,
  seed: undefined,
  forwarding: false,
  offers: [],
  impairments: undefined,
})
const { stack } = uplink
const [network] = stack.interfaces
const file = createWriteStream(capture)
const endCapture = recordFrames(uplink.watches, (octets) => file.write(octets.slice()), true)

async function end(): Promise<void> {
  // It gives the address back first.
  await uplink.close()
  endCapture()
  // What it knows of names is memory too.
  stack.resolver.close()
  say({ ...uplink.dhcp.get(tap)?.counters, memory: stack.memory.used })
  file.end(() => process.exit(0))
}

function ask(): void {
  const { resolver } = stack
  for (const name of names) {
    resolver.lookup(name, (outcome) => {
      say({ name, found: outcome.ok ? outcome.addresses.map(formatIp).sort() : outcome.reason })
    })
  }
  resolver.reverse(ipv4('10.9.0.80'), (outcome) => {
    say({
      name: '10.9.0.80',
      found: outcome.ok ? outcome.records.map((each) => 'target' in each && each.target) : outcome.reason,
    })
  })
}

if (role === 'server') {
  const many = Array.from({ length: 60 }, (_, i) => ({
    name: 'many',
    type: 'A' as const,
    address: ipv4(`10.9.1.${i}`),
  }))
  const www = { name: 'www', type: 'A' as const, address: ipv4('10.9.0.80') }
  serveDns(
    stack,
    new DnsServer({
      zones: [
        { name: 'lab.test', records: [www, { name: 'docs', type: 'CNAME', target: 'www.lab.test' }, ...many] },
        { name: '9.10.in-addr.arpa', records: [{ name: '80.0', type: 'PTR', target: 'www.lab.test' }] },
      ],
    }),
  )
  const server = startDhcpServer(stack, network, {
    pool: ['10.9.0.100', '10.9.0.199'],
    leaseSeconds: 600,
    options: { routers: [ipv4('10.9.0.1')], dnsServers: [ipv4('10.9.0.1')], domainName: 'lab.test' },
  })
  server.onLease((lease) => say({ given: formatIpv4(lease.address), to: lease.hostName }))
  process.on('SIGTERM', () => {
    say({ leases: server.leases.length, ...server.counters })
    void end()
  })
} else {
  const client = uplink.dhcp.get(tap)
  if (client === undefined) throw new Error('nobody asks for an address')
  let leases = 0
  client.onState((state) => say({ state }))
  client.onLease((lease) => {
    if (lease === undefined) return
    const routers = lease.routers.map(formatIpv4)
    const dnsServers = lease.dnsServers.map(formatIpv4)
    const seconds = (lease.duration ?? 0) / 1e9
    const own = `${formatIpv4(lease.address)}/${lease.prefixLength}`
    say({ lease: own, routers, dnsServers, domain: lease.domainName, mtu: network.mtu, seconds })
    if (leases++ === 0) ask()
  })
  process.on('SIGTERM', () => void end())
}
