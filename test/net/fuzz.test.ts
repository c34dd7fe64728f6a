/**
 * Row 149 of the conformance table: whatever comes in whatever state, nothing throws, nothing grows past its cap, and the
 * memory is back at the end. `npx tsx test/net/fuzz-run.ts` sends ten million frames; this is a slice of them.
 * LINKPULSE_FUZZ_FRAMES=N sends N here.
 */
import { describe, expect, it } from 'vitest'
import { FUZZED_STATES, Fuzzer } from './fuzz.js'

const FRAMES = Number(process.env.LINKPULSE_FUZZ_FRAMES ?? 200_000)
const SEEDS = 4

describe('a stack under mutated frames', () => {
  for (let seed = 1; seed <= SEEDS; seed++)
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
