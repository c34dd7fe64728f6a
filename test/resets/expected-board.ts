/**
 * What a board must do when its supply, its RESET pin, its firmware and its host are mistreated: an account of its own, written
 * from the data sheets and not from either board. DS40002061B: reset sources hold the controller each by itself (11.2), pins
 * float in reset (11.1), the time-out after it is 65 ms with the fuses as shipped (table 9-4), each source sets a flag of MCUSR
 * and a power-on clears the others (11.9.1), the watchdog's longest period but two is 256 K cycles of 128 kHz (table 11-2).
 * DS39662: RESET of the chip has a pull-up (table 1-1).
 */
import { MILLISECOND } from '../../firmware/hal/clock.js'

const TIME_OUT = 65 * MILLISECOND
const WATCHDOG = 2_048 * MILLISECOND
/**
 * Two sound boards need not do everything at the same instant: the compiled firmware clears its watchdog up to 25 ms before it
 * hangs, its start takes 16 K cycles of the crystal and an EEPROM write longer, and its session cell goes out behind both.
 */
const CLEARED_BEFORE = 35 * MILLISECOND
const SOONER = 5 * MILLISECOND
const STARTING = 35 * MILLISECOND
const ACKNOWLEDGED = 25 * MILLISECOND
/** From the start of the firmware to a session that carries requests. */
const SESSION = 80 * MILLISECOND

/** Volts: what the Uno's controller and the chip need, and what they have. */
const BROWN_OUT = 2.7
const CHIP_MINIMUM = 2.95
const BOARD_VOLTS = 5
const CHIP_VOLTS = 3.3

/** Symbols a second of a link that has just started. */
export const DEFAULT_RATE = 1_000_000

type Cause = 'watchdog' | 'power-on' | 'brown-out' | 'pin'
const CAUSES: readonly Cause[] = ['watchdog', 'power-on', 'brown-out', 'pin']

interface Sag {
  readonly rail: 'board' | 'chip'
  readonly volts: number
  readonly until: number
}

export class ExpectedBoard {
  now = 0
  powered = false
  /** The controller: held in reset or without supply, in the time-out after it, running, or standing still. */
  processor: 'reset' | 'starting' | 'running' | 'hung' = 'reset'
  /** Since when no firmware runs. */
  deadSince = 0
  /** How often firmware has started. */
  starts = 0
  /** What the firmware that runs was started by. */
  cause: Cause | 'none' = 'none'
  /** RESET of the chip: what firmware drives, or the pull-up; and how often it fell. */
  chipResetHigh = true
  chipResetFalls = 0
  /** The host has asked for the chip and has it. */
  lent = false
  rate = DEFAULT_RATE
  #pinHigh = true
  #sags: Sag[] = []
  #flags = new Set<Cause>()
  #held = true
  #startAt = Number.POSITIVE_INFINITY
  #biteAt = Number.POSITIVE_INFINITY
  /** Instants at which sound boards may differ. */
  #unclear: { readonly from: number; readonly to: number }[] = []

  get volts(): { readonly board: number; readonly chip: number } {
    if (!this.powered) return { board: 0, chip: 0 }
    const lowest = (rail: Sag['rail'], volts: number) =>
      Math.min(volts, ...this.#sags.filter((sag) => sag.rail === rail).map((sag) => sag.volts))
    const board = lowest('board', BOARD_VOLTS)
    return { board, chip: lowest('chip', Math.min(board, CHIP_VOLTS)) }
  }

  get chipPowered(): boolean {
    return this.powered && this.volts.chip >= CHIP_MINIMUM
  }

  /** The next instant at which something happens by itself. */
  get next(): number {
    return Math.min(this.#startAt, this.#biteAt, ...this.#sags.map(({ until }) => until))
  }

  /** The first instant from now on at which there is but one right answer. */
  get clear(): number {
    let at = this.now
    for (const { from, to } of this.#unclear) if (at >= from && at < to) at = to
    return at
  }

  /** Nothing happens by itself for so long, and a session is open where firmware runs. */
  settled(duration: number): boolean {
    return this.next > this.now + duration && (this.processor !== 'running' || this.now >= this.#sessionFrom)
  }
  #sessionFrom = 0

  /** A session that began before it is not of the firmware that runs. */
  get sessionSince(): number {
    return this.#sessionFrom - SESSION - SOONER
  }

  /** To an instant not beyond `next`. */
  advance(to: number): void {
    this.now = to
    this.#unclear = this.#unclear.filter((window) => window.to > to)
    if (this.#sags.some(({ until }) => until <= to)) {
      this.#sags = this.#sags.filter(({ until }) => until > to)
      this.#resets()
    }
    if (this.#biteAt <= to) {
      this.#biteAt = Number.POSITIVE_INFINITY
      this.#flags.add('watchdog')
      this.#release()
      this.#start(CLEARED_BEFORE)
    }
    if (this.#startAt <= to) this.#begin(CAUSES.find((cause) => this.#flags.has(cause)) ?? 'none')
  }

  power(on: boolean): void {
    if (on === this.powered) return
    this.powered = on
    this.#sags = []
    if (on) this.#flags = new Set(['power-on'])
    this.#resets()
  }

  setPin(high: boolean): void {
    if (high === this.#pinHigh) return
    this.#pinHigh = high
    if (!high && this.powered) this.#flags.add('pin')
    this.#resets()
  }

  sag(rail: Sag['rail'], volts: number, duration: number): void {
    if (!this.powered) return
    this.#sags.push({ rail, volts, until: this.now + duration })
    this.#resets()
  }

  hang(): void {
    if (this.processor !== 'running') return
    this.processor = 'hung'
    this.deadSince = this.now
    this.#biteAt = this.now + WATCHDOG
    this.#unclear.push({ from: this.#biteAt - CLEARED_BEFORE, to: this.#biteAt + SOONER })
  }

  /** Firmware drives the chip's RESET. */
  drive(high: boolean): void {
    if (!high && this.chipResetHigh) this.chipResetFalls++
    this.chipResetHigh = high
  }

  /** Firmware jumps to its reset vector, once its answer has been acknowledged. */
  jump(): void {
    this.#release()
    this.#begin('none')
    this.#unclear.push({ from: this.now, to: this.now + ACKNOWLEDGED + STARTING })
  }

  #resets(): void {
    const low = this.powered && this.volts.board < BROWN_OUT
    if (low) this.#flags.add('brown-out')
    const held = !this.powered || low || !this.#pinHigh
    if (held === this.#held) return
    this.#held = held
    if (held) {
      if (this.processor === 'running') this.deadSince = this.now
      this.processor = 'reset'
      this.#startAt = this.#biteAt = Number.POSITIVE_INFINITY
      this.#unclear = []
      this.#release()
    } else this.#start(SOONER)
  }

  /** What does not outlive a reset. */
  #release(): void {
    this.chipResetHigh = true
    this.lent = false
    this.rate = DEFAULT_RATE
  }

  #start(sooner: number): void {
    this.processor = 'starting'
    this.#startAt = this.now + TIME_OUT
    this.#unclear.push({ from: this.#startAt - sooner, to: this.#startAt + STARTING })
  }

  #begin(cause: Cause | 'none'): void {
    this.#startAt = Number.POSITIVE_INFINITY
    this.processor = 'running'
    this.starts++
    this.cause = cause
    this.#flags.clear()
    this.#unclear.push({ from: this.now, to: this.now + STARTING })
    this.#sessionFrom = this.now + SESSION
  }
}
