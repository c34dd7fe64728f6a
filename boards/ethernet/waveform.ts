/**
 * The voltage on a pair, worked out when someone looks: Manchester code (IEEE 802.3 7.3.1.1: a 1 goes from low to high in
 * its middle), start of idle, link test pulses, the pair's loss, and noise.
 *
 * The fast path decides by chance which bits are wrong. A waveform of the same frame is given those bits, and its noise is
 * drawn under the condition that a correlation receiver errs there and nowhere else: white noise is the sum of its part
 * along the bit's shape and parts across it, which are independent, so only the first is drawn anew.
 */
import type { Random } from '../../firmware/hal/random.js'
import { PREAMBLE_BITS } from './line-bits.js'
import { type PairOptions, receivedPeaks, sampleDeviation } from './pair-physics.js'
import { BIT_TIME } from './port.js'

/** Samples a second unless told otherwise. */
export const SAMPLE_RATE = 200_000_000
const HALF_BIT = BIT_TIME / 2
/** An edge takes so long from one level to the other, in ns: a raised cosine, about what the transmit filter leaves. */
const EDGE = 30
/** Start of idle: the line stays high this long after the last bit, then returns to 0 V (14.3.1.2.1, TP_IDL: 250 ns or more). */
export const IDLE_HIGH = 300
/** A link test pulse: 100 ns (14.2.1.1). */
export const PULSE_WIDTH = 100
/** Of silence before the first bit and behind the start of idle, in ns. */
const LEAD = 400
const TRAIL = 1600
/** How far from the threshold the part of the noise that decides a bit is kept, as a share of the bit's own value. */
const GUARD = 0.15

export interface Waveform {
  /** When the first sample is, in nanoseconds on the clock of the frame's `at`. */
  readonly start: number
  readonly sampleRate: number
  readonly volts: Float32Array
}

export interface WaveformOptions extends PairOptions {
  /** Samples a second: a multiple of 20 MHz; 200 MHz unless told otherwise. */
  sampleRate?: number
  /** The conductors are swapped. */
  inverted?: boolean
  /** Draws the noise. Needed where there is noise. */
  random?: Random
  /** When the first bit of the preamble begins, in nanoseconds; 0 unless told otherwise. */
  at?: number
  /** Positions of the bits that are to be received wrong, counted from the first of the preamble; undefined: as the noise falls. */
  errors?: readonly number[]
}

/** What is put on the pair. */
export interface LineSignal {
  /** Destination address to FCS. */
  readonly octets: Uint8Array
  /** How long it lasts in bits, preamble included; bits beyond the octets are dribble bits. */
  readonly bits: number
}

/** The bits of a signal as they go on the wire, 0 or 1: preamble, start frame delimiter, octets, dribble bits (as 0). */
export function lineBits({ octets, bits }: LineSignal): Uint8Array {
  const line = new Uint8Array(bits)
  for (let i = 0; i < line.length; i++) {
    if (i < PREAMBLE_BITS) line[i] = i % 2 === 0 || i === PREAMBLE_BITS - 1 ? 1 : 0
    else {
      const at = i - PREAMBLE_BITS
      line[i] = at >> 3 < octets.length ? (octets[at >> 3] >> (at & 7)) & 1 : 0
    }
  }
  return line
}

/**
 * The waveform of a frame at the far end of its pair.
 * @throws RangeError when the sample rate does not give whole samples a half bit, or noise is asked for without chance.
 */
export function frameWaveform(signal: LineSignal, options: WaveformOptions = {}): Waveform {
  const { at = 0, sampleRate = SAMPLE_RATE } = options
  const perHalf = samplesPerHalfBit(sampleRate)
  const bits = lineBits(signal)
  const lead = (LEAD / HALF_BIT) * perHalf
  const idle = (IDLE_HIGH / HALF_BIT) * perHalf
  const volts = new Float32Array(lead + bits.length * 2 * perHalf + idle + (TRAIL / HALF_BIT) * perHalf)
  const step = HALF_BIT / perHalf
  const { first, second } = receivedPeaks(options)
  // Levels of half bits: between silences, each bit's complement and then the bit.
  const levels = new Float32Array(bits.length * 2 + IDLE_HIGH / HALF_BIT)
  for (let i = 0; i < levels.length; i++) {
    const sign = i < bits.length * 2 ? (bits[i >> 1] === (i & 1) ? 1 : -1) : 1
    levels[i] = sign * (i > 0 && levels[i - 1] * sign > 0 ? second : first)
  }
  paint(volts, lead, levels, perHalf, step)
  if (options.inverted) for (let i = 0; i < volts.length; i++) volts[i] = -volts[i]
  addNoise(volts, lead, bits.length, perHalf, sampleRate, options)
  return { start: at - LEAD, sampleRate, volts }
}

