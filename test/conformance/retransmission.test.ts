/** Rows 73 to 89: time-outs, congestion, and when a connection is given up (RFC 6298, 5681, 6582; RFC 9293 3.8.1 to 3.8.3). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { TcpConnectOptions } from '../../firmware/net/tcp/tcp.js'
import type { PeerOptions, StackBenchOptions, TestBench } from '../support/stack-bench.js'
import { bench, openWindow } from './bench.js'

const MSS = 1000

/** ESTABLISHED over a path of `path` nanoseconds there and back, with segments of 1000 octets and NewReno: numbers to reckon with. */
function open(
  options: { path?: number; connection?: TcpConnectOptions; peer?: PeerOptions; bench?: StackBenchOptions } = {},
) {
  const table = bench(options.bench)
  const connection = table.connect({ congestion: 'newreno', sendBuffer: 262_144, ...options.connection })
  const peer = table.peer
  Object.assign(peer.syn, { mss: MSS }, options.peer?.syn)
  peer.timestamps = peer.syn.timestamps ?? false
  peer.expectSegment({ flags: 'S' })
  table.advance(options.path ?? 100 * MILLISECOND)
  peer.inject({ flags: 'S.' })
  peer.expectSegment({ flags: '.' })
  return { table, connection, peer, s: peer.ack }
}

/** Instants, in seconds from now on, of what is sent while `duration` passes, looked at every `step`. */
function instants(table: TestBench, duration: number): number[] {
  const from = table.clock.now
  table.advance(duration)
  return table.peer.takeAll().map(({ at }) => (at - from) / SECOND)
}

