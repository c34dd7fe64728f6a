/** SEGMENT ARRIVES (RFC 9293 3.10.7): by state. */
import type { TcpView } from '../../wire/tcp-view.js'
import type { ControlBlock } from '../control-block.js'
import { arrivesOtherwise } from './otherwise.js'
import { arrivesInSynSent } from './syn-sent.js'

/** For a connection; what belongs to none, or to a listener, is `closed.ts`'s and `listen.ts`'s. */
export function segmentArrives(block: ControlBlock, segment: TcpView): void {
  block.segmentsReceived++
  if (block.state === 'SYN-SENT') arrivesInSynSent(block, segment)
  else arrivesOtherwise(block, segment)
}
