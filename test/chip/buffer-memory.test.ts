import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON2, OP } from './bench.js'

const FIFO = { ERXST: 0x0000, ERXND: 0x0bff } as const

function withFifo(start: number, end: number): DataSheetBench {
  const bench = new DataSheetBench()
  bench.write16('ERXST', start)
  bench.write16('ERXND', end)
  return bench
}

/** ERDPT after reading `length` octets from `start`. */
function readFrom(bench: DataSheetBench, start: number, length: number): number {
  bench.write16('ERDPT', start)
  bench.spi([OP.RBM], length)
  return bench.read16('ERDPT')
}

describe('buffer memory (7)', () => {
  it('holds 8192 octets', () => {
    const bench = withFifo(0x0000, 0x1fff)
    const octets = Array.from({ length: 8192 }, (_, i) => (i * 31 + (i >> 8)) & 0xff)
    bench.write16('EWRPT', 0)
    bench.spi([OP.WBM, ...octets])
    bench.write16('ERDPT', 0)
    expect(bench.spi([OP.RBM], 8192)).toEqual(octets)
  })

  it('RBM: one after ERXND comes ERXST, also for a host that reads transmit memory below it', () => {
    const bench = withFifo(0x0100, 0x0bff)
    expect(readFrom(bench, 0x0bff, 1)).toBe(0x0100)
    expect(readFrom(bench, 0x0bfe, 4)).toBe(0x0102)
  })

  it('RBM: one after 1FFFh comes 0000h', () => {
    const bench = withFifo(FIFO.ERXST, FIFO.ERXND)
    expect(readFrom(bench, 0x1fff, 1)).toBe(0x0000)
  })

  it('RBM: beyond ERXND it goes straight on; it wraps only when it equals ERXND', () => {
    const bench = withFifo(FIFO.ERXST, FIFO.ERXND)
    expect(readFrom(bench, 0x0c00, 1)).toBe(0x0c01)
    expect(readFrom(bench, 0x1000, 0x0800)).toBe(0x1800)
  })

  it('RBM: from outside it enters the FIFO by address, and wraps when it meets ERXND', () => {
    const bench = withFifo(0x1000, 0x17ff)
    expect(readFrom(bench, 0x0ffe, 4)).toBe(0x1002)
    expect(readFrom(bench, 0x0fff, 0x0801)).toBe(0x1000)
  })

  it('RBM: a FIFO that ends at 1FFFh wraps to ERXST, not to 0000h', () => {
    const bench = withFifo(0x05fa, 0x1fff)
    expect(readFrom(bench, 0x1fff, 1)).toBe(0x05fa)
  })

  it('RBM: a FIFO that spans 1FFFh to 0000h wraps at both places', () => {
    const bench = withFifo(0x1800, 0x03ff)
    expect(readFrom(bench, 0x1fff, 1)).toBe(0x0000)
    expect(readFrom(bench, 0x03ff, 1)).toBe(0x1800)
  })

  it('RBM returns the octets it walks over', () => {
    const bench = withFifo(0x0000, 0x0003)
    bench.fill(0, [0xa0, 0xa1, 0xa2, 0xa3])
    bench.write16('ERDPT', 2)
    expect(bench.spi([OP.RBM], 6)).toEqual([0xa2, 0xa3, 0xa0, 0xa1, 0xa2, 0xa3])
  })

  it('WBM: no wrap at ERXND', () => {
    const bench = withFifo(FIFO.ERXST, FIFO.ERXND)
    bench.fill(0x0bfe, [1, 2, 3, 4])
    expect(bench.read16('EWRPT')).toBe(0x0c02)
    expect(bench.memory(0x0bfe, 4)).toEqual([1, 2, 3, 4])
  })

  it('WBM: one after 1FFFh comes 0000h', () => {
    const bench = withFifo(FIFO.ERXST, FIFO.ERXND)
    bench.fill(0x1ffe, [1, 2, 3, 4])
    expect(bench.read16('EWRPT')).toBe(0x0002)
    expect(bench.memory(0x1ffe, 2)).toEqual([1, 2])
    expect(bench.memory(0x0000, 2)).toEqual([3, 4])
  })

  it('with AUTOINC 0 the same octet is read again, and ERDPT stays (2.3)', () => {
    const bench = new DataSheetBench()
    bench.fill(0x0100, [0x11, 0x22, 0x33])
    bench.clear('ECON2', ECON2.AUTOINC)
    bench.write16('ERDPT', 0x0101)
    expect(bench.spi([OP.RBM], 3)).toEqual([0x22, 0x22, 0x22])
    expect(bench.read16('ERDPT')).toBe(0x0101)
  })

  it('with AUTOINC 0 the same address is written again, and EWRPT stays (2.3)', () => {
    const bench = new DataSheetBench()
    bench.fill(0x0100, [0, 0, 0])
    bench.clear('ECON2', ECON2.AUTOINC)
    bench.fill(0x0100, [0x11, 0x22, 0x33])
    expect(bench.read16('EWRPT')).toBe(0x0100)
    bench.set('ECON2', ECON2.AUTOINC)
    expect(bench.memory(0x0100, 3)).toEqual([0x33, 0, 0])
  })

  it('a host may write into receive memory', () => {
    const bench = withFifo(FIFO.ERXST, FIFO.ERXND)
    bench.fill(0x0200, [0xca, 0xfe])
    expect(bench.memory(0x0200, 2)).toEqual([0xca, 0xfe])
  })

  it('other pointers than ERXRDPT are not latched: each octet counts when written', () => {
    const bench = new DataSheetBench()
    for (const name of ['ERDPT', 'EWRPT', 'ETXST', 'ETXND', 'EDMAST', 'EDMAND', 'EDMADST']) {
      bench.write16(name, 0x0000)
      bench.write(`${name}L`, 0x34)
      expect(bench.read16(name)).toBe(0x0034)
      bench.write(`${name}H`, 0x12)
      expect(bench.read16(name)).toBe(0x1234)
    }
  })
})

