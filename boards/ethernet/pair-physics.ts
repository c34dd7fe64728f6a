/**
 * What a twisted pair does to 10BASE-T, in numbers: levels and jitter of the transmitter, loss by category and length,
 * noise. Long cable loses more of a half bit alone between two edges (10 MHz) than of a pulse of a whole bit (5 MHz); the
 * transmitter's pre-equalisation sends the second half of such a pulse smaller (802.3 14.3.1.2.1), which evens the two out.
 */
import { exp, log10 } from '../../firmware/math/elementary.js'

/** Peak differential voltage into 100 ohms: 2.2 V to 2.8 V (14.3.1.2.1). */
export const TRANSMIT_PEAK = 2.5
/** The second half of a 100 ns pulse against the first. The standard gives a template, not a number: ours evens out 100 m of category 3. */
export const PRE_EQUALISATION = 2 / 3
/** Each edge of the transmitter is early or late by up to so much, in ns: 3.5 ns at most (14.3.1.2.3); ours is a good one. */
export const TRANSMIT_JITTER = 1.5
/** A receiver takes nothing under 300 mV for a signal, and everything from 585 mV on (14.3.1.3.2): squelch in between. */
export const SQUELCH = 0.45

/**
 * Insertion loss in dB over 100 m: a √f + b f + c / √f, f in MHz (ANSI/TIA-568-C.2 for 3, 5e and 6; 4 is left out, nobody
 * laid it).
 */
const LOSS = {
  3: { a: 2.32, b: 0.238, c: 0 },
  '5e': { a: 1.967, b: 0.023, c: 0.05 },
  6: { a: 1.808, b: 0.017, c: 0.2 },
} as const

export type Category = '3' | '5e' | '6'

export interface PairOptions {
  /** Metres; 2 by default. */
  length?: number
  /** Cable category; 5e by default. */
  category?: Category
  /** Noise at the receiver in volts rms, measured in 10 MHz of bandwidth; white. None by default. */
  noise?: number
}

/** Insertion loss in dB at `frequency` (MHz). */
export function insertionLoss(frequency: number, length: number, category: Category): number {
  const { a, b, c } = LOSS[category]
  return ((a * Math.sqrt(frequency) + b * frequency + c / Math.sqrt(frequency)) * length) / 100
}

/** The fundamental of a half bit alone between two edges: where 10BASE-T has most of its power, in MHz. */
export const BIT_FREQUENCY = 10

/** Near-end crosstalk of the worst two pairs: dB at a frequency in MHz (ANSI/TIA-568-C.2, horizontal cable). */
const CROSSTALK = {
  3: { loss: 23.2, at: 16 },
  '5e': { loss: 35.3, at: 100 },
  6: { loss: 44.3, at: 100 },
} as const

/**
 * What crosses from one pair of a sound cable into another at the near end, in dB below what is sent: less by 15 dB for each
 * tenfold frequency. At 10 MHz 50.3 dB in category 5e, 8 mV of 2.5 V.
 * @param frequency in MHz
 */
export function crosstalkLoss(frequency: number, category: Category): number {
  const { loss, at } = CROSSTALK[category]
  return loss - 15 * log10(frequency / at)
}

/** Bandwidth in which noise is given, hertz. */
const NOISE_BANDWIDTH = 10e6

/** Standard deviation of one sample, white noise told as above filling the band up to half the sample rate. */
export function sampleDeviation(noise: number, sampleRate: number): number {
  return noise * Math.sqrt(sampleRate / 2 / NOISE_BANDWIDTH)
}

/** Chance that a normal variable exceeds `x` standard deviations; relative error under 1.3e-7 (Numerical Recipes' erfc). */
export function tail(x: number): number {
  if (x < 0) return 1 - tail(-x)
  const z = x / Math.SQRT2
  const t = 1 / (1 + z / 2)
  const series =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))))
  return (t * exp(-z * z + series)) / 2
}
