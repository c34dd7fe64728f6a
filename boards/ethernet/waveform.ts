/**
 * The voltage on a pair, worked out when someone looks: Manchester code (IEEE 802.3 7.3.1.1: a 1 goes from low to high in
 * its middle), start of idle, link test pulses, the transmitter's jitter, the pair's loss and dispersion, and noise.
 *
 * The fast path decides by chance which bits are wrong. A waveform of the same frame is given those bits, and its noise is
 * drawn under the condition that a correlation receiver errs there and nowhere else: white noise is the sum of its part
 * along the bit's shape and parts across it, which are independent, so only the first is drawn anew.
 */
import type { Random } from '../../firmware/hal/random.js'
import { cos, exp, log, sin } from '../../firmware/math/elementary.js'
import { PREAMBLE_BITS } from './line-bits.js'
import { type PairOptions, PRE_EQUALISATION, sampleDeviation, TRANSMIT_JITTER, TRANSMIT_PEAK } from './pair-physics.js'
import { BIT_TIME } from './port.js'
import { BEFORE, RESOLUTION, stepResponse } from './step-response.js'

/** Samples a second by default. */
export const SAMPLE_RATE = 200_000_000
const HALF_BIT = BIT_TIME / 2
/** Start of idle: the line stays high this long after the last bit, then returns to 0 V (14.3.1.2.1, TP_IDL: 250 ns or more). */
const IDLE_HIGH = 300
/** A link test pulse: 100 ns (14.2.1.1). */
export const PULSE_WIDTH = 100
/** Of silence before the first bit and behind the start of idle, in ns. */
const LEAD = 400
const TRAIL = 1600
/** How far from the threshold the part of the noise that decides a bit is kept, as a share of the bit's own value. */
const GUARD = 0.15
/** A receiver's clock may be off by so much, in ns, and still has to err where it is told to and nowhere else. */
const CLOCK_ERROR = 5

export interface Waveform {
  /** When the first sample is, in nanoseconds on the clock of the frame's `at`. */
  readonly start: number
  readonly sampleRate: number
  readonly volts: Float32Array
}

export interface WaveformOptions extends PairOptions {
  /** Samples a second: a multiple of 20 MHz; 200 MHz by default. */
  sampleRate?: number
  /** The conductors are swapped. */
  inverted?: boolean
  /** Draws the noise and the jitter. Needed where there is noise. */
  random?: Random
  /** The most that the transmitter puts an edge out of its place, in ns; `TRANSMIT_JITTER` where there is `random`, else none. */
  jitter?: number
  /** When the first bit of the preamble begins, in nanoseconds; 0 by default. */
  at?: number
  /** Positions of the bits that are to be received wrong, counted from the first of the preamble; undefined: as the noise falls. */
  errors?: readonly number[]
  /**
   * Of a frame, only the bits from the first of these up to, and not with, the second: what lies before the first bit goes
   * with it, and what lies behind the last with that. Pieces fit together where `edgeShift` says how.
   */
  part?: readonly [number, number]
  /** How many ns an edge is late, by the half bit that begins with it; by default, jitter is drawn from `random`. */
  edgeShift?: (halfBit: number) => number
}

/** What is put on the pair. */
export interface LineSignal {
  /** Destination address to FCS. */
  readonly octets: Uint8Array
  /** How long it lasts in bits, preamble included; bits beyond the octets are dribble bits. */
  readonly bits: number
}

/** The bits of a signal as they go on the wire, 0 or 1: preamble, start frame delimiter, octets, dribble bits (as 0). */
export function lineBits({ octets, bits }: LineSignal, from = 0, to = bits): Uint8Array {
  const line = new Uint8Array(to - from)
  for (let i = from; i < to; i++) {
    if (i < PREAMBLE_BITS) line[i - from] = i % 2 === 0 || i === PREAMBLE_BITS - 1 ? 1 : 0
    else {
      const at = i - PREAMBLE_BITS
      line[i - from] = at >> 3 < octets.length ? (octets[at >> 3] >> (at & 7)) & 1 : 0
    }
  }
  return line
}

/**
 * The waveform of a frame at the far end of its pair.
 * @throws RangeError when the sample rate does not give whole samples a half bit, or noise is asked for without chance.
 */
