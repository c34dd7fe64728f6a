/**
 * The jabber function (IEEE 802.3 14.2.1.6; DS39662 3.3): a station that sends for too long is disconnected from the pair until it has been
 * quiet for a while. A frame never lasts so long; only half-duplex back-pressure does.
 */
import { type Clock, MILLISECOND, type Timer } from '../../../firmware/hal/clock.js'
import { BIT_TIME } from '../../ethernet/port.js'

/** xmit_max: the standard allows 20 to 150 ms. */
const TRANSMIT_MAX = 150 * MILLISECOND
/** unjab: the standard allows 250 to 750 ms. */
const UNJAB = 500 * MILLISECOND

export class Jabber {
  readonly #clock: Clock
  readonly #silence: () => void
  #startedAt: number | undefined
  #quietSince = 0
  #jabbering = false
  #latched = false
  #timer: Timer | undefined

  /** @param silence disconnects the transmitter from the pair. */
  constructor(clock: Clock, silence: () => void) {
    this.#clock = clock
    this.#silence = silence
  }

  reset(): void {
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
    this.#jabbering = false
    this.#latched = false
  }

  /** PHCON2.JABBER is 0: the function works. */
  enable(enabled: boolean): void {
    if (!enabled) {
      this.#clock.cancel(this.#timer)
      this.#timer = undefined
      this.#jabbering = false
    } else if (this.#startedAt !== undefined) this.#watch(this.#startedAt)
  }

  /** Is the transmitter kept off the pair? */
  get silenced(): boolean {
    if (this.#jabbering && this.#startedAt === undefined && this.#clock.now - this.#quietSince >= UNJAB)
      this.#jabbering = false
    return this.#jabbering
  }

  /** How long what is being sent has lasted, in bit times. */
  get bits(): number {
    return Math.floor((this.#clock.now - (this.#startedAt ?? this.#clock.now)) / BIT_TIME)
  }

  /** PHSTAT1.JBSTAT: a jabber since it was last read. */
  takeLatched(): boolean {
    const latched = this.#latched
    this.#latched = this.silenced
    return latched
  }

  /** @param bits how long it will last; 0: until further notice. */
  transmitStart(enabled: boolean, bits: number): void {
    this.#startedAt = this.#clock.now
    if (enabled && (bits === 0 || bits * BIT_TIME > TRANSMIT_MAX)) this.#watch(this.#clock.now)
  }

  transmitEnd(): void {
    this.#startedAt = undefined
    this.#quietSince = this.#clock.now
    if (this.#timer === undefined) return
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
  }

  #watch(from: number): void {
    this.#clock.cancel(this.#timer)
    this.#timer = this.#clock.after(Math.max(0, from + TRANSMIT_MAX - this.#clock.now), () => {
      this.#timer = undefined
      this.#jabbering = true
      this.#latched = true
      this.#silence()
    })
  }
}
