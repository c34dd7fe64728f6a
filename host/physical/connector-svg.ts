/** The face of a connector as a picture, with what each contact is. */
import { type Connector, circuitsOf, type Pin } from '../../boards/rs232/connectors.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { type Look, ON_PAPER, type Theme } from '../drawing/look.js'
import { fitLines, narrowed, round, svgDocument, svgHead, svgText, TYPE_SIZE, typeSize } from '../drawing/svg-parts.js'
import { textWidth } from '../drawing/text-width.js'
import { directionColours } from './direction-colours.js'
import { insulation, RJ45, RJ45_REFERENCE, RJ45_TITLE, type Rj45Pin, rj45Pins } from './rj45.js'

const LEFT = 24
const TOP = 84
const LINE = 21
const WIDTH = 820
const LEAST_WIDTH = 640
/** Between two contacts of a row. */
const [LEAST_PITCH, MOST_PITCH] = [46, 86]

/** Of the table: pin, name, circuit, direction, title. */
const COLUMNS = [LEFT, 84, 190, 280, 360]

const ARROWS = { out: 'DTE →', in: '→ DTE', both: '↔', ground: '' } as const

/** A serial connector: the pins of the DTE's plug, and a table of its circuits. */
export function connectorSvg(connector: Connector, look: Look = ON_PAPER): string {
  const { aspect } = look
  const one = drawConnector(connector, look.theme, 1)
  if (aspect === undefined) return one.svg(look)
  // On a sheet of a given form it is as large as possible.
  const two = drawConnector(connector, look.theme, 2)
  const sheetWidth = ({ width, height }: DrawnConnector) => Math.max(width, height * aspect)
  return (sheetWidth(two) < sheetWidth(one) ? two : one).svg(look)
}

interface DrawnConnector {
  readonly width: number
  readonly height: number
  svg(look: Look): string
}

/** @param tables side by side, each with its share of the pins */
function drawConnector(connector: Connector, theme: Theme, tables: 1 | 2): DrawnConnector {
  const { rows, pins, name, title, reference } = connector
  const { faint } = theme
  const colours = directionColours(theme)
  const narrow = narrowed(WIDTH, LEAST_WIDTH, theme)
  const longest = Math.max(...rows.map((row) => row.length))
  const pitch = Math.max(LEAST_PITCH, Math.min(MOST_PITCH, (narrow + 40) / longest))
  const tall = 58
  const titleWidth = TYPE_SIZE * Math.max(...pins.map((pin) => textWidth(pin.title, 'regular')))
  const tableWidth = Math.max(tables === 1 ? narrow : 0, COLUMNS[COLUMNS.length - 1] + titleWidth + LEFT)
  const width = Math.ceil(Math.max(tables * tableWidth, longest * pitch + 2 * LEFT + 60))
  const faceWidth = longest * pitch + 40
  const faceHeight = rows.length * tall + 26
  const x0 = (width - faceWidth) / 2
  const levels = `data: ${LINE_STANDARDS[connector.data].name.toUpperCase()} levels, control: ${LINE_STANDARDS[connector.control].name.toUpperCase()}`
  const heading = `${name}: ${title}`
  const subtitle = `${connector.positions} contacts, the DTE’s plug seen from the front; ${levels}`
  const head = svgHead(LEFT, 32, width - 2 * LEFT, heading, subtitle, theme)
  const top = TOP + head.more
  const byPin = new Map(pins.map((pin) => [pin.pin, pin]))
  const parts = [...head.parts, outline(x0, top, faceWidth, faceHeight, connector.positions === 34 ? 0 : 22, theme)]
  for (const [r, row] of rows.entries()) {
    const indent = ((longest - row.length) * pitch) / 2
    for (const [c, at] of row.entries()) {
      parts.push(...contact(x0 + 20 + pitch * (c + 0.5) + indent, top + 30 + r * tall, at, byPin.get(at), theme))
    }
  }
  let y = top + faceHeight + 28
  parts.push(...legend(LEFT, y, (width - LEFT) / 3, theme))
  y += 30
  const heads = ['pin', 'name', 'circuit (V.24)', 'direction', '']
  const share = Math.ceil(pins.length / tables)
  for (const [n, pin] of pins.entries()) {
    const row = n % share
    const x = (Math.floor(n / share) * width) / tables
    const at = y + (row + 1) * LINE
    if (row === 0)
      parts.push(
        ...heads.map((words, i) => svgText(x + COLUMNS[i], y, words, `fill="${faint}" ${typeSize(11, theme)}`)),
      )
    const cells = [pin.pin, pin.name, circuitsOf(pin), ARROWS[pin.direction], pin.title]
    const paint = colours[pin.direction]
    parts.push(
      ...cells.map((cell, i) => svgText(x + COLUMNS[i], at, cell, i < 2 ? `fill="${paint}" font-weight="bold"` : '')),
    )
  }
  y += share * LINE
  const free = connector.positions - pins.length
  if (free > 0) {
    y += LINE
    parts.push(svgText(LEFT, y, `${free} contacts are not assigned.`, `fill="${faint}"`))
  }
  y += 6
  for (const words of fitLines(`Source: ${reference}`, width - 2 * LEFT, Math.max(11, theme.leastType))) {
    y += LINE
    parts.push(svgText(LEFT, y, words, `fill="${faint}" ${typeSize(11, theme)}`))
  }
  const height = y + 24
  return { width, height, svg: (look) => svgDocument(width, height, heading, parts, look) }
}

