/**
 * Rules that a driver breaks over time, where no single instruction is wrong: what it never does, or does in the wrong place. Behind each stands
 * a fault that people reported of real drivers. Nothing here changes what the chip does.
 */
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import type { Core } from './core.js'
import { PLACE } from './places.js'
import type { WatchRoom } from './rooms.js'

const { EIE, ESTAT, ERXNDL, ERXRDPTL, ERXSTL, ERXWRPTL } = PLACE
const { TXABRT } = BITS.ESTAT

/** Longer than a sketch that looks now and then is away. */
const ABANDONED = 5 * SECOND
/** A driver may free a few packets and count them down together. */
const FREED_AT_ONCE = 8

/** EPKTCNT counts no further than 255: what comes then is not stored. */
const MOST_PACKETS = 256

export class DriverWatch implements WatchRoom {
  readonly #core: Core
  /** Where the headers of the packets are that EPKTCNT counts: a ring, in the order in which they came. */
  readonly #starts = new Uint16Array(MOST_PACKETS)
  #first = 0
  #waiting = 0
  /** How many of them, from the first on, had their header read, and their memory given back. */
  #read = 0
  #freed = 0
  /** TXABRT was read, and another transmission begun since, without its being cleared. */
  #abort: 'none' | 'read' | 'sent since' = 'none'
  /** When the driver read a packet or counted one down last, ns; and of which time a missed edge of INT was reported. */
  #servedAt = Number.NEGATIVE_INFINITY
  #reportedOf = Number.NEGATIVE_INFINITY
  /** Since when frames are lost, ns; infinite once that was reported. */
  #fullSince: number | undefined

  constructor(core: Core) {
    this.#core = core
  }

  /** A system reset, or another beginning of the receive buffer. */
  reset(): void {
    this.#abort = 'none'
    this.receptionReset()
  }

  /** No packet is counted any more, and the buffer begins anew. */
  receptionReset(): void {
    this.#waiting = 0
    this.#read = 0
    this.#freed = 0
    this.#roomMade()
  }

  /** ESTAT was read with TXABRT set: whoever looks at it takes the frame that was just sent for aborted (DS39662 12.1.3). */
  abortRead(): void {
    if (this.#abort === 'sent since') this.#core.findings.report('abort-never-cleared')
    this.#abort = 'read'
  }

  /** ESTAT was written. */
  statusWritten(): void {
    if ((this.#core.registers.values[ESTAT] & TXABRT) === 0) this.#abort = 'none'
  }

  /** ECON1.TXRTS rose. */
  transmissionRequested(): void {
    if (this.#abort === 'read') this.#abort = 'sent since'
    this.judge()
  }

  /** The link changed, and the PHY does not say so: PHIE.PLNKIE or PGEIE is 0 (DS39662 12.1.5). */
  linkUnheard(): void {
    if (this.#core.registers.values[EIE] & BITS.EIE.LINKIE) this.#core.findings.report('link-interrupt-without-phie')
  }

  /** @param start where its header is */
  packetStored(start: number): void {
    this.#starts[(this.#first + this.#waiting) % MOST_PACKETS] = start
    this.#waiting++
    this.judge()
  }

  /** ECON2.PKTDEC has counted one down. */
  packetCounted(): void {
    this.#roomMade()
    this.#servedAt = this.#core.clock.now
    if (this.#waiting === 0) return
    this.#first = (this.#first + 1) % MOST_PACKETS
    this.#waiting--
    if (this.#read > 0) this.#read--
    if (this.#freed > 0) this.#freed--
  }

  /** ERXRDPT was written: a packet behind which it stands now is freed. */
  readPointerMoved(): void {
    this.#roomMade()
    if (this.#freed === this.#waiting || !this.#isFree(this.#startOf(this.#freed))) return
    // One write that frees several is a driver that gives up all it has.
    if (this.#freed + 1 < this.#waiting && this.#isFree(this.#startOf(this.#freed + 1))) return
    this.#freed++
    if (this.#freed >= FREED_AT_ONCE) this.#core.findings.report('packet-never-freed')
  }

  /**
   * RBM has read `count` octets from `from` on. The first that a driver reads of a packet is its next-packet pointer (DS39662 7.2.2): one that
   * begins elsewhere has lost the chain, and takes for a header what is none.
   */
  memoryRead(from: number, count: number): void {
    if (this.#waiting === 0 || count === 0) return
    const { clock, findings, registers } = this.#core
    this.#servedAt = clock.now
    if (this.#read === this.#waiting && this.#freed === 0) return
    const start = registers.word(ERXSTL)
    const end = registers.word(ERXNDL)
    if (from < start || from > end) return
    if (this.#read === this.#waiting) {
      // It takes for the next packet what EPKTCNT still counts of one that it has freed.
      if (from === registers.word(ERXWRPTL) || this.#isFree(from)) findings.report('packet-never-freed')
      return
    }
    const size = end - start + 1
    let header = this.#startOf(this.#read)
    const ahead = (header - from + size) % size
    if (ahead >= count) {
      // Of what was counted down and is not yet freed, everything may be read; and of what had its header read.
      let owned = registers.word(ERXRDPTL)
      if (owned < start || owned > end) owned = start
      if ((from - owned + size) % size >= (header - owned + size) % size) findings.report('header-read-elsewhere')
      return
    }
    // One read may go through several.
    do {
      this.#read++
      if (this.#read === this.#waiting) return
      header = this.#startOf(this.#read)
    } while ((header - from + size) % size < count)
  }

  /** A frame was lost because there was no room for it, or because an overflow left the receiver deaf. */
  frameLost(): void {
    const { clock, findings } = this.#core
    this.#fullSince ??= clock.now
    if (clock.now - this.#fullSince > ABANDONED) {
      this.#fullSince = Number.POSITIVE_INFINITY
      findings.report('receiver-left-full')
    }
    this.judge()
  }

  #roomMade(): void {
    this.#fullSince = undefined
  }

  /** INT is low from an event that the driver began to serve, and packets wait: it waits for an edge that does not come. */
  judge(): void {
    const { clock, findings, interrupts } = this.#core
    const { fellAt, high } = interrupts
    if (high || this.#waiting === 0 || this.#reportedOf === this.#servedAt) return
    if (this.#servedAt < fellAt || clock.now - this.#servedAt <= ABANDONED) return
    this.#reportedOf = this.#servedAt
    findings.report('interrupt-edge-missed')
  }

  #startOf(nth: number): number {
    return this.#starts[(this.#first + nth) % MOST_PACKETS]
  }

  /** Is the address outside of what reception may not write, from ERXRDPT to ERXWRPT? */
  #isFree(address: number): boolean {
    const { registers } = this.#core
    const size = registers.word(ERXNDL) - registers.word(ERXSTL) + 1
    if (size <= 0) return false
    const pointer = registers.word(ERXRDPTL)
    return (address - pointer + 2 * size) % size > (registers.word(ERXWRPTL) - pointer + 2 * size) % size
  }
}
