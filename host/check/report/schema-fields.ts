/** What the forms of reports, and of what is made of reports, have in common. */
import * as v from 'valibot'
import { fromZeroField, textField, wordsField } from '../../../boards/schema/fields.js'

export const VERDICTS = ['pass', 'warn', 'fail', 'skip'] as const

/** Identifier of a check. */
export const CHECK_NAME = /^[a-z]+\.[a-z0-9-]+$/

export const figureField = (title: string) =>
  v.pipe(v.nullable(v.number()), v.title(title), v.description('a number, or null'))

const share = () => v.pipe(v.number(), v.minValue(0), v.maxValue(1))

export const probabilityField = (title: string) =>
  v.pipe(share(), v.title(title), v.description('a number from 0 to 1'))

export const perhapsProbabilityField = (title: string) =>
  v.pipe(v.nullable(share()), v.title(title), v.description('a number from 0 to 1, or null'))

export const findingField = v.strictObject({
  id: textField('Rule of the data sheet'),
  at: fromZeroField('Nanoseconds of simulated time'),
  octets: wordsField('What the driver sent, in hexadecimal'),
  rule: wordsField('What it says'),
  source: wordsField('Where it is written'),
})
