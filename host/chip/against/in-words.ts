/** What came of a comparison of two chips, for a person and for other programs. */
import { documentHead } from '../../../boards/schema/published.js'
import { hexText } from '../../../firmware/text/hex-text.js'
import { EN } from '../../text/en.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import { wordWrap } from '../../text/word-wrap.js'
import type { Words } from '../../text/words.js'
import type { ChipComparison, ChipDifference, StepAnswer } from './compare-chips.js'
import { bitNames, LEFT_OUT, wholeOf } from './masks.js'
import { operationWords, someOctets } from './operation.js'
import { CHIP_COMPARISON_VERSION, type ChipComparisonDocument } from './schema.js'

/** Of a comparison: whose chips, and the seed of the programs. */
export interface ComparedChips {
  readonly target: string
  readonly against: string
  readonly seed: number
}

/** Empty where nothing was read. */
function answerWords(words: Words, answer: StepAnswer): string {
  if ('failed' in answer) return say(words, keyed('against.failed', { why: answer.failed }))
  const octets = answer.read.filter(({ of }) => of.startsWith('octet ')).map(({ value }) => value)
  const others = answer.read.filter(({ of }) => !of.startsWith('octet '))
  return [
    ...(octets.length === 0 ? [] : [someOctets(octets)]),
    ...others.map(({ of, value, digits }) => `${of} ${hexText(value, digits)}`),
  ].join(', ')
}

function bitsOf({ reading, bits }: ChipDifference): readonly string[] {
  return reading === undefined ? [] : bitNames(reading.of, bits)
}

/** Registers by the reason for which they, or bits of them, are not compared. */
function leftOut(words: Words): { readonly what: readonly string[]; readonly why: string }[] {
  const byReason = new Map<string, string[]>()
  for (const { register, mask, why } of LEFT_OUT) {
    const reason = say(words, why)
    const bits = bitNames(register, mask)
    byReason.set(reason, [
      ...(byReason.get(reason) ?? []),
      mask === wholeOf(register) ? register : `${register} (${bits.join(', ')})`,
    ])
  }
  const found = [...byReason].map(([why, what]) => ({ what, why }))
  const reserved = {
    what: [say(words, keyed('against.why.reserved-of'))],
    why: say(words, keyed('against.why.reserved')),
  }
  return [...found, reserved]
}

export function chipComparisonDocument(
  { target, against, seed }: ComparedChips,
  { programs, operations, difference }: ChipComparison,
): ChipComparisonDocument {
  return {
    ...documentHead('chip-comparison', CHIP_COMPARISON_VERSION),
    target,
    against,
    seed,
    programs,
    operations,
    differs: difference !== undefined,
    difference:
      difference === undefined
        ? null
        : {
            program: difference.program,
            again: { ...difference.again },
            what: difference.reading?.of ?? null,
            bits: [...bitsOf(difference)],
            rule: say(EN, difference.rule.rule),
            reference: difference.rule.clause,
            steps: difference.steps.map(({ operation, expected, got }) => ({
              operation: operationWords(operation),
              expected: answerWords(EN, expected),
              got: answerWords(EN, got),
            })),
          },
    leftOut: leftOut(EN).flatMap(({ what, why }) => what.map((each) => ({ what: each, why }))),
  }
}

/** @param columns no line is longer, where it is known */
export function chipComparisonText(result: ChipComparison, columns = 120, words: Words = EN): string {
  const lines = [...differenceLines(result, words), '', say(words, keyed('against.left-out'))]
  for (const { what, why } of leftOut(words))
    lines.push(`  ${say(words, keyed('against.left-out-of', { registers: what, why }))}`)
  return lines.map((line) => `${wrapped(line, columns)}\n`).join('')
}

function wrapped(line: string, columns: number): string {
  const indent = /^ */.exec(line)![0]
  const further = indent === '' ? '' : `${indent}  `
  const [first = '', ...others] = wordWrap(line.trimStart(), Math.max(20, columns - further.length))
  return [indent + first, ...others.map((each) => further + each)].join('\n')
}

function differenceLines({ programs, operations, difference }: ChipComparison, words: Words): string[] {
  const tell = (text: LocalizableText): string => say(words, text)
  if (difference === undefined) return [tell(keyed('against.same', { programs, operations }))]
  const { program, again, steps, reading, rule } = difference
  const lines = [
    tell(keyed('against.differs', { program, operations })),
    tell(keyed(again.differed === 0 ? 'against.cut-off' : 'against.shortest')),
  ]
  const width = String(steps.length).length
  for (const [index, { operation }] of steps.entries())
    lines.push(`  ${String(index + 1).padStart(width)}  ${operationWords(operation)}`)
  const last = steps[steps.length - 1]
  const answer = (given: StepAnswer): string => answerWords(words, given) || tell(keyed('against.done'))
  const answers = { expected: answer(last.expected), got: answer(last.got) }
  lines.push(`  ${tell(keyed('against.answers', answers))}`)
  if (reading !== undefined) {
    const { of, digits } = reading
    const [expected, got] = [reading.expected, reading.got].map((value) => hexText(value, digits))
    lines.push(`  ${tell(keyed('against.bits', { of, expected, got, bits: bitsOf(difference) }))}`)
  }
  lines.push(`  ${tell(keyed('against.rule'))}${tell(keyed('report.colon'))}${tell(rule.rule)} [${rule.clause}]`)
  lines.push(`  ${tell(keyed('against.again', again))}`)
  return lines
}
