/**
 * How a connection ends, and how an application is notified of what happens. Segments, timers and calls only note what happened;
 * `settle` then tells it, when the control block is whole again, and sends what became possible. So a callback may call
 * anything, and an acknowledgement can ride on the answer that the callback wrote.
 */
import type { NetErrorCode } from '../errors.js'
import type { MemoryPurpose } from '../memory-budget.js'
import { ACK, RST } from '../wire/tcp.js'
import type { ControlBlockPurpose } from './application-state.js'
import type { TcpEvent } from './chart.js'
import { CONNECTION_EVENT, CONTROL_BLOCK_OCTETS, type ControlBlock, type TcpEngine } from './control-block.js'
import { stopTimers } from './deadlines.js'
import { output } from './output.js'
import { transmitSegment } from './transmit.js'

/** Tells the application what happened, then sends what can be sent. */
export function settle(block: ControlBlock): void {
  if (block.application.events !== 0 && !block.application.telling) tell(block)
  output(block)
}

/** Calls back until nothing is left to tell: callbacks make things happen. */
function tell(block: ControlBlock): void {
  block.application.telling = true
  try {
    while (block.application.events !== 0) {
      const { events } = block.application
      block.application.events = 0
      tellEvents(block, events)
    }
  } finally {
    block.application.telling = false
  }
}

function tellEvents(block: ControlBlock, events: number): void {
  const { connection } = block
  if ((events & CONNECTION_EVENT.state) !== 0) {
    const { application } = block
    for (let left = application.left; left !== undefined; left = application.left) {
      const { entered } = application
      application.nextTransition()
      connection?.stateListeners?.tell(entered, left)
    }
  }
  if (block.listener !== undefined) block.listener.onProgress(block)
  if (
    (events & CONNECTION_EVENT.softError) !== 0 &&
    block.application.softError !== undefined &&
    block.options.softErrors
  )
    connection?.softErrorListeners?.tell(block.application.softError)
  if ((events & CONNECTION_EVENT.urgent) !== 0) connection?.urgentListeners?.tell()
  if ((events & CONNECTION_EVENT.readable) !== 0) connection?.readableListeners?.tell()
  if ((events & CONNECTION_EVENT.writable) !== 0) connection?.writableListeners?.tell()
  if ((events & CONNECTION_EVENT.closed) !== 0) connection?.closedListeners?.tell(block.application.error)
}

/** The connection is over: CLOSED. What is unread stays readable after an orderly end, and is gone after an error. */
export function endConnection(block: ControlBlock, event: TcpEvent, error: NetErrorCode | undefined): void {
  if (block.state === 'CLOSED') return
  const { engine } = block
  block.transition(event)
  block.application.events |= CONNECTION_EVENT.closed
  if (error !== undefined) {
    block.application.error = error
    engine.counting.connectionsFailed++
  }
  stopTimers(block)
  engine.table.remove(block)
  engine.timeWaiting.delete(block)
  block.sendRing.clear()
  block.sent.clear()
  if (error !== undefined || block.application.closed) block.receiver.clear()
  else {
    block.receiver.dropAhead()
    block.receiver.release()
  }
  engine.memory.give(block.application.charged, block.application.chargedFor)
  block.application.charged = 0
}

/** As `endConnection`, for what this end gives up: the peer is notified by a reset, where it knows of the connection. */
export function failConnection(block: ControlBlock, error: NetErrorCode): void {
  if (block.state === 'CLOSED') return
  sendReset(block)
  endConnection(block, 'FAIL', block.application.closed ? undefined : error)
}

/** ABORT (RFC 9293 3.10.5). */
export function abortConnection(block: ControlBlock, error: NetErrorCode | undefined): void {
  if (block.state === 'CLOSED') return
  sendReset(block)
  endConnection(block, 'ABORT', error)
}

/** <SEQ=SND.NXT><CTL=RST>, or as the habits of the stack have it, in the states in which the peer may have a connection. */
function sendReset(block: ControlBlock): void {
  switch (block.state) {
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
    case 'CLOSING':
    case 'LAST-ACK':
      block.engine.counting.resetsSent++
      transmitSegment(block, block.sndNxt, 0, block.engine.settings.habits.resetAcknowledges ? RST | ACK : RST)
  }
}

/**
 * Until so many octets are free for a purpose, ends connections in TIME-WAIT, the oldest first, and then has what yields in all
 * the stack given back: what is over, or will be sent again, gives way to what begins. The numbers of those connections are
 * not used again, as the clock of RFC 6528 goes on.
 */
export function makeRoom(engine: TcpEngine, octets: number, purpose: MemoryPurpose): void {
  for (const block of engine.timeWaiting) {
    if (engine.memory.freeFor(purpose) >= octets) return
    endConnection(block, 'TIME-WAIT OVER', undefined)
    settle(block)
  }
  engine.memory.makeRoom(octets, purpose)
}

/**
 * Takes the memory that a control block is; false where there is none.
 * @param purpose those half open have less: nobody knows whether their peers are there
 */
export function chargeControlBlock(block: ControlBlock, purpose: ControlBlockPurpose = 'TCP connections'): boolean {
  const { memory } = block.engine
  if (purpose === 'TCP connections') makeRoom(block.engine, CONTROL_BLOCK_OCTETS, purpose)
  if (!memory.take(CONTROL_BLOCK_OCTETS, purpose)) return false
  block.application.charged = CONTROL_BLOCK_OCTETS
  block.application.chargedFor = purpose
  return true
}

/** A connection is half open no more. @returns false, and it is charged nothing, where there are too many connections */
export function chargeAsOpen(block: ControlBlock): boolean {
  block.engine.memory.give(block.application.charged, block.application.chargedFor)
  block.application.charged = 0
  return chargeControlBlock(block)
}
