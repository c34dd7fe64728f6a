import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { type Cell, encodeCell } from '../../firmware/serial-link/cell.js'
import { LinkEndpoint } from '../../firmware/serial-link/link.js'
import type { Identity } from '../../firmware/serial-link/session.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import type { LineFaults } from './line-noise.js'
import { UartLine } from './uart-line.js'

/** The worst line that the link must survive. */
const WORST: LineFaults = { bitErrorRate: 1e-4, dropRate: 1 / 2000, insertRate: 1 / 2000 }

const identity = (board: string, window: number): Identity => ({
  board,
  firmware: '0.1.0',
  window,
  highestSpiClock: 8_000_000,
  capabilities: 0,
  cells: 0,
})

interface BenchOptions {
  readonly window?: number
  readonly seed?: number
  readonly faults?: Partial<LineFaults>
  readonly granularity?: number
  readonly baud?: number
}

function bench(options: BenchOptions = {}) {
  const { window = 4, seed = 1, faults, granularity, baud = 1_000_000 } = options
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const line = new UartLine({
    clock,
    random: random.fork('line'),
    baud,
    ...(faults && { faults }),
    ...(granularity && { granularity }),
  })
  const end = (name: 'a' | 'b', life = '') =>
    new LinkEndpoint({
      clock,
      random: random.fork(name + life),
      line: line[name],
      role: name === 'a' ? 'host' : 'board',
      identity: identity(name, window),
    })
  return { clock, line, a: end('a'), b: end('b'), end }
}

/** Sends `total` octets of a pseudorandom sequence from one end and compares them, octet by octet, at the other. */
function transfer(from: LinkEndpoint, to: LinkEndpoint, total: number, seed: number) {
  const source = new SeededRandom(seed)
  const expected = new SeededRandom(seed)
  const progress = { received: 0, wrong: 0 }
  let sent = 0
  const more = () => {
    const size = Math.min(5700, total - sent)
    if (size <= 0) return
    sent += size
    from.send(
      3,
      Uint8Array.from({ length: size }, () => source.next32()),
    )
  }
  from.onSpace(more)
  to.handleData = (_channel, payload) => {
    for (const octet of payload) if (octet !== (expected.next32() & 0xff)) progress.wrong++
    progress.received += payload.length
  }
  more()
  return progress
}

/** Transfers both ways and says how long it took, in seconds of virtual time. */
function bothWays(b: ReturnType<typeof bench>, total: number, limit: number, meanwhile?: () => void) {
  const there = transfer(b.a, b.b, total, 31)
  const back = transfer(b.b, b.a, total, 32)
  b.clock.runWhile(() => {
    meanwhile?.()
    return there.received < total || back.received < total
  }, b.clock.now + limit)
  expect(there).toEqual({ received: total, wrong: 0 })
  expect(back).toEqual({ received: total, wrong: 0 })
  return b.clock.now / SECOND
}

