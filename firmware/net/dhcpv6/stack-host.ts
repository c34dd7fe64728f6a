/** DHCPv6 on a stack: messages over one certain interface, and what servers say put where it belongs. */
import { NetError } from '../errors.js'
import { type Ipv6Address, isLinkLocal6, UNSPECIFIED6 } from '../ipv6/address.js'
import type { Ipv6Interface } from '../ipv6/ipv6-interface.js'
import type { Ipv6Side } from '../ipv6/ipv6-side.js'
import type { Lifetimes } from '../nd/address-list.js'
import type { NetworkInterface } from '../network-interface.js'
import type { DatagramListener, UdpPort } from '../udp/udp-port.js'
import { allDhcpServers, DHCPV6_CLIENT_PORT, DHCPV6_SERVER_PORT } from '../wire/dhcpv6.js'
import type { Dhcpv6Host } from './client.js'
import type { Dhcpv6End } from './dhcpv6-end.js'
import type { Dhcpv6Information } from './lease.js'
import type { Dhcpv6Server, Dhcpv6ServerHost } from './server.js'

/** Where DHCPv6 runs: an interface, with its IPv6. */
export interface Dhcpv6Link {
  readonly stack: Dhcpv6End
  readonly side: Ipv6Side
  readonly network: NetworkInterface
  readonly ipv6: Ipv6Interface
}

/** @throws RangeError where the interface has no IPv6 */
export function dhcpv6Link(stack: Dhcpv6End, network: NetworkInterface): Dhcpv6Link {
  const { ipv6 } = network
  if (stack.ipv6 !== undefined && ipv6 !== undefined) return { stack, side: stack.ipv6, network, ipv6 }
  throw new RangeError(
    `DHCPv6 on ${network.name}: the interface speaks IPv4 alone; make its stack with ipv6: Ipv6Side, and do not switch it off there`,
  )
}

/** A UDP port of one interface. What arrives on others is for others, who may have the same one. */
class Dhcpv6Port {
  readonly #link: Dhcpv6Link
  readonly #number: number
  #port: UdpPort | undefined

  constructor(link: Dhcpv6Link, number: number) {
    this.#link = link
    this.#number = number
  }

  /** @param group that it hears as well @throws NetError EADDRINUSE when somebody on this interface has it */
  open(listener: DatagramListener, group?: Ipv6Address): void {
    this.#port ??= this.#bind(group)
    this.#port.handleDatagram = listener
  }

  close(): void {
    this.#port?.close()
    this.#port = undefined
  }

  /** From the link-local address (RFC 9915 17, 18.3.10), to a place on the link. @returns false where it could not be sent */
  send(octets: Uint8Array, destination: Ipv6Address, port: number): boolean {
    const { side, ipv6 } = this.#link
    const source = ipv6.sources.find(({ address }) => isLinkLocal6(address))?.address
    if (source === undefined || this.#port === undefined) return false
    try {
      this.#port.sendOver(side.network.routeOver(ipv6, destination, source), octets, 0, octets.length, port)
      return true
    } catch (error) {
      if (error instanceof NetError) return false
      throw error
    }
  }

  #bind(group: Ipv6Address | undefined): UdpPort {
    const { name } = this.#link.network
    try {
      const port = this.#link.stack.udp.bind({ address: UNSPECIFIED6, port: this.#number }, { via: name })
      if (group !== undefined) port.join(group)
      return port
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      const what = `another client or server of DHCPv6, or a socket, has UDP port ${this.#number} there`
      throw new NetError(error.code, `DHCPv6 on ${name}`, 'stop the other one first', what)
    }
  }
}

/** An interface that a DHCPv6 client configures. */
export class InterfaceDhcpv6Host implements Dhcpv6Host {
  handleReady: ((ready: boolean) => void) | undefined
  handleDuplicate: ((address: Ipv6Address) => void) | undefined
  readonly #link: Dhcpv6Link
  readonly #port: Dhcpv6Port
  #heard: Dhcpv6Host['handleDatagram']

  constructor(link: Dhcpv6Link) {
    this.#link = link
    this.#port = new Dhcpv6Port(link, DHCPV6_CLIENT_PORT)
    link.ipv6.onLinkLocal((ready) => this.handleReady?.(ready))
    link.ipv6.onDuplicate((address) => this.handleDuplicate?.(address))
  }

  get ready(): boolean {
    return this.#link.ipv6.hasLinkLocal
  }

  get zone(): string {
    return this.#link.network.name
  }

  get handleDatagram(): Dhcpv6Host['handleDatagram'] {
    return this.#heard
  }

  /** The port is open while somebody listens. */
  set handleDatagram(heard: Dhcpv6Host['handleDatagram']) {
    if (heard === undefined) this.#port.close()
    else this.#port.open(heard)
    this.#heard = heard
  }

  send(octets: Uint8Array): boolean {
    return this.#port.send(octets, allDhcpServers(this.zone), DHCPV6_SERVER_PORT)
  }

  assign(address: Ipv6Address, lifetimes: Lifetimes): boolean {
    return this.#link.ipv6.assign(address, lifetimes)
  }

  remove(address: Ipv6Address): void {
    this.#link.ipv6.unassign(address)
  }

  tell(information: Dhcpv6Information | undefined): void {
    const names = information && { servers: information.nameServers, search: information.searchDomains }
    this.#link.stack.resolver.setTold(`DHCPv6 ${this.zone}`, names)
  }
}

/** An interface that a DHCPv6 server answers on. */
export class InterfaceDhcpv6ServerHost implements Dhcpv6ServerHost {
  readonly #link: Dhcpv6Link
  readonly #port: Dhcpv6Port

  constructor(link: Dhcpv6Link) {
    this.#link = link
    this.#port = new Dhcpv6Port(link, DHCPV6_SERVER_PORT)
  }

  /** Has the server hear what comes. @throws NetError EADDRINUSE */
  open(server: Dhcpv6Server): void {
    this.#port.open((octets, start, end, source, _port, destination) => {
      if (typeof source !== 'number' && typeof destination !== 'number')
        server.receive(octets, start, end, source, destination)
    }, allDhcpServers(this.#link.network.name))
  }

  send(octets: Uint8Array, client: Ipv6Address): boolean {
    return this.#port.send(octets, client, DHCPV6_CLIENT_PORT)
  }
}
