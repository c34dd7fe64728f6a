import { describe, expect, it } from 'vitest'
import { createActor } from 'xstate'
import { connectionMachine, TCP_EVENTS, TCP_STATES, TRANSITIONS } from './chart.js'

describe('the chart of a connection (RFC 9293 figure 5)', () => {
  it('is what the table says, for every event in every state', () => {
    for (const state of TCP_STATES)
      for (const event of TCP_EVENTS) {
        const actor = createActor(connectionMachine, { snapshot: connectionMachine.resolveState({ value: state }) })
        actor.start()
        actor.send({ type: event })
        expect([state, event, actor.getSnapshot().value]).toEqual([state, event, TRANSITIONS[state][event] ?? state])
      }
  })

  it('has the states of RFC 9293 3.3.2 and no others', () => {
    expect(Object.keys(connectionMachine.states).sort()).toEqual([...TCP_STATES].sort())
    expect(TCP_STATES).toHaveLength(11)
  })

  it.each([
    ['an active open and a close', ['ACTIVE OPEN', 'SYN,ACK', 'CLOSE', 'ACK OF FIN', 'FIN', 'TIME-WAIT OVER']],
    ['a passive open and a close by the peer', ['PASSIVE OPEN', 'SYN', 'ACK OF SYN', 'FIN', 'FIN SENT', 'ACK OF FIN']],
    ['both at once', ['ACTIVE OPEN', 'SYN', 'ACK OF SYN', 'CLOSE', 'FIN', 'ACK OF FIN', 'TIME-WAIT OVER']],
  ] as const)('leads from CLOSED to CLOSED by %s', (_name, events) => {
    const actor = createActor(connectionMachine)
    actor.start()
    for (const type of events) {
      const before = actor.getSnapshot().value
      actor.send({ type })
      expect(actor.getSnapshot().value, `${String(before)} on ${type}`).not.toBe(before)
    }
    expect(actor.getSnapshot().value).toBe('CLOSED')
  })

  it('ends TIME-WAIT neither by a reset (RFC 1337 3) nor by giving up', () => {
    expect(TRANSITIONS['TIME-WAIT'].RESET).toBeUndefined()
    expect(TRANSITIONS['TIME-WAIT'].FAIL).toBeUndefined()
  })
})
