/** What other models of this chip get wrong or leave out, each a test of this one (Renode, softgun, CHARLIE-v2, Proteus). */
import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON2, EIE, EIR, ESTAT, erratum, linked, MS, OP, PHSTAT1, PHSTAT2 } from './bench.js'
import { BROADCAST_STATION, body, CHIP, frame, frameCheckSequence, PEER, STRANGER } from './frames.js'
import { PHY } from './register-table.js'
import { status } from './status-vector.js'

describe('what Renode gets wrong', () => {
  it('soft reset does something: every register a driver set is back, the memory is not touched', () => {
    const bench = linked()
    bench.deliverFrame()
    const stored = bench.memory(0x0000, 70)
    bench.write('EIE', 0xff)
    bench.spi([OP.SRC])
    bench.run(MS)
    expect(bench.read16('ERXST')).toBe(0x05fa)
    expect(bench.read('ERXFCON')).toBe(0xa1)
    expect(bench.read('MACON3')).toBe(0x00)
    expect(bench.read('EIE')).toBe(0x00)
    expect(bench.read('EPKTCNT')).toBe(0)
    expect(bench.read('ECON1') & 0xfc).toBe(0x00) // the bank aside
    expect(bench.memory(0x0000, 70)).toEqual(stored)
  })

  it('a buffer read wraps when its pointer equals ERXND, not whenever it is beyond it', () => {
    const bench = new DataSheetBench()
    bench.write16('ERXST', 0x0000)
    bench.write16('ERXND', 0x0bff)
    bench.fill(0x0c00, [1, 2, 3, 4])
    bench.write16('ERDPT', 0x0c00)
    expect(bench.spi([OP.RBM], 4)).toEqual([1, 2, 3, 4])
    expect(bench.read16('ERDPT')).toBe(0x0c04)
    bench.write16('ERDPT', 0x0bff)
    bench.spi([OP.RBM], 1)
    expect(bench.read16('ERDPT')).toBe(0x0000)
  })

  it('frames to other stations are filtered', () => {
    const bench = linked()
    bench.deliverFrame({ da: STRANGER })
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.deliverFrame({ da: CHIP })
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('a 42-octet ARP leaves padded to 60 octets and four of FCS', () => {
    const bench = linked()
    bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP, type: 0x0806, payload: new Array<number>(28).fill(1) }))
    expect(bench.wire.frames[0]).toHaveLength(64)
    expect(bench.wire.frames[0].slice(42, 60)).toEqual(new Array<number>(18).fill(0))
    expect(frameCheckSequence(bench.wire.frames[0])).toBe(0x2144df1c)
  })

  it('overflow raises RXERIF', () => {
    const bench = linked({ fifo: [0x0000, 0x00ff], filter: 0x20 })
    bench.write('EIE', EIE.INTIE | EIE.RXERIE)
    for (let i = 0; i < 4; i++) bench.deliverFrame()
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
    expect(bench.chip.interruptHigh).toBe(false)
  })

  it('PKTIF does not depend on PKTIE', () => {
    const bench = linked()
    expect(bench.read('EIE')).toBe(0)
    bench.deliverFrame()
    expect(bench.read('EIR') & EIR.PKTIF).toBe(EIR.PKTIF)
  })

  it('PHSTAT1 and PHSTAT2 are implemented: a driver that waits for the link starts', () => {
    const bench = linked()
    expect(bench.readPhy(PHY.PHSTAT2) & PHSTAT2.LSTAT).toBe(PHSTAT2.LSTAT)
    bench.readPhy(PHY.PHSTAT1)
    expect(bench.readPhy(PHY.PHSTAT1) & PHSTAT1.LLSTAT).toBe(PHSTAT1.LLSTAT)
  })

  it('status vectors are written, for reception and for transmission', () => {
    const bench = linked()
    bench.deliverFrame()
    expect(bench.memory(0x0002, 4)).toEqual([0x40, 0x00, 0xc0, 0x00])
    const vector = status(bench.transmit())
    expect([vector.byteCount, vector.done]).toEqual([64, true])
  })

  it('there is a DMA', () => {
    const bench = new DataSheetBench()
    bench.fill(0x1000, [0x89, 0xab, 0xcd])
    bench.write16('EDMAST', 0x1000)
    bench.write16('EDMAND', 0x1002)
    bench.write16('EDMADST', 0x1800)
    bench.set('ECON1', 0x20)
    bench.run(MS)
    expect(bench.memory(0x1800, 3)).toEqual([0x89, 0xab, 0xcd])
    bench.set('ECON1', 0x30)
    bench.run(MS)
    expect(bench.read16('EDMACS')).toBe(0xa953)
  })
})

