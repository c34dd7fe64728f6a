import { describe, expect, it } from 'vitest'
import { type DataSheetBench, ECON2, EIR, ESTAT, linked, MACON3 } from './bench.js'
import { frame } from './frames.js'

const HUGE = 0x33 | MACON3.HFRMEN

/** Whether a frame of `length` octets went into the FIFO. */
function fits(bench: DataSheetBench, length: number): boolean {
  const before = bench.read('EPKTCNT')
  bench.deliver(frame({ length }))
  return bench.read('EPKTCNT') === before + 1
}

describe('free space (8.4, 23)', () => {
  it('WR 0046h, RD 0BFFh: 3000 octets free', () => {
    const full = linked({ filter: 0x20, macon3: HUGE })
    full.deliverFrame({ length: 64 })
    expect(full.read16('ERXWRPT')).toBe(0x0046)
    expect(fits(full, 2996)).toBe(false) // 6 + 2996 = 3002
    expect(fits(full, 2995)).toBe(false) // and one to be even
    expect(fits(full, 2994)).toBe(true)
  })

  it('WR 0800h, RD 0400h, ND 0BFFh: 2047 octets free', () => {
    const bench = linked({ filter: 0x20, macon3: HUGE })
    bench.deliverFrame({ length: 1018 })
    bench.deliverFrame({ length: 1018 })
    expect(bench.read16('ERXWRPT')).toBe(0x0800)
    bench.write16('ERXRDPT', 0x0400)
    expect(fits(bench, 2042)).toBe(false)
    expect(fits(bench, 2040)).toBe(true)
  })

  it('WR equal to RD is an empty FIFO: the first packet goes in with both at 0000h (EtherCard, UIPEthernet, Zephyr)', () => {
    const bench = linked({ filter: 0x20, readPointer: 0x0000 })
    expect(fits(bench, 64)).toBe(true)
  })

  it('WR equal to RD leaves one octet less than the FIFO: ND - ST', () => {
    const bench = linked({ filter: 0x20, fifo: [0x0000, 0x00ff], readPointer: 0x0000 })
    expect(fits(bench, 250)).toBe(false) // 256 = the whole FIFO
    expect(fits(bench, 248)).toBe(true)
  })

  it('hardware never lets the write pointer meet ERXRDPT', () => {
    const bench = linked({ filter: 0x20, fifo: [0x0000, 0x00ff] })
    for (let i = 0; i < 50; i++) {
      bench.deliverFrame({ length: 18 + ((i * 13) % 60) })
      expect(bench.read16('ERXWRPT')).not.toBe(bench.read16('ERXRDPT'))
      if (i % 3 === 2) bench.receive()
    }
  })

  it('with RD at ND, an empty FIFO of 256 octets takes a packet of 6 + 248 and not of 6 + 250', () => {
    expect(fits(linked({ filter: 0x20, fifo: [0x0000, 0x00ff] }), 250)).toBe(false)
    expect(fits(linked({ filter: 0x20, fifo: [0x0000, 0x00ff] }), 248)).toBe(true)
  })
})

describe('overflow (8.4, 8.5)', () => {
  /** A FIFO of 256 octets with three packets of 64 in it: 46 left. */
  function full(): DataSheetBench {
    const bench = linked({ filter: 0x20, fifo: [0x0000, 0x00ff] })
    for (let i = 0; i < 3; i++) bench.deliverFrame({ length: 64 })
    expect(bench.read('EPKTCNT')).toBe(3)
    return bench
  }

  it('sets RXERIF and BUFER, keeps EPKTCNT, ERXWRPT and what is stored (24 item 14)', () => {
    const bench = full()
    const stored = bench.memory(0x0000, 210)
    bench.deliverFrame({ length: 64 })
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
    expect(bench.read('ESTAT') & ESTAT.BUFER).toBe(ESTAT.BUFER)
    expect(bench.read('EPKTCNT')).toBe(3)
    expect(bench.read16('ERXWRPT')).toBe(0x00d2)
    expect(bench.memory(0x0000, 210)).toEqual(stored)
  })

  it('RXERIF and BUFER are cleared by BFC', () => {
    const bench = full()
    bench.deliverFrame({ length: 64 })
    bench.clear('EIR', EIR.RXERIF)
    bench.clear('ESTAT', ESTAT.BUFER)
    expect(bench.read('EIR') & EIR.RXERIF).toBe(0)
    expect(bench.read('ESTAT') & ESTAT.BUFER).toBe(0)
  })

  it('a smaller frame that fits goes in after one that did not', () => {
    const bench = full()
    bench.deliverFrame({ length: 64 })
    expect(fits(bench, 38)).toBe(true)
  })

  it('reception goes on once the host has made room: nothing needs to be re-initialised (24 item 13)', () => {
    const bench = full()
    bench.deliverFrame({ length: 64 })
    for (let i = 0; i < 3; i++) expect(bench.receive()!.count).toBe(64)
    bench.clear('EIR', EIR.RXERIF)
    for (let i = 0; i < 20; i++) {
      const sent = bench.deliverFrame({ length: 100 + i })
      expect(bench.receive()!.octets).toEqual(sent)
    }
    expect(bench.read('EIR') & EIR.RXERIF).toBe(0)
  })

  it('a frame that is cut before it needs more room than there is, is none', () => {
    const bench = full()
    bench.write('ERXFCON', 0x00)
    const octets = frame({ length: 500 })
    bench.deliver(octets, { cut: 30 })
    expect(bench.read('EIR') & EIR.RXERIF).toBe(0)
    expect(bench.read('EPKTCNT')).toBe(4)
    for (let i = 0; i < 3; i++) bench.receive()
    expect(bench.receive()).toMatchObject({ count: 30, octets: octets.slice(0, 30) })
  })

  it('a frame that is cut after that, is one', () => {
    const bench = full()
    bench.write('ERXFCON', 0x00)
    bench.deliver(frame({ length: 500 }), { cut: 100 })
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
    expect(bench.read('EPKTCNT')).toBe(3)
  })

  it('is counted under its reason', () => {
    const bench = full()
    const before = Object.values(bench.chip.counters.dropped).reduce((sum, n) => sum + n, 0)
    bench.deliverFrame({ length: 64 })
    const after = Object.values(bench.chip.counters.dropped).reduce((sum, n) => sum + n, 0)
    expect(after - before).toBe(1)
  })
})

describe('EPKTCNT at 255 (8.4 step 6)', () => {
  it('refuses the 256th packet with RXERIF although there is room, and takes it after one PKTDEC', () => {
    const bench = linked({ filter: 0x20, fifo: [0x0000, 0x1fff] })
    for (let i = 0; i < 255; i++) bench.deliverFrame({ length: 18 })
    expect(bench.read('EPKTCNT')).toBe(255)
    expect(bench.read('EIR') & EIR.RXERIF).toBe(0)
    const end = bench.read16('ERXWRPT')
    expect(end).toBe(255 * 24)
    bench.deliverFrame({ length: 18 })
    expect(bench.read('EPKTCNT')).toBe(255)
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
    expect(bench.read16('ERXWRPT')).toBe(end)
    bench.clear('EIR', EIR.RXERIF)
    bench.set('ECON2', ECON2.PKTDEC)
    expect(bench.read('EPKTCNT')).toBe(254)
    bench.deliverFrame({ length: 18 })
    expect(bench.read('EPKTCNT')).toBe(255)
    expect(bench.read('EIR') & EIR.RXERIF).toBe(0)
  })
})
