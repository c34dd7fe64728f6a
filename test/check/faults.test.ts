import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../boards/faults/registry.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import type { DiagnosisRule } from '../../host/check/diagnosis/rule.js'
import { DIAGNOSIS_RULES } from '../../host/check/diagnosis/rules.js'
import { sideOf } from '../../host/check/diagnosis/side.js'
import { casesOf } from '../judge/parts.js'
import { NAMED } from './nine-faults.js'
import { complaints, runCheck } from './run-check.js'

/** The dictionary knows these; one that was declared since is learned with the next `make dictionary`. */
const LEARNED = [...FAULTS.values()].filter(({ name }) => learnedDictionary().model.causes.includes(name))

/** What a rule names. */
const CAUSES: readonly string[] = DIAGNOSIS_RULES.map(({ cause }) => cause)

/** Those that have to be named come first: they are in every slice. */
const isNamed = (name: string) => (NAMED as readonly string[]).includes(name)
const RULED = LEARNED.filter(({ name }) => CAUSES.includes(name))

describe('a single fault', () => {
  const others = casesOf(
    'faults-named',
    RULED.filter(({ name }) => !isNamed(name)),
  )
  for (const { name, boards } of [...RULED.filter((fault) => isNamed(fault.name)), ...others]) {
    it(`${name} does not pass, and is diagnosed`, async () => {
      const named = isNamed(name)
      for (const seed of named ? [1, 1_000_003] : [1]) {
        const { report } = await runCheck({ board: boards?.[0] ?? 'uno', seed, faults: [name], view: 'bench' })
        const [first] = report.diagnosis
        const said = report.diagnosis.map(({ cause, confidence, class: alike }) => ({ cause, confidence, alike }))
        // With what nothing tells from it, it stands as one class: that is the right answer as well. Those of `NAMED` lead theirs.
        expect({
          seed,
          said,
          complaints: complaints(report),
          named: named ? first.cause === name : said.some(({ alike }) => alike.includes(name)),
        }).toMatchObject({
          named: true,
        })
        expect(report.verdict).not.toBe('pass')
        if (first.cause !== 'unknown') expect(first.side).toBe(sideOf(first.cause))
        expect(first.evidence.length).toBeGreaterThan(0)
        expect(first.remedy.length).toBeGreaterThan(40)
        // Causes that exclude each other.
        if (report.diagnosis.length > 1 && first.confidence > 0.5) {
          const sum = report.diagnosis.reduce((all, { confidence }) => all + confidence, 0)
          expect(sum).toBeLessThan(1.03)
        }
      }
    })
  }

  it('has the nine that every version must name among those that were learned', () => {
    for (const name of NAMED) expect(LEARNED.map((fault) => fault.name)).toContain(name)
  })

  it('leaves what stands on it skipped, with the reason', async () => {
    const { report } = await runCheck({ faults: ['crystal-missing'] })
    const skipped = report.checks.filter(({ verdict }) => verdict === 'skip')
    expect(skipped.length).toBeGreaterThan(10)
    for (const { reason } of skipped) expect(reason).not.toBe('')
    expect(complaints(report).map((line) => line.split(':')[0])).toEqual(['fail chip.clock'])
  })

  it('never makes the tool itself misuse the chip', async () => {
    for (const fault of ['crystal-missing', 'cable-unplugged', 'cable-noise', 'rx-pair-reversed']) {
      expect((await runCheck({ faults: [fault] })).report.findings, fault).toEqual([])
    }
  })
})

describe('the rules', () => {
  it('name causes by the faults that can be injected, each once', () => {
    const causes: string[] = DIAGNOSIS_RULES.map(({ cause }) => cause)
    expect(causes.filter((cause) => !FAULTS.has(cause))).toEqual([])
    expect(new Set(causes).size).toBe(causes.length)
  })

  it('do not compile for a cause that cannot be injected', () => {
    // @ts-expect-error no such fault
    const rule: DiagnosisRule = { cause: 'moon-full', remedy: 'wait', seen: () => undefined }
    expect(FAULTS.has(rule.cause)).toBe(false)
  })
})
