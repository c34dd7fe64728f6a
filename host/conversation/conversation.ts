/**
 * What passes between two ends of a wire, and the states that their connections enter: watched at our end, and at the other where that
 * is ours as well. Of a packet it says only what was seen of it.
 */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { TcpStateChange } from '../../firmware/net/tcp/tcp.js'
import { describeIpv6 } from '../../firmware/net/wire/print/ipv6.js'
import { type DescribedFrame, describeFrame, RFC_9293_WORDING } from '../../firmware/net/wire/print.js'
import type { WatchedEnd } from '../network/watched-end.js'
import { isSameFrame } from '../octets.js'
import { SentBefore } from './sent-before.js'

/** `near` is this end. */
export type WireSide = 'near' | 'far'

/** An instant in nanoseconds, and its place among all that was seen. */
export interface Sighting {
  readonly at: number
  readonly order: number
}

/** A packet on its way. */
export interface PacketPassage {
  readonly kind: 'passage'
  readonly from: WireSide
  readonly described: DescribedFrame
  /** The sender had sent this part of its stream before. */
  readonly again: boolean
  /** Undefined: where it comes from nobody looks, or it was made on the way. */
  readonly sent: Sighting | undefined
  /** Undefined: it has not arrived, or nobody looks there. */
  arrived: Sighting | undefined
}

export interface StateEntered extends Sighting {
  readonly kind: 'state'
  readonly side: WireSide
  readonly change: TcpStateChange
}

export type ConversationStep = PacketPassage | StateEntered

/** Who is told as it happens: of our own end. */
export interface ConversationListener {
  packet(direction: 'in' | 'out', described: DescribedFrame, again: boolean, at: number): void
  state(change: TcpStateChange, at: number): void
}

/** Steps, and how many are left out behind the first of them. */
export interface Excerpt {
  readonly steps: readonly ConversationStep[]
  readonly leftOut: number
  readonly behind: number
}

export type PassageFate = 'arrived' | 'lost' | 'under way' | 'not seen'

/** A frame is not longer under way than this: what is sent again has waited for a timer, and is another one. */
const LONGEST_WAY = 150 * MILLISECOND
/** Steps that are kept: the first and the last. */
const [FIRST, LAST] = [60, 30]
/** Frames of one side that may be under way at once. */
const MOST_UNDER_WAY = 256

interface UnderWay {
  readonly passage: PacketPassage
  readonly sentAt: number
  readonly octets: Uint8Array
}

export class Conversation {
  readonly #now: () => number
  readonly #listener: ConversationListener | undefined
  readonly #bothWatched: boolean
  readonly #first: ConversationStep[] = []
  #last: ConversationStep[] = []
  #leftOut = 0
  #order = 0
  #seen = 0
  readonly #sentBefore = new SentBefore()
  readonly #underWay: Readonly<Record<WireSide, UnderWay[]>> = { near: [], far: [] }
  /** When the last frame of each side arrived that did. */
  readonly #lastArrival: Record<WireSide, number> = { near: -1, far: -1 }
  readonly #ends: (() => void)[] = []
  #endedAt: number | undefined

  /** @param now nanoseconds */
  constructor(now: () => number, near: WatchedEnd, far: WatchedEnd | undefined, listener?: ConversationListener) {
    this.#now = now
    this.#listener = listener
    this.#bothWatched = far !== undefined
    this.#look('near', near)
    if (far !== undefined) this.#look('far', far)
  }

