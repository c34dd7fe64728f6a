/** The C core, under the sanitizers, live against the TypeScript end over a simulated line. */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { extentOf } from '../judge/parts.js'
import { buildHost } from './build.js'
import { HostBoard } from './host-board.js'

const WORST = { bitErrorRate: 1e-4, dropRate: 1 / 2000, insertRate: 1 / 2000 }

/** A slice of what `make judge` sends. */
const KILO_OCTETS = extentOf('spi-over-worst-line')
const OCTETS = 1000 * KILO_OCTETS.count

let program: string
beforeAll(() => {
  program = join(buildHost(), 'bridge-host')
})

function bench(seed = 1) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const line = new UartLine({ clock, random: random.fork('line'), baud: 1_000_000 })
  const host = new HostLink({ clock, random: random.fork('host'), line: line.a, timeLimit: 10 * SECOND })
  const board = new HostBoard(program, clock, line.b, seed)
  const outcomes: unknown[] = []
  const settle = (outcome: { ok: true; value: unknown } | { ok: false; error: Error }) => {
    outcomes.push(outcome.ok ? outcome.value : outcome.error.message)
  }
  return { clock, line, host, board, random, outcomes, settle }
}

type Bench = ReturnType<typeof bench>

async function opened(b: Bench): Promise<Bench> {
  b.host.open()
  await b.board.runWhile(() => b.host.endpoint.state !== 'open', 5 * SECOND)
  expect(b.host.endpoint.state).toBe('open')
  return b
}

/** Waits until as many outcomes are in. */
async function settled(b: Bench, count: number, limit = 60 * SECOND): Promise<unknown[]> {
  await b.board.runWhile(() => b.outcomes.length < count, limit)
  expect(b.outcomes).toHaveLength(count)
  return b.outcomes.slice(-count)
}

/** SPI traffic whose replies show each operation's number: one lost, repeated or out of order is seen at once. */
function* traffic(octets: number, random: SeededRandom): SpiProgram<number> {
  let operation = 0
  let carried = 0
  while (carried < octets) {
    const batch = Array.from({ length: 1 + random.below(12) }, () => ({
      write: Uint8Array.from({ length: 1 + random.below(100) }, () => 1 + random.below(255)),
      read: 4 + random.below(random.below(8) === 0 ? 1500 : 60),
    }))
    const replies = yield { transfers: batch }
    replies.forEach((reply, i) => {
      const { write, read } = batch[i]
      const last = write[write.length - 1]
      const expected = Uint8Array.from({ length: read }, (_, at) =>
        at < 4 ? (operation >>> (8 * at)) & 0xff : (last + at) & 0xff,
      )
      if (Buffer.compare(reply, expected) !== 0) throw new Error(`operation ${operation}: wrong reply`)
      operation++
      carried += write.length + read
    })
  }
  return carried
}

