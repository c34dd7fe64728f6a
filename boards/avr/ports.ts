/**
 * Ports B, C and D (DS40002061B 14): pins as nets. A pin has one level: what the chip drives, else what drives it from
 * outside, else a pull-up. Peripherals override the port (14.3). INT0, INT1 and pin change interrupts (13) are here, since
 * an edge is all they see.
 *
 * Not modelled: the input synchroniser's delay of 0.5 to 1.5 cycles (14.2.4); a floating pin reads low.
 */
import { Listeners } from '../../firmware/hal/listeners.js'
import type { InputPin } from '../../firmware/hal/pin.js'
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import { EICRA, EIFR, EIMSK, MCUCR, PCICR, PCIFR, PCMSK0, PINB, PINC, PIND, PUD, VECTOR } from './registers.js'

export type PortName = 'B' | 'C' | 'D'

/** One pin of the package, seen from the board. */
export class McuPin implements InputPin {
  readonly name: string
  readonly #port: Port
  readonly #mask: number
  readonly #listeners = new Listeners<[high: boolean]>()

  constructor(port: Port, bit: number) {
    this.name = `P${port.name}${bit}`
    this.#port = port
    this.#mask = 1 << bit
  }

  get high(): boolean {
    return (this.#port.levels & this.#mask) !== 0
  }

  /** Is true while the chip itself drives the pin. */
  get isOutput(): boolean {
    return (this.#port.driving & this.#mask) !== 0
  }

  onEdge(listener: (high: boolean) => void): () => void {
    const remove = this.#listeners.add(listener)
    this.#port.listened |= this.#mask
    return () => {
      remove()
      if (this.#listeners.size === 0) this.#port.listened &= ~this.#mask
    }
  }

  /** Drives the pin from outside; `undefined` releases it. */
  drive(level: boolean | undefined): void {
    this.#port.external(this.#mask, level)
  }

  /** A resistor on the board to supply (`true`) or ground (`false`); `undefined` takes it away. */
  pull(level: boolean | undefined): void {
    this.#port.resistor(this.#mask, level)
  }

  /** For the port: the level has changed. */
  changed(high: boolean): void {
    this.#listeners.tell(high)
  }
}

export class Port {
  readonly name: PortName
  readonly pins: readonly McuPin[]
  /** Levels of the eight pins, now. */
  levels = 0
  /** Pins that the chip drives. */
  driving = 0
  /** Pins that someone listens to. */
  listened = 0
  /** Pins on which chip and outside drove different levels, since power-on. */
  contention = 0
  /** Called with the bits that changed, after PINx is up to date. */
  handleChange: (changed: number, levels: number) => void = () => {}

  readonly #core: AvrCore
  readonly #pin: number
  #externalMask = 0
  #externalLevels = 0
  #resistorMask = 0
  #resistorLevels = 0
  #overrideMask = 0
  #overrideLevels = 0
  #forceOutput = 0
  #forceInput = 0
  #held = true

  constructor(core: AvrCore, name: PortName) {
    this.#core = core
    this.name = name
    this.#pin = { B: PINB, C: PINC, D: PIND }[name]
    this.pins = Array.from({ length: 8 }, (_, bit) => new McuPin(this, bit))
    const { cpu } = core
    cpu.writeHooks[this.#pin + 1] = (value) => {
      cpu.data[this.#pin + 1] = value
      this.update()
      return true
    }
    cpu.writeHooks[this.#pin + 2] = (value) => {
      cpu.data[this.#pin + 2] = value
      this.update()
      return true
    }
    // 14.2.2: a one written to PINxn toggles PORTxn; SBI touches its bit alone
    cpu.writeHooks[this.#pin] = (value, _old, _address, mask) => {
      cpu.data[this.#pin + 2] ^= value & mask
      this.update()
      return true
    }
  }

  /** Pins float while the chip is held in reset or has no power (11.1). */
  hold(held: boolean): void {
    this.#held = held
    if (held) {
      this.#overrideMask = 0
      this.#forceInput = 0
      this.#forceOutput = 0
    }
    this.update()
  }

  /** A peripheral takes a pin: its level, and its direction where the data sheet says that it overrides DDxn (14.3). */
  override(mask: number, level: boolean, direction?: 'output'): void {
    this.#overrideMask |= mask
    if (direction === 'output') this.#forceOutput |= mask
    if (level) this.#overrideLevels |= mask
    else this.#overrideLevels &= ~mask
    this.update()
  }

  forceInput(mask: number, forced: boolean): void {
    this.#forceInput = forced ? this.#forceInput | mask : this.#forceInput & ~mask
    this.update()
  }

  /** The peripheral gives the pin back to the port. */
  release(mask: number): void {
    this.#overrideMask &= ~mask
    this.#forceOutput &= ~mask
    this.update()
  }

  external(mask: number, level: boolean | undefined): void {
    if (level === undefined) this.#externalMask &= ~mask
    else {
      this.#externalMask |= mask
      this.#externalLevels = level ? this.#externalLevels | mask : this.#externalLevels & ~mask
    }
    this.update()
  }

  resistor(mask: number, level: boolean | undefined): void {
    if (level === undefined) this.#resistorMask &= ~mask
    else {
      this.#resistorMask |= mask
      this.#resistorLevels = level ? this.#resistorLevels | mask : this.#resistorLevels & ~mask
    }
    this.update()
  }

  /** Works the levels out anew and tells whom they concern. */
  update(): void {
    const { data } = this.#core.cpu
    const port = data[this.#pin + 2]
    const driving = this.#held ? 0 : (data[this.#pin + 1] | this.#forceOutput) & ~this.#forceInput & 0xff
    const output = (port & ~this.#overrideMask) | (this.#overrideLevels & this.#overrideMask)
    const pullUps = this.#held || data[MCUCR] & PUD ? 0 : port & ~driving
    const weak = (this.#resistorLevels & this.#resistorMask) | (pullUps & ~this.#resistorMask)
    const input = (this.#externalLevels & this.#externalMask) | (weak & ~this.#externalMask)
    const levels = ((output & driving) | (input & ~driving)) & 0xff
    this.driving = driving
    this.contention |= driving & this.#externalMask & (output ^ this.#externalLevels)
    data[this.#pin] = levels
    const changed = levels ^ this.levels
    if (changed === 0) return
    this.levels = levels
    this.handleChange(changed, levels)
    if ((changed & this.listened) === 0) return
    this.#core.outside(() => {
      for (let bit = 0; bit < 8; bit++) {
        if (changed & this.listened & (1 << bit)) this.pins[bit].changed((levels & (1 << bit)) !== 0)
      }
    })
  }
}

/** INT0, INT1 (on PD2, PD3) and PCINT0 to PCINT2 (13). */
export class ExternalInterrupts {
  readonly #core: AvrCore
  readonly #ports: Readonly<Record<PortName, Port>>
  readonly #int: readonly AVRInterruptConfig[] = [0, 1].map((index) => ({
    address: index === 0 ? VECTOR.INT0 : VECTOR.INT1,
    flagRegister: EIFR,
    flagMask: 1 << index,
    enableRegister: EIMSK,
    enableMask: 1 << index,
  }))
  readonly #pcint: readonly AVRInterruptConfig[] = [VECTOR.PCINT0, VECTOR.PCINT1, VECTOR.PCINT2].map(
    (address, index) => ({
      address,
      flagRegister: PCIFR,
      flagMask: 1 << index,
      enableRegister: PCICR,
      enableMask: 1 << index,
    }),
  )

  constructor(core: AvrCore, ports: Readonly<Record<PortName, Port>>) {
    this.#core = core
    this.#ports = ports
    const { cpu } = core
    cpu.writeHooks[EICRA] = (value) => {
      cpu.data[EICRA] = value & 0x0f
      for (const interrupt of this.#int) {
        cpu.clearInterrupt(interrupt, false)
        cpu.updateInterruptEnable(interrupt, cpu.data[EIMSK])
      }
      this.#levels()
      return true
    }
    cpu.writeHooks[EIMSK] = (value) => {
      cpu.data[EIMSK] = value & 3
      for (const interrupt of this.#int) cpu.updateInterruptEnable(interrupt, value)
      this.#levels()
      return true
    }
    cpu.writeHooks[EIFR] = (value) => {
      for (const interrupt of this.#int) cpu.clearInterruptByFlag(interrupt, value)
      this.#levels()
      return true
    }
    cpu.writeHooks[PCICR] = (value) => {
      cpu.data[PCICR] = value & 7
      for (const interrupt of this.#pcint) cpu.updateInterruptEnable(interrupt, value)
      return true
    }
    cpu.writeHooks[PCIFR] = (value) => {
      for (const interrupt of this.#pcint) cpu.clearInterruptByFlag(interrupt, value)
      return true
    }
  }

  /** 13.2.5: a change on a pin that PCMSKx enables sets the flag, whether PCICR enables the interrupt or not. */
  pinChange(index: number, changed: number): void {
    const { cpu } = this.#core
    if (changed & cpu.data[PCMSK0 + index]) cpu.setInterruptFlag(this.#pcint[index])
  }

  #sense(index: number): number {
    return (this.#core.cpu.data[EICRA] >> (2 * index)) & 3
  }

  /** Table 13-1 and 13-2: any change, falling edge, rising edge. */
  edges(changed: number, levels: number): void {
    const { cpu } = this.#core
    for (let index = 0; index < 2; index++) {
      const mask = 4 << index
      if ((changed & mask) === 0) continue
      const rising = (levels & mask) !== 0
      const sense = this.#sense(index)
      if (sense === 1 || (sense === 2 && !rising) || (sense === 3 && rising)) cpu.setInterruptFlag(this.#int[index])
    }
    this.#levels()
  }

  /** 13.2.3: the flag is always cleared for a level interrupt; the request lasts as long as the pin is low. */
  #levels(): void {
    const { cpu } = this.#core
    for (let index = 0; index < 2; index++) {
      if (this.#sense(index) !== 0) continue
      const interrupt = this.#int[index]
      const low = (this.#ports.D.levels & (4 << index)) === 0
      if (low && cpu.data[EIMSK] & (1 << index)) cpu.queueInterrupt({ ...interrupt, constant: true })
      else cpu.clearInterrupt(interrupt)
    }
  }
}
