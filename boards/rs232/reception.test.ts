import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR } from '../../firmware/hal/serial-line.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { LineReception, type LineReceptionOptions, slewRate } from './reception.js'
import { CABLE_CAPACITANCE, LINE_STANDARDS } from './standards.js'
import { UartLine } from './uart-line.js'

const RS232 = LINE_STANDARDS['rs-232']
const TTL = LINE_STANDARDS.ttl

/** A line at `baud` on which the receivers see voltages. */
function bench(baud: number, options: LineReceptionOptions) {
  const clock = new Scheduler()
  const line = new UartLine({ clock, random: new SeededRandom(1), baud })
  line.setReception(new LineReception(options), 'a-to-b')
  const got: number[] = []
  let framing = 0
  line.b.handleOctets = (octets, errors) => {
    got.push(...octets)
    for (const flags of errors ?? []) if (flags & LINE_FRAMING_ERROR) framing++
  }
  const sent = Uint8Array.from({ length: 1000 }, (_, i) => (i * 37 + (i >> 3)) & 0xff)
  line.a.write(sent)
  clock.runFor(20 * SECOND)
  return { right: got.length === sent.length && got.every((octet, i) => octet === sent[i]), got, framing, line, clock }
}

const metres = (length: number) => ({
  driver: RS232.driver,
  receiver: RS232.receiver,
  capacitance: length * CABLE_CAPACITANCE,
})

describe('RS-232 on a long cable (V.28: 2500 pF, 30 V/µs)', () => {
  it('slews slower the more it has to charge: 3 V/µs into 2500 pF, never over 30', () => {
    expect(slewRate(RS232.driver, 0)).toBe(30)
    expect(slewRate(RS232.driver, 2500)).toBeCloseTo(3, 5)
    expect(slewRate(RS232.driver, 100)).toBe(30)
  })

  it.each([
    [9_600, 15, true],
    [19_200, 15, true],
    [115_200, 15, true],
    [115_200, 100, false],
    [9_600, 100, true],
    [1_000_000, 15, false],
    [1_000_000, 1, true],
  ])('%i baud over %i m: received whole is %s', (baud, length, whole) => {
    expect(bench(baud, metres(length)).right).toBe(whole)
  })

  it('does not cost a fast path that nobody needs: at 9,600 baud edges are no matter', () => {
    expect(new LineReception(metres(15)).clearAt(SECOND / 9_600)).toBe(true)
    expect(new LineReception(metres(15)).clearAt(SECOND / 115_200)).toBe(false)
  })
})

describe('parts that do not belong together', () => {
  it('a TTL output at an RS-232 input is upside down: a line at rest is a break', () => {
    const { right, line } = bench(9_600, { driver: TTL.driver, receiver: RS232.receiver })
    expect(right).toBe(false)
    expect(line.counters.aToB.sampledIn).toBe(1000)
  })

  it('an RS-232 output at a TTL input is upside down as well', () => {
    const { right, framing } = bench(9_600, { driver: RS232.driver, receiver: TTL.receiver })
    expect(right).toBe(false)
    expect(framing).toBeGreaterThan(0)
  })

  it('a line at rest that is a break to its receiver is reported after one character, though nobody sends', () => {
    const clock = new Scheduler()
    const line = new UartLine({ clock, random: new SeededRandom(1), baud: 9_600 })
    const got: { octet: number; flags: number; at: number; told: number }[] = []
    line.observe('a-to-b', { received: (octet, flags, at) => got.push({ octet, flags, at, told: clock.now }) })
    clock.runFor(5 * MILLISECOND)
    line.setReception(new LineReception({ driver: RS232.driver, receiver: TTL.receiver }), 'a-to-b')
    clock.runFor(SECOND)
    // Once, however long it goes on (DS40002061B 20.8.4): its stop bit is voted on 9.6 bits, 1 ms, after it began.
    expect(got).toHaveLength(1)
    expect(got[0]).toMatchObject({ octet: 0, flags: LINE_FRAMING_ERROR })
    expect(Math.abs(got[0].at - 6 * MILLISECOND)).toBeLessThan(20_000)
    expect(got[0].told).toBeLessThan(6.2 * MILLISECOND)
  })

  it('RS-422 and RS-423 receivers understand RS-232’s polarity, and V.35 understands RS-422', () => {
    for (const [driver, receiver] of [
      ['rs-423', 'rs-232'],
      ['rs-232', 'rs-423'],
      ['rs-422', 'v.35'],
      ['v.35', 'rs-422'],
    ] as const) {
      const options = { driver: LINE_STANDARDS[driver].driver, receiver: LINE_STANDARDS[receiver].receiver }
      expect(bench(9_600, options).right, `${driver} to ${receiver}`).toBe(true)
    }
    // 0.55 V never leave the band that RS-232 does not define.
    const weak = bench(9_600, { driver: LINE_STANDARDS['v.35'].driver, receiver: RS232.receiver })
    expect(weak.got).toEqual([])
  })

  it('an open input reads rest: nothing is received, and nothing goes unaccounted', () => {
    const { got, line } = bench(9_600, { driver: TTL.driver, receiver: TTL.receiver, connected: false })
    expect(got).toEqual([])
    expect(line.counters.aToB).toMatchObject({ sent: 1000, sampledIn: 1000, sampledOut: 0 })
  })
})

describe('grounds that are not joined', () => {
  const hum = (volts: number) => (at: number) => volts * Math.sin((2 * Math.PI * 50 * at) / SECOND)

  it('a few volts of mains between them break TTL in part of every period, and leave RS-232 alone', () => {
    const ttl = { driver: TTL.driver, receiver: TTL.receiver, groundOffset: hum(6) }
    const { right, got } = bench(115_200, ttl)
    expect(right).toBe(false)
    expect(got.length).toBeGreaterThan(200)
    expect(bench(9_600, { driver: RS232.driver, receiver: RS232.receiver, groundOffset: hum(6) }).right).toBe(true)
  })

  it('makes octets on a line at rest: a break in each period, and none while the offset stays small', () => {
    for (const [volts, some] of [
      [8, true],
      [1, false],
    ] as const) {
      const clock = new Scheduler()
      const line = new UartLine({ clock, random: new SeededRandom(1), baud: 9_600 })
      line.setReception(
        new LineReception({ driver: TTL.driver, receiver: TTL.receiver, groundOffset: hum(volts) }),
        'a-to-b',
      )
      let count = 0
      line.b.handleOctets = (octets) => {
        count += octets.length
      }
      clock.runFor(100 * MILLISECOND)
      expect(count).toBe(some ? 5 : 0)
    }
  })
})
