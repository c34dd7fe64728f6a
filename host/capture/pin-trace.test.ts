import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { PinListeners, type PinObserver } from '../../boards/chips/enc28j60/pins.js'
import { createBareLab } from '../../boards/lab.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { compile } from '../../test/avr/assembler.js'
import { installCommand, locate, TOOLS } from '../../test/setup/tools.js'
import { WireEnd } from '../scope/wire-end.js'
import { PinTrace, type PinTraceOptions } from './pin-trace.js'
import { VcdWriter } from './vcd.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-trace-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What sigrok's decoders print of a trace, a line an annotation. */
function sigrok(vcd: string, decoders: string, annotations: string): string[] {
  const command = locate('sigrok-cli')
  const tool = TOOLS.find((each) => each.command === 'sigrok-cli')!
  if (command === undefined) throw new Error(`sigrok judges our traces and is missing: ${installCommand([tool])}`)
  const path = join(folder, 'trace.vcd')
  writeFileSync(path, vcd)
  const out = execFileSync(command, ['-i', path, '-P', decoders, '-A', annotations], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  })
  return out.split('\n').filter((line) => line !== '')
}

const SPI = 'spi:clk=SCK:mosi=SI:miso=SO:cs=CS'

function bench(options: Partial<PinTraceOptions> = {}) {
  const clock = new Scheduler()
  const pieces: string[] = []
  const pins = new PinListeners()
  const chip = {
    observePins: (observer: PinObserver) => pins.add(observer),
    interruptHigh: true,
    spiClock: 8_000_000,
    clkoutHertz: 0,
  }
  const writer = new VcdWriter({ write: (text) => pieces.push(text) })
  const trace = new PinTrace({ clock, chip, writer, ...options })
  /** One chip select frame that crosses at this instant, as a timed bus does. */
  const frame = (mosi: number[], miso: (number | undefined)[]) => {
    pins.chipSelect.tell(false)
    for (const [i, octet] of mosi.entries()) pins.exchange.tell(octet, miso[i])
    pins.chipSelect.tell(true)
  }
  const finish = () => {
    trace.close()
    writer.close(clock.now + 1000)
    return pieces.join('')
  }
  return { clock, pins, trace, frame, finish }
}

/** Instants of a signal's changes in a VCD. */
function changesOf(vcd: string, name: string): { at: number; level: string }[] {
  const identifier = vcd.match(new RegExp(`^\\$var wire 1 (\\S+) ${name} `, 'm'))?.[1]
  const changes: { at: number; level: string }[] = []
  let at = 0
  for (const line of vcd.slice(vcd.indexOf('$dumpvars')).split('\n')) {
    if (line.startsWith('#')) at = Number(line.slice(1))
    else if (line.slice(1) === identifier) changes.push({ at, level: line[0] })
  }
  return changes
}

