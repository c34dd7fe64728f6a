/** How much of what was sent is believed to be under way still. */
import type { ControlBlock } from './control-block.js'

/** Octets believed to be under way: what is neither acknowledged, nor reported, nor lost; without SACK, FlightSize (RFC 6582). */
export function underWay(block: ControlBlock): number {
  const { flight, sent } = block
  return block.recovery === 'newreno' ? flight : flight - sent.sacked - sent.lost
}
