import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { BoardLink, type BoardLinkOptions } from '../../firmware/serial-link/board-link.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { CHANNEL } from '../../firmware/serial-link/link-table.js'
import type { Identity } from '../../firmware/serial-link/session.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { UartLine } from './uart-line.js'

const IDENTITY: Identity = {
  board: 'uno',
  firmware: '0.1.0',
  window: 4,
  highestSpiClock: 8_000_000,
  capabilities: 0x2f,
  cells: 4,
}

/** A pin that is both driven and watched. */
class TestPin {
  high = true
  readonly #listeners = new Set<(high: boolean) => void>()
  set(high: boolean): void {
    if (high === this.high) return
    this.high = high
    for (const listener of this.#listeners) listener(high)
  }
  onEdge(listener: (high: boolean) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** A bus that answers each operation with its first octet, counted up. */
class TestBus {
  readonly operations: { write: Uint8Array; read: number }[] = []
  transfer(write: Uint8Array, read: number): Uint8Array {
    this.operations.push({ write: write.slice(), read })
    return Uint8Array.from({ length: read }, (_, i) => ((write[0] ?? 0) + i) & 0xff)
  }
}

function bench(more: Partial<BoardLinkOptions> = {}, seed = 1) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const line = new UartLine({ clock, random: random.fork('line'), baud: 115_200 })
  const bus = new TestBus()
  const int = new TestPin()
  const reset = new TestPin()
  const makeBoard = (name = 'board') =>
    new BoardLink({
      clock,
      random: random.fork(name),
      line: line.b,
      identity: IDENTITY,
      bus,
      intPin: int,
      resetPin: reset,
      ...more,
    })
  const board = makeBoard()
  const host = new HostLink({ clock, random: random.fork('host'), line: line.a })
  const outcomes: unknown[] = []
  const settle = (outcome: { ok: true; value: unknown } | { ok: false; error: Error }) => {
    outcomes.push(outcome.ok ? outcome.value : outcome.error.message)
  }
  const raw: number[] = []
  /** Leaves the line to a program that speaks raw serprog. */
  const listenRaw = () => {
    line.a.handleOctets = (octets) => raw.push(...octets)
  }
  return { clock, line, board, host, bus, int, reset, outcomes, settle, raw, listenRaw, makeBoard }
}

const opened = (bench_: ReturnType<typeof bench>) => {
  bench_.board.start()
  bench_.host.open()
  bench_.clock.runFor(500 * MILLISECOND)
  expect([bench_.board.endpoint.state, bench_.host.endpoint.state]).toEqual(['open', 'open'])
  return bench_
}

describe('a board and its host (channel 0)', () => {
  it('agree on one session when both ask at once', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const { board, host, clock } = bench({}, seed)
      board.start()
      host.open()
      clock.runFor(500 * MILLISECOND)
      expect([board.endpoint.state, host.endpoint.state]).toEqual(['open', 'open'])
      expect([board.endpoint.counters.sessionsOpened, host.endpoint.counters.sessionsOpened]).toEqual([1, 1])
    }
  })

  it('echo, pins and counters', () => {
    const b = opened(bench())
    const { host, clock, outcomes, settle, reset, int } = b
    host.echo(Uint8Array.of(1, 2, 3), settle)
    host.setResetPin(false, settle)
    int.set(false)
    host.readIntPin(settle)
    host.readCounters('SESSION', (outcome) =>
      settle(outcome.ok ? { ok: true, value: outcome.value.payloadErrors } : outcome),
    )
    clock.runFor(SECOND)
    expect(outcomes).toEqual([Uint8Array.of(1, 2, 3), false, false, 0])
    expect(reset.high).toBe(false)
  })

  it('a cell on a channel that nobody has is acknowledged, counted at the end it came to, and does no harm', () => {
    const { board, host, clock, bus, outcomes, settle } = opened(bench())
    // Channel 2 is the board's alone.
    for (let channel = 2; channel < 16; channel++) host.endpoint.send(channel, Uint8Array.of(0x13, 1, 0, 0, 1, 0, 0))
    for (let channel = 3; channel < 16; channel++) board.endpoint.send(channel, Uint8Array.of(0, 3, 1, 2, 3))
    host.echo(Uint8Array.of(7), settle)
    host.readCounters('SESSION', (outcome) =>
      settle(outcome.ok ? { ok: true, value: outcome.value.reservedChannel } : outcome),
    )
    clock.runFor(SECOND)
    expect(outcomes).toEqual([Uint8Array.of(7), 14])
    expect(board.dropped.snapshot()).toEqual({ 'cell on a reserved channel': 14 })
    expect([host.reservedChannel, host.unknownEvents]).toEqual([13, 0])
    expect(bus.operations).toEqual([])
    for (const { endpoint } of [board, host]) {
      expect(endpoint.drained).toBe(true)
      expect(endpoint.counters).toMatchObject({ retransmissions: 0, sessionsOpened: 1, dropped: {} })
    }
  })

  it('INT edges come on channel 2 with the board’s microseconds', () => {
    const { host, clock, int, settle } = opened(bench())
    const edges: unknown[] = []
    host.onInt((high, microseconds) => edges.push([high, microseconds]))
    host.subscribeInt(true, settle)
    clock.runFor(SECOND)
    int.set(false)
    const first = Math.floor(clock.now / 1000)
    clock.runFor(100 * MILLISECOND)
    int.set(true)
    clock.runFor(100 * MILLISECOND)
    expect(edges).toEqual([
      [false, first],
      [true, first + 100_000],
    ])
  })

  it('the baud rate changes at both ends when the new one works', () => {
    const { host, line, clock, outcomes, settle } = opened(bench())
    host.changeBaud(1_000_000, settle)
    clock.runFor(SECOND)
    expect(outcomes).toEqual([undefined])
    expect([line.a.baud, line.b.baud]).toEqual([1_000_000, 1_000_000])
    host.echo(Uint8Array.of(9), settle)
    clock.runFor(2 * SECOND)
    expect(outcomes[1]).toEqual(Uint8Array.of(9))
    expect(line.b.baud).toBe(1_000_000)
  })

  it.each([
    [115_200, 1_000_000],
    [1_000_000, 115_200],
    [1_000_000, 500_000],
  ])('the baud rate changes from %d to %d whatever either end has to say, at whichever instant', (from, to) => {
    const cell = (64 * 10 * SECOND) / from
    const sayings: Readonly<Record<string, (b: ReturnType<typeof bench>, told: string[]) => void>> = {
      'a state': (b) => b.board.sendEvent('{"on":{"link":"up"}}'),
      'a state of several cells': (b) => b.board.sendEvent(JSON.stringify('a state of several cells '.repeat(12))),
      'states, faster than they leave': (b) => {
        for (let i = 0; i < 8; i++) b.clock.after(Math.round((i * cell) / 3), () => b.board.sendEvent(`{"step":${i}}`))
      },
      'the host, an echo': (b, told) => b.host.echo(new Uint8Array(400), ({ ok }) => told.push(`echoed ${ok}`)),
    }
    for (const [kind, say] of Object.entries(sayings))
      for (let quarter = -4; quarter < 32; quarter++) {
        const what = `${kind} at ${quarter / 4} cell times`
        const b = bench({ acceptsBaud: () => true })
        for (const end of [b.line.a, b.line.b]) end.setBaud(from)
        const { board, host, line, clock, outcomes, settle } = opened(b)
        const told: string[] = []
        host.onEvent((text) => told.push(text))
        const at = (quarters: number) => clock.after(Math.round(((quarters + 4) * cell) / 4), () => {})
        const began = at(0).at
        clock.after(at(quarter).at - clock.now, () => say(b, told))
        clock.after(began - clock.now, () => host.changeBaud(to, settle))
        const end = began + 6 * SECOND
        while (outcomes.length === 0 && clock.now < end) clock.step()
        expect(outcomes, what).toEqual([undefined])
        // Without a turn of half a second, and nothing of what was said is lost, garbled or said twice.
        expect(clock.now - began, what).toBeLessThan(400 * MILLISECOND)
        clock.runFor(SECOND)
        expect([line.a.baud, line.b.baud], what).toEqual([to, to])
        expect(told.length, what).toBe(kind.startsWith('states') ? 8 : 1)
        for (const { endpoint } of [host, board]) {
          const { payloadErrors, headerErrors, framingErrors, retransmissions } = endpoint.counters
          expect([payloadErrors, headerErrors, framingErrors, retransmissions], what).toEqual([0, 0, 0, 0])
        }
        host.close()
        board.stop()
      }
  })

  it('a change of rate that a host asked for and did not live to see acknowledged is not made in the next session', () => {
    const { host, line, clock, settle } = opened(bench())
    const cell = (64 * 10 * SECOND) / 115_200
    host.changeBaud(1_000_000, settle)
    clock.runFor(Math.round(2.2 * cell)) // the board has the request; its reply is on its way
    host.endpoint.open()
    clock.runFor(2 * SECOND)
    expect(line.b.baud).toBe(115_200)
    const outcomes: unknown[] = []
    host.echo(Uint8Array.of(9), (outcome) => outcomes.push(outcome.ok))
    clock.runFor(SECOND)
    expect(outcomes).toEqual([true])
    expect(line.b.baud).toBe(115_200)
  })

  it('both ends go back when the new rate cannot be confirmed in 500 ms', () => {
    const { host, line, clock, outcomes, settle } = opened(bench())
    const set = line.b.setBaud.bind(line.b)
    line.b.setBaud = (baud) => {
      set(baud)
      line.b.clockError = baud === 115_200 ? 0 : 0.08 // a crystal that cannot make the rate
    }
    host.changeBaud(1_000_000, settle)
    clock.runFor(6 * SECOND)
    expect(outcomes).toEqual(
      ['the board did not confirm 1000000 baud; the line stays at 115200'].map(() => expect.any(String)),
    )
    expect([line.a.baud, line.b.baud]).toEqual([115_200, 115_200])
    host.echo(Uint8Array.of(9), settle)
    clock.runFor(SECOND)
    expect(outcomes[1]).toEqual(Uint8Array.of(9))
  })

  it('a board that resets is noticed, and what was outstanding is unknown', () => {
    const { host, board, makeBoard, clock, outcomes, settle } = opened(bench())
    const sessions: string[] = []
    host.onSession(({ kind }) => sessions.push(kind))
    host.echo(Uint8Array.of(1), settle)
    board.stop()
    makeBoard('second life').start()
    clock.runFor(100 * MILLISECOND)
    expect(sessions).toEqual(['reset'])
    expect(outcomes).toEqual(['echo: the session ended before the answer; whether it was carried out is unknown'])
  })

  it('a controller lends its chip on request and gets it back', () => {
    const calls: string[] = []
    const b = opened(
      bench({
        bridge: (done) => {
          calls.push('bridge')
          done(true)
        },
        release: (done) => {
          calls.push('release')
          done(true)
        },
      }),
    )
    const { host, clock, settle, outcomes } = b
    const program = function* (): SpiProgram<number> {
      const [reply] = yield { transfers: [{ write: Uint8Array.of(5), read: 1 }] }
      return reply[0]
    }
    host.spi.run(program(), settle)
    clock.runFor(SECOND)
    expect(outcomes[0]).toMatch(/NAK/)
    host.bridge(settle)
    host.spi.run(program(), settle)
    clock.runFor(SECOND)
    host.release(settle)
    clock.runFor(SECOND)
    expect(outcomes.slice(1)).toEqual([undefined, 5, undefined])
    expect(calls).toEqual(['bridge', 'release'])
  })
})

