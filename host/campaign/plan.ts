/** What a campaign runs: each check run in full, so that its result depends on nothing but this. */
import type { ForeignTraffic } from '../../boards/ethernet/foreign-traffic.js'
import type { BoxKind } from '../../boards/faults/between.js'
import type { SiliconRevision } from '../../firmware/enc28j60/registers.js'
import type { CheckView } from '../check/view.js'

export interface PlannedRun {
  /** Of the catalogue. */
  readonly board: string
  /** The board's own by default. */
  readonly revision?: SiliconRevision
  /** Faults as `--fault` takes them. */
  readonly faults: readonly string[]
  readonly seed: number
  /** Symbols a second; the board's own by default. */
  readonly baud?: number
  /** A box between board and partner; with foreign traffic there is a hub at least. */
  readonly between?: BoxKind
  readonly traffic?: ForeignTraffic
  /** Metres between board and what is next to it; a fault that asks for another length has it. */
  readonly cableLength?: number
  /** `desk` by default. */
  readonly view?: CheckView
  /** What a user would suffer is measured as well, on another bench of the same kind. */
  readonly harm?: true
}

/** What tells a run from all others, the same whatever the order in which its parts were given. */
export function runKey({
  board,
  revision,
  faults,
  seed,
  baud,
  between,
  traffic,
  cableLength,
  view,
  harm,
}: PlannedRun): string {
  const parts = [
    board,
    revision,
    faults.join('+'),
    seed,
    baud,
    between,
    traffic === undefined
      ? undefined
      : `${traffic.to.join('+')}/${traffic.load}/${traffic.burst ?? ''}/${traffic.octets ?? ''}`,
    cableLength,
    view,
  ]
  const key = parts.map((part) => part ?? '').join(' ')
  return harm === undefined ? key : `${key} harm`
}
