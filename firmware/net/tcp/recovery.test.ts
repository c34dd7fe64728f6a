import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { TestBench } from '../../../test/support/stack-bench.js'
import { MILLISECOND } from '../../hal/clock.js'

const MSS = 1000

/** ESTABLISHED over a way of 100 ms there and back, so that SRTT is 100 ms, RTTVAR 50 and RTO 300. */
function open(timestamps = false, path = 100 * MILLISECOND) {
  const table = new TestBench(new Scheduler(), new SeededRandom(1))
  const connection = table.connect()
  const { peer } = table
  Object.assign(peer.syn, { mss: timestamps ? MSS + 12 : MSS, sackPermitted: true, timestamps })
  peer.timestamps = timestamps
  peer.expectSegment({ flags: 'S' })
  table.advance(path)
  peer.inject({ flags: 'S.' })
  peer.expectSegment({ flags: '.' })
  return { table, connection, peer, s: peer.ack }
}

/** Six segments, of which all but the first are reported: the first goes again. */
function losing(timestamps: boolean, path = 100 * MILLISECOND) {
  const place = open(timestamps, path)
  const { table, connection, peer, s } = place
  table.write(connection, 6 * MSS)
  const [first] = peer.takeAll()
  table.advance(path)
  const echo = timestamps ? { timestamps: [peer.timestamp, first.options.timestamps![0]] as const } : {}
  peer.inject({ ack: s, options: { ...echo, sack: [[s + MSS, s + 6 * MSS]] } })
  expect(peer.takeAll().map(({ seq }) => seq)).toEqual([s])
  expect(connection.info()).toMatchObject({ recovery: 'sack', sacked: 5 * MSS, lost: 0 })
  table.advance(20 * MILLISECOND)
  return { ...place, first }
}

describe('a tail loss probe (RFC 8985 7)', () => {
  it('is the last segment again, two round trips after it went, and leaves the window as it is', () => {
    const { table, connection, peer, s } = open()
    const { cwnd } = connection.info()
    table.write(connection, 2 * MSS)
    peer.takeAll()
    table.advance(200 * MILLISECOND - 1)
    peer.expectNothing()
    table.advance(1)
    peer.expectSegment({ seq: s + MSS, data: MSS })
    expect(table.stack.tcp.counters).toMatchObject({ tailProbes: 1, timeouts: 0 })
    expect(connection.info()).toMatchObject({ cwnd, recovery: 'none' })
    // What it brings shows that the first was lost: it goes at once, before the timer.
    table.advance(100 * MILLISECOND)
    peer.inject({ ack: s, options: { sack: [[s + MSS, s + 2 * MSS]] } })
    table.advance(25 * MILLISECOND)
    peer.expectSegment({ seq: s, data: MSS })
    expect(table.stack.tcp.counters).toMatchObject({ fastRetransmits: 1, timeouts: 0 })
  })

  it('goes in a recovery too, where what was sent again may be lost again, and again after twice as long', () => {
    // SRTT 20 ms: a probe after 40 ms, then after twice as long, then the timer, 200 ms after the recovery began.
    const { table, peer, s } = losing(true, 20 * MILLISECOND)
    const from = table.clock.now - 20 * MILLISECOND
    table.advance(180 * MILLISECOND)
    const again = peer.takeAll()
    expect(again.map(({ at, seq }) => [(at - from) / MILLISECOND, seq])).toEqual([
      [40, s],
      [120, s],
      [200, s],
    ])
    expect(table.stack.tcp.counters).toMatchObject({ tailProbes: 2, timeouts: 1 })
  })
})

describe('a reduction that answered to no loss is taken back', () => {
  it('when an echo is older than what was sent again (RFC 3522)', () => {
    const { connection, peer, s, first } = losing(true)
    const reduced = connection.info()
    peer.timestampEcho = first.options.timestamps![0]
    peer.inject({ ack: s + 6 * MSS })
    const { cwnd, ssthresh, undone, recovery } = connection.info()
    expect([undone, recovery, ssthresh]).toEqual([1, 'none', Number.POSITIVE_INFINITY])
    expect(cwnd).toBeGreaterThan(reduced.cwnd)
    expect(cwnd).toBeGreaterThanOrEqual(10 * MSS)
  })

  it('not when the echo is of what was sent again', () => {
    const { connection, peer, s } = losing(true)
    peer.inject({ ack: s + 6 * MSS })
    expect(connection.info()).toMatchObject({ undone: 0, recovery: 'none' })
    expect(connection.info().ssthresh).toBeLessThan(10 * MSS)
  })

  it('when a D-SACK reports the second copy (RFC 3708), which widens the reordering window', () => {
    const { table, connection, peer, s } = losing(false)
    peer.inject({ ack: s + 6 * MSS })
    expect(connection.info().undone).toBe(0)
    peer.inject({ ack: s + 6 * MSS, options: { sack: [[s, s + MSS]] } })
    expect(connection.info()).toMatchObject({ undone: 1, ssthresh: Number.POSITIVE_INFINITY })
    expect(table.stack.tcp.counters).toMatchObject({ duplicatesReported: 1, reductionsUndone: 1 })
  })

  it('not by a D-SACK about what was sent once: that copy is the wire’s', () => {
    const { connection, peer, s } = losing(false)
    peer.inject({ ack: s + 6 * MSS, options: { sack: [[s + 3 * MSS, s + 4 * MSS]] } })
    expect(connection.info().undone).toBe(0)
  })
})