/** The waveform of one link test pulse. */
export function pulseWaveform(options: WaveformOptions = {}): Waveform {
  const { at = 0, sampleRate = SAMPLE_RATE } = options
  const perHalf = samplesPerHalfBit(sampleRate)
  const lead = (LEAD / HALF_BIT) * perHalf
  const volts = new Float32Array(lead + (PULSE_WIDTH / HALF_BIT) * perHalf + (TRAIL / HALF_BIT) * perHalf)
  const { first } = receivedPeaks(options)
  const level = options.inverted ? -first : first
  paint(volts, lead, new Float32Array(PULSE_WIDTH / HALF_BIT).fill(level), perHalf, HALF_BIT / perHalf)
  addNoise(volts, lead, 0, perHalf, sampleRate, options)
  return { start: at - LEAD, sampleRate, volts }
}

export function samplesPerHalfBit(sampleRate: number): number {
  const perHalf = sampleRate / 20e6
  if (!Number.isInteger(perHalf) || perHalf < 1)
    throw new RangeError(`a sample rate is a multiple of 20 MHz, a sample or more each half bit; got ${sampleRate}`)
  return perHalf
}

/** Half bits at their levels, edges as raised cosines around the instants between them, silence before and after. */
function paint(volts: Float32Array, from: number, levels: Float32Array, perHalf: number, step: number): void {
  const reach = Math.min(perHalf >> 1, Math.ceil(EDGE / 2 / step))
  for (let i = 0; i < levels.length; i++) volts.fill(levels[i], from + i * perHalf, from + (i + 1) * perHalf)
  for (let i = 0; i <= levels.length; i++) {
    const before = i === 0 ? 0 : levels[i - 1]
    const after = i === levels.length ? 0 : levels[i]
    if (before === after) continue
    for (let k = -reach; k < reach; k++) {
      const offset = (k + 0.5) * step
      if (Math.abs(offset) >= EDGE / 2) continue
      const share = (1 + Math.sin((Math.PI * offset) / EDGE)) / 2
      volts[from + i * perHalf + k] = before + (after - before) * share
    }
  }
}

function addNoise(
  volts: Float32Array,
  from: number,
  bits: number,
  perHalf: number,
  sampleRate: number,
  { noise = 0, random, errors }: WaveformOptions,
): void {
  if (noise <= 0) {
    // Without noise a bit can only be wrong if it is sent wrong: the two halves change places.
    for (const bit of errors ?? []) swapHalves(volts, from + bit * 2 * perHalf, perHalf)
    return
  }
  if (random === undefined) throw new RangeError('noise is drawn from a seed: give `random`')
  const deviation = sampleDeviation(noise, sampleRate)
  const clean = errors === undefined ? undefined : volts.slice()
  for (let i = 0; i + 1 < volts.length; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.float()))
    const angle = 2 * Math.PI * random.float()
    volts[i] += radius * Math.cos(angle)
    volts[i + 1] += radius * Math.sin(angle)
  }
  if (clean === undefined) return
  const wrong = new Set(errors)
  for (let bit = 0; bit < bits; bit++) {
    const at = from + bit * 2 * perHalf
    const value = correlate(clean, at, perHalf)
    const noisy = correlate(volts, at, perHalf)
    const margin = (noisy / value) * (wrong.has(bit) ? -1 : 1)
    if (margin > GUARD) continue
    const wanted = conditioned(random, deviation * Math.sqrt(2 / perHalf), Math.abs(value), wrong.has(bit))
    const shift = (Math.sign(value) * wanted - noisy) / 2
    for (let i = 0; i < perHalf; i++) {
      volts[at + i] -= shift
      volts[at + perHalf + i] += shift
    }
  }
}

/** The value a correlation receiver decides on: the mean of a bit's second half less that of its first. */
export function correlate(volts: Float32Array, at: number, perHalf: number): number {
  let sum = 0
  for (let i = 0; i < perHalf; i++) sum += volts[at + perHalf + i] - volts[at + i]
  return sum / perHalf
}

/** A value with mean `value` and the given deviation, drawn again until it lies on the side asked for. */
function conditioned(random: Random, deviation: number, value: number, wrong: boolean): number {
  const limit = wrong ? value * (1 + GUARD) : -value * (1 - GUARD)
  if (!wrong) {
    for (;;) {
      const drawn = deviation * Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float())
      if (drawn > limit) return value + drawn
    }
  }
  // The tail beyond `limit`, by rejection from an exponential (Robert, 1995): a plain draw would seldom get there.
  const from = limit / deviation
  const rate = (from + Math.sqrt(from * from + 4)) / 2
  for (;;) {
    const drawn = from - Math.log(1 - random.float()) / rate
    if (random.float() <= Math.exp(-((drawn - rate) ** 2) / 2)) return value - drawn * deviation
  }
}

function swapHalves(volts: Float32Array, at: number, perHalf: number): void {
  const first = volts.slice(at, at + perHalf)
  volts.copyWithin(at, at + perHalf, at + 2 * perHalf)
  volts.set(first, at + perHalf)
}
