/** Supply, resets, the oscillator's start and power-save (DS39662 2.2, 11.0, 14.0). */
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { MICROSECOND, type Timer } from '../../../firmware/hal/clock.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'

const { ECON2, ESTAT } = PLACE

/** Oscillator start-up timer: 7500 cycles of 25 MHz (DS39662 2.2). */
const OSCILLATOR_START = 300 * MICROSECOND
/** A RESET pulse shorter than this is filtered out (DS39662 table 16-3). */
const RESET_PULSE_MIN = 400
/** High time asked for between two RESET pulses. */
const RESET_HIGH_MIN = 2 * MICROSECOND
/** PHY registers are not to be touched for this long after a reset (DS39662 11.2). */
const PHY_SETTLE = 50 * MICROSECOND

export class Power {
  readonly #core: Core
  readonly #crystal: boolean
  readonly #phyDead: boolean
  /** Does everything a system reset does beyond the register values. */
  readonly #resetRooms: () => void
  #powered = false
  #resetPinHigh = true
  #inReset = false
  #running = false
  /** The oscillator has run since power-on. */
  #started = false
  #startTimer: Timer | undefined
  #resetTimer: Timer | undefined
  #resetRoseAt = Number.NEGATIVE_INFINITY
  #phyClockFrom = 0
  #phyAllowedFrom = 0
  /** The supply went when the MAC had been programmed. */
  #lostProgram = false

  constructor(core: Core, crystal: boolean, phyDead: boolean, resetRooms: () => void) {
    this.#core = core
    this.#crystal = crystal
    this.#phyDead = phyDead
    this.#resetRooms = resetRooms
  }

  get powered(): boolean {
    return this.#powered
  }

  /** Powered and not held in reset: the SPI answers. */
  get alive(): boolean {
    return this.#powered && !this.#inReset
  }

  /** The oscillator runs and the chip is awake: MAC, MII and PHY work. */
  get running(): boolean {
    return this.#running
  }

