import { describe, expect, it } from 'vitest'
import { DataSheetBench, ECON1, ECON2, EIR, ESTAT, linked, MISTAT, MS, OP, PHCON1, US } from './bench.js'
import { PHY } from './register-table.js'

describe('power-on (6)', () => {
  it('ESTAT is 00h after POR and 01h from 300 µs on: 7500 cycles of OSC1 (23)', () => {
    const bench = new DataSheetBench({ off: true })
    bench.chip.powerOn()
    expect(bench.spi([0x1d], 1)).toEqual([0x00])
    bench.run(299_999)
    expect(bench.spi([0x1d], 1)).toEqual([0x00])
    bench.run(1)
    expect(bench.spi([0x1d], 1)).toEqual([0x01])
  })

  it('ETH registers and buffer memory may be used before CLKRDY', () => {
    const bench = new DataSheetBench({ off: true })
    bench.chip.powerOn()
    bench.write16('ERXND', 0x0bff)
    bench.fill(0x0100, [1, 2, 3])
    expect(bench.read16('ERXND')).toBe(0x0bff)
    expect(bench.memory(0x0100, 3)).toEqual([1, 2, 3])
    expect(bench.read('EREVID')).toBe(0x06)
  })

  it('without power nothing drives SO: reads are what the board pulls it to', () => {
    for (const [floatingMiso, octet] of [
      ['high', 0xff],
      ['low', 0x00],
    ] as const) {
      const bench = new DataSheetBench({ off: true, floatingMiso })
      expect(bench.chip.powered).toBe(false)
      expect(bench.spi([0x1d], 2)).toEqual([octet, octet])
      expect(bench.spi([0x3a], 2)).toEqual([octet, octet])
    }
  })

  it('power lost and back: registers at their reset values, ECOCON 04h, CLKRDY after 300 µs', () => {
    const bench = new DataSheetBench()
    bench.configure()
    bench.write('ECOCON', 0x02)
    bench.chip.powerOff()
    expect(bench.chip.powered).toBe(false)
    expect(bench.spi([0x1d], 1)).toEqual([0xff])
    bench.run(MS)
    bench.chip.powerOn()
    expect(bench.read('ESTAT')).toBe(0x00)
    bench.run(300 * US)
    expect(bench.read('ESTAT')).toBe(0x01)
    expect(bench.read('ECOCON')).toBe(0x04)
    expect(bench.read('ERXFCON')).toBe(0xa1)
    expect(bench.read('MACON3')).toBe(0x00)
    expect(bench.read('MAADR1')).toBe(0x00)
    expect(bench.read16('ERXST')).toBe(0x05fa)
  })

  it('power lost in mid-frame cuts the frame, and nothing is sent afterwards', () => {
    const bench = linked()
    bench.request()
    bench.run(20 * US)
    bench.chip.powerOff()
    bench.run(200 * MS)
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].end).toBeLessThan(Number.POSITIVE_INFINITY)
    expect(bench.chip.interruptHigh).toBe(true)
    const pulses = bench.wire.pulses.length
    bench.run(200 * MS)
    expect(bench.wire.pulses.length).toBe(pulses)
  })

  it('buffer memory is not all zero after power-on, and the same for the same seed', () => {
    const a = new DataSheetBench({ seed: 9 }).memory(0x0000, 64)
    expect(new Set(a).size).toBeGreaterThan(8)
    expect(new DataSheetBench({ seed: 9 }).memory(0x0000, 64)).toEqual(a)
    expect(new DataSheetBench({ seed: 10 }).memory(0x0000, 64)).not.toEqual(a)
  })

  it('without a crystal CLKRDY never comes, and ETH registers work all the same (20)', () => {
    const bench = new DataSheetBench({ crystal: false })
    bench.run(5_000 * MS)
    expect(bench.read('ESTAT') & ESTAT.CLKRDY).toBe(0)
    bench.write16('ERDPT', 0x1555)
    expect(bench.read16('ERDPT')).toBe(0x1555)
    expect(bench.read('EREVID')).toBe(0x06)
    expect(bench.wire.pulses).toEqual([])
  })
})

