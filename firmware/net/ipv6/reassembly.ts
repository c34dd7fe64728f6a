/**
 * Datagrams that arrive in fragments (RFC 8200 4.5). Each is put together in a frame of its own, paid for from the budget. Fragments that
 * overlap are an attempt on whoever looks at one of them only: everything of their datagram is dropped, until its time is over
 * (RFC 5722 4). The same fragment twice is a copy, which the network may make.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import { FrameBuffer } from '../frame-buffer.js'
import type { MemoryBudget } from '../memory-budget.js'
import { LARGEST_IPV6_PAYLOAD } from '../wire/ipv6.js'
import { writeUint16 } from '../wire/octets.js'
import { type Ipv6Address, writeIpv6 } from './address.js'
import { IPV6_AT, IPV6_PAYLOAD_AT, NEXT_HEADER_AT } from './header.js'

/** 4.5: from the first fragment to arrive. */
const REASSEMBLY_TIMEOUT = 60 * SECOND
/** Datagrams under way at one time. */
const REASSEMBLY_LIMIT = 64
/** Fragments of one datagram: it is of 64 KiB at most, and every link takes 1280 octets (RFC 8200 5). */
const FRAGMENT_LIMIT = 128
const PURPOSE = 'fragments'

export type Ipv6FragmentLoss =
  | 'fragment overlap'
  | 'fragment end'
  | 'fragment ECN'
  | 'fragment of a discarded datagram'
  | 'fragment twice'
  | 'fragment memory'
  | 'too many fragments'
  | 'fragments evicted'
  | 'fragments timed out'

/** A fragment, as its headers have it. */
export interface Fragment {
  readonly octets: Uint8Array
  readonly source: Ipv6Address
  readonly destination: Ipv6Address
  readonly identification: number
  /** What the first fragment's header names; of others it means nothing. */
  readonly protocol: number
  /** In octets, from the begin of the fragmentable part. */
  readonly offset: number
  readonly more: boolean
  /** Where its own part lies. */
  readonly start: number
  readonly end: number
  readonly trafficClass: number
  readonly hopLimit: number
}

/** A datagram that is whole: a header without extensions, and the fragmentable part behind it. */
export interface Whole {
  readonly frame: FrameBuffer
  readonly end: number
}

interface Partial {
  readonly key: string
  readonly expires: number
  readonly source: Ipv6Address
  readonly destination: Ipv6Address
  /** Undefined once it is discarded. */
  frame: FrameBuffer | undefined
  discarded: boolean
  /** Octets of the fragmentable part, once the last fragment came. */
  total: number | undefined
  /** Begin and end of each fragment that is there. */
  readonly pieces: [start: number, end: number][]
  /** Octets in all of them. */
  held: number
  /** A bit for each ECN codepoint seen. */
  codepoints: number
  first: Pick<Fragment, 'protocol' | 'hopLimit' | 'trafficClass'> | undefined
}

export interface Ipv6ReassemblyOptions {
  readonly clock: Clock
  readonly memory: MemoryBudget
  onLoss(reason: Ipv6FragmentLoss): void
  /** Time is over for a datagram whose first fragment came (4.5: time exceeded, code 1). */
  onTimeExceeded(source: Ipv6Address, destination: Ipv6Address, whole: Whole): void
}

export class Ipv6Reassembly {
  readonly #options: Ipv6ReassemblyOptions
  /** In the order in which they began, and so will end. */
  readonly #partials = new Map<string, Partial>()
  #timer: Timer | undefined

  constructor(options: Ipv6ReassemblyOptions) {
    this.#options = options
  }

  /** Takes a fragment. @returns the datagram where it is whole now; `release` is to be called when it was delivered */
  take(fragment: Fragment): Whole | undefined {
    const partial = this.#partialOf(fragment)
    const loss = this.#insert(partial, fragment)
    if (loss !== undefined) {
      this.#options.onLoss(loss)
      if (FATAL.has(loss)) this.#discard(partial)
      return undefined
    }
    const { frame, held, total } = partial
    if (frame === undefined || held !== total) return undefined
    this.#forget(partial)
    return wholeOf(partial, frame, held)
  }

  /** The frame of a whole datagram goes. */
  release({ frame }: Whole): void {
    this.#options.memory.give(frame.octets.length, PURPOSE)
  }

