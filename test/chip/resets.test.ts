/** Each reset resets exactly what it should (6): power-on, RESET pin, SRC, TXRST, RXRST, the PHY's own. */
import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, linked, MS, OP, PHCON1, US } from './bench.js'
import { mask, PHY, PHY_REGISTER_TABLE, REGISTER_TABLE } from './register-table.js'

/** Left alone: they start something when written. */
const ENGINES = new Set(['ECON1', 'ECON2', 'MICMD', 'EBSTCON', 'EFLOCON', 'MIWRH', 'ERXRDPTL', 'ERXRDPTH'])
const plain = REGISTER_TABLE.filter(({ name, access }) => access.includes('w') && !ENGINES.has(name))

/** Every plain register the opposite of its reset value, where it can be written. */
function disturb(bench: DataSheetBench): void {
  for (const { name, reset, access } of plain) bench.write(name, ~reset & mask(access, 'w'))
  bench.writePhy(PHY.PHCON2, 0x0100)
  bench.writePhy(PHY.PHIE, 0x0012)
  bench.writePhy(PHY.PHLCON, 0x3476)
  bench.fill(0x1000, [0xde, 0xad, 0xbe, 0xef])
  bench.set('ECON1', ECON1.CSUMEN)
}

/** Names of the plain registers that are not at their reset value. */
const changed = (bench: DataSheetBench) =>
  plain
    .filter(({ name, reset, access }) => (bench.read(name) & mask(access, 'w')) !== (reset & mask(access, 'w')))
    .map(({ name }) => name)

describe('resets (6)', () => {
  it('the test disturbs every plain register', () => {
    const bench = new DataSheetBench()
    disturb(bench)
    const bank = new Set(changed(bench))
    for (const { name } of plain) expect(`${name} ${bank.has(name)}`).toBe(`${name} true`)
  })

  it('SRC: every register but ECOCON; memory and CLKRDY stay', () => {
    const bench = new DataSheetBench()
    disturb(bench)
    bench.spi([OP.SRC])
    expect(bench.read('ESTAT') & 0x01).toBe(0x01)
    bench.run(MS)
    expect(changed(bench)).toEqual(['ECOCON'])
    expect(bench.memory(0x1000, 4)).toEqual([0xde, 0xad, 0xbe, 0xef])
    expect(bench.readPhy(PHY.PHLCON)).toBe(0x3422)
  })

  it('the RESET pin: the same', () => {
    const bench = new DataSheetBench()
    disturb(bench)
    bench.chip.setResetPin(false)
    bench.run(500)
    bench.chip.setResetPin(true)
    expect(bench.read('ESTAT') & 0x01).toBe(0x01)
    bench.run(MS)
    expect(changed(bench)).toEqual(['ECOCON'])
    expect(bench.memory(0x1000, 4)).toEqual([0xde, 0xad, 0xbe, 0xef])
    expect(bench.readPhy(PHY.PHLCON)).toBe(0x3422)
  })

  it('power-on: ECOCON as well, CLKRDY 0, and memory is anything', () => {
    const bench = new DataSheetBench()
    disturb(bench)
    bench.chip.powerOff()
    bench.run(10 * MS)
    bench.chip.powerOn()
    expect(bench.read('ESTAT')).toBe(0x00)
    bench.run(MS)
    expect(changed(bench)).toEqual([])
    expect(bench.memory(0x1000, 4)).not.toEqual([0xde, 0xad, 0xbe, 0xef])
    expect(bench.readPhy(PHY.PHLCON)).toBe(0x3422)
  })

  /** All that can be seen of the chip, save ECON1. */
  function snapshot(bench: DataSheetBench): unknown {
    const { registers, phy, memory } = bench.chip.inspect()
    return {
      registers: [...registers].map((value, place) => (place === 0x1f ? 0 : value)),
      phy: [...phy],
      memory: [...memory],
    }
  }

  it.each([
    ['TXRST', ECON1.TXRST],
    ['RXRST', ECON1.RXRST],
  ])('a pulse of %s changes nothing else', (_name, bit) => {
    const bench = linked()
    bench.deliverFrame()
    bench.transmit()
    bench.write('EIE', 0x0a)
    bench.bank(0)
    const before = snapshot(bench)
    bench.set('ECON1', bit)
    bench.run(10 * US)
    bench.clear('ECON1', bit)
    expect(snapshot(bench)).toEqual(before)
    expect(bench.read('ECON1') & ECON1.RXEN).toBe(bit === ECON1.RXRST ? 0 : ECON1.RXEN)
  })

  it('the PHY’s own resets the nine PHY registers and no control register', () => {
    const bench = linked()
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.writePhy(PHY.PHLCON, 0x3476)
    bench.write('EIE', 0x0a)
    bench.writePhy(PHY.PHCON1, PHCON1.PRST)
    bench.run(MS)
    for (const { name, address, reset } of PHY_REGISTER_TABLE) {
      if (name === 'PHSTAT1' || name === 'PHSTAT2' || name === 'PHIR') continue
      expect(`${name} ${bench.readPhy(address).toString(16)}`).toBe(`${name} ${reset.toString(16)}`)
    }
    expect([bench.read('EIE'), bench.read('MACON3'), bench.read('ERXFCON'), bench.read16('ERXND')]).toEqual([
      0x0a, 0x33, 0xa1, 0x0bff,
    ])
    expect(bench.read('ECON1') & ECON1.RXEN).toBe(ECON1.RXEN)
  })
})
