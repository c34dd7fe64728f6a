/**
 * A microcontroller of the ATmega family on shared virtual time: avr8js's CPU state, ADC and TWI, and around them what they lack. What
 * differs between parts is data (`part.ts`). Register names and section numbers in this folder are those of the ATmega328P's data sheet,
 * DS40002061B, where no other is named.
 */

import { AVRADC, AVRTWI } from 'avr8js'
import type { Timer } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import type { Random } from '../../firmware/hal/random.js'
import type { Scheduler } from '../simulation/scheduler.js'
import { AvrCore } from './core.js'
import type { AvrCpu, AvrFault } from './cpu.js'
import { Eeprom } from './eeprom.js'
import type { FlashImage } from './flash-image.js'
import { bootSectionStart, resetDelay, resetsToBootSection, startsDividedByEight, watchdogAlwaysOn } from './fuses.js'
import type { AvrPart, Fuses, PortName } from './part.js'
import type { McuPin } from './ports.js'
import { ExternalInterrupts, PinChangeInterrupts, Port } from './ports.js'
import { BORF, EXTRF, IVCE, IVSEL, PORF, SE, WDRF } from './registers.js'
import { SelfProgramming } from './self-programming.js'
import { Spi } from './spi.js'
import { TimerCounter } from './timer.js'
import { TwoWireBus } from './two-wire.js'
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

export interface AvrMcuOptions {
  readonly clock: Scheduler
  readonly part: AvrPart
  /** Crystal, hertz; 16 MHz when left out. */
  readonly frequency?: number
  readonly fuses?: Fuses
  /** Fills SRAM at power-on; zeros when left out. */
  readonly random?: Random
  /** Volts at AVCC and AREF; 5 when left out. */
  readonly supply?: number
}

export class AvrMcu {
  readonly core: AvrCore
  readonly cpu: AvrCpu
  readonly part: AvrPart
  readonly usarts: readonly Usart[]
  /** The first of them, which is the serial port of an Arduino. */
  readonly usart: Usart
  readonly spi: Spi
  /** Who is on SDA and SCL. */
  readonly twoWire: TwoWireBus
  readonly eeprom: Eeprom
  readonly selfProgramming: SelfProgramming
  readonly #ports: ReadonlyMap<PortName, Port>
  /** Resets since construction, by cause. */
  readonly resets: Record<AvrResetCause, number> = { 'power-on': 0, external: 0, 'brown-out': 0, watchdog: 0 }
  readonly #resetListeners = new Listeners<[cause: AvrResetCause]>()

  readonly #crystal: number
  readonly #clock: Scheduler
  readonly #random: Random | undefined
  readonly #watchdog: Watchdog
  readonly #timers: readonly TimerCounter[]
  readonly #prescalers = [{ start: 0 }, { start: 0 }]
  readonly #supply: number
  #adc: AVRADC | undefined
  /** Volts at inputs of the ADC, by channel; at the others there are none. */
  readonly #analogInputs = new Map<number, number>()
  #powered = false
  #resetHigh = true
  #starting: Timer | undefined
  #clkpcUntil = -1
  #ivUntil = -1

