import { describe, expect, it } from 'vitest'
import { type Framing, frameBits, parseFraming } from '../../boards/rs232/framing.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { openTarget } from '../serial/target.js'
import { recordedCsv } from './csv.js'
import { record } from './record.js'
import { SerialProbe } from './serial-probe.js'
import { EdgeTrace, SampledTrace } from './trace.js'

describe('a trace of edges', () => {
  it('has the voltage of the driver, and edges at its slew', () => {
    const trace = new EdgeTrace(-9, 30)
    trace.edge(1000, 9)
    expect(trace.at(0)).toBe(-9)
    expect(trace.at(1000)).toBe(-9)
    expect(trace.at(1300)).toBeCloseTo(0, 6) // 9 V at 30 V/µs
    expect(trace.at(1600)).toBeCloseTo(9, 6)
    expect(trace.at(5000)).toBe(9)
  })

  it('turns back from where it is when the next edge comes before it has arrived', () => {
    const trace = new EdgeTrace(-9, 3)
    trace.edge(0, 9)
    trace.edge(2000, -9)
    expect(trace.at(2000)).toBeCloseTo(-3, 6)
    expect(trace.at(4000)).toBeCloseTo(-9, 6)
  })

  it('has corners that lie on it', () => {
    const trace = new EdgeTrace(0, 500)
    for (let i = 1; i < 50; i++) trace.edge(i * 100, i % 2 ? 5 : 0)
    const points = trace.points(333, 2777)
    for (const [time, volts] of points) expect(volts).toBeCloseTo(trace.at(time), 6)
    expect(points[0][0]).toBe(333)
    expect(points.at(-1)?.[0]).toBe(2777)
    for (let i = 1; i < points.length; i++) expect(points[i][0]).toBeGreaterThanOrEqual(points[i - 1][0])
  })
})

describe('a trace of samples', () => {
  it('is interpolated between them, and 0 V where there are none', () => {
    const trace = new SampledTrace()
    trace.add(100, 100e6, Float32Array.of(0, 1, 2))
    expect(trace.at(115)).toBeCloseTo(1.5, 6)
    expect(trace.at(50)).toBe(0)
    expect(trace.at(500)).toBe(0)
  })
})

describe('a probe on a serial line', () => {
  it.each(['8N1', '7E2', '5N1.5', '9O1'])('shows at any sample rate the bits that were sent as %s', (name) => {
    const framing: Framing = parseFraming(name)
    const clock = new Scheduler()
    const line = new UartLine({ clock, random: new SeededRandom(1), baud: 9600, framing })
    const options = { name: 'rs232-txd', title: '', rs232: true }
    const probe = new SerialProbe(line, 'a-to-b', options, () => 'shown')
    clock.runFor(MILLISECOND)
    line.a.writeCharacters(Uint16Array.of(0x15))
    clock.runFor(10 * MILLISECOND)
    const bit = SECOND / 9600
    const expected = frameBits(0x15, framing)
    for (let i = 0; i < 1 + framing.dataBits; i++) {
      // In the middle of the bit; RS-232: a 1 is negative, under -3 V.
      const volts = probe.trace.at(MILLISECOND + (i + 0.5) * bit)
      if ((expected >> i) & 1) expect(volts).toBeLessThan(-3)
      else expect(volts).toBeGreaterThan(3)
    }
    const [bits, octets] = probe.rows()
    expect(bits.marks[0].text).toBe('start')
    expect(octets.marks[0].text).toBe('15')
    for (const rate of [10e3, 1e6, 50e6]) {
      const window = { from: MILLISECOND, to: 1.2 * MILLISECOND }
      const lines = [...recordedCsv([probe], window, rate)]
      expect(lines.length).toBe(Math.floor(0.2e-3 * rate + 1e-9) + 2)
      expect(lines[0]).toBe('ns,rs232-txd V,rs232-txd bits,rs232-txd octets\n')
    }
  })

  it('marks the bits that noise turned over, and the errors that came of it', () => {
    const clock = new Scheduler()
    const line = new UartLine({ clock, random: new SeededRandom(2), baud: 9600, framing: parseFraming('8E1') })
    line.setFaults({ bitErrorRate: 0.05 })
    const probe = new SerialProbe(line, 'a-to-b', { name: 'uart-txd', title: '', rs232: false }, () => 'shown')
    line.a.write(new Uint8Array(200).fill(0x5a))
    clock.runFor(SECOND)
    const [bits, , errors] = probe.rows()
    const wrong = bits.marks.filter((mark) => mark.wrong).length
    expect(wrong).toBe(line.counters.aToB.bitErrors)
    expect(errors.marks.some(({ text }) => text.includes('parity error'))).toBe(true)
  })
})

describe('a recording', () => {
  it('of SPI shows the instruction that the chip saw, and the octets on both wires', async () => {
    const target = await openTarget('model:uno')
    try {
      const { probes, window } = await record(target, { probes: ['spi-si', 'spi-so'], window: { duration: 50_000 } })
      const [, octets, instructions] = probes[0].rows(window!)
      expect(instructions.marks[0].text).toMatch(/^(RCR|WCR|BFS|BFC|RBM|WBM|SRC)/)
      expect(octets.marks.length).toBeGreaterThan(1)
      // The first bits of the first octet, read from the voltage in the middle of the bit.
      const [bits] = probes[0].rows(window!)
      for (const { from, to, text } of bits.marks.slice(0, 8)) {
        expect(probes[0].trace.at((from + to) / 2 + 5) > 1.65 ? '1' : '0').toBe(text)
      }
    } finally {
      await target.close()
    }
  })

  it('of a pair shows the frames between two instants', async () => {
    const target = await openTarget('model:uno')
    try {
      const window = { from: 0, to: 400 * MILLISECOND }
      const { probes } = await record(target, { probes: ['td', 'rd'], window })
      const fields = probes[0].rows(window).find(({ name }) => name === 'fields')
      expect(fields?.marks.some(({ text }) => text === 'destination')).toBe(true)
      expect(probes[1].rows(window).some(({ name }) => name === 'signal')).toBe(true) // link test pulses
    } finally {
      await target.close()
    }
  })
})
