/** Rows 151 to 157: explicit congestion notification (RFC 3168 6.1). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { TcpConnectOptions } from '../../firmware/net/tcp/tcp.js'
import type { SentSegment } from '../support/segment.js'
import type { PeerOptions } from '../support/stack-bench.js'
import { bench, openWindow } from './bench.js'

const MSS = 1000
/** The ECN field (RFC 3168 5, figure 1). */
const NOT_ECT = 0b00
const ECT_0 = 0b10
const CE = 0b11

const codepoint = ({ trafficClass }: SentSegment): number => trafficClass & 0b11

/** ESTABLISHED, with ECN, segments of 1000 octets and NewReno: the stack asked, and the peer agreed. */
function open(options: { connection?: TcpConnectOptions; peer?: PeerOptions['syn'] } = {}) {
  const table = bench()
  const connection = table.connect({
    congestion: 'newreno',
    sendBuffer: 262_144,
    ecn: 'request',
    ...options.connection,
  })
  const { peer } = table
  Object.assign(peer.syn, { mss: MSS }, options.peer)
  const syn = peer.expectSegment({ flags: 'SEW' })
  table.advance(50 * MILLISECOND)
  peer.inject({ flags: 'S.E' })
  peer.expectSegment({ flags: '.' })
  return { table, connection, peer, syn }
}

/** The stack listens, and a peer whose SYN has these flags has opened a connection. */
function accepted(flags: string, answer: string, ecn: 'request' | 'accept' | 'off' = 'accept') {
  const table = bench()
  const listener = table.listen({ connection: { congestion: 'newreno', ecn } })
  const { peer } = table
  peer.inject({ flags })
  const synAck = peer.expectSegment({ flags: answer })
  peer.inject()
  const connection = listener.accept() ?? table.fail('no connection')
  return { table, connection, peer, synAck }
}

describe('the handshake', () => {
  it('151 [3168 6.1.1] asks with ECE and CWR in the SYN, agrees to ECE alone in the SYN,ACK, and marks neither', () => {
    const { connection, syn } = open()
    expect(codepoint(syn)).toBe(NOT_ECT)
    expect(connection.info().ecn).toBe(true)
  })

  it.each(['S.', 'S.EW', 'S.W'])('151 [3168 6.1.1] takes [%s] for no: nothing is marked', (flags) => {
    const table = bench()
    const connection = table.connect({ ecn: 'request' })
    table.peer.expectSegment({ flags: 'SEW' })
    table.peer.inject({ flags })
    table.peer.expectSegment({ flags: '.' })
    table.write(connection, 100)
    expect(codepoint(table.peer.expectSegment({ data: 100 }))).toBe(NOT_ECT)
    expect(connection.info().ecn).toBe(false)
  })

  it('151 [3168 6.1.1] without being asked it does not ask, and takes an ECE in the answer for nothing', () => {
    const table = bench()
    const connection = table.connect()
    table.peer.expectSegment({ flags: 'S' })
    table.peer.inject({ flags: 'S.E' })
    table.peer.expectSegment({ flags: '.' })
    expect(connection.info().ecn).toBe(false)
  })

  it('151 [3168 6.1.1] answers a SYN with ECE and CWR by ECE, and any other without', () => {
    const { connection, synAck } = accepted('SEW', 'S.E')
    expect(codepoint(synAck)).toBe(NOT_ECT)
    expect(connection.info().ecn).toBe(true)
    for (const flags of ['S', 'SE', 'SW']) expect(accepted(flags, 'S.').connection.info().ecn).toBe(false)
    expect(accepted('SEW', 'S.', 'off').connection.info().ecn).toBe(false)
  })

  it('151 [3168 6.1.1] a SYN that comes again without the request takes it back', () => {
    const table = bench()
    const listener = table.listen()
    const { peer } = table
    peer.inject({ flags: 'SEW' })
    peer.expectSegment({ flags: 'S.E' })
    peer.inject({ flags: 'S', seq: peer.iss })
    peer.expectSegment({ flags: 'S.' })
    peer.inject()
    expect(listener.accept()?.info().ecn).toBe(false)
  })

  it('152 [3168 6.1.1.1] a SYN without an answer goes again without the request, and nothing is marked whoever answers', () => {
    const table = bench()
    const connection = table.connect({ ecn: 'request' })
    const { peer } = table
    peer.expectSegment({ flags: 'SEW' })
    table.advance(SECOND)
    peer.expectSegment({ flags: 'S' })
    // The answer to the first, which was late
    peer.inject({ flags: 'S.E' })
    peer.expectSegment({ flags: '.' })
    table.write(connection, 100)
    expect(codepoint(peer.expectSegment({ data: 100 }))).toBe(NOT_ECT)
  })

  it('151 [3168 6.1.1] both ends may open at once', () => {
    const table = bench()
    const connection = table.connect({ ecn: 'request' })
    const { peer } = table
    peer.expectSegment({ flags: 'SEW' })
    peer.inject({ flags: 'SEW' })
    peer.expectSegment({ flags: 'S.E' })
    peer.inject({ flags: 'S.E', seq: peer.iss })
    table.settle()
    expect(connection.state).toBe('ESTABLISHED')
    peer.takeAll()
    // That ECE belonged to the handshake.
    expect(connection.info()).toMatchObject({ ecn: true, congestionEchoes: 0 })
  })
})

