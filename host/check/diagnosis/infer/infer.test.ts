import { describe, expect, it } from 'vitest'
import { caseOffsets } from '../dictionary/likelihood.js'
import { type FormCounts, type Model, modelOf } from '../dictionary/model.js'
import { FEATURES, type Symptoms } from '../features/features.js'
import { answersOf, UNKNOWN } from './answer.js'
import { type InferenceOptions, posteriorOf } from './posterior.js'

/** Runs of a world in which three checks have two cases each, the first of them typical. */
const CASES = FEATURES.map(({ cases }) => cases)
const [ONE, TWO, THREE] = ['spi.miso', 'phy.link', 'serial.echo'].map((id) =>
  FEATURES.findIndex((each) => each.id === id),
)

function counts(failed: Readonly<Record<number, number>>): FormCounts[] {
  const of = CASES.map((cases, index) => {
    const seen = new Uint16Array(cases)
    const failures = failed[index] ?? 0
    seen[0] = 20 - failures
    seen[2 % cases] += failures
    return seen
  })
  return [{ runs: 20, counts: of }]
}

function world(): Model {
  const weights = new Float64Array(CASES.length)
  for (const index of [ONE, TWO, THREE]) weights[index] = 1
  return modelOf(
    new Map([
      ['healthy', counts({})],
      ['miso-open', counts({ [ONE]: 20 })],
      ['cable-unplugged', counts({ [TWO]: 20 })],
      ['cable-straight', counts({ [TWO]: 20 })],
    ]),
    CASES,
    weights,
  )
}

function seen(...failed: number[]): Symptoms {
  const symptoms = new Int8Array(CASES.length).fill(-1)
  for (const index of [ONE, TWO, THREE]) symptoms[index] = failed.includes(index) ? 2 : 0
  return symptoms
}

/** Believes the fit: what no explanation shows is not in the list. */
const CALIBRATION = {
  fault: { intercept: -8, worst: 6, total: 0 },
  healthy: { intercept: -8, worst: 6, total: 0 },
  blind: 0.8,
  ceilings: {},
}

function judge(symptoms: Symptoms, options: InferenceOptions = {}) {
  const model = world()
  const posterior = posteriorOf(model, CALIBRATION, symptoms, options)
  return { posterior, answers: answersOf(model, symptoms, posterior) }
}

describe('inference', () => {
  it('takes a board that shows nothing for sound', () => {
    const { posterior, answers } = judge(seen())
    expect(posterior.healthy).toBeGreaterThan(0.95)
    expect(answers).toEqual([])
  })

  it('names the cause that predicts what is seen, and all chances come to 1', () => {
    const { posterior, answers } = judge(seen(ONE))
    expect(answers.map(({ cause }) => cause)).toEqual(['miso-open'])
    const all = posterior.hypotheses.reduce((sum, { probability }) => sum + probability, posterior.unknown)
    expect(all).toBeGreaterThan(0.995)
    expect(all).toBeLessThan(1 + 1e-9)
  })

  it('puts causes that nothing tells apart into one class, the likelier first', () => {
    const { answers } = judge(seen(TWO))
    expect(answers.map(({ alike }) => alike)).toEqual([['cable-unplugged', 'cable-straight']])
    expect(answers[0].probability).toBeGreaterThan(0.9)
    expect(answers[0].probability).toBeLessThanOrEqual(1)
  })

  it('names two causes where each explains what the other does not', () => {
    const { answers, posterior } = judge(seen(ONE, TWO))
    expect(posterior.hypotheses[0].causes.length).toBe(2)
    expect(answers.map(({ cause }) => cause).sort()).toEqual(['cable-unplugged', 'miso-open'])
    const single = judge(seen(ONE, TWO), { pairs: false })
    expect(single.posterior.hypotheses[0].causes.length).toBe(1)
  })

  it('says unknown where nothing in the list shows what is seen', () => {
    const { answers, posterior } = judge(seen(THREE))
    expect(answers[0].cause).toBe(UNKNOWN)
    expect(posterior.healthy).toBeLessThan(0.1)
  })

  it('says unknown where all that failed is what nothing was learned of, and nothing of it beside what is known', () => {
    const unlearned = FEATURES.findIndex((each) => each.id === 'spi.zero-bit')
    const withUnlearned = (...failed: number[]): Symptoms => {
      const symptoms = seen(...failed)
      symptoms[unlearned] = 2
      symptoms[FEATURES.findIndex((each) => each.id === 'report')] = 1
      return symptoms
    }
    const alone = judge(withUnlearned())
    expect(alone.answers[0].cause).toBe(UNKNOWN)
    expect(alone.posterior.unknown).toBeGreaterThanOrEqual(CALIBRATION.blind)
    const beside = judge(withUnlearned(ONE))
    expect(beside.answers[0].cause).toBe('miso-open')
    expect(beside.posterior.unknown).toBeLessThan(0.1)
  })

  it('says unknown, or what is nearest, of a cause that was taken out of the list', () => {
    const { posterior } = judge(seen(ONE), { without: new Set(['miso-open']) })
    expect(posterior.causes.has('miso-open')).toBe(false)
    expect(posterior.unknown).toBeGreaterThan(0.9)
  })

  it('believes a cause no further than its ceiling', () => {
    const calibration = { ...CALIBRATION, ceilings: { 'miso-open': 0.7 } }
    const posterior = posteriorOf(world(), calibration, seen(ONE))
    expect(posterior.causes.get('miso-open')).toBeLessThanOrEqual(0.7)
    expect(posterior.unknown).toBeGreaterThan(0.29)
  })

  it('leaves the checks that were skipped out', () => {
    const symptoms = seen(ONE)
    symptoms[TWO] = -1
    symptoms[THREE] = -1
    expect(judge(symptoms).answers[0].cause).toBe('miso-open')
  })

  it('has cases side by side without a gap', () => {
    expect(caseOffsets([4, 9, 2])).toEqual([0, 4, 13])
  })
})
