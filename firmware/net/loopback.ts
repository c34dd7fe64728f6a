/** The interface of a host to itself: 127/8 and its own addresses. What is sent arrives at the same instant, but not within the call. */
import type { Clock } from '../hal/clock.js'
import { type Ipv4Interface, ipv4Interface } from './address.js'
import type { FrameBuffer } from './frame-buffer.js'
import type { Link } from './ipv4/link.js'
import type { MemoryBudget } from './memory-budget.js'
import type { SendResult } from './network-layer.js'
import { ETHERNET_HEADER_OCTETS } from './wire/ethernet.js'

const PURPOSE = 'frames to this host itself'
/** Buffers kept for the next frames. */
const POOL_LIMIT = 64

export interface LoopbackOptions {
  clock: Clock
  memory: MemoryBudget
  mtu: number
  /** Takes a frame, which ends at `end`; `more`: others follow at this same instant. */
  receive(octets: Uint8Array, end: number, more: boolean): void
}

export interface LoopbackCounters {
  readonly frames: number
  readonly dropped: Readonly<Record<string, number>>
}

/** A frame under way. */
interface Passenger {
  readonly octets: Uint8Array
  end: number
}

export class Loopback implements Link {
  readonly name = 'lo'
  readonly loopback = true
  readonly mtu: number
  readonly addresses: readonly Ipv4Interface[] = [ipv4Interface('127.0.0.1/8')]
  readonly #options: LoopbackOptions
  readonly #pool: Passenger[] = []
  /** Frames under way; two lists that change places, so that what is sent while one is delivered waits for the next turn. */
  #queue: Passenger[] = []
  #delivering: Passenger[] = []
  #due = false
  #frames = 0
  #refused = 0
  readonly #deliver = () => this.#run()

  constructor(options: LoopbackOptions) {
    this.#options = options
    this.mtu = options.mtu
  }

  get counters(): LoopbackCounters {
    return { frames: this.#frames, dropped: this.#refused === 0 ? {} : { 'no memory': this.#refused } }
  }

  transmit(frame: FrameBuffer, end: number): SendResult {
    if (!this.#options.memory.take(end, PURPOSE)) {
      this.#refused++
      return 'refused'
    }
    this.#frames++
    const passenger = this.#pool.pop() ?? { octets: new Uint8Array(ETHERNET_HEADER_OCTETS + this.mtu), end: 0 }
    passenger.octets.set(frame.view(end))
    passenger.end = end
    this.#queue.push(passenger)
    if (!this.#due) {
      this.#due = true
      this.#options.clock.after(0, this.#deliver)
    }
    return 'sent'
  }

  #run(): void {
    this.#due = false
    const frames = this.#queue
    this.#queue = this.#delivering
    this.#delivering = frames
    for (let i = 0; i < frames.length; i++) {
      const passenger = frames[i]
      this.#options.memory.give(passenger.end, PURPOSE)
      this.#options.receive(passenger.octets, passenger.end, i + 1 < frames.length)
      if (this.#pool.length < POOL_LIMIT) this.#pool.push(passenger)
    }
    frames.length = 0
  }
}
