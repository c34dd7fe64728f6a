/** TCP ports that sockets have bound and not yet used: between bind and listen or connect the engine knows nothing of them. */
import type { Random } from '../hal/random.js'
import { UNSPECIFIED } from '../net/address.js'
import { NetError } from '../net/errors.js'
import type { IpAddress } from '../net/network-layer.js'
import type { Tcp } from '../net/tcp/tcp.js'
import { ephemeralPort } from '../net/udp/ephemeral-port.js'
import type { ResolvedEndpoint } from './endpoint.js'
import type { SocketHost } from './socket.js'

interface Reservation extends ResolvedEndpoint {
  readonly reuse: boolean
}

export class Reservations {
  readonly #host: SocketHost
  readonly #random: Random
  readonly #held = new Map<object, Reservation>()

  constructor(host: SocketHost) {
    this.#host = host
    this.#random = host.random.fork('bound ports')
  }

  /**
   * Keeps an address and port for a socket until it is released; port 0: one that is free.
   * @throws NetError EADDRINUSE
   */
  reserve(owner: object, wanted: ResolvedEndpoint, reuse: boolean, call: string): ResolvedEndpoint {
    const { address } = wanted
    const port =
      wanted.port === 0
        ? ephemeralPort(this.#random, (each) => this.#isTaken(address, each, false))
        : this.#isTaken(address, wanted.port, reuse)
          ? undefined
          : wanted.port
    if (port === undefined)
      throw new NetError(
        'EADDRINUSE',
        call,
        'close the other socket; where only connections of an earlier one are left, set reuseAddress (SO_REUSEADDR)',
      )
    const reservation = { address, port, reuse }
    this.#held.set(owner, reservation)
    return reservation
  }

  release(owner: object): void {
    this.#held.delete(owner)
  }

  #isTaken(address: IpAddress, port: number, reuse: boolean): boolean {
    const { tcp } = this.#host
    const meets = (other: ResolvedEndpoint) =>
      other.port === port && (other.address === address || other.address === UNSPECIFIED || address === UNSPECIFIED)
    for (const { local } of tcp.listeners) if (meets(local)) return true
    if (!reuse) for (const { local } of tcp.connections) if (meets(local)) return true
    for (const held of this.#held.values()) if (meets(held) && !(reuse && held.reuse)) return true
    return false
  }
}

const known = new WeakMap<Tcp, Reservations>()

/** One for each stack. */
export function reservationsOf(host: SocketHost): Reservations {
  let found = known.get(host.tcp)
  if (found === undefined) {
    found = new Reservations(host)
    known.set(host.tcp, found)
  }
  return found
}
