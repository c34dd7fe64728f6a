/** The CLKOUT pin (DS39662 2.3): the oscillator divided by what ECOCON says. */
import type { Timer } from '../../../firmware/hal/clock.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'

const { ECOCON } = PLACE

/** OSC1, Hz. */
const OSCILLATOR = 25_000_000
/** Dividers by COCON; 0: the pin rests low. 110b and 111b are reserved. */
const DIVIDERS = [0, 1, 2, 3, 4, 8, 0, 0]
/** A change of divider leaves the pin low for 80 to 320 ns: 2 to 8 cycles; 4 here. */
const CLKOUT_GAP = 160

export class Clkout {
  readonly #core: Core
  #hertz = 0
  #timer: Timer | undefined

  constructor(core: Core) {
    this.#core = core
  }

  /** Frequency at the pin, Hz; 0 while it rests low. */
  get hertz(): number {
    return this.#hertz
  }

  /** ECOCON was written. */
  changed(): void {
    const { clock } = this.#core
    this.#set(0)
    clock.cancel(this.#timer)
    this.#timer = clock.after(CLKOUT_GAP, () => this.update())
  }

  /** The oscillator has started or stopped, or the chip fell asleep or woke (erratum 4). */
  update(): void {
    const { power, registers } = this.#core
    const divider = power.clkoutRuns ? DIVIDERS[registers.values[ECOCON] & 7] : 0
    this.#set(divider === 0 ? 0 : OSCILLATOR / divider)
  }

  #set(hertz: number): void {
    if (hertz === this.#hertz) return
    this.#hertz = hertz
    this.#core.pins.clkout.tell(hertz)
  }
}
