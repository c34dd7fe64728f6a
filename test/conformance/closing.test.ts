/** Rows 90 to 100: every way a connection ends (RFC 9293 3.6, 3.10.4, 3.10.5). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import { NetError } from '../../firmware/net/errors.js'
import type { Connection } from '../../firmware/net/tcp/tcp.js'
import { OWN_ADDRESS } from '../support/stack-bench.js'
import { bench, twoStacks } from './bench.js'

/** The states that a connection goes through from here on. */
function followed(connection: Connection): string[] {
  const states: string[] = []
  connection.onState((state) => states.push(state))
  return states
}

describe('the normal close', () => {
  it('90 closing first: FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED, each as the state says', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const states = followed(connection)
    connection.shutdownWrite()
    table.expectState(connection, 'FIN-WAIT-1')
    const { seq } = peer.expectSegment({ flags: 'F.', data: 0 })
    peer.inject({ ack: seq + 1 })
    table.expectState(connection, 'FIN-WAIT-2')
    table.expectNothing()
    peer.inject({ flags: 'F.' })
    table.expectState(connection, 'TIME-WAIT')
    peer.expectSegment({ flags: '.', seq: seq + 1, ack: peer.seq })
    table.advance(300 * SECOND)
    table.expectState(connection, 'CLOSED')
    table.expectNothing()
    expect(states).toEqual(['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED'])
    expect(connection.error).toBeUndefined()
    table.expectEmpty()
  })

  it("90 the peer's FIN with the acknowledgement of ours goes to TIME-WAIT at once", () => {
    const table = bench()
    const { connection, peer } = table.established()
    const states = followed(connection)
    connection.close()
    peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.' })
    peer.expectSegment({ flags: '.', ack: peer.seq })
    expect(states.at(-1)).toBe('TIME-WAIT')
  })

  it('90 the half that is still open delivers data in FIN-WAIT-1 and FIN-WAIT-2', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.shutdownWrite()
    const { seq } = peer.expectSegment({ flags: 'F.' })
    peer.inject({ data: 10, ack: seq })
    table.expectState(connection, 'FIN-WAIT-1')
    table.expectRead(connection, 10)
    peer.inject({ data: 10, ack: seq + 1 })
    table.expectState(connection, 'FIN-WAIT-2')
    table.expectRead(connection, 10, 10)
    expect(connection.ended).toBe(false)
  })

  it("91 the peer's FIN: acknowledged, the rest can be read, then the end, and write still works", () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ data: 100 })
    peer.inject({ data: 50, flags: 'F.' })
    table.expectState(connection, 'CLOSE-WAIT')
    expect(peer.takeAll().at(-1)?.ack).toBe(peer.seq)
    expect(connection.ended).toBe(false)
    table.expectRead(connection, 150)
    expect(connection.ended).toBe(true)
    expect(connection.read(new Uint8Array(10))).toBe(0)
    table.write(connection, 200)
    peer.expectSegment({ data: 200 })
    peer.inject()
    connection.close()
    peer.expectSegment({ flags: 'F.' })
    table.expectState(connection, 'LAST-ACK')
    peer.inject()
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBeUndefined()
    table.expectNothing()
    table.expectEmpty()
  })

  it('91 a FIN that comes before its data waits for them', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const r = peer.seq
    peer.inject({ seq: r + 100, data: 50, flags: 'F.' })
    peer.expectSegment({ flags: '.', ack: r })
    table.expectState(connection, 'ESTABLISHED')
    peer.inject({ seq: r, data: 100 })
    peer.takeAll()
    // The FIN is either kept with its data, or sent again.
    peer.inject({ seq: r + 100, data: 50, flags: 'F.' })
    table.expectState(connection, 'CLOSE-WAIT')
    expect(peer.takeAll().at(-1)?.ack).toBe(r + 151)
    table.expectRead(connection, 150)
    expect(connection.ended).toBe(true)
  })

  it('92 FINs that cross: CLOSING, then TIME-WAIT', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const states = followed(connection)
    connection.close()
    const { seq } = peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.', ack: seq })
    peer.expectSegment({ flags: '.', seq: seq + 1, ack: peer.seq })
    peer.inject({ ack: seq + 1 })
    table.expectNothing()
    expect(states).toEqual(['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT'])
  })

  it('92 two stacks that close at once both go through CLOSING to TIME-WAIT', () => {
    const { clock, a, b } = twoStacks({ delay: 10 * MILLISECOND })
    const listener = b.tcp.listen({ address: 0, port: 7 })
    const one = a.tcp.connect({ address: b.address, port: 7 })
    clock.runFor(SECOND)
    const two = listener.accept()!
    const states = [followed(one), followed(two)]
    one.close()
    two.close()
    clock.runFor(SECOND)
    const way = ['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT']
    expect(states).toEqual([way, way])
    clock.runFor(300 * SECOND)
    listener.close()
    expect([...a.tcp.connections, ...b.tcp.connections]).toEqual([])
    expect([a.stack.memory.used, b.stack.memory.used]).toEqual([0, 0])
  })
})

