import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { wiringDiagram } from '../../boards/catalogue/wiring-diagram.js'

const docs = join(import.meta.dirname, '../../docs')

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
})
