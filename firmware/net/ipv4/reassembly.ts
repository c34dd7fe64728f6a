/**
 * Datagrams that arrive in fragments (RFC 791 3.2, RFC 815, RFC 1122 3.3.2). Each is put together in a frame of its own, paid
 * for from the budget; together they never take more than their share of it. A datagram whose fragments contradict one
 * another is none: everything of it is dropped until its time is over.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import { FrameBuffer } from '../frame-buffer.js'
import type { MemoryBudget } from '../memory-budget.js'
import { readUint16, readUint32, writeUint16 } from '../wire/octets.js'
import { PROTOCOL_TCP } from '../wire/protocols.js'
import { IP_AT, LARGEST_DATAGRAM, MORE_FRAGMENTS, OFFSET_MASK } from './header.js'
import type { InboundDatagram } from './inbound-datagram.js'
import type { Link } from './link.js'

/** RFC 1122 3.3.2: from the first fragment to arrive, between 60 s and 120 s. */
const REASSEMBLY_TIMEOUT = 60 * SECOND
/** Datagrams under way at one time. */
const REASSEMBLY_LIMIT = 64
/** Ranges of one datagram with gaps between them: twice what a shuffled datagram of 64 KiB has on Ethernet, and some. */
const RANGE_LIMIT = 128
/** Headers are put so that they end here: room for the longest, and the payload lies on a word. */
const PAYLOAD_AT = IP_AT + 60
/** RFC 1858 3, RFC 3128 3: a first fragment of TCP has the whole fixed header, and none begins within it. */
const SMALLEST_TCP_FRAGMENT = 20
const PURPOSE = 'fragments'

export type FragmentLoss =
  | 'fragment length'
  | 'fragment past 65535'
  | 'fragment tiny'
  | 'fragment overlap'
  | 'fragment end'
  | 'fragment ECN'
  | 'fragment of a discarded datagram'
  | 'fragment memory'
  | 'fragments too scattered'
  | 'fragments evicted'
  | 'fragments timed out'

interface Partial {
  readonly key: string
  readonly expires: number
  readonly link: Link
  frame: FrameBuffer | undefined
  /** Of the first fragment, 0 until it came; the header ends at PAYLOAD_AT. */
  headerOctets: number
  /** Octets of payload, once the last fragment came. */
  total: number | undefined
  /** Begins and ends of what is there, ascending, with gaps between. */
  readonly ranges: number[]
  /** A bit for each ECN codepoint seen. */
  codepoints: number
  linkGroup: boolean
  toGroup: boolean
}

export interface ReassemblyOptions {
  clock: Clock
  memory: MemoryBudget
  onLoss(reason: FragmentLoss): void
  /** Time is over for a datagram whose first fragment came (RFC 792: time exceeded, code 1). `fill` describes it. */
  onTimeExceeded(fill: (datagram: InboundDatagram) => void): void
}

export class Reassembly {
  readonly #options: ReassemblyOptions
  /** In the order in which they began, and so will end. */
  readonly #partials = new Map<string, Partial>()
  #held = 0
  #timer: Timer | undefined

  constructor(options: ReassemblyOptions) {
    this.#options = options
  }

  /** Datagrams under way. */
  get size(): number {
    return this.#partials.size
  }

  /** Octets held for them. */
  get held(): number {
    return this.#held
  }

  /**
   * Takes a fragment. When the datagram is whole, `datagram` is made to be it, in another frame: true, and `release` is to be
   * called with that frame when it was delivered.
   */
  take(datagram: InboundDatagram): boolean {
    const partial = this.#partialOf(datagram)
    if (partial === undefined) return false
    const loss = this.#insert(partial, datagram)
    if (loss !== undefined) {
      this.#options.onLoss(loss)
      if (FATAL.has(loss)) this.#poison(partial)
      return false
    }
    return this.#complete(partial, datagram)
  }

  /** The frame of a whole datagram goes. */
  release(frame: FrameBuffer): void {
    this.#give(frame)
  }

  /** Drops fragments that wait for others; their senders are not told. */
  clear(): void {
    for (const partial of this.#partials.values()) {
      if (partial.frame !== undefined) this.#give(partial.frame)
      this.#forget(partial)
    }
  }

