import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, OP } from './bench.js'

const TME = 0x02
const BISTST = 0x01
const RANDOM = 0x00
const ADDRESS = 0x04
const PATTERN = 0x08
const PSEL = 0x10
const shift = (count: number) => count << 5

/** The procedure of section 15: fill, then let the DMA sum what was filled. */
function test(bench: DataSheetBench, mode: number, seed: number): { fill: number; sum: number } {
  bench.write16('EDMAST', 0x0000)
  bench.write16('EDMAND', 0x1fff)
  bench.write16('ERXND', 0x1fff)
  bench.write('ECON1', ECON1.CSUMEN)
  bench.write('EBSTSD', seed)
  bench.write('EBSTCON', mode | TME)
  bench.set('EBSTCON', BISTST)
  bench.set('ECON1', ECON1.DMAST)
  bench.until(() => (bench.read('ECON1') & ECON1.DMAST) === 0)
  const result = { fill: bench.read16('EBSTCS'), sum: bench.read16('EDMACS') }
  bench.write('EBSTCON', 0x00)
  return result
}

describe('built-in self-test (15)', () => {
  it.each<[string, number, number, number]>([
    ['address fill', ADDRESS, 0x00, 0xf807],
    ['pattern shift, seed 55h, PSV 1', PATTERN | shift(1), 0x55, 0x5aa5],
    ['pattern shift, seed 01h, PSV 1', PATTERN | shift(1), 0x01, 0x56a9],
    ['pattern shift, seed AAh, PSV 0', PATTERN | shift(0), 0xaa, 0x5555],
    ['pattern shift, seed 00h', PATTERN | shift(3), 0x00, 0xffff],
    ['random, seed 00h: zeros', RANDOM, 0x00, 0xffff],
  ])('%s, through either port', (_name, mode, seed, expected) => {
    for (const port of [0, PSEL]) {
      const { fill, sum } = test(new DataSheetBench(), mode | port, seed)
      expect(fill.toString(16)).toBe(expected.toString(16))
      expect(sum.toString(16)).toBe(expected.toString(16))
    }
  })

  it('fills the memory in 327.68 µs, BISTST clears itself at its end', () => {
    const bench = new DataSheetBench()
    bench.write('EBSTCON', ADDRESS | TME)
    bench.set('EBSTCON', BISTST)
    bench.run(327_679)
    expect(bench.read('EBSTCON') & BISTST).toBe(BISTST)
    bench.run(1)
    expect(bench.read('EBSTCON') & BISTST).toBe(0)
    expect(bench.read16('EBSTCS')).toBe(0xf807)
  })

  it('address fill puts the low octet of its address everywhere', () => {
    const bench = new DataSheetBench()
    test(bench, ADDRESS, 0)
    for (const address of [0x0000, 0x0001, 0x00ff, 0x0100, 0x0bff, 0x1234, 0x1fff]) {
      expect(bench.memory(address, 1)).toEqual([address & 0xff])
    }
  })

  it('pattern shift starts with EBSTSD at 0000h and rotates left by PSV', () => {
    const bench = new DataSheetBench()
    test(bench, PATTERN | shift(3), 0x81)
    const rotate = (value: number) => ((value << 3) | (value >>> 5)) & 0xff
    const expected = Array.from({ length: 16 }).reduce<number[]>(
      (octets) => [...octets, rotate(octets.at(-1)!)],
      [0x81],
    )
    expect(bench.memory(0x0000, 17)).toEqual(expected)
  })

  it('random fill: the same seed fills the same, another seed otherwise, EBSTSD holds a new value, both sums agree', () => {
    const bench = new DataSheetBench()
    const first = test(bench, RANDOM, 0x5a)
    expect(first.fill).toBe(first.sum)
    expect(bench.read('EBSTSD')).not.toBe(0x5a)
    const octets = bench.memory(0x0000, 64)
    expect(new Set(octets).size).toBeGreaterThan(20)
    expect(test(bench, RANDOM, 0x5a)).toEqual(first)
    expect(bench.memory(0x0000, 64)).toEqual(octets)
    test(bench, RANDOM, 0x5b)
    expect(bench.memory(0x0000, 64)).not.toEqual(octets)
  })

  it('the self-test of EtherCard passes (15): address fill, then random through the other port', () => {
    const bench = new DataSheetBench()
    bench.spi([OP.WCR | 0x1f, 0x00])
    bench.write16('EDMAST', 0x0000)
    bench.write16('EDMAND', 0x1fff)
    bench.write16('ERXND', 0x1fff)
    bench.write('EBSTCON', ADDRESS | TME | BISTST)
    bench.until(() => (bench.read('EBSTCON') & BISTST) === 0)
    bench.set('ECON1', ECON1.CSUMEN | ECON1.DMAST)
    bench.until(() => (bench.read('ECON1') & ECON1.DMAST) === 0)
    expect([bench.read16('EBSTCS'), bench.read16('EDMACS')]).toEqual([0xf807, 0xf807])
    bench.write('EBSTSD', 0xaa)
    bench.write('EBSTCON', RANDOM | PSEL | TME | BISTST)
    bench.until(() => (bench.read('EBSTCON') & BISTST) === 0)
    bench.set('ECON1', ECON1.DMAST)
    bench.until(() => (bench.read('ECON1') & ECON1.DMAST) === 0)
    expect(bench.read16('EBSTCS')).toBe(bench.read16('EDMACS'))
    bench.write('EBSTCON', 0x00)
  })
})
