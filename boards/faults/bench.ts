/** What a check is done on, and what a fault breaks. `create-bench.ts` makes one. */
import type { ChipBoard } from '../chip-board.js'
import type { Cable } from '../ethernet/cable.js'
import type { Lab } from '../lab.js'

export interface Bench<Board extends ChipBoard = ChipBoard, In extends Lab = Lab> {
  readonly lab: In
  readonly board: Board
  /** Its address is the gateway of the board's definition. */
  readonly peer: ReturnType<In['addHost']>
  /** The board is at end a: what the board receives goes `b-to-a`. */
  readonly cable: Cable
}
