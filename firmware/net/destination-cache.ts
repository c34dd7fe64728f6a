/**
 * The ways in use, by destination (RFC 4861 5.2 has the name), for either family: a destination has one for each source that was asked for.
 * With them what routers said of how long datagrams may be.
 */
import type { Clock } from '../hal/clock.js'
import { PathMtuCache } from './path-mtu-cache.js'
import type { Way } from './way.js'

/** Ways remembered to one destination: who stands in for hosts elsewhere sends from as many addresses as it is asked for. */
const MOST_SOURCES = 256

export class DestinationCache<Key, Held extends Way> {
  readonly #limit: number
  readonly #ways = new Map<Key, Held[]>()
  readonly #pathMtus: PathMtuCache<Key>

  /** @param limit destinations; beyond it the one found first is found anew */
  constructor(clock: Clock, limit: number) {
    this.#limit = limit
    this.#pathMtus = new PathMtuCache(clock)
  }

  /** Those to a destination: the one whose source was chosen here is first, if it is there. */
  get(destination: Key): readonly Held[] | undefined {
    return this.#ways.get(destination)
  }

  remember(destination: Key, way: Held): void {
    const ways = this.#ways.get(destination)
    if (ways !== undefined) {
      if (ways.length >= MOST_SOURCES) {
        const oldest = ways.findIndex(({ settled }) => settled)
        for (const gone of ways.splice(Math.max(0, oldest), 1)) gone.stale = true
      }
      if (way.settled) ways.push(way)
      else ways.unshift(way)
      return
    }
    if (this.#ways.size >= this.#limit) {
      const [oldest] = this.#ways.keys()
      this.forgetTo(oldest)
    }
    this.#ways.set(destination, [way])
  }

  /** Others in place of those there were. */
  replace(destination: Key, ways: Held[]): void {
    for (const way of this.#ways.get(destination) ?? []) way.stale = true
    this.#ways.set(destination, ways)
  }

  /** Everything is found anew. */
  forget(): void {
    for (const ways of this.#ways.values()) for (const way of ways) way.stale = true
    this.#ways.clear()
  }

  /** As `forget`, and nothing is believed any more of what routers said about path MTUs. */
  forgetLearnt(): void {
    this.#pathMtus.clear()
    this.forget()
  }

  forgetTo(destination: Key): void {
    for (const way of this.#ways.get(destination) ?? []) way.stale = true
    this.#ways.delete(destination)
  }

  /** Destinations one of whose ways is such a one are found anew. */
  forgetWhere(isSuch: (way: Held) => boolean): void {
    for (const [destination, ways] of this.#ways) if (ways.some(isSuch)) this.forgetTo(destination)
  }

  /** A way that was just found takes no more than is known of its destination. */
  applyPathMtu(destination: Key, way: Held): void {
    const known = this.#pathMtus.get(destination)
    if (known !== undefined) way.lowerPathMtu(known.mtu, known.until)
  }

  /**
   * A router did not pass on a datagram, and so much is believed to pass.
   * @returns false where that is nothing new, and where no way goes there
   */
  lowerPathMtu(destination: Key, mtu: number): boolean {
    const ways = this.#ways.get(destination)
    if (ways === undefined || mtu >= ways[0].pathMtu) return false
    const lowered = this.#pathMtus.set(destination, mtu)
    for (const way of ways) way.lowerPathMtu(lowered.mtu, lowered.until)
    return true
  }
}
