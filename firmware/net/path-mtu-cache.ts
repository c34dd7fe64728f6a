/**
 * How long datagrams to a destination may be (RFC 1191, RFC 8201), for either family. What routers say is believed for ten minutes and then
 * tried again; nothing here needs a timer.
 */
import { type Clock, SECOND } from '../hal/clock.js'

/** RFC 1191 6.3 and RFC 8201 5.3: ten minutes. */
export const PATH_MTU_LIFETIME = 600 * SECOND
/** Destinations with a smaller MTU than their link; beyond it the one learned first is evicted. */
const DESTINATION_LIMIT = 256

interface PathMtu {
  readonly mtu: number
  /** When it stops being believed. */
  readonly until: number
}

export class PathMtuCache<Key> {
  readonly #clock: Clock
  readonly #known = new Map<Key, PathMtu>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What a destination's way is known to take; undefined where it is not known to take less than its link. */
  get(destination: Key): PathMtu | undefined {
    const known = this.#known.get(destination)
    if (known === undefined || known.until > this.#clock.now) return known
    this.#known.delete(destination)
    return undefined
  }

  /** It takes no more than this from now on. */
  set(destination: Key, mtu: number): PathMtu {
    const lowered = { mtu, until: this.#clock.now + PATH_MTU_LIFETIME }
    this.#known.delete(destination)
    if (this.#known.size >= DESTINATION_LIMIT) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest)
        break
      }
    }
    this.#known.set(destination, lowered)
    return lowered
  }

  clear(): void {
    this.#known.clear()
  }
}
