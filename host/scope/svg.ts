/** Traces as a picture a person can read: voltage over time, what a receiver makes of it, and what it means. */
import { escapeMarkup } from '../../firmware/text/markup.js'
import { numberText } from '../number-text.js'
import { isWide } from '../text/columns.js'
import type { Point } from './envelope.js'
import { thinned } from './envelope.js'
import type { ScopeLevel } from './probe.js'
import type { Mark, MarkRow } from './trace.js'

export interface ScopePanel {
  readonly name: string
  /** Volts at instants, the instants on the axis of the picture. */
  readonly points: readonly Point[]
  readonly levels?: readonly ScopeLevel[]
  readonly rows: readonly MarkRow[]
  /** What has to be known to read it. */
  readonly note?: string
}

export interface ScopePicture {
  readonly title: string
  readonly subtitle?: string
  readonly panels: readonly ScopePanel[]
  /** What is shown, in nanoseconds. */
  readonly from: number
  readonly to: number
  /** What the axis counts from. */
  readonly origin: string
}

const WIDTH = 1200
const LEFT = 84
/** Behind it stands what the levels are called. */
const RIGHT = 1086
const HEAD = 80
const ROW = 24
const GAP = 30
const AXIS = 46
const LEGEND = 18
/** The narrowest stretch, in pixels, that gets a box. */
const NARROWEST = 1.5
/** What is narrower and has to be seen is drawn so wide. */
const TICK = 2
/** Pixels of a character of DejaVu Sans at 12 px: of narrow ones, of wide ones, of others; no fallback font is wider. Those of East Asia are square. */
const NARROW_LETTERS = /[ijltfrI.,:;·×()“” -]/
const EAST_ASIAN = 12
const WIDE_LETTERS = /[mwMWO@%—]/
const letterWidth = (each: string): number =>
  isWide(each) ? EAST_ASIAN : NARROW_LETTERS.test(each) ? 5 : WIDE_LETTERS.test(each) ? 11.7 : 7.7
const widthOf = (words: string) => [...words].reduce((sum, each) => sum + letterWidth(each), 0)

/** Nanoseconds that are too short for a mark to be drawn, in a picture of this window. */
export function leastShown({ from, to }: { readonly from: number; readonly to: number }): number {
  return (NARROWEST * (to - from)) / (RIGHT - LEFT)
}

const INK = '#1c2733'
const FAINT = '#6b7885'
const GRID = '#e6eaee'
const COLOURS = ['#1a5fb4', '#b4510f', '#2a7a3f', '#813d9c', '#8a6d00', '#0f7f8c']
const FILLS = ['#e8f0fa', '#fbeee3', '#e7f4ea', '#f3e9f7', '#f7f2dc', '#e1f3f5']
const OUTLINE = '#a9b8c6'
const WRONG = '#f6c6c6'
const RED = '#c01c28'

/** The picture as a self-contained SVG document. */
export function scopePictureSvg(picture: ScopePicture): string {
  const { from, to } = picture
  const x = (time: number) => LEFT + ((RIGHT - LEFT) * (time - from)) / (to - from)
  const panels = picture.panels.map((panel) => ({ ...panel, ...worthDrawing(panel.rows, { from, to, x }) }))
  const plot = panels.length === 1 ? 260 : panels.length === 2 ? 170 : 92
  const heights = panels.map(({ rows, narrow }) => plot + 6 + (rows.length + (narrow.length > 0 ? 1 : 0)) * ROW)
  const body: string[] = []
  const legend = new Map<string, string>()
  const { unit, divisor } = timeUnit(Math.max(Math.abs(from), Math.abs(to)))
  const tick = niceStep((to - from) / 12)
  const digits = Math.max(0, -Math.floor(Math.log10(tick / divisor) + 1e-9))
  const ticks: number[] = []
  for (let i = Math.ceil(from / tick); i * tick <= to; i++) ticks.push(i * tick)
  let top = HEAD
  for (const [index, panel] of panels.entries()) {
    drawPanel(body, { panel, index, top, plot, x, from, to, ticks, legend })
    top += heights[index] + GAP
  }
  for (const time of ticks) {
    body.push(text(x(time), top - 4, numberText(time / divisor, digits), `text-anchor="middle" fill="${FAINT}"`))
  }
  body.push(text(RIGHT, top + 16, `${unit} ${picture.origin}`, `text-anchor="end" fill="${FAINT}"`))
  if (legend.size > 0) {
    const words = [...legend].map(([short, meaning]) => `${short} = ${meaning}`).join(',  ')
    body.push(text(LEFT, top + 16, words, `fill="${FAINT}"`))
  }
  const height = top + AXIS - (legend.size > 0 ? 0 : LEGEND / 2)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escapeMarkup(picture.title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    text(LEFT, 26, picture.title, 'font-size="17" font-weight="bold"'),
    ...(picture.subtitle === undefined ? [] : [text(LEFT, 45, picture.subtitle, `fill="${FAINT}"`)]),
    ...body,
    '</svg>',
    '',
  ].join('\n')
}

