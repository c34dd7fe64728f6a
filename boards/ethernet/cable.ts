/**
 * A cable between two jacks: delay, and everything that can be wrong with a pair. Each direction is a pair of its own;
 * signals that overlap in time pass each other, and a half-duplex MAC sees its collisions itself.
 */

import type { Clock } from '../../firmware/hal/clock.js'
import { Tally } from '../../firmware/hal/counters.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import type { Random } from '../../firmware/hal/random.js'
import type { CableLoss } from './cable-loss.js'
import { bitErrorRate, hearsItself, overSquelch, SPLIT_PAIR_CROSSTALK } from './error-rate.js'
import { PREAMBLE_BITS, receiveLineBits } from './line-bits.js'
import { type Crossing, type Direction, type PairFaults, TwistedPair } from './pair.js'
import { BIT_FREQUENCY, type Category, crosstalkLoss } from './pair-physics.js'
import { BIT_TIME, type EthernetMedium, type EthernetPort, type FrameSignal } from './port.js'
import { type Assessment, assess, type CableWiring } from './wiring.js'

export type { Direction, PairFaults } from './pair.js'

/**
 * Nanoseconds a metre: 0.667 c, what data sheets of twisted pair have (0.6 to 0.7). TIA-568-C.2 allows 534 + 36 / √f ns over
 * 100 m, f in MHz: 5.45 ns a metre at 10 MHz, 5.7 at 1 MHz.
 */
export const PROPAGATION = 5

/** A frame as it crossed. */
export interface CableFrame {
  /** When the first bit of the preamble left the sender, in nanoseconds. */
  readonly at: number
  readonly direction: Direction
  /** Destination address to FCS, as sent. */
  readonly sent: Uint8Array
  /** Destination address to FCS, as it arrives at the far end: empty when nothing arrives. */
  readonly octets: Uint8Array
  /** Bits after the last whole octet that arrives. */
  readonly dribbleBits: number
  /** What happened to it; undefined: it arrives as it was sent. */
  readonly loss: CableLoss | undefined
  /** How long the signal lasts in bits, preamble included, as sent. */
  readonly bits: number
  /** Bits that noise turned over, counted from the first of the preamble. */
  readonly errors: readonly number[]
  /** The pair's conductors are swapped. */
  readonly inverted: boolean
}

/** What a cable is made of. */
export interface CableMake {
  /** Metres, 0 to 10 000; 2 by default. Longer than 100 m is outside the standard, and allowed. */
  length?: number
  /** 5e by default. */
  category?: Category
  /** How its plugs are wired; by default, whichever way the two jacks need. */
  wiring?: CableWiring
}

/** The squelch opens on four bits of preamble that follow one another as they must. */
const SQUELCH_DELAY = 4 * BIT_TIME

export interface CableOptions extends CableMake {
  clock: Clock
  /** Decides which bits are hit; a cable draws from forks of its own. */
  random: Random
}

const NO_ERRORS: readonly number[] = []
const NO_OCTETS = new Uint8Array(0)

export class Cable implements EthernetMedium {
  readonly #clock: Clock
  #length = 2
  #category: Category = '5e'
  /** What is sent at one end opens the squelch at the other: a frame, a link test pulse. */
  #reaches = { frames: true, pulses: true }
  /** Over a split pair, what is sent at one end opens the squelch at the same end. */
  #echoes = false
  #wiring: CableWiring | undefined
  #assessment: Assessment | undefined
  #delay = 0
  readonly #aToB: TwistedPair
  readonly #bToA: TwistedPair
  readonly #lost = new Tally<CableLoss>()
  #frames = 0

  readonly #frameListeners = new Listeners<[frame: CableFrame]>()
  readonly #frameStartListeners = new Listeners<[direction: Direction, signal: FrameSignal]>()
  readonly #linkPulseListeners = new Listeners<[direction: Direction]>()

