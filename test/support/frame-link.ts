/**
 * Two ends joined by nothing but time: a full-duplex link between two stacks that carries whole frames, for when the
 * stacks are of interest and the wire is not. It knows no signal, no collision and no FCS; `Station` and `Cable` do.
 *
 * Frames are copied into buffers that live as long as the link, and what is due at one instant is delivered by one event.
 */
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { Tally } from '../../firmware/hal/counters.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'

const HEADER_OCTETS = 14
const TAG_OCTETS = 4
/** Preamble and start delimiter, FCS, and the gap between frames: octet times that a frame takes besides its own (802.3 4.4.2). */
const OVERHEAD_OCTETS = 8 + 4 + 12
const MINIMUM_OCTETS = 60
const DEFAULT_MTU = 1500
const DEFAULT_QUEUE = 1024

/** Why a frame went no further. */
export type FrameLinkLoss = 'link down' | 'too short' | 'too long' | 'queue full' | 'no listener'

export interface FrameLinkOptions {
  clock: Clock
  /** Bits a second each way; without it a frame takes no time of its own. */
  rate?: number
  /** From the end of a frame's transmission to its delivery, in nanoseconds; 0 by default. */
  delay?: number
  /** Octets after the Ethernet header; 1500 by default. */
  mtu?: number
  /** Frames each way that may wait or be under way; 1024 by default. */
  queue?: number
  /** The station addresses of `a` and `b`; 02:00:00:00:00:01 and 02:00:00:00:00:02 by default. */
  addresses?: readonly [Uint8Array, Uint8Array]
}

export class FrameLink {
  readonly a: FrameLinkEnd
  readonly b: FrameLinkEnd

  /** @throws RangeError when the rate is not positive */
  constructor(options: FrameLinkOptions) {
    if (options.rate !== undefined && !(options.rate > 0))
      throw new RangeError(`a rate is a number of bits a second, more than 0; got ${options.rate}`)
    const [a, b] = options.addresses ?? [Uint8Array.of(2, 0, 0, 0, 0, 1), Uint8Array.of(2, 0, 0, 0, 0, 2)]
    this.a = new FrameLinkEnd(options, a)
    this.b = new FrameLinkEnd(options, b)
    this.a.join(this.b)
    this.b.join(this.a)
  }

  /** Plugs or unplugs the link. Unplugged, what is under way is lost. */
  set up(up: boolean) {
    if (up === this.a.linkUp) return
    for (const end of [this.a, this.b]) end.setLink(up)
    for (const end of [this.a, this.b]) end.handleLink?.(up)
  }

  get up(): boolean {
    return this.a.linkUp
  }
}

interface Slot {
  readonly octets: Uint8Array
  /** The frame in it: made anew only where the length differs from that of the frame before. */
  frame: Uint8Array
  due: number
}

/** One end: what it is given to send, the other receives. */
export class FrameLinkEnd implements FrameDevice {
  readonly address: Uint8Array
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  /** Frames handed to the other end. */
  carried = 0
  readonly #clock: Clock
  readonly #delay: number
  /** Nanoseconds an octet; 0: none. */
  readonly #octetTime: number
  readonly #longest: number
  readonly #limit: number
  readonly #lost = new Tally<FrameLinkLoss>()
  /** Frames in the order sent, circular. */
  #slots: Slot[] = []
  #first = 0
  #count = 0
  #lineFree = 0
  #linkUp = true
  #delivering = false
  #timer: Timer | undefined
  #other: FrameLinkEnd | undefined
  readonly #deliver = () => this.#deliverDue()

  /** Made by `FrameLink`. */
  constructor(options: FrameLinkOptions, address: Uint8Array) {
    this.address = address
    this.#clock = options.clock
    this.#delay = options.delay ?? 0
    this.#octetTime = options.rate === undefined ? 0 : (8 * SECOND) / options.rate
    this.#longest = HEADER_OCTETS + (options.mtu ?? DEFAULT_MTU)
    this.#limit = options.queue ?? DEFAULT_QUEUE
  }

