import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { TestBench } from '../../../test/support/stack-bench.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'

const bench = () => new TestBench(new Scheduler(), new SeededRandom(1))

describe('a window that is announced in units of eight octets', () => {
  /** 400,000 octets: the least buffer that scale 3 is offered for is 262,141. */
  const BUFFER = 400_000

  it('never promises more than the buffer holds, however often it is rounded', () => {
    const table = bench()
    const { connection, peer } = table.established({
      syn: { mss: 1460, windowScale: 0 },
      connection: { receiveBuffer: BUFFER, quickAck: true },
    })
    expect(connection.info().receiveScale).toBe(3)
    const r = peer.seq
    for (let i = 0; i < 2000; i++) peer.inject({ data: 1 })
    for (const { ack, window } of peer.takeAll()) expect(ack - r + window * 8).toBeLessThanOrEqual(BUFFER)
    expect(connection.info().receiveWindow).toBeLessThanOrEqual(BUFFER - 2000)
  })

  it('takes what was promised after a smaller one was announced (RFC 7323 2.4)', () => {
    const table = bench()
    const { connection, peer } = table.established({
      syn: { mss: 1460, windowScale: 0 },
      connection: { receiveBuffer: BUFFER },
    })
    const r = peer.seq
    let edge = 0
    const look = () => {
      for (const { ack, window } of peer.takeAll()) edge = Math.max(edge, ack - r + window * 8)
    }
    // To the very edge that was ever told, in pieces that are no multiples of a unit.
    const step = 1453
    for (let place = 0; ; ) {
      const length = Math.min(step, Math.max(edge, 300_000) - place)
      if (length === 0) break
      peer.inject({ seq: r + place, data: length })
      table.advance(200 * MILLISECOND)
      place += length
      look()
    }
    expect(edge).toBeGreaterThan(BUFFER - 8)
    expect(edge).toBeLessThanOrEqual(BUFFER)
    expect(connection.readable).toBe(edge)
    table.expectRead(connection, edge)
    // To within the two segments that an update is worth.
    expect(connection.info().receiveWindow).toBeGreaterThan(BUFFER - 2 * step - 8)
  })

  it('opens again after the buffer was made smaller than a unit', () => {
    const table = bench()
    const { connection, peer } = table.established({
      syn: { mss: 1460, windowScale: 0 },
      connection: { receiveBuffer: BUFFER },
    })
    connection.set('receiveBuffer', 5)
    for (let i = 0; i < 400; i++) {
      const { receiveWindow } = connection.info()
      if (receiveWindow < 8) break
      peer.inject({ data: Math.min(1460, receiveWindow) })
      table.advance(SECOND)
      table.read(connection)
    }
    peer.takeAll()
    table.read(connection)
    peer.inject({ seq: peer.seq - 1 })
    expect(peer.takeAll().at(-1)?.window).toBeGreaterThan(0)
  })

  it('that seems to close over the last octets of what was sent has them sent again whole (RFC 7323 2.4)', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1460, windowScale: 3 }, window: 128 })
    // The window of the SYN was not scaled.
    peer.inject()
    table.write(connection, 1030)
    const sent = peer.takeAll()
    expect(sent.reduce((sum, { data }) => sum + data.length, 0)).toBe(1024)
    const una = sent[0].seq
    // All but the last seven arrived, and less than a unit is no window.
    peer.inject({ ack: una + 1017, window: 0 })
    table.advance(connection.info().rto)
    const again = peer.takeAll()
    expect([again[0].seq - una, again[0].data.length]).toEqual([1017, 7])
  })
})

describe('a FIN', () => {
  it('waits for a number in the window: behind one that is refused every acknowledgement would be', () => {
    const table = bench()
    const { connection, peer } = table.established({ window: 1000 })
    table.write(connection, 1000)
    connection.shutdownWrite()
    const [text] = peer.takeAll()
    expect([text.flags, text.data.length]).toEqual(['P.', 1000])
    // The peer holds all of it, unread, and has something to say: what acknowledges that is where its window begins.
    peer.inject({ window: 0, data: 100 })
    table.advance(SECOND)
    const said = peer.takeAll()
    expect(said.length).toBeGreaterThan(1)
    for (const { seq, flags, data } of said) {
      expect([flags, data.length]).toEqual(['.', 0])
      // Acknowledgements at SND.NXT, questions one before it.
      expect([text.end, text.end - 1]).toContain(seq)
    }
    peer.inject({ window: 1000 })
    peer.expectSegment({ flags: 'F.', seq: text.end })
  })

  it('goes with the text where the window has room for both', () => {
    const table = bench()
    const { connection, peer } = table.established({ window: 1001 })
    connection.set('cork', true)
    table.write(connection, 1000)
    connection.shutdownWrite()
    expect(peer.expectSegment().flags).toBe('FP.')
  })

  it('that a closed window holds back is asked after until it opens, and keeps the connection from failing', () => {
    const table = bench()
    const { connection, peer } = table.established({ window: 1000 })
    table.write(connection, 1000)
    connection.shutdownWrite()
    peer.takeAll()
    peer.inject({ window: 0 })
    let questions = 0
    for (let i = 0; i < 60; i++) {
      table.advance(10 * SECOND)
      for (const { flags } of peer.takeAll()) {
        expect(flags).toBe('.')
        questions++
        peer.inject({ window: 0 })
      }
    }
    expect(questions).toBeGreaterThan(10)
    table.expectState(connection, 'FIN-WAIT-1')
  })
})

describe('an acknowledgement that is put off', () => {
  it.each([500 * MILLISECOND, SECOND, -1, Number.NaN])('for %s ns is refused (RFC 9293 MUST-40)', (delayedAck) => {
    expect(() => new TestBench(new Scheduler(), new SeededRandom(1), { tcp: { delayedAck } })).toThrow(/delayedAck/)
  })

  it('for just under half a second is not', () => {
    const table = new TestBench(new Scheduler(), new SeededRandom(1), { tcp: { delayedAck: 500 * MILLISECOND - 1 } })
    const { peer } = table.established()
    peer.inject({ data: 1 })
    table.advance(500 * MILLISECOND - 1)
    expect(peer.takeAll().length).toBe(1)
  })
})
