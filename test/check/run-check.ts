/** Check runs for tests, in memory and in virtual time. */
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { CableCapture } from '../../host/capture/cable-capture.js'
import { PcapngWriter } from '../../host/capture/pcapng.js'
import { reportDocument } from '../../host/check/report/document.js'
import { checkTarget } from '../../host/check/run.js'
import type { Report } from '../../host/check/types.js'
import type { CheckView } from '../../host/check/view.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { reportFaults } from '../schema/judge.js'

export interface CheckRun {
  readonly report: Report
  /** pcapng, where it was asked for. */
  readonly capture: Uint8Array
  /** Virtual nanoseconds the run took. */
  readonly took: number
}

export interface CheckRunOptions {
  /** Of the catalogue, or a definition; the Uno by default. */
  readonly board?: string | BoardDefinition
  /** Symbols a second. */
  readonly baud?: number
  readonly seed?: number
  readonly faults?: readonly string[]
  readonly only?: readonly string[]
  /** `desk` by default. */
  readonly view?: CheckView
  readonly capture?: boolean
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const octets = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    octets.set(part, at)
    at += part.length
  }
  return octets
}

/** @throws Error when the report is not as its published schema has it */
export async function runCheck(options: CheckRunOptions = {}): Promise<CheckRun> {
  const { board = 'uno', baud, seed = 1, faults = [], only, view } = options
  const target = await openTarget(`model:${typeof board === 'string' ? board : board.name}`, {
    seed,
    faults,
    ...(typeof board === 'string' ? {} : { board }),
    ...(baud === undefined ? {} : { baud }),
  })
  const parts: Uint8Array[] = []
  const bench = target.bench!
  const capture = options.capture
    ? new CableCapture({
        cable: bench.cable,
        writer: new PcapngWriter((octets) => parts.push(octets.slice())),
        ports: { a: bench.board.name },
      })
    : undefined
  try {
    const report = await checkTarget(target, {
      ...(only === undefined ? {} : { only }),
      ...(view === undefined ? {} : { view }),
    })
    capture?.close()
    const faultsOfForm = reportFaults(JSON.parse(JSON.stringify(reportDocument(report))))
    if (faultsOfForm.length > 0) throw new Error(`not as schema/report.json has it: ${faultsOfForm.join('; ')}`)
    return { report, capture: join(parts), took: target.clock.now }
  } finally {
    await target.close()
  }
}

/** What went wrong, for a failed expectation to print. */
export function complaints(report: Report): string[] {
  return report.checks
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    .map(({ id, verdict, reason }) => `${verdict} ${id}: ${reason}`)
}