interface TimeAxis {
  readonly from: number
  readonly to: number
  readonly x: (time: number) => number
}

/**
 * A row in which there is nothing says nothing. Of one whose marks have mostly no room for their words, what stands for
 * several of them is drawn, or what is wrong; and all rows of which marks are missing share a line that says so.
 */
function worthDrawing(rows: readonly MarkRow[], axis: TimeAxis): { rows: MarkRow[]; narrow: string[] } {
  const { from, to } = axis
  const drawn: MarkRow[] = []
  const narrow: string[] = []
  for (const row of rows) {
    const seen = row.marks.filter((mark) => mark.to >= from && mark.from <= to)
    if (row.sparse === true) {
      if (seen.length > 0) drawn.push({ ...row, marks: seen })
      continue
    }
    const striking = seen.filter((mark) => mark.wrong === true || mark.from === mark.to)
    const plain = seen.filter((mark) => !striking.includes(mark))
    const coarse = (row.coarse ?? []).filter((mark) => mark.to > from && mark.from < to)
    const legible = mostLegible(plain, axis) ? plain : mostLegible(coarse, axis) ? coarse : []
    const marks = [...striking, ...legible].sort((a, b) => a.from - b.from)
    if (marks.length > 0) drawn.push({ ...row, marks })
    if (legible.length === 0 && (plain.length > 0 || row.narrow === true)) narrow.push(row.name)
  }
  return { rows: drawn, narrow }
}

/** Whether at least half of the marks have room for their words; of those that the window cuts, what is in it counts. */
function mostLegible(marks: readonly Mark[], axis: TimeAxis): boolean {
  const legible = marks.filter((mark) => wordFor(mark, widthIn(mark, axis)) !== undefined).length
  return marks.length > 0 && 2 * legible >= marks.length
}

/** Pixels of a mark that are in the picture. */
function widthIn(mark: Mark, { from, to, x }: TimeAxis): number {
  return x(Math.min(to, mark.to)) - x(Math.max(from, mark.from))
}

/** The longest of a mark's texts that has room in so many pixels; undefined: none has. */
function wordFor({ text: words, short = [] }: Mark, width: number): string | undefined {
  return [words, ...short].find((each) => width >= widthOf(each) + 2)
}

interface Drawing {
  readonly panel: ScopePanel & { readonly narrow: readonly string[] }
  readonly index: number
  readonly top: number
  readonly plot: number
  readonly x: (time: number) => number
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
  /** Short texts that were drawn, and what they stand for. */
  readonly legend: Map<string, string>
}

