import { describe, expect, it } from 'vitest'
import { DataSheetBench, MISTAT, OP, PHCON1, PHCON2, PHSTAT1, PHSTAT2, US } from './bench.js'
import { mask, PHY, PHY_REGISTER_TABLE } from './register-table.js'

const hex = (value: number) => `${value.toString(16).padStart(4, '0').toUpperCase()}h`

describe('PHY registers (5.1, 5.2)', () => {
  for (const { name, address, reset, access } of PHY_REGISTER_TABLE) {
    it(`${name} reads ${hex(reset)} after power-on reset`, () => {
      expect(hex(new DataSheetBench().readPhy(address))).toBe(hex(reset))
    })

    it(`${name} keeps what is written under its mask only`, () => {
      const bench = new DataSheetBench()
      const writable = mask(access, 'w')
      const fixed = mask(access, 'r-') & (name === 'PHSTAT1' || name === 'PHSTAT2' ? 0x1800 | 0x8000 : 0xffff)
      const patterns = [0xffff, 0x0000, 0x5555, 0xaaaa, ...Array.from({ length: 16 }, (_, bit) => 1 << bit)]
      for (const pattern of patterns) {
        // not PRST, which would reset what is under test
        bench.writePhy(address, name === 'PHCON1' ? pattern & ~PHCON1.PRST : pattern)
        const expected = (pattern & writable) | (reset & fixed)
        expect(`${hex(pattern)} -> ${hex(bench.readPhy(address) & (writable | fixed))}`).toBe(
          `${hex(pattern)} -> ${hex(expected)}`,
        )
      }
    })
  }

  it('the 23 other addresses read 0000h and ignore writes', () => {
    const bench = new DataSheetBench()
    const implemented = new Set(PHY_REGISTER_TABLE.map(({ address }) => address))
    for (let address = 0; address < 32; address++) {
      if (implemented.has(address)) continue
      bench.writePhy(address, 0xffff)
      expect(`${address}: ${hex(bench.readPhy(address))}`).toBe(`${address}: 0000h`)
    }
  })

  it('names its maker: OUI 00-04-A3 in PHID1 and PHID2', () => {
    const bench = new DataSheetBench()
    const oui = (bench.readPhy(PHY.PHID1) << 6) | (bench.readPhy(PHY.PHID2) >>> 10)
    // bits 3 to 24 of the OUI as it is sent: each octet bit 0 first
    const bits = [0x00, 0x04, 0xa3].flatMap((octet) => Array.from({ length: 8 }, (_, i) => (octet >> i) & 1))
    expect(oui).toBe(bits.slice(2).reduce((value, bit) => (value << 1) | bit, 0))
  })

  it('a system reset gives PHY registers their reset values', () => {
    const bench = new DataSheetBench()
    bench.writePhy(PHY.PHCON1, PHCON1.PDPXMD)
    bench.writePhy(PHY.PHCON2, PHCON2.HDLDIS | PHCON2.FRCLNK)
    bench.writePhy(PHY.PHLCON, 0x3472)
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.reset()
    expect(hex(bench.readPhy(PHY.PHCON1))).toBe('0000h')
    expect(hex(bench.readPhy(PHY.PHCON2))).toBe('0000h')
    expect(hex(bench.readPhy(PHY.PHLCON))).toBe('3422h')
    expect(hex(bench.readPhy(PHY.PHIE))).toBe('0000h')
  })

  it('PHCON1.PRST resets all PHY registers and clears itself within 100 µs (24 item 24)', () => {
    const bench = new DataSheetBench()
    bench.writePhy(PHY.PHCON2, PHCON2.HDLDIS)
    bench.writePhy(PHY.PHLCON, 0x3472)
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.writePhy(PHY.PHCON1, PHCON1.PRST | PHCON1.PDPXMD)
    expect(bench.readPhy(PHY.PHCON1) & PHCON1.PRST).toBe(PHCON1.PRST)
    bench.run(100 * US)
    expect(hex(bench.readPhy(PHY.PHCON1))).toBe('0000h')
    expect(hex(bench.readPhy(PHY.PHCON2))).toBe('0000h')
    expect(hex(bench.readPhy(PHY.PHLCON))).toBe('3422h')
    expect(hex(bench.readPhy(PHY.PHIE))).toBe('0000h')
  })

  it.each([
    ['half', 0x0000],
    ['full', 0x0100],
  ] as const)('LEDB strapped for %s duplex presets PHCON1 to %i at each reset (12.1)', (ledbStrap, expected) => {
    const bench = new DataSheetBench({ ledbStrap })
    expect(bench.readPhy(PHY.PHCON1)).toBe(expected)
    bench.writePhy(PHY.PHCON1, expected ^ PHCON1.PDPXMD)
    bench.reset()
    expect(bench.readPhy(PHY.PHCON1)).toBe(expected)
  })

  it('PHSTAT2.DPXSTAT shows PHCON1.PDPXMD (5.2)', () => {
    const bench = new DataSheetBench()
    expect(bench.readPhy(PHY.PHSTAT2) & PHSTAT2.DPXSTAT).toBe(0)
    bench.writePhy(PHY.PHCON1, PHCON1.PDPXMD)
    expect(bench.readPhy(PHY.PHSTAT2) & PHSTAT2.DPXSTAT).toBe(PHSTAT2.DPXSTAT)
  })

  it('LLSTAT reads 0 once after a link came up, then 1: it latches low (5.2)', () => {
    const bench = new DataSheetBench()
    bench.linkUp()
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(0)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(PHSTAT1.LLSTAT)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(PHSTAT1.LLSTAT)
  })
})

