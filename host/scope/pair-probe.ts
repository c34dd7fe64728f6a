/** A probe on a pair of the cable, at the board's jack. */

import type { Cable, CableFrame, Direction } from '../../boards/ethernet/cable.js'
import { hearsItself, nearEndCrosstalk } from '../../boards/ethernet/error-rate.js'
import { fcsGood } from '../../boards/ethernet/fcs.js'
import { PREAMBLE_BITS } from '../../boards/ethernet/line-bits.js'
import { BIT_TIME, type FrameSignal } from '../../boards/ethernet/port.js'
import { PULSE_WIDTH, pulseWaveform } from '../../boards/ethernet/waveform.js'
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import type { Random } from '../../firmware/hal/random.js'
import { type PairSignal, PairVoltage } from './pair-voltage.js'
import { type Keep, type ScopeLevel, type ScopeProbe, type ScopeWindow, shownIn } from './probe.js'
import type { Mark, MarkRow } from './trace.js'
import { halfWidth, pulseRows, START_OF_IDLE, scopeFrameRows } from './view.js'

/** Squelch: under 300 mV a receiver hears nothing (IEEE 802.3 14.3.1.3.2). */
const LEVELS: readonly ScopeLevel[] = [{ from: -0.3, to: 0.3, text: 'under the squelch', undefined: true }]

/** Signals, and octets of frames, that are kept: more take too much memory. */
const MOST_SIGNALS = 100_000
const MOST_OCTETS = 32 * 1024 * 1024
/** While nobody knows what will be looked at, signals are kept for so long. */
const KEPT_FOR = SECOND
/** A signal is put into one of the others' collisions for no longer than this. */
const LONGEST_SIGNAL = SECOND

const NO_ERRORS: readonly number[] = []
/** What the board sends has not travelled where it is looked at. */
const UNTRAVELLED: PairSignal['pair'] = { length: 0 }

/** What came by. */
export interface PairEvent {
  readonly kind: 'frame' | 'pulse'
  /** When its first bit was at the jack. */
  readonly at: number
  /** Octets from the destination address on, and bits with the preamble. */
  readonly octets: number
  readonly bits: number
  readonly inverted: boolean
  /** Noise turned bits of it over: from the first bit to the first of them, in nanoseconds. */
  readonly damagedAt: number | undefined
  /** Its sender broke off because it heard something else. */
  collided: boolean
}

interface Entry {
  readonly signal: PairSignal
  readonly event: PairEvent
}

export class PairProbe implements ScopeProbe {
  readonly title: string
  readonly levels = LEVELS
  readonly trace: PairVoltage
  firstActivity: number | undefined
  readonly #eventListeners = new Listeners<[event: PairEvent]>()
  readonly stop: () => void
  readonly #cable: Cable
  readonly #direction: Direction
  readonly #received: boolean
  readonly #keep: Keep
  #entries: Entry[] = []
  readonly #crosstalk: Mark[] = []
  readonly #widths = new Map<string, readonly [number, number]>()
  readonly #clock: Clock
  #underway: Entry | undefined
  #lastPair: PairSignal['pair'] | undefined
  #octets = 0
  /** When the sender heard something else lately, at its own jack; and frames of its that were cut short, with no reason yet. */
  #heard: ScopeWindow[] = []
  #cut: { readonly window: ScopeWindow; readonly event: PairEvent }[] = []

  /** The board is at end a of the cable: it receives b-to-a. */
  constructor(
    readonly name: string,
    cable: Cable,
    direction: Direction,
    clock: Clock,
    random: Random,
    keep: Keep,
  ) {
    this.#cable = cable
    this.#clock = clock
    this.#direction = direction
    this.#received = direction === 'b-to-a'
    this.#keep = keep
    this.title = this.#received ? 'receive pair at the board’s jack' : 'transmit pair at the board’s jack'
    // Noise is that of the receiver's end.
    const noise = () => (this.#received ? cable.pair(direction).noise : 0)
    this.trace = new PairVoltage(noise, random.fork(direction))
    const stopFrames = cable.onFrame((frame) => {
      if (frame.direction === direction) this.#frame(frame)
      else this.#otherFrame(frame)
    })
    const stopPulses = cable.onLinkPulse((sent) => {
      if (sent === direction) this.#pulse(clock.now)
      else if (!cable.pair(sent).open) this.#otherSignal({ from: clock.now, to: clock.now + PULSE_WIDTH })
    })
    this.stop = () => {
      stopFrames()
      stopPulses()
    }
  }

  /** Frames are there from their first bit on, and not only once they have passed: for whoever looks while time stands still. */
  showUnderway(): void {
    this.#cable.onFrameStart((direction, signal) => {
      if (direction === this.#direction) this.#begin(signal)
    })
  }

