/**
 * The interfaces that Wireshark lists: a simulated board that is made for the capture, and each `linkpulse serve` and `linkpulse net up` of this
 * user that runs. Each of them on all its links, and on one of them.
 */
import { CAPTURE_LINKS, type CaptureLink } from '../../capture/pcapng.js'
import { TargetError } from '../../errors/errors.js'
import { type Running, type RunningKind, running } from '../network/control.js'

/** What is captured: on one link, or on all that there are. */
export interface CaptureSource {
  /** Undefined: a board that is made for the capture. */
  readonly runs: { readonly kind: RunningKind; readonly process: number } | undefined
  readonly link: CaptureLink | undefined
}

const NAME = /^linkpulse(?:-(serve|net)-(\d+))?(?:-(ethernet|serial-link|spi))?$/

export function nameOf({ runs, link }: CaptureSource): string {
  const which = runs === undefined ? '' : `-${runs.kind}-${runs.process}`
  return `linkpulse${which}${link === undefined ? '' : `-${link}`}`
}

/** What an interface's name means; undefined for one that is not ours. */
export function sourceNamed(name: string): CaptureSource | undefined {
  const [whole, kind, process, link] = NAME.exec(name) ?? []
  if (whole === undefined) return undefined
  const runs = kind === undefined ? undefined : { kind: kind as RunningKind, process: Number(process) }
  return { runs, link: link as CaptureLink | undefined }
}

export interface OfferedInterface {
  readonly source: CaptureSource
  /** Of those that run. */
  readonly running?: Running
}

/** On all links first. The kernel's end of a `net up` has frames only. */
const linksOf = (kind: RunningKind | undefined): readonly (CaptureLink | undefined)[] =>
  kind === 'net' ? [undefined] : [undefined, ...CAPTURE_LINKS]

/** All there are now. */
export async function offeredInterfaces(): Promise<readonly OfferedInterface[]> {
  const all: OfferedInterface[] = linksOf(undefined).map((link) => ({ source: { runs: undefined, link } }))
  for (const kind of ['serve', 'net'] as const) {
    for (const each of await running(kind)) {
      const runs = { kind, process: each.process }
      all.push(...linksOf(kind).map((link) => ({ source: { runs, link }, running: each })))
    }
  }
  return all
}

/** The command that is meant. @throws TargetError when it does not run any more */
export async function runningOf(runs: NonNullable<CaptureSource['runs']>): Promise<Running> {
  const found = (await running(runs.kind)).find(({ process }) => process === runs.process)
  if (found !== undefined) return found
  throw new TargetError(
    `process ${runs.process} does not serve a board of yours any more; refresh the list of interfaces (in Wireshark: F5)`,
  )
}
