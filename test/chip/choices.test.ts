/** The points that sections 24 and 26 leave open: the default is the one they name, and the other way can be had. */
import { describe, expect, it } from 'vitest'
import type { Choices } from '../../boards/chips/enc28j60/choices.js'
import { type Configuration, DataSheetBench, ECON1, EIR, ESTAT, linked, MS, OP, PHCON2, US } from './bench.js'
import { BROADCAST_STATION, body, CHIP, PEER } from './frames.js'
import { PHY } from './register-table.js'

/** Without choices made: the defaults of section 24. */
const chip = (choices?: Partial<Choices>) => new DataSheetBench(choices === undefined ? {} : { choices })
const up = (choices?: Partial<Choices>, configuration: Configuration = {}) =>
  linked(configuration, choices === undefined ? {} : { choices })
const to = (length: number) => body({ da: PEER, sa: CHIP, length })

describe('choices (24, 26)', () => {
  it('MISTAT bit 3 is set by the first MII read, as on silicon; or never, as reserved bits should be', () => {
    const status = (choices?: Partial<Choices>) => {
      const bench = chip(choices)
      bench.readPhy(PHY.PHID1)
      return bench.read('MISTAT')
    }
    expect(status()).toBe(0x08)
    expect(status({ readSetsReservedStatus: false })).toBe(0x00)
  })

  it('3: the dummy octet is 00h; another value, or a new one each time', () => {
    const dummy = (choices?: Partial<Choices>) => {
      const bench = chip(choices)
      bench.bank(3)
      return bench.spi([OP.RCR | 0x04], 2)[0]
    }
    expect(dummy()).toBe(0x00)
    expect(dummy({ dummyOctet: 0xa5 })).toBe(0xa5)
    const bench = chip({ dummyOctet: 'random' })
    bench.write('MAADR1', 0x5a)
    bench.bank(3)
    const reads = Array.from({ length: 50 }, () => bench.spi([OP.RCR | 0x04], 2))
    expect(new Set(reads.map(([first]) => first)).size).toBeGreaterThan(10)
    expect(new Set(reads.map(([, second]) => second))).toEqual(new Set([0x5a]))
  })

  it('1: BFS and BFC on a MAC register modify; or write the mask; or do nothing', () => {
    const found = (choices?: Partial<Choices>) => {
      const bench = chip(choices)
      bench.write('MACON3', 0xc1)
      bench.set('MACON3', 0x32)
      const set = bench.read('MACON3')
      bench.clear('MACON3', 0x02)
      return [set, bench.read('MACON3')]
    }
    expect(found()).toEqual([0xf3, 0xf1])
    expect(found({ bitFieldOnMac: 'write' })[0]).toBe(0x32)
    expect(found({ bitFieldOnMac: 'ignore' })).toEqual([0xc1, 0xc1])
  })

  it('26.2: a written 1 does not set a clear-only flag; or does', () => {
    const flags = (choices?: Partial<Choices>) => {
      const bench = chip(choices)
      bench.set('EIR', EIR.TXIF | EIR.TXERIF)
      return bench.read('EIR')
    }
    expect(flags()).toBe(0)
    expect(flags({ flagsWritable: true })).toBe(EIR.TXIF | EIR.TXERIF)
  })

  it('34: a cancelled DMA sets DMAIF; or not', () => {
    const flag = (choices?: Partial<Choices>) => {
      const bench = chip(choices)
      bench.write16('EDMAND', 0x0fff)
      bench.write16('EDMADST', 0x1000)
      bench.set('ECON1', ECON1.DMAST)
      bench.run(10 * US)
      bench.clear('ECON1', ECON1.DMAST)
      return bench.read('EIR') & EIR.DMAIF
    }
    expect(flag()).toBe(EIR.DMAIF)
    expect(flag({ dmaFlagOnCancel: false })).toBe(0)
  })

  it('19: a cancelled transmission sets TXIF and not TXABRT; each the other way', () => {
    const cancelled = (choices?: Partial<Choices>) => {
      const bench = up(choices)
      bench.request(to(1000))
      bench.run(100 * US)
      bench.clear('ECON1', ECON1.TXRTS)
      bench.run(MS)
      return [bench.read('EIR') & EIR.TXIF, bench.read('ESTAT') & ESTAT.TXABRT]
    }
    expect(cancelled()).toEqual([EIR.TXIF, 0])
    expect(cancelled({ transmitFlagOnCancel: false })).toEqual([0, 0])
    expect(cancelled({ abortOnCancel: true })).toEqual([EIR.TXIF, ESTAT.TXABRT])
  })

  it('11: TXRST leaves LATECOL; or clears it; never TXABRT', () => {
    const flags = (choices?: Partial<Choices>) => {
      const bench = up(choices, { duplex: 'half' })
      bench.wire.onStart = () => {
        bench.wire.onStart = undefined
        bench.scheduler.after(100 * US, () => bench.wire.send([], { bits: 96 }))
      }
      bench.transmit(to(400))
      bench.set('ECON1', ECON1.TXRST)
      bench.clear('ECON1', ECON1.TXRST)
      return bench.read('ESTAT') & (ESTAT.LATECOL | ESTAT.TXABRT)
    }
    expect(flags()).toBe(ESTAT.LATECOL | ESTAT.TXABRT)
    expect(flags({ transmitResetClearsLatecol: true })).toBe(ESTAT.TXABRT)
  })

  it('10: RXRST keeps EPKTCNT and ERXWRPT; or clears them', () => {
    const found = (choices?: Partial<Choices>) => {
      const bench = up(choices)
      bench.deliverFrame()
      bench.set('ECON1', ECON1.RXRST)
      bench.clear('ECON1', ECON1.RXRST)
      return [bench.read('EPKTCNT'), bench.read16('ERXWRPT')]
    }
    expect(found()).toEqual([1, 0x46])
    expect(found({ receiveResetClears: true })).toEqual([0, 0])
  })

  it('26.3: with an even ERXRDPT a packet may not fill the last octet; or may', () => {
    // 256 octets, one packet of 70: 186 are left up to RD = 0000h, one of them lost. 6 + 179 + 1 = 186
    const fits = (length: number, choices?: Partial<Choices>) => {
      const bench = up(choices, { filter: 0x20, fifo: [0x0000, 0x00ff], readPointer: 0x0000 })
      bench.deliverFrame({ length: 64 })
      bench.deliverFrame({ length })
      return bench.read('EPKTCNT') === 2
    }
    expect([fits(178), fits(179)]).toEqual([true, false])
    expect([fits(178, { receiveLimit: 'pointer' }), fits(179, { receiveLimit: 'pointer' })]).toEqual([true, true])
    expect(fits(181, { receiveLimit: 'pointer' })).toBe(false)
  })

  it('14: an overflow sets BUFER; or only RXERIF', () => {
    const flags = (choices?: Partial<Choices>) => {
      const bench = up(choices, { filter: 0x20, fifo: [0x0000, 0x003f] })
      bench.deliverFrame()
      return [bench.read('EIR') & EIR.RXERIF, bench.read('ESTAT') & ESTAT.BUFER]
    }
    expect(flags()).toEqual([EIR.RXERIF, ESTAT.BUFER])
    expect(flags({ overflowSetsBufer: false })).toEqual([EIR.RXERIF, 0])
  })

  it('15: ERXWRPT shows ERXST at once; or only with the next packet', () => {
    const pointer = (choices?: Partial<Choices>) => {
      const bench = up(choices, { fifo: [0x0400, 0x07ff] })
      const before = bench.read16('ERXWRPT')
      bench.deliverFrame()
      return [before, bench.read16('ERXWRPT')]
    }
    expect(pointer()).toEqual([0x0400, 0x0446])
    expect(pointer({ writePointerShowsStart: false })).toEqual([0x0000, 0x0446])
  })

  it('26.4: PADCFG appends an FCS although TXCRCEN is 0; or not', () => {
    const sent = (choices?: Partial<Choices>) => {
      const bench = up(choices, { macon3: 0x21 })
      bench.transmit(body({ da: PEER, sa: CHIP, payload: new Array<number>(28).fill(1) }))
      return bench.wire.frames[0].length
    }
    expect(sent()).toBe(64)
    expect(sent({ paddingAppendsCrc: false })).toBe(60)
  })

  it('17: a broadcast has RSV bit 25 alone; or bit 24 too', () => {
    const status = (choices?: Partial<Choices>) => {
      const bench = up(choices)
      bench.deliverFrame({ da: BROADCAST_STATION })
      return bench.receive()!.status >>> 8
    }
    expect(status() & 0x03).toBe(0x02)
    expect(status({ broadcastIsMulticast: true }) & 0x03).toBe(0x03)
  })

  it('26.10: the length check of the RSV, without FRMLNEN as chosen', () => {
    const checked = (macon3: number, choices?: Partial<Choices>) => {
      const bench = up(choices, { macon3 })
      bench.deliverFrame({ type: 47, length: 64 })
      return (bench.receive()!.status & 0x20) !== 0
    }
    expect(checked(0x33)).toBe(true)
    expect(checked(0x33, { lengthCheckAlways: true })).toBe(true)
    expect(checked(0x31, { lengthCheckAlways: true })).toBe(true)
    expect(checked(0x31, { lengthCheckAlways: false })).toBe(false)
  })

  it('26.8: a forced link is a link change for PHIR; or not', () => {
    const flag = (choices?: Partial<Choices>) => {
      const bench = chip(choices)
      bench.writePhy(PHY.PHIE, 0x0012)
      bench.readPhy(PHY.PHIR)
      bench.writePhy(PHY.PHCON2, PHCON2.FRCLNK)
      return bench.read('EIR') & EIR.LINKIF
    }
    expect(flag()).toBe(EIR.LINKIF)
    expect(flag({ forcedLinkInterrupts: false })).toBe(0)
  })

  it('26: EFLOCON goes back to 00 after a single pause frame; or stays', () => {
    const fcen = (choices?: Partial<Choices>) => {
      const bench = up(choices)
      bench.write('EFLOCON', 0x01)
      bench.run(300 * MS)
      return [bench.wire.frames.length, bench.read('EFLOCON') & 0x03]
    }
    expect(fcen()).toEqual([1, 0])
    expect(fcen({ oneShotPauseClears: false })).toEqual([1, 1])
  })

  it('27: pause frames every half of EPAUS; or another share', () => {
    const gap = (choices?: Partial<Choices>) => {
      const bench = up(choices)
      bench.write('EFLOCON', 0x02)
      bench.run(500 * MS)
      return Math.round((bench.wire.heard[1].start - bench.wire.heard[0].start) / MS)
    }
    expect(gap()).toBe(105)
    expect(gap({ pausePeriod: 0.25 })).toBe(52)
  })

  it('22: the revision nibble of PHID2 is 0; or another', () => {
    expect(chip().readPhy(PHY.PHID2)).toBe(0x1400)
    expect(chip({ phyRevision: 3 }).readPhy(PHY.PHID2)).toBe(0x1403)
  })

  it('21: how many link pulses in a row bring the link', () => {
    const found = (choices?: Partial<Choices>) => {
      const bench = chip(choices)
      const began = bench.now
      bench.wire.startPulses()
      while (!bench.linkIsUp) bench.run(MS)
      return (bench.now - began) / MS
    }
    expect(found({ linkTestCount: 10 }) - found({ linkTestCount: 3 })).toBeGreaterThan(7 * 16 - 3)
    expect(found({ linkTestCount: 10 }) - found({ linkTestCount: 3 })).toBeLessThan(7 * 16 + 3)
  })
})