  /** Is called for each signal when it has passed; for a collision that is known only then, again. */
  onEvent(listener: (event: PairEvent) => void): () => void {
    return this.#eventListeners.add(listener)
  }

  rows(window: ScopeWindow, least = 0): readonly MarkRow[] {
    const rows = new Map<string, MarkRow & { marks: Mark[]; coarse: Mark[]; narrow: boolean }>()
    const shown = shownIn(window, least)
    const take = (from: number, given: readonly MarkRow[]) => {
      const place = (mark: Mark): Mark => ({ ...mark, from: mark.from + from, to: mark.to + from })
      for (const { marks, narrow, coarse = [], ...row } of given) {
        const taken = rows.get(row.name) ?? { ...row, marks: [], coarse: [], narrow: false }
        for (const mark of marks.map(place)) {
          if (shown(mark)) taken.marks.push(mark)
          else if (mark.to > window.from && mark.from < window.to) taken.narrow = true
        }
        taken.coarse.push(...coarse.map(place).filter(shown))
        taken.narrow ||= narrow === true
        rows.set(row.name, taken)
      }
    }
    for (const { signal, event } of this.#entries) {
      if (this.#saidUntil(signal) < window.from || signal.at > window.to) continue
      const { at, frame } = signal
      if (frame === undefined) {
        take(at, pulseRows(this.#pulseWidth(signal)))
      } else {
        const inside = { from: window.from - at, to: window.to - at }
        take(at, scopeFrameRows(frame, signal.errors, { window: inside, least, jammed: event.collided }))
      }
    }
    if (this.#crosstalk.length > 0) take(0, [{ name: 'crosstalk', marks: this.#crosstalk }])
    return [...rows.values()]
  }

  /** What the pair delays, and how it disperses; the board's own signals have not travelled where they are looked at. */
  get #pair(): PairSignal['pair'] {
    if (!this.#received) return UNTRAVELLED
    const { length, category } = this.#cable
    const { noise } = this.#cable.pair(this.#direction)
    const last = this.#lastPair
    if (last === undefined || last.length !== length || last.category !== category || last.noise !== noise) {
      this.#lastPair = { length, category, noise }
    }
    return this.#lastPair ?? UNTRAVELLED
  }

  #begin(sent: FrameSignal): void {
    const at = this.#clock.now + (this.#received ? this.#cable.delay : 0)
    const { handleSignal, inverted } = this.#cable.pair(this.#direction)
    const { octets, bits } = sent
    const event: PairEvent = {
      kind: 'frame',
      at,
      octets: octets.length,
      bits,
      inverted: this.#received && inverted,
      damagedAt: undefined,
      collided: false,
    }
    const signal: PairSignal = {
      at,
      to: at + bits * BIT_TIME,
      frame: { octets, bits },
      errors: this.#received ? (handleSignal?.(sent) ?? NO_ERRORS) : NO_ERRORS,
      inverted: event.inverted,
      gain: 1,
      pair: this.#pair,
    }
    this.#underway = { signal, event }
    this.#entries.push(this.#underway)
    this.trace.add(signal)
  }

  /** What was shown of it while it passed gives way to what it was. */
  #forgetUnderway(): void {
    const underway = this.#underway
    if (underway === undefined) return
    this.#underway = undefined
    this.#entries = this.#entries.filter((each) => each !== underway)
    this.trace.remove(underway.signal)
  }

  #frame(frame: CableFrame): void {
    this.#forgetUnderway()
    const cut = !fcsGood(frame.sent)
    const sent = { from: frame.at, to: frame.at + frame.bits * BIT_TIME }
    const at = frame.at + (this.#received ? this.#cable.delay : 0)
    const bits = this.#received ? arriving(frame) : frame.bits
    const event: PairEvent = {
      kind: 'frame',
      at,
      octets: frame.sent.length,
      bits: frame.bits,
      inverted: this.#received && frame.inverted,
      damagedAt: this.#received && frame.errors.length > 0 ? frame.errors[0] * BIT_TIME : undefined,
      collided: cut && (this.#echoes || this.#heard.some((other) => overlap(other, sent))),
    }
    if (cut && !event.collided) this.#cut.push({ window: sent, event })
    if (bits === 0) return
    this.#add(
      {
        at,
        to: at + bits * BIT_TIME,
        frame: { octets: frame.sent, bits },
        errors: this.#received ? frame.errors : NO_ERRORS,
        inverted: event.inverted,
        gain: 1,
        pair: this.#pair,
      },
      event,
    )
  }

  #pulse(now: number): void {
    const { open, inverted: swapped } = this.#cable.pair(this.#direction)
    const path = this.#received ? this.#cable.assessment?.bToA : undefined
    if (this.#received && (open || path?.connected === false)) return
    const at = now + (this.#received ? this.#cable.delay : 0)
    const inverted = this.#received && swapped !== (path?.inverted ?? false)
    this.#add(
      {
        at,
        to: at + PULSE_WIDTH,
        frame: undefined,
        errors: NO_ERRORS,
        inverted,
        gain: 1,
        pair: this.#pair,
      },
      { kind: 'pulse', at, octets: 0, bits: 0, inverted, damagedAt: undefined, collided: false },
    )
  }

  #add(signal: PairSignal, event: PairEvent): void {
    const when = this.#keep(signal.at, signal.to)
    if (when === 'waiting') this.#forget(signal.at - KEPT_FOR)
    if (when === 'shown' || when === 'waiting') {
      this.#octets += signal.frame?.octets.length ?? 0
      if (this.#octets > MOST_OCTETS || this.#entries.length >= MOST_SIGNALS) {
        this.trace.overflowed = true
      } else {
        this.firstActivity ??= signal.at
        this.#entries.push({ signal, event })
        this.trace.add(signal)
      }
    }
    this.#eventListeners.tell(event)
  }

  #forget(before: number): void {
    if (this.#entries.length < 512 || this.#entries[256].signal.to >= before) return
    const kept = this.#entries.filter(({ signal }) => signal.to >= before)
    for (const { signal } of this.#entries) if (signal.to < before) this.#octets -= signal.frame?.octets.length ?? 0
    this.#entries = kept
    this.trace.forget(before)
  }

  /** A sender that hears itself over a split pair. */
  get #echoes(): boolean {
    const { assessment, length, category } = this.#cable
    return (assessment?.aToB.split === true || assessment?.bToA.split === true) && hearsItself(length, category)
  }

  #otherFrame(frame: CableFrame): void {
    const { delay } = this.#cable
    const bits = arriving(frame)
    if (bits > 0) this.#otherSignal({ from: frame.at + delay, to: frame.at + delay + bits * BIT_TIME })
    const { assessment, length, category } = this.#cable
    const split = assessment?.aToB.split === true || assessment?.bToA.split === true
    // At the board's jack: what it sends itself.
    if (!this.#received || !split) return
    const signal: PairSignal = {
      at: frame.at,
      to: frame.at + frame.bits * BIT_TIME,
      frame: { octets: frame.sent, bits: frame.bits },
      errors: NO_ERRORS,
      inverted: false,
      gain: nearEndCrosstalk(length, category),
      pair: UNTRAVELLED,
    }
    const when = this.#keep(signal.at, signal.to)
    if (when !== 'shown' && when !== 'waiting') return
    this.trace.add(signal, true)
    this.#crosstalk.push({
      from: signal.at,
      to: signal.to,
      text: 'crosstalk of what the board sends',
      short: ['crosstalk'],
    })
    if (this.#crosstalk.length > 10_000) this.#crosstalk.splice(0, 5_000)
  }

