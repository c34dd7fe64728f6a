import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { type StackBenchOptions, TestBench } from '../../../test/support/stack-bench.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { TCP_DEFAULTS } from './tcp.js'

const bench = (options: StackBenchOptions = {}) => new TestBench(new Scheduler(), new SeededRandom(1), options)

/** No call of the clock is left that the stack asked for. */
function expectIdle(table: TestBench): void {
  const { clock } = table
  if (!(clock instanceof Scheduler)) throw new Error('the bench has another clock')
  expect(clock.nextAt).toBeUndefined()
}

describe('closing with linger', () => {
  it('of 0 resets at once, whatever was queued', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { linger: 0 } })
    table.write(connection, 10)
    peer.takeAll()
    connection.close()
    peer.expectSegment({ flags: 'R', seq: peer.ack })
    table.expectEmpty()
  })

  it('of 5 s resets when data are not acknowledged by then, and not before', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { linger: 5 * SECOND } })
    table.write(connection, 10)
    peer.takeAll()
    connection.close()
    table.advance(5 * SECOND - 1)
    expect(peer.takeAll().map(({ flags }) => flags)).not.toContain('R')
    table.expectState(connection, 'FIN-WAIT-1')
    table.advance(1)
    expect(peer.takeAll().map(({ flags }) => flags)).toEqual(['R'])
    table.expectState(connection, 'CLOSED')
    table.expectEmpty()
    expectIdle(table)
  })

  it('of 5 s does nothing to a connection that closes in order', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { linger: 5 * SECOND } })
    connection.close()
    peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.' })
    peer.expectSegment({ flags: '.', ack: peer.seq })
    table.advance(6 * SECOND)
    table.expectState(connection, 'TIME-WAIT')
  })
})

describe('a connection that nobody holds any more', () => {
  it('waits 60 s in FIN-WAIT-2 for a peer that never closes, then resets it', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.close()
    peer.expectSegment({ flags: 'F.' })
    peer.inject()
    table.expectState(connection, 'FIN-WAIT-2')
    table.advance(TCP_DEFAULTS.finWait2Timeout - 1)
    table.expectState(connection, 'FIN-WAIT-2')
    table.advance(1)
    peer.expectSegment({ flags: 'R' })
    table.expectEmpty()
    expectIdle(table)
  })

  it('waits in FIN-WAIT-2 for as long as the peer likes while somebody still reads', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.shutdownWrite()
    peer.expectSegment({ flags: 'F.' })
    peer.inject()
    table.advance(3600 * SECOND)
    table.expectState(connection, 'FIN-WAIT-2')
    peer.inject({ data: 10 })
    table.expectRead(connection, 10)
  })

  it('closed in SYN-SENT is gone without a word', () => {
    const table = bench()
    const connection = table.connect()
    table.peer.expectSegment({ flags: 'S' })
    connection.close()
    table.peer.expectNothing()
    table.expectEmpty()
    expectIdle(table)
  })

  it('keeps what was not read after an orderly end, and its memory until it is read', () => {
    const table = bench()
    const { connection, peer } = table.established()
    peer.inject({ data: 100, flags: 'F.' })
    peer.takeAll()
    connection.shutdownWrite()
    const fin = peer.takeAll().at(-1)!
    peer.inject({ ack: fin.end })
    table.expectState(connection, 'CLOSED')
    expect([...table.stack.tcp.connections]).toEqual([])
    expect(table.stack.memory.used).toBeGreaterThan(0)
    table.expectRead(connection, 100)
    expect(connection.ended).toBe(true)
    table.expectEmpty()
  })
})

