/** Which parts of its streams a sender had sent before: for whoever only sees the segments that pass. */
import { FIN, SYN, type TcpSegment } from '../../firmware/net/wire/tcp.js'

export class SentBefore {
  /** Of each direction of a connection, the sequence number behind the last that was sent. */
  readonly #behind = new Map<string, number>()

  /**
   * Takes note of a segment.
   * @param direction of the connection that it belongs to: any name, the same for all of its segments
   * @param octets of text
   * @returns whether nothing in it is new; a segment that takes nothing of the sequence is never old
   */
  isAgain(direction: string, { sequence, flags }: Pick<TcpSegment, 'sequence' | 'flags'>, octets: number): boolean {
    // SEG.LEN: octets of the sequence that it takes, SYN and FIN included (RFC 9293 3.4).
    const length = octets + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0)
    if (length === 0) return false
    const behind = (sequence + length) >>> 0
    const highest = this.#behind.get(direction)
    // A SYN begins a new stream, unless it is the same. Numbers are modulo 2^32 (RFC 9293 3.4).
    const isOld = (limit: number) => (flags & SYN ? behind === limit : ((behind - limit) | 0) <= 0)
    if (highest !== undefined && isOld(highest)) return true
    this.#behind.set(direction, behind)
    return false
  }
}
