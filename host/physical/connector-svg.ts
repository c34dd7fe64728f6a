/** The face of a connector as a picture, with what each contact is. */
import { type Connector, circuitsOf, type Pin } from '../../boards/rs232/connectors.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { insulation, RJ45_REFERENCE, RJ45_TITLE, type Rj45Pin, rj45Pins } from './rj45.js'
import { DIRECTION_COLOURS, document, FAINT, INK, round, svgText } from './svg-parts.js'

const LEFT = 24
const TOP = 84
const LINE = 21
const FACE_LINE = '#8995a1'

const ARROWS = { out: 'DTE →', in: '→ DTE', both: '↔', ground: '' } as const

/** A serial connector: the pins of the DTE's plug, and a table of its circuits. */
export function connectorSvg(connector: Connector): string {
  const { rows, pins, name, title, reference } = connector
  const longest = Math.max(...rows.map((row) => row.length))
  const pitch = Math.max(46, Math.min(86, 860 / longest))
  const tall = 58
  const width = Math.max(820, longest * pitch + 2 * LEFT + 60)
  const faceWidth = longest * pitch + 40
  const faceHeight = rows.length * tall + 26
  const x0 = (width - faceWidth) / 2
  const byPin = new Map(pins.map((pin) => [pin.pin, pin]))
  const parts = [outline(x0, TOP, faceWidth, faceHeight, connector.positions === 34 ? 0 : 22)]
  for (const [r, row] of rows.entries()) {
    const indent = ((longest - row.length) * pitch) / 2
    for (const [c, at] of row.entries()) {
      parts.push(...contact(x0 + 20 + pitch * (c + 0.5) + indent, TOP + 30 + r * tall, at, byPin.get(at)))
    }
  }
  let y = TOP + faceHeight + 28
  parts.push(...legend(LEFT, y))
  y += 30
  const columns = [LEFT, 84, 190, 280, 360]
  const heads = ['pin', 'name', 'circuit (V.24)', 'direction', '']
  parts.push(...heads.map((head, i) => svgText(columns[i], y, head, `fill="${FAINT}" font-size="11"`)))
  for (const pin of pins) {
    y += LINE
    const cells = [pin.pin, pin.name, circuitsOf(pin), ARROWS[pin.direction], pin.title]
    const paint = DIRECTION_COLOURS[pin.direction]
    parts.push(
      ...cells.map((cell, i) => svgText(columns[i], y, cell, i < 2 ? `fill="${paint}" font-weight="bold"` : '')),
    )
  }
  const free = connector.positions - pins.length
  if (free > 0) {
    y += LINE
    parts.push(svgText(LEFT, y, `${free} contacts are not assigned.`, `fill="${FAINT}"`))
  }
  y += LINE + 6
  parts.push(svgText(LEFT, y, `Source: ${reference}`, `fill="${FAINT}" font-size="11"`))
  const levels = `data: ${LINE_STANDARDS[connector.data].name.toUpperCase()} levels, control: ${LINE_STANDARDS[connector.control].name.toUpperCase()}`
  const heading = `${name}: ${title}`
  return document(
    width,
    y + 24,
    heading,
    `${connector.positions} contacts, the DTE’s plug seen from the front; ${levels}`,
    parts,
  )
}

function outline(x: number, y: number, width: number, height: number, slant: number): string {
  const corners = [
    [x, y],
    [x + width, y],
    [x + width - slant, y + height],
    [x + slant, y + height],
  ]
  const points = corners.map(([a, b]) => `${round(a)},${round(b)}`).join(' ')
  return `<polygon points="${points}" fill="#f4f6f8" stroke="${FACE_LINE}" stroke-width="2" stroke-linejoin="round"/>`
}

function contact(x: number, y: number, at: string, pin: Pin | undefined): string[] {
  const paint = DIRECTION_COLOURS[pin?.direction ?? 'none']
  const radius = 14
  return [
    `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${pin === undefined ? 'white' : paint}" stroke="${paint}" stroke-width="1.5"/>`,
    svgText(x, y + 4, at, `text-anchor="middle" font-size="11" fill="${pin === undefined ? FAINT : 'white'}"`),
    ...(pin === undefined ? [] : [svgText(x, y + 27, pin.name, `text-anchor="middle" font-size="10" fill="${paint}"`)]),
  ]
}

