/** A pin of a sketch's controller, seen from outside: what it does, and what is done to it. */
import { analogChannel } from '../../boards/avr/arduino-pins.js'
import type { AvrMcu } from '../../boards/avr/mcu.js'
import type { McuPin } from '../../boards/avr/ports.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { type LabTime, WaitError } from '../lab-time.js'
import { SKETCH_TIMEOUT, type WaitOptions } from './serial.js'

/** Input levels as shares of the supply: VIL and VIH at 2.4 to 5.5 V (DS40002061B table 28-1). */
const LOW_SHARE = 0.3
const HIGH_SHARE = 0.6

export class SketchPin {
  /** Arduino's number. */
  readonly number: number
  readonly #mcu: AvrMcu
  readonly #pin: McuPin
  readonly #supply: number
  readonly #time: LabTime

  /** @param supply volts of the board */
  constructor(number: number, mcu: AvrMcu, pin: McuPin, supply: number, time: LabTime) {
    this.number = number
    this.#mcu = mcu
    this.#pin = pin
    this.#supply = supply
    this.#time = time
  }

  /** The level at the pin, whoever makes it: an LED to ground is lit while it is high. */
  get high(): boolean {
    return this.#pin.high
  }

  /** The sketch drives it. */
  get isOutput(): boolean {
    return this.#pin.isOutput
  }

  /** Is called with the level after each change of it. */
  onEdge(listener: (high: boolean) => void): () => void {
    return this.#pin.onEdge(listener)
  }

  /** Something outside drives it; undefined releases it. */
  drive(high: boolean | undefined): void {
    this.#pin.drive(high)
  }

  /** A resistor to supply (true) or ground (false); undefined takes it away. */
  pull(high: boolean | undefined): void {
    this.#pin.pull(high)
  }

  /**
   * Puts a voltage on it: what `analogRead` measures, and the level that a digital input takes it for; between 0.3 and 0.6 of the supply
   * that keeps what it was.
   * @throws RangeError below 0 V and above the supply, and on a pin that has no channel of the ADC
   */
  setVolts(volts: number): void {
    const channel = analogChannel(this.#mcu.part, this.number)
    if (channel === undefined)
      throw new RangeError(`pin ${this.number} measures no voltage; A0 to A7 do, as far as the board has them`)
    if (!(volts >= 0 && volts <= this.#supply))
      throw new RangeError(`a pin takes 0 to ${this.#supply} V, the supply of the board; got ${volts}`)
    this.#mcu.setAnalogInput(channel, volts)
    if (volts <= LOW_SHARE * this.#supply) this.#pin.drive(false)
    else if (volts >= HIGH_SHARE * this.#supply) this.#pin.drive(true)
    else this.#pin.drive(this.#pin.high)
  }

  /**
   * Waits until it has a level.
   * @throws WaitError when it did not come to it in time
   */
  async becomes(high: boolean, { timeout = SKETCH_TIMEOUT }: WaitOptions = {}): Promise<void> {
    if (await this.#time.until(() => this.high === high, timeout)) return
    throw new WaitError(
      `pin ${this.number} did not become ${high ? 'high' : 'low'} within ${timeout / SECOND} s of simulated time; ${this.isOutput ? 'the sketch drives it' : 'it is an input of the sketch'}`,
    )
  }
}

/** A push button between a pin and ground, or supply. */
export class SketchButton {
  readonly #pin: SketchPin
  readonly #closed: boolean
  #pressed = false

  constructor(pin: SketchPin, to: 'ground' | 'supply') {
    this.#pin = pin
    this.#closed = to === 'supply'
  }

  get pressed(): boolean {
    return this.#pressed
  }

  press(): void {
    this.#pressed = true
    this.#pin.drive(this.#closed)
  }

  release(): void {
    this.#pressed = false
    this.#pin.drive(undefined)
  }
}
