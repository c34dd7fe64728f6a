/**
 * Pins of a controller that moves them itself, at wires of which something is wrong: a short holds a pin against the chip that drives it,
 * two that touch are one. Sound wires need none of this, and nothing is done for them.
 */
import type { SpiHarness, SpiWire } from '../spi/spi-harness.js'
import type { SpiWires } from '../spi/spi-wires.js'
import type { McuPin, Port } from './ports.js'

export class WireContacts {
  readonly #wires: SpiWires
  readonly #pins: readonly (readonly [wire: SpiWire, pin: McuPin])[]
  readonly #ports: readonly Port[]
  #taken: { readonly harness: SpiHarness; end(): void } | undefined
  #settling = false

  /** @param ports those of the pins */
  constructor(wires: SpiWires, pins: readonly (readonly [wire: SpiWire, pin: McuPin])[], ports: readonly Port[]) {
    this.#wires = wires
    this.#pins = pins
    this.#ports = ports
  }

  /** The program moves the pins from now on. */
  begin(): void {
    if (this.#taken !== undefined || !this.#wires.damaged) return
    this.#taken = this.#wires.takeSingly()
    for (const port of this.#ports) port.handleOutputs = () => this.#settle()
    this.#settle()
  }

  /** The SPI peripheral has them, which knows octets and no levels. */
  end(): void {
    if (this.#taken === undefined) return
    for (const port of this.#ports) port.handleOutputs = undefined
    for (const [wire, pin] of this.#pins) {
      pin.force(undefined)
      if (wire === 'int') pin.drive(this.#wires.interrupt.high)
      if (wire === 'cs') pin.pull(true)
    }
    const { harness } = this.#taken
    harness.drive('miso', undefined)
    harness.drive('int', undefined)
    this.#taken.end()
    this.#taken = undefined
  }

  #settle(): void {
    const harness = this.#taken?.harness
    // Levels that are forced here are reported too, and would call this again.
    if (harness === undefined || this.#settling) return
    this.#settling = true
    harness.untimed(() => {
      for (const [wire, pin] of this.#pins) harness.drive(wire, pin.driven)
    })
    for (const [wire, pin] of this.#pins) {
      const level = harness.levelAt(wire)
      pin.force(level === pin.driven ? undefined : level)
      if (wire === 'int') pin.drive(level)
      if (wire === 'cs') pin.pull(harness.restOf(wire))
    }
    this.#settling = false
  }
}