function outline(x: number, y: number, width: number, height: number, slant: number, theme: Theme): string {
  const corners = [
    [x, y],
    [x + width, y],
    [x + width - slant, y + height],
    [x + slant, y + height],
  ]
  const points = corners.map(([a, b]) => `${round(a)},${round(b)}`).join(' ')
  return `<polygon points="${points}" fill="#f4f6f8" stroke="${theme.edge}" stroke-width="${2 * theme.line}" stroke-linejoin="round"/>`
}

function contact(x: number, y: number, at: string, pin: Pin | undefined, theme: Theme): string[] {
  const paint = directionColours(theme)[pin?.direction ?? 'none']
  const radius = 14
  return [
    `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${pin === undefined ? 'white' : paint}" stroke="${paint}" stroke-width="1.5"/>`,
    svgText(
      x,
      y + 4,
      at,
      `text-anchor="middle" ${typeSize(11, theme)} fill="${pin === undefined ? theme.faint : 'white'}"`,
    ),
    ...(pin === undefined
      ? []
      : [svgText(x, y + 27, pin.name, `text-anchor="middle" ${typeSize(10, theme)} fill="${paint}"`)]),
  ]
}

function legend(x: number, y: number, room: number, theme: Theme): string[] {
  const colours = directionColours(theme)
  const step = Math.min(230, room)
  const entries = [
    ['out', 'the DTE (computer) drives it'],
    ['in', 'the DCE (modem) drives it'],
    ['ground', 'ground or shield'],
  ] as const
  return entries.flatMap(([direction, words], i) => [
    `<circle cx="${round(x + 6 + i * step)}" cy="${y - 4}" r="6" fill="${colours[direction]}"/>`,
    svgText(x + 18 + i * step, y, words),
  ])
}