  /** Drops fragments that wait for others; their senders are not told. */
  clear(): void {
    for (const partial of [...this.#partials.values()]) {
      this.#free(partial)
      this.#forget(partial)
    }
  }

  #partialOf({ source, destination, identification }: Fragment): Partial {
    const words = [source, destination].map(
      ({ word0, word1, word2, word3, zone }) => `${word0},${word1},${word2},${word3}%${zone}`,
    )
    const key = `${words.join(' ')} ${identification}`
    const known = this.#partials.get(key)
    if (known !== undefined) return known
    if (this.#partials.size >= REASSEMBLY_LIMIT) this.#evict()
    const { clock } = this.#options
    const partial: Partial = {
      key,
      expires: clock.now + REASSEMBLY_TIMEOUT,
      source,
      destination,
      frame: undefined,
      discarded: false,
      total: undefined,
      pieces: [],
      held: 0,
      codepoints: 0,
      first: undefined,
    }
    this.#partials.set(key, partial)
    this.#timer ??= clock.after(REASSEMBLY_TIMEOUT, this.#expire)
    return partial
  }

  #insert(partial: Partial, fragment: Fragment): Ipv6FragmentLoss | undefined {
    if (partial.discarded) return 'fragment of a discarded datagram'
    const { octets, offset, more, start, end, trafficClass } = fragment
    const to = offset + end - start
    const { pieces, total } = partial
    const last = pieces.reduce((most, [, pieceEnd]) => Math.max(most, pieceEnd), 0)
    if (total === undefined ? !more && to < last : to > total || (!more && to !== total)) return 'fragment end'
    const met = pieces.find(([from, until]) => offset < until && from < to)
    if (met !== undefined) return isCopy(partial, met, fragment) ? 'fragment twice' : 'fragment overlap'
    if (pieces.length >= FRAGMENT_LIMIT) return 'too many fragments'
    const codepoints = partial.codepoints | (1 << (trafficClass & 3))
    if ((codepoints & MIXED_CODEPOINTS) === MIXED_CODEPOINTS) return 'fragment ECN'
    if (!this.#makeRoom(partial, to, !more)) return 'fragment memory'
    partial.codepoints = codepoints
    partial.frame?.octets.set(octets.subarray(start, end), IPV6_PAYLOAD_AT + offset)
    if (offset === 0) {
      const { protocol, hopLimit } = fragment
      partial.first = { protocol, hopLimit, trafficClass }
    }
    if (!more) partial.total = to
    pieces.push([offset, to])
    partial.held += to - offset
    return undefined
  }

  /** The frame is made large enough: exactly when the end is known, else to grow with few copies. */
  #makeRoom(partial: Partial, end: number, exact: boolean): boolean {
    const before = partial.frame?.octets.length ?? 0
    const needed = IPV6_PAYLOAD_AT + end
    if (before >= needed) return true
    const { memory } = this.#options
    const generous = Math.min(IPV6_PAYLOAD_AT + LARGEST_IPV6_PAYLOAD, 2 * needed)
    // Nobody else gives way to what is only convenient.
    const octets = !exact && before > 0 && generous <= before + memory.freeFor(PURPOSE) ? generous : needed
    while (octets - before > memory.freeFor(PURPOSE)) {
      // Others make room, the oldest first; this one does not make room for itself.
      const [oldest] = this.#partials.values()
      if (octets > memory.capOf(PURPOSE) || oldest === undefined || oldest === partial) return false
      this.#evict()
    }
    if (!memory.take(octets - before, PURPOSE)) return false
    const frame = new FrameBuffer(octets)
    if (partial.frame !== undefined) frame.octets.set(partial.frame.octets)
    partial.frame = frame
    return true
  }

  /** Its frame goes, its key stays: what else comes of it is dropped (RFC 5722 4). */
  #discard(partial: Partial): void {
    this.#free(partial)
    partial.discarded = true
  }

  #free(partial: Partial): void {
    if (partial.frame !== undefined) this.#options.memory.give(partial.frame.octets.length, PURPOSE)
    partial.frame = undefined
  }

  #forget(partial: Partial): void {
    this.#partials.delete(partial.key)
    if (this.#partials.size > 0) return
    this.#options.clock.cancel(this.#timer)
    this.#timer = undefined
  }

  #evict(): void {
    const [oldest] = this.#partials.values()
    this.#free(oldest)
    this.#forget(oldest)
    this.#options.onLoss('fragments evicted')
  }

  readonly #expire = (): void => {
    const { clock, onLoss, onTimeExceeded } = this.#options
    this.#timer = undefined
    for (const partial of [...this.#partials.values()]) {
      if (partial.expires > clock.now) {
        this.#timer = clock.after(partial.expires - clock.now, this.#expire)
        return
      }
      this.#partials.delete(partial.key)
      onLoss('fragments timed out')
      const { frame, first } = partial
      if (frame !== undefined && first !== undefined)
        onTimeExceeded(partial.source, partial.destination, wholeOf(partial, frame, firstEnd(partial)))
      this.#free(partial)
    }
  }
}

/** After these the datagram cannot be trusted, or never be whole. */
const FATAL: ReadonlySet<Ipv6FragmentLoss> = new Set([
  'fragment overlap',
  'fragment end',
  'fragment ECN',
  'too many fragments',
] as const)

/** Not-ECT and CE in one datagram (RFC 3168 5.3). */
const CONGESTION = 1 << 3
const MIXED_CODEPOINTS = CONGESTION | 1

/** A fragment is there already, octet for octet. */
function isCopy(
  { frame }: Partial,
  [from, until]: readonly number[],
  { octets, offset, start, end }: Fragment,
): boolean {
  if (frame === undefined || offset !== from || offset + end - start !== until) return false
  for (let at = start; at < end; at++)
    if (frame.octets[IPV6_PAYLOAD_AT + offset + at - start] !== octets[at]) return false
  return true
}

/** Puts the header before what is there from the begin on (4.5: the length is what the fragments make it). */
function wholeOf({ first, source, destination, codepoints }: Partial, frame: FrameBuffer, length: number): Whole {
  const { octets } = frame
  // A congestion mark on any fragment is one on the datagram (RFC 3168 5.3).
  const trafficClass = (first?.trafficClass ?? 0) | (codepoints & CONGESTION ? 3 : 0)
  octets[IPV6_AT] = 0x60 | (trafficClass >> 4)
  octets[IPV6_AT + 1] = (trafficClass & 0xf) << 4
  writeUint16(octets, IPV6_AT + 2, 0)
  writeUint16(octets, IPV6_AT + 4, length)
  octets[NEXT_HEADER_AT] = first?.protocol ?? 0
  octets[IPV6_AT + 7] = first?.hopLimit ?? 0
  writeIpv6(source, octets, IPV6_AT + 8)
  writeIpv6(destination, octets, IPV6_AT + 24)
  return { frame, end: IPV6_PAYLOAD_AT + length }
}

/** Where the fragment ends that is the first. */
function firstEnd({ pieces }: Partial): number {
  return pieces.find(([start]) => start === 0)?.[1] ?? 0
}
