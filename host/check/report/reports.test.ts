import { describe, expect, it } from 'vitest'
import { junitFaults, junitTree } from '../../../test/setup/junit-form.js'
import { UNPRINTABLE } from '../../../test/setup/unprintable.js'
import { xmlFault } from '../../../test/setup/xml.js'
import { because, HOSTILE, SAMPLE_REPORT } from '../../../test/support/sample-report.js'
import { reportEnding, reportEndings, reportWritten } from '../../report/formats.js'
import { junitOfTests } from '../../report/junit.js'
import { tapOfTests } from '../../report/tap.js'
import { EN } from '../../text/en.js'
import { keyed } from '../../text/keyed.js'
import { INTERRUPTED } from '../runner.js'
import type { CheckResult, Report } from '../types.js'
import { jsonReport, reportDocument } from './document.js'
import { CHECK_FORMS } from './format.js'
import { htmlReport } from './html.js'
import { parseReport } from './parse.js'
import { checkTests } from './tests.js'
import { PAINT, TextReporter, textReport } from './text.js'

const junitReport = (report: Report): string => junitOfTests(checkTests({ report }))
const tapReport = (report: Report): string => tapOfTests(checkTests({ report }))
const written = (ending: string, report: Report): string =>
  reportWritten(ending, { report }, CHECK_FORMS, { words: EN, version: '1.2.3' })

