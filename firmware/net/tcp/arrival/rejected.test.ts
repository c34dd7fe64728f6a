/**
 * What RFC 9293 3.10.7.4 or RFC 5961 discards leaves nothing behind. Each rejected segment says as much as it can: a timestamp
 * far ahead, text, an urgent pointer, blocks, another window, a FIN. Two stacks of one seed then go through the same hours, one
 * of which got the segment: whatever they send after the answer to it has to be the same, and so has what they say of themselves.
 */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../../boards/simulation/random.js'
import { Scheduler } from '../../../../boards/simulation/scheduler.js'
import { printSegment, type SentSegment } from '../../../../test/support/segment.js'
import { type Injected, type ScriptedPeer, TestBench } from '../../../../test/support/stack-bench.js'
import { MILLISECOND, SECOND } from '../../../hal/clock.js'
import type { Connection } from '../tcp.js'

interface Scene {
  readonly table: TestBench
  readonly peer: ScriptedPeer
  readonly connection: Connection
}

const KEEPALIVE = { keepAlive: true, keepIdle: 30 * SECOND, keepInterval: 5 * SECOND, keepCount: 3 }
const AHEAD = 5_000_000

function open(connection: object = {}): Scene {
  const table = new TestBench(new Scheduler(), new SeededRandom(3))
  const syn = { mss: 1000, sackPermitted: true, windowScale: 2, timestamps: true }
  const scene = { table, ...table.established({ syn, connection: { ...KEEPALIVE, ...connection } }) }
  table.advance(300 * MILLISECOND)
  scene.peer.takeAll()
  return scene
}

const SCENES: Readonly<Record<string, () => Scene>> = {
  'ESTABLISHED, nothing under way': () => open(),
  'ESTABLISHED, text under way': () => {
    const scene = open({ receiveBuffer: 100_000 })
    scene.table.write(scene.connection, 3000)
    scene.peer.takeAll()
    scene.peer.ack -= 3000
    return scene
  },
  'ESTABLISHED, a gap before what came': () => {
    const scene = open()
    scene.peer.inject({ seq: scene.peer.seq + 1000, data: 500 })
    scene.peer.takeAll()
    return scene
  },
  'ESTABLISHED, the window closed': () => {
    const scene = open({ receiveBuffer: 2000, windowScale: false })
    scene.peer.inject({ data: 1000 })
    scene.peer.inject({ data: 1000 })
    scene.peer.takeAll()
    return scene
  },
  'FIN-WAIT-2': () => {
    const scene = open()
    scene.connection.shutdownWrite()
    scene.peer.takeAll()
    scene.peer.inject()
    return scene
  },
  'CLOSE-WAIT': () => {
    const scene = open()
    scene.peer.inject({ flags: 'F.' })
    scene.peer.takeAll()
    return scene
  },
  'TIME-WAIT': () => {
    const scene = open()
    scene.connection.shutdownWrite()
    scene.peer.takeAll()
    scene.peer.inject({ flags: 'F.' })
    scene.peer.takeAll()
    return scene
  },
  'SYN-RECEIVED': () => {
    const table = new TestBench(new Scheduler(), new SeededRandom(3))
    const peer = table.addPeer({ syn: { mss: 1000, sackPermitted: true, windowScale: 2, timestamps: true } })
    const connection = table.connect(KEEPALIVE, peer)
    peer.takeAll()
    peer.ack = 0
    peer.inject({ flags: 'S' })
    peer.takeAll()
    return { table, peer, connection }
  },
}

/** Everything that a segment can say beside what it is rejected for. */
function saying(peer: ScriptedPeer, fields: Injected): Injected {
  const stamps = [(peer.timestamp + AHEAD) >>> 0, peer.timestampEcho] as const
  return {
    seq: peer.seq,
    window: 7,
    data: 100,
    urgentPointer: 50,
    options: { timestamps: stamps, sack: [[peer.ack + 1000, peer.ack + 2000]] },
    ...fields,
  }
}

