/** Chance of the operating system, for a stack that strangers can reach: nobody can know what it draws next. */
import { randomFillSync } from 'node:crypto'
import type { Random } from '../../../firmware/hal/random.js'

const POOL = 1_024

export class SystemRandom implements Random {
  readonly #pool = new Uint32Array(POOL)
  #at = POOL

  next32(): number {
    if (this.#at === POOL) {
      randomFillSync(this.#pool)
      this.#at = 0
    }
    return this.#pool[this.#at++]
  }

  float(): number {
    return this.next32() / 0x1_0000_0000
  }

  below(limit: number): number {
    return Math.floor(this.float() * limit)
  }

  /** There is nothing to keep apart: what one stream draws tells nothing about another. */
  fork(_name: string): Random {
    return this
  }
}