describe('pin trace', () => {
  it('ends a frame of two octets at 8 MHz in the instant it acts: 16 clocks of 125 ns before', () => {
    const { clock, frame, finish } = bench()
    clock.runUntil(10_000)
    frame([0x40 | 0x1f, 0x03], [undefined, undefined])
    const vcd = finish()
    const rising = changesOf(vcd, 'SCK').filter(({ level }) => level === '1')
    expect(rising.length).toBe(16)
    expect(rising[0].at).toBe(8_063)
    expect(rising[1].at - rising[0].at).toBe(125)
    expect(changesOf(vcd, 'CS')).toEqual([
      { at: 0, level: '1' },
      { at: 7_950, level: '0' },
      { at: 10_210, level: '1' },
    ])
  })

  it('draws frames of one instant one after another', () => {
    const { clock, frame, finish } = bench()
    clock.runUntil(10_000)
    for (let i = 0; i < 3; i++) frame([0x1d, 0], [undefined, i])
    const vcd = finish()
    expect(sigrok(vcd, SPI, 'spi=miso-data').length).toBe(6)
    const edges = changesOf(vcd, 'CS').slice(1)
    expect(edges.map(({ level }) => level).join('')).toBe('010101')
    for (let i = 2; i < 6; i += 2) expect(edges[i].at - edges[i - 1].at).toBeGreaterThanOrEqual(50)
  })

  it('gives sigrok’s spi decoder the octets that crossed, at several clocks', () => {
    for (const clockRate of [20_000_000, 8_000_000, 1_000_000]) {
      const { clock, frame, finish } = bench({ clockRate })
      const mosi = Array.from({ length: 64 }, (_, i) => (i * 37) & 0xff)
      const miso = mosi.map((octet, i) => (i < 1 ? undefined : octet ^ 0x5a))
      clock.runUntil(1_000_000)
      frame(mosi, miso)
      const vcd = finish()
      const hex = (octet: number) => octet.toString(16).toUpperCase().padStart(2, '0')
      expect(sigrok(vcd, SPI, 'spi=mosi-data')).toEqual(mosi.map((octet) => `spi-1: ${hex(octet)}`))
      const read = sigrok(vcd, SPI, 'spi=miso-data')
      expect(read.slice(1)).toEqual(miso.slice(1).map((octet) => `spi-1: ${hex(octet!)}`))
    }
  })

  it('gives it what a program clocks by hand, and by the peripheral and by hand under one chip select, at both ends', () => {
    const { image } = compile(`
      #include <avr/io.h>
      #include <util/delay.h>
      static void bang(uint8_t octet) {
        for (uint8_t i = 0; i < 8; i++, octet <<= 1) {
          if (octet & 0x80) PORTB |= 8; else PORTB &= ~8;
          PORTB |= 32; PORTB &= ~32;
        }
      }
      static void shift(uint8_t octet) { SPCR = 0x50; SPDR = octet; while (!(SPSR & 0x80)); SPCR = 0; }
      int main(void) {
        PORTB = 4; DDRB = 0x2c; _delay_us(300);
        PORTB &= ~4; bang(0x1d); bang(0x00); PORTB |= 4;
        PORTB &= ~4; bang(0x7a); shift(0xa5); bang(0x3c); shift(0x81); shift(0x42); bang(0x99); PORTB |= 4;
        PORTB &= ~4; shift(0x1d); bang(0x00); PORTB |= 4;
        for (;;); }`)
    for (const end of ['chip', 'controller']) {
      const lab = createBareLab({ seed: 1 })
      const { clock, random } = lab
      const definition = findBoard('uno')
      const board = new AvrBoard({ clock, random, definition, image, pins: { cs: 10, int: 2, reset: undefined } })
      const pieces: string[] = []
      board.powerOn()
      lab.runUntil(() => board.mcu.pin('B', 2).isOutput, SECOND)
      const writer = new VcdWriter({ write: (text) => pieces.push(text), start: lab.now })
      const chip = end === 'chip' ? board.chip : new WireEnd(board.wires, board.chip)
      const trace = new PinTrace({ clock, chip, writer })
      lab.runFor(MILLISECOND)
      trace.close()
      writer.close(lab.now)
      const data = (row: string) => sigrok(pieces.join(''), SPI, `spi=${row}`).map((line) => line.slice(-2))
      expect(data('mosi-data'), end).toEqual(['1D', '00', '7A', 'A5', '3C', '81', '42', '99', '1D', '00'])
      expect(
        [1, 9].map((at) => data('miso-data')[at]),
        end,
      ).toEqual(['01', '01'])
    }
  })

  it('lets sigrok’s enc28j60 decoder read the registers by name', () => {
    const { clock, frame, finish } = bench()
    const commands: [number[], (number | undefined)[]][] = [
      [[0xff], [undefined]], // SRC
      [
        [0x40 | 0x1f, 0x03],
        [undefined, undefined],
      ], // WCR ECON1: bank 3
      [
        [0x12, 0x00],
        [undefined, 0x06],
      ], // RCR EREVID
      [
        [0x40 | 0x1f, 0x02],
        [undefined, undefined],
      ],
      [
        [0x02, 0x00, 0x00],
        [undefined, 0x00, 0x33],
      ], // RCR MACON3 with its dummy octet
      [
        [0x7a, 0xde, 0xad],
        [undefined, undefined, undefined],
      ], // WBM
    ]
    for (const [mosi, miso] of commands) {
      clock.runFor(10_000)
      frame(mosi, miso)
    }
    const vcd = finish()
    expect(sigrok(vcd, `${SPI},enc28j60`, 'enc28j60=warnings')).toEqual([])
    const fields = sigrok(vcd, `${SPI},enc28j60`, 'enc28j60=fields').map((line) => line.replace('enc28j60-1: ', ''))
    const expected = [
      'Reg ECON1',
      'Data 0x03',
      'Reg EREVID',
      'Data 0x06',
      'Reg ECON1',
      'Data 0x02',
      'Reg MACON3',
      'Dummy Byte',
      'Data 0x33',
      'Data 0xDE',
      'Data 0xAD',
    ]
    expect(fields).toEqual(expected)
  })

  it('draws octets that are reported one by one where they cross', () => {
    const { clock, pins, finish } = bench()
    clock.runUntil(5_000)
    pins.chipSelect.tell(false)
    for (const octet of [0x1d, 0x00]) {
      clock.runFor(3_000)
      pins.exchange.tell(octet, undefined)
    }
    clock.runFor(500)
    pins.chipSelect.tell(true)
    const vcd = finish()
    const falling = changesOf(vcd, 'SCK').filter(({ level, at }) => level === '0' && at > 0)
    expect([falling[7].at, falling[15].at]).toEqual([8_000, 11_000])
    expect(changesOf(vcd, 'CS').map(({ at }) => at)).toEqual([0, 5_000, 11_500])
  })

  it('takes edges as they come from a front end of pins, and does not draw their octets again', () => {
    const { clock, pins, finish } = bench()
    clock.runUntil(100)
    pins.chipSelect.tell(false)
    for (let bit = 7; bit >= 0; bit--) {
      clock.runFor(40)
      pins.edge.tell('SI', ((0xa5 >> bit) & 1) === 1)
      clock.runFor(40)
      pins.edge.tell('SCK', true)
      if (bit === 0) pins.exchange.tell(0xa5, undefined)
      clock.runFor(40)
      pins.edge.tell('SCK', false)
    }
    clock.runFor(15)
    pins.chipSelect.tell(true)
    const vcd = finish()
    expect(changesOf(vcd, 'CS')).toEqual([
      { at: 0, level: '1' },
      { at: 100, level: '0' },
      { at: 1075, level: '1' },
    ])
    expect(sigrok(vcd, SPI, 'spi=mosi-data')).toEqual(['spi-1: A5'])
  })

  it('shows INT, RESET and the LEDs at their instants, also while frames are drawn', () => {
    const { clock, pins, frame, finish } = bench()
    for (let i = 0; i < 3_000; i++) {
      clock.runFor(5_000)
      frame([0x1d, 0], [undefined, 1])
      clock.runFor(1_234)
      pins.interrupt.tell(i % 2 === 1)
    }
    pins.reset.tell(false)
    pins.led.tell('LEDA', true)
    const vcd = finish()
    const edges = changesOf(vcd, 'INT')
    expect(edges.length).toBe(3_001)
    expect(edges[7].at).toBe(7 * 6_234)
    expect(changesOf(vcd, 'RESET').at(-1)).toEqual({ at: 3_000 * 6_234, level: '0' })
    expect(changesOf(vcd, 'LEDA').at(-1)).toEqual({ at: 3_000 * 6_234, level: '1' })
  })

  it('draws CLKOUT when asked, at the frequency the chip gives', () => {
    const { clock, pins, finish } = bench({ clkout: true })
    clock.runUntil(1_000)
    pins.clkout.tell(6_250_000)
    clock.runUntil(9_000)
    pins.clkout.tell(0)
    clock.runUntil(12_000)
    const vcd = finish()
    // 8 µs at 6.25 MHz are 50 periods of 160 ns.
    expect(changesOf(vcd, 'CLKOUT').filter(({ level }) => level === '1').length).toBe(50)
    expect(changesOf(vcd, 'CLKOUT').at(-1)).toEqual({ at: 9_000 - 80, level: '0' })
  })

  it('draws a chip select that is stuck low as one endless frame', () => {
    const { clock, pins, finish } = bench()
    pins.chipSelect.tell(false)
    for (let i = 0; i < 20_000; i++) {
      clock.runFor(2_000)
      pins.exchange.tell(i & 0xff, undefined)
    }
    const vcd = finish()
    expect(changesOf(vcd, 'CS').map(({ level }) => level)).toEqual(['1', '0'])
    expect(changesOf(vcd, 'SCK').filter(({ level }) => level === '1').length).toBe(160_000)
  })
})
