import { describe, expect, it } from 'vitest'
import { errataOf } from '../../boards/chips/enc28j60/errata.js'
import { type DataSheetBench, erratum } from './bench.js'
import { DriverBus } from './driver-bus.js'
import { type Driver, trial } from './driver-trial.js'
import { PHY } from './register-table.js'

const MS = 1_000_000

/** 19.2: FIFO 0000-0BFF, transmit buffer 0C00-11FF, MAMXFL 1500, even ERXRDPT at the start, BFS on MACON3. */
class EtherCard implements Driver {
  readonly bus: DriverBus
  #next = 0
  revision = 0

  constructor(bench: DataSheetBench) {
    this.bus = new DriverBus(bench, 'cached')
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    bus.spi([0xff, 0xff])
    bus.forgetBank(0) // it trusts the reset to have selected bank 0
    bus.wait(2 * MS)
    bus.poll(() => (bus.rcr('ESTAT') & 0x01) !== 0)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXRDPT', 0x0000)
    bus.wcr16('ERXND', 0x0bff)
    bus.wcr16('ETXST', 0x0c00)
    bus.wcr16('ETXND', 0x11ff)
    bus.writePhy(PHY.PHLCON, 0x0476)
    bus.wcr('ERXFCON', 0xb1)
    bus.wcr('EPMM0', 0x3f)
    bus.wcr('EPMM1', 0x30)
    bus.wcr16('EPMCS', 0xf7f9)
    bus.wcr('MACON1', 0x01)
    bus.bfs('MACON3', 0x32)
    bus.wcr('MAIPGL', 0x12)
    bus.wcr('MAIPGH', 0x0c)
    bus.wcr('MABBIPG', 0x12)
    bus.wcr16('MAMXFL', 0x05dc)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    bus.writePhy(PHY.PHCON2, 0x0100)
    bus.bfs('EIE', 0xc0)
    bus.bfs('ECON1', 0x04)
    this.revision = bus.rcr('EREVID')
  }

