/**
 * The voltage on a pair over time, from the signals that crossed it. A signal can last for long and a window can be wide, so
 * nothing is worked out before someone asks for it, and then some bits at a time: a picture of a second takes no more room
 * than one of a microsecond.
 */
import { sampleDeviation, TRANSMIT_JITTER } from '../../boards/ethernet/pair-physics.js'
import { BIT_TIME } from '../../boards/ethernet/port.js'
import {
  frameWaveform,
  type LineSignal,
  pulseWaveform,
  SAMPLE_RATE,
  type Waveform,
  type WaveformOptions,
} from '../../boards/ethernet/waveform.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { cos, log } from '../../firmware/math/elementary.js'
import { firstAbove } from '../../firmware/math/first-above.js'
import type { Point } from './envelope.js'
import { COLUMNS, Envelope, MANY_POINTS } from './envelope.js'
import type { Trace } from './trace.js'

const STEP = SECOND / SAMPLE_RATE
/** Bits that are worked out at a time, and how many such pieces are kept. */
const PIECE = 64
const PIECES_KEPT = 64
/** What is drawn before a signal's first bit and behind its last: the pair creeps back to 0 V. */
const LEAD = 400
const TAIL = 1900
/** A window of no more samples is drawn from all of them. */
const ALL_SAMPLES = 400_000
/** Of a wider one, each column is drawn from so many signals in it, and so much of each: the voltage repeats itself. */
const SIGNALS_A_COLUMN = 4
const LOOK = 32 * BIT_TIME

/** Something on the pair. */
export interface PairSignal {
  /** When its first bit is at the jack, in nanoseconds. */
  readonly at: number
  /** When its last bit has passed. */
  readonly to: number
  /** Undefined: a link test pulse. */
  readonly frame: LineSignal | undefined
  readonly errors: readonly number[]
  readonly inverted: boolean
  /** Share of the voltage that gets here: 1, or less of what crosses over from another pair. */
  readonly gain: number
  readonly pair: Pick<WaveformOptions, 'length' | 'category' | 'noise'>
}

export class PairVoltage implements Trace {
  /** What is sent on the pair, and what gets into it from the other, each in the order of time. */
  readonly #lanes: readonly [PairSignal[], PairSignal[]] = [[], []]
  readonly #pieces = new Map<PairSignal, Map<number, Waveform>>()
  #kept = 0
  #recent: { readonly signal: PairSignal; readonly piece: number; readonly waveform: Waveform } | undefined
  readonly #silence = new Map<number, Float32Array>()
  overflowed = false

  /**
   * @param noise volts rms in 10 MHz on the pair while nothing is sent
   * @param random draws it, and the noise and jitter of each signal
   */
  constructor(
    private readonly noise: () => number,
    private readonly random: Random,
  ) {}

  add(signal: PairSignal, crosstalk = false): void {
    this.#lanes[crosstalk ? 1 : 0].push(signal)
  }

  /** It was not what passed. */
  remove(signal: PairSignal): void {
    const own = this.#lanes[0]
    const place = own.lastIndexOf(signal)
    if (place >= 0) own.splice(place, 1)
    if (this.#recent?.signal === signal) this.#recent = undefined
    this.#kept -= this.#pieces.get(signal)?.size ?? 0
    this.#pieces.delete(signal)
  }

  /** Signals that ended before this instant will not be looked at. */
  forget(before: number): void {
    for (const lane of this.#lanes) {
      const first = lane.findIndex(({ to }) => to >= before)
      if (first > 256 || first < 0) lane.splice(0, first < 0 ? lane.length : first)
    }
  }

  at(time: number): number {
    let sum = 0
    let noisy = false
    for (const lane of this.#lanes) {
      const last = lastBefore(lane, time + LEAD)
      for (let i = last; i >= 0 && i > last - 3; i--) {
        const signal = lane[i]
        if (time > signal.to + TAIL) continue
        sum += signal.gain * this.#voltage(signal, time)
        noisy ||= signal.frame !== undefined && signal.gain === 1
      }
    }
    return noisy ? sum : sum + this.#quiet(time)
  }

  points(from: number, to: number): Point[] {
    const own = this.#lanes[0]
    const nearest = own[Math.max(0, lastBefore(own, to))]
    // On the samples of what is looked at, so that nothing is blurred between two of them.
    const phase = nearest === undefined ? 0 : (((nearest.at - from) % STEP) + STEP) % STEP
    const count = Math.floor((to - from - phase) / STEP) + 1
    if (count > ALL_SAMPLES) return this.#outline(from, to)
    const envelope = count > MANY_POINTS ? new Envelope(from, to) : undefined
    const points: Point[] = []
    for (let i = 0; i < count; i++) {
      const time = from + phase + i * STEP
      if (envelope === undefined) points.push([time, this.at(time)])
      else envelope.add(time, this.at(time))
    }
    return envelope?.points() ?? points
  }

  /** What a wide window shows: how far up and down the voltage goes in each column. */
  #outline(from: number, to: number): Point[] {
    const envelope = new Envelope(from, to)
    const width = (to - from) / COLUMNS
    const look = (begin: number, end: number) => {
      for (let time = begin; time <= end; time += STEP) envelope.add(time, this.at(time))
    }
    for (let column = 0; column < COLUMNS; column++) {
      const begin = from + column * width
      const end = begin + width * (1 - 1e-9)
      look(begin, Math.min(end, begin + (this.noise() > 0 ? LOOK : 0)))
      for (const lane of this.#lanes) {
        const last = lastBefore(lane, end)
        let first = last
        while (first > 0 && lane[first - 1].to >= begin && last - first < 1000) first--
        for (let i = Math.max(0, first); i <= last && i < first + SIGNALS_A_COLUMN; i++) {
          const signal = lane[i]
          if (signal.to < begin) continue
          const start = Math.max(begin, signal.at)
          look(start, Math.min(end, start + LOOK))
          const quiet = signal.to + TAIL
          if (quiet < end) look(quiet + STEP, quiet + STEP)
        }
      }
    }
    return envelope.points()
  }

