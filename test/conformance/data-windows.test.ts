/** Rows 52 to 72: order, acknowledgements, windows, Nagle, PSH and urgent data (RFC 9293 3.7.4, 3.8.5, 3.8.6, 3.9.1.2). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { octetsOf, pattern } from '../support/stack-bench.js'
import { bench, fillWindow, openWindow } from './bench.js'

describe('order and acknowledgements', () => {
  it('52 [SHLD-31] segments 3, 1, 2: each is kept, delivery is in order, and the last acknowledgement covers all', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const r = peer.seq
    const read: number[] = []
    for (const place of [200, 0, 100]) {
      peer.inject({ seq: r + place, data: 100 })
      read.push(table.read(connection).length)
    }
    expect(read).toEqual([0, 100, 200])
    table.advance(SECOND)
    expect(peer.takeAll().at(-1)?.ack).toBe(r + 300)
    expect(connection.info().octetsReceived).toBe(300)
  })

  it('52 [SHLD-31] delivery is 1, 2, 3', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const r = peer.seq
    for (const place of [200, 0, 100]) peer.inject({ seq: r + place, data: 100 })
    table.expectRead(connection, 300)
  })

  it('53 a segment out of order is acknowledged at once; so is one that fills the gap, partly or wholly', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const r = peer.seq
    peer.inject({ seq: r + 300, data: 100 })
    peer.expectSegment({ flags: '.', ack: r, data: 0 })
    peer.inject({ seq: r + 100, data: 100 })
    peer.expectSegment({ flags: '.', ack: r, data: 0 })
    peer.inject({ seq: r, data: 100 }) // fills up to the next gap
    peer.expectSegment({ flags: '.', ack: r + 200, data: 0 })
    peer.inject({ seq: r + 200, data: 50 }) // fills a part of it
    peer.expectSegment({ flags: '.', ack: r + 250, data: 0 })
    peer.inject({ seq: r + 250, data: 50 })
    peer.expectSegment({ flags: '.', ack: r + 400, data: 0 })
    table.expectNothing()
    table.expectRead(connection, 400)
  })

  it('53 each duplicate gets its acknowledgement at once', () => {
    const table = bench()
    const { peer } = table.established()
    const r = peer.seq
    for (let i = 0; i < 4; i++) {
      peer.inject({ seq: r + 500 + 100 * i, data: 100 })
      peer.expectSegment({ flags: '.', ack: r, data: 0 })
    }
    table.expectNothing()
  })

  // Left and right edge of the second segment, each before, at or after those of the first; and the same with the gap in front filled first or last.
  const ORDERS = [-1, 0, 1]
  const OVERLAPS = ORDERS.flatMap((left) =>
    ORDERS.flatMap((right) => ORDERS.map((gap) => ({ left: 100 * left, right: 100 * right, gap: 150 * (gap + 1) }))),
  )
  it.each(OVERLAPS)(
    '54 a segment that begins $left and ends $right octets from another one, $gap octets behind the stream: the stream is whole',
    ({ left, right, gap }) => {
      const table = bench()
      const { connection, peer } = table.established({ syn: { mss: 1460, sackPermitted: true } })
      const r = peer.seq
      const [begin, end] = [gap, gap + 300]
      peer.inject({ seq: r + begin, data: end - begin })
      peer.inject({ seq: r + begin + left, data: end + right - begin - left })
      if (gap > 0) peer.inject({ seq: r, data: gap })
      const whole = Math.max(end, end + right)
      table.expectRead(connection, whole)
      table.advance(SECOND)
      expect(peer.takeAll().at(-1)?.ack).toBe(r + whole)
    },
  )

  it('55 [SHLD-18, MUST-40] the acknowledgement of one segment goes out by itself within half a second', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ data: 1460 })
    table.expectNothing() // delayed: it may yet ride on data
    table.advance(499 * MILLISECOND)
    peer.expectSegment({ flags: '.', ack: peer.seq, data: 0 })
    table.advance(10 * SECOND)
    table.expectNothing()
    table.expectRead(connection, 1460)
  })

  it('55 [SHLD-18] data of ours carry it', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ data: 100 })
    table.write(connection, 50)
    peer.expectSegment({ data: 50, ack: peer.seq })
    peer.inject()
    table.advance(SECOND)
    table.expectNothing()
  })

  it('56 [SHLD-19] the second full segment is acknowledged at once', () => {
    const table = bench()
    const { connection, peer } = table.established()
    for (let i = 0; i < 5; i++) {
      peer.inject({ data: 1460 })
      table.read(connection)
      for (const { ack } of peer.takeAll()) expect(ack).toBe(peer.seq)
      peer.inject({ data: 1460 })
      table.read(connection)
      expect(peer.takeAll().at(-1)?.ack).toBe(peer.seq)
    }
  })

  it('56 [SHLD-19, 5681 §4.2] the second segment is acknowledged at once, however small the two are', () => {
    const table = bench()
    const { connection, peer } = table.established()
    for (const octets of [1, 100, 256]) {
      peer.inject({ data: octets })
      table.expectNothing()
      peer.inject({ data: octets })
      peer.expectSegment({ flags: '.', ack: peer.seq, data: 0 })
    }
    table.advance(SECOND)
    table.expectNothing()
    table.expectRead(connection, 2 * 357)
  })

  it('57 [MUST-58, MUST-59] eight frames that wait in the device get one acknowledgement, when all are through', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.injectBatch(Array(8).fill({ data: 1000 }))
    peer.expectSegment({ flags: '.', ack: peer.seq, data: 0 })
    table.expectNothing()
    table.expectRead(connection, 8000)
  })

  it('57 [MUST-59] what the acknowledgements of a batch allow is sent after the batch, not between', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.onReadable(() => {
      table.read(connection)
    })
    const r = peer.seq
    peer.injectBatch([{ data: 1460 }, { data: 1460 }, { data: 1460 }])
    const sent = peer.takeAll()
    expect(sent.map(({ ack }) => ack - r)).toEqual([3 * 1460])
  })
})

describe('the send window', () => {
  it('58 [MUST-38] a window that opens octet by octet is not used before a full segment fits', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ window: 0 })
    table.write(connection, 10_000)
    table.expectNothing()
    for (let window = 1; window < 1460; window++) peer.inject({ window })
    table.expectNothing()
    peer.inject({ window: 1460 })
    peer.expectSegment({ data: 1460 })
    table.expectNothing()
  })

  it('58 [MUST-38] to a peer with small windows, half the largest one is enough', () => {
    const table = bench()
    const { connection, peer } = table.established({ window: 1000 })
    peer.inject({ window: 0 })
    table.write(connection, 5000)
    for (let window = 1; window < 500; window++) peer.inject({ window })
    table.expectNothing()
    peer.inject({ window: 500 })
    peer.expectSegment({ data: 500 })
  })

  it('58 [MUST-38] all that there is, with nothing outstanding, goes at once, however short', () => {
    const table = bench()
    const { connection, peer } = table.established()
    table.write(connection, 3)
    peer.expectSegment({ data: 3 })
  })

  it('61 [MUST-34, SHLD-15, SHLD-16] a window that shrinks under 8 KiB in flight: nothing new, old data again, no harm', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1024 } })
    openWindow(table, connection, peer, 8192)
    const first = peer.ack
    table.write(connection, 16384)
    expect(peer.takeAll().length).toBeGreaterThanOrEqual(8)
    const flight = (peer.ack - first) >>> 0
    peer.inject({ ack: first, window: 2048 })
    table.expectNothing()
    expect(connection.info().sendWindow).toBe(2048)
    table.advance(connection.info().rto + MILLISECOND)
    peer.expectSegment({ seq: first, data: 1024 })
    table.expectNothing()
    // Still behind the shrunken window: only what lies in it is sent again.
    peer.inject({ ack: first + 1024, window: 1024 })
    for (const { end } of peer.takeAll()) expect((end - first) >>> 0).toBeLessThanOrEqual(2048)
    // The peer had it all after all.
    peer.inject({ ack: first + flight, window: 2048 })
    if (flight < 16384) expect(peer.takeAll().map(({ data }) => data.length)).toEqual([1024, 1024])
    table.expectState(connection, 'ESTABLISHED')
  })
})

describe('zero windows', () => {
  const closed = (connectionOptions = {}) => {
    const table = bench()
    const { connection, peer } = table.established({ connection: connectionOptions })
    peer.inject({ window: 0 })
    peer.window = 0
    table.write(connection, 3000)
    table.expectNothing()
    return { table, connection, peer, asked: table.clock.now }
  }

  it('62 [MUST-36, SHLD-29, SHLD-30, MUST-35] the first probe comes after one RTO, then intervals double up to a limit', () => {
    const { table, connection, peer, asked } = closed()
    const { rto } = connection.info()
    const at = [asked]
    for (let i = 0; i < 12; i++) {
      let probe = peer.takeAll()
      for (let waited = 0; probe.length === 0 && waited < 200; waited++) {
        table.advance(500 * MILLISECOND)
        probe = peer.takeAll()
      }
      expect(probe.length).toBe(1)
      expect(probe[0].data.length).toBeLessThanOrEqual(1)
      at.push(probe[0].at)
      peer.inject({ ack: probe[0].seq + (probe[0].data.length === 0 ? 1 : 0) })
    }
    const intervals = at.slice(1).map((instant, i) => (instant - at[i]) / SECOND)
    expect(intervals[0]).toBeCloseTo(rto / SECOND, 2)
    for (let i = 1; i < 5; i++) expect(intervals[i] / intervals[i - 1]).toBeCloseTo(2, 1)
    expect(Math.max(...intervals)).toBeLessThanOrEqual(121)
    expect(intervals.at(-1)).toBe(intervals.at(-2))
    table.expectState(connection, 'ESTABLISHED')
  })

  it('63 [MUST-37] a peer that answers each probe with window 0 for an hour keeps the connection', () => {
    const { table, connection, peer } = closed({ userTimeout: Number.POSITIVE_INFINITY })
    const una = peer.ack
    for (let minute = 0; minute < 60 * 4; minute++) {
      table.advance(15 * SECOND)
      for (const _ of peer.takeAll()) peer.inject({ ack: una })
    }
    table.expectState(connection, 'ESTABLISHED')
    peer.window = 65535
    peer.inject({ ack: una })
    const rest = peer.takeAll()
    peer.inject()
    rest.push(...peer.takeAll())
    expect(rest.reduce((sum, { data }) => sum + data.length, 0)).toBe(3000)
  })

  it('63 [MUST-37] so it is by default, and probes go on', () => {
    const { table, connection, peer } = closed()
    const una = peer.ack
    let probes = 0
    for (let minute = 0; minute < 60 * 4; minute++) {
      table.advance(15 * SECOND)
      for (const _ of peer.takeAll()) {
        probes++
        peer.inject({ ack: una })
      }
    }
    table.expectState(connection, 'ESTABLISHED')
    expect(probes).toBeGreaterThan(30)
  })

  it('64 [MUST-36] when the acknowledgement that opened the window was lost, the answer to the next probe goes on', () => {
    const { table, connection, peer } = closed()
    table.advance(connection.info().rto + MILLISECOND)
    const [probe] = peer.takeAll()
    peer.window = 65535 // the peer's application has read; its window update was lost
    peer.inject(probe.data.length > 0 ? { ack: probe.end } : {})
    const rest = peer.takeAll()
    peer.inject()
    rest.push(...peer.takeAll())
    expect(rest.reduce((sum, { data }) => sum + data.length, 0)).toBe(3000 - probe.data.length)
  })

  it("65 a probe of one octet into this end's closed window: ACK of RCV.NXT with window 0, and the octet is not taken", () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { receiveBuffer: 2048 } })
    fillWindow(table, connection, peer)
    const { readable } = connection
    const r = peer.seq
    for (let i = 0; i < 3; i++) {
      peer.inject({ seq: r, data: 1 })
      peer.expectSegment({ flags: '.', ack: r, window: 0, data: 0 })
      table.advance(10 * SECOND)
    }
    expect(connection.readable).toBe(readable)
    table.expectRead(connection, readable)
    expect(peer.takeAll().at(-1)?.window).toBe(2048) // and says so, unasked, when it opens
    peer.inject({ seq: r, data: 1 })
    table.expectRead(connection, 1, readable)
  })
})

describe('the receive window', () => {
  it.each([
    { buffer: 4096, mss: 1460, step: 1460 },
    { buffer: 2000, mss: 1460, step: 1000 },
  ])(
    '59 [MUST-39] with a buffer of $buffer that is read octet by octet, the right edge moves by $step or more',
    (row) => {
      const table = bench()
      const { connection, peer } = table.established({ connection: { receiveBuffer: row.buffer } })
      fillWindow(table, connection, peer)
      const r = peer.seq
      let edge = r
      const moves: number[] = []
      for (let i = 0; i < row.buffer; i++) {
        table.read(connection, 1)
        if (i % 100 === 50) peer.inject({ seq: r, data: 1 }) // the peer probes
        for (const { ack, window } of peer.takeAll()) {
          const right = ack + window
          if (right !== edge) moves.push(right - edge)
          edge = right
        }
        if (edge !== r) break
      }
      expect(moves.length).toBe(1)
      expect(moves[0]).toBeGreaterThanOrEqual(row.step)
    },
  )

  it.each([undefined, 7])(
    '60 [SHLD-14] the right edge of the receive window moves left by no more than scaling rounds off, and no promise exceeds the buffer (window scale %s)',
    (windowScale) => {
      const table = bench()
      const syn = { mss: 1460, ...(windowScale === undefined ? {} : { windowScale }) }
      const { connection, peer } = table.established({ syn, connection: { receiveBuffer: 300_001 } })
      const shift = connection.info().receiveScale ?? 0
      const r = peer.seq
      let [edge, places, read] = [0, 0, 0]
      for (let i = 0; i < 3000; i++) {
        // Odd sizes, some out of order, some twice, reads that fall behind and catch up.
        const length = 1 + ((i * 7919) % 1460)
        if (connection.info().receiveWindow > 4000) {
          if (i % 11 === 0) peer.inject({ seq: r + places + length, data: 13 })
          peer.inject({ seq: r + places, data: length })
          places += length
        }
        if (i % 5 === 0) read += table.read(connection, (i * 31) % 20_000).length
        table.advance(MILLISECOND * (i % 60))
        for (const { ack, window } of peer.takeAll()) {
          const right = ack - r + (window << shift)
          expect(right).toBeGreaterThan(edge - (1 << shift))
          expect(right).toBeLessThanOrEqual(read + 300_001)
          edge = Math.max(edge, right)
        }
      }
      expect(edge).toBeGreaterThan(300_000)
    },
  )
})

describe('what is sent when', () => {
  it('66 [SHLD-7] with an octet unacknowledged, ten more wait, and go in one segment', () => {
    const table = bench()
    const { connection, peer } = table.established()
    table.write(connection, 1)
    peer.expectSegment({ data: 1 })
    for (let i = 0; i < 10; i++) table.write(connection, 1)
    table.expectNothing()
    peer.inject()
    peer.expectSegment({ data: 10 })
    table.expectNothing()
  })

  it('66 [SHLD-7] a full segment does not wait', () => {
    const table = bench()
    const { connection, peer } = table.established()
    table.write(connection, 1)
    peer.expectSegment({ data: 1 })
    table.write(connection, 1500)
    peer.expectSegment({ data: 1460 })
    table.expectNothing()
  })

  it('67 [MUST-17] with no delay, ten writes are ten segments; the switch works in the middle too', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { noDelay: true } })
    for (let i = 0; i < 10; i++) table.write(connection, 1)
    expect(peer.takeAll().map(({ data }) => data.length)).toEqual(Array(10).fill(1))
    connection.set('noDelay', false)
    table.write(connection, 5)
    table.expectNothing()
    connection.set('noDelay', true)
    peer.expectSegment({ data: 5 })
  })

  it('68 [MUST-60, MUST-61] the last octet that is queued carries PSH, though nobody asked, and nothing waits for ever', () => {
    const table = bench()
    const { connection, peer } = table.established()
    table.write(connection, 3000)
    const sent = peer.takeAll()
    expect(sent.map(({ data }) => data.length)).toEqual(sent.length === 3 ? [1460, 1460, 80] : [1460, 1460])
    peer.inject()
    sent.push(...peer.takeAll())
    expect(sent.at(-1)?.data.length).toBe(80)
    expect(sent.at(-1)?.flags).toContain('P')
    peer.inject()
    for (let i = 0; i < 20; i++) {
      table.write(connection, 1 + i)
      table.advance(SECOND)
      for (const { flags } of peer.takeAll()) expect(flags).toContain('P')
      peer.inject()
    }
    expect(connection.info().queued).toBe(0)
  })

  it('68 [MAY-15] a write without a push waits for more of it; the one with a push sends both', () => {
    const table = bench()
    const { connection, peer } = table.established()
    table.write(connection, 10, { push: false })
    table.expectNothing()
    table.write(connection, 5, { push: true })
    peer.expectSegment({ flags: 'P.', data: 15 })
  })

  it('69 [SHLD-28] of 100 KiB queued, all segments but the last are full', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 131072 } })
    table.write(connection, 102_400)
    const sizes: number[] = []
    for (let turn = 0; turn < 100 && connection.info().queued > 0; turn++) {
      sizes.push(...peer.takeAll().map(({ data }) => data.length))
      peer.inject()
    }
    expect(sizes.slice(0, -1)).toEqual(Array(70).fill(1460))
    expect(sizes.at(-1)).toBe(200)
  })
})

describe('urgent data', () => {
  it('70 [MUST-62] urgent "abc" has URG, and its pointer is at the octet after "c"', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { noDelay: true } })
    table.write(connection, 10)
    peer.expectSegment({ data: 10 })
    connection.write(octetsOf('abc'), 0, 3, { urgent: true })
    const { seq, urgentPointer, flags, data } = peer.expectSegment()
    expect(flags).toContain('U')
    const at = data.indexOf('c'.charCodeAt(0))
    expect(seq + urgentPointer).toBe(seq + at + 1)
    connection.write(octetsOf('later'))
    peer.expectSegment({ flags: '.', data: 'later' })
  })

  it('70 [MUST-62] segments before the urgent octets point ahead to their end', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 500 } })
    const s = peer.ack
    connection.write(pattern(2000), 0, 2000, { urgent: true })
    const sent = peer.takeAll()
    expect(sent.length).toBe(4)
    for (const { seq, urgentPointer, flags } of sent) {
      expect(flags).toContain('U')
      expect(seq + urgentPointer).toBe(s + 2000)
    }
  })

  it('71 [MUST-32, MUST-33] one event for a pointer, none for the same again, another when it moves on', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const r = peer.seq
    const told: number[] = []
    connection.onUrgent(() => told.push(connection.urgent.remaining))
    peer.inject({ flags: '.U', data: 10, urgentPointer: 30 })
    expect(told).toEqual([30])
    expect(connection.urgent).toEqual({ pending: true, remaining: 30 })
    peer.inject({ flags: '.U', data: 10, urgentPointer: 20 })
    expect(told.length).toBe(1)
    table.expectRead(connection, 20)
    expect(connection.urgent).toEqual({ pending: true, remaining: 10 })
    peer.inject({ flags: '.U', data: 10, urgentPointer: 40 })
    expect(told.length).toBe(2)
    expect(connection.urgent.remaining).toBe(40)
    peer.inject({ seq: r + 30, data: 40 })
    table.expectRead(connection, 50, 20)
    expect(connection.urgent).toEqual({ pending: false, remaining: 0 })
  })

  it('72 [MUST-31] 100 KiB of urgent data all come, in order', () => {
    const table = bench()
    const { connection, peer } = table.established()
    let events = 0
    connection.onUrgent(() => events++)
    const whole = 100 * 1024
    for (let place = 0; place < whole; ) {
      const data = Math.min(1460, whole - place)
      peer.inject({ flags: '.U', data, urgentPointer: Math.min(65535, whole - place) })
      table.expectRead(connection, data, place)
      place += data
      peer.takeAll()
    }
    expect(events).toBeGreaterThanOrEqual(1)
    expect(connection.urgent).toEqual({ pending: false, remaining: 0 })
  })

  it('72 [MUST-31] 100 KiB of urgent data all go, in order', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 131072 } })
    table.write(connection, 102_400, { urgent: true })
    const s = peer.irs! + 1
    let place = 0
    for (let turn = 0; turn < 100 && place < 102_400; turn++) {
      for (const { seq, data, flags } of peer.takeAll()) {
        expect(seq).toBe((s + place) >>> 0)
        expect(data).toEqual(pattern(data.length, place))
        expect(flags).toContain('U')
        place += data.length
      }
      peer.inject()
    }
    expect(place).toBe(102_400)
  })
})
