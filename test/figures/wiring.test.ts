import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { wiresOf } from '../../boards/catalogue/wiring.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { COMMAND_NAMES } from '../../host/node/cli/commands.js'
import { wiringDiagram } from '../../host/physical/wiring-diagram.js'

const docs = join(import.meta.dirname, '../../docs')

/** Drawn with one font for everything, whatever a system would choose. */
function drawnIn(family: string, svg: string): { pixels: Uint8Array; width: number; height: number } {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'))
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(folder, 'ttf', name))
  const everything = svg.replace(/font-family:[^;}]*/g, `font-family:"${family}"`)
  const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: family }
  const { pixels, width, height } = new Resvg(everything, { font, background: '#ffffff' }).render()
  return { pixels, width, height }
}

describe.each([...BOARDS.values()])('the wiring of $name', (board) => {
  const svg = wiringDiagram(board)

  it('is in docs/wiring as it would be drawn now (make docs draws it anew)', () => {
    expect(readFileSync(join(docs, 'wiring', `${board.name}.svg`), 'utf8')).toBe(svg)
  })

  it('is shown in docs/hardware.md', () => {
    expect(readFileSync(join(docs, 'hardware.md'), 'utf8')).toContain(`](wiring/${board.name}.svg)`)
  })

  it('is a picture that librsvg draws, as wide as it says', () => {
    const png = execFileSync('rsvg-convert', ['--format', 'png'], { input: svg, maxBuffer: 1 << 24 })
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(1000)
  })

  it('keeps its text off its edges in the widest of the usual fonts', () => {
    const { pixels, width, height } = drawnIn('DejaVu Sans', svg)
    expect(width).toBe(1000)
    const inked = (x: number, y: number) => pixels[4 * (y * width + x)] < 200
    const rows = Array.from({ length: height - 24 }, (_, i) => i + 12)
    const columns = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
    expect(rows.filter((y) => columns(976, 1000).some((x) => inked(x, y)))).toEqual([])
    // and there is some to keep
    expect(rows.filter((y) => columns(800, 976).some((x) => inked(x, y))).length).toBeGreaterThan(50)
  })
})

describe('docs/hardware.md', () => {
  const text = readFileSync(join(docs, 'hardware.md'), 'utf8')

  it('has the pins of every board as the catalogue has them', () => {
    const boards = [...BOARDS.values()].map((board) => wiresOf(board))
    for (const [row, { module, chipPin }] of boards[0].entries()) {
      const cells = boards.map((wires) => wires[row].board ?? '-')
      const line = text.split('\n').find((each) => each.startsWith(`| ${module} `))
      expect(
        line
          ?.split('|')
          .slice(2, 7)
          .map((cell) => cell.trim()),
      ).toEqual([String(chipPin ?? ''), ...cells])
    }
  })

  it('names faults that exist, and commands that exist', () => {
    const named = [...text.matchAll(/\(`([a-z0-9-]+)`\)/g)].map(([, one]) => one)
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter((name) => !FAULTS.has(name))).toEqual([])
    for (const [, command] of text.matchAll(/`?linkpulse ([a-z]+) /g)) expect(COMMAND_NAMES).toContain(command)
  })
})
