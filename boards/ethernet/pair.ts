/** One direction of a cable: what is wrong with its pair, and what is on its way. */
import type { Random } from '../../firmware/hal/random.js'
import { log, log1p } from '../../firmware/math/elementary.js'
import type { CableLoss } from './cable-loss.js'
import type { EthernetPort, FrameSignal } from './port.js'
import type { PairPath } from './wiring.js'

export type Direction = 'a-to-b' | 'b-to-a'

/** What is wrong with one pair. All may change while the cable is in use; errors apply from the next frame that ends. */
export interface PairFaults {
  /** The conductors of the pair are swapped at one end. */
  inverted: boolean
  /** A conductor is broken: nothing arrives, and a frame on its way ends now. */
  open: boolean
  /** The chance of each bit to arrive wrong, 0 to 1, beside what `noise` does. */
  bitErrorRate: number
  /** How far the sender's clock is from the receiver's, as a share: a receiver holds some bits back, and loses one when it has none left. */
  clockOffset: number
  /** What is left of the signal, as a share of its amplitude on a sound pair: corroded contacts, a weak sender. 1 by default. */
  level: number
  /** Volts rms at the receiver in 10 MHz of bandwidth; how many bits that costs follows from length and category. */
  noise: number
  /** Says of each signal which bits arrive turned over, counted from the first of its preamble: somebody turns these over on purpose. */
  handleSignal: ((signal: FrameSignal) => readonly number[]) | undefined
}

/** A frame on its way. */
export interface Crossing {
  readonly sent: FrameSignal
  readonly arriving: FrameSignal
  readonly at: number
  /** When its first bit reached the far end; undefined while it has not. */
  arrivedAt: number | undefined
  readonly inverted: boolean
  /** The other direction was busy when it began. */
  readonly disturbed: boolean
  /** Why it will not arrive; undefined: it will. */
  readonly stopped: CableLoss | undefined
  /** What the sender's own receiver makes of it over a split pair; undefined: nothing. */
  readonly echo: FrameSignal | undefined
  /** The sender's receiver hears the echo now. */
  echoing: boolean
}

class Faults implements PairFaults {
  inverted = false
  bitErrorRate = 0
  noise = 0
  level = 1
  clockOffset = 0
  handleSignal: PairFaults['handleSignal']
  #open = false
  readonly #onOpen: () => void

  constructor(onOpen: () => void) {
    this.#onOpen = onOpen
  }

  get open(): boolean {
    return this.#open
  }

  set open(now: boolean) {
    const breaks = now && !this.#open
    this.#open = now
    if (breaks) this.#onOpen()
  }
}

export class TwistedPair {
  readonly faults: PairFaults
  from: EthernetPort | undefined
  to: EthernetPort | undefined
  /** Where its conductors lead; undefined: where they should. */
  path: PairPath | undefined
  /** The signal the sender is putting on the pair. */
  sending: Crossing | undefined
  /** Signals of which the last bit has not arrived. */
  readonly crossings: Crossing[] = []
  /** Good bits before the next wrong one, and the rate they were drawn for. */
  untilError = 0
  drawnFor = 0

  #noise = 0
  #crosstalk = Number.POSITIVE_INFINITY
  #rate = 0

  /** @param onOpen is called when the pair breaks */
  constructor(
    readonly direction: Direction,
    readonly random: Random,
    onOpen: (pair: TwistedPair) => void,
  ) {
    this.faults = new Faults(() => onOpen(this))
  }

  /** Takes a frame off the list of those on their way. False when it is not on it: it was cut. */
  arrived(crossing: Crossing): boolean {
    const at = this.crossings.indexOf(crossing)
    if (at < 0) return false
    if (at === this.crossings.length - 1) this.crossings.pop()
    else this.crossings.splice(at, 1)
    return true
  }

  get inverted(): boolean {
    return this.faults.inverted !== (this.path?.inverted ?? false)
  }

  /** Another cable: what was worked out for the one before holds no more. */
  forgetRate(): void {
    this.#noise = 0
    this.#crosstalk = Number.POSITIVE_INFINITY
    this.#rate = 0
  }

  /** Works a rate out only when what it follows from has changed. */
  physicalRate(noise: number, crosstalk: number, rate: () => number): number {
    if (noise !== this.#noise || crosstalk !== this.#crosstalk) {
      this.#noise = noise
      this.#crosstalk = crosstalk
      this.#rate = rate()
    }
    return this.#rate
  }

  /** Positions of the wrong bits among the next `bits`, by geometric gaps: one draw an error, not one a bit. */
  errorsIn(bits: number, rate: number): number[] {
    if (rate !== this.drawnFor) {
      this.drawnFor = rate
      this.untilError = this.#gap(rate)
    }
    const errors: number[] = []
    let at = this.untilError
    for (; at < bits; at += 1 + this.#gap(rate)) errors.push(at)
    this.untilError = at - bits
    return errors
  }

  #gap(rate: number): number {
    if (rate <= 0) return Number.POSITIVE_INFINITY
    if (rate >= 1) return 0
    return Math.floor(log(1 - this.random.float()) / log1p(-rate))
  }
}
