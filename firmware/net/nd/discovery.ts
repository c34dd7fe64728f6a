/**
 * The messages of neighbour discovery on one link (RFC 4861 6.1, 7.1, 8.1), as a node takes them: each is judged, then told to the
 * neighbour cache, the addresses, and the routers that are known, or what is one here.
 */
import { type Clock, MILLISECOND, SECOND } from '../../hal/clock.js'
import { isGroupMac, MAC_OCTETS, type MacAddress } from '../address.js'
import {
  allNodes,
  type Ipv6Address,
  isLinkLocal6,
  isMulticast6,
  readIpv6,
  solicitedNode,
  UNSPECIFIED6,
} from '../ipv6/address.js'
import type { Ipv6InboundDatagram } from '../ipv6/inbound-datagram.js'
import { NEIGHBOUR_ADVERTISEMENT, NEIGHBOUR_SOLICITATION, REDIRECT, ROUTER_ADVERTISEMENT } from '../wire/icmpv6.js'
import {
  ADVERTISEMENT_OPTIONS_AT,
  type DiscoveryOptions,
  FLAG_OVERRIDE,
  FLAG_ROUTER,
  FLAG_SOLICITED,
  neighbourAdvertisement,
  parseDiscoveryOptions,
  REDIRECT_OPTIONS_AT,
  ROUTER_OPTIONS_AT,
  ROUTER_SOLICITATION_OPTIONS_AT,
  type RouterWords,
  readRouterWords,
  SOLICITATION_OPTIONS_AT,
} from '../wire/neighbour-discovery.js'
import type { AddressList } from './address-list.js'
import { type Ipv6NeighbourCache, REACHABLE_TIME, RETRANS_TIMER } from './neighbour-cache.js'
import type { RouterRole } from './router-role.js'

/** The hop limit of every message: no router passed it on (RFC 4861 3.1). */
export const DISCOVERY_HOP_LIMIT = 255
/** What a router may advise at most: an hour (RFC 4861 6.2.1) and a minute, so that nobody has us wait for ever. */
const MOST_REACHABLE_TIME = 3600 * SECOND
const MOST_RETRANS_TIMER = 60 * SECOND

export type DiscoveryLoss =
  | 'discovery from another link'
  | 'discovery in fragments'
  | 'discovery malformed'
  | 'discovery not credible'
  | 'router solicitation'
  | 'redirect not credible'
  | 'address of ours claimed'

/** Where the options of each message begin. */
const OPTIONS_AT = [
  ROUTER_SOLICITATION_OPTIONS_AT,
  ROUTER_OPTIONS_AT,
  SOLICITATION_OPTIONS_AT,
  ADVERTISEMENT_OPTIONS_AT,
  REDIRECT_OPTIONS_AT,
]

export interface DiscoveryHost {
  readonly clock: Clock
  readonly zone: string
  readonly mac: MacAddress
  readonly neighbours: Ipv6NeighbourCache
  readonly addresses: AddressList
  /** What it does as a router; undefined: it is a host. */
  readonly router: RouterRole | undefined
  /** Sends a message without checksum, with hop limit 255. */
  send(source: Ipv6Address, destination: Ipv6Address, message: Uint8Array): void
  /** A router said something of itself, and by options of the link, prefixes and names. */
  onRouter(router: Ipv6Address, words: RouterWords, options: DiscoveryOptions): void
  /** A router knows a better next hop. @returns false where it is not believed */
  redirect(destination: Ipv6Address, from: Ipv6Address, target: Ipv6Address): boolean
}

/** Takes one message, whose checksum holds. @returns why it went no further */
export function receiveDiscovery(host: DiscoveryHost, datagram: Ipv6InboundDatagram): DiscoveryLoss | undefined {
  const { frame, payloadAt: at, payloadEnd: end, source } = datagram
  const { octets } = frame
  if (datagram.timeToLive !== DISCOVERY_HOP_LIMIT) return 'discovery from another link'
  // RFC 6980 5: a message in fragments can be hidden from who guards the link.
  if (datagram.fragmented) return 'discovery in fragments'
  const type = octets[at]
  const optionsAt = at + OPTIONS_AT[type - OPTIONS_FIRST]
  if (octets[at + 1] !== 0 || optionsAt > end) return 'discovery malformed'
  const options = parseDiscoveryOptions(octets, optionsAt, end)
  if (options === undefined) return 'discovery malformed'
  // A group's or no station's address would have us send to everybody, or nobody. What is another message's option says nothing (4.6.1).
  const mac = type === NEIGHBOUR_ADVERTISEMENT || type === REDIRECT ? options.targetMac : options.sourceMac
  if (mac !== undefined && !isStation(mac)) return 'discovery not credible'
  if (type === NEIGHBOUR_SOLICITATION) return solicited(host, datagram, options)
  if (type === NEIGHBOUR_ADVERTISEMENT) return advertised(host, datagram, options)
  if (type === ROUTER_ADVERTISEMENT) {
    if (!isLinkLocal6(source)) return 'discovery not credible'
    if (options.sourceMac !== undefined) host.neighbours.heard(source, options.sourceMac, true)
    else host.neighbours.knownAsRouter(source)
    const words = readRouterWords(octets, at)
    // A router goes by what it was told, and nobody else's word (RFC 4861 6.2.7).
    if (host.router !== undefined) {
      host.router.hear(source, words, options)
      return undefined
    }
    adviseCache(host.neighbours, words)
    host.onRouter(source, words, options)
    return undefined
  }
  if (type === REDIRECT) return redirected(host, datagram, options)
  return host.router === undefined ? 'router solicitation' : host.router.solicited(datagram, options)
}

