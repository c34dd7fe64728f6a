/** The widths that drawings count with, held against the font itself; and the drawings, as a renderer of SVG draws their words. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { BOARDS, findBoard } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { type Look, lookOf, ON_PAPER } from '../../host/drawing/look.js'
import { evenTextWidth, fitted, fittedLines, textWidth } from '../../host/drawing/text-width.js'
import { wiringDiagram } from '../../host/physical/wiring-diagram.js'
import { fontAdvances } from './font-advances.js'

const FONTS = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const font = (name: string) => fontAdvances(readFileSync(join(FONTS, `${name}.ttf`)))
const [REGULAR, BOLD, EVEN] = ['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSansMono-Bold'].map(font)

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))
/** Latin, Greek, Cyrillic, and the signs of drawings. */
const LETTERS = [...between(0xa0, 0x17f), ...between(0x391, 0x3c9), ...between(0x410, 0x44f), ...'’–…−·°µΩ€™']

describe('widths of words', () => {
  it.each([
    ['regular', REGULAR],
    ['bold', BOLD],
  ] as const)('are those of DejaVu Sans, %s: to a thousandth of its size', (weight, advance) => {
    for (const character of between(0x20, 0x7e)) {
      const real = advance(character) ?? Number.NaN
      expect(textWidth(character, weight) * 1000, character).toBeGreaterThanOrEqual(real - 1e-9)
      expect(textWidth(character, weight) * 1000, character).toBeLessThan(real + 1)
    }
  })

  it('are not less than those of other letters, nor of a font of even widths', () => {
    for (const character of LETTERS) {
      expect(textWidth(character, 'regular') * 1000, character).toBeGreaterThanOrEqual(REGULAR(character) ?? 0)
      expect(textWidth(character, 'bold') * 1000, character).toBeGreaterThanOrEqual(Math.floor(BOLD(character) ?? 0))
      expect(evenTextWidth(character) * 1000, character).toBeGreaterThanOrEqual(EVEN(character) ?? 0)
    }
  })

  it('are made to fit: as they are, smaller, or cut', () => {
    const bold = (text: string) => textWidth(text, 'bold')
    expect(fitted('Uno', 100, 15, bold)).toEqual({ text: 'Uno', size: 15 })
    const smaller = fitted('Arduino Mega 2560 R3', 150, 15, bold)
    expect(smaller.text).toBe('Arduino Mega 2560 R3')
    expect(smaller.size).toBeGreaterThan(10.5)
    expect(bold(smaller.text) * smaller.size).toBeLessThanOrEqual(150)
    const cut = fitted('W'.repeat(100), 150, 15, bold)
    expect(cut).toEqual({ text: `${'W'.repeat(cut.text.length - 1)}…`, size: 10.5 })
    expect(bold(cut.text) * 10.5).toBeLessThanOrEqual(150)
    expect(bold(`${cut.text}W`) * 10.5).toBeGreaterThan(150)
  })

  it('are broken into lines at spaces, and where there are none', () => {
    expect(fittedLines('aaa bbb ccc', textWidth('aaa bbb', 'regular') * 10, 10, 'regular')).toEqual(['aaa bbb', 'ccc'])
    const lines = fittedLines(`one ${'W'.repeat(30)} two`, 100, 10, 'regular')
    expect(lines.join('').replaceAll(' ', '')).toBe(`one${'W'.repeat(30)}two`)
    for (const line of lines) expect(textWidth(line, 'regular') * 10).toBeLessThanOrEqual(100)
  })
})

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where a renderer puts the words of a text, and nothing else of the drawing. */
function drawn(svg: string, text: string): Box {
  const [head] = /^<svg[^>]*>/.exec(svg) ?? ['']
  const [style] = /<style>[\s\S]*<\/style>/.exec(svg) ?? ['']
  // Of the families of a system there is none here: sizes are what its rules are about.
  const rules = style.replace(/font-family:[^;}]*;?/g, '')
  const alone = new Resvg(`${head}${rules}${text}</svg>`, {
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans', 'DejaVuSans-Bold'].map((name) => join(FONTS, `${name}.ttf`)),
      defaultFontFamily: 'DejaVu Sans',
    },
  })
  const box = alone.getBBox()
  if (box === undefined) throw new Error(`nothing is drawn of ${text}`)
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height }
}

interface Parts {
  readonly serial?: Partial<BoardDefinition['serial']>
}
interface Strange {
  readonly controller?: Partial<Record<keyof BoardDefinition['controller'], unknown>>
  readonly chip?: Partial<Record<keyof BoardDefinition['chip'], unknown>>
}

