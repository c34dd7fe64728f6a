/** A conversation as a ladder: two ends, between them every packet with its numbers, and beside them the states that they enter. */
import { formatEndpoint } from '../../firmware/net/ip.js'
import { controlBits } from '../../firmware/net/wire/print/tcp.js'
import type { TcpSegment } from '../../firmware/net/wire/tcp.js'
import { escapeMarkup } from '../../firmware/text/markup.js'
import type { Look, Theme } from '../drawing/look.js'
import { narrowed, round, svgDocument, svgHead, svgText } from '../drawing/svg-parts.js'
import { fitted, textWidth } from '../drawing/text-width.js'
import { keyed, type Sentence } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import type { Conversation, PacketPassage, PassageFate, WireSide } from './conversation.js'
import {
  cutLadder,
  ladderTime,
  type PlacedLadder,
  type PlacedPassage,
  type PlacedPause,
  type PlacedState,
  type PlacedStep,
  placeLadder,
} from './ladder-places.js'
import { StreamLetters } from './stream-letters.js'

export interface LadderOptions {
  readonly title: string
  /** What the ends are called. */
  readonly names: Readonly<Record<WireSide, string>>
  /** The other end was watched as well. */
  readonly bothWatched: boolean
  readonly words: Words
  readonly look: Look
}

const WIDTH = 960
const LEAST_WIDTH = 760
/** From the edge to an end: states and times stand there. */
const MARGIN = 178
const LEFT = 24
/** From the title to the names of the ends, and from there to the first step. */
const HEAD = 82
const NAMES = 30
const FOOT = 16
/** Of type, and from line to line: on paper, and where it is to be large. */
const TYPE = { size: 12, line: 15.4 }
const LARGE_TYPE = { size: 16, line: 18.6 }
/** Pieces that a ladder is cut into for a slide, at most. */
const MOST_PIECES = 3
/** Steps that are shown: all, or on a slide so many that it is no wider than two pieces. */
const STEPS = [Number.POSITIVE_INFINITY, 48, 40, 32, 26, 20]
const MOST_WIDTHS = 2.3
/** How far a packet is drawn that was lost, or is under way. */
const LOST_AT = 0.55

/** The ladder as a self-contained SVG document. */
export function ladderSvg(conversation: Conversation, options: LadderOptions): string {
  const { words, look, title } = options
  const { theme } = look
  const width = narrowed(WIDTH, LEAST_WIDTH, theme)
  const type = typeOf(theme)
  const { placed, edges } = bestPlaces(conversation, width, type.line, look)
  const pieces = edges.length - 1
  const letters = new StreamLetters(conversation)
  const drawing = new LadderDrawing(conversation, options, letters, width)
  const subtitle = [
    ...letters.all.map(({ letter, value, role }) =>
      say(words, keyed('ladder.first-number', { letter, value, whose: keyed(`ladder.${role}`) })),
    ),
    say(words, keyed('ladder.seconds')),
    ...(options.bothWatched ? [] : [say(words, keyed('ladder.one-end'))]),
  ].join('  ·  ')
  const head = svgHead(LEFT, 30, width * pieces - 2 * LEFT, title, subtitle, theme)
  const top = HEAD + head.more
  const heights = edges.slice(1).map((end, i) => end - edges[i])
  const parts = [...head.parts]
  for (let i = 0; i < pieces; i++) {
    const [from, to] = [edges[i], edges[i + 1]]
    parts.push(
      `<g transform="translate(${i * width} ${round(top)})">`,
      ...drawing.ends(heights[i] + NAMES),
      `<g transform="translate(0 ${round(NAMES - from)})">`,
      ...drawing.steps(placed.steps.filter(({ y }) => y > from && y <= to)),
      '</g></g>',
    )
  }
  if (placed.steps.length === 0)
    parts.push(svgText(LEFT, top + NAMES + 24, say(words, keyed('ladder.nothing')), `fill="${theme.faint}"`))
  return svgDocument(width * pieces, top + NAMES + Math.max(...heights) + FOOT, title, parts, look)
}

function typeOf(theme: Theme): typeof TYPE {
  return theme.type > 1 ? LARGE_TYPE : TYPE
}

interface Places {
  readonly placed: PlacedLadder
  /** Where each piece begins, and where the last ends. */
  readonly edges: readonly number[]
}

