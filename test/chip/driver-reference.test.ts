/** The bring-up and the loops of section 18, with every published workaround, on every silicon with all its errata. */
import { describe, expect, it } from 'vitest'
import type { DataSheetBench } from './bench.js'
import { DriverBus } from './driver-bus.js'
import { type Driver, trial } from './driver-trial.js'
import { PHY } from './register-table.js'

const MS = 1_000_000
const RX_END = 0x0bff
const TX_START = 0x0c00

class Reference implements Driver {
  readonly bus: DriverBus
  #next = 0

  constructor(
    bench: DataSheetBench,
    readonly full: boolean,
  ) {
    this.bus = new DriverBus(bench, 'cached')
  }

  initialise(address: readonly number[]): void {
    const { bus, full } = this
    bus.bfc('ECON2', 0x20)
    bus.wait(MS)
    bus.spi([0xff])
    bus.forgetBank(0)
    bus.wait(MS)
    if (!bus.poll(() => (bus.rcr('ESTAT') & 0x09) === 0x01, 100)) throw new Error('no clock')
    if (![2, 4, 5, 6].includes(bus.rcr('EREVID'))) throw new Error('no chip')
    this.#fifo()
    bus.wcr16('ETXST', TX_START)
    bus.wcr('ERXFCON', 0xa1)
    bus.wcr('MACON1', full ? 0x0d : 0x01)
    bus.wcr('MACON3', full ? 0x33 : 0x32)
    if (!full) bus.wcr('MACON4', 0x40)
    bus.wcr('MABBIPG', full ? 0x15 : 0x12)
    bus.wcr('MAIPGL', 0x12)
    if (!full) bus.wcr('MAIPGH', 0x0c)
    bus.wcr16('MAMXFL', 0x05ee)
    for (let i = 0; i < 6; i++) {
      bus.wcr(`MAADR${i + 1}`, address[i])
      expect(bus.rcr(`MAADR${i + 1}`)).toBe(address[i])
    }
    bus.writePhy(PHY.PHCON1, full ? 0x0100 : 0x0000)
    bus.writePhy(PHY.PHCON2, full ? 0x0000 : 0x0100)
    bus.writePhy(PHY.PHLCON, 0x3476)
    bus.writePhy(PHY.PHIE, 0x0012)
    bus.bfc('EIR', 0x2b)
    bus.wcr('EIE', 0xdb)
    bus.bfs('ECON1', 0x04)
  }

  #fifo(): void {
    const { bus } = this
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXND', RX_END)
    bus.wcr16('ERXRDPT', RX_END)
    bus.wcr16('ERDPT', 0x0000)
    this.#next = 0
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    bus.wcr16('ERDPT', this.#next)
    const header = bus.rbm(6)
    const next = header[0] | (header[1] << 8)
    const count = header[2] | (header[3] << 8)
    const sane = next <= RX_END && (next & 1) === 0 && (header[5] & 0x80) === 0 && (header[4] & 0x80) !== 0
    if (!sane || count < 18 || count > 1518) throw new Error('the receive buffer is corrupt')
    const octets = bus.rbm(count - 4)
    this.#next = next
    bus.wcr16('ERXRDPT', next === 0 ? RX_END : next - 1)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    bus.wcr16('EWRPT', TX_START)
    bus.wbm([0x00, ...octets])
    const end = TX_START + octets.length
    bus.wcr16('ETXND', end)
    for (let attempt = 0; attempt < 16; attempt++) {
      bus.bfs('ECON1', 0x80)
      bus.bfc('ECON1', 0x80)
      bus.bfc('EIR', 0x0a)
      bus.bfs('ECON1', 0x08)
      const ended = bus.poll(() => (bus.rcr('EIR') & 0x0a) !== 0, 400, 100_000)
      const failed = !ended || (bus.rcr('EIR') & 0x02) !== 0
      bus.bfc('ECON1', 0x08)
      bus.bfc('ESTAT', 0x12)
      if (!failed) return true
      bus.wcr16('ERDPT', end + 1)
      if (ended && (bus.rbm(7)[3] & 0x20) === 0) return false
    }
    return false
  }
}

describe('the reference driver of section 18', () => {
  for (const full of [true, false]) {
    const duplex = full ? 'full' : 'half'
    it(`${duplex} duplex: comes up, receives, sends, and breaks no rule`, () => {
      const bench = trial((chip) => new Reference(chip, full))
      expect(bench.chip.findings.map(({ id }) => id)).toEqual([])
    })

    for (const revision of ['B1', 'B4', 'B5', 'B7'] as const) {
      it(`${duplex} duplex on silicon ${revision}, five seeds`, () => {
        for (let seed = 1; seed <= 5; seed++) {
          const bench = trial((chip) => new Reference(chip, full), {
            options: { revision, errata: 'silicon', seed },
            fragments: !full,
          })
          expect(bench.chip.findings.map(({ id }) => id)).toEqual([])
        }
      })
    }
  }
})
