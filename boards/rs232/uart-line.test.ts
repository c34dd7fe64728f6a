import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { UartLine, type UartLineOptions } from './uart-line.js'

function bench(options: Partial<UartLineOptions> = {}, seed = 1) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const line = new UartLine({ clock, random, baud: 1_000_000, ...options })
  const got: number[] = []
  const flags: number[] = []
  const times: number[] = []
  line.b.handleOctets = (octets, errors) => {
    octets.forEach((octet, i) => {
      got.push(octet)
      flags.push(errors?.[i] ?? 0)
      times.push(line.b.timeOf(i))
    })
  }
  return { clock, line, got, flags, times, random }
}

const someOctets = (count: number, seed = 9): Uint8Array => {
  const random = new SeededRandom(seed)
  return Uint8Array.from({ length: count }, () => random.next32())
}

describe('a serial line', () => {
  it('takes ten bit times an octet with 8N1', () => {
    const { clock, line, times } = bench()
    line.a.write(Uint8Array.of(1, 2, 3))
    clock.runFor(SECOND)
    expect(times).toEqual([10_000, 20_000, 30_000])
  })

  it('does not drift at 115,200 baud, where a bit is no whole number of nanoseconds', () => {
    const { clock, line, times } = bench({ baud: 115_200 })
    line.a.write(new Uint8Array(11_520))
    clock.runFor(2 * SECOND)
    expect(times.at(-1)).toBe(SECOND)
    expect(times[0]).toBe(Math.round(SECOND / 11_520))
  })

  it('delivers octets at the same instants whatever the granularity', () => {
    const instants = [1, 5, 16, 64].map((granularity) => {
      const { clock, line, times } = bench({ granularity, baud: 57_600 })
      line.a.write(new Uint8Array(50))
      clock.runFor(3 * MILLISECOND)
      line.a.write(new Uint8Array(50))
      clock.runFor(SECOND)
      return times
    })
    expect(instants[0]).toHaveLength(100)
    for (const other of instants) expect(other).toEqual(instants[0])
  })

  it('with granularity 1 each octet comes at its own instant', () => {
    const { clock, line } = bench({ granularity: 1 })
    const at: number[] = []
    line.b.handleOctets = () => at.push(clock.now)
    line.a.write(new Uint8Array(3))
    clock.runFor(SECOND)
    expect(at).toEqual([10_000, 20_000, 30_000])
  })

  it('knows what has not begun to leave', () => {
    const { clock, line } = bench()
    line.a.write(new Uint8Array(20))
    expect(line.a.pending).toBe(19)
    clock.runFor(95 * MICROSECOND)
    expect(line.a.pending).toBe(10)
    clock.runFor(SECOND)
    expect(line.a.pending).toBe(0)
  })

  it('a new rate counts from the next octet that starts', () => {
    const { clock, line } = bench()
    line.a.write(new Uint8Array(4))
    clock.runFor(15 * MICROSECOND)
    line.a.setBaud(500_000) // octets at 0, 10, 20 and 40 µs
    clock.runUntil(39 * MICROSECOND)
    expect(line.a.pending).toBe(1)
    clock.runUntil(41 * MICROSECOND)
    expect(line.a.pending).toBe(0)
  })

  it('keeps the octets of a run while more are queued behind it', () => {
    const { clock, line, got } = bench()
    const octets = someOctets(5000)
    for (let at = 0; at < octets.length; at += 50) {
      line.a.write(octets.subarray(at, at + 50))
      clock.runFor(430 * MICROSECOND)
    }
    clock.runFor(SECOND)
    expect(got).toEqual([...octets])
  })
})

describe('baud rates that differ (ATmega328P 20.11: at most about 2 % is safe at 8 bits)', () => {
  const errorsAt = (percent: number) => {
    const { clock, line, got, flags } = bench({ baud: 115_200 })
    line.b.clockError = percent / 100
    const octets = someOctets(2000)
    line.a.write(octets)
    clock.runFor(SECOND)
    const wrong = octets.reduce((sum, octet, i) => sum + (got[i] === octet ? 0 : 1), 0)
    return { wrong, framing: flags.filter((f) => f & LINE_FRAMING_ERROR).length }
  }

  it.each([-3, -2, -1, 1, 2, 3])('%s percent off: every octet is right', (percent) => {
    expect(errorsAt(percent)).toEqual({ wrong: 0, framing: 0 })
  })

  it('a receiver 6 percent slow reads wrong octets and finds framing errors', () => {
    const { wrong, framing } = errorsAt(-6)
    expect(wrong).toBeGreaterThan(1000)
    expect(framing).toBeGreaterThan(500)
  })

  it('a receiver 6 percent fast takes the last data bit for the stop bit: framing errors', () => {
    expect(errorsAt(6).framing).toBeGreaterThan(500)
    expect(errorsAt(7).wrong).toBeGreaterThan(500)
  })

  it('twice the rate turns one octet into something else, never into silence', () => {
    const { clock, line, got } = bench({ baud: 9_600 })
    line.b.setBaud(19_200)
    line.a.write(someOctets(200))
    clock.runFor(SECOND)
    expect(got.length).toBeGreaterThan(150)
  })
})