  /** @throws RangeError when the length is no length. */
  constructor(options: CableOptions) {
    this.#clock = options.clock
    const pair = (direction: Direction) =>
      new TwistedPair(direction, options.random.fork(direction), (broken) => this.#cutAll(broken, 'open pair'))
    this.#aToB = pair('a-to-b')
    this.#bToA = pair('b-to-a')
    this.rewire(options)
  }

  /** Is called as each link test pulse leaves its sender. */
  onLinkPulse(listener: (direction: Direction) => void): () => void {
    return this.#linkPulseListeners.add(listener)
  }

  /** Is called as the first bit of a frame leaves its sender, if what leaves gets to the other end. How it ends, `onFrame` tells. */
  onFrameStart(listener: (direction: Direction, signal: FrameSignal) => void): () => void {
    return this.#frameStartListeners.add(listener)
  }

  /** Is called as each frame leaves its sender (with its last bit), or is cut. */
  onFrame(listener: (frame: CableFrame) => void): () => void {
    return this.#frameListeners.add(listener)
  }

  /**
   * Takes another length of cable, category, or plugs; what is not told stays. The noise and faults of the pairs stay too.
   * @throws Error while it is plugged in, RangeError when the length is no length.
   */
  rewire({ length = this.#length, category = this.#category, wiring = this.#wiring }: CableMake): void {
    if (this.plugged) throw new Error('a cable that is plugged in cannot be exchanged: unplug it first')
    if (!(length >= 0 && length <= 10_000)) throw new RangeError(`a cable is 0 to 10000 metres long; got ${length}`)
    this.#length = length
    this.#category = category
    this.#wiring = wiring
    this.#delay = Math.round(length * PROPAGATION)
    this.#reaches = overSquelch(length, category)
    this.#echoes = hearsItself(length, category)
    for (const pair of [this.#aToB, this.#bToA]) pair.forgetRate()
  }

  /** Metres. */
  get length(): number {
    return this.#length
  }

  /** Nanoseconds from one end to the other. */
  get delay(): number {
    return this.#delay
  }

  get category(): Category {
    return this.#category
  }

  /** Where each direction leads, with the plugs wired as they are; undefined while unplugged, or where they fit any jack. */
  get assessment(): Assessment | undefined {
    return this.#assessment
  }

  get plugged(): boolean {
    return this.#aToB.from !== undefined
  }

  /** The jacks that its ends are in; undefined while unplugged. */
  get ends(): readonly [a: EthernetPort, b: EthernetPort] | undefined {
    const { from, to } = this.#aToB
    return from === undefined || to === undefined ? undefined : [from, to]
  }

  /** When the first of the frames began that are leaving a sender now, nanoseconds; Infinity while none is. `onFrame` has not reported them. */
  get sendingSince(): number {
    const { sending: there } = this.#aToB
    const { sending: back } = this.#bToA
    return Math.min(there?.at ?? Number.POSITIVE_INFINITY, back?.at ?? Number.POSITIVE_INFINITY)
  }

  /** Frames that left a sender, and those that did not arrive as sent, by reason. */
  get counters(): { readonly frames: number; readonly lost: Readonly<Partial<Record<CableLoss, number>>> } {
    return { frames: this.#frames, lost: this.#lost.snapshot() }
  }

  /** The pair that carries `direction`: set its faults at any time. */
  pair(direction: Direction): PairFaults {
    return direction === 'a-to-b' ? this.#aToB.faults : this.#bToA.faults
  }

  /** @throws Error when this cable or one of the jacks is in use. */
  plug(a: EthernetPort, b: EthernetPort): void {
    if (this.plugged) throw new Error('this cable is plugged in already: unplug it first')
    if (a === b) throw new Error(`a cable has two ends: both were plugged into ${a.name}`)
    for (const port of [a, b]) {
      if (port.medium !== undefined)
        throw new Error(`${port.name} has a cable plugged in already: unplug that one first`)
    }
    this.#aToB.from = this.#bToA.to = a
    this.#aToB.to = this.#bToA.from = b
    if (this.#wiring !== undefined) {
      this.#assessment = assess(this.#wiring, a.jack ?? 'auto', b.jack ?? 'auto')
      this.#aToB.path = this.#assessment.aToB
      this.#bToA.path = this.#assessment.bToA
    }
    a.medium = this
    b.medium = this
  }

  /** Pulls the cable out at both ends. A frame on its way is cut short; the receiver sees the signal end now. */
  unplug(): void {
    this.#assessment = undefined
    for (const pair of [this.#aToB, this.#bToA]) {
      pair.path = undefined
      if (pair.from === undefined) continue
      this.#cutAll(pair, 'unplugged')
      pair.from.medium = undefined
      pair.from = undefined
      pair.to = undefined
    }
  }

  frameStart(from: EthernetPort, signal: FrameSignal): void {
    const pair = this.#pairFrom(from)
    const crossing: Crossing = {
      sent: signal,
      arriving: { octets: signal.octets, dribbleBits: signal.dribbleBits, bits: signal.bits, intact: signal.intact },
      at: this.#clock.now,
      arrivedAt: undefined,
      inverted: pair.inverted,
      disturbed: this.#other(pair).sending !== undefined,
      stopped: this.#stops(pair, 'frames'),
      echo: this.#echo(signal),
      echoing: false,
    }
    pair.sending = crossing
    this.#startEcho(pair, crossing)
    if (crossing.stopped !== undefined) return
    pair.crossings.push(crossing)
    if (!this.#frameStartListeners.idle) this.#frameStartListeners.tell(pair.direction, signal)
    this.#clock.after(this.#delay, () => {
      if (!pair.crossings.includes(crossing)) return
      crossing.arrivedAt = this.#clock.now
      pair.to?.receiver?.frameStart(crossing.arriving, crossing.inverted)
    })
  }

  frameEnd(from: EthernetPort, signal: FrameSignal): void {
    const pair = this.#pairFrom(from)
    const crossing = pair.sending
    pair.sending = undefined
    // A cable plugged in while the sender was sending never saw the frame's start.
    if (crossing?.sent !== signal) return
    this.#endEcho(pair, crossing)
    this.#frames++
    if (!pair.crossings.includes(crossing)) {
      const loss = crossing.stopped ?? 'open pair'
      this.#lost.add(loss)
      this.#report(pair, crossing, NO_OCTETS, 0, loss)
      return
    }
    const { arriving } = crossing
    arriving.octets = signal.octets
    arriving.dribbleBits = signal.dribbleBits
    arriving.bits = signal.bits
    arriving.intact = signal.intact
    const rate = this.#errorRate(pair, crossing)
    const drawn = rate > 0 || pair.drawnFor > 0 ? pair.errorsIn(signal.bits, rate) : NO_ERRORS
    const slipped = withSlips(drawn, signal.bits, pair.faults.clockOffset)
    const errors = pair.faults.handleSignal === undefined ? slipped : merged(slipped, pair.faults.handleSignal(signal))
    const loss = damage(arriving, errors)
    if (loss !== undefined) this.#lost.add(loss)
    this.#report(pair, crossing, arriving.octets, arriving.dribbleBits, loss, errors)
    this.#clock.after(this.#delay, () => {
      if (!pair.arrived(crossing)) return
      pair.to?.receiver?.frameEnd(arriving, crossing.inverted)
    })
  }

  linkPulse(from: EthernetPort): void {
    const pair = this.#pairFrom(from)
    this.#linkPulseListeners.tell(pair.direction)
    if (this.#stops(pair, 'pulses') !== undefined) return
    const inverted = pair.inverted
    const to = pair.to
    this.#clock.after(this.#delay, () => {
      if (pair.to === to) to?.receiver?.linkPulse(inverted)
    })
  }

  #pairFrom(port: EthernetPort): TwistedPair {
    if (port === this.#aToB.from) return this.#aToB
    if (port === this.#bToA.from) return this.#bToA
    throw new Error(`${port.name} is not plugged into this cable`)
  }

  #other(pair: TwistedPair): TwistedPair {
    return pair === this.#aToB ? this.#bToA : this.#aToB
  }

  /** Conductors of the two directions share a twist. */
  get #split(): boolean {
    return this.#aToB.path?.split === true || this.#bToA.path?.split === true
  }

  /** What crosses from the sending pair into the receiving one at the same end, when their conductors share a twist. */
  #echo({ octets, bits }: FrameSignal): FrameSignal | undefined {
    return this.#echoes && this.#split ? { octets, dribbleBits: 0, bits, intact: false } : undefined
  }

