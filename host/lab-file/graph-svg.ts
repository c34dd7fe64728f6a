/** A lab as a drawing: who is in it, their addresses, the cables between them, and in red what is broken. */
import { escapeMarkup } from '../../firmware/text/markup.js'
import { type Look, ON_PAPER, type Theme } from '../drawing/look.js'
import { fitLines, round, svgDocument, svgHead, svgText } from '../drawing/svg-parts.js'
import { textWidth } from '../drawing/text-width.js'
import { EN } from '../text/en.js'
import type { LocalizableText } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import type { DescribedCable, DescribedLab, DescribedMember } from './describe.js'
import { layoutLab, type PlacedCable, type PlacedMember } from './graph-layout.js'
import type { MemberKind } from './plan.js'

const LEFT = 24
const HEAD = 60
const FOOT = 20
/** Type of 12, and of 16 where it is to be large. */
const PAPER_SIZES = { type: 12, line: 15.5, pad: 9, member: 176, words: 148, margin: 36, gap: 22 }
const LARGE_SIZES = { type: 16, line: 20, pad: 11, member: 236, words: 200, margin: 44, gap: 26 }
type Sizes = typeof PAPER_SIZES

const COLOUR: Readonly<Record<MemberKind, number>> = { host: 0, board: 2, box: 1 }
/** Least room from one jack to the next. */
const JACK = 16

export interface LabSvgOptions {
  /** The language that it speaks; English where left out. */
  readonly words?: Words
  /** On paper where left out. */
  readonly look?: Look
}

interface Line {
  readonly text: string
  readonly bold: boolean
  readonly wrong: boolean
}

/** The lab as a self-contained SVG document; `desc` says the same in words. */
export function labSvg(lab: DescribedLab, { words = EN, look = ON_PAPER }: LabSvgOptions = {}): string {
  const { theme } = look
  const sizes = theme.type > 1 ? LARGE_SIZES : PAPER_SIZES
  const told = (text: LocalizableText) => say(words, text)
  const members = lab.members.map((member) => memberLines(member, told, sizes))
  const cables = lab.cables.map((cable) => cableLines(cable, told, sizes))
  const placed = layoutLab(
    // Hosts first: a drawing is read from the left, and who asks is there.
    byKind(lab.members).map(({ name }) => {
      const at = lab.members.findIndex((member) => member.name === name)
      const jacks = lab.cables.flatMap(({ owners }) => owners).filter((owner) => owner === name).length
      const height = Math.max(members[at].length * sizes.line + 2 * sizes.pad, (jacks + 1) * JACK)
      return { name, height }
    }),
    lab.cables.map(({ owners }, i) => ({ owners, height: cables[i].length * sizes.line })),
    sizes,
  )
  const order = byKind(lab.members)
  const title = told(lab.title)
  const width = Math.max(placed.width + 2 * LEFT, 420)
  const head = svgHead(LEFT, 32, width - 2 * LEFT, title, undefined, theme)
  const top = HEAD + head.more
  const parts = [
    `<desc>${escapeMarkup(labText(lab, words))}</desc>`,
    ...head.parts,
    `<g transform="translate(${LEFT} ${top})">`,
    ...lab.cables.flatMap((cable, i) => drawCable(cable, cables[i], placed.cables[i], theme, sizes)),
    ...lab.members.flatMap((member, i) =>
      drawMember(member, members[i], placed.members[order.indexOf(member)], theme, sizes),
    ),
    '</g>',
  ]
  return svgDocument(width, top + placed.height + FOOT, title, parts, look)
}

function byKind(members: readonly DescribedMember[]): readonly DescribedMember[] {
  const of = (kind: MemberKind) => members.filter((member) => member.kind === kind)
  return [...of('host'), ...of('board'), ...of('box')]
}

