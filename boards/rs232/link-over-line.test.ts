import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LinkEndpoint } from '../../firmware/serial-link/link.js'
import type { Identity } from '../../firmware/serial-link/session.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import type { LineFaults } from './line-noise.js'
import { UartLine } from './uart-line.js'

const identity = (board: string, window: number): Identity => ({
  board,
  firmware: '0.1.0',
  window,
  highestSpiClock: 8_000_000,
  capabilities: 0,
  cells: 0,
})

interface Bench {
  readonly clock: Scheduler
  readonly line: UartLine
  readonly a: LinkEndpoint
  readonly b: LinkEndpoint
}

function bench(options: { window: number; seed: number; faults?: Partial<LineFaults>; granularity?: number }): Bench {
  const clock = new Scheduler()
  const random = new SeededRandom(options.seed)
  const { faults, granularity } = options
  const line = new UartLine({
    clock,
    random: random.fork('line'),
    baud: 1_000_000,
    ...(faults && { faults }),
    ...(granularity && { granularity }),
  })
  const end = (name: 'a' | 'b') =>
    new LinkEndpoint({ clock, random: random.fork(name), line: line[name], identity: identity(name, options.window) })
  return { clock, line, a: end('a'), b: end('b') }
}

/** Sends `total` octets of a pseudorandom sequence from one end and compares them, octet by octet, at the other. */
function transfer(from: LinkEndpoint, to: LinkEndpoint, total: number, seed: number) {
  const source = new SeededRandom(seed)
  const expected = new SeededRandom(seed)
  const progress = { received: 0, wrong: 0, endedAt: 0 }
  let sent = 0
  const more = () => {
    const size = Math.min(5700, total - sent)
    if (size <= 0) return
    const octets = new Uint8Array(size)
    for (let i = 0; i < size; i++) octets[i] = source.next32()
    sent += size
    from.send(3, octets)
  }
  from.onSpace = more
  to.onData = (_channel, payload) => {
    for (const octet of payload) if (octet !== (expected.next32() & 0xff)) progress.wrong++
    progress.received += payload.length
  }
  more()
  return progress
}

describe('the link over a line', () => {
  it('opens a session within three cell times', () => {
    const { clock, a, b } = bench({ window: 4, seed: 1 })
    a.open()
    clock.runFor(3 * 640 * MICROSECOND)
    expect([a.state, b.state]).toEqual(['open', 'open'])
    expect(a.peer).toEqual(identity('b', 4))
  })

  it('carries at least 0.70 of the line rate one way with a window of 4 (0.7125 is what cell and start bits leave)', () => {
    const { clock, a, b } = bench({ window: 4, seed: 1 })
    a.open()
    clock.runFor(10 * MILLISECOND)
    const total = 1_000_000
    const start = clock.now
    const progress = transfer(a, b, total, 3)
    clock.runWhile(() => progress.received < total, 60 * SECOND)
    const goodput = (progress.received * 8) / ((clock.now - start) / SECOND) / 1_000_000
    expect(progress).toMatchObject({ received: total, wrong: 0 })
    expect(goodput).toBeGreaterThanOrEqual(0.7)
    expect(goodput).toBeLessThanOrEqual(0.7125)
    expect(a.counters.retransmissions).toBe(0)
  })

  it('survives noise', () => {
    const faults = { bitErrorRate: 1e-4, dropRate: 1 / 2000, insertRate: 1 / 2000 }
    const { clock, a, b, line } = bench({ window: 4, seed: 1, faults })
    a.open()
    const total = 1_000_000
    const there = transfer(a, b, total, 3)
    const back = transfer(b, a, total, 4)
    const t = process.cpuUsage()
    clock.runWhile(() => there.received < total || back.received < total, 600 * SECOND)
    console.log(
      clock.now / SECOND,
      process.cpuUsage(t).user / 1e6,
      there,
      back,
      a.counters,
      b.counters,
      line.counters,
      a.delineation,
    )
    expect(there).toMatchObject({ received: total, wrong: 0 })
    expect(back).toMatchObject({ received: total, wrong: 0 })
  })
})