  #startEcho(pair: TwistedPair, crossing: Crossing): void {
    const { echo } = crossing
    if (echo === undefined) return
    this.#clock.after(SQUELCH_DELAY, () => {
      if (pair.sending !== crossing) return
      crossing.echoing = true
      pair.from?.receiver?.frameStart(echo, false)
    })
  }

  #endEcho({ from }: TwistedPair, crossing: Crossing): void {
    const { echo, sent } = crossing
    if (echo === undefined || !crossing.echoing) return
    crossing.echoing = false
    echo.octets = sent.octets
    echo.dribbleBits = sent.dribbleBits
    echo.bits = sent.bits
    this.#clock.after(SQUELCH_DELAY, () => from?.receiver?.frameEnd(echo, false))
  }

  /** Why nothing of a kind arrives over this pair; undefined: it does. */
  #stops(pair: TwistedPair, kind: 'frames' | 'pulses'): CableLoss | undefined {
    if (pair.faults.open) return 'open pair'
    if (pair.path !== undefined && !pair.path.connected) return 'wired elsewhere'
    const { level } = pair.faults
    const reaches = level === 1 ? this.#reaches : overSquelch(this.#length, this.#category, level)
    return reaches[kind] ? undefined : 'under the squelch'
  }

  #errorRate(pair: TwistedPair, crossing: Crossing): number {
    const { bitErrorRate: given, level } = pair.faults
    // To a receiver that decides by the sign, a weak signal is a strong one in as much more noise.
    const noise = pair.faults.noise / level
    const disturbed = crossing.disturbed || this.#other(pair).sending !== undefined
    const split = pair.path?.split === true
    // What crosses over in a sound cable costs no bit by itself.
    if (noise <= 0 && !(disturbed && split)) return given
    const sound = () => crosstalkLoss(BIT_FREQUENCY, this.#category)
    const crosstalk = !disturbed ? Number.POSITIVE_INFINITY : split ? SPLIT_PAIR_CROSSTALK : sound()
    const physical = pair.physicalRate(noise, crosstalk, () =>
      bitErrorRate(this.#length, this.#category, noise, crosstalk),
    )
    return given + physical - given * physical
  }

  #cutAll(pair: TwistedPair, reason: CableLoss): void {
    for (const crossing of pair.crossings) this.#cut(pair, crossing, reason)
    pair.crossings.length = 0
    if (pair.sending !== undefined) this.#endEcho(pair, pair.sending)
    // The sender goes on; what it still sends has been accounted for.
    pair.sending = undefined
  }

  #cut(pair: TwistedPair, crossing: Crossing, reason: CableLoss): void {
    const { arriving, sent, arrivedAt } = crossing
    this.#lost.add(reason)
    const whole = crossing !== pair.sending
    if (!whole) this.#frames++
    arriving.intact = false
    const bits = arrivedAt === undefined ? 0 : Math.floor((this.#clock.now - arrivedAt) / BIT_TIME)
    arriving.bits = whole ? Math.min(bits, sent.bits) : bits
    const after = Math.max(0, arriving.bits - PREAMBLE_BITS)
    arriving.octets = arriving.octets.slice(0, after >> 3)
    arriving.dribbleBits = after & 7
    // A frame that had left its sender whole was reported when it did.
    if (!whole) this.#report(pair, crossing, arriving.octets, arriving.dribbleBits, reason)
    if (arrivedAt !== undefined) pair.to?.receiver?.frameEnd(arriving, crossing.inverted)
  }

  #report(
    pair: TwistedPair,
    crossing: Crossing,
    octets: Uint8Array,
    dribbleBits: number,
    loss: CableLoss | undefined,
    errors = NO_ERRORS,
  ): void {
    const { at, sent, inverted } = crossing
    const { direction } = pair
    if (this.#frameListeners.size === 0) return
    this.#frameListeners.tell({
      at,
      direction,
      sent: sent.octets,
      octets,
      dribbleBits,
      loss,
      bits: sent.bits,
      errors,
      inverted,
    })
  }
}

