/** Rows 38 to 51: which segments of a synchronized connection are acceptable (RFC 9293 3.10.7.4, steps 1 to 5; RFC 5961; RFC 1337). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Connection } from '../../firmware/net/tcp/tcp.js'
import type { ScriptedPeer, TestBench } from '../support/stack-bench.js'
import { bench, fillWindow } from './bench.js'

const WINDOW = 8192

/** ESTABLISHED, with a receive window of `WINDOW` octets. */
function open(options: { receiveBuffer?: number } = {}, syn: ScriptedPeer['syn'] = { mss: 1460 }) {
  const table = bench()
  const { receiveBuffer = WINDOW } = options
  const { connection, peer } = table.established({ syn, connection: { receiveBuffer } })
  const w = connection.info().receiveWindow
  return { table, connection, peer, r: peer.seq, s: peer.ack, w }
}

/** The one answer to what is not acceptable: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>, and no more. */
function expectAck(table: TestBench, s: number, r: number): void {
  table.expectSegment({ flags: '.', seq: s, ack: r, data: 0 })
  table.expectNothing()
}

/** Brings a fresh connection to a state, by the application and the peer. */
type Place = { table: TestBench; connection: Connection; peer: ScriptedPeer }
const WAYS: Record<string, (place: Place) => void> = {
  ESTABLISHED: () => {},
  'FIN-WAIT-1': ({ connection, peer }) => {
    connection.shutdownWrite()
    peer.expectSegment({ flags: 'F.' })
  },
  'FIN-WAIT-2': ({ connection, peer }) => {
    connection.shutdownWrite()
    peer.expectSegment({ flags: 'F.' })
    peer.inject()
  },
  'CLOSE-WAIT': ({ peer }) => {
    peer.inject({ flags: 'F.' })
    peer.takeAll()
  },
  CLOSING: ({ connection, peer }) => {
    connection.shutdownWrite()
    const { seq } = peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.', ack: seq })
    peer.takeAll()
  },
  'LAST-ACK': ({ connection, peer }) => {
    peer.inject({ flags: 'F.' })
    peer.takeAll()
    connection.shutdownWrite()
    peer.expectSegment({ flags: 'F.' })
  },
  'TIME-WAIT': ({ connection, peer }) => {
    connection.shutdownWrite()
    peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.' })
    peer.takeAll()
  },
}

function inState(state: string) {
  const place = open()
  WAYS[state](place)
  place.table.expectState(place.connection, state)
  place.table.expectNothing()
  return place
}

