/** Chance for the tests of the firmware: mulberry32, a generator apart from the simulator's. */
import type { Random } from '../../firmware/hal/random.js'

export interface TestRandom extends Random {
  octets(length: number): Uint8Array
}

export function testRandom(seed: number): TestRandom {
  let state = seed >>> 0
  const next32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const float = () => next32() / 0x1_0000_0000
  return {
    next32,
    float,
    below: (limit) => Math.floor(float() * limit),
    fork: (name) => testRandom([...name].reduce((h, c) => Math.imul(h, 31) + c.charCodeAt(0), seed)),
    octets: (length) => Uint8Array.from({ length }, () => next32() & 0xff),
  }
}
