/**
 * How often an address is asked for by ARP: at most once a second (RFC 1122 2.3.2.1), whether or not the cache still has an
 * entry for it. The instants are kept by the low bits of the address, so that they take the same memory however many are
 * asked for: on a network of no more addresses than places each has a place of its own, on a larger one some share theirs.
 */
import { SECOND } from '../../hal/clock.js'
import type { Ipv4Address } from '../address.js'

/** Between requests for one address (RFC 1122 2.3.2.1). */
export const REQUEST_INTERVAL = SECOND

export class ArpRequestLimit {
  readonly #askedAt: Float64Array
  readonly #mask: number

  /** @param places a power of two */
  constructor(places: number) {
    this.#askedAt = new Float64Array(places).fill(Number.NEGATIVE_INFINITY)
    this.#mask = places - 1
  }

  /** From when on an address may be asked for, which may be long past. */
  freeFrom(address: Ipv4Address): number {
    return this.#askedAt[address & this.#mask] + REQUEST_INTERVAL
  }

  /** An address is asked for now. */
  note(address: Ipv4Address, now: number): void {
    this.#askedAt[address & this.#mask] = now
  }
}