describe('what a connection tells', () => {
  it('every state that one segment leads through, in order, and the end once', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const told: string[] = []
    connection.onState((state, previous) => told.push(`${previous} → ${state}`))
    connection.onClosed((error) => told.push(`closed ${error}`))
    connection.shutdownWrite()
    peer.expectSegment({ flags: 'F.' })
    peer.inject({ flags: 'F.' })
    table.advance(61 * SECOND)
    connection.abort()
    connection.close()
    expect(told).toEqual([
      'ESTABLISHED → FIN-WAIT-1',
      'FIN-WAIT-1 → FIN-WAIT-2',
      'FIN-WAIT-2 → TIME-WAIT',
      'TIME-WAIT → CLOSED',
      'closed undefined',
    ])
  })

  it('may be answered by any call from within: the acknowledgement rides on what is written', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.onReadable(() => {
      connection.read(new Uint8Array(100))
      connection.write(Uint8Array.of(1, 2, 3))
      connection.shutdownWrite()
    })
    peer.inject({ data: 10 })
    peer.expectSegment({ flags: 'P.', ack: peer.seq, data: Uint8Array.of(1, 2, 3) })
    peer.expectSegment({ flags: 'F.' })
    peer.expectNothing()
  })

  it('ends without harm when it is aborted from within', () => {
    const table = bench()
    const { connection, peer } = table.established()
    let closed = 0
    connection.onClosed(() => closed++)
    connection.onReadable(() => connection.abort())
    peer.inject({ data: 10, flags: 'F.' })
    peer.expectSegment({ flags: 'R' })
    expect(closed).toBe(1)
    table.expectEmpty()
    expectIdle(table)
  })

  it('throws on a write by the name that a programmer knows', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.shutdownWrite()
    expect(() => connection.write(Uint8Array.of(1))).toThrow(/^EPIPE/)
    peer.takeAll()
    peer.inject({ flags: 'R' })
    expect(() => connection.write(Uint8Array.of(1))).toThrow(/^ECONNRESET/)
  })
})

describe('memory', () => {
  it('of empty buffers goes back after a second', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const bare = table.stack.memory.used
    table.write(connection, 1000)
    peer.takeAll()
    peer.inject({ data: 500 })
    expect(table.stack.memory.used).toBeGreaterThan(bare)
    table.read(connection)
    table.advance(500 * MILLISECOND)
    expect(table.stack.memory.used).toBeGreaterThan(bare)
    table.advance(SECOND)
    expect(table.stack.memory.used).toBe(bare)
    peer.takeAll()
    peer.inject({ data: 500, seq: peer.seq })
    expect(connection.readable).toBe(500)
  })

  it('that is short bounds the window offered, and what comes beyond it is dropped and counted', () => {
    const table = bench({ memory: 2048 })
    const { connection, peer } = table.established()
    const { receiveWindow } = connection.info()
    expect(receiveWindow).toBeLessThan(2048)
    const first = Math.floor(receiveWindow / 2)
    peer.inject({ data: first })
    peer.takeAll()
    // Another connection takes the rest, though the peer was promised it.
    const { memory } = table.stack
    const rest = memory.freeFor('TCP receive buffers')
    memory.take(rest, 'TCP receive buffers')
    peer.inject({ data: receiveWindow - first })
    expect(table.stack.tcp.counters.dropped['no memory for data']).toBe(1)
    const held = connection.readable
    peer.expectSegment({ flags: '.', ack: peer.iss + 1 + held })
    memory.give(rest, 'TCP receive buffers')
    peer.inject({ seq: peer.iss + 1 + held, data: receiveWindow - held })
    expect(connection.readable).toBe(receiveWindow)
    table.expectRead(connection, receiveWindow)
  })

  it('that a write finds none of is asked for again: `onWritable` tells when there is some', () => {
    const table = bench({ memory: 2048 })
    const { connection } = table.established()
    const { memory } = table.stack
    const rest = memory.freeFor('TCP send buffers')
    memory.take(rest, 'TCP send buffers')
    let told = 0
    connection.onWritable(() => told++)
    expect(connection.write(new Uint8Array(10))).toBe(0)
    memory.give(rest, 'TCP send buffers')
    expect(told).toBe(0)
    table.advance(200 * MILLISECOND)
    expect(told).toBe(1)
    expect(connection.write(new Uint8Array(10))).toBe(10)
  })

  it('that has no room for another connection refuses it by name', () => {
    const table = bench({ memory: 100 })
    expect(() => table.connect()).toThrow(/^ENOBUFS: connect to 10\.0\.0\.2:40000: .*give the stack more memory/)
    expect(table.stack.memory.used).toBe(0)
  })
})