describe('SPI across the bridge (channel 1)', () => {
  it('runs the steps of a program, a batch in one round trip, waits on the clock', () => {
    const { host, clock, bus, outcomes, settle } = opened(bench())
    const program = function* (): SpiProgram<number[]> {
      const replies = yield {
        transfers: Array.from({ length: 40 }, (_, i) => ({ write: Uint8Array.of(i), read: 2 })),
      }
      const before = clock.now
      yield { wait: 3 * MILLISECOND }
      expect(clock.now - before).toBe(3 * MILLISECOND)
      const [last] = yield { transfers: [{ write: new Uint8Array(1519), read: 1518 }] }
      return [...replies.map((reply) => reply[1]), last.length]
    }
    host.spi.run(program(), settle)
    clock.runFor(5 * SECOND)
    expect(outcomes).toEqual([[...Array.from({ length: 40 }, (_, i) => i + 1), 1518]])
    expect(host.spi.roundTrips).toBe(2)
    expect(bus.operations).toHaveLength(41)
  })

  it('an error a program does not catch settles it, and the next one runs', () => {
    const { host, clock, outcomes, settle } = opened(bench())
    const failing = function* (): SpiProgram<number> {
      yield { transfers: [{ write: new Uint8Array(0), read: 0xffffff }] } // longer than the board announces
      return 0
    }
    const good = function* (): SpiProgram<number> {
      yield { wait: 1 }
      return 7
    }
    host.spi.run(failing(), settle)
    host.spi.run(good(), settle)
    clock.runFor(5 * SECOND)
    expect(outcomes).toEqual([expect.stringMatching(/NAK/), 7])
  })
})

