/**
 * What is known of a neighbour's reachability, as a state chart: RFC 4861 7.3.2 and appendix C, with its names. NONE is no entry. The
 * cache runs on the table that is made from it once, as TCP's connections do on theirs.
 */
import { getNextSnapshot, setup } from 'xstate'

export type NeighbourState = 'NONE' | 'INCOMPLETE' | 'REACHABLE' | 'STALE' | 'DELAY' | 'PROBE'

export type NeighbourEvent =
  /** Something is to be sent to it. */
  | 'PACKET'
  /** It answered a question of ours: a solicited advertisement that fits what is known of it. */
  | 'ANSWER'
  /** It, or somebody under its name, said an Ethernet address that was not known, without being asked. */
  | 'NEW ADDRESS'
  /** It answered with another Ethernet address than is known, and does not say that it is to replace it. */
  | 'OTHER ADDRESS'
  | 'REACHABLE TIME OVER'
  /** Time in which something above might have said that it is reachable (DELAY_FIRST_PROBE_TIME). */
  | 'DELAY OVER'
  /** As often as it may be asked, it was (MAX_MULTICAST_SOLICIT, MAX_UNICAST_SOLICIT). */
  | 'NO ANSWER'
  /** A transport hears nothing back. */
  | 'DOUBT'

export const NEIGHBOUR_STATES: readonly NeighbourState[] = [
  'NONE',
  'INCOMPLETE',
  'REACHABLE',
  'STALE',
  'DELAY',
  'PROBE',
]

export const NEIGHBOUR_EVENTS: readonly NeighbourEvent[] = [
  'PACKET',
  'ANSWER',
  'NEW ADDRESS',
  'OTHER ADDRESS',
  'REACHABLE TIME OVER',
  'DELAY OVER',
  'NO ANSWER',
  'DOUBT',
]

export const neighbourMachine = setup({ types: { events: {} as { type: NeighbourEvent } } }).createMachine({
  id: 'neighbour',
  initial: 'NONE',
  states: {
    NONE: { on: { PACKET: 'INCOMPLETE', 'NEW ADDRESS': 'STALE' } },
    INCOMPLETE: { on: { ANSWER: 'REACHABLE', 'NEW ADDRESS': 'STALE', 'NO ANSWER': 'NONE' } },
    REACHABLE: {
      on: { 'NEW ADDRESS': 'STALE', 'OTHER ADDRESS': 'STALE', 'REACHABLE TIME OVER': 'STALE', DOUBT: 'PROBE' },
    },
    STALE: { on: { PACKET: 'DELAY', ANSWER: 'REACHABLE', DOUBT: 'PROBE' } },
    DELAY: { on: { ANSWER: 'REACHABLE', 'NEW ADDRESS': 'STALE', 'DELAY OVER': 'PROBE', DOUBT: 'PROBE' } },
    PROBE: { on: { ANSWER: 'REACHABLE', 'NEW ADDRESS': 'STALE', 'NO ANSWER': 'NONE' } },
  },
})

/** What each event leads to from each state; one that is not there changes nothing. */
export type NeighbourTable = Readonly<Record<NeighbourState, Readonly<Partial<Record<NeighbourEvent, NeighbourState>>>>>

function tableOf(machine: typeof neighbourMachine): NeighbourTable {
  const table = {} as Record<NeighbourState, Partial<Record<NeighbourEvent, NeighbourState>>>
  for (const state of NEIGHBOUR_STATES) {
    const row: Partial<Record<NeighbourEvent, NeighbourState>> = {}
    const snapshot = machine.resolveState({ value: state })
    for (const event of NEIGHBOUR_EVENTS)
      if (snapshot.can({ type: event }))
        row[event] = getNextSnapshot(machine, snapshot, { type: event }).value as NeighbourState
    table[state] = row
  }
  return table
}

export const NEIGHBOUR_TRANSITIONS: NeighbourTable = tableOf(neighbourMachine)
