/** Every format with every kind of content, and with strings nobody would write by accident; judged by the same readers as reports of commands are. */
import { describe, expect, it } from 'vitest'
import { ocpFaults, ocpLines } from '../../test/reports/ocp-form.js'
import { junitFaults } from '../../test/setup/junit-form.js'
import { UNPRINTABLE } from '../../test/setup/unprintable.js'
import { xmlFault } from '../../test/setup/xml.js'
import { HOSTILE } from '../../test/support/sample-report.js'
import { EN } from '../text/en.js'
import { ZH } from '../text/zh.js'
import { REPORT_ENDINGS } from './endings.js'
import { reportWritten } from './formats.js'
import { markdownOfTests } from './markdown.js'
import type { TestCase, TestMeasurement, TestResults, TestVerdict } from './test-results.js'

const figure = { name: `volts ${HOSTILE}`, unit: 'V', min: null, max: 3.3, shown: '3 V', limit: 'at most 3.3 V' }
const MEASURED: readonly TestMeasurement[] = [
  { ...figure, value: 3 },
  { ...figure, value: null },
  { ...figure, value: Number.NaN, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
  { ...figure, value: 2, min: 2, max: 2, unit: '', limit: '' },
]

function caseOf(verdict: TestVerdict, more: Partial<TestCase> = {}): TestCase {
  const reason = verdict === 'pass' ? '' : HOSTILE
  return { name: `${verdict} ${HOSTILE}`, verdict, seconds: 0.25, reason, details: [HOSTILE], ...more }
}

const HOSTILE_RESULTS: TestResults = {
  name: HOSTILE,
  subject: HOSTILE,
  seed: 7,
  command: `linkpulse run ${HOSTILE}`,
  suites: [
    {
      name: 'phy',
      isLayer: true,
      cases: [caseOf('pass', { measurements: MEASURED, reference: HOSTILE, id: 'phy.a' })],
    },
    {
      name: HOSTILE,
      output: `first\r\nsecond ${HOSTILE}`,
      cases: [caseOf('fail', { output: [HOSTILE] }), caseOf('skip')],
    },
    { name: 'more', seconds: 1, cases: [caseOf('warn'), caseOf('fail', { seed: 9, command: 'linkpulse again' })] },
  ],
  diagnosis: [{ cause: HOSTILE, confidence: 0.5, evidence: [HOSTILE], remedy: HOSTILE }],
  properties: { who: HOSTILE },
  remarks: [HOSTILE],
  findings: [HOSTILE],
  table: [
    ['', HOSTILE],
    [HOSTILE, '1/2'],
  ],
}

const FORMS = { own: { '.json': () => '' }, tests: (results: TestResults) => results }
const written = (ending: string, results: TestResults, words = EN): string =>
  reportWritten(ending, results, FORMS, { words, version: '1.2.3' })

describe.each([EN, ZH])('whatever is in the results, in $language', (words) => {
  it.each(REPORT_ENDINGS)('a %s shows it and obeys none of it', (ending) => {
    expect(written(ending, HOSTILE_RESULTS, words)).not.toMatch(UNPRINTABLE)
  })

  it('readers take it', () => {
    expect(junitFaults(written('.xml', HOSTILE_RESULTS, words))).toEqual([])
    expect(ocpFaults(written('.ocp.jsonl', HOSTILE_RESULTS, words))).toEqual([])
    const page = written('.html', HOSTILE_RESULTS, words).replace('<!doctype html>', '')
    expect(xmlFault(page.replace(/<meta([^>]*)>/g, '<meta$1/>'))).toBe('')
    const points = written('.tap', HOSTILE_RESULTS, words).match(/^(not )?ok \d+ - /gm)
    expect(points).toEqual(['ok 1 - ', 'not ok 2 - ', 'ok 3 - ', 'ok 4 - ', 'not ok 5 - '])
  })
})

describe('OCP Test & Validation', () => {
  const steps = ocpLines(written('.ocp.jsonl', HOSTILE_RESULTS)).flatMap(
    ({ testStepArtifact }) => testStepArtifact ?? [],
  )

  it('has limits as validators, and a log where nothing could be measured', () => {
    const found = steps.flatMap(({ measurement }) => (measurement === undefined ? [] : [measurement]))
    expect(found).toMatchObject([
      { value: 3, unit: 'V', validators: [{ name: 'at most 3.3 V', type: 'LESS_THAN_OR_EQUAL', value: 3.3 }] },
      { value: 2, validators: [{ type: 'EQUAL', value: 2 }] },
    ])
    expect(steps.filter(({ testStepId, log }) => testStepId === '0' && log !== undefined)).toHaveLength(2)
  })

  it('counts simulated time, and ends a step that was skipped as such', () => {
    const lines = ocpLines(written('.ocp.jsonl', HOSTILE_RESULTS))
    expect(lines.at(-1)?.timestamp).toBe('1970-01-01T00:00:01.250Z')
    const ends = steps.flatMap(({ testStepEnd }) => (testStepEnd === undefined ? [] : [testStepEnd]))
    expect(ends.map((end) => (end as { status: string }).status)).toEqual([
      ...['COMPLETE', 'COMPLETE', 'SKIP', 'COMPLETE', 'COMPLETE', 'COMPLETE'],
    ])
  })

  it('is told apart from what is none, with the schemas at hand or without', () => {
    const text = written('.ocp.jsonl', HOSTILE_RESULTS)
    expect(ocpFaults(text.replace('"sequenceNumber":3', '"sequenceNumber":4'))).toEqual(['line 3 has the number 4'])
    expect(ocpFaults(text.replace('"version":', '"release":'))).toContain('line 1: testRunStart: version, release')
    expect(ocpFaults(text.replace('"testStepEnd":', '"testStepStop":')).length).toBeGreaterThan(0)
  })

  it('passes nothing where nothing was tested', () => {
    const suites = [{ name: 'a', cases: [caseOf('skip')] }]
    const end = ocpLines(written('.ocp.jsonl', { name: 'a', subject: 'b', suites })).at(-1)?.testRunArtifact
    expect(end).toEqual({ testRunEnd: { status: 'SKIP', result: 'NOT_APPLICABLE' } })
  })
})

describe('a report of very many cases', () => {
  const cases = Array.from({ length: 5000 }, (_, at) => caseOf(at % 2 === 0 ? 'fail' : 'pass', { name: `seed ${at}` }))
  const results: TestResults = { name: 'many', subject: 'uno', suites: [{ name: 'a', cases }] }

  it('lists as many of them as a page can show, and says how many there are more', () => {
    expect(markdownOfTests(results).match(/^- \*\*a\*\*/gm)).toHaveLength(50)
    expect(markdownOfTests(results)).toContain('- and 2450 more: see a --report\n')
    expect(Buffer.byteLength(markdownOfTests(results))).toBeLessThan(1 << 20)
    const page = written('.html', results)
    expect(page.match(/<tr>/g)).toHaveLength(500)
    expect(page).toContain('and 4500 more')
    expect(written('.tap', results)).toContain('\nok 5000 - a seed 4999\n')
  })
})

it('a failure has seed and command of its own, or those of all', () => {
  const junit = written('.xml', HOSTILE_RESULTS)
  expect(junit).toContain('\nseed: 9\nagain: linkpulse again</failure>')
  expect(junit).toContain('\nseed: 7\nagain: linkpulse run ')
})
