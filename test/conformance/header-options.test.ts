/** Rows 1 to 14: the header, its checksum and its options (RFC 9293 3.1, 3.2, 3.7.1). */
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { plainSum, type SentSegment } from '../support/segment.js'
import { bench, openWindow } from './bench.js'

/** The TCP checksum's two octets in a frame without IP options. */
const CHECKSUM_AT = 14 + 20 + 16

/** Sum of pseudo header and segment by the definition alone: 0xffff where the checksum holds. */
function sumOf({ frame }: SentSegment): number {
  const length = frame.length - 34
  return plainSum(frame, 34, frame.length, plainSum(frame, 26, 34) + 6 + length)
}

describe('header and checksum', () => {
  it('1 [MUST-3] a data segment with any one bit of its checksum flipped is dropped in silence and counted', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const { seq } = peer
    for (let bit = 0; bit < 16; bit++)
      peer.inject({ seq, data: 10, spoil: (frame) => (frame[CHECKSUM_AT + (bit >> 3)] ^= 1 << (bit & 7)) })
    table.advance(SECOND)
    table.expectNothing()
    expect(connection.readable).toBe(0)
    expect(table.tcp.counters.dropped.checksum).toBe(16)
    peer.inject({ seq, data: 10 })
    table.expectRead(connection, 10)
  })

  it('2 [MUST-2] every segment sent sums to FFFFh with its pseudo header: SYN, odd and even lengths, FIN, RST', () => {
    const table = bench()
    const connection = table.connect({ noDelay: true })
    const sent = [table.peer.expectSegment({ flags: 'S' })]
    table.inject({ flags: 'S.' })
    for (const length of [0, 1, 2, 3, 17, 1000, 1459, 1460]) {
      if (length > 0) table.write(connection, length)
      sent.push(...table.peer.takeAll())
      table.inject()
    }
    connection.shutdownWrite()
    sent.push(...table.peer.takeAll())
    table.inject()
    connection.abort()
    sent.push(...table.peer.takeAll())
    expect(sent.map(({ data }) => data.length)).toEqual([0, 0, 1, 2, 3, 17, 1000, 1459, 1460, 0, 0])
    expect(sent.map(sumOf)).toEqual(sent.map(() => 0xffff))
  })

  it('2 [MUST-2] so does the reset that answers a segment for nobody', () => {
    const table = bench()
    const nobody = table.addPeer({ localPort: 9999 })
    nobody.inject({ flags: 'S' })
    expect(sumOf(nobody.expectSegment({ flags: 'R.' }))).toBe(0xffff)
  })

  it.each([0, 1, 4, 8, 15])(
    '3 a data offset of %i words, where it is not so, drops the segment in silence',
    (words) => {
      const table = bench()
      const { connection, peer } = table.established()
      const { seq } = peer
      peer.inject({ seq, data: 10, dataOffset: words })
      table.advance(SECOND)
      table.expectNothing()
      expect(connection.readable).toBe(0)
      expect(table.tcp.counters.dropped['data offset']).toBe(1)
      peer.inject({ seq, data: 10 })
      table.expectRead(connection, 10)
    },
  )

  it('3 a segment that ends within its header is dropped in silence', () => {
    const table = bench()
    const { peer } = table.established()
    // 30 octets less in the IP header's total length (its checksum follows): 10 octets of TCP are left.
    peer.inject({
      data: 20,
      spoil: (frame) => {
        frame[16] = 0
        frame[17] = 30
        frame[24] = 0
        frame[25] = 0
        const sum = ~plainSum(frame, 14, 34) & 0xffff
        frame[24] = sum >> 8
        frame[25] = sum & 0xff
      },
    })
    table.advance(SECOND)
    table.expectNothing()
    // The sum over what is left is wrong too, and either reason will do.
    const { truncated = 0, checksum = 0 } = table.tcp.counters.dropped
    expect(truncated + checksum).toBe(1)
  })

  it('4 [MUST-1] a window of 65,535 is used to the last full segment, and no further', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 131072 }, window: 65535 })
    let written = 0
    const refill = () => {
      const room = Math.min(connection.writable, 400_000 - written)
      if (room > 0) table.write(connection, room)
      written += Math.max(room, 0)
    }
    let most = 0
    refill()
    for (let round = 0; round < 8; round++) {
      const acknowledged = peer.ack
      const flight = peer.takeAll()
      expect(flight.length).toBeGreaterThan(0)
      const octets = (peer.ack - acknowledged) >>> 0
      most = Math.max(most, octets)
      expect(octets).toBeLessThanOrEqual(65535)
      for (const { end } of flight) peer.inject({ ack: end })
      refill()
    }
    expect(most).toBeGreaterThan(65535 - 2 * 1460)
  })
})

