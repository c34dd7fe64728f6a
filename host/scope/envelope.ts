/** Of very many points, what a picture has room for: the first, the last, the lowest and the highest of each of its columns. */

/** An instant, in nanoseconds, and volts. */
export type Point = readonly [number, number]

/** Columns that a picture is as wide as. */
export const COLUMNS = 1100
/** A line of no more corners than this is drawn as it is. */
export const MANY_POINTS = 6000

export class Envelope {
  readonly #from: number
  readonly #width: number
  readonly #columns: number
  /** For each column: instant and volts of the first, the lowest, the highest and the last point. */
  readonly #kept: Float64Array

  constructor(from: number, to: number, columns = COLUMNS) {
    this.#from = from
    this.#width = (to - from) / columns
    this.#columns = columns
    this.#kept = new Float64Array(8 * columns).fill(Number.NaN)
  }

  /** Points come in the order of time. */
  add(time: number, volts: number): void {
    const column = Math.max(0, Math.min(this.#columns - 1, Math.floor((time - this.#from) / this.#width)))
    const kept = this.#kept
    const at = 8 * column
    if (Number.isNaN(kept[at])) {
      for (let i = at; i < at + 8; i += 2) {
        kept[i] = time
        kept[i + 1] = volts
      }
      return
    }
    if (volts < kept[at + 3]) {
      kept[at + 2] = time
      kept[at + 3] = volts
    }
    if (volts > kept[at + 5]) {
      kept[at + 4] = time
      kept[at + 5] = volts
    }
    kept[at + 6] = time
    kept[at + 7] = volts
  }

  points(): Point[] {
    const points: Point[] = []
    const kept = this.#kept
    for (let at = 0; at < kept.length; at += 8) {
      if (Number.isNaN(kept[at])) continue
      const lowFirst = kept[at + 2] <= kept[at + 4]
      let last = Number.NEGATIVE_INFINITY
      for (const i of lowFirst ? [0, 2, 4, 6] : [0, 4, 2, 6]) {
        if (kept[at + i] > last) points.push([kept[at + i], kept[at + i + 1]])
        last = kept[at + i]
      }
    }
    return points
  }
}

/** A line between two instants, thinned where it has very many corners. */
export function thinned(points: readonly Point[], from: number, to: number): readonly Point[] {
  if (points.length <= MANY_POINTS) return points
  const envelope = new Envelope(from, to)
  for (const [time, volts] of points) envelope.add(time, volts)
  return envelope.points()
}
