import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, OP } from './bench.js'
import { mask, REGISTER_TABLE, type Register, UNIMPLEMENTED } from './register-table.js'

const hex = (value: number) => `${value.toString(16).padStart(2, '0').toUpperCase()}h`

/** A bench whose registers hold what they have after POR and 1 ms. */
const fresh = () => new DataSheetBench()

/** Writing these starts something; they have tests of their own. */
const ENGINES = new Set(['ECON1', 'ECON2', 'MICMD', 'EBSTCON', 'EFLOCON', 'ERXRDPTL', 'ERXRDPTH'])

/** Values that reach every bit alone, together and beside its neighbours. */
const PATTERNS = [0xff, 0x00, 0x55, 0xaa, ...Array.from({ length: 8 }, (_, bit) => 1 << bit)]

/** Bits whose read value the data sheet states: everything but reserved and unstated ones. */
const stated = (register: Register) => mask(register.access, 'wrcs-')

describe('the register table of the tests', () => {
  it('has every named register of section 3 once, and a letter for each bit', () => {
    expect(REGISTER_TABLE).toHaveLength(5 + 24 + 22 + 16 + 16)
    expect(new Set(REGISTER_TABLE.map(({ name }) => name)).size).toBe(REGISTER_TABLE.length)
    for (const { name, access } of REGISTER_TABLE) expect(access, name).toMatch(/^[wrcsx?-]{8}$/)
  })
})

describe('registers after power-on reset (3.1 to 3.5)', () => {
  for (const register of REGISTER_TABLE) {
    it(`${register.name} reads ${hex(register.reset)}`, () => {
      expect(hex(fresh().read(register.name))).toBe(hex(register.reset))
    })
  }

  for (const { bank, address } of UNIMPLEMENTED) {
    it(`bank ${bank} address ${hex(address)} is unimplemented: reads 00h, and keeps nothing`, () => {
      const bench = fresh()
      bench.bank(bank)
      const octets = bank === 2 ? 2 : 1 // bank 2 holds MAC and MII registers only
      expect(bench.spi([OP.RCR | address], octets).at(-1)).toBe(0)
      bench.spi([OP.WCR | address, 0xff])
      expect(bench.spi([OP.RCR | address], octets).at(-1)).toBe(0)
    })
  }

  it('addresses 1Bh to 1Fh are the same five registers in every bank', () => {
    const bench = fresh()
    bench.write('EIE', 0x5a & 0x7b)
    for (const bank of [0, 1, 2, 3]) {
      bench.bank(bank)
      expect(bench.spi([OP.RCR | 0x1b], 1)[0]).toBe(0x5a & 0x7b)
      expect(bench.spi([OP.RCR | 0x1d], 1)[0]).toBe(0x01)
      expect(bench.spi([OP.RCR | 0x1e], 1)[0]).toBe(0x80)
      expect(bench.spi([OP.RCR | 0x1f], 1)[0]).toBe(bank)
    }
  })

  it.each([
    ['B1', 0x02],
    ['B4', 0x04],
    ['B5', 0x05],
    ['B7', 0x06],
  ] as const)('EREVID of revision %s is %i (17.1)', (revision, value) => {
    expect(new DataSheetBench({ revision }).read('EREVID')).toBe(value)
  })
})

describe('registers after a system reset by SRC (6)', () => {
  const survives = new Set(['ECOCON', 'ESTAT'])

  for (const register of REGISTER_TABLE.filter(({ access }) => access.includes('w'))) {
    if (survives.has(register.name) || ENGINES.has(register.name)) continue
    it(`${register.name} is ${hex(register.reset)} again`, () => {
      const bench = fresh()
      bench.write(register.name, ~register.reset & mask(register.access, 'w'))
      bench.run(20_000)
      bench.reset()
      expect(hex(bench.read(register.name))).toBe(hex(register.reset))
    })
  }

  it('selects bank 0', () => {
    const bench = fresh()
    bench.bank(3)
    bench.reset()
    expect(bench.spi([OP.RCR | 0x1f], 1)[0] & 0x03).toBe(0)
  })

  it('turns AUTOINC on and receive, transmit and DMA off', () => {
    const bench = fresh()
    bench.write('ECON2', 0x00)
    bench.write('ECON1', ECON1.CSUMEN | ECON1.TXRST | ECON1.RXRST)
    bench.reset()
    expect(bench.read('ECON2')).toBe(0x80)
    expect(bench.read('ECON1')).toBe(0x00)
  })

  it('leaves ECOCON alone', () => {
    const bench = fresh()
    bench.write('ECOCON', 0x02)
    bench.reset()
    expect(bench.read('ECOCON')).toBe(0x02)
  })

  it('leaves CLKRDY alone', () => {
    const bench = fresh()
    bench.spi([OP.SRC])
    expect(bench.read('ESTAT')).toBe(0x01)
  })

  it('keeps the buffer memory', () => {
    const bench = fresh()
    bench.fill(0x0000, [0xde, 0xad, 0xbe, 0xef])
    bench.fill(0x1ffe, [0x12, 0x34])
    bench.reset()
    expect(bench.memory(0x0000, 4)).toEqual([0xde, 0xad, 0xbe, 0xef])
    expect(bench.memory(0x1ffe, 2)).toEqual([0x12, 0x34])
  })
})

