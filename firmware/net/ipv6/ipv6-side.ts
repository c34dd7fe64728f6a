/** IPv6 of a host: its layer, ICMPv6, and what it has at each interface. Made only for a stack that speaks it. */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { FrameBuffer } from '../frame-buffer.js'
import { Icmpv6 } from '../icmpv6/icmpv6.js'
import type { IpAddress } from '../ip.js'
import type { Ipv4 } from '../ipv4/ipv4.js'
import type { Loopback } from '../loopback.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { NetworkInterface } from '../network-interface.js'
import type { Transport } from '../network-layer.js'
import { ETHERNET_HEADER_OCTETS } from '../wire/ethernet.js'
import { inZone } from './address.js'
import { orderDestinations } from './destination-order.js'
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
    const host = {
      clock,
      random: random.fork(`ipv6 ${owner.name}`),
      memory,
      network,
      mtu: owner.mtu,
      undeliverable: (link: Ipv6Link, frame: Uint8Array) =>
        this.icmp.undeliverable(link, frame, ETHERNET_HEADER_OCTETS),
    }
    const added = owner.addIpv6(network, (link, groups) => new Ipv6Interface(owner.name, host, link, groups, options))
    this.#interfaces.set(owner.name, added)
    network.addLink(added)
    added.start()
  }
}