export function frameWaveform(signal: LineSignal, options: WaveformOptions = {}): Waveform {
  const { at = 0, sampleRate = SAMPLE_RATE, part = [0, signal.bits] } = options
  const perHalf = samplesPerHalfBit(sampleRate)
  // Bits beside the part reach into it.
  const context = Math.ceil(reachBehind(stepResponse(options.length ?? 2, options.category ?? '5e')) / 2) + 1
  const from = Math.max(0, part[0] - context)
  const to = Math.min(signal.bits, part[1] + context)
  const bits = lineBits(signal, from, to)
  const lead = from === 0 ? (LEAD / HALF_BIT) * perHalf : 0
  const idle = to === signal.bits ? IDLE_HIGH / HALF_BIT : 0
  const trail = to === signal.bits ? (TRAIL / HALF_BIT) * perHalf : 0
  const volts = new Float32Array(lead + (bits.length * 2 + idle) * perHalf + trail)
  // Levels of half bits: between silences, each bit's complement and then the bit.
  const levels = new Float32Array(bits.length * 2 + idle)
  for (let i = 0; i < levels.length; i++) {
    const sign = i < bits.length * 2 ? (bits[i >> 1] === (i & 1) ? 1 : -1) : 1
    levels[i] = sign * TRANSMIT_PEAK * (i > 0 && levels[i - 1] * sign > 0 ? PRE_EQUALISATION : 1)
  }
  paint(volts, lead, levels, perHalf, { ...options, firstHalf: 2 * from })
  if (options.inverted) for (let i = 0; i < volts.length; i++) volts[i] = -volts[i]
  const errors = options.errors?.filter((bit) => bit >= from && bit < to).map((bit) => bit - from)
  const seen = errors === undefined ? options : { ...options, errors }
  addNoise(volts, lead, bits.length, perHalf, sampleRate, seen)
  const begin = part[0] <= 0 ? 0 : lead + (part[0] - from) * 2 * perHalf
  const end = part[1] >= signal.bits ? volts.length : lead + (part[1] - from) * 2 * perHalf
  const start = part[0] <= 0 ? at - LEAD : at + part[0] * BIT_TIME
  return { start, sampleRate, volts: begin === 0 && end === volts.length ? volts : volts.slice(begin, end) }
}

/** The waveform of one link test pulse. */
export function pulseWaveform(options: WaveformOptions = {}): Waveform {
  const { at = 0, sampleRate = SAMPLE_RATE } = options
  const perHalf = samplesPerHalfBit(sampleRate)
  const lead = (LEAD / HALF_BIT) * perHalf
  const volts = new Float32Array(lead + (PULSE_WIDTH / HALF_BIT) * perHalf + (TRAIL / HALF_BIT) * perHalf)
  const level = options.inverted ? -TRANSMIT_PEAK : TRANSMIT_PEAK
  paint(volts, lead, new Float32Array(PULSE_WIDTH / HALF_BIT).fill(level), perHalf, options)
  addNoise(volts, lead, 0, perHalf, sampleRate, options)
  return { start: at - LEAD, sampleRate, volts }
}

export function samplesPerHalfBit(sampleRate: number): number {
  const perHalf = sampleRate / 20e6
  if (!Number.isInteger(perHalf) || perHalf < 1)
    throw new RangeError(`a sample rate is a multiple of 20 MHz, a sample or more each half bit; got ${sampleRate}`)
  return perHalf
}

/** Half bits of silence behind the last level into which it still reaches. */
function reachBehind(response: Float32Array): number {
  return Math.ceil(((response.length - 1) * RESOLUTION - BEFORE) / HALF_BIT)
}
const AHEAD = Math.ceil(BEFORE / HALF_BIT)
/**
 * So many half bits behind an edge the response is so flat that the edge's place makes no difference to see; not behind a
 * pair longer than so many metres, where it never is.
 */
const JITTER_REACH = 3
const JITTER_LENGTH = 200

/**
 * Half bits at their levels as they come out of the pair. Each is a pulse between two steps, and each step comes out as the
 * pair's response to it; what a sample shows is the sum over the pulses before it and, as edges take time, beside it.
 */
