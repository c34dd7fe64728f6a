/**
 * What goes wrong on one direction of a serial line. Chance is drawn as the distance to the next fault, so that a clean
 * stretch costs nothing: the distance between faults of probability p is geometric.
 */
import type { Random } from '../../firmware/hal/random.js'
import { log } from '../../firmware/math/elementary.js'

export interface LineFaults {
  /** Probability that a bit on the line, start and stop bits included, is inverted. */
  readonly bitErrorRate: number
  /** Probability that an octet is lost whole (a receiver overrun nobody flagged). */
  readonly dropRate: number
  /** Probability that an octet is followed by one that was never sent. */
  readonly insertRate: number
}

export const CLEAN: LineFaults = { bitErrorRate: 0, dropRate: 0, insertRate: 0 }

/** Counts down to faults of one kind. */
export class Gap {
  readonly #random: Random
  #rate = 0
  /** Opportunities left before the next fault: it hits the one after. */
  #left = Number.POSITIVE_INFINITY

  constructor(random: Random) {
    this.#random = random
  }

  /** @param rate probability of a fault at each opportunity, 0 to 1. */
  set rate(rate: number) {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`a fault rate is 0 to 1, not ${rate}`)
    this.#rate = rate
    this.#left = this.#draw()
  }

  get rate(): number {
    return this.#rate
  }

  /** Opportunities that will pass before the next fault. */
  get left(): number {
    return this.#left
  }

  /** Lets opportunities pass, none of which is hit: no more than `left`. */
  pass(count: number): void {
    this.#left -= count
  }

  /** One opportunity: whether it is hit. */
  hit(): boolean {
    if (this.#left > 0) {
      this.#left--
      return false
    }
    this.#left = this.#draw()
    return true
  }

  #draw(): number {
    if (this.#rate === 0) return Number.POSITIVE_INFINITY
    if (this.#rate === 1) return 0
    return Math.floor(log(1 - this.#random.float()) / log(1 - this.#rate))
  }
}
