/** The interface of a host to itself: 127/8 and its own addresses. What is sent arrives at the same instant, but not within the call. */
import type { Clock } from '../hal/clock.js'
import { type Ipv4Interface, ipv4Interface } from './address.js'
import type { FrameBuffer } from './frame-buffer.js'
import type { Link } from './ipv4/link.js'
import type { MemoryBudget } from './memory-budget.js'
import type { SendResult } from './network-layer.js'

const PURPOSE = 'frames to this host itself'

export interface LoopbackOptions {
  clock: Clock
  memory: MemoryBudget
  mtu: number
  /** Takes a frame; `more`: others follow at this same instant. */
  receive(frame: Uint8Array, more: boolean): void
}

export interface LoopbackCounters {
  readonly frames: number
  readonly dropped: Readonly<Record<string, number>>
}

export class Loopback implements Link {
  readonly name = 'lo'
  readonly loopback = true
  readonly mtu: number
  readonly addresses: readonly Ipv4Interface[] = [ipv4Interface('127.0.0.1/8')]
  readonly #options: LoopbackOptions
  /** Frames under way; two lists that change places, so that what is sent while one is delivered waits for the next turn. */
  #queue: Uint8Array[] = []
  #delivering: Uint8Array[] = []
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
    this.#queue.push(frame.octets.slice(0, end))
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
      this.#options.memory.give(frames[i].length, PURPOSE)
      this.#options.receive(frames[i], i + 1 < frames.length)
    }
    frames.length = 0
  }
}
