/** One direction of a serial line: from the shift register of one UART to the receiver of the other. */
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { bitsAnOctet, type Framing, frameBits, SamplingReceiver } from './framing.js'
import { CLEAN, Gap, type LineFaults } from './line-noise.js'

const SECOND = 1_000_000_000

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
  readonly framing: Framing
  readonly baud: number
  /** Octets in one event at the receiver. */
  readonly granularity: number
  /** Octets as they complete at the receiver, and the instant of each. */
  readonly deliver: (octets: Uint8Array, errors: Uint8Array | undefined, times: readonly number[] | undefined) => void
}

export class UartDirection {
  readonly #clock: Clock
  readonly #random: Random
  readonly #options: DirectionOptions
  readonly #bits: number
  #sendBaud: number
  #receiveBaud: number
  readonly #receiver: SamplingReceiver
  /** Octets that have not begun to leave: `#queue[#head..#tail)`. */
  #queue = new Uint8Array(256)
  #head = 0
  #tail = 0
  /** The run that is leaving. Its start is kept with a fraction, so that no rate drifts. */
  #running = 0
  #runStart = 0
  #octetTime = 0
  #timer: Timer | undefined
  /** When the line last went to rest, with its fraction. */
  #restAt = 0
  /** Of the run that is being delivered. */
  #deliveredEnd = 0
  #deliveredOctetTime = 0
  #breakFor = 0
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
    this.#bits = bitsAnOctet(options.framing)
    this.#sendBaud = this.#receiveBaud = options.baud
    this.#receiver = new SamplingReceiver(options.framing, options.baud)
    this.#flips = new Gap(options.random.fork('bit errors'))
    this.#drops = new Gap(options.random.fork('dropped octets'))
    this.#inserts = new Gap(options.random.fork('inserted octets'))
    this.faults = CLEAN
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

