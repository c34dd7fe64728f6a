/** `check --watch`: the same board again and again, and what changes. */
import { CHECK_FORMS } from '../../../check/report/format.js'
import type { CheckOptions } from '../../../check/run.js'
import type { CheckResult, KeyedDescription, RunListener } from '../../../check/types.js'
import { checkView } from '../../../check/view.js'
import { roundDocument } from '../../../check/watch/document.js'
import { WatchLines, WatchStatus } from '../../../check/watch/text.js'
import { Watch, type WatchedRound, type WatchListener } from '../../../check/watch/watch.js'
import { TargetError, UsageError } from '../../../errors/errors.js'
import { later, monotonic } from '../../../event-loop.js'
import type { Target } from '../../../target/target.js'
import { cutColumns } from '../../../text/columns.js'
import { keyed, type LocalizableText } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import type { ArgumentsOf } from '../arguments.js'
import { CheckTimes } from '../check-times.js'
import { closeAll } from '../close-check.js'
import { Interruption, openedUnlessAborted } from '../interruption.js'
import { Outputs } from '../outputs.js'
import { printJsonLine } from '../print-json.js'
import { ReportFiles } from '../report-files.js'
import { print, StatusLine, tell } from '../say.js'
import { Recording } from '../simulation.js'
import { readerGone } from '../standard-output.js'
import { width } from '../terminal.js'
import { liveReporter, ticking } from '../terminal-reporter.js'
import { WORDS } from '../words.js'
import type { CHECK_COMMAND } from './check.command.js'

const MOST_ROUNDS = 1_000_000
/** Between two tries to open a port that was lost, ms. */
const TRY_AGAIN_MILLISECONDS = 500

export interface WatchedBoard {
  /** As it was named. */
  readonly name: string
  readonly simulated: boolean
  readonly open: () => Promise<Target>
  readonly options: CheckOptions
  /** What a target is, in words. */
  readonly describe: (target: Target) => LocalizableText
}

/** @returns the exit status of the last whole round @throws TargetError when the target is lost for good, and in the first round */
export async function watchBoard(given: ArgumentsOf<typeof CHECK_COMMAND>, board: WatchedBoard): Promise<number> {
  const { name, simulated, open, options, describe } = board
  const limit = given.whole('rounds', 1, MOST_ROUNDS)
  const outputs = new Outputs(given)
  const reports = new ReportFiles(outputs, CHECK_FORMS)
  const recording = new Recording(given, outputs)
  const interruption = new Interruption()
  const { signal } = interruption
  let target: Target | undefined
  let last: WatchedRound | undefined
  let lastTimes = new CheckTimes()
  let stopTicking = (): void => {}
  try {
    target = await openedUnlessAborted(signal, open())
    recording.start(target.bench, name)
    const wall = monotonic()
    let began = target.clock.now
    const elapsedSeconds = (): number => (target === undefined ? monotonic() - wall : target.clock.now - began) / 1e9
    const display: Display = given.has('json')
      ? new JsonDisplay()
      : new TextDisplay(target, { board: say(WORDS, describe(target)), options, elapsedSeconds })
    stopTicking = ticking(display)
    const watch = new Watch(display)
    while (watch.rounds < (limit ?? MOST_ROUNDS) && !signal.aborted && !readerGone.aborted) {
      try {
        const times = new CheckTimes()
        const listener = times.listener(target, display)
        const round = await watch.round(target, { ...options, signal, listener }, began)
        if (round.interrupted) break
        last = round
        lastTimes = times
        display.round(round, watch.repeated ?? [])
      } catch (error) {
        // A script that says how many rounds there are waits for nobody.
        if (!(error instanceof TargetError) || simulated || limit !== undefined || last === undefined) throw error
        display.lost()
        await target.close()
        target = undefined
        target = await openedAgain(open, signal, error)
        began = target.clock.now - (monotonic() - wall)
        display.found()
      }
      if (simulated && limit === undefined) await rest(elapsedSeconds() * 1e9 - (monotonic() - wall), signal)
    }
    if (last === undefined) interruption.check('no round was whole by then')
    else display.end(last)
    if (last !== undefined) reports.write({ report: last.report, seconds: lastTimes.seconds })
    return last?.report.verdict === 'fail' ? 1 : 0
  } catch (error) {
    if (error instanceof UsageError) outputs.discard()
    throw error
  } finally {
    stopTicking()
    interruption.end()
    await closeAll(target, recording, reports)
  }
}

