/** Traces as a picture a person can read: voltage over time, what a receiver makes of it, and what it means. */
import type { Level } from './probe.js'
import type { MarkRow, Point } from './trace.js'

export interface Panel {
  readonly name: string
  /** Volts at instants, the instants on the axis of the picture. */
  readonly points: readonly Point[]
  readonly levels?: readonly Level[]
  readonly rows: readonly MarkRow[]
}

export interface Picture {
  readonly title: string
  readonly subtitle?: string
  readonly panels: readonly Panel[]
  /** What is shown, in nanoseconds. */
  readonly from: number
  readonly to: number
  /** What the axis counts from. */
  readonly origin: string
}

const WIDTH = 1200
const LEFT = 84
const RIGHT = 1180
const HEAD = 80
const ROW = 24
const GAP = 30
const AXIS = 46
/** The narrowest stretch, in pixels, that gets a box, and the pixels of a character. */
const NARROWEST = 1.5
const CHARACTER = 7.3
/** More points than this are thinned to the extremes of each pixel. */
const MANY = 6000

const INK = '#1c2733'
const FAINT = '#6b7885'
const GRID = '#e6eaee'
const COLOURS = ['#1a5fb4', '#b4510f', '#2a7a3f', '#813d9c', '#8a6d00', '#0f7f8c']
const FILLS = ['#e8f0fa', '#fbeee3', '#e7f4ea', '#f3e9f7', '#f7f2dc', '#e1f3f5']
const WRONG = '#f6c6c6'
/** Letters on a trace stay readable. */
const HALO = 'stroke="white" stroke-width="3" stroke-opacity="0.8" paint-order="stroke"'

