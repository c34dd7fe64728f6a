import { describe, expect, it } from 'vitest'
import { BOARDS, findBoard } from '../../boards/catalogue/catalogue.js'
import { wiresOf } from '../../boards/catalogue/wiring.js'
import { wiringDiagram } from './wiring-diagram.js'

describe.each([...BOARDS.values()])('the drawing of $name', (board) => {
  const svg = wiringDiagram(board)
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)

  it('has every pin of both ends', () => {
    for (const { module, board: pin, port } of wiresOf(board)) {
      expect(texts).toContain(module)
      if (pin !== undefined) expect(texts).toContain(pin)
      if (port !== undefined) expect(texts).toContain(port)
    }
  })

  it('has what a dark background needs, and says its wires to those who cannot see it', () => {
    expect(svg).toContain('prefers-color-scheme:dark')
    expect(svg).toContain(`<title id="title">Wiring of ${board.title}</title>`)
    expect(svg).toContain(`SCK: pin ${board.chip.pins.sck} of the board to SCK of the module`)
  })

  it('has no text outside of it', () => {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
    for (const [, x, y] of svg.matchAll(/<text[^>]* x="([\d.]+)" y="([\d.]+)"/g)) {
      expect(Number(x)).toBeLessThan(Number(width))
      expect(Number(y)).toBeLessThan(Number(height))
    }
  })

  it('quotes what a board file may contain', () => {
    expect(wiringDiagram({ ...board, title: 'A <b> & "c"' })).toContain('A &lt;b&gt; &amp; &quot;c&quot;')
  })
})

it('the drawing of a board whose RESET is left out says so', () => {
  expect(wiringDiagram(findBoard('nano'))).toContain('RESET not connected')
})
