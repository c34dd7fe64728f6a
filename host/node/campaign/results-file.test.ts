import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CampaignResult } from '../../campaign/result.js'
import { openResultsFile } from './results-file.js'

const result: CampaignResult = { key: 'uno   1', verdict: 'pass', checks: [['spi.miso', 'pass', [['a', 1, null, 2]]]] }

describe('a file of results', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'results-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('has them when it is opened again', () => {
    const path = join(folder, 'deep', 'a.jsonl')
    openResultsFile(path, 'this').add(result)
    expect(openResultsFile(path, 'this').kept).toEqual(new Map([[result.key, result]]))
  })

  it('leaves out, and counts, the half line of a run that was killed, and goes on behind it', () => {
    const path = join(folder, 'b.jsonl')
    openResultsFile(path, 'this').add(result)
    appendFileSync(path, '{"key":"uno   2","verd')
    const again = openResultsFile(path, 'this')
    expect([again.kept.size, again.broken]).toEqual([1, 1])
    again.add({ ...result, key: 'uno   3' })
    expect([...openResultsFile(path, 'this').kept.keys()]).toEqual(['uno   1', 'uno   3'])
  })

  it('is begun anew where it is of something else', () => {
    const path = join(folder, 'c.jsonl')
    openResultsFile(path, 'this').add(result)
    expect(openResultsFile(path, 'that').kept.size).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe('{"of":"that"}\n')
  })
})
