/** What Wireshark, or a person, may set of a board that is made for a capture. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { SimulatedBackend } from '../../target/target.js'

export const DEFAULT_BOARD = 'model:uno'
export const DEFAULT_SEED = 1

/** `ping`: in real time, with something going on each second. `checks`: the check suite, as fast as it goes, and then the end. `none`: in real time. */
export const ACTIVITIES = ['ping', 'checks', 'none'] as const
export type BoardActivity = (typeof ACTIVITIES)[number]

/** What the cable of a board that is made for a capture goes to. */
export const CABLE_ENDS = ['host', 'nothing'] as const
export type CableEnd = (typeof CABLE_ENDS)[number]

export interface MadeBoard {
  readonly name: string
  readonly definition: BoardDefinition
  readonly backend: SimulatedBackend
  readonly faults: readonly string[]
  readonly seed: number
  readonly peer: CableEnd
  readonly activity: BoardActivity
}