  #partialOf(datagram: InboundDatagram): Partial | undefined {
    const identification = readUint16(datagram.frame.octets, datagram.headerAt + 4)
    const key = `${datagram.source} ${datagram.destination} ${datagram.protocol} ${identification}`
    let partial = this.#partials.get(key)
    if (partial !== undefined) return partial
    if (this.#partials.size >= REASSEMBLY_LIMIT) this.#evict()
    partial = {
      key,
      expires: this.#options.clock.now + REASSEMBLY_TIMEOUT,
      link: datagram.link,
      frame: undefined,
      headerOctets: 0,
      total: undefined,
      ranges: [],
      codepoints: 0,
      linkGroup: false,
      toGroup: datagram.toGroup,
    }
    this.#partials.set(key, partial)
    this.#timer ??= this.#options.clock.after(REASSEMBLY_TIMEOUT, this.#expire)
    return partial
  }

  #insert(partial: Partial, datagram: InboundDatagram): FragmentLoss | undefined {
    const { octets } = datagram.frame
    const { headerAt, payloadAt, payloadEnd } = datagram
    const start = (datagram.fragmentField & OFFSET_MASK) * 8
    const last = (datagram.fragmentField & MORE_FRAGMENTS) === 0
    const length = payloadEnd - payloadAt
    const headerOctets = payloadAt - headerAt
    const end = start + length
    if (partial.ranges.length > 0 && partial.frame === undefined) return 'fragment of a discarded datagram'
    if (length === 0 || (!last && length % 8 !== 0)) return 'fragment length'
    if (headerOctets + end > LARGEST_DATAGRAM) return 'fragment past 65535'
    if (datagram.protocol === PROTOCOL_TCP && (start === 0 ? length : start) < SMALLEST_TCP_FRAGMENT) {
      return 'fragment tiny'
    }
    if (partial.total === undefined ? last && end < lastEnd(partial) : end > partial.total) return 'fragment end'
    if (partial.total !== undefined && last && end !== partial.total) return 'fragment end'
    if (!this.#makeRoom(partial, end, last)) return 'fragment memory'
    const whole = partial.frame?.octets ?? octets
    // The same octets twice are a copy; others in the same place are an attempt on whoever looks at one of them only.
    const { ranges } = partial
    for (let i = 0; i < ranges.length; i += 2) {
      const to = Math.min(end, ranges[i + 1])
      for (let at = Math.max(start, ranges[i]); at < to; at++)
        if (whole[PAYLOAD_AT + at] !== octets[payloadAt + at - start]) return 'fragment overlap'
    }
    partial.codepoints |= 1 << (datagram.trafficClass & 3)
    if ((partial.codepoints & MIXED_CODEPOINTS) === MIXED_CODEPOINTS) return 'fragment ECN'
    whole.set(octets.subarray(payloadAt, payloadEnd), PAYLOAD_AT + start)
    if (start === 0) {
      whole.set(octets.subarray(headerAt, payloadAt), PAYLOAD_AT - headerOctets)
      partial.headerOctets = headerOctets
    }
    if (last) partial.total = end
    partial.linkGroup ||= datagram.linkGroup
    addRange(ranges, start, end)
    return ranges.length > 2 * RANGE_LIMIT ? 'fragments too scattered' : undefined
  }

