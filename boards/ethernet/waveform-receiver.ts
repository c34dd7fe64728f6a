/**
 * A receiver that knows only the voltage: squelch, clock and polarity from the preamble, bits by correlation, end of frame
 * by the start of idle.
 *
 * The detector: for each bit, the mean of its second half less the mean of its first, against 0. For square half bits in
 * white noise that is the best there is (a matched filter), and its error rate is Q(value / deviation). The phase comes
 * from the preamble, whose only edges are those in mid-bit, and follows the sender's clock by an early and a late
 * correlation beside the one that decides.
 */

import { BIT_TIME } from './port.js'
import { findData, findPulses, prefixSums } from './squelch.js'
import { correlate, samplesPerHalfBit, type Waveform } from './waveform.js'

export interface WaveformFrame {
  readonly kind: 'frame'
  /** When its first bit began, in nanoseconds, as the receiver makes it out. */
  readonly at: number
  /** Destination address to FCS; empty when no start frame delimiter was found. */
  readonly octets: Uint8Array
  /** Bits after the last whole octet. */
  readonly dribbleBits: number
  readonly delimiterFound: boolean
  /** The conductors of the pair are swapped: the delimiter came upside down. */
  readonly inverted: boolean
}

export interface WaveformPulse {
  readonly kind: 'link pulse'
  readonly at: number
  readonly inverted: boolean
}

export type WaveformEvent = WaveformFrame | WaveformPulse

/**
 * Everything a waveform holds, in order. Noise over the squelch may hold link pulses nobody sent.
 * @throws RangeError under 100 MS/s: the clock needs five samples or more a half bit to follow.
 */
export function receiveWaveform(waveform: Waveform): WaveformEvent[] {
  const { volts } = waveform
  const perHalf = samplesPerHalfBit(waveform.sampleRate)
  if (perHalf < 5) throw new RangeError(`to recover the clock takes 100 MS/s or more; got ${waveform.sampleRate}`)
  const at = (sample: number) => waveform.start + (sample * BIT_TIME) / (2 * perHalf)
  const sums = prefixSums(volts)
  const found: WaveformEvent[] = []
  for (let from = 0; from < volts.length; ) {
    const begin = findData(sums, perHalf, from)
    const quietUntil = begin < 0 ? volts.length : begin
    for (const { at: sample, negative } of findPulses(sums, perHalf, from, quietUntil))
      found.push({ kind: 'link pulse', at: at(sample), inverted: negative })
    if (begin < 0) break
    const { end, ...frame } = receiveFrame(volts, perHalf, begin, at)
    found.push(frame)
    from = Math.max(end, begin + perHalf)
  }
  return found
}

/** A bit as the receiver took it. */
export interface ClockedBit {
  /** Where the receiver's clock has it begin, in nanoseconds. */
  readonly at: number
  readonly bit: 0 | 1
}

/** The clock that the receiver recovers from the first frame of a waveform, bit by bit; empty where there is none. */
export function recoverClock(waveform: Waveform): ClockedBit[] {
  const { volts } = waveform
  const perHalf = samplesPerHalfBit(waveform.sampleRate)
  const begin = findData(prefixSums(volts), perHalf, 0)
  if (begin < 0) return []
  const values = track(volts, perHalf, phase(volts, perHalf, begin))
  const { count, inverted } = endOfData(volts, perHalf, values)
  return Array.from({ length: count }, (_, i) => ({
    at: waveform.start + (values.places[i] * BIT_TIME) / (2 * perHalf),
    bit: values.decisions[i] > 0 !== inverted ? 1 : 0,
  }))
}

/** Bits of the preamble that set the clock. */
const ACQUISITION_BITS = 48
const DELIMITER = 0b11010101 // as it stands in a register that shifts right: last bit highest

/** `end`: the sample at which the start of idle is over. */
function receiveFrame(
  volts: Float32Array,
  perHalf: number,
  begin: number,
  at: (sample: number) => number,
): WaveformFrame & { end: number } {
  const start = phase(volts, perHalf, begin)
  const values = track(volts, perHalf, start)
  const { count, inverted } = endOfData(volts, perHalf, values)
  const common = { kind: 'frame', at: at(start), inverted } as const
  const end = start + (count + IDLE_BITS + 1) * 2 * perHalf
  let window = 0
  for (let bit = 0; bit < count; bit++) {
    window = (window >> 1) | (values.decisions[bit] > 0 !== inverted ? 0x80 : 0)
    if (bit < 7 || window !== DELIMITER) continue
    const first = bit + 1
    const octets = new Uint8Array((count - first) >> 3)
    for (let i = 0; i < octets.length * 8; i++)
      if (values.decisions[first + i] > 0 !== inverted) octets[i >> 3] |= 1 << (i & 7)
    return { ...common, octets, dribbleBits: (count - first) & 7, delimiterFound: true, end }
  }
  return { ...common, octets: new Uint8Array(0), dribbleBits: 0, delimiterFound: false, end }
}

/**
 * The sample at which the first bit begins: the place within a bit where the preamble's alternating correlations add up
 * most, and from there back to the first bit of which there is signal.
 */