describe('faults of the line', () => {
  it('bit errors come at the rate asked for and change octets', () => {
    const { clock, line, got } = bench({ faults: { bitErrorRate: 1e-3 } })
    const octets = new Uint8Array(100_000).fill(0x55)
    line.a.write(octets)
    clock.runFor(2 * SECOND)
    const { bitErrors } = line.counters.aToB
    expect(bitErrors).toBeGreaterThan(900) // 1,000 expected of 1,000,000 bits: a standard deviation is 32
    expect(bitErrors).toBeLessThan(1100)
    expect(got.filter((octet) => octet !== 0x55).length).toBeGreaterThan(600)
  })

  it('a stop bit that is hit is flagged as a framing error', () => {
    const { clock, line, flags } = bench({ faults: { bitErrorRate: 0.01 } })
    line.a.write(new Uint8Array(10_000).fill(0x55))
    clock.runFor(SECOND)
    expect(flags.filter((f) => f & LINE_FRAMING_ERROR).length).toBeGreaterThan(50)
  })

  it('drops and inserts octets at the rates asked for', () => {
    const { clock, line } = bench({ faults: { dropRate: 1 / 2000, insertRate: 1 / 2000 } })
    line.a.write(new Uint8Array(1_000_000))
    clock.runFor(20 * SECOND)
    const { dropped, inserted } = line.counters.aToB
    for (const count of [dropped, inserted]) {
      expect(count).toBeGreaterThan(400) // 500 expected: a standard deviation is 22
      expect(count).toBeLessThan(600)
    }
    expect(line.b.counters.delivered).toBe(1_000_000 - dropped + inserted)
  })

  it('accounts for every octet: sent − dropped + inserted − sampled in + sampled out = arrived', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const faults = { bitErrorRate: 2e-3, dropRate: 1e-3, insertRate: 1e-3 }
      const { clock, line, got, random } = bench({ faults }, seed)
      for (let i = 0; i < 30; i++) {
        line.a.write(someOctets(random.below(300), i))
        if (i % 7 === 3) line.burst(5 * MILLISECOND)
        clock.runFor(random.below(4) * MILLISECOND)
      }
      clock.runFor(SECOND)
      const { sent, dropped, inserted, sampledIn, sampledOut } = line.counters.aToB
      expect(sent).toBe(line.a.counters.written)
      expect(got).toHaveLength(sent - dropped + inserted - sampledIn + sampledOut)
      expect(line.b.counters.delivered).toBe(got.length)
    }
  })

  it('a burst makes octets on a line at rest, and ends', () => {
    const { clock, line, got } = bench()
    line.burst(200 * MILLISECOND)
    clock.runFor(250 * MILLISECOND)
    expect(got.length).toBeGreaterThan(5000)
    const before = got.length
    line.a.write(Uint8Array.of(0x42))
    clock.runFor(SECOND)
    expect(got.slice(before)).toEqual([0x42])
    expect(clock.nextAt).toBeUndefined()
  })

  it('a break is one null octet with a framing error', () => {
    const { clock, line, got, flags } = bench()
    line.a.write(Uint8Array.of(0x31))
    line.a.break(50 * MILLISECOND)
    line.a.write(Uint8Array.of(0x32))
    clock.runFor(SECOND)
    expect(got).toEqual([0x31, 0x00, 0x32])
    expect(flags).toEqual([0, LINE_FRAMING_ERROR, 0])
  })

  it('octets to a closed end, and those it writes, are counted', () => {
    const { clock, line, got } = bench()
    line.b.close()
    line.a.write(new Uint8Array(100))
    line.b.write(new Uint8Array(7))
    clock.runFor(SECOND)
    line.b.open()
    line.a.write(Uint8Array.of(5))
    clock.runFor(SECOND)
    expect(got).toEqual([5])
    expect(line.b.counters).toMatchObject({ toClosed: 100, writtenClosed: 7, delivered: 1 })
  })

  it('a reader that stops finds what its buffer held, and the overrun flagged behind it', () => {
    const { clock, line, got, flags } = bench()
    line.b.pause(64)
    line.a.write(someOctets(100))
    clock.runFor(SECOND)
    line.b.resume()
    line.a.write(Uint8Array.of(1))
    clock.runFor(SECOND)
    expect(got).toEqual([...someOctets(100).subarray(0, 64), 1])
    expect(flags[64]).toBe(LINE_OVERRUN)
    expect(line.b.counters.overrun).toBe(36)
  })

  it('flags a parity error when a data bit is hit', () => {
    const framing = { dataBits: 8, parity: 'even', stopBits: 1 } as const
    const { clock, line, got, flags, times } = bench({ framing, faults: { bitErrorRate: 5e-3 } })
    for (let i = 0; i < 5000; i++) {
      line.a.write(Uint8Array.of(0x0f))
      clock.runFor(30 * MICROSECOND)
    }
    expect(times[0]).toBe(11_000)
    expect(flags.filter((f) => f & LINE_PARITY_ERROR).length).toBeGreaterThan(50)
    expect(got.filter((octet, i) => octet !== 0x0f && flags[i] === 0).length).toBeLessThan(50)
  })

  it('is the same for the same seed', () => {
    const run = () => {
      const { clock, line, got } = bench({ faults: { bitErrorRate: 1e-3, dropRate: 1e-3, insertRate: 1e-3 } }, 77)
      line.a.write(someOctets(3000))
      clock.runFor(SECOND)
      return got
    }
    expect(run()).toEqual(run())
  })
})
