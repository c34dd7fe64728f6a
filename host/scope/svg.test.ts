import { describe, expect, it } from 'vitest'
import { pictureSvg } from './svg.js'
import type { MarkRow, Point } from './trace.js'

const points: readonly Point[] = [
  [0, 0],
  [1000, 5],
]
const picture = (rows: readonly MarkRow[], from = 0, to = 1000) =>
  pictureSvg({
    title: '',
    panels: [{ name: 'p', points, rows, levels: [{ from: 1.5, to: 3, text: 'undefined', undefined: true }] }],
    from,
    to,
    origin: '',
  })

/** Where words in a colour stand, as pixels from and to; “framing error” is 80 px wide in DejaVu Sans at 12 px. */
function words(svg: string, fill: string): { from: number; to: number; text: string }[] {
  return [...svg.matchAll(/<text x="([\d.]+)" y="[\d.]+" ([^>]*)>([^<]*)<\/text>/g)]
    .filter(([, , attributes]) => attributes.includes(`fill="${fill}"`))
    .map(([, x, attributes, text]) => {
      const width = text.length * (80 / 13)
      const from = Number(x) - (attributes.includes('text-anchor="end"') ? width : 0)
      return { from, to: from + width, text }
    })
}

describe('a picture', () => {
  it.each([2, 10, 60, 400])('has no words of events over one another or beyond its edge: %d events', (count) => {
    const marks = Array.from({ length: count }, (_, i) => {
      const at = (1000 * (i + 0.7)) / count
      return { from: at, to: at, text: i % 7 === 3 ? 'parity error' : 'framing error', wrong: true }
    })
    const seen = words(picture([{ name: 'errors', marks }]), '#c01c28').sort((a, b) => a.from - b.from)
    expect(seen.length).toBeGreaterThan(0)
    for (const [i, { from, to }] of seen.entries()) {
      expect(to).toBeLessThanOrEqual(1200)
      if (i > 0) expect(from).toBeGreaterThanOrEqual(seen[i - 1].to)
    }
    // None is lost: each is a word, or counted in one.
    const told = seen.reduce((sum, { text }) => sum + Number(/× (\d+)$/.exec(text)?.[1] ?? 1), 0)
    expect(told).toBe(count)
  })

  it('says what a level is beside the plot, not over the trace', () => {
    const svg = picture([])
    const [, right] = /<rect x="84" y="\d+" width="(\d+)" height="260" fill="none"/.exec(svg)!
    const x = Number(/<text x="(\d+)"[^>]*>undefined</.exec(svg)![1])
    expect(x).toBeGreaterThan(84 + Number(right))
  })

  it('has one line for all rows that are too narrow, and none for a row in which there is nothing', () => {
    const narrow = (name: string): MarkRow => ({ name, marks: [], narrow: true })
    const svg = picture([narrow('bits'), narrow('octets'), { name: 'state', marks: [] }])
    expect(svg).toContain('bits, octets: too narrow here; a shorter --window shows them')
    expect(svg).not.toContain('>state<')
  })

  it('marks a pulse that is narrower than a pixel on a conductor that seldom moves', () => {
    const marks = [
      { from: 0, to: 500, text: 'high' },
      { from: 500, to: 500.1, text: 'low' },
      { from: 500.1, to: 1000, text: 'high' },
    ]
    const boxes = (sparse: boolean) => picture([{ name: 'state', marks, sparse }]).match(/ rx="/g)?.length
    expect(boxes(false)).toBe(2)
    expect(boxes(true)).toBe(3)
  })

  it('explains the short words that it uses, and no others', () => {
    const legend = { S: 'start bit', P1: 'parity bit 1' }
    const bits = (width: number): MarkRow => ({
      name: 'bits',
      marks: [{ from: 0, to: width, text: 'start', short: ['S'] }],
      legend,
    })
    expect(picture([bits(20)])).toContain('S = start bit')
    expect(picture([bits(20)])).not.toContain('parity')
    expect(picture([bits(500)])).not.toContain('S = start bit')
  })

  it('has a scale that fits a weak signal', () => {
    const svg = pictureSvg({
      title: '',
      panels: [
        {
          name: '',
          points: [
            [0, 0],
            [10, 0.34],
          ],
          rows: [],
        },
      ],
      from: 0,
      to: 10,
      origin: '',
    })
    expect(svg).toContain('>0.3 V<')
    expect(svg).not.toContain('>1 V<')
  })
})
