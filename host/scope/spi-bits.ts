/**
 * SPI as the chip takes it: bits at the rising edges of SCK, octets counted from the falling edge of CS (DS39662 4.1). It is
 * notified of every edge from the first on and keeps what may be looked at, so that no octet depends on where a window begins.
 */
import { EdgeList } from './edges.js'
import type { Keep, ScopeWindow } from './probe.js'

/** Selects that are kept: more than a picture has columns by far. */
const MOST_SELECTS = 200_000
const BITS = 8
/** A bit as a number: its place in the select, and of each wire a level. */
const LEVELS = 3
const NOT_DRIVEN = 2

/** A level of a wire; undefined: nobody drives it. */
export type SpiLevel = 0 | 1 | undefined

export interface SpiBit {
  readonly at: number
  /** Bits of the same select before it. */
  readonly place: number
  readonly si: SpiLevel
  readonly so: SpiLevel
}

/** From the falling edge of CS to its rising one. */
export interface SpiSelect {
  readonly begin: number
  /** Undefined while CS is low. */
  end: number | undefined
  /** Half the time from its first bit to its second; undefined while it has not two. */
  half: number | undefined
  /** Its first eight bits on SI: the instruction. */
  instruction: number | undefined
}

export class SpiBits {
  readonly #bits = new EdgeList()
  #selects: SpiSelect[] = []
  #current: SpiSelect | undefined
  #place = 0
  #lastAt = 0
  #instruction = 0
  /** The octet under way began where something may be looked at. */
  #octetKept = false
  #selected = false
  #clock = 0
  #si: number = 0
  #so: number = NOT_DRIVEN
  #overflowed = false

  get overflowed(): boolean {
    return this.#overflowed || this.#bits.overflowed
  }

  /** An edge of a pin, in the order of time, to 0 or 1; undefined: released. `keep` says what may be looked at. */
  edge(pin: string, at: number, level: SpiLevel, keep: Keep): void {
    if (pin === 'SI') this.#si = level ?? NOT_DRIVEN
    else if (pin === 'SO') this.#so = level ?? NOT_DRIVEN
    else if (pin === 'CS') this.#select(at, level === 0, keep(at))
    else if (pin === 'SCK') {
      const rising = this.#clock === 0 && level === 1
      this.#clock = level ?? 0
      if (rising && this.#current !== undefined) this.#bit(this.#current, at, keep)
    }
  }

  #select(at: number, low: boolean, when: ReturnType<Keep>): void {
    if (low === this.#selected) return
    this.#selected = low
    if (!low) {
      if (this.#current !== undefined) this.#current.end = at
      this.#current = undefined
      return
    }
    this.#place = 0
    this.#instruction = 0
    if (when === 'late') return
    if (when === 'early') {
      this.#selects = []
      this.#bits.clear()
    }
    if (this.#selects.length >= MOST_SELECTS) {
      if (when !== 'waiting') {
        this.#overflowed = true
        return
      }
      this.#selects = this.#selects.slice(MOST_SELECTS >> 1)
    }
    this.#current = { begin: at, end: undefined, half: undefined, instruction: undefined }
    this.#selects.push(this.#current)
  }

  #bit(select: SpiSelect, at: number, keep: Keep): void {
    const place = this.#place++
    if (place === 1) select.half = (at - this.#lastAt) / 2
    this.#lastAt = at
    if (place < BITS) {
      this.#instruction = this.#instruction * 2 + (this.#si === 1 ? 1 : 0)
      if (place === BITS - 1) select.instruction = this.#instruction
    }
    const when = keep(at - (select.half ?? 0), at)
    if (place % BITS === 0) {
      this.#octetKept = place === 0 || when !== 'late'
      if (when === 'early') this.#bits.clear()
    }
    // An octet that began in the window is reported to its end.
    if (this.#octetKept) this.#bits.push(at, (place * LEVELS + this.#si) * LEVELS + this.#so, when === 'waiting')
  }

  /** Selects of which a part lies in a window. */
  selects({ from, to }: ScopeWindow): readonly SpiSelect[] {
    return this.#selects.filter(({ begin, end }) => begin <= to && (end ?? Number.POSITIVE_INFINITY) >= from)
  }

  /** Bits of a select, from the octet that a window begins in to the one that it ends in. */
  *bits({ begin, end, half = 0 }: SpiSelect, { from, to }: ScopeWindow): Generator<SpiBit> {
    let index = Math.max(this.#bits.before(begin) + 1, this.#bits.before(from) - 2 * BITS)
    for (; index < this.#bits.length; index++) {
      const at = this.#bits.at(index)
      const value = this.#bits.value(index)
      const place = Math.floor(value / (LEVELS * LEVELS))
      if ((end !== undefined && at >= end) || (at - half > to && place % BITS === 0)) return
      yield { at, place, si: level(Math.floor(value / LEVELS) % LEVELS), so: level(value % LEVELS) }
    }
  }
}

function level(code: number): SpiLevel {
  return code === NOT_DRIVEN ? undefined : code === 1 ? 1 : 0
}
