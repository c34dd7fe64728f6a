/**
 * Runs checks in order, one at a time, and turns what they found into results. A check whose prerequisite failed is skipped
 * with the reason; one that throws has failed, with what it threw as the reason, and the run goes on. Only the loss of
 * the target itself ends a run early.
 */
import { TargetError, TimeLimitError } from '../serial/errors.js'
import { judge } from './measure.js'
import { selectChecks } from './select.js'
import type { Check, CheckDescription, CheckResult, Outcome, RunListener, Verdict } from './types.js'

/** Whether an error ends the run (the target was lost, the time limit ran out), as opposed to failing one check. */
export function endsRun(error: unknown): boolean {
  return error instanceof TargetError || error instanceof TimeLimitError
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message
  return String(error)
}

export interface RunOptions {
  /** Layers or ids; empty or left out for all. */
  readonly only?: readonly string[]
  readonly listener?: RunListener
  /** Put around each check: rejects when it takes too long. */
  readonly guard?: (running: Promise<Outcome>) => Promise<Outcome>
  /** Why this target cannot have a check; undefined when it can. What needs such a check does without it. */
  readonly unavailable?: (check: CheckDescription) => string | undefined
}

/**
 * @throws UnknownCheckError for a name in `only` that is no check and no layer; whatever `endsRun` says ends it.
 */
export async function runChecks<Context>(
  checks: readonly Check<Context>[],
  context: Context,
  options: RunOptions = {},
): Promise<CheckResult[]> {
  const { listener = {}, guard = (running) => running } = options
  const { toRun, asked } = selectChecks(checks, options.only ?? [])
  const verdicts = new Map<string, Verdict>()
  const results: CheckResult[] = []
  for (const check of toRun) {
    const { id, layer, title, reference } = check
    const description = { id, layer, title, reference }
    const shown = asked.has(id)
    if (shown) listener.started?.(description)
    const cannot = options.unavailable?.(description)
    const outcome: Pick<CheckResult, 'verdict' | 'measurements' | 'reason'> =
      cannot === undefined
        ? await runOne(check, context, verdicts, guard)
        : { verdict: 'skip', measurements: [], reason: cannot }
    const result: CheckResult = { ...description, ...outcome }
    if (cannot === undefined) verdicts.set(id, result.verdict)
    if (!shown && result.verdict !== 'fail') continue
    results.push(result)
    listener.finished?.(result)
  }
  return results
}

async function runOne<Context>(
  check: Check<Context>,
  context: Context,
  verdicts: ReadonlyMap<string, Verdict>,
  guard: (running: Promise<Outcome>) => Promise<Outcome>,
): Promise<Pick<CheckResult, 'verdict' | 'measurements' | 'reason'>> {
  const missing = check.needs.find((need) => {
    const verdict = verdicts.get(need)
    return verdict === 'fail' || verdict === 'skip'
  })
  if (missing !== undefined) {
    const what = verdicts.get(missing) === 'fail' ? 'failed' : 'was skipped'
    return { verdict: 'skip', measurements: [], reason: `needs ${missing}, which ${what}` }
  }
  try {
    const outcome = await guard(check.run(context))
    return { ...judge(outcome), measurements: outcome.measurements }
  } catch (error) {
    if (endsRun(error)) throw error
    return { verdict: 'fail', measurements: [], reason: describe(error) }
  }
}

/** The worst that happened; skipped checks count only when there is nothing else. */
export function overallVerdict(results: readonly CheckResult[]): Verdict {
  for (const verdict of ['fail', 'warn', 'pass'] as const) {
    if (results.some((result) => result.verdict === verdict)) return verdict
  }
  return 'skip'
}