/** Bits that a receiver can be ahead or behind before it loses one: two octets of elasticity, used from their middle. */
const ELASTICITY = 8

/** Where bits are lost because the two ends' clocks differ: each is taken for one that is wrong. */
function withSlips(errors: readonly number[], bits: number, offset: number): readonly number[] {
  if (offset === 0) return errors
  const apart = Math.max(1, Math.floor(ELASTICITY / Math.abs(offset)))
  const all = new Set(errors)
  for (let at = apart; at < bits; at += apart) all.add(at)
  return [...all].sort((a, b) => a - b)
}

function merged(errors: readonly number[], turned: readonly number[]): readonly number[] {
  return turned.length === 0 ? errors : [...new Set([...errors, ...turned])].sort((a, b) => a - b)
}

/** Flips bits of a signal, in a copy of its octets. */
function damage(signal: FrameSignal, errors: readonly number[]): CableLoss | undefined {
  if (errors.length === 0) return undefined
  signal.intact = false
  if (errors[0] >= PREAMBLE_BITS) {
    signal.octets = signal.octets.slice()
    for (const error of errors) {
      const bit = error - PREAMBLE_BITS
      // Beyond the last whole octet are dribble bits, whose value nobody keeps.
      if (bit >> 3 < signal.octets.length) signal.octets[bit >> 3] ^= 1 << (bit & 7)
    }
    return 'bit errors'
  }
  // A signal that ended within its preamble has no delimiter to lose.
  if (signal.bits < PREAMBLE_BITS) return 'bit errors'
  const received = receiveLineBits(signal.octets, signal.dribbleBits, errors)
  signal.octets = received?.octets ?? new Uint8Array(0)
  signal.dribbleBits = received?.dribbleBits ?? 0
  if (received?.start === PREAMBLE_BITS) return 'bit errors'
  return received !== undefined && received.start < PREAMBLE_BITS ? 'delimiter early' : 'delimiter lost'
}