describe('cork', () => {
  it('holds back what is not a full segment, until it is cleared', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { cork: true } })
    table.write(connection, 1000)
    peer.expectNothing()
    table.write(connection, 1000)
    peer.expectSegment({ data: 1460 })
    peer.expectNothing()
    connection.set('cork', false)
    peer.inject()
    peer.expectSegment({ flags: 'P.' })
  })

  it('holds it back for 200 ms at most, and not behind a FIN', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { cork: true } })
    table.write(connection, 100)
    table.advance(200 * MILLISECOND - 1)
    peer.expectNothing()
    table.advance(1)
    peer.expectSegment({ data: 100 })
    peer.inject()
    table.write(connection, 50)
    connection.shutdownWrite()
    expect(peer.expectSegment({ flags: 'FP.' }).data.length).toBe(50)
  })
})

describe('options', () => {
  it.each([
    ['timeToLive', 0],
    ['timeToLive', 256],
    ['trafficClass', -1],
    ['sendBuffer', 0],
    ['receiveBuffer', 1.5],
    ['keepCount', 0],
    ['keepCount', 128],
    // include/net/tcp.h of Linux: MAX_TCP_KEEPIDLE and MAX_TCP_KEEPINTVL 32767 s, TCP_MIN_MSS 88, MAX_TCP_WINDOW 32767.
    ['keepIdle', 0],
    ['keepIdle', 999_999_999],
    ['keepIdle', 32_767_000_000_001],
    ['keepInterval', 0],
    ['keepInterval', Number.POSITIVE_INFINITY],
    ['userTimeout', -1],
    ['userTimeout', 0],
    ['linger', Number.NaN],
    ['maximumSegmentSize', Number.NaN],
    ['maximumSegmentSize', 87],
    ['maximumSegmentSize', 32_768],
  ] as const)('%s refuses %d, and says what it takes', (name, value) => {
    const { connection } = bench().established()
    const before = connection.get(name)
    expect(() => connection.set(name, value)).toThrow(`option ${name} is`)
    expect(connection.get(name)).toBe(before)
  })

  it('that are agreed with the SYN cannot change later', () => {
    const { connection } = bench().established()
    for (const name of ['sack', 'timestamps', 'windowScale'] as const) {
      expect(() => connection.set(name, false)).toThrow(/^EISCONN/)
      expect(connection.get(name)).toBe(true)
    }
  })

  it('of one connection are not those of another', () => {
    const table = bench()
    const { connection } = table.established()
    connection.set('noDelay', true)
    connection.set('timeToLive', 3)
    const other = table.established({ port: 40001 }).connection
    expect([other.get('noDelay'), other.get('timeToLive')]).toEqual([false, 64])
  })

  it('of a segment size hold from the next segment on', () => {
    const table = bench()
    const { connection, peer } = table.established()
    connection.set('maximumSegmentSize', 400)
    table.write(connection, 800)
    expect(peer.takeAll().map(({ data }) => data.length)).toEqual([400, 400])
  })
})

describe('timers', () => {
  it('are one call of the clock for a connection, and segments do not make new ones', () => {
    const table = bench()
    const { connection, peer } = table.established()
    const { clock } = table
    if (!(clock instanceof Scheduler)) throw new Error('the bench has another clock')
    let made = 0
    const after = clock.after.bind(clock)
    clock.after = (delay, callback) => {
      made++
      return after(delay, callback)
    }
    for (let i = 0; i < 100; i++) {
      table.write(connection, 1460)
      peer.takeAll()
      peer.inject()
    }
    expect(connection.info().octetsAcknowledged).toBe(146_000)
    expect(made).toBeLessThanOrEqual(2)
  })
})
