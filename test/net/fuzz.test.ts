/**
 * Row 149 of the conformance table: whatever comes in whatever state, nothing throws, nothing grows past its cap, and the
 * memory is back at the end. A slice of the ten million that `make judge` sends.
 */
import { describe, expect, it } from 'vitest'
import { extentOf, PARTS } from '../judge/parts.js'
import { FUZZED_STATES, Fuzzer } from './fuzz.js'

const { first, count: FRAMES } = extentOf('mutated-frames')
const SEEDS = 4
/** Other frames than those of the pieces before. */
const BEFORE = Math.ceil(first / PARTS['mutated-frames'].piece) * SEEDS

describe('a stack under mutated frames', () => {
  for (let seed = BEFORE + 1; seed <= BEFORE + SEEDS; seed++)
    it(`149 throws at none, holds no more than its caps, and all of its memory comes back: seed ${seed}`, () => {
      const fuzzer = new Fuzzer(seed)
      fuzzer.run(FRAMES / SEEDS)
      const { byState, answers } = fuzzer.report
      // It is of no use to send frames to connections that are gone.
      for (const state of FUZZED_STATES) expect(byState[state] ?? 0, state).toBeGreaterThan(FRAMES / SEEDS / 200)
      expect(answers).toBeGreaterThan(FRAMES / SEEDS / 20)
      fuzzer.finish()
    })
})