  get linkUp(): boolean {
    return this.#linkUp
  }

  get dropped(): Readonly<Partial<Record<FrameLinkLoss, number>>> & Readonly<Record<string, number>> {
    return this.#lost.snapshot() as Record<string, number>
  }

  /** Frames that wait or are under way from here. */
  get waiting(): number {
    return this.#count
  }

  send(frame: Uint8Array): boolean {
    const { length } = frame
    if (!this.#linkUp) return this.#refuse('link down')
    if (length < HEADER_OCTETS) return this.#refuse('too short')
    if (length > this.#longest && !this.#fitsTagged(frame)) return this.#refuse('too long')
    if (this.#count === this.#limit) return this.#refuse('queue full')

    if (this.#count === this.#slots.length) this.#addSlots()
    const slots = this.#slots
    let index = this.#first + this.#count
    if (index >= slots.length) index -= slots.length
    const slot = slots[index]
    if (slot.frame.length !== length) slot.frame = slot.octets.subarray(0, length)
    slot.frame.set(frame)
    slot.due = this.#due(length)
    this.#count++
    if (this.#timer === undefined && !this.#delivering) this.#arm(slot.due)
    return true
  }

  /** For `FrameLink`. */
  join(other: FrameLinkEnd): void {
    this.#other = other
  }

  /** For `FrameLink`. */
  setLink(up: boolean): void {
    this.#linkUp = up
    if (up) return
    if (this.#count > 0) this.#lost.add('link down', this.#count)
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
    // New buffers: one may be with a listener at this moment.
    this.#slots = []
    this.#first = 0
    this.#count = 0
    this.#lineFree = 0
  }

  #due(length: number): number {
    const { now } = this.#clock
    if (this.#octetTime === 0) return now + this.#delay
    const begins = this.#lineFree > now ? this.#lineFree : now
    const octets = (length < MINIMUM_OCTETS ? MINIMUM_OCTETS : length) + OVERHEAD_OCTETS
    this.#lineFree = begins + octets * this.#octetTime
    return this.#lineFree + this.#delay
  }

  #arm(due: number): void {
    const wait = due - this.#clock.now
    this.#timer = this.#clock.after(wait > 0 ? wait : 0, this.#deliver)
  }

  /** Hands over what is due now, and not what is sent meanwhile. */
  #deliverDue(): void {
    this.#timer = undefined
    const { now } = this.#clock
    const other = this.#other!
    const slots = this.#slots
    let due = 0
    for (let i = this.#first; due < this.#count; due++) {
      // An event stands at a whole nanosecond; a frame may be due within it.
      if (slots[i].due >= now + 1) break
      if (++i === slots.length) i = 0
    }
    this.#delivering = true
    try {
      for (; due > 0; due--) {
        const { frame } = slots[this.#first]
        const listener = other.handleFrame
        if (listener === undefined) this.#lost.add('no listener')
        else {
          this.carried++
          listener(frame, due > 1)
        }
        // The link went down within: what was due is lost.
        if (slots !== this.#slots) break
        // Only now may the buffer be used again.
        if (++this.#first === slots.length) this.#first = 0
        this.#count--
      }
    } finally {
      this.#delivering = false
      if (this.#count > 0 && this.#timer === undefined) this.#arm(this.#slots[this.#first].due)
    }
  }

  #fitsTagged(frame: Uint8Array): boolean {
    return frame[12] === 0x81 && frame[13] === 0x00 && frame.length <= this.#longest + TAG_OCTETS
  }

  #addSlots(): void {
    const slots = this.#slots
    // In order from the beginning, so that the new ones follow the last.
    if (this.#first > 0) slots.push(...slots.splice(0, this.#first))
    this.#first = 0
    const wanted = Math.min(this.#limit, Math.max(8, 2 * slots.length))
    while (slots.length < wanted) {
      const octets = new Uint8Array(this.#longest + TAG_OCTETS)
      slots.push({ octets, frame: octets, due: 0 })
    }
  }

  #refuse(reason: FrameLinkLoss): false {
    this.#lost.add(reason)
    return false
  }
}
