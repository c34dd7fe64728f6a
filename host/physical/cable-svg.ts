/** A cable from pin to pin, as a picture. */
import { type CableWiring, type Plug, pinMap } from '../../boards/ethernet/wiring.js'
import { type Look, ON_PAPER, PAPER, type Theme } from '../drawing/look.js'
import { fitLines, narrowed, round, svgDocument, svgHead, svgText, typeSize } from '../drawing/svg-parts.js'
import { insulation } from './rj45.js'

/** A contact as it stands beside its end of the drawing. */
export interface Contact {
  readonly pin: string
  readonly label: string
  readonly paint: string
}

export interface CableDrawing {
  readonly title: string
  readonly subtitle: string
  readonly ends: readonly [string, string]
  readonly a: readonly Contact[]
  readonly b: readonly Contact[]
  /** From a pin of a to a pin of b, in a colour; a striped one has white in it. */
  readonly wires: readonly {
    readonly from: string
    readonly to: string
    readonly paint: string
    readonly striped?: boolean
  }[]
  /** Inside the plug at a, and at b. */
  readonly bridges?: readonly [readonly (readonly [string, string])[], readonly (readonly [string, string])[]]
  readonly notes: readonly string[]
}

const WIDTH = 820
const LEAST_WIDTH = 600
const LEFT = 24
const TOP = 104
const ROW = 26
/** From the middle to the contacts. */
const HALF = 140
const NOTE_SIZE = 11
const NOTE_LINE = 18

export function cableSvg(drawing: CableDrawing, look: Look = ON_PAPER): string {
  const { a, b, wires, bridges = [[], []], notes } = drawing
  const { theme } = look
  const { ink, faint, edge, line } = theme
  const width = narrowed(WIDTH, LEAST_WIDTH, theme)
  const A = width / 2 - HALF
  const B = width / 2 + HALF
  const head = svgHead(LEFT, 32, width - 2 * LEFT, drawing.title, drawing.subtitle, theme)
  const top = TOP + head.more
  const y = (contacts: readonly Contact[], pin: string) =>
    top + ROW * (contacts.findIndex((contact) => contact.pin === pin) + 0.5)
  const bottom = top + ROW * Math.max(a.length, b.length)
  const parts = [
    svgText(A - 20, top - 14, drawing.ends[0], 'text-anchor="end" font-weight="bold"'),
    svgText(B + 20, top - 14, drawing.ends[1], 'font-weight="bold"'),
    `<rect x="${A - 26}" y="${top}" width="30" height="${ROW * a.length}" rx="3" fill="#f4f6f8" stroke="${edge}"/>`,
    `<rect x="${B - 4}" y="${top}" width="30" height="${ROW * b.length}" rx="3" fill="#f4f6f8" stroke="${edge}"/>`,
  ]
  for (const { from, to, paint, striped } of wires) {
    const start = y(a, from)
    const end = y(b, to)
    const path = `M ${A + 4} ${round(start)} C ${A + 110} ${round(start)} ${B - 110} ${round(end)} ${B - 4} ${round(end)}`
    parts.push(`<path d="${path}" fill="none" stroke="${paint}" stroke-width="${round((striped ? 4 : 2.4) * line)}"/>`)
    if (striped)
      parts.push(
        `<path d="${path}" fill="none" stroke="white" stroke-width="${round(2 * line)}" stroke-dasharray="7 5"/>`,
      )
  }
  for (const [side, list] of bridges.entries()) {
    const contacts = side === 0 ? a : b
    const x = side === 0 ? A + 4 : B - 4
    const sign = side === 0 ? 1 : -1
    for (const [one, other] of list) {
      const from = y(contacts, one)
      const to = y(contacts, other)
      const reach = x + sign * (18 + Math.abs(to - from) / 2)
      parts.push(
        `<path d="M ${x} ${round(from)} C ${round(reach)} ${round(from)} ${round(reach)} ${round(to)} ${x} ${round(to)}" fill="none" stroke="${ink}" stroke-width="${round(1.6 * line)}" stroke-dasharray="4 3"/>`,
      )
    }
  }
  for (const [contacts, anchor, number, label] of [
    [a, 'end', A - 11, A - 36],
    [b, 'start', B + 11, B + 36],
  ] as const) {
    for (const { pin, label: words, paint } of contacts) {
      const at = y(contacts, pin) + 4
      parts.push(
        svgText(number, at, pin, `text-anchor="middle" ${typeSize(11, theme)}`),
        svgText(label, at, words, `text-anchor="${anchor}" fill="${paint}"`),
      )
    }
  }
  let end = bottom + 30
  for (const note of notes) {
    for (const words of fitLines(note, width - 2 * LEFT, Math.max(NOTE_SIZE, theme.leastType))) {
      const paint = note.startsWith('Source') ? faint : ink
      parts.push(svgText(LEFT, end, words, `fill="${paint}" ${typeSize(NOTE_SIZE, theme)}`))
      end += NOTE_LINE
    }
  }
  return svgDocument(width, end + 8, drawing.title, [...head.parts, ...parts], look)
}

/** Eight conductors between two RJ-45 plugs, in the colours of their insulation. */
export function twistedPairWires(wiring: CableWiring): CableDrawing['wires'] {
  return pinMap(wiring).flatMap((far, i) => {
    const colour = wiring.a[i]
    if (far === 0 || colour === undefined) return []
    return [{ from: `${i + 1}`, to: `${far}`, ...insulation(colour) }]
  })
}

/** The pins of a plug with the colour crimped into each. */
export function plugContacts(plug: Plug, labels: readonly string[], { ink }: Theme = PAPER): Contact[] {
  return plug.map((colour, i) => ({
    pin: `${i + 1}`,
    label: [labels[i], colour].filter((word) => word !== undefined && word !== '' && word !== '-').join(' · '),
    paint: ink,
  }))
}
