import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { FEATURES } from '../../check/diagnosis/features/features.js'
import { formsAmong } from './forms.js'
import type { Sample } from './sample.js'

const SYMPTOMS = FEATURES.flatMap(({ cases }, index) => (cases >= 4 ? [index] : [])).slice(0, 12)
const WEIGHTS = new Float64Array(FEATURES.length)
for (const symptom of SYMPTOMS) WEIGHTS[symptom] = 0.5

/** Runs that show `which` in the symptoms named, one of ten otherwise, and anything in the last two. */
function runs(random: SeededRandom, count: number, cause: string, which: (symptom: number) => number): Sample[] {
  return Array.from({ length: count }, () => {
    const symptoms = new Int8Array(FEATURES.length).fill(-1)
    for (const [index, symptom] of SYMPTOMS.entries()) {
      const strays = index >= 10 || random.below(10) === 0
      symptoms[symptom] = strays ? random.below(4) : which(index)
    }
    return { cause, symptoms }
  })
}

describe('the forms of a cause', () => {
  it('are one where its runs differ by chance alone', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const samples = runs(new SeededRandom(seed), 24, 'cable-wire-open', () => 1)
      expect(new Set(formsAmong(samples, WEIGHTS)), `seed ${seed}`).toEqual(new Set([0]))
    }
  })

  it('are as many as there are things that it may be, each with its runs', () => {
    const random = new SeededRandom(7)
    const forms = [0, 1, 2].map((form) => runs(random, 8, 'cable-wire-open', (index) => (index % 3 === form ? 2 : 0)))
    const found = formsAmong(forms.flat(), WEIGHTS)
    const byForm = [0, 1, 2].map((form) => new Set(found.subarray(8 * form, 8 * form + 8)))
    for (const each of byForm) expect(each.size).toBe(1)
    expect(new Set(byForm.flatMap((each) => [...each]))).toEqual(new Set([0, 1, 2]))
  })

  it('are one of a sound board, and of each cause by itself', () => {
    const random = new SeededRandom(9)
    const two = [1, 2].flatMap((which) => runs(random, 8, 'miso-open', () => which))
    const sound = [1, 2].flatMap((which) => runs(random, 8, 'healthy', () => which))
    const found = formsAmong([...two, ...sound], WEIGHTS)
    expect(new Set(found.subarray(0, 16)).size).toBe(2)
    expect(new Set(found.subarray(16))).toEqual(new Set([0]))
  })
})