describe('the latch of ERXRDPT (7)', () => {
  it('a write of the low octet alone changes nothing that can be read', () => {
    const bench = new DataSheetBench()
    bench.write('ERXRDPTL', 0x34)
    expect(bench.read16('ERXRDPT')).toBe(0x05fa)
  })

  it('a write of the high octet moves both', () => {
    const bench = new DataSheetBench()
    bench.write('ERXRDPTL', 0x34)
    bench.write('ERXRDPTH', 0x12)
    expect(bench.read16('ERXRDPT')).toBe(0x1234)
  })

  it('a write of the high octet alone uses the low octet latched last', () => {
    const bench = new DataSheetBench()
    bench.write16('ERXRDPT', 0x0245)
    bench.write('ERXRDPTH', 0x03)
    expect(bench.read16('ERXRDPT')).toBe(0x0345)
  })

  it('the latch holds FAh after reset (24 item 16)', () => {
    const bench = new DataSheetBench()
    bench.write('ERXRDPTH', 0x03)
    expect(bench.read16('ERXRDPT')).toBe(0x03fa)
  })

  it('even values are taken (EtherCard, UIPEthernet, Zephyr, NuttX write them)', () => {
    const bench = new DataSheetBench()
    bench.write16('ERXRDPT', 0x0000)
    expect(bench.read16('ERXRDPT')).toBe(0x0000)
  })
})

describe('ERXWRPT (7, 26 item 6)', () => {
  it('reads 0000h after reset, and ERXST once ERXST or ERXND was written (24 item 15)', () => {
    const bench = new DataSheetBench()
    expect(bench.read16('ERXWRPT')).toBe(0x0000)
    bench.write16('ERXST', 0x0400)
    expect(bench.read16('ERXWRPT')).toBe(0x0400)
    bench.write16('ERXND', 0x0bff)
    expect(bench.read16('ERXWRPT')).toBe(0x0400)
  })

  it('cannot be written', () => {
    const bench = new DataSheetBench()
    bench.write16('ERXST', 0x0400)
    bench.write16('ERXWRPT', 0x0123)
    expect(bench.read16('ERXWRPT')).toBe(0x0400)
  })
})
