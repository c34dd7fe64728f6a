/**
 * A breakage that is in no family of `linkpulse faults`, for the judge: somebody's board will have one. Written from data sheets and
 * from what hardware does, by somebody who has not read the diagnosis; what is expected was settled before anything was diagnosed.
 */
import type { Bench } from '../../../boards/faults/bench.js'
import type { FaultSide } from '../../../boards/faults/fault.js'
import type { SimulatedBoard } from '../../../boards/model/board.js'
import type { Random } from '../../../firmware/hal/random.js'

/** Where it acts, by the layers of the checks. */
export const UNLISTED_LAYERS = ['serial', 'spi', 'chip', 'phy', 'mac', 'network'] as const
export type UnlistedLayer = (typeof UNLISTED_LAYERS)[number]

export interface Unlisted {
  readonly name: string
  readonly layer: UnlistedLayer
  /** Who is to be mended. */
  readonly side: FaultSide
  /** Sides that a fair expert may name as well, because the same things are seen from there. */
  readonly otherSides?: readonly FaultSide[]
  readonly title: string
  /**
   * Whether a user suffers: of echo requests between board and partner, or of messages across the serial line, some are lost, altered,
   * or late by more than 100 ms.
   */
  readonly hurts: boolean
  /** Families that a fair expert would accept as an answer; with none, only `unknown` is right. */
  readonly neighbours: readonly string[]
  /** Breaks it on a bench on which no time has passed. */
  apply(bench: Bench<SimulatedBoard>, random: Random): void
}
