/**
 * What the receiver said it holds beyond the cumulative acknowledgement (RFC 2018), and what follows from it for sending:
 * what is lost, how much is under way, what goes next. The functions and variables are those of RFC 6675 4.
 *
 * Nothing here frees data: a receiver may take back what it reported (RFC 2018 8), until the cumulative acknowledgement
 * covers it.
 */
import { add, after, afterOrAt, before, beforeOrAt, latest, sequenceDistance } from './sequence.js'

/** DupThresh (RFC 6675 2). */
const DUPLICATE_THRESHOLD = 3
/** Stretches kept apart; a report beyond them waits to be repeated. */
const INTERVAL_LIMIT = 64
const FIRST_INTERVALS = 8
const NO_INTERVALS = new Uint32Array(0)

/** By which rule of NextSeg (RFC 6675 4) a segment was chosen; `none`: there is nothing to send. */
export type NextSegment = 'lost' | 'new' | 'not yet lost' | 'rescue' | 'none'

export class Scoreboard {
  /** The retransmission that `next` chose: `from` up to, not including, `to`. */
  from = 0
  to = 0
  /** A block of the last `update` reported what had been acknowledged or reported before (RFC 2883). */
  duplicate = false
  /** Reported stretches, ascending, with a gap before each. */
  #start = NO_INTERVALS
  #end = NO_INTERVALS
  #count = 0
  #octets = 0
  /** Every octet before this one that was not reported is lost (IsLost); undefined: none is. */
  #lostBefore: number | undefined
  /** HighRxt, one beyond it; undefined: nothing was sent again in this recovery. */
  #resentTo: number | undefined
  /** RescueRxt. */
  #rescue: number | undefined

  /** Octets reported beyond the cumulative acknowledgement. */
  get octets(): number {
    return this.#octets
  }

  get empty(): boolean {
    return this.#count === 0
  }

  /** One beyond the highest octet reported; undefined when nothing is. */
  get highest(): number | undefined {
    return this.#count > 0 ? this.#end[this.#count - 1] : undefined
  }

  /**
   * An acknowledgement arrived: Update () of RFC 6675 4.
   * @param blocks `count` times a left and a right edge, as the option has them; those that make no sense are passed over
   * @param unacknowledged SND.UNA with this acknowledgement taken in
   * @param next SND.NXT, or the highest it has been
   * @param segment SMSS
   * @returns how many octets are reported now that were not before
   */
  update(blocks: Uint32Array, count: number, unacknowledged: number, next: number, segment: number): number {
    this.duplicate = false
    const changed = this.#dropBefore(unacknowledged)
    let fresh = 0
    for (let i = 0; i < count; i++) {
      const left = blocks[2 * i]
      const right = blocks[2 * i + 1]
      if (!before(left, right) || after(right, next)) continue
      if (before(left, unacknowledged)) {
        // What the cumulative acknowledgement covers can only be a duplicate, and only as the first block (RFC 2883 4).
        if (i === 0 && beforeOrAt(right, unacknowledged)) this.duplicate = true
        continue
      }
      // RFC 2883 4: a first block within the second is a duplicate too.
      if (i === 0 && count > 1 && afterOrAt(left, blocks[2]) && beforeOrAt(right, blocks[3])) this.duplicate = true
      fresh += this.#insert(left, right)
    }
    if (changed || fresh > 0) this.#judge(segment)
    return fresh
  }

  /** IsLost (RFC 6675 4): three stretches, or more than two segments of octets, are reported beyond it. */
  isLost(sequence: number): boolean {
    return this.#lostBefore !== undefined && before(sequence, this.#lostBefore)
  }

