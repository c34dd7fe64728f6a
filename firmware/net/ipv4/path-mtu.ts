/**
 * How long datagrams to a destination may be (RFC 1191). What routers say is believed for ten minutes and then tried again;
 * nothing here needs a timer.
 */
import { type Clock, SECOND } from '../../hal/clock.js'
import type { Ipv4Address } from '../address.js'

/** RFC 1191 6.3: ten minutes. */
export const PATH_MTU_LIFETIME = 600 * SECOND
/** RFC 791 3.2: every link takes a datagram of this length whole. */
const SMALLEST_MTU = 68
/** Destinations with a smaller MTU than their link; beyond it the one learned first is evicted. */
const DESTINATION_LIMIT = 256
/** RFC 1191 7, table 7-1: MTUs that links have. */
const PLATEAUS = [32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, SMALLEST_MTU]

export interface PathMtu {
  readonly mtu: number
  /** When it stops being believed. */
  readonly until: number
}

export class PathMtuCache {
  readonly #clock: Clock
  readonly #known = new Map<number, PathMtu>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What a destination's way is known to take; undefined where it is not known to take less than its link. */
  get(destination: Ipv4Address): PathMtu | undefined {
    const known = this.#known.get(destination | 0)
    if (known === undefined || known.until > this.#clock.now) return known
    this.#known.delete(destination | 0)
    return undefined
  }

  /**
   * A router did not pass on a datagram.
   * @param nextHopMtu what it says, or 0 where it is from before RFC 1191
   * @param length of the datagram, as its header says
   * @param current what the way was believed to take
   * @returns what it is now believed to take; undefined where that is no less
   */
  lower(destination: Ipv4Address, nextHopMtu: number, length: number, current: number): PathMtu | undefined {
    const mtu = Math.max(SMALLEST_MTU, nextHopMtu > 0 ? nextHopMtu : plateauBelow(Math.min(length, current)))
    if (mtu >= current) return undefined
    const lowered = { mtu, until: this.#clock.now + PATH_MTU_LIFETIME }
    const key = destination | 0
    this.#known.delete(key)
    if (this.#known.size >= DESTINATION_LIMIT) {
      const [oldest] = this.#known.keys()
      if (oldest !== undefined) this.#known.delete(oldest)
    }
    this.#known.set(key, lowered)
    return lowered
  }

  clear(): void {
    this.#known.clear()
  }
}

/** RFC 1191 5: the greatest MTU that is less than the length that did not pass. */
function plateauBelow(length: number): number {
  return PLATEAUS.find((plateau) => plateau < length) ?? SMALLEST_MTU
}
