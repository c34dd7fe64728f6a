/**
 * The sending half of a MAC: queue, inter-frame gap, and in half duplex deference, collision, jam and truncated binary
 * exponential back-off (IEEE 802.3 4.2.3.2, 4.4.2).
 */
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { PREAMBLE_BITS } from './line-bits.js'
import { BIT_TIME, type EthernetPort, type FrameSignal } from './port.js'

/** Times in nanoseconds, sizes in octets with FCS (4.4.2, 10 Mb/s). */
const INTER_FRAME_GAP = 96 * BIT_TIME
/** Carrier in this first part of the gap starts it anew; in the rest it does not (4.2.3.2.1). */
const INTER_FRAME_GAP_PART_1 = 64 * BIT_TIME
const SLOT_BITS = 512
export const SLOT_TIME = SLOT_BITS * BIT_TIME
const ATTEMPT_LIMIT = 16
export const BACKOFF_LIMIT = 10
const JAM_BITS = 32
export const MINIMUM_FRAME_OCTETS = 64
export const MAXIMUM_FRAME_OCTETS = 1518

/** Any value that is not the FCS of what went before will do (4.2.3.2.4). */
const JAM_OCTET = 0x55

export type TransmitLoss = 'excessive collisions' | 'late collision'

/** What a sender does after a collision. */
export interface BackOff {
  /** Collisions of this frame so far. */
  readonly attempt: number
  /** Slot times drawn, out of those from 0 up to, and without, `of`. */
  readonly slots: number
  readonly of: number
  /** When the attempt began and when its jam ended, ns; the wait begins there. */
  readonly from: number
  readonly to: number
}

export interface MacTransmitterOptions {
  clock: Clock
  random: Random
  port: EthernetPort
  /** A signal is leaving, or left, that ends at `at`. */
  onTransmitted(at: number): void
  /** The frame at the head of the queue has left whole (undefined), or was given up. */
  onDone(loss: TransmitLoss | undefined): void
  /** A collision is over, and the frame will be tried again. */
  onBackOff?(backOff: BackOff): void
}

export class MacTransmitter {
  readonly #options: MacTransmitterOptions
  readonly #clock: Clock
  readonly #queue: { readonly octets: Uint8Array; readonly intact: boolean }[] = []
  #signal: FrameSignal | undefined
  #startedAt = 0
  #end: Timer | undefined
  /** The wait before the next attempt: gap, back-off or pause. */
  #wait: Timer | undefined
  #jamming = false
  #attempts = 0
  #carrier = false
  /** When the medium fell quiet, and when this transmitter last did. */
  #quietSince = Number.NEGATIVE_INFINITY
  #backoffUntil = 0
  #pausedUntil = 0
  #pastFirstPart = false
  fullDuplex = false
  sent = 0
  collisions = 0

  constructor(options: MacTransmitterOptions) {
    this.#options = options
    this.#clock = options.clock
  }

  get sending(): boolean {
    return this.#signal !== undefined
  }

  get pending(): number {
    return this.#queue.length
  }