describe('what softgun gets wrong', () => {
  it('the transmit status vector begins at ETXND + 1, not at ETXND', () => {
    const bench = linked()
    const octets = body({ da: PEER, sa: CHIP })
    const end = bench.request(octets)
    bench.untilSent()
    expect(bench.memory(end, 1)).toEqual([octets.at(-1)])
    expect(bench.memory(end + 1, 2)).toEqual([64, 0])
  })

  it('the done bit is in the vector that is stored', () => {
    const bench = linked()
    expect(bench.transmit()[2] & 0x80).toBe(0x80)
  })

  it('INT obeys INTIE', () => {
    const bench = linked()
    bench.write('EIE', EIE.PKTIE)
    bench.deliverFrame()
    expect(bench.chip.interruptHigh).toBe(true)
    expect(bench.read('ESTAT') & ESTAT.INT).toBe(ESTAT.INT)
    bench.set('EIE', EIE.INTIE)
    expect(bench.chip.interruptHigh).toBe(false)
  })

  it('the receive length is not rounded up to even', () => {
    const bench = linked()
    bench.deliver(frame({ length: 65 }))
    expect(bench.memory(0x0002, 2)).toEqual([65, 0])
    expect(bench.memory(0x0000, 2)).toEqual([72, 0])
  })
})

describe('what Proteus leaves out', () => {
  it('the built-in self-test', () => {
    const bench = new DataSheetBench()
    bench.write('EBSTCON', 0x06)
    bench.set('EBSTCON', 0x01)
    bench.run(MS)
    expect(bench.read16('EBSTCS')).toBe(0xf807)
  })

  it('errata: four revisions that differ by more than a number', () => {
    const asleep = (revision: 'B1' | 'B7', on: boolean) => {
      const bench = new DataSheetBench({ revision, errata: { [erratum(19)]: on } })
      bench.set('ECON2', ECON2.PWRSV)
      bench.spi([OP.SRC])
      bench.run(MS)
      return bench.read('ECON2') & ECON2.PWRSV
    }
    for (const revision of ['B1', 'B7'] as const) {
      expect(asleep(revision, true)).toBe(ECON2.PWRSV)
      expect(asleep(revision, false)).toBe(0)
    }
  })

  it('collisions', () => {
    const bench = linked({ duplex: 'half' })
    bench.wire.onStart = () => {
      bench.wire.onStart = undefined
      bench.scheduler.after(20_000, () => bench.wire.send([], { bits: 96 }))
    }
    expect(status(bench.transmit()).collisionCount).toBe(1)
  })

  it('changes of the link', () => {
    const bench = linked()
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.readPhy(PHY.PHIR)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    expect(bench.readPhy(PHY.PHSTAT2) & PHSTAT2.LSTAT).toBe(0)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(EIR.LINKIF)
  })
})

describe('what CHARLIE-v2 does right', () => {
  it('a broken rule of the data sheet can stop a run: the listener is called within the transfer that broke it', () => {
    const bench = linked()
    let stoppedAt = ''
    bench.chip.onFinding(({ id, source }) => {
      stoppedAt = `${id} (${source})`
      throw new Error(stoppedAt)
    })
    expect(() => bench.set('MACON3', 0x02)).toThrow(/bit-field-on-mac-register/)
    expect(stoppedAt).toMatch(/DS39662/)
  })
})
