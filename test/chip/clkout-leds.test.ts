import { describe, expect, it } from 'vitest'
import type { PinObserver } from '../../boards/chips/enc28j60/pins.js'
import {
  type Configuration,
  DataSheetBench,
  type DataSheetBenchOptions,
  ECON1,
  ECON2,
  erratum,
  linked,
  MS,
  PHCON1,
  US,
} from './bench.js'
import { body, CHIP, frame, PEER, STRANGER } from './frames.js'
import { PHY } from './register-table.js'

describe('CLKOUT (16.1)', () => {
  it.each([
    [0, 0],
    [1, 25_000_000],
    [2, 12_500_000],
    [3, 25_000_000 / 3],
    [4, 6_250_000],
    [5, 3_125_000],
  ])('COCON %i: %f Hz', (divider, hertz) => {
    const bench = new DataSheetBench()
    bench.write('ECOCON', divider)
    bench.run(320)
    expect(bench.chip.clkoutHertz).toBeCloseTo(hertz, 0)
  })

  it('is low until the start-up timer has expired, then 6.25 MHz', () => {
    const bench = new DataSheetBench({ off: true })
    bench.chip.powerOn()
    bench.run(299_999)
    expect(bench.chip.clkoutHertz).toBe(0)
    bench.run(1)
    expect(bench.chip.clkoutHertz).toBe(6_250_000)
  })

  it('a new divider makes a low gap of 80 to 320 ns', () => {
    const bench = new DataSheetBench()
    const changes: { at: number; hertz: number }[] = []
    const pins: PinObserver = { clkout: (hertz) => changes.push({ at: bench.now, hertz }) }
    bench.chip.observePins(pins)
    changes.length = 0
    bench.write('ECOCON', 0x02)
    bench.run(US)
    expect(changes.map(({ hertz }) => hertz)).toEqual([0, 12_500_000])
    expect(changes[1].at - changes[0].at).toBeGreaterThanOrEqual(80)
    expect(changes[1].at - changes[0].at).toBeLessThanOrEqual(320)
  })

  it('SRC and the RESET pin do not touch it', () => {
    const bench = new DataSheetBench()
    bench.write('ECOCON', 0x01)
    bench.run(US)
    bench.reset()
    expect(bench.chip.clkoutHertz).toBe(25_000_000)
    bench.chip.setResetPin(false)
    bench.run(10 * US)
    bench.chip.setResetPin(true)
    bench.run(10 * US)
    expect(bench.chip.clkoutHertz).toBe(25_000_000)
  })

  it('in power-save it runs on by the data sheet, and not with erratum 4', () => {
    for (const [errata, hertz] of [
      [{}, 6_250_000],
      [{ [erratum(4)]: true }, 0],
    ] as const) {
      const bench = new DataSheetBench({ errata })
      bench.set('ECON2', ECON2.PWRSV)
      bench.run(MS)
      expect(bench.chip.clkoutHertz).toBe(hertz)
      bench.clear('ECON2', ECON2.PWRSV)
      bench.run(MS)
      expect(bench.chip.clkoutHertz).toBe(6_250_000)
    }
  })

  it('power lost and back: low until the start-up timer has expired again', () => {
    const bench = new DataSheetBench()
    bench.chip.powerOff()
    expect(bench.chip.clkoutHertz).toBe(0)
    bench.run(MS)
    bench.chip.powerOn()
    expect(bench.chip.clkoutHertz).toBe(0)
    bench.run(299_999)
    expect(bench.chip.clkoutHertz).toBe(0)
    bench.run(1)
    expect(bench.chip.clkoutHertz).toBe(6_250_000)
  })

  it('without a crystal, and without power, it is low', () => {
    const bench = new DataSheetBench({ crystal: false })
    bench.run(10 * MS)
    expect(bench.chip.clkoutHertz).toBe(0)
    const off = new DataSheetBench()
    off.chip.powerOff()
    expect(off.chip.clkoutHertz).toBe(0)
  })
})

/** A bench with LEDA on `code`, LEDB off. */
function led(
  code: number,
  { lfrq = 0, stretch = true, ...configuration }: Configuration & { lfrq?: number; stretch?: boolean } = {},
  options: DataSheetBenchOptions = {},
): DataSheetBench {
  const bench = linked({ filter: 0x00, ...configuration }, options)
  bench.writePhy(PHY.PHLCON, 0x3090 | (code << 8) | (lfrq << 2) | (stretch ? 2 : 0))
  bench.run(500 * MS)
  return bench
}

const lit = (bench: DataSheetBench) => bench.chip.ledLit('LEDA')

/** How long LEDA stays lit from now on. */
function litFor(bench: DataSheetBench): number {
  const began = bench.now
  while (lit(bench)) {
    bench.run(100 * US)
    if (bench.now - began > 2_000 * MS) throw new Error('LEDA stays lit')
  }
  return bench.now - began
}