describe('every bit of every register (3, 4)', () => {
  for (const register of REGISTER_TABLE) {
    if (ENGINES.has(register.name)) continue
    const writable = mask(register.access, 'w')
    const silent = mask(register.access, '-')
    const readOnly = mask(register.access, 'r')

    if (writable !== 0) {
      it(`${register.name} keeps what is written under the mask ${hex(writable)}, and no more`, () => {
        const bench = fresh()
        const pinned = writable | silent | readOnly
        const before = bench.read(register.name)
        for (const pattern of PATTERNS) {
          bench.write(register.name, pattern)
          bench.run(20_000) // MIWRH starts a write of a PHY register
          const expected = (pattern & writable) | (before & readOnly)
          expect(`${hex(pattern)} -> ${hex(bench.read(register.name) & pinned)}`).toBe(
            `${hex(pattern)} -> ${hex(expected)}`,
          )
        }
      })
    }

    if (writable === 0 && readOnly !== 0) {
      it(`${register.name} cannot be written`, () => {
        const bench = fresh()
        for (const pattern of PATTERNS) {
          bench.write(register.name, pattern)
          expect(hex(bench.read(register.name) & stated(register))).toBe(hex(register.reset & stated(register)))
        }
      })
    }

    if (register.kind === 'E' && writable !== 0) {
      it(`${register.name}: BFS sets and BFC clears each writable bit alone`, () => {
        const bench = fresh()
        bench.write(register.name, 0)
        let expected = 0
        for (let bit = 0; bit < 8; bit++) {
          if ((writable & (1 << bit)) === 0) continue
          bench.set(register.name, 1 << bit)
          expected |= 1 << bit
          expect(bench.read(register.name) & writable).toBe(expected)
        }
        for (let bit = 7; bit >= 0; bit--) {
          if ((writable & (1 << bit)) === 0) continue
          bench.clear(register.name, 1 << bit)
          expected &= ~(1 << bit)
          expect(bench.read(register.name) & writable).toBe(expected)
        }
      })
    }
  }

  it('a write reaches the register of the selected bank only', () => {
    const bench = fresh()
    const values = new Map<string, number>()
    let salt = 1
    for (const register of REGISTER_TABLE) {
      if (ENGINES.has(register.name) || register.kind === 'I' || !register.access.includes('w')) continue
      salt = (salt * 37 + 11) & 0xff
      const value = salt & mask(register.access, 'w')
      bench.write(register.name, value)
      values.set(register.name, value)
    }
    for (const [name, value] of values) {
      const writable = mask(REGISTER_TABLE.find((register) => register.name === name)!.access, 'w')
      expect(`${name} ${hex(bench.read(name) & writable)}`).toBe(`${name} ${hex(value)}`)
    }
  })

  it('ECON1: bank and CSUMEN are plain; TXRST and RXRST hold until cleared (4.1)', () => {
    const bench = fresh()
    for (const value of [0x01, 0x02, 0x03, 0x10, 0x80, 0x40, 0xd3, 0x00]) {
      bench.write('ECON1', value)
      bench.run(10_000)
      expect(hex(bench.read('ECON1'))).toBe(hex(value))
    }
  })

  it('ECON1: setting RXRST clears RXEN; setting TXRST clears TXRTS (4.1)', () => {
    const bench = fresh()
    bench.set('ECON1', ECON1.RXEN)
    expect(bench.read('ECON1')).toBe(ECON1.RXEN)
    bench.set('ECON1', ECON1.RXRST)
    expect(bench.read('ECON1')).toBe(ECON1.RXRST)
    bench.clear('ECON1', ECON1.RXRST)
    expect(bench.read('ECON1')).toBe(0)
    bench.configure()
    bench.request()
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(ECON1.TXRTS)
    bench.set('ECON1', ECON1.TXRST)
    expect(bench.read('ECON1') & (ECON1.TXRTS | ECON1.TXRST)).toBe(ECON1.TXRST)
  })

  it('ECON2: AUTOINC, PWRSV and VRPS are plain, PKTDEC reads 0, bits 2:0 read 0 (4.2)', () => {
    const bench = fresh()
    const pinned = mask('wswxw---', 'ws-')
    for (const [value, expected] of [
      [0x00, 0x00],
      [0x80, 0x80],
      [0x08, 0x08],
      [0x40, 0x00],
      [0x07, 0x00],
      [0x20, 0x20],
      [0xef, 0xa8],
      [0x80, 0x80],
    ]) {
      bench.write('ECON2', value)
      expect(hex(bench.read('ECON2') & pinned)).toBe(hex(expected))
    }
  })

  it('EFLOCON: FCEN is plain, FULDPXS shows MACON3.FULDPX and cannot be written (4.10)', () => {
    const bench = fresh()
    bench.write('EFLOCON', 0x04)
    expect(bench.read('EFLOCON')).toBe(0x00)
    bench.write('MACON3', 0x01)
    expect(bench.read('EFLOCON')).toBe(0x04)
    bench.write('EFLOCON', 0x02)
    expect(bench.read('EFLOCON')).toBe(0x06)
    bench.write('MACON3', 0x00)
    expect(bench.read('EFLOCON')).toBe(0x02)
    bench.write('EFLOCON', 0xf8)
    expect(bench.read('EFLOCON')).toBe(0x00)
  })

  it('EBSTCON: all bits but BISTST are plain (4.10)', () => {
    const bench = fresh()
    for (const value of [0xfe, 0x00, 0x54, 0xaa, 0x10]) {
      bench.write('EBSTCON', value)
      expect(hex(bench.read('EBSTCON'))).toBe(hex(value))
    }
  })

  it('the RC flags of EIR and ESTAT are not set by WCR or BFS (4.3, 4.4)', () => {
    const bench = fresh()
    bench.write('EIR', 0xff)
    bench.set('EIR', 0xff)
    expect(bench.read('EIR')).toBe(0x00)
    bench.write('ESTAT', 0xff)
    bench.set('ESTAT', 0xff)
    expect(bench.read('ESTAT')).toBe(0x01)
  })

  it('CLKRDY cannot be cleared by the host (4.3)', () => {
    const bench = fresh()
    bench.clear('ESTAT', 0xff)
    bench.write('ESTAT', 0x00)
    expect(bench.read('ESTAT')).toBe(0x01)
  })

  it('ESTAT bit 3 reads 0 whatever happens: it tells a chip from a line stuck high (4.3)', () => {
    const bench = fresh()
    bench.write('ESTAT', 0x08)
    expect(bench.read('ESTAT') & 0x08).toBe(0)
  })

  it('bank 2 address 01h, once MACON2, takes any write and changes nothing else (24 item 12)', () => {
    const bench = fresh()
    bench.bank(2)
    expect(bench.spi([OP.RCR | 0x01], 2)[1]).toBe(0)
    bench.spi([OP.WCR | 0x01, 0xff])
    bench.spi([OP.WCR | 0x01, 0x00])
    expect(bench.read('MACON1')).toBe(0)
    expect(bench.read('MACON3')).toBe(0)
  })

  it('13-bit pointers read back 1FFFh when FFFFh is written (23)', () => {
    const bench = fresh()
    for (const name of [
      'ERDPT',
      'EWRPT',
      'ETXST',
      'ETXND',
      'ERXST',
      'ERXND',
      'ERXRDPT',
      'EDMAST',
      'EDMAND',
      'EDMADST',
    ]) {
      bench.write16(name, 0xffff)
      expect(`${name} ${bench.read16(name).toString(16)}`).toBe(`${name} 1fff`)
    }
  })

  it('the pointer bit test of the diagnostic ladder holds: ERDPT 0000, 1FFF, 0AAA, 1555 (20)', () => {
    const bench = fresh()
    for (const value of [0x0000, 0x1fff, 0x0aaa, 0x1555]) {
      bench.write16('ERDPT', value)
      expect(bench.read16('ERDPT')).toBe(value)
    }
  })
})

describe('MAC address naming (3.5)', () => {
  it('address 04h of bank 3 holds the first octet on the wire, 01h the last', () => {
    const bench = fresh()
    bench.bank(3)
    const addresses = [0x04, 0x05, 0x02, 0x03, 0x00, 0x01]
    addresses.forEach((address, i) => {
      bench.spi([OP.WCR | address, 0x10 + i])
    })
    for (let i = 0; i < 6; i++) expect(bench.read(`MAADR${i + 1}`)).toBe(0x10 + i)
  })
})
