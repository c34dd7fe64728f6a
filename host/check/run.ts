/** A check run on a target, from the first session cell to the report. */

import { SECOND } from '../../firmware/hal/clock.js'
import { TimeLimitError, UsageError } from '../errors/errors.js'
import { rangeAsUsage } from '../errors/range-as-usage.js'
import type { Target } from '../target/target.js'
import { EN } from '../text/en.js'
import { keyed } from '../text/keyed.js'
import { LocalizableError } from '../text/localizable-error.js'
import { say } from '../text/say.js'
import { CHECKS } from './check-list.js'
import type { CheckContext, KnownRate } from './context.js'
import { diagnose } from './diagnosis/diagnose.js'
import { type NetworkOptions, TargetNetwork } from './network-plan.js'
import { type OccupantOptions, PortOccupant } from './port-occupant.js'
import { overallVerdict, runEachCheck, TIME_IS_UP } from './runner.js'
import { selectChecks, UnknownCheckError } from './select.js'
import type { TargetSession } from './session.js'
import { sessionOn } from './session-on.js'
import type { StopSignal } from './stop-signal.js'
import type { CheckResult, Counters, Diagnosis, Outcome, Report, RunListener, Verdict } from './types.js'
import type { CheckView } from './view.js'

export interface CheckOptions extends NetworkOptions, OccupantOptions {
  /** Layers or check ids; empty or left out for all. */
  readonly only?: readonly string[]
  readonly listener?: RunListener
  /** What a run before this one has found out, on the same target: a round of a watch measures quickly what may have changed. */
  readonly known?: KnownRate
  /** Is called with what is known when the time limit runs out, before its error is thrown. */
  readonly onTimeLimit?: (report: Report) => void
  /** For how long `network.steady` watches chip and link at the end, at least: for what goes wrong once in half a minute. */
  readonly soakSeconds?: number
  /**
   * What has failed is run once more at the end, as far as that takes no longer than half a minute: by default it is, except in a round of a
   * watch, which is repeated as a whole.
   */
  readonly again?: boolean
  /** Ends the run once it is aborted: what was checked by then is reported, the rest is skipped. */
  readonly signal?: StopSignal
}

/** No check takes this long unless something hangs. */
const CHECK_LIMIT = 60 * SECOND
/** The longest watch at the end of a run: a day, s. */
export const LONGEST_SOAK_SECONDS = 86_400

/**
 * Checks a target and says what is wrong with it. The target is left open.
 * @throws UnknownCheckError for a name in `only`; RangeError for invalid addresses, an unknown view or an impossible `soakSeconds`; TargetError when the target
 * is lost; TimeLimitError.
 */
export async function checkTarget(target: Target, given: CheckOptions = {}): Promise<Report> {
  const options = { ...asRecorded(target), ...given }
  const session = sessionOn(target)
  const planned = () => ({ plan: new TargetNetwork(target, session, options), soak: soakOf(options) })
  const { plan, soak } =
    target.recorded === undefined ? planned() : rangeAsUsage(planned, `the recording of ${target.name}`)
  const context: CheckContext = {
    soak,
    clock: target.clock,
    random: target.random.fork('checks'),
    serial: session,
    chip: session,
    network: plan,
    ...(options.known === undefined ? {} : { known: options.known }),
  }
  const occupant = new PortOccupant(target, options)
  let gone = false
  const done: CheckResult[] = []
  const report = (checks: readonly CheckResult[], counters: Counters): Report => {
    const foreign = occupant.diagnosis
    const heard = session.identity?.board ? null : occupant.found
    const explained = diagnose(checks, { occupant: heard })
    const diagnosis = foreign === undefined ? explained.diagnosis : [foreign]
    return {
      target: target.name,
      backend: target.backend,
      board: session.identity?.board || target.board,
      seed: target.seed,
      view: plan.view,
      checks,
      occupant: heard,
      // Whoever is known to be no board of ours has none of its faults.
      diagnosis,
      unexplained: foreign === undefined ? explained.unexplained : [],
      nextMeasurement: foreign === undefined ? explained.next : null,
      findings: target.surroundings?.findings() ?? [],
      counters,
      verdict: verdictWith(diagnosis, overallVerdict(checks)),
    }
  }
  const work = async (): Promise<Report> => {
    const checks = await runEachCheck(occupant.listening(CHECKS), context, {
      ...(options.only === undefined ? {} : { only: options.only }),
      listener: {
        started: (check) => options.listener?.started?.(check),
        finished(result) {
          done.push(result)
          options.listener?.finished?.(result)
        },
        again: (check) => options.listener?.again?.(check),
      },
      signal: firstOf(options.signal, target.recorded?.stopped),
      lateness: target.lateness,
      guard: (running) => withLimit(target, session, running, CHECK_LIMIT + soak),
      recover: async () => {
        const back = await session.recover()
        // Whoever watches need not wait for each check to find out anew that nobody answers: the next round does, from its beginning.
        gone = options.known !== undefined && target.programmer === undefined && session.identity === undefined
        return back
      },
      ...(options.again === false || options.known !== undefined
        ? {}
        : {
            again: {
              clock: target.clock,
              prepare: () => {
                // Two who drive one chip would disturb each other.
                plan.stopController()
                return session.lendAgain()
              },
            },
          }),
      unavailable: (check) =>
        session.unavailable(check) ?? occupant.unavailable(check) ?? (gone ? keyed('run.gone') : undefined),
    })
    plan.stopController()
    await session.handBack()
    const whole = report(checks, await countersOf(target, session, plan.view))
    await session.close()
    return whole
  }
  try {
    return await target.drive(work())
  } catch (error) {
    if (error instanceof TimeLimitError) options.onTimeLimit?.(report([...done, ...unfinished(done, options.only)], {}))
    throw error
  }
}

