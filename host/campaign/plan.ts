/** What a campaign runs: each check run in full, so that its result depends on nothing but this. */
import type { ForeignTraffic } from '../../boards/ethernet/foreign-traffic.js'
import type { BoxKind } from '../../boards/faults/between.js'
import type { SiliconRevision } from '../../firmware/enc28j60/registers.js'
import type { CheckView } from '../check/view.js'

export interface PlannedRun {
  /** Of the catalogue. */
  readonly board: string
  /** With its firmware compiled, on an emulated controller; by default our own stack is on it. */
  readonly backend?: 'avr'
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
  /** What this computer is like, as a fault so slight that nobody suffers from it. */
  readonly computer?: string
  /**
   * The board has been running when its port is opened, and goes on, or is reset by that: DTR does so on an Arduino. By default it starts
   * with the run.
   */
  readonly opened?: 'running' | 'resets'
  /** `desk` by default. */
  readonly view?: CheckView
  /** What a user would suffer is measured as well, on another bench of the same kind. */
  readonly harm?: true
}

/** What tells a run from all others, the same whatever the order in which its parts were given. */
export function runKey({
  board,
  backend,
  revision,
  faults,
  seed,
  baud,
  between,
  traffic,
  cableLength,
  computer,
  opened,
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
  return [key, backend, computer, opened, harm && 'harm'].filter((part) => part !== undefined).join(' ')
}
