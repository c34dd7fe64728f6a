import { describe, expect, it } from 'vitest'
import { MEMORY_FAULT, memoryBitRuns } from '../../host/campaign/judge/memory-bits.js'
import { saidOf } from '../../host/campaign/learn/metrics.js'
import { sampleOf } from '../../host/campaign/learn/sample.js'
import { performRun } from '../../host/campaign/perform.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import { extentOf } from '../judge/parts.js'

/** Nothing is tuned on these. */
const SEED = 50_000_000
const WHOLE = 40

const { first, count } = extentOf('memory-bits')

describe(`${count} stuck bits of the buffer memory`, () => {
  it.each(memoryBitRuns(WHOLE, SEED).slice(first, first + count))('$faults is found, and named', async (run) => {
    const result = await performRun(run)
    expect(result.verdict).toBe('fail')
    const said = saidOf(learnedDictionary(), { ...sampleOf(run, result), suffered: true })
    expect(said.alike, `${said.first} ${said.confidence}`).toContain(MEMORY_FAULT)
  })
})
