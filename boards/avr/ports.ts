/**
 * Ports (DS40002061B 14): pins as nets. A pin has one level: what the chip drives, else what drives it from
 * outside, else a pull-up. Peripherals override the port (14.3). External and pin change interrupts (13) are here, since
 * an edge is all they see.
 *
 * Not modelled: the input synchroniser's delay of 0.5 to 1.5 cycles (14.2.4); a floating pin reads low.
 */
import { Listeners } from '../../firmware/hal/listeners.js'
import type { InputPin } from '../../firmware/hal/pin.js'
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import type { ExternalInterruptConfig, PinChangeConfig, PortName } from './part.js'
import { PUD } from './registers.js'

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

  /** What the chip drives the pin to; undefined while it is an input. */
  get driven(): boolean | undefined {
    return this.isOutput ? (this.#port.outputs & this.#mask) !== 0 : undefined
  }

  /** A short is stronger than whatever drives the pin; `undefined` takes it away. */
  force(level: boolean | undefined): void {
    this.#port.force(this.#mask, level)
  }

  /** The wire has some picofarads: once the chip stops driving it, it keeps its level for so many cycles, unless somebody drives it. */
  lag(cycles: number): void {
    this.#port.lag(this.#mask, cycles)
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
  /** What the chip drives them to. */
  outputs = 0
  /** Is called when the chip drives other pins, or to other levels. */
  handleOutputs: (() => void) | undefined
  /** Pins that someone listens to. */
  listened = 0
  /** Pins on which chip and outside drove different levels, since power-on. */
  contention = 0
  /** Called with the bits that changed, after PINx is up to date. */
  handleChange: (changed: number, levels: number) => void = () => {}

  readonly #core: AvrCore
  /** Address of PINx; DDRx and PORTx follow it. */
  readonly #pin: number
  /** Pins that there are. */
  readonly #mask: number
  readonly #MCUCR: number
  #externalMask = 0
  #externalLevels = 0
  #resistorMask = 0
  #resistorLevels = 0
  #overrideMask = 0
  #overrideLevels = 0
  #forceOutput = 0
  #forceInput = 0
  #held = true
  /** Pins with a wire that lags, those that do now, and where they are. */
  #lagMask = 0
  #lagCycles = 0
  #lagging = 0
  #lagLevels = 0
  #forcedMask = 0
  #forcedLevels = 0

  /** @param MCUCR address of the register that has PUD */
  constructor(
    core: AvrCore,
    name: PortName,
    { PIN, mask }: { readonly PIN: number; readonly mask: number },
    MCUCR: number,
  ) {
    this.#core = core
    this.name = name
    this.#pin = PIN
    this.#mask = mask
    this.#MCUCR = MCUCR
    this.pins = Array.from({ length: 8 }, (_, bit) => new McuPin(this, bit))
    const { cpu } = core
    cpu.writeHooks[this.#pin + 1] = (value) => {
      cpu.data[this.#pin + 1] = value & mask
      this.update()
      return true
    }
    cpu.writeHooks[this.#pin + 2] = (value) => {
      cpu.data[this.#pin + 2] = value & mask
      this.update()
      return true
    }
    // 14.2.2: a one written to PINxn toggles PORTxn; SBI touches its bit alone
    cpu.writeHooks[this.#pin] = (value, _old, _address, touched) => {
      cpu.data[this.#pin + 2] ^= value & touched & mask
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

  force(mask: number, level: boolean | undefined): void {
    if (level === undefined && (this.#forcedMask & mask) === 0) return
    if (level === undefined) this.#forcedMask &= ~mask
    else {
      this.#forcedMask |= mask
      this.#forcedLevels = level ? this.#forcedLevels | mask : this.#forcedLevels & ~mask
    }
    this.update()
  }

  /** As `McuPin.lag`; pins of a port have the same number of cycles. */
  lag(mask: number, cycles: number): void {
    this.#lagMask |= mask
    this.#lagCycles = cycles
  }

  readonly #caughtUp = () => {
    this.#lagging = 0
    this.update()
  }

  #letGo(released: number): void {
    this.#lagLevels = (this.#lagLevels & ~released) | (this.levels & released)
    this.#lagging |= released
    const { cpu } = this.#core
    cpu.clearClockEvent(this.#caughtUp)
    cpu.addClockEvent(this.#caughtUp, this.#lagCycles)
  }

  /** Works the levels out anew and tells whom they concern. */
  update(): void {
    const { data } = this.#core.cpu
    const port = data[this.#pin + 2]
    const driving = this.#held ? 0 : (data[this.#pin + 1] | this.#forceOutput) & ~this.#forceInput & 0xff
    const output = (port & ~this.#overrideMask) | (this.#overrideLevels & this.#overrideMask)
    const pullUps = this.#held || data[this.#MCUCR] & PUD ? 0 : port & ~driving
    const released = this.driving & ~driving & this.#lagMask
    if (released !== 0 && !this.#held) this.#letGo(released)
    const pulled = (this.#resistorLevels & this.#resistorMask) | (pullUps & ~this.#resistorMask)
    const weak = (pulled & ~this.#lagging) | (this.#lagLevels & this.#lagging)
    const input = (this.#externalLevels & this.#externalMask) | (weak & ~this.#externalMask)
    const free = ((output & driving) | (input & ~driving)) & this.#mask
    const levels = (free & ~this.#forcedMask) | (this.#forcedLevels & this.#forcedMask)
    const outputs = output & driving
    const otherwise = driving !== this.driving || outputs !== this.outputs
    this.driving = driving
    this.outputs = outputs
    this.contention |= driving & this.#externalMask & (output ^ this.#externalLevels)
    data[this.#pin] = levels
    const changed = levels ^ this.levels
    if (changed !== 0) this.#tell(changed, levels)
    if (otherwise && this.handleOutputs !== undefined) this.#core.outside(this.handleOutputs)
  }

  #tell(changed: number, levels: number): void {
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

/** External interrupts (13). */
export class ExternalInterrupts {
  readonly #core: AvrCore
  readonly #config: ExternalInterruptConfig
  readonly #inputs: readonly { readonly port: Port; readonly mask: number; readonly interrupt: AVRInterruptConfig }[]

  constructor(core: AvrCore, config: ExternalInterruptConfig, portNamed: (name: PortName) => Port) {
    this.#core = core
    this.#config = config
    const { EIFR, EIMSK, EICR } = config
    this.#inputs = config.inputs.map(({ port, mask, vector }, index) => ({
      port: portNamed(port),
      mask,
      interrupt: {
        address: vector,
        flagRegister: EIFR,
        flagMask: 1 << index,
        enableRegister: EIMSK,
        enableMask: 1 << index,
      },
    }))
    const { cpu } = core
    const all = (1 << this.#inputs.length) - 1
    for (const [place, address] of EICR.entries()) {
      const inputs = this.#inputs.slice(4 * place, 4 * place + 4)
      cpu.writeHooks[address] = (value) => {
        cpu.data[address] = value & ((1 << (2 * inputs.length)) - 1)
        for (const { interrupt } of inputs) {
          cpu.clearInterrupt(interrupt, false)
          cpu.updateInterruptEnable(interrupt, cpu.data[EIMSK])
        }
        this.#levels()
        return true
      }
    }
    cpu.writeHooks[EIMSK] = (value) => {
      cpu.data[EIMSK] = value & all
      for (const { interrupt } of this.#inputs) cpu.updateInterruptEnable(interrupt, value)
      this.#levels()
      return true
    }
    cpu.writeHooks[EIFR] = (value) => {
      for (const { interrupt } of this.#inputs) cpu.clearInterruptByFlag(interrupt, value)
      this.#levels()
      return true
    }
  }

  /** The pins of a port that are inputs of an interrupt. */
  maskOf(port: Port): number {
    return this.#inputs.reduce((mask, input) => (input.port === port ? mask | input.mask : mask), 0)
  }

  #sense(index: number): number {
    return (this.#core.cpu.data[this.#config.EICR[index >> 2]] >> (2 * (index & 3))) & 3
  }

  /** Table 13-1 and 13-2: any change, falling edge, rising edge. */
  edges(port: Port, changed: number, levels: number): void {
    const { cpu } = this.#core
    for (const [index, input] of this.#inputs.entries()) {
      if (input.port !== port || (changed & input.mask) === 0) continue
      const rising = (levels & input.mask) !== 0
      const sense = this.#sense(index)
      if (sense === 1 || (sense === 2 && !rising) || (sense === 3 && rising)) cpu.setInterruptFlag(input.interrupt)
    }
    this.#levels()
  }

  /** 13.2.3: the flag is always cleared for a level interrupt; the request lasts as long as the pin is low. */
  #levels(): void {
    const { cpu } = this.#core
    for (const [index, { port, mask, interrupt }] of this.#inputs.entries()) {
      if (this.#sense(index) !== 0) continue
      const low = (port.levels & mask) === 0
      if (low && cpu.data[this.#config.EIMSK] & (1 << index)) cpu.queueInterrupt({ ...interrupt, constant: true })
      else cpu.clearInterrupt(interrupt)
    }
  }
}

/** Pin change interrupts (13). */
export class PinChangeInterrupts {
  readonly #core: AvrCore
  readonly #config: PinChangeConfig
  readonly #interrupts: readonly AVRInterruptConfig[]

  constructor(core: AvrCore, config: PinChangeConfig) {
    this.#core = core
    this.#config = config
    const { PCICR, PCIFR, groups } = config
    this.#interrupts = groups.map(({ vector }, index) => ({
      address: vector,
      flagRegister: PCIFR,
      flagMask: 1 << index,
      enableRegister: PCICR,
      enableMask: 1 << index,
    }))
    const { cpu } = core
    cpu.writeHooks[PCICR] = (value) => {
      cpu.data[PCICR] = value & ((1 << groups.length) - 1)
      for (const interrupt of this.#interrupts) cpu.updateInterruptEnable(interrupt, value)
      return true
    }
    cpu.writeHooks[PCIFR] = (value) => {
      for (const interrupt of this.#interrupts) cpu.clearInterruptByFlag(interrupt, value)
      return true
    }
  }

  /** What a change on the pins of a port does, by group; none for a port without them. */
  ofPort(name: PortName): readonly ((changed: number) => void)[] {
    return this.#config.groups.flatMap(({ pins }, group) =>
      pins
        .filter(({ port }) => port === name)
        .map(
          ({ mask, shift }) =>
            (changed: number) =>
              this.#change(group, (changed & mask) << shift),
        ),
    )
  }

  /** 13.2.5: a change on a pin that PCMSKx enables sets the flag, whether PCICR enables the interrupt or not. */
  #change(group: number, changed: number): void {
    const { cpu } = this.#core
    if (changed & cpu.data[this.#config.groups[group].PCMSK]) cpu.setInterruptFlag(this.#interrupts[group])
  }
}
