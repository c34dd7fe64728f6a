/**
 * Addresses from the network, in one call:
 *
 *     const client = startDhcp(stack, stack.interfaces[0], { hostName: 'board' })
 *     const server = startDhcpServer(stack, stack.interfaces[0], { pool: ['10.9.0.100', '10.9.0.199'] })
 */

import type { NetworkInterface } from '../network-interface.js'
import { DhcpClient, type DhcpClientOptions } from './client.js'
import type { DhcpEnd } from './dhcp-end.js'
import { DhcpServer, type DhcpServerOptions } from './server.js'
import { InterfaceDhcpHost, InterfaceDhcpServerHost } from './stack-host.js'

export type DhcpServerSettings = Omit<DhcpServerOptions, 'clock' | 'host' | 'address'>
export type DhcpSettings = Omit<DhcpClientOptions, 'clock' | 'random' | 'host' | 'hardware'>

/**
 * An interface that gets its address and router by DHCP, and the stack its name servers. It is started already. Each interface
 * may have a client of its own.
 * @throws NetError EADDRINUSE when the interface has a client already, or a socket has port 68
 */
export function startDhcp(stack: DhcpEnd, network: NetworkInterface, settings: DhcpSettings = {}): DhcpClient {
  const client = dhcpClient(stack, network, settings)
  client.start()
  return client
}

/** As `startDhcp`, not started yet: `start` throws what `startDhcp` does. */
export function dhcpClient(stack: DhcpEnd, network: NetworkInterface, settings: DhcpSettings = {}): DhcpClient {
  const { clock, random } = stack
  return new DhcpClient({
    ...settings,
    clock,
    random: random.fork(`dhcp ${network.name}`),
    host: new InterfaceDhcpHost(stack, network),
    hardware: network.device.address,
  })
}

/**
 * A DHCP server on an interface that has an address; its network is the one served.
 * @throws NetError EADDRINUSE when the interface has a server already, or a socket port 67; RangeError when the settings make no sense
 */
export function startDhcpServer(stack: DhcpEnd, network: NetworkInterface, settings: DhcpServerSettings): DhcpServer {
  const { address, prefixLength } = network
  const host = new InterfaceDhcpServerHost(stack, network)
  return new DhcpServer({ ...settings, clock: stack.clock, host, address: { address, prefixLength } })
}
