/** What an interface of a router does that a host's does not (RFC 4861 6.2, 8.2). A host has none of it, in memory or in a bundle. */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { MacAddress } from '../address.js'
import type { Ipv6Address } from '../ipv6/address.js'
import type { Ipv6InboundDatagram } from '../ipv6/inbound-datagram.js'
import type { DiscoveryOptions, PrefixInformation, RouterWords } from '../wire/neighbour-discovery.js'

/** Why a solicitation went no further. */
export type SolicitationLoss = 'discovery not credible'

/** What is counted of a router's interface. */
export interface RouterCounters {
  readonly advertisementsSent: number
  readonly solicitations: number
  readonly redirectsSent: number
  /** Not sent, since there were too many (RFC 4861 8.2). */
  readonly redirectsHeldBack: number
  /** Advertisements of other routers that contradict ours (6.2.7). */
  readonly inconsistent: number
}

/** What a router's interface needs of the link that it is at. */
export interface RouterPlace {
  readonly clock: Clock
  readonly random: Random
  /** The zone of the link. */
  readonly zone: string
  readonly mac: MacAddress
  /** The link's own address, once it may be sent from. */
  readonly linkLocal: Ipv6Address | undefined
  /** Sends a message without checksum, with hop limit 255, from the link-local address. */
  send(destination: Ipv6Address, message: Uint8Array): void
  /** The Ethernet address of a neighbour, where it is known. */
  macOf(neighbour: Ipv6Address): MacAddress | undefined
  /** Somebody said its Ethernet address, and is no router. */
  heard(neighbour: Ipv6Address, mac: MacAddress): void
}

export interface RouterRole {
  readonly counters: RouterCounters
  /** Prefixes that it says are on the link. */
  readonly onLink: readonly Pick<PrefixInformation, 'prefix' | 'length'>[]
  /** The link-local address may be sent from. */
  start(): void
  /** Says that it is no router any more, if it said that it is one, and nothing further until `start`. */
  cease(): void
  /** The link is gone: nothing is said until `start`. */
  pause(): void
  /** A router solicitation arrived, whose form is right. */
  solicited(datagram: Ipv6InboundDatagram, options: DiscoveryOptions): SolicitationLoss | undefined
  /** Another router said something. */
  hear(router: Ipv6Address, words: RouterWords, options: DiscoveryOptions): void
  /** Tells the sender of a datagram that it had better send it to `target`, on this link. @param quoted from its IPv6 header on */
  redirect(sender: Ipv6Address, destination: Ipv6Address, target: Ipv6Address, quoted: Uint8Array): void
  /**
   * Calls `listener` with a router whose advertisement contradicts ours, and in what; once until it says something else. Returns the
   * function that unsubscribes the listener.
   */
  onInconsistent(listener: (router: Ipv6Address, what: readonly Inconsistency[]) => void): () => void
}

/** What two routers of a link must not say differently (6.2.7). */
export type Inconsistency =
  | 'hop limit'
  | 'managed flag'
  | 'other configuration flag'
  | 'reachable time'
  | 'retransmission timer'
  | 'MTU'
  | 'valid lifetime'
  | 'preferred lifetime'
