/** A waveform as a picture a person can read: voltage over time, and underneath what it means, from the same octets. */

import { BIT_TIME } from '../../boards/ethernet/port.js'
import { type LineSignal, lineBits, type Waveform } from '../../boards/ethernet/waveform.js'
import { SECOND } from '../../firmware/hal/clock.js'

/** A stretch of time with a meaning, in nanoseconds from the first bit. */
export interface Mark {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Received otherwise than it was sent. */
  readonly wrong?: boolean
}

export interface ScopeRow {
  readonly name: string
  readonly marks: readonly Mark[]
}

const PREAMBLE_OCTETS = 7
const IDLE_BITS = 3

/**
 * What a frame's bits mean: rows of fields, octets and bits.
 * @param errors positions of bits that were turned over, counted from the first of the preamble
 */
export function frameRows(signal: LineSignal, errors: readonly number[] = []): ScopeRow[] {
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
export function pulseRows(): ScopeRow[] {
  return [{ name: 'signal', marks: [mark(0, 1, 'link test pulse')] }]
}

function mark(from: number, to: number, text: string, wrong = false): Mark {
  return { from: from * BIT_TIME, to: to * BIT_TIME, text, ...(wrong ? { wrong } : {}) }
}

export interface ScopeView {
  readonly title: string
  readonly waveform: Waveform
  readonly rows: readonly ScopeRow[]
  /** When the first bit begins, on the clock of the waveform. */
  readonly at: number
  /** What is shown, in nanoseconds from the first bit. */
  readonly from: number
  readonly to: number
}

const WIDTH = 1000
const LEFT = 70
const RIGHT = 985
const TOP = 40
const PLOT = 240
const ROW = 26
const NARROWEST = 1.5
/** The narrowest stretch, in pixels a character, that gets its text. */
const CHARACTER = 7.5

/** The view as a self-contained SVG document. */
export function scopeSvg(view: ScopeView): string {
  const { from, to, rows } = view
  const height = TOP + PLOT + 44 + rows.length * ROW + 10
  const x = (time: number) => LEFT + ((RIGHT - LEFT) * (time - from)) / (to - from)
  const shown = samplesOf(view)
  const peak = Math.max(1, Math.ceil(shown.reduce((most, [, volts]) => Math.max(most, Math.abs(volts)), 0)))
  const y = (volts: number) => TOP + PLOT / 2 - (volts / peak) * (PLOT / 2)
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="12">`,
    `<title>${xmlText(view.title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    `<text x="${LEFT}" y="24" font-size="14">${xmlText(view.title)}</text>`,
  ]
  for (let volts = -peak; volts <= peak; volts++) {
    const at = y(volts).toFixed(1)
    lines.push(`<line x1="${LEFT}" y1="${at}" x2="${RIGHT}" y2="${at}" stroke="${volts === 0 ? '#999' : '#e4e4e4'}"/>`)
    lines.push(`<text x="${LEFT - 8}" y="${(y(volts) + 4).toFixed(1)}" text-anchor="end">${volts} V</text>`)
  }
  const tick = niceStep((to - from) / 10)
  for (let time = Math.ceil(from / tick) * tick; time <= to; time += tick) {
    const at = x(time).toFixed(1)
    lines.push(`<line x1="${at}" y1="${TOP}" x2="${at}" y2="${TOP + PLOT}" stroke="#e4e4e4"/>`)
    lines.push(`<text x="${at}" y="${TOP + PLOT + 16}" text-anchor="middle">${microseconds(time)}</text>`)
  }
  lines.push(`<text x="${RIGHT}" y="${TOP + PLOT + 32}" text-anchor="end">µs from the first bit</text>`)
  const points = shown.map(([time, volts]) => `${x(time).toFixed(1)},${y(volts).toFixed(1)}`).join(' ')
  lines.push(`<polyline points="${points}" fill="none" stroke="#1a5fb4" stroke-width="1.3"/>`)
  for (const [i, row] of rows.entries()) {
    const top = TOP + PLOT + 44 + i * ROW
    lines.push(`<text x="${LEFT - 8}" y="${top + 15}" text-anchor="end">${xmlText(row.name)}</text>`)
    for (const each of row.marks) {
      if (each.to <= from || each.from >= to) continue
      const begin = x(Math.max(from, each.from))
      const width = x(Math.min(to, each.to)) - begin
      // What is narrower than a line is no use, unless it is what one looks for.
      if (width < NARROWEST && !each.wrong) continue
      const fill = each.wrong ? '#f6c6c6' : '#eef3fb'
      lines.push(
        `<rect x="${begin.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${ROW - 5}" fill="${fill}" stroke="#9bb"/>`,
      )
      if (width < each.text.length * CHARACTER) continue
      const middle = (begin + width / 2).toFixed(1)
      lines.push(`<text x="${middle}" y="${top + 15}" text-anchor="middle">${xmlText(each.text)}</text>`)
    }
  }
  lines.push('</svg>', '')
  return lines.join('\n')
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

/** 1, 2 or 5 times a power of ten, not under `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10)
}

function microseconds(time: number): string {
  return String(Math.round(time) / 1000)
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
