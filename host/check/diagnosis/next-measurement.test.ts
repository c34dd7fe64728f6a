import { expect, it } from 'vitest'
import { RATE } from '../figures/serial.js'
import { measure } from '../measure.js'
import { modelOf } from './dictionary/model.js'
import { FEATURES } from './features/features.js'
import { posteriorOf } from './infer/posterior.js'
import { nextMeasurement } from './next-measurement.js'

const CASES = FEATURES.map(({ cases }) => cases)
const [SEEN, OPEN] = ['spi.miso', 'mac.frame-check'].map((id) => FEATURES.findIndex((each) => each.id === id))
const FAILED = 2

function counts(...failed: readonly number[]): Uint16Array[] {
  return CASES.map((cases, index) => {
    const seen = new Uint16Array(cases)
    seen[failed.includes(index) ? FAILED % cases : 0] = 20
    return seen
  })
}

/** What tells two causes apart of which everything else says the same; of a board that answers at this rate. */
function next(baud: number | undefined) {
  const weights = new Float64Array(CASES.length)
  for (const index of [SEEN, OPEN]) weights[index] = 1
  const causes = new Map([
    ['healthy', [{ runs: 20, counts: counts() }]],
    ['miso-open', [{ runs: 20, counts: counts(SEEN, OPEN) }]],
    ['cs-stuck-high', [{ runs: 20, counts: counts(SEEN) }]],
  ])
  const model = modelOf(causes, CASES, weights)
  const symptoms = new Int8Array(CASES.length).fill(-1)
  symptoms[SEEN] = FAILED
  const calm = { intercept: -8, worst: 0, total: 0 }
  const posterior = posteriorOf(model, { fault: calm, healthy: calm, blind: 0, ceilings: {} }, symptoms)
  const results = [
    { id: 'serial.rate', verdict: 'pass', measurements: [measure(RATE.answered, baud ?? null)] },
    { id: 'spi.miso', verdict: 'fail', measurements: [] },
  ] as const
  return nextMeasurement(model, symptoms, results, posterior, [], ['check'])!
}

it('is the check that tells the causes that are left apart', () => {
  expect(next(115_200)).toMatchObject({ kind: 'check', what: 'mac.frame-check' })
})

it('takes what the check and what it stands on do, on the line of this board', () => {
  const [fast, usual, slow] = [1_000_000, 115_200, 9_600].map((baud) => next(baud).seconds)
  // 414,216 bits of its own (cost-data.ts), 3.6 s at 115,200 baud, and those of a dozen checks below it.
  expect(usual).toBeGreaterThan(3.6)
  expect(usual).toBeLessThan(20)
  expect(fast).toBeLessThan(usual)
  expect(slow).toBeGreaterThan(414_216 / 9_600)
  expect(next(undefined).seconds).toBe(usual)
})
