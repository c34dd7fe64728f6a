/** A line that goes bit by bit delivers what one does that goes by octets, and tells of each bit as it leaves. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { parseFraming } from './framing.js'
import type { LeavingBit } from './line-observer.js'
import { LineReception } from './reception.js'
import { CABLE_CAPACITANCE, LINE_STANDARDS } from './standards.js'
import { UartLine } from './uart-line.js'

interface Wanted {
  readonly granularity: number | 'bit'
  readonly framing?: string
  readonly bitErrorRate?: number
  readonly dropRate?: number
  readonly insertRate?: number
  readonly clockError?: number
  readonly metres?: number
}

const BAUD = 9_600
const TEXT = Uint8Array.from({ length: 300 }, (_, i) => (i * 37) & 0xff)

function carried({ granularity, framing = '8N1', clockError = 0, metres = 0, ...faults }: Wanted) {
  const clock = new Scheduler()
  const line = new UartLine({
    clock,
    random: new SeededRandom(7),
    baud: BAUD,
    framing: parseFraming(framing),
    granularity,
    faults,
  })
  line.b.clockError = clockError
  if (metres > 0) {
    const { driver, receiver } = LINE_STANDARDS['rs-232']
    line.setReception(new LineReception({ driver, receiver, capacitance: metres * CABLE_CAPACITANCE }), 'a-to-b')
  }
  const octets: number[] = []
  const flags: number[] = []
  const bits: LeavingBit[] = []
  const samples: [slot: number, nth: number][] = []
  const late: number[] = []
  line.observe('a-to-b', {
    bit: (bit) => {
      bits.push(bit)
      late.push(clock.now - bit.from)
    },
    sample: (_level, _at, slot, nth) => samples.push([slot, nth]),
  })
  line.b.handleOctets = (delivered, errors) => {
    octets.push(...delivered)
    flags.push(...(errors ?? new Uint8Array(delivered.length)))
  }
  line.a.write(TEXT)
  clock.runFor(1e9)
  return { octets, flags, bits, samples, late, counters: line.counters.aToB }
}

describe('a line that goes bit by bit', () => {
  it.each<[string, Omit<Wanted, 'granularity'>]>([
    ['a clean line', {}],
    ['seven bits, even parity, two stop bits', { framing: '7E2' }],
    ['one and a half stop bits', { framing: '5N1.5' }],
    ['noise', { bitErrorRate: 0.01 }],
    ['lost octets', { dropRate: 0.05 }],
    ['a clock that is 5 % off', { clockError: 0.05 }],
    ['a clock that is 8 % slow', { clockError: -0.08 }],
    ['900 m of RS-232', { metres: 900 }],
  ])('receives what a line receives that goes by octets: %s', (_, wanted) => {
    const octetwise = carried({ ...wanted, granularity: 1 })
    const bitwise = carried({ ...wanted, granularity: 'bit' })
    expect(bitwise.octets).toEqual(octetwise.octets)
    expect(bitwise.flags).toEqual(octetwise.flags)
    expect(bitwise.counters).toMatchObject({
      sent: octetwise.counters.sent,
      dropped: octetwise.counters.dropped,
      bitErrors: octetwise.counters.bitErrors,
    })
  })

  it('accounts for every octet', () => {
    const { octets, counters } = carried({ granularity: 'bit', bitErrorRate: 0.01, dropRate: 0.02, insertRate: 0.02 })
    const { sent, dropped, inserted, sampledIn, sampledOut } = counters
    expect(inserted).toBeGreaterThan(0)
    expect(sent - dropped + inserted - sampledIn + sampledOut).toBe(octets.length)
  })

  it('tells of each bit when it begins, and of sixteen samples a bit up to the vote on the stop bit', () => {
    const { bits, samples, late } = carried({ granularity: 'bit' })
    expect(bits).toHaveLength(TEXT.length * 10)
    expect(Math.max(...late.map(Math.abs))).toBeLessThan(1)
    expect(bits.slice(0, 10).map(({ level }) => level)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    // Nine bits of sixteen, and of the stop bit the ten that decide it (DS40002061B 20.8.2).
    expect(samples.slice(0, 154)).toEqual(Array.from({ length: 154 }, (_, i) => [Math.floor(i / 16), (i % 16) + 1]))
    expect(samples).toHaveLength(TEXT.length * 154)
  })
})
