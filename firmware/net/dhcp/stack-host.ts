/** DHCP on a stack: messages that go before there is an address, and an interface that gets one. */

import type { Ipv4Address, MacAddress } from '../address.js'
import { NetError } from '../errors.js'
import type { NetworkInterface } from '../network-interface.js'
import type { UdpPort } from '../udp/udp-port.js'
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT } from '../wire/dhcp.js'
import type { DhcpHost } from './client.js'
import type { DhcpEnd } from './dhcp-end.js'
import type { DhcpLease } from './lease.js'
import type { DhcpServerHost } from './server.js'
import { serverSettingsOf } from './server-settings.js'

type Heard = (octets: Uint8Array, start: number, end: number) => void

/** What client and server have alike: a UDP port, and datagrams over one certain interface. */
class DhcpPort {
  readonly stack: DhcpEnd
  readonly network: NetworkInterface
  readonly #number: number
  #port: UdpPort | undefined
  #heard: Heard | undefined

  constructor(stack: DhcpEnd, network: NetworkInterface, number: number) {
    this.stack = stack
    this.network = network
    this.#number = number
  }

  get handleDatagram(): Heard | undefined {
    return this.#heard
  }

  /**
   * The port is open while somebody listens: what arrives on other interfaces is for others, who may have the same one.
   * @throws NetError EADDRINUSE when somebody on this interface has it
   */
  set handleDatagram(heard: Heard | undefined) {
    this.#heard = heard
    if (heard === undefined) {
      this.#port?.close()
      this.#port = undefined
      return
    }
    this.#port ??= this.#bind()
    this.#port.handleDatagram = heard
  }

  #bind(): UdpPort {
    const { name } = this.network
    try {
      return this.stack.udp.bind({ address: 0, port: this.#number }, { via: name })
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      const what = `another client or server of DHCP, or a socket, has UDP port ${this.#number} there`
      throw new NetError(error.code, `DHCP on ${name}`, 'stop the other one first', what)
    }
  }

  check(address: Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void {
    return this.network.check(address, done)
  }

  /** Over this interface, by its own routes alone: there are none before there is an address. */
  protected transmit(octets: Uint8Array, source: Ipv4Address, destination: Ipv4Address, port: number): boolean {
    const route = this.stack.ipv4.routeOver(this.network, destination, source)
    if (route === undefined || this.#port === undefined) return false
    try {
      this.#port.sendOver(route, octets, 0, octets.length, port)
      return true
    } catch (error) {
      if (error instanceof NetError) return false
      throw error
    }
  }
}

/** An interface that a DHCP client configures. */
export class InterfaceDhcpHost extends DhcpPort implements DhcpHost {
  handleLink: ((up: boolean) => void) | undefined
  handleConflict: ((mac: MacAddress) => void) | undefined
  readonly #largestMtu: number
  #announced: Ipv4Address | undefined

  constructor(stack: DhcpEnd, network: NetworkInterface) {
    super(stack, network, DHCP_CLIENT_PORT)
    this.#largestMtu = network.mtu
    network.onLink((up) => this.handleLink?.(up))
    network.onConflict((mac, givenUp) => {
      if (givenUp) this.handleConflict?.(mac)
    })
  }

  get linkUp(): boolean {
    return this.network.linkUp
  }

  send(octets: Uint8Array, source: Ipv4Address, destination: Ipv4Address): boolean {
    return this.transmit(octets, source, destination, DHCP_SERVER_PORT)
  }

  tell(lease: DhcpLease | undefined): void {
    serverSettingsOf(this.stack).set(this.network.name, lease)
  }

  configure(lease: DhcpLease): void {
    const { address, prefixLength, mtu = this.#largestMtu } = lease
    this.network.mtu = Math.min(mtu, this.#largestMtu)
    this.network.configure({ address, prefixLength }, lease.routers)
    if (this.#announced !== address) this.network.announce()
    this.#announced = address
  }

  unconfigure(): void {
    this.#announced = undefined
    this.network.mtu = this.#largestMtu
    this.network.unconfigure()
  }
}

/** An interface with an address of its own that a DHCP server answers on. */
export class InterfaceDhcpServerHost extends DhcpPort implements DhcpServerHost {
  constructor(stack: DhcpEnd, network: NetworkInterface) {
    super(stack, network, DHCP_SERVER_PORT)
  }

  isOwn(address: Ipv4Address): boolean {
    return this.network.addresses.some((each) => each.address === address)
  }

  send(octets: Uint8Array, destination: Ipv4Address, port: number): boolean {
    return this.transmit(octets, this.network.address, destination, port)
  }
}
