/**
 * Runs checks in order, one at a time, and turns what they found into results. A check whose prerequisite failed is skipped
 * with the reason, unless that lets part of the answers through (`Outcome.goesOn`); one that throws has failed, with what it threw as the reason, and the run goes on. Only the loss of
 * the target itself ends a run early.
 */
import { type Clock, MILLISECOND } from '../../firmware/hal/clock.js'
import { TargetError, TimeLimitError } from '../errors/errors.js'
import { type Lateness, type LatenessMark, type LatenessWatch, tooLate } from '../serial/lateness.js'
import { EN } from '../text/en.js'
import { keyed, type LocalizableText, type SentenceKey } from '../text/keyed.js'
import { LocalizableError } from '../text/localizable-error.js'
import { say } from '../text/say.js'
import { repeatFailed } from './again.js'
import { judge } from './measure.js'
import { selectChecks } from './select.js'
import type { StopSignal } from './stop-signal.js'
import type {
  Check,
  CheckDescription,
  CheckResult,
  KeyedDescription,
  Outcome,
  RunListener,
  TimedBy,
  Verdict,
} from './types.js'

/** Whether an error ends the run (the target was lost, the time limit ran out), as opposed to failing one check. */
function endsRun(error: unknown): boolean {
  return error instanceof TargetError || error instanceof TimeLimitError
}

function describe(error: unknown): LocalizableText {
  if (error instanceof LocalizableError) return error.sentence
  if (error instanceof Error) return error.message === '' ? error.name : error.message
  return String(error)
}

export interface CheckRunnerOptions {
  /** Layers or ids; empty or left out for all. */
  readonly only?: readonly string[]
  readonly listener?: RunListener
  /** Put around each check: rejects when it takes too long. */
  readonly guard?: (running: Promise<Outcome>) => Promise<Outcome>
  /** Once it is aborted, the check under way and those behind it are skipped. */
  readonly signal?: StopSignal | undefined
  /** How late this computer is, where time is its own. */
  readonly lateness?: LatenessWatch | undefined
  /** Is called after a check that ended in an error: true where what it was done on was lost and is there again, so that it is worth another try. */
  readonly recover?: () => Promise<boolean>
  /** Why this target cannot have a check; undefined when it can. What needs such a check does without it. */
  readonly unavailable?: (check: CheckDescription) => LocalizableText | undefined
  /** What has failed is run once more at the end; left out: it is not. */
  readonly again?: {
    readonly clock: Pick<Clock, 'now'>
    /** The chip is asked for again. @returns whether the board still answers */
    readonly prepare: () => Promise<boolean>
  }
}

/** Why a check was skipped that was not begun, or not finished, when the run was ended from outside. */
export const INTERRUPTED = keyed('run.interrupted')

const SKIPPED_BY_INTERRUPTION = { verdict: 'skip', measurements: [], reason: INTERRUPTED } as const

/**
 * @throws UnknownCheckError for a name in `only` that is no check and no layer; whatever `endsRun` says ends it.
 */
export async function runEachCheck<Context>(
  checks: readonly Check<Context>[],
  context: Context,
  options: CheckRunnerOptions = {},
): Promise<CheckResult[]> {
  const { listener = {}, guard = (running) => running } = options
  const { toRun, asked } = selectChecks(checks, options.only ?? [])
  const verdicts = new Map<string, Verdict>()
  const took = new Map<string, number>()
  const results: CheckResult[] = []
  const begin = options.lateness?.mark()
  for (const check of toRun) {
    const { id, layer, title, reference } = check
    const description = { id, layer, title, reference, keyed: check.keyed ?? { title } }
    const shown = asked.has(id)
    if (shown) listener.started?.(description)
    const cannot = options.unavailable?.(description)
    const started = options.again?.clock.now ?? 0
    const outcome: Found =
      cannot === undefined
        ? await unlessInterrupted(options.signal, () =>
            onTime(check, options.lateness, begin, () => runOne(check, context, verdicts, guard, options.recover)),
          )
        : { verdict: 'skip', measurements: [], reason: cannot }
    took.set(id, (options.again?.clock.now ?? 0) - started)
    const result = resultOf(description, outcome)
    if (cannot === undefined) verdicts.set(id, outcome.goesOn === true ? 'warn' : result.verdict)
    if (!shown && result.verdict !== 'fail') continue
    results.push(result)
    listener.finished?.(result)
  }
  if (options.again === undefined || options.signal?.aborted) return results
  return repeatFailed(checks, results, {
    ...options.again,
    took,
    run: (check) => {
      const { id, layer, title, reference } = check
      listener.again?.({ id, layer, title, reference, keyed: check.keyed ?? { title } })
      return unlessInterrupted(options.signal, () =>
        onTime(check, options.lateness, begin, () => runOne(check, context, new Map(), guard, options.recover)),
      )
    },
  })
}