describe('TIME-WAIT', () => {
  const LOCAL = { address: ipv4(OWN_ADDRESS), port: 1234 }
  const waiting = (maximumSegmentLifetime?: number) => {
    const table = bench(maximumSegmentLifetime === undefined ? {} : { tcp: { maximumSegmentLifetime } })
    const { connection, peer } = table.established({ connection: { local: LOCAL } })
    connection.close()
    peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.' })
    peer.expectSegment({ flags: '.' })
    table.expectState(connection, 'TIME-WAIT')
    return { table, connection, peer }
  }

  it.each([
    { lifetime: undefined, wait: 60 },
    { lifetime: 120 * SECOND, wait: 240 },
  ])('93 [MUST-13] the two ends are held for 2 MSL ($wait s), and free then', ({ lifetime, wait }) => {
    const { table, connection, peer } = waiting(lifetime)
    table.advance(wait * SECOND - MILLISECOND)
    table.expectState(connection, 'TIME-WAIT')
    expect(() => table.connect({ local: LOCAL }, peer)).toThrow(NetError)
    table.advance(MILLISECOND)
    table.expectState(connection, 'CLOSED')
    table.expectNothing()
    table.expectEmpty()
    table.connect({ local: LOCAL }, peer)
    peer.expectSegment({ flags: 'S' })
  })

  it("94 the peer's FIN again is acknowledged, and the 2 MSL begin anew", () => {
    const { table, connection, peer } = waiting()
    table.advance(50 * SECOND)
    peer.inject({ flags: 'F.', seq: peer.seq - 1 })
    peer.expectSegment({ flags: '.', seq: peer.ack, ack: peer.seq })
    table.advance(60 * SECOND - MILLISECOND)
    table.expectState(connection, 'TIME-WAIT')
    table.advance(MILLISECOND)
    table.expectState(connection, 'CLOSED')
  })

  /** A connection that a peer opened to a listener, closed by this end first. */
  const waitingServer = (timestamps: boolean) => {
    const table = bench()
    const listener = table.listen()
    const { peer } = table
    peer.syn.timestamps = timestamps
    peer.timestamps = timestamps
    peer.inject({ flags: 'S' })
    peer.expectSegment({ flags: 'S.' })
    peer.inject()
    const connection = listener.accept()!
    connection.close()
    peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.' })
    peer.expectSegment({ flags: '.' })
    table.expectState(connection, 'TIME-WAIT')
    table.advance(10 * SECOND)
    return { table, listener, connection, peer }
  }

  it.each([false, true])(
    '95 [MAY-2, SHLD-4] a SYN above the last number opens anew, from a number above ours (timestamps %s)',
    (timestamps) => {
      const { table, listener, connection, peer } = waitingServer(timestamps)
      const last = peer.ack
      peer.inject({ flags: 'S', seq: peer.seq + 1000 })
      const { seq } = peer.expectSegment({ flags: 'S.', ack: peer.seq + 1001 })
      expect((seq - last) | 0).toBeGreaterThan(0)
      table.expectState(connection, 'CLOSED')
      peer.inject({ seq: peer.seq + 1001, ack: seq + 1 })
      expect(listener.accept()?.state).toBe('ESTABLISHED')
    },
  )

  it.each([false, true])(
    '95 [MAY-2] a SYN of an older number gets an acknowledgement (timestamps %s)',
    (timestamps) => {
      const { table, connection, peer } = waitingServer(timestamps)
      const old = timestamps ? { options: { timestamps: [5, 0] as const } } : {}
      peer.inject({ flags: 'S', seq: peer.seq - 5000, ...old })
      peer.expectSegment({ flags: '.', seq: peer.ack, ack: peer.seq })
      table.expectNothing()
      table.expectState(connection, 'TIME-WAIT')
    },
  )
})