describe('the link over a clean line', () => {
  it('opens a session within three cell times', () => {
    const { clock, a, b } = bench()
    a.open()
    clock.runFor(3 * 640 * MICROSECOND)
    expect([a.state, b.state]).toEqual(['open', 'open'])
    expect(a.peer).toEqual(identity('b', 4))
  })

  it('carries at least 0.70 of the line rate one way with a window of 4 (0.7125 is what cell and start bits leave)', () => {
    const { clock, a, b } = bench()
    a.open()
    clock.runFor(10 * MILLISECOND)
    const total = 1_000_000
    const start = clock.now
    const progress = transfer(a, b, total, 3)
    clock.runWhile(() => progress.received < total, 60 * SECOND)
    const goodput = (progress.received * 8) / ((clock.now - start) / SECOND) / 1_000_000
    expect(progress).toEqual({ received: total, wrong: 0 })
    expect(goodput).toBeGreaterThanOrEqual(0.7)
    expect(goodput).toBeLessThanOrEqual(0.7125)
    expect(a.counters).toMatchObject({ retransmissions: 0, timeouts: 0, discardedOctets: 0 })
  })

  it('carries both ways at once at that rate, acknowledgements riding on the data', () => {
    const whole = bench()
    whole.a.open()
    const seconds = bothWays(whole, 500_000, 60 * SECOND)
    expect((500_000 * 8) / seconds / 1_000_000).toBeGreaterThanOrEqual(0.7)
  })

  it.each([9_600, 115_200, 2_000_000])('works at %i baud', (baud) => {
    const whole = bench({ baud })
    whole.a.open()
    bothWays(whole, 20_000, 200 * SECOND)
    expect(whole.a.counters.retransmissions).toBe(0)
  })

  it.each([1, 2, 5, 64])('works when the line delivers %i octets at a time', (granularity) => {
    const whole = bench({ granularity, faults: WORST })
    whole.a.open()
    bothWays(whole, 50_000, 60 * SECOND)
  })

  it('learns the round trip of a USB adapter that holds octets back for 16 ms, and sends no cell twice for it', () => {
    const { clock, line, a, b } = bench({ window: 32 })
    for (const end of [line.a, line.b]) {
      const deliver = end.handleOctets!
      end.handleOctets = (octets) => clock.after(16 * MILLISECOND, () => deliver(octets))
    }
    a.open()
    clock.runFor(200 * MILLISECOND)
    const progress = transfer(a, b, 100_000, 3)
    clock.runWhile(() => progress.received < 100_000, 60 * SECOND)
    expect(progress).toEqual({ received: 100_000, wrong: 0 })
    expect(a.counters).toMatchObject({ retransmissions: 0, timeouts: 0 })
  })

  it('a long transfer on one channel delays no other by more than its turn', () => {
    const { clock, a, b } = bench()
    a.open()
    clock.runFor(10 * MILLISECOND)
    let at = 0
    b.handleData = (channel) => {
      if (channel === 0) at = clock.now
    }
    a.send(3, new Uint8Array(200_000))
    clock.runFor(100 * MILLISECOND)
    const asked = clock.now
    a.send(0, Uint8Array.of(1))
    clock.runFor(100 * MILLISECOND)
    expect(at - asked).toBeLessThanOrEqual(8 * 640 * MICROSECOND)
  })
})