function resultOf(description: KeyedDescription, { verdict, measurements, reason }: Found): CheckResult {
  const { title, keyed } = description
  return {
    ...description,
    verdict,
    measurements,
    reason: say(EN, reason),
    keyed: { title: keyed?.title ?? title, reason },
  }
}

/** What is under way when the signal comes is left to itself. */
async function unlessInterrupted<T>(
  signal: StopSignal | undefined,
  run: () => Promise<T>,
): Promise<T | typeof SKIPPED_BY_INTERRUPTION> {
  if (signal === undefined) return run()
  if (signal.aborted) return SKIPPED_BY_INTERRUPTION
  let stop: () => void = () => {}
  const interrupted = new Promise<typeof SKIPPED_BY_INTERRUPTION>((resolve) => {
    stop = () => resolve(SKIPPED_BY_INTERRUPTION)
  })
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([run(), interrupted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

type Found = Pick<CheckResult, 'verdict' | 'measurements'> & {
  readonly reason: LocalizableText
  /** It failed, and does not stand in the way of others. */
  readonly goesOn?: boolean
}

/**
 * A check that missed a limit in time because this computer was busy has found out nothing: it is skipped, and says so, rather than
 * the board or its line be blamed. Its figures are left out, so that no diagnosis is made of them.
 */
async function onTime(
  check: { readonly timed?: TimedBy },
  lateness: LatenessWatch | undefined,
  begin: LatenessMark | undefined,
  run: () => Promise<Found>,
): Promise<Found> {
  if (lateness === undefined || check.timed === undefined) return run()
  const mark = check.timed === 'run' && begin !== undefined ? begin : lateness.mark()
  const found = await run()
  if (found.verdict === 'pass' || found.verdict === 'skip') return found
  const late = lateness.since(mark)
  if (!tooLate(late)) return found
  return {
    verdict: 'skip',
    measurements: [],
    reason: slowness(late, found.reason),
  }
}

function slowness({ elapsed, waited, worst, queued }: Lateness, reason: LocalizableText): LocalizableText {
  const milliseconds = (time: number): string => (time / MILLISECOND).toFixed(0)
  const values = {
    waited: milliseconds(waited),
    elapsed: milliseconds(elapsed),
    worst: milliseconds(worst),
    reason,
  }
  return queued === undefined
    ? keyed('run.too-slow', values)
    : keyed('run.too-slow-queued', { ...values, queued: milliseconds(queued) })
}

/** Of a check in whose course the board restarted: the restart is told by serial.restarts, and need not spoil what stands on the check. */
const ATTEMPTS = 2

async function runOne<Context>(
  check: Check<Context>,
  context: Context,
  verdicts: ReadonlyMap<string, Verdict>,
  guard: (running: Promise<Outcome>) => Promise<Outcome>,
  recover: () => Promise<boolean> = async () => false,
): Promise<Found> {
  const missing = check.needs.find((need) => {
    const verdict = verdicts.get(need)
    return verdict === 'fail' || verdict === 'skip'
  })
  if (missing !== undefined) {
    const key = verdicts.get(missing) === 'fail' ? 'run.needs-failed' : 'run.needs-skipped'
    return { verdict: 'skip', measurements: [], reason: keyed(key, { check: missing }) }
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await guard(check.run(context))
      const judged = judge(outcome)
      const goesOn = judged.verdict === 'fail' && outcome.goesOn === true
      return { ...judged, measurements: outcome.measurements, goesOn }
    } catch (error) {
      if (endsRun(error)) throw error
      if ((await recover()) && attempt < ATTEMPTS) continue
      return { verdict: 'fail', measurements: [], reason: describe(error) }
    }
  }
}

/** Why the rest of a run was not looked at: somebody ended it, or its time was over. */
export const TIME_IS_UP = keyed('run.time-limit')

/**
 * The worst that happened; skipped checks count only when there is nothing else. A run that was interrupted before anything
 * failed says nothing of the board: it is skipped as a whole.
 */
export function overallVerdict(results: readonly CheckResult[]): Verdict {
  if (howCutShort(results) !== undefined) return results.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'skip'
  for (const verdict of ['fail', 'warn', 'pass'] as const) {
    if (results.some((result) => result.verdict === verdict)) return verdict
  }
  return 'skip'
}

/** What ended a run before it was done; undefined where nothing did. */
export function howCutShort(results: readonly CheckResult[]): 'interrupted' | 'time-limit' | undefined {
  const keys = new Set(results.filter(({ verdict }) => verdict === 'skip').map(reasonKey))
  if (keys.has(INTERRUPTED.key)) return 'interrupted'
  return keys.has(TIME_IS_UP.key) ? 'time-limit' : undefined
}

/** Which sentence the reason is; undefined where it is somebody else's words, or there is none. */
export function reasonKey({ keyed }: CheckResult): SentenceKey | undefined {
  const reason = keyed?.reason
  return typeof reason === 'object' && 'key' in reason ? reason.key : undefined
}