describe('how the application learns of it', () => {
  it('96 [MUST-12] a close by FIN and a close by RST can be told apart', () => {
    const outcome = (flags: string) => {
      const table = bench()
      const { connection, peer } = table.established()
      const told: (string | undefined)[] = []
      connection.onClosed((error) => told.push(error))
      peer.inject({ flags })
      peer.takeAll()
      if (flags === 'F.') {
        connection.close()
        peer.expectSegment({ flags: 'F.' })
        peer.inject()
      }
      return { told, ended: connection.ended, error: connection.error }
    }
    expect(outcome('F.')).toEqual({ told: [undefined], ended: true, error: undefined })
    expect(outcome('R')).toMatchObject({ told: ['ECONNRESET'], error: 'ECONNRESET' })
  })

  it('97 [SHLD-3] close with data unread resets', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ data: 10 })
    peer.takeAll()
    connection.close()
    const { seq, flags } = peer.expectSegment()
    expect(flags).toContain('R')
    expect(seq).toBe(peer.ack)
    table.expectState(connection, 'CLOSED')
    table.expectNothing()
    table.expectEmpty()
  })

  it.each(['FIN-WAIT-1', 'FIN-WAIT-2'])('97 [SHLD-3] data that come after close, in %s, reset', (state) => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.close()
    const { seq } = peer.expectSegment({ flags: 'F.' })
    if (state === 'FIN-WAIT-2') peer.inject()
    table.expectState(connection, state)
    peer.inject({ data: 10, ack: state === 'FIN-WAIT-2' ? seq + 1 : seq })
    expect(peer.expectSegment().flags).toContain('R')
    table.expectState(connection, 'CLOSED')
    expect(table.tcp.counters.dropped['data after close']).toBe(1)
    table.expectEmpty()
  })

  it('98 all data that are queued go before the FIN, and the FIN is sent again when it is lost', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 100_000 } })
    table.write(connection, 50_000)
    connection.close()
    let place = 0
    let fin: number | undefined
    for (let turn = 0; turn < 100 && fin === undefined; turn++) {
      for (const { data, flags, seq } of peer.takeAll()) {
        expect(seq).toBe((peer.irs! + 1 + place) >>> 0)
        place += data.length
        if (flags.includes('F')) fin = seq + data.length
      }
      if (fin === undefined) peer.inject()
    }
    expect(place).toBe(50_000)
    peer.inject({ ack: fin! })
    table.expectState(connection, 'FIN-WAIT-1')
    table.advance(5 * SECOND)
    const again = peer.takeAll()
    expect(again.length).toBeGreaterThanOrEqual(2)
    for (const { flags, end } of again) {
      expect(flags).toContain('F')
      expect(end).toBe((fin! + 1) >>> 0)
    }
    peer.inject()
    table.expectState(connection, 'FIN-WAIT-2')
  })

  it('98 the FIN of LAST-ACK is sent again as well', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ flags: 'F.' })
    peer.takeAll()
    connection.close()
    const { seq } = peer.expectSegment({ flags: 'F.' })
    table.advance(5 * SECOND)
    const again = peer.takeAll()
    expect(again.length).toBeGreaterThanOrEqual(2)
    for (const each of again) expect([each.flags, each.seq]).toEqual(['F.', seq])
    peer.inject()
    table.expectState(connection, 'CLOSED')
  })

  describe('in SYN-RECEIVED (3.10.4)', () => {
    /** Both ends open at once; the stack has the peer's SYN and has answered it. */
    function halfOpen() {
      const table = bench()
      const connection = table.connect()
      const { peer } = table
      peer.expectSegment({ flags: 'S' })
      const iss = peer.seq
      peer.inject({ flags: 'S' })
      const { seq } = peer.expectSegment({ flags: 'S.', ack: peer.seq })
      table.expectState(connection, 'SYN-RECEIVED')
      return { table, connection, peer, iss, seq }
    }

    it('98 with nothing to send, the FIN goes at once, and the state is FIN-WAIT-1', () => {
      const { table, connection, peer, seq } = halfOpen()
      const states = followed(connection)
      connection.close()
      peer.expectSegment({ flags: 'F.', seq: seq + 1, ack: peer.seq, data: 0 })
      table.expectState(connection, 'FIN-WAIT-1')
      table.expectNothing()
      // SYN and FIN in one acknowledgement.
      peer.inject({ ack: seq + 2 })
      table.expectState(connection, 'FIN-WAIT-2')
      peer.inject({ flags: 'F.' })
      peer.expectSegment({ flags: '.', seq: seq + 2, ack: peer.seq })
      expect(states).toEqual(['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT'])
      table.advance(300 * SECOND)
      table.expectEmpty()
    })

    it('98 the FIN that went ahead is sent again when it is lost, once the SYN is acknowledged', () => {
      const { table, connection, peer, iss, seq } = halfOpen()
      connection.shutdownWrite()
      peer.expectSegment({ flags: 'F.' })
      // What the peer has not acknowledged comes first: without it, the FIN has no place.
      table.advance(SECOND)
      peer.expectSegment({ flags: 'S.', seq })
      peer.inject({ flags: 'S.', seq: iss, ack: seq + 1 })
      table.expectState(connection, 'FIN-WAIT-1')
      peer.takeAll()
      table.advance(5 * SECOND)
      const again = peer.takeAll()
      expect(again.length).toBeGreaterThanOrEqual(1)
      for (const each of again) expect([each.flags, each.seq]).toEqual(['F.', seq + 1])
      peer.inject({ ack: seq + 2, data: 30 })
      table.expectState(connection, 'FIN-WAIT-2')
      table.expectRead(connection, 30)
    })

    it('98 nobody answers the FIN that went ahead: the connection fails, and not for ever later', () => {
      const { table, connection, peer, seq } = halfOpen()
      connection.shutdownWrite()
      peer.inject({ ack: seq + 1 })
      table.advance(1000 * SECOND)
      table.expectState(connection, 'CLOSED')
      expect(connection.error).toBe('ETIMEDOUT')
      peer.takeAll()
      table.expectEmpty()
    })

    it('98 the FIN of the peer crosses: CLOSING, then TIME-WAIT', () => {
      const { table, connection, peer, seq } = halfOpen()
      connection.close()
      peer.expectSegment({ flags: 'F.' })
      peer.inject({ flags: 'F.', ack: seq + 1 })
      table.expectState(connection, 'CLOSING')
      peer.expectSegment({ flags: '.', ack: peer.seq })
      peer.inject({ ack: seq + 2 })
      table.expectState(connection, 'TIME-WAIT')
    })

    it('98 with data to send, they wait for ESTABLISHED, and the FIN goes behind them', () => {
      const { table, connection, peer, seq } = halfOpen()
      table.write(connection, 100)
      connection.close()
      table.expectNothing()
      table.expectState(connection, 'SYN-RECEIVED')
      peer.inject({ ack: seq + 1 })
      expect(peer.takeAll().map(({ flags, data }) => [flags, data.length])).toEqual([['FP.', 100]])
      table.expectState(connection, 'FIN-WAIT-1')
    })

    it('98 two stacks that open at once and close at once both end', () => {
      const { clock, a, b } = twoStacks({ delay: 10 * MILLISECOND })
      const fromA = a.tcp.connect({ address: b.address, port: 7 }, { local: { address: a.address, port: 8 } })
      const fromB = b.tcp.connect({ address: a.address, port: 8 }, { local: { address: b.address, port: 7 } })
      const states = [followed(fromA), followed(fromB)]
      clock.runFor(21 * MILLISECOND)
      expect([fromA.state, fromB.state]).toEqual(['SYN-RECEIVED', 'SYN-RECEIVED'])
      fromA.close()
      fromB.close()
      clock.runFor(SECOND)
      for (const each of states) expect(each).toEqual(['SYN-RECEIVED', 'FIN-WAIT-1', 'CLOSING', 'TIME-WAIT'])
      clock.runFor(300 * SECOND)
      expect([fromA.error, fromB.error]).toEqual([undefined, undefined])
      expect([a.stack.memory.used, b.stack.memory.used]).toEqual([0, 0])
    })
  })

  it('98 a window that is closed holds the FIN back behind the data', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ window: 0 })
    table.write(connection, 100)
    connection.close()
    table.expectNothing()
    peer.inject({ window: 65535 })
    const sent = peer.takeAll()
    expect(sent.reduce((sum, { data }) => sum + data.length, 0)).toBe(100)
    expect(sent.at(-1)?.flags).toContain('F')
  })

  it('99 [SHLD-2] an exact reset that carries text is a reset', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ flags: 'R', data: 'you are not welcome' })
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ECONNRESET')
    expect(connection.readable).toBe(0)
    table.expectNothing()
  })
})