describe('the worst line: 1 bit in 10,000 wrong, 1 octet in 2,000 lost, 1 in 2,000 inserted', () => {
  it('carries 3 MB both ways at once, byte for byte, in order, once; and every loss is accounted for', () => {
    const OCTETS = 3_000_000
    const whole = bench({ faults: WORST })
    const { a, b, line, clock } = whole
    const kinds = { a: [0, 0, 0, 0], b: [0, 0, 0, 0] }
    a.onCell((cell: Cell) => kinds.a[cell.kind]++)
    b.onCell((cell: Cell) => kinds.b[cell.kind]++)
    a.open()
    bothWays(whole, OCTETS, 1000 * SECOND)
    clock.runFor(5 * SECOND) // the last acknowledgements
    // The host says now and then that it is there: between two of those the line is at rest.
    clock.runWhile(() => line.a.pending > 0, clock.now + SECOND)
    clock.runFor(10 * MILLISECOND)

    for (const [from, to, received, way] of [
      [a, b, kinds.b, line.counters.aToB],
      [b, a, kinds.a, line.counters.bToA],
    ] as const) {
      const sent = from.counters
      const got = to.counters
      // Octets: what was sent, less what the line lost, plus what it made up, arrived.
      expect(way.sent).toBe(sent.octetsSent)
      expect(got.octetsReceived).toBe(way.sent - way.dropped + way.inserted - way.sampledIn + way.sampledOut)
      // Each octet that arrived is in a cell, was discarded, or is still kept.
      expect(got.octetsReceived).toBe(64 * got.cellsReceived + got.discardedOctets + to.keptOctets)
      // Each data cell that arrived was delivered, or dropped under a reason.
      const { duplicate = 0, 'out of sequence': outOfSequence = 0, 'no session': noSession = 0 } = got.dropped
      expect(received[0]).toBe(got.delivered + duplicate + outOfSequence + noSession)
      // Each data cell that was sent arrived, or was sent again: none is missing.
      const transmissions = Math.ceil(OCTETS / 57) + sent.retransmissions
      const lost = transmissions - received[0]
      expect(got.delivered).toBe(Math.ceil(OCTETS / 57))
      expect(lost).toBeGreaterThan(0)
      expect(sent.cellsSent - got.cellsReceived).toBeGreaterThanOrEqual(lost)
      // Each cell lost was hit by a fault, or stood before one that was; and faults do cost cells.
      const faults = way.dropped + way.inserted + way.hitOctets
      expect(sent.cellsSent - got.cellsReceived).toBeLessThanOrEqual(2 * faults)
      expect(sent.cellsSent - got.cellsReceived).toBeGreaterThanOrEqual(faults / 2)
      // The faults came at the rates asked for: within six standard deviations.
      for (const [count, rate] of [
        [way.dropped, way.sent / 2000],
        [way.inserted, way.sent / 2000],
        [way.bitErrors, way.sent * 10 * 1e-4],
      ]) {
        expect(Math.abs(count - rate)).toBeLessThan(6 * Math.sqrt(rate))
      }
    }
  })

  it('holds for other seeds and windows', () => {
    for (const [seed, window] of [
      [2, 1],
      [3, 2],
      [4, 16],
      [5, 127],
      [6, 4],
      [7, 8],
    ]) {
      const whole = bench({ seed, window, faults: WORST })
      whole.a.open()
      bothWays(whole, 300_000, 200 * SECOND)
    }
  })
})

