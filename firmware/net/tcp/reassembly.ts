/**
 * The receiving half's memory: octets in order for the application to read, and what arrived ahead of a gap, held until
 * the gap is filled (RFC 9293 SHLD-31). It also remembers what the acknowledgement says about the latter: the SACK blocks
 * of RFC 2018 and the duplicate of RFC 2883.
 *
 * Where segments overlap the first copy of an octet stays: whoever sends another later cannot change what is held.
 *
 * Positions within are counted modulo 2^32 from the first octet of the connection. RCV.NXT is the caller's.
 */
import { Tally } from '../../hal/counters.js'
import type { MemoryBudget } from '../memory-budget.js'
import { ByteRing } from './ring.js'
import { add, after, before, latest, sequenceDistance } from './sequence.js'

/** Octets of memory that an interval out of order is charged with: where it begins and ends, and its rank by age. */
const INTERVAL_OCTETS = 12
const FIRST_INTERVALS = 4
/** Gaps that are kept track of by default. */
const INTERVAL_LIMIT = 32

export type ReassemblyLoss = 'out of order: too many gaps' | 'out of order: no memory' | 'in order: no memory'

const NO_INTERVALS = new Uint32Array(0)

export class TcpReceiveBuffer {
  readonly ring: ByteRing
  /** Segments refused, wholly or in part, by reason. */
  readonly lost = new Tally<ReassemblyLoss>()
  readonly #memory: MemoryBudget
  readonly #limit: number
  /** Where the octets in order end: RCV.NXT less the first sequence number. */
  #position = 0
  /** Intervals out of order, ascending, with a gap before each; three parallel arrays. */
  #start = NO_INTERVALS
  #end = NO_INTERVALS
  /** The one that changed last has the greatest. */
  #heard = NO_INTERVALS
  #count = 0
  #rank = 0
  #duplicated = false
  #duplicateStart = 0
  #duplicateEnd = 0

  /**
   * @param limit the most octets of content, in order and out of order together
   * @param intervals the most stretches out of order that are kept apart
   */
  constructor(memory: MemoryBudget, limit: number, intervals = INTERVAL_LIMIT) {
    this.#memory = memory
    this.#limit = intervals
    this.ring = new ByteRing(memory, 'TCP receive buffers', limit)
  }

  /** Stretches held out of order. */
  get intervals(): number {
    return this.#count
  }

