/** What a check is done on, and what a fault breaks. `create-bench.ts` makes one. */
import type { ChipBoard } from '../chip-board.js'
import type { Cable } from '../ethernet/cable.js'
import type { Lab } from '../lab.js'
import type { LabHost } from '../lab-host.js'

export interface Bench<Board extends ChipBoard = ChipBoard> {
  readonly lab: Lab
  readonly board: Board
  /** Its address is the gateway of the board's definition. */
  readonly peer: LabHost
  /** The board is at end a: what the board receives goes `b-to-a`. */
  readonly cable: Cable
}
