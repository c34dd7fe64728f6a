/** The twenty things that every driver in the field relies on (19.9), one test each. */
import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, ECON2, EIE, EIR, linked, MISTAT, MS, OP, PHSTAT1, PHSTAT2, US } from './bench.js'
import { body, CHIP, PEER } from './frames.js'
import { PHY } from './register-table.js'

const REVISIONS = ['B1', 'B4', 'B5', 'B7'] as const

describe('the contract of section 19.9', () => {
  it('1. SRC tolerates extra octets; bank 0; AUTOINC 1; memory kept', () => {
    for (const write of [[0xff], [0xff, 0xff], [0xff, 0x00, 0xff, 0x12]]) {
      const bench = new DataSheetBench()
      bench.fill(0x0800, [1, 2, 3])
      bench.write('ECON2', 0x00)
      bench.bank(3)
      bench.spi(write)
      bench.run(MS)
      expect(bench.spi([0x1f], 1)).toEqual([0x00])
      expect(bench.spi([0x1e], 1)).toEqual([0x80])
      expect(bench.memory(0x0800, 3)).toEqual([1, 2, 3])
    }
  })

  it('2. CLKRDY within 300 µs after POR, and 1 after SRC', () => {
    const bench = new DataSheetBench({ off: true })
    bench.chip.powerOn()
    bench.run(300 * US)
    expect(bench.spi([0x1d], 1)).toEqual([0x01])
    bench.spi([OP.SRC])
    expect(bench.spi([0x1d], 1)).toEqual([0x01])
  })

  it('3. a dummy octet for MAC and MII registers only', () => {
    const bench = linked()
    bench.bank(3)
    expect(bench.spi([OP.RCR | 0x12], 1)).toEqual([0x06])
    expect(bench.spi([OP.RCR | 0x02], 2)).toEqual([0x00, 0xa3])
  })

  it('4. BFS and BFC on MACON3 take effect', () => {
    const bench = new DataSheetBench()
    bench.set('MACON3', 0x32)
    bench.clear('MACON3', 0x02)
    expect(bench.read('MACON3')).toBe(0x30)
  })

  it('5. 00h written to bank 2 address 01h does no harm', () => {
    const bench = linked()
    bench.bank(2)
    bench.spi([OP.WCR | 0x01, 0x00])
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
    bench.transmit()
    expect(bench.wire.frames).toHaveLength(1)
  })

  it('6. TXIF always comes in the end after TXRTS: success, collisions, too long, no link, cancel', () => {
    for (const spoil of [
      () => {},
      (bench: DataSheetBench) => {
        bench.wire.onStart = () => bench.scheduler.after(20 * US, () => bench.wire.send([], { bits: 96 }))
      },
      (bench: DataSheetBench) => bench.write16('MAMXFL', 50),
      (bench: DataSheetBench) => {
        bench.wire.stopPulses()
        bench.run(300 * MS)
      },
    ]) {
      const bench = linked({ duplex: 'half' })
      spoil(bench)
      bench.request()
      bench.run(1_000 * MS)
      expect(bench.read('EIR') & EIR.TXIF).toBe(EIR.TXIF)
    }
    const cancelled = linked({ duplex: 'half' })
    cancelled.request()
    cancelled.clear('ECON1', ECON1.TXRTS)
    cancelled.run(MS)
    expect(cancelled.read('EIR') & EIR.TXIF).toBe(EIR.TXIF)
  })

  it('7. the status vector is written', () => {
    const bench = linked()
    bench.fill(0x0c3d, new Array<number>(7).fill(0xee))
    expect(bench.transmit()).toEqual([64, 0, 0xc0, 0, 64, 0, 0])
  })

  it('8. TXRTS clears itself', () => {
    const bench = linked()
    bench.request()
    bench.run(MS)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(0)
  })

  it('9. EPKTCNT is exact; PKTDEC by BFS on ECON2', () => {
    const bench = linked()
    for (let i = 1; i <= 20; i++) {
      bench.deliverFrame()
      expect(bench.read('EPKTCNT')).toBe(i)
    }
    for (let i = 19; i >= 0; i--) {
      bench.set('ECON2', ECON2.PKTDEC)
      expect(bench.read('EPKTCNT')).toBe(i)
    }
  })

  it('10. ERXRDPT reads the live value; even is allowed', () => {
    const bench = linked()
    bench.write16('ERXRDPT', 0x0200)
    expect(bench.read16('ERXRDPT')).toBe(0x0200)
    bench.deliverFrame()
    expect(bench.read16('ERXRDPT')).toBe(0x0200)
  })

  it('11. MISTAT.BUSY falls by itself although MIIRD is already 0', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHID1)
    bench.write('MICMD', 0x01)
    bench.write('MICMD', 0x00)
    bench.run(10_240)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(0)
    expect(bench.read16('MIRD')).toBe(0x0083)
  })

  it('12. EREVID is 2, 4, 5 or 6', () => {
    expect(REVISIONS.map((revision) => new DataSheetBench({ revision }).read('EREVID'))).toEqual([2, 4, 5, 6])
  })

  it('13. PHID1 and PHID2 are 0083h and 1400h', () => {
    const bench = new DataSheetBench()
    expect([bench.readPhy(PHY.PHID1), bench.readPhy(PHY.PHID2)]).toEqual([0x0083, 0x1400])
  })

  it('14. PHSTAT2 bit 10 and PHSTAT1 bit 2 are true with a link', () => {
    const bench = linked()
    bench.readPhy(PHY.PHSTAT1)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(0x0004)
    expect(bench.readPhy(PHY.PHSTAT2) & PHSTAT2.LSTAT).toBe(0x0400)
  })

  it('15. DMA copies with the FIFO wrap of the source', () => {
    const bench = linked()
    bench.fill(0x0bfe, [1, 2])
    bench.fill(0x0000, [3, 4])
    bench.write16('EDMAST', 0x0bfe)
    bench.write16('EDMAND', 0x0001)
    bench.write16('EDMADST', 0x1400)
    bench.set('ECON1', ECON1.DMAST)
    bench.run(MS)
    expect(bench.read('ECON1') & ECON1.DMAST).toBe(0)
    expect(bench.memory(0x1400, 4)).toEqual([1, 2, 3, 4])
  })

  it('16. buffer reads go on across chip select frames', () => {
    const bench = linked()
    const sent = bench.deliverFrame()
    bench.write16('ERDPT', 0x0006)
    expect(Array.from({ length: 64 }, () => bench.spi([OP.RBM], 1)[0])).toEqual(sent)
  })

  it('17. EWRPT and ETXND can be read', () => {
    const bench = linked()
    const end = bench.load(body({ da: PEER, sa: CHIP, length: 100 }))
    expect(bench.read16('ETXND')).toBe(end)
    expect(bench.read16('EWRPT')).toBe(end + 1)
  })

  it('18. MAC registers read what was written last', () => {
    const bench = linked()
    expect([1, 2, 3, 4, 5, 6].map((i) => bench.read(`MAADR${i}`))).toEqual(CHIP)
    expect(bench.read16('MAMXFL')).toBe(1518)
  })

  it('19. EIE, EIR and INT follow section 13', () => {
    const bench = linked()
    bench.deliverFrame()
    bench.write('EIE', EIE.PKTIE)
    expect(bench.chip.interruptHigh).toBe(true)
    bench.set('EIE', EIE.INTIE)
    expect(bench.chip.interruptHigh).toBe(false)
    bench.clear('EIE', EIE.PKTIE)
    expect(bench.chip.interruptHigh).toBe(true)
  })

  it('20. clocks after a register read do no harm', () => {
    const bench = linked()
    bench.write16('ERDPT', 0x0123)
    bench.spi([0x1d], 20)
    bench.bank(2)
    bench.spi([OP.RCR | 0x02], 20)
    expect(bench.read16('ERDPT')).toBe(0x0123)
    expect(bench.read('MACON3')).toBe(0x33)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })
})

