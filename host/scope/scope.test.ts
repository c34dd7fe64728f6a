import { describe, expect, it } from 'vitest'
import { createBench } from '../../boards/faults/create-bench.js'
import { frameBits, parseFraming, type SerialFraming } from '../../boards/rs232/framing.js'
import { MODEM_CABLES } from '../../boards/rs232/modem-lines.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { openTarget } from '../node/serial/open-target.js'
import { scopeRecordingCsv } from './csv.js'
import { openProbes } from './probes.js'
import { type RecordScopeOptions, recordScope, type ScopeRecording } from './record.js'
import { ModemProbe, SerialProbe } from './serial-probe.js'
import { EdgeTrace } from './trace.js'

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

  it('is thinned to what a picture has room for, and still goes all the way up and down', () => {
    const trace = new EdgeTrace(0, 500)
    for (let i = 1; i < 100_000; i++) trace.edge(i * 100, i % 2 ? 5 : 0)
    const points = trace.points(0, 10_000_000)
    expect(points.length).toBeLessThan(6000)
    expect(Math.max(...points.map(([, volts]) => volts))).toBe(5)
    for (let i = 1; i < points.length; i++) expect(points[i][0]).toBeGreaterThanOrEqual(points[i - 1][0])
  })

  it('keeps so many edges and no more, and says so; of those that nobody asked for yet, the latest', () => {
    const full = new EdgeTrace(0, 500, 1000)
    for (let i = 1; i <= 1001; i++) full.edge(i * 100, i % 2 ? 5 : 0)
    expect([full.edges, full.overflowed]).toEqual([1000, true])
    const waiting = new EdgeTrace(0, 500, 1000)
    for (let i = 1; i <= 5001; i++) waiting.edge(i * 100, i % 2 ? 5 : 0, true)
    expect(waiting.overflowed).toBe(false)
    expect(waiting.at(500_150)).toBe(5)
  })
})