describe('the retransmission time-out', () => {
  it('73 [6298 2.1] a lost SYN is sent again after 1 s, then 2, 4, 8, up to a limit of 60 s or more', () => {
    const table = bench()
    table.connect()
    const { seq } = table.expectSegment({ flags: 'S' })
    const from = table.clock.now
    table.advance(170 * SECOND)
    const again = table.peer.takeAll()
    for (const each of again) expect([each.flags, each.seq]).toEqual(['S', seq])
    const at = again.map((each) => (each.at - from) / SECOND)
    expect(at.slice(0, 6)).toEqual([1, 3, 7, 15, 31, 63])
    expect(at[6]).toBeGreaterThanOrEqual(63 + 60)
  })

  it('73 [6298 2.1] so is a lost SYN, ACK', () => {
    const table = bench()
    table.listen()
    table.inject({ flags: 'S' })
    table.expectSegment({ flags: 'S.' })
    const from = table.clock.now
    table.advance(16 * SECOND)
    const again = table.peer.takeAll()
    expect(again.map(({ at }) => (at - from) / SECOND)).toEqual([1, 3, 7, 15])
    expect(again.map(({ flags }) => flags)).toEqual(Array(4).fill('S.'))
  })

  it.each([false, true])(
    '74 [6298 2.2, 2.3] samples of 100 and 300 ms give SRTT, RTTVAR and RTO by the formulas (timestamps %s)',
    (timestamps) => {
      const { table, connection, peer } = open({
        path: 100 * MILLISECOND,
        bench: { tcp: { minimumRetransmissionTimeout: 350 * MILLISECOND } },
        peer: { syn: { timestamps } },
      })
      expect(connection.info()).toMatchObject({
        srtt: 100 * MILLISECOND,
        rttvar: 50 * MILLISECOND,
        rto: 350 * MILLISECOND,
      })
      table.write(connection, 100)
      peer.expectSegment({ data: 100 })
      table.advance(300 * MILLISECOND)
      peer.inject()
      const { srtt, rttvar, rto } = connection.info()
      expect(rttvar / MILLISECOND).toBeCloseTo(0.75 * 50 + 0.25 * 200, 1)
      expect(srtt / MILLISECOND).toBeCloseTo(0.875 * 100 + 0.125 * 300, 1)
      expect(rto / MILLISECOND).toBeCloseTo(125 + 4 * 87.5, 1)
    },
  )

  it.each([
    { minimum: undefined, rto: 200 },
    { minimum: SECOND, rto: 1000 },
  ])('75 [6298 2.4] on a path of 1 ms the RTO is $rto ms (lower bound set: $minimum ns)', ({ minimum, rto }) => {
    const { table, connection, peer } = open({
      path: MILLISECOND,
      bench: minimum === undefined ? {} : { tcp: { minimumRetransmissionTimeout: minimum } },
    })
    for (let i = 0; i < 20; i++) {
      table.write(connection, 100)
      peer.takeAll()
      table.advance(MILLISECOND)
      peer.inject()
    }
    expect(connection.info().rto).toBe(rto * MILLISECOND)
    table.write(connection, 100)
    peer.takeAll()
    expect(instants(table, SECOND + MILLISECOND)[0]).toBe(rto / 1000)
  })

  it('76 [6298 5.1-5.3] the timer begins anew when the first of three segments is acknowledged, and stops with the last', () => {
    const { table, connection, peer, s } = open()
    const { rto } = connection.info()
    table.write(connection, 3 * MSS)
    peer.takeAll()
    table.advance(rto - 50 * MILLISECOND)
    table.expectNothing()
    peer.inject({ ack: s + MSS })
    const next = connection.info().rto
    table.advance(next - 1)
    table.expectNothing()
    table.advance(1)
    peer.expectSegment({ seq: s + MSS, data: MSS })
    table.expectNothing()
    peer.inject({ ack: s + 3 * MSS })
    table.advance(100 * SECOND)
    table.expectNothing()
  })

  it('77 [6298 5.4-5.6] when it fires, the earliest segment alone is sent again, RTO doubles, and it runs anew', () => {
    const { table, connection, peer, s } = open()
    const { rto } = connection.info()
    table.write(connection, 3 * MSS)
    peer.takeAll()
    const from = table.clock.now
    table.advance(rto - 1)
    table.expectNothing()
    table.advance(1)
    peer.expectSegment({ seq: s, data: MSS })
    table.expectNothing()
    expect(connection.info().rto).toBe(2 * rto)
    table.advance(14 * rto)
    const again = peer.takeAll()
    expect(again.map(({ seq }) => seq)).toEqual([s, s, s])
    expect(again.map(({ at }) => (at - from) / rto)).toEqual([3, 7, 15])
  })

  it('77 [6298 5.4] an acknowledgement in the middle of a segment: what is left is sent again, in one segment if it fits', () => {
    const { table, connection, peer, s } = open()
    table.write(connection, 3 * MSS)
    peer.takeAll()
    peer.inject({ ack: s + 300 })
    table.advance(connection.info().rto)
    peer.expectSegment({ seq: s + 300, data: MSS })
    table.expectNothing()
    peer.inject({ ack: s + 1300 })
    for (let i = 0; i < 5; i++) {
      peer.takeAll()
      peer.inject()
    }
    expect(connection.info().unacknowledged).toBe(0)
  })

  it('77 [6298 5.5] the RTO doubles up to a limit of 60 s or more, and no further', () => {
    const { table, connection, peer } = open({ connection: { userTimeout: Number.POSITIVE_INFINITY } })
    table.write(connection, 100)
    peer.takeAll()
    table.advance(1000 * SECOND)
    const at = peer.takeAll().map((each) => each.at)
    const intervals = at.slice(1).map((instant, i) => (instant - at[i]) / SECOND)
    expect(intervals.at(-1)).toBeGreaterThanOrEqual(60)
    expect(intervals.at(-1)).toBe(intervals.at(-2))
  })

  /** A SYN that timed out once or more, answered 50 ms after the last. */
  function openAfterLoss(timestamps: boolean, times = 1) {
    const table = bench()
    const { peer } = table
    peer.timestamps = timestamps
    peer.syn.timestamps = timestamps
    const connection = table.connect()
    const first = peer.expectSegment({ flags: 'S' })
    for (let i = 0; i < times; i++) {
      table.advance(SECOND * 2 ** i)
      peer.expectSegment({ flags: 'S' })
    }
    table.advance(50 * MILLISECOND)
    return { table, connection, peer, first }
  }

  it('78 [6298 5.7] after a SYN that timed out, the RTO is 3 s when data begin', () => {
    const { table, connection, peer } = openAfterLoss(false)
    peer.inject({ flags: 'S.' })
    peer.expectSegment({ flags: '.' })
    expect(connection.info().rto).toBe(3 * SECOND)
    table.write(connection, 100)
    peer.expectSegment({ data: 100 })
    expect(instants(table, 3 * SECOND)).toEqual([3])
  })

  it('78 [6298 5.7] it is what was measured, where the echo is of the SYN that was sent last', () => {
    const { connection, peer } = openAfterLoss(true)
    peer.inject({ flags: 'S.' })
    peer.expectSegment({ flags: '.' })
    // RTTVAR is half of the first sample: 50 + 4 * 25 ms, and at least 200 ms.
    expect(connection.info()).toMatchObject({ srtt: 50 * MILLISECOND, rto: 200 * MILLISECOND })
  })

  it('78 [MUST-18, 6298 3] the echo of an earlier SYN is no sample: which of the answers was lost, nobody knows', () => {
    const { connection, peer, first } = openAfterLoss(true)
    peer.timestampEcho = first.options.timestamps![0]
    peer.inject({ flags: 'S.' })
    peer.expectSegment({ flags: '.' })
    expect(connection.info()).toMatchObject({ srtt: 0, rto: 3 * SECOND })
  })

  it('78 [MUST-18, 6298 3] nor is that of an earlier SYN, ACK: RTO is not the seconds since then', () => {
    const table = bench()
    const listener = table.listen()
    const { peer } = table
    peer.timestamps = true
    peer.syn.timestamps = true
    peer.inject({ flags: 'S' })
    const first = peer.expectSegment({ flags: 'S.' })
    table.advance(3 * SECOND)
    expect(peer.takeAll()).toHaveLength(2)
    table.advance(50 * MILLISECOND)
    peer.timestampEcho = first.options.timestamps![0]
    peer.inject({ flags: '.', ack: first.seq + 1 })
    expect(listener.accept()?.info()).toMatchObject({ srtt: 0, rto: 3 * SECOND })
  })

  it.each([
    { times: 1, segments: 10 },
    { times: 2, segments: 1 },
  ])('78 [5681 §3.1, 6928 §2] after $times SYNs that timed out the window begins with $segments segments', (each) => {
    const { table, connection, peer } = openAfterLoss(false, each.times)
    peer.inject({ flags: 'S.' })
    peer.expectSegment({ flags: '.' })
    expect(connection.info().cwnd).toBe(each.segments * connection.info().segmentSize)
    table.write(connection, 20_000)
    expect(peer.takeAll()).toHaveLength(each.segments)
  })

  it('79 [MUST-18] the acknowledgement of a segment that was sent again is no sample (no timestamps)', () => {
    const { table, connection, peer } = open()
    const { srtt, rttvar, rto } = connection.info()
    table.write(connection, 100)
    peer.takeAll()
    table.advance(rto + 10 * MILLISECOND)
    peer.takeAll()
    peer.inject()
    expect(connection.info()).toMatchObject({ srtt, rttvar })
    // The backed-off value is kept until there is a sample (RFC 6298 5).
    expect(connection.info().rto).toBe(2 * rto)
    table.write(connection, 100)
    peer.takeAll()
    table.advance(100 * MILLISECOND)
    peer.inject()
    expect(connection.info().rto).toBeLessThan(2 * rto)
  })

  it('79 [MUST-18] nor is that of a segment that duplicates sent again', () => {
    const { table, connection, peer } = open()
    openWindow(table, connection, peer, 10 * MSS)
    const { srtt, rttvar } = connection.info()
    const s = peer.ack
    table.write(connection, 5 * MSS)
    peer.takeAll()
    for (let i = 0; i < 3; i++) peer.inject({ ack: s })
    peer.expectSegment({ seq: s, data: MSS })
    table.advance(150 * MILLISECOND)
    peer.inject({ ack: s + 5 * MSS })
    expect(connection.info()).toMatchObject({ srtt, rttvar, unacknowledged: 0 })
  })

  it('79 [MUST-18] with timestamps an echo of the first copy is none, and yet the back-off is over: SND.UNA has advanced', () => {
    const { table, connection, peer, s } = open({ peer: { syn: { timestamps: true } } })
    const { srtt, rttvar, rto } = connection.info()
    table.write(connection, 2 * MSS)
    const [first] = peer.takeAll()
    table.advance(20 * rto)
    expect(connection.info().rto).toBe(16 * rto)
    peer.takeAll()
    peer.timestampEcho = first.options.timestamps![0]
    peer.inject({ ack: s + MSS })
    expect(connection.info()).toMatchObject({ srtt, rttvar, rto, backoff: 0 })
  })

  it('79 [MUST-18] with timestamps it is one: the echo says which of the two was answered', () => {
    const { table, connection, peer } = open({ peer: { syn: { timestamps: true } } })
    const { srtt, rto } = connection.info()
    table.write(connection, 100)
    peer.takeAll()
    table.advance(rto + 10 * MILLISECOND)
    peer.takeAll()
    peer.inject()
    expect(connection.info().srtt).toBeLessThan(srtt)
  })
})