function phase(volts: Float32Array, perHalf: number, begin: number): number {
  const perBit = 2 * perHalf
  let best = begin
  let most = 0
  for (let from = begin - perHalf; from < begin + perHalf; from++) {
    let sum = 0
    let bits = 0
    for (let bit = 1; bit <= ACQUISITION_BITS; bit++) {
      const place = from + bit * perBit
      if (place < 0 || place + perBit > volts.length) break
      sum += (bit & 1 ? 1 : -1) * correlate(volts, place, perHalf)
      bits++
    }
    if (Math.abs(sum) / bits > Math.abs(most)) {
      most = sum / bits
      best = from
    }
  }
  let sign = 1
  for (let place = best; place >= 0; place -= perBit) {
    // `sign` says how this bit has to stand for the alternation to hold.
    if (correlate(volts, place, perHalf) * sign * -most < most * most * 0.4) return place + perBit
    best = place
    sign = -sign
  }
  return best
}

interface Tracked {
  /** The correlation of each bit. */
  readonly decisions: Float32Array
  /** Where each bit begins. */
  readonly places: Int32Array
}

/** How far the clock follows an early-late difference, in samples for one of full size; slow, as ±100 ppm asks little. */
const LOOP_GAIN = 0.02
/** Bits that together tell that there is no data any more, and how small they have to be. */
const QUIET_BITS = 10
const QUIET = 0.5

/** Follows the bits from the first one on until they have gone quiet. */
function track(volts: Float32Array, perHalf: number, start: number): Tracked {
  const perBit = 2 * perHalf
  const capacity = Math.ceil((volts.length - start) / (perBit * 0.999)) + 1
  const decisions = new Float32Array(capacity)
  const places = new Int32Array(capacity)
  let place = start
  let size = 0
  let recent = 0
  let count = 0
  while (count < capacity && Math.round(place) + perBit < volts.length) {
    const whole = Math.round(place)
    const value = correlate(volts, whole, perHalf)
    decisions[count] = value
    places[count] = whole
    count++
    size += (Math.abs(value) - size) / Math.min(count, 64)
    recent += Math.abs(value) - (count > QUIET_BITS ? Math.abs(decisions[count - 1 - QUIET_BITS]) : 0)
    if (count > 2 * QUIET_BITS && recent < QUIET * QUIET_BITS * size) break
    place += perBit + LOOP_GAIN * timing(volts, perHalf, decisions, places, count - 2, size)
  }
  return { decisions: decisions.subarray(0, count), places: places.subarray(0, count) }
}

/**
 * Early-late difference of a bit, -1 to 1: positive when the bit lies later than it was taken. Only bits with edges at
 * both ends, or at neither, tell: the others are lopsided by themselves.
 */
function timing(
  volts: Float32Array,
  perHalf: number,
  decisions: Float32Array,
  places: Int32Array,
  bit: number,
  size: number,
): number {
  if (bit < 1 || size === 0) return 0
  const sign = Math.sign(decisions[bit])
  const edgeBefore = Math.sign(decisions[bit - 1]) === sign
  const edgeBehind = Math.sign(decisions[bit + 1]) === sign
  const place = places[bit]
  if (edgeBefore !== edgeBehind || place < 1 || place + 2 * perHalf + 1 > volts.length) return 0
  const early = correlate(volts, place - 1, perHalf)
  const late = correlate(volts, place + 1, perHalf)
  return Math.max(-1, Math.min(1, ((late - early) * sign) / size))
}

/** The line is high for so many bits behind the last one (14.3.1.2.1, TP_IDL). */
const IDLE_BITS = 3
/**
 * How much likelier a place has to be than one behind it, in the score of a bit that is certain. A frame that is taken for
 * a bit too long has a dribble bit, which nobody keeps; one that is taken for a bit too short has lost its last octet.
 */
const PREFER_LATE = 0.4

/**
 * How many bits there are before the start of idle: from there on the line is high for three bits, and then silent. Data
 * has no mean over a bit, and always a difference between its halves; idle the other way round, with half of it. Idle that
 * is low tells that the pair is inverted (14.3.1.3.1). Each bit counts by how much likelier in white noise the one is than
 * silence: in both cases by what it has of the value it should have, less a half.
 */
function endOfData(
  volts: Float32Array,
  perHalf: number,
  { decisions, places }: Tracked,
): { count: number; inverted: boolean } {
  const perBit = 2 * perHalf
  const size = median(decisions)
  const mean = (bit: number): number => {
    const place = places[bit]
    let sum = 0
    for (let k = 0; k < perBit && place + k < volts.length; k++) sum += volts[place + k]
    return sum / perBit
  }
  // The end lies where the carrier stops; noise can only move it by a few bits.
  const first = Math.max(0, decisions.length - 24)
  let data = 0
  let best = { score: Number.NEGATIVE_INFINITY, count: decisions.length, inverted: false }
  for (let bit = first; bit < decisions.length; bit++) {
    if (bit > first) data += Math.abs(decisions[bit - 1]) / size - 0.5
    let level = 0
    for (let i = 0; i < IDLE_BITS && bit + i < decisions.length; i++) level += mean(bit + i)
    const score = data + Math.abs(level) / (size / 2) - IDLE_BITS / 2
    const isBest = score > best.score - PREFER_LATE
    if (isBest) best = { score: Math.max(score, best.score), count: bit, inverted: level < 0 }
  }
  return { count: best.count, inverted: best.inverted }
}

function median(values: Float32Array): number {
  const sizes = values.map(Math.abs).sort()
  return sizes[sizes.length >> 1] || 1
}
