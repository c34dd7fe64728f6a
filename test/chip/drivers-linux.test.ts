import { describe, expect, it } from 'vitest'
import { type DataSheetBench, linked } from './bench.js'
import { DriverBus } from './driver-bus.js'
import { type Driver, trial } from './driver-trial.js'
import { BROADCAST_STATION, body, CHIP, frame, PEER } from './frames.js'
import { PHY } from './register-table.js'

const MS = 1_000_000
const RX_END = 0x19ff
const TX_START = 0x1a00
const TX_END = 0x1fff

/** 19.4: interrupts on the falling edge, everything else from the handler. */
class Linux implements Driver {
  readonly bus: DriverBus
  readonly #bench: DataSheetBench
  readonly #full: boolean
  readonly #queue: (readonly number[])[] = []
  #next = 0
  #retries = 0
  sent: boolean | undefined
  /** tx_errors of its statistics: it never clears ESTAT.TXABRT. */
  transmitErrors = 0
  linkUp = false
  #pending = false

  constructor(bench: DataSheetBench, full: boolean) {
    this.#bench = bench
    this.#full = full
    this.bus = new DriverBus(bench, 'per bit')
    bench.chip.onInterrupt((high) => {
      if (!high) this.#pending = true
    })
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    const full = this.#full
    bus.bfc('ECON2', 0x20) // low-power exit
    bus.wait(20 * MS)
    bus.spi([0xff, 0xff])
    bus.wait(2 * MS)
    bus.wcr('ECON1', 0x00)
    bus.forgetBank(0)
    bus.wcr('ECON2', 0x88)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXRDPT', RX_END)
    bus.wcr16('ERXND', RX_END)
    bus.wcr16('ETXST', TX_START)
    bus.wcr16('ETXND', TX_END)
    const revision = bus.rcr('EREVID')
    if (revision === 0x00 || revision === 0xff) throw new Error('no chip')
    bus.wcr('ERXFCON', 0xa1)
    bus.wcr('MACON1', 0x0d)
    bus.wcr('MACON3', full ? 0x33 : 0x32)
    if (!full) bus.wcr('MACON4', 0x40)
    bus.wcr('MAIPGL', 0x12)
    if (!full) bus.wcr('MAIPGH', 0x0c)
    bus.wcr('MABBIPG', full ? 0x15 : 0x12)
    bus.wcr16('MAMXFL', 0x05ee)
    bus.writePhy(PHY.PHLCON, 0x3476)
    bus.writePhy(PHY.PHCON1, full ? 0x0100 : 0x0000)
    bus.writePhy(PHY.PHCON2, full ? 0x0000 : 0x0100)
    for (let i = 0; i < 6; i++) bus.wcr(`MAADR${i + 1}`, address[i])
    bus.writePhy(PHY.PHIE, 0x0012)
    bus.bfc('EIR', 0x7b)
    bus.wcr('EIE', 0xdb)
    bus.bfs('ECON1', 0x04)
  }

  /** Serves falling edges as long as there are any; that is all the host ever learns. */
  serve(): void {
    while (this.#pending) {
      this.#pending = false
      this.#interrupt()
    }
  }