describe('LEDs (16.2)', () => {
  it('after reset LEDA shows the link and LEDB reception', () => {
    const bench = new DataSheetBench()
    expect([bench.chip.ledLit('LEDA'), bench.chip.ledLit('LEDB')]).toEqual([false, false])
    bench.configure()
    bench.linkUp()
    expect([bench.chip.ledLit('LEDA'), bench.chip.ledLit('LEDB')]).toEqual([true, false])
    bench.deliverFrame()
    expect([bench.chip.ledLit('LEDA'), bench.chip.ledLit('LEDB')]).toEqual([true, true])
    bench.run(100 * MS)
    expect([bench.chip.ledLit('LEDA'), bench.chip.ledLit('LEDB')]).toEqual([true, false])
    bench.wire.stopPulses()
    bench.run(300 * MS)
    expect([bench.chip.ledLit('LEDA'), bench.chip.ledLit('LEDB')]).toEqual([false, false])
  })

  it('8 is on, 9 is off', () => {
    expect(lit(led(8))).toBe(true)
    expect(lit(led(9))).toBe(false)
  })

  it.each<[string, number, { tx: boolean; rx: boolean }]>([
    ['1: transmission', 1, { tx: true, rx: false }],
    ['2: reception', 2, { tx: false, rx: true }],
    ['7: both', 7, { tx: true, rx: true }],
  ])('code %s', (_name, code, expected) => {
    const bench = led(code)
    expect(lit(bench)).toBe(false)
    bench.transmit(body({ da: PEER, sa: CHIP }))
    expect(lit(bench)).toBe(expected.tx)
    bench.run(200 * MS)
    expect(lit(bench)).toBe(false)
    bench.deliver(frame())
    expect(lit(bench)).toBe(expected.rx)
  })

  it.each([
    [0, 40],
    [1, 70],
    [2, 140],
  ])('LFRQ %i stretches activity to %i ms', (lfrq, milliseconds) => {
    const bench = led(2, { lfrq })
    bench.deliver(frame())
    expect(Math.abs(litFor(bench) - milliseconds * MS)).toBeLessThanOrEqual(0.3 * MS)
  })

  it('without STRCH the LED follows the frame', () => {
    const bench = led(2, { stretch: false })
    bench.wire.send(frame({ length: 1000 }))
    bench.run(100 * US)
    expect(lit(bench)).toBe(true)
    bench.run(800 * US)
    expect(lit(bench)).toBe(false)
  })

  it.each([0x1, 0x2, 0x3, 0x7])('code %i follows without STRCH', (code) => {
    const bench = led(code, { stretch: false, duplex: 'half' })
    const collide = () => {
      bench.wire.onStart = () => bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
      bench.request(body({ da: PEER, sa: CHIP }))
    }
    if (code === 2) bench.wire.send(frame())
    else if (code === 3) collide()
    else bench.request(body({ da: PEER, sa: CHIP }))
    bench.run(21 * US)
    expect(lit(bench)).toBe(true)
    bench.wire.onStart = undefined
    bench.run(70 * US)
    bench.until(() => !lit(bench), MS)
  })

  it('code E is stretched although STRCH is 0', () => {
    const bench = led(0xe, { stretch: false, duplex: 'half' })
    bench.wire.onStart = () => {
      bench.wire.onStart = undefined
      bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
    }
    bench.transmit(body({ da: PEER, sa: CHIP }))
    expect(lit(bench)).toBe(true)
    expect(litFor(bench)).toBeGreaterThan(30 * MS)
  })

  it('codes C and D answer to activity, stretched although STRCH is 0', () => {
    for (const [code, send] of [
      [0xc, false],
      [0xd, false],
      [0xd, true],
    ] as const) {
      const bench = led(code, { stretch: false })
      const before = lit(bench)
      if (send) bench.transmit(body({ da: PEER, sa: CHIP }))
      else bench.deliver(frame())
      bench.run(5 * MS)
      expect(lit(bench)).toBe(!before)
      bench.run(100 * MS)
      expect(lit(bench)).toBe(before)
    }
  })

  it('goes dark when the PHY releases a frame in its middle', () => {
    const bench = led(2, { stretch: false })
    bench.wire.send(frame({ length: 1500 }))
    bench.run(100 * US)
    expect(lit(bench)).toBe(true)
    bench.writePhy(PHY.PHCON1, PHCON1.PLOOPBK | PHCON1.PDPXMD)
    expect(lit(bench)).toBe(false)
    bench.run(10 * MS)
    expect(lit(bench)).toBe(false)
  })

  it('3: collisions', () => {
    const bench = led(3, { duplex: 'half' })
    bench.transmit(body({ da: PEER, sa: CHIP }))
    expect(lit(bench)).toBe(false)
    bench.wire.onStart = () => {
      bench.wire.onStart = undefined
      bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
    }
    bench.transmit(body({ da: PEER, sa: CHIP }))
    expect(lit(bench)).toBe(true)
    expect(Math.abs(litFor(bench) - 40 * MS)).toBeLessThanOrEqual(1 * MS)
  })

  it('4: the link', () => {
    const bench = led(4)
    expect(lit(bench)).toBe(true)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    expect(lit(bench)).toBe(false)
  })

  it('5: full duplex', () => {
    expect(lit(led(5, { duplex: 'full' }))).toBe(true)
    expect(lit(led(5, { duplex: 'half' }))).toBe(false)
  })

  it.each([
    ['A', 0xa, 4],
    ['B', 0xb, 1],
  ])('%s blinks (24 item 25)', (_name, code, hertz) => {
    const bench = led(code)
    let changes = 0
    let before = lit(bench)
    for (let i = 0; i < 4_000; i++) {
      bench.run(1 * MS)
      if (lit(bench) !== before) changes++
      before = lit(bench)
    }
    expect(Math.abs(changes - 4 * 2 * hertz)).toBeLessThanOrEqual(1)
  })

  it.each([0xc, 0xd])('code %i: lit with the link, dark without', (code) => {
    const bench = led(code)
    expect(lit(bench)).toBe(true)
    bench.wire.stopPulses()
    bench.run(500 * MS)
    expect(lit(bench)).toBe(false)
  })

  it('E: duplex and collisions; with erratum 11 duplex only', () => {
    const collided = (options: DataSheetBenchOptions) => {
      const bench = led(0xe, { duplex: 'half' }, options)
      expect(lit(bench)).toBe(false)
      bench.wire.onStart = () => {
        bench.wire.onStart = undefined
        bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
      }
      bench.transmit(body({ da: PEER, sa: CHIP }))
      return lit(bench)
    }
    expect(collided({})).toBe(true)
    expect(collided({ errata: { [erratum(11)]: true } })).toBe(false)
    expect(lit(led(0xe, { duplex: 'full' }, { errata: { [erratum(11)]: true } }))).toBe(true)
  })

  it('3476h of Linux: LEDA link, LEDB transmission and reception, 70 ms', () => {
    const bench = linked()
    bench.writePhy(PHY.PHLCON, 0x3476)
    bench.run(500 * MS)
    expect([bench.chip.ledLit('LEDA'), bench.chip.ledLit('LEDB')]).toEqual([true, false])
    bench.deliver(frame({ da: STRANGER }))
    bench.run(60 * MS)
    expect(bench.chip.ledLit('LEDB')).toBe(true)
    bench.run(20 * MS)
    expect(bench.chip.ledLit('LEDB')).toBe(false)
    bench.transmit(body({ da: PEER, sa: CHIP }))
    expect(bench.chip.ledLit('LEDB')).toBe(true)
  })
})