/** Elements opened and closed in order: enough to find a tag that leaked out of a hostile string. */
function unbalancedElements(markup: string, empty: ReadonlySet<string>): string[] {
  const problems: string[] = []
  const open: string[] = []
  for (const [, closing, name, rest] of markup.matchAll(/<(\/?)([a-z][\w-]*)((?:[^<>"]|"[^"]*")*)>/gi)) {
    if (closing === '/') {
      const last = open.pop()
      if (last !== name) problems.push(`</${name}> closes <${last}>`)
    } else if (!rest.endsWith('/') && !empty.has(name)) {
      open.push(name)
    }
  }
  return [...problems, ...open.map((name) => `<${name}> stays open`)]
}

const PARTS = new RegExp(`(\r|${'\x1b'}\\[K)`)

/** What stands on a terminal once all of it was written: carriage return, and erase to the end of the line (ECMA-48 8.3.41). */
function screen(text: string): string {
  const lines = text.split('\n').map((line) => {
    let shown = ''
    let at = 0
    for (const part of line.split(PARTS)) {
      if (part === '\r') at = 0
      else if (part === '\x1b[K') shown = shown.slice(0, at)
      else {
        shown = shown.slice(0, at) + part + shown.slice(at + part.length)
        at += part.length
      }
    }
    return shown
  })
  return lines.join('\n')
}

describe('the report document', () => {
  it('has the fields of the specification, in their order, and no others', () => {
    const document = JSON.parse(jsonReport(SAMPLE_REPORT)) as Record<string, unknown>
    expect(Object.keys(document)).toEqual([
      '$schema',
      'version',
      'target',
      'backend',
      'board',
      'seed',
      'view',
      'checks',
      'occupant',
      'diagnosis',
      'unexplained',
      'nextMeasurement',
      'findings',
      'counters',
      'verdict',
    ])
    const [check] = document.checks as Record<string, unknown>[]
    expect(Object.keys(check)).toEqual(['id', 'layer', 'title', 'verdict', 'measurements', 'reference', 'reason'])
    const [, failed] = document.checks as { measurements: Record<string, unknown>[] }[]
    expect(Object.keys(failed.measurements[1])).toEqual(['name', 'value', 'unit', 'min', 'max'])
    const [diagnosis] = document.diagnosis as Record<string, unknown>[]
    expect(Object.keys(diagnosis)).toEqual(['cause', 'confidence', 'class', 'side', 'evidence', 'remedy'])
  })

  it('sorts counters, so that the order in which something first happened does not show', () => {
    expect(Object.keys(reportDocument(SAMPLE_REPORT).counters)).toEqual(['board', 'host'])
    expect(Object.keys(reportDocument(SAMPLE_REPORT).counters.host)).toEqual(['alpha', 'zeta'])
  })

  it('gives null for a figure that JSON cannot carry', () => {
    const [first] = SAMPLE_REPORT.checks
    const measurements = [{ ...first.measurements[0], value: Number.NaN, max: Number.POSITIVE_INFINITY }]
    const document = reportDocument({ ...SAMPLE_REPORT, checks: [{ ...first, measurements }] })
    expect(document.checks[0].measurements[0]).toMatchObject({ value: null, max: null })
  })
})

describe('what was run once more', () => {
  const [sample] = SAMPLE_REPORT.checks
  const lost = (value: number) => [{ name: 'lost', value, unit: '', min: null, max: 0 }]
  const again = (id: string, first: number, second: number): CheckResult => ({
    ...{ ...sample, id, verdict: 'fail', measurements: lost(first) },
    again: { verdict: second > 0 ? 'fail' : 'pass', measurements: lost(second) },
  })
  const report: Report = {
    ...SAMPLE_REPORT,
    checks: [again('mac.a', 1, 1), again('mac.b', 1, 2), again('mac.c', 1, 0)],
  }
  const said = [
    'mac.a failed again, with the same figures',
    'mac.b failed again, with other figures',
    'mac.c passed the second time',
  ]

  it('is said by every report for people, and stands in the document', () => {
    const [text, page, junit] = [textReport(report), htmlReport(report), junitReport(report)]
    for (const each of said) for (const form of [text, page, junit]) expect(form).toContain(each)
    expect(JSON.parse(jsonReport(report)).checks[2].again).toEqual({ verdict: 'pass', measurements: lost(0) })
    expect(parseReport(jsonReport(report), 'r.json').checks.map((check) => check.again?.verdict)).toEqual([
      'fail',
      'fail',
      'pass',
    ])
  })

  it('takes a line of a terminal while it goes on, and leaves none', () => {
    let text = ''
    const reporter = new TextReporter((part) => (text += part), { live: true, width: 80 })
    for (const check of report.checks) reporter.finished(check)
    reporter.again(report.checks[0])
    expect(screen(text).split('\n').at(-1)).toContain('...   mac.a')
    reporter.end(report)
    expect(screen(text)).not.toContain('...')
  })
})

describe('hostile strings', () => {
  it.each(reportEndings(CHECK_FORMS))('are shown and never obeyed: no control character is in a %s', (ending) => {
    const text = written(ending, SAMPLE_REPORT)
    // In Markdown brackets and backslashes are escaped.
    expect(text.replaceAll('\\[', '[')).toMatch(/\\\\?(x1b|u001b)\[31m/)
    expect(text).not.toMatch(UNPRINTABLE)
  })

  it.each([true, false])('do not reach a terminal, in colour (%s) or without', (colour) => {
    let text = ''
    const reporter = new TextReporter((part) => (text += part), { colour, live: true, width: 80 })
    reporter.begin(SAMPLE_REPORT)
    for (const check of SAMPLE_REPORT.checks) {
      reporter.started(check)
      reporter.finished(check)
    }
    reporter.end(SAMPLE_REPORT)
    const ours = text.split(PAINT).filter((_, at) => at % 2 === 1)
    expect(ours.filter((sequence) => sequence.endsWith('m')).length > 0).toBe(colour)
    const theirs = text.split(PAINT).filter((_, at) => at % 2 === 0)
    expect(theirs.join('')).not.toMatch(UNPRINTABLE)
    expect(ours).not.toContain('\x1b[31m') // the hostile string's
  })

  it('leave JUnit well-formed, in the eyes of a parser of XML 1.0 (expat)', () => {
    expect(xmlFault(junitReport(SAMPLE_REPORT))).toBe('')
    expect(xmlFault(junitReport(SAMPLE_REPORT).replace('</testsuites>', '\ufffe</testsuites>'))).not.toBe('')
  })

  it('do not open or close an element of the page or of JUnit', () => {
    expect(unbalancedElements(htmlReport(SAMPLE_REPORT), new Set(['meta', 'br', 'rect', 'line', 'col']))).toEqual([])
    expect(unbalancedElements(junitReport(SAMPLE_REPORT), new Set())).toEqual([])
    expect(htmlReport(SAMPLE_REPORT)).not.toContain('<b>')
    expect(junitReport(SAMPLE_REPORT)).not.toContain(']]>')
  })

  it('stay on one line of TAP', () => {
    const lines = tapReport(SAMPLE_REPORT).split('\n')
    expect(lines.filter((line) => /^(not )?ok /.test(line))).toHaveLength(SAMPLE_REPORT.checks.length)
    expect(lines.every((line) => line === '' || /^(TAP version 13|1\.\.4|(not )?ok |# | {2})/.test(line))).toBe(true)
  })
})

describe('the text report', () => {
  it('names layer, check, figure, limit and clause, and says what to do', () => {
    const text = textReport(SAMPLE_REPORT)
    expect(text).toContain('A message returns · median round trip 1.3 ms (at most 20 ms)  [serial-link, Cell]')
    expect(text).toContain('FAIL  spi.miso')
    expect(text).toContain('! ECON2 FFh (must be 80h)')
    expect(text).toContain('! not taken not measured (at most 6000 ms)')
    expect(text).toContain('needs spi.miso, which failed')
    expect(text).toContain('1. miso-open  (confidence 98 %)')
    expect(text).toContain(
      'FAIL  4 checks: 1 passed, 1 warned, 1 failed, 1 skipped: something is broken; most likely miso-open',
    )
  })

  it('is the same whether it is written line by line or at once', () => {
    let lines = ''
    const reporter = new TextReporter((text) => {
      lines += text
    })
    reporter.begin(SAMPLE_REPORT)
    for (const check of SAMPLE_REPORT.checks) {
      reporter.started(check)
      reporter.finished(check)
    }
    reporter.end(SAMPLE_REPORT)
    expect(lines).toBe(textReport(SAMPLE_REPORT))
  })

  it('is on a terminal what it is in a pipe, once each check is done', () => {
    const [trip, miso, link] = SAMPLE_REPORT.checks
    const layers = ['spi', 'spi', 'spi', 'spi', 'chip', 'chip', 'chip', 'phy'] as const
    const skipped = layers.map((layer, index) => ({ ...link, id: `${layer}.${index}`, layer }))
    const report = { ...SAMPLE_REPORT, checks: [miso, ...skipped, { ...trip, id: 'phy.after', layer: 'phy' } as const] }
    let text = ''
    const reporter = new TextReporter((part) => (text += part), { live: true })
    reporter.begin(report)
    for (const check of report.checks) {
      reporter.started(check)
      reporter.finished(check)
    }
    reporter.end(report)
    expect(screen(text)).toBe(textReport(report))
    expect(screen(text)).toMatch(
      /skip {2}spi\.0 to spi\.3: 4 checks.*\n\nchip .*\n {2}skip {2}chip\.4 to chip\.6: 3 checks/,
    )
  })

  it('tells many checks that stand on one failure in one line a layer', () => {
    const [, miso, link] = SAMPLE_REPORT.checks
    const skipped = ['a', 'b', 'c', 'd'].map((name) => ({ ...link, id: `phy.${name}` }))
    const text = textReport({ ...SAMPLE_REPORT, checks: [miso, ...skipped] })
    expect(text).toContain('  skip  phy.a to phy.d: 4 checks, which stand on what failed above\n')
    expect(text).not.toContain('phy.b')
    const reasoned = skipped.map((result) => because(result, keyed('phy.partner.not-ours')))
    expect(textReport({ ...SAMPLE_REPORT, checks: reasoned })).toContain('phy.b')
  })

  it.each([40, 80, 100])('keeps within the width of a terminal of %d columns', (width) => {
    const checks = SAMPLE_REPORT.checks.map((check) => ({
      ...check,
      title: `${check.title}, ${'and more '.repeat(9)}`,
    }))
    const lines = textReport({ ...SAMPLE_REPORT, checks, board: 'uno' }, { width }).split('\n')
    // A word that is longer than a line stays whole.
    const words = (line: string) => line.trim().split(' ').length
    expect(lines.filter((line) => line.length > width && words(line) > 2)).toEqual([])
    expect(lines.filter((line) => /^ {2}(pass|FAIL) {2}\S/.test(line)).length).toBeGreaterThan(1)
  })

  it('does not break the lines of checks where no terminal has a width', () => {
    const title = `A message returns, ${'and returns '.repeat(30)}`
    const [first] = SAMPLE_REPORT.checks
    expect(textReport({ ...SAMPLE_REPORT, checks: [{ ...first, title }] })).toContain(title)
  })

  it('says that a run was interrupted, in one line for what was not done', () => {
    const [first, , link] = SAMPLE_REPORT.checks
    const rest = ['a', 'b', 'c'].map((name) => because({ ...link, id: `phy.${name}` }, INTERRUPTED))
    const text = textReport({ ...SAMPLE_REPORT, checks: [first, ...rest], verdict: 'skip', diagnosis: [] })
    expect(text).toContain('  skip  phy.a to phy.c: 3 checks, which were not finished when the run was interrupted\n')
    expect(text).toMatch(/^SKIP {2}4 checks: .*: interrupted before it was done$/m)
  })
})

describe('JUnit', () => {
  it('counts what a CI server counts', () => {
    const xml = junitReport(SAMPLE_REPORT)
    expect(xml).toMatch(/<testsuites [^>]* tests="4" failures="1" errors="0" time="0.000000">/)
    expect(xml).toContain('<testsuite name="phy" tests="1" failures="0" errors="0" skipped="1" time="0.000000">')
    expect(xml.match(/<testsuite /g)).toHaveLength(4)
    expect(xml).toContain('<skipped message="needs spi.miso, which failed"/>')
  })
})

describe('JUnit, by the form that Jenkins takes', () => {
  it('has no fault, with somebody at the port and with nobody', () => {
    expect(junitFaults(junitReport(SAMPLE_REPORT))).toEqual([])
    expect(junitFaults(junitReport({ ...SAMPLE_REPORT, occupant: null }))).toEqual([])
    const bad = junitReport(SAMPLE_REPORT).replace('<testsuites ', '<testsuites skipped="1" ')
    expect(junitFaults(bad.replace('<properties>', '<properties>text'))).toEqual([
      '<testsuites> has skipped',
      '<properties> has text',
    ])
  })

  it('names who was heard at the port, as the document does, in the first suite', () => {
    const occupant = {
      ...{ who: 'nmea', title: 'a GPS receiver', probability: 0.98, said: ['$GPGGA,1*5A', '$GPRMC,2*5B'] },
      ...{ evidence: ['2 NMEA sentences.', 'It never pauses.'], next: [] },
    }
    const { children: suites } = junitTree(junitReport({ ...SAMPLE_REPORT, occupant }))
    const [properties] = suites[0].children
    expect(properties.children.map(({ attributes: { name, value } }) => [name, value])).toEqual([
      ['seed', '7'],
      ['occupant', 'nmea'],
      ['occupant.title', 'a GPS receiver'],
      ['occupant.probability', '0.98'],
      ['occupant.evidence', '2 NMEA sentences. / It never pauses.'],
      ['occupant.said', '$GPGGA,1*5A / $GPRMC,2*5B'],
    ])
    expect(suites.slice(1).flatMap(({ children }) => children.filter(({ tag }) => tag === 'properties'))).toEqual([])
    expect(junitReport({ ...SAMPLE_REPORT, seed: null, occupant: null })).not.toContain('propert')
  })
})

describe('TAP', () => {
  it('is version 13 with a plan and a test point a check', () => {
    const lines = tapReport(SAMPLE_REPORT).split('\n')
    expect(lines.slice(0, 3)).toEqual(['TAP version 13', '1..4', 'ok 1 - serial.round-trip: A message returns'])
    expect(lines).toContain('not ok 2 - spi.miso: The chip answers')
    expect(lines).toContain('ok 3 - phy.link: The link comes up # SKIP needs spi.miso, which failed')
  })
})

describe('the page', () => {
  it('holds everything it needs and asks nobody for more', () => {
    const page = htmlReport(SAMPLE_REPORT)
    expect(page).not.toMatch(/<script|<link|<img|https?:|url\(/)
    expect(page).toContain('prefers-color-scheme:dark')
    expect(page).toContain('<svg')
  })

  it('puts the columns of a check below one another where the page is narrow', () => {
    const [, narrow] = /@media \(max-width:44rem\)\{(.*?)<\/style>/s.exec(htmlReport(SAMPLE_REPORT)) ?? []
    expect(narrow).toMatch(/table\.checks td\{display:block\}/)
    expect(narrow).toMatch(/table\.checks thead[^{]*\{display:none\}/)
    expect(narrow).toMatch(/\.limit\{white-space:normal\}/)
  })
})

describe('--report FILE', () => {
  it('takes the format from the ending of the name', () => {
    const ending = (path: string) => reportEnding(path, CHECK_FORMS)
    expect(ending('out/a.xml')).toBe('.xml')
    expect(ending('a.HTML')).toBe('.html')
    expect(ending('a.json')).toBe('.json')
    expect(ending('a.ctrf.json')).toBe('.ctrf.json')
    for (const name of ['a', 'a.pdf', 'a.jsonl', 'a.constructor', '']) expect(ending(name)).toBeUndefined()
    expect(written('.json', SAMPLE_REPORT)).toBe(jsonReport(SAMPLE_REPORT))
    expect(written('.html', SAMPLE_REPORT)).toBe(htmlReport(SAMPLE_REPORT))
  })
})

it('the hostile string of these tests is hostile', () => {
  expect(HOSTILE).toMatch(UNPRINTABLE)
})
