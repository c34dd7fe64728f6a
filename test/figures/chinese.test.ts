/** Drawings in Chinese: every one of them is drawn, and what is in it is read. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { SERIAL_CABLES } from '../../boards/rs232/cables.js'
import { CONNECTORS } from '../../boards/rs232/connectors.js'
import { parseFraming } from '../../boards/rs232/framing.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { chineseFonts, svgToPng } from '../../host/node/scope/png.js'
import { serialSheet, TWISTED_PAIR_CABLES, twistedSheet } from '../../host/physical/cable-sheet.js'
import { cableSvg } from '../../host/physical/cable-svg.js'
import { connectorSvg, rj45Svg } from '../../host/physical/connector-svg.js'
import { octetDrawing } from '../../host/physical/line-octet.js'
import { svgIn } from '../../host/physical/svg-in.js'
import { wiringDiagram } from '../../host/physical/wiring-diagram.js'
import { scopePictureIn } from '../../host/scope/picture-in.js'
import { SCOPE_PROBES } from '../../host/scope/probes.js'
import { scopePictureSvg } from '../../host/scope/svg.js'
import { DRAWINGS_ZH, drawingInChinese } from '../../host/text/zh/drawings.js'
import { ZH } from '../../host/text/zh.js'
import { fontAdvances } from './font-advances.js'

const CHINESE = { language: 'zh-Hans', fonts: 'Noto Sans CJK SC', tell: drawingInChinese }

function drawings(): string[] {
  const standards = Object.values(LINE_STANDARDS)
  const lines = standards.flatMap((driver) =>
    standards.flatMap((receiver) =>
      ['8N1', '7E1'].map((framing) => {
        const options = {
          driver,
          receiver,
          octets: [0x41, 0x00],
          baud: 9600,
          framing: parseFraming(framing),
          metres: 2,
        }
        return scopePictureSvg(scopePictureIn(drawingInChinese, octetDrawing(options).picture))
      }),
    ),
  )
  const cables = SERIAL_CABLES.flatMap((cable) =>
    CONNECTORS.flatMap((a) => CONNECTORS.map((b) => cableSvg(serialSheet(cable, [a, b]).picture()))),
  )
  return [
    ...CONNECTORS.map((connector) => connectorSvg(connector)),
    rj45Svg(),
    ...cables,
    ...TWISTED_PAIR_CABLES.map((cable) => cableSvg(twistedSheet(cable).picture())),
    ...lines,
    ...[...BOARDS.values()].map((board) => wiringDiagram(board, undefined, drawingInChinese)),
  ].map((svg) => svgIn(CHINESE, svg))
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<(?:text|title|desc)\b[^>]*>([^<]*)</g)].map(([, text]) => text)
}

/** Cables, boards, parts, checks, standards and a title that has no translation. */
const NAMES =
  /serial-straight|null-modem(?:-three-wire|-bridged)?|rj45-(?:straight|crossover|rollover)|ATmega\w+|Arduino (?:Uno|Nano|Mega|Pro Mini)|spi\.(?:miso|memory)|\b(?:rs-\d+|ttl|v\.35)\b|Cisco|“Cabling Guide for Console and AUX Ports”/g

describe('a drawing in Chinese', () => {
  const all = drawings()

  it('has no word of English but names, and says which language it is in', () => {
    const texts = new Set(all.flatMap(textsOf))
    expect(texts.size).toBeGreaterThan(200)
    const english = [...texts].filter((text) => /[a-z]{3,}/.test(text.replace(NAMES, '').replace(/&\w+;/g, '')))
    expect(english).toEqual([])
    for (const svg of all) expect(svg).toMatch(/^<svg lang="zh-Hans" /)
    for (const svg of all) expect(svg).toMatch(/font-family[:=]"?Noto Sans CJK SC,/)
  })

  it('has a Chinese title for each probe of a scope', () => {
    for (const { title } of SCOPE_PROBES) {
      expect(drawingInChinese(title)).toMatch(/\p{Script=Han}/u)
      expect(drawingInChinese(`avr:uno: ${title}`)).toBe(`avr:uno：${drawingInChinese(title)}`)
    }
    expect(drawingInChinese('model:uno: td, rd: collision 1, broken off after 96 bits')).toBe(
      'model:uno：td, rd：第 1 次碰撞，96 位之后中断',
    )
    expect(drawingInChinese('64.9 to 65.0 ms after power-on  ·  seed 1  ·  fault cable-noise:0.5V')).toBe(
      '上电后 64.9 到 65.0 ms  ·  种子 1  ·  故障 cable-noise:0.5V',
    )
    expect(drawingInChinese('41h “A”')).toBe('41h “A”')
  })

  it('lacks no glyph: nor do the words of reports', () => {
    const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
    const fonts = [join(folder, 'DejaVuSans.ttf'), ...chineseFonts('give fonts')].map((file) =>
      fontAdvances(readFileSync(file)),
    )
    const words = [...Object.values(ZH.sentences), ...Object.values(ZH.figures).flatMap(Object.values)].map(String)
    const text = [...all.flatMap(textsOf), ...DRAWINGS_ZH.map(([, chinese]) => chinese), ...words].join('')
    const characters = [...new Set(text)].filter((character) => character > ' ')
    expect(characters.length).toBeGreaterThan(700)
    const missing = characters.filter((character) => fonts.every((advance) => advance(character) === undefined))
    expect(missing).toEqual([])
    // The bold ones are of the same characters.
    for (const character of characters.filter((each) => /\p{Script=Han}/u.test(each)))
      expect(
        fonts.slice(1).every((advance) => advance(character) !== undefined),
        character,
      ).toBe(true)
  })

  it('is a PNG in which different characters look different: none is the box of a missing one', async () => {
    const png = async (text: string): Promise<string> => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-size="24">${text}</text></svg>`
      return Buffer.from(await svgToPng(svgIn(CHINESE, svg), 'out')).toString('base64')
    }
    const pictures = await Promise.all(['帧', '套', '接', ' '].map(png))
    expect(new Set(pictures).size).toBe(4)
  })
})
