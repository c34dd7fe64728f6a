/** What the way to one destination has in either family: it is found once and used for every datagram. */
import type { Clock } from '../hal/clock.js'

export abstract class Way {
  /** Another is to be found: who holds this one asks anew. */
  stale = false
  /** Its source was asked for, not chosen. */
  settled = false
  abstract readonly link: { readonly name: string; readonly mtu: number }
  readonly #clock: Clock
  #lowered = Number.POSITIVE_INFINITY
  #loweredUntil = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get via(): string {
    return this.link.name
  }

  get linkMtu(): number {
    return this.link.mtu
  }

  get pathMtu(): number {
    const { mtu } = this.link
    if (this.#lowered >= mtu) return mtu
    if (this.#clock.now < this.#loweredUntil) return this.#lowered
    // It is tried again whether the way takes more by now (RFC 1191 6.3, RFC 8201 4).
    this.#lowered = Number.POSITIVE_INFINITY
    return mtu
  }

  /** The way takes no more than `mtu` octets; believed until the instant `until`. */
  lowerPathMtu(mtu: number, until: number): void {
    this.#lowered = mtu
    this.#loweredUntil = until
  }
}
