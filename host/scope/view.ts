/** A waveform as a picture a person can read: voltage over time, and underneath what it means, from the same octets. */

import { BIT_TIME } from '../../boards/ethernet/port.js'
import { type LineSignal, lineBits, type Waveform } from '../../boards/ethernet/waveform.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { pictureSvg } from './svg.js'
import type { Mark, MarkRow } from './trace.js'

const PREAMBLE_OCTETS = 7
const IDLE_BITS = 3

/**
 * What a frame's bits mean: rows of fields, octets and bits.
 * @param errors positions of bits that were turned over, counted from the first of the preamble
 */
export function frameRows(signal: LineSignal, errors: readonly number[] = []): MarkRow[] {
  const wrong = new Set(errors)
  const anyWrong = (from: number, to: number) => errors.some((bit) => bit >= from && bit < to)
  const bits = Array.from(lineBits(signal), (bit, at): Mark => {
    const shown = wrong.has(at) ? 1 - bit : bit
    return mark(at, at + 1, String(shown), wrong.has(at))
  })
  const octets: Mark[] = []
  const whole = [...Array<number>(PREAMBLE_OCTETS).fill(0x55), 0xd5, ...signal.octets]
  for (const [i, octet] of whole.entries()) {
    const at = i * 8
    if (at + 8 > signal.bits) break
    let shown = octet
    for (let bit = 0; bit < 8; bit++) if (wrong.has(at + bit)) shown ^= 1 << bit
    octets.push(mark(at, at + 8, shown.toString(16).padStart(2, '0'), anyWrong(at, at + 8)))
  }
  const fields: Mark[] = []
  const end = 8 + signal.octets.length
  for (const [name, from, to] of [
    ['preamble', 0, 7],
    ['delimiter', 7, 8],
    ['destination', 8, 14],
    ['source', 14, 20],
    ['type', 20, 22],
    ['payload', 22, end - 4],
    ['FCS', Math.max(22, end - 4), end],
  ] as const) {
    const last = Math.min(to * 8, signal.bits)
    if (from * 8 < last) fields.push(mark(from * 8, last, name, anyWrong(from * 8, last)))
  }
  fields.push(mark(signal.bits, signal.bits + IDLE_BITS, 'start of idle'))
  return [
    { name: 'bits', marks: bits },
    { name: 'octets', marks: octets },
    { name: 'fields', marks: fields },
  ]
}

/** What a link test pulse is, in one row. */
export function pulseRows(): MarkRow[] {
  return [{ name: 'signal', marks: [mark(0, 1, 'link test pulse')] }]
}

function mark(from: number, to: number, text: string, wrong = false): Mark {
  return { from: from * BIT_TIME, to: to * BIT_TIME, text, ...(wrong ? { wrong } : {}) }
}

export interface ScopeView {
  readonly title: string
  readonly waveform: Waveform
  readonly rows: readonly MarkRow[]
  /** When the first bit begins, on the clock of the waveform. */
  readonly at: number
  /** What is shown, in nanoseconds from the first bit. */
  readonly from: number
  readonly to: number
}

/** The view as a self-contained SVG document. */
export function scopeSvg(view: ScopeView): string {
  const { title, from, to, rows } = view
  const panel = { name: '', points: samplesOf(view), rows }
  return pictureSvg({ title, from, to, panels: [panel], origin: 'from the first bit' })
}

/** The view as comma-separated values: nanoseconds from the first bit, volts, and what each row says there. */
export function scopeCsv(view: ScopeView): string {
  const lines = [['ns', 'volts', ...view.rows.map(({ name }) => name)].join(',')]
  const next = view.rows.map(() => 0)
  for (const [time, volts] of samplesOf(view)) {
    const meanings = view.rows.map(({ marks }, row) => {
      while (next[row] < marks.length && marks[next[row]].to <= time) next[row]++
      const here = marks[next[row]]
      return here !== undefined && here.from <= time ? here.text : ''
    })
    lines.push([time, volts.toFixed(4), ...meanings].join(','))
  }
  return `${lines.join('\n')}\n`
}

function samplesOf({ waveform, at, from, to }: ScopeView): [number, number][] {
  const samples: [number, number][] = []
  const { volts, start, sampleRate } = waveform
  const step = SECOND / sampleRate
  const first = Math.max(0, Math.ceil((from + at - start) / step))
  const last = Math.min(volts.length - 1, Math.floor((to + at - start) / step))
  for (let i = first; i <= last; i++) samples.push([start + i * step - at, volts[i]])
  return samples
}