  isReported(sequence: number): boolean {
    for (let i = 0; i < this.#count && beforeOrAt(this.#start[i], sequence); i++)
      if (before(sequence, this.#end[i])) return true
    return false
  }

  /** SetPipe (RFC 6675 4): the octets believed to be under way. */
  pipe(unacknowledged: number, next: number): number {
    let pipe = 0
    let gap = unacknowledged
    for (let i = 0; i <= this.#count; i++) {
      const gapEnd = i < this.#count ? this.#start[i] : next
      if (before(gap, gapEnd)) {
        // (a) not lost; (b) sent again.
        const alive = this.#lostBefore === undefined ? gap : latest(gap, this.#lostBefore)
        if (before(alive, gapEnd)) pipe += sequenceDistance(alive, gapEnd)
        if (this.#resentTo !== undefined && after(this.#resentTo, gap))
          pipe += sequenceDistance(gap, before(this.#resentTo, gapEnd) ? this.#resentTo : gapEnd)
      }
      if (i < this.#count) gap = this.#end[i]
    }
    return pipe
  }

  /**
   * NextSeg () (RFC 6675 4): what to send next. Leaves the stretch in `from` and `to`, except where it is new data.
   * @param next SND.NXT: one beyond the highest octet sent
   * @param segment SMSS
   * @param canSendNew there are unsent data, and the receiver's window has room for them
   * @param recoveryPoint where this recovery ends
   */
  next(unacknowledged: number, next: number, segment: number, canSendNew: boolean, recoveryPoint: number): NextSegment {
    const highest = this.highest
    // (1.a), (1.b): the first octet beyond HighRxt and before the highest reported that was not reported itself.
    let hole: number | undefined
    if (highest !== undefined) {
      hole = this.#unreported(this.#resentTo === undefined ? unacknowledged : latest(this.#resentTo, unacknowledged))
      if (!before(hole, highest)) hole = undefined
    }
    if (hole !== undefined && this.isLost(hole)) return this.#choose(hole, segment, next, 'lost')
    if (canSendNew) return 'new'
    if (hole !== undefined) return this.#choose(hole, segment, next, 'not yet lost')
    // (4): one segment a recovery, so that the loss of the last retransmission need not wait for the timer.
    if (before(unacknowledged, next) && (this.#rescue === undefined || after(unacknowledged, this.#rescue))) {
      const end = this.highest === next ? this.#start[this.#count - 1] : next
      if (after(end, unacknowledged)) {
        this.#rescue = recoveryPoint
        const from = add(end, -segment)
        this.from = latest(from, this.#gapStart(end, unacknowledged))
        this.to = end
        return 'rescue'
      }
    }
    return 'none'
  }

  /** Recovery begins: nothing was sent again yet. */
  startRecovery(): void {
    this.#resentTo = undefined
    this.#rescue = undefined
  }

  /** Octets up to, not including, `to` were sent again: HighRxt. A rescue is not reported. */
  resent(to: number): void {
    if (this.#resentTo === undefined || after(to, this.#resentTo)) this.#resentTo = to
  }

  /** The octet was sent again in this recovery. */
  wasResent(sequence: number): boolean {
    return this.#resentTo !== undefined && before(sequence, this.#resentTo)
  }

  /** The first octet from `sequence` on that was not reported. */
  unreportedFrom(sequence: number): number {
    return this.#unreported(sequence)
  }

  /** The first reported octet after `sequence`, or `limit` when there is none before it. */
  reportedAfter(sequence: number, limit: number): number {
    for (let i = 0; i < this.#count; i++)
      if (after(this.#start[i], sequence)) return before(this.#start[i], limit) ? this.#start[i] : limit
    return limit
  }

  /** The timer ran out: the receiver may have taken back what it reported (RFC 2018 8, RFC 6675 5.1). */
  forget(): void {
    this.#count = 0
    this.#octets = 0
    this.#lostBefore = undefined
    this.startRecovery()
  }

  #choose(from: number, segment: number, next: number, rule: NextSegment): NextSegment {
    this.from = from
    const most = add(from, segment)
    this.to = this.reportedAfter(from, before(most, next) ? most : next)
    return rule
  }

  #unreported(sequence: number): number {
    for (let i = 0; i < this.#count && beforeOrAt(this.#start[i], sequence); i++)
      if (before(sequence, this.#end[i])) return this.#end[i]
    return sequence
  }

  /** Where the unreported stretch that ends at `end` begins. */
  #gapStart(end: number, unacknowledged: number): number {
    for (let i = this.#count - 1; i >= 0; i--) if (beforeOrAt(this.#end[i], end)) return this.#end[i]
    return unacknowledged
  }

  /** Lost is what has enough reported beyond it; the edge lies at the beginning of a stretch. */
  #judge(segment: number): void {
    this.#lostBefore = undefined
    let octets = 0
    for (let i = this.#count - 1; i >= 0; i--) {
      octets += sequenceDistance(this.#start[i], this.#end[i])
      if (this.#count - i >= DUPLICATE_THRESHOLD || octets > (DUPLICATE_THRESHOLD - 1) * segment) {
        this.#lostBefore = this.#start[i]
        return
      }
    }
  }

  #dropBefore(sequence: number): boolean {
    let gone = 0
    while (gone < this.#count && beforeOrAt(this.#end[gone], sequence)) {
      this.#octets -= sequenceDistance(this.#start[gone], this.#end[gone])
      gone++
    }
    this.#remove(0, gone)
    if (this.#count > 0 && before(this.#start[0], sequence)) {
      this.#octets -= sequenceDistance(this.#start[0], sequence)
      this.#start[0] = sequence
      return true
    }
    return gone > 0
  }

  /** Returns how many of the octets are new. */
  #insert(left: number, right: number): number {
    let first = 0
    while (first < this.#count && before(this.#end[first], left)) first++
    let beyond = first
    let known = 0
    for (; beyond < this.#count && beforeOrAt(this.#start[beyond], right); beyond++)
      known += sequenceDistance(this.#start[beyond], this.#end[beyond])
    if (first === beyond) {
      if (!this.#makeRoom()) return 0
      this.#start.copyWithin(first + 1, first, this.#count)
      this.#end.copyWithin(first + 1, first, this.#count)
      this.#count++
    } else {
      if (before(this.#start[first], left)) left = this.#start[first]
      right = latest(right, this.#end[beyond - 1])
      this.#remove(first + 1, beyond)
    }
    this.#start[first] = left
    this.#end[first] = right
    const fresh = sequenceDistance(left, right) - known
    this.#octets += fresh
    return fresh
  }

  #remove(first: number, beyond: number): void {
    if (first >= beyond) return
    this.#start.copyWithin(first, beyond, this.#count)
    this.#end.copyWithin(first, beyond, this.#count)
    this.#count -= beyond - first
  }

  #makeRoom(): boolean {
    const held = this.#start.length
    if (this.#count < held) return true
    if (held >= INTERVAL_LIMIT) return false
    const wanted = held === 0 ? FIRST_INTERVALS : 2 * held
    this.#start = grown(this.#start, wanted)
    this.#end = grown(this.#end, wanted)
    return true
  }
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(length)
  result.set(array)
  return result
}