describe('step 1, the sequence number', () => {
  // RFC 9293, table 6. Where a segment begins, as a distance from RCV.NXT (negative: before it) and, at the right, from RCV.NXT + RCV.WND.
  const EDGES = {
    'left - 1': (_w: number) => -1,
    left: () => 0,
    inside: (w: number) => Math.floor(w / 2),
    'right edge': (w: number) => w - 1,
    'right + 1': (w: number) => w,
  }
  type Edge = keyof typeof EDGES

  const EMPTY: readonly (readonly [Edge, boolean])[] = [
    ['left - 1', false],
    ['left', true],
    ['inside', true],
    ['right edge', true],
    ['right + 1', false],
  ]
  it.each(EMPTY)('38 [step 1] length 0, window > 0, at %s: acceptable is %s', (edge, acceptable) => {
    const { table, peer, r, s, w } = open()
    peer.inject({ seq: r + EDGES[edge](w) })
    if (!acceptable) expectAck(table, s, r)
    table.advance(SECOND)
    table.expectNothing()
  })

  it.each([
    ['left - 1', -1, false],
    ['left', 0, true],
    ['left + 1', 1, false],
    ['far right', 5000, false],
  ] as const)('38 [step 1] length 0, window 0, at %s (%i): acceptable is %s', (_edge, offset, acceptable) => {
    const { table, connection, peer, s } = open({ receiveBuffer: 2048 })
    fillWindow(table, connection, peer)
    const r = peer.seq
    peer.inject({ seq: r + offset })
    if (!acceptable) expectAck(table, s, r)
    table.advance(SECOND)
    table.expectNothing()
  })

  it.each([
    ['left - 1', 1, false],
    ['left', 1, true],
    ['inside', 1, true],
    ['right edge', 1, true],
    ['right + 1', 1, false],
    ['left - 1', 10, true],
    ['left', 10, true],
    ['inside', 10, true],
    ['right edge', 10, true],
    ['right + 1', 10, false],
  ] as const)('38 [step 1] at %s, length %i, window > 0: acceptable is %s', (edge, length, acceptable) => {
    const { table, connection, peer, r, s, w } = open()
    const offset = EDGES[edge](w)
    peer.inject({ seq: r + offset, data: length })
    if (!acceptable) expectAck(table, s, r)
    else table.advance(SECOND)
    peer.takeAll()
    // What is acceptable was kept: with the rest of the window around it, everything up to its end can be read.
    const kept = acceptable ? Math.min(offset + length, w) - Math.max(offset, 0) : 0
    const before = Math.max(0, Math.min(offset, w))
    for (let place = 0; place < before; place += 1024) {
      peer.inject({ seq: r + place, data: Math.min(1024, before - place) })
      table.advance(SECOND)
      peer.takeAll()
    }
    table.expectRead(connection, before + kept)
  })

  it.each([-10, -1, 0, 1, 100])('38 [step 1] length 10, window 0, at left %i: not acceptable', (offset) => {
    const { table, connection, peer, s } = open({ receiveBuffer: 2048 })
    fillWindow(table, connection, peer)
    const { readable } = connection
    const r = peer.seq
    peer.inject({ seq: r + offset, data: 10 })
    expectAck(table, s, r)
    expect(connection.readable).toBe(readable)
  })

  it.each([
    ['left - 1', -1],
    ['right + 1', WINDOW],
  ] as const)('39 [step 1] a reset at %s is answered with silence', (_edge, offset) => {
    const { table, connection, peer, r } = open()
    peer.inject({ flags: 'R', seq: r + offset })
    peer.inject({ flags: 'R.', seq: r + offset })
    table.advance(SECOND)
    table.expectNothing()
    table.expectState(connection, 'ESTABLISHED')
  })

  it('40 [step 1] of 10 old octets and 10 new ones in a segment, the new ones are delivered', () => {
    const { table, connection, peer, r } = open()
    peer.inject({ data: 10 })
    table.expectRead(connection, 10)
    peer.takeAll()
    peer.inject({ seq: r, data: 20 })
    table.expectRead(connection, 10, 10)
    table.advance(SECOND)
    expect(peer.takeAll().at(-1)?.ack).toBe(r + 20)
  })

  it('41 [step 1] data and FIN beyond the right edge are cut and not acknowledged', () => {
    const { table, connection, peer, r, w } = open({ receiveBuffer: 2048 })
    peer.inject({ seq: r, data: 1400 })
    peer.inject({ seq: r + 1400, data: 1000, flags: 'F.' })
    table.advance(SECOND)
    expect(peer.takeAll().at(-1)?.ack).toBe(r + w)
    table.expectState(connection, 'ESTABLISHED')
    table.expectRead(connection, w)
    peer.takeAll()
    peer.inject({ seq: r + w, data: 2400 - w, flags: 'F.' })
    table.expectRead(connection, 2400 - w, w)
    table.expectState(connection, 'CLOSE-WAIT')
    expect(connection.ended).toBe(true)
    expect(peer.takeAll().at(-1)?.ack).toBe(r + 2401)
  })

  it('41 [step 1] the right edge is the one that was told, though the application has read since', () => {
    const { table, connection, peer, r } = open({ receiveBuffer: 2048 })
    peer.inject({ seq: r, data: 1400 })
    table.read(connection, 500) // too little to move the edge
    table.advance(SECOND)
    const { ack, window } = peer.takeAll().at(-1)!
    expect(ack + window).toBe(r + 2048)
    peer.inject({ seq: r + 1400, data: 1000, flags: 'F.' })
    table.advance(SECOND)
    expect(peer.takeAll()[0]?.ack).toBe(r + 2048)
    table.expectState(connection, 'ESTABLISHED')
    table.expectRead(connection, 1548, 500)
  })

  it('41 [step 1] a FIN alone just behind the window is not taken', () => {
    const { table, connection, peer, r, w } = open({ receiveBuffer: 2048 })
    fillWindow(table, connection, peer)
    expect(peer.seq).toBe(r + w)
    peer.inject({ flags: 'F.', seq: r + w })
    peer.takeAll()
    table.expectState(connection, 'ESTABLISHED')
  })
})

