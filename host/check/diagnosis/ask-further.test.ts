import { describe, expect, it } from 'vitest'
import { runCheck } from '../../../test/check/run-check.js'
import { askFurther } from './ask-further.js'
import { QUESTIONS } from './questions.js'

describe('questions to the person', () => {
  it('are asked as long as one tells enough, each once, and move the diagnosis to what was answered', async () => {
    const { report } = await runCheck({ faults: ['cable-unplugged'] })
    const asked: string[] = []
    const told = await askFurther(report, async ({ what, why, say }) => {
      asked.push(what)
      expect(say).toMatch(/\?$/)
      expect(why).toContain('bits')
      return what === 'other-partner' // it goes away with another partner, and with nothing else
    })
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked).size).toBe(asked.length)
    for (const each of asked) expect(QUESTIONS.map(({ id }) => id)).toContain(each)
    const before = report.diagnosis.find(({ cause }) => cause === 'cable-unplugged')?.confidence ?? 0
    const after = told.diagnosis.find(({ cause }) => cause === 'cable-unplugged')?.confidence ?? 0
    expect(after).toBeLessThan(before)
  })

  it('end where nobody answers, and the report is as it was', async () => {
    const { report } = await runCheck({ faults: ['cable-unplugged'] })
    expect(await askFurther(report, async () => undefined)).toBe(report)
  })

  it('are none about a sound board', async () => {
    const { report } = await runCheck({})
    let asked = 0
    await askFurther(report, async () => {
      asked++
      return true
    })
    expect(asked).toBe(0)
    expect(report.nextMeasurement).toBeNull()
  })
})