describe('the bridge firmware in C and the TypeScript end', () => {
  it('open a session and say who they are', async () => {
    const b = await opened(bench())
    expect(b.host.endpoint.peer).toEqual({
      board: 'uno',
      firmware: '0.1.0',
      window: 4,
      highestSpiClock: 8_000_000,
      capabilities: 0x2f,
      cells: 4,
    })
    await b.board.close()
  })

  it('answer management: echo of any length, counters, pins, state, and what they do not know', async () => {
    const b = await opened(bench())
    const long = Uint8Array.from({ length: 2000 }, (_, i) => i & 0xff)
    b.host.echo(new Uint8Array(0), b.settle)
    b.host.echo(Uint8Array.of(1, 2, 3), b.settle)
    b.host.echo(long, b.settle)
    b.host.setResetPin(false, b.settle)
    b.host.readResetPin(b.settle)
    b.host.readIntPin(b.settle)
    b.host.bridge(b.settle)
    b.host.readState(b.settle)
    b.host.request(0x55, new Uint8Array(3), b.settle)
    b.host.readCounters('SESSION', (outcome) => {
      if (!outcome.ok) throw outcome.error
      expect(outcome.value.cellsReceived).toBeGreaterThan(30)
      expect(outcome.value).toMatchObject({ headerErrors: 0, payloadErrors: 0, overruns: 0, retransmissions: 0 })
      b.settle(outcome)
    })
    const outcomes = await settled(b, 10)
    expect(outcomes.slice(0, 9)).toEqual([
      new Uint8Array(0),
      Uint8Array.of(1, 2, 3),
      long,
      false,
      false,
      true,
      undefined,
      '{"mode":"bridge","states":{"reset":"pin"}}',
      expect.stringMatching(/does not support/),
    ])
    await b.board.close()
  })

  it('acknowledge a cell on a channel that nobody has, count it, and take no harm', async () => {
    const b = await opened(bench())
    for (let channel = 2; channel < 16; channel++) b.host.endpoint.send(channel, new Uint8Array(57).fill(0x13))
    b.host.echo(Uint8Array.of(7), b.settle)
    b.host.readCounters('SESSION', (outcome) =>
      b.settle(outcome.ok ? { ok: true, value: outcome.value.reservedChannel } : outcome),
    )
    expect(await settled(b, 2)).toEqual([Uint8Array.of(7), 14])
    expect(b.host.endpoint.counters).toMatchObject({ retransmissions: 0, sessionsOpened: 1 })
    await b.board.close()
  })

  it('move the wires of SPI one by one, in steps of more than a cell, and have SPI again behind them', async () => {
    const b = await opened(bench())
    // Wires to which nothing is connected: bits 3 CS and 5 RESET are high, SCK (bit 0) goes up and down.
    const steps = [...Array.from({ length: 60 }, (_, index) => 0x28 | (index & 1)), 0x80 | 0x08, 0x28]
    b.host.stepPins(Uint8Array.from(steps), b.settle)
    b.host.stepPins(new Uint8Array(0), b.settle)
    const [levels, none] = (await settled(b, 2)) as [Uint8Array, Uint8Array]
    // MISO and INT are not driven, and stay as they were: high.
    expect([...levels]).toEqual(steps.map((step) => (step === 0x88 ? 0x3d & ~0x08 : step | 0x14)))
    expect(none).toHaveLength(0)
    b.host.spi.run(
      (function* (): SpiProgram<number> {
        const [reply] = yield { transfers: [{ write: Uint8Array.of(1), read: 4 }] }
        return reply.length
      })(),
      b.settle,
    )
    expect((await settled(b, 3))[2]).toBe(4)
    await b.board.close()
  })

  it('report INT edges', async () => {
    const b = await opened(bench())
    const edges: [boolean, number][] = []
    b.host.onInt((high, microseconds) => edges.push([high, microseconds]))
    b.host.subscribeInt(true, b.settle)
    await settled(b, 1)
    b.board.interruptHigh = false
    await b.board.runFor(50 * MILLISECOND)
    b.board.interruptHigh = true
    await b.board.runFor(50 * MILLISECOND)
    expect(edges.map(([high]) => high)).toEqual([false, true])
    await b.board.close()
  })

  it('change the baud rate, and go back when it is not confirmed', async () => {
    const b = await opened(bench())
    b.host.changeBaud(500_000, b.settle)
    expect(await settled(b, 1)).toEqual([undefined])
    expect([b.line.a.baud, b.line.b.baud]).toEqual([500_000, 500_000])
    b.line.b.clockError = 0
    const set = b.line.a.setBaud.bind(b.line.a)
    b.line.a.setBaud = (baud) => {
      set(baud)
      b.line.a.clockError = baud === 500_000 ? 0 : 0.08
    }
    b.host.changeBaud(250_000, b.settle)
    const [, second] = await settled(b, 2)
    expect(second).toMatch(/did not confirm/)
    b.host.echo(Uint8Array.of(7), b.settle)
    expect((await settled(b, 3))[2]).toEqual(Uint8Array.of(7))
    expect([b.line.a.baud, b.line.b.baud]).toEqual([500_000, 500_000])
    await b.board.close()
  })

  it('change the baud rate at once whatever INT does meanwhile, at whichever instant, and tell every edge', async () => {
    const b = await opened(bench())
    const levels: boolean[] = []
    b.host.onInt((high) => levels.push(high))
    b.host.subscribeInt(true, b.settle)
    await settled(b, 1)
    for (let quarter = 0; quarter < 28; quarter++) {
      const rate = quarter % 2 === 0 ? 115_200 : 1_000_000
      const cell = (64 * 10 * SECOND) / b.line.a.baud
      const began = b.clock.now
      b.host.changeBaud(rate, b.settle)
      await b.board.runFor(Math.round((quarter * cell) / 4))
      for (let i = 0; i < 3; i++) {
        b.board.interruptHigh = !b.board.interruptHigh
        await b.board.runFor(Math.round(cell / 2))
      }
      const outcomes = await settled(b, quarter + 2)
      expect(outcomes.at(-1), `edges ${quarter / 4} cell times after the request`).toBeUndefined()
      expect([b.line.a.baud, b.line.b.baud]).toEqual([rate, rate])
      // No turn of half a second.
      expect(b.clock.now - began).toBeLessThan(400 * MILLISECOND)
    }
    await b.board.runFor(SECOND)
    // The program looks at INT when it is its turn: of edges closer than that it sees none. Those it saw were all told, in order.
    expect(levels.length).toBeGreaterThan(28)
    expect(levels).toEqual(levels.map((_, i) => i % 2 === 1))
    expect(levels.at(-1)).toBe(b.board.interruptHigh)
    let busy = -1
    b.host.readCounters('SESSION', (outcome) => {
      if (outcome.ok) busy = outcome.value.busy
      b.settle(outcome)
    })
    await settled(b, 30)
    expect(busy).toBe(0)
    expect(b.host.endpoint.counters).toMatchObject({ headerErrors: 0, payloadErrors: 0, framingErrors: 0 })
    await b.board.close()
  })

  it('carry SPI operations on a clean line without one retransmission', async () => {
    const b = await opened(bench())
    b.host.spi.run(traffic(100_000, new SeededRandom(5)), b.settle)
    const [carried] = await settled(b, 1)
    expect(Number(carried), String(carried)).toBeGreaterThanOrEqual(100_000)
    expect(b.host.endpoint.counters).toMatchObject({ retransmissions: 0, rejectsSent: 0 })
    await b.board.close()
  })

  it(`carry ${KILO_OCTETS.count} kB of SPI traffic over the worst line: nothing lost, repeated or reordered`, async () => {
    const b = await opened(bench())
    b.line.setFaults(WORST)
    b.host.spi.run(traffic(OCTETS, new SeededRandom(6 + KILO_OCTETS.first)), b.settle)
    const [carried] = await settled(b, 1, 1000 * SECOND)
    expect(Number(carried), String(carried)).toBeGreaterThanOrEqual(OCTETS)
    expect(b.host.endpoint.counters.sessionsOpened).toBe(1)
    await b.board.close()
  })

  it('survive bursts of 200 ms, a host that stops reading, and a port that vanishes and returns', async () => {
    const b = await opened(bench())
    b.host.spi.run(traffic(600_000, new SeededRandom(7)), b.settle)
    let step = 0
    const disturb = () => {
      const kind = step++ % 4
      if (kind === 0) b.line.burst(200 * MILLISECOND)
      else if (kind === 1) {
        b.line.a.pause(4096)
        b.clock.after(700 * MILLISECOND, () => b.line.a.resume())
      } else if (kind === 2) {
        b.line.a.close()
        b.clock.after(600 * MILLISECOND, () => b.line.a.open())
      } else b.line.a.break(100 * MILLISECOND)
      b.clock.after(1500 * MILLISECOND, disturb)
    }
    b.clock.after(100 * MILLISECOND, disturb)
    const [carried] = await settled(b, 1, 300 * SECOND)
    expect(Number(carried), String(carried)).toBeGreaterThanOrEqual(600_000)
    expect(step).toBeGreaterThan(4)
    await b.board.close()
  })

  it('speak raw serprog when asked first, and cells again afterwards', async () => {
    const b = bench()
    const cells = b.line.a.handleOctets
    const raw: number[] = []
    b.line.a.handleOctets = (octets) => raw.push(...octets)
    await b.board.runFor(20 * MILLISECOND) // the board announces itself
    raw.length = 0
    b.line.a.write(Uint8Array.of(0x10, 0x01, 0x05, 0x13, 1, 0, 0, 6, 0, 0, 0x20))
    await b.board.runFor(20 * MILLISECOND)
    expect(raw).toEqual([0x15, 0x06, 0x06, 1, 0, 0x06, 8, 0x06, 0, 0, 0, 0, 0x24, 0x25])
    await b.board.runFor(SECOND)
    b.line.a.handleOctets = cells
    await opened(b)
    await b.board.close()
  })

  it('a serprog command cut short does not make the board deaf', async () => {
    const b = bench()
    b.line.a.write(Uint8Array.of(0x13, 0xff, 0x3f, 0, 0, 0, 0, 1, 2, 3))
    await b.board.runFor(SECOND)
    await opened(b)
    await b.board.close()
  })

  it('hostile octets: never hangs, never leaves its buffers, and answers the next good session', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const b = bench(seed)
      const random = new SeededRandom(seed)
      b.host.open()
      await b.board.runFor(20 * MILLISECOND)
      const sent: Uint8Array[] = []
      const write = b.line.a.write.bind(b.line.a)
      b.line.a.write = (octets) => {
        sent.push(octets.slice())
        write(octets)
      }
      b.host.echo(new Uint8Array(300), b.settle)
      b.host.spi.run(traffic(3_000, new SeededRandom(seed)), b.settle)
      await b.board.runFor(100 * MILLISECOND)
      b.line.a.write = write
      b.host.endpoint.close()
      for (let i = 0; i < 400; i++) {
        const kind = random.below(4)
        let octets = sent[random.below(sent.length)].slice()
        if (kind === 0) octets = Uint8Array.from({ length: 1 + random.below(200) }, () => random.next32())
        else if (kind === 1) octets = Uint8Array.from({ length: 1 + random.below(60) }, () => random.below(0x20))
        else if (kind === 2) octets[random.below(octets.length)] ^= 1 << random.below(8)
        b.line.a.write(octets)
        await b.board.runFor(random.below(50) === 0 ? 600 * MILLISECOND : random.below(6) * MILLISECOND)
      }
      b.host.close()
      b.outcomes.length = 0
      b.host.open()
      await b.board.runWhile(() => b.host.endpoint.state !== 'open', 10 * SECOND)
      b.host.echo(Uint8Array.of(seed), b.settle)
      expect(await settled(b, 1)).toEqual([Uint8Array.of(seed)])
      await b.board.close()
    }
  })
})