function drawPanel(lines: string[], drawing: Drawing): void {
  const { panel, index, top, plot, x, from, to, ticks, legend } = drawing
  const { low, high, step } = voltRange(panel, plot)
  const y = (volts: number) => top + plot - ((volts - low) / (high - low)) * plot
  const bottom = top + plot
  for (const level of panel.levels ?? []) {
    const upper = y(Math.min(high, level.to))
    const lower = y(Math.max(low, level.from))
    if (lower - upper < 2) continue
    const fill = level.undefined ? '#f3f3f3' : '#ffffff'
    lines.push(
      `<rect x="${LEFT}" y="${n(upper)}" width="${RIGHT - LEFT}" height="${n(lower - upper)}" fill="${fill}"/>`,
    )
    if (lower - upper > 13) {
      lines.push(text(RIGHT + 7, (upper + lower) / 2 + 4, level.text, `font-size="11" fill="${FAINT}"`))
    }
  }
  for (const time of ticks) lines.push(line(x(time), top, x(time), bottom, GRID))
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) {
    const volts = i * step
    lines.push(line(LEFT, y(volts), RIGHT, y(volts), Math.abs(volts) < 1e-9 ? '#aab4be' : GRID))
    lines.push(text(LEFT - 8, y(volts) + 4, `${numberText(volts)} V`, `text-anchor="end" fill="${FAINT}"`))
  }
  const colour = COLOURS[index % COLOURS.length]
  if (panel.name !== '') lines.push(text(LEFT, top - 7, panel.name, `font-weight="bold" fill="${colour}"`))
  if (panel.note !== undefined) {
    lines.push(text(RIGHT, top - 7, panel.note, `text-anchor="end" fill="${RED}"`))
  }
  const points = thinned(panel.points, from, to).map(([time, volts]) => `${n(x(time))},${n(y(volts))}`)
  lines.push(
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-linejoin="round"/>`,
  )
  lines.push(`<rect x="${LEFT}" y="${top}" width="${RIGHT - LEFT}" height="${plot}" fill="none" stroke="#c4ccd4"/>`)
  const fill = FILLS[index % FILLS.length]
  for (const [i, row] of panel.rows.entries()) {
    drawRow(lines, row, bottom + 6 + i * ROW, { x, from, to, fill, colour, legend })
  }
  if (panel.narrow.length > 0) {
    const words = `${panel.narrow.join(', ')}: too narrow here; a shorter --window shows them`
    lines.push(text(LEFT + 6, bottom + 20 + panel.rows.length * ROW, words, `fill="${FAINT}" font-style="italic"`))
  }
}

interface RowDrawing {
  readonly x: (time: number) => number
  readonly from: number
  readonly to: number
  readonly fill: string
  readonly colour: string
  readonly legend: Map<string, string>
}

function drawRow(lines: string[], row: MarkRow, top: number, drawing: RowDrawing): void {
  const { x, from, to, fill, colour, legend } = drawing
  lines.push(text(LEFT - 8, top + 14, row.name, `text-anchor="end" fill="${FAINT}"`))
  let edge = Number.NEGATIVE_INFINITY
  // Ticks stand before the boxes beside them.
  const ticks: string[] = []
  for (const mark of row.marks) {
    if (mark.from === mark.to) continue
    const begin = x(Math.max(from, mark.from))
    const width = x(Math.min(to, mark.to)) - begin
    const keep = mark.wrong === true || row.sparse === true
    // What is narrower than a line is no use, unless it is what one looks for; and one line says as much as ten.
    if (width < NARROWEST && (!keep || begin < edge)) continue
    const tick = width < NARROWEST
    const shown = wordFor(mark, width)
    edge = begin + Math.max(width, TICK)
    const stroke = mark.wrong ? RED : tick ? colour : OUTLINE
    // A box without a word is full: it says that there is something, and that it is too narrow to say what.
    const full = shown === undefined && row.sparse !== true && mark.wrong !== true
    const inside = tick ? stroke : mark.wrong ? WRONG : full ? OUTLINE : fill
    const kind = tick ? ticks : lines
    kind.push(
      `<rect x="${n(begin)}" y="${top}" width="${n(tick ? TICK : width)}" height="${ROW - 5}" rx="${width < 4 ? 0 : 2}" fill="${inside}" stroke="${stroke}" stroke-width="0.8"/>`,
    )
    if (shown === undefined || shown === '') continue
    lines.push(text(begin + width / 2, top + 14, shown, 'text-anchor="middle"'))
    const meaning = row.legend?.[shown]
    if (meaning !== undefined) legend.set(shown, meaning)
  }
  lines.push(...ticks)
  drawEvents(
    lines,
    row.marks.filter((mark) => mark.from === mark.to),
    top,
    x,
  )
}

/** Events: flags at their instants; where their words would meet, one word for all of them. */
function drawEvents(lines: string[], events: readonly Mark[], top: number, x: (time: number) => number): void {
  interface Group {
    readonly at: number
    count: number
    text: string
  }
  const label = ({ text: words, count }: Group) => (count === 1 ? words : `${words} × ${count}`)
  const width = (group: Group) => 9 + widthOf(label(group))
  const groups: Group[] = []
  let tick = Number.NEGATIVE_INFINITY
  for (const event of [...events].sort((a, b) => a.from - b.from)) {
    const at = x(event.from)
    const last = groups[groups.length - 1]
    // At the right edge a word has no room behind its flag.
    const room = at + 9 + widthOf(event.text) <= WIDTH
    if (last !== undefined && (at < last.at + width(last) + 4 || !room)) {
      last.count++
      // Under the words there is room for a tick.
      if (at >= tick + 2) lines.push(`<path d="M ${n(at)} ${top + ROW - 8} v 5" stroke="${RED}"/>`)
      tick = Math.max(tick, at)
      if (last.text !== event.text) last.text = 'errors'
    } else {
      groups.push({ at, count: 1, text: event.text })
      lines.push(`<path d="M ${n(at)} ${top} v ${ROW - 5} m 0 -12 l 6 3 l -6 3" fill="${RED}" stroke="${RED}"/>`)
      tick = at
    }
  }
  for (const group of groups) {
    const fits = group.at + width(group) <= WIDTH
    const place = fits ? group.at + 9 : group.at - 5
    const anchor = fits ? '' : ' text-anchor="end"'
    lines.push(
      text(
        place,
        top + 14,
        label(group),
        `fill="${RED}"${anchor} stroke="white" stroke-width="3" paint-order="stroke"`,
      ),
    )
  }
}

/** Pixels from one label of the axis to the next, at least. */
const LABEL = 15
/** Of a trace that does not move, so many volts are shown. */
const LEAST_VOLTS = 0.1

/** The limits of the plot, and the step of its labels. */
function voltRange({ points, levels = [] }: ScopePanel, plot: number): { low: number; high: number; step: number } {
  let low = 0
  let high = 0
  for (const [, volts] of points) {
    if (volts < low) low = volts
    if (volts > high) high = volts
  }
  for (const level of levels) {
    // A level is worth seeing where the trace comes near it.
    if (level.undefined) {
      low = Math.min(low, level.from)
      high = Math.max(high, level.to)
    }
  }
  if (high - low < LEAST_VOLTS) high = low + LEAST_VOLTS
  const margin = 0.07 * (high - low)
  const bottom = low - margin
  const top = high + margin
  // Of the round steps that leave room for their labels, the largest that has three of them; where none has, the smallest.
  let step = niceStep((high - low) / (plot / 34))
  const labels = () => Math.floor(top / step + 1e-9) - Math.ceil(bottom / step - 1e-9) + 1
  for (let finer = finerStep(step); labels() < 3 && (finer / (top - bottom)) * plot >= LABEL; finer = finerStep(step)) {
    step = finer
  }
  return { low: bottom, high: top, step }
}

export function timeUnit(span: number): { unit: string; divisor: number } {
  if (span >= 1e9) return { unit: 's', divisor: 1e9 }
  if (span >= 2e6) return { unit: 'ms', divisor: 1e6 }
  if (span >= 2e3) return { unit: 'µs', divisor: 1e3 }
  return { unit: 'ns', divisor: 1 }
}

/** 1, 2 or 5 times a power of ten, not under `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10)
}

/** The next smaller of the steps that `niceStep` has. */
function finerStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step * (1 + 1e-9)))
  const factor = Math.round(step / power)
  return factor === 1 ? power / 2 : factor === 2 ? power : 2 * power
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${stroke}"/>`
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${n(x)}" y="${n(y)}" ${attributes}>${escapeMarkup(content)}</text>`
}

/** A coordinate: a tenth of a pixel is enough. */
function n(value: number): string {
  return `${Number(value.toFixed(1))}`
}