describe('what is marked', () => {
  it('153 [3168 6.1.4, 6.1.5, 6.1.6] new data alone are ECT(0): no acknowledgement, nothing that is sent again, no probe, no reset', () => {
    const { table, connection, peer } = open()
    table.write(connection, 100)
    expect(codepoint(peer.expectSegment({ data: 100 }))).toBe(ECT_0)
    table.advance(2 * SECOND)
    for (const again of peer.takeAll()) expect(codepoint(again)).toBe(NOT_ECT)
    peer.inject({ window: 0 })
    table.write(connection, 100)
    table.advance(5 * SECOND)
    const probes = peer.takeAll()
    expect(probes.length).toBeGreaterThan(0)
    for (const probe of probes) expect(codepoint(probe)).toBe(NOT_ECT)
    peer.inject({ data: 10, window: 0 })
    table.advance(SECOND)
    for (const ack of peer.takeAll()) expect(codepoint(ack)).toBe(NOT_ECT)
    connection.abort()
    expect(codepoint(peer.expectSegment({ flags: 'R' }))).toBe(NOT_ECT)
  })

  it('153 [3168 6.1] the field is TCP’s: what an application sets for the traffic class leaves it alone', () => {
    const { table, connection, peer } = open({ connection: { trafficClass: 0xff } })
    table.write(connection, 100)
    expect(peer.expectSegment({ data: 100 }).trafficClass).toBe(0xfc | ECT_0)
    peer.inject({ data: 10 })
    table.advance(SECOND)
    expect(peer.expectSegment({ flags: '.' }).trafficClass).toBe(0xfc)
    connection.set('trafficClass', 0x07)
    peer.inject({ data: 10 })
    table.advance(SECOND)
    expect(peer.expectSegment({ flags: '.' }).trafficClass).toBe(0x04)
  })
})

describe('the receiver', () => {
  it('154 [3168 6.1.3] says ECE from the first mark on in every acknowledgement, until the sender says CWR', () => {
    const { table, connection, peer } = accepted('SEW', 'S.E')
    peer.inject({ data: 1000 })
    table.advance(SECOND)
    peer.expectSegment({ flags: '.' })
    peer.inject({ data: 1000, trafficClass: CE })
    table.advance(SECOND)
    peer.expectSegment({ flags: '.E' })
    peer.inject({ data: 1000, trafficClass: ECT_0 })
    table.advance(SECOND)
    peer.expectSegment({ flags: '.E' })
    peer.inject({ data: 1000, trafficClass: ECT_0, flags: '.W' })
    table.advance(SECOND)
    peer.expectSegment({ flags: '.' })
    expect(connection.info().marksReceived).toBe(1)
  })

  it('154 [3168 6.1.3] a mark in the segment that says CWR is a new one', () => {
    const { table, peer } = accepted('SEW', 'S.E')
    peer.inject({ data: 1000, trafficClass: CE })
    table.advance(SECOND)
    peer.expectSegment({ flags: '.E' })
    peer.inject({ data: 1000, trafficClass: CE, flags: '.W' })
    table.advance(SECOND)
    peer.expectSegment({ flags: '.E' })
  })

  it('155 [3168 6.1.5] no mark counts of what is outside the window, has no text, or where ECN was not agreed on', () => {
    const { table, connection, peer } = accepted('SEW', 'S.E')
    peer.inject({ data: 1000, seq: (peer.seq + 200_000) >>> 0, trafficClass: CE })
    peer.expectSegment({ flags: '.' })
    peer.inject({ trafficClass: CE })
    peer.inject({ data: 1000, trafficClass: ECT_0 })
    table.advance(SECOND)
    peer.expectSegment({ flags: '.' })
    expect(connection.info().marksReceived).toBe(0)

    const other = accepted('S', 'S.')
    other.peer.inject({ data: 1000, trafficClass: CE })
    other.table.advance(SECOND)
    other.peer.expectSegment({ flags: '.' })
  })
})