describe('abort', () => {
  it('100 in LISTEN and SYN-SENT: no segment', () => {
    const table = bench()
    table.listen().close()
    const connection = table.connect()
    table.expectSegment({ flags: 'S' })
    connection.abort()
    table.expectState(connection, 'CLOSED')
    table.advance(10 * SECOND)
    table.expectNothing()
    table.expectEmpty()
  })

  const WAYS: Record<string, (connection: Connection, peer: ReturnType<typeof bench>['peer']) => void> = {
    ESTABLISHED: () => {},
    'FIN-WAIT-1': (connection, peer) => {
      connection.shutdownWrite()
      peer.expectSegment({ flags: 'F.' })
    },
    'FIN-WAIT-2': (connection, peer) => {
      connection.shutdownWrite()
      peer.expectSegment({ flags: 'F.' })
      peer.inject()
    },
    'CLOSE-WAIT': (_, peer) => {
      peer.inject({ flags: 'F.' })
      peer.takeAll()
    },
  }
  it.each(Object.keys(WAYS))('100 in %s: one RST of SND.NXT', (state) => {
    const table = bench()
    const { connection, peer } = table.established()
    WAYS[state](connection, peer)
    table.expectState(connection, state)
    connection.abort()
    const { flags, seq } = peer.expectSegment({ data: 0 })
    expect(flags).toContain('R')
    expect(seq).toBe(peer.ack)
    table.expectState(connection, 'CLOSED')
    table.advance(10 * SECOND)
    table.expectNothing()
    table.expectEmpty()
  })

  it('100 in SYN-RECEIVED: one RST of SND.NXT', () => {
    const table = bench()
    const connection = table.connect()
    table.expectSegment({ flags: 'S' })
    table.inject({ flags: 'S' })
    const { end } = table.expectSegment({ flags: 'S.' })
    connection.abort()
    const { flags, seq } = table.expectSegment()
    expect(flags).toContain('R')
    expect(seq).toBe(end)
    table.expectNothing()
    table.expectEmpty()
  })

  it('100 data that were queued are gone, and RST has the number after what was sent', () => {
    const table = bench()
    const { connection, peer } = table.established({ window: 1000 })
    table.write(connection, 5000)
    peer.takeAll()
    connection.abort()
    expect(peer.expectSegment().seq).toBe(peer.ack)
    table.expectNothing()
    table.expectEmpty()
  })

  it.each(['CLOSING', 'LAST-ACK', 'TIME-WAIT'])('100 in %s: the connection is deleted', (state) => {
    const table = bench()
    const { connection, peer } = table.established()
    if (state === 'LAST-ACK') {
      peer.inject({ flags: 'F.' })
      peer.takeAll()
    }
    connection.shutdownWrite()
    const { seq } = peer.expectSegment({ flags: 'F.' })
    if (state !== 'LAST-ACK') peer.inject({ flags: 'F.', ack: state === 'CLOSING' ? seq : seq + 1 })
    peer.takeAll()
    table.expectState(connection, state)
    connection.abort()
    table.expectState(connection, 'CLOSED')
    table.expectEmpty()
  })
})
