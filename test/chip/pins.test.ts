/** The SPI by its pins (2.1, 2.3): what can only be seen bit by bit. */
import { describe, expect, it } from 'vitest'
import { DataSheetBench, linked, OP } from './bench.js'

/** Half a period of SCK at 8 MHz, rounded: ns. */
const HALF = 62

class Pins {
  constructor(readonly bench: DataSheetBench) {}

  select(): void {
    this.bench.chip.spiPins.setCs(false)
    this.bench.run(100)
  }

  deselect(): void {
    this.bench.run(250)
    this.bench.chip.spiPins.setCs(true)
    this.bench.run(100)
  }

  /** Clocks `count` bits of `octet` in, most significant first; what SO said before each rising edge comes back. */
  clock(octet: number, count = 8): (boolean | undefined)[] {
    const { spiPins } = this.bench.chip
    return Array.from({ length: count }, (_, i) => {
      spiPins.setSi(((octet >> (7 - i)) & 1) === 1)
      this.bench.run(HALF)
      const so = spiPins.so
      spiPins.setSck(true)
      this.bench.run(HALF)
      spiPins.setSck(false)
      return so
    })
  }

  read(): number {
    return this.clock(0).reduce<number>((value, bit) => (value << 1) | (bit === true ? 1 : 0), 0)
  }
}

const pins = (bench = new DataSheetBench()) => new Pins(bench)

describe('SPI by its pins (2.1)', () => {
  it('RCR of an ETH register: opcode, then its octet, most significant bit first', () => {
    const p = pins()
    p.select()
    p.clock(0x1e)
    expect(p.read()).toBe(0x80)
    p.deselect()
  })

  it('RCR of a MAC register: opcode, dummy, octet', () => {
    const p = pins(linked())
    p.bench.bank(3)
    p.select()
    p.clock(OP.RCR | 0x02)
    p.clock(0)
    expect(p.read()).toBe(0xa3)
    p.deselect()
  })

  it('SO is high-impedance in the opcode and while octets are written, and after CS rises', () => {
    const p = pins()
    p.select()
    expect(p.clock(0x1d)).toEqual(new Array(8).fill(undefined))
    p.read()
    p.deselect()
    expect(p.bench.chip.spiPins.so).toBeUndefined()
    p.select()
    p.clock(OP.WCR | 0x00)
    expect(p.clock(0x12)).toEqual(new Array(8).fill(undefined))
    p.deselect()
  })

  it('SO changes after a falling edge of SCK, not at a rising one', () => {
    const p = pins()
    const { spiPins } = p.bench.chip
    p.bench.write16('ERDPT', 0x00aa)
    p.bench.bank(0)
    p.select()
    p.clock(OP.RCR | 0x00)
    for (let i = 0; i < 8; i++) {
      p.bench.run(HALF)
      const before = spiPins.so
      spiPins.setSck(true)
      expect(spiPins.so).toBe(before)
      p.bench.run(HALF)
      expect(spiPins.so).toBe(before)
      spiPins.setSck(false)
      p.bench.run(10)
      if (i < 7) expect(spiPins.so).toBe(!before)
    }
    p.deselect()
  })

  it('WCR takes its value at the rising edge of data bit 0 (2.3)', () => {
    const p = pins()
    const { spiPins } = p.bench.chip
    p.bench.bank(0)
    p.select()
    p.clock(OP.WCR | 0x1b)
    p.clock(0x40, 7)
    spiPins.setSi(false)
    p.bench.run(HALF)
    expect(p.bench.chip.inspect().registers[0x1b]).toBe(0x00)
    spiPins.setSck(true)
    expect(p.bench.chip.inspect().registers[0x1b]).toBe(0x40)
    spiPins.setSck(false)
    p.deselect()
  })

  it.each([
    ['WCR', OP.WCR],
    ['BFS', OP.BFS],
    ['BFC', OP.BFC],
  ])('%s cut short after seven data bits writes nothing (2.3)', (_name, opcode) => {
    const p = pins()
    p.bench.write16('ERDPT', 0x0aaa)
    p.bench.bank(0)
    p.select()
    p.clock(opcode)
    p.clock(0xff, 7)
    p.deselect()
    expect(p.bench.read16('ERDPT')).toBe(0x0aaa)
  })

  it('RBM cut short in an octet does not advance ERDPT; a whole octet does (2.3)', () => {
    const p = pins()
    p.bench.fill(0x0100, [0x5a, 0xa5])
    p.bench.write16('ERDPT', 0x0100)
    p.select()
    p.clock(OP.RBM)
    p.clock(0, 7)
    p.deselect()
    expect(p.bench.read16('ERDPT')).toBe(0x0100)
    p.select()
    p.clock(OP.RBM)
    expect(p.read()).toBe(0x5a)
    p.clock(0, 3)
    p.deselect()
    expect(p.bench.read16('ERDPT')).toBe(0x0101)
  })

  it('WBM does not store an octet that is cut short (2.3)', () => {
    const p = pins()
    p.bench.fill(0x0100, [0x11, 0x22])
    p.bench.write16('EWRPT', 0x0100)
    p.select()
    p.clock(OP.WBM)
    p.clock(0xee)
    p.clock(0xff, 7)
    p.deselect()
    expect(p.bench.memory(0x0100, 2)).toEqual([0xee, 0x22])
    expect(p.bench.read16('EWRPT')).toBe(0x0101)
  })

  it('an opcode cut short does nothing: seven of the eight ones of SRC', () => {
    const p = pins()
    p.bench.write16('ERDPT', 0x0123)
    p.select()
    p.clock(0xff, 7)
    p.deselect()
    expect(p.bench.read16('ERDPT')).toBe(0x0123)
  })

  it('SRC acts at its eighth clock (24 item 5)', () => {
    const p = pins()
    p.bench.write('EIE', 0x40)
    p.select()
    p.clock(0xff)
    expect(p.bench.chip.inspect().registers[0x1b]).toBe(0x00)
    p.deselect()
  })

  it('CS high ends any command: the next octet is an opcode', () => {
    const p = pins()
    p.select()
    p.clock(OP.WCR | 0x00)
    p.deselect()
    p.select()
    p.clock(0x1e)
    expect(p.read()).toBe(0x80)
    p.deselect()
  })
})