  /** Octets held out of order. */
  get octetsOutOfOrder(): number {
    let octets = 0
    for (let i = 0; i < this.#count; i++) octets += sequenceDistance(this.#start[i], this.#end[i])
    return octets
  }

  /** `blocks` has something to say. */
  get hasBlocks(): boolean {
    return this.#count > 0 || this.#duplicated
  }

  /**
   * Takes the text of a segment, `octets[from .. to)`, that begins `offset` octets after RCV.NXT; before it where negative.
   * @returns how many octets RCV.NXT advances
   */
  receive(offset: number, octets: Uint8Array, from = 0, to = octets.length): number {
    if (offset === 0 && this.#count === 0) {
      const taken = this.ring.write(octets, from, to)
      if (taken < to - from) this.lost.add('in order: no memory')
      this.#position = add(this.#position, taken)
      return taken
    }
    if (offset < 0) {
      const old = Math.min(-offset, to - from)
      const start = add(this.#position, offset)
      const advance = old < to - from ? this.receive(0, octets, from + old, to) : 0
      if (old > 0) this.#duplicate(start, add(start, old))
      return advance
    }
    return this.#receiveAhead(offset, octets, from, to)
  }

  /**
   * Writes the blocks of a SACK option, left and right edge of each, to `into`: a duplicate first (RFC 2883 4), then the
   * stretch that was reported last, then those reported before it (RFC 2018 4). A duplicate is reported once.
   * @param nextSequence RCV.NXT
   * @param limit the most blocks
   * @returns how many blocks there are
   */
  blocks(into: Uint32Array, nextSequence: number, limit: number): number {
    const first = (nextSequence - this.#position) >>> 0
    let written = 0
    if (this.#duplicated) {
      this.#duplicated = false
      into[0] = add(first, this.#duplicateStart)
      into[1] = add(first, this.#duplicateEnd)
      written = 1
    }
    let bound = 0xffff_ffff
    while (written < limit) {
      let newest = -1
      for (let i = 0; i < this.#count; i++)
        if (this.#heard[i] < bound && (newest < 0 || this.#heard[i] > this.#heard[newest])) newest = i
      if (newest < 0) break
      bound = this.#heard[newest]
      into[2 * written] = add(first, this.#start[newest])
      into[2 * written + 1] = add(first, this.#end[newest])
      written++
    }
    return written
  }

  /** A segment that lies wholly before RCV.NXT, or beyond the window, came again: `from` octets after RCV.NXT, `to`. */
  noteDuplicate(from: number, to: number): void {
    if (to > from) this.#duplicate(add(this.#position, from), add(this.#position, to))
  }

  /** Forgets what is held out of order, and gives its memory back as far as nothing unread lies in it. */
  dropAhead(): void {
    this.#memory.give(this.#start.length * INTERVAL_OCTETS, 'TCP segments out of order')
    this.#start = NO_INTERVALS
    this.#end = NO_INTERVALS
    this.#heard = NO_INTERVALS
    this.#count = 0
    this.#rank = 0
    this.#duplicated = false
    this.ring.dropAhead()
  }

  /** Gives memory back that holds nothing. */
  release(): void {
    if (this.#count > 0) return
    this.dropAhead()
    this.ring.release()
  }

  /** Forgets everything and gives all memory back. */
  clear(): void {
    this.dropAhead()
    this.ring.clear()
  }

  #receiveAhead(offset: number, octets: Uint8Array, from: number, to: number): number {
    if (to === from) return 0
    const start = add(this.#position, offset)
    let end = add(start, to - from)

    // The intervals that the segment overlaps or touches are `first` up to, not including, `beyond`.
    let first = 0
    while (first < this.#count && before(this.#end[first], start)) first++
    let beyond = first
    while (beyond < this.#count && !after(this.#start[beyond], end)) beyond++
    if (first === beyond && offset > 0 && !this.#makeRoom()) return 0

    // What is held lies within the memory there is: a segment cut short for want of more still touches the same intervals.
    const base = this.ring.length
    const room = this.ring.reserve(base + offset + to - from) - base - offset
    if (room < to - from) {
      this.lost.add(offset === 0 ? 'in order: no memory' : 'out of order: no memory')
      if (room <= 0) return 0
      end = add(start, room)
    }

    this.#fill(start, end, first, beyond, octets, from)
    if (offset === 0) return this.#join(end, beyond)
    this.#merge(start, end, first, beyond)
    return 0
  }

  /** Writes what the intervals `first` to `beyond` lack of a segment, and notes what they have as duplicate. */
  #fill(start: number, end: number, first: number, beyond: number, octets: Uint8Array, from: number): void {
    const base = this.ring.length
    let at = start
    let overlap = false
    for (let i = first; i <= beyond; i++) {
      const gapEnd = i < beyond && before(this.#start[i], end) ? this.#start[i] : end
      if (before(at, gapEnd)) {
        const source = from + sequenceDistance(start, at)
        this.ring.writeAt(
          base + sequenceDistance(this.#position, at),
          octets,
          source,
          source + sequenceDistance(at, gapEnd),
        )
      }
      if (i === beyond) break
      const heldFrom = latest(start, this.#start[i])
      const heldTo = before(end, this.#end[i]) ? end : this.#end[i]
      if (!overlap && before(heldFrom, heldTo)) {
        // RFC 2883 4: one block, and it is the first duplicate that is reported.
        overlap = true
        this.#duplicate(heldFrom, heldTo)
      }
      at = latest(at, this.#end[i])
    }
  }

  /** The segment begins at RCV.NXT and ends at `end`: it and what it reaches are in order now. */
  #join(end: number, beyond: number): number {
    if (beyond > 0) end = latest(end, this.#end[beyond - 1])
    const advance = sequenceDistance(this.#position, end)
    this.ring.extend(advance)
    this.#position = end
    this.#remove(0, beyond)
    return advance
  }

  /** One interval takes the place of `first` up to, not including, `beyond`. */
  #merge(start: number, end: number, first: number, beyond: number): void {
    if (first === beyond) {
      this.#start.copyWithin(first + 1, first, this.#count)
      this.#end.copyWithin(first + 1, first, this.#count)
      this.#heard.copyWithin(first + 1, first, this.#count)
      this.#count++
    } else {
      if (before(this.#start[first], start)) start = this.#start[first]
      end = latest(end, this.#end[beyond - 1])
      this.#remove(first + 1, beyond)
    }
    this.#start[first] = start
    this.#end[first] = end
    this.#heard[first] = ++this.#rank
  }

  #remove(first: number, beyond: number): void {
    if (first >= beyond) return
    this.#start.copyWithin(first, beyond, this.#count)
    this.#end.copyWithin(first, beyond, this.#count)
    this.#heard.copyWithin(first, beyond, this.#count)
    this.#count -= beyond - first
    if (this.#count === 0) this.#rank = 0
  }

  /** Sees to memory for one more interval. */
  #makeRoom(): boolean {
    const held = this.#start.length
    if (this.#count < held) return true
    const wanted = Math.min(this.#limit, held === 0 ? FIRST_INTERVALS : 2 * held)
    if (wanted <= held) {
      this.lost.add('out of order: too many gaps')
      return false
    }
    if (!this.#memory.take((wanted - held) * INTERVAL_OCTETS, 'TCP segments out of order')) {
      this.lost.add('out of order: no memory')
      return false
    }
    this.#start = grown(this.#start, wanted)
    this.#end = grown(this.#end, wanted)
    this.#heard = grown(this.#heard, wanted)
    return true
  }

  #duplicate(start: number, end: number): void {
    this.#duplicated = true
    this.#duplicateStart = start
    this.#duplicateEnd = end
  }
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(length)
  result.set(array)
  return result
}
