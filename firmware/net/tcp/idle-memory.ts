/** Buffers that hold nothing give their memory back: at once where memory is short, else when they have been idle for a while. */
import { SECOND } from '../../hal/clock.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'

const IDLE = SECOND

/** A buffer became empty. */
export function releaseLater(block: ControlBlock): void {
  const { memory, clock } = block.engine
  if (memory.isScarce) {
    releaseNow(block)
    return
  }
  setDeadline(block, 'releaseAt', clock.now + IDLE)
}

export function releaseNow(block: ControlBlock): void {
  block.sendRing.release()
  block.sent.release()
  if (!block.receiver.hasBlocks) block.receiver.release()
}