describe('congestion', () => {
  /** Sends `rounds` windows, each segment acknowledged by itself; the window and the size of the flight before each. */
  const rounds = ({ table, connection, peer }: ReturnType<typeof open>, count: number) =>
    Array.from({ length: count }, () => {
      const { cwnd } = connection.info()
      const room = connection.writable
      if (room > 0) table.write(connection, room)
      const flight = peer.takeAll()
      table.advance(100 * MILLISECOND)
      for (const { end } of flight) {
        const before = connection.info()
        peer.inject({ ack: end })
        const after = connection.info()
        if (before.cwnd < before.ssthresh) expect(after.cwnd - before.cwnd).toBeLessThanOrEqual(MSS)
      }
      return { cwnd, segments: flight.length }
    })

  it.each(['newreno', 'cubic'] as const)(
    '80 [MUST-19] below ssthresh %s opens by one segment an acknowledgement at most, and does open',
    (congestion) => {
      const place = open({ connection: { congestion } })
      const [first, second, third] = rounds(place, 3)
      expect(first.segments).toBeLessThanOrEqual(10) // RFC 6928
      expect(second.segments).toBeGreaterThan(first.segments)
      expect(second.segments).toBeLessThanOrEqual(2 * first.segments)
      expect(third.segments).toBeLessThanOrEqual(2 * second.segments)
    },
  )

  it('80 [MUST-19] above ssthresh it opens by about one segment a round trip', () => {
    const place = open()
    const { table, connection, peer } = place
    rounds(place, 1)
    peer.takeAll()
    table.advance(10 * SECOND) // time-outs: ssthresh is now half the flight
    peer.inject()
    peer.takeAll()
    peer.inject()
    for (let i = 0; i < 20 && connection.info().cwnd < connection.info().ssthresh; i++) rounds(place, 1)
    const sizes = rounds(place, 8).map(({ cwnd }) => cwnd)
    for (let i = 1; i < sizes.length; i++) {
      expect(sizes[i] - sizes[i - 1]).toBeLessThanOrEqual(1.3 * MSS)
      expect(sizes[i] - sizes[i - 1]).toBeGreaterThanOrEqual(0.5 * MSS)
    }
  })

  it('81 [5681 §3.1] a time-out sets ssthresh to half the flight, at least two segments, and cwnd to one', () => {
    for (const segments of [10, 2]) {
      const { table, connection, peer } = open()
      openWindow(table, connection, peer, 10 * MSS)
      table.write(connection, segments * MSS)
      peer.takeAll()
      table.advance(connection.info().rto)
      const { ssthresh, cwnd } = connection.info()
      expect(ssthresh).toBe(Math.max((segments * MSS) / 2, 2 * MSS))
      expect(cwnd).toBe(MSS)
      // A second time-out of the same segment leaves ssthresh as it is.
      table.advance(connection.info().rto)
      expect(connection.info().ssthresh).toBe(ssthresh)
    }
  })

  it('82 [5681 §3.2] the third duplicate acknowledgement sends the missing segment at once', () => {
    const { table, connection, peer } = open()
    openWindow(table, connection, peer, 10 * MSS)
    const s = peer.ack
    table.write(connection, 8 * MSS)
    peer.takeAll()
    peer.inject({ ack: s + MSS })
    peer.takeAll()
    const seqs: number[] = []
    for (let i = 0; i < 2; i++) {
      peer.inject({ ack: s + MSS })
      seqs.push(...peer.takeAll().map(({ seq }) => seq))
    }
    expect(seqs).not.toContain(s + MSS)
    peer.inject({ ack: s + MSS })
    expect(peer.takeAll()[0]?.seq).toBe(s + MSS)
    expect(connection.info().ssthresh).toBeLessThanOrEqual(5 * MSS)
    expect(connection.info().inRecovery).toBe(true)
  })

  it.each([
    { what: 'carry data', fields: (i: number) => ({ data: 10 + 0 * i }) },
    { what: 'change the window', fields: (i: number) => ({ window: 60_000 + i }) },
    { what: 'have SYN or FIN', fields: (i: number) => (i === 0 ? { flags: 'F.' } : { flags: 'S' }) },
  ])('83 [5681 §2] acknowledgements that $what are no duplicates', ({ fields }) => {
    const { table, connection, peer } = open()
    openWindow(table, connection, peer, 10 * MSS)
    const s = peer.ack
    table.write(connection, 8 * MSS)
    peer.takeAll()
    for (let i = 0; i < 6; i++) peer.inject({ ack: s, ...fields(i) })
    expect(peer.takeAll().filter(({ data, seq }) => data.length > 0 && seq === s)).toEqual([])
    expect(connection.info().inRecovery).toBe(false)
  })

  it('83 [5681 §2] without data outstanding, equal acknowledgements are no duplicates', () => {
    const { connection, peer, s } = open()
    for (let i = 0; i < 6; i++) peer.inject({ ack: s })
    peer.expectNothing()
    expect(connection.info().inRecovery).toBe(false)
  })

  it('84 [6582 §3.2] two holes: the partial acknowledgement sends the second at once, and recovery ends at `recover`', () => {
    const { table, connection, peer } = open()
    openWindow(table, connection, peer, 10 * MSS)
    const s = peer.ack
    table.write(connection, 10 * MSS)
    expect(peer.takeAll().length).toBe(10)
    // Segments 0 and 4 are lost.
    for (let i = 0; i < 3; i++) peer.inject({ ack: s })
    expect(peer.takeAll()[0]?.seq).toBe(s)
    for (let i = 0; i < 5; i++) peer.inject({ ack: s })
    peer.takeAll()
    peer.inject({ ack: s + 4 * MSS })
    expect(peer.takeAll()[0]?.seq).toBe(s + 4 * MSS)
    expect(connection.info().inRecovery).toBe(true)
    peer.inject({ ack: s + 9 * MSS })
    expect(connection.info().inRecovery).toBe(true)
    peer.inject({ ack: s + 10 * MSS })
    expect(connection.info().inRecovery).toBe(false)
    expect(connection.info().cwnd).toBeLessThanOrEqual(connection.info().ssthresh)
  })

  it('85 [5681 §4.1] after more than an RTO of silence, no more than an initial window goes at once', () => {
    const place = open()
    const { table, connection, peer } = place
    const [{ segments: initial }] = rounds(place, 1)
    for (let i = 0; i < 20 && (connection.info().queued > 0 || i < 4); i++) rounds(place, 1)
    for (let i = 0; i < 50 && connection.info().queued > 0; i++) {
      for (const { end } of peer.takeAll()) peer.inject({ ack: end })
    }
    expect(connection.info().cwnd).toBeGreaterThan(2 * initial * MSS)
    table.advance(5 * SECOND)
    table.write(connection, 100 * MSS)
    expect(peer.takeAll().length).toBeLessThanOrEqual(initial)
  })
})

