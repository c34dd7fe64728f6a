import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, EIR, linked, MS } from './bench.js'
import { BROADCAST_STATION, body, CHIP, onesComplementSum, PEER } from './frames.js'

interface Run {
  readonly start: number
  readonly end: number
  readonly to?: number
  readonly sum?: boolean
}

function start(bench: DataSheetBench, { start, end, to = 0, sum = false }: Run): void {
  bench.write16('EDMAST', start)
  bench.write16('EDMAND', end)
  bench.write16('EDMADST', to)
  if (sum) bench.set('ECON1', ECON1.CSUMEN)
  else bench.clear('ECON1', ECON1.CSUMEN)
  bench.clear('EIR', EIR.DMAIF)
  bench.set('ECON1', ECON1.DMAST)
}

const running = (bench: DataSheetBench) => (bench.read('ECON1') & ECON1.DMAST) !== 0

/** Runs a DMA to its end and returns how long it took, to the nanosecond. */
function duration(bench: DataSheetBench, run: Run): number {
  start(bench, run)
  const began = bench.now
  let low = 0
  while (running(bench)) {
    bench.run(20)
    low += 20
    if (low > 10 * MS) throw new Error('the DMA does not end')
  }
  return bench.now - began
}

/** Octets that tell their address. */
const marked = (length: number, salt = 0) => Array.from({ length }, (_, i) => (i * 5 + salt) & 0xff)

function fresh(): DataSheetBench {
  const bench = new DataSheetBench()
  bench.write16('ERXST', 0x0000)
  bench.write16('ERXND', 0x0bff)
  return bench
}