  /** The frame is made large enough: exactly when the end is known, else to grow with few copies. */
  #makeRoom(partial: Partial, end: number, exact: boolean): boolean {
    const before = partial.frame
    const needed = PAYLOAD_AT + end
    if (before !== undefined && before.octets.length >= needed) return true
    const generous = Math.min(PAYLOAD_AT + LARGEST_DATAGRAM, 2 * needed)
    // Nobody else gives way to what is only convenient.
    const most = (before?.octets.length ?? 0) + this.#options.memory.freeFor(PURPOSE)
    return this.#grow(partial, !exact && before !== undefined && generous <= most ? generous : needed)
  }

  /** Paid for is what it has more than before: what it had goes at the same instant. */
  #grow(partial: Partial, octets: number): boolean {
    const before = partial.frame
    const more = octets - (before?.octets.length ?? 0)
    const { memory } = this.#options
    while (more > memory.freeFor(PURPOSE)) {
      // Others make room, the oldest first; this one does not make room for itself.
      const [oldest] = this.#partials.values()
      if (octets > memory.capOf(PURPOSE) || oldest === undefined || oldest === partial) return false
      this.#evict()
    }
    if (!memory.take(more, PURPOSE)) return false
    this.#held += more
    const frame = new FrameBuffer(octets)
    if (before !== undefined) frame.octets.set(before.octets)
    partial.frame = frame
    return true
  }

  #give(frame: FrameBuffer): void {
    this.#held -= frame.octets.length
    this.#options.memory.give(frame.octets.length, PURPOSE)
  }

  /** Makes `datagram` the whole one, if it is whole. */
  #complete(partial: Partial, datagram: InboundDatagram): boolean {
    const { ranges, total, frame, headerOctets } = partial
    if (total === undefined || frame === undefined || ranges.length !== 2 || ranges[0] !== 0 || ranges[1] !== total)
      return false
    // The first fragment may have come last, with options that leave too little room.
    if (headerOctets + total > LARGEST_DATAGRAM) {
      this.#options.onLoss('fragment past 65535')
      this.#poison(partial)
      return false
    }
    this.#forget(partial)
    describe(partial, frame, datagram)
    const { octets } = frame
    const { headerAt } = datagram
    // A congestion mark on any fragment is one on the datagram (RFC 3168 5.3).
    if (partial.codepoints & CONGESTION) octets[headerAt + 1] |= 3
    writeUint16(octets, headerAt + 2, headerOctets + total)
    writeUint16(octets, headerAt + 6, 0)
    writeUint16(octets, headerAt + 10, 0)
    writeUint16(octets, headerAt + 10, frame.checksum(headerAt, PAYLOAD_AT))
    datagram.trafficClass = octets[headerAt + 1]
    datagram.fragmentField = 0
    datagram.payloadEnd = PAYLOAD_AT + total
    return true
  }

  /** Its frame goes, its key stays: what else comes of it is dropped. */
  #poison(partial: Partial): void {
    if (partial.frame !== undefined) this.#give(partial.frame)
    partial.frame = undefined
    if (partial.ranges.length === 0) partial.ranges.push(0, 0)
  }

  #forget(partial: Partial): void {
    this.#partials.delete(partial.key)
    if (this.#partials.size > 0) return
    this.#options.clock.cancel(this.#timer)
    this.#timer = undefined
  }

  #evict(): void {
    const [oldest] = this.#partials.values()
    if (oldest === undefined) return
    if (oldest.frame !== undefined) this.#give(oldest.frame)
    this.#forget(oldest)
    this.#options.onLoss('fragments evicted')
  }

  readonly #expire = (): void => {
    const { clock } = this.#options
    this.#timer = undefined
    for (const partial of this.#partials.values()) {
      if (partial.expires > clock.now) {
        this.#timer ??= clock.after(partial.expires - clock.now, this.#expire)
        return
      }
      this.#partials.delete(partial.key)
      this.#options.onLoss('fragments timed out')
      const { frame } = partial
      if (frame === undefined) continue
      if (partial.headerOctets > 0) this.#options.onTimeExceeded((datagram) => describe(partial, frame, datagram))
      this.#give(frame)
    }
  }
}

/** After these the datagram cannot be trusted, or never be whole. */
const FATAL: ReadonlySet<FragmentLoss> = new Set([
  'fragment past 65535',
  'fragment tiny',
  'fragment overlap',
  'fragment end',
  'fragment ECN',
  'fragments too scattered',
] as const)

/** Not-ECT and CE in one datagram (RFC 3168 5.3). */
const CONGESTION = 1 << 3
const MIXED_CODEPOINTS = CONGESTION | 1

function lastEnd(partial: Partial): number {
  return partial.ranges.at(-1) ?? 0
}

/** Describes what is there of a datagram, as its first fragment's header has it. */
function describe(partial: Partial, frame: FrameBuffer, datagram: InboundDatagram): void {
  const { octets } = frame
  const headerAt = PAYLOAD_AT - partial.headerOctets
  datagram.frame = frame
  datagram.headerAt = headerAt
  datagram.payloadAt = PAYLOAD_AT
  datagram.payloadEnd = PAYLOAD_AT + partial.ranges[1]
  datagram.fragmentField = readUint16(octets, headerAt + 6)
  datagram.trafficClass = octets[headerAt + 1]
  datagram.timeToLive = octets[headerAt + 8]
  datagram.protocol = octets[headerAt + 9]
  datagram.linkGroup = partial.linkGroup
  datagram.toGroup = partial.toGroup
  datagram.link = partial.link
  datagram.via = partial.link.name
  datagram.source = readUint32(octets, headerAt + 12)
  datagram.destination = readUint32(octets, headerAt + 16)
}

/** Adds `start .. end` to ascending ranges, joining what touches. */
function addRange(ranges: number[], start: number, end: number): void {
  let first = 0
  while (first < ranges.length && ranges[first + 1] < start) first += 2
  let after = first
  let from = start
  let to = end
  while (after < ranges.length && ranges[after] <= end) {
    from = Math.min(from, ranges[after])
    to = Math.max(to, ranges[after + 1])
    after += 2
  }
  ranges.splice(first, after - first, from, to)
}
