/** Rows 110 to 119: window scale, timestamps, PAWS (RFC 7323) and selective acknowledgements (RFC 2018, 2883). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SentSegment } from '../support/segment.js'
import type { ScriptedPeer } from '../support/stack-bench.js'
import { bench, openWindow } from './bench.js'

const DAY = 86_400 * SECOND

describe('window scale', () => {
  it('110 [7323 §2.2] a SYN without it is answered without it, and nothing is scaled', () => {
    const table = bench()
    const { connection, peer } = table.established({
      open: 'passive',
      syn: { mss: 1460 },
      connection: { receiveBuffer: 300_000 },
    })
    const info = connection.info()
    expect([info.sendScale, info.receiveScale]).toEqual([undefined, undefined])
    peer.inject({ window: 2000 })
    expect(connection.info().sendWindow).toBe(2000)
    peer.inject({ data: 100 })
    table.advance(SECOND)
    const { window } = peer.expectSegment({ flags: '.' })
    expect(window).toBeGreaterThanOrEqual(65535 - 100)
  })

  it('110 [7323 §2.2] the SYN, ACK to a SYN without it has none; to one with it, it has', () => {
    const table = bench()
    table.listen({ connection: { receiveBuffer: 300_000 } })
    const without = table.addPeer({ port: 1, syn: { mss: 1460 } })
    without.inject({ flags: 'S' })
    without.expectSegment({ flags: 'S.', options: { windowScale: undefined } })
    const withScale = table.addPeer({ port: 2, syn: { mss: 1460, windowScale: 0 } })
    withScale.inject({ flags: 'S' })
    expect(withScale.expectSegment({ flags: 'S.' }).options.windowScale).toBe(3)
  })

  it('110 [7323 §2.2] our offer that the SYN, ACK does not take up is forgotten', () => {
    const table = bench()
    const connection = table.connect({ receiveBuffer: 300_000 })
    expect(table.expectSegment({ flags: 'S' }).options.windowScale).toBe(3)
    table.inject({ flags: 'S.', window: 5000 })
    expect(table.expectSegment({ flags: '.' }).window).toBe(65535)
    expect(connection.info().sendWindow).toBe(5000)
  })

  it('110 [7323 §2.3] a shift beyond 14 is used as 14', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1460, windowScale: 15 } })
    peer.inject({ window: 3 })
    expect(connection.info().sendWindow).toBe(3 << 14)
  })

  it('111 [7323 §2.2] windows in SYN segments are not scaled, all others are: both ways', () => {
    const table = bench()
    const connection = table.connect({ receiveBuffer: 300_000 })
    const { peer } = table
    peer.syn.windowScale = 7
    const syn = peer.expectSegment({ flags: 'S' })
    expect(syn.window).toBe(65535)
    peer.inject({ flags: 'S.', window: 1000 })
    expect(connection.info().sendWindow).toBe(1000)
    const ack = peer.expectSegment({ flags: '.' })
    expect(ack.window << 3).toBeGreaterThan(290_000)
    peer.inject({ window: 1000 })
    expect(connection.info().sendWindow).toBe(128_000)
  })

  it('111 [7323 §2.2] so it is where the peer opened', () => {
    const table = bench()
    const listener = table.listen({ connection: { receiveBuffer: 300_000 } })
    const { peer } = table
    peer.syn.windowScale = 7
    peer.inject({ flags: 'S', window: 1000 })
    expect(peer.expectSegment({ flags: 'S.' }).window).toBe(65535)
    peer.inject({ window: 1000 })
    expect(listener.accept()?.info().sendWindow).toBe(128_000)
  })
})

describe('timestamps', () => {
  it('112 [7323 §3.2] agreed on, every segment has them, and the echo is of the peer', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1460, timestamps: true, sackPermitted: true } })
    const sent: SentSegment[] = []
    const collect = () => sent.push(...peer.takeAll())
    table.write(connection, 5000)
    collect()
    peer.inject({ data: 100 })
    peer.inject({ seq: peer.seq + 100, data: 100 })
    collect()
    peer.inject({ flags: 'S', seq: peer.seq + 5 })
    peer.inject({ seq: peer.seq - 50 })
    collect()
    table.advance(SECOND)
    connection.shutdownWrite()
    table.advance(5 * SECOND)
    collect()
    connection.abort()
    collect()
    expect(sent.at(-1)?.flags).toContain('R') // a SHOULD
    expect(sent.length).toBeGreaterThan(8)
    for (const { options, flags } of sent)
      expect(options.timestamps?.[1]).toBeGreaterThanOrEqual(flags.includes('.') ? 1_000_000 : 0)
    const values = sent.map(({ options }) => options.timestamps![0])
    for (let i = 1; i < values.length; i++) expect((values[i] - values[i - 1]) | 0).toBeGreaterThanOrEqual(0)
  })

  it('112 [7323 §3.2] not agreed on, no segment has them', () => {
    const table = bench()
    for (const syn of [{ mss: 1460 }, { mss: 1460, timestamps: true }]) {
      const { connection, peer } = table.established({
        port: 1000 + Object.keys(syn).length,
        open: 'passive',
        localPort: 90 + Object.keys(syn).length,
        syn,
        connection: { timestamps: false },
      })
      table.write(connection, 2000)
      for (const { options } of peer.takeAll()) expect(options.timestamps).toBeUndefined()
    }
  })

  it('112 [7323 §3.2] a segment that lacks them may be dropped, and does not end the connection; a reset may lack them', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1460, timestamps: true } })
    const { seq } = peer
    peer.inject({ seq, data: 10, options: {} })
    table.advance(SECOND)
    table.expectState(connection, 'ESTABLISHED')
    expect(connection.readable + (table.tcp.counters.dropped['timestamp missing'] ?? 0)).toBeGreaterThan(0)
    peer.inject({ seq, data: 10 })
    table.expectRead(connection, 10)
    peer.takeAll()
    peer.inject({ flags: 'R', seq: seq + 10, options: {} })
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ECONNRESET')
  })

  /** ESTABLISHED with timestamps; the peer's own clock is set by hand. */
  const open = () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1460, timestamps: true } })
    const echo = peer.timestampEcho
    const base = peer.timestamp
    const inject = (value: number, fields: Parameters<ScriptedPeer['inject']>[0]) =>
      peer.inject({ ...fields, options: { timestamps: [(base + value) >>> 0, echo] } })
    return { table, connection, peer, base, inject, r: peer.seq }
  }

  it('113 [7323 §4.3 (A)] with a delayed acknowledgement the echo is of the first segment that it covers', () => {
    const { peer, base, inject, r } = open()
    inject(100, { seq: r, data: 1448 })
    peer.expectNothing()
    inject(200, { seq: r + 1448, data: 1448 })
    expect(peer.expectSegment({ flags: '.', ack: r + 2896 }).options.timestamps?.[1]).toBe(base + 100)
  })

  it('113 [7323 §4.3 (B)] with a gap it is of the last segment that moved the left edge; an old one again changes nothing', () => {
    const { table, peer, base, inject, r } = open()
    const echoed = () => {
      table.advance(SECOND)
      const last = peer.takeAll().at(-1)!
      return [last.ack - r, last.options.timestamps![1] - base]
    }
    inject(1, { seq: r, data: 100 }) // A
    expect(echoed()).toEqual([100, 1])
    inject(3, { seq: r + 200, data: 100 }) // C: a gap before it
    expect(echoed()).toEqual([100, 1])
    inject(2, { seq: r + 100, data: 100 }) // B fills it
    expect(echoed()).toEqual([300, 2])
    inject(5, { seq: r + 400, data: 100 }) // E: another
    expect(echoed()).toEqual([300, 2])
    inject(4, { seq: r + 300, data: 100 }) // D fills it
    expect(echoed()).toEqual([500, 4])
    inject(6, { seq: r, data: 100 }) // A again, with a newer timestamp
    expect(echoed()).toEqual([500, 4])
  })

  it('114 [7323 §5.3] a segment in the window with an older timestamp is dropped and acknowledged; a reset is not asked', () => {
    const { table, connection, peer, base, inject, r } = open()
    inject(1000, { seq: r, data: 10 })
    table.read(connection)
    table.advance(SECOND)
    peer.takeAll()
    inject(999, { seq: r + 10, data: 10 })
    expect(peer.expectSegment({ flags: '.', ack: r + 10, data: 0 }).options.timestamps?.[1]).toBe(base + 1000)
    table.expectNothing()
    expect(connection.readable).toBe(0)
    expect(table.tcp.counters.dropped['old timestamp']).toBe(1)
    inject(1000, { seq: r + 10, data: 10 }) // equal is not older
    table.expectRead(connection, 10, 10)
    peer.takeAll()
    inject(5, { seq: r + 20, flags: 'R' })
    table.expectState(connection, 'CLOSED')
  })

  it('114 [7323 §5.3] an older timestamp does not carry an acknowledgement or a FIN either', () => {
    const { table, connection, peer, inject, r } = open()
    inject(1000, { seq: r, data: 10 })
    table.advance(SECOND)
    peer.takeAll()
    table.write(connection, 100)
    peer.takeAll()
    inject(999, { seq: r + 10, flags: 'F.' })
    expect(connection.info().unacknowledged).toBe(100)
    table.expectState(connection, 'ESTABLISHED')
  })

  it('114 [7323 §5.2] timestamps are compared modulo 2^32', () => {
    const table = bench()
    const peer = table.addPeer({ port: 5, syn: { mss: 1460, timestamps: true } })
    peer.timestampOffset = 0xffffff00
    const connection = table.connect({}, peer)
    peer.expectSegment({ flags: 'S' })
    peer.inject({ flags: 'S.' })
    peer.takeAll()
    const echo = peer.timestampEcho
    const r = peer.seq
    peer.inject({ seq: r, data: 10, options: { timestamps: [0xfffffff0, echo] } })
    table.advance(SECOND) // acknowledged, so that the next one is TS.Recent
    peer.inject({ seq: r + 10, data: 10, options: { timestamps: [5, echo] } }) // 21 later
    table.expectRead(connection, 20)
    peer.inject({ seq: r + 20, data: 10, options: { timestamps: [0xfffffff0, echo] } }) // 21 before that
    table.expectRead(connection, 0)
    expect(table.tcp.counters.dropped['old timestamp']).toBe(1)
  })

  it('115 [7323 §5.5] after 25 idle days an old timestamp is no reason to drop; after 20 it is', () => {
    for (const [days, taken] of [
      [20, 0],
      [25, 10],
    ]) {
      const { table, connection, inject, r } = open()
      inject(1000, { seq: r, data: 10 })
      table.read(connection)
      table.advance(days * DAY)
      inject(500, { seq: r + 10, data: 10 })
      table.expectRead(connection, taken, 10)
    }
  })
})