/** A port that was lost is often there again in a moment: a plug that was pulled, a hub that starts anew. @throws `lost` once nobody waits any more */
async function openedAgain(open: () => Promise<Target>, signal: AbortSignal, lost: TargetError): Promise<Target> {
  for (;;) {
    await rest(TRY_AGAIN_MILLISECONDS * 1e6, signal)
    if (signal.aborted || readerGone.aborted) throw lost
    try {
      return await open()
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
    }
  }
}

/** Waits so many nanoseconds, or until the signal. */
function rest(nanoseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || nanoseconds <= 0) return resolve()
    const done = (): void => {
      forget()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const forget = later(Math.ceil(nanoseconds / 1e6), done)
    signal.addEventListener('abort', done)
  })
}

/** What is shown of a watch. */
interface Display extends RunListener, WatchListener {
  /** Shows what is under way anew: time has passed. */
  tick(): void
  /** @param checks that each further round has, by identifier */
  round(round: WatchedRound, checks: readonly string[]): void
  lost(): void
  found(): void
  end(last: WatchedRound): void
}

/** A line of JSON a round. */
class JsonDisplay implements Display {
  tick(): void {}

  round(round: WatchedRound): void {
    printJsonLine(roundDocument(round))
  }

  lost(): void {
    tell(`linkpulse: ${say(WORDS, keyed('watch.lost'))}\n`)
  }

  found(): void {
    tell(`linkpulse: ${say(WORDS, keyed('watch.found'))}\n`)
  }

  end(): void {}
}

interface TextDisplayOptions {
  /** What is watched, in words. */
  readonly board: string
  readonly options: CheckOptions
  /** Seconds since the watch began. */
  readonly elapsedSeconds: () => number
}

/** The first round as `check` shows it; from then on a line a change, and on a terminal one below them that says how it stands. */
class TextDisplay extends WatchLines implements Display {
  readonly #elapsedSeconds: () => number
  readonly #status = new WatchStatus(WORDS)
  readonly #line: StatusLine
  readonly #first: ReturnType<typeof liveReporter>
  #round = 1
  /** That is under way, of a round after the first; undefined while the target is lost. */
  #check: string | undefined

  constructor(target: Target, { board, options, elapsedSeconds }: TextDisplayOptions) {
    const line = new StatusLine()
    super(WORDS, (text) => {
      line.clear()
      print(`${text}\n`)
    })
    this.#elapsedSeconds = elapsedSeconds
    this.#line = line
    this.#first = liveReporter(target, options.only ?? [])
    this.#first.begin({
      target: target.name,
      board,
      seed: target.seed,
      view: checkView(String(options.view ?? 'desk')),
    })
  }

  started(check: KeyedDescription): void {
    if (this.#round === 1) this.#first.started(check)
    else this.#show(check.id)
  }

  finished(result: CheckResult): void {
    this.#status.finished(result)
    if (this.#round === 1) this.#first.finished(result)
  }

  tick(): void {
    if (this.#round === 1) this.#first.tick()
    else if (this.#check !== undefined) this.#show(this.#check)
  }

  round({ number, report }: WatchedRound, checks: readonly string[]): void {
    if (number === 1) {
      this.#first.end(report)
      this.#status.keep(checks)
      tell(`${say(WORDS, keyed('watch.begins', { checks: checks.length }))}\n`)
    }
    this.#round = number + 1
    this.#show('')
  }

  lost(): void {
    this.#check = undefined
    this.note(this.#elapsedSeconds(), keyed('watch.lost'))
  }

  found(): void {
    this.note(this.#elapsedSeconds(), keyed('watch.found'))
  }

  #show(check: string): void {
    this.#check = check
    const text = this.#status.line(this.#elapsedSeconds(), this.#round, check)
    const columns = width(process.stderr)
    this.#line.show(columns === undefined ? text : cutColumns(text, columns - 1))
  }
}
