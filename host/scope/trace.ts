/** A voltage over time, as a scope shows it, and what it means: rows of marks underneath. */
import { EdgeList } from './edges.js'
import { Envelope, MANY_POINTS, type Point } from './envelope.js'

/** A stretch of time with a meaning, in nanoseconds. */
export interface Mark {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Stand for the text where that has no room, the longest first. */
  readonly short?: readonly string[]
  /** Something is wrong here. */
  readonly wrong?: boolean
}

export interface MarkRow {
  readonly name: string
  readonly marks: readonly Mark[]
  /** Marks were left out because they would have been too narrow. */
  readonly narrow?: boolean
  /** Each mark is worth seeing, however short it is: a pulse on a conductor that seldom moves. */
  readonly sparse?: boolean
  /** Drawn instead where most marks have no room for their words: each stands for some of them. */
  readonly coarse?: readonly Mark[]
  /** What the short texts stand for. */
  readonly legend?: Readonly<Record<string, string>>
}

export interface Trace {
  /** Volts at an instant. */
  at(time: number): number
  /** The corners of the line between two instants, both ends included; where they are very many, what a picture shows of them. */
  points(from: number, to: number): Point[]
  /** More happened than was kept. */
  readonly overflowed?: boolean
}

/** A conductor that goes from level to level, each edge at the driver's slew. */
export class EdgeTrace implements Trace {
  /** Where each edge goes. */
  readonly #to: EdgeList
  /** From where each begins: an edge may come before the one before it has arrived. */
  readonly #from: EdgeList
  /** Volts a nanosecond. */
  readonly #slewPerNanosecond: number
  #initial: number

  /** @param slew in volts a microsecond */
  constructor(initial: number, slew: number, most?: number) {
    this.#initial = initial
    this.#slewPerNanosecond = slew / 1000
    this.#to = new EdgeList(most)
    this.#from = new EdgeList(most)
  }

  /**
   * From `at` on the driver goes to this voltage. Edges come in the order of time; one that comes late is drawn late.
   * @param forget edges before this one may be forgotten where there is no room
   */
  edge(at: number, volts: number, forget = false): void {
    const last = this.#to.length - 1
    if ((last < 0 ? this.#initial : this.#to.value(last)) === volts) return
    const when = last < 0 ? at : Math.max(at, this.#to.at(last))
    const from = this.at(when)
    this.#to.push(when, volts, forget)
    this.#from.push(when, from, forget)
  }

  /** Nobody will look at what was before: the conductor has this voltage. */
  rest(volts: number): void {
    this.#to.clear()
    this.#from.clear()
    this.#initial = volts
  }

  get edges(): number {
    return this.#to.length
  }

  get overflowed(): boolean {
    return this.#to.overflowed
  }

  at(time: number): number {
    const index = this.#to.before(time)
    if (index < 0) return this.#to.forgotten ?? this.#initial
    const from = this.#from.value(index)
    const to = this.#to.value(index)
    const moved = this.#slewPerNanosecond * (time - this.#to.at(index))
    return Math.abs(to - from) <= moved ? to : from + Math.sign(to - from) * moved
  }

  points(from: number, to: number): Point[] {
    const first = Math.max(0, this.#to.before(from))
    const many = 2 * (this.#to.before(to) - first) > MANY_POINTS
    const points: Point[] = []
    const envelope = many ? new Envelope(from, to) : undefined
    const put = (time: number, volts: number) => {
      if (envelope === undefined) points.push([time, volts])
      else envelope.add(time, volts)
    }
    put(from, this.at(from))
    for (let i = first; i < this.#to.length; i++) {
      const at = this.#to.at(i)
      if (at >= to) break
      const begin = this.#from.value(i)
      const volts = this.#to.value(i)
      const end = at + Math.abs(volts - begin) / this.#slewPerNanosecond
      if (at > from) put(at, begin)
      const next = i + 1 < this.#to.length ? this.#to.at(i + 1) : to
      if (end > from && end < Math.min(to, next)) put(end, volts)
    }
    put(to, this.at(to))
    return envelope?.points() ?? points
  }
}

/** Something slow added to a trace: what lies between two grounds. */
export class OffsetTrace implements Trace {
  constructor(
    private readonly inner: Trace,
    private readonly offset: (time: number) => number,
  ) {}

  get overflowed(): boolean {
    return this.inner.overflowed === true
  }

  at(time: number): number {
    return this.inner.at(time) + this.offset(time)
  }

  points(from: number, to: number): Point[] {
    const corners = this.inner.points(from, to)
    const steps = Array.from({ length: 1000 }, (_, i): Point => {
      const time = from + ((to - from) * i) / 1000
      return [time, this.inner.at(time)]
    })
    return [...corners, ...steps].sort((a, b) => a[0] - b[0]).map(([time, volts]) => [time, volts + this.offset(time)])
  }
}
