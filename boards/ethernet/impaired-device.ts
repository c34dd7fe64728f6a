/**
 * A device that carries frames badly, around one that carries them well: frames that are sent through it are lost,
 * repeated, overtaken, changed or late, by seeded chance and each as often as is asked. For both ways, wrap both ends.
 */
import { type Clock, MILLISECOND } from '../../firmware/hal/clock.js'
import { Tally } from '../../firmware/hal/counters.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import type { Random } from '../../firmware/hal/random.js'
import { isEcnCapable, markCongestion } from './congestion-mark.js'

export interface ImpairedDeviceOptions {
  clock: Clock
  random: Random
  /** Of frames, 0 to 1. */
  loss?: number
  /** Sent twice, the second with a delay of its own. */
  duplicate?: number
  /** Held back for up to `reorderTime`, so that others overtake. */
  reorder?: number
  /** Nanoseconds; 10 ms by default. */
  reorderTime?: number
  /**
   * One bit changed, past the receiver's FCS. One, because the sum of RFC 1071 is sure to find that; two can cancel in it,
   * and then octets arrive wrong with any stack.
   */
  corrupt?: number
  /** Datagrams of ECN-capable transports get the mark of a router that is about to be full (RFC 3168 5), past the sender's FCS. */
  mark?: number
  /** Each frame, nanoseconds. */
  delay?: number
  /** The most that is added to the delay, nanoseconds; frames may overtake each other by it. */
  jitter?: number
}

/** What was done to frames. */
export type Impairment = 'lost' | 'duplicated' | 'reordered' | 'corrupted' | 'marked' | 'delayed' | 'refused when due'

interface Held {
  readonly octets: Uint8Array
  frame: Uint8Array
  readonly release: () => void
}

/** Room for a frame of Ethernet's longest, tagged; a longer one gets a buffer of its own. */
const BUFFER_OCTETS = 1518

export class ImpairedDevice implements FrameDevice {
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly #device: FrameDevice
  readonly #options: ImpairedDeviceOptions
  readonly #random: Random
  readonly #done = new Tally<Impairment>()
  readonly #free: Held[] = []
  #held = 0

  constructor(device: FrameDevice, options: ImpairedDeviceOptions) {
    this.#device = device
    this.#options = options
    this.#random = options.random
    device.handleFrame = (frame, more) => this.handleFrame?.(frame, more)
    device.handleLink = (up) => this.handleLink?.(up)
  }

  get address(): Uint8Array {
    return this.#device.address
  }

  get linkUp(): boolean {
    return this.#device.linkUp
  }

  /** What the device within dropped, and what was lost here. */
  get dropped(): Readonly<Record<string, number>> {
    const lost = this.#done.count('lost')
    return lost === 0 ? this.#device.dropped : { ...this.#device.dropped, lost }
  }

  /** How often each was done. */
  get impairments(): Partial<Record<Impairment, number>> {
    return this.#done.snapshot()
  }

  /** Frames held back now. */
  get waiting(): number {
    return this.#held
  }

  send(frame: Uint8Array): boolean {
    const { loss = 0, duplicate = 0 } = this.#options
    if (this.#happens(loss)) {
      // The sender cannot know: its device took the frame.
      this.#done.add('lost')
      return true
    }
    const taken = this.#pass(frame)
    if (taken && this.#happens(duplicate)) {
      this.#done.add('duplicated')
      this.#pass(frame)
    }
    return taken
  }

  /** Sends one copy, changed and late as chance has it. */
  #pass(frame: Uint8Array): boolean {
    const { corrupt = 0, mark = 0, reorder = 0, reorderTime = 10 * MILLISECOND, delay = 0, jitter = 0 } = this.#options
    let wait = delay
    if (jitter > 0) wait += this.#random.float() * jitter
    if (wait > 0) this.#done.add('delayed')
    if (this.#happens(reorder)) {
      this.#done.add('reordered')
      wait += this.#random.float() * reorderTime
    }
    const changed = this.#happens(corrupt)
    const marked = mark > 0 && isEcnCapable(frame) && this.#happens(mark)
    if (wait === 0 && !changed && !marked) return this.#device.send(frame)

    const held = this.#hold(frame)
    if (marked) {
      this.#done.add('marked')
      markCongestion(held.frame)
    }
    if (changed) {
      this.#done.add('corrupted')
      const bit = this.#random.below(8 * frame.length)
      held.frame[bit >> 3] ^= 1 << (bit & 7)
    }
    if (wait > 0) {
      this.#held++
      this.#options.clock.after(wait, held.release)
      return true
    }
    const taken = this.#device.send(held.frame)
    this.#keep(held)
    return taken
  }

  /** A copy, in a buffer that was used before if there is one. */
  #hold(frame: Uint8Array): Held {
    let held = frame.length <= BUFFER_OCTETS ? this.#free.pop() : undefined
    if (held === undefined) {
      const octets = new Uint8Array(Math.max(BUFFER_OCTETS, frame.length))
      const made: Held = { octets, frame: octets, release: () => this.#release(made) }
      held = made
    }
    if (held.frame.length !== frame.length) held.frame = held.octets.subarray(0, frame.length)
    held.frame.set(frame)
    return held
  }

  #release(held: Held): void {
    this.#held--
    if (!this.#device.send(held.frame)) this.#done.add('refused when due')
    this.#keep(held)
  }

  #keep(held: Held): void {
    if (held.octets.length === BUFFER_OCTETS) this.#free.push(held)
  }

  #happens(chance: number): boolean {
    return chance > 0 && this.#random.float() < chance
  }
}
