/** IPv6 of a host: its layer, ICMPv6, and what it has at each interface. Made only for a stack that speaks it. */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { FrameBuffer } from '../frame-buffer.js'
import { Icmpv6 } from '../icmpv6/icmpv6.js'
import type { IpAddress } from '../ip.js'
import type { Ipv4 } from '../ipv4/ipv4.js'
import type { Loopback } from '../loopback.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { RouterPlace, RouterRole } from '../nd/router-role.js'
import type { NetworkInterface } from '../network-interface.js'
import type { Transport } from '../network-layer.js'
import { ETHERNET_HEADER_OCTETS } from '../wire/ethernet.js'
import {
  formatIpv6Interface,
  type Ipv6Address,
  inZone,
  ipv6Interface,
  parseIpv6,
  prefixOf,
  readIpv6,
} from './address.js'
import { orderDestinations } from './destination-order.js'
import { IPV6_AT } from './header.js'
import type { Ipv6InboundDatagram } from './inbound-datagram.js'
import { Ipv6 } from './ipv6.js'
import { Ipv6Interface, type Ipv6InterfaceOptions } from './ipv6-interface.js'
import type { Ipv6Link } from './link.js'
import { LoopbackLink } from './loopback-link.js'

export interface Ipv6SideOptions {
  readonly clock: Clock
  readonly random: Random
  readonly memory: MemoryBudget
  /** That the other layer builds datagrams in, too. */
  readonly frame: FrameBuffer
  readonly loopback: Loopback
}

export class Ipv6Side {
  readonly network: Ipv6
  readonly icmp: Icmpv6
  readonly #options: Ipv6SideOptions
  readonly #interfaces = new Map<string, Ipv6Interface>()
  readonly #loopback: LoopbackLink

  constructor(options: Ipv6SideOptions) {
    const { clock, random, memory, frame, loopback } = options
    this.#options = options
    this.network = new Ipv6({ clock, random: random.fork('ipv6'), memory, frame })
    const at = ({ link }: Ipv6InboundDatagram) => this.#interfaces.get(link.name)
    this.icmp = new Icmpv6({
      clock,
      random: random.fork('icmpv6'),
      network: this.network,
      discovery: (datagram) => at(datagram)?.receiveDiscovery(datagram),
      listeners: (datagram) => at(datagram)?.receiveMld(datagram),
    })
    this.network.attach(this.icmp, {
      join: (group, link) => this.#interfaces.get(link.name)?.mld.join(inZone(group, link.name)),
      leave: (group, link) => this.#interfaces.get(link.name)?.mld.leave(inZone(group, link.name)),
    })
    this.network.register(this.icmp)
    this.#loopback = new LoopbackLink(loopback)
    this.network.addLink(this.#loopback)
  }

  register(transport: Transport): void {
    this.network.register(transport)
  }

  /** Addresses of a host, those to be tried first in front (RFC 6724 6). @param ipv4 the other layer of this host */
  order(addresses: readonly IpAddress[], ipv4: Ipv4): readonly IpAddress[] {
    return orderDestinations(addresses, (destination) => {
      if (typeof destination !== 'number') return this.network.sourceTo(destination)
      const address = ipv4.sourceTo(destination)
      return address === undefined ? undefined : { address, deprecated: false }
    })
  }

  /** A frame came back over the loopback. */
  receiveLooped(frame: FrameBuffer, end: number, more: boolean): void {
    this.network.receive(this.#loopback, frame, end, false, more)
  }

  /** Brings IPv6 up at an interface. @throws RangeError as `Ipv6Interface` */
  addTo(owner: NetworkInterface, options: Ipv6InterfaceOptions): void {
    const { clock, random, memory } = this.#options
    const { network } = this
    const role = this.roleAt(owner.name, owner.mtu, options)
    const host = {
      clock,
      random: random.fork(`ipv6 ${owner.name}`),
      memory,
      network,
      mtu: owner.mtu,
      undeliverable: (link: Ipv6Link, frame: Uint8Array) =>
        this.undeliverable(link, frame, readIpv6(frame, IPV6_AT + 8, link.name)),
      ...(role === undefined ? {} : { role }),
    }
    const added = owner.addIpv6(network, (link, groups) => new Ipv6Interface(owner.name, host, link, groups, options))
    this.#interfaces.set(owner.name, added)
    network.addLink(added)
    added.start()
  }

  /**
   * Sends what is for a network to a router on one of our links; among several routes the longest prefix decides.
   * @param gateway its link-local address with the interface that it is at, as `fe80::1%eth0`, or another that is on a link
   * @throws RangeError when bits are set behind the prefix, or no interface reaches the router
   */
  addRoute(network: string, gateway: string): void {
    const { address, prefixLength } = ipv6Interface(network)
    const prefix = prefixOf(address, prefixLength)
    if (prefix !== address)
      throw new RangeError(
        `route to ${network}: bits are set behind the prefix; write ${formatIpv6Interface({ address: prefix, prefixLength })}`,
      )
    const router = parseIpv6(gateway)
    const at = router === undefined ? undefined : [...this.#interfaces.values()].find((each) => each.reaches(router))
    if (router === undefined || at === undefined)
      throw new RangeError(
        `route over ${gateway}: no interface is on its link; give a router as fe80::1%eth0, or one under a prefix of a link`,
      )
    at.addRoute(prefix, prefixLength, router)
  }

  /** Takes back what `addRoute` added or a router told (RFC 4191); false when there was no such route. */
  removeRoute(network: string): boolean {
    const { address, prefixLength } = ipv6Interface(network)
    return [...this.#interfaces.values()].filter((each) => each.removeRoute(address, prefixLength)).length > 0
  }

  protected interfaceOf(name: string): Ipv6Interface | undefined {
    return this.#interfaces.get(name)
  }

  /**
   * What an interface does beside what a host's does: nothing, here.
   * @throws RangeError where it is to advertise
   */
  protected roleAt(
    name: string,
    _mtu: number,
    { advertise }: Ipv6InterfaceOptions,
  ): ((place: RouterPlace) => RouterRole) | undefined {
    if (advertise === undefined) return undefined
    throw new RangeError(
      `interface ${name} cannot advertise: only a router does; make its stack with ipv6: Ipv6RouterSide`,
    )
  }

  /** A frame of `source` found nobody to take it on a link. */
  protected undeliverable(link: Ipv6Link, frame: Uint8Array, _source: Ipv6Address): void {
    this.icmp.undeliverable(link, frame, ETHERNET_HEADER_OCTETS)
  }
}
