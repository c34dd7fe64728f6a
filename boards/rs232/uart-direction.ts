/** One direction of a serial line: from the shift register of one UART to the receiver of the other. */

import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { addObserver, Listeners, type ObserverListeners } from '../../firmware/hal/listeners.js'
import type { Random } from '../../firmware/hal/random.js'
import { LINE_BIT_8 } from '../../firmware/hal/serial-line.js'
import { bitsAnOctet, frameBits, type SerialFraming, sameFraming, slotsAnOctet } from './framing.js'
import { CLEAN, Gap, type LineFaults } from './line-noise.js'
import type { LineObserver } from './line-observer.js'
import type { LineReception } from './reception.js'
import { SamplingReceiver } from './sampling-receiver.js'

const SECOND = 1_000_000_000
/** A line at rest whose receiver does not always read rest is looked at this often, in nanoseconds. */
const LOOK = 5_000_000

/**
 * What happened to octets on the way. Always, once the line is at rest:
 * `sent` − `dropped` + `inserted` − `sampledIn` + `sampledOut` = octets that reached the other end.
 */
export interface DirectionCounters {
  /** Octets that have left the sender. */
  sent: number
  /** Octets lost and inserted by fault injection. */
  dropped: number
  inserted: number
  /** Bits inverted by noise, and octets that had at least one. */
  bitErrors: number
  hitOctets: number
  /** Octets that were received by sampling the line bit by bit, and the octets that the receiver made of them. */
  sampledIn: number
  sampledOut: number
}

export interface DirectionOptions {
  readonly clock: Clock
  readonly random: Random
  readonly framing: SerialFraming
  readonly baud: number
  /** Octets in one event at the receiver; `bit`: an event a bit. */
  readonly granularity: number | 'bit'
  /** Octets as they complete at the receiver, and the instant of each. */
  readonly deliver: (octets: Uint8Array, errors: Uint8Array | undefined, times: readonly number[] | undefined) => void
}

/** A character that is leaving bit by bit. */
interface LeavingCharacter {
  readonly character: number
  readonly bits: number
  readonly slots: number
  readonly bitTime: number
  readonly dropped: boolean
  /** Bits that noise has inverted so far. */
  flips: number
}

