/** The network layers of a host, one a family: what transports and sockets go by. */
import { type Family, familyOf, type IpAddress } from './ip.js'
import type { NetworkLayer } from './network-layer.js'

export class NetworkLayers {
  readonly #byFamily: Partial<Record<Family, NetworkLayer>> = {}

  constructor(layers: readonly NetworkLayer[]) {
    for (const layer of layers) this.#byFamily[layer.family] = layer
  }

  /** Whether this host speaks a family. */
  speaks(family: Family): boolean {
    return this.#byFamily[family] !== undefined
  }

  /** The layer that an address belongs to; undefined where this host does not speak its family. */
  of(address: IpAddress): NetworkLayer | undefined {
    return this.#byFamily[familyOf(address)]
  }

  /** One of this host's own addresses, whatever its family. */
  isOwn(address: IpAddress): boolean {
    return this.of(address)?.isOwn(address) ?? false
  }

  /** A multicast or broadcast address, whatever its family. */
  isGroup(address: IpAddress): boolean {
    return this.of(address)?.isGroup(address) ?? false
  }
}
