/** Reports of `check`, `run` and `campaign` in every format, judged by those who read them: Ajv with the schemas of CTRF and OCP, expat, Jenkins' form of JUnit, prove. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { afterEach, describe, expect, it } from 'vitest'
import { root, scratch } from '../cli/command.js'
import { runHere } from '../cli/here.js'
import { faultsByItsSchema } from '../schema/judge.js'
import { junitFaults, junitTree } from '../setup/junit-form.js'
import { xmlFault } from '../setup/xml.js'
import { ocpFaults, ocpLines } from './ocp-form.js'

const folder = scratch()
const at = (name: string): string => join(folder, name)
const read = (name: string): string => readFileSync(at(name), 'utf8')
const ENDINGS = ['json', 'xml', 'html', 'tap', 'ctrf.json', 'md', 'ocp.jsonl'] as const
const reports = (name: string): string[] => ENDINGS.flatMap((ending) => ['--report', at(`${name}.${ending}`)])
const summary = at('step_summary_1cb22d7f')

afterEach(() => {
  delete process.env.GITHUB_STEP_SUMMARY
})

/** Holds every report of one command against those who read it. */
function expectTaken(name: string): void {
  const ajv = new Ajv({ strict: false, formats: { uuid: true, 'date-time': true, uri: true } })
  const ctrf = ajv.compile(JSON.parse(readFileSync(join(root, 'test/campaign/ctrf-schema-0.0.json'), 'utf8')))
  expect(ctrf(JSON.parse(read(`${name}.ctrf.json`))), JSON.stringify(ctrf.errors)).toBe(true)
  expect(faultsByItsSchema(JSON.parse(read(`${name}.json`)))).toEqual([])
  expect(junitFaults(read(`${name}.xml`))).toEqual([])
  expect(ocpFaults(read(`${name}.ocp.jsonl`))).toEqual([])
  // A page is XML but for its first line and what HTML leaves open.
  const page = read(`${name}.html`)
    .replace(/^<!doctype html>/, '')
    .replaceAll('<details open>', '<details>')
  expect(xmlFault(page.replace(/<(meta|br|col)\b([^>]*)>/g, '<$1$2/>'))).toBe('')
  // The words of prove: what failed is no fault of the form.
  const [, planned] = /^TAP version 13\n1\.\.(\d+)\n/.exec(read(`${name}.tap`)) ?? []
  const { stdout, stderr } = spawnSync('prove', ['-e', 'cat', at(`${name}.tap`)], { encoding: 'utf8' })
  expect(stdout + stderr).toContain(`Files=1, Tests=${planned},`)
  expect(stdout + stderr).not.toContain('Parse errors')
}