  /** A signal's voltage between two of its samples. */
  #voltage(signal: PairSignal, time: number): number {
    const position = (time - signal.at + LEAD) / STEP
    const index = Math.floor(position)
    const share = position - index
    const value = this.#sample(signal, index)
    return share === 0 ? value : value + (this.#sample(signal, index + 1) - value) * share
  }

  #sample(signal: PairSignal, index: number): number {
    if (index < 0) return 0
    const bits = signal.frame?.bits ?? 1
    const bit = Math.floor((index * STEP - LEAD) / BIT_TIME)
    const piece = Math.floor(Math.max(0, Math.min(bits - 1, bit)) / PIECE)
    const { start, volts } = this.#piece(signal, piece)
    const place = index - Math.round((start - signal.at + LEAD) / STEP)
    return place < volts.length ? volts[place] : 0
  }

  #piece(signal: PairSignal, piece: number): Waveform {
    if (this.#recent?.signal === signal && this.#recent.piece === piece) return this.#recent.waveform
    let pieces = this.#pieces.get(signal)
    let waveform = pieces?.get(piece)
    if (waveform === undefined) {
      if (++this.#kept > PIECES_KEPT) {
        this.#pieces.clear()
        this.#kept = 1
        pieces = undefined
      }
      if (pieces === undefined) {
        pieces = new Map()
        this.#pieces.set(signal, pieces)
      }
      waveform = drawn(signal, piece, this.random)
      pieces.set(piece, waveform)
    }
    this.#recent = { signal, piece, waveform }
    return waveform
  }

  /** Noise where nothing is sent. */
  #quiet(time: number): number {
    const noise = this.noise()
    if (noise <= 0) return 0
    const index = Math.floor(time / STEP)
    const block = Math.floor(index / PIECE)
    let values = this.#silence.get(block)
    if (values === undefined) {
      if (this.#silence.size > PIECES_KEPT) this.#silence.clear()
      const random = this.random.fork(`silence ${block}`)
      const deviation = sampleDeviation(noise, SAMPLE_RATE)
      values = Float32Array.from({ length: PIECE }, () => deviation * normal(random))
      this.#silence.set(block, values)
    }
    return values[index - block * PIECE]
  }
}

/** Some bits of a signal: the same whatever else of it is looked at. */
function drawn(signal: PairSignal, piece: number, source: Random): Waveform {
  const { frame, at, errors, inverted, gain, pair } = signal
  const chance = source.fork(`${gain === 1 ? 'signal' : 'crosstalk'} at ${at}`)
  if (frame === undefined) return pulseWaveform({ ...pair, noise: 0, at, inverted, random: chance })
  const random = chance.fork(`piece ${piece}`)
  const seed = chance.fork('jitter').next32()
  const edgeShift = (half: number) => (2 * scrambled(seed ^ half) - 1) * TRANSMIT_JITTER
  const part = [piece * PIECE, Math.min(frame.bits, (piece + 1) * PIECE)] as const
  return frameWaveform(frame, { ...pair, at, errors, inverted, random, edgeShift, part })
}

/** A number from 0 to 1 that looks like chance, the same for the same seed (the finaliser of MurmurHash3). */
function scrambled(seed: number): number {
  let value = seed >>> 0
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return ((value ^ (value >>> 16)) >>> 0) / 0x1_0000_0000
}

function normal(random: Random): number {
  return Math.sqrt(-2 * log(1 - random.float())) * cos(2 * Math.PI * random.float())
}

/** The last signal that begins at or before an instant; -1 when there is none. */
function lastBefore(lane: readonly PairSignal[], time: number): number {
  return firstAbove(time, 0, lane.length, (i) => lane[i].at) - 1
}
