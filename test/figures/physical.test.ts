import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { SERIAL_CABLES } from '../../boards/rs232/cables.js'
import { CONNECTORS } from '../../boards/rs232/connectors.js'
import { type Look, lookOf } from '../../host/drawing/look.js'
import { serialSheet, TWISTED_PAIR_CABLES, twistedSheet } from '../../host/physical/cable-sheet.js'
import { cableSvg } from '../../host/physical/cable-svg.js'
import { connectorSvg, rj45Svg } from '../../host/physical/connector-svg.js'
import { PHYSICAL_FIGURES } from './physical.js'

const docs = join(import.meta.dirname, '../../docs')

describe('figures of connectors, cables and lines', () => {
  it.each(Object.entries(PHYSICAL_FIGURES))(
    'docs/%s is as it would be drawn now (make docs draws it anew)',
    (name, draw) => {
      expect(readFileSync(join(docs, name), 'utf8')).toBe(draw())
      for (const page of ['article.md', 'article.zh-CN.md']) {
        expect(readFileSync(join(docs, page), 'utf8')).toContain(`](${name})`)
      }
    },
  )
})

const DRAWINGS: readonly (readonly [string, (look?: Look) => string])[] = [
  ...CONNECTORS.map((connector) => [connector.name, (look?: Look) => connectorSvg(connector, look)] as const),
  ['RJ-45', rj45Svg],
  ...SERIAL_CABLES.flatMap((cable) =>
    CONNECTORS.flatMap((a) =>
      CONNECTORS.map(
        (b) =>
          [
            `${cable.name} ${a.name} ${b.name}`,
            (look?: Look) => cableSvg(serialSheet(cable, [a, b]).picture(look?.theme), look),
          ] as const,
      ),
    ),
  ),
  ...TWISTED_PAIR_CABLES.map(
    (cable) => [cable.name, (look?: Look) => cableSvg(twistedSheet(cable).picture(look?.theme), look)] as const,
  ),
]

describe('a drawing', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'))
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(folder, 'ttf', name))

  it.each(DRAWINGS)('of %s keeps off its edges in the widest of the usual fonts', (_, draw) => {
    expect(inkOf(draw())).toEqual({ edge: 0, enough: true })
  })

  // The ends of a cable are drawn alike: a few of them are enough.
  it.each(DRAWINGS.filter((_, i) => i < 8 || i % 9 === 0))(
    'of %s keeps off its edges on a wall and on a slide',
    (_, draw) => {
      expect(inkOf(draw(lookOf('projector', undefined)))).toEqual({ edge: 0, enough: true })
      expect(inkOf(draw(lookOf('projector', '16:9')))).toEqual({ edge: 0, enough: true })
    },
  )

  /** Whether there is ink at the edges, and enough inside. */
  function inkOf(svg: string): { edge: number; enough: boolean } {
    const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' }
    const { pixels, width, height } = new Resvg(svg, { font, background: '#ffffff' }).render()
    let edge = 0
    let inside = 0
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (pixels[4 * (y * width + x)] > 200) continue
        if (x < 10 || x >= width - 10 || y < 8 || y >= height - 6) edge++
        else inside++
      }
    }
    return { edge, enough: inside > 1000 }
  }
})