describe('check', () => {
  const words = ['check', '--only', 'spi', '--fault', 'miso-open', '--seed', '7']
  const again = 'linkpulse check --fault miso-open --only spi --seed 7'

  it('writes every format at once, each with the times, the diagnosis, the failing seed and the command', async () => {
    process.env.GITHUB_STEP_SUMMARY = summary
    writeFileSync(summary, 'from another program\n')
    const { status, stderr } = await runHere(...words, ...reports('c'), '--report', at('c.txt'), '--report', summary)
    expect([status, stderr]).toEqual([1, ''])
    expectTaken('c')
    const cases = junitTree(read('c.xml')).children[0].children
    const [failed] = cases.filter(({ children }) => children.some(({ tag }) => tag === 'failure'))
    expect(Number(failed.attributes.time)).toBeGreaterThan(0)
    expect(failed.children[0].text).toMatch(/^diagnosis: miso-open \(\d+ %\): Check the wire from SO/)
    expect(failed.children[0].text).toContain(`\nseed: 7\nagain: ${again}`)
    expect(read('c.tap')).toContain(`\n  again: "${again}"\n`)
    const { tests, extra } = JSON.parse(read('c.ctrf.json')).results
    const [red] = tests.filter(({ status }: { readonly status: string }) => status === 'failed')
    expect([red.extra.seed, red.extra.command, extra.diagnosis[0].cause]).toEqual([7, again, 'miso-open'])
    expect(read('c.md')).toMatch(/^1\. \*\*miso-open\*\* \(confidence \d+ %\) /m)
    // It is added to, in Markdown, though its name has no ending.
    expect(readFileSync(summary, 'utf8')).toBe(`from another program\n${read('c.md')}`)
    const page = read('c.html')
    expect(page).toContain('<code>miso-open</code>')
    expect(page).toContain('<svg')
  })

  it('has its figures as measurements of OCP, their limits as validators, and what is broken as a diagnosis', () => {
    const lines = ocpLines(read('c.ocp.jsonl'))
    const steps = lines.flatMap(({ testStepArtifact }) => (testStepArtifact === undefined ? [] : [testStepArtifact]))
    const measured = steps.flatMap(({ measurement }) => (measurement === undefined ? [] : [measurement]))
    expect(measured).toContainEqual({
      name: 'answers 00h',
      value: 0,
      validators: [{ name: 'at most 100', type: 'LESS_THAN_OR_EQUAL', value: 100 }],
    })
    expect(measured).toContainEqual({
      name: 'ECON2',
      value: 0xff,
      validators: [{ name: '80h', type: 'EQUAL', value: 0x80 }],
    })
    expect(measured).toContainEqual({ name: 'slow clock', value: 0.5, unit: 'MHz' })
    const validators = [
      { name: '01h to 1Eh', type: 'GREATER_THAN_OR_EQUAL', value: 1 },
      { name: '01h to 1Eh', type: 'LESS_THAN_OR_EQUAL', value: 0x1e },
    ]
    expect(measured).toContainEqual({ name: 'EREVID', value: 0xff, validators })
    const diagnoses = steps.flatMap(({ diagnosis }) => (diagnosis === undefined ? [] : [diagnosis]))
    expect(diagnoses).toContainEqual(expect.objectContaining({ verdict: 'spi.miso-fail', type: 'FAIL' }))
    expect(diagnoses).toContainEqual(expect.objectContaining({ verdict: 'miso-open', type: 'FAIL' }))
    expect(lines[1].testRunArtifact?.testRunStart).toMatchObject({ commandLine: again, parameters: { seed: 7 } })
    expect(lines.at(-1)?.testRunArtifact).toEqual({ testRunEnd: { status: 'COMPLETE', result: 'FAIL' } })
  })

  it('names the endings where one says no format', async () => {
    const unknown = await runHere('check', '--report', at('a.xml'), '--report', at('a.pdf'))
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      `linkpulse: the name of a --report file says its format: it ends in .json, .xml, .html, .tap, .ctrf.json, .md, .ocp.jsonl, .txt, and ${at('a.pdf')} in none of them\n`,
    ])
    // Only the runner says that a name without an ending is Markdown.
    expect((await runHere('check', '--report', summary)).status).toBe(2)
  })
})

describe('run', () => {
  const image = join(root, 'firmware/bridge/images/bridge-uno.hex')

  it('writes every format at once: what was expected, how it ended, and what runs it again', async () => {
    const { status } = await runHere('run', image, '--expect', 'IP: ', '--timeout', '0.1', ...reports('r'))
    expect(status).toBe(4)
    expectTaken('r')
    const again = `linkpulse run ${image} --expect 'IP: ' --timeout 0.1 --seed 1`
    expect(JSON.parse(read('r.json'))).toMatchObject({
      command: again,
      status: 4,
      expectations: [{ name: 'expect "IP: "', verdict: 'late', reason: 'it was not printed' }],
      findings: [],
    })
    expect(read('r.xml')).toContain('<failure message="it was not printed">seed: 1\nagain: linkpulse run ')
    expect(read('r.md')).toContain(`\`\`\`sh\n${again}\n\`\`\``)
    expect(read('r.tap')).toMatch(/^not ok 1 - bridge-uno expect "IP: "$/m)
  })

  it('is red in its report where it is red in its exit status, with no expectation that is not met', async () => {
    const { status } = await runHere('run', image, '--timeout', '0.01', '--report', at('late.xml'))
    expect(status).toBe(4)
    expect(read('late.xml')).toContain('tests="1" failures="1"')
    expect(read('late.xml')).toContain('<failure message="the time was over before all of it was done">')
  })
})

describe('campaign', () => {
  it('writes every format at once, from the same hands', async () => {
    const lines = ['version: 1', 'name: small', 'boards: [model:uno]', 'checks: [serial.session]', 'seeds: 1..2']
    writeFileSync(at('small.yaml'), `${lines.join('\n')}\n`)
    const results = ['--results', at('small.results.jsonl'), '--shard', '1/1', '--at-once', '1']
    expect((await runHere('campaign', at('small.yaml'), ...results, ...reports('m'))).status).toBe(0)
    expectTaken('m')
    expect(ocpLines(read('m.ocp.jsonl')).at(-1)?.testRunArtifact?.testRunEnd).toEqual({
      status: 'COMPLETE',
      result: 'PASS',
    })
  })
})