describe('giving up', () => {
  it('86 [MUST-20, SHLD-9, SHLD-10, SHLD-11] a peer that vanished: a soft error after three retransmissions, the end after 100 s', () => {
    const { table, connection, peer } = open()
    const told: { code: string; retransmissions: number }[] = []
    let [retransmissions, closed] = [0, 0]
    connection.onSoftError((code) => told.push({ code, retransmissions }))
    connection.onClosed((error) => {
      closed = table.clock.now
      expect(error).toBe('ETIMEDOUT')
    })
    table.write(connection, 100)
    peer.takeAll()
    const from = table.clock.now
    while (closed === 0 && table.clock.now < from + 3600 * SECOND) {
      table.advance(10 * MILLISECOND)
      retransmissions += peer.takeAll().filter(({ flags }) => !flags.includes('R')).length
    }
    expect(told.length).toBeGreaterThanOrEqual(1)
    expect(told[0].retransmissions).toBeGreaterThanOrEqual(2) // counted up to the step before
    expect(told[0].retransmissions).toBeLessThanOrEqual(4)
    expect(closed - from).toBeGreaterThanOrEqual(100 * SECOND)
    expect(connection.error).toBe('ETIMEDOUT')
    table.expectEmpty()
  })

  it('87 [MUST-21] with a user time-out of 5 s it fails at 5 s', () => {
    const { table, connection, peer } = open({ connection: { userTimeout: 5 * SECOND } })
    table.write(connection, 100)
    peer.takeAll()
    table.advance(5 * SECOND - MILLISECOND)
    table.expectState(connection, 'ESTABLISHED')
    table.advance(2 * MILLISECOND)
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ETIMEDOUT')
  })

  it('87 [MUST-21] the 5 s run from the oldest octet that is not acknowledged', () => {
    const { table, connection, peer } = open({ connection: { userTimeout: 5 * SECOND } })
    for (let i = 0; i < 20; i++) {
      table.write(connection, 100)
      peer.takeAll()
      table.advance(100 * MILLISECOND)
      peer.inject()
      table.advance(900 * MILLISECOND)
    }
    table.expectState(connection, 'ESTABLISHED')
  })

  it('87 [MUST-21] with an infinite one, never', () => {
    const { table, connection, peer } = open({ connection: { userTimeout: Number.POSITIVE_INFINITY } })
    table.write(connection, 100)
    for (let i = 0; i < 24; i++) {
      table.advance(3600 * SECOND)
      expect(peer.takeAll().length).toBeGreaterThan(10)
    }
    table.expectState(connection, 'ESTABLISHED')
    peer.inject()
    expect(connection.info().unacknowledged).toBe(0)
  })

  it('88 [MUST-22, MUST-23] SYNs without an answer go on for three minutes or more', () => {
    const table = bench()
    const connection = table.connect()
    const from = table.clock.now
    const told: string[] = []
    connection.onSoftError((code) => told.push(code))
    table.advance(180 * SECOND - 1)
    expect(told).toEqual(['ETIMEDOUT']) // R1, as for data
    table.expectState(connection, 'SYN-SENT')
    for (let i = 0; i < 3600 && connection.state === 'SYN-SENT'; i++) table.advance(SECOND)
    expect(connection.error).toBe('ETIMEDOUT')
    expect(table.peer.takeAll().at(-1)!.at - from).toBeGreaterThan(100 * SECOND)
    table.expectEmpty()
  })

  it('89 [SHLD-17] data beyond a shrunken window may stay unacknowledged while the peer answers: no time-out', () => {
    const { table, connection, peer } = open()
    openWindow(table, connection, peer, 10 * MSS)
    const s = peer.ack
    table.write(connection, 8 * MSS)
    peer.takeAll()
    peer.window = 0
    peer.inject({ ack: s + 2 * MSS })
    for (let i = 0; i < 3600; i++) {
      table.advance(SECOND)
      for (const _ of peer.takeAll()) peer.inject({ ack: s + 2 * MSS })
    }
    table.expectState(connection, 'ESTABLISHED')
    peer.window = 65535
    peer.inject({ ack: s + 2 * MSS })
    for (let i = 0; i < 10; i++) {
      peer.takeAll()
      peer.inject({ ack: s + 8 * MSS })
    }
    expect(connection.info().unacknowledged).toBe(0)
  })
})