describe('the RESET pin (6)', () => {
  it('low for 400 ns resets; CLKRDY, ECOCON and memory stay', () => {
    const bench = new DataSheetBench()
    bench.configure()
    bench.write('ECOCON', 0x01)
    bench.fill(0x0100, [1, 2, 3])
    bench.chip.setResetPin(false)
    bench.run(400)
    bench.chip.setResetPin(true)
    bench.run(2 * US)
    expect(bench.read('ESTAT')).toBe(0x01)
    expect(bench.read('ECOCON')).toBe(0x01)
    expect(bench.read16('ERXST')).toBe(0x05fa)
    expect(bench.read('MACON3')).toBe(0x00)
    expect(bench.memory(0x0100, 3)).toEqual([1, 2, 3])
  })

  it('a pulse shorter than 400 ns is filtered', () => {
    const bench = new DataSheetBench()
    bench.write('MACON3', 0x32)
    bench.chip.setResetPin(false)
    bench.run(399)
    bench.chip.setResetPin(true)
    bench.run(10 * US)
    expect(bench.read('MACON3')).toBe(0x32)
  })

  it('held low: nothing answers and nothing is sent', () => {
    const bench = linked()
    bench.wire.stopPulses()
    bench.chip.setResetPin(false)
    bench.run(MS)
    const pulses = bench.wire.pulses.length
    bench.run(100 * MS)
    expect(bench.wire.pulses.length).toBe(pulses)
    bench.chip.setResetPin(true)
    bench.run(10 * US)
    expect(bench.read('ECON2')).toBe(0x80)
  })

  it('resets the PHY as well', () => {
    const bench = new DataSheetBench()
    bench.writePhy(PHY.PHCON1, PHCON1.PDPXMD)
    bench.chip.setResetPin(false)
    bench.run(1 * US)
    bench.chip.setResetPin(true)
    bench.run(60 * US)
    expect(bench.readPhy(PHY.PHCON1)).toBe(0)
  })
})

describe('reset of a part of the chip (6)', () => {
  it('SRC in mid-frame stops the transmission, RXEN and all interrupts', () => {
    const bench = linked()
    bench.write('EIE', 0xff)
    bench.request()
    bench.run(20 * US)
    bench.spi([OP.SRC])
    bench.run(MS)
    expect(bench.wire.heard[0].end).toBeLessThan(bench.now)
    expect(bench.wire.heard[0].octets.length).toBeLessThan(64)
    expect(bench.read('ECON1')).toBe(0)
    expect(bench.read('EIR')).toBe(0)
    expect(bench.read('EPKTCNT')).toBe(0)
  })

  it('SRC during an MII access leaves no BUSY', () => {
    const bench = new DataSheetBench()
    bench.write('MIREGADR', PHY.PHID1)
    bench.write('MICMD', 0x01)
    bench.spi([OP.SRC])
    bench.run(MS)
    expect(bench.read('MISTAT') & MISTAT.BUSY).toBe(0)
    expect(bench.read16('MIRD')).toBe(0)
  })

  it('SRC during a DMA ends it without DMAIF', () => {
    const bench = new DataSheetBench()
    bench.write16('EDMAND', 0x0fff)
    bench.write16('EDMADST', 0x1000)
    bench.set('ECON1', ECON1.DMAST)
    bench.run(10 * US)
    bench.spi([OP.SRC])
    bench.run(MS)
    expect(bench.read('ECON1')).toBe(0)
    expect(bench.read('EIR') & EIR.DMAIF).toBe(0)
  })

  it('after a reset the chip comes up again and both directions work', () => {
    const bench = linked()
    bench.deliverFrame()
    bench.reset()
    bench.configure()
    bench.until(() => bench.linkIsUp)
    bench.deliverFrame()
    expect(bench.receive()!.count).toBe(64)
    bench.transmit()
    expect(bench.wire.frames).toHaveLength(1)
  })
})

