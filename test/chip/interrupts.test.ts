import { describe, expect, it } from 'vitest'
import { type DataSheetBench, ECON1, ECON2, EIE, EIR, ESTAT, linked, MS, PHCON2 } from './bench.js'
import { body, CHIP, PEER } from './frames.js'
import { PHY } from './register-table.js'

/** How each flag is raised from outside, and how it goes away (4.4). */
const SOURCES: readonly {
  readonly flag: keyof typeof EIR
  readonly enable: number
  raise(bench: DataSheetBench): void
  drop(bench: DataSheetBench): void
}[] = [
  {
    flag: 'PKTIF',
    enable: EIE.PKTIE,
    raise: (bench) => bench.deliverFrame(),
    drop: (bench) => bench.set('ECON2', ECON2.PKTDEC),
  },
  {
    flag: 'DMAIF',
    enable: EIE.DMAIE,
    raise: (bench) => {
      bench.write16('EDMAST', 0x1000)
      bench.write16('EDMAND', 0x10ff)
      bench.write16('EDMADST', 0x1200)
      bench.set('ECON1', ECON1.DMAST)
      bench.run(MS)
    },
    drop: (bench) => bench.clear('EIR', EIR.DMAIF),
  },
  {
    flag: 'LINKIF',
    enable: EIE.LINKIE,
    raise: (bench) => {
      bench.writePhy(PHY.PHIE, 0x0012)
      bench.readPhy(PHY.PHIR)
      bench.wire.stopPulses()
      bench.run(300 * MS)
    },
    drop: (bench) => bench.readPhy(PHY.PHIR),
  },
  {
    flag: 'TXIF',
    enable: EIE.TXIE,
    raise: (bench) => bench.transmit(),
    drop: (bench) => bench.clear('EIR', EIR.TXIF),
  },
  {
    flag: 'TXERIF',
    enable: EIE.TXERIE,
    raise: (bench) => bench.transmit(body({ da: PEER, sa: CHIP, length: 1600 })),
    drop: (bench) => bench.clear('EIR', EIR.TXERIF),
  },
  {
    flag: 'RXERIF',
    enable: EIE.RXERIE,
    raise: (bench) => {
      bench.write16('ERXRDPT', 0x0011)
      bench.deliverFrame()
    },
    drop: (bench) => bench.clear('EIR', EIR.RXERIF),
  },
]

describe('each interrupt (4.4, 13)', () => {
  for (const { flag, enable, raise, drop } of SOURCES) {
    it(`${flag} alone pulls INT low if INTIE and its enable are set, and releases it when it is cleared`, () => {
      const bench = linked()
      const edges: boolean[] = []
      bench.write('EIE', EIE.INTIE | enable)
      bench.chip.onInterrupt((high) => edges.push(high))
      expect(bench.chip.interruptHigh).toBe(true)
      raise(bench)
      expect(bench.read('EIR') & EIR[flag]).toBe(EIR[flag])
      expect(bench.chip.interruptHigh).toBe(false)
      expect(bench.read('ESTAT') & ESTAT.INT).toBe(ESTAT.INT)
      bench.run(100 * MS) // a level, not a pulse
      expect(bench.chip.interruptHigh).toBe(false)
      drop(bench)
      expect(bench.read('EIR') & EIR[flag]).toBe(0)
      expect(bench.chip.interruptHigh).toBe(true)
      expect(bench.read('ESTAT') & ESTAT.INT).toBe(0)
      expect(edges).toEqual([false, true])
    })

    it(`${flag} is set without its enable, and then moves neither INT nor ESTAT.INT`, () => {
      const bench = linked()
      bench.write('EIE', EIE.INTIE)
      raise(bench)
      expect(bench.read('EIR') & EIR[flag]).toBe(EIR[flag])
      expect(bench.chip.interruptHigh).toBe(true)
      expect(bench.read('ESTAT') & ESTAT.INT).toBe(0)
    })

    it(`${flag} without INTIE sets ESTAT.INT and leaves the pin high`, () => {
      const bench = linked()
      bench.write('EIE', enable)
      raise(bench)
      expect(bench.chip.interruptHigh).toBe(true)
      expect(bench.read('ESTAT') & ESTAT.INT).toBe(ESTAT.INT)
    })
  }
})

