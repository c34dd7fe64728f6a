import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../cli/command.js'
import { filesOf } from './parts.js'
import { isTaken, variationsOf } from './variations.js'

const EIGHTHS = Array.from({ length: 8 }, (_, first) => ({ first, count: 1 }))
const WHOLE = { first: 0, count: 8 }

describe('variations', () => {
  it('are each in one eighth, and all in the whole', () => {
    const titles = Array.from({ length: 800 }, (_, i) => `is checked behind program ${i}`)
    for (const title of titles) {
      expect(EIGHTHS.filter((eighth) => isTaken(title, eighth))).toHaveLength(1)
      expect(isTaken(title, WHOLE)).toBe(true)
    }
    for (const eighth of EIGHTHS) {
      const share = titles.filter((title) => isTaken(title, eighth)).length
      expect(share).toBeGreaterThan(70)
      expect(share).toBeLessThan(130)
    }
  })

  it.each([1, 2, 3, 4, 5, 11])(
    'of a list of %d cases are all there in eight eighths, and none of those is empty',
    (count) => {
      const cases = Array.from({ length: count }, (_, i) => i)
      const shares = EIGHTHS.map((eighth) => variationsOf(cases, eighth))
      for (const share of shares) expect(share.length).toBeGreaterThan(0)
      expect([...new Set(shares.flat())].sort((a, b) => a - b)).toEqual(cases)
      expect(variationsOf(cases, WHOLE)).toEqual(cases)
    },
  )

  it('stand in the files that make judge runs for them, and in no other', () => {
    const files = ['boards', 'firmware', 'host', 'test']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
      )
      .filter((name) => name.endsWith('.test.ts') && !name.startsWith('test/judge/'))
    const varied = files.filter((name) => /\bvariation(?:sOf)?[(<]/.test(readFileSync(join(root, name), 'utf8')))
    expect(varied.sort()).toEqual([...filesOf('variations')].sort())
  })
})