describe('selective acknowledgements', () => {
  it.each([
    { offered: true, permitted: true, blocks: true },
    { offered: true, permitted: false, blocks: false },
    { offered: false, permitted: true, blocks: false },
  ])(
    '116 [2018 §2] offered $offered, permitted by the peer $permitted: blocks appear is $blocks',
    ({ offered, permitted, blocks }) => {
      for (const open of ['active', 'passive'] as const) {
        const table = bench()
        const { peer } = table.established({
          open,
          syn: { mss: 1460, sackPermitted: permitted },
          connection: { sack: offered },
        })
        const r = peer.seq
        peer.inject({ seq: r + 100, data: 50 })
        peer.expectSegment({ flags: '.', ack: r, options: { sack: blocks ? [[r + 100, r + 150]] : undefined } })
      }
    },
  )

  it.each([
    { timestamps: false, most: 4 },
    { timestamps: true, most: 3 },
  ])(
    '117 [2018 §4] the block of the newest segment is first, then the most recent ones: $most at most (timestamps $timestamps)',
    ({ timestamps, most }) => {
      const table = bench()
      const { peer } = table.established({ syn: { mss: 1460, sackPermitted: true, timestamps } })
      const r = peer.seq
      const block = (n: number, length = 100) => [r + 1000 * n, r + 1000 * n + length] as const
      const came: (readonly [number, number])[] = []
      for (const n of [3, 1, 5, 2, 4, 7]) {
        peer.inject({ seq: r + 1000 * n, data: 100 })
        came.unshift(block(n))
        expect(peer.expectSegment({ ack: r }).options.sack).toEqual(came.slice(0, most))
      }
      // B grows: B' is first, and B is not told a second time.
      peer.inject({ seq: r + 5100, data: 50 })
      const rest = came.filter(([left]) => left !== r + 5000)
      expect(peer.expectSegment({ ack: r }).options.sack).toEqual([block(5, 150), ...rest].slice(0, most))
    },
  )

  it('117 [2018 §4] blocks that grow together are one, and those that the stream has passed are gone', () => {
    const table = bench()
    const { peer } = table.established({ syn: { mss: 1460, sackPermitted: true } })
    const r = peer.seq
    peer.inject({ seq: r + 100, data: 100 })
    peer.inject({ seq: r + 300, data: 100 })
    peer.inject({ seq: r + 200, data: 100 })
    expect(peer.takeAll().at(-1)?.options.sack).toEqual([[r + 100, r + 400]])
    peer.inject({ seq: r + 600, data: 100 })
    peer.takeAll()
    peer.inject({ seq: r, data: 100 })
    expect(peer.takeAll().at(-1)).toMatchObject({ ack: r + 400, options: { sack: [[r + 600, r + 700]] } })
    peer.inject({ seq: r + 400, data: 200 })
    expect(peer.takeAll().at(-1)).toMatchObject({ ack: r + 700, options: {} })
  })

  const inFlight = (segments: number) => {
    const table = bench()
    const { connection, peer } = table.established({
      syn: { mss: 1000, sackPermitted: true },
      connection: { congestion: 'newreno' },
    })
    openWindow(table, connection, peer, segments * 1000)
    const s = peer.ack
    table.write(connection, segments * 1000)
    expect(peer.takeAll().length).toBe(segments)
    return { table, connection, peer, s }
  }

  it('118 [2018 §8] data that were selectively acknowledged stay, and go again after a time-out when the peer reneges', () => {
    const { table, connection, peer, s } = inFlight(5)
    peer.inject({ ack: s, options: { sack: [[s + 1000, s + 3000]] } })
    expect(connection.info().sacked).toBe(2000)
    expect(connection.info().queued).toBe(5000)
    table.advance(connection.info().rto)
    expect(peer.takeAll().some(({ seq }) => seq === s)).toBe(true)
    // RFC 2018 8 has it forgotten here; it is when SND.UNA shows that the receiver has taken it back.
    expect(connection.info().sacked).toBe(2000)
    // The peer threw away what it had: its acknowledgement goes only as far as the first segment.
    const seen: number[] = []
    let ack = s + 1000
    for (let i = 0; i < 50 && connection.info().unacknowledged > 0; i++) {
      peer.inject({ ack })
      const sent = peer.takeAll()
      for (const each of sent) {
        seen.push(each.seq - s)
        if (each.seq === ack) ack = each.end
      }
      if (sent.length === 0) table.advance(SECOND)
    }
    expect(connection.info().unacknowledged).toBe(0)
    expect(seen).toContain(1000)
    expect(seen).toContain(2000)
  })

  it('118 [2018 §5, 6675] before a time-out, what was selectively acknowledged is not sent again; the holes are', () => {
    const { connection, peer, s } = inFlight(10)
    // 0 and 4 are lost.
    peer.inject({ ack: s, options: { sack: [[s + 1000, s + 2000]] } })
    peer.inject({ ack: s, options: { sack: [[s + 1000, s + 3000]] } })
    const sent: SentSegment[] = peer.takeAll()
    peer.inject({ ack: s, options: { sack: [[s + 1000, s + 4000]] } })
    sent.push(...peer.takeAll())
    peer.inject({
      ack: s,
      options: {
        sack: [
          [s + 5000, s + 10_000],
          [s + 1000, s + 4000],
        ],
      },
    })
    sent.push(...peer.takeAll())
    expect(sent.map(({ seq }) => seq - s).sort((a, b) => a - b)).toEqual([0, 4000])
    peer.inject({ ack: s + 10_000 })
    expect(connection.info()).toMatchObject({ unacknowledged: 0, inRecovery: false, sacked: 0 })
  })

  it('118 blocks that lie are not believed: beyond SND.NXT, below SND.UNA, turned round', () => {
    const { table, connection, peer, s } = inFlight(5)
    for (const sack of [
      [[s + 4000, s + 9000]],
      [[s - 2000, s - 1000]],
      [[s + 3000, s + 1000]],
      [[s + 0x40000000, s + 0x40001000]],
    ] as const)
      for (let i = 0; i < 4; i++) peer.inject({ ack: s, options: { sack } })
    expect(connection.info().sacked).toBe(0)
    table.expectState(connection, 'ESTABLISHED')
    peer.takeAll()
    peer.inject({ ack: s + 5000 })
    expect(connection.info().unacknowledged).toBe(0)
  })

  it('119 [2883 §4] a duplicate segment is the first block of its acknowledgement', () => {
    const table = bench()
    const { peer } = table.established({ syn: { mss: 1460, sackPermitted: true } })
    const r = peer.seq
    peer.inject({ seq: r, data: 100 })
    peer.takeAll()
    peer.inject({ seq: r, data: 100 })
    expect(peer.expectSegment({ ack: r + 100 }).options.sack).toEqual([[r, r + 100]])
    // Once only (2883 §4): the next acknowledgement does not repeat it.
    peer.inject({ seq: r + 500, data: 100 })
    expect(peer.expectSegment({ ack: r + 100 }).options.sack).toEqual([[r + 500, r + 600]])
    // A duplicate of what waits out of order: its range, then the block that holds it.
    peer.inject({ seq: r + 600, data: 100 })
    peer.takeAll()
    peer.inject({ seq: r + 500, data: 100 })
    expect(peer.expectSegment({ ack: r + 100 }).options.sack).toEqual([
      [r + 500, r + 600],
      [r + 500, r + 700],
    ])
    // A part of it (2883 §4.2).
    peer.inject({ seq: r + 50, data: 100 })
    expect(peer.expectSegment({ ack: r + 150 }).options.sack?.[0]).toEqual([r + 50, r + 100])
  })

  it('119 [2883] a D-SACK about our own retransmission does no harm', () => {
    const { connection, peer, s } = inFlight(5)
    peer.inject({ ack: s + 5000, options: { sack: [[s, s + 1000]] } })
    expect(connection.info()).toMatchObject({ unacknowledged: 0, sacked: 0, inRecovery: false })
    peer.expectNothing()
  })

  it('113 the clock of our timestamps goes by milliseconds', () => {
    const table = bench()
    const { connection, peer } = table.established({
      syn: { mss: 1460, timestamps: true },
      connection: { noDelay: true },
    })
    table.write(connection, 1)
    const [before] = peer.expectSegment().options.timestamps!
    table.advance(150 * MILLISECOND)
    table.write(connection, 1)
    expect(peer.expectSegment().options.timestamps![0] - before).toBe(150)
  })
})