describe('the pins a trace sees', () => {
  it('every chip select, octet, interrupt and reset is reported in order', () => {
    const bench = new DataSheetBench()
    const seen: string[] = []
    bench.chip.observePins({
      chipSelect: (high) => seen.push(`CS ${high ? 1 : 0}`),
      exchange: (mosi, miso) => seen.push(`${mosi.toString(16)}/${miso?.toString(16) ?? 'z'}`),
      interrupt: (high) => seen.push(`INT ${high ? 1 : 0}`),
      reset: (high) => seen.push(`RESET ${high ? 1 : 0}`),
    })
    seen.length = 0
    bench.spi([0x1d], 1)
    bench.spi([0x5b, 0x80])
    bench.chip.setResetPin(false)
    bench.run(US)
    bench.chip.setResetPin(true)
    expect(seen).toEqual(['CS 0', '1d/z', '0/1', 'CS 1', 'CS 0', '5b/z', '80/z', 'CS 1', 'RESET 0', 'RESET 1'])
  })

  it('INT is reported when it moves', () => {
    const bench = linked()
    const seen: boolean[] = []
    bench.chip.observePins({ interrupt: (high) => seen.push(high) })
    bench.write('EIE', 0xc0)
    seen.length = 0
    bench.deliverFrame()
    bench.set('ECON2', ECON2.PKTDEC)
    expect(seen).toEqual([false, true])
  })

  it.each([
    [0xa, 4],
    [0xb, 1],
  ])('a blinking LED, code %i, is reported at each of its %i changes and back a second', (code, hertz) => {
    const bench = led(code)
    let told = 0
    bench.chip.observePins({ led: () => told++ })
    bench.run(1_000 * MS)
    told = 0
    bench.run(5_000 * MS)
    expect(told).toBe(5 * 2 * hertz)
  })

  it('LEDs and CLKOUT are reported when they move', () => {
    const bench = linked()
    const seen: string[] = []
    bench.chip.observePins({ led: (which, on) => seen.push(`${which} ${on}`) })
    bench.run(100 * MS)
    seen.length = 0
    bench.deliverFrame()
    bench.run(100 * MS)
    expect(seen).toEqual(['LEDB true', 'LEDB false'])
    bench.clear('ECON1', ECON1.RXEN)
    bench.writePhy(PHY.PHCON1, PHCON1.PDPXMD)
  })
})
