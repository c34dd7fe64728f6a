/** EIR, EIE, ESTAT.INT and the INT pin (DS39662 12.0): levels, all of them. */

import { BITS } from '../../../firmware/enc28j60/registers.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'

const { EIE, EIR, ESTAT } = PLACE
/** Flags that exist: bit 2 is reserved, bit 7 of EIE is the global switch. */
const FLAGS = 0x7b

export class Interrupts {
  readonly #core: Core
  #high = true
  /** When INT fell last, ns. */
  fellAt = Number.NEGATIVE_INFINITY
  /** Called with the level of INT after each edge. */
  readonly listeners = new Listeners<[high: boolean]>()

  constructor(core: Core) {
    this.#core = core
  }

  /** Level of INT: low while INTIE and an enabled flag are set (DS39662 12.0). */
  get high(): boolean {
    return this.#high
  }

  /** To be called whenever EIR or EIE changed. ESTAT.INT does not depend on INTIE; the pin does. */
  update(): void {
    const { values } = this.#core.registers
    const enable = values[EIE]
    const pending = (values[EIR] & enable & FLAGS) !== 0
    if (pending) values[ESTAT] |= BITS.ESTAT.INT
    else values[ESTAT] &= ~BITS.ESTAT.INT
    const high = !(pending && (enable & BITS.EIE.INTIE) !== 0)
    if (high === this.#high) return
    this.#high = high
    if (!high) this.fellAt = this.#core.clock.now
    this.#core.pins.interrupt.tell(high)
    this.listeners.tell(high)
  }
}
