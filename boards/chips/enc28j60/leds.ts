/** LEDA and LEDB (DS39662 2.6, register 2-2): worked out when someone asks; edges only while a pin observer listens. */

import { PHY_BITS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND, type Timer } from '../../../firmware/hal/clock.js'
import type { Core } from './core.js'
import type { PinObserver } from './pins.js'
import type { Activity, Led } from './rooms.js'

/** How long an event is stretched, by LFRQ; 11b is reserved and taken as the longest. */
const STRETCH = [40 * MILLISECOND, 70 * MILLISECOND, 140 * MILLISECOND, 140 * MILLISECOND]
/** Half periods of the blinking codes: the data sheet gives none; 4 Hz and 1 Hz here. */
const FAST = 125 * MILLISECOND
const SLOW = 500 * MILLISECOND

const { LACFG, LBCFG, LFRQ, STRCH } = PHY_BITS.PHLCON

interface Line {
  active: boolean
  endedAt: number
}

export class Leds {
  readonly #core: Core
  readonly #lines: Record<Activity, Line> = {
    transmit: { active: false, endedAt: Number.NEGATIVE_INFINITY },
    receive: { active: false, endedAt: Number.NEGATIVE_INFINITY },
    collision: { active: false, endedAt: Number.NEGATIVE_INFINITY },
  }
  readonly #shown: Record<Led, boolean> = { LEDA: false, LEDB: false }
  #timer: Timer | undefined

  constructor(core: Core) {
    this.#core = core
  }

  /** The PHY begins or ends to send, receive or collide. */
  activity(kind: Activity, active: boolean): void {
    const line = this.#lines[kind]
    line.active = active
    if (!active) line.endedAt = this.#core.clock.now
    if (this.#core.pins.led.size > 0) this.changed()
  }

  /** Is the LED lit at this instant? */
  lit(led: Led): boolean {
    if (!this.#core.power.powered) return false
    const { phy, clock, errata } = this.#core
    switch (this.#code(led)) {
      case 0x1:
        return this.#seen('transmit', false)
      case 0x2:
        return this.#seen('receive', false)
      case 0x3:
        return this.#seen('collision', false)
      case 0x4:
        return phy.linkUp
      case 0x5:
        return phy.fullDuplex
      case 0x7:
        return this.#seen('transmit', false) || this.#seen('receive', false)
      case 0x8:
        return true
      case 0xa:
        return Math.floor(clock.now / FAST) % 2 === 0
      case 0xb:
        return Math.floor(clock.now / SLOW) % 2 === 0
      case 0xc:
        return phy.linkUp && !this.#seen('receive', true)
      case 0xd:
        return phy.linkUp && !this.#seen('receive', true) && !this.#seen('transmit', true)
      case 0xe:
        return phy.fullDuplex || (!errata.ledDuplexCollision && this.#seen('collision', true))
      default:
        return false
    }
  }

  /** A new observer takes the LEDs for dark: it is notified of each that is lit. */
  introduce(observer: PinObserver): void {
    if (observer.led === undefined) return
    for (const led of ['LEDA', 'LEDB'] as const) {
      const lit = this.lit(led)
      this.#shown[led] = lit
      if (lit) observer.led(led, true)
    }
  }

  /** Something an LED may show has changed. */
  changed(): void {
    const { pins, clock } = this.#core
    if (pins.led.size === 0) return
    for (const led of ['LEDA', 'LEDB'] as const) {
      const lit = this.lit(led)
      if (lit === this.#shown[led]) continue
      this.#shown[led] = lit
      pins.led.tell(led, lit)
    }
    clock.cancel(this.#timer)
    const next = this.#nextChange()
    this.#timer = next === undefined ? undefined : clock.after(next - clock.now, () => this.changed())
  }

  #code(led: Led): number {
    const configuration = this.#core.phy.ledConfiguration
    return led === 'LEDA' ? (configuration & LACFG) >> 8 : (configuration & LBCFG) >> 4
  }

  get #stretch(): number {
    return STRETCH[(this.#core.phy.ledConfiguration & LFRQ) >> 2]
  }

  #seen(kind: Activity, always: boolean): boolean {
    const { active, endedAt } = this.#lines[kind]
    if (active) return true
    if (!always && (this.#core.phy.ledConfiguration & STRCH) === 0) return false
    return this.#core.clock.now < endedAt + this.#stretch
  }

  /** When an LED may change by the passing of time alone. */
  #nextChange(): number | undefined {
    const { now } = this.#core.clock
    let next = Number.POSITIVE_INFINITY
    for (const led of ['LEDA', 'LEDB'] as const) {
      const code = this.#code(led)
      if (code === 0xa) next = Math.min(next, (Math.floor(now / FAST) + 1) * FAST)
      if (code === 0xb) next = Math.min(next, (Math.floor(now / SLOW) + 1) * SLOW)
    }
    for (const line of Object.values(this.#lines)) {
      const end = line.endedAt + this.#stretch
      if (!line.active && end > now) next = Math.min(next, end)
    }
    return next === Number.POSITIVE_INFINITY ? undefined : next
  }
}
