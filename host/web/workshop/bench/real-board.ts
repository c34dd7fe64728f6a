/** The check suite on a board at a serial port of the browser's: in the page itself, which alone has the port that was chosen. */
import { progressWords } from '../../../check/progress/in-words.js'
import { progressOf } from '../../../check/progress/progress-of.js'
import { checkOpened } from '../../../check/run.js'
import type { StopSignal } from '../../../check/stop-signal.js'
import type { CheckResult, Report } from '../../../check/types.js'
import type { LocalizableText } from '../../../text/keyed.js'
import type { WebSerialPort } from '../../web-serial.js'
import { openWebSerial } from '../../web-serial-target.js'

/** How far a run is. */
export interface RealRun {
  /** As reports name it. */
  readonly port: string
  readonly results: readonly CheckResult[]
  readonly done: number
  readonly of: number
  readonly progress: LocalizableText
  readonly title: LocalizableText | undefined
}

export interface RealBoardOptions {
  /** A layer; empty: all. */
  readonly only: string
  readonly signal: StopSignal
  changed(run: RealRun): void
}

/**
 * Opens the port, checks what is there and closes it again. It is opened once: each opening raises DTR, which resets many boards.
 * @throws TargetError where it cannot be opened, or is lost
 */
export async function checkRealBoard(port: WebSerialPort, options: RealBoardOptions): Promise<Report> {
  const { only, signal, changed } = options
  const target = await openWebSerial(port)
  const chosen = only === '' ? [] : [only]
  const progress = progressOf(chosen, target.line.baud)
  const results: CheckResult[] = []
  const tell = (title: LocalizableText | undefined) => {
    const { now } = progress
    const { done, of } = now
    changed({ port: target.name, results: [...results], done, of, progress: progressWords(now), title })
  }
  return checkOpened(target, {
    only: chosen,
    signal,
    listener: {
      started(check) {
        progress.started(check.id)
        tell(check.keyed?.title ?? check.title)
      },
      finished(result) {
        progress.finished(result)
        results.push(result)
        tell(undefined)
      },
    },
  })
}