describe('options', () => {
  it.each([
    { what: 'NOPs', raw: [1, 1, 1, 1] },
    { what: 'timestamps nobody agreed on', raw: [1, 1, 8, 10, 0, 0, 0, 9, 0, 0, 0, 0] },
    { what: 'an unknown option', raw: [200, 4, 1, 2] },
    { what: 'the end of options, then zeros', raw: [0, 0, 0, 0] },
    { what: 'an option of a SYN', raw: [2, 4, 1, 0] },
  ])('5 [MUST-5] $what in a data segment: the data are accepted', ({ raw }) => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ data: 10, options: { raw } })
    table.expectRead(connection, 10)
    table.advance(SECOND)
    peer.expectSegment({ flags: '.', ack: peer.seq })
  })

  it.each([
    { where: 'behind', raw: [200, 6, 1, 2, 3, 4, 2, 4, 500 >> 8, 500 & 255] },
    { where: 'on both sides of', raw: [253, 2, 200, 6, 1, 2, 3, 4, 2, 4, 500 >> 8, 500 & 255, 200, 4, 9, 9] },
  ])('6 [MUST-6] an MSS $where an option of unknown kind is read', ({ raw }) => {
    const table = bench()
    const listener = table.listen()
    table.inject({ flags: 'S', options: { raw } })
    table.expectSegment({ flags: 'S.' })
    table.inject()
    const connection = listener.accept()!
    table.write(connection, 2000)
    expect(table.peer.takeAll().map(({ data }) => data.length)).toEqual([500, 500, 500, 500])
  })

  const ILLEGAL = [
    { what: 'of length 0', raw: [200, 0, 1, 1] },
    { what: 'of length 1', raw: [200, 1, 1, 1] },
    { what: 'that runs past the header', raw: [1, 1, 200, 5] },
    { what: 'of 255 octets', raw: [200, 255, 0, 0] },
    { what: 'without its length', raw: [1, 1, 1, 200] },
    { what: 'MSS of length 3', raw: [2, 3, 1, 1] },
    { what: 'SACK of length 3', raw: [5, 3, 1, 1] },
    { what: 'timestamps of length 2', raw: [8, 2, 1, 1] },
  ]
  it.each(ILLEGAL)('7 [MUST-7] an option $what in a data segment leaves the connection whole', ({ raw }) => {
    const table = bench()
    const { connection, peer } = table.established()
    const { seq } = peer
    peer.inject({ seq, data: 10, options: { raw } })
    table.advance(SECOND)
    peer.takeAll()
    table.expectState(connection, 'ESTABLISHED')
    peer.inject({ seq, data: 10 })
    table.expectRead(connection, 10)
  })

  it.each(ILLEGAL)('7 [MUST-7] an option $what in a SYN leaves the listener whole', ({ raw }) => {
    const table = bench()
    const listener = table.listen()
    table.inject({ flags: 'S', options: { raw } })
    table.advance(10 * SECOND)
    table.peer.takeAll()
    const other = table.addPeer({ port: 40001 })
    other.inject({ flags: 'S' })
    other.expectSegment({ flags: 'S.', ack: other.seq })
    other.inject()
    expect(listener.accept()?.remote.port).toBe(40001)
  })

  it.each([1, 3])('8 [MUST-64] an MSS behind %i NOPs, at an odd offset, is honoured', (nops) => {
    const table = bench()
    const listener = table.listen()
    table.inject({ flags: 'S', options: { raw: [...Array(nops).fill(1), 2, 4, 500 >> 8, 500 & 255] } })
    table.expectSegment({ flags: 'S.' })
    table.inject()
    const connection = listener.accept()!
    table.write(connection, 1000)
    expect(table.peer.takeAll().map(({ data }) => data.length)).toEqual([500, 500])
  })

  const SWITCHES = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
    sack: (bits & 1) !== 0,
    timestamps: (bits & 2) !== 0,
    windowScale: (bits & 4) !== 0,
  }))
  const LENGTHS = new Map([
    [2, 4],
    [3, 3],
    [4, 2],
    [5, 10],
    [8, 10],
  ])
  it.each(SWITCHES)(
    '9 [MUST-68, MUST-69] options of a SYN have their lengths, and zeros after their end: %o',
    (switches) => {
      const table = bench()
      table.connect(switches)
      // `expectSegment` refuses a segment with octets after the end of its options that are not zero.
      const syn = table.peer.expectSegment({ flags: 'S' })
      table.listen({ connection: switches }, 81)
      const other = table.addPeer({
        localPort: 81,
        syn: { mss: 1000, windowScale: 2, sackPermitted: true, timestamps: true },
      })
      other.inject({ flags: 'S' })
      const synAck = other.expectSegment({ flags: 'S.' })
      for (const { optionKinds } of [syn, synAck]) {
        expect(optionKinds.length).toBe(
          1 + Number(switches.sack) + Number(switches.timestamps) + Number(switches.windowScale),
        )
        for (const [kind, length] of optionKinds) expect([kind, length]).toEqual([kind, LENGTHS.get(kind)])
      }
    },
  )
})

