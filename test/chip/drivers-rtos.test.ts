import { describe, expect, it } from 'vitest'
import { errataOf } from '../../boards/chips/enc28j60/errata.js'
import { type DataSheetBench, erratum, linked, OP } from './bench.js'
import { DriverBus } from './driver-bus.js'
import { type Driver, trial } from './driver-trial.js'
import { CHIP, frame } from './frames.js'
import { PHY } from './register-table.js'

const US = 1_000
const MS = 1_000_000

/** 19.5: two octets FFh, 11 µs, every register read three octets long, banks by read and write, even ERXRDPT. */
class OldZephyr implements Driver {
  readonly bus: DriverBus
  #next = 0

  constructor(bench: DataSheetBench) {
    this.bus = new DriverBus(bench, 'read and write', true)
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    bus.spi([0xff, 0xff])
    bus.wait(11 * US)
    bus.wcr16('ERXST', 0x0000) // before CLKRDY: ETH registers only
    bus.wcr16('ERXRDPT', 0x0000)
    bus.wcr16('ERXND', 0x0bff)
    bus.wcr16('ETXST', 0x0c00)
    bus.wcr16('ETXND', 0x11ff)
    bus.poll(() => (bus.rcr('ESTAT') & 0x01) !== 0, undefined, 11 * US)
    bus.wcr('ERXFCON', 0xa3)
    bus.wcr('MACON1', bus.rcr('MACON1') | 0x0d)
    bus.wcr('MACON3', 0x32)
    bus.wcr('MACON4', 0x40)
    bus.wcr('MAIPGL', 0x12)
    bus.wcr('MABBIPG', 0x12)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    bus.writePhy(PHY.PHCON1, 0x0000)
    bus.writePhy(PHY.PHCON2, 0x0100)
    bus.bfs('EIE', 0xc0)
    bus.bfs('ECON1', 0x04)
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    bus.wcr16('ERDPT', this.#next)
    const header = bus.rbm(4)
    const status = bus.rbm(2)
    this.#next = header[0] | (header[1] << 8)
    const octets = status[0] & 0x80 ? bus.rbm((header[2] | (header[3] << 8)) - 4) : []
    bus.wcr16('ERXRDPT', this.#next)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    bus.bfs('ECON1', 0x80)
    bus.bfc('ECON1', 0x80)
    bus.wcr16('EWRPT', 0x0c00)
    bus.wbm([0x00])
    bus.wbm(octets)
    bus.wcr16('ETXND', 0x0c00 + octets.length)
    bus.bfs('ECON1', 0x08)
    bus.poll(() => (bus.rcr('EIR') & 0x08) !== 0) // never cleared: true at once from the second frame on
    return (bus.rcr('ESTAT') & 0x02) === 0
  }
}

/** 19.5: one octet FFh, flags cleared, ERXRDPT read back as the place of the next packet, FCS and pad read too. */
class NewZephyr extends OldZephyr {
  override initialise(address: readonly number[]): void {
    super.initialise(address)
    const { bus } = this
    bus.bfc('ESTAT', 0x12)
    bus.writePhy(PHY.PHIE, 0x0012)
    bus.bfs('EIE', 0x90)
  }

  override receive(): readonly number[] | undefined {
    const { bus } = this
    bus.bfc('EIR', 0x01)
    if (bus.rcr('EPKTCNT') === 0) return undefined
    bus.wcr16('ERDPT', bus.rcr16('ERXRDPT'))
    const header = bus.rbm(6)
    const next = header[0] | (header[1] << 8)
    const length = header[2] | (header[3] << 8)
    const octets = bus.rbm(length - 4)
    bus.rbm(4 + (length & 1))
    bus.wcr16('ERXRDPT', next)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  override send(octets: readonly number[]): boolean {
    this.bus.bfc('EIR', 0x0a)
    this.bus.bfc('ESTAT', 0x12)
    return super.send(octets)
  }
}

/** 19.6: FULDPX with PHCON1 left to the strap, ERDPT set once for ever, header as six single octets. */
class Contiki implements Driver {
  readonly bus: DriverBus

  constructor(bench: DataSheetBench) {
    this.bus = new DriverBus(bench, 'read and write')
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    bus.spi([0xff])
    bus.wait(MS)
    bus.poll(() => (bus.rcr('ESTAT') & 0x01) !== 0)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXND', 0x0fff)
    bus.wcr16('ERXRDPT', 0x0fff)
    bus.wcr16('ERDPT', 0x0000)
    bus.wcr('ERXFCON', 0xa1)
    bus.wcr('MACON1', bus.rcr('MACON1') | 0x0d)
    bus.wcr('MACON3', bus.rcr('MACON3') | 0xf3)
    bus.wcr16('MAMXFL', 0x05ee)
    bus.wcr('MABBIPG', 0x15)
    bus.wcr('MAIPGL', 0x12)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    bus.wcr('ECON2', bus.rcr('ECON2') | 0x80)
    bus.wcr('ECON1', 0x04)
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    const header = Array.from({ length: 6 }, () => bus.rbm(1)[0])
    const next = header[0] | (header[1] << 8)
    const length = header[2] | (header[3] << 8)
    const octets = bus.rbm(length)
    if (length & 1) bus.rbm(1) // stays in step with the chip's padding
    bus.wcr16('ERXRDPT', next === 0 ? 0x0fff : next - 1)
    bus.bfs('ECON2', 0x40)
    return octets.slice(0, -4)
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    bus.wcr16('EWRPT', 0x1200)
    bus.wbm([0x00])
    bus.wbm(octets)
    bus.wcr16('ETXST', 0x1200)
    bus.wcr16('ETXND', 0x1200 + octets.length)
    bus.bfc('EIR', 0x08)
    bus.bfs('ECON1', 0x08)
    bus.poll(() => (bus.rcr('ECON1') & 0x08) === 0)
    return (bus.rcr('ESTAT') & 0x02) === 0
  }
}

/** 19.7: RESET pin, promiscuous, read position from ERXRDPT + 1, ETXND from EWRPT - 1. */
class Riot implements Driver {
  readonly bus: DriverBus
  readonly #bench: DataSheetBench

  constructor(bench: DataSheetBench) {
    this.#bench = bench
    this.bus = new DriverBus(bench, 'cached')
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    this.#bench.chip.setResetPin(false)
    bus.wait(MS)
    this.#bench.chip.setResetPin(true)
    bus.wait(MS)
    bus.forgetBank(0)
    if (!bus.poll(() => (bus.rcr('ESTAT') & 0x01) !== 0, 1_000)) throw new Error('not ready')
    bus.wcr('ECOCON', 0x00)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXND', 0x17ff)
    bus.wcr16('ERXRDPT', 0x17ff)
    bus.wcr('ERXFCON', 0x00)
    bus.wcr('MACON1', 0x0d)
    bus.wcr('MACON3', 0x33)
    bus.wcr('MACON4', 0x40)
    bus.wcr('MABBIPG', 0x15)
    bus.wcr('MAIPGL', 0x12)
    bus.wcr('MAIPGH', 0x0c)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${6 - i}`, address[i]) // the wrong way round
    bus.writePhy(PHY.PHCON1, 0x0100)
    bus.writePhy(PHY.PHIE, 0x0012)
    bus.bfs('ECON2', 0x80)
    bus.wcr('EIE', 0xd1)
    bus.bfs('ECON1', 0x04)
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    const free = bus.rcr16('ERXRDPT')
    bus.wcr16('ERDPT', free === 0x17ff ? 0x0000 : free + 1)
    const header = bus.rbm(6)
    const next = header[0] | (header[1] << 8)
    const octets = bus.rbm((header[2] | (header[3] << 8)) - 4)
    bus.wcr16('ERXRDPT', next === 0 ? 0x17ff : next - 1)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    if (bus.rcr('ECON1') & 0x08) return false
    bus.wcr16('ETXST', 0x1800)
    bus.wcr16('EWRPT', 0x1800)
    bus.wbm([0x00])
    bus.wbm(octets)
    const end = bus.rcr16('EWRPT') - 1
    bus.wcr16('ETXND', end)
    bus.bfs('ECON1', 0x08)
    bus.wait(3 * 1_230_000) // no wait of its own: the next send would say busy
    return (bus.rcr('ECON1') & 0x08) === 0
  }
}

/** 19.7: PHY identity, PRST, read-modify-write of PHY registers, BUSY polled before and after, EIR cleared with FFh. */
class EspIdf implements Driver {
  readonly bus: DriverBus
  #next = 0

  constructor(bench: DataSheetBench) {
    this.bus = new DriverBus(bench, 'cached')
  }

  #idle(): void {
    if (!this.bus.poll(() => (this.bus.rcr('MISTAT') & 0x01) === 0, 100, 15 * US)) throw new Error('phy is busy')
  }

  #readPhy(address: number): number {
    this.#idle()
    return this.bus.readPhy(address)
  }

  #writePhy(address: number, value: number): void {
    this.#idle()
    this.bus.writePhy(address, value)
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    bus.spi([0xff])
    bus.forgetBank(0)
    bus.wait(MS)
    const revision = bus.rcr('EREVID')
    if (revision < 2 || revision > 6) throw new Error('wrong chip ID')
    if (this.#readPhy(PHY.PHID1) !== 0x0083) throw new Error('wrong PHID1')
    const id = this.#readPhy(PHY.PHID2)
    if (id >>> 10 !== 5 || ((id >>> 4) & 0x3f) !== 0) throw new Error('wrong PHID2')
    this.#writePhy(PHY.PHCON1, 0x8000)
    if (!bus.poll(() => (this.#readPhy(PHY.PHCON1) & 0x8000) === 0, 10, 10 * MS)) throw new Error('phy reset timeout')
    this.#writePhy(PHY.PHCON1, this.#readPhy(PHY.PHCON1) & ~0x0800)
    this.#writePhy(PHY.PHCON1, this.#readPhy(PHY.PHCON1) & ~0x0100)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXND', 0x17ff)
    bus.wcr16('ERXRDPT', 0x17ff)
    bus.wcr16('ETXST', 0x1800)
    bus.wcr('ERXFCON', 0xa5)
    bus.wcr('MACON1', 0x0d)
    bus.wcr('MACON3', 0x32)
    bus.wcr('MACON4', 0x40)
    bus.wcr('MABBIPG', 0x12)
    bus.wcr('MAIPGL', 0x12)
    bus.wcr('MAIPGH', 0x0c)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    this.#writePhy(PHY.PHCON2, this.#readPhy(PHY.PHCON2) | 0x0100)
    bus.bfc('EIR', 0xff)
    bus.wcr('EIE', 0xc2)
    bus.bfs('ECON1', 0x04)
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    bus.wcr16('ERDPT', this.#next)
    const header = bus.rbm(6)
    const start = (this.#next + 6) % 0x1800
    bus.wcr16('ERDPT', start)
    const octets = bus.rbm((header[2] | (header[3] << 8)) - 4)
    this.#next = header[0] | (header[1] << 8)
    bus.wcr16('ERXRDPT', this.#next === 0 ? 0x17ff : this.#next - 1)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    if (bus.rcr('ECON1') & 0x08) return false
    bus.wcr16('EWRPT', 0x1800)
    bus.wcr16('ETXND', 0x1800 + octets.length)
    bus.wbm([0x00])
    bus.wbm(octets)
    bus.bfc('EIR', 0x0a)
    bus.bfs('EIE', 0x08)
    bus.bfs('ECON1', 0x08)
    bus.poll(() => (bus.rcr('EIR') & 0x08) !== 0)
    bus.bfc('EIE', 0x08)
    return (bus.rcr('EIR') & 0x02) === 0
  }
}

/** 19.7: chip select low for 2 ms after FFh, ECON2 = 88h, even ERXRDPT at the start and afterwards. */
class NuttX extends OldZephyr {
  override initialise(address: readonly number[]): void {
    const { bus } = this
    const { chip } = bus.bench
    chip.select()
    chip.exchange(OP.SRC)
    bus.wait(2 * MS)
    chip.deselect()
    bus.wcr('ECON2', 0x88)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXRDPT', 0x0000)
    bus.wcr16('ERXND', 0x0bff)
    bus.wcr16('ETXST', 0x0c00)
    bus.wcr16('ETXND', 0x1fff)
    bus.wcr('ERXFCON', 0xa1)
    bus.wcr('MACON1', 0x0d)
    bus.wcr('MACON3', 0x32)
    bus.wcr('MACON4', 0x40)
    bus.wcr('MABBIPG', 0x12)
    bus.wcr('MAIPGL', 0x12)
    bus.wcr('MAIPGH', 0x0c)
    bus.wcr16('MAMXFL', 0x05ee)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    bus.writePhy(PHY.PHCON1, 0x0000)
    bus.writePhy(PHY.PHCON2, 0x0100)
    bus.bfc('EIR', 0x7b)
    bus.bfs('ECON1', 0x04)
  }

  override send(octets: readonly number[]): boolean {
    this.bus.bfc('EIR', 0x0a)
    return super.send(octets)
  }
}

/** 19.7, Microchip's own stack: PWRSV cleared first, strict checks of every header, TSV of an error looked at. */
class Microchip implements Driver {
  readonly bus: DriverBus
  #next = 0

  constructor(bench: DataSheetBench) {
    this.bus = new DriverBus(bench, 'cached')
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    bus.bfc('ECON2', 0x20)
    bus.wait(MS)
    bus.spi([0xff])
    bus.forgetBank(0)
    bus.wait(MS)
    bus.poll(() => (bus.rcr('ESTAT') & 0x09) === 0x01)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXND', 0x19ff)
    bus.wcr16('ERXRDPT', 0x19ff)
    bus.wcr16('ERDPT', 0x0000)
    bus.wcr16('ETXST', 0x1a00)
    bus.wcr('ECOCON', 0x00)
    bus.wcr('ERXFCON', 0xa1)
    bus.wcr('MACON1', 0x01)
    bus.wcr('MACON3', 0x32)
    bus.wcr('MACON4', 0x40)
    bus.wcr('MABBIPG', 0x12)
    bus.wcr('MAIPGL', 0x12)
    bus.wcr('MAIPGH', 0x0c)
    bus.wcr16('MAMXFL', 0x05ee)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    bus.writePhy(PHY.PHCON2, 0x0100)
    bus.writePhy(PHY.PHLCON, 0x3472)
    bus.writePhy(PHY.PHCON1, 0x0000)
    bus.bfs('ECON1', 0x04)
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    bus.wcr16('ERDPT', this.#next)
    const header = bus.rbm(6)
    const next = header[0] | (header[1] << 8)
    const length = header[2] | (header[3] << 8)
    if (next > 0x19ff || (next & 1) !== 0 || (header[5] & 0x80) !== 0 || (header[4] & 0x10) !== 0 || length > 1518) {
      throw new Error('the stack would reset its host here')
    }
    const octets = bus.rbm(length - 4)
    this.#next = next
    bus.wcr16('ERXRDPT', next === 0 ? 0x19ff : next - 1)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    bus.wcr16('EWRPT', 0x1a00)
    bus.wbm([0x00, ...octets])
    bus.wcr16('ETXND', 0x1a00 + octets.length)
    bus.bfs('ECON1', 0x80)
    bus.bfc('ECON1', 0x80)
    bus.bfc('EIR', 0x0a)
    bus.bfs('ECON1', 0x08)
    bus.poll(() => (bus.rcr('EIR') & 0x0a) !== 0, 1_000)
    bus.bfc('ECON1', 0x08)
    bus.wcr16('ERDPT', 0x1a00 + octets.length + 1)
    return (bus.rcr('EIR') & 0x02) === 0 && (bus.rbm(7)[2] & 0x80) !== 0
  }
}

describe('drivers of small operating systems come up, receive and send', () => {
  it('Zephyr, newer (19.5)', () => {
    trial((bench) => new NewZephyr(bench))
  })
  it('Contiki on a board whose LEDB is strapped for full duplex (19.6)', () => {
    trial((bench) => new Contiki(bench), { options: { ledbStrap: 'full' }, padding: 64 })
  })
  it('RIOT, through the RESET pin (19.7)', () => {
    trial((bench) => new Riot(bench))
  })
  it('ESP-IDF (19.7)', () => {
    trial((bench) => new EspIdf(bench))
  })
  it('NuttX (19.7)', () => {
    trial((bench) => new NuttX(bench))
  })
  it("Microchip's stack (19.7)", () => {
    trial((bench) => new Microchip(bench))
  })

  for (const revision of ['B1', 'B4', 'B5', 'B7'] as const) {
    it(`Microchip's stack on silicon ${revision}, link pulses taken as collisions aside`, () => {
      trial((bench) => new Microchip(bench), {
        options: { revision, errata: errataOf(revision, { [erratum(13)]: false }), seed: 6 },
      })
    })
  }
})