describe('power-save (16.3)', () => {
  function asleep(): DataSheetBench {
    const bench = linked()
    bench.clear('ECON1', ECON1.RXEN)
    bench.set('ECON2', ECON2.VRPS)
    bench.set('ECON2', ECON2.PWRSV)
    return bench
  }

  it('PWRSV clears CLKRDY at once', () => {
    expect(asleep().read('ESTAT') & ESTAT.CLKRDY).toBe(0)
  })

  it('leaving it takes 300 µs until CLKRDY', () => {
    const bench = asleep()
    bench.run(10 * MS)
    bench.clear('ECON2', ECON2.PWRSV)
    bench.run(299_999)
    expect(bench.read('ESTAT') & ESTAT.CLKRDY).toBe(0)
    bench.run(1)
    expect(bench.read('ESTAT') & ESTAT.CLKRDY).toBe(ESTAT.CLKRDY)
  })

  it('asleep again before that, the next 300 µs begin with the next waking', () => {
    const bench = asleep()
    bench.clear('ECON2', ECON2.PWRSV)
    bench.run(200 * US)
    bench.set('ECON2', ECON2.PWRSV)
    bench.run(50 * US)
    bench.clear('ECON2', ECON2.PWRSV)
    bench.run(299_999)
    expect(bench.read('ESTAT') & ESTAT.CLKRDY).toBe(0)
    bench.run(1)
    expect(bench.read('ESTAT') & ESTAT.CLKRDY).toBe(ESTAT.CLKRDY)
  })

  it('ETH registers and memory keep their content and can be used', () => {
    const bench = asleep()
    bench.fill(0x1000, [1, 2, 3])
    expect(bench.memory(0x1000, 3)).toEqual([1, 2, 3])
    expect(bench.read16('ERXND')).toBe(0x0bff)
    bench.write16('ERDPT', 0x0123)
    expect(bench.read16('ERDPT')).toBe(0x0123)
  })

  it('MAC and MII registers read 00h (24 item 32), and have kept their content afterwards', () => {
    const bench = asleep()
    expect(bench.read('MACON3')).toBe(0x00)
    expect(bench.read('MAADR3')).toBe(0x00)
    expect(bench.read('MISTAT')).toBe(0x00)
    bench.clear('ECON2', ECON2.PWRSV)
    bench.run(MS)
    expect(bench.read('MACON3')).toBe(0x33)
    expect(bench.read('MAADR3')).toBe(0xa3)
  })

  it('no link pulses are sent, and the link is gone', () => {
    const bench = asleep()
    bench.run(MS)
    const pulses = bench.wire.pulses.length
    bench.run(500 * MS)
    expect(bench.wire.pulses.length).toBe(pulses)
    bench.clear('ECON2', ECON2.PWRSV)
    bench.run(MS)
    expect(bench.linkIsUp).toBe(false)
    bench.run(200 * MS)
    expect(bench.linkIsUp).toBe(true)
    expect(bench.wire.pulses.length).toBeGreaterThan(pulses + 8)
  })

  it('it is deaf until RXEN is set again, then hears (20)', () => {
    const bench = asleep()
    bench.deliverFrame()
    bench.clear('ECON2', ECON2.PWRSV)
    bench.run(300 * MS)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.set('ECON1', ECON1.RXEN)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('works without VRPS as well', () => {
    const bench = linked()
    bench.set('ECON2', ECON2.PWRSV)
    expect(bench.read('ESTAT') & ESTAT.CLKRDY).toBe(0)
    bench.clear('ECON2', ECON2.PWRSV)
    bench.run(MS)
    expect(bench.read('ESTAT') & ESTAT.CLKRDY).toBe(ESTAT.CLKRDY)
  })
})

describe('supply current, typical (1)', () => {
  it('is 160 mA sending, 120 mA idle, 1.2 mA in power-save with VRPS, nothing without power', () => {
    const bench = linked()
    expect(bench.chip.supplyCurrent).toBe(120_000)
    bench.request()
    bench.run(20 * US)
    expect(bench.chip.supplyCurrent).toBe(160_000)
    bench.run(MS)
    expect(bench.chip.supplyCurrent).toBe(120_000)
    bench.clear('ECON1', ECON1.RXEN)
    bench.set('ECON2', ECON2.VRPS | ECON2.PWRSV)
    expect(bench.chip.supplyCurrent).toBe(1_200)
    bench.clear('ECON2', ECON2.VRPS)
    expect(bench.chip.supplyCurrent).toBe(2_000)
    bench.chip.powerOff()
    expect(bench.chip.supplyCurrent).toBe(0)
  })

  it('VRPS matters only while PWRSV is 1 (4.2)', () => {
    const bench = linked()
    bench.set('ECON2', ECON2.VRPS)
    expect(bench.chip.supplyCurrent).toBe(120_000)
  })
})
