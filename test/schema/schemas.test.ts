import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PortInfo } from '@serialport/bindings-interface'
import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { BOARD_FILE_SCHEMA } from '../../boards/catalogue/schema.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { schemaProblems } from '../../boards/schema/problems.js'
import { compareReports } from '../../host/check/compare/differences.js'
import { comparisonDocument } from '../../host/check/compare/document.js'
import { COMPARISON } from '../../host/check/compare/schema.js'
import { reportDocument } from '../../host/check/report/document.js'
import { REPORT } from '../../host/check/report/schema.js'
import { roundDocument } from '../../host/check/watch/document.js'
import { drill } from '../../host/drill/drill.js'
import { drillDocument } from '../../host/drill/report.js'
import { jsonText } from '../../host/json-text.js'
import { labWire } from '../../host/network/lab-wire.js'
import { netStatDocument, stackStatus } from '../../host/network/status.js'
import { serialPortDocument } from '../../host/node/serial/port-document.js'
import { runCheck } from '../check/run-check.js'
import { ROOT } from '../docs/shown.js'
import { SAMPLE_REPORT } from '../support/sample-report.js'
import {
  boardFaults,
  comparisonFaults,
  drillFaults,
  faultsByItsSchema,
  netStatFaults,
  reportFaults,
  roundFaults,
} from './judge.js'
import { jsonSchemas } from './schemas.js'

/** As another program reads it: no member that is undefined, no number that JSON lacks. */
const printed = (document: object): unknown => JSON.parse(jsonText(document))

/** A report beside one with another seed, figure, verdict and cause, and without one of its checks. */
const [TRIP, MISO, ...OTHERS] = SAMPLE_REPORT.checks
const COMPARED = comparisonDocument(
  compareReports(SAMPLE_REPORT, {
    ...SAMPLE_REPORT,
    seed: null,
    checks: [
      { ...TRIP, measurements: [{ ...TRIP.measurements[0], value: 21 }] },
      { ...MISO, verdict: 'pass' },
      OTHERS[0],
    ],
    diagnosis: [],
  }),
  { first: 'a.json', second: '-' },
)

const NO_PORT_INFO = {
  manufacturer: undefined,
  serialNumber: undefined,
  pnpId: undefined,
  locationId: undefined,
  productId: undefined,
  vendorId: undefined,
}

type Json = { [key: string]: unknown }

it.each([...jsonSchemas()])('%s is what the program itself goes by (otherwise: `make schema`)', (file, text) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toBe(text)
})

describe('Ajv takes', () => {
  it.each([...BOARDS.keys()])('the board %s', (name) => {
    expect(boardFaults(BOARDS.get(name))).toEqual([])
  })

  it('the report of a good board, of a stopped one, and one with every kind of content', async () => {
    const [fault] = FAULTS.keys()
    for (const faults of [[], ['no-power'], [fault]]) {
      expect(reportFaults(reportDocument((await runCheck({ faults })).report))).toEqual([])
    }
    expect(reportFaults(reportDocument(SAMPLE_REPORT))).toEqual([])
    expect(reportFaults(reportDocument(SAMPLE_REPORT, 'stored.json'))).toEqual([])
  })

  it('what drill prints of scripts that pass, fail, and are not run', () => {
    const connect = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n'
    const reports = [
      drill('pass.pkt', connect),
      drill('fail.pkt', `${connect}+0 > S 0:0(0)\n`),
      drill('odd.pkt', `${connect}+0 frobnicate(3) = 0\n`),
    ]
    expect(reports.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'not run'])
    for (const trace of [false, true]) expect(drillFaults(printed(drillDocument(reports, trace)))).toEqual([])
  })

  it('what net stat prints of a stack with an open connection', async () => {
    const wire = await labWire(7, false)
    const opened = wire.stack.tcp.connect({ address: wire.boardAddress, port: 80 })
    await wire.until(() => opened.state === 'ESTABLISHED')
    const status = { target: 'a lab', uptime: 1, ...stackStatus(wire.board, wire.services) }
    expect(status.tcp).toHaveLength(1)
    expect(netStatFaults(printed(netStatDocument(status)))).toEqual([])
    await wire.close()
  })

  it('a round of a watch with a change of each kind', () => {
    const [{ measurements }] = SAMPLE_REPORT.checks
    const at = 12.5
    const [figure] = measurements
    const document = roundDocument({
      ...{ number: 3, from: 11, to: 13, report: SAMPLE_REPORT, interrupted: false },
      changes: {
        verdicts: [{ at, check: 'spi.miso', title: 'it', from: 'pass', to: 'fail', reason: 'so', was: '' }],
        figures: [{ at, check: 'phy.link', from: figure, to: { ...figure, value: 9 }, ratio: 6.92, back: false }],
        causes: [{ at, cause: 'miso-open', from: null, to: 0.9 }],
      },
    })
    expect(roundFaults(printed(document))).toEqual([])
    expect(roundFaults({ ...document, round: 0 })).toHaveLength(1)
  })

  it.each<PortInfo>([
    { ...NO_PORT_INFO, path: '/dev/ttyS4' },
    { ...NO_PORT_INFO, path: '/dev/ttyACM0', manufacturer: 'Arduino', vendorId: '2341', productId: '0043' },
    { ...NO_PORT_INFO, path: 'COM3', locationId: '1-2', pnpId: 'USB', serialNumber: '7', vendorId: 'ffff' },
  ])('what ports prints of $path', (port) => {
    expect(faultsByItsSchema(printed(serialPortDocument(port)) as object)).toEqual([])
  })

  it('a comparison with every kind of difference', () => {
    expect(comparisonFaults(COMPARED)).toEqual([])
    for (const part of [COMPARED.facts, COMPARED.verdicts, COMPARED.figures, COMPARED.causes, COMPARED.only.first])
      expect(part.length).toBeGreaterThan(0)
  })
})

