/**
 * The connection as a state chart: RFC 9293 3.3.2, figure 5, with the state names of the RFC. The chart is the one source of
 * what follows what; connections run on the table that is made from it once, since an actor for each connection would cost
 * more than a frame.
 *
 * The events are what the eight steps of segment arrival (3.10.7.4), the calls of the user and the timers come to. LISTEN is
 * the state of a listener; a connection that comes from one begins there and leaves it with the SYN.
 */
import { getNextSnapshot, setup } from 'xstate'
import type { TcpState } from './states.js'

export type TcpEvent =
  /** Calls: passive and active OPEN, CLOSE, ABORT (3.10.1, 3.10.4, 3.10.5). */
  | 'PASSIVE OPEN'
  | 'ACTIVE OPEN'
  | 'CLOSE'
  | 'ABORT'
  /** A SYN without, or with, an acceptable acknowledgement of ours. */
  | 'SYN'
  | 'SYN,ACK'
  | 'ACK OF SYN'
  | 'FIN'
  | 'ACK OF FIN'
  /** An acceptable reset; in TIME-WAIT there is none (RFC 1337 3). */
  | 'RESET'
  /** Our FIN went out, after what was queued before it (3.10.4: CLOSE-WAIT). */
  | 'FIN SENT'
  | 'TIME-WAIT OVER'
  /** Given up: R2, user timeout, keepalive, a hard ICMP error, an orphan in FIN-WAIT-2. */
  | 'FAIL'

export const TCP_STATES: readonly TcpState[] = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
]

export const TCP_EVENTS: readonly TcpEvent[] = [
  'PASSIVE OPEN',
  'ACTIVE OPEN',
  'CLOSE',
  'ABORT',
  'SYN',
  'SYN,ACK',
  'ACK OF SYN',
  'FIN',
  'ACK OF FIN',
  'RESET',
  'FIN SENT',
  'TIME-WAIT OVER',
  'FAIL',
]

/** What ends a connection whatever it was doing. */
const GONE = { ABORT: 'CLOSED', RESET: 'CLOSED', FAIL: 'CLOSED' } as const

export const connectionMachine = setup({ types: { events: {} as { type: TcpEvent } } }).createMachine({
  id: 'connection',
  initial: 'CLOSED',
  states: {
    CLOSED: { on: { 'PASSIVE OPEN': 'LISTEN', 'ACTIVE OPEN': 'SYN-SENT' } },
    LISTEN: { on: { SYN: 'SYN-RECEIVED', CLOSE: 'CLOSED', ABORT: 'CLOSED', 'ACTIVE OPEN': 'SYN-SENT' } },
    'SYN-SENT': { on: { SYN: 'SYN-RECEIVED', 'SYN,ACK': 'ESTABLISHED', CLOSE: 'CLOSED', ...GONE } },
    'SYN-RECEIVED': { on: { 'ACK OF SYN': 'ESTABLISHED', CLOSE: 'FIN-WAIT-1', FIN: 'CLOSE-WAIT', ...GONE } },
    ESTABLISHED: { on: { CLOSE: 'FIN-WAIT-1', FIN: 'CLOSE-WAIT', ...GONE } },
    'FIN-WAIT-1': { on: { FIN: 'CLOSING', 'ACK OF FIN': 'FIN-WAIT-2', ...GONE } },
    'FIN-WAIT-2': { on: { FIN: 'TIME-WAIT', ...GONE } },
    'CLOSE-WAIT': { on: { 'FIN SENT': 'LAST-ACK', ...GONE } },
    CLOSING: { on: { 'ACK OF FIN': 'TIME-WAIT', ...GONE } },
    'LAST-ACK': { on: { 'ACK OF FIN': 'CLOSED', ...GONE } },
    'TIME-WAIT': { on: { 'TIME-WAIT OVER': 'CLOSED', ABORT: 'CLOSED' } },
  },
})

/** What each event leads to from each state; an event that is not there cannot happen in that state. */
export type TransitionTable = Readonly<Record<TcpState, Readonly<Partial<Record<TcpEvent, TcpState>>>>>

function tableOf(machine: typeof connectionMachine): TransitionTable {
  const table = {} as Record<TcpState, Partial<Record<TcpEvent, TcpState>>>
  for (const state of TCP_STATES) {
    const row: Partial<Record<TcpEvent, TcpState>> = {}
    const snapshot = machine.resolveState({ value: state })
    for (const event of TCP_EVENTS)
      if (snapshot.can({ type: event }))
        row[event] = getNextSnapshot(machine, snapshot, { type: event }).value as TcpState
    table[state] = row
  }
  return table
}

export const TRANSITIONS: TransitionTable = tableOf(connectionMachine)
