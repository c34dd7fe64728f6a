/**
 * Forward RTO-recovery (RFC 5682 2.1): was a timeout for nothing, where the peer sends no timestamps that tell (RFC 3522)? The segment goes
 * again as ever; upon the first acknowledgement two segments go that are new, and nothing else again. If the next acknowledgement is new as well,
 * it is for what was sent before the timeout and was only late. A duplicate says that something is missing: all goes on as after any timeout.
 */
import type { ControlBlock } from './control-block.js'
import { before, sequenceDistance } from './sequence.js'

/**
 * The timer ran out, and the segment at SND.UNA went again.
 * @param recovering something was being sent again before: acknowledgements would tell of that
 */
export function beginForwardRto(block: ControlBlock, recovering: boolean): void {
  block.forwardRto = recovering || block.timestampsOn ? 'none' : 'first'
}

/** An acknowledgement, by which SND.UNA advanced by so many octets. @returns whether the timeout was for nothing */
export function isTimeoutFalse(block: ControlBlock, advanced: number): boolean {
  const step = block.forwardRto
  if (step === 'none') return false
  block.forwardRto = 'none'
  // The two that are new are under way: room for the segment that is missing (step 3a).
  if (step === 'second' && advanced === 0) block.congestion?.onDuplicate()
  // Of what is acknowledged whole nobody can say which copies of it had arrived.
  if (advanced === 0 || !before(block.sndUna, block.recover)) return false
  if (step === 'second') return true
  if (canSendNew(block)) block.forwardRto = 'second'
  return false
}

function canSendNew(block: ControlBlock): boolean {
  return block.hasUnsent && sequenceDistance(block.sndUna, block.sndNxt) < block.sndWnd
}