/** Every place in a document: its path. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))]
}

function changed(document: Json, path: readonly string[], change: (holder: Json, key: string) => void): Json {
  const copy = { document: structuredClone(document) } as Json
  const whole = ['document', ...path]
  const holder = whole.slice(0, -1).reduce<Json>((part, key) => part[key] as Json, copy)
  change(holder, whole[whole.length - 1])
  return copy.document as Json
}

const VALUES = [
  ...[0, 1, -1, 1.5, 256, 4096, 1e6, 1e9, '', 'x', 'B1', '0.0.0.0', '192.168.07.2', '192.168.7.256', '1.2.3.4/30'],
  ...['1.2.3.4/31', '1.2.3.4/0', '02:00:00:00:00:02', '03:00:00:00:00:02', 'chip.revision', 'fail', null, true],
  ...[[], ['avr'], ['avr', 'x'], {}, { x: 1 }, { x: { y: -1 } }],
]

describe.each<[string, Json, (value: unknown) => string[], (value: unknown) => string[]]>([
  ['a board file', { ...BOARDS.get('uno') }, boardFaults, (value) => schemaProblems(BOARD_FILE_SCHEMA, value)],
  ['a comparison', { ...COMPARED }, comparisonFaults, (value) => schemaProblems(COMPARISON, value)],
  ['a report', { ...reportDocument(SAMPLE_REPORT) }, reportFaults, (value) => schemaProblems(REPORT, value)],
])('Ajv and our own reader agree on %s', (_, document, theirs, ours) => {
  const all = places(document)
  const agree = (changedDocument: Json, what: string): boolean => {
    const [a, b] = [theirs(changedDocument), ours(changedDocument)]
    expect({ what, taken: b.length === 0 }, b.concat(a).join('\n')).toEqual({ what, taken: a.length === 0 })
    return b.length > 0
  }

  it('with any value changed', () => {
    let refused = 0
    for (const path of all) {
      for (const value of VALUES) {
        const other = changed(document, path, (holder, key) => {
          holder[key] = value
        })
        if (agree(other, `${path.join('.')} = ${JSON.stringify(value)}`)) refused++
      }
    }
    expect(refused).toBeGreaterThan(all.length * 10)
  })

  it('with any key left out, or one too many', () => {
    let refused = 0
    for (const path of all) {
      const short = changed(document, path, (holder, key) => {
        if (!Array.isArray(holder)) delete holder[key]
      })
      if (path.length > 0 && agree(short, `without ${path.join('.')}`)) refused++
      for (const key of ['other', 'toString', '__proto__']) {
        const long = changed(document, path, (holder, at) => {
          const place = holder[at]
          if (typeof place === 'object' && place !== null && !Array.isArray(place))
            Object.defineProperty(place, key, { value: 'x', enumerable: true, configurable: true, writable: true })
        })
        if (agree(long, `${path.join('.')} with ${key}`)) refused++
      }
    }
    expect(refused).toBeGreaterThan(all.length)
  })
})
