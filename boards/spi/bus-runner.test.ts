import { describe, expect, it } from 'vitest'
import type { SpiOutcome, SpiProgram } from '../../firmware/hal/spi.js'
import { Scheduler } from '../simulation/scheduler.js'
import { BusRunner } from './bus-runner.js'

function bench(timed: boolean) {
  const clock = new Scheduler()
  const seen: [number, string][] = []
  const bus = {
    transfer(write: Uint8Array, read: number) {
      seen.push([clock.now, [...write].map((octet) => octet.toString(16)).join(' ')])
      return new Uint8Array(read).fill(write[0])
    },
  }
  const runner = new BusRunner({ clock, bus, clockRate: 8_000_000, overhead: 1_000, timed })
  return { clock, runner, seen }
}

function* two(): SpiProgram<number> {
  const replies = yield {
    transfers: [
      { write: Uint8Array.of(0x12), read: 1 },
      { write: Uint8Array.of(0x9f, 0x04), read: 0 },
    ],
  }
  yield { wait: 50_000 }
  return replies[0][0]
}

describe('SPI programs on a bus', () => {
  it('act at the instant of their last bit: 2 octets at 8 MHz take 2 us and the time between two selects', () => {
    const { clock, runner, seen } = bench(true)
    let settledAt = -1
    runner.run(two(), (outcome) => {
      expect(outcome).toEqual({ ok: true, value: 0x12 })
      settledAt = clock.now
    })
    clock.runFor(1_000_000)
    expect(seen).toEqual([
      [3_000, '12'],
      [6_000, '9f 4'],
    ])
    expect(settledAt).toBe(56_000)
  })

  it('act at once on an untimed bus, and still wait where they ask to', () => {
    const { clock, runner, seen } = bench(false)
    let settledAt = -1
    runner.run(two(), () => {
      settledAt = clock.now
    })
    expect(seen.map(([at]) => at)).toEqual([0, 0])
    expect(settledAt).toBe(-1)
    clock.runFor(1_000_000)
    expect(settledAt).toBe(50_000)
  })

  it('run one after another and never interleaved, in the order they were asked for', () => {
    const { clock, runner } = bench(true)
    const order: string[] = []
    function* named(name: string): SpiProgram<void> {
      for (let i = 0; i < 2; i++) {
        yield { transfers: [{ write: Uint8Array.of(1), read: 0 }] }
        order.push(name)
      }
    }
    runner.run(named('a'), () => runner.run(named('c'), () => {}))
    runner.run(named('b'), () => {})
    clock.runFor(1_000_000)
    expect(order).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
  })

  it('settle with what they threw', () => {
    const { runner } = bench(false)
    let outcome: SpiOutcome<void> | undefined
    // biome-ignore lint/correctness/useYield: a program may fail before its first step
    function* failing(): SpiProgram<void> {
      throw new Error('no chip')
    }
    runner.run(failing(), (result) => {
      outcome = result
    })
    expect(outcome).toMatchObject({ ok: false, error: { message: 'no chip' } })
  })

  it('end when the controller is reset, those that wait too', () => {
    const { clock, runner, seen } = bench(true)
    const errors: string[] = []
    for (let i = 0; i < 3; i++) runner.run(two(), (outcome) => !outcome.ok && errors.push(outcome.error.message))
    clock.runFor(4_000)
    runner.abort(new Error('reset'))
    clock.runFor(1_000_000)
    expect(errors).toEqual(['reset', 'reset', 'reset'])
    expect(seen).toHaveLength(1)
    expect(runner.busy).toBe(false)
  })

  it('are stopped when they poll without ever waiting on an untimed bus', () => {
    const { runner } = bench(false)
    function* poll(): SpiProgram<void> {
      for (;;) yield { transfers: [{ write: Uint8Array.of(0x1d), read: 1 }] }
    }
    let outcome: SpiOutcome<void> | undefined
    runner.run(poll(), (result) => {
      outcome = result
    })
    expect(outcome).toMatchObject({ ok: false, error: { message: expect.stringMatching(/without ever waiting/) } })
  })
})