describe('step 2, the RST bit', () => {
  it.each(['R', 'R.'])('42 [step 2] [%s] of the very next number closes, and tells "reset"', (flags) => {
    const { table, connection, peer } = open()
    const told: (string | undefined)[] = []
    connection.onClosed((error) => told.push(error))
    peer.inject({ flags })
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ECONNRESET')
    expect(told).toEqual(['ECONNRESET'])
    table.advance(SECOND)
    table.expectNothing()
    table.expectEmpty()
  })

  it.each([1, 2, WINDOW / 2, WINDOW - 1])(
    '42 [5961 §3.2] a reset at left + %i, in the window, gets one challenge',
    (offset) => {
      const { table, connection, peer, r, s } = open()
      peer.inject({ flags: 'R', seq: r + offset })
      expectAck(table, s, r)
      table.expectState(connection, 'ESTABLISHED')
      expect(table.tcp.counters.challengesSent).toBe(1)
    },
  )

  it.each([0, 1, WINDOW])('42 [7323 §3.2] a reset at left + %i may lack the timestamps in use', (offset) => {
    const { table, connection, peer, r, s } = open({}, { mss: 1460, timestamps: true })
    peer.inject({ flags: 'R', seq: r + offset, options: {} })
    if (offset === 1) expectAck(table, s, r)
    else table.expectNothing()
    table.expectState(connection, offset === 0 ? 'CLOSED' : 'ESTABLISHED')
  })

  it.each([-1, -5000, WINDOW, WINDOW + 1, 0x40000000])(
    '42 [5961 §3.2] a reset at left + %i, outside, gets none',
    (offset) => {
      const { table, connection, peer, r } = open()
      peer.inject({ flags: 'R', seq: r + offset })
      table.advance(SECOND)
      table.expectNothing()
      table.expectState(connection, 'ESTABLISHED')
    },
  )

  it.each(['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT'])(
    '43 [step 2] an exact reset in %s: the user is told "reset"',
    (state) => {
      const { table, connection, peer } = inState(state)
      peer.inject({ flags: 'R' })
      table.expectState(connection, 'CLOSED')
      expect(connection.error).toBe('ECONNRESET')
      table.expectNothing()
      table.expectEmpty()
    },
  )

  it.each(['CLOSING', 'LAST-ACK'])('43 [step 2] an exact reset in %s: CLOSED, without a word', (state) => {
    const { table, connection, peer } = inState(state)
    const told: (string | undefined)[] = []
    connection.onClosed((error) => told.push(error))
    peer.inject({ flags: 'R' })
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBeUndefined()
    expect(told).toEqual([undefined])
    table.expectNothing()
    table.expectEmpty()
  })

  it.each(['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'])(
    '42 [5961 §3.2] a reset inside the window of %s gets a challenge, and it stays',
    (state) => {
      const { table, connection, peer } = inState(state)
      peer.inject({ flags: 'R', seq: peer.seq + 1 })
      expectAck(table, peer.ack, peer.seq)
      table.expectState(connection, state)
    },
  )

  it('44 [1337 §3] an exact reset does not end TIME-WAIT, nor shorten it', () => {
    const { table, connection, peer } = inState('TIME-WAIT')
    table.advance(20 * SECOND)
    peer.inject({ flags: 'R' })
    table.expectNothing()
    table.expectState(connection, 'TIME-WAIT')
    table.advance(39 * SECOND)
    table.expectState(connection, 'TIME-WAIT')
    expect(table.tcp.counters.dropped['reset in TIME-WAIT']).toBe(1)
    table.advance(2 * SECOND)
    table.expectState(connection, 'CLOSED')
  })
})

