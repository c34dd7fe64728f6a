/**
 * Addresses and names of IPv6 from servers, in one call:
 *
 *     const client = startDhcpv6(stack, stack.interfaces[0])                          // as the routers of its link say
 *     const client = startDhcpv6(stack, stack.interfaces[0], { mode: 'stateful' })    // whatever they say
 */
import type { NetworkInterface } from '../network-interface.js'
import { Dhcpv6Client, type Dhcpv6ClientOptions } from './client.js'
import type { Dhcpv6End } from './dhcpv6-end.js'
import { duidOf, iaidOf } from './duid.js'
import { Dhcpv6Server, type Dhcpv6ServerSettings } from './server.js'
import { dhcpv6Link, InterfaceDhcpv6Host, InterfaceDhcpv6ServerHost } from './stack-host.js'

/** `auto`: addresses where a router says M, name servers and domains alone where it says O, and nothing where it says neither. */
export type Dhcpv6Mode = 'auto' | 'stateful' | 'stateless'

export interface Dhcpv6Settings
  extends Partial<Omit<Dhcpv6ClientOptions, 'clock' | 'random' | 'host' | 'identifier' | 'iaid'>> {
  /**
   * `auto` by default. A host is to be able to do what its network asks (RFC 8504 6.5: it SHOULD implement DHCPv6), and its network asks by M
   * and O (RFC 4861 4.2). To ask where no router has said so is allowed (RFC 4862 5.5.2: MAY), and not done: on most links nobody
   * answers, and there is no end to asking. Who knows better says `stateful` or `stateless`.
   */
  readonly mode?: Dhcpv6Mode
}

/**
 * An interface that has addresses, and the stack its name servers, by DHCPv6. It is started already, or waits for a router's word. Each
 * interface may have a client of its own.
 * @throws NetError EADDRINUSE when the interface has a client already, or a socket has port 546, and it is to start at once; RangeError where
 *   it has no IPv6
 */
export function startDhcpv6(
  stack: Dhcpv6End,
  network: NetworkInterface,
  { mode = 'auto', ...settings }: Dhcpv6Settings = {},
): Dhcpv6Client {
  const link = dhcpv6Link(stack, network)
  const { clock, random } = stack
  const client = new Dhcpv6Client({
    ...settings,
    clock,
    random: random.fork(`dhcpv6 ${network.name}`),
    host: new InterfaceDhcpv6Host(link),
    // One for the whole host (RFC 9915 11), whichever of its interfaces asks.
    identifier: duidOf(stack.interfaces[0].device.address),
    iaid: iaidOf(network.device.address),
  })
  if (mode !== 'auto') client.start(mode)
  else {
    const { ipv6 } = link
    const follow = () => {
      const { service } = ipv6
      if (service !== 'none') client.startUnasked(service === 'addresses' ? 'stateful' : 'stateless')
      // The link is gone, and with it the word of its routers. Addresses are confirmed when it is back; for less nobody is asked unbidden.
      else if (client.lease === undefined) client.stop()
    }
    ipv6.onService(follow)
    follow()
  }
  return client
}

/**
 * A server that tells the hosts of an interface's link of name servers and domains. Have its router advertise `otherConfiguration: true`, or
 * nobody will ask.
 * @throws NetError EADDRINUSE when the interface has a server already, or a socket has port 547; RangeError where it has no IPv6, or the
 *   settings make no sense
 */
export function startDhcpv6Server(
  stack: Dhcpv6End,
  network: NetworkInterface,
  settings: Dhcpv6ServerSettings,
): Dhcpv6Server {
  const port = new InterfaceDhcpv6ServerHost(dhcpv6Link(stack, network))
  const server = new Dhcpv6Server(port, duidOf(stack.interfaces[0].device.address), settings)
  port.open(server)
  return server
}
