/**
 * What crossed the wire of one TCP conversation, segment by segment, counted as Linux counts in `tcp_info`: so code can ask of any
 * stack what was delivered and what was sent again. Sequence numbers are the wire's.
 */
import { ACK, FIN, SYN } from '../../firmware/net/wire/tcp.js'

/** What counts of a segment. */
export interface LedgerSegment {
  readonly flags: number
  readonly sequence: number
  readonly length: number
}

interface Outstanding {
  readonly begin: number
  readonly end: number
  resent: boolean
}

/** The most segments that are remembered: beyond that a peer that acknowledges nothing costs no more. */
const MOST_OUTSTANDING = 1 << 16

export class Ledger {
  /** Segments of the stack that arrived, as its peer's acknowledgements say; SYN and FIN are in one. */
  delivered = 0
  /** Octets of data that were sent before. */
  octetsResent = 0
  dataSegmentsSent = 0
  dataSegmentsReceived = 0
  #outstanding: Outstanding[] = []
  /** An octet after the furthest that was sent. */
  #furthest: number | undefined

  /** Segments that were sent again and have not arrived, as far as is known. */
  get resent(): number {
    return this.#outstanding.filter(({ resent }) => resent).length
  }

  /** The stack sent it. */
  sent({ flags, sequence, length }: LedgerSegment): void {
    if (length > 0) this.dataSegmentsSent++
    const end = (sequence + length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0)) >>> 0
    if (end === sequence) return
    const furthest = this.#furthest ?? sequence
    if (before(sequence, furthest)) {
      this.octetsResent += length
      for (const each of this.#outstanding)
        if (before(each.begin, end) && before(sequence, each.end)) each.resent = true
    }
    if (!before(furthest, end)) return
    const begin = before(sequence, furthest) ? furthest : sequence
    if (this.#outstanding.length < MOST_OUTSTANDING) this.#outstanding.push({ begin, end, resent: false })
    this.#furthest = end
  }

  /**
   * The peer sent it.
   * @param acknowledgement with the blocks of a SACK option, in the stack's numbers
   */
  arrived(
    { flags, length }: LedgerSegment,
    acknowledgement: number,
    blocks: readonly (readonly [left: number, right: number])[],
  ): void {
    if (length > 0) this.dataSegmentsReceived++
    if ((flags & ACK) === 0) return
    const left = this.#outstanding.filter(
      ({ begin, end }) =>
        before(acknowledgement, end) && !blocks.some(([from, to]) => !before(begin, from) && !before(to, end)),
    )
    this.delivered += this.#outstanding.length - left.length
    this.#outstanding = left
  }
}

function before(one: number, other: number): boolean {
  return ((one - other) | 0) < 0
}