/** What was not begun, or not finished, when the time limit ran out. */
function unfinished(done: readonly CheckResult[], only: readonly string[] | undefined): CheckResult[] {
  const { toRun, asked } = selectChecks(CHECKS, only ?? [])
  return toRun
    .filter(({ id }) => asked.has(id) && !done.some((result) => result.id === id))
    .map(({ id, layer, title, reference, keyed: keys }) => ({
      ...{ id, layer, title, reference, verdict: 'skip', measurements: [], reason: say(EN, TIME_IS_UP) },
      keyed: { title: keys?.title ?? title, reason: TIME_IS_UP },
    }))
}

/** Where every check has passed and yet something is broken, the run has not: all figures together say more than each alone. */
function verdictWith(diagnosis: readonly Diagnosis[], verdict: Verdict): Verdict {
  return verdict === 'pass' && diagnosis.length > 0 ? 'warn' : verdict
}

/** Checks a target, and closes it whatever comes of it. */
export async function checkOpened(target: Target, options: CheckOptions): Promise<Report> {
  try {
    return await checkTarget(target, options)
  } finally {
    await target.close()
  }
}

/** What the run was told that the target is a recording of. @throws UsageError for what this version cannot be told */
function asRecorded({ name, recorded }: Target): CheckOptions {
  // A recording that does not say so is of a version that repeated nothing.
  const options: CheckOptions = recorded === undefined ? {} : { again: false, ...recorded.options }
  const place = `the recording of ${name} has options that this linkpulse has not`
  for (const [option, value] of Object.entries(options) as [string, unknown][]) {
    const isList = Array.isArray(value) && value.every((each) => typeof each === 'string')
    if (option === 'only' ? isList : isList || ['string', 'number', 'boolean'].includes(typeof value)) continue
    throw new UsageError(`${place}: ${option}`)
  }
  try {
    selectChecks(CHECKS, options.only ?? [])
  } catch (error) {
    if (error instanceof UnknownCheckError) throw new UsageError(`${place}: ${error.message}`, { cause: error })
    throw error
  }
  return options
}

/** Ends a run when either does. */
function firstOf(one: StopSignal | undefined, other: StopSignal | undefined): StopSignal | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return {
    get aborted() {
      return one.aborted || other.aborted
    },
    addEventListener(type, listener) {
      for (const each of [one, other]) each.addEventListener(type, listener)
    },
    removeEventListener(type, listener) {
      for (const each of [one, other]) each.removeEventListener(type, listener)
    },
  }
}

/** In nanoseconds. @throws RangeError for what is no time, or longer than anybody watches */
function soakOf({ soakSeconds = 0 }: CheckOptions): number {
  if (!(soakSeconds >= 0 && soakSeconds <= LONGEST_SOAK_SECONDS))
    throw new RangeError(`soakSeconds is a time from 0 to ${LONGEST_SOAK_SECONDS} s, not ${soakSeconds}`)
  return Math.round(soakSeconds * SECOND)
}

/**
 * A check that is late is ended with what it has running on the chip: the next ones would wait behind it.
 * @param limit nanoseconds
 */
function withLimit(target: Target, session: TargetSession, running: Promise<Outcome>, limit: number): Promise<Outcome> {
  let fail: (error: Error) => void = () => {}
  const late = new Promise<never>((_, reject) => {
    fail = reject
  })
  const timer = target.clock.after(limit, () => {
    const error = new LocalizableError(keyed('run.too-long', { seconds: limit / SECOND }))
    fail(error)
    session.abandonPrograms(error)
  })
  return Promise.race([running, late]).finally(() => target.clock.cancel(timer))
}

async function countersOf(target: Target, session: TargetSession, view: CheckView): Promise<Counters> {
  const counters: Record<string, Readonly<Record<string, number>>> = { ...(await session.counters()) }
  const { surroundings } = target
  if (surroundings === undefined) return counters
  const chip = surroundings.chipCounts()
  if (Object.keys(chip).length > 0) counters.chip = chip
  if (view === 'bench') Object.assign(counters, surroundings.partnerCounts())
  return counters
}
