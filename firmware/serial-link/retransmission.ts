/**
 * Go-back-N over all channels: one sequence space each way, modulo 256. What is sent and when is the endpoint's
 * decision; here is what there is to send, and what a received sequence means.
 */
import { LinkRoundTrip } from './round-trip.js'

interface Outstanding {
  readonly channel: number
  readonly payload: Uint8Array
  readonly sequence: number
  /** When it last began to leave, or -1. */
  sentAt: number
  transmissions: number
}

export interface SenderCounters {
  retransmissions: number
  timeouts: number
  rejectsReceived: number
  /** Acknowledgements of what was never sent. */
  badAcknowledgements: number
}

/** The sending half: holds what is not yet acknowledged. */
export class Sender {
  readonly #cells: Outstanding[] = []
  /** Index in `#cells` of the next one to send: below the length after a go-back. */
  #next = 0
  #sequence = 0
  /**
   * The timer ran out and nothing was heard since. One cell asks then, not the whole window: a peer that was only late has all of it in
   * its line or its buffers, and a second window behind the first is more than it offered to take.
   */
  #asking = false
  readonly roundTrip: LinkRoundTrip
  readonly counters: SenderCounters = { retransmissions: 0, timeouts: 0, rejectsReceived: 0, badAcknowledgements: 0 }

  /** @param window cells that may be outstanding, 1 to 127. `granularity`: see LinkRoundTrip. */
  constructor(
    readonly window: number,
    granularity = 0,
  ) {
    this.roundTrip = new LinkRoundTrip(granularity)
  }

  get outstanding(): number {
    return this.#cells.length
  }

  /** Room for another cell. */
  get open(): boolean {
    return this.#cells.length < this.window && !this.#asking
  }

  /** Takes a cell's worth of a channel. Call only while `open`. */
  take(channel: number, payload: Uint8Array): void {
    this.#cells.push({ channel, payload, sequence: this.#sequence, sentAt: -1, transmissions: 0 })
    this.#sequence = (this.#sequence + 1) & 0xff
  }

  /** Whether `send` has a cell. */
  get ready(): boolean {
    return this.#next < (this.#asking ? 1 : this.#cells.length)
  }

  /** The next sequence that a cell not yet taken will have. */
  get nextSequence(): number {
    return this.#sequence
  }

  /** The next cell to put on the line, counted as sent now. Call only while `ready`. */
  send(now: number): { readonly channel: number; readonly payload: Uint8Array; readonly sequence: number } {
    const cell = this.#cells[this.#next++]
    cell.sentAt = now
    if (cell.transmissions++ > 0) this.counters.retransmissions++
    return cell
  }

  /**
   * Takes a cumulative acknowledgement.
   * @returns cells newly acknowledged; 0 when it says nothing new.
   */
  acknowledge(acknowledge: number, now: number): number {
    const base = (this.#sequence - this.#cells.length) & 0xff
    const count = (acknowledge - base) & 0xff
    if (count === 0) return 0
    if (count > this.#cells.length) {
      // Behind the base is an old cell come late (a re-scan of the line's octets); ahead is nonsense. Neither tells anything.
      if (count <= 0x80) this.counters.badAcknowledgements++
      return 0
    }
    const last = this.#cells[count - 1]
    if (last.sentAt < 0) {
      this.counters.badAcknowledgements++
      return 0
    }
    if (last.transmissions === 1) this.roundTrip.measure(now - last.sentAt)
    this.#asking = false
    this.#cells.splice(0, count)
    this.#next = Math.max(0, this.#next - count)
    return count
  }

  /**
   * The peer rejected everything from the first outstanding cell on.
   * @param soonest nanoseconds under which a reject cannot be the answer to the last transmission of that cell.
   */
  reject(now: number, soonest: number): void {
    this.counters.rejectsReceived++
    const first = this.#cells[0]
    // Already on the way again: this reject was sent before the peer could have seen it.
    if (first === undefined || this.#next === 0 || now - first.sentAt < soonest) return
    this.#next = 0
    this.#asking = false
  }

  /** The timer ran out: the first outstanding cell goes again, and the others once that is acknowledged or rejected. */
  expired(): void {
    if (this.#cells.length === 0) return
    this.counters.timeouts++
    this.roundTrip.expired()
    this.#next = 0
    this.#asking = true
  }
}

/** What a data cell's sequence means to the receiver. */
export type CellVerdict = 'accept' | 'duplicate' | 'ahead'

/** The receiving half: accepts only the next sequence. */
export class LinkReceiver {
  #expected = 0
  /** Furthest sequence seen ahead of `#expected` since the gap was rejected, as a distance; 0 while there is no gap. */
  #seen = 0
  /** A reject is due. */
  rejectDue = false

  get expected(): number {
    return this.#expected
  }

  receive(sequence: number): CellVerdict {
    const distance = (sequence - this.#expected) & 0xff
    if (distance === 0) {
      this.#expected = (this.#expected + 1) & 0xff
      this.#seen = 0
      this.rejectDue = false
      return 'accept'
    }
    if (distance >= 0x80) return 'duplicate'
    this.#gap(distance)
    return 'ahead'
  }

  /** A data cell with this sequence came with a bad payload. */
  damaged(sequence: number): void {
    const distance = (sequence - this.#expected) & 0xff
    if (distance < 0x80) this.#gap(distance + 0.5)
  }

  /** One reject a gap. A sequence that does not rise means the sender has gone back and the cell was lost again: a new gap. */
  #gap(distance: number): void {
    if (this.#seen === 0 || distance <= this.#seen) this.rejectDue = true
    this.#seen = distance
  }
}
