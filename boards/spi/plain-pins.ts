/**
 * What a controller's firmware does with the wires of SPI as plain pins: drives one, lets another go, and looks at all of them. Nothing here
 * takes time, so a wire that nobody drives is still at the level that it was left at (`PIN_STEP.RELEASE`), or where its pull-up has it.
 */
import { PIN, PIN_STEP } from '../../firmware/serial-link/link-table.js'
import type { SpiPinSteps } from '../../firmware/serial-link/management.js'
import type { SpiHarness, SpiWire } from './spi-harness.js'
import type { SpiWires } from './spi-wires.js'

const BITS: readonly (readonly [wire: SpiWire, bit: number])[] = [
  ['sck', PIN.SCK],
  ['mosi', PIN.MOSI],
  ['miso', PIN.MISO],
  ['cs', PIN.CS],
  ['int', PIN.INT],
  ['reset', PIN.RESET],
]
const AT_REST = PIN.CS | PIN.RESET | PIN.MISO | PIN.INT
const DRIVEN_AT_REST = PIN.SCK | PIN.MOSI | PIN.CS | PIN.RESET

export class PlainPins implements SpiPinSteps {
  readonly #wires: SpiWires
  readonly #withReset: boolean
  #taken: { readonly harness: SpiHarness; end(): void } | undefined
  #driven = 0
  #high = 0
  /** Levels as they were looked at last: what a wire keeps that nobody drives or pulls. */
  #levels = 0

  /** @param withReset the controller has a pin at RESET */
  constructor(wires: SpiWires, withReset: boolean) {
    this.#wires = wires
    this.#withReset = withReset
  }

  begin(): boolean {
    this.#taken = this.#wires.takeSingly()
    this.#set(DRIVEN_AT_REST, AT_REST)
    this.#look()
    return true
  }

  step(step: number): number {
    const kind = step & PIN_STEP.MASK
    const wires = step & ~PIN_STEP.MASK & 0xff
    if (kind === PIN_STEP.LEVELS) this.#set(this.#driven, wires)
    else if (kind === PIN_STEP.DRIVE) this.#set(wires, this.#high)
    else return this.#pull(wires, kind === PIN_STEP.RELEASE)
    return this.#look()
  }

  end(): void {
    this.#set(DRIVEN_AT_REST, AT_REST)
    this.#taken?.end()
    this.#taken = undefined
  }

  /** Pulls wires low and releases them, or leaves them as they were driven. */
  #pull(wires: number, released: boolean): number {
    const driven = this.#driven
    const high = this.#high
    this.#set(driven | wires, high & ~wires)
    const low = this.#look()
    this.#set(driven & ~wires, high)
    // Released, pull-ups have not had the time to do anything.
    const after = this.#look(wires)
    this.#set(driven, high)
    this.#look()
    return released ? after : low
  }

  #set(driven: number, high: number): void {
    this.#driven = driven
    this.#high = high
    const { harness } = this.#taken!
    harness.untimed(() => {
      for (const [wire, bit] of BITS) {
        if (wire === 'reset' && !this.#withReset) continue
        harness.drive(wire, (driven & bit) === 0 ? undefined : (high & bit) !== 0)
      }
    })
  }

  /** @param fresh wires that nobody has driven for a moment */
  #look(fresh = 0): number {
    const { harness } = this.#taken!
    let levels = 0
    for (const [wire, bit] of BITS) {
      const pulled = (this.#high & bit) !== 0 && (this.#driven & bit) === 0 ? true : harness.restOf(wire)
      const rest = (fresh & bit) !== 0 ? false : (pulled ?? (this.#levels & bit) !== 0)
      const level = wire === 'reset' && !this.#withReset ? true : (harness.levelAt(wire) ?? rest)
      if (level) levels |= bit
    }
    this.#levels = levels
    return levels
  }
}