  /** readPhyByte: the high octet of MIRD alone. */
  get linkUp(): boolean {
    const { bus } = this
    bus.wcr('MIREGADR', PHY.PHSTAT2)
    bus.wcr('MICMD', 0x01)
    bus.poll(() => (bus.rcr('MISTAT') & 0x01) === 0)
    bus.wcr('MICMD', 0x00)
    return ((bus.rcr('MIRDH') >> 2) & 1) === 1
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    bus.wcr16('ERDPT', this.#next)
    const header = bus.rbm(6)
    this.#next = header[0] | (header[1] << 8)
    const length = (header[2] | (header[3] << 8)) - 4
    const octets = (header[4] & 0x80) === 0 ? [] : bus.rbm(length) // no new ERDPT: the pointer goes on
    bus.wcr16('ERXRDPT', this.#next === 0 ? 0x0bff : this.#next - 1)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    bus.wcr16('EWRPT', 0x0c00)
    bus.wbm([0x00, ...octets])
    bus.wcr16('ETXND', 0x0c00 + octets.length)
    for (let attempt = 0; attempt < 16; attempt++) {
      bus.bfs('ECON1', 0x80)
      bus.bfc('ECON1', 0x80)
      bus.bfc('EIR', 0x0a)
      bus.bfs('ECON1', 0x08)
      bus.poll(() => (bus.rcr('EIR') & 0x0a) !== 0, 1_000)
      if ((bus.rcr('EIR') & 0x02) === 0 && (bus.rcr('ECON1') & 0x08) === 0) return true
      bus.bfc('ECON1', 0x08)
      bus.wcr16('ERDPT', bus.rcr16('ETXND') + 1)
      if ((bus.rbm(7)[3] & 0x20) === 0) return false
    }
    return false
  }
}

/** 19.3: FIFO 0000-07FF, packets in a pool above it, header octet by octet, DMA copies, PKTDEC before the data. */
class UipEthernet implements Driver {
  readonly bus: DriverBus
  #next = 0
  revision = 0

  constructor(bench: DataSheetBench) {
    this.bus = new DriverBus(bench, 'cached')
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    bus.wait(MS)
    bus.forgetBank()
    this.revision = bus.rcr('EREVID') // before any reset
    bus.spi([0xff, 0xff])
    bus.forgetBank(0)
    bus.wait(52 * MS)
    bus.poll(() => bus.rcr('ESTAT') !== 0, 15, 10 * MS)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXRDPT', 0x0000)
    bus.wcr16('ERXND', 0x07ff)
    bus.writePhy(PHY.PHLCON, 0x0476)
    bus.wcr('ERXFCON', 0xb1)
    bus.wcr('EPMM0', 0x3f)
    bus.wcr('EPMM1', 0x30)
    bus.wcr16('EPMCS', 0xf7f9)
    bus.wcr('MACON1', 0x0d)
    bus.spi([0x41, 0x00]) // the high half of "MACON1" as a pair: bank 2 address 01h
    bus.bfs('MACON3', 0x32)
    bus.wcr('MAIPGL', 0x12)
    bus.wcr('MAIPGH', 0x0c)
    bus.wcr('MABBIPG', 0x12)
    bus.wcr16('MAMXFL', 0x05dc)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    bus.writePhy(PHY.PHCON2, 0x0100)
    bus.bfs('EIE', 0xc0)
    bus.bfs('ECON1', 0x04)
  }

  /** Copies inside the chip; one octet goes by RBM and WBM, for the DMA would overwrite everything. */
  #copy(to: number, from: number, length: number): void {
    const { bus } = this
    if (length === 1) {
      bus.wcr16('ERDPT', from)
      bus.wcr16('EWRPT', to)
      bus.wbm(bus.rbm(1))
      return
    }
    bus.wcr16('EDMAST', from)
    bus.wcr16('EDMADST', to)
    const end = from + length - 1
    bus.wcr16('EDMAND', from <= 0x07ff && end > 0x07ff ? end - 0x0800 : end)
    bus.bfc('ECON1', 0x10)
    bus.bfs('ECON1', 0x20)
    bus.poll(() => (bus.rcr('ECON1') & 0x20) === 0, undefined, MS)
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    const at = this.#next
    bus.wcr16('ERDPT', at)
    const header = Array.from({ length: 5 }, () => bus.rbm(1)[0])
    this.#next = header[0] | (header[1] << 8)
    const length = (header[2] | (header[3] << 8)) - 4
    bus.bfs('ECON2', 0x40) // before the data
    if ((header[4] & 0x80) === 0) return []
    // into the pool by DMA, then out of it
    const start = at + 6 > 0x07ff ? at + 6 - 0x0800 : at + 6
    this.#copy(0x0800, start, length - 1)
    const last = start + length - 1
    this.#copy(0x0800 + length - 1, last > 0x07ff ? last - 0x0800 : last, 1)
    bus.wcr16('ERDPT', 0x0800)
    const octets = bus.rbm(length)
    bus.wcr16('ERXRDPT', this.#next === 0 ? 0x07ff : this.#next - 1)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    const start = 0x1000
    const end = start + octets.length
    bus.wcr16('EWRPT', start)
    bus.wbm([0x00, ...octets])
    bus.wcr16('ETXST', start)
    bus.wcr16('ETXND', end)
    for (let attempt = 0; attempt < 10; attempt++) {
      bus.bfs('ECON1', 0x80)
      bus.bfc('ECON1', 0x80)
      bus.bfc('EIR', 0x0a)
      bus.bfs('ECON1', 0x08)
      bus.poll(() => (bus.rcr('EIR') & 0x0a) !== 0) // without a limit
      const failed = (bus.rcr('EIR') & 0x02) !== 0
      bus.bfc('ECON1', 0x08)
      bus.wcr16('ERDPT', end + 4)
      const late = (bus.rbm(1)[0] & 0x20) !== 0
      if (!failed) return true
      if (!late) return false
    }
    return false
  }
}

describe('EtherCard (19.2)', () => {
  it('comes up, receives and sends', () => {
    trial((bench) => new EtherCard(bench), { maximum: 1500 })
  })

  it('reads the link from the high octet of PHSTAT2 and the revision last', () => {
    let driver: EtherCard | undefined
    trial(
      (bench) => {
        driver = new EtherCard(bench)
        return driver
      },
      { maximum: 1500 },
    )
    expect(driver!.linkUp).toBe(true)
    expect(driver!.revision).toBe(0x06)
  })

  it.each(['B1', 'B4', 'B5', 'B7'] as const)(
    'comes up on silicon %s, link pulses taken as collisions aside',
    (revision) => {
      trial((bench) => new EtherCard(bench), {
        maximum: 1500,
        options: { revision, errata: errataOf(revision, { [erratum(13)]: false }), seed: 6 },
      })
    },
  )

  it('its bring-up breaks rules, and the chip says which (19.8, 20)', () => {
    const bench = trial((chip) => new EtherCard(chip), { maximum: 1500 })
    const ids = new Set(bench.chip.findings.map(({ id }) => id))
    for (const id of ['octets-after-data', 'bit-field-on-mac-register', 'phy-reserved-bit']) expect(ids).toContain(id)
  })
})

describe('UIPEthernet (19.3)', () => {
  it('comes up, receives by DMA and sends', () => {
    trial((bench) => new UipEthernet(bench), { maximum: 1500 })
  })

  it('reads EREVID before the reset', () => {
    let driver: UipEthernet | undefined
    trial(
      (bench) => {
        driver = new UipEthernet(bench)
        return driver
      },
      { maximum: 1500 },
    )
    expect(driver!.revision).toBe(0x06)
  })

  it('goes on when CLKRDY never comes: 150 ms, a log line, and no packets', () => {
    expect(() => trial((bench) => new UipEthernet(bench), { maximum: 1500, options: { crystal: false } })).toThrow()
  })
})
