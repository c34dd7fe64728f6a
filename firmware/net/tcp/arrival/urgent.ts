/** Sixth, check the URG bit (RFC 9293 3.10.7.4; RFC 6093: the pointer is one beyond the last urgent octet). */
import { URG } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import { CONNECTION_EVENT, type ControlBlock } from '../control-block.js'
import { add, after } from '../sequence.js'

export function processUrgent(block: ControlBlock, segment: TcpView): void {
  if ((segment.flags & URG) === 0) return
  switch (block.state) {
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2': {
      const pointer = add(segment.sequence, segment.urgentPointer)
      // RCV.UP <- max(RCV.UP, SEG.UP); the user is notified when it lies ahead of what was read, once (MUST-32).
      if (!after(pointer, block.rcvUp) && block.urgentReceived) return
      if (!after(pointer, firstUnread(block))) return
      block.rcvUp = pointer
      block.urgentReceived = true
      block.application.events |= CONNECTION_EVENT.urgent
    }
  }
}

/** The number of the next octet that the application reads. */
export function firstUnread(block: ControlBlock): number {
  const octetEnd = block.finReceived ? block.rcvNxt - 1 : block.rcvNxt
  return add(octetEnd, -block.receiver.ring.length)
}
