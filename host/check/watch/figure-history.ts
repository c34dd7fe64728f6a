/** What a figure was in the rounds before, and whether it has moved beyond that. */
import { scatterOf } from '../compare/scatter.js'
import { median } from '../measure.js'
import type { Measurement } from '../types.js'

/** Rounds before something can be said of the next. */
const LEAST = 3
/** Rounds that are remembered. */
const MOST = 20
/** A figure that stays away for so many rounds is at home there from now on. */
const SETTLED = 5

/** A move away from what the rounds before had, or back there. */
export interface FigureMove {
  readonly from: number
  readonly to: number
  readonly back: boolean
}

export class FigureHistory {
  #home: number[] = []
  /** Values in a row that are not of those. */
  #away: number[] = []

  /** @returns undefined where it is as in the rounds before, and while it stays where it has moved to */
  take(measurement: Measurement): FigureMove | undefined {
    const { value } = measurement
    if (value === null || !Number.isFinite(value)) return undefined
    if (this.#home.length < LEAST || this.#isHome(measurement, value)) {
      const from = this.#away.at(-1)
      this.#away = []
      this.#home = [...this.#home, value].slice(-MOST)
      return from === undefined ? undefined : { from, to: value, back: true }
    }
    this.#away.push(value)
    if (this.#away.length === SETTLED) {
      this.#home = this.#away
      this.#away = []
    }
    return this.#away.length === 1 ? { from: median(this.#home)!, to: value, back: false } : undefined
  }

  /** Beside the range of the rounds before there is room for as much again, and for what one run differs by from another. */
  #isHome(measurement: Measurement, value: number): boolean {
    const low = Math.min(...this.#home)
    const high = Math.max(...this.#home)
    const room = (edge: number): number => Math.max(high - low, scatterOf(measurement, edge, value))
    return value >= low - room(low) && value <= high + room(high)
  }
}
