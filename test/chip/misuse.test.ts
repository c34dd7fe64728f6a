import { describe, expect, it } from 'vitest'
import type { FindingId } from '../../boards/chips/enc28j60/finding-rules.js'
import type { Finding } from '../../boards/chips/enc28j60/findings.js'
import { DataSheetBench, ECON1, ECON2, erratum, linked, MACON1, MS, OP, PHCON1, US } from './bench.js'
import { body, CHIP, PEER } from './frames.js'
import { PHY } from './register-table.js'

/** What `act` makes the chip find; a good bring-up beforehand is part of the test: it must find nothing. */
function findings(
  act: (bench: DataSheetBench) => void,
  make: () => DataSheetBench = () => linked(),
): readonly Finding[] {
  const bench = make()
  const before = bench.chip.findings.length
  act(bench)
  return bench.chip.findings.slice(before)
}

const ids = (found: readonly Finding[]) => found.map(({ id }) => id)

describe('misuse is a finding', () => {
  it.each<[string, FindingId, (bench: DataSheetBench) => void]>([
    ['BFS on a MAC register (2.3)', 'bit-field-on-mac-register', (bench) => bench.set('MACON3', 0x02)],
    ['BFC on a MII register (2.3)', 'bit-field-on-mac-register', (bench) => bench.clear('MICMD', 0x01)],
    ['RCR of address 1Ah (3)', 'address-1a', (bench) => bench.spi([0x1a], 1)],
    ['WCR to address 1Ah (3)', 'address-1a', (bench) => bench.spi([0x5a, 0x00])],
    ['opcode 110 (2.2)', 'invalid-instruction', (bench) => bench.spi([0xc0, 0x00])],
    ['opcode 001 with another argument (2.2)', 'invalid-instruction', (bench) => bench.spi([0x20], 1)],
    [
      'a MAC register read in two octets (2.3)',
      'missing-dummy-octet',
      (bench) => {
        bench.bank(3)
        bench.spi([OP.RCR | 0x04], 1)
      },
    ],
    ['WCR without its data octet (2.3)', 'incomplete-instruction', (bench) => bench.spi([OP.WCR | 0x1b])],
    ['WCR with two data octets (2.3)', 'octets-after-data', (bench) => bench.spi([OP.WCR | 0x1b, 0x00, 0x00])],
    ['two octets FFh under one chip select (19.8)', 'octets-after-data', (bench) => bench.spi([0xff, 0xff])],
    ['reserved bit 2 of EIE (4.4)', 'reserved-bit', (bench) => bench.write('EIE', 0x04)],
    ['reserved bit 4 of ECON2 (4.2)', 'reserved-bit', (bench) => bench.set('ECON2', 0x10)],
    ['reserved bit 4 of MACON1 (4.6)', 'reserved-bit', (bench) => bench.write('MACON1', 0x1d)],
    ['reserved bits of MACON4 (4.8)', 'reserved-bit', (bench) => bench.write('MACON4', 0x03)],
    [
      'bank 2 address 01h, once MACON2 (3.4)',
      'reserved-register',
      (bench) => {
        bench.bank(2)
        bench.spi([OP.WCR | 0x01, 0x01])
      },
    ],
    [
      'a write to an unimplemented address (3)',
      'unimplemented-register',
      (bench) => {
        bench.bank(0)
        bench.spi([OP.WCR | 0x18, 0x01])
      },
    ],
    ['a write to ERXWRPT (3.2)', 'read-only-register', (bench) => bench.write('ERXWRPTL', 0x10)],
    [
      'MAC access in power-save (16.3)',
      'mac-access-asleep',
      (bench) => {
        bench.clear('ECON1', ECON1.RXEN)
        bench.set('ECON2', ECON2.PWRSV)
        bench.read('MACON3')
      },
    ],
    [
      'SRC in power-save (6)',
      'reset-while-asleep',
      (bench) => {
        bench.clear('ECON1', ECON1.RXEN)
        bench.set('ECON2', ECON2.PWRSV)
        bench.spi([OP.SRC])
      },
    ],
    ['PWRSV with RXEN 1 (16.3)', 'sleep-while-busy', (bench) => bench.set('ECON2', ECON2.PWRSV)],
    [
      'TXRST left on (11.3)',
      'transmit-while-in-reset',
      (bench) => {
        bench.set('ECON1', ECON1.TXRST)
        bench.load()
        bench.set('ECON1', ECON1.TXRTS)
      },
    ],
    [
      'RXRST left on',
      'receive-while-in-reset',
      (bench) => {
        bench.set('ECON1', ECON1.RXRST)
        bench.set('ECON1', ECON1.RXEN)
      },
    ],
    ['PKTDEC at 0 (8.5)', 'packet-count-below-zero', (bench) => bench.set('ECON2', ECON2.PKTDEC)],
    ['ERXRDPT 1FFFh, from -1 (19.2)', 'read-pointer-outside-fifo', (bench) => bench.write16('ERXRDPT', 0xffff)],
    ['ERXND written while receiving (8.1)', 'fifo-changed-while-receiving', (bench) => bench.write16('ERXND', 0x07ff)],
    [
      'FULDPX against PDPXMD (10)',
      'duplex-disagreement',
      (bench) => {
        bench.clear('ECON1', ECON1.RXEN)
        bench.write('MACON3', 0x32)
        bench.set('ECON1', ECON1.RXEN)
        bench.transmit()
      },
    ],
    [
      'RXEN without MARXEN (8.1)',
      'receive-without-marxen',
      (bench) => {
        bench.clear('ECON1', ECON1.RXEN)
        bench.write('MACON1', 0x0c)
        bench.set('ECON1', ECON1.RXEN)
      },
    ],
    [
      'ETXND not after ETXST (11.1)',
      'no-payload',
      (bench) => {
        bench.write16('ETXST', 0x0d00)
        bench.write16('ETXND', 0x0c00)
        bench.set('ECON1', ECON1.TXRTS)
      },
    ],
    [
      'a status vector that runs into the FIFO (11.1)',
      'status-vector-in-fifo',
      (bench) => {
        bench.load(body({ da: PEER, sa: CHIP }), 0x00, 0x1fc1)
        bench.set('ECON1', ECON1.TXRTS)
        bench.untilSent()
      },
    ],
    [
      'SPI writes to the frame that is being sent (11.3)',
      'buffer-changed-while-sending',
      (bench) => {
        bench.request(body({ da: PEER, sa: CHIP, length: 1000 }))
        bench.run(100 * US)
        bench.fill(0x0c10, [1])
      },
    ],
    [
      'ETXND written while sending (11.3)',
      'transmit-pointer-changed',
      (bench) => {
        bench.request(body({ da: PEER, sa: CHIP, length: 1000 }))
        bench.run(100 * US)
        bench.write16('ETXND', 0x1000)
      },
    ],
    [
      'padding without TXCRCEN (4.7)',
      'padding-without-crc',
      (bench) => {
        bench.write('MACON3', 0x23)
        bench.transmit()
      },
    ],
    [
      'MIWRH while BUSY (5.3)',
      'mii-busy',
      (bench) => {
        bench.write('MIREGADR', PHY.PHCON2)
        bench.write('MIWRL', 0)
        bench.write('MIWRH', 0)
        bench.write('MIWRH', 0)
      },
    ],
    [
      'MIIRD while scanning (5.3)',
      'mii-scanning',
      (bench) => {
        bench.write('MIREGADR', PHY.PHSTAT2)
        bench.write('MICMD', 0x02)
        bench.run(20 * US)
        bench.write('MICMD', 0x03)
      },
    ],
    [
      'MIRD read before BUSY is 0 (5.3)',
      'mii-read-too-soon',
      (bench) => {
        bench.write('MIREGADR', PHY.PHID1)
        bench.write('MICMD', 0x01)
        bench.read('MIRDL')
      },
    ],
    [
      'a DMA copy of one octet (14.1)',
      'dma-without-end',
      (bench) => {
        bench.write16('EDMAST', 0x1000)
        bench.write16('EDMAND', 0x1000)
        bench.set('ECON1', ECON1.DMAST)
      },
    ],
    [
      'an EDMAND that cannot be reached (14.1)',
      'dma-without-end',
      (bench) => {
        bench.write16('EDMAST', 0x0800)
        bench.write16('EDMAND', 0x1000)
        bench.set('ECON1', ECON1.DMAST)
      },
    ],
    [
      'a DMA checksum while RXBUSY (erratum 17)',
      'checksum-while-receiving',
      (bench) => {
        bench.wire.send(new Array<number>(200).fill(0))
        bench.run(20 * US)
        bench.write16('EDMAND', 0x0010)
        bench.set('ECON1', ECON1.CSUMEN | ECON1.DMAST)
      },
    ],
    ['BISTST without TME (15)', 'bist-without-test-mode', (bench) => bench.write('EBSTCON', 0x05)],
    ['TMSEL 11b (4.10)', 'bist-reserved-mode', (bench) => bench.write('EBSTCON', 0x0f)],
    [
      'TME left set (15)',
      'test-mode-in-use',
      (bench) => {
        bench.write('EBSTCON', 0x02)
        bench.load()
        bench.set('ECON1', ECON1.TXRTS)
      },
    ],
    [
      'pause frames without TXPAUS (12.4)',
      'pause-without-txpaus',
      (bench) => {
        bench.write('MACON1', MACON1.MARXEN)
        bench.write('EFLOCON', 0x02)
      },
    ],
    [
      'MAMXFL changed while sending (11.3)',
      'mac-changed-while-sending',
      (bench) => {
        bench.request(body({ da: PEER, sa: CHIP, length: 1000 }))
        bench.run(100 * US)
        bench.write16('MAMXFL', 1500)
      },
    ],
    ['BISTST while RXEN is 1 (15)', 'bist-while-busy', (bench) => bench.write('EBSTCON', 0x07)],
    ['PDPXMD changed while receiving (12.1)', 'duplex-changed-while-active', (bench) => bench.writePhy(PHY.PHCON1, 0)],
    ['FULDPX changed while receiving (12.1)', 'duplex-changed-while-active', (bench) => bench.write('MACON3', 0x32)],
    [
      'a gap shorter than 9.6 µs: MABBIPG left at 00h (4.9)',
      'gap-not-programmed',
      (bench) => {
        bench.reset()
        bench.run(300 * MS)
        bench.write('MACON3', 0x32)
        bench.request()
      },
    ],
    [
      'a DMA pointer written while it runs (14.1)',
      'dma-changed-while-running',
      (bench) => {
        bench.write16('EDMAST', 0x1000)
        bench.write16('EDMAND', 0x10ff)
        bench.write16('EDMADST', 0x1200)
        bench.set('ECON1', ECON1.DMAST)
        bench.run(US)
        bench.write('EDMADSTL', 0x10)
      },
    ],
    [
      'CSUMEN changed while a DMA runs (14.1)',
      'dma-changed-while-running',
      (bench) => {
        bench.write16('EDMAST', 0x1000)
        bench.write16('EDMAND', 0x10ff)
        bench.write16('EDMADST', 0x1200)
        bench.set('ECON1', ECON1.DMAST)
        bench.run(US)
        bench.set('ECON1', ECON1.CSUMEN)
      },
    ],
    ['an odd EPMO (17.2)', 'odd-pattern-offset', (bench) => bench.write16('EPMO', 0x0007)],
    ['a reserved CLKOUT divider (16.1)', 'clkout-reserved', (bench) => bench.write('ECOCON', 0x06)],
    ['a reserved LED code (16.2)', 'led-reserved', (bench) => bench.writePhy(PHY.PHLCON, 0x3622)],
    ['LFRQ 11b (5.2)', 'led-reserved', (bench) => bench.writePhy(PHY.PHLCON, 0x342e)],
    [
      'a TXIF of the last frame left set (19.5)',
      'stale-transmit-flags',
      (bench) => {
        bench.set('EIE', 0x08)
        bench.transmit()
        bench.set('ECON1', ECON1.TXRTS)
      },
    ],
    [
      'an odd ERXST (7)',
      'fifo-alignment',
      (bench) => {
        bench.clear('ECON1', ECON1.RXEN)
        bench.write16('ERXST', 0x0001)
        bench.set('ECON1', ECON1.RXEN)
      },
    ],
    [
      'an even ERXND (7)',
      'fifo-alignment',
      (bench) => {
        bench.clear('ECON1', ECON1.RXEN)
        bench.write16('ERXND', 0x0bfe)
        bench.set('ECON1', ECON1.RXEN)
      },
    ],
    [
      'a reserved bit of PHCON1 (5.2)',
      'phy-reserved-bit',
      (bench) => bench.writePhy(PHY.PHCON1, PHCON1.PDPXMD | 0x0400),
    ],
    ['PHLCON 13:12 written 00 (16.2)', 'phy-reserved-bit', (bench) => bench.writePhy(PHY.PHLCON, 0x0476)],
    ['a PHY register that is not there (5.1)', 'phy-unimplemented-register', (bench) => bench.writePhy(0x05, 0x0000)],
  ])('%s: %s', (_name, id, act) => {
    expect(ids(findings(act))).toContain(id)
  })

  it.each<[string, FindingId, (bench: DataSheetBench) => void]>([
    ['MAC access before CLKRDY (6)', 'mac-access-before-clkrdy', (bench) => bench.write('MACON3', 0x32)],
    ['RXEN before CLKRDY (6)', 'enable-before-clkrdy', (bench) => bench.set('ECON1', ECON1.RXEN)],
    ['TXRTS before CLKRDY (6)', 'enable-before-clkrdy', (bench) => bench.set('ECON1', ECON1.TXRTS)],
  ])('%s: %s', (_name, id, act) => {
    const found = findings(act, () => {
      const bench = new DataSheetBench({ off: true })
      bench.chip.powerOn()
      return bench
    })
    expect(ids(found)).toContain(id)
  })

  it('even ERXRDPT, on a chip with erratum 14 only', () => {
    const act = (bench: DataSheetBench) => bench.write16('ERXRDPT', 0x0100)
    expect(ids(findings(act, () => linked({}, { errata: { [erratum(14)]: true } })))).toContain('even-read-pointer')
    expect(findings(act)).toEqual([])
    for (const revision of ['B1', 'B4', 'B5', 'B7'] as const) {
      const silicon = () => linked({}, { revision, errata: 'silicon' })
      expect(ids(findings(act, silicon))).toContain('even-read-pointer')
    }
  })

  it('a FIFO not at 0000h, on a chip with erratum 5 only', () => {
    const act = (bench: DataSheetBench) => {
      bench.clear('ECON1', ECON1.RXEN)
      bench.write16('ERXST', 0x0100)
      bench.set('ECON1', ECON1.RXEN)
    }
    expect(ids(findings(act, () => linked({}, { errata: { [erratum(5)]: true } })))).toContain('fifo-not-at-zero')
    expect(findings(act)).toEqual([])
  })

  it('PMEN with another filter in OR logic, on a chip with erratum 18 only', () => {
    const act = (bench: DataSheetBench) => bench.write('ERXFCON', 0xb1)
    const silicon = () => linked({}, { errata: { [erratum(18)]: true } })
    expect(ids(findings(act, silicon))).toContain('pattern-with-other-filters')
    expect(findings(act)).toEqual([])
    expect(findings((bench) => bench.write('ERXFCON', 0x30), silicon)).toEqual([])
    expect(findings((bench) => bench.write('ERXFCON', 0xf1), silicon)).toEqual([])
  })

  it.each([
    ['ends at 1FFFh', 0x1ff8, false],
    ['ends at 0000h, in the FIFO', 0x1ff9, true],
    ['begins at 0000h', 0x1fff, true],
    ['begins after ERXND', 0x0bff, false],
    ['begins at ERXND', 0x0bfe, true],
  ])('a status vector that %s', (_name, end, expected) => {
    const found = findings((bench) => {
      bench.load(body({ da: PEER, sa: CHIP }), 0x00, end - 60)
      bench.set('ECON1', ECON1.TXRTS)
      bench.untilSent()
    })
    expect(ids(found).includes('status-vector-in-fifo')).toBe(expected)
  })

  it.each([
    ['in', 0x0100, true],
    ['in', 0x1f00, true],
    ['outside', 0x0400, false],
  ])('a status vector %s a FIFO that spans 1FFFh, at %i', (_name, at, expected) => {
    const spanning = () => linked({ fifo: [0x1e00, 0x01ff] })
    const found = findings((bench) => {
      bench.load(body({ da: PEER, sa: CHIP }), 0x00, at - 61)
      bench.set('ECON1', ECON1.TXRTS)
      bench.untilSent()
    }, spanning)
    expect(ids(found).includes('status-vector-in-fifo')).toBe(expected)
  })

  it('PHY access within 50 µs of a reset (6)', () => {
    expect(
      ids(
        findings((bench) => {
          bench.spi([OP.SRC])
          bench.run(20 * US)
          bench.readPhy(PHY.PHID1)
        }),
      ),
    ).toContain('phy-too-soon-after-reset')
  })

  it('PHY access within 50 µs of the RESET pin (6)', () => {
    const found = (wait: number) =>
      ids(
        findings((bench) => {
          bench.chip.setResetPin(false)
          bench.run(US)
          bench.chip.setResetPin(true)
          bench.run(wait)
          bench.readPhy(PHY.PHID1)
        }),
      )
    expect(found(20 * US)).toContain('phy-too-soon-after-reset')
    expect(found(50 * US)).toEqual([])
  })

  it('and 50 µs after it is soon enough', () => {
    expect(
      findings((bench) => {
        bench.spi([OP.SRC])
        bench.run(50 * US)
        bench.readPhy(PHY.PHID1)
      }),
    ).toEqual([])
  })

  it('RESET low for less than 400 ns, and pulses closer than 2 µs (6)', () => {
    expect(
      ids(
        findings((bench) => {
          bench.chip.setResetPin(false)
          bench.run(300)
          bench.chip.setResetPin(true)
        }),
      ),
    ).toContain('reset-pulse-too-short')
    expect(
      ids(
        findings((bench) => {
          for (let i = 0; i < 2; i++) {
            bench.chip.setResetPin(false)
            bench.run(500)
            bench.chip.setResetPin(true)
            bench.run(1_000)
          }
        }),
      ),
    ).toContain('reset-pulses-too-close')
  })
})