const OPTIONS_FIRST = 133

/** RFC 4861 7.1.1, 7.2.3, 7.2.4. */
function solicited(
  host: DiscoveryHost,
  datagram: Ipv6InboundDatagram,
  options: DiscoveryOptions,
): DiscoveryLoss | undefined {
  const { source, destination } = datagram
  const { zone, addresses, neighbours } = host
  const target = readIpv6(datagram.frame.octets, datagram.payloadAt + 8, zone)
  if (isMulticast6(target)) return 'discovery not credible'
  const probe = source === UNSPECIFIED6
  if (probe && (destination !== solicitedNode(target, zone) || options.sourceMac !== undefined))
    return 'discovery not credible'
  if (probe) {
    if (addresses.probed(target, options.nonce)) advertise(host, target, allNodes(zone), FLAG_OVERRIDE)
    return undefined
  }
  const state = addresses.find(target)?.state
  if (state !== 'PREFERRED' && state !== 'DEPRECATED') return undefined
  if (options.sourceMac !== undefined) neighbours.heard(source, options.sourceMac)
  advertise(host, target, source, FLAG_SOLICITED | FLAG_OVERRIDE)
  return undefined
}

function advertise(host: DiscoveryHost, target: Ipv6Address, destination: Ipv6Address, flags: number): void {
  const router = host.router === undefined ? 0 : FLAG_ROUTER
  host.send(target, destination, neighbourAdvertisement(target, flags | router, host.mac))
}

/** RFC 4861 7.1.2, 7.2.5; RFC 4862 5.4.4. */
function advertised(
  host: DiscoveryHost,
  datagram: Ipv6InboundDatagram,
  options: DiscoveryOptions,
): DiscoveryLoss | undefined {
  const { octets } = datagram.frame
  const flags = octets[datagram.payloadAt + 4]
  const target = readIpv6(octets, datagram.payloadAt + 8, host.zone)
  const isSolicited = (flags & FLAG_SOLICITED) !== 0
  if (isMulticast6(target) || (isSolicited && datagram.toGroup)) return 'discovery not credible'
  if (host.addresses.claimed(target)) return 'address of ours claimed'
  const override = (flags & FLAG_OVERRIDE) !== 0
  host.neighbours.advertised(target, options.targetMac, isSolicited, override, (flags & FLAG_ROUTER) !== 0)
  return undefined
}

/** RFC 4861 8.1, 8.3. */
function redirected(
  host: DiscoveryHost,
  datagram: Ipv6InboundDatagram,
  options: DiscoveryOptions,
): DiscoveryLoss | undefined {
  const { source, frame, payloadAt } = datagram
  const target = readIpv6(frame.octets, payloadAt + 8, host.zone)
  const destination = readIpv6(frame.octets, payloadAt + 24, host.zone)
  const credible =
    isLinkLocal6(source) && !isMulticast6(destination) && (isLinkLocal6(target) || target === destination)
  if (!credible || !host.redirect(destination, source, target)) return 'redirect not credible'
  const { neighbours } = host
  // Who is the destination itself may be no router; another is one (8.3).
  const isRouter = target === destination ? undefined : true
  if (options.targetMac !== undefined) neighbours.heard(target, options.targetMac, isRouter)
  else if (isRouter) neighbours.knownAsRouter(target)
  return undefined
}

/** RFC 4861 6.3.4: 0 says nothing. */
function adviseCache(neighbours: Ipv6NeighbourCache, words: RouterWords): void {
  const { reachableMilliseconds, retransMilliseconds } = words
  if (reachableMilliseconds > 0) {
    const asked = reachableMilliseconds * MILLISECOND
    neighbours.reachableTime = Math.min(asked, MOST_REACHABLE_TIME)
  }
  if (retransMilliseconds > 0) neighbours.retransTimer = Math.min(retransMilliseconds * MILLISECOND, MOST_RETRANS_TIMER)
}

/** What the cache goes by where no router has said anything: when the link came up anew. */
export function forgetAdvice(neighbours: Ipv6NeighbourCache): void {
  neighbours.reachableTime = REACHABLE_TIME
  neighbours.retransTimer = RETRANS_TIMER
}

function isStation(mac: MacAddress): boolean {
  for (let i = 0; i < MAC_OCTETS; i++) if (mac[i] !== 0) return !isGroupMac(mac)
  return false
}
