import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import {
  type PeerOptions,
  type ScriptedPeer,
  type StackBenchOptions,
  TestBench,
} from '../../../test/support/stack-bench.js'
import { SECOND } from '../../hal/clock.js'

const bench = (options: StackBenchOptions = {}) => new TestBench(new Scheduler(), new SeededRandom(1), options)

/** Peers that each send a SYN to the listener. */
function knock(table: TestBench, count: number, options: PeerOptions = {}): ScriptedPeer[] {
  return Array.from({ length: count }, (_, i) => {
    const peer = table.addPeer({ port: 41000 + i, ...options })
    peer.inject({ flags: 'S' })
    return peer
  })
}

const syn = { mss: 1400, windowScale: 5, sackPermitted: true, timestamps: true }

describe('the backlog', () => {
  it('lets in as many as it says, and gives them in the order in which they completed', () => {
    const table = bench({ tcp: { synCookies: false } })
    const listener = table.listen({ backlog: 3 })
    const peers = knock(table, 4)
    for (const peer of peers.slice(0, 3)) peer.expectSegment({ flags: 'S.', ack: peer.seq })
    peers[3].expectNothing()
    expect(table.stack.tcp.counters.dropped['half-open limit']).toBe(1)
    expect([listener.halfOpen, listener.waiting]).toEqual([3, 0])
    for (const i of [2, 0, 1]) peers[i].inject()
    expect([listener.halfOpen, listener.waiting]).toEqual([0, 3])
    expect([1, 2, 3].map(() => listener.accept()?.remote.port)).toEqual([41002, 41000, 41001])
    expect(listener.accept()).toBeUndefined()
  })

  it('is silent to a SYN while `accept` does not keep up, with cookies too', () => {
    const table = bench()
    const listener = table.listen({ backlog: 1 })
    const [first] = knock(table, 1)
    first.expectSegment({ flags: 'S.' })
    first.inject()
    const late = table.addPeer({ port: 42000 })
    late.inject({ flags: 'S' })
    late.expectNothing()
    expect(table.stack.tcp.counters.dropped['accept queue full']).toBe(1)
    listener.accept()
    late.inject({ flags: 'S', seq: late.iss })
    late.expectSegment({ flags: 'S.' })
  })

  it('reports each that can be accepted, and forgets one that its peer reset before', () => {
    const table = bench()
    const listener = table.listen({ backlog: 8 })
    let told = 0
    listener.onAcceptable(() => told++)
    const peers = knock(table, 2)
    for (const peer of peers) {
      peer.expectSegment({ flags: 'S.' })
      peer.inject()
    }
    expect([told, listener.waiting]).toEqual([2, 2])
    peers[0].inject({ flags: 'R' })
    expect(listener.waiting).toBe(1)
    expect(listener.accept()?.remote.port).toBe(41001)
  })

  it('is reset when the listener closes: half open, and waiting', () => {
    const table = bench()
    const listener = table.listen({ backlog: 8 })
    const peers = knock(table, 2)
    for (const peer of peers) peer.expectSegment({ flags: 'S.' })
    peers[1].inject()
    listener.close()
    for (const peer of peers) peer.expectSegment({ flags: 'R', seq: peer.ack })
    table.expectEmpty()
    knock(table, 1, { port: 43000 })[0].expectSegment({ flags: 'R.' })
  })

  it('keeps data that come with and behind the handshake until the connection is accepted', () => {
    const table = bench()
    const listener = table.listen()
    const [peer] = knock(table, 1)
    peer.expectSegment({ flags: 'S.' })
    peer.inject({ data: 10 })
    peer.inject({ data: 20, flags: 'F.' })
    const connection = listener.accept()!
    expect([connection.state, connection.readable]).toEqual(['CLOSE-WAIT', 30])
  })

  it('has no room where the memory has none for a control block half open: the SYN is dropped and counted', () => {
    const table = bench({ memory: 1536, tcp: { synCookies: false } })
    table.listen()
    const peers = knock(table, 4)
    const answered = peers.filter((peer) => peer.takeAll().length > 0)
    // Two of 160 octets in a quarter of the memory.
    expect(answered.length).toBe(2)
    expect(table.stack.tcp.counters.dropped['no memory for connection']).toBe(2)
    expect(table.stack.memory.snapshot().refused['TCP connections half open']).toBe(2)
  })

  it('answers by a cookie what the memory has no room for half open, and opens it when the cookie comes back', () => {
    const table = bench({ memory: 1536 })
    const listener = table.listen()
    const peers = knock(table, 8)
    for (const peer of peers) peer.expectSegment({ flags: 'S.' })
    expect(table.stack.memory.snapshot().byPurpose).toEqual({ 'TCP connections half open': 320 })
    peers[7].inject()
    expect(listener.accept()?.remote.port).toBe(41007)
    peers[0].inject()
    expect(table.stack.memory.snapshot().byPurpose).toEqual({
      'TCP connections half open': 160,
      'TCP connections': 320,
    })
  })
})

