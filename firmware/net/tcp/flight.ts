/** How much of what was sent is believed to be under way still. */
import type { ControlBlock } from './control-block.js'
import { sequenceDistance } from './sequence.js'

/** Octets believed to be under way: FlightSize, or the pipe of RFC 6675. */
export function underWay(block: ControlBlock): number {
  const { scoreboard } = block
  if (block.recovery === 'timeout') {
    // Nothing that was sent before the timeout counts until it is sent again.
    const resent = sequenceDistance(block.sndUna, block.resendNext) + sequenceDistance(block.recover, block.sndNxt)
    return Math.max(0, resent - (scoreboard?.octets ?? 0))
  }
  if (scoreboard === undefined || scoreboard.empty) return block.flight
  if (block.recovery === 'sack') return scoreboard.pipe(block.sndUna, block.sndNxt)
  return block.flight - scoreboard.octets
}
