/** The drawing of a lab: everything in it, and nothing over anything else. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { lookOf } from '../drawing/look.js'
import { textWidth } from '../drawing/text-width.js'
import { ZH } from '../text/zh.js'
import { describeLab } from './describe.js'
import { labSvg, labText } from './graph-svg.js'
import { planLab } from './plan.js'
import type { LabDefinition } from './schema.js'

interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly what: string
}

const number = (attributes: string, name: string): number =>
  Number(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1])

/** Boxes and words of a drawing, within its group, and the lines of its cables. */
function read(svg: string): {
  boxes: Area[]
  words: Area[]
  lines: [number, number][][]
  width: number
  height: number
} {
  const [, group = ''] = /<g [^>]*>([\s\S]*)<\/g>/.exec(svg) ?? []
  const boxes = [...group.matchAll(/<rect ([^>]*)\/>/g)].map(([, of]): Area => {
    const [left, top] = [number(of, 'x'), number(of, 'y')]
    return { left, top, right: left + number(of, 'width'), bottom: top + number(of, 'height'), what: 'box' }
  })
  const words = [...group.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, of, what]): Area => {
    const [left, y, size] = [number(of, 'x'), number(of, 'y'), number(of, 'font-size')]
    const text = what.replace(/&amp;/g, '&')
    const width = textWidth(text, of.includes('bold') ? 'bold' : 'regular') * size
    // What a line of type covers: its capitals, and what hangs below the line.
    return { left, top: y - 0.76 * size, right: left + width, bottom: y + 0.22 * size, what: text }
  })
  const lines = [...group.matchAll(/points="([^"]*)"/g)].map(([, points]) =>
    points.split(' ').map((point) => point.split(',').map(Number) as [number, number]),
  )
  const [, width, height] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg) ?? []
  return { boxes, words, lines, width: Number(width), height: Number(height) }
}

const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right - 0.1 && b.left < a.right - 0.1 && a.top < b.bottom - 0.1 && b.top < a.bottom - 0.1
const within = (a: Area, b: Area): boolean =>
  a.left >= b.left && a.right <= b.right + 0.1 && a.top >= b.top && a.bottom <= b.bottom + 0.1

/** Whether a straight line goes through an area, looked at along it. */
function crosses([x1, y1]: [number, number], [x2, y2]: [number, number], { left, right, top, bottom }: Area): boolean {
  const steps = 200
  for (let i = 1; i < steps; i++) {
    const [x, y] = [x1 + ((x2 - x1) * i) / steps, y1 + ((y2 - y1) * i) / steps]
    if (x > left + 0.5 && x < right - 0.5 && y > top + 0.5 && y < bottom - 0.5) return true
  }
  return false
}

function expectReadable(svg: string): void {
  const { boxes, words, lines, width, height } = read(svg)
  for (const [i, box] of boxes.entries()) {
    expect(box.left).toBeGreaterThanOrEqual(0)
    expect([box.right < width, box.bottom < height]).toEqual([true, true])
    for (const other of boxes.slice(i + 1)) expect(overlap(box, other), 'two boxes').toBe(false)
    for (const word of words) if (!within(word, box)) expect(overlap(word, box), `${word.what} and a box`).toBe(false)
  }
  for (const [i, word] of words.entries()) {
    for (const other of words.slice(i + 1)) expect(overlap(word, other), `${word.what} and ${other.what}`).toBe(false)
    for (const line of lines)
      for (let at = 1; at < line.length; at++)
        expect(crosses(line[at - 1], line[at], word), `a cable through ${word.what}`).toBe(false)
  }
  for (const line of lines) {
    for (const end of [line[0], line[line.length - 1]])
      expect(
        boxes.some(
          ({ left, right, top, bottom }) =>
            end[1] > top && end[1] < bottom && (Math.abs(end[0] - left) < 0.1 || Math.abs(end[0] - right) < 0.1),
        ),
      ).toBe(true)
  }
}

