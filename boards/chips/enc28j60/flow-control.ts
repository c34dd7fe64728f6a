/** Flow control (DS39662 9.0): pause frames in full duplex, endless preamble in half duplex. */
import { BITS } from '../../../firmware/enc28j60/registers.js'
import type { Timer } from '../../../firmware/hal/clock.js'
import { BIT_TIME } from '../../ethernet/port.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'
import { pauseQuanta } from './transmit-frame.js'

const { EFLOCON, MACON1, MACON3 } = PLACE
const { FCEN } = BITS.EFLOCON

/** The unit of pause time (IEEE 802.3 31B.2). */
const PAUSE_QUANTUM = 512 * BIT_TIME

const OFF = 0
const PERIODIC = 2
const ONCE_WITH_ZERO = 3

export class FlowControl {
  readonly #core: Core
  #due: number | undefined
  #timer: Timer | undefined
  /** No frame of the host's may start before this: a partner asked for a pause. */
  pausedUntil = 0

  constructor(core: Core) {
    this.#core = core
  }

  reset(): void {
    this.#core.clock.cancel(this.#timer)
    this.#timer = undefined
    this.#due = undefined
    this.pausedUntil = 0
  }

  /** Pause time of a pause frame that waits to be sent, in quanta. */
  get due(): number | undefined {
    return this.#due
  }

  /** Does half-duplex flow control hold the medium busy? */
  get pressing(): boolean {
    return (this.#core.registers.values[EFLOCON] & 1) !== 0
  }

  /** EFLOCON.FCEN was written. */
  command(mode: number): void {
    const { clock, transmitter } = this.#core
    clock.cancel(this.#timer)
    this.#timer = undefined
    this.#due = undefined
    if (!this.#fullDuplex) {
      if (mode & 1) transmitter.advance()
      else transmitter.stopPressing()
      return
    }
    this.#ask(mode)
  }

  /** MACON1 was written: TXPAUS lets pause frames out. */
  macon1(value: number, old: number): void {
    const rose = value & ~old
    if (rose & BITS.MACON1.TXPAUS && this.#fullDuplex) this.#ask(this.#mode)
    if ((value & BITS.MACON1.RXPAUS) === 0 && this.pausedUntil > this.#core.clock.now) {
      this.pausedUntil = 0
      this.#core.transmitter.advance()
    }
  }

  /** The pause frame is on its way out. */
  taken(): void {
    this.#due = undefined
  }

  /** A pause frame has left. Periodic ones come again after half the time they ask for. */
  sent(): void {
    const { choices, registers } = this.#core
    if (this.#mode !== PERIODIC) {
      if (choices.oneShotPauseClears) registers.values[EFLOCON] &= ~FCEN
      return
    }
    const { clock } = this.#core
    clock.cancel(this.#timer)
    const period = Math.max(1, Math.floor(pauseQuanta(this.#core) * choices.pausePeriod))
    this.#timer = clock.after(period * PAUSE_QUANTUM, () => this.#ask(this.#mode))
  }

  /** A partner asks for a pause (IEEE 802.3 31B.3.3): 0 takes it back. */
  pauseReceived(quanta: number): void {
    const { clock, registers, transmitter } = this.#core
    if (!this.#fullDuplex || (registers.values[MACON1] & BITS.MACON1.RXPAUS) === 0) return
    this.pausedUntil = clock.now + quanta * PAUSE_QUANTUM
    transmitter.advance()
  }

  get #mode(): number {
    return this.#core.registers.values[EFLOCON] & FCEN
  }

  get #fullDuplex(): boolean {
    return (this.#core.registers.values[MACON3] & BITS.MACON3.FULDPX) !== 0
  }

  #ask(mode: number): void {
    const { registers, transmitter, findings } = this.#core
    if (mode === OFF) return
    if ((registers.values[MACON1] & BITS.MACON1.TXPAUS) === 0) {
      findings.report('pause-without-txpaus')
      return
    }
    this.#due = mode === ONCE_WITH_ZERO ? 0 : pauseQuanta(this.#core)
    transmitter.advance()
  }
}
