/**
 * Whether a repeater listens to one of its ports (IEEE 802.3 9.6.6, auto-partition and reconnection). A port that collides too often in a
 * row, or once for too long, is cut off: nothing that comes in there is heard, and it is still sent to. It is connected again
 * by activity without a collision.
 *
 * Activity is what comes in at the port or goes out of it, a collision is both at once. EP 0 480 598 words the rules so; the Cabletron EMM-E6
 * (its manual, A.2) cuts off after 32 collisions, or one of 2.4 ms.
 */
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { BIT_TIME } from './port.js'

/** Collisions in a row after which a port is cut off (CCLimit: 31 or more). */
export const COLLISION_LIMIT = 31
/** Activity without a collision that ends the row, and connects a port again (Tw5: 450 to 560 bit times). */
const RECONNECT_BITS = 512
/** A collision of this length cuts a port off at once (Tw6: 1,000 to 30,000 bit times). */
export const LONGEST_COLLISION_BITS = 24_000

const RECONNECT = RECONNECT_BITS * BIT_TIME
const LONGEST_COLLISION = LONGEST_COLLISION_BITS * BIT_TIME

export class PortPartition {
  readonly #clock: Clock
  readonly #onProlonged: () => void
  #active = false
  #colliding = false
  /** Since then there was activity, and no collision in it; undefined: there was one, or nothing is there. */
  #cleanSince: number | undefined
  /** Collisions in a row: counted once in each activity. */
  #row = 0
  #prolonged: Timer | undefined
  #telling: Timer | undefined
  #cut = false
  /** Cut off, and good again: connected as soon as nothing comes in or goes out. */
  #restored = false
  /** How often it was cut off. */
  times = 0

  /** @param onProlonged a collision has lasted too long: the port is cut off */
  constructor(clock: Clock, onProlonged: () => void) {
    this.#clock = clock
    this.#onProlonged = onProlonged
  }

  /** Nothing that comes in is heard. */
  get cut(): boolean {
    return this.#cut
  }

  /** What comes in at the port, or goes out of it, has changed. */
  update(dataIn: boolean, dataOut: boolean): void {
    const active = dataIn || dataOut
    const colliding = dataIn && dataOut
    if (active && !this.#active) this.#cleanSince = this.#clock.now
    if (colliding !== this.#colliding) this.#collision(colliding)
    if (!active && this.#active) this.#quiet()
    this.#active = active
  }

  /** As it is when the power comes. */
  reset(): void {
    this.#clock.cancel(this.#prolonged)
    this.#clock.cancel(this.#telling)
    this.#active = this.#colliding = this.#cut = this.#restored = false
    this.#cleanSince = undefined
    this.#row = 0
  }

  #collision(on: boolean): void {
    this.#colliding = on
    this.#clock.cancel(this.#prolonged)
    if (!on) return
    this.#lookAtActivity()
    if (this.#cleanSince !== undefined) this.#row++
    this.#cleanSince = undefined
    if (this.#cut) return
    if (this.#row >= COLLISION_LIMIT) this.#cutOff()
    else
      this.#prolonged = this.#clock.after(LONGEST_COLLISION, () => {
        this.#cutOff()
        // Once all ports have looked: the collision ends by it, and the other port of a loop is to be cut off as well.
        this.#telling = this.#clock.after(0, this.#onProlonged)
      })
  }

  #quiet(): void {
    this.#lookAtActivity()
    this.#cleanSince = undefined
    if (!this.#restored) return
    this.#restored = this.#cut = false
  }

  /** Was there enough of it without a collision, so far? */
  #lookAtActivity(): void {
    if (this.#cleanSince === undefined || this.#clock.now - this.#cleanSince < RECONNECT) return
    this.#row = 0
    this.#restored = this.#cut
  }

  #cutOff(): void {
    this.#cut = true
    this.#restored = false
    this.times++
  }
}
