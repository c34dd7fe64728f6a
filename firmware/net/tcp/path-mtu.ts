/** How large a datagram may be on the way: told by routers (RFC 1191), or found out because large ones vanish (RFC 2923 2.1). */
import type { IcmpError, Route } from '../network-layer.js'
import { PATH_MTU_LIFETIME } from '../path-mtu-cache.js'
import { plateauBelow } from '../plateaus.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { doubtSize, updateSegmentSize } from './negotiation.js'

/** What is tried when large segments vanish, where the layer has no greater least. Nearly every way takes the second. */
const BLACK_HOLE_MTUS: readonly number[] = [1280, 576]

/** The route anew: addresses, links or routes changed, or the peer does not answer. Undefined: there is none now. */
export function refreshRoute(block: ControlBlock): Route | undefined {
  const route = block.network.route(block.remoteAddress, block.localAddress)
  if (route === undefined) return undefined
  if (route !== block.route) doubtSize(block)
  block.route = route
  adoptPathMtu(block)
  return route
}

/** The route's path MTU may have changed. */
export function adoptPathMtu(block: ControlBlock): void {
  const { pathMtu } = block.route
  block.pathMtuUntil = NEVER
  if (pathMtu === block.pathMtu) return
  block.pathMtu = pathMtu
  updateSegmentSize(block)
}

/**
 * A router could not pass one of our segments on without fragmenting it.
 * @returns the segment size fell: what is outstanding has to be cut anew
 */
export function onFragmentationNeeded(block: ControlBlock, error: IcmpError): boolean {
  if (!block.options.pathMtuDiscovery) return false
  const { leastPathMtu } = block.network
  const limit = error.nextHopMtu > 0 ? error.nextHopMtu : plateauBelow(quotedLength(block, error))
  const mtu = Math.max(limit, leastPathMtu)
  if (mtu >= block.pathMtu) return false
  const before = block.segmentSize
  block.pathMtu = mtu
  block.pathMtuUntil = block.engine.clock.now + PATH_MTU_LIFETIME
  updateSegmentSize(block)
  return block.segmentSize < before
}

/** The length of the quoted datagram, where it can be one of ours; else what we send at most. */
function quotedLength(block: ControlBlock, error: IcmpError): number {
  const length = error.totalLength
  return length > 0 && length <= block.pathMtu ? length : block.pathMtu
}

/** So many timeouts in a row, with no word from the peer since the first, stop a connection fully (RFC 4821 7.7). */
const FULL_STOPS = 3
/** As many where segments of this size have arrived: the way would have to have changed, and a bad one is the likelier reason. */
const FULL_STOPS_OF_PROVEN = 7

/**
 * A timeout that is not the first in a row. Where the peer has not been heard since, and the segments are large and must not be
 * fragmented, that may be why nothing comes back. A way that loses much lets something through between.
 */
export function suspectBlackHole(block: ControlBlock): void {
  if (!block.options.pathMtuDiscovery) return
  const stops = block.sizeProven ? FULL_STOPS_OF_PROVEN : FULL_STOPS
  if (block.backoff < stops - 1 || block.lastReceivedAt > block.silentSince) return
  const outstanding = Math.min(block.flight, block.sendRing.length)
  if (outstanding < block.segmentSize) return
  const now = block.blackHoleMtu ?? block.pathMtu
  const lower = BLACK_HOLE_MTUS.find((mtu) => mtu < now && mtu >= block.network.leastPathMtu)
  if (lower === undefined) return
  block.blackHoleMtu = lower
  updateSegmentSize(block)
}