function legend(x: number, y: number): string[] {
  const entries = [
    ['out', 'the DTE (computer) drives it'],
    ['in', 'the DCE (modem) drives it'],
    ['ground', 'ground or shield'],
  ] as const
  return entries.flatMap(([direction, words], i) => [
    `<circle cx="${x + 6 + i * 230}" cy="${y - 4}" r="6" fill="${DIRECTION_COLOURS[direction]}"/>`,
    svgText(x + 18 + i * 230, y, words),
  ])
}

/** The jack of 10BASE-T: contacts, the colours of both ways to crimp, and what MDI and MDI-X do with them. */
export function rj45Svg(): string {
  const width = 760
  const pins = rj45Pins()
  const pitch = 56
  const x0 = (width - 8 * pitch) / 2
  const centre = (pin: Rj45Pin) => x0 + pitch * (pin.pin - 0.5)
  const parts = [
    `<rect x="${x0 - 24}" y="${TOP}" width="${8 * pitch + 48}" height="150" rx="6" fill="#f4f6f8" stroke="${FACE_LINE}" stroke-width="2"/>`,
    `<rect x="${width / 2 - 70}" y="${TOP + 110}" width="140" height="40" fill="white" stroke="${FACE_LINE}" stroke-width="2"/>`,
    svgText(width / 2, TOP + 135, 'latch', `text-anchor="middle" fill="${FAINT}" font-size="11"`),
  ]
  for (const pin of pins) {
    const x = centre(pin)
    parts.push(
      `<rect x="${x - 7}" y="${TOP}" width="14" height="70" fill="#e8c15a" stroke="#a2801f"/>`,
      svgText(x, TOP + 90, `${pin.pin}`, 'text-anchor="middle" font-weight="bold" font-size="14"'),
    )
  }
  let y = TOP + 190
  for (const scheme of ['t568a', 't568b'] as const) {
    parts.push(svgText(LEFT, y + 16, scheme.toUpperCase(), 'font-weight="bold"'))
    for (const pin of pins) {
      const { paint, striped } = insulation(pin[scheme])
      const x = centre(pin)
      parts.push(
        `<rect x="${x - 12}" y="${y}" width="24" height="24" fill="${paint}" stroke="${INK}" stroke-width="0.8"/>`,
      )
      if (striped) parts.push(`<rect x="${x - 12}" y="${y + 7}" width="24" height="10" fill="white"/>`)
      parts.push(
        svgText(x, y + 38, pin[scheme], 'text-anchor="middle" font-size="9"'),
        svgText(
          x,
          y + 51,
          `pair ${pin.pairs[scheme === 't568a' ? 0 : 1]}`,
          `text-anchor="middle" font-size="9" fill="${FAINT}"`,
        ),
      )
    }
    y += 72
  }
  for (const [kind, what] of [
    ['mdi', 'MDI'],
    ['mdix', 'MDI-X'],
  ] as const) {
    parts.push(svgText(LEFT, y + 12, what, 'font-weight="bold"'))
    for (const pin of pins) {
      const contactName = pin[kind]
      const paint = contactName.startsWith('T')
        ? DIRECTION_COLOURS.out
        : contactName.startsWith('R')
          ? DIRECTION_COLOURS.in
          : FAINT
      parts.push(svgText(centre(pin), y + 12, contactName, `text-anchor="middle" fill="${paint}" font-weight="bold"`))
    }
    y += 26
  }
  for (const [words, attributes] of [
    ['MDI: a station’s jack sends on 1 and 2. MDI-X: a hub’s or switch’s sends on 3 and 6.', ''],
    [
      'A straight cable joins MDI to MDI-X; a crossover cable (T568A at one end, T568B at the other) joins like to like.',
      '',
    ],
    [`Source: ${RJ45_REFERENCE}`, `fill="${FAINT}" font-size="10"`],
  ] as const) {
    y += LINE
    parts.push(svgText(LEFT, y, words, attributes))
  }
  return document(width, y + 22, 'RJ-45', `${RJ45_TITLE}; the jack seen from the front`, parts)
}
