import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../docs/shown.js'
import { LEDGER_FILE, ledger, ledgerFaults, numberedTests, numberedTestsIn } from './ledger.js'
import { REQUIREMENTS } from './requirements.js'

describe('the ledger of conformance', () => {
  it('has 157 rows, numbered as they stand', () => {
    expect(REQUIREMENTS.map(({ row }) => row)).toEqual(Array.from({ length: 157 }, (_, i) => i + 1))
  })

  it('names a test for each row, and a row for each numbered test', () => {
    expect(ledgerFaults(numberedTests())).toEqual([])
  })

  it('stands in docs/conformance.md as `make docs` writes it', () => {
    expect(readFileSync(join(ROOT, LEDGER_FILE), 'utf8')).toBe(ledger(numberedTests()))
  })

  it('finds a missing test and a test of no row', () => {
    const text = `it('1 drops')\nit.each([\n  'a (1)',\n])("158 [step 9] %s", () => {})\nit.skip('2 later')\n// it('3 never')`
    const tests = numberedTestsIn(text, 'some.test.ts')
    expect(tests).toEqual([
      { row: 1, name: 'drops', file: 'some.test.ts' },
      { row: 158, name: '[step 9] …', file: 'some.test.ts' },
    ])
    const faults = ledgerFaults(tests)
    expect(faults.length).toBe(157)
    expect(faults.at(-1)).toBe('some.test.ts has a test of a row 158, and there is none: [step 9] …')
  })
})
