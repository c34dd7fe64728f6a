/** `--ask`: a question on the terminal, answered by a word. */
import { createInterface } from 'node:readline/promises'
import type { NextMeasurement } from '../../check/types.js'
import { UsageError } from '../../errors/errors.js'
import { keyed } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import { isTerminal } from './terminal.js'
import { WORDS } from './words.js'

/** In every language: whoever answers need not know in which they are asked. */
export const YES = /^(y(es)?|是)$/i
const NO = /^(no?|否|不)$/i

/** @throws UsageError where nobody could answer */
export function requireSomebody(): void {
  if (process.stdin.isTTY && isTerminal(process.stdout)) return
  throw new UsageError(
    '--ask asks on a terminal, and this is not one; leave it out: the report says what to measure next',
  )
}

/** Yes, no, or undefined for anything else. */
export async function askPerson(next: NextMeasurement): Promise<boolean | undefined> {
  const words = next.keyed ?? next
  const [question, why, answers] = [words.say, words.why, keyed('ask.answers')].map((each) => say(WORDS, each))
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = (await reader.question(`${question}\n  ${why}\n  ${answers}`)).trim()
    if (YES.test(answer)) return true
    return NO.test(answer) ? false : undefined
  } finally {
    reader.close()
  }
}