/** An Uno with some of its file written otherwise; parts and pins are also called as none is that is known. */
function rewritten({ title, controller, chip, serial }: Parts & Strange & { readonly title: string }): BoardDefinition {
  const uno = findBoard('uno')
  return {
    ...uno,
    title,
    controller: { ...uno.controller, ...controller },
    chip: { ...uno.chip, ...chip },
    serial: { ...uno.serial, ...serial },
  } as BoardDefinition
}

const DRAWN: readonly BoardDefinition[] = [
  ...BOARDS.values(),
  rewritten({
    title: 'W'.repeat(200),
    controller: { part: 'ATSAMD21G18A-MU-ENGINEERING-SAMPLE', clock: 133_333_333, level: 1.8 },
    chip: { feed: 'VUSB_5V_OUT', spiClock: 12_345_678, pins: { cs: 255, sck: 254, mosi: 253, miso: 252, int: 251 } },
  }),
  rewritten({
    title: 'A board whose name is one long sentence without any word about the module that it is wired to',
    controller: { part: 'STM32F103C8T6 (blue pill)', level: 3.3 },
    serial: { bridge: 'external USB serial adapter' },
    chip: { supply: 9_999, feed: 'M'.repeat(60) },
  }),
  rewritten({
    title: 'ΩΩΩΩΩΩΩΩ ЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖ & <ÆŒ@%> with ENC28J60 module',
    controller: { part: '@@@@@@@@@@@@' },
    chip: { feed: '@%' },
  }),
]

const LOOKS: readonly Look[] = [ON_PAPER, lookOf('projector', undefined)]

describe.each(
  DRAWN.flatMap((board) => LOOKS.map((look) => [board.title.slice(0, 30), look.theme.name, board, look] as const)),
)('the words in the drawing of %s (%s)', (_, __, board, look) => {
  const svg = wiringDiagram(board, look)
  const height = Number(/viewBox="0 0 \d+ ([\d.]+)"/.exec(svg)?.[1])
  const texts = [...svg.matchAll(/<text[^>]*>[^<]*<\/text>/g)].map(([text]) => text)
  const rectangle = (pattern: RegExp): Box => {
    const [, x, y, width, tall] = (pattern.exec(svg) ?? []).map(Number)
    return { left: x, right: x + width, top: y, bottom: y + tall }
  }
  const size = 'x="([\\d.]+)" y="([\\d.]+)" width="([\\d.]+)" height="([\\d.]+)"'
  const boardBox = rectangle(new RegExp(`<rect ${size} rx="14" fill="#0b6e75"`))
  const moduleBox = rectangle(new RegExp(`<rect ${size} rx="14" fill="#23489b"`))
  const partBox = rectangle(new RegExp(`<rect ${size} rx="6" fill="#23272d"`))
  const pill = { left: partBox.left + 8, right: partBox.right - 8, top: 0, bottom: height }
  const inside = (box: Box, frame: Box, what: string) => {
    expect(box.left, what).toBeGreaterThanOrEqual(frame.left)
    expect(box.right, what).toBeLessThanOrEqual(frame.right)
    expect(box.top, what).toBeGreaterThanOrEqual(frame.top)
    expect(box.bottom, what).toBeLessThanOrEqual(frame.bottom)
  }

  it('stay in their boxes', () => {
    expect(texts.length).toBeGreaterThan(20)
    for (const text of texts) {
      const box = drawn(svg, text)
      inside(box, { left: 20, right: 980, top: 0, bottom: height }, text)
      const x = Number(/ x="([\d.]+)"/.exec(text)?.[1] ?? Number.NaN)
      const light = /class="(light|soft)/.test(text)
      if (light && x < boardBox.right) inside(box, boardBox, text)
      if (light && x > moduleBox.left) inside(box, moduleBox, text)
      // The controller's name is in the controller, its clock in the crystal, and a wire's name on the wire.
      if (x === (partBox.left + partBox.right) / 2) inside(box, light ? partBox : pill, text)
      if (x === 372) inside(box, { left: 338, right: 406, top: 0, bottom: height }, text)
      // What is printed beside a pin keeps off the controller's legs.
      const beside = box.bottom > partBox.top - 7 && box.top < partBox.bottom + 7
      if (light && x === 270 && beside) expect(box.left, text).toBeGreaterThan(partBox.right + 7)
    }
  })
})