  #interrupt(): void {
    const { bus } = this
    bus.bfc('EIE', 0x80)
    for (let loop = true; loop; ) {
      loop = false
      const flags = bus.rcr('EIR')
      if (flags & 0x10) {
        loop = true
        this.linkUp = (bus.readPhy(PHY.PHSTAT2) & 0x0400) !== 0
        bus.readPhy(PHY.PHIR)
      }
      if ((flags & 0x0a) === 0x08) {
        loop = true
        if (bus.rcr('ESTAT') & 0x02) this.transmitErrors++
        this.#done(true)
        bus.bfc('EIR', 0x08)
      }
      if (flags & 0x02) {
        loop = true
        bus.bfc('ECON1', 0x08)
        const vector = this.#statusVector()
        bus.bfs('ECON1', 0x80)
        bus.bfc('ECON1', 0x80)
        bus.wcr16('ETXST', TX_START)
        bus.wcr16('ETXND', TX_END)
        if (vector[3] & 0x20 && this.#retries++ < 16) {
          bus.bfc('EIR', 0x0a)
          bus.bfs('ECON1', 0x08)
        } else {
          this.transmitErrors++
          this.#done(false)
        }
        bus.bfc('EIR', 0x0a)
      }
      if (flags & 0x01) {
        loop = true
        bus.bfc('EIR', 0x01)
      }
      while (bus.rcr('EPKTCNT') > 0) {
        loop = true
        this.#receive()
      }
    }
    bus.bfs('EIE', 0x80)
  }

  #done(good: boolean): void {
    this.sent = good
  }

  #statusVector(): number[] {
    const { bus } = this
    bus.wcr16('ERDPT', bus.rcr16('ETXND') + 1)
    return bus.rbm(7)
  }

  #receive(): void {
    const { bus } = this
    bus.wcr16('ERDPT', this.#next)
    const header = bus.rbm(6)
    const next = header[0] | (header[1] << 8)
    const length = header[2] | (header[3] << 8)
    if (next > RX_END) throw new Error('invalid next packet pointer')
    if (header[4] & 0x80 && length <= 1518) {
      const start = this.#next + 6
      bus.wcr16('ERDPT', start > RX_END ? start - RX_END - 1 : start)
      this.#queue.push(bus.rbm(length - 4))
    }
    this.#next = next
    bus.wcr16('ERXRDPT', next === 0 || next - 1 > RX_END ? RX_END : next - 1)
    bus.bfs('ECON2', 0x40)
  }

  receive(): readonly number[] | undefined {
    this.serve()
    return this.#queue.shift()
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    this.sent = undefined
    this.#retries = 0
    bus.wcr16('ETXST', TX_START)
    bus.wcr16('EWRPT', TX_START)
    bus.wcr16('ETXND', TX_START + octets.length)
    bus.wbm([0x00])
    bus.wbm(octets)
    bus.bfs('ECON1', 0x08)
    const watchdog = this.#bench.now + 4_000 * MS
    while (this.sent === undefined && this.#bench.now < watchdog) {
      this.#bench.run(10_000)
      this.serve()
    }
    return this.sent === true
  }
}

/** 19.7: MAC registers written until they read back, link by LLSTAT, MACLCON2 = 3Fh. */
class UBoot implements Driver {
  readonly bus: DriverBus
  #next = 0

  constructor(bench: DataSheetBench) {
    this.bus = new DriverBus(bench, 'cached')
  }

  #writeMac(name: string, value: number): void {
    for (let i = 0; i < 5; i++) {
      this.bus.wcr(name, value)
      if (this.bus.rcr(name) === value) return
    }
    throw new Error(`${name} does not take ${value}`)
  }

  initialise(address: readonly number[]): void {
    const { bus } = this
    bus.spi([0xff])
    bus.forgetBank(0)
    bus.wait(MS)
    bus.poll(() => (bus.rcr('ESTAT') & 0x09) === 0x01, 100)
    bus.wcr16('ERXST', 0x0000)
    bus.wcr16('ERXND', 0x19ff)
    bus.wcr16('ERDPT', 0x0000)
    bus.wcr16('ERXRDPT', 0x19ff)
    bus.wcr('ERXFCON', 0xa1)
    this.#writeMac('MACON1', 0x01)
    this.#writeMac('MACON3', 0x32)
    this.#writeMac('MACON4', 0x40)
    this.#writeMac('MAMXFLL', 0xee)
    this.#writeMac('MAMXFLH', 0x05)
    this.#writeMac('MABBIPG', 0x12)
    this.#writeMac('MAIPGL', 0x12)
    this.#writeMac('MAIPGH', 0x0c)
    this.#writeMac('MACLCON2', 0x3f)
    for (let i = 0; i < 6; i++) this.#writeMac(`MAADR${i + 1}`, address[i])
    bus.writePhy(PHY.PHCON1, 0x0000)
    bus.writePhy(PHY.PHCON2, 0x0100)
    bus.bfc('EIR', 0x7b)
    bus.bfs('ECON1', 0x04)
    if (!bus.poll(() => (bus.readPhy(PHY.PHSTAT1) & 0x0004) !== 0, 100, 10 * MS)) throw new Error('no link')
  }

  receive(): readonly number[] | undefined {
    const { bus } = this
    if (bus.rcr('EPKTCNT') === 0) return undefined
    bus.wcr16('ERDPT', this.#next)
    const header = bus.rbm(6)
    const next = header[0] | (header[1] << 8)
    const length = header[2] | (header[3] << 8)
    if (next > 0x19ff || length < 64 || length > 1518 || (header[4] & 0x80) === 0) {
      bus.bfs('ECON1', 0x40)
      bus.bfc('ECON1', 0x40)
      bus.bfs('ECON1', 0x04)
      throw new Error('bad header')
    }
    const octets = bus.rbm(length).slice(0, -4)
    this.#next = next
    bus.wcr16('ERXRDPT', next === 0 ? 0x19ff : next - 1)
    bus.bfs('ECON2', 0x40)
    return octets
  }

  send(octets: readonly number[]): boolean {
    const { bus } = this
    bus.wcr16('EWRPT', TX_START)
    bus.wcr16('ETXST', TX_START)
    bus.wcr16('ETXND', TX_START + octets.length)
    bus.wbm([0x00, ...octets])
    bus.bfc('EIR', 0x0a)
    bus.bfs('ECON1', 0x08)
    bus.poll(() => (bus.rcr('EIR') & 0x0a) !== 0)
    return (bus.rcr('EIR') & 0x02) === 0
  }
}

