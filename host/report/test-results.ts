/** What tests came to, as every format has it that other tools read (`formats.ts`): suites of cases. */

export type TestVerdict = 'pass' | 'warn' | 'fail' | 'skip'

/** A figure that was taken, with the limits that it is held against. */
export interface TestMeasurement {
  readonly name: string
  /** Null where it could not be taken. */
  readonly value: number | null
  /** SI symbol, `%`, or empty for a count or a register. */
  readonly unit: string
  /** A limit that is open is null. */
  readonly min: number | null
  readonly max: number | null
  /** Value and limit as a person reads them: `1.92 ms`, `at most 20 ms`; a limit that there is not is empty. */
  readonly shown: string
  readonly limit: string
}

export interface TestCase {
  readonly name: string
  /** What programs know it by; its name where it has none. */
  readonly id?: string
  /** One with a warning counts as passed where a format knows no warnings. */
  readonly verdict: TestVerdict
  /** Simulated seconds. */
  readonly seconds: number
  /** Why it failed, was skipped or warns; empty where it passed. */
  readonly reason: string
  /** What else is known of it: the diagnosis, a line each. */
  readonly details: readonly string[]
  readonly seed?: number
  /** What runs it again, and alone. */
  readonly command?: string
  /** The clause that its limits come from. */
  readonly reference?: string
  readonly measurements?: readonly TestMeasurement[]
  /** What it has to say whatever its verdict, a line each. */
  readonly output?: readonly string[]
}

export interface TestSuite {
  readonly name: string
  readonly cases: readonly TestCase[]
  /** It is a layer of `check`, whose cases are known without its name. */
  readonly isLayer?: boolean
  /** Simulated seconds; those of its cases together, where they do not overlap. */
  readonly seconds?: number
  /** What was printed meanwhile. */
  readonly output?: string
}

/** What is likely broken. */
export interface TestDiagnosis {
  /** A fault by its name, or `unknown`. */
  readonly cause: string
  /** From 0 to 1. */
  readonly confidence: number
  readonly evidence: readonly string[]
  readonly remedy: string
}

export interface TestResults {
  readonly name: string
  readonly suites: readonly TestSuite[]
  /** Of all cases. */
  readonly seed?: number
  /** What runs all of it again. */
  readonly command?: string
  /** What was tested. */
  readonly subject: string
  /** Likeliest first. */
  readonly diagnosis?: readonly TestDiagnosis[]
  /** What is of no case, by name: who was found at the port. */
  readonly properties?: Readonly<Record<string, string>>
  /** The same as lines for a reader. */
  readonly remarks?: readonly string[]
  /** What the firmware did to its chip that the data sheet forbids, a line each. */
  readonly findings?: readonly string[]
  /** For people: how it went at a glance, the head first. */
  readonly table?: readonly (readonly string[])[]
}

/** How many cases there are of each verdict. */
export type TestTally = Readonly<Record<TestVerdict, number>> & { readonly seconds: number }

export function tally(cases: readonly TestCase[]): TestTally {
  const counts = { pass: 0, warn: 0, fail: 0, skip: 0, seconds: 0 }
  for (const { verdict, seconds } of cases) {
    counts[verdict]++
    counts.seconds += seconds
  }
  return counts
}

/** A case among those of all suites. */
export function fullName(suite: TestSuite, { name }: TestCase): string {
  return suite.isLayer === true ? name : `${suite.name} ${name}`
}

/** Seed and command of a case, or those of all. */
export function replayOf(results: TestResults, { seed, command }: TestCase): Pick<TestCase, 'seed' | 'command'> {
  const found = { seed: seed ?? results.seed, command: command ?? results.command }
  return {
    ...(found.seed === undefined ? {} : { seed: found.seed }),
    ...(found.command === undefined ? {} : { command: found.command }),
  }
}

/** The verdict on all of them: the worst; `skip` where nothing was tested. */
export function overall(cases: readonly TestCase[]): TestVerdict {
  const counts = tally(cases)
  return (['fail', 'warn', 'pass'] as const).find((verdict) => counts[verdict] > 0) ?? 'skip'
}

export function diagnosisLine({ cause, confidence, remedy }: TestDiagnosis): string {
  return `diagnosis: ${cause} (${Math.round(confidence * 100)} %): ${remedy}`
}
