/** Whatever a drawing is given to say, it is well-formed XML 1.0: expat is the judge, and librsvg draws it. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { chartSvg } from '../../firmware/services/http/chart-svg.js'
import { asciiMarkup, escapeMarkup } from '../../firmware/text/markup.js'
import { ON_PAPER } from '../../host/drawing/look.js'
import { svgDocument, svgText } from '../../host/drawing/svg-parts.js'
import { labSvg } from '../../host/lab-file/graph-svg.js'
import { wiringDiagram } from '../../host/physical/wiring-diagram.js'
import { scopePictureSvg } from '../../host/scope/svg.js'
import { xmlFault } from '../setup/xml.js'
import { HOSTILE } from '../support/sample-report.js'

const uno = findBoard('uno')
const mark = { from: 10, to: 60, text: HOSTILE }

const DRAWINGS: Readonly<Record<string, () => string>> = {
  'the wiring of a board': () =>
    wiringDiagram({ ...uno, title: HOSTILE, controller: { ...uno.controller, part: HOSTILE as never } }),
  'a trace': () =>
    scopePictureSvg({
      title: HOSTILE,
      subtitle: HOSTILE,
      origin: HOSTILE,
      from: 0,
      to: 100,
      panels: [
        {
          name: HOSTILE,
          note: HOSTILE,
          levels: [{ from: 0, to: 2, text: HOSTILE }],
          points: [
            [0, 0],
            [100, 5],
          ],
          rows: [{ name: HOSTILE, marks: [mark] }],
        },
      ],
    }),
  'a connector or cable': () => svgDocument(400, 100, HOSTILE, [svgText(10, 80, HOSTILE)], ON_PAPER),
  'a lab': () =>
    labSvg({
      title: HOSTILE,
      members: ['a', 'b'].map((name) => ({
        name: `${name}${HOSTILE}`,
        kind: 'host',
        what: HOSTILE,
        addresses: [HOSTILE],
        notes: [HOSTILE],
        faults: [HOSTILE],
      })),
      cables: [
        {
          name: HOSTILE,
          ends: [HOSTILE, HOSTILE],
          owners: [`a${HOSTILE}`, `b${HOSTILE}`],
          make: [HOSTILE],
          faults: [HOSTILE],
        },
      ],
    }),
  'state charts': () => [...chartSvg([{ region: HOSTILE, states: [HOSTILE, 'b'], active: HOSTILE }])].join(''),
}

describe('a drawing that is given hostile words', () => {
  it.each(Object.entries(DRAWINGS))('is well-formed: %s', (_, draw) => {
    const svg = draw()
    expect(xmlFault(svg)).toBe('')
    expect(svg).not.toContain('<b>')
    expect(svg).toContain('&lt;b&gt;')
    const png = execFileSync('rsvg-convert', ['--format', 'png'], { input: svg, maxBuffer: 1 << 24 })
    expect(png.subarray(1, 4).toString()).toBe('PNG')
  })

  it.each([
    ['as they are', escapeMarkup],
    ['in ASCII', asciiMarkup],
  ])('may be given any character there is, %s', (_, escaped) => {
    const planes = Array.from({ length: 16 }, (_, at) => 0x1_fffe + 0x1_0000 * at)
    const codes = [...Array(0x1_0000).keys(), ...planes, ...planes.map((code) => code + 1), 0xe_0041]
    const everything = codes.map((code) => escaped(String.fromCodePoint(code))).join('')
    expect(xmlFault(`<a b="${everything}">${everything}</a>`)).toBe('')
  })
})

describe('one place', () => {
  const root = join(import.meta.dirname, '../..')
  const sources = ['firmware', 'boards', 'host'].flatMap((floor) =>
    readdirSync(join(root, floor), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => `${floor}/${name}`),
  )

  it('escapes markup', () => {
    const escapers = sources.filter((name) => /'&(lt|amp|gt);'/.test(readFileSync(join(root, name), 'utf8')))
    expect(escapers).toEqual(['firmware/text/markup.ts'])
  })

  it('writes to standard output and standard error', () => {
    const writes = /\bconsole\.|\b(stdout|stderr)\s*\.\s*(write|end|pipe|cork)\b|process\[|writeSync\(\s*[12]\b/
    const writers = sources.filter((name) => writes.test(readFileSync(join(root, name), 'utf8')))
    // The loader has no command line around it; what it says before a program is made printable as well.
    expect(writers).toEqual(['host/node/cli/say.ts', 'host/node/net/register.ts'])
  })
})
