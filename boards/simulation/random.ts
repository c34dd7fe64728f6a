/**
 * Seeded chance: xoshiro128** (Blackman and Vigna, 2018), its state filled by SplitMix32 from a 32-bit seed. A fork is
 * seeded from its parent's seed and a name, so adding one consumer of chance does not change what the others draw.
 */
import type { Random } from '../../firmware/hal/random.js'

function splitMix32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
}

/** FNV-1a, 32 bits: to turn a name into a number that is always the same. */
export function nameHash(text: string, basis = 0): number {
  let h = (0x811c9dc5 ^ basis) >>> 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0
  return h
}

export class SeededRandom implements Random {
  /** What it was made of: its low 32 bits. */
  readonly seed: number
  #a: number
  #b: number
  #c: number
  #d: number

  /** @param seed a whole number; its low 32 bits count. */
  constructor(seed: number) {
    this.seed = seed >>> 0
    const fill = splitMix32(this.seed)
    this.#a = fill()
    this.#b = fill()
    this.#c = fill()
    this.#d = fill() | 1 // the all-zero state is the one the generator cannot leave
  }

  next32(): number {
    const m = Math.imul(this.#b, 5)
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0
    const t = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= t
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result
  }

  float(): number {
    return this.next32() / 0x1_0000_0000
  }

  below(limit: number): number {
    return Math.floor(this.float() * limit)
  }

  fork(name: string): SeededRandom {
    return new SeededRandom(nameHash(name, this.seed))
  }
}