/** Rules of section 2.1 that need to know the bus: SCK above 20 MHz, CS hold below 210 ns on a MAC register. */
describe('misuse of the bus (2.1)', () => {
  const onBus = (spiClock: number, csHold: number | undefined, act: (bench: DataSheetBench) => void) =>
    findings((bench) => {
      bench.chip.spiClock = spiClock
      bench.chip.csHold = csHold
      act(bench)
    })

  it('SCK above 20 MHz is a finding, 20 MHz is none', () => {
    expect(onBus(20_000_001, undefined, (bench) => bench.read('ESTAT'))).not.toEqual([])
    expect(onBus(20_000_000, undefined, (bench) => bench.read('ESTAT'))).toEqual([])
  })

  it('CS hold below 210 ns on a MAC register is a finding, on an ETH register 10 ns will do', () => {
    expect(onBus(8_000_000, 100, (bench) => bench.read('MACON3'))).not.toEqual([])
    expect(onBus(8_000_000, 210, (bench) => bench.read('MACON3'))).toEqual([])
    expect(onBus(8_000_000, 10, (bench) => bench.read('ERDPTL'))).toEqual([])
  })

  it('SCK below 8 MHz with MAC access is a finding on B1 and B4 only (erratum 1)', () => {
    const act = (bench: DataSheetBench) => bench.read('MACON3')
    const found = (revision: 'B1' | 'B7') =>
      findings(
        (bench) => {
          bench.chip.spiClock = 4_000_000
          act(bench)
        },
        () => linked({}, { revision, errata: 'silicon' }),
      )
    expect(found('B1')).not.toEqual([])
    expect(found('B7')).toEqual([])
  })
})