  constructor(options: AvrMcuOptions) {
    this.#clock = options.clock
    this.#crystal = options.frequency ?? 16_000_000
    this.#random = options.random
    this.#supply = options.supply ?? 5
    const { part } = options
    this.part = part
    this.core = new AvrCore(options.clock, this.#crystal, part)
    this.cpu = this.core.cpu
    this.cpu.progMem.fill(0xffff)
    const { core, cpu } = this
    const { MCUCR, MCUSR } = part.system
    const names = Object.keys(part.ports) as PortName[]
    this.#ports = new Map(names.map((name) => [name, new Port(core, name, part.ports[name]!, MCUCR)]))
    const port = (name: PortName) => this.port(name)
    this.usarts = part.usarts.map((config) => new Usart(core, config, port(config.port)))
    this.usart = this.usarts[0]
    this.spi = new Spi(core, part.spi, port(part.spi.port))
    this.eeprom = new Eeprom(core, part.eeprom)
    this.selfProgramming = new SelfProgramming(core, part, options.fuses ?? part.fuses)
    this.#watchdog = new Watchdog(core, part.watchdog, MCUSR)
    this.#watchdog.handleReset = () => this.#reset('watchdog')
    this.#timers = part.timers.map((config) => {
      const outputs = config.outputs.map(({ port: name, mask }) => ({ port: port(name), mask }))
      return new TimerCounter(core, config, this.#prescalers[config.prescaler], outputs)
    })
    this.twoWire = new TwoWireBus(cpu, this.#crystal)
    this.#makeAnalog()
    const external = new ExternalInterrupts(core, part.externalInterrupts, port)
    const pinChanges = new PinChangeInterrupts(core, part.pinChanges)
    for (const name of names) this.#connect(port(name), external, pinChanges.ofPort(name))
    this.#hookSystem()
    cpu.classify()
  }

  /** What a change on the pins of a port means to those that look at them. */
  #connect(port: Port, external: ExternalInterrupts, pinChanges: readonly ((changed: number) => void)[]): void {
    const { timers, spi } = this.part
    const interruptMask = external.maskOf(port)
    const clocks: { mask: number; edge: (rising: boolean) => void }[] = []
    for (const [index, { T, ICP }] of timers.entries()) {
      const timer = this.#timers[index]
      if (ICP?.port === port.name) clocks.push({ mask: ICP.mask, edge: (rising) => timer.captureEdge(rising) })
      if (T?.port === port.name) clocks.push({ mask: T.mask, edge: (rising) => timer.clockEdge(rising) })
    }
    const clockMask = clocks.reduce((all, { mask }) => all | mask, 0)
    const selectMask = spi.port === port.name ? spi.SS : 0
    port.handleChange = (changed, levels) => {
      for (let i = 0; i < pinChanges.length; i++) pinChanges[i](changed)
      if (changed & interruptMask) external.edges(port, changed, levels)
      if (changed & clockMask) for (const { mask, edge } of clocks) if (changed & mask) edge((levels & mask) !== 0)
      if (changed & selectMask) this.spi.checkSlaveSelect()
    }
  }

