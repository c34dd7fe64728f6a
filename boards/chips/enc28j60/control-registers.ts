/** A host's reads and writes of control registers: masks, the doors that are shut, and what a write sets going. */
import { BITS, type ControlRegister, type RegisterName } from '../../../firmware/enc28j60/registers.js'
import type { Core } from './core.js'
import { LOWEST_ASYNCHRONOUS_SPI } from './errata.js'
import { PLACE, registerPlace } from './places.js'

const { ECON1, ECON2, EIR, EPKTCNT, ERXRDPTL, ERXRDPTH, ESTAT } = PLACE
const BSEL = BITS.ECON1.BSEL

type Effect = (value: number, old: number) => void

export class ControlRegisters {
  readonly #core: Core
  /** What a write sets going, by place. */
  readonly #effects: (Effect | undefined)[] = new Array(128).fill(undefined)
  /** The low octet of ERXRDPT waits here for the high one (DS39662 7.2.3). */
  #readPointerLatch = 0xfa
  /** SCK in Hz; 0: unknown. */
  spiClock = 0
  /** SCK is derived from OSC1, by way of CLKOUT: erratum 1 does not strike then. */
  spiSynchronous = false

  constructor(core: Core) {
    this.#core = core
    const { values } = core.registers
    const effect = (name: RegisterName, action: Effect) => {
      this.#effects[PLACE[name]] = action
    }
    effect('EIE', () => core.interrupts.update())
    effect('EIR', () => core.interrupts.update())
    effect('ESTAT', () => core.watch.statusWritten())
    effect('ECON1', (value, old) => this.#econ1(value, old))
    effect('ECON2', (value, old) => this.#econ2(value, old))
    for (const name of ['ERXSTL', 'ERXSTH', 'ERXNDL', 'ERXNDH'] as const)
      effect(name, () => core.receiver.loadWritePointer())
    for (const name of ['EDMASTL', 'EDMASTH', 'EDMANDL', 'EDMANDH', 'EDMADSTL', 'EDMADSTH'] as const)
      effect(name, () => {
        if (values[ECON1] & BITS.ECON1.DMAST) core.findings.report('dma-changed-while-running')
      })
    for (const name of ['MACON4', 'MABBIPG', 'MAIPGL', 'MAIPGH', 'MACLCON1', 'MACLCON2', 'MAMXFLL', 'MAMXFLH'] as const)
      effect(name, () => {
        if (values[ECON1] & BITS.ECON1.TXRTS) core.findings.report('mac-changed-while-sending')
      })
    effect('ERXFCON', (value) => {
      const { UCEN, ANDOR, PMEN, MPEN, HTEN, MCEN, BCEN } = BITS.ERXFCON
      const others = value & (UCEN | MPEN | HTEN | MCEN | BCEN)
      if (core.errata.patternAcceptsShort && value & PMEN && (value & ANDOR) === 0 && others !== 0)
        core.findings.report('pattern-with-other-filters')
    })
    effect('EPMOL', (value) => {
      if (value & 1) core.findings.report('odd-pattern-offset')
    })
    for (const name of ['ETXSTL', 'ETXSTH', 'ETXNDL', 'ETXNDH'] as const)
      effect(name, () => {
        if (values[ECON1] & BITS.ECON1.TXRTS) core.findings.report('transmit-pointer-changed')
      })
    effect('MACON1', (value, old) => core.flowControl.macon1(value, old))
    effect('MACON3', (value, old) => {
      if ((value ^ old) & BITS.MACON3.FULDPX) core.phy.duplexChanges()
      const { EFLOCON } = PLACE
      if (value & BITS.MACON3.FULDPX) values[EFLOCON] |= BITS.EFLOCON.FULDPXS
      else values[EFLOCON] &= ~BITS.EFLOCON.FULDPXS
      core.transmitter.advance()
    })
    effect('EFLOCON', (value) => core.flowControl.command(value & BITS.EFLOCON.FCEN))
    effect('MICMD', (value, old) => core.mii.command(value, old))
    effect('MIWRH', () => core.mii.write())
    effect('MIREGADR', () => core.mii.addressed())
    effect('EBSTCON', (value, old) => core.bist.command(value, old))
    effect('ECOCON', (value) => {
      if (value > 5) core.findings.report('clkout-reserved')
      core.clkout.changed()
    })
  }

  reset(): void {
    this.#readPointerLatch = 0xfa
  }

  /** The register an instruction's argument means in the selected bank; undefined where nothing is implemented. */
  select(address: number): ControlRegister | undefined {
    return this.#core.registers.at(this.#place(address))
  }

  /** The octet that goes before a MAC or MII register's value. */
  dummyOctet(): number {
    const { choices, dummyChance } = this.#core
    return choices.dummyOctet === 'random' ? dummyChance.below(256) : choices.dummyOctet
  }

  /** RCR's data octet. `register` is what `select` returned for `address`. */
  read(address: number, register: ControlRegister | undefined): number {
    const core = this.#core
    if (register === undefined) {
      core.findings.report(address === 0x1a ? 'address-1a' : 'unimplemented-register')
      return 0
    }
    if (register.kind !== 'ETH') return this.#readMac(register)
    const place = this.#place(address)
    const value = core.registers.values[place]
    if (place === ESTAT && value & BITS.ESTAT.TXABRT) core.watch.abortRead()
    if (place === EIR && value & BITS.EIR.PKTIF && core.strikes('pktifUnreliable', 8)) return value & ~BITS.EIR.PKTIF
    return value
  }

  #readMac(register: ControlRegister): number {
    const core = this.#core
    if (!this.#macOpen()) return 0
    if (register.kind === 'MII') core.mii.observe(register.name)
    const value = core.registers.values[PLACE[register.name]]
    return this.#slowStrikes() ? value ^ (1 << core.chance.slowSpiMac.below(8)) : value
  }

  /** WCR's data octet. */
  write(address: number, register: ControlRegister | undefined, value: number): void {
    const core = this.#core
    if (register === undefined) {
      core.findings.report(address === 0x1a ? 'address-1a' : 'unimplemented-register')
      return
    }
    if (register.withdrawn) core.findings.report('reserved-register')
    else if (((value ^ register.reset) & register.reserved) !== 0) core.findings.report('reserved-bit')
    else if ((register.writable | register.clearOnly | register.selfClearing) === 0)
      core.findings.report('read-only-register')
    if (register.kind !== 'ETH') {
      if (!this.#macOpen() || this.#slowStrikes()) return
    }
    const place = this.#place(address)
    if (place === ERXRDPTL) {
      this.#readPointerLatch = value
      return
    }
    const { registers } = core
    const old = registers.values[place]
    const merged = registers.merge(register, old, value, core.choices.flagsWritable)
    registers.values[place] = merged
    if (place === ERXRDPTH) {
      registers.values[ERXRDPTL] = this.#readPointerLatch
      core.receiver.readPointerMoved()
      return
    }
    this.#effects[place]?.(merged | (value & register.selfClearing), old)
  }

  /** BFS: on a MAC or MII register an OR as well, which is what drivers in the field rely on. */
  setBits(address: number, register: ControlRegister | undefined, mask: number): void {
    this.#modify(address, register, mask, true)
  }

  /** BFC. */
  clearBits(address: number, register: ControlRegister | undefined, mask: number): void {
    this.#modify(address, register, mask, false)
  }

  #modify(address: number, register: ControlRegister | undefined, mask: number, set: boolean): void {
    const old = register === undefined ? 0 : this.#core.registers.values[this.#place(address)]
    if (register !== undefined && register.kind !== 'ETH') {
      const { choices, findings } = this.#core
      findings.report('bit-field-on-mac-register')
      if (choices.bitFieldOnMac === 'ignore') return
      if (choices.bitFieldOnMac === 'write') {
        this.write(address, register, mask)
        return
      }
    }
    this.write(address, register, set ? old | mask : old & ~mask)
  }

  #place(address: number): number {
    return registerPlace(this.#core.registers.values[ECON1] & BSEL, address)
  }

  #macOpen(): boolean {
    const { power, findings } = this.#core
    if (power.running) return true
    findings.report(power.asleep ? 'mac-access-asleep' : 'mac-access-before-clkrdy')
    return false
  }

  #slowStrikes(): boolean {
    const { errata, findings } = this.#core
    if (!errata.slowSpiMac || this.spiClock === 0 || this.spiClock >= LOWEST_ASYNCHRONOUS_SPI || this.spiSynchronous)
      return false
    findings.report('spi-too-slow')
    return this.#core.strikes('slowSpiMac', 16)
  }