describe('the diagnostic ladder of section 20', () => {
  it('2. after BFC PWRSV, SRC and 1 ms the nine values are those of a good chip', () => {
    for (const revision of REVISIONS) {
      const bench = new DataSheetBench({ revision, errata: 'silicon' })
      bench.spi([OP.BFC | 0x1e, 0x20])
      bench.spi([OP.SRC])
      bench.run(MS)
      expect({
        ECON2: bench.spi([0x1e], 1)[0],
        ECON1: bench.spi([0x1f], 1)[0],
        ERXST: bench.read16('ERXST'),
        ERXND: bench.read16('ERXND'),
        ERXFCON: bench.read('ERXFCON'),
        MACLCON2: bench.read('MACLCON2'),
        MAMXFL: bench.read16('MAMXFL'),
        EPAUS: bench.read16('EPAUS'),
        ESTAT: bench.read('ESTAT'),
      }).toEqual({
        ECON2: 0x80,
        ECON1: 0x00,
        ERXST: 0x05fa,
        ERXND: 0x1fff,
        ERXFCON: 0xa1,
        MACLCON2: 0x37,
        MAMXFL: 0x0600,
        EPAUS: 0x1000,
        ESTAT: 0x01,
      })
      expect([2, 4, 5, 6]).toContain(bench.read('EREVID'))
    }
  })

  it('4. 8 KiB written and read back in one run', () => {
    const bench = new DataSheetBench()
    bench.write16('ERXST', 0x0000)
    bench.write16('ERXND', 0x1fff)
    for (const pattern of [0x00, 0xff, 0x55, 0xaa]) {
      const octets = Array.from({ length: 8192 }, (_, i) => pattern ^ (i >> 8) ^ (i & 0x0f))
      bench.write16('EWRPT', 0x0000)
      bench.spi([OP.WBM, ...octets])
      bench.write16('ERDPT', 0x0000)
      expect(bench.spi([OP.RBM], 8192)).toEqual(octets)
    }
  })
})