describe('a finding', () => {
  it('carries its name, the time, the octets, the rule and where it is written', () => {
    const heard: Finding[] = []
    const bench = linked()
    bench.chip.onFinding((finding) => heard.push(finding))
    bench.bank(2)
    bench.run(12_345)
    bench.spi([OP.BFS | 0x02, 0x02])
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ id: 'bit-field-on-mac-register', at: bench.now })
    expect([...heard[0].octets]).toEqual([0x82, 0x02])
    expect(heard[0].rule.length).toBeGreaterThan(10)
    expect(heard[0].source).toMatch(/DS39662|DS80349/)
    expect(bench.chip.findings.at(-1)).toEqual(heard[0])
  })

  it('never changes what the chip does', () => {
    const bench = linked()
    bench.set('MACON3', 0x04)
    expect(bench.read('MACON3')).toBe(0x37)
  })

  it('is not made by the reference bring-up of section 18, by traffic both ways, or by power-save done right', () => {
    for (const duplex of ['half', 'full'] as const) {
      const bench = linked({ duplex })
      for (let i = 0; i < 5; i++) {
        bench.deliverFrame({ length: 64 + i * 200 })
        bench.receive()
        bench.transmit(body({ da: PEER, sa: CHIP, length: 64 + i * 200 }))
      }
      bench.clear('ECON1', ECON1.RXEN)
      bench.set('ECON2', ECON2.VRPS)
      bench.set('ECON2', ECON2.PWRSV)
      bench.run(MS)
      bench.clear('ECON2', ECON2.PWRSV)
      bench.run(MS)
      bench.reset()
      expect(ids(bench.chip.findings)).toEqual([])
    }
  })
})
