/** How often a bit arrives wrong, from the voltages: what the fast path throws its dice with. */

import { exp, pow } from '../../firmware/math/elementary.js'
import {
  BIT_FREQUENCY,
  type Category,
  insertionLoss,
  SQUELCH,
  sampleDeviation,
  TRANSMIT_PEAK,
  tail,
} from './pair-physics.js'
import { findData, findPulses, prefixSums } from './squelch.js'
import { correlate, frameWaveform, pulseWaveform, SAMPLE_RATE, samplesPerHalfBit } from './waveform.js'

/**
 * Near-end crosstalk between two directions whose conductors are not twisted with their own partners, dB below the sender
 * beside the receiver. The value is ours; a sound cable has `crosstalkLoss`, 50.3 dB at 10 MHz in category 5e.
 */
export const SPLIT_PAIR_CROSSTALK = 10

/** Sixty-four octets with every pattern of neighbours. */
const SAMPLE = Uint8Array.from({ length: 64 }, (_, i) => (i * 167 + 13) & 0xff)

interface Seen {
  /** What a correlation receiver makes of each bit, in volts. */
  readonly values: readonly number[]
  readonly opensSquelch: boolean
}

const known = new Map<string, Seen>()

/** A typical frame behind such a cable, without noise. */
function typicalFrame(length: number, category: Category): Seen {
  const key = `${category} ${length}`
  let seen = known.get(key)
  if (seen === undefined) {
    const bits = 64 + SAMPLE.length * 8
    const { volts, start } = frameWaveform({ octets: SAMPLE, bits }, { length, category })
    const perHalf = samplesPerHalfBit(SAMPLE_RATE)
    const first = (-start / 100) * 2 * perHalf
    seen = {
      values: Array.from({ length: bits }, (_, bit) => Math.abs(correlate(volts, first + bit * 2 * perHalf, perHalf))),
      opensSquelch: findData(prefixSums(volts), perHalf, 0) >= 0,
    }
    known.set(key, seen)
  }
  return seen
}

/**
 * The chance of a bit to be taken for the other: the mean of Q((value - crosstalk) / deviation) over bits.
 * @param noise volts rms in 10 MHz
 * @param crosstalk dB that what the other direction sends meanwhile is weaker here; none by default
 */
export function bitErrorRate(
  length: number,
  category: Category,
  noise: number,
  crosstalk = Number.POSITIVE_INFINITY,
): number {
  const disturbance = 2 * TRANSMIT_PEAK * pow(10, -crosstalk / 20)
  if (noise <= 0 && disturbance === 0) return 0
  const perHalf = samplesPerHalfBit(SAMPLE_RATE)
  const deviation = Math.max(1e-6, sampleDeviation(noise, SAMPLE_RATE) * Math.sqrt(2 / perHalf))
  const { values } = typicalFrame(length, category)
  let sum = 0
  for (const value of values) sum += tail((value - disturbance) / deviation)
  return sum / values.length
}

/**
 * What a sender receives of itself over a split pair, as a share of what it sends. Near-end crosstalk adds up along the cable,
 * each piece weakened on its way there and back: it grows as the root of 1 - exp(-4 α L) towards its value for a long cable.
 */
export function nearEndCrosstalk(length: number, category: Category): number {
  const nepers = (insertionLoss(BIT_FREQUENCY, length, category) * Math.LN10) / 20
  return pow(10, -SPLIT_PAIR_CROSSTALK / 20) * Math.sqrt(1 - exp(-4 * nepers))
}

/** Whether a sender opens the squelch of its own receiver over a split pair. */
export function hearsItself(length: number, category: Category): boolean {
  return TRANSMIT_PEAK * nearEndCrosstalk(length, category) > SQUELCH
}

/**
 * What opens the squelch at the far end (802.3 14.3.1.3.2). A link test pulse is wide and comes out of silence, so it gets
 * further than a frame: a cable can be of a length that has a link and passes nothing.
 * @param level what is left of the signal beside what the cable takes of it, as a share of its amplitude
 */
export function overSquelch(
  length: number,
  category: Category,
  level = 1,
): { readonly frames: boolean; readonly pulses: boolean } {
  const key = `${category} ${length} ${level}`
  let seen = opened.get(key)
  if (seen === undefined) {
    const pulse = pulseWaveform({ length, category })
    const perHalf = samplesPerHalfBit(pulse.sampleRate)
    const pulses = findPulses(prefixSums(scaled(pulse.volts, level)), perHalf, 0, pulse.volts.length).length > 0
    seen = { frames: framesOpen(length, category, level), pulses }
    opened.set(key, seen)
  }
  return seen
}

const opened = new Map<string, { readonly frames: boolean; readonly pulses: boolean }>()

function framesOpen(length: number, category: Category, level: number): boolean {
  if (level === 1) return typicalFrame(length, category).opensSquelch
  const { volts } = frameWaveform({ octets: SAMPLE, bits: 64 + SAMPLE.length * 8 }, { length, category })
  return findData(prefixSums(scaled(volts, level)), samplesPerHalfBit(SAMPLE_RATE), 0) >= 0
}

function scaled(volts: Float32Array, level: number): Float32Array {
  return level === 1 ? volts : volts.map((each) => each * level)
}

/** Metres between two lengths that are told apart. */
const REACH_STEP = 10
const FAR = 1_000
const reaches = new Map<Category, { readonly frames: number; readonly pulses: number }>()

/** The longest cable, in steps of 10 m, over which a frame, and a link test pulse, open the squelch. */
export function squelchReach(category: Category): { readonly frames: number; readonly pulses: number } {
  const farthest = (kind: 'frames' | 'pulses', from: number): number => {
    let near = from / REACH_STEP
    let far = FAR / REACH_STEP
    while (far - near > 1) {
      const middle = (near + far) >> 1
      if (overSquelch(middle * REACH_STEP, category)[kind]) near = middle
      else far = middle
    }
    return near * REACH_STEP
  }
  let reach = reaches.get(category)
  if (reach === undefined) {
    const frames = farthest('frames', 0)
    reach = { frames, pulses: farthest('pulses', frames) }
    reaches.set(category, reach)
  }
  return reach
}
