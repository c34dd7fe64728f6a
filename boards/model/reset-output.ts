/**
 * The controller's output to the chip's RESET. While the controller is in reset its pins float (DS40002061B 11.1), and the
 * pull-up inside the chip holds RESET high (DS39662 table 1-1); a hung processor goes on driving what it drove.
 */
import type { OutputPin } from '../../firmware/hal/pin.js'
import type { SpiWires } from '../spi/spi-wires.js'

export class ResetOutput implements OutputPin {
  readonly #wires: SpiWires
  #high = true

  constructor(wires: SpiWires) {
    this.#wires = wires
  }

  get high(): boolean {
    return this.#high
  }

  set(high: boolean): void {
    this.#high = high
    this.#wires.setReset(high)
  }

  /** The controller releases it. */
  float(): void {
    this.set(true)
  }
}
