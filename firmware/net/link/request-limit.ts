/**
 * How often a neighbour's address is asked for: at most once a second (RFC 1122 2.3.2.1), whether or not the cache still has an
 * entry for it. The instants are kept by the low bits of the address, so that they take the same memory however many are
 * asked for: on a network of no more addresses than places each has a place of its own, on a larger one some share theirs.
 */
import { SECOND } from '../../hal/clock.js'
import { hashIp, type IpAddress } from '../ip.js'

/** Between requests for one address (RFC 1122 2.3.2.1). */
export const REQUEST_INTERVAL = SECOND

export class RequestLimit {
  readonly #askedAt: Float64Array
  readonly #mask: number

  /** @param places a power of two */
  constructor(places: number) {
    this.#askedAt = new Float64Array(places).fill(Number.NEGATIVE_INFINITY)
    this.#mask = places - 1
  }

  /** From when on an address may be asked for, which may be long past. */
  freeFrom(address: IpAddress): number {
    return this.#askedAt[hashIp(address) & this.#mask] + REQUEST_INTERVAL
  }

  /** An address is asked for now. */
  note(address: IpAddress, now: number): void {
    this.#askedAt[hashIp(address) & this.#mask] = now
  }
}
