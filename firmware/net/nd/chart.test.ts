import { describe, expect, it } from 'vitest'
import { NEIGHBOUR_EVENTS, NEIGHBOUR_STATES, NEIGHBOUR_TRANSITIONS, neighbourMachine } from './chart.js'

describe('the chart of a neighbour', () => {
  it('has the states of RFC 4861 7.3.2, and no more', () => {
    expect(Object.keys(neighbourMachine.states)).toEqual(NEIGHBOUR_STATES)
    expect(NEIGHBOUR_STATES).toEqual(['NONE', 'INCOMPLETE', 'REACHABLE', 'STALE', 'DELAY', 'PROBE'])
    expect(new Set(neighbourMachine.events)).toEqual(new Set(NEIGHBOUR_EVENTS))
  })

  it('moves as the table of RFC 4861 appendix C has it', () => {
    const rows: [from: string, event: string, to: string | undefined][] = [
      ['NONE', 'PACKET', 'INCOMPLETE'],
      ['INCOMPLETE', 'NO ANSWER', 'NONE'],
      ['INCOMPLETE', 'ANSWER', 'REACHABLE'],
      ['INCOMPLETE', 'NEW ADDRESS', 'STALE'],
      ['REACHABLE', 'OTHER ADDRESS', 'STALE'],
      ['REACHABLE', 'REACHABLE TIME OVER', 'STALE'],
      ['REACHABLE', 'PACKET', undefined],
      ['STALE', 'PACKET', 'DELAY'],
      ['STALE', 'OTHER ADDRESS', undefined],
      ['DELAY', 'DELAY OVER', 'PROBE'],
      ['DELAY', 'ANSWER', 'REACHABLE'],
      ['PROBE', 'ANSWER', 'REACHABLE'],
      ['PROBE', 'NO ANSWER', 'NONE'],
      ['PROBE', 'PACKET', undefined],
    ]
    for (const [from, event, to] of rows)
      expect(NEIGHBOUR_TRANSITIONS[from as 'NONE'][event as 'PACKET'], `${from}: ${event}`).toBe(to)
  })
})