describe('faults the link must survive with nothing lost, nothing repeated, nothing reordered', () => {
  it('bursts of noise up to 200 ms', () => {
    const whole = bench()
    whole.a.open()
    let next = 0
    let length = 1
    bothWays(whole, 300_000, 120 * SECOND, () => {
      if (whole.clock.now < next) return
      whole.line.burst(length * MILLISECOND)
      length = length >= 200 ? 1 : length + 33
      next = whole.clock.now + 900 * MILLISECOND
    })
    expect(whole.line.counters.aToB.bitErrors).toBeGreaterThan(1000)
  })

  it('breaks', () => {
    const whole = bench()
    whole.a.open()
    let next = 50 * MILLISECOND
    bothWays(whole, 100_000, 120 * SECOND, () => {
      if (whole.clock.now < next) return
      whole.line.a.break(30 * MILLISECOND)
      next += 200 * MILLISECOND
    })
  })

  it('a host that stops reading for two seconds, with a buffer of 4 KiB', () => {
    const whole = bench()
    whole.a.open()
    let paused = 0
    bothWays(whole, 300_000, 120 * SECOND, () => {
      const second = Math.floor(whole.clock.now / SECOND)
      if (second === paused) return
      paused = second
      if (second % 4 === 1) whole.line.a.pause(4096)
      else if (second % 4 === 3) whole.line.a.resume()
    })
    expect(paused).toBeGreaterThanOrEqual(4)
  })

  it('a port that vanishes and returns', () => {
    const whole = bench()
    whole.a.open()
    let was = 0
    bothWays(whole, 300_000, 120 * SECOND, () => {
      const phase = Math.floor(whole.clock.now / (700 * MILLISECOND))
      if (phase === was) return
      was = phase
      if (phase % 2 === 1) whole.line.a.close()
      else whole.line.a.open()
    })
    expect(whole.line.a.counters.toClosed).toBeGreaterThan(0)
    expect(whole.a.counters.sessionsOpened).toBe(1) // the same session goes on
  })

  it('garbage before the first cell', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const whole = bench({ seed })
      const random = new SeededRandom(seed)
      const garbage = Uint8Array.from({ length: 1 + random.below(300) }, () => random.next32())
      whole.line.a.write(garbage)
      whole.line.b.write(garbage)
      whole.a.open()
      bothWays(whole, 5_000, 20 * SECOND)
    }
  })

  it('a board reset in mid-cell: noticed within one cell, and what was outstanding is not repeated', () => {
    for (let at = 1; at <= 64; at += 7) {
      const { clock, line, a, b, end } = bench({ seed: at })
      a.open()
      clock.runFor(20 * MILLISECOND)
      const sessions: string[] = []
      let ended = 0
      a.onSessionEnd(() => {
        ended = clock.now
      })
      a.onSession(({ kind }) => sessions.push(kind))
      const got: number[] = []
      a.send(1, new Uint8Array(2000).fill(1))
      b.send(1, new Uint8Array(2000).fill(2))
      clock.runFor(5 * 640 * MICROSECOND + at * 10 * MICROSECOND)
      b.close()
      line.b.close() // what its UART held is gone
      line.b.open()
      const second = end('b', ' second life')
      second.handleData = (_channel, payload) => got.push(...payload)
      second.open()
      const booted = clock.now
      clock.runWhile(() => sessions.length === 0, SECOND)
      expect(sessions).toEqual(['reset'])
      // Within one cell of it: then the line is at rest for a cell's time, which shows that what came before was cut off.
      expect(ended - booted).toBeLessThanOrEqual(2.1 * 640 * MICROSECOND)
      // What leaves just then, ACCEPT and CONFIRM.
      expect(clock.now - ended).toBeLessThanOrEqual(3.1 * 640 * MICROSECOND)
      a.send(1, Uint8Array.of(9))
      clock.runFor(100 * MILLISECOND)
      expect(got).toEqual([9])
    }
  })

  it('a session asked for by both ends at once is one session', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const whole = bench({ seed, faults: seed % 2 ? WORST : {} })
      whole.a.open()
      whole.b.open()
      bothWays(whole, 2_000, 30 * SECOND)
    }
  })

  it('cells forged from the outside move nothing before a session, and hostile ones break nothing in it', () => {
    const { clock, line, a, b } = bench()
    const got: number[] = []
    b.handleData = (_channel, payload) => got.push(...payload)
    const forged = (kind: 0 | 1 | 2, sequence: number, acknowledge: number) =>
      encodeCell({ kind, channel: 5, sequence, acknowledge, payload: Uint8Array.of(66) })
    line.a.write(forged(0, 0, 0))
    clock.runFor(10 * MILLISECOND)
    expect([got, b.counters.dropped]).toEqual([[], { 'no session': 1 }])
    a.open()
    clock.runFor(10 * MILLISECOND)
    b.send(1, Uint8Array.of(1, 2, 3))
    for (const acknowledge of [5, 100, 200, 255]) line.a.write(forged(1, 0, acknowledge))
    line.a.write(forged(2, 0, 77))
    clock.runFor(100 * MILLISECOND)
    a.send(1, Uint8Array.of(9))
    clock.runFor(100 * MILLISECOND)
    expect(got).toEqual([9])
  })

  it('octets that are never cells cost no more than themselves: an hour of noise at 115,200 baud, then a session', () => {
    const { clock, line, a, b } = bench({ baud: 115_200 })
    const random = new SeededRandom(12)
    for (let minute = 0; minute < 60; minute++) {
      line.a.write(Uint8Array.from({ length: 20_000 }, () => random.next32()))
      clock.runFor(60 * SECOND)
    }
    a.open()
    clock.runFor(5 * SECOND)
    expect([a.state, b.state]).toEqual(['open', 'open'])
    expect(b.counters.octetsReceived).toBe(64 * b.counters.cellsReceived + b.counters.discardedOctets + b.keptOctets)
  })
})