describe('the INT pin (13)', () => {
  it('a handler that clears INTIE first and sets it last gets a new falling edge while something is pending', () => {
    const bench = linked()
    const edges: boolean[] = []
    bench.chip.onInterrupt((high) => edges.push(high))
    bench.write('EIE', EIE.INTIE | EIE.PKTIE)
    bench.deliverFrame()
    bench.deliverFrame()
    expect(edges).toEqual([false])
    bench.clear('EIE', EIE.INTIE)
    bench.set('ECON2', ECON2.PKTDEC)
    bench.set('EIE', EIE.INTIE)
    expect(edges).toEqual([false, true, false])
  })

  it('a second cause while it is low makes no edge: an edge-triggered host that does not toggle INTIE waits for ever', () => {
    const bench = linked()
    const edges: boolean[] = []
    bench.write('EIE', EIE.INTIE | EIE.PKTIE | EIE.TXIE)
    bench.chip.onInterrupt((high) => edges.push(high))
    bench.deliverFrame()
    bench.transmit()
    bench.clear('EIR', EIR.TXIF)
    expect(edges).toEqual([false])
    expect(bench.chip.interruptHigh).toBe(false)
  })

  it('goes high with a system reset, and EIE and EIR are 0', () => {
    const bench = linked()
    bench.write('EIE', EIE.INTIE | EIE.PKTIE | EIE.TXIE)
    bench.deliverFrame()
    expect(bench.chip.interruptHigh).toBe(false)
    bench.reset()
    expect(bench.chip.interruptHigh).toBe(true)
    expect([bench.read('EIE'), bench.read('EIR'), bench.read('EPKTCNT')]).toEqual([0, 0, 0])
  })

  it('falls when an enable is set for a flag that is already there', () => {
    const bench = linked()
    bench.transmit()
    bench.write('EIE', EIE.INTIE)
    expect(bench.chip.interruptHigh).toBe(true)
    bench.set('EIE', EIE.TXIE)
    expect(bench.chip.interruptHigh).toBe(false)
  })

  it('ESTAT.INT cannot be cleared directly', () => {
    const bench = linked()
    bench.write('EIE', EIE.PKTIE)
    bench.deliverFrame()
    bench.clear('ESTAT', 0xff)
    expect(bench.read('ESTAT') & ESTAT.INT).toBe(ESTAT.INT)
  })
})

describe('link interrupts (4.4, 5.2, 13)', () => {
  it('a link change sets PLNKIF; without PHIE there is no LINKIF', () => {
    const bench = linked()
    bench.readPhy(PHY.PHIR)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(0)
    expect(bench.readPhy(PHY.PHIR) & 0x0014).toBe(0x0010)
    expect(bench.readPhy(PHY.PHIR) & 0x0014).toBe(0)
  })

  it.each([
    ['PLNKIE alone', 0x0010],
    ['PGEIE alone', 0x0002],
  ])('%s is not enough', (_name, phie) => {
    const bench = linked()
    bench.readPhy(PHY.PHIR)
    bench.writePhy(PHY.PHIE, phie)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(0)
  })

  it('LINKIF cannot be cleared by BFC, only by reading PHIR', () => {
    const bench = linked()
    bench.readPhy(PHY.PHIR)
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    bench.clear('EIR', 0xff)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(EIR.LINKIF)
    expect(bench.readPhy(PHY.PHIR) & 0x0014).toBe(0x0014)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(0)
    expect(bench.readPhy(PHY.PHIR) & 0x0014).toBe(0)
  })

  it('link up and link down each raise it', () => {
    const bench = linked()
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.readPhy(PHY.PHIR)
    for (let i = 0; i < 3; i++) {
      bench.wire.stopPulses()
      bench.run(300 * MS)
      expect(bench.read('EIR') & EIR.LINKIF).toBe(EIR.LINKIF)
      bench.readPhy(PHY.PHIR)
      bench.wire.startPulses()
      bench.run(300 * MS)
      expect(bench.read('EIR') & EIR.LINKIF).toBe(EIR.LINKIF)
      bench.readPhy(PHY.PHIR)
      expect(bench.read('EIR') & EIR.LINKIF).toBe(0)
    }
  })

  it('a reset of the PHY clears PHIR and LINKIF with it (5.2, 6)', () => {
    const bench = linked()
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.readPhy(PHY.PHIR)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(EIR.LINKIF)
    bench.writePhy(PHY.PHCON1, 0x8000)
    bench.run(MS)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(0)
    expect(bench.readPhy(PHY.PHIR) & 0x0014).toBe(0)
  })

  it('a forced link is taken as a link change (26 item 8)', () => {
    const bench = linked()
    bench.wire.stopPulses()
    bench.run(300 * MS)
    bench.writePhy(PHY.PHIE, 0x0012)
    bench.readPhy(PHY.PHIR)
    bench.writePhy(PHY.PHCON2, PHCON2.FRCLNK)
    expect(bench.read('EIR') & EIR.LINKIF).toBe(EIR.LINKIF)
  })
})
