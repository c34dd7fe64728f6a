/**
 * Bit error rate of the waveform receiver against signal to noise: measured on noisy waveforms, beside the theory of its
 * detector. Seeded, so the picture is the same each time it is made.
 */
import { sampleDeviation, tail } from '../../boards/ethernet/pair-physics.js'
import { correlate, frameWaveform, lineBits, samplesPerHalfBit } from '../../boards/ethernet/waveform.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { detectBits } from '../support/detect-bits.js'

export interface MeasuredPoint {
  /** Mean decision value over its deviation, dB. */
  readonly decibel: number
  readonly measured: number
  readonly theory: number
  readonly errors: number
}

const SAMPLE_RATE = 40e6
const CABLE = { length: 100, category: '3' } as const

/** Points from an error rate of some 1e-1 to some 1e-4, with about `enough` errors each. */
export function bitErrorRates(enough: number): MeasuredPoint[] {
  const random = new SeededRandom(6)
  const octets = Uint8Array.from({ length: 1518 }, () => random.below(256))
  const signal = { octets, bits: 64 + octets.length * 8 }
  const bits = lineBits(signal)
  const perHalf = samplesPerHalfBit(SAMPLE_RATE)
  const clean = frameWaveform(signal, { ...CABLE, sampleRate: SAMPLE_RATE })
  const first = (-clean.start / 100) * 2 * perHalf
  const values = Array.from(bits, (_, bit) => Math.abs(correlate(clean.volts, first + bit * 2 * perHalf, perHalf)))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const points: MeasuredPoint[] = []
  for (let decibel = 2; decibel <= 12; decibel += 0.5) {
    const deviation = mean / 10 ** (decibel / 20)
    const noise = deviation / Math.sqrt(2 / perHalf) / sampleDeviation(1, SAMPLE_RATE)
    const theory = values.reduce((sum, value) => sum + tail(value / deviation), 0) / values.length
    const frames = Math.max(1, Math.ceil(enough / (theory * bits.length)))
    let errors = 0
    for (let frame = 0; frame < frames; frame++) {
      const waveform = frameWaveform(signal, { ...CABLE, sampleRate: SAMPLE_RATE, noise, random })
      const read = detectBits(waveform, 0, bits.length)
      for (let bit = 0; bit < bits.length; bit++) if (read[bit] !== bits[bit]) errors++
    }
    points.push({ decibel, measured: errors / (frames * bits.length), theory, errors })
  }
  return points
}

const WIDTH = 640
const HEIGHT = 400
const LEFT = 64
const BOTTOM = 340
const TOP = 24
const RIGHT = 616

/** The points as a picture: theory as a line, measurement as dots. */
export function bitErrorRateFigure(points: readonly MeasuredPoint[]): string {
  const lowest = -5
  const from = points[0].decibel
  const to = points[points.length - 1].decibel
  const x = (decibel: number) => (LEFT + ((RIGHT - LEFT) * (decibel - from)) / (to - from)).toFixed(1)
  const y = (rate: number) => (TOP + ((BOTTOM - TOP) * Math.log10(rate)) / lowest).toFixed(1)
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>Bit error rate of the waveform receiver against signal to noise</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
  ]
  for (let power = 0; power >= lowest; power--) {
    const at = y(10 ** power)
    lines.push(
      `<line x1="${LEFT}" y1="${at}" x2="${RIGHT}" y2="${at}" stroke="#ddd"/>`,
      `<text x="${LEFT - 8}" y="${Number(at) + 4}" text-anchor="end">1e${power}</text>`,
    )
  }
  for (let decibel = Math.ceil(from); decibel <= to; decibel++)
    lines.push(`<text x="${x(decibel)}" y="${BOTTOM + 18}" text-anchor="middle">${decibel}</text>`)
  const theory = points.map(({ decibel, theory: rate }) => `${x(decibel)},${y(rate)}`).join(' ')
  lines.push(`<polyline points="${theory}" fill="none" stroke="#1a5fb4" stroke-width="2"/>`)
  for (const { decibel, measured } of points)
    lines.push(`<circle cx="${x(decibel)}" cy="${y(measured)}" r="4" fill="none" stroke="#c01c28" stroke-width="1.5"/>`)
  lines.push(
    `<text x="${(LEFT + RIGHT) / 2}" y="${BOTTOM + 40}" text-anchor="middle">mean decision value over noise at the decision, dB</text>`,
    `<text x="${RIGHT - 240}" y="${TOP + 20}" fill="#1a5fb4">theory: mean of Q(value / deviation)</text>`,
    `<text x="${RIGHT - 240}" y="${TOP + 38}" fill="#c01c28">measured on noisy waveforms</text>`,
    '</svg>',
    '',
  )
  return lines.join('\n')
}