  #econ1(value: number, old: number): void {
    const core = this.#core
    const { values } = core.registers
    const { TXRST, RXRST, DMAST, CSUMEN, TXRTS, RXEN } = BITS.ECON1
    const rose = value & ~old
    const fell = old & ~value
    if ((rose & (TXRTS | RXEN)) !== 0 && (values[ESTAT] & BITS.ESTAT.CLKRDY) === 0)
      core.findings.report('enable-before-clkrdy')
    if ((value ^ old) & CSUMEN && value & old & DMAST) core.findings.report('dma-changed-while-running')
    if (rose & TXRST) core.transmitter.enterReset()
    if (fell & TXRST) core.transmitter.leaveReset()
    if (rose & RXRST) core.receiver.enterReset()
    if (values[ECON1] & TXRST) {
      if (rose & TXRTS) core.findings.report('transmit-while-in-reset')
      values[ECON1] &= ~TXRTS
    } else if (rose & TXRTS) core.transmitter.request()
    else if (fell & TXRTS) core.transmitter.cancel()
    if (values[ECON1] & RXRST) {
      if (rose & RXEN) core.findings.report('receive-while-in-reset')
      values[ECON1] &= ~RXEN
    } else if (rose & RXEN) core.receiver.enabled()
    if (rose & DMAST) core.dma.start()
    else if (fell & DMAST) core.dma.cancel()
  }

  #econ2(value: number, old: number): void {
    const core = this.#core
    const { values } = core.registers
    const { PKTDEC, PWRSV } = BITS.ECON2
    if (value & PKTDEC) {
      values[ECON2] &= ~PKTDEC
      if (values[EPKTCNT] > 0) {
        core.setPacketCount(values[EPKTCNT] - 1)
        core.watch.packetCounted()
      } else core.findings.report('packet-count-below-zero')
    }
    if ((value ^ old) & PWRSV) core.power.sleep((value & PWRSV) !== 0)
  }
}
