/** The addresses of this host, and what an address is as this host sees it (RFC 1122 3.2.1.3). */
import {
  directedBroadcast,
  type Ipv4Address,
  isHostAddress,
  isLoopback,
  isMulticast,
  LIMITED_BROADCAST,
  networkNumber,
  onLink,
} from '../address.js'
import type { Link } from './link.js'

export class AddressBook {
  readonly #links: readonly Link[]
  /** As signed words: an address above 2^31 would cost a number on the heap for each look. */
  readonly #own = new Set<number>()
  readonly #broadcasts = new Set<number>()
  /** The broadcasts, and the numbers of our networks. */
  readonly #noHosts = new Set<number>()

  /** @param links is read anew at each `refresh` */
  constructor(links: readonly Link[]) {
    this.#links = links
  }

  /** Addresses of an interface changed. */
  refresh(): void {
    this.#own.clear()
    this.#broadcasts.clear()
    this.#noHosts.clear()
    this.#broadcasts.add(LIMITED_BROADCAST | 0)
    for (const link of this.#links) {
      for (const own of link.addresses) {
        this.#own.add(own.address | 0)
        if (link.loopback) continue
        const broadcast = directedBroadcast(own)
        if (broadcast !== undefined) this.#broadcasts.add(broadcast | 0)
        const number = networkNumber(own)
        if (number !== undefined) this.#noHosts.add(number | 0)
      }
    }
    for (const broadcast of this.#broadcasts) this.#noHosts.add(broadcast)
  }

  /** One of this host's addresses; all of 127/8 are. */
  isOwn(address: Ipv4Address): boolean {
    return this.#own.has(address | 0) || isLoopback(address)
  }

  isBroadcast(address: Ipv4Address): boolean {
    return this.#broadcasts.has(address | 0)
  }

  isGroup(address: Ipv4Address): boolean {
    return isMulticast(address) || this.#broadcasts.has(address | 0)
  }

  /** One host can have it: not 0/8, multicast, class E, nor a broadcast or the number of any of our networks. */
  isHost(address: Ipv4Address): boolean {
    return isHostAddress(address) && !this.#noHosts.has(address | 0)
  }

  /** The address to send from over a link: on the next hop's network if there is one, else its first. */
  sourceFor(link: Link, nextHop: Ipv4Address): Ipv4Address | undefined {
    for (const own of link.addresses) if (onLink(own, nextHop)) return own.address
    return link.addresses[0]?.address
  }

  linkOf(address: Ipv4Address): Link | undefined {
    return this.#links.find((link) => link.addresses.some((own) => own.address === address))
  }
}
