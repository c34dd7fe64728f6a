/** One run of a campaign: a simulated board that is checked, as `linkpulse check` does, or a sketch that is judged, as `linkpulse run` does. */
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import { findBoard } from '../../../boards/catalogue/catalogue.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import type { ServiceName } from '../../../firmware/services/service.js'
import type { CampaignOutcome } from '../../campaign-file/result.js'
import { checkOpened } from '../../check/run.js'
import type { Report } from '../../check/types.js'
import type { CheckView } from '../../check/view.js'
import { TimeLimitError } from '../../errors/errors.js'
import { readTextFile } from '../files/input.js'
import { readImage } from '../run/image.js'
import { RunJudge } from '../run/judge.js'
import { Run } from '../run/runner.js'
import { readDiagram, SCENARIO_INPUT } from '../scenario/project.js'
import { parseScenario, type Scenario } from '../scenario/scenario.js'
import { openTarget } from '../serial/open-target.js'

/** What is tested, with everything that the process needs which does it. */
export type CampaignSubject = BoardSubject | SketchSubject

export interface BoardSubject {
  readonly kind: 'board'
  /** `model:uno` */
  readonly target: string
  readonly only: readonly string[]
  readonly view: CheckView
}

/** Paths are absolute. */
export interface SketchSubject {
  readonly kind: 'sketch'
  readonly name: string
  readonly firmware: string
  readonly board: string
  readonly pins: { readonly cs: number; readonly int: number; readonly reset: number | null }
  readonly scenario: string | null
  readonly diagram: string | null
  readonly expected: readonly string[]
  readonly forbidden: readonly string[]
  readonly strict: boolean
  /** Nanoseconds after which what is expected is too late. */
  readonly deadline: number
  /** Nanoseconds after which the run is over. */
  readonly until: number
  readonly errata: Readonly<Record<string, boolean>>
  readonly services: readonly ServiceName[]
}

/** One run, as it is sent to a process of the pool. */
export interface RunJob {
  readonly subject: CampaignSubject
  readonly faults: readonly string[]
  readonly seed: number
}

/** As `linkpulse check` has it. */
const TIME_LIMIT = 3600 * SECOND
/** Causes that are kept. */
const CAUSES = 3

/** @returns the same for the same job, on every machine; where the run could not be made, why (`error`) */
export async function performJob({ subject, faults, seed }: RunJob): Promise<CampaignOutcome> {
  try {
    return await (subject.kind === 'board' ? checkBoard(subject, faults, seed) : judgeSketch(subject, faults, seed))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { outcome: 'error', reason, failed: [], diagnosis: [], seconds: 0 }
  }
}

async function checkBoard(
  { target: name, only, view }: BoardSubject,
  faults: readonly string[],
  seed: number,
): Promise<CampaignOutcome> {
  const target = await openTarget(name, { faults, seed, timeLimit: TIME_LIMIT, sharesTime: true })
  try {
    const report = await checkOpened(target, { only, view })
    return { ...outcomeOf(report), seconds: target.clock.now / SECOND }
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error
    return { outcome: 'fail', reason: error.message, failed: [], diagnosis: [], seconds: target.clock.now / SECOND }
  }
}

function outcomeOf({ verdict, checks, diagnosis }: Report): Omit<CampaignOutcome, 'seconds'> {
  const failed = checks.filter((check) => check.verdict === 'fail')
  const [first, ...others] = failed
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  const causes = diagnosis
    .slice(0, CAUSES)
    .map(({ cause, confidence, class: alike }) => ({ cause, confidence, class: alike }))
  return {
    outcome: verdict === 'fail' ? 'fail' : 'pass',
    reason: first === undefined ? '' : `${first.id}: ${first.reason || first.title}${more}`,
    failed: failed.map(({ id }) => id),
    diagnosis: causes,
  }
}

/** A run of a sketch that has not begun, and who judges it. */
export interface PreparedSketch {
  readonly run: Run
  readonly judge: RunJudge
}

/** Each file is read once in a process. */
const images = new Map<string, Promise<FlashImage>>()
const scenarios = new Map<string, Promise<Scenario>>()

function once<Value>(known: Map<string, Promise<Value>>, path: string, read: () => Promise<Value>): Promise<Value> {
  const value = known.get(path) ?? read()
  known.set(path, value)
  return value
}

/** @throws UsageError for a file that cannot be read; FileProblem for what is wrong in one; RangeError for what does not fit together */
export async function prepareSketch(
  subject: SketchSubject,
  faults: readonly string[],
  seed: number,
): Promise<PreparedSketch> {
  const { firmware, diagram, expected, forbidden, deadline, pins } = subject
  const image = await once(images, firmware, () => readImage(firmware))
  const scenario = subject.scenario === null ? undefined : await scenarioAt(subject.scenario)
  const circuit = diagram === null ? undefined : await readDiagram(diagram)
  const run = new Run({
    images: [{ name: subject.name, image }],
    definition: findBoard(subject.board),
    pins: { ...pins, reset: pins.reset ?? undefined },
    seed,
    partner: 'host',
    services: subject.services,
    errata: subject.errata,
    baud: undefined,
    faults,
    awaited: scenario !== undefined,
  })
  try {
    return { run, judge: new RunJudge({ run, scenario, circuit, expected, forbidden, deadline }) }
  } catch (error) {
    run.close()
    throw error
  }
}

function scenarioAt(path: string): Promise<Scenario> {
  return once(scenarios, path, async () => parseScenario(path, await readTextFile(path, SCENARIO_INPUT)))
}

async function judgeSketch(subject: SketchSubject, faults: readonly string[], seed: number): Promise<CampaignOutcome> {
  const { run, judge } = await prepareSketch(subject, faults, seed)
  try {
    const unmet: string[] = []
    const reasons: string[] = []
    const decided = (name: string, verdict: string, reason: string): void => {
      if (verdict === 'met') return
      // Where a step stands depends on where the campaign lies.
      const said = subject.scenario === null ? name : name.replace(subject.scenario, SCENARIO)
      unmet.push(said)
      reasons.push(`${said}: ${reason}`)
    }
    let finding: string | undefined
    run.onFinding((_, { text, mild }) => {
      if (!subject.strict || mild || finding !== undefined) return
      finding = text
      run.stop()
    })
    judge.start(decided)
    await run.asFastAsPossible(subject.until)
    const status = judge.end(decided)
    if (finding !== undefined) {
      unmet.push('strict')
      reasons.unshift(`a finding: ${finding}`)
    }
    const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : ''
    return {
      outcome: status === 0 && finding === undefined ? 'pass' : 'fail',
      reason: reasons.length === 0 ? '' : `${reasons[0]}${more}`,
      failed: unmet,
      diagnosis: [],
      seconds: run.lab.now / SECOND,
    }
  } finally {
    run.close()
  }
}

const SCENARIO = 'scenario'
