import { describe, expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { worstFault } from '../../boards/faults/settle.js'
import { DIAGNOSIS_RULES } from '../../host/check/diagnosis/rules.js'
import { extentOf } from '../judge/parts.js'
import { spreadOver } from '../judge/spread.js'
import { runCheck } from './run-check.js'

/** A user suffers, and no check of today looks there. */
const UNSEEN: Readonly<Record<string, string>> = {
  'spi-slow': 'a check sets the SPI clock itself, and none loads the controller’s own',
}

/** Those with a rule have a test of their own (faults.test.ts). */
const RULED: readonly string[] = DIAGNOSIS_RULES.map(({ cause }) => cause)
const UNRULED = [...FAULTS.values()].filter(({ name }) => !RULED.includes(name))
/** Of the harmless ones a check may say nothing. */
const FAMILIES = UNRULED.filter(({ name, harmless }) => UNSEEN[name] === undefined && harmless !== true)

const { first, count } = extentOf('worst-faults')
const place = spreadOver(FAMILIES.length, 29)

describe(`${count} families without a rule, each as bad as it gets`, () => {
  it('are looked for by some check, or it is said why not', () => {
    for (const name of Object.keys(UNSEEN)) expect(UNRULED.map((each) => each.name)).toContain(name)
  })

  const cases = Array.from({ length: count }, (_, index) => ({
    family: FAMILIES[place(first + index)],
    seed: 3 + Math.floor((first + index) / FAMILIES.length),
  }))

  it.each(cases)('$family.name does not pass (seed $seed)', async ({ family, seed }) => {
    const board = family.boards?.[0] ?? 'uno'
    const { report } = await runCheck({ board, seed, faults: [worstFault(family, findBoard(board)).text] })
    expect(report.verdict).not.toBe('pass')
  })
})
