import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../boards/faults/registry.js'
import { writeSamples } from '../../host/campaign/learn/kept-samples.js'
import {
  areNeighbours,
  brierScore,
  calibrationError,
  figuresOf,
  isPlainlyWrong,
  leaveOut,
  PLAINLY,
  saidLeftOut,
  saidOf,
} from '../../host/campaign/learn/metrics.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import { readSamples } from './read-samples.js'

/** Runs of other seeds and severities than the dictionary was learned from, as `make calibration` has kept them. */
const RUNS = readSamples(readFileSync(join(import.meta.dirname, 'held-out.txt'), 'utf8')).filter(
  ({ cause }) => cause === 'healthy' || FAULTS.has(cause),
)
const dictionary = learnedDictionary()

/** What this dictionary does, and a perfect one would not. docs/diagnosis.md names them. */
const PLAINLY_WRONG = 14
/** Of what is stated so surely, this much is so. */
const RIGHT_WHEN_SURE = 0.968
/** Of the faults of which a user suffers. */
const NAMED = 0.893
const HELD = 0.953
/** Share of runs whose fault is taken out of the list. */
const LEFT_OUT_WRONG = 0.02
const FALSE_ALARMS = 0
const said = RUNS.map((run) => saidOf(dictionary, run))
const leftOut = saidLeftOut(dictionary, RUNS)
const figures = figuresOf(said, leftOut)

describe('the dictionary, on runs that it was not learned from', () => {
  it('is judged by some hundreds of them', () => {
    expect(figures.runs).toBeGreaterThan(400)
    expect(figures.sound).toBeGreaterThan(140)
  })

  it('states what is so: the expected calibration error is at most 0.05', () => {
    expect(figures.calibrationError).toBeLessThanOrEqual(0.05)
  })

  it('hardly ever says another cause of a listed fault at 0.6 or more', () => {
    const wrong = said.filter(isPlainlyWrong).map(({ truth, first, confidence }) => ({ truth, first, confidence }))
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(PLAINLY_WRONG)
    const sure = said.filter(({ confidence, first }) => confidence >= PLAINLY && FAULTS.has(first))
    expect(1 - wrong.length / sure.length).toBeGreaterThanOrEqual(RIGHT_WHEN_SURE)
  })

  it('names what is broken, and holds it in the 90 % set', () => {
    expect(figures.named).toBeGreaterThanOrEqual(NAMED)
    expect(figures.held).toBeGreaterThanOrEqual(HELD)
  })

  it('says of a fault that is not in the list that it is unknown, or names what sits beside it', () => {
    const out = leaveOut(dictionary, RUNS, leftOut)
    expect(out.plainlyWrong / out.runs).toBeLessThanOrEqual(LEFT_OUT_WRONG)
  })

  it('has no alarm at sound boards', () => {
    expect(figures.falseAlarms).toBeLessThanOrEqual(FALSE_ALARMS)
  })
})

describe('kept symptoms', () => {
  it('come back as they were written', () => {
    expect(readSamples(writeSamples(RUNS.slice(0, 20)))).toEqual(RUNS.slice(0, 20))
  })

  it('of a symptom that there is no longer are left out', () => {
    const [first] = RUNS
    const text = writeSamples([first])
    const [head, line] = text.split('\n')
    const renamed = head.replace('spi.miso/', 'spi.no-such/')
    const [read] = readSamples(`${renamed}\n${line}\n`)
    const differing = [...read.symptoms.keys()].filter((index) => read.symptoms[index] !== first.symptoms[index])
    expect(differing.every((index) => read.symptoms[index] === -1)).toBe(true)
  })
})

describe('figures of a judgement', () => {
  it('call those neighbours that sit in one place, or are twins', () => {
    expect(areNeighbours('cable-shorted', 'cable-unplugged', [])).toBe(true)
    expect(areNeighbours('miso-open', 'cable-unplugged', [])).toBe(false)
    expect(areNeighbours('miso-open', 'cable-unplugged', [['miso-open', 'cable-unplugged']])).toBe(true)
  })

  it('are nothing for what is always right, and grow with what is wrong', () => {
    const sure = [{ count: 10, confidence: 1, right: 1 }]
    expect(calibrationError(sure)).toBe(0)
    expect(calibrationError([{ count: 10, confidence: 0.9, right: 0.4 }])).toBeCloseTo(0.5, 10)
    expect(brierScore(said)).toBeGreaterThan(0)
    expect(brierScore(said)).toBeLessThan(2)
  })
})