  write(octets: Uint8Array): void {
    if (this.#tail + octets.length > this.#queue.length) {
      // The run that is leaving is read again when it has left: it moves with the rest.
      const base = this.#head - this.#running
      const needed = this.#tail - base + octets.length
      const room = needed > this.#queue.length ? new Uint8Array(2 * needed) : this.#queue
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
  }

  set receiveBaud(baud: number) {
    this.#receiveBaud = baud
    this.#receiver.setBaud(baud)
  }

  /** Holds the line at the level of a start bit, once what is leaving has left. */
  break(duration: number): void {
    this.#cut()
    this.#breakFor += duration
    if (this.#running === 0) this.#start()
  }

  /** Noise for a while, whether octets are on the way or not: each bit is inverted with probability `rate`. */
  burst(duration: number, rate: number): void {
    this.#burstUntil = Math.max(this.#burstUntil, this.#clock.now + duration)
    this.#burstRate = rate
    if (this.#running === 0) {
      this.#restAt = Math.max(this.#restAt, this.#clock.now)
      this.#noiseAtRest()
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
    if (this.#running > 0 || this.#timer !== undefined) return
    // Events are at whole nanoseconds, octets are not: behind another one, an octet begins exactly where that one ended.
    const from = this.#clock.now - this.#restAt < 1 ? this.#restAt : this.#clock.now
    if (this.#breakFor > 0) {
      this.#startBreak(from)
      return
    }
    const queued = this.#tail - this.#head
    if (queued === 0) return
    this.#running = Math.min(queued, this.#options.granularity)
    this.#head += this.#running
    this.#octetTime = (this.#bits * SECOND) / this.#sendBaud
    this.#runStart = from
    this.#awaitEnd()
  }

  #awaitEnd(): void {
    const end = this.#runStart + this.#running * this.#octetTime
    this.#timer = this.#clock.after(Math.max(0, Math.round(end) - this.#clock.now), () => this.#finish())
  }

  #startBreak(from: number): void {
    const to = from + this.#breakFor
    const mark = to + SECOND / this.#sendBaud // without a stop bit behind it, the next start bit would have no edge
    this.#breakFor = 0
    this.#rest(from)
    this.#timer = this.#clock.after(Math.max(0, Math.round(mark) - this.#clock.now), () => {
      this.#timer = undefined
      this.#receiver.feed(0, from, to, this.#sampled)
      this.#receiver.feed(1, to, mark, this.#sampled)
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
    this.counters.sent += count
    const clean =
      this.#sendBaud === this.#receiveBaud &&
      this.#flips.left >= count * this.#bits &&
      this.#drops.left >= count &&
      this.#inserts.left >= count &&
      this.#receiver.idle &&
      start >= this.#burstUntil
    if (clean) {
      this.#flips.pass(count * this.#bits)
      this.#drops.pass(count)
      this.#inserts.pass(count)
      this.#clock.cancel(this.#settleTimer)
      const octets = this.#queue.slice(first, first + count)
      this.#ended(end)
      this.#options.deliver(octets, undefined, undefined)
      return
    }
    this.#rest(start)
    for (let i = 0; i < count; i++) this.#carry(this.#queue[first + i], start + i * this.#octetTime)
    this.#ended(end)
    this.#deliverSampled()
    this.#settle()
  }

  /** The next run begins where this one ended, before anyone hears of it: what a listener writes comes behind the queue. */
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

  #carry(octet: number, from: number): void {
    const { counters } = this
    if (this.#drops.hit()) {
      counters.dropped++
    } else {
      const bits = frameBits(octet, this.#options.framing)
      const flips = this.#drawFlips(from)
      if (flips === 0 && this.#receiver.idle && this.#sendBaud === this.#receiveBaud) {
        this.#out.push(octet)
        this.#outErrors.push(0)
        this.#outTimes.push(from + this.#octetTime)
      } else {
        counters.sampledIn++
        if (flips !== 0) counters.hitOctets++
        const bitTime = this.#octetTime / this.#bits
        for (let bit = 0; bit < this.#bits; bit++) {
          const level = ((bits ^ flips) >> bit) & 1
          this.#receiver.feed(level, from + bit * bitTime, from + (bit + 1) * bitTime, this.#sampled)
        }
      }
    }
    if (this.#inserts.hit()) {
      counters.inserted++
      this.#out.push(this.#random.below(256))
      this.#outErrors.push(0)
      this.#outTimes.push(from + this.#octetTime)
    }
  }

  readonly #sampled = (octet: number, errors: number, at: number): void => {
    this.counters.sampledOut++
    this.#out.push(octet)
    this.#outErrors.push(errors)
    this.#outTimes.push(at)
  }

  /** The bits of an octet's time that noise inverts. */
  #drawFlips(from: number): number {
    let flips = 0
    if (from < this.#burstUntil) {
      for (let bit = 0; bit < this.#bits; bit++) if (this.#random.float() < this.#burstRate) flips |= 1 << bit
    } else if (this.#flips.left >= this.#bits) {
      this.#flips.pass(this.#bits)
    } else {
      for (let bit = 0; bit < this.#bits; bit++) if (this.#flips.hit()) flips |= 1 << bit
    }
    for (let rest = flips; rest !== 0; rest &= rest - 1) this.counters.bitErrors++
    return flips
  }

  /** The line was at rest until `to`. */
  #rest(to: number): void {
    this.#clock.cancel(this.#settleTimer)
    if (!this.#receiver.idle && to > this.#restAt) this.#receiver.feed(1, this.#restAt, to, this.#sampled)
    this.#restAt = to
  }

  /** Nothing follows: the receiver completes what it is in, because a line at rest is all ones. */
  #settle(): void {
    if (this.#running > 0 || this.#timer !== undefined) return
    if (this.#clock.now < this.#burstUntil) {
      this.#noiseAtRest()
    } else if (!this.#receiver.idle) {
      const octetTime = (this.#bits * SECOND) / Math.min(this.#sendBaud, this.#receiveBaud)
      this.#settleTimer = this.#clock.after(Math.ceil(octetTime * 1.1), () => {
        this.#rest(this.#clock.now)
        this.#deliverSampled()
      })
    }
  }

  /** A burst on a line at rest makes octets that nobody sent. */
  #noiseAtRest(): void {
    const octetTime = (this.#bits * SECOND) / this.#sendBaud
    this.#clock.cancel(this.#settleTimer)
    this.#settleTimer = this.#clock.after(Math.ceil(8 * octetTime), () => {
      const bitTime = octetTime / this.#bits
      const to = this.#clock.now
      for (let at = this.#restAt; at < to; at += bitTime) {
        const inverted = at < this.#burstUntil && this.#random.float() < this.#burstRate
        if (inverted) this.counters.bitErrors++
        this.#receiver.feed(inverted ? 0 : 1, at, Math.min(at + bitTime, to), this.#sampled)
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
