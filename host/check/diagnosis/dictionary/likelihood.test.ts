import { expect, it } from 'vitest'
import { caseOffsets, formLikelihoods, logLikelihoods } from './likelihood.js'
import { modelOf } from './model.js'

const CASES = [4, 2, 3]
const HEALTHY = [Uint16Array.of(18, 1, 0, 1), Uint16Array.of(20, 0), Uint16Array.of(0, 0, 0)]
const BROKEN = [Uint16Array.of(0, 0, 16, 0), Uint16Array.of(3, 13), Uint16Array.of(5, 5, 6)]
const WEIGHTS = Float64Array.of(0.5, 0, 1.2)

it('of each symptom make chances that come to 1, the same for one that was never taken', () => {
  const logs = logLikelihoods(HEALTHY)
  for (const [symptom, offset] of caseOffsets(CASES).entries()) {
    const chances = [...logs.subarray(offset, offset + CASES[symptom])].map(Math.exp)
    expect(chances.reduce((sum, each) => sum + each)).toBeCloseTo(1, 12)
  }
  expect(new Set(logs.subarray(6)).size).toBe(1)
})

it('are not taken of a symptom that weighs nothing, and of the others are what they are without weights', () => {
  const all = logLikelihoods(BROKEN)
  const weighed = logLikelihoods(BROKEN, WEIGHTS)
  expect([...weighed.subarray(4, 6)]).toEqual([0, 0])
  expect([...weighed.subarray(0, 4), ...weighed.subarray(6)]).toEqual([...all.subarray(0, 4), ...all.subarray(6)])
  expect([...all].every((each) => each < 0)).toBe(true)
})

it('are in a model those of the symptoms that weigh something', () => {
  const counts = new Map([
    ['healthy', [{ runs: 20, counts: HEALTHY }]],
    ['miso-open', [{ runs: 16, counts: BROKEN }]],
  ])
  const { likelihoods } = modelOf(counts, CASES, WEIGHTS)
  expect(likelihoods).toEqual([HEALTHY, BROKEN].map((each) => logLikelihoods(each, WEIGHTS)))
})

it('of a form are chances as well, and where it was never taken those of the cause', () => {
  const whole = logLikelihoods(BROKEN)
  const form = formLikelihoods([Uint16Array.of(0, 0, 4, 0), Uint16Array.of(3, 0), Uint16Array.of(0, 0, 0)], whole)
  for (const [symptom, offset] of caseOffsets(CASES).entries()) {
    const chances = [...form.subarray(offset, offset + CASES[symptom])].map(Math.exp)
    expect(chances.reduce((sum, each) => sum + each)).toBeCloseTo(1, 12)
  }
  expect(form[4]).toBeGreaterThan(whole[4])
  for (let at = 6; at < form.length; at++) expect(form[at]).toBeCloseTo(whole[at], 12)
})
