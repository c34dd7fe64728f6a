/**
 * What a receiver makes of what a driver puts on a conductor: levels, thresholds, slew, and what lies between the two
 * grounds. Only where it matters: a line whose levels are told apart at any time is carried without it.
 */
import type { DriverLevels, ReceiverThresholds } from './standards.js'

export interface LineReceptionOptions {
  readonly driver: DriverLevels
  readonly receiver: ReceiverThresholds
  /** Picofarads that the driver has to charge: the cable's and the receiver's. None by default. */
  readonly capacitance?: number
  /** False: the conductor leads nowhere, or to something that drives nothing. */
  readonly connected?: boolean
  /** Volts of the driver's ground above the receiver's, at an instant; left out: the grounds are one. */
  readonly groundOffset?: (at: number) => number
}

/** A level as the receiver takes it, 1 for mark, from one instant to another. */
export type TakeLevel = (level: number, from: number, to: number) => void

/** The offset between grounds is taken as constant for so long, in nanoseconds: a hundredth of a period of the mains. */
const STEP = 200_000
/** Edges that take less than this share of a bit change nothing that a receiver could see. */
const NEGLIGIBLE = 0.05

/** Volts a microsecond at the end of a driver that charges `capacitance` picofarads. */
export function slewRate({ slew, current }: DriverLevels, capacitance: number): number {
  return capacitance <= 0 ? slew : Math.min(slew, current / capacitance)
}

export class LineReception {
  readonly options: LineReceptionOptions
  /** Volts a nanosecond. */
  readonly #slewPerNanosecond: number
  #volts: number
  /** What the receiver last read: between its thresholds it stays with it. */
  #level: number

  constructor(options: LineReceptionOptions) {
    this.options = options
    this.#slewPerNanosecond = slewRate(options.driver, options.capacitance ?? 0) / 1000
    this.#volts = options.driver.mark
    this.#level = this.#read(this.#volts + this.#offset(0), options.receiver.open)
  }

  /** Whether a line at rest is read the same all the time. */
  get steady(): boolean {
    return this.options.connected === false || this.options.groundOffset === undefined
  }

  /** What the receiver reads of a line that has been at rest for long, where that is the same all the time. */
  get restLevel(): number {
    const { connected, driver, receiver } = this.options
    return connected === false ? receiver.open : this.#read(driver.mark, this.#level)
  }

  /** Whether every level is read as it was sent, at bits of this length in nanoseconds. */
  clearAt(bitTime: number): boolean {
    const { driver, receiver } = this.options
    if (!this.steady || this.options.connected === false) return false
    if (this.#read(driver.mark, 0) !== 1 || this.#read(driver.space, 1) !== 0) return false
    const furthest = Math.max(
      Math.abs(driver.mark - receiver.low),
      Math.abs(driver.mark - receiver.high),
      Math.abs(driver.space - receiver.low),
      Math.abs(driver.space - receiver.high),
    )
    return furthest / this.#slewPerNanosecond < NEGLIGIBLE * bitTime
  }

  /** The driver sends `level` (1 is mark) from `from` to `to`: tells what the receiver takes, piece by piece. */
  pass(level: number, from: number, to: number, take: TakeLevel): void {
    if (this.options.connected === false) {
      take(this.options.receiver.open, from, to)
      return
    }
    if (this.steady) {
      this.#step(level, from, to, take)
      return
    }
    for (let at = from; at < to; at += STEP) this.#step(level, at, Math.min(to, at + STEP), take)
  }

  /** The voltage moves towards the level's at the driver's slew; where it crosses a threshold, the receiver changes its mind. */
  #step(level: number, from: number, to: number, take: TakeLevel): void {
    const { driver, receiver } = this.options
    const target = level === 1 ? driver.mark : driver.space
    const offset = this.#offset(from)
    const before = this.#volts
    const reach = this.#slewPerNanosecond * (to - from)
    this.#volts = Math.abs(target - before) <= reach ? target : before + Math.sign(target - before) * reach
    const last = this.#level
    this.#level = this.#read(this.#volts + offset, last)
    if (this.#level === last) {
      take(last, from, to)
      return
    }
    const threshold = (this.#volts + offset > receiver.high ? receiver.high : receiver.low) - offset
    const crossed = Math.min(
      to,
      from + Math.max(0, (threshold - before) / (Math.sign(target - before) || 1)) / this.#slewPerNanosecond,
    )
    if (crossed > from) take(last, from, crossed)
    if (to > crossed) take(this.#level, crossed, to)
  }

  #read(volts: number, before: number): number {
    const { low, high, highIs } = this.options.receiver
    if (volts >= high) return highIs
    if (volts <= low) return 1 - highIs
    return before
  }

  #offset(at: number): number {
    return this.options.groundOffset?.(at) ?? 0
  }
}