describe('step 4, the SYN bit', () => {
  it.each([0, 1, 1000, WINDOW - 1, WINDOW + 1000, -1000, 0x40000000])(
    '45 [step 4, 5961 §4.2] a SYN at left + %i gets one challenge, and the connection stays',
    (offset) => {
      const { table, connection, peer, r, s } = open()
      for (const flags of ['S', 'S.']) {
        peer.inject({ flags, seq: r + offset })
        expectAck(table, s, r)
        table.advance(SECOND)
      }
      table.expectState(connection, 'ESTABLISHED')
      peer.inject({ seq: r, data: 10 })
      table.expectRead(connection, 10)
    },
  )

  it.each(['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'])('45 [step 4] so it is in %s', (state) => {
    const { table, connection, peer } = inState(state)
    peer.inject({ flags: 'S', seq: peer.seq + 10 })
    expectAck(table, peer.ack, peer.seq)
    table.expectState(connection, state)
  })

  it.each([0, 1, WINDOW - 1, WINDOW + 1000, -1000])(
    '45 [step 4, 5961 §4.2] so does a SYN without timestamps at left + %i of a connection that uses them',
    (offset) => {
      const { table, connection, peer, r, s } = open({}, { mss: 1460, timestamps: true })
      for (const flags of ['S', 'S.']) {
        peer.inject({ flags, seq: r + offset, options: { mss: 1460 } })
        expectAck(table, s, r)
        table.advance(SECOND)
      }
      expect(table.tcp.counters.challengesSent).toBe(2)
      expect(table.tcp.counters.dropped['timestamp missing']).toBeUndefined()
      table.expectState(connection, 'ESTABLISHED')
      peer.inject({ seq: r, data: 10 })
      table.expectRead(connection, 10)
    },
  )

  it.each(['R', 'S'])('46 [5961 §7] of 1000 [%s] in a second, no more are challenged than the limit', (flags) => {
    const table = bench({ tcp: { challengeAcks: 7 } })
    const { connection, peer } = table.established()
    const r = peer.seq
    const storm = () => {
      for (let i = 0; i < 1000; i++) {
        peer.inject({ flags, seq: r + 1 + i })
        table.advance(MILLISECOND / 2)
      }
      return peer.takeAll().length
    }
    const first = storm()
    expect(first).toBeGreaterThanOrEqual(1)
    expect(first).toBeLessThanOrEqual(14) // half a second of storm may lie in two seconds of the limit
    table.expectState(connection, 'ESTABLISHED')
    table.advance(2 * SECOND)
    expect(storm()).toBeGreaterThanOrEqual(1)
    expect(table.tcp.counters.dropped['challenge limit']).toBeGreaterThan(1900)
  })

  it('46 [5961 §7] one connection has a tenth of the default budget, and what others are asked is answered', () => {
    const table = bench()
    const first = table.established()
    const second = table.established({ port: 40001 })
    for (let i = 0; i < 1000; i++) first.peer.inject({ flags: 'R', seq: first.peer.seq + 1 + i })
    expect(first.peer.takeAll()).toHaveLength(10)
    second.peer.inject({ flags: 'R', seq: second.peer.seq + 1 })
    expect(second.peer.takeAll()).toHaveLength(1)
    expect(table.tcp.counters.dropped['challenge limit']).toBe(990)
  })

  it('46 [5961 §7] one limit for all connections: a peer cannot learn of another by counting (RFC 5961 10)', () => {
    const table = bench({ tcp: { challengeAcks: 7 } })
    const first = table.established()
    const second = table.established({ port: 40001 })
    for (let i = 0; i < 50; i++) for (const { peer } of [first, second]) peer.inject({ flags: 'R', seq: peer.seq + 1 })
    expect(first.peer.takeAll().length + second.peer.takeAll().length).toBeLessThanOrEqual(7)
  })
})

