/**
 * IPv6 of a router: what a host has, datagrams passed on between its interfaces, and what it tells the hosts of their links. Made only for
 * a stack that is one, with `ipv6: Ipv6RouterSide`.
 */
import { RouterInterface } from '../nd/router-interface.js'
import type { RouterPlace, RouterRole } from '../nd/router-role.js'
import { announcementOf } from '../nd/router-settings.js'
import { type Ipv6Address, isLinkLocal6 } from './address.js'
import { forward6, type Ipv6ForwardingLayer, undeliverable6 } from './forwarding.js'
import type { Ipv6InboundDatagram } from './inbound-datagram.js'
import type { Ipv6InterfaceOptions } from './ipv6-interface.js'
import { Ipv6Side, type Ipv6SideOptions } from './ipv6-side.js'
import type { Ipv6Link } from './link.js'
import type { Ipv6Route } from './route.js'

export class Ipv6RouterSide extends Ipv6Side {
  readonly #layer: Ipv6ForwardingLayer

  constructor(options: Ipv6SideOptions) {
    super(options)
    const { network, icmp } = this
    this.#layer = {
      find: (destination) => network.wayTo(destination),
      sendError: (datagram, type, code, rest) => icmp.sendError(datagram, type, code, rest),
      goesBack: (datagram, way) => this.#redirect(datagram, way),
    }
    network.handleTransit = (datagram) => forward6(datagram, this.#layer)
  }

  protected override roleAt(
    name: string,
    mtu: number,
    { advertise }: Ipv6InterfaceOptions,
  ): (place: RouterPlace) => RouterRole {
    const announcement = advertise === undefined ? undefined : announcementOf(advertise, name, mtu)
    return (place) => new RouterInterface(place, announcement)
  }

  protected override undeliverable(link: Ipv6Link, frame: Uint8Array, source: Ipv6Address): void {
    if (this.network.isOwn(source)) super.undeliverable(link, frame, source)
    else undeliverable6(this.network, link, frame, this.#layer)
  }

  /** RFC 4861 8.2: its sender is a neighbour, and there is another that takes it. */
  #redirect({ source, destination, frame, headerAt, payloadEnd }: Ipv6InboundDatagram, way: Ipv6Route): void {
    const { link, nextHop } = way
    if (nextHop === source || link.exitTo(source)?.nextHop !== source) return
    // A router is known to hosts by its link-local address (8.1).
    if (nextHop !== destination && !isLinkLocal6(nextHop)) return
    const quoted = frame.octets.subarray(headerAt, payloadEnd)
    this.interfaceOf(link.name)?.router?.redirect(source, destination, nextHop, quoted)
  }
}