  /** Something that the sender on this pair hears, at its own jack. */
  #otherSignal(window: ScopeWindow): void {
    const old = window.to - LONGEST_SIGNAL
    if (this.#heard.push(window) > 256) {
      const kept = this.#heard.filter(({ to }) => to >= old)
      // Those of a busy pair are as many after a second as after another.
      this.#heard = kept.length > 128 ? kept.slice(-128) : kept
    }
    if (this.#cut.length === 0) return
    const met = this.#cut.filter((cut) => overlap(cut.window, window))
    this.#cut = this.#cut.filter((cut) => cut.window.to >= old && !met.includes(cut))
    for (const { event } of met) {
      event.collided = true
      this.#eventListeners.tell(event)
    }
  }

  /** When the last mark of a signal ends: the start of idle stands behind the last bit of a frame, and a cable draws a pulse out. */
  #saidUntil(signal: PairSignal): number {
    return signal.frame === undefined ? signal.at + this.#pulseWidth(signal)[1] : signal.to + START_OF_IDLE
  }

  /** Where a pulse is high behind the pair, in nanoseconds from when it is due. */
  #pulseWidth({ pair }: PairSignal): readonly [number, number] {
    const key = `${pair.category} ${pair.length}`
    const known = this.#widths.get(key) ?? halfWidth(pulseWaveform({ ...pair, noise: 0 }))
    this.#widths.set(key, known)
    return known
  }
}

const NOTHING_ARRIVES: ReadonlySet<string> = new Set(['open pair', 'wired elsewhere', 'unplugged'])

/** Bits of a frame that reach the far end: noise and too little voltage are still something to see. */
function arriving({ loss, bits, octets, dribbleBits }: CableFrame): number {
  if (loss === undefined || !NOTHING_ARRIVES.has(loss)) return bits
  return octets.length === 0 && dribbleBits === 0 ? 0 : PREAMBLE_BITS + octets.length * 8 + dribbleBits
}

function overlap(a: ScopeWindow, b: ScopeWindow): boolean {
  return a.from < b.to && b.from < a.to
}
