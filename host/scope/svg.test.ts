import { describe, expect, it } from 'vitest'
import { FRAMING_8N1 } from '../../boards/rs232/framing.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { octetDrawing } from '../physical/line-octet.js'
import type { Point } from './envelope.js'
import { leastShown, scopePictureSvg } from './svg.js'
import type { MarkRow } from './trace.js'
import { scopeFrameRows } from './view.js'

const points: readonly Point[] = [
  [0, 0],
  [1000, 5],
]
const picture = (rows: readonly MarkRow[], from = 0, to = 1000) =>
  scopePictureSvg({
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

  it('never draws a box without a word: a word, something full, or one line that says what is too narrow', () => {
    const frame = { octets: new Uint8Array(64).fill(0x5a), bits: 576 }
    for (let microseconds = 1; microseconds < 3000; microseconds *= 1.1) {
      const window = { from: -500, to: 1000 * microseconds }
      const rows = scopeFrameRows(frame, [], { window, least: leastShown(window) })
      const svg = picture(rows, window.from, window.to)
      const words = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="middle">[^<]/g)].map(([, x, y]) => ({
        x: Number(x),
        y: Number(y),
      }))
      let boxes = 0
      for (const [, x, y, width] of svg.matchAll(
        /<rect x="([\d.]+)" y="(\d+)" width="([\d.]+)" height="19" rx="\d" fill="#e8f0fa"/g,
      )) {
        boxes++
        const middle = Number(x) + Number(width) / 2
        const near = words.some((word) => word.y === Number(y) + 14 && Math.abs(word.x - middle) < 0.2)
        expect(near, `a box of ${width} pixels at ${x} in a window of ${microseconds} µs`).toBe(true)
      }
      for (const name of ['bits', 'octets', 'fields']) {
        expect(
          svg.includes(`>${name}<`) || new RegExp(`[>, ]${name}[,:]`).test(svg),
          `${name} in ${microseconds} µs`,
        ).toBe(true)
      }
      // Full boxes stand among those with words, and are not more than these.
      const full = [...svg.matchAll(/<rect x="[\d.]+" y="(\d+)" width="[\d.]+" height="19" rx="\d" fill="#a9b8c6"/g)]
      expect(full.length, `full boxes in ${microseconds} µs`).toBeLessThanOrEqual(boxes)
      if (microseconds < 500) expect(boxes).toBeGreaterThan(0)
    }
  })

  it('has three labels on every axis of volts, and room for each, whatever the line standard', () => {
    for (const standard of Object.values(LINE_STANDARDS)) {
      const svg = scopePictureSvg(
        octetDrawing({
          driver: standard,
          receiver: standard,
          octets: [0x41],
          baud: 9600,
          framing: FRAMING_8N1,
          metres: 2,
        }).picture,
      )
      const labels = [...svg.matchAll(/<text x="76" y="([\d.]+)"[^>]*>([^<]*) V</g)].map(([, y, text]) => ({
        y: Number(y),
        text,
      }))
      const plots = [...svg.matchAll(/<rect x="84" y="(\d+)" width="1002" height="(\d+)" fill="none"/g)]
      for (const [, top, height] of plots) {
        const own = labels.filter(({ y }) => y - 4 >= Number(top) - 1 && y - 4 <= Number(top) + Number(height) + 1)
        expect(own.length, `${standard.name}: ${own.map(({ text }) => text)}`).toBeGreaterThanOrEqual(3)
        for (const [i, { y }] of own.slice(1).entries()) expect(own[i].y - y).toBeGreaterThanOrEqual(14)
      }
      // One minus sign: U+2212.
      expect(svg).not.toMatch(/[> ]-\d/)
    }
    expect(
      scopePictureSvg(
        octetDrawing({
          driver: LINE_STANDARDS['v.35'],
          receiver: LINE_STANDARDS['v.35'],
          octets: [0x41],
          baud: 9600,
          framing: FRAMING_8N1,
          metres: 2,
        }).picture,
      ),
    ).toContain('>\u22120.2 V<')
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
    const svg = scopePictureSvg({
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
