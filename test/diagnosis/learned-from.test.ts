import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sampleOf } from '../../host/campaign/learn/sample.js'
import { performRun } from '../../host/campaign/perform.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import { FEATURES } from '../../host/check/diagnosis/features/features.js'
import { casesOf, PARTS } from '../judge/parts.js'
import { spreadOver } from '../judge/spread.js'
import { changedSymptoms } from './changed-symptoms.js'
import { readWitnesses } from './read-samples.js'

/** Runs that the dictionary was learned from, as `make dictionary` has kept them. */
const WITNESSES = readWitnesses(readFileSync(join(import.meta.dirname, 'learned-from.txt'), 'utf8'))
const { weights } = learnedDictionary().model
/** Sound boards stand together, and so do faults of one side. */
const witnesses = casesOf('learned-from', WITNESSES, spreadOver(WITNESSES.length, 13))

describe(`${witnesses.length} of the ${WITNESSES.length} kept runs that the dictionary was learned from`, () => {
  it('are all in the whole of `make judge`', () => {
    expect(PARTS['learned-from'].whole).toBe(WITNESSES.length)
  })

  it('show today what they showed then: otherwise `make dictionary` and `make calibration` are due', async () => {
    const now = []
    for (const { run } of witnesses) now.push(sampleOf(run, await performRun(run)).symptoms)
    expect(changedSymptoms(witnesses, now, weights)).toEqual([])
  })
})

describe('symptoms that have changed', () => {
  const weighty = weights.findIndex((weight) => weight > 0)
  const weightless = weights.indexOf(0)
  const other = (symptom: number, of: number) =>
    WITNESSES.map(({ symptoms }, index) =>
      symptoms.map((which, each) => (each === symptom && index < of ? which + 1 : which)),
    )

  it('are named, with a run that shows it', () => {
    const [line, ...more] = changedSymptoms(WITNESSES, other(weighty, 3), weights)
    expect(more).toEqual([])
    expect(line).toContain(`${FEATURES[weighty].id} in 3 of`)
    expect(line).toContain(JSON.stringify(WITNESSES[0].run))
  })

  it('are none where one run alone differs, or what differs weighs nothing', () => {
    expect(changedSymptoms(WITNESSES, other(weighty, 1), weights)).toEqual([])
    expect(changedSymptoms(WITNESSES, other(weightless, 5), weights)).toEqual([])
  })
})
