/**
 * ATmega328P (DS40002061B) on shared virtual time: avr8js's CPU state, ADC and TWI, and around them what they lack.
 * Register names and section numbers in this folder are that data sheet's.
 */

import { AVRADC, AVRTWI, adcConfig, twiConfig } from 'avr8js'
import type { Timer } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import type { Random } from '../../firmware/hal/random.js'
import type { Scheduler } from '../simulation/scheduler.js'
import { AvrCore } from './core.js'
import type { AvrCpu, AvrFault } from './cpu.js'
import { Eeprom } from './eeprom.js'
import type { FlashImage } from './flash-image.js'
import type { Fuses } from './fuses.js'
import {
  bootSectionStart,
  resetDelay,
  resetsToBootSection,
  startsDividedByEight,
  UNO_FUSES,
  watchdogAlwaysOn,
} from './fuses.js'
import type { McuPin, PortName } from './ports.js'
import { ExternalInterrupts, Port } from './ports.js'
import {
  BORF,
  CLKPR,
  EEPROM_OCTETS,
  EXTRF,
  FLASH_WORDS,
  GTCCR,
  IVCE,
  IVSEL,
  MCUCR,
  MCUSR,
  PORF,
  RAMEND,
  RAMSTART,
  SE,
  SMCR,
  WDRF,
} from './registers.js'
import { SelfProgramming } from './self-programming.js'
import { Spi } from './spi.js'
import { TIMER0, TIMER1, TIMER2, TimerCounter } from './timer.js'
import { Usart } from './usart.js'
import { Watchdog } from './watchdog.js'

const CLKPCE = 0x80
const PSRSYNC = 0x01
const PSRASY = 0x02
const TSM = 0x80
/** Cycles from a wake-up to the first instruction: full-swing crystal, and standby where it kept running (table 9-6, 10.7). */
const POWER_DOWN_START_UP = 16_384
const STANDBY_START_UP = 6

export type AvrResetCause = 'power-on' | 'external' | 'brown-out' | 'watchdog'

const CAUSE_FLAG: Readonly<Record<AvrResetCause, number>> = {
  'power-on': PORF,
  external: EXTRF,
  'brown-out': BORF,
  watchdog: WDRF,
}

export interface Atmega328pOptions {
  readonly clock: Scheduler
  /** Crystal, hertz; 16 MHz when left out. */
  readonly frequency?: number
  readonly fuses?: Fuses
  /** Fills SRAM at power-on; zeros when left out. */
  readonly random?: Random
}

export class Atmega328p {
  readonly core: AvrCore
  readonly cpu: AvrCpu
  readonly usart: Usart
  readonly spi: Spi
  readonly eeprom: Eeprom
  readonly selfProgramming: SelfProgramming
  readonly ports: Readonly<Record<PortName, Port>>
  /** Resets since construction, by cause. */
  readonly resets: Record<AvrResetCause, number> = { 'power-on': 0, external: 0, 'brown-out': 0, watchdog: 0 }
  readonly #resetListeners = new Listeners<[cause: AvrResetCause]>()

  readonly #crystal: number
  readonly #clock: Scheduler
  readonly #random: Random | undefined
  readonly #watchdog: Watchdog
  readonly #timers: readonly TimerCounter[]
  readonly #prescalers = [{ start: 0 }, { start: 0 }]
  #powered = false
  #resetHigh = true
  #starting: Timer | undefined
  #clkpcUntil = -1
  #ivUntil = -1