  get asleep(): boolean {
    return (this.#core.registers.values[ECON2] & BITS.ECON2.PWRSV) !== 0
  }

  /** Does CLKOUT have a clock to show? In power-save only without erratum 4. */
  get clkoutRuns(): boolean {
    return this.#powered && (this.#running || (this.#started && this.asleep && !this.#core.errata.clkoutAsleep))
  }

  /** Does the PHY have its clock (erratum 2)? */
  get phyClocked(): boolean {
    return this.#running && !this.#phyDead && this.#core.clock.now >= this.#phyClockFrom
  }

  /**
   * A loss of the supply undid what the driver had programmed, and it has not begun anew: every driver sets MARXEN (DS39662 6.5). What a chip
   * does that was reset behind its driver's back is not its driver's misuse.
   */
  get lostProgram(): boolean {
    return this.#lostProgram && this.#core.registers.values[PLACE.MACON1] === 0
  }

  /** Has a driver waited long enough after a reset to use the PHY? */
  get phySettled(): boolean {
    return this.#core.clock.now >= this.#phyAllowedFrom
  }

  /**
   * What the chip draws from its supply, uA, typical (DS39662 table 16-2). Asleep without VRPS the regulator takes its
   * full share: the data sheet's maximum stands for it.
   */
  get supplyCurrent(): number {
    const { phy, registers } = this.#core
    if (!this.#powered) return 0
    if (this.asleep) return registers.values[ECON2] & BITS.ECON2.VRPS ? 1_200 : 2_000
    return phy.transmitting ? 160_000 : 120_000
  }

  get resetPinHigh(): boolean {
    return this.#resetPinHigh
  }

  on(): void {
    if (this.#powered) return
    const { registers, memory, memoryChance } = this.#core
    this.#powered = true
    memory.scramble(() => memoryChance.next32())
    registers.values[ESTAT] = 0
    registers.reset(true)
    this.#phyClockFrom = 0
    this.#resetRooms()
    this.#startOscillator()
    if (!this.#resetPinHigh) this.#enterReset()
  }

  off(): void {
    if (!this.#powered) return
    const { registers, clock, clkout } = this.#core
    clock.cancel(this.#startTimer)
    clock.cancel(this.#resetTimer)
    this.#running = false
    this.#started = false
    if (registers.values[PLACE.MACON1] !== 0) this.#lostProgram = true
    registers.values[ESTAT] = 0
    registers.reset(true)
    this.#resetRooms()
    this.#powered = false
    this.#inReset = false
    clkout.update()
    this.#core.leds.changed()
  }

  /** The level of the RESET pin (active low). */
  setResetPin(high: boolean): void {
    if (high === this.#resetPinHigh) return
    const { clock, findings, pins } = this.#core
    this.#resetPinHigh = high
    pins.reset.tell(high)
    if (!this.#powered) return
    if (high) {
      if (!this.#inReset) findings.report('reset-pulse-too-short')
      clock.cancel(this.#resetTimer)
      this.#inReset = false
      this.#resetRoseAt = clock.now
      this.#phyAllowedFrom = clock.now + PHY_SETTLE
      if (this.#running) this.#startPhy()
      return
    }
    if (clock.now - this.#resetRoseAt < RESET_HIGH_MIN) findings.report('reset-pulses-too-close')
    this.#resetTimer = clock.after(RESET_PULSE_MIN, () => this.#enterReset())
  }

  /** The SRC instruction. */
  instruction(): void {
    const { chance, clock, errata, findings } = this.#core
    if (this.asleep) {
      findings.report('reset-while-asleep')
      if (errata.resetIgnoredAsleep) return
    }
    this.#phyClockFrom = errata.phyClockAfterReset
      ? clock.now + (50 + chance.phyClockAfterReset.below(950)) * MICROSECOND
      : 0
    this.#systemReset()
    if (this.#running) this.#startPhy()
  }

  /** ECON2.PWRSV has changed. */
  sleep(asleep: boolean): void {
    const { clock, clkout, phy, receiver, registers, transmitter, findings } = this.#core
    if (asleep) {
      if ((registers.values[PLACE.ECON1] & (BITS.ECON1.RXEN | BITS.ECON1.TXRTS)) !== 0 || receiver.busy)
        findings.report('sleep-while-busy')
      clock.cancel(this.#startTimer)
      this.#running = false
      this.#core.clearStatus(BITS.ESTAT.CLKRDY)
      transmitter.stop('transmit: reset')
      this.#core.receiver.cut()
      this.#core.mii.reset()
      phy.stop()
      clkout.update()
    } else {
      this.#startOscillator()
    }
  }

  #startPhy(): void {
    if (!this.#phyDead) this.#core.phy.start()
  }

  #startOscillator(): void {
    const { clock } = this.#core
    clock.cancel(this.#startTimer)
    if (!this.#crystal) return
    this.#startTimer = clock.after(OSCILLATOR_START, () => {
      this.#running = true
      this.#started = true
      this.#core.setStatus(BITS.ESTAT.CLKRDY)
      if (!this.#inReset) this.#startPhy()
      this.#core.clkout.update()
      this.#core.transmitter.advance()
    })
  }

  #enterReset(): void {
    this.#inReset = true
    this.#phyClockFrom = 0
    this.#systemReset()
  }

  /** Everything to its reset value but ECOCON, CLKRDY and the memory (DS39662 11.2, 11.3). */
  #systemReset(): void {
    const { clock, registers } = this.#core
    const wasAsleep = this.asleep
    const clockReady = registers.values[ESTAT] & BITS.ESTAT.CLKRDY
    registers.reset(false)
    registers.values[ESTAT] = clockReady
    this.#phyAllowedFrom = clock.now + PHY_SETTLE
    this.#resetRooms()
    if (wasAsleep) this.#startOscillator()
  }
}
