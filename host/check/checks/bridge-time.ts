/** What the serial line adds to a frame that goes across the bridge. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import type { CheckContext } from '../context.js'

/** Register accesses around a frame: cells that a frame costs on the serial line, whatever its length. */
const CELLS_A_FRAME = 40

/** What a frame there and one back take on the serial line, in ns: across the bridge they go over it octet by octet. */
export function bridgeTime({ serial }: CheckContext, octets: number): number {
  const line = CELLS_A_FRAME * CELL_OCTETS + 3 * octets
  return Math.round((line * 10 * SECOND) / serial.baud) + serial.frameDelay(octets)
}