  constructor(options: Atmega328pOptions) {
    this.#clock = options.clock
    this.#crystal = options.frequency ?? 16_000_000
    this.#random = options.random
    this.core = new AvrCore(options.clock, this.#crystal)
    this.cpu = this.core.cpu
    this.cpu.progMem.fill(0xffff)
    const { core, cpu } = this
    this.ports = { B: new Port(core, 'B'), C: new Port(core, 'C'), D: new Port(core, 'D') }
    const { B, D } = this.ports
    const interrupts = new ExternalInterrupts(core, this.ports)
    this.usart = new Usart(core, D)
    this.spi = new Spi(core, B)
    this.eeprom = new Eeprom(core)
    this.selfProgramming = new SelfProgramming(core, options.fuses ?? UNO_FUSES)
    this.#watchdog = new Watchdog(core)
    this.#watchdog.handleReset = () => this.#reset('watchdog')
    this.#timers = [
      new TimerCounter(core, TIMER0, this.#prescalers[0], { portA: D, maskA: 0x40, portB: D, maskB: 0x20 }),
      new TimerCounter(core, TIMER1, this.#prescalers[0], { portA: B, maskA: 0x02, portB: B, maskB: 0x04 }),
      new TimerCounter(core, TIMER2, this.#prescalers[1], { portA: B, maskA: 0x08, portB: D, maskB: 0x08 }),
    ]
    this.#makeAnalog()
    B.handleChange = (changed, levels) => {
      interrupts.pinChange(0, changed)
      if (changed & 0x01) this.#timers[1].captureEdge((levels & 0x01) !== 0)
      if (changed & 0x04) this.spi.checkSlaveSelect()
    }
    this.ports.C.handleChange = (changed) => interrupts.pinChange(1, changed)
    D.handleChange = (changed, levels) => {
      interrupts.pinChange(2, changed)
      if (changed & 0x0c) interrupts.edges(changed, levels)
      if (changed & 0x10) this.#timers[0].clockEdge((levels & 0x10) !== 0)
      if (changed & 0x20) this.#timers[1].clockEdge((levels & 0x20) !== 0)
    }
    this.#hookSystem()
    cpu.classify()
  }

  onReset(listener: (cause: AvrResetCause) => void): () => void {
    return this.#resetListeners.add(listener)
  }

  /** What a program did that it should not: is called at the instant. */
  onFault(listener: (fault: AvrFault) => void): () => void {
    return this.cpu.onFault(listener)
  }

  get fuses(): Fuses {
    return this.selfProgramming.fuses
  }

  get powered(): boolean {
    return this.#powered
  }

  /** Flash, as octets. */
  get flash(): Uint8Array {
    return this.cpu.progBytes
  }

  /** A pin of ports B, C, D: `pin('B', 5)` is PB5. */
  pin(port: PortName, bit: number): McuPin {
    return this.ports[port].pins[bit]
  }

  /** Puts an image into flash and EEPROM, as a programmer would. @throws RangeError when it does not fit. */
  load(image: FlashImage): void {
    for (const { address, octets } of image.flash) {
      if (address + octets.length > FLASH_WORDS * 2) {
        throw new RangeError(
          `the image has octets up to 0x${(address + octets.length - 1).toString(16)}; an ATmega328P has ${FLASH_WORDS * 2} octets of flash. Was it built for another part?`,
        )
      }
      this.flash.set(octets, address)
    }
    for (const { address, octets } of image.eeprom) {
      if (address + octets.length > EEPROM_OCTETS) {
        throw new RangeError(`the image has EEPROM octets beyond the ${EEPROM_OCTETS} of an ATmega328P`)
      }
      this.eeprom.memory.set(octets, address)
    }
  }

  powerOn(): void {
    if (this.#powered) return
    this.#powered = true
    const sram = this.cpu.data.subarray(RAMSTART, RAMEND + 1)
    if (this.#random === undefined) sram.fill(0)
    else for (let i = 0; i < sram.length; i++) sram[i] = this.#random.below(256)
    this.cpu.data.fill(0, 0, 0x20)
    this.#reset('power-on')
  }

  powerOff(): void {
    if (!this.#powered) return
    this.#powered = false
    this.#supplyLow = false
    this.#stop()
  }

  /** Supply fell below the brown-out level and came back (11.5). */
  brownOut(): void {
    this.setSupplyLow(true)
    this.setSupplyLow(false)
  }

  /** Is the supply below the brown-out detector's level? While it is, the chip is held in reset. */
  setSupplyLow(low: boolean): void {
    if (!this.#powered || low === this.#supplyLow) return
    this.#supplyLow = low
    if (low) this.#stop()
    else this.#reset('brown-out')
  }
  #supplyLow = false

  /** The RESET pin (11.4): low holds the chip in reset. */
  setResetPin(high: boolean): void {
    if (this.#resetHigh === high) return
    this.#resetHigh = high
    if (!this.#powered) return
    if (!high) {
      this.#stop()
      this.#pending = (this.#pending ?? 0) | EXTRF
      this.resets.external++
    } else if (!this.#supplyLow) this.#begin(14)
  }
  #pending: number | undefined
  #lastCause: AvrResetCause = 'external'

  /** A pulse on RESET, long enough to count (2.5 us, table 29-11): what DTR does through the capacitor of an Arduino. */
  pulseReset(): void {
    this.setResetPin(false)
    this.setResetPin(true)
  }

  /** The program stands still, as in an endless loop with interrupts off; a reset ends it. Nothing happens in reset. */
  hang(): void {
    if (this.core.started) this.core.hang()
  }

  #stop(): void {
    this.#clock.cancel(this.#starting)
    this.#starting = undefined
    this.core.halt()
    this.#watchdog.stop()
    this.eeprom.reset()
    this.selfProgramming.reset()
    for (const port of Object.values(this.ports)) port.hold(true)
  }

  #reset(cause: AvrResetCause): void {
    this.resets[cause]++
    this.#lastCause = cause
    this.#stop()
    this.#pending = cause === 'power-on' ? PORF : (this.#pending ?? 0) | CAUSE_FLAG[cause]
    if (this.#resetHigh) this.#begin(cause === 'power-on' ? 16_384 + 14 : 14)
  }

  /** The time-out after reset (9.6, table 9-4), then the first instruction. */
  #begin(cycles: number): void {
    if ((this.#pending ?? 0) & EXTRF && this.#resetHigh && this.#lastCause !== 'power-on') this.#lastCause = 'external'
    const delay = resetDelay(this.fuses) + Math.ceil((cycles * 1e9) / this.#crystal)
    this.#clock.cancel(this.#starting)
    this.#starting = this.#clock.after(delay, () => this.#start())
  }

  #start(): void {
    this.#starting = undefined
    const { cpu, core, fuses } = this
    const flags = cpu.data[MCUSR] // MCUSR keeps what firmware did not clear, until power-on
    core.start(resetsToBootSection(fuses) ? bootSectionStart(fuses) : 0)
    cpu.data[MCUSR] = (this.#pending ?? 0) & PORF ? (this.#pending ?? 0) : flags | (this.#pending ?? 0)
    this.#pending = undefined
    this.#clkpcUntil = -1
    this.#ivUntil = -1
    this.#setPrescale(startsDividedByEight(fuses) ? 3 : 0)
    for (const prescaler of this.#prescalers) prescaler.start = cpu.cycles
    for (const timer of this.#timers) timer.reset()
    for (const port of Object.values(this.ports)) port.hold(false)
    this.usart.reset()
    this.spi.reset()
    this.#makeAnalog()
    this.#watchdog.alwaysOn = watchdogAlwaysOn(fuses)
    this.#watchdog.reset()
    this.#resetListeners.tell(this.#lastCause)
    this.#lastCause = 'external'
  }

  /** avr8js's ADC and TWI keep state they cannot be told to forget: a reset makes new ones. */
  #makeAnalog(): void {
    new AVRTWI(this.cpu, twiConfig, this.#crystal)
    new AVRADC(this.cpu, adcConfig)
  }

  #setPrescale(value: number): void {
    this.cpu.data[CLKPR] = value
    this.core.setFrequency(this.#crystal / (1 << Math.min(value, 8)))
  }

  #hookSystem(): void {
    const { cpu, core } = this
    cpu.writeHooks[CLKPR] = (value) => {
      // 9.12.2: CLKPCE alone opens four cycles for a change
      if (value === CLKPCE) this.#clkpcUntil = cpu.cycles + 5
      else if (cpu.cycles <= this.#clkpcUntil && (value & CLKPCE) === 0) {
        this.#clkpcUntil = -1
        this.#setPrescale(value & 15)
        this.usart.rateChanged()
      }
      return true
    }
    cpu.writeHooks[MCUCR] = (value) => {
      const mayMove = cpu.cycles <= this.#ivUntil
      if (value & IVCE) this.#ivUntil = cpu.cycles + 5
      const vectors = mayMove && (value & IVCE) === 0 ? value & IVSEL : cpu.data[MCUCR] & IVSEL
      cpu.data[MCUCR] = (value & 0x70) | vectors
      cpu.vectorBase = vectors ? bootSectionStart(this.fuses) : 0
      for (const port of Object.values(this.ports)) port.update()
      return true
    }
    // 11.9.1: flags are cleared by writing zero to them
    cpu.writeHooks[MCUSR] = (value) => {
      cpu.data[MCUSR] &= value & 0x0f
      return true
    }
    cpu.writeHooks[GTCCR] = (value) => {
      const [shared, own] = this.#prescalers
      const restart = (timers: readonly TimerCounter[], prescaler: { start: number }) => {
        for (const timer of timers) timer.prescalerReset(() => {})
        prescaler.start = cpu.cycles
        for (const timer of timers) timer.prescalerReset(() => {})
      }
      if (value & PSRSYNC) restart(this.#timers.slice(0, 2), shared)
      if (value & PSRASY) restart(this.#timers.slice(2), own)
      cpu.data[GTCCR] = value & TSM ? value : 0
      return true
    }
    cpu.handleSleep = () => {
      const mode = (cpu.data[SMCR] >> 1) & 7
      if ((cpu.data[SMCR] & SE) === 0) return
      cpu.sleeping = true
      // table 10-1: idle and ADC noise reduction keep the main clock (the latter is taken as idle)
      if (mode >= 2) core.stopClock()
    }
    cpu.handleWake = () => {
      const mode = (cpu.data[SMCR] >> 1) & 7
      core.resumeClock(mode >= 6 ? STANDBY_START_UP : POWER_DOWN_START_UP)
    }
  }
}
