/**
 * What a twisted pair makes of an edge: its step response, from its loss alone.
 *
 * A pair is a minimum phase system once its plain delay is taken off, so its phase follows from its loss (Oppenheim and
 * Schafer, Discrete-Time Signal Processing, "Minimum-phase systems": the cepstrum folded onto positive times, and the
 * recursion from cepstrum to response). What comes out is dispersion: edges that rise fast at first and then creep, and so
 * cross zero earlier or later by what went before them. That is the jitter a link segment adds (802.3 14.4.2.3: at most
 * ±5.0 ns).
 */

import { atan2, cos, exp, sin } from '../../firmware/math/elementary.js'
import { type Category, insertionLoss } from './pair-physics.js'

/** Nanoseconds from one value of a response to the next. */
export const RESOLUTION = 0.25
/** An edge takes so long at the transmitter, in ns: a raised cosine, about what the transmit filter leaves. */
const EDGE = 30
/** A response begins so long before the edge's own instant, and is followed so long behind it, in ns. */
export const BEFORE = 75
const BEHIND = 500
/** Behind a pair longer than this, in metres, an edge creeps on for longer. */
const LONG = 200
const FAR_BEHIND = 1000
/** The plain delay of a pair is given at this frequency, in MHz (TIA-568: that of category 3 and up, to 10 MHz and beyond). */
const DELAY_FREQUENCY = 10

/** The grid of the frequency response: 1 ns a sample, 2048 of them. */
const SAMPLES = 2048
const MEGAHERTZ = 1000 / SAMPLES

const known = new Map<string, Float32Array>()

/**
 * The voltage behind the pair of an edge from 0 V to 1 V, every `RESOLUTION` from `-BEFORE` until it is as good as settled.
 * @param length metres; the pair's delay is not in it
 */
export function stepResponse(length: number, category: Category): Float32Array {
  const key = `${category} ${length}`
  let response = known.get(key)
  if (response === undefined) {
    const until = length > LONG ? FAR_BEHIND : BEHIND
    response = length === 0 ? sample(edge, until) : sample(behind(impulseResponse(length, category)), until)
    known.set(key, response)
  }
  return response
}

function sample(voltage: (t: number) => number, until: number): Float32Array {
  return Float32Array.from({ length: (BEFORE + until) / RESOLUTION + 1 }, (_, i) => voltage(i * RESOLUTION - BEFORE))
}

/** The transmitter's edge at `t` nanoseconds from its middle. */
function edge(t: number): number {
  if (t <= -EDGE / 2) return 0
  if (t >= EDGE / 2) return 1
  return (1 + sin((Math.PI * t) / EDGE)) / 2
}

/** The edge convolved with an impulse response of 1 ns a value, whose sum is the pair's gain for a direct current. */
function behind(impulse: Float64Array): (t: number) => number {
  const settled = new Float64Array(impulse.length + 1)
  for (let i = 0; i < impulse.length; i++) settled[i + 1] = settled[i] + impulse[i]
  const delay = phaseDelay(impulse)
  return (from) => {
    const t = from + delay
    // Parts of the impulse that came over EDGE / 2 ago have become whole volts.
    const whole = Math.max(0, Math.min(impulse.length, Math.floor(t - EDGE / 2) + 1))
    let volts = settled[whole]
    for (let i = whole; i < impulse.length && i < t + EDGE / 2; i++) volts += impulse[i] * edge(t - i)
    return volts
  }
}

/** How long a sine of `DELAY_FREQUENCY` takes through a response, in ns. */
function phaseDelay(impulse: Float64Array): number {
  const turn = (2 * Math.PI * DELAY_FREQUENCY) / 1000
  let real = 0
  let imaginary = 0
  for (let i = 0; i < impulse.length; i++) {
    real += impulse[i] * cos(turn * i)
    imaginary += impulse[i] * sin(turn * i)
  }
  return atan2(imaginary, real) / turn
}

/** The impulse response of a pair without its plain delay, 1 ns a value. */
function impulseResponse(length: number, category: Category): Float64Array {
  const half = SAMPLES / 2
  // ln |H|; the lowest frequency stands for 0 Hz too, where the formula of the loss has no value.
  const logarithm = Float64Array.from(
    { length: half + 1 },
    (_, k) => (-insertionLoss(Math.max(k, 1) * MEGAHERTZ, length, category) * Math.LN10) / 20,
  )
  const cosine = Float64Array.from({ length: SAMPLES }, (_, i) => cos((2 * Math.PI * i) / SAMPLES))
  const cepstrum = new Float64Array(half)
  for (let n = 0; n < half; n++) {
    let sum = logarithm[0] + logarithm[half] * cosine[(half * n) % SAMPLES]
    for (let k = 1; k < half; k++) sum += 2 * logarithm[k] * cosine[(k * n) % SAMPLES]
    cepstrum[n] = (n === 0 ? sum : 2 * sum) / SAMPLES
  }
  const impulse = new Float64Array(half)
  impulse[0] = exp(cepstrum[0])
  for (let n = 1; n < impulse.length; n++) {
    let sum = 0
    for (let k = 1; k <= n; k++) sum += k * cepstrum[k] * impulse[n - k]
    impulse[n] = sum / n
  }
  return impulse
}