/** The same as the drawing, a sentence each. */
export function labText(lab: DescribedLab, words: Words = EN): string {
  const told = (text: LocalizableText) => say(words, text)
  const broken = (faults: readonly string[]) =>
    faults.length === 0 ? [] : [told({ key: 'lab.broken-by', values: { faults: faults.join(', ') } })]
  const members = lab.members.map(({ name, what, addresses, notes, faults }) =>
    [`${name}: ${told(what)}`, ...[...addresses, ...notes].map(told), ...broken(faults)].join(', '),
  )
  const cables = lab.cables.map(({ name, ends: [a, b], make, faults }) =>
    [`${name}: ${a} – ${b}`, ...make.map(told), ...broken(faults)].join(', '),
  )
  return [...members, ...cables].join('; ')
}

type Told = (text: LocalizableText) => string

function memberLines(
  { name, what, addresses, notes, faults }: DescribedMember,
  told: Told,
  sizes: Sizes,
): readonly Line[] {
  const room = sizes.member - 2 * sizes.pad
  return [
    ...broken(name, room, sizes, { bold: true }),
    ...[what, ...addresses, ...notes].flatMap((text) => broken(told(text), room, sizes)),
    ...faults.flatMap((text) => broken(`✗ ${text}`, room, sizes, { wrong: true })),
  ]
}

function cableLines({ name, ends: [a, b], make, faults }: DescribedCable, told: Told, sizes: Sizes): readonly Line[] {
  return [
    ...broken(name, sizes.words, sizes, { bold: true }),
    ...broken(`${a} – ${b}`, sizes.words, sizes),
    ...broken(make.map(told).join(', '), sizes.words, sizes),
    ...faults.flatMap((text) => broken(`✗ ${text}`, sizes.words, sizes, { wrong: true })),
  ]
}

/** In as many lines as it needs. */
function broken(text: string, room: number, { type }: Sizes, { bold = false, wrong = false } = {}): readonly Line[] {
  return fitLines(text, room, type, bold ? 'bold' : 'regular').map((line) => ({ text: line, bold, wrong }))
}

function drawLines(
  lines: readonly Line[],
  x: number,
  y: number,
  theme: Theme,
  { type, line: down }: Sizes,
): readonly string[] {
  return lines.map(({ text, bold, wrong }, i) => {
    const weight = bold ? ' font-weight="bold"' : ''
    const colour = wrong ? ` fill="${theme.wrong}"` : ''
    return svgText(x, y + i * down, text, `font-size="${type}"${weight}${colour}`)
  })
}

function drawMember(
  { kind }: DescribedMember,
  lines: readonly Line[],
  { x, y, height }: PlacedMember,
  theme: Theme,
  sizes: Sizes,
): readonly string[] {
  const colour = COLOUR[kind]
  const corner = kind === 'box' ? 12 : 3
  const size = `width="${sizes.member}" height="${round(height)}" rx="${corner}"`
  const look = `fill="${theme.fills[colour]}" stroke="${theme.colours[colour]}" stroke-width="${round(1.4 * theme.line)}"`
  const first = y + (height - lines.length * sizes.line) / 2 + sizes.type
  return [
    `<rect x="${round(x)}" y="${round(y)}" ${size} ${look}/>`,
    ...drawLines(lines, x + sizes.pad, first, theme, sizes),
  ]
}

function drawCable(
  { faults }: DescribedCable,
  lines: readonly Line[],
  { x, y, line }: PlacedCable,
  theme: Theme,
  sizes: Sizes,
): readonly string[] {
  const colour = faults.length > 0 ? theme.wrong : theme.ground
  const dashes = faults.length > 0 ? ' stroke-dasharray="6 4"' : ''
  const points = line.map(([px, py]) => `${round(px)},${round(py)}`).join(' ')
  const first = y - lines.length * sizes.line + sizes.type - 4
  const widest = Math.max(...lines.map(({ text, bold }) => textWidth(text, bold ? 'bold' : 'regular') * sizes.type))
  return [
    `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${round(1.6 * theme.line)}"${dashes}/>`,
    ...drawLines(lines, x + Math.max(0, (sizes.words - widest) / 2), first, theme, sizes),
  ]
}