/** The picture as a self-contained SVG document. */
export function pictureSvg(picture: Picture): string {
  const { from, to, panels } = picture
  const plot = panels.length === 1 ? 260 : panels.length === 2 ? 170 : 92
  const x = (time: number) => LEFT + ((RIGHT - LEFT) * (time - from)) / (to - from)
  const heights = panels.map(({ rows }) => plot + 6 + rows.length * ROW)
  const height = HEAD + heights.reduce((sum, each) => sum + each + GAP, 0) + AXIS
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="12" fill="${INK}">`,
    `<title>${xmlText(picture.title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    text(LEFT, 26, picture.title, 'font-size="17" font-weight="bold"'),
  ]
  if (picture.subtitle !== undefined) lines.push(text(LEFT, 45, picture.subtitle, `fill="${FAINT}"`))
  const { unit, divisor } = timeUnit(Math.max(Math.abs(from), Math.abs(to)))
  const tick = niceStep((to - from) / 12)
  const digits = Math.max(0, -Math.floor(Math.log10(tick / divisor) + 1e-9))
  const ticks: number[] = []
  for (let i = Math.ceil(from / tick); i * tick <= to; i++) ticks.push(i * tick)
  let top = HEAD
  for (const [index, panel] of panels.entries()) {
    drawPanel(lines, { panel, index, top, plot, x, from, to, ticks })
    top += heights[index] + GAP
  }
  for (const time of ticks) {
    const label = (time / divisor).toFixed(digits)
    lines.push(text(x(time), top - 4, label === '-0' ? '0' : label, `text-anchor="middle" fill="${FAINT}"`))
  }
  lines.push(text(RIGHT, top + 16, `${unit} ${picture.origin}`, `text-anchor="end" fill="${FAINT}"`))
  lines.push('</svg>', '')
  return lines.join('\n')
}

interface Drawing {
  readonly panel: Panel
  readonly index: number
  readonly top: number
  readonly plot: number
  readonly x: (time: number) => number
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
}

function drawPanel(lines: string[], drawing: Drawing): void {
  const { panel, index, top, plot, x, from, to, ticks } = drawing
  const { low, high, step } = voltRange(panel, plot)
  const y = (volts: number) => top + plot - ((volts - low) / (high - low)) * plot
  const bottom = top + plot
  const words: string[] = []
  for (const level of panel.levels ?? []) {
    const upper = y(Math.min(high, level.to))
    const lower = y(Math.max(low, level.from))
    if (lower - upper < 2) continue
    const fill = level.undefined ? '#f3f3f3' : '#ffffff'
    lines.push(
      `<rect x="${LEFT}" y="${n(upper)}" width="${RIGHT - LEFT}" height="${n(lower - upper)}" fill="${fill}"/>`,
    )
    if (lower - upper > 17 && plot > 100) {
      const attributes = `text-anchor="end" font-size="11" fill="${FAINT}" ${HALO}`
      words.push(text(RIGHT - 6, level.undefined ? upper + 13 : (upper + lower) / 2 + 4, level.text, attributes))
    }
  }
  for (const time of ticks) lines.push(line(x(time), top, x(time), bottom, GRID))
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) {
    const volts = i * step
    lines.push(line(LEFT, y(volts), RIGHT, y(volts), Math.abs(volts) < 1e-9 ? '#aab4be' : GRID))
    lines.push(text(LEFT - 8, y(volts) + 4, `${Number(volts.toFixed(3))} V`, `text-anchor="end" fill="${FAINT}"`))
  }
  const colour = COLOURS[index % COLOURS.length]
  if (panel.name !== '') lines.push(text(LEFT, top - 7, panel.name, `font-weight="bold" fill="${colour}"`))
  const points = thin(panel.points, x).map(([time, volts]) => `${n(x(time))},${n(y(volts))}`)
  lines.push(
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-linejoin="round"/>`,
  )
  lines.push(...words)
  lines.push(`<rect x="${LEFT}" y="${top}" width="${RIGHT - LEFT}" height="${plot}" fill="none" stroke="#c4ccd4"/>`)
  for (const [i, row] of panel.rows.entries()) {
    drawRow(lines, row, bottom + 6 + i * ROW, { x, from, to, fill: FILLS[index % FILLS.length] })
  }
}

function drawRow(
  lines: string[],
  row: MarkRow,
  top: number,
  { x, from, to, fill }: { x: (time: number) => number; from: number; to: number; fill: string },
): void {
  lines.push(text(LEFT - 8, top + 14, row.name, `text-anchor="end" fill="${FAINT}"`))
  for (const mark of row.marks) {
    if (mark.to < from || mark.from > to || (mark.to === from && mark.from < from)) continue
    const begin = x(Math.max(from, mark.from))
    const width = x(Math.min(to, mark.to)) - begin
    const colour = mark.wrong ? WRONG : fill
    if (mark.from === mark.to) {
      // An event: a flag at its instant.
      lines.push(`<path d="M ${n(begin)} ${top} v ${ROW - 5} m 0 -12 l 6 3 l -6 3" fill="#c01c28" stroke="#c01c28"/>`)
      lines.push(text(begin + 9, top + 14, mark.text, `fill="#c01c28"`))
      continue
    }
    // What is narrower than a line is no use, unless it is what one looks for.
    if (width < NARROWEST && !mark.wrong) continue
    const stroke = mark.wrong ? '#c01c28' : '#a9b8c6'
    lines.push(
      `<rect x="${n(begin)}" y="${top}" width="${n(width)}" height="${ROW - 5}" rx="2" fill="${colour}" stroke="${stroke}" stroke-width="0.8"/>`,
    )
    const shown = [mark.text, mark.short ?? ''].find((each) => width >= each.length * CHARACTER + 2)
    if (shown !== undefined && shown !== '')
      lines.push(text(begin + width / 2, top + 14, shown, 'text-anchor="middle"'))
  }
}

/** The limits of the plot, and the step of its labels. */
function voltRange({ points, levels = [] }: Panel, plot: number): { low: number; high: number; step: number } {
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
  if (high - low < 1) high = low + 1
  const margin = 0.07 * (high - low)
  return { low: low - margin, high: high + margin, step: niceStep((high - low) / (plot / 34)) }
}

/** Of very many points, the first, the last, the lowest and the highest of each pixel. */
function thin(points: readonly Point[], x: (time: number) => number): readonly Point[] {
  if (points.length <= MANY) return points
  const kept: Point[] = []
  let begin = 0
  for (let i = 1; i <= points.length; i++) {
    if (i < points.length && Math.floor(x(points[i][0])) === Math.floor(x(points[begin][0]))) continue
    const column = points.slice(begin, i)
    const lowest = column.reduce((least, point) => (point[1] < least[1] ? point : least))
    const highest = column.reduce((most, point) => (point[1] > most[1] ? point : most))
    const chosen = new Set([column[0], lowest, highest, column[column.length - 1]])
    kept.push(...column.filter((point) => chosen.has(point)))
    begin = i
  }
  return kept
}

function timeUnit(span: number): { unit: string; divisor: number } {
  if (span >= 1e9) return { unit: 's', divisor: 1e9 }
  if (span >= 2e6) return { unit: 'ms', divisor: 1e6 }
  if (span >= 2e3) return { unit: 'µs', divisor: 1e3 }
  return { unit: 'ns', divisor: 1 }
}

/** 1, 2 or 5 times a power of ten, not under `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10)
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${stroke}"/>`
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${n(x)}" y="${n(y)}" ${attributes}>${xmlText(content)}</text>`
}

/** A coordinate: a tenth of a pixel is enough. */
function n(value: number): string {
  return `${Number(value.toFixed(1))}`
}

function xmlText(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
