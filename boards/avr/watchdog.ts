/**
 * Watchdog timer (DS40002061B 11.8) on its own 128 kHz oscillator: interrupt, system reset, and interrupt then reset.
 */
import type { Timer } from '../../firmware/hal/clock.js'
import { MICROSECOND, SECOND } from '../../firmware/hal/clock.js'
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import type { WatchdogConfig } from './part.js'
import { WDRF } from './registers.js'

const WDIF = 0x80
const WDIE = 0x40
const WDCE = 0x10
const WDE = 0x08
const PRESCALE = 0x27

/** 11.8: 128 kHz, and 2048 cycles for WDP = 0 (table 11-2). */
const OSCILLATOR = 128_000
const CHANGE_CYCLES = 4

export class Watchdog {
  /** Fuse WDTON. */
  alwaysOn = false
  handleReset: () => void = () => {}
  readonly #core: AvrCore
  #timer: Timer | undefined
  /** When the counter was last 0, ns. */
  #cleared = 0
  /** WDE and the prescaler may be changed until this cycle. */
  #changeUntil = -1
  readonly #wdt: AVRInterruptConfig
  readonly #WDTCSR: number
  readonly #MCUSR: number

  /** @param MCUSR address of the register that says what the last reset was */
  constructor(core: AvrCore, { WDTCSR, vector }: WatchdogConfig, MCUSR: number) {
    this.#core = core
    this.#WDTCSR = WDTCSR
    this.#MCUSR = MCUSR
    this.#wdt = {
      address: vector,
      flagRegister: WDTCSR,
      flagMask: WDIF,
      enableRegister: WDTCSR,
      enableMask: WDIE,
      constant: true,
      taken: () => this.#vectorTaken(),
    }
    const { cpu } = core
    cpu.onWatchdogReset = () => {
      this.#cleared = core.now
    }
    cpu.writeHooks[WDTCSR] = (value) => {
      this.#write(value)
      return true
    }
  }

  /** Nanoseconds to a time-out at the present prescaler (table 11-2). */
  get period(): number {
    const value = this.#core.cpu.data[this.#WDTCSR]
    const prescale = Math.min(9, (value & 7) | ((value & 0x20) >> 2))
    return Math.round(((2048 << prescale) * SECOND) / OSCILLATOR)
  }

  /** After reset, with MCUSR set: WDRF holds WDE on (11.9.2). */
  reset(): void {
    const { data } = this.#core.cpu
    this.#changeUntil = -1
    this.#cleared = this.#core.now
    if (this.alwaysOn || data[this.#MCUSR] & WDRF) data[this.#WDTCSR] |= WDE
    this.#arm()
  }

  stop(): void {
    this.#core.clock.cancel(this.#timer)
    this.#timer = undefined
  }

  /** The interrupt's vector was taken: WDIF goes, and WDIE with it when WDE is set (11.8.1). */
  #vectorTaken(): void {
    const { cpu } = this.#core
    cpu.clearInterrupt(this.#wdt)
    if (cpu.data[this.#WDTCSR] & WDE) cpu.data[this.#WDTCSR] &= ~WDIE
  }

  #write(value: number): void {
    const { cpu } = this.#core
    const old = cpu.data[this.#WDTCSR]
    const mayChange = cpu.cycles <= this.#changeUntil
    let next = (old & (WDE | PRESCALE | WDIF)) | (value & WDIE)
    if (mayChange) next = (next & ~(WDE | PRESCALE)) | (value & (WDE | PRESCALE))
    else if (value & WDE) next |= WDE // setting WDE needs no timed sequence (11.9.2)
    if (cpu.data[this.#MCUSR] & WDRF || this.alwaysOn) next |= WDE
    if (this.alwaysOn) next &= ~WDIE
    if (value & WDIF) next &= ~WDIF
    // 11.8.2: WDCE and WDE in the same write open four cycles for the change
    this.#changeUntil =
      value & WDCE && value & WDE ? cpu.cycles + CHANGE_CYCLES + 1 : mayChange ? -1 : this.#changeUntil
    cpu.data[this.#WDTCSR] = next
    if ((next & WDIF) === 0) cpu.clearInterrupt(this.#wdt)
    else cpu.updateInterruptEnable(this.#wdt, next)
    if ((next ^ old) & PRESCALE || ((next & (WDE | WDIE)) !== 0) !== ((old & (WDE | WDIE)) !== 0)) {
      if ((old & (WDE | WDIE)) === 0) this.#cleared = this.#core.now
      this.#core.outside(() => this.#arm())
    }
  }

  #arm(): void {
    const { clock, cpu } = this.#core
    clock.cancel(this.#timer)
    this.#timer = undefined
    if ((cpu.data[this.#WDTCSR] & (WDE | WDIE)) === 0 && !this.alwaysOn) return
    this.#timer = clock.after(Math.max(MICROSECOND, this.#cleared + this.period - clock.now), this.#expired)
  }

  readonly #expired = () => {
    this.#timer = undefined
    const { clock, cpu } = this.#core
    if (clock.now < this.#cleared + this.period) {
      this.#arm() // WDR came in the meantime
      return
    }
    this.#cleared = clock.now
    const value = cpu.data[this.#WDTCSR]
    // 11.9.2, WDIE: an interrupt that was not executed before the next time-out is followed by a system reset
    const missed = (value & (WDE | WDIF)) === (WDE | WDIF)
    if (value & WDIE && !missed && !this.alwaysOn) {
      cpu.setInterruptFlag(this.#wdt)
      this.#arm()
    } else this.handleReset()
  }
}
