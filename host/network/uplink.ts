/**
 * Our stack on a wire that others are on, in real time: alone, on a simulated board, or driving a board's chip across the
 * serial bridge.
 */
import type { Clock } from '../../firmware/hal/clock.js'
import type { Ipv4Address, Ipv4Interface } from '../../firmware/net/address.js'
import type { DhcpClient } from '../../firmware/net/dhcp/client.js'
import type { Dhcpv6Client } from '../../firmware/net/dhcpv6/client.js'
import type { Dhcpv6ServerSettings } from '../../firmware/net/dhcpv6/server.js'
import type { Dhcpv6Mode } from '../../firmware/net/dhcpv6/start.js'
import type { Ipv6InterfaceAddress } from '../../firmware/net/ipv6/address.js'
import type { RouterSettings } from '../../firmware/net/nd/router-settings.js'
import type { ServiceName } from '../../firmware/services/service.js'
import type { Services } from '../../firmware/services/services.js'
import type { Stack } from '../../firmware/stack.js'
import type { FrameWatch } from './frame-watch.js'

/** One end of a wire that the kernel has the other end of. */
export interface UplinkWire {
  readonly tap: string
  /** Of IPv4; undefined: it has none, or a DHCP server will tell. */
  readonly address: Ipv4Interface | undefined
  readonly dhcp: boolean
  /** Of IPv6, beside the link-local one and those that routers' prefixes make; undefined: no IPv6 there. */
  readonly addresses6: readonly Ipv6InterfaceAddress[] | undefined
  /** Has temporary addresses of IPv6 as well (RFC 8981). */
  readonly temporary: boolean
  /** When DHCPv6 is asked; undefined: never. */
  readonly dhcp6: Dhcpv6Mode | undefined
  /** What it tells who asks there by DHCPv6; undefined: nobody is answered. */
  readonly dhcp6Server: Dhcpv6ServerSettings | undefined
  /** What it tells the hosts there as their router of IPv6; undefined: nothing. */
  readonly advertise: RouterSettings | undefined
}

export interface UplinkOptions {
  readonly wires: readonly UplinkWire[]
  readonly gateway: Ipv4Address | undefined
  /** Octets of the stack's memory budget; the usual one where left out. */
  readonly memory: number | undefined
  /** What it offers. */
  readonly offers: readonly ServiceName[]
  /** Undefined: chance is the operating system's. */
  readonly seed: number | undefined
}

export interface Uplink {
  readonly stack: Stack
  readonly clock: Clock
  /** Where its frames can be watched. */
  readonly watches: readonly FrameWatch[]
  /** The link is up. */
  readonly linkUp: boolean
  /** Rejects when the wire or the board is lost. */
  readonly failed: Promise<never>
  readonly services: Services
  /** What asks for addresses, where DHCP servers tell: by the interface's name. */
  readonly dhcp: ReadonlyMap<string, DhcpClient>
  /** The same of IPv6, where there is one. */
  readonly dhcp6?: ReadonlyMap<string, Dhcpv6Client>
  /** What `net stat` shows beside the stack. */
  describe(): Readonly<Record<string, unknown>>
  close(): Promise<void>
}

/** A promise that only ever rejects, and what rejects it. Nobody has to wait for it. */
export function failure(): { readonly failed: Promise<never>; readonly fail: (error: Error) => void } {
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  return { failed, fail }
}