describe('DMA copy (14.1, 14.2)', () => {
  it('copies EDMAST to EDMAND inclusive, clears DMAST, sets DMAIF, leaves the pointers', () => {
    const bench = fresh()
    bench.fill(0x1000, marked(0x40))
    bench.fill(0x1200, new Array<number>(0x42).fill(0xee))
    duration(bench, { start: 0x1000, end: 0x103f, to: 0x1201 })
    expect(bench.memory(0x1200, 0x42)).toEqual([0xee, ...marked(0x40), 0xee])
    expect(bench.read('EIR') & EIR.DMAIF).toBe(EIR.DMAIF)
    expect([bench.read16('EDMAST'), bench.read16('EDMAND'), bench.read16('EDMADST')]).toEqual([0x1000, 0x103f, 0x1201])
  })

  it('1518 octets take 121.44 µs: 80 ns each (23)', () => {
    expect(duration(fresh(), { start: 0x0000, end: 1517, to: 0x1000 })).toBe(121_440)
  })

  it('2 octets take 160 ns', () => {
    expect(duration(fresh(), { start: 0x1000, end: 0x1001, to: 0x1100 })).toBe(160)
  })

  it('the source goes from ERXND to ERXST', () => {
    const bench = fresh()
    bench.fill(0x0bfc, [1, 2, 3, 4])
    bench.fill(0x0000, [5, 6, 7, 8])
    expect(duration(bench, { start: 0x0bfc, end: 0x0003, to: 0x1000 })).toBe(640)
    expect(bench.memory(0x1000, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('the source goes from 1FFFh to 0000h when the FIFO spans both', () => {
    const bench = new DataSheetBench()
    bench.write16('ERXST', 0x1e00)
    bench.write16('ERXND', 0x01ff)
    bench.fill(0x1ffe, [1, 2])
    bench.fill(0x0000, [3, 4])
    duration(bench, { start: 0x1ffe, end: 0x0001, to: 0x1000 })
    expect(bench.memory(0x1000, 4)).toEqual([1, 2, 3, 4])
  })

  it('the destination does not wrap at ERXND, only from 1FFFh to 0000h', () => {
    const bench = fresh()
    bench.fill(0x1000, marked(8))
    duration(bench, { start: 0x1000, end: 0x1007, to: 0x0bfc })
    expect(bench.memory(0x0bfc, 8)).toEqual(marked(8))
    duration(bench, { start: 0x1000, end: 0x1007, to: 0x1ffc })
    expect(bench.memory(0x1ffc, 4)).toEqual(marked(4))
    expect(bench.memory(0x0000, 4)).toEqual(marked(8).slice(4))
  })

  it('a copy onto an overlapping place before its source moves it', () => {
    const bench = fresh()
    bench.fill(0x1000, [9, 1, 2, 3, 4, 5])
    duration(bench, { start: 0x1000, end: 0x1003, to: 0x0fff })
    expect(bench.memory(0x0fff, 4)).toEqual([9, 1, 2, 3])
  })

  it('EDMAND that cannot be reached: never ends, until the host clears DMAST, which sets DMAIF (24 item 34)', () => {
    const bench = fresh()
    start(bench, { start: 0x0800, end: 0x1000, to: 0x1800 })
    bench.run(100 * MS)
    expect(running(bench)).toBe(true)
    expect(bench.read('EIR') & EIR.DMAIF).toBe(0)
    bench.clear('ECON1', ECON1.DMAST)
    expect(running(bench)).toBe(false)
    expect(bench.read('EIR') & EIR.DMAIF).toBe(EIR.DMAIF)
  })

  it('EDMAST equal to EDMAND does not copy one octet: the whole buffer is overwritten', () => {
    const bench = fresh()
    const before = marked(0x2000, 3)
    bench.fill(0x0000, before)
    start(bench, { start: 0x1000, end: 0x1000, to: 0x1001 })
    bench.run(2 * MS)
    bench.clear('ECON1', ECON1.DMAST)
    bench.write16('ERDPT', 0)
    const after = bench.memory(0x0000, 0x2000)
    const changed = after.filter((octet, i) => octet !== before[i]).length
    expect(changed).toBeGreaterThan(0x1000)
  })

  it('cancelled in mid-run it keeps what was copied so far and no more', () => {
    const bench = fresh()
    bench.fill(0x1000, marked(0x100, 1))
    bench.fill(0x1400, new Array<number>(0x100).fill(0))
    start(bench, { start: 0x1000, end: 0x10ff, to: 0x1400 })
    bench.run(0x80 * 80)
    bench.clear('ECON1', ECON1.DMAST)
    bench.run(MS)
    const copied = bench.memory(0x1400, 0x100)
    expect(copied.slice(0, 0x7e)).toEqual(marked(0x7e, 1))
    expect(copied.slice(0x82)).toEqual(new Array<number>(0x7e).fill(0))
  })
})

describe('DMA checksum (14.1 to 14.3)', () => {
  it.each<[string, readonly number[], number]>([
    ['89 AB CD', [0x89, 0xab, 0xcd], 0xa953],
    ['00 04 A3 FF FF FF', [0x00, 0x04, 0xa3, 0xff, 0xff, 0xff], 0x5bfc],
    ['88 AA 09 0A 0B 0C 0D', [0x88, 0xaa, 0x09, 0x0a, 0x0b, 0x0c, 0x0d], 0x563f],
    ['FF x 6, 08 06', [...BROADCAST_STATION, 0x08, 0x06], 0xf7f9],
    ['one octet, 12h (24 item 28)', [0x12], 0xedff],
  ])('%s gives the published sum (23)', (_name, octets, expected) => {
    const bench = fresh()
    bench.fill(0x1000, octets)
    duration(bench, { start: 0x1000, end: 0x1000 + octets.length - 1, sum: true })
    expect(bench.read16('EDMACS').toString(16)).toBe(expected.toString(16))
    expect(bench.read('EIR') & EIR.DMAIF).toBe(EIR.DMAIF)
  })

  it('8192 octets of 00h give FFFFh, the address fill F807h', () => {
    const bench = fresh()
    bench.write16('ERXND', 0x1fff)
    bench.fill(0x0000, new Array<number>(8192).fill(0))
    duration(bench, { start: 0x0000, end: 0x1fff, sum: true })
    expect(bench.read16('EDMACS')).toBe(0xffff)
    bench.fill(
      0x0000,
      Array.from({ length: 8192 }, (_, i) => i & 0xff),
    )
    duration(bench, { start: 0x0000, end: 0x1fff, sum: true })
    expect(bench.read16('EDMACS')).toBe(0xf807)
  })

  it('1446 octets take 57.84 µs, 8192 octets 327.68 µs: 40 ns each (23)', () => {
    const bench = fresh()
    bench.write16('ERXND', 0x1fff)
    expect(duration(bench, { start: 0x0000, end: 1445, sum: true })).toBe(57_840)
    expect(duration(bench, { start: 0x0000, end: 0x1fff, sum: true })).toBe(327_680)
  })

  it('changes no memory, and follows the FIFO from ERXND to ERXST', () => {
    const bench = fresh()
    const octets = marked(32, 7)
    bench.fill(0x0bf0, octets.slice(0, 16))
    bench.fill(0x0000, octets.slice(16))
    duration(bench, { start: 0x0bf0, end: 0x000f, to: 0x1000, sum: true })
    expect(bench.read16('EDMACS')).toBe(onesComplementSum(octets))
    expect(bench.memory(0x0000, 16)).toEqual(octets.slice(16))
  })

  it('sums the IPv4 header of a received packet to 0 complemented: FFFFh field, 0000h sum', () => {
    const header = [0x45, 0, 0, 28, 0, 1, 0, 0, 64, 1, 0, 0, 192, 168, 7, 1, 192, 168, 7, 2]
    const sum = onesComplementSum(header)
    header[10] = sum >>> 8
    header[11] = sum & 0xff
    const bench = linked({ filter: 0x20 })
    bench.deliverFrame({ type: 0x0800, payload: [...header, ...new Array<number>(26).fill(0x5a)] })
    duration(bench, { start: 6 + 14, end: 6 + 14 + 19, sum: true })
    expect(bench.read16('EDMACS')).toBe(0x0000)
  })
})

describe('DMA and transmission wait for each other (11.3, 14.1)', () => {
  it('a DMA started during a transmission runs after it', () => {
    const bench = linked()
    bench.fill(0x1400, marked(16))
    bench.request(body({ da: PEER, sa: CHIP, length: 500 }))
    bench.run(10_000)
    start(bench, { start: 0x1400, end: 0x140f, to: 0x1500 })
    bench.run(100_000)
    expect(running(bench)).toBe(true)
    bench.untilSent()
    bench.run(16 * 80)
    expect(running(bench)).toBe(false)
    expect(bench.memory(0x1500, 16)).toEqual(marked(16))
  })

  it('a transmission requested during a DMA starts after it', () => {
    const bench = linked()
    bench.load(body({ da: PEER, sa: CHIP }))
    start(bench, { start: 0x0000, end: 1023, to: 0x1400 })
    const began = bench.now
    bench.set('ECON1', ECON1.TXRTS)
    bench.untilSent()
    expect(bench.wire.heard[0].start - began).toBeGreaterThanOrEqual(1024 * 80)
    expect(bench.wire.heard[0].start - began).toBeLessThanOrEqual(1024 * 80 + 1_000)
  })
})