/** The peer collides once, late in the next frame. */
function collideOnce(bench: DataSheetBench): void {
  bench.wire.onStart = () => {
    bench.wire.onStart = undefined
    bench.scheduler.after(100_000, () => bench.wire.send([], { bits: 96 }))
  }
}

describe('Linux (19.4)', () => {
  it.each([
    ['half', false],
    ['full', true],
  ] as const)('comes up in %s duplex, receives and sends by interrupts alone', (_name, full) => {
    trial((bench) => new Linux(bench, full))
  })

  it.each(['B1', 'B4', 'B5', 'B7'] as const)('comes up on silicon %s in full duplex', (revision) => {
    trial((bench) => new Linux(bench, true), { options: { revision, errata: 'silicon', seed: 2 } })
  })

  it('learns of link changes by LINKIF', () => {
    let driver: Linux | undefined
    const bench = trial((chip) => {
      driver = new Linux(chip, false)
      return driver
    })
    expect(driver!.linkUp).toBe(true)
    bench.wire.stopPulses()
    bench.run(300 * MS)
    driver!.serve()
    expect(driver!.linkUp).toBe(false)
    bench.wire.startPulses()
    bench.run(300 * MS)
    driver!.serve()
    expect(driver!.linkUp).toBe(true)
  })

  it('retries a late collision with all of its transmit area, which is too long: its known flaw', () => {
    let driver: Linux | undefined
    const bench = trial((chip) => {
      driver = new Linux(chip, false)
      return driver
    })
    collideOnce(bench)
    expect(driver!.send(body({ da: PEER, sa: CHIP, length: 400 }))).toBe(false)
    expect(bench.memory(0x0003, 1)[0] & 0x40).toBe(0x40) // TSV bit 30, written over 0000h: it follows 1FFFh
  })

  it('counts every frame after an abort as failed: TXABRT is sticky and it never clears it', () => {
    let driver: Linux | undefined
    const bench = trial((chip) => {
      driver = new Linux(chip, false)
      return driver
    })
    expect(driver!.transmitErrors).toBe(0)
    collideOnce(bench)
    driver!.send(body({ da: PEER, sa: CHIP, length: 400 }))
    const errors = driver!.transmitErrors
    expect(errors).toBeGreaterThan(0)
    bench.wire.heard.length = 0
    expect(driver!.send(body({ da: PEER, sa: CHIP, length: 64 }))).toBe(true)
    expect(bench.wire.frames).toHaveLength(1)
    expect(driver!.transmitErrors).toBe(errors + 1)
  })

  it('keeps up with a burst that overflows nothing, and goes on after one that does', () => {
    let driver: Linux | undefined
    const bench = trial((chip) => {
      driver = new Linux(chip, true)
      return driver
    })
    for (let i = 0; i < 40; i++) {
      bench.wire.send(frame({ da: BROADCAST_STATION, length: 1000 }))
      bench.run(1008 * 800 + 9_600)
    }
    let count = 0
    while (driver!.receive() !== undefined) count++
    expect(count).toBe(6) // six of 1006 octets fit into 6655
    bench.wire.send(frame({ da: CHIP, length: 200 }))
    bench.run(208 * 800 + 9_600)
    expect(driver!.receive()).toHaveLength(196)
  })
})

describe('U-Boot (19.7)', () => {
  it('comes up, receives and sends; MAC registers read back at the first try', () => {
    trial((bench) => new UBoot(bench))
  })
})

describe('a bench of Linux registers', () => {
  it('reads MAC registers back with what was written: all of those Linux writes', () => {
    const bench = linked()
    for (const [name, value] of [
      ['MACON1', 0x0d],
      ['MACON3', 0x32],
      ['MACON4', 0x40],
      ['MAIPGL', 0x12],
      ['MAIPGH', 0x0c],
      ['MABBIPG', 0x12],
      ['MAMXFLL', 0xee],
      ['MAMXFLH', 0x05],
    ] as const) {
      bench.write(name, value)
      expect(bench.read(name)).toBe(value)
    }
  })
})