const REJECTED: Readonly<Record<string, (peer: ScriptedPeer) => Injected>> = {
  'an ACK of what was never sent': (peer) => ({ flags: 'U.', ack: peer.ack + 900_000_000 }),
  'an ACK older than the largest window': (peer) => ({ flags: 'FU.', ack: peer.ack - 900_000_000 }),
  'a SYN in the window': () => ({ flags: 'SU.' }),
  'a SYN in the window, of nothing but that': () => ({ flags: 'S', data: 0 }),
  'a SYN in the window, without timestamps': () => ({ flags: 'S', options: { mss: 1000 } }),
  'no ACK bit': () => ({ flags: 'FU' }),
  'a reset in the window, not at its edge': (peer) => ({ flags: 'R.', seq: peer.seq + 1, data: 0 }),
  'the FIN again, with an ACK of what was never sent': (peer) => ({
    flags: 'F.',
    seq: peer.seq - 1,
    data: 0,
    ack: peer.ack + 900_000_000,
  }),
}

/** The rest of the story, the same for both. The peer's clock goes on from where it was, and so do its acknowledgements. */
function goOn({ table, peer, connection }: Scene): string[] {
  const said: string[] = []
  const note = (sent: readonly SentSegment[]) => {
    for (const segment of sent) said.push(`${segment.at} ${printSegment(segment, peer.relativeOf('stack'))}`)
  }
  const step = (work: () => void) => {
    work()
    note(peer.takeAll())
    const { segmentsReceived: _received, segmentsSent: _sent, ...info } = connection.info()
    said.push(JSON.stringify(info), `${connection.readable} ${JSON.stringify(connection.urgent)}`)
  }
  table.advance(250 * MILLISECOND)
  step(() => peer.inject({ data: 400 }))
  step(() => table.advance(SECOND))
  step(() => peer.inject({ seq: peer.seq, flags: 'F.' }))
  step(() => table.read(connection))
  // Keepalive is unanswered from here on, and TIME-WAIT runs out.
  for (let i = 0; i < 120; i++) step(() => table.advance(SECOND))
  return said
}

describe('a segment that is discarded', () => {
  for (const [state, make] of Object.entries(SCENES))
    for (const [name, fields] of Object.entries(REJECTED))
      it(`for ${name} leaves nothing behind in ${state}`, () => {
        const hit = make()
        const spared = make()
        const before = hit.connection.state
        hit.table.advance(20 * SECOND)
        spared.table.advance(20 * SECOND)
        hit.peer.takeAll()
        spared.peer.takeAll()
        hit.peer.inject(saying(hit.peer, fields(hit.peer)))
        hit.table.expectState(hit.connection, before)
        // The answer to it, and nothing else.
        expect(hit.table.stack.tcp.counters.segmentsReceived).toBe(spared.table.stack.tcp.counters.segmentsReceived + 1)
        const answers: SentSegment[] = []
        for (let s = hit.table.take((one) => hit.peer.isTo(one)); s; s = hit.table.take((one) => hit.peer.isTo(one)))
          answers.push(s)
        expect(answers.every(({ data }) => data.length === 0)).toBe(true)
        expect(goOn(hit)).toEqual(goOn(spared))
      })
})

describe('a SYN that comes for a connection in TIME-WAIT and is not let in', () => {
  it('leaves the wait as it was', () => {
    const table = new TestBench(new Scheduler(), new SeededRandom(3))
    const { connection, peer } = table.established({ open: 'passive' })
    const listener = table.listen({ reuseAddress: true, backlog: 1 })
    const other = table.addPeer({ port: 40_001 })
    other.inject({ flags: 'S' })
    other.takeAll()
    other.inject()
    expect(listener.waiting).toBe(1)
    connection.shutdownWrite()
    peer.takeAll()
    peer.inject({ flags: 'F.' })
    table.expectState(connection, 'TIME-WAIT')
    peer.takeAll()
    peer.inject({ flags: 'S', seq: peer.seq + 10 })
    peer.expectNothing()
    table.expectState(connection, 'TIME-WAIT')
    // Room again: now it opens.
    listener.accept()
    peer.inject({ flags: 'S', seq: peer.seq + 10 })
    peer.expectSegment({ flags: 'S.' })
    table.expectState(connection, 'CLOSED')
  })
})

describe('the window of a SYN,ACK that acknowledges a SYN which crossed it', () => {
  it('is not scaled (RFC 7323 2.2)', () => {
    const table = new TestBench(new Scheduler(), new SeededRandom(3))
    const peer = table.addPeer({ syn: { mss: 1000, windowScale: 7 }, window: 4096 })
    const connection = table.connect({}, peer)
    peer.takeAll()
    peer.inject({ flags: 'S', ack: 0 })
    peer.takeAll()
    peer.inject({ flags: 'S.', seq: peer.iss })
    table.expectState(connection, 'ESTABLISHED')
    expect(connection.info().sendWindow).toBe(4096)
  })
})