/** The jack of 10BASE-T: contacts, the colours of both ways to crimp, and what MDI and MDI-X do with them. */
export function rj45Svg(look: Look = ON_PAPER): string {
  const { theme } = look
  const { ink, faint, edge, line } = theme
  const colours = directionColours(theme)
  const width = narrowed(760, LEAST_WIDTH, theme)
  const pins = rj45Pins()
  const pitch = 56
  const x0 = (width - 8 * pitch) / 2
  const centre = (pin: Rj45Pin) => x0 + pitch * (pin.pin - 0.5)
  const head = svgHead(LEFT, 32, width - 2 * LEFT, RJ45, `${RJ45_TITLE}; the jack seen from the front`, theme)
  const top = TOP + head.more
  const parts = [
    ...head.parts,
    `<rect x="${x0 - 24}" y="${top}" width="${8 * pitch + 48}" height="150" rx="6" fill="#f4f6f8" stroke="${edge}" stroke-width="${2 * line}"/>`,
    `<rect x="${width / 2 - 70}" y="${top + 110}" width="140" height="40" fill="white" stroke="${edge}" stroke-width="${2 * line}"/>`,
    svgText(width / 2, top + 135, 'latch', `text-anchor="middle" fill="${faint}" ${typeSize(11, theme)}`),
  ]
  for (const pin of pins) {
    const x = centre(pin)
    parts.push(
      `<rect x="${x - 7}" y="${top}" width="14" height="70" fill="#e8c15a" stroke="#a2801f"/>`,
      svgText(x, top + 90, `${pin.pin}`, 'text-anchor="middle" font-weight="bold" font-size="14"'),
    )
  }
  let y = top + 190
  const small = typeSize(9, theme)
  // `white/orange` may be wider than there is room between two pins.
  const fits = pins.every(({ t568a }) => textWidth(t568a, 'regular') * Math.max(9, theme.leastType) <= pitch + 8)
  const colourLines = (colour: string) => (fits ? [colour] : colour.split(/(?<=\/)/))
  for (const scheme of ['t568a', 't568b'] as const) {
    parts.push(svgText(LEFT, y + 16, scheme.toUpperCase(), 'font-weight="bold"'))
    const most = Math.max(...pins.map((pin) => colourLines(pin[scheme]).length))
    for (const pin of pins) {
      const { paint, striped } = insulation(pin[scheme])
      const x = centre(pin)
      parts.push(
        `<rect x="${x - 12}" y="${y}" width="24" height="24" fill="${paint}" stroke="${ink}" stroke-width="0.8"/>`,
      )
      if (striped) parts.push(`<rect x="${x - 12}" y="${y + 7}" width="24" height="10" fill="white"/>`)
      parts.push(
        ...colourLines(pin[scheme]).map((words, i) =>
          svgText(x, y + 38 + 13 * i, words, `text-anchor="middle" ${small}`),
        ),
        svgText(
          x,
          y + 38 + 13 * most,
          `pair ${pin.pairs[scheme === 't568a' ? 0 : 1]}`,
          `text-anchor="middle" ${small} fill="${faint}"`,
        ),
      )
    }
    y += 59 + 13 * most
  }
  for (const [kind, what] of [
    ['mdi', 'MDI'],
    ['mdix', 'MDI-X'],
  ] as const) {
    parts.push(svgText(LEFT, y + 12, what, 'font-weight="bold"'))
    for (const pin of pins) {
      const contactName = pin[kind]
      const paint = contactName.startsWith('T') ? colours.out : contactName.startsWith('R') ? colours.in : faint
      parts.push(svgText(centre(pin), y + 12, contactName, `text-anchor="middle" fill="${paint}" font-weight="bold"`))
    }
    y += 26
  }
  for (const [words, size, attributes] of [
    ['MDI: a station’s jack sends on 1 and 2. MDI-X: a hub’s or switch’s sends on 3 and 6.', 12, ''],
    [
      'A straight cable joins MDI to MDI-X; a crossover cable (T568A at one end, T568B at the other) joins like to like.',
      12,
      '',
    ],
    [`Source: ${RJ45_REFERENCE}`, Math.max(10, theme.leastType), `fill="${faint}" ${typeSize(10, theme)}`],
  ] as const) {
    for (const part of fitLines(words, width - LEFT - 8, size)) {
      y += LINE
      parts.push(svgText(LEFT, y, part, attributes))
    }
  }
  return svgDocument(width, y + 22, RJ45, parts, look)
}
