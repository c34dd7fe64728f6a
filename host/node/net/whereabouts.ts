/**
 * On which host of the lab a program's socket is. A program of Node's knows one computer, its own. With one host that is it. With several the program is
 * on all of them: who waits for connections is on the last one, unless it names an address of another, and who connects is on the first one, or
 * across the wire from whom it connects to; `localhost` is the last one. So a program that talks with itself talks over the wire.
 */
import { type Family, familyOf, type IpAddress, isUnspecified, loopbackOf } from '../../../firmware/net/ip.js'
import { ownAddress } from '../../../firmware/net/own-address.js'
import type { Stack } from '../../../firmware/stack.js'
import type { LabTime } from '../../lab-time.js'

/** A host or a board of a lab. */
export interface NetHost {
  readonly name: string
  readonly stack: Stack
  readonly time: LabTime
}

export class Whereabouts {
  readonly hosts: readonly NetHost[]

  /** @throws RangeError where there is no host, or they are of several labs */
  constructor(hosts: readonly NetHost[]) {
    if (!Array.isArray(hosts) || hosts.length === 0 || !hosts.every(isHost))
      throw new RangeError(
        'name the hosts or boards of a lab whose sockets these are: what addHost and addBoard give, one of them or a list',
      )
    const stranger = hosts.find(({ time }) => time !== hosts[0].time)
    if (stranger !== undefined)
      throw new RangeError(`${stranger.name} is in another lab than ${hosts[0].name}; time is one for all of them`)
    this.hosts = hosts
  }

  get client(): NetHost {
    return this.hosts[0]
  }

  get server(): NetHost {
    return this.hosts[this.hosts.length - 1]
  }

  /** Families that a host has addresses of. */
  speaks(host: NetHost, family: Family): boolean {
    return family === 'ipv4' || host.stack.ipv6 !== undefined
  }

  /** Who binds an address, and what it binds there. */
  forBind(address: IpAddress): { readonly host: NetHost; readonly address: IpAddress } {
    const host = this.hosts.find(({ stack }) => stack.networks.isOwn(address) && !isLoopback(address))
    if (host !== undefined) return { host, address }
    if (this.hosts.length > 1 && isLoopback(address))
      return { host: this.server, address: ownAddress(this.server.stack, familyOf(address)) ?? address }
    return { host: this.server, address }
  }

  /** Who connects to an address, or sends there, and what the address is on the wire. @param local the address that it is to do so from */
  forConnect(
    address: IpAddress,
    local: IpAddress | undefined,
  ): { readonly host: NetHost; readonly address: IpAddress } {
    const family = familyOf(address)
    let remote = isUnspecified(address) ? loopbackOf(family) : address
    if (this.hosts.length > 1 && isLoopback(remote)) remote = ownAddress(this.server.stack, family) ?? remote
    const named = local === undefined || isUnspecified(local) ? undefined : this.forBind(local).host
    if (named !== undefined) return { host: named, address: remote }
    const toOne = this.hosts.findIndex(({ stack }) => stack.networks.isOwn(remote))
    return { host: toOne === 0 && !isLoopback(remote) ? this.server : this.client, address: remote }
  }

  /** The addresses of a host that is called so, or of `localhost`; undefined: somebody else has to say. */
  named(name: string): readonly IpAddress[] | undefined {
    const key = name.toLowerCase().replace(/\.$/, '')
    const host =
      key === 'localhost' && this.hosts.length > 1 ? this.server : this.hosts.find((each) => each.name === key)
    if (host === undefined) return undefined
    const all = (['ipv4', 'ipv6'] as const).map((family) => ownAddress(host.stack, family))
    return all.filter((each) => each !== undefined)
  }
}

/** Whether it is one: who calls from JavaScript has no compiler to say so. */
export function isHost(value: unknown): value is NetHost {
  return typeof value === 'object' && value !== null && 'stack' in value && 'time' in value
}

function isLoopback(address: IpAddress): boolean {
  return typeof address === 'number' ? address >>> 24 === 127 : address === loopbackOf('ipv6')
}