const draw = (definition: LabDefinition) => describeLab(definition, planLab(definition))

const OFFICE: LabDefinition = {
  title: 'An office',
  boards: {
    desk: { board: 'uno', address: '192.168.7.2/24', faults: ['miso-open', 'brown-out:every=30s,volts=2.4V'] },
    far: { board: 'avr:mega2560', address: 'dhcp', services: ['http', 'echo', 'telnet', 'daytime', 'chargen'] },
  },
  hosts: {
    laptop: { address: '192.168.7.1/24', ipv6: { addresses: ['2001:db8:7:aaaa:bbbb:cccc:dddd:1/64'] } },
    router: {
      address: '192.168.7.254/24',
      forwarding: true,
      cards: [{ address: '10.0.0.1/24' }],
      dhcpServer: { pool: ['192.168.7.100', '192.168.7.110'] },
      dnsZone: 'lab.test',
    },
    alone: { address: '10.9.9.9/24' },
  },
  boxes: { sw: { kind: 'switch', ports: 8 }, bad: { kind: 'impaired', loss: '5%', delay: '20ms' } },
  cables: [
    { between: ['laptop', 'sw'], length: 20 },
    { between: ['desk', 'sw'], length: 95, category: '3', wiring: 'crossover', faults: ['cable-noise:0.32V'] },
    { between: ['router', 'sw.8'] },
    { between: ['router.eth1', 'bad'] },
    { between: ['bad', 'far'], plugged: false },
    { between: ['sw', 'sw'], name: 'loop' },
  ],
}

describe('the drawing of a lab', () => {
  it('shows everybody, every cable, and what is broken', () => {
    const svg = labSvg(draw(OFFICE))
    expectReadable(svg)
    expect(svg.match(/<polyline/g)).toHaveLength(6)
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1)
    const shown = read(svg)
      .words.map(({ what }) => what)
      .join(' ')
    for (const text of [
      'laptop',
      'desk',
      'sw.8',
      'router.eth1',
      '✗ miso-open',
      '✗ cable-noise:0.32V',
      '95 m',
      'not plugged in',
      'a DHCP server',
    ])
      expect(shown).toContain(text)
  })

  it('says the same in words, which a reader of screens reads', () => {
    const svg = labSvg(draw(OFFICE))
    const text = labText(draw(OFFICE))
    expect(svg).toContain(`<desc>${text.replace(/&/g, '&amp;')}</desc>`)
    expect(svg).toContain('<title>An office</title>')
    expect(text).toContain(
      'desk: uno (Arduino Uno R3), 192.168.7.2/24, broken: miso-open, brown-out:every=30s,volts=2.4V',
    )
    expect(text).toContain('cable-2: desk – sw.2, 95 m, category 3, wired crossed over, broken: cable-noise:0.32V')
  })

  it('is readable in Chinese, and for a wall', () => {
    expectReadable(labSvg(draw(OFFICE), { words: ZH }))
    expectReadable(labSvg(draw(OFFICE), { look: lookOf('projector', undefined) }))
    expectReadable(labSvg(draw(OFFICE), { words: ZH, look: lookOf('projector', undefined) }))
  })

  it('has nothing over anything else, whatever hangs on what', () => {
    const random = new SeededRandom(4)
    for (let i = 0; i < 40; i++) {
      const count = 1 + random.below(12)
      const names = Array.from({ length: count }, (_, at) => `box-${at}`)
      const pick = () => names[random.below(count)]
      const definition: LabDefinition = {
        boxes: Object.fromEntries(names.map((name) => [name, { kind: 'switch' as const, ports: 50 }])),
        cables: Array.from({ length: random.below(16) }, () => ({
          between: [pick(), pick()] as [string, string],
          faults: random.below(4) === 0 ? ['cable-intermittent:every=20s,away=2s'] : [],
        })),
      }
      expectReadable(labSvg(draw(definition)))
    }
  })
})