function paint(
  volts: Float32Array,
  from: number,
  levels: Float32Array,
  perHalf: number,
  options: WaveformOptions & { readonly firstHalf?: number },
): void {
  const { length = 2, category = '5e', random, jitter = random === undefined ? 0 : TRANSMIT_JITTER } = options
  const { edgeShift, firstHalf = 0 } = options
  const response = stepResponse(length, category)
  const reach = reachBehind(response)
  const jitterReach = length > JITTER_LENGTH ? reach : JITTER_REACH
  const last = response.length - 1
  const perNanosecond = 1 / RESOLUTION
  // Where a half bit's first edge is in the response, as seen from the beginning of that half bit.
  const edges = Int32Array.from({ length: levels.length + 1 }, (_, i) => {
    // An edge is where two levels differ; there is none between equal levels, and so no jitter.
    const isEdge = i === 0 || i === levels.length || levels[i] * levels[i - 1] < 0
    const late = !isEdge
      ? 0
      : edgeShift !== undefined
        ? edgeShift(firstHalf + i)
        : jitter > 0 && random !== undefined
          ? (random.float() * 2 - 1) * jitter
          : 0
    return Math.round((BEFORE - late) * perNanosecond)
  })
  const samples = Int32Array.from({ length: perHalf }, (_, s) =>
    Math.round(((s + 0.5) * HALF_BIT * perNanosecond) / perHalf),
  )
  const halfBit = HALF_BIT * perNanosecond
  const at = (place: number) => (place <= 0 ? 0 : response[place < last ? place : last])
  // The response to a half bit of 1 V whose edges are in their places, from `AHEAD` half bits before it.
  const nominal = BEFORE * perNanosecond
  const pulse = Float32Array.from({ length: (AHEAD + reach + 1) * perHalf }, (_, k) => {
    const place = nominal + (Math.floor(k / perHalf) - AHEAD) * halfBit + samples[k % perHalf]
    return at(place) - at(place - halfBit)
  })
  for (let half = -AHEAD; half < levels.length + reach; half++) {
    const begin = from + half * perHalf
    const count = Math.min(perHalf, volts.length - begin)
    const until = Math.min(levels.length - 1, half + AHEAD)
    for (let i = Math.max(0, half - reach); i <= until; i++) {
      const level = levels[i]
      const rise = edges[i]
      const fall = edges[i + 1]
      if (half - i > jitterReach || (rise === nominal && fall === nominal)) {
        const row = (half - i + AHEAD) * perHalf
        for (let s = 0; s < count; s++) volts[begin + s] += level * pulse[row + s]
      } else {
        const up = rise + (half - i) * halfBit
        const down = fall + (half - i - 1) * halfBit
        for (let s = 0; s < count; s++) volts[begin + s] += level * (at(up + samples[s]) - at(down + samples[s]))
      }
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
    const radius = deviation * Math.sqrt(-2 * log(1 - random.float()))
    const angle = 2 * Math.PI * random.float()
    volts[i] += radius * cos(angle)
    volts[i + 1] += radius * sin(angle)
  }
  if (clean === undefined) return
  const wrong = new Set(errors)
  const decision = deviation * Math.sqrt(2 / perHalf)
  const slack = Math.round((CLOCK_ERROR * sampleRate) / 1e9)
  // Twice, because a bit that is moved moves the ends of its neighbours a little.
  for (let pass = 0; pass < 2; pass++) {
    for (let bit = 0; bit < bits; bit++) {
      const at = from + bit * 2 * perHalf
      const value = correlate(clean, at, perHalf)
      const sign = Math.sign(value) * (wrong.has(bit) ? -1 : 1)
      const margin = least(volts, at, perHalf, slack, sign)
      if (margin > GUARD * Math.abs(value)) continue
      if (pass === 0) {
        const wanted = conditioned(random, decision, Math.abs(value), wrong.has(bit))
        move(volts, at, perHalf, Math.sign(value) * wanted - correlate(volts, at, perHalf))
      }
      const short = GUARD * Math.abs(value) - least(volts, at, perHalf, slack, sign)
      if (short > 0) move(volts, at, perHalf, sign * short)
    }
  }
}

/** The least a receiver decides on whose clock is up to `slack` samples early or late; negative: it would err. */
function least(volts: Float32Array, at: number, perHalf: number, slack: number, sign: number): number {
  let smallest = sign * correlate(volts, at, perHalf)
  if (slack === 0) return smallest
  for (const place of [at - slack, at + slack]) smallest = Math.min(smallest, sign * correlate(volts, place, perHalf))
  return smallest
}

/** Changes what a receiver decides on by `difference`, along the bit's own shape. */
function move(volts: Float32Array, at: number, perHalf: number, difference: number): void {
  for (let i = 0; i < perHalf; i++) {
    volts[at + i] -= difference / 2
    volts[at + perHalf + i] += difference / 2
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
      const drawn = deviation * Math.sqrt(-2 * log(1 - random.float())) * cos(2 * Math.PI * random.float())
      if (drawn > limit) return value + drawn
    }
  }
  // The tail beyond `limit`, by rejection from an exponential (Robert, 1995): a plain draw would seldom get there.
  const from = limit / deviation
  const rate = (from + Math.sqrt(from * from + 4)) / 2
  for (;;) {
    const drawn = from - log(1 - random.float()) / rate
    if (random.float() <= exp((-(drawn - rate) * (drawn - rate)) / 2)) return value - drawn * deviation
  }
}

function swapHalves(volts: Float32Array, at: number, perHalf: number): void {
  const first = volts.slice(at, at + perHalf)
  volts.copyWithin(at, at + perHalf, at + 2 * perHalf)
  volts.set(first, at + perHalf)
}