  /** Puts a voltage on an input of the ADC, by its channel. */
  setAnalogInput(channel: number, volts: number): void {
    this.#analogInputs.set(channel, volts)
    if (this.#adc !== undefined) this.#adc.channelValues[channel] = volts
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

  /** @throws RangeError for a port that the part lacks */
  port(name: PortName): Port {
    const port = this.#ports.get(name)
    if (port === undefined)
      throw new RangeError(`an ${this.part.name} has no port ${name}; it has ${[...this.#ports.keys()].join(', ')}`)
    return port
  }

  /** `pin('B', 5)` is PB5. @throws RangeError for a port that the part lacks */
  pin(port: PortName, bit: number): McuPin {
    return this.port(port).pins[bit]
  }

  /** Puts an image into flash and EEPROM, as a programmer would. @throws RangeError when it does not fit. */
  load(image: FlashImage): void {
    this.cpu.loops?.forget()
    for (const { address, octets } of image.flash) {
      if (address + octets.length > this.flash.length) {
        throw new RangeError(
          `the image has octets up to 0x${(address + octets.length - 1).toString(16)}; an ${this.part.name} has ${this.flash.length} octets of flash. Was it built for another part?`,
        )
      }
      this.flash.set(octets, address)
    }
    for (const { address, octets } of image.eeprom) {
      const { length } = this.eeprom.memory
      if (address + octets.length > length) {
        throw new RangeError(`the image has EEPROM octets beyond the ${length} of an ${this.part.name}`)
      }
      this.eeprom.memory.set(octets, address)
    }
  }

  powerOn(): void {
    if (this.#powered) return
    this.#powered = true
    const sram = this.cpu.data.subarray(this.part.ramStart, this.part.ramEnd + 1)
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
    for (const port of this.#ports.values()) port.hold(true)
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
    const { MCUSR } = this.part.system
    const flags = cpu.data[MCUSR] // MCUSR keeps what firmware did not clear, until power-on
    core.start(resetsToBootSection(fuses) ? bootSectionStart(this.part, fuses) : 0)
    cpu.data[MCUSR] = (this.#pending ?? 0) & PORF ? (this.#pending ?? 0) : flags | (this.#pending ?? 0)
    this.#pending = undefined
    this.#clkpcUntil = -1
    this.#ivUntil = -1
    this.#setPrescale(startsDividedByEight(fuses) ? 3 : 0)
    for (const prescaler of this.#prescalers) prescaler.start = cpu.cycles
    for (const timer of this.#timers) timer.reset()
    for (const port of this.#ports.values()) port.hold(false)
    for (const usart of this.usarts) usart.reset()
    this.spi.reset()
    this.#makeAnalog()
    this.#watchdog.alwaysOn = watchdogAlwaysOn(fuses)
    this.#watchdog.reset()
    this.#resetListeners.tell(this.#lastCause)
    this.#lastCause = 'external'
  }

  /** avr8js's ADC and TWI keep state they cannot be told to forget: a reset makes new ones. */
  #makeAnalog(): void {
    this.twoWire.attach(new AVRTWI(this.cpu, this.part.twi, this.#crystal))
    this.#adc = new AVRADC(this.cpu, this.part.adc)
    this.#adc.avcc = this.#adc.aref = this.#supply
    for (const [channel, volts] of this.#analogInputs) this.#adc.channelValues[channel] = volts
  }

  #setPrescale(value: number): void {
    this.cpu.data[this.part.system.CLKPR] = value
    this.core.setFrequency(this.#crystal / (1 << Math.min(value, 8)))
  }

  #hookSystem(): void {
    const { cpu, core } = this
    const { CLKPR, MCUCR, MCUSR, GTCCR, SMCR } = this.part.system
    cpu.writeHooks[CLKPR] = (value) => {
      // 9.12.2: CLKPCE alone opens four cycles for a change
      if (value === CLKPCE) this.#clkpcUntil = cpu.cycles + 5
      else if (cpu.cycles <= this.#clkpcUntil && (value & CLKPCE) === 0) {
        this.#clkpcUntil = -1
        this.#setPrescale(value & 15)
        for (const usart of this.usarts) usart.rateChanged()
      }
      return true
    }
    cpu.writeHooks[MCUCR] = (value) => {
      const mayMove = cpu.cycles <= this.#ivUntil
      if (value & IVCE) this.#ivUntil = cpu.cycles + 5
      const vectors = mayMove && (value & IVCE) === 0 ? value & IVSEL : cpu.data[MCUCR] & IVSEL
      cpu.data[MCUCR] = (value & 0x70) | vectors
      cpu.vectorBase = vectors ? bootSectionStart(this.part, this.fuses) : 0
      for (const port of this.#ports.values()) port.update()
      return true
    }
    // 11.9.1: flags are cleared by writing zero to them
    cpu.writeHooks[MCUSR] = (value) => {
      cpu.data[MCUSR] &= value & 0x0f
      return true
    }
    cpu.writeHooks[GTCCR] = (value) => {
      const restart = (number: 0 | 1) => {
        const timers = this.#timers.filter((_, index) => this.part.timers[index].prescaler === number)
        for (const timer of timers) timer.prescalerReset(() => {})
        this.#prescalers[number].start = cpu.cycles
        for (const timer of timers) timer.prescalerReset(() => {})
      }
      if (value & PSRSYNC) restart(0)
      if (value & PSRASY) restart(1)
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