describe('step 5, the ACK field', () => {
  it.each(['', 'P', 'F', 'U'])('47 [step 5] data in [%s], without ACK, are dropped', (flags) => {
    const { table, connection, peer, r } = open()
    peer.inject({ flags, seq: r, data: 10 })
    table.advance(SECOND)
    table.expectNothing()
    expect(connection.readable).toBe(0)
    table.expectState(connection, 'ESTABLISHED')
    expect(table.tcp.counters.dropped['ACK missing']).toBe(1)
  })

  it.each([1, 1000, 0x40000000])(
    '48 [step 5] an acknowledgement of SND.NXT + %i gets an ACK; its data are dropped',
    (beyond) => {
      const { table, connection, peer, r } = open()
      table.write(connection, 100)
      const { end, seq } = peer.expectSegment({ data: 100 })
      peer.inject({ seq: r, ack: end + beyond, data: 10 })
      expectAck(table, end, r)
      expect(connection.readable).toBe(0)
      expect(connection.info().unacknowledged).toBe(100)
      peer.inject({ seq: r, ack: seq + 50 })
      expect(connection.info().unacknowledged).toBe(50)
    },
  )

  it.each([
    { what: 'the largest window before SND.UNA', before: 1000, taken: true },
    { what: 'one more than that', before: 1001, taken: false },
    { what: 'far before', before: 0x20000000, taken: false },
  ])('49 [MAY-12, 5961 §5] data with an acknowledgement of $what: taken is $taken', ({ before, taken }) => {
    const table = bench()
    const { connection, peer } = table.established({ window: 1000, syn: { mss: 500 } })
    for (let i = 0; i < 6; i++) {
      table.write(connection, 500)
      peer.takeAll()
      peer.inject()
    }
    const [r, s] = [peer.seq, peer.ack]
    peer.inject({ seq: r, ack: s - before, data: 10 })
    if (taken) table.expectRead(connection, 10)
    else {
      expectAck(table, s, r)
      expect(connection.readable).toBe(0)
    }
  })

  it('50 [step 5] a segment from before SND.WL1 that comes late does not change the window', () => {
    const { connection, peer, r, s } = open()
    peer.inject({ seq: r + 100, data: 100, window: 5000 })
    expect(connection.info().sendWindow).toBe(5000)
    peer.inject({ seq: r, data: 100, window: 10 })
    expect(connection.info().sendWindow).toBe(5000)
    // The same number and an older acknowledgement (SND.WL2) neither.
    peer.inject({ seq: r + 200, data: 10, window: 6000, ack: s })
    expect(connection.info().sendWindow).toBe(6000)
  })

  it('50 [step 5] an older acknowledgement of the same number does not change the window (SND.WL2)', () => {
    const { table, connection, peer, r, s } = open()
    table.write(connection, 100)
    peer.takeAll()
    peer.inject({ seq: r, ack: s + 100, window: 5000 })
    peer.inject({ seq: r, ack: s + 50, window: 10 })
    expect(connection.info().sendWindow).toBe(5000)
  })

  it('51 [step 5] a larger window in a segment of the same numbers lets a blocked sender send', () => {
    const table = bench()
    const { connection, peer } = table.established({ window: 1000, syn: { mss: 500 } })
    table.write(connection, 3000)
    expect(peer.takeAll().length).toBe(2)
    const { seq, ack } = peer
    peer.inject({ seq, ack, window: 0 })
    table.advance(10 * MILLISECOND)
    table.expectNothing()
    peer.inject({ seq, ack, window: 2000 })
    expect(connection.info().sendWindow).toBe(2000)
    expect(peer.takeAll().map(({ data }) => data.length)).toEqual([500, 500, 500, 500])
  })
})
