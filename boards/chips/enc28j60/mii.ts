/** The way to the PHY registers (DS39662 3.3): one read, one write or one turn of a scan takes 10.24 us. */
import { BITS, REGISTERS, type RegisterName } from '../../../firmware/enc28j60/registers.js'
import type { Timer } from '../../../firmware/hal/clock.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'

const { MICMD, MIRDL, MIREGADR, MISTAT, MIWRL } = PLACE
const { MIIRD, MIISCAN } = BITS.MICMD
const { BUSY, SCAN, NVALID } = BITS.MISTAT
/** Bit 3, reserved by the sheet. Silicon sets it with the end of the first read and leaves it set, link or none (docs/chip.md). */
const READ_ONCE = REGISTERS.MISTAT.reserved

/** One MII operation: 256 cycles of 25 MHz (DS39662 3.3). */
const MII_TIME = 10_240

export class Mii {
  readonly #core: Core
  #timer: Timer | undefined

  constructor(core: Core) {
    this.#core = core
  }

  reset(): void {
    this.#core.clock.cancel(this.#timer)
    this.#timer = undefined
    this.#core.registers.values[MISTAT] = 0
  }

  /** MICMD was written: a rising MIIRD reads once, MIISCAN reads for as long as it is set. */
  command(value: number, old: number): void {
    const { findings } = this.#core
    const rose = value & ~old
    if (rose & MIISCAN) {
      if (this.#busy) findings.report('mii-busy')
      else this.#scan()
      return
    }
    if ((old & ~value & MIISCAN) !== 0) this.#status &= ~SCAN
    if (rose & MIIRD) {
      if (this.#status & SCAN) findings.report('mii-scanning')
      if (this.#busy) findings.report('mii-busy')
      else this.#read()
    }
  }

  /** MIWRH was written: the 16 bits go to the PHY. */
  write(): void {
    const { findings, registers, phy } = this.#core
    this.#settled()
    if (this.#status & SCAN) findings.report('mii-scanning')
    if (this.#busy) {
      findings.report('mii-busy')
      return
    }
    const address = registers.values[MIREGADR]
    const value = registers.word(MIWRL)
    phy.judge(address, value)
    this.#begin(() => {
      this.#status &= ~BUSY
      if (this.#core.power.phyClocked) phy.write(address, value)
    })
  }

  /** MIREGADR was written. */
  addressed(): void {
    if (this.#busy && (this.#status & SCAN) === 0) this.#core.findings.report('mii-busy')
  }

  /** A host reads an MII register. */
  observe(name: RegisterName): void {
    if (name !== 'MIRDL' && name !== 'MIRDH') return
    if ((this.#status & NVALID) !== 0 || (this.#busy && (this.#status & SCAN) === 0))
      this.#core.findings.report('mii-read-too-soon')
  }

  get #status(): number {
    return this.#core.registers.values[MISTAT]
  }

  set #status(value: number) {
    this.#core.registers.values[MISTAT] = value
  }

  get #busy(): boolean {
    return (this.#status & BUSY) !== 0
  }

  #settled(): void {
    if (!this.#core.power.phySettled) this.#core.findings.report('phy-too-soon-after-reset')
  }

  #begin(done: () => void): void {
    this.#status |= BUSY
    this.#timer = this.#core.clock.after(MII_TIME, done)
  }

  /** The value is taken at the end: side effects of the read happen then. */
  #latch(address: number): void {
    const { registers, power, phy, choices } = this.#core
    registers.setWord(MIRDL, power.phyClocked ? phy.read(address) : 0)
    if (choices.readSetsReservedStatus) this.#status |= READ_ONCE
  }

  #read(): void {
    this.#settled()
    const address = this.#core.registers.values[MIREGADR]
    this.#begin(() => {
      this.#latch(address)
      this.#status &= ~BUSY
    })
  }

  #scan(): void {
    this.#settled()
    this.#status |= SCAN | NVALID
    const turn = () => {
      const { values } = this.#core.registers
      this.#latch(values[MIREGADR])
      this.#status &= ~NVALID
      if (values[MICMD] & MIISCAN) this.#begin(turn)
      else this.#status &= ~(BUSY | SCAN)
    }
    this.#begin(turn)
  }
}
