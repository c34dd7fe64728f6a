import { describe, expect, it } from 'vitest'
import { casesOf } from '../judge/parts.js'
import { spreadOver } from '../judge/spread.js'
import { NAMED } from './nine-faults.js'
import { runCheck } from './run-check.js'

const PAIRS = NAMED.flatMap((one, index) => NAMED.slice(index + 1).map((other) => [one, other] as const))
const pairs = casesOf('two-of-nine', PAIRS, spreadOver(PAIRS.length, 7))

describe(`${pairs.length} pairs of the nine faults that every version must name`, () => {
  it.each(pairs)(
    '%s and %s are survived, and one of them is named, or that it is something else',
    async (...faults) => {
      const { report } = await runCheck({ seed: 5, faults })
      expect(report.verdict).toBe('fail')
      const said = report.diagnosis.flatMap((found) => found.class)
      expect(
        [...faults, 'unknown'].some((each) => said.includes(each)),
        said.join(', '),
      ).toBe(true)
    },
  )
})