/** All of it in one piece; for a sheet of a given form in as many as make it largest there, and not more than can be read. */
function bestPlaces(conversation: Conversation, width: number, lineHeight: number, { aspect }: Look): Places {
  const whole = placeLadder(conversation, Number.POSITIVE_INFINITY, lineHeight)
  let best: Places = { placed: whole, edges: cutLadder(whole, 1) }
  if (aspect === undefined) return best
  const sheetWidth = ({ edges }: Places) => {
    const highest = Math.max(...edges.slice(1).map((end, i) => end - edges[i]))
    return Math.max(width * (edges.length - 1), (HEAD + NAMES + highest + FOOT) * aspect)
  }
  for (const most of STEPS) {
    const placed = placeLadder(conversation, most, lineHeight)
    best = { placed, edges: cutLadder(placed, 1) }
    for (let pieces = 2; pieces <= MOST_PIECES; pieces++) {
      const cut = { placed, edges: cutLadder(placed, pieces) }
      if (sheetWidth(cut) < sheetWidth(best)) best = cut
    }
    if (sheetWidth(best) <= MOST_WIDTHS * width) break
  }
  return best
}

class LadderDrawing {
  readonly #options: LadderOptions
  readonly #letters: StreamLetters
  readonly #theme: Theme
  readonly #type: typeof TYPE
  /** Of times and states, which have the margin only. */
  readonly #small: number
  readonly #began: number
  /** Where the ends stand. */
  readonly #x: Readonly<Record<WireSide, number>>
  readonly #addresses: Readonly<Record<WireSide, string>>
  /** More than one connection: states say whose they are. */
  readonly #several: boolean

  constructor(conversation: Conversation, options: LadderOptions, letters: StreamLetters, width: number) {
    const { steps } = conversation
    const [first] = steps
    this.#options = options
    this.#letters = letters
    this.#theme = options.look.theme
    this.#type = typeOf(this.#theme)
    this.#small = Math.min(14, this.#type.size)
    this.#began = first === undefined ? 0 : first.kind === 'state' ? first.at : ((first.sent ?? first.arrived)?.at ?? 0)
    this.#x = { near: MARGIN, far: width - MARGIN }
    this.#addresses = addressesOf(steps.filter((step) => step.kind === 'passage'))
    const connections = steps.flatMap((step) =>
      step.kind === 'state' && step.side === 'near' ? [formatEndpoint(step.change.local)] : [],
    )
    this.#several = new Set(connections).size > 1
  }

