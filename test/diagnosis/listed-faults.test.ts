import { describe, expect, it } from 'vitest'
import { isPlainlyWrong, saidOf } from '../../host/campaign/learn/metrics.js'
import { faultRuns } from '../../host/campaign/learn/plans.js'
import { sampleOf } from '../../host/campaign/learn/sample.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import { performBundled } from '../../host/node/campaign/perform-bundled.js'
import { extentOf } from '../judge/parts.js'

/** Neither learned from nor judged by so far. */
const SEED = 30_000_000
const EACH = 20

/** A slice of the runs of `make judge`: every fault once, then once more. */
const { first, count } = extentOf('listed-faults')
const dictionary = learnedDictionary()

describe(`${count} runs of listed faults at drawn severities, boards and surroundings`, () => {
  const runs = faultRuns(EACH, SEED).slice(first, first + count)

  it('are not taken for another cause at 0.6 or more, but for one of twenty', async () => {
    const wrong: object[] = []
    for (const run of runs) {
      const said = saidOf(dictionary, { ...sampleOf(run, await performBundled(run)), suffered: run.suffered })
      const { truth, first: named, confidence } = said
      if (isPlainlyWrong(said)) wrong.push({ faults: run.faults, truth, named, confidence })
    }
    expect(wrong.length, JSON.stringify(wrong, null, 1)).toBeLessThanOrEqual(Math.ceil(runs.length / 20))
  })
})
