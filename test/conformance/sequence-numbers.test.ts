/** Rows 15 to 19: sequence numbers and where they begin (RFC 9293 3.4; RFC 6528). */
import { describe, expect, it } from 'vitest'
import { MICROSECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import { OWN_ADDRESS } from '../support/stack-bench.js'
import { bench, fillWindow, openWindow } from './bench.js'

const LOCAL = { address: ipv4(OWN_ADDRESS), port: 1234 }

describe('sequence numbers', () => {
  it('15 a stream whose numbers pass 2^32 at the sender is intact, and a loss at the very place is repaired', () => {
    const first = bench()
    first.connect({ local: LOCAL })
    const { seq } = first.expectSegment({ flags: 'S' })
    // One number every 4 µs (RFC 9293 3.4.1): so long until this same SYN begins 2900 before the end. The octets that open
    // the congestion window are sent before it.
    const wait = ((0xffffffff - 2900 - seq) >>> 0) * 4 * MICROSECOND
    const table = bench()
    table.advance(wait)
    const connection = table.connect({ local: LOCAL, maximumSegmentSize: 100 })
    const syn = table.expectSegment({ flags: 'S' })
    expect(0xffffffff - syn.seq).toBeLessThanOrEqual(2901)
    const { peer } = table
    peer.inject({ flags: 'S.' })
    peer.expectSegment({ flags: '.' })
    openWindow(table, connection, peer, 1000)
    while ((0 - peer.ack) >>> 0 > 500) {
      table.write(connection, 100)
      peer.takeAll()
      peer.inject()
    }
    table.write(connection, 1000)
    const sent = peer.takeAll()
    expect(sent.map(({ data }) => data.length)).toEqual(Array(10).fill(100))
    expect(sent.at(-1)!.end).toBeLessThan(1000)
    // The segment that holds the last number is lost; what follows comes, and says so three times.
    const lost = sent.find(({ seq: at, end }) => end < at)!
    peer.inject({ ack: lost.seq })
    for (let i = 0; i < 3; i++) peer.inject({ ack: lost.seq })
    peer.expectSegment({ seq: lost.seq, data: 100 })
    peer.inject({ ack: sent.at(-1)!.end })
    expect(connection.info().unacknowledged).toBe(0)
    connection.close()
    peer.expectSegment({ flags: 'F.', seq: sent.at(-1)!.end })
  })

  it('15 a stream whose numbers pass 2^32 at the receiver is intact, in order and out of it', () => {
    const table = bench()
    const { connection, peer } = table.established({
      iss: 0xffffffff - 100,
      syn: { mss: 1460, sackPermitted: true },
    })
    const r = peer.seq
    for (const place of [100, 0, 300, 200, 50, 400, 600, 500, 900, 700, 800]) peer.inject({ seq: r + place, data: 100 })
    expect(peer.takeAll().at(-1)?.ack).toBe((r + 1000) >>> 0)
    table.expectRead(connection, 1000)
    peer.inject({ seq: r - 1 }) // before the window by one
    peer.expectSegment({ flags: '.', ack: r + 1000 })
  })
})

describe('initial sequence numbers', () => {
  it('16 [MUST-8] the same two ends a second later begin about 250,000 further on', () => {
    const table = bench()
    const open = () => {
      const connection = table.connect({ local: LOCAL })
      const { seq } = table.expectSegment({ flags: 'S' })
      connection.abort()
      return seq
    }
    const before = open()
    table.advance(SECOND)
    const after = open()
    expect(Math.abs(((after - before) >>> 0) - 250_000)).toBeLessThanOrEqual(2)
  })

  const openAll = (seed: number, count: number) => {
    const table = bench({}, seed)
    return Array.from({ length: count }, (_, i) => {
      const connection = table.connect({ local: { address: LOCAL.address, port: 2000 + i } })
      const { seq } = table.expectSegment({ flags: 'S' })
      connection.abort()
      return seq
    })
  }

  it('17 [SHLD-1] one secret gives the same numbers again, another secret gives others, and two ends are unrelated', () => {
    expect(openAll(1, 20)).toEqual(openAll(1, 20))
    const one = openAll(1, 20)
    const two = openAll(2, 20)
    for (let i = 0; i < 20; i++) expect(one[i]).not.toBe(two[i])
    // Were the offsets of the two secrets related by a constant, these differences would be equal.
    expect(new Set(one.map((n, i) => (n - two[i]) >>> 0)).size).toBe(20)
    expect(new Set(one).size).toBe(20)
  })

  it('17 [SHLD-1] the remote address and the remote port matter as well', () => {
    const table = bench()
    const numbers = [
      { address: '10.0.0.2', port: 80 },
      { address: '10.0.0.3', port: 80 },
      { address: '10.0.0.2', port: 81 },
    ].map(({ address, port }) => {
      const peer = table.addPeer({ address, port })
      table.connect({ local: LOCAL }, peer)
      return peer.expectSegment({ flags: 'S' }).seq
    })
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      expect(Math.abs((numbers[a] - numbers[b]) | 0)).toBeGreaterThan(1000)
  })

  it("18 [MUST-9] of 100 ports in turn, no port's number tells the next one's", () => {
    const numbers = openAll(1, 100)
    const steps = numbers.slice(1).map((n, i) => (n - numbers[i]) >>> 0)
    expect(new Set(steps).size).toBe(steps.length)
    // Spread over the whole range: a quarter of 2^32 holds about a quarter of the steps.
    const quarters = [0, 0, 0, 0]
    for (const step of steps) quarters[step >>> 30]++
    for (const n of quarters) expect(n).toBeGreaterThan(8)
  })
})

describe('a closed window', () => {
  const closed = () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { receiveBuffer: 2048 } })
    fillWindow(table, connection, peer)
    expect(connection.info().receiveWindow).toBe(0)
    return { table, connection, peer }
  }

  it('19 [MUST-66] a reset at its edge ends the connection', () => {
    const { table, connection, peer } = closed()
    peer.inject({ flags: 'R' })
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ECONNRESET')
  })

  it('19 [MUST-66] acknowledgements are taken, with and without data that cannot be', () => {
    const { table, connection, peer } = closed()
    table.write(connection, 200)
    peer.expectSegment({ data: 200 })
    const { seq, ack } = peer
    peer.inject({ ack: ack - 100 })
    expect(connection.info().unacknowledged).toBe(100)
    peer.inject({ seq, ack, data: 1 })
    expect(connection.info().unacknowledged).toBe(0)
    peer.expectSegment({ flags: '.', ack: seq, window: 0 })
  })

  it('19 [MUST-66] urgent pointers are read', () => {
    const { table, connection, peer } = closed()
    let urgent = 0
    connection.onUrgent(() => urgent++)
    peer.inject({ flags: '.U', urgentPointer: 10 })
    expect(urgent).toBe(1)
    expect(connection.urgent.pending).toBe(true)
    table.expectState(connection, 'ESTABLISHED')
  })
})
