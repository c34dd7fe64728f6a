/** The wiring of a board as a picture: the board at left, the ENC28J60 module at right, and each wire with its name. */

import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { type JumperWire, type Signal, wiresOf, wiringNotes } from '../../boards/catalogue/wiring.js'
import { escapeMarkup } from '../../firmware/text/markup.js'
import { type Look, ON_PAPER, sheetFor, type Theme } from '../drawing/look.js'
import { evenTextWidth, fitted, fittedLines, textWidth } from '../drawing/text-width.js'

const WIDTH = 1000
const TOP = 92
const ROW = 48
const FIRST_ROW = TOP + 50
/** Where wires leave the board and reach the module. */
const LEFT = 292
const RIGHT = 700
/** Where a buffer or a regulator stands. */
const MIDDLE = 500
const LABEL = 372
/** From the left margin to the right one. */
const MARGIN = 40
const NOTE_LEFT = 72
const NOTES = { size: 14, line: 20 }
const LARGE_NOTES = { size: 18, line: 25 }
/** The controller: its left edge, its width, and from its middle of the board to its upper edge. */
const PART_LEFT = 88
const PART_SIZE = 108
const PART_RISE = 8
/** Legs and crystal around it, which words keep away from. */
const PART_AROUND = { above: 50, below: 10, right: 14 }

/** As sold in sets of jumper wires; ground and reset change with the background. */
const COLOURS: Readonly<Record<Signal, string>> = {
  SCK: '#c58b00',
  MOSI: '#2f6fdf',
  CS: '#e0661c',
  MISO: '#2c9a4b',
  INT: '#9550d6',
  RESET: '#7d8590',
  '3V3': '#d63a3a',
  GND: '',
}

/** Both backgrounds in one file: a page that shows the picture chooses by the reader's setting. */
const STYLE = `
text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
.page{fill:#ffffff}.faint{fill:#59636e}.edge{stroke:#d1d9e0}.gap{stroke:#ffffff}.tag{fill:#ffffff}.block{fill:#f6f8fa;stroke:#59636e}
.ground{stroke:#1f2328}.groundfill{fill:#1f2328}
.light{fill:#ffffff}.soft{fill:#ffffff;opacity:.72}.mono{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){
text{fill:#e6edf3}.page{fill:#0d1117}.faint{fill:#9198a1}.edge{stroke:#3d444d}.gap{stroke:#0d1117}.tag{fill:#0d1117}.block{fill:#161b22;stroke:#9198a1}
.ground{stroke:#d0d7de}.groundfill{fill:#d0d7de}.light,.soft{fill:#ffffff}
}`.trim()

/** On a wall there is one background. Wires are thicker, and what is small is larger. */
const largeStyle = ({ ink, faint, edge, line }: Theme): string =>
  `
text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:${ink}}
.page{fill:#ffffff}.faint{fill:${faint}}.edge{stroke:${edge}}.gap{stroke:#ffffff}.tag{fill:#ffffff}.block{fill:#ffffff;stroke:${ink}}
.ground{stroke:${ink}}.groundfill{fill:${ink}}
.light,.soft{fill:#ffffff}.mono{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
path[stroke-width="3.5"]{stroke-width:${3.5 * line}}path.gap{stroke-width:${9 * line}}
.soft[font-size="11"],.soft[font-size="12"],.faint[text-anchor][font-size="11"],.faint[text-anchor][font-size="12"]{font-size:14px}
`.trim()

/**
 * @param tell in another language: what is made to fit a line; `svgIn` tells the rest
 * @returns a self-contained SVG document, on paper readable on light and on dark
 */