  /** From now on nothing more is seen. */
  end(): void {
    for (const end of this.#ends) end()
    this.#ends.length = 0
    this.#endedAt ??= this.#now()
  }

  /** Frames that were seen at this end. */
  get frames(): number {
    return this.#seen
  }

  /** In the order in which they were first seen; the middle of many is not kept. */
  get steps(): readonly ConversationStep[] {
    return [...this.#first, ...this.#last]
  }

  /** Of the steps so many, at most: of more than that the first and the last. */
  excerpt(most: number): Excerpt {
    const { steps } = this
    const first = this.#first.length
    if (steps.length <= most) return { steps, leftOut: this.#leftOut, behind: first }
    const last = Math.floor((most * LAST) / (FIRST + LAST))
    const behind = Math.min(first, most - last)
    const shown = [...steps.slice(0, behind), ...steps.slice(steps.length - last)]
    return { steps: shown, leftOut: this.#leftOut + steps.length - shown.length, behind }
  }

  /** What became of a packet, as far as that was seen. */
  fateOf({ from, sent, arrived }: PacketPassage): PassageFate {
    if (arrived !== undefined) return 'arrived'
    if (!this.#bothWatched || sent === undefined) return 'not seen'
    const late = (this.#endedAt ?? this.#now()) - sent.at > LONGEST_WAY
    // On a cable nothing overtakes.
    return late || sent.order < this.#lastArrival[from] ? 'lost' : 'under way'
  }

  #look(side: WireSide, { stack, watch }: WatchedEnd): void {
    const other: WireSide = side === 'near' ? 'far' : 'near'
    this.#ends.push(
      watch.listen((direction, frame) => {
        if (side === 'near') this.#seen++
        if (direction === 'out') this.#sent(side, frame)
        else this.#arrived(other, frame)
      }),
      stack.tcp.onState((change) => {
        const at = this.#now()
        this.#keep({ kind: 'state', side, change, at, order: this.#order++ })
        if (side === 'near') this.#listener?.state(change, at)
      }),
    )
  }

  #sent(from: WireSide, frame: Uint8Array): void {
    const sent = this.#sighting()
    const described = describeFrame(frame, RFC_9293_WORDING, describeIpv6)
    const again = this.#isAgain(described)
    if (from === 'near') this.#listener?.packet('out', described, again, sent.at)
    if (isAside(frame, described)) return
    const passage: PacketPassage = { kind: 'passage', from, described, again, sent, arrived: undefined }
    this.#keep(passage)
    if (!this.#bothWatched) return
    const list = this.#underWay[from]
    if (list.length >= MOST_UNDER_WAY) list.shift()
    list.push({ passage, sentAt: sent.at, octets: frame.slice() })
  }

  #arrived(from: WireSide, frame: Uint8Array): void {
    const arrived = this.#sighting()
    const known = this.#takeUnderWay(from, frame, arrived.at)
    const described = known?.described ?? describeFrame(frame, RFC_9293_WORDING, describeIpv6)
    const again = known?.again ?? this.#isAgain(described)
    if (from === 'far') this.#listener?.packet('in', described, again, arrived.at)
    if (known !== undefined) {
      known.arrived = arrived
      this.#lastArrival[from] = Math.max(this.#lastArrival[from], known.sent?.order ?? -1)
    } else if (!isAside(frame, described)) {
      this.#keep({ kind: 'passage', from, described, again, sent: undefined, arrived })
    }
  }

  /** The frame that these octets are: of several the first that can still be under way, or else the last. */
  #takeUnderWay(from: WireSide, frame: Uint8Array, now: number): PacketPassage | undefined {
    const list = this.#underWay[from]
    const same = list.filter(({ octets }) => isSameFrame(octets, frame))
    const found = same.find(({ sentAt }) => now - sentAt <= LONGEST_WAY) ?? same[same.length - 1]
    if (found === undefined) return undefined
    list.splice(0, list.indexOf(found) + 1)
    return found.passage
  }

  #sighting(): Sighting {
    return { at: this.#now(), order: this.#order++ }
  }

  #keep(step: ConversationStep): void {
    if (this.#first.length < FIRST) {
      this.#first.push(step)
      return
    }
    this.#last.push(step)
    if (this.#last.length < 2 * LAST) return
    this.#leftOut += this.#last.length - LAST
    this.#last = this.#last.slice(-LAST)
  }

  #isAgain({ between, segment }: DescribedFrame): boolean {
    if (segment === undefined || between === undefined) return false
    return this.#sentBefore.isAgain(between.words.join(' '), segment, segment.payloadEnd - segment.payloadAt)
  }
}

/** For a group, and no question for a neighbour: what others say to all, and what belongs to no conversation. */
function isAside(frame: Uint8Array, { between, what }: DescribedFrame): boolean {
  if (between === undefined) return !what.startsWith('ARP')
  return (frame[0] & 1) === 1 && !what.startsWith('ICMP6, neighbor solicitation')
}