describe('SPI across the bridge on bad lines', () => {
  /** Each reply holds the number of its operation: one lost, repeated or out of order is seen at once. */
  class CountingBus {
    #operations = 0
    transfer(write: Uint8Array, read: number): Uint8Array {
      const number = this.#operations++
      return Uint8Array.from({ length: read }, (_, i) => (i < 4 ? number >>> (8 * i) : write[write.length - 1] + i))
    }
  }

  function* traffic(octets: number, random: SeededRandom): SpiProgram<number> {
    let operation = 0
    let carried = 0
    while (carried < octets) {
      const batch = Array.from({ length: 1 + random.below(12) }, () => ({
        write: Uint8Array.from({ length: 1 + random.below(100) }, () => random.next32()),
        read: 4 + random.below(random.below(8) === 0 ? 1500 : 60),
      }))
      const replies = yield { transfers: batch }
      replies.forEach((reply, i) => {
        const { write, read } = batch[i]
        const number = operation++
        const expected = Uint8Array.from({ length: read }, (_, at) =>
          at < 4 ? number >>> (8 * at) : write[write.length - 1] + at,
        )
        expect(reply).toEqual(expected)
        carried += write.length + read
      })
    }
    return carried
  }

  it('the worst line, bursts, breaks, a reader that stops and a port that vanishes: every operation once, in order', () => {
    const b = opened(bench({ bus: new CountingBus() }))
    const { clock, line, host, outcomes, settle } = b
    line.setFaults({ bitErrorRate: 1e-4, dropRate: 1 / 2000, insertRate: 1 / 2000 })
    let step = 0
    const disturb = () => {
      const kind = step++ % 4
      if (kind === 0) line.burst(200 * MILLISECOND)
      else if (kind === 1) {
        line.a.pause(4096)
        clock.after(1200 * MILLISECOND, () => line.a.resume())
      } else if (kind === 2) {
        line.a.close()
        clock.after(900 * MILLISECOND, () => line.a.open())
      } else line.a.break(300 * MILLISECOND)
      clock.after(3 * SECOND, disturb)
    }
    clock.after(SECOND, disturb)
    host.spi.run(traffic(150_000, new SeededRandom(4)), settle)
    clock.runWhile(() => outcomes.length === 0, 300 * SECOND)
    expect(Number(outcomes[0]), String(outcomes[0])).toBeGreaterThanOrEqual(150_000)
    expect(host.endpoint.counters.sessionsOpened).toBe(1)
    expect(step).toBeGreaterThan(4)
  })

  it('hostile octets: nothing throws, and the next good session is answered', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const b = bench({ restart: () => {}, state: () => '{}' }, seed)
      const { clock, line, host, board, outcomes, settle } = b
      const random = new SeededRandom(seed)
      board.start()
      host.open()
      clock.runFor(300 * MILLISECOND)
      for (let i = 0; i < 300; i++) {
        const channel = random.below(6)
        const octets = Uint8Array.from({ length: 1 + random.below(80) }, () => random.next32())
        if (random.below(2)) for (let at = 0; at < octets.length; at++) octets[at] &= at === 0 ? 0 : 0x1f
        if (random.below(3) > 0)
          host.endpoint.send(channel, octets) // whole cells, hostile contents
        else line.a.write(octets)
        clock.runFor(random.below(30) === 0 ? 600 * MILLISECOND : random.below(20) * MILLISECOND)
      }
      clock.runFor(SECOND)
      outcomes.length = 0
      host.close()
      line.a.setBaud(line.b.baud)
      host.open()
      clock.runWhile(() => host.endpoint.state !== 'open', clock.now + 10 * SECOND)
      host.echo(Uint8Array.of(seed), settle)
      clock.runFor(2 * SECOND)
      expect(outcomes).toEqual([Uint8Array.of(seed)])
    }
  })
})