describe('the sender', () => {
  /** Ten segments are on their way; the window is full. */
  function sending(peer?: PeerOptions['syn']) {
    const it = open(peer === undefined ? {} : { peer })
    openWindow(it.table, it.connection, it.peer, 10 * MSS)
    const { cwnd } = it.connection.info()
    it.table.write(it.connection, 100 * MSS)
    const sent = it.peer.takeAll()
    expect(sent.length).toBe(Math.floor(cwnd / MSS))
    return { ...it, sent, cwnd }
  }

  it('156 [3168 6.1.2] an ECE halves the window, once for a window of data, and nothing is sent again', () => {
    const { table, connection, peer, sent, cwnd } = sending()
    const flight = sent.length * MSS
    peer.inject({ flags: '.E', ack: sent[1].end })
    expect(connection.info()).toMatchObject({
      cwnd: flight / 2,
      ssthresh: flight / 2,
      retransmits: 0,
      congestionEchoes: 1,
    })
    expect(connection.info().cwnd).toBeLessThan(cwnd)
    // The receiver says so until it knows: the others are about the same window.
    for (const { end } of sent.slice(2)) peer.inject({ flags: '.E', ack: end })
    expect(connection.info()).toMatchObject({ retransmits: 0, congestionEchoes: 1, inRecovery: false })
    // Nor does the window grow by them.
    expect(connection.info().cwnd).toBe(flight / 2)
    const next = peer.takeAll()
    expect(next[0].flags).toContain('W')
    for (const each of next.slice(1)) expect(each.flags).not.toContain('W')
    // Beyond what was out then, one more is another.
    peer.inject({ ack: next[0].end })
    table.settle()
    const later = peer.takeAll()
    peer.inject({ flags: '.E', ack: next[1].end })
    expect(connection.info().congestionEchoes).toBe(2)
    expect(later.length).toBeGreaterThan(0)
  })

  it('156 [3168 6.1.2] SSTHRESH is two segments at least', () => {
    const { table, connection, peer } = open()
    table.write(connection, 100)
    const { end } = peer.expectSegment({ data: 100 })
    peer.inject({ flags: '.E', ack: end })
    expect(connection.info()).toMatchObject({ cwnd: 2 * MSS, ssthresh: 2 * MSS })
  })

  it('157 [3168 6.1.2] CWR is in the first new segment after a reduction for a loss too, and that one is marked', () => {
    const { table, connection, peer, sent } = sending({ sackPermitted: true })
    const { ssthresh } = connection.info()
    // The first is lost: the rest arrive.
    for (let i = 1; i < 6; i++) peer.inject({ ack: sent[0].seq, options: { sack: [[sent[1].seq, sent[i].end]] } })
    table.advance(50 * MILLISECOND)
    const [again, ...first] = peer.takeAll()
    expect([again.seq, codepoint(again), again.flags.includes('W')]).toEqual([sent[0].seq, NOT_ECT, false])
    expect(connection.info().ssthresh).toBeLessThan(ssthresh)
    // The loss was one for this window: an ECE reduces it no further.
    const after = connection.info().ssthresh
    peer.inject({ flags: '.E', ack: sent.at(-1)?.end ?? 0 })
    expect(connection.info()).toMatchObject({ ssthresh: after, congestionEchoes: 0 })
    const next = [...first, ...peer.takeAll()]
    expect(next.length).toBeGreaterThan(first.length + 1)
    expect(next.map((each) => [codepoint(each), each.flags.includes('W')])).toEqual(
      next.map((_, i) => [ECT_0, i === 0]),
    )
  })
})