describe('who serves the connections, with room for one', () => {
  function served() {
    const table = bench()
    const listener = table.listen({ backlog: 8 })
    let refused = 0
    listener.admission = { hasRoom: (beside) => beside < 1, makeRoom: () => false, onRefused: () => refused++ }
    return { table, listener, refused: () => refused }
  }

  it('has a cookie sent beside one that is half open, and a reset beside one that waits', () => {
    const { table, listener, refused } = served()
    const [first, second] = knock(table, 2)
    first.expectSegment({ flags: 'S.' })
    second.expectSegment({ flags: 'S.' })
    expect([listener.halfOpen, table.stack.tcp.counters.cookiesSent, refused()]).toEqual([1, 1, 0])
    second.inject()
    expect([listener.waiting, refused()]).toEqual([1, 0])
    knock(table, 1, { port: 42000 })[0].expectSegment({ flags: 'R.' })
    expect(refused()).toBe(1)
    expect(table.stack.tcp.counters.dropped).toMatchObject({ 'refused by listener': 1 })
  })
})

it('a connection stays half open for three minutes at most (RFC 9293 MUST-23), and then takes no memory', () => {
  const table = bench()
  const listener = table.listen()
  const [peer] = knock(table, 1)
  table.advance(179 * SECOND)
  expect(listener.halfOpen).toBe(1)
  table.advance(2 * SECOND)
  expect([listener.halfOpen, table.stack.memory.used]).toEqual([0, 0])
  expect(peer.takeAll().length).toBeGreaterThan(3)
})

describe('SYN cookies (RFC 4987 3.6)', () => {
  /** A listener whose backlog of one is half open, and a further SYN. */
  function crowded(options: PeerOptions) {
    const table = bench()
    const listener = table.listen({ backlog: 1 })
    knock(table, 1)[0].expectSegment({ flags: 'S.' })
    const used = table.stack.memory.used
    const peer = table.addPeer({ port: 45000, ...options })
    peer.inject({ flags: 'S' })
    return { table, listener, peer, used }
  }

  it('answer without keeping anything, and the acknowledgement makes the connection with what the SYN said', () => {
    const { table, listener, peer, used } = crowded({ syn, window: 500 })
    const answer = peer.expectSegment({ flags: 'S.', ack: peer.seq })
    expect(answer.options).toMatchObject({ mss: 1460, sackPermitted: true, windowScale: 0 })
    expect(table.stack.memory.used).toBe(used)
    expect(listener.halfOpen).toBe(1)
    table.advance(30 * SECOND)
    peer.takeAll()
    peer.inject({ data: 100 })
    const connection = listener.accept()!
    expect(connection.state).toBe('ESTABLISHED')
    table.expectRead(connection, 100)
    expect(connection.info()).toMatchObject({
      peerSegmentSize: 1400,
      sendScale: 5,
      sackPermitted: true,
      timestamps: true,
      sendWindow: 500 << 5,
      initialReceiveSequence: peer.iss,
    })
    const { cookiesSent, cookiesAccepted } = table.stack.tcp.counters
    expect([cookiesSent, cookiesAccepted]).toEqual([1, 1])
    // Both streams go on from there, and timestamps do not go back.
    const before = answer.options.timestamps![0]
    peer.takeAll()
    table.write(connection, 50)
    expect(peer.expectSegment({ data: 50 }).options.timestamps![0]).toBeGreaterThanOrEqual(before)
  })

  it('have no options but the MSS where the peer has no timestamps', () => {
    const { listener, peer } = crowded({ syn: { mss: 1460, windowScale: 7, sackPermitted: true } })
    const { options } = peer.expectSegment({ flags: 'S.' })
    expect(options).toEqual({ mss: 1460 })
    peer.inject()
    expect(listener.accept()?.info()).toMatchObject({ sackPermitted: false, sendScale: undefined, timestamps: false })
  })

  it('that were not given out, or are old, or come to a listener that gave none, are answered by a reset', () => {
    const { table, listener, peer } = crowded({ syn })
    peer.expectSegment({ flags: 'S.' })
    peer.inject({ ack: peer.ack + 1 })
    peer.expectSegment({ flags: 'R', seq: peer.ack + 1 })
    expect(table.stack.tcp.counters.dropped['SYN cookie wrong']).toBe(1)
    table.advance(200 * SECOND)
    peer.takeAll()
    peer.inject()
    peer.expectSegment({ flags: 'R', seq: peer.ack })
    expect(listener.waiting).toBe(0)
  })

  it('come back in vain while `accept` does not keep up, and the peer, which sends again, is let in later', () => {
    const table = bench()
    const listener = table.listen({ backlog: 1 })
    const [first] = knock(table, 1)
    first.expectSegment({ flags: 'S.' })
    const peer = table.addPeer({ port: 45000, syn })
    peer.inject({ flags: 'S' })
    peer.expectSegment({ flags: 'S.' })
    first.inject()
    expect(listener.waiting).toBe(1)
    const [seq, ack] = [peer.seq, peer.ack]
    peer.inject({ seq, ack, data: 10 })
    peer.expectNothing()
    listener.accept()
    peer.inject({ seq, ack, data: 10 })
    expect(listener.accept()?.readable).toBe(10)
  })
})