export function wiringDiagram(
  board: BoardDefinition,
  look: Look = ON_PAPER,
  tell = (text: string): string => text,
): string {
  const { theme } = look
  const large = theme.type > 1
  const { size, line: noteLine } = large ? LARGE_NOTES : NOTES
  const wires = wiresOf(board)
  const bottom = FIRST_ROW + (wires.length - 1) * ROW + 42
  const notes = wiringNotes(board).map((note) => fittedLines(tell(note), WIDTH - MARGIN - NOTE_LEFT, size, 'regular'))
  const noteTop = bottom + 38
  const lines = notes.reduce((sum, note) => sum + note.length, 0)
  const height = noteTop + lines * noteLine + notes.length * 6 + 12
  const sheet = sheetFor(WIDTH, height, look)
  const page = `x="${sheet.left}" y="${sheet.top}" width="${sheet.width}" height="${sheet.height}"`
  const y = (row: number) => FIRST_ROW + row * ROW
  const { controller, chip } = board
  const facts = `${controller.part} at ${controller.clock / 1e6} MHz, ${controller.level} V logic · SPI at ${chip.spiClock / 1e6} MHz`
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${sheet.attributes} role="img" aria-labelledby="title wires">`,
    `<title id="title">Wiring of ${escapeMarkup(board.title)}</title>`,
    `<desc id="wires">${escapeMarkup(
      wires
        .filter((wire) => wire.board !== undefined)
        .map((wire) => tell(sentence(wire)))
        .join('; '),
    )}</desc>`,
    `<style>${large ? largeStyle(theme) : STYLE}</style>`,
    `<rect class="page" ${page} rx="12"/>`,
    words(tell(board.title), WIDTH - 2 * MARGIN, 24, `x="${MARGIN}" y="46"`, { bold: true }),
    words(tell(facts), WIDTH - 2 * MARGIN, 14.5, `class="faint" x="${MARGIN}" y="71"`),
    ...boardPicture(board, bottom),
    ...modulePicture(board, bottom),
    ...wires.flatMap((wire, row) => wirePicture(wire, y(row))),
    ...bufferPicture(wires, y),
    ...supplyPicture(wires, y),
    ...wires.flatMap((wire, row) => pins(wire, y(row), roomForLabel(y(row), bottom))),
  ]
  let at = noteTop
  notes.forEach((note, i) => {
    out.push(`<circle cx="50" cy="${at - 5}" r="10" class="block" stroke-width="1"/>`)
    out.push(`<text x="50" y="${at - 1}" font-size="12" font-weight="600" text-anchor="middle">${i + 1}</text>`)
    for (const line of note) {
      out.push(`<text x="${NOTE_LEFT}" y="${at}" font-size="${size}">${escapeMarkup(line)}</text>`)
      at += noteLine
    }
    at += 6
  })
  out.push('</svg>', '')
  return out.join('\n')
}

/**
 * What a board file says, made to fit: smaller, or cut, where it is too long.
 * @param width room for it, in pixels
 * @param attributes where it stands, and how; its class `mono` is said in the options
 */
function words(
  text: string,
  width: number,
  size: number,
  attributes: string,
  { bold = false, mono = false }: { readonly bold?: boolean; readonly mono?: boolean } = {},
): string {
  const measure = mono ? evenTextWidth : (part: string) => textWidth(part, bold ? 'bold' : 'regular')
  const fit = fitted(text, width, size, measure)
  return `<text ${attributes} font-size="${fit.size}"${bold ? ' font-weight="700"' : ''}>${escapeMarkup(fit.text)}</text>`
}

/** Left of a board's pin: to the controller, or past it to the edge of the board. */
function roomForLabel(y: number, bottom: number): number {
  const top = (TOP + bottom) / 2 - PART_RISE
  const beside = y + 16 > top - PART_AROUND.above && y - 13 < top + PART_SIZE + PART_AROUND.below
  return LEFT - 22 - (beside ? PART_LEFT + PART_SIZE + PART_AROUND.right : 104)
}

function sentence(wire: JumperWire): string {
  const through = wire.through === undefined ? '' : ` through a ${wire.through}`
  return `${wire.signal}: pin ${wire.board} of the board to ${wire.module} of the module${through}`
}

function colour(signal: Signal): string {
  return signal === 'GND' ? 'class="ground"' : `stroke="${COLOURS[signal]}"`
}

function fill(signal: Signal): string {
  return signal === 'GND' ? 'class="groundfill"' : `fill="${COLOURS[signal]}"`
}

/** A line in the signal's colour, with a gap in the page's colour around it where it crosses another. */
function line(signal: Signal, path: string): string[] {
  return [
    `<path d="${path}" class="gap" stroke-width="9" fill="none"/>`,
    `<path d="${path}" ${colour(signal)} stroke-width="3.5" fill="none" stroke-linecap="round" stroke-linejoin="round"/>`,
  ]
}

function boardPicture(board: BoardDefinition, bottom: number): string[] {
  const { controller, serial } = board
  const middle = (TOP + bottom) / 2
  const usb = !/external/i.test(serial.bridge)
  const out = [
    `<rect x="58" y="${TOP}" width="242" height="${bottom - TOP}" rx="14" fill="#0b6e75"/>`,
    `<rect x="62" y="${TOP + 4}" width="234" height="${bottom - TOP - 8}" rx="11" fill="none" stroke="#ffffff" stroke-opacity=".22"/>`,
  ]
  for (const [x, y] of [
    [78, TOP + 20],
    [78, bottom - 20],
  ])
    out.push(`<circle cx="${x}" cy="${y}" r="7" class="page" stroke="#c9b37a" stroke-width="3"/>`)
  const name = board.title.replace(/ with .*/, '')
  out.push(words(name, LEFT - 98, 15, `class="light" x="98" y="${TOP + 26}"`, { bold: true }))
  if (usb) {
    out.push(
      `<rect x="36" y="${TOP + 52}" width="58" height="52" rx="4" fill="#b9c0c7" stroke="#7d8590"/>`,
      `<text x="65" y="${TOP + 82}" font-size="12" font-weight="700" text-anchor="middle" style="fill:#2b3036">USB</text>`,
    )
  } else {
    out.push(`<rect x="44" y="${TOP + 52}" width="20" height="112" rx="3" fill="#22262b"/>`)
    for (let i = 0; i < 6; i++)
      out.push(`<rect x="50" y="${TOP + 59 + i * 18}" width="8" height="8" rx="1.5" fill="#e3c567"/>`)
    out.push(
      `<text class="soft" x="72" y="${TOP + 104}" font-size="12">USB serial</text>`,
      `<text class="soft" x="72" y="${TOP + 119}" font-size="12">adapter, ${controller.level} V</text>`,
    )
  }
  // the controller, its legs, its crystal
  const left = PART_LEFT
  const top = middle - PART_RISE
  out.push(
    `<rect x="${left}" y="${top}" width="${PART_SIZE}" height="${PART_SIZE}" rx="6" fill="#23272d"/>`,
    `<circle cx="${left + 14}" cy="${top + 14}" r="4" fill="#3d444d"/>`,
  )
  for (let i = 0; i < 8; i++) {
    const along = 10 + i * 12
    out.push(
      `<rect x="${left - 7}" y="${top + along}" width="7" height="5" fill="#c7ccd1"/>`,
      `<rect x="${left + 108}" y="${top + along}" width="7" height="5" fill="#c7ccd1"/>`,
      `<rect x="${left + along}" y="${top - 7}" width="5" height="7" fill="#c7ccd1"/>`,
      `<rect x="${left + along}" y="${top + 108}" width="5" height="7" fill="#c7ccd1"/>`,
    )
  }
  out.push(
    words(controller.part, PART_SIZE - 8, 13, `class="light" x="${left + 54}" y="${top + 53}" text-anchor="middle"`, {
      bold: true,
    }),
    `<text class="soft" x="${left + 54}" y="${top + 72}" font-size="12" text-anchor="middle">${controller.level} V</text>`,
    `<rect x="${left + 8}" y="${top - 46}" width="92" height="24" rx="12" fill="#c7ccd1" stroke="#8b949e"/>`,
    words(
      `${controller.clock / 1e6} MHz`,
      84,
      11.5,
      `x="${left + 54}" y="${top - 30}" text-anchor="middle" style="fill:#2b3036"`,
      { bold: true },
    ),
  )
  return out
}

function modulePicture(board: BoardDefinition, bottom: number): string[] {
  const middle = (TOP + bottom) / 2
  const out = [
    `<rect x="${RIGHT - 8}" y="${TOP}" width="232" height="${bottom - TOP}" rx="14" fill="#23489b"/>`,
    `<rect x="${RIGHT - 4}" y="${TOP + 4}" width="224" height="${bottom - TOP - 8}" rx="11" fill="none" stroke="#ffffff" stroke-opacity=".22"/>`,
    `<text class="light" x="${RIGHT + 10}" y="${TOP + 26}" font-size="15" font-weight="700">ENC28J60 module</text>`,
  ]
  const left = RIGHT + 94
  const top = middle - 4
  out.push(`<rect x="${left}" y="${top}" width="54" height="128" rx="5" fill="#23272d"/>`)
  for (let i = 0; i < 10; i++) {
    out.push(
      `<rect x="${left - 7}" y="${top + 7 + i * 12}" width="7" height="5" fill="#c7ccd1"/>`,
      `<rect x="${left + 54}" y="${top + 7 + i * 12}" width="7" height="5" fill="#c7ccd1"/>`,
    )
  }
  const x = left + 27
  const y = top + 64
  out.push(
    `<circle cx="${x}" cy="${top + 9}" r="4" fill="#3d444d"/>`,
    `<text class="light" font-size="14" font-weight="700" text-anchor="middle" transform="translate(${x - 2} ${y}) rotate(-90)">ENC28J60</text>`,
    `<text class="soft" font-size="11" text-anchor="middle" transform="translate(${x + 15} ${y}) rotate(-90)">${board.chip.revision} · 3.3 V</text>`,
    `<rect x="${x - 38}" y="${top - 46}" width="76" height="24" rx="12" fill="#c7ccd1" stroke="#8b949e"/>`,
    `<text x="${x}" y="${top - 30}" font-size="11.5" font-weight="600" text-anchor="middle" style="fill:#2b3036">25 MHz</text>`,
  )
  // the jack, its opening, its LEDs
  const jack = 866
  out.push(
    `<rect x="${jack}" y="${middle - 74}" width="100" height="148" rx="5" fill="#b9c0c7" stroke="#7d8590"/>`,
    `<path d="M${jack + 100} ${middle - 40}h-46v16h-14v48h14v16h46z" fill="#22262b"/>`,
    `<rect x="${jack + 84}" y="${middle - 64}" width="16" height="14" rx="2" fill="#3fb950"/>`,
    `<rect x="${jack + 84}" y="${middle + 50}" width="16" height="14" rx="2" fill="#e3b341"/>`,
  )
  for (let i = 0; i < 8; i++)
    out.push(`<rect x="${jack + 42}" y="${middle - 21 + i * 5.5}" width="20" height="2" fill="#e3c567"/>`)
  out.push(
    `<text font-size="12" font-weight="700" text-anchor="middle" style="fill:#2b3036" transform="translate(${jack + 20} ${middle}) rotate(-90)">10BASE-T</text>`,
  )
  return out
}

/** A pin on each side, with what is printed beside it. */
function pins(wire: JumperWire, y: number, room: number): string[] {
  const out: string[] = []
  const pad = (x: number) =>
    `<rect x="${x - 9}" y="${y - 9}" width="18" height="18" rx="3" fill="#22262b"/><rect x="${x - 4}" y="${y - 4}" width="8" height="8" rx="1.5" fill="#e3c567"/>`
  if (wire.board !== undefined) {
    out.push(pad(LEFT - 6))
    out.push(
      words(
        wire.board,
        room,
        16,
        `class="light mono" x="${LEFT - 22}" y="${y + (wire.port === undefined ? 5.5 : 1)}" text-anchor="end"`,
        { bold: true, mono: true },
      ),
    )
    if (wire.port !== undefined)
      out.push(
        `<text class="soft mono" x="${LEFT - 22}" y="${y + 15}" font-size="11" text-anchor="end">${wire.port}</text>`,
      )
  }
  out.push(pad(RIGHT + 6))
  out.push(
    `<text class="light mono" x="${RIGHT + 22}" y="${y + (wire.chipPin === undefined ? 5.5 : 1)}" font-size="16" font-weight="700">${escapeMarkup(wire.module)}</text>`,
  )
  if (wire.chipPin !== undefined)
    out.push(`<text class="soft mono" x="${RIGHT + 22}" y="${y + 15}" font-size="11">pin ${wire.chipPin}</text>`)
  return out
}

function wirePicture(wire: JumperWire, y: number): string[] {
  const { signal } = wire
  if (wire.through === 'regulator') return []
  if (wire.board === undefined) {
    return [
      ...line(signal, `M${RIGHT} ${y}H${RIGHT - 46}`),
      `<circle cx="${RIGHT - 52}" cy="${y}" r="5" class="tag" stroke="${COLOURS[signal]}" stroke-width="2.5"/>`,
      `<text class="faint" x="${RIGHT - 68}" y="${y + 4.5}" font-size="13" text-anchor="end">${signal} not connected: pull-up in the chip</text>`,
    ]
  }
  const out = line(signal, `M${LEFT} ${y}H${RIGHT}`)
  out.push(...tag(signal, y))
  if (signal !== 'GND') {
    const x = wire.through === 'buffer' ? 640 : 620
    const d = wire.towards === 'chip' ? 1 : -1
    out.push(`<path d="M${x + 9 * d} ${y}l${-15 * d} -7v14z" ${fill(signal)}/>`)
  }
  return out
}

/** The wire's name, on the wire. */
function tag(signal: Signal, y: number): string[] {
  return [
    `<rect x="${LABEL - 34}" y="${y - 13}" width="68" height="26" rx="13" ${signal === 'GND' ? 'class="tag ground"' : `class="tag" style="stroke:${COLOURS[signal]}"`} stroke-width="2"/>`,
    `<text class="mono" x="${LABEL}" y="${y + 5}" font-size="14" font-weight="700" text-anchor="middle">${signal}</text>`,
  ]
}

/** Two gates of a 74AHCT125 at 5 V: the one of MISO is released when CS is high. */
function bufferPicture(wires: readonly JumperWire[], y: (row: number) => number): string[] {
  const rows = wires.flatMap((wire, row) => (wire.through === 'buffer' ? [row] : []))
  if (rows.length === 0) return []
  const select = wires.findIndex(({ signal }) => signal === 'CS')
  const top = y(rows[0]) - 25
  const bottom = y(rows[rows.length - 1]) + 23
  const out = [
    `<rect x="${MIDDLE - 62}" y="${top}" width="124" height="${bottom - top}" rx="8" class="block" stroke-width="1.2" stroke-dasharray="5 4"/>`,
  ]
  for (const row of rows) {
    const { signal } = wires[row]
    const at = y(row)
    out.push(
      `<path d="M${MIDDLE - 62} ${at}h124" ${colour(signal)} stroke-width="3.5"/>`,
      `<path d="M${MIDDLE - 20} ${at}l34 -14v28z" class="tag" style="stroke:${COLOURS[signal]}" stroke-width="2.5" stroke-linejoin="round"/>`,
    )
  }
  const gate = y(rows[0])
  out.push(
    `<path d="M${MIDDLE + 2} ${y(select)}V${gate - 15}" stroke="${COLOURS.CS}" stroke-width="2.5" fill="none"/>`,
    `<circle cx="${MIDDLE + 2}" cy="${gate - 11.5}" r="3.5" class="tag" stroke="${COLOURS.CS}" stroke-width="2"/>`,
    `<circle cx="${MIDDLE + 2}" cy="${y(select)}" r="5" fill="${COLOURS.CS}"/>`,
    `<text x="${MIDDLE}" y="${(gate + y(rows[rows.length - 1])) / 2 + 4.5}" font-size="10.5" font-weight="600" text-anchor="middle">74AHCT125 at 5 V</text>`,
  )
  return out
}

/** The chip's 3.3 V: a regulator between the board's 5 V and the module, or a supply that stands alone; its ground, its capacitors. */
function supplyPicture(wires: readonly JumperWire[], y: (row: number) => number): string[] {
  const row = wires.findIndex(({ through }) => through === 'regulator')
  const at = y(row)
  const ground = y(wires.findIndex(({ signal }) => signal === 'GND'))
  const wire = wires[row]
  const half = 66
  const red = COLOURS['3V3']
  const out: string[] = []
  if (wire.board !== undefined) {
    out.push(...line('3V3', `M${LEFT} ${at}H${MIDDLE - half}`))
    out.push(
      `<rect x="${LABEL - 34}" y="${at - 13}" width="68" height="26" rx="13" class="tag" style="stroke:${red}" stroke-width="2"/>`,
      words(wire.board, 60, 14, `class="mono" x="${LABEL}" y="${at + 5}" text-anchor="middle"`, {
        bold: true,
        mono: true,
      }),
    )
  }
  out.push(...line('3V3', `M${MIDDLE + half} ${at}H${RIGHT}`))
  out.push(
    `<path d="M${MIDDLE} ${at}V${ground}" class="ground" stroke-width="2.5"/>`,
    `<circle cx="${MIDDLE}" cy="${ground}" r="4.5" class="groundfill"/>`,
    `<rect x="${MIDDLE - half}" y="${at - 19}" width="${2 * half}" height="38" rx="6" class="block" stroke-width="1.5"/>`,
    `<text x="${MIDDLE}" y="${at - 2}" font-size="13" font-weight="700" text-anchor="middle">${wire.board === undefined ? '3.3 V supply' : '3.3 V regulator'}</text>`,
    `<text class="faint" x="${MIDDLE}" y="${at + 13}" font-size="12" text-anchor="middle">250 mA or more</text>`,
    `<rect x="586" y="${at - 13}" width="52" height="26" rx="13" class="tag" style="stroke:${red}" stroke-width="2"/>`,
    `<text class="mono" x="612" y="${at + 5}" font-size="14" font-weight="700" text-anchor="middle">3V3</text>`,
  )
  const middle = (at + ground) / 2
  out.push(
    `<path d="M668 ${at}V${middle - 4}" stroke="${red}" stroke-width="2.5"/>`,
    `<path d="M668 ${middle + 4}V${ground}" class="ground" stroke-width="2.5"/>`,
    `<path d="M654 ${middle - 4}h28" stroke="${red}" stroke-width="3"/>`,
    `<path d="M654 ${middle + 4}h28" class="ground" stroke-width="3"/>`,
    `<circle cx="668" cy="${at}" r="4.5" fill="${red}"/>`,
    `<circle cx="668" cy="${ground}" r="4.5" class="groundfill"/>`,
    `<text class="faint" x="646" y="${middle + 10}" font-size="11" text-anchor="end">10 µF + 100 nF</text>`,
  )
  return out
}
