/** What crossed the line of the RS-232 station, as far as the lanes may look back. */
import { SAMPLES_A_BIT } from '../../../../boards/rs232/sampling-receiver.js'
import { SECOND } from '../../../../firmware/hal/clock.js'

/** Of each kind, so many are kept. */
const MOST_BITS = 4_000
const MOST_SAMPLES = 12_000
const MOST_OCTETS = 1_000

export interface SeenBit {
  readonly from: number
  readonly to: number
  readonly level: number
  readonly name: string
  readonly flipped: boolean
}

export interface SeenSample {
  readonly at: number
  readonly level: number
  /** One of the three that decide the bit. */
  readonly votes: boolean
  /** The first of a start bit: here the receiver noticed an edge. */
  readonly edge: boolean
}

export interface SeenOctet {
  readonly from: number
  readonly to: number
  readonly text: string
  readonly wrong: boolean
}

/** Keeps the newest half when it is full. */
function keep<T>(list: T[], item: T, most: number): T[] {
  const room = list.length >= most ? list.slice(most >> 1) : list
  room.push(item)
  return room
}

export class LineHistory {
  bits: SeenBit[] = []
  samples: SeenSample[] = []
  sent: SeenOctet[] = []
  received: SeenOctet[] = []
  #edgeAt = 0

  addBit(bit: SeenBit): void {
    this.bits = keep(this.bits, bit, MOST_BITS)
  }

  addSample(sample: SeenSample): void {
    if (sample.edge) this.#edgeAt = sample.at
    this.samples = keep(this.samples, sample, MOST_SAMPLES)
  }

  addSent(octet: SeenOctet): void {
    this.sent = keep(this.sent, octet, MOST_OCTETS)
  }

  /** @param at of the vote on its stop bit */
  addReceived(at: number, text: string, wrong: boolean): void {
    this.received = keep(this.received, { from: Math.min(this.#edgeAt, at), to: at, text, wrong }, MOST_OCTETS)
  }
}

/** Of a list in the order of time, what touches a window. */
export function within<T>(list: readonly T[], begins: (item: T) => number, from: number, to: number): readonly T[] {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (begins(list[middle]) < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < list.length && begins(list[end]) <= to) end++
  // What began before the window may reach into it: of what follows one another, that is the one before.
  return list.slice(Math.max(0, low - 1), end)
}

/** Nanoseconds between two samples of a receiver. */
export function sampleTime(baud: number): number {
  return SECOND / (baud * SAMPLES_A_BIT)
}
