/** A voltage over time, as a scope shows it, and what it means: rows of marks underneath. */

/** A stretch of time with a meaning, in nanoseconds. */
export interface Mark {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Stands for the text where that has no room. */
  readonly short?: string
  /** Something is wrong here. */
  readonly wrong?: boolean
}

export interface MarkRow {
  readonly name: string
  readonly marks: readonly Mark[]
}

/** An instant, in nanoseconds, and volts. */
export type Point = readonly [number, number]

export interface Trace {
  /** Volts at an instant. */
  at(time: number): number
  /** The corners of the line between two instants, both ends included. */
  points(from: number, to: number): Point[]
}

/** A conductor that goes from level to level, each edge at the driver's slew. */
export class EdgeTrace implements Trace {
  readonly #edges: { readonly at: number; readonly from: number; readonly to: number }[] = []
  /** Volts a nanosecond. */
  readonly #slew: number
  #initial: number

  /** @param slew in volts a microsecond */
  constructor(initial: number, slew: number) {
    this.#initial = initial
    this.#slew = slew / 1000
  }

  /** From `at` on the driver goes to this voltage. Edges come in the order of time; one that comes late is drawn late. */
  edge(at: number, volts: number): void {
    const last = this.#edges.at(-1)
    const when = Math.max(at, last?.at ?? Number.NEGATIVE_INFINITY)
    if ((last?.to ?? this.#initial) === volts) return
    this.#edges.push({ at: when, from: this.at(when), to: volts })
  }

  get edges(): number {
    return this.#edges.length
  }

  at(time: number): number {
    const index = this.#before(time)
    if (index < 0) return this.#initial
    const { at, from, to } = this.#edges[index]
    const moved = this.#slew * (time - at)
    return Math.abs(to - from) <= moved ? to : from + Math.sign(to - from) * moved
  }

  points(from: number, to: number): Point[] {
    const points: Point[] = [[from, this.at(from)]]
    for (let i = Math.max(0, this.#before(from)); i < this.#edges.length; i++) {
      const edge = this.#edges[i]
      if (edge.at >= to) break
      const end = edge.at + Math.abs(edge.to - edge.from) / this.#slew
      if (edge.at > from) points.push([edge.at, edge.from])
      if (end > from && end < Math.min(to, this.#edges[i + 1]?.at ?? to)) points.push([end, edge.to])
    }
    points.push([to, this.at(to)])
    return points
  }

  /** The last edge at or before an instant; -1 when there is none. */
  #before(time: number): number {
    let low = 0
    let high = this.#edges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#edges[middle].at <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

/** Something slow added to a trace: what lies between two grounds. */
export class OffsetTrace implements Trace {
  constructor(
    private readonly inner: Trace,
    private readonly offset: (time: number) => number,
  ) {}

  at(time: number): number {
    return this.inner.at(time) + this.offset(time)
  }

  points(from: number, to: number): Point[] {
    const corners = this.inner.points(from, to)
    const steps = Array.from({ length: 200 }, (_, i): Point => {
      const time = from + ((to - from) * i) / 200
      return [time, this.inner.at(time)]
    })
    return [...corners, ...steps].sort((a, b) => a[0] - b[0]).map(([time, volts]) => [time, volts + this.offset(time)])
  }
}

/** Pieces of samples, 0 V between them. */
export class SampledTrace implements Trace {
  readonly #pieces: { readonly start: number; readonly step: number; readonly volts: Float32Array }[] = []

  add(start: number, sampleRate: number, volts: Float32Array): void {
    this.#pieces.push({ start, step: 1e9 / sampleRate, volts })
  }

  at(time: number): number {
    let sum = 0
    for (const { start, step, volts } of this.#pieces) {
      const position = (time - start) / step
      const index = Math.floor(position)
      if (index < 0 || index + 1 >= volts.length) continue
      sum += volts[index] + (volts[index + 1] - volts[index]) * (position - index)
    }
    return sum
  }

  points(from: number, to: number): Point[] {
    const points: Point[] = [[from, this.at(from)]]
    for (const { start, step, volts } of [...this.#pieces].sort((a, b) => a.start - b.start)) {
      const first = Math.max(0, Math.ceil((from - start) / step))
      const last = Math.min(volts.length - 1, Math.floor((to - start) / step))
      if (last >= first && first === 0) points.push([start, 0])
      for (let i = first; i <= last; i++) points.push([start + i * step, volts[i]])
      if (last >= first && last === volts.length - 1) points.push([start + last * step, 0])
    }
    points.push([to, this.at(to)])
    return points
  }
}