describe('a probe on a serial line', () => {
  it.each(['8N1', '7E2', '5N1.5', '9O1'])('shows at any sample rate the bits that were sent as %s', (name) => {
    const framing: SerialFraming = parseFraming(name)
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
      const lines = [...scopeRecordingCsv([probe], window, rate)]
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

describe('levels on a serial line', () => {
  const probeOn = (fault: string | undefined, board: string, name: string) => {
    const bench = createBench({ board, faults: fault === undefined ? [] : [fault] })
    const { lab } = bench
    const [probe] = openProbes(bench, [name], () => 'shown')
    lab.clock.runFor(100 * MILLISECOND) // the board announces itself
    const volts = probe.trace.points(0, 100 * MILLISECOND).map(([, each]) => each)
    return { probe, low: Math.min(...volts), high: Math.max(...volts) }
  }

  it.each([
    ['uno', 5],
    ['promini', 3.3],
  ])('are those of the board’s logic: %s at %d V', (board, level) => {
    const { probe, low, high } = probeOn(undefined, board, 'uart-txd')
    expect([low, high]).toEqual([0, level])
    // 0.3 and 0.6 V_CC (ATmega328P 29.2).
    const { from, to } = probe.levels.find((each) => each.undefined)!
    expect(from).toBeCloseTo(0.3 * level, 6)
    expect(to).toBeCloseTo(0.6 * level, 6)
  })

  it('are those of a driver where there is one, and of the bare pin where there is none', () => {
    expect(probeOn(undefined, 'uno', 'rs232-txd')).toMatchObject({ low: -9, high: 9 })
    const bare = probeOn('serial-ttl-meets-rs232', 'uno', 'rs232-txd')
    expect(bare).toMatchObject({ low: 0, high: 5 })
    expect(bare.probe.note).toMatch(/no level converter/)
    // A line at rest: the computer’s port drives −9 V into the pin.
    expect(probeOn('serial-ttl-meets-rs232', 'uno', 'uart-rxd')).toMatchObject({ low: -9, high: -9 })
  })

  it('are 0 V on a control circuit that nobody drives, and it says so', () => {
    const three = new UartLine({ clock: new Scheduler(), random: new SeededRandom(1), baud: 9600 })
    const cts = new ModemProbe(three, 'cts', new Scheduler(), () => 'shown')
    expect(cts.trace.at(0)).toBe(0)
    expect(cts.rows({ from: 0, to: 1000 })[0].marks[0].text).toMatch(/not driven/)
    expect(cts.note).toMatch(/terminator/)
    const modem = MODEM_CABLES['null-modem']
    const crossed = new UartLine({ clock: new Scheduler(), random: new SeededRandom(1), baud: 9600, modem })
    expect(new ModemProbe(crossed, 'cts', new Scheduler(), () => 'shown').trace.at(0)).toBe(-9)
    expect(new ModemProbe(crossed, 'ri', new Scheduler(), () => 'shown').trace.at(0)).toBe(0)
    expect(new ModemProbe(three, 'rts', new Scheduler(), () => 'shown').trace.at(0)).toBe(-9)
  })
})

describe('a recording', () => {
  const recorded = async (options: RecordScopeOptions, faults: readonly string[] = [], name = 'model:uno') => {
    const target = await openTarget(name, { faults })
    try {
      return await recordScope(target, options)
    } finally {
      await target.close()
    }
  }
  const range = ({ probes, window }: ScopeRecording, index = 0) => {
    const volts = probes[index].trace.points(window!.from, window!.to).map(([, each]) => each)
    return [Math.min(...volts), Math.max(...volts)]
  }

  it('of a partner that jabbers shows that it sends, although each signal lasts 80 ms', async () => {
    const window = { from: SECOND, to: 1.02 * SECOND }
    const seen = await recorded({ probes: ['rd'], window }, ['partner-jabber'])
    const [low, high] = range(seen)
    expect(low).toBeLessThan(-2)
    expect(high).toBeGreaterThan(2)
    const fields = seen.probes[0].rows(window, 20_000).find(({ name }) => name === 'fields')
    expect(fields?.marks.map(({ text }) => text)).toContain('payload')
  })

  it('of long signals takes room for what is drawn of them, not for all of them', async () => {
    const seen = await recorded({ probes: ['rd'], window: { from: SECOND, to: 1.1 * SECOND } }, ['partner-jabber'])
    const before = process.memoryUsage()
    const points = seen.probes[0].trace.points(SECOND, 1.1 * SECOND)
    const after = process.memoryUsage()
    // 100 ms are 20 million samples, 80 MB as they were kept.
    expect(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed).toBeLessThan(60e6)
    expect(points.length).toBeLessThan(6000)
  })

  it('finds collisions, on whichever pair, where link pulses came first', async () => {
    const trigger = { kind: 'collision', count: 2 } as const
    const options: RecordScopeOptions = {
      probes: ['td', 'rd'],
      window: { duration: 20_000 },
      trigger,
      during: 'mac.transmit',
    }
    const seen = await recorded(options, ['cable-split-pair'])
    expect(seen.trigger?.event).toMatchObject({ kind: 'frame', collided: true })
    // Preamble and delimiter, then the jam (4.2.3.2.4), and on the other pair what crosses over.
    const fields = seen.probes[0].rows(seen.window!).find(({ name }) => name === 'fields')
    expect(fields?.marks.map(({ text }) => text)).toContain('jam')
    const [, high] = range(seen, 1)
    expect(high).toBeGreaterThan(0.45)
    expect(high).toBeLessThan(1)
  })

  it('counts a frame that is broken off as a frame', async () => {
    const seen = await recorded({ probes: ['td'] }, ['cable-split-pair'])
    expect(seen.trigger).toMatchObject({ kind: 'frame', count: 1, event: { kind: 'frame', collided: true } })
  })

  it('finds no collision where there is none', async () => {
    const seen = await recorded({ probes: ['td'], trigger: { kind: 'collision' }, during: 'mac.transmit' })
    expect(seen.window).toBeUndefined()
  })

  it('shows noise on the pair between frames too', async () => {
    const seen = await recorded({ probes: ['rd'], window: { from: 10_000, to: 20_000 } }, ['cable-noise'])
    const [low, high] = range(seen)
    expect(high - low).toBeGreaterThan(1)
  })

  it('gives the same voltage whatever else of a frame is looked at', async () => {
    const target = await openTarget('model:uno', { faults: ['cable-noise'] })
    try {
      const { probes, trigger } = await recordScope(target, { probes: ['rd'], window: { duration: 60_000 } })
      const { trace } = probes[0]
      const times = Array.from({ length: 2000 }, (_, i) => trigger!.at + i * 25)
      const forwards = times.map((time) => trace.at(time))
      const backwards = times.toReversed().map((time) => trace.at(time))
      expect(backwards.reverse()).toEqual(forwards)
    } finally {
      await target.close()
    }
  })

  it('shows what the controller reads on MISO, which is not what the chip drives when the wire is open', async () => {
    const options: RecordScopeOptions = { probes: ['spi-so', 'spi-miso'], window: { duration: 40_000 } }
    for (const name of ['model:uno', 'avr:uno']) {
      const seen = await recorded(options, ['miso-open'], name)
      expect(range(seen, 0)[0], name).toBe(0)
      // Pulled up, behind the gate that makes 5 V of the chip’s 3.3 V.
      expect(range(seen, 1), name).toEqual([5, 5])
      const octets = seen.probes[1].rows(seen.window!).find((row) => row.name === 'octets')
      expect(new Set(octets?.marks.map(({ text }) => text)), name).toEqual(new Set(['FF']))
      const sound = await recorded(options, [], name)
      expect(range(sound, 1)[0], name).toBe(0)
    }
  })

  it.each([
    { fault: 'brown-out', probe: 'vcc', volts: 2.2, state: 'sags to 2.2 V' },
    { fault: 'chip-brown-out', probe: '3v3', volts: 2, state: 'sags to 2 V' },
    { fault: 'no-power', probe: 'vcc', volts: 0, state: 'off' },
  ])('shows the supply: $fault on $probe', async ({ fault, probe, volts, state }) => {
    const seen = await recorded({ probes: [probe] }, [fault])
    expect(range(seen)[0]).toBeCloseTo(volts, 6)
    const [row] = seen.probes[0].rows(seen.window!)
    expect(row.marks.map(({ text }) => text)).toContain(state)
  })

  it('of DTR shows something that happens: a programmer releases it', async () => {
    const seen = await recorded({ probes: ['dtr'] })
    expect(range(seen)).toEqual([-9, 9])
  })

  it('shows a handshake over a cable that has the wires for it: no character begins while CTS is OFF', async () => {
    const seen = await recorded({ probes: ['cts', 'uart-rxd'], serialCable: 'null-modem' })
    const states = seen.probes[0].rows(seen.window!)[0].marks
    expect(states.map(({ text }) => text)).toEqual(['OFF', 'ON', 'OFF', 'ON'])
    const octets = seen.probes[1].rows(seen.window!).find(({ name }) => name === 'octets')!.marks
    const off = states[2]
    expect(octets.filter(({ from }) => from < off.from).length).toBeGreaterThan(50)
    expect(octets.filter(({ from }) => from > off.to - 1).length).toBeGreaterThan(50)
    expect(octets.filter(({ from }) => from > off.from && from < off.to - 1)).toEqual([])
  })

  it('does not begin before power-on', async () => {
    const seen = await recorded({ probes: ['uart-rxd'], window: { duration: 10 * SECOND } })
    expect(seen.window?.from).toBe(0)
  })

  it('of SPI shows the instruction that the chip saw, and the octets on both wires', async () => {
    const target = await openTarget('model:uno')
    try {
      const { probes, window } = await recordScope(target, {
        probes: ['spi-si', 'spi-so'],
        window: { duration: 50_000 },
      })
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
      const window = { from: 2_400 * MILLISECOND, to: 2_800 * MILLISECOND }
      const { probes } = await recordScope(target, { probes: ['td', 'rd'], window })
      const fields = probes[0].rows(window).find(({ name }) => name === 'fields')
      expect(fields?.marks.some(({ text }) => text === 'destination')).toBe(true)
      expect(probes[1].rows(window).some(({ name }) => name === 'signal')).toBe(true) // link test pulses
    } finally {
      await target.close()
    }
  })
})
