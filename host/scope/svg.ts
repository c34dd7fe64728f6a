/** Traces as a picture a person can read: voltage over time, what a receiver makes of it, and what it means. */
import { type Look, ON_PAPER, type Theme } from '../drawing/look.js'
import { round as n, narrowed, svgDocument, svgHead, svgText as text } from '../drawing/svg-parts.js'
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
  /** What would show marks that are too narrow here. */
  readonly narrow?: string
}

const WIDTH = 1200
const LEAST_WIDTH = 760
const LEFT = 84
/** From the right edge of the plot to that of the picture: there stands what the levels are called. */
const BESIDE = 114
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
export function leastShown({ from, to }: { readonly from: number; readonly to: number }, look = ON_PAPER): number {
  return (NARROWEST * (to - from)) / (widthFor(look) - BESIDE - LEFT)
}

function widthFor({ theme }: Look): number {
  return narrowed(WIDTH, LEAST_WIDTH, theme)
}

/** Between the marks of the axis, at least. */
const TICK_ROOM = 83

/** The picture as a self-contained SVG document. */
export function scopePictureSvg(picture: ScopePicture, look: Look = ON_PAPER): string {
  const width = widthFor(look)
  const natural = drawPicture(picture, look.theme, width, 0)
  const { aspect } = look
  if (aspect === undefined || natural.height === width / aspect) return natural.svg(look)
  // A sheet that is higher has higher plots; one that is wider has a longer axis, where it becomes no lower by that.
  const spare = width / aspect - natural.height
  if (spare > 0) return drawPicture(picture, look.theme, width, spare / picture.panels.length).svg(look)
  return drawPicture(picture, look.theme, natural.height * aspect, 0).svg(look)
}

interface DrawnPicture {
  readonly height: number
  svg(look: Look): string
}

/** @param taller what each plot is higher than it has to be */
function drawPicture(picture: ScopePicture, theme: Theme, width: number, taller: number): DrawnPicture {
  const { from, to } = picture
  const right = width - BESIDE
  const x = (time: number) => LEFT + ((right - LEFT) * (time - from)) / (to - from)
  const axis = { from, to, x, right, theme }
  const panels = picture.panels.map((panel) => ({ ...panel, ...worthDrawing(panel.rows, axis) }))
  const plot = (panels.length === 1 ? 260 : panels.length === 2 ? 170 : 92) + taller
  const heights = panels.map(({ rows, narrow }) => plot + 6 + (rows.length + (narrow.length > 0 ? 1 : 0)) * ROW)
  const head = svgHead(LEFT, 26, width - LEFT - 24, picture.title, picture.subtitle, theme)
  const { narrow: remedy = 'a shorter --window shows them' } = picture
  const body: string[] = []
  const legend = new Map<string, string>()
  const { unit, divisor } = timeUnit(Math.max(Math.abs(from), Math.abs(to)))
  const tick = niceStep((to - from) / Math.min(12, Math.floor((right - LEFT) / TICK_ROOM)))
  const digits = Math.max(0, -Math.floor(Math.log10(tick / divisor) + 1e-9))
  const ticks: number[] = []
  for (let i = Math.ceil(from / tick); i * tick <= to; i++) ticks.push(i * tick)
  let top = HEAD + head.more
  for (const [index, panel] of panels.entries()) {
    drawPanel(body, { ...axis, panel, index, top, plot, ticks, legend, remedy })
    top += heights[index] + GAP
  }
  for (const time of ticks) {
    body.push(text(x(time), top - 4, numberText(time / divisor, digits), `text-anchor="middle" fill="${theme.faint}"`))
  }
  body.push(text(right, top + 16, `${unit} ${picture.origin}`, `text-anchor="end" fill="${theme.faint}"`))
  if (legend.size > 0) {
    const words = [...legend].map(([short, meaning]) => `${short} = ${meaning}`).join(',  ')
    body.push(text(LEFT, top + 16, words, `fill="${theme.faint}"`))
  }
  const height = top + AXIS - (legend.size > 0 ? 0 : LEGEND / 2)
  return { height, svg: (look) => svgDocument(width, height, picture.title, [...head.parts, ...body], look) }
}

