/** `--ask`: a question on the terminal, answered by a word. */
import { createInterface } from 'node:readline/promises'
import type { NextMeasurement } from '../../check/types.js'
import { UsageError } from '../../errors/errors.js'
import { isTerminal } from './terminal.js'

/** @throws UsageError where nobody could answer */
export function requireSomebody(): void {
  if (process.stdin.isTTY && isTerminal(process.stdout)) return
  throw new UsageError(
    '--ask asks on a terminal, and this is not one; leave it out: the report says what to measure next',
  )
}

/** Yes, no, or undefined for anything else. */
export async function askPerson({ say, why }: NextMeasurement): Promise<boolean | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = (await reader.question(`${say}\n  ${why}\n  yes, no, or Enter for no more questions: `)).trim()
    if (/^y(es)?$/i.test(answer)) return true
    return /^no?$/i.test(answer) ? false : undefined
  } finally {
    reader.close()
  }
}
