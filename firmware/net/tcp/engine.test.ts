import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { TestBench } from '../../../test/support/stack-bench.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { before } from './sequence.js'

const bench = () => new TestBench(new Scheduler(), new SeededRandom(1))

describe('segments that arrive together', () => {
  it('are acknowledged up to a gap first, so that what is ahead of it makes a duplicate (RFC 5681 4.2)', () => {
    const table = bench()
    const { peer } = table.established()
    const r = peer.seq
    // Two full ones are worth an acknowledgement, which waits for the batch; then there is a gap.
    peer.injectBatch([
      { seq: r, data: 1460 },
      { seq: r + 1460, data: 1460 },
      { seq: r + 4380, data: 1460 },
      { seq: r + 5840, data: 1460 },
    ])
    expect(peer.takeAll().map(({ ack }) => ack - r)).toEqual([2920, 2920, 2920])
  })
})

describe('whoever watches the states of all connections', () => {
  it('is called with each as it is entered, those that others opened as well, until it is enough', () => {
    const table = bench()
    const told: string[] = []
    const enough = table.stack.tcp.onState(({ local, remote, state, previous }) => {
      told.push(`${local.port} ${remote.port}: ${previous} to ${state}`)
    })
    const active = table.established()
    const { port, localPort } = active.peer
    expect(told).toEqual([`${localPort} ${port}: CLOSED to SYN-SENT`, `${localPort} ${port}: SYN-SENT to ESTABLISHED`])
    told.length = 0
    active.connection.abort()
    expect(told).toEqual([`${localPort} ${port}: ESTABLISHED to CLOSED`])
    enough()
    table.established()
    expect(told).toHaveLength(1)
  })

  it('is told before what follows is sent', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const sent: number[] = []
    table.stack.tcp.onState(() => sent.push(peer.takeAll().length))
    peer.inject({ flags: 'F.' })
    expect(connection.state).toBe('CLOSE-WAIT')
    expect(sent).toEqual([0])
    peer.expectSegment({ flags: '.', ack: peer.seq })
  })
})

describe('a FIN behind text that no memory is free for', () => {
  it('is taken when the text has come again, and not before', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const r = peer.seq
    const { memory } = table.stack
    const rest = memory.freeFor('TCP receive buffers')
    memory.take(rest, 'TCP receive buffers')
    peer.inject({ seq: r, data: 1000, flags: 'F.' })
    peer.expectSegment({ flags: '.', ack: r })
    table.expectState(connection, 'ESTABLISHED')
    memory.give(rest, 'TCP receive buffers')
    peer.inject({ seq: r, data: 1000, flags: 'F.' })
    peer.expectSegment({ flags: '.', ack: r + 1001 })
    table.expectState(connection, 'CLOSE-WAIT')
    table.expectRead(connection, 1000)
  })
})

describe('a window that closed over what was sent', () => {
  it('and opens again has it sent again at once, and not when the timer has run out', () => {
    const table = bench()
    const { connection, peer } = table.established()
    table.write(connection, 4380)
    const sent = peer.takeAll()
    const una = sent[0].seq
    peer.inject({ ack: una, window: 0 })
    table.advance(20 * SECOND)
    const probes = peer.takeAll()
    expect(probes.length).toBeGreaterThan(3)
    for (const { seq, data } of probes) expect([seq, data.length]).toEqual([una, 1])
    peer.inject({ ack: una, window: 65535 })
    expect(peer.takeAll().map(({ seq, data }) => [seq - una, data.length])).toEqual([
      [0, 1460],
      [1460, 1460],
      [2920, 1460],
    ])
  })
})

describe('duplicate acknowledgements after a timeout', () => {
  it('of what the timer sent again are no new loss (RFC 6582 3.2 step 2)', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1000 } })
    table.write(connection, 6000)
    const una = peer.takeAll()[0].seq
    table.advance(connection.info().rto)
    peer.takeAll()
    // Everything had arrived, and every acknowledgement was lost: what is sent again makes duplicates.
    peer.inject({ ack: una + 6000 })
    expect(connection.info().inRecovery).toBe(false)
    table.write(connection, 1000)
    peer.takeAll()
    const { fastRetransmits } = table.stack.tcp.counters
    for (let i = 0; i < 3; i++) peer.inject({ ack: una + 6000 })
    expect(table.stack.tcp.counters.fastRetransmits).toBe(fastRetransmits)
    peer.expectNothing()
    // Beyond what was under way then they count again.
    peer.inject({ ack: una + 7000 })
    table.write(connection, 5000)
    peer.takeAll()
    for (let i = 0; i < 3; i++) peer.inject({ ack: una + 7000 })
    expect(table.stack.tcp.counters.fastRetransmits).toBe(fastRetransmits + 1)
    expect(peer.takeAll().map(({ seq }) => seq)).toContain(una + 7000)
  })
})

describe('a connection that is opened again from TIME-WAIT (RFC 9293 MAY-2)', () => {
  it('begins beyond all numbers of the last, however many it used in however short a time', () => {
    const table = bench()
    const { connection, peer } = table.established({ open: 'passive', connection: { congestion: 'newreno' } })
    table.listen({ reuseAddress: true })
    // More octets than the clock of initial numbers has steps: 250 a millisecond.
    for (let i = 0; i < 100; i++) {
      table.write(connection, 10_000)
      while (connection.info().unacknowledged > 0) {
        peer.takeAll()
        peer.inject()
      }
    }
    expect(table.clock.now).toBeLessThan(MILLISECOND)
    connection.shutdownWrite()
    const last = peer.takeAll().at(-1)!.end
    peer.inject({ flags: 'F.' })
    table.expectState(connection, 'TIME-WAIT')
    peer.takeAll()
    peer.inject({ flags: 'S', seq: peer.seq + 10 })
    const answer = peer.expectSegment({ flags: 'S.' })
    expect(before(last, answer.seq)).toBe(true)
    table.expectState(connection, 'CLOSED')
  })
})