interface TimeAxis {
  readonly from: number
  readonly to: number
  readonly x: (time: number) => number
  /** Where the plot ends. */
  readonly right: number
  readonly theme: Theme
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

interface Drawing extends TimeAxis {
  readonly panel: ScopePanel & { readonly narrow: readonly string[] }
  readonly index: number
  readonly top: number
  readonly plot: number
  readonly ticks: readonly number[]
  /** What shows marks that are too narrow. */
  readonly remedy: string
  /** Short texts that were drawn, and what they stand for. */
  readonly legend: Map<string, string>
}

function drawPanel(lines: string[], drawing: Drawing): void {
  const { panel, index, top, plot, x, from, to, right, theme, ticks, remedy } = drawing
  const { grid } = theme
  const { low, high, step } = voltRange(panel, plot)
  const y = (volts: number) => top + plot - ((volts - low) / (high - low)) * plot
  const bottom = top + plot
  for (const level of panel.levels ?? []) {
    const upper = y(Math.min(high, level.to))
    const lower = y(Math.max(low, level.from))
    if (lower - upper < 2) continue
    const fill = level.undefined ? theme.band : '#ffffff'
    lines.push(
      `<rect x="${LEFT}" y="${n(upper)}" width="${n(right - LEFT)}" height="${n(lower - upper)}" fill="${fill}"/>`,
    )
    if (lower - upper > 13) {
      lines.push(text(right + 7, (upper + lower) / 2 + 4, level.text, `font-size="11" fill="${theme.faint}"`))
    }
  }
  for (const time of ticks) lines.push(line(x(time), top, x(time), bottom, grid))
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) {
    const volts = i * step
    lines.push(line(LEFT, y(volts), right, y(volts), Math.abs(volts) < 1e-9 ? theme.zero : grid))
    lines.push(text(LEFT - 8, y(volts) + 4, `${numberText(volts)} V`, `text-anchor="end" fill="${theme.faint}"`))
  }
  const colour = theme.colours[index % theme.colours.length]
  if (panel.name !== '') lines.push(text(LEFT, top - 7, panel.name, `font-weight="bold" fill="${colour}"`))
  if (panel.note !== undefined) {
    lines.push(text(right, top - 7, panel.note, `text-anchor="end" fill="${theme.wrong}"`))
  }
  const points = thinned(panel.points, from, to).map(([time, volts]) => `${n(x(time))},${n(y(volts))}`)
  lines.push(
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="${n(1.6 * theme.line)}" stroke-linejoin="round"/>`,
  )
  lines.push(
    `<rect x="${LEFT}" y="${n(top)}" width="${n(right - LEFT)}" height="${n(plot)}" fill="none" stroke="${theme.frame}"/>`,
  )
  const fill = theme.fills[index % theme.fills.length]
  for (const [i, row] of panel.rows.entries()) {
    drawRow(lines, row, bottom + 6 + i * ROW, { ...drawing, fill, colour })
  }
  if (panel.narrow.length > 0) {
    const words = `${panel.narrow.join(', ')}: too narrow here; ${remedy}`
    lines.push(
      text(LEFT + 6, bottom + 20 + panel.rows.length * ROW, words, `fill="${theme.faint}" font-style="italic"`),
    )
  }
}

interface RowDrawing extends TimeAxis {
  readonly fill: string
  readonly colour: string
  readonly legend: Map<string, string>
}

function drawRow(lines: string[], row: MarkRow, top: number, drawing: RowDrawing): void {
  const { x, from, to, fill, colour, legend, theme } = drawing
  lines.push(text(LEFT - 8, top + 14, row.name, `text-anchor="end" fill="${theme.faint}"`))
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
    const stroke = mark.wrong ? theme.wrong : tick ? colour : theme.outline
    // A box without a word is full: it says that there is something, and that it is too narrow to say what.
    const full = shown === undefined && row.sparse !== true && mark.wrong !== true
    const inside = tick ? stroke : mark.wrong ? theme.wrongFill : full ? theme.outline : fill
    const kind = tick ? ticks : lines
    kind.push(
      `<rect x="${n(begin)}" y="${n(top)}" width="${n(tick ? TICK : width)}" height="${ROW - 5}" rx="${width < 4 ? 0 : 2}" fill="${inside}" stroke="${stroke}" stroke-width="${n(0.8 * theme.line)}"/>`,
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
    drawing,
  )
}

/** Events: flags at their instants; where their words would meet, one word for all of them. */
function drawEvents(lines: string[], events: readonly Mark[], top: number, { x, right, theme }: TimeAxis): void {
  const { wrong } = theme
  const edge = right + BESIDE
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
    const room = at + 9 + widthOf(event.text) <= edge
    if (last !== undefined && (at < last.at + width(last) + 4 || !room)) {
      last.count++
      // Under the words there is room for a tick.
      if (at >= tick + 2) lines.push(`<path d="M ${n(at)} ${n(top + ROW - 8)} v 5" stroke="${wrong}"/>`)
      tick = Math.max(tick, at)
      if (last.text !== event.text) last.text = 'errors'
    } else {
      groups.push({ at, count: 1, text: event.text })
      lines.push(`<path d="M ${n(at)} ${n(top)} v ${ROW - 5} m 0 -12 l 6 3 l -6 3" fill="${wrong}" stroke="${wrong}"/>`)
      tick = at
    }
  }
  for (const group of groups) {
    const fits = group.at + width(group) <= edge
    const place = fits ? group.at + 9 : group.at - 5
    const anchor = fits ? '' : ' text-anchor="end"'
    lines.push(
      text(
        place,
        top + 14,
        label(group),
        `fill="${wrong}"${anchor} stroke="white" stroke-width="3" paint-order="stroke"`,
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
