/**
 * SPI (DS40002061B 19), as master. An octet crosses in eight bus clocks and reaches the other side as one call when the
 * last bit has been shifted; SCK and MOSI waveforms exist when someone listens to those pins.
 *
 * Not modelled: slave mode.
 */
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import type { SpiConfig } from './part.js'
import type { Port } from './ports.js'

const SPIE = 0x80
const SPE = 0x40
const DORD = 0x20
const MSTR = 0x10
const CPOL = 0x08
const CPHA = 0x04
const SPIF = 0x80
const WCOL = 0x40
const SPI2X = 0x01

/** How an octet crosses. */
export interface SpiShape {
  /** 0 to 3: CPOL is the high bit, CPHA the low one (table 19-2). */
  readonly mode: 0 | 1 | 2 | 3
  /** SCK, hertz. */
  readonly clock: number
}

function reversed(octet: number): number {
  let result = 0
  for (let bit = 0; bit < 8; bit++) if (octet & (1 << bit)) result |= 0x80 >> bit
  return result
}

export class Spi {
  /** An octet on the wires, first bit in the highest place: takes MOSI's, returns MISO's. */
  handleExchange: (mosi: number, shape: SpiShape) => number = () => 0xff
  /**
   * The peripheral drives SCK and MOSI from now on, or no longer. Told after it took the pins, at each change of how it rests
   * them, and before it gives them back.
   */
  handleMaster: (master: boolean) => void = () => {}
  /** Octets exchanged since power-on. */
  exchanged = 0
  readonly #core: AvrCore
  readonly #port: Port
  #shifting = -1
  #received = 0
  /** SPSR was read with SPIF or WCOL set: the next access to SPDR clears them (19.5.2). */
  #seen = 0
  #edges = 0
  readonly #config: SpiConfig
  readonly #stc: AVRInterruptConfig

  constructor(core: AvrCore, config: SpiConfig, port: Port) {
    this.#core = core
    this.#config = config
    this.#port = port
    const { SPCR, SPSR, SPDR } = config
    this.#stc = {
      address: config.vector,
      flagRegister: SPSR,
      flagMask: SPIF,
      enableRegister: SPCR,
      enableMask: SPIE,
    }
    const { cpu } = core
    cpu.writeHooks[SPCR] = (value) => {
      const old = cpu.data[SPCR]
      cpu.data[SPCR] = value
      if ((old ^ value) & (SPE | MSTR | CPOL)) this.#takePins()
      cpu.updateInterruptEnable(this.#stc, value)
      return true
    }
    cpu.readHooks[SPSR] = () => {
      const value = cpu.data[SPSR]
      this.#seen |= value & (SPIF | WCOL)
      return value
    }
    cpu.writeHooks[SPSR] = (value) => {
      cpu.data[SPSR] = (cpu.data[SPSR] & ~SPI2X) | (value & SPI2X)
      return true
    }
    cpu.readHooks[SPDR] = () => {
      this.#access()
      return this.#received
    }
    cpu.writeHooks[SPDR] = (value) => {
      this.#access()
      if ((cpu.data[SPCR] & (SPE | MSTR)) !== (SPE | MSTR)) return true
      if (this.#shifting >= 0) cpu.data[SPSR] |= WCOL
      else this.#begin(value)
      return true
    }
  }

  /** SCK divider (table 19-5). */
  get divider(): number {
    const { data } = this.#core.cpu
    const divider = [4, 16, 64, 128][data[this.#config.SPCR] & 3]
    return data[this.#config.SPSR] & SPI2X ? divider / 2 : divider
  }

  get mode(): 0 | 1 | 2 | 3 {
    return ((this.#core.cpu.data[this.#config.SPCR] >> 2) & 3) as 0 | 1 | 2 | 3
  }

  reset(): void {
    this.#shifting = -1
    this.#received = 0
    this.#seen = 0
    this.#takePins()
  }

  /** 19.3.2: a master whose SS pin is an input and goes low becomes a slave, and SPIF says so. */
  checkSlaveSelect(): void {
    const { cpu } = this.#core
    if ((cpu.data[this.#config.SPCR] & (SPE | MSTR)) !== (SPE | MSTR)) return
    if (this.#port.driving & this.#config.SS || this.#port.levels & this.#config.SS) return
    cpu.data[this.#config.SPCR] &= ~MSTR
    this.#takePins()
    cpu.setInterruptFlag(this.#stc)
  }

  #takePins(): void {
    const control = this.#core.cpu.data[this.#config.SPCR]
    const master = (control & (SPE | MSTR)) === (SPE | MSTR)
    this.#port.forceInput(this.#config.MISO, master)
    if (master) {
      this.#port.override(this.#config.SCK, (control & CPOL) !== 0)
      this.#port.override(this.#config.MOSI, (this.#port.levels & this.#config.MOSI) !== 0)
      this.#core.outside(() => this.handleMaster(true))
      this.checkSlaveSelect()
    } else {
      this.#core.outside(() => this.handleMaster(false))
      this.#port.release(this.#config.SCK | this.#config.MOSI)
    }
  }

  #access(): void {
    if (this.#seen === 0) return
    const { cpu } = this.#core
    if (this.#seen & SPIF) cpu.clearInterrupt(this.#stc)
    if (this.#seen & WCOL) cpu.data[this.#config.SPSR] &= ~WCOL
    this.#seen = 0
  }

  #begin(value: number): void {
    const { cpu } = this.#core
    this.#shifting = cpu.data[this.#config.SPCR] & DORD ? reversed(value) : value
    cpu.addClockEvent(this.#complete, 8 * this.divider)
    if (this.#port.listened & (this.#config.SCK | this.#config.MOSI)) {
      this.#edges = 0
      if ((cpu.data[this.#config.SPCR] & CPHA) === 0)
        this.#port.override(this.#config.MOSI, (this.#shifting & 0x80) !== 0)
      cpu.addClockEvent(this.#wave, this.divider / 2)
    }
  }

  /** SCK's sixteen edges and MOSI's bits: CPHA 0 sets data up on the trailing edge, CPHA 1 on the leading one (19.4). */
  readonly #wave = () => {
    const { cpu } = this.#core
    if (this.#shifting < 0) return
    const leading = (this.#edges & 1) === 0
    const idle = (cpu.data[this.#config.SPCR] & CPOL) !== 0
    this.#port.override(this.#config.SCK, leading ? !idle : idle)
    const phase = (cpu.data[this.#config.SPCR] & CPHA) !== 0
    const bit = phase ? this.#edges >> 1 : (this.#edges >> 1) + 1
    if (leading === phase && bit < 8) this.#port.override(this.#config.MOSI, (this.#shifting & (0x80 >> bit)) !== 0)
    this.#edges++
    if (this.#edges < 15) cpu.addClockEvent(this.#wave, this.divider / 2)
  }

  readonly #complete = () => {
    const { cpu } = this.#core
    const octet = this.#shifting
    this.exchanged++
    let miso = 0xff
    this.#core.outside(() => {
      miso = this.handleExchange(octet, { mode: this.mode, clock: this.#core.frequency / this.divider }) & 0xff
    })
    if (this.#edges > 0) {
      this.#edges = 0
      this.#port.override(this.#config.SCK, (cpu.data[this.#config.SPCR] & CPOL) !== 0)
    }
    this.#shifting = -1
    this.#received = cpu.data[this.#config.SPCR] & DORD ? reversed(miso) : miso
    cpu.data[this.#config.SPDR] = this.#received
    this.#seen = 0
    cpu.setInterruptFlag(this.#stc)
  }
}