export class UartDirection {
  readonly #clock: Clock
  readonly #random: Random
  readonly #options: DirectionOptions
  #sendFraming: SerialFraming
  #receiveFraming: SerialFraming
  #sendBaud: number
  #receiveBaud: number
  readonly #receiver: SamplingReceiver
  #reception: LineReception | undefined
  /** What is sent is received as it was sent, but for noise: same rate, same framing, clear levels. */
  #alike = true
  /** Octets that have not begun to leave: `#queue[#head..#tail)`; wide where characters have nine bits. */
  #queue: Uint8Array | Uint16Array = new Uint8Array(256)
  #head = 0
  #tail = 0
  /** The run that is leaving. Its start is kept with a fraction, so that no rate drifts. */
  #running = 0
  #runStart = 0
  #runFraming: SerialFraming
  #octetTime = 0
  #timer: Timer | undefined
  /** When the line last went to rest, with its fraction. */
  #restAt = 0
  /** Of the run that is being delivered. */
  #deliveredEnd = 0
  #deliveredOctetTime = 0
  #breakFor = 0
  /** The sender holds a break until it releases it; since when it does, and up to when the receiver has seen it. */
  #hold = false
  #heldSince: number | undefined
  #heldSeen = 0
  #blocked = false
  #settleTimer: Timer | undefined
  readonly #flips: Gap
  readonly #drops: Gap
  readonly #inserts: Gap
  #burstUntil = 0
  #burstRate = 0
  /** Received, not yet delivered: only where octets were sampled. */
  #out: number[] = []
  #outErrors: number[] = []
  #outTimes: number[] = []
  readonly #observers: ObserverListeners<LineObserver> = {
    sent: new Listeners(),
    held: new Listeners(),
    spike: new Listeners(),
    received: new Listeners(),
    bit: new Listeners(),
    sample: new Listeners(),
  }
  readonly counters: DirectionCounters = {
    sent: 0,
    dropped: 0,
    inserted: 0,
    bitErrors: 0,
    hitOctets: 0,
    sampledIn: 0,
    sampledOut: 0,
  }

  constructor(options: DirectionOptions) {
    this.#options = options
    this.#clock = options.clock
    this.#random = options.random
    this.#sendFraming = this.#receiveFraming = this.#runFraming = options.framing
    this.#sendBaud = this.#receiveBaud = options.baud
    this.#receiver = new SamplingReceiver(options.framing, options.baud)
    const { sample } = this.#observers
    this.#receiver.handleSample = (level, at, bit, nth) => {
      if (!sample.idle) sample.tell(level, at, bit, nth)
    }
    this.#flips = new Gap(options.random.fork('bit errors'))
    this.#drops = new Gap(options.random.fork('dropped octets'))
    this.#inserts = new Gap(options.random.fork('inserted octets'))
    this.faults = CLEAN
    this.#widen()
  }

  set faults(faults: LineFaults) {
    this.#flips.rate = faults.bitErrorRate
    this.#drops.rate = faults.dropRate
    this.#inserts.rate = faults.insertRate
  }

  /** Octets that have not begun to leave. */
  get pending(): number {
    return this.#tail - this.#head + this.#running - this.#begun()
  }

  /** Characters of nine bits need a Uint16Array; of others only the data bits leave. */
  write(octets: Uint8Array | Uint16Array): void {
    if (this.#tail + octets.length > this.#queue.length) {
      // The run that is leaving is read again when it has left: it moves with the rest.
      const base = this.#head - this.#running
      const needed = this.#tail - base + octets.length
      const wide = this.#queue instanceof Uint16Array
      const room =
        needed <= this.#queue.length ? this.#queue : wide ? new Uint16Array(2 * needed) : new Uint8Array(2 * needed)
      room.set(this.#queue.subarray(base, this.#tail))
      this.#queue = room
      this.#head -= base
      this.#tail -= base
    }
    this.#queue.set(octets, this.#tail)
    this.#tail += octets.length
    this.#start()
  }

  /** Forgets octets that have not begun to leave. Returns how many. */
  flush(): number {
    const { pending } = this
    this.#cut()
    this.#tail = this.#head
    return pending
  }

  set sendBaud(baud: number) {
    if (baud === this.#sendBaud) return
    this.#cut()
    this.#sendBaud = baud
    this.#compare()
  }

  set receiveBaud(baud: number) {
    this.#receiveBaud = baud
    this.#receiver.setBaud(baud)
    this.#compare()
  }

  set sendFraming(framing: SerialFraming) {
    if (sameFraming(framing, this.#sendFraming)) return
    this.#cut()
    this.#sendFraming = framing
    this.#widen()
    this.#compare()
  }

  set receiveFraming(framing: SerialFraming) {
    if (sameFraming(framing, this.#receiveFraming)) return
    this.#receiveFraming = framing
    this.#receiver.setFraming(framing)
    this.#compare()
  }

  /** What the receiver makes of the driver's voltages; undefined: what was sent. */
  set reception(reception: LineReception | undefined) {
    const atRest = this.#running === 0 && this.#timer === undefined
    // Until now the line was what it was before.
    if (atRest) this.#rest(this.#clock.now)
    this.#reception = reception
    this.#compare()
    if (atRest) this.#settle()
  }

  /** True: nothing more leaves behind the octet that is leaving, until false (CTS is off). */
  set blocked(blocked: boolean) {
    if (blocked === this.#blocked) return
    this.#blocked = blocked
    if (blocked) this.#cut()
    else this.#start()
  }

  observe(observer: LineObserver): () => void {
    return addObserver(this.#observers, observer)
  }

  /** Holds the line at the level of a start bit, once what is leaving has left. */
  break(duration: number): void {
    this.#cut()
    this.#breakFor += duration
    if (this.#running === 0) this.#start()
  }

  /** Holds the line at the level of a start bit until it is released. */
  set holding(on: boolean) {
    if (on === this.#hold) return
    this.#hold = on
    if (on) {
      this.#cut()
      if (this.#running === 0) this.#start()
    } else if (this.#heldSince !== undefined) {
      this.#releaseBreak(this.#heldSince)
    }
  }

  /** Noise for a while, whether octets are on the way or not: each bit is inverted with probability `rate`. */
  burst(duration: number, rate: number): void {
    this.#burstUntil = Math.max(this.#burstUntil, this.#clock.now + duration)
    this.#burstRate = rate
    if (this.#running === 0 && this.#heldSince === undefined) {
      this.#restAt = Math.max(this.#restAt, this.#clock.now)
      this.#noiseAtRest()
    }
  }

  #compare(): void {
    this.#alike =
      this.#sendBaud === this.#receiveBaud &&
      sameFraming(this.#sendFraming, this.#receiveFraming) &&
      (this.#reception === undefined || this.#reception.clearAt(SECOND / this.#sendBaud))
  }

  /** Nine bits do not fit an octet. */
  #widen(): void {
    if (this.#sendFraming.dataBits === 9 && this.#queue instanceof Uint8Array) {
      this.#queue = Uint16Array.from(this.#queue)
    }
  }

  /** Octets of the run that have begun to leave. */
  #begun(): number {
    if (this.#running === 0) return 0
    return Math.min(this.#running, Math.floor((this.#clock.now - this.#runStart) / this.#octetTime) + 1)
  }

  /** Ends the run behind the octet that is leaving; the others go back to the queue. */
  #cut(): void {
    const begun = this.#begun()
    if (begun === this.#running) return
    this.#head -= this.#running - begun
    this.#running = begun
    this.#clock.cancel(this.#timer)
    this.#awaitEnd()
  }

  #start(): void {
    if (this.#running > 0 || this.#timer !== undefined || this.#heldSince !== undefined) return
    // Events are at whole nanoseconds, octets are not: behind another one, an octet begins exactly where that one ended.
    const from = this.#clock.now - this.#restAt < 1 ? this.#restAt : this.#clock.now
    if (this.#hold) {
      this.#startHold(from)
      return
    }
    if (this.#breakFor > 0) {
      this.#startBreak(from)
      return
    }
    const queued = this.#tail - this.#head
    if (queued === 0 || this.#blocked) return
    const { granularity } = this.#options
    this.#running = granularity === 'bit' ? 1 : Math.min(queued, granularity)
    this.#head += this.#running
    this.#runFraming = this.#sendFraming
    this.#octetTime = (bitsAnOctet(this.#runFraming) * SECOND) / this.#sendBaud
    this.#runStart = from
    if (granularity === 'bit') this.#leaveBits()
    else this.#awaitEnd()
  }

  /** The character leaves level by level, and what is received of it is known as it comes. */
  #leaveBits(): void {
    this.#rest(this.#runStart)
    const framing = this.#runFraming
    const character = this.#queue[this.#head - 1] & ((1 << framing.dataBits) - 1)
    const slots = slotsAnOctet(framing)
    const dropped = this.#drops.hit()
    this.#leaveBit(0, {
      character,
      bits: frameBits(character, framing),
      slots,
      bitTime: this.#octetTime / bitsAnOctet(framing),
      dropped,
      flips: 0,
    })
  }

  #leaveBit(slot: number, leaving: LeavingCharacter): void {
    const { character, bits, slots, bitTime, dropped } = leaving
    const from = this.#runStart + slot * bitTime
    const to = Math.min(this.#runStart + this.#octetTime, from + bitTime)
    const flipped = !dropped && (from < this.#burstUntil ? this.#random.float() < this.#burstRate : this.#flips.hit())
    if (flipped) {
      leaving.flips |= 1 << slot
      this.counters.bitErrors++
    }
    const level = ((bits >> slot) & 1) ^ (flipped ? 1 : 0)
    this.#observers.bit.tell({ from, to, framing: this.#runFraming, character, slot, level, flipped })
    this.#timer = this.#clock.after(Math.max(0, Math.round(to) - this.#clock.now), () => {
      this.#timer = undefined
      if (!dropped) this.#feed(level, from, to)
      if (slot + 1 < slots) {
        this.#leaveBit(slot + 1, leaving)
        this.#deliverSampled()
      } else this.#left(leaving)
    })
  }

  /** The last bit of a character has left. */
  #left({ character, bitTime, dropped, flips }: LeavingCharacter): void {
    const { counters } = this
    const from = this.#runStart
    const end = from + this.#octetTime
    counters.sent++
    if (dropped) counters.dropped++
    else {
      counters.sampledIn++
      if (flips !== 0) counters.hitOctets++
      this.#observers.sent.tell({ from, bitTime, framing: this.#runFraming, character, flips })
    }
    this.#insert(end)
    this.#ended(end)
    this.#deliverSampled()
    this.#settle()
  }

  #awaitEnd(): void {
    const end = this.#runStart + this.#running * this.#octetTime
    this.#timer = this.#clock.after(Math.max(0, Math.round(end) - this.#clock.now), () => this.#finish())
  }

  #startBreak(from: number): void {
    const to = from + this.#breakFor
    this.#breakFor = 0
    this.#rest(from)
    this.#endBreak(from, from, to)
  }

  #startHold(from: number): void {
    this.#rest(from)
    this.#heldSince = this.#heldSeen = from
    // The receiver finds its framing error when a character's time is over, however long the break goes on.
    const character = ((slotsAnOctet(this.#receiveFraming) + 1) * SECOND) / this.#receiveBaud
    this.#settleTimer = this.#clock.after(Math.ceil(character), () => {
      this.#feed(0, this.#heldSeen, this.#clock.now)
      this.#heldSeen = this.#clock.now
      this.#deliverSampled()
    })
  }

  #releaseBreak(since: number): void {
    this.#clock.cancel(this.#settleTimer)
    this.#heldSince = undefined
    this.#endBreak(since, this.#heldSeen, this.#clock.now)
  }

  /** A break since `since`, of which the receiver has seen what lies before `seen`, ends at `to`. */
  #endBreak(since: number, seen: number, to: number): void {
    const mark = to + SECOND / this.#sendBaud // without a stop bit behind it, the next start bit would have no edge
    this.#timer = this.#clock.after(Math.max(0, Math.round(mark) - this.#clock.now), () => {
      this.#timer = undefined
      this.#observers.held.tell(since, to)
      this.#feed(0, seen, to)
      this.#feed(1, to, mark)
      this.#restAt = mark
      this.#deliverSampled()
      this.#settle()
      this.#start()
    })
  }

  /** The run has left: what the receiver makes of it. */
  #finish(): void {
    this.#timer = undefined
    const count = this.#running
    const start = this.#runStart
    const first = this.#head - count
    const end = start + count * this.#octetTime
    const slots = slotsAnOctet(this.#runFraming)
    this.counters.sent += count
    const clean =
      this.#alike &&
      this.#flips.left >= count * slots &&
      this.#drops.left >= count &&
      this.#inserts.left >= count &&
      this.#receiver.idle &&
      start >= this.#burstUntil
    if (!clean) {
      this.#rest(start)
      for (let i = 0; i < count; i++) this.#carry(this.#queue[first + i], start + i * this.#octetTime)
      this.#ended(end)
      this.#deliverSampled()
      this.#settle()
      return
    }
    this.#flips.pass(count * slots)
    this.#drops.pass(count)
    this.#inserts.pass(count)
    this.#clock.cancel(this.#settleTimer)
    const characters = this.#queue.slice(first, first + count)
    if (this.#observers.sent.size + this.#observers.received.size > 0) this.#show(characters, start)
    this.#ended(end)
    if (characters instanceof Uint8Array && this.#runFraming.dataBits >= 8) {
      this.#options.deliver(characters, undefined, undefined)
    } else {
      this.#deliverOdd(characters)
    }
  }

  /** Characters that are no octets: of fewer than eight bits, or of nine. */
  #deliverOdd(characters: Uint8Array | Uint16Array): void {
    const mask = (1 << this.#runFraming.dataBits) - 1
    const octets = Uint8Array.from(characters, (character) => character & mask & 0xff)
    const wide = this.#runFraming.dataBits === 9
    const flags = wide ? Uint8Array.from(characters, (character) => (character & 0x100 ? LINE_BIT_8 : 0)) : undefined
    this.#options.deliver(octets, flags?.some((flag) => flag !== 0) ? flags : undefined, undefined)
  }

  /** Tells those who watch of characters that are received as they were sent. */
  #show(characters: Uint8Array | Uint16Array, start: number): void {
    const framing = this.#runFraming
    const bitTime = this.#octetTime / bitsAnOctet(framing)
    const mask = (1 << framing.dataBits) - 1
    for (const [i, each] of characters.entries()) {
      const character = each & mask
      const from = start + i * this.#octetTime
      this.#observers.sent.tell({ from, bitTime, framing, character, flips: 0 })
      this.#observers.received.tell(character & 0xff, character & 0x100 ? LINE_BIT_8 : 0, from + this.#octetTime)
    }
  }

  /** The next run begins where this one ended, before anyone is notified: what a listener writes comes behind the queue. */
  #ended(end: number): void {
    this.#running = 0
    this.#restAt = this.#deliveredEnd = end
    this.#deliveredOctetTime = this.#octetTime
    if (this.#head === this.#tail) this.#head = this.#tail = 0
    this.#start()
  }

  /** Instants of octets in a run that was delivered as it was sent. */
  timeOf(index: number, count: number): number {
    return Math.round(this.#deliveredEnd - (count - 1 - index) * this.#deliveredOctetTime)
  }

  #carry(character: number, from: number): void {
    const { counters } = this
    const framing = this.#runFraming
    const slots = slotsAnOctet(framing)
    const bitTime = this.#octetTime / bitsAnOctet(framing)
    if (this.#drops.hit()) {
      counters.dropped++
    } else {
      const flips = this.#drawFlips(from, slots)
      if (this.#observers.sent.size > 0) {
        const sent = character & ((1 << framing.dataBits) - 1)
        this.#observers.sent.tell({ from, bitTime, framing, character: sent, flips })
      }
      if (flips === 0 && this.#receiver.idle && this.#alike) {
        const kept = character & ((1 << framing.dataBits) - 1)
        this.#keep(kept & 0xff, kept & 0x100 ? LINE_BIT_8 : 0, from + this.#octetTime)
      } else {
        const bits = frameBits(character, framing)
        const end = from + this.#octetTime
        counters.sampledIn++
        if (flips !== 0) counters.hitOctets++
        for (let bit = 0; bit < slots; bit++) {
          const level = ((bits ^ flips) >> bit) & 1
          this.#feed(level, from + bit * bitTime, Math.min(end, from + (bit + 1) * bitTime))
        }
      }
    }
    this.#insert(from + this.#octetTime)
  }

  /** Behind a character that ended at this instant, there may be one that nobody sent. */
  #insert(at: number): void {
    if (!this.#inserts.hit()) return
    this.counters.inserted++
    this.#keep(this.#random.below(256), 0, at)
  }

  #keep(octet: number, flags: number, at: number): void {
    this.#out.push(octet)
    this.#outErrors.push(flags)
    this.#outTimes.push(at)
    this.#observers.received.tell(octet, flags, at)
  }

  readonly #sampled = (octet: number, errors: number, at: number): void => {
    this.counters.sampledOut++
    this.#keep(octet, errors, at)
  }

  readonly #take = (level: number, from: number, to: number): void => {
    this.#receiver.feed(level, from, to, this.#sampled)
  }

  /** The sender's level, to the receiver through whatever is between. */
  #feed(level: number, from: number, to: number): void {
    if (this.#reception === undefined) this.#receiver.feed(level, from, to, this.#sampled)
    else this.#reception.pass(level, from, to, this.#take)
  }

  /** The bits of an octet's time that noise inverts. */
  #drawFlips(from: number, slots: number): number {
    let flips = 0
    if (from < this.#burstUntil) {
      for (let bit = 0; bit < slots; bit++) if (this.#random.float() < this.#burstRate) flips |= 1 << bit
    } else if (this.#flips.left >= slots) {
      this.#flips.pass(slots)
    } else {
      for (let bit = 0; bit < slots; bit++) if (this.#flips.hit()) flips |= 1 << bit
    }
    for (let rest = flips; rest !== 0; rest &= rest - 1) this.counters.bitErrors++
    return flips
  }

  /** The line was at rest until `to`. */
  #rest(to: number): void {
    this.#clock.cancel(this.#settleTimer)
    if ((!this.#receiver.idle || this.#reception !== undefined) && to > this.#restAt) this.#feed(1, this.#restAt, to)
    this.#restAt = to
  }

  /** Nothing follows: the receiver completes what it is in, because a line at rest is all ones. */
  #settle(): void {
    if (this.#running > 0 || this.#timer !== undefined || this.#heldSince !== undefined) return
    if (this.#clock.now < this.#burstUntil) {
      this.#noiseAtRest()
    } else if (this.#reception?.steady === false) {
      this.#lookAfter(LOOK, true)
    } else if (!this.#receiver.idle || this.#reception?.restLevel === 0) {
      const slots = Math.max(slotsAnOctet(this.#sendFraming), slotsAnOctet(this.#receiveFraming))
      this.#lookAfter(Math.ceil((slots * SECOND * 1.1) / Math.min(this.#sendBaud, this.#receiveBaud)), false)
    }
  }

  #lookAfter(delay: number, again: boolean): void {
    this.#settleTimer = this.#clock.after(delay, () => {
      // What began to leave meanwhile is fed when it has left.
      this.#rest(this.#running > 0 ? Math.min(this.#runStart, this.#clock.now) : this.#clock.now)
      this.#deliverSampled()
      if (again) this.#settle()
    })
  }

  /** A burst on a line at rest makes octets that nobody sent. */
  #noiseAtRest(): void {
    const bitTime = SECOND / this.#sendBaud
    this.#clock.cancel(this.#settleTimer)
    this.#settleTimer = this.#clock.after(Math.ceil(8 * bitsAnOctet(this.#sendFraming) * bitTime), () => {
      const to = this.#clock.now
      for (let at = this.#restAt; at < to; at += bitTime) {
        const inverted = at < this.#burstUntil && this.#random.float() < this.#burstRate
        const end = Math.min(at + bitTime, to)
        if (inverted) {
          this.counters.bitErrors++
          this.#observers.spike.tell(at, end)
        }
        this.#feed(inverted ? 0 : 1, at, end)
      }
      this.#restAt = to
      this.#deliverSampled()
      this.#settle()
    })
  }

  #deliverSampled(): void {
    if (this.#out.length === 0) return
    const octets = Uint8Array.from(this.#out)
    const errors = this.#outErrors.some((flags) => flags !== 0) ? Uint8Array.from(this.#outErrors) : undefined
    const times = this.#outTimes
    this.#out = []
    this.#outErrors = []
    this.#outTimes = []
    this.#options.deliver(octets, errors, times)
  }
}
