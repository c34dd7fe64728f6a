/**
 * Where there is signal on a pair: the receiver's squelch (IEEE 802.3 14.3.1.3.2). Data begins with four bits of preamble
 * that follow one another as they must and exceed the threshold together, so that noise has to be as large as a signal to
 * be taken for one; a link test pulse is one swing over the threshold with nothing around it.
 */
import { SQUELCH } from './pair-physics.js'

/** The threshold for averages over half bits: a shaped half bit has some 0.8 of its peak. */
const THRESHOLD = SQUELCH * 0.8

/** What one half bit counts at most. */
const MOST = THRESHOLD * 1.3

/** Half bits of preamble that open the squelch, and their signs: 1010 is low high, high low, low high, high low. */
const OPENING = [-1, 1, 1, -1, -1, 1, 1, -1]

/** Sums up to each sample: the mean of any stretch in two reads. */
export function prefixSums(volts: Float32Array): Float64Array {
  const sums = new Float64Array(volts.length + 1)
  for (let i = 0; i < volts.length; i++) sums[i + 1] = sums[i] + volts[i]
  return sums
}

/** The first sample, from `from` on, where a stretch begins that opens the squelch for data; -1 when there is none. */
export function findData(sums: Float64Array, perHalf: number, from: number): number {
  const threshold = THRESHOLD * perHalf * OPENING.length
  // However large one swing is, it takes others beside it.
  const most = MOST * perHalf
  for (let at = from; at + OPENING.length * perHalf < sums.length; at++) {
    let sum = 0
    for (let half = 0; half < OPENING.length; half++) {
      const begin = at + half * perHalf
      const part = sums[begin + perHalf] - sums[begin]
      sum += OPENING[half] * Math.max(-most, Math.min(most, part))
    }
    if (Math.abs(sum) > threshold) return at
  }
  return -1
}

export interface Swing {
  /** The first sample over the threshold. */
  readonly at: number
  readonly negative: boolean
}

/** Single swings of at least 60 ns between `from` and `to`. */
export function findPulses(sums: Float64Array, perHalf: number, from: number, to: number): Swing[] {
  const found: Swing[] = []
  let over = 0
  let sign = 0
  for (let i = from; i + perHalf < to; i++) {
    const mean = (sums[i + perHalf] - sums[i]) / perHalf
    const now = Math.abs(mean) > THRESHOLD ? Math.sign(mean) : 0
    if (now !== 0 && now === sign) over++
    else over = now === 0 ? 0 : 1
    sign = now
    // A mean over 50 ns that stays over the threshold for 60 ns comes from a swing of about 100 ns.
    if (over === Math.ceil(perHalf * 1.2)) found.push({ at: i + 1 - over + (perHalf >> 1), negative: sign < 0 })
  }
  return found
}