  /**
   * Queues a frame with its FCS. The array is kept.
   * @param intact whether the FCS is that of the octets
   */
  send(octets: Uint8Array, intact = true): void {
    this.#queue.push({ octets, intact })
    if (this.#queue.length === 1) this.#attempt()
  }

  /** Drops what waits (the link is gone) and returns how many frames that were. A signal on the pair ends now. */
  abandon(): number {
    const count = this.#queue.length
    this.#queue.length = 0
    this.#clock.cancel(this.#wait)
    this.#wait = undefined
    this.#attempts = 0
    this.#pausedUntil = 0
    if (this.#signal !== undefined) {
      this.#clock.cancel(this.#end)
      this.#shorten(Math.floor((this.#clock.now - this.#startedAt) / BIT_TIME), 0)
      this.#finishSignal()
    }
    return count
  }

  /** Signal on the receive pair begins or ends. */
  carrier(on: boolean): void {
    this.#carrier = on
    if (this.fullDuplex) return
    if (!on) {
      if (this.#signal !== undefined) return
      this.#quietSince = this.#clock.now
      if (this.#queue.length > 0) this.#attempt()
      return
    }
    if (this.#signal !== undefined) this.#collide()
    else if (!this.#pastFirstPart) {
      this.#clock.cancel(this.#wait)
      this.#wait = undefined
    }
  }

  /** No new frame begins for `duration` nanoseconds; 0 ends a pause (31B.3). */
  pause(duration: number): void {
    this.#pausedUntil = this.#clock.now + duration
    if (this.#queue.length > 0 && this.#signal === undefined) this.#attempt()
  }

  #attempt(): void {
    this.#clock.cancel(this.#wait)
    this.#wait = undefined
    this.#pastFirstPart = false
    if (this.#carrier && !this.fullDuplex) return
    const now = this.#clock.now
    const held = Math.max(this.#backoffUntil, this.#pausedUntil)
    if (held > now) {
      this.#wait = this.#clock.after(held - now, () => this.#attempt())
      return
    }
    const gapEnd = this.#quietSince + INTER_FRAME_GAP
    if (gapEnd <= now) {
      this.#start()
    } else if (this.fullDuplex) {
      this.#wait = this.#clock.after(gapEnd - now, () => this.#start())
    } else {
      const firstPart = Math.max(now, this.#quietSince + INTER_FRAME_GAP_PART_1)
      this.#wait = this.#clock.after(firstPart - now, () => {
        this.#pastFirstPart = true
        this.#wait = this.#clock.after(gapEnd - firstPart, () => this.#start())
      })
    }
  }

  #start(): void {
    const { port } = this.#options
    this.#wait = undefined
    this.#pastFirstPart = false
    const { octets, intact } = this.#queue[0]
    const signal: FrameSignal = { octets, dribbleBits: 0, bits: PREAMBLE_BITS + octets.length * 8, intact }
    this.#signal = signal
    this.#startedAt = this.#clock.now
    const duration = signal.bits * BIT_TIME
    this.#options.onTransmitted(this.#clock.now + duration)
    port.medium?.frameStart(port, signal)
    this.#end = this.#clock.after(duration, () => this.#done())
    if (this.#carrier && !this.fullDuplex) this.#collide()
  }

  #done(): void {
    this.#finishSignal()
    this.#queue.shift()
    this.#attempts = 0
    this.sent++
    this.#options.onDone(undefined)
    if (this.#queue.length > 0 && this.#signal === undefined) this.#attempt()
  }

  #finishSignal(): void {
    const { port } = this.#options
    const signal = this.#signal
    if (signal === undefined) return
    this.#signal = undefined
    this.#jamming = false
    this.#quietSince = this.#clock.now
    this.#options.onTransmitted(this.#clock.now)
    port.medium?.frameEnd(port, signal)
  }

  /** Ends the signal after `bits` (preamble and delimiter are always finished) and `jam` bits more. */
  #shorten(bits: number, jam: number): number {
    const signal = this.#signal!
    const kept = jam > 0 ? Math.max(bits, PREAMBLE_BITS) : bits
    const total = kept + jam
    const data = Math.max(0, total - PREAMBLE_BITS)
    const octets = new Uint8Array(data >> 3).fill(JAM_OCTET)
    octets.set(signal.octets.subarray(0, Math.min(octets.length, Math.max(0, kept - PREAMBLE_BITS) >> 3)))
    signal.octets = octets
    signal.dribbleBits = data & 7
    signal.bits = total
    signal.intact = false
    return total
  }

  #collide(): void {
    if (this.#jamming) return
    this.#jamming = true
    this.collisions++
    this.#attempts++
    const elapsed = Math.ceil((this.#clock.now - this.#startedAt) / BIT_TIME)
    const late = elapsed > SLOT_BITS
    const total = this.#shorten(elapsed, JAM_BITS)
    this.#clock.cancel(this.#end)
    this.#end = this.#clock.after(this.#startedAt + total * BIT_TIME - this.#clock.now, () => this.#afterJam(late))
  }

  #afterJam(late: boolean): void {
    const from = this.#startedAt
    this.#finishSignal()
    const now = this.#clock.now
    const loss = late ? 'late collision' : this.#attempts >= ATTEMPT_LIMIT ? 'excessive collisions' : undefined
    if (loss !== undefined) {
      this.#queue.shift()
      this.#attempts = 0
      this.#options.onDone(loss)
    } else {
      const of = 2 ** Math.min(this.#attempts, BACKOFF_LIMIT)
      const slots = this.#options.random.below(of)
      this.#backoffUntil = now + slots * SLOT_TIME
      this.#options.onBackOff?.({ attempt: this.#attempts, slots, of, from, to: now })
    }
    if (this.#queue.length > 0 && this.#signal === undefined) this.#attempt()
  }
}
