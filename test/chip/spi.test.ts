import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, OP } from './bench.js'
import { REGISTER_TABLE } from './register-table.js'

describe('SPI instructions (2.2, 2.3)', () => {
  for (const { name, bank, address, kind } of REGISTER_TABLE) {
    if (kind === 'E') {
      it(`RCR of ${name}, an ETH register, has no dummy octet`, () => {
        const bench = new DataSheetBench()
        bench.bank(bank ?? 0)
        const [first, second, third] = bench.spi([OP.RCR | address], 3)
        const value = bench.read(name)
        // clocks past the data octet repeat it (24 item 2)
        expect([first, second, third]).toEqual([value, value, value])
      })
    } else {
      it(`RCR of ${name}, a ${kind === 'A' ? 'MAC' : 'MII'} register, has one dummy octet`, () => {
        const bench = new DataSheetBench()
        if (name.startsWith('MAADR')) bench.write(name, 0xa7)
        bench.bank(bank!)
        const [dummy, first, second] = bench.spi([OP.RCR | address], 3)
        const value = bench.read(name)
        expect(dummy).toBe(0x00) // 24 item 3
        expect([first, second]).toEqual([value, value])
        if (name.startsWith('MAADR')) expect(first).toBe(0xa7)
      })
    }
  }

  it('a MAC register read without its dummy octet gives the dummy, not the value', () => {
    const bench = new DataSheetBench()
    bench.write('MAADR1', 0x5a)
    bench.bank(3)
    expect(bench.spi([OP.RCR | 0x04], 1)).toEqual([0x00])
  })

  it('read ESTAT: 1D 00 -> ESTAT (2.4)', () => {
    expect(new DataSheetBench().spi([0x1d], 1)).toEqual([0x01])
  })

  it('select bank 2 from any: BF 03, 9F 02 (2.4)', () => {
    const bench = new DataSheetBench()
    for (const from of [0, 1, 2, 3]) {
      bench.write('ECON1', from)
      bench.spi([0xbf, 0x03])
      bench.spi([0x9f, 0x02])
      expect(bench.spi([0x1f], 1)).toEqual([0x02])
    }
  })

  it('write ERXND = 0BFFh: 4A FF, 4B 0B (2.4)', () => {
    const bench = new DataSheetBench()
    bench.spi([0x4a, 0xff])
    bench.spi([0x4b, 0x0b])
    expect(bench.read16('ERXND')).toBe(0x0bff)
  })

  it('enable receive: 9F 04; start transmit: 9F 08; clear flags: BC 0A (2.4)', () => {
    const bench = new DataSheetBench()
    bench.spi([0x9f, 0x04])
    expect(bench.read('ECON1')).toBe(ECON1.RXEN)
    bench.configure()
    bench.load()
    bench.spi([0x9f, 0x08])
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(ECON1.TXRTS)
    bench.untilSent()
    expect(bench.read('EIR') & 0x0a).toBe(0x08)
    bench.spi([0xbc, 0x0a])
    expect(bench.read('EIR') & 0x0a).toBe(0x00)
  })

  it('read 6 octets of memory: 3A and six clocks of eight, no dummy (2.4)', () => {
    const bench = new DataSheetBench()
    bench.fill(0x0100, [1, 2, 3, 4, 5, 6])
    bench.write16('ERDPT', 0x0100)
    expect(bench.spi([0x3a], 6)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('BFC 17h on F1h gives E0h, BFS 17h on F1h gives F7h (2.3, 23)', () => {
    const bench = new DataSheetBench()
    bench.write('EPMM0', 0xf1)
    bench.clear('EPMM0', 0x17)
    expect(bench.read('EPMM0')).toBe(0xe0)
    bench.write('EPMM0', 0xf1)
    bench.set('EPMM0', 0x17)
    expect(bench.read('EPMM0')).toBe(0xf7)
  })

  it('BFS 32h on MACON3 at 00h gives 32h, as EtherCard and UIPEthernet need (2.3, 23)', () => {
    const bench = new DataSheetBench()
    bench.set('MACON3', 0x32)
    expect(bench.read('MACON3')).toBe(0x32)
  })

  it('BFS and BFC on a MAC register are OR and AND-NOT (24 item 1)', () => {
    const bench = new DataSheetBench()
    bench.write('MACON3', 0xf1)
    bench.set('MACON3', 0x17)
    expect(bench.read('MACON3')).toBe(0xf7)
    bench.clear('MACON3', 0x17)
    expect(bench.read('MACON3')).toBe(0xe0)
  })

  it('a WCR, BFS or BFC ended by chip select before its data octet writes nothing', () => {
    const bench = new DataSheetBench()
    bench.write16('ERDPT', 0x0aaa)
    for (const opcode of [OP.WCR, OP.BFS, OP.BFC]) {
      bench.spi([opcode | 0x00])
      bench.spi([opcode | 0x01])
    }
    expect(bench.read16('ERDPT')).toBe(0x0aaa)
  })

  it('octets after the data octet of WCR, BFS and BFC are ignored (24 item 7)', () => {
    const bench = new DataSheetBench()
    bench.spi([OP.WCR | 0x00, 0x11, 0x22, 0x33])
    expect(bench.read('ERDPTL')).toBe(0x11)
    expect(bench.read('ERDPTH')).toBe(0x05)
    bench.spi([OP.BFS | 0x00, 0x44, 0x88])
    expect(bench.read('ERDPTL')).toBe(0x55)
    bench.spi([OP.BFC | 0x00, 0x01, 0x54])
    expect(bench.read('ERDPTL')).toBe(0x54)
  })

  it.each([
    ['SRC alone (Contiki, newer Zephyr)', [0xff], 0],
    ['SRC and one octet more (Linux, EtherCard, UIPEthernet)', [0xff, 0xff], 0],
    ['SRC and reads after it', [0xff], 4],
  ] as const)('%s resets once', (_name, write, read) => {
    const bench = new DataSheetBench()
    bench.write16('ERDPT', 0x0123)
    bench.bank(2)
    bench.spi(write, read)
    expect(bench.read('ECON1')).toBe(0)
    expect(bench.read16('ERDPT')).toBe(0x05fa)
  })

  it('SRC acts at its eighth clock, while chip select is still low (24 item 5; NuttX holds it low for 2 ms)', () => {
    const bench = new DataSheetBench()
    bench.configure({ receive: false })
    bench.write('EIE', 0x80)
    bench.run(1_000)
    bench.request()
    bench.chip.select()
    bench.chip.exchange(0xff)
    const heard = bench.wire.heard.length
    bench.run(2_000_000)
    bench.chip.deselect()
    expect(bench.wire.heard.length).toBe(heard)
    expect(bench.read('EIE')).toBe(0)
    expect(bench.read('MACON3')).toBe(0)
  })

  it('an opcode no instruction has is ignored (24 item 6)', () => {
    const bench = new DataSheetBench()
    bench.write16('ERDPT', 0x0100)
    bench.write16('EWRPT', 0x0100)
    bench.fill(0x0100, [0x77])
    bench.write16('EWRPT', 0x0100)
    const before = REGISTER_TABLE.map(({ name }) => bench.read(name))
    bench.bank(3)
    for (let argument = 0; argument < 32; argument++) {
      for (const opcode of [0x20, 0x60, 0xc0, 0xe0]) {
        const octet = opcode | argument
        if (octet === OP.RBM || octet === OP.WBM || octet === OP.SRC) continue
        bench.spi([octet, 0xff, 0xff, 0xff], 2)
      }
    }
    expect(bench.spi([0x1f], 1)).toEqual([0x03])
    bench.bank(0)
    expect(
      REGISTER_TABLE.map(({ name }) => bench.read(name)).map((value, i) =>
        REGISTER_TABLE[i].name === 'ECON1' ? 0 : value,
      ),
    ).toEqual(before.map((value, i) => (REGISTER_TABLE[i].name === 'ECON1' ? 0 : value)))
    expect(bench.memory(0x0100, 1)).toEqual([0x77])
  })

  it('RCR of address 1Ah reads 00h (24 item 38)', () => {
    const bench = new DataSheetBench()
    for (const bank of [0, 1, 2, 3]) {
      bench.bank(bank)
      expect(bench.spi([0x1a], 1)).toEqual([0x00])
    }
  })

  it('an empty chip select frame does nothing', () => {
    const bench = new DataSheetBench()
    bench.spi([])
    bench.chip.select()
    bench.chip.deselect()
    expect(bench.spi([0x1d], 1)).toEqual([0x01])
  })
})

describe('the two ways onto the bus', () => {
  it('octet by octet gives what a whole frame gives', () => {
    const bench = new DataSheetBench()
    bench.write('MAADR1', 0x5a)
    bench.bank(3)
    bench.chip.select()
    bench.chip.exchange(OP.RCR | 0x04)
    expect(bench.chip.exchange(0)).toBe(0x00)
    expect(bench.chip.exchange(0)).toBe(0x5a)
    bench.chip.deselect()
    bench.bank(0)
    bench.chip.select()
    bench.chip.exchange(OP.WCR | 0x00)
    bench.chip.exchange(0x42)
    bench.chip.deselect()
    expect(bench.read('ERDPTL')).toBe(0x42)
  })

  it.each([
    ['low', 0x00, 0x00],
    ['high', 0xff, 0xff],
    ['echo', 0x1d, 0x5c],
  ] as const)(
    'SO floats %s while the opcode and written octets go in (2.1, 24 item 4)',
    (floatingMiso, opcode, written) => {
      const bench = new DataSheetBench({ floatingMiso })
      bench.chip.select()
      expect(bench.chip.exchange(0x1d)).toBe(opcode)
      expect(bench.chip.exchange(0x00)).toBe(0x01)
      bench.chip.deselect()
      bench.chip.select()
      bench.chip.exchange(0x40)
      expect(bench.chip.exchange(0x5c)).toBe(written)
      bench.chip.deselect()
    },
  )

  it('a WCR takes effect with its data octet, before chip select rises (2.3)', () => {
    const bench = new DataSheetBench()
    const edges: boolean[] = []
    bench.configure({ receive: false })
    bench.transmit()
    bench.write('EIE', 0x88)
    bench.chip.onInterrupt((high) => edges.push(high))
    bench.chip.select()
    bench.chip.exchange(OP.WCR | 0x1b)
    expect(edges).toEqual([])
    bench.chip.exchange(0x00)
    expect(edges).toEqual([true])
    bench.chip.deselect()
  })

  it('RBM and WBM octet by octet wrap as whole frames do', () => {
    const bench = new DataSheetBench()
    bench.write16('ERXST', 0x0100)
    bench.write16('ERXND', 0x01ff)
    bench.fill(0x01fe, [1, 2])
    bench.fill(0x0100, [3, 4])
    bench.write16('ERDPT', 0x01fe)
    bench.chip.select()
    bench.chip.exchange(OP.RBM)
    expect(Array.from({ length: 4 }, () => bench.chip.exchange(0))).toEqual([1, 2, 3, 4])
    bench.chip.deselect()
    expect(bench.read16('ERDPT')).toBe(0x0102)
    bench.write16('ERDPT', 0x1fff)
    bench.write16('EWRPT', 0x1fff)
    bench.chip.select()
    bench.chip.exchange(OP.WBM)
    for (const octet of [9, 8, 7]) bench.chip.exchange(octet)
    bench.chip.deselect()
    expect(bench.read16('EWRPT')).toBe(0x0002)
    bench.chip.select()
    bench.chip.exchange(OP.RBM)
    expect(Array.from({ length: 3 }, () => bench.chip.exchange(0))).toEqual([9, 8, 7])
    bench.chip.deselect()
    bench.clear('ECON2', 0x80)
    bench.chip.select()
    bench.chip.exchange(OP.RBM)
    bench.chip.exchange(0)
    bench.chip.exchange(0)
    bench.chip.deselect()
    expect(bench.read16('ERDPT')).toBe(0x0002)
  })

  it('RBM across chip select frames continues where it stopped', () => {
    const bench = new DataSheetBench()
    bench.fill(0x0040, [1, 2, 3, 4, 5])
    bench.write16('ERDPT', 0x0040)
    expect([...bench.spi([OP.RBM], 1), ...bench.spi([OP.RBM], 2), ...bench.spi([OP.RBM], 2)]).toEqual([1, 2, 3, 4, 5])
  })
})