describe('the maximum segment size', () => {
  it.each([
    [1500, 1460],
    [1006, 966],
    [576, 536],
  ])('10 [MUST-14] the SYN on an MTU of %i says MSS %i', (mtu, mss) => {
    const table = bench({ mtu })
    table.connect()
    table.expectSegment({ flags: 'S', options: { mss } })
  })

  it('10 [MUST-4] no segment to a peer with MSS 500 has more than 500 octets', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 500 } })
    openWindow(table, connection, peer, 5000)
    table.write(connection, 5000)
    const sizes = peer.takeAll().map(({ data }) => data.length)
    expect(sizes).toEqual(Array(10).fill(500))
  })

  it('11 [MUST-65] no segment but a SYN has an MSS', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const later: SentSegment[] = []
    table.write(connection, 5000)
    later.push(...peer.takeAll())
    peer.inject({ data: 1460 })
    peer.inject({ seq: peer.seq + 100, data: 100 })
    connection.shutdownWrite()
    table.advance(10 * SECOND)
    later.push(...peer.takeAll())
    connection.abort()
    later.push(...peer.takeAll())
    expect(later.length).toBeGreaterThan(6)
    expect(later.filter(({ options }) => options.mss !== undefined)).toEqual([])
  })

  it.each(['active', 'passive'] as const)(
    '12 [MUST-15] to a peer whose SYN has no MSS, no segment has more than 536 octets (%s open)',
    (open) => {
      const table = bench()
      const { connection, peer } = table.established({ open, syn: {} })
      table.write(connection, 5000)
      const sizes = peer.takeAll().map(({ data }) => data.length)
      expect(sizes.length).toBeGreaterThan(0)
      expect(sizes).toEqual(sizes.map(() => 536))
    },
  )

  it.each([
    { mtu: 1500, timestamps: false, most: 1460 },
    { mtu: 1500, timestamps: true, most: 1448 },
    { mtu: 576, timestamps: false, most: 536 },
    { mtu: 576, timestamps: true, most: 524 },
  ])(
    '13 [MUST-16] MTU $mtu, timestamps $timestamps, to a peer with MSS 1460: payloads of $most',
    ({ mtu, timestamps, most }) => {
      const table = bench({ mtu })
      const { connection, peer } = table.established({ syn: { mss: 1460, timestamps } })
      table.write(connection, 3 * most)
      expect(peer.takeAll().map(({ data }) => data.length)).toEqual([most, most, most])
    },
  )

  it('13 [MUST-16] SACK blocks on a data segment are subtracted as well: the datagram still fits the MTU', () => {
    const table = bench()
    const { connection, peer } = table.established({ syn: { mss: 1460, timestamps: true, sackPermitted: true } })
    peer.inject({ seq: peer.seq + 100, data: 10 })
    peer.inject({ seq: peer.seq + 200, data: 10 })
    peer.takeAll()
    table.write(connection, 4000)
    const sent = peer.takeAll()
    expect(sent.length).toBeGreaterThan(0)
    for (const { frame } of sent) expect(frame.length).toBeLessThanOrEqual(14 + 1500)
  })

  it.each([576, 1280, 1500])(
    '14 [MUST-67, SHLD-6] MTU %i less 40 is the MSS of SYN and SYN-ACK, options or not',
    (mtu) => {
      const table = bench({ mtu })
      const mss = mtu - 40
      table.connect({ timestamps: true, sack: true, windowScale: true })
      table.expectSegment({ flags: 'S', options: { mss } })
      table.listen({}, 81)
      const other = table.addPeer({
        localPort: 81,
        syn: { mss: 300, timestamps: true, sackPermitted: true, windowScale: 7 },
      })
      other.inject({ flags: 'S' })
      other.expectSegment({ flags: 'S.', options: { mss } })
    },
  )

  it('14 [MUST-67] a path MTU that a router lowered does not lower the MSS: what can be received is the same', () => {
    const table = bench()
    const { connection, peer } = table.established()
    table.write(connection, 3000)
    const [sent] = peer.takeAll()
    table.injectIcmp({ type: 3, code: 4, nextHopMtu: 1000, from: '10.0.0.254' }, sent)
    expect(connection.info().pathMtu).toBe(1000)
    const again = table.addPeer({ port: 40001 })
    table.connect({}, again)
    again.expectSegment({ flags: 'S', options: { mss: 1460 } })
  })
})