describe('MII transactions (5.3)', () => {
  it('a read takes 10.24 µs: BUSY until then, MIRD new from then on', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHLCON)
    bench.write('MICMD', 0x01)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(MISTAT.BUSY)
    bench.run(10_239)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(MISTAT.BUSY)
    expect(bench.read16('MIRD')).toBe(0)
    bench.run(1)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(0)
    expect(hex(bench.read16('MIRD'))).toBe('3422h')
  })

  it('a write starts with MIWRH, not MIWRL, and takes 10.24 µs', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHLCON)
    bench.write('MIWRL', 0x72)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(0)
    bench.write('MIWRH', 0x34)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(MISTAT.BUSY)
    bench.run(10_239)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(MISTAT.BUSY)
    bench.run(1)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(0)
    expect(hex(bench.readPhy(PHY.PHLCON))).toBe('3472h')
  })

  it('completes although MIIRD was cleared at once (RIOT)', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHID1)
    bench.write('MICMD', 0x01)
    bench.write('MICMD', 0x00)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(MISTAT.BUSY)
    bench.run(10_240)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(0)
    expect(hex(bench.read16('MIRD'))).toBe('0083h')
  })

  it('MIIRD written 1 while it is 1 starts nothing (24 item 31)', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHID1)
    bench.write('MICMD', 0x01)
    bench.run(20 * US)
    bench.write('MIREGADR', PHY.PHID2)
    bench.write('MICMD', 0x01)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(0)
    bench.run(20 * US)
    expect(hex(bench.read16('MIRD'))).toBe('0083h')
  })

  it('MIRD keeps the last result until the next read', () => {
    const bench = new DataSheetBench()
    expect(hex(bench.readPhy(PHY.PHID2))).toBe('1400h')
    bench.run(1_000 * US)
    expect(hex(bench.read16('MIRD'))).toBe('1400h')
  })

  it('scans: NVALID until the first result at 10.24 µs, then a fresh one every 10.24 µs', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHSTAT2)
    bench.write('MICMD', 0x02)
    expect(bench.read('MISTAT') & (MISTAT.NVALID | MISTAT.SCAN | MISTAT.BUSY)).toBe(
      MISTAT.NVALID | MISTAT.SCAN | MISTAT.BUSY,
    )
    bench.run(10_239)
    expect(bench.read('MISTAT') & MISTAT.NVALID).toBe(MISTAT.NVALID)
    bench.run(1)
    expect(bench.read('MISTAT') & MISTAT.NVALID).toBe(0)
    expect(bench.read('MISTAT') & MISTAT.SCAN).toBe(MISTAT.SCAN)
    expect(bench.read16('MIRD') & PHSTAT2.LSTAT).toBe(0)
    bench.wire.startPulses()
    bench.run(300_000 * US)
    expect(bench.read16('MIRD') & PHSTAT2.LSTAT).toBe(PHSTAT2.LSTAT)
    bench.write('MICMD', 0x00)
    bench.run(10_240)
    expect(bench.read('MISTAT') & (MISTAT.NVALID | MISTAT.SCAN | MISTAT.BUSY)).toBe(0)
  })

  it('bit 3 of MISTAT, which 5.3 reserves, reads 1 from the end of the first read on, as silicon says, until a reset', () => {
    const bench = new DataSheetBench()
    bench.writePhy(PHY.PHCON1, 0x0000)
    expect(bench.read('MISTAT')).toBe(0x00)
    bench.write('MIREGADR', PHY.PHSTAT1)
    bench.write('MICMD', 0x01)
    expect(bench.read('MISTAT')).toBe(MISTAT.BUSY)
    bench.run(10_240)
    expect(bench.read('MISTAT')).toBe(0x08)
    bench.write('MICMD', 0x00)
    bench.writePhy(PHY.PHCON1, 0x0000)
    bench.write('MICMD', 0x01)
    expect(bench.read('MISTAT')).toBe(0x08 | MISTAT.BUSY)
    bench.run(10_240)
    expect(bench.read('MISTAT')).toBe(0x08)
    bench.reset()
    expect(bench.read('MISTAT')).toBe(0x00)
  })

  it('reads at the end of its 10.24 µs: the side effects of PHIR come then', () => {
    const bench = new DataSheetBench()
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.writePhy(PHY.PHCON2, PHCON2.FRCLNK)
    expect(bench.read('EIR') & 0x10).toBe(0x10)
    bench.write('MIREGADR', PHY.PHIR)
    bench.write('MICMD', 0x01)
    bench.run(10_239)
    expect(bench.read('EIR') & 0x10).toBe(0x10) // PHIR is cleared when it is read, and that is at the end
    bench.run(1)
    expect(bench.read('EIR') & 0x10).toBe(0)
    expect(bench.read16('MIRD') & 0x0014).toBe(0x0014)
  })

  it('BUSY is usually seen a few times by a driver at 8 MHz: four MISTAT reads of 3 µs fit into one access', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHID1)
    bench.write('MICMD', 0x01)
    let busy = 0
    bench.bank(3)
    while ((bench.spi([OP.RCR | 0x0a], 2)[1] & MISTAT.BUSY) !== 0) {
      busy++
      bench.run(3 * US)
    }
    expect(busy).toBe(4)
  })
})
