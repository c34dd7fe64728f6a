/** The end of what this side sends. */
import type { ControlBlock } from './control-block.js'
import { add } from './sequence.js'

/** Our FIN has a number now. From CLOSE-WAIT it leads on to LAST-ACK (RFC 9293 3.10.4). */
export function noteFinSent(block: ControlBlock): void {
  block.finSent = true
  block.sndNxt = add(block.sndNxt, 1)
  if (block.state === 'CLOSE-WAIT') block.transition('FIN SENT')
}