describe('Zephyr, older (19.5)', () => {
  it('receives, and sends its first frame', () => {
    const bench = linked({}, {})
    const driver = new OldZephyr(bench)
    driver.initialise(CHIP)
    bench.run(200 * MS)
    for (let i = 0; i < 30; i++) {
      const sent = frame({ da: CHIP, length: 64 + i * 17 })
      bench.deliver(sent)
      expect(driver.receive()).toEqual(sent.slice(0, -4))
    }
    expect(driver.send(frame({ length: 300 }).slice(0, -4))).toBe(true)
    expect(bench.wire.frames).toHaveLength(1)
  })

  it('its stale TXIF ends the wait of the second frame at once, and the TXRST of the third cuts the second', () => {
    const bench = linked({}, {})
    const driver = new OldZephyr(bench)
    driver.initialise(CHIP)
    bench.run(200 * MS)
    const octets = frame({ length: 1400 }).slice(0, -4)
    driver.send(octets)
    bench.wire.heard.length = 0
    driver.send(octets)
    expect(bench.wire.frames).toHaveLength(0) // still on its way, and the driver believes it is out
    driver.send(frame({ length: 64 }).slice(0, -4))
    bench.run(5 * MS)
    expect(bench.wire.frames[0].length).toBeLessThan(1400)
  })

  it('clocks one octet too many on every ETH register and takes no harm', () => {
    const bench = linked()
    expect(bench.spi([OP.RCR | 0x1d], 2)[0]).toBe(0x01)
    expect(bench.read16('ERXND')).toBe(0x0bff)
  })
})

describe('matwey/lwip-enc28j60 (19.7)', () => {
  it('sees 100 equal readings of ESTAT once the chip is up', () => {
    const bench = linked()
    bench.reset()
    expect(new Set(Array.from({ length: 100 }, () => bench.spi([0x1d], 1)[0]))).toEqual(new Set([0x01]))
  })
})
