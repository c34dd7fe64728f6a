import { expect, it } from 'vitest'
import { foldsOf } from './folds.js'

it('every part has its share of each cause, however the plan goes round them', () => {
  const causes = ['a', 'b', 'c', 'd']
  const samples = Array.from({ length: 32 }, (_, index) => ({ cause: causes[index % 4], symptoms: new Int8Array() }))
  const folds = foldsOf(samples, 4)
  for (const cause of causes) {
    const own = samples.flatMap((sample, index) => (sample.cause === cause ? [folds[index]] : []))
    expect(own).toEqual([0, 1, 2, 3, 0, 1, 2, 3])
  }
})
