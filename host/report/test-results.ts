/** What tests came to, as every format has it that other tools read (JUnit, CTRF, TAP, Markdown): suites of cases. */

export interface TestCase {
  readonly name: string
  readonly verdict: 'pass' | 'fail' | 'skip'
  /** Simulated seconds. */
  readonly seconds: number
  /** Why it failed or was skipped; empty where it passed. */
  readonly reason: string
  /** What else is known of it: the diagnosis, a line each. */
  readonly details: readonly string[]
  readonly seed?: number
  /** What runs it again, and alone. */
  readonly command?: string
}

export interface TestSuite {
  readonly name: string
  readonly cases: readonly TestCase[]
  /** Simulated seconds; those of its cases together, where they do not overlap. */
  readonly seconds?: number
  /** What was printed meanwhile. */
  readonly output?: string
}

export interface TestResults {
  readonly name: string
  readonly suites: readonly TestSuite[]
  /** For people: how it went at a glance, the head first. */
  readonly table?: readonly (readonly string[])[]
}

/** How many cases there are of each verdict. */
export interface TestTally {
  readonly pass: number
  readonly fail: number
  readonly skip: number
  readonly seconds: number
}

export function tally(cases: readonly TestCase[]): TestTally {
  const count = (verdict: TestCase['verdict']): number => cases.filter((each) => each.verdict === verdict).length
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0)
  return { pass: count('pass'), fail: count('fail'), skip: count('skip'), seconds }
}