  /** Names, and the lines that stand for them. */
  ends(height: number): string[] {
    const { ink, faint, colours, line } = this.#theme
    return (['near', 'far'] as const).flatMap((side, i) => {
      const x = this.#x[side]
      const role = this.#letters.all.find((each) => each.side === side)?.role
      const beside = [this.#addresses[side], ...(role === undefined ? [] : [this.#say(keyed(`ladder.${role}`))])]
      const name = fitted(this.#options.names[side], 2 * MARGIN - 30, 14, (text) => textWidth(text, 'bold'))
      return [
        svgText(
          x,
          2,
          name.text,
          `text-anchor="middle" font-weight="bold" font-size="${name.size}" fill="${colours[i]}"`,
        ),
        svgText(x, 19, beside.join(' · '), `text-anchor="middle" font-size="${this.#small}" fill="${faint}"`),
        `<path d="M${x} ${NAMES - 4}V${round(height)}" stroke="${ink}" stroke-width="${round(1.4 * line)}"/>`,
      ]
    })
  }

  /** Words are above all arrows. */
  steps(steps: readonly PlacedStep[]): string[] {
    const passages = steps.filter((step) => step.kind === 'passage')
    const others = steps.flatMap((step) =>
      step.kind === 'state' ? this.#state(step) : step.kind === 'pause' ? this.#pause(step) : [],
    )
    return [
      ...passages.flatMap((step) => this.#arrow(step)),
      ...passages.flatMap((step) => this.#label(step)),
      ...others,
    ]
  }

  #arrow({ passage, fate, y, arrivesY }: PlacedPassage): string[] {
    const { wrong, line } = this.#theme
    const { from } = passage
    const forwards = from === 'near' ? 1 : -1
    const [startX, endX] = [this.#x[from], this.#x[from === 'near' ? 'far' : 'near']]
    const colour = this.#colour(passage)
    const whole = fate === 'arrived' || fate === 'not seen'
    const share = whole ? 1 : LOST_AT
    const tipX = startX + (endX - startX) * share
    const tipY = y + (arrivesY - y) * share
    const dashes = fate === 'under way' ? ' stroke-dasharray="7 5"' : ''
    const parts = [
      `<path d="M${startX} ${round(y)}L${round(tipX)} ${round(tipY)}" stroke="${colour}" stroke-width="${round(2 * line)}"${dashes}/>`,
    ]
    if (whole) parts.push(arrowHead(tipX, tipY, forwards, colour))
    if (fate === 'lost') {
      parts.push(
        `<path d="M${round(tipX - 7)} ${round(tipY - 7)}l14 14m0 -14l-14 14" stroke="${wrong}" stroke-width="${round(2.5 * line)}"/>`,
      )
    }
    return [`<g><title>${escapeMarkup(this.#told(passage, this.#remarks(passage, fate)))}</title>`, ...parts, '</g>']
  }

  #label({ passage, fate, y, arrivesY }: PlacedPassage): string[] {
    const { wrong } = this.#theme
    const { size, line } = this.#type
    const { from, described, sent, arrived } = passage
    const [startX, endX] = [this.#x[from], this.#x[from === 'near' ? 'far' : 'near']]
    const room = Math.abs(endX - startX) - 24
    const remarks = this.#remarks(passage, fate)
    const remark = remarks === '' ? '' : `\u00a0 ${remarks}`
    const bold = (text: string) => textWidth(text, 'bold')
    const what = described.segment === undefined ? described.what : this.#segmentWords(described.segment)
    const first = fitted(what, room - bold(remark) * size, size, bold)
    const numbers = fitted(this.#letters.numbers(passage), room, size, (text) => textWidth(text, 'regular'))
    const wide = Math.max(
      bold(first.text) * first.size + bold(remark) * size,
      textWidth(numbers.text, 'regular') * numbers.size,
    )
    const lines = numbers.text === '' ? 1 : 2
    const lastY = y - 0.4 * size
    const firstY = lastY - (lines - 1) * line
    const x = from === 'near' ? startX + 12 : startX - 12
    const anchor = from === 'near' ? '' : 'text-anchor="end" '
    const marked = remark === '' ? '' : `<tspan fill="${wrong}">${escapeMarkup(remark)}</tspan>`
    const parts = [
      `<rect x="${round(from === 'near' ? x - 2 : x - wide - 2)}" y="${round(firstY - size)}" width="${round(wide + 4)}" height="${round(size + (lines - 1) * line + 3)}" fill="white" fill-opacity="0.85"/>`,
      `<text x="${round(x)}" y="${round(firstY)}" ${anchor}font-size="${first.size}" font-weight="bold" fill="${this.#colour(passage)}">${escapeMarkup(first.text)}${marked}</text>`,
    ]
    if (lines > 1) parts.push(svgText(x, lastY, numbers.text, `${anchor}font-size="${numbers.size}"`))
    if (sent !== undefined) parts.push(this.#time(from, y, sent.at))
    if (arrived !== undefined) parts.push(this.#time(from === 'near' ? 'far' : 'near', arrivesY, arrived.at))
    return parts
  }

  #colour({ from, described }: PacketPassage): string {
    const { colours, faint } = this.#theme
    return described.segment === undefined ? faint : colours[from === 'near' ? 0 : 1]
  }

  /** `sent again, lost on the way`. */
  #remarks({ again }: PacketPassage, fate: PassageFate): string {
    const remarks: Sentence[] = again ? [keyed('ladder.again')] : []
    if (fate === 'lost') remarks.push(keyed('ladder.lost'))
    if (fate === 'under way') remarks.push(keyed('ladder.under-way'))
    return remarks.map((remark) => this.#say(remark)).join(', ')
  }

  /** `SYN, ACK`, and how much text it has. */
  #segmentWords({ flags, payloadAt, payloadEnd }: TcpSegment): string {
    const bits = controlBits(flags).replaceAll(',', ', ')
    const octets = payloadEnd - payloadAt
    return octets === 0 ? bits : `${bits}  ·  ${this.#say(keyed('ladder.octets', { count: octets }))}`
  }

  #time(side: WireSide, y: number, at: number): string {
    const [x, anchor] = side === 'near' ? [this.#x.near - 10, 'end'] : [this.#x.far + 10, 'start']
    const size = this.#small
    return svgText(
      x,
      y + size / 3,
      ladderTime(at, this.#began),
      `text-anchor="${anchor}" font-size="${size}" fill="${this.#theme.faint}"`,
    )
  }

  #state({ side, state, entered, y }: PlacedState): string[] {
    const { colours, fills, line, ink } = this.#theme
    const index = side === 'near' ? 0 : 1
    const port = this.#several && entered !== undefined ? ` :${entered.change.local.port}` : ''
    const text = `${state}${port}`
    const size = this.#small
    const height = size + 10
    const width = textWidth(text, 'bold') * size + 16
    const x = side === 'near' ? this.#x.near - 8 - width : this.#x.far + 8
    const box = [
      `<rect x="${round(x)}" y="${round(y - height / 2)}" width="${round(width)}" height="${height}" rx="${height / 2}" fill="${fills[index]}" stroke="${colours[index]}" stroke-width="${round(line)}"/>`,
      `<path d="M${this.#x[side] - 5} ${round(y)}h10" stroke="${ink}" stroke-width="${round(2 * line)}"/>`,
      svgText(x + width / 2, y + size * 0.37, text, `text-anchor="middle" font-weight="bold" font-size="${size}"`),
    ]
    const end = this.#options.names[side]
    const time = ladderTime(entered?.at ?? this.#began, this.#began)
    const told = this.#say(keyed('ladder.enters', { end, state: text, time }))
    return [`<g><title>${escapeMarkup(told)}</title>`, ...box, '</g>']
  }

  #pause(pause: PlacedPause): string[] {
    const { faint } = this.#theme
    const middle = (this.#x.near + this.#x.far) / 2
    const text =
      'leftOut' in pause
        ? keyed('ladder.left-out', { count: pause.leftOut })
        : keyed('ladder.later', { time: (pause.nanoseconds / 1e9).toFixed(3) })
    return [
      svgText(
        middle,
        pause.y,
        `⋮  ${this.#say(text)}  ⋮`,
        `text-anchor="middle" font-style="italic" font-size="${this.#type.size}" fill="${faint}"`,
      ),
    ]
  }

  /** A packet in words. */
  #told({ from, described, sent, arrived }: PacketPassage, remarks: string): string {
    const [near, far] = [this.#options.names.near, this.#options.names.far]
    const [source, destination] = described.between?.words ?? (from === 'near' ? [near, far] : [far, near])
    const time = (at: number) => ladderTime(at, this.#began)
    const ways: Sentence[] = []
    if (sent !== undefined) ways.push(keyed('ladder.sent-at', { from: source, to: destination, time: time(sent.at) }))
    if (arrived !== undefined)
      ways.push(
        sent === undefined
          ? keyed('ladder.comes-at', { from: source, to: destination, time: time(arrived.at) })
          : keyed('ladder.arrives-at', { time: time(arrived.at) }),
      )
    const said = [described.what, ...ways.map((way) => this.#say(way)), ...(remarks === '' ? [] : [remarks])]
    return said.join('; ')
  }

  #say(sentence: Sentence): string {
    return say(this.#options.words, sentence)
  }
}

/** An address of IPv6 has colons of its own: with a port it stands in brackets. */
const WITH_PORT = /^(?:\[.*\]|[\d.]+):\d+$/

/** Of the first packet that says between whom it is; with ports where it is a segment or a datagram. */
function addressesOf(passages: readonly PacketPassage[]): Record<WireSide, string> {
  const found =
    passages.find(({ described }) => WITH_PORT.test(described.between?.words[0] ?? '')) ??
    passages.find(({ described }) => described.between)
  const words = found?.described.between?.words
  if (found === undefined || words === undefined) return { near: '', far: '' }
  return found.from === 'near' ? { near: words[0], far: words[1] } : { near: words[1], far: words[0] }
}

function arrowHead(x: number, y: number, forwards: number, colour: string): string {
  return `<path d="M${round(x)} ${round(y)}l${-13 * forwards} -6v11z" fill="${colour}"/>`
}