describe('raw serprog', () => {
  it('is answered without cells when the first octet is below 20h', () => {
    const { line, clock, raw, listenRaw } = bench()
    listenRaw()
    line.a.write(Uint8Array.of(0x10, 0x01))
    clock.runFor(10 * MILLISECOND)
    expect(raw).toEqual([0x15, 0x06, 0x06, 1, 0])
  })

  it('cells and raw serprog take turns after 500 ms of silence', () => {
    const { line, clock, raw, listenRaw, host, board } = opened(bench())
    const cells = line.a.handleOctets
    clock.runFor(600 * MILLISECOND)
    listenRaw()
    line.a.write(Uint8Array.of(0x13, 1, 0, 0, 2, 0, 0, 0x40))
    clock.runFor(100 * MILLISECOND)
    expect(raw).toEqual([0x06, 0x40, 0x41])
    expect(board.mode).toBe('raw')
    clock.runFor(600 * MILLISECOND)
    line.a.handleOctets = cells
    host.open()
    clock.runFor(200 * MILLISECOND)
    expect(host.endpoint.state).toBe('open')
    expect(board.mode).toBe('cells')
  })

  it('a command cut short does not make the board deaf to cells', () => {
    const { line, clock, host, board } = bench()
    line.a.write(Uint8Array.of(0x13, 0xff, 0x3f, 0, 0, 0, 0))
    clock.runFor(SECOND)
    host.open()
    clock.runFor(SECOND)
    expect([host.endpoint.state, board.mode]).toEqual(['open', 'cells'])
  })

  it('one noise octet after a silence costs an open session nothing', () => {
    for (let noise = 0; noise < 0x20; noise++) {
      const { line, clock, host, bus, outcomes, settle } = opened(bench())
      clock.runFor(600 * MILLISECOND)
      line.a.write(Uint8Array.of(noise))
      host.echo(Uint8Array.of(1, 2), settle)
      clock.runFor(3 * SECOND)
      expect([noise, outcomes]).toEqual([noise, [Uint8Array.of(1, 2)]])
      expect(bus.operations).toEqual([])
    }
  })
})

describe('channel 1 is serprog without a message frame', () => {
  it('octets may come in any pieces', () => {
    const { host, clock } = opened(bench())
    const replies: number[] = []
    host.endpoint.handleData = (_channel, payload) => replies.push(...payload)
    for (const octet of [0x13, 1, 0, 0, 1, 0, 0, 0x33]) {
      host.endpoint.send(CHANNEL.SPI, Uint8Array.of(octet))
      clock.runFor(20 * MILLISECOND)
    }
    clock.runFor(100 * MILLISECOND)
    expect(replies).toEqual([0x06, 0x33])
  })
})
