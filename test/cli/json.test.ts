/** Every JSON that a command prints names its schema, and that schema takes it. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SCHEMA_ADDRESSES } from '../../boards/schema/published.js'
import { reportDocument } from '../../host/check/report/document.js'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { faultsByItsSchema } from '../schema/judge.js'
import { SAMPLE_REPORT } from '../support/sample-report.js'
import { root, scratch } from './command.js'
import { runHere, runHereWith } from './here.js'

const folder = scratch()
// No `net up` of anybody's is known there.
process.env.XDG_RUNTIME_DIR = folder
afterAll(() => rmSync(folder, { recursive: true }))

const REPORT = join(folder, 'report.json')
writeFileSync(REPORT, JSON.stringify(reportDocument(SAMPLE_REPORT)))
/** An octet, 41h, and a line at rest, at 9600 baud. */
const UART = join(folder, 'uart.csv')
writeFileSync(UART, `Time [s],RX\n${[...'1110100000101111'].map((level, i) => `${i / 9600},${level}\n`).join('')}`)
const CAMPAIGN = join(folder, 'campaign.yaml')
writeFileSync(CAMPAIGN, 'version: 1\nname: json\nboards: [model:uno]\nchecks: [chip.revision]\n')
const RESULTS = join(folder, 'campaign.results.jsonl')
const ONE_CHECK = ['--only', 'chip.revision']

/** Of each command what follows it, once for each form of what it prints: one document, a list of them, or one a line. */
const RUNS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  check: [
    ONE_CHECK,
    ['--list'],
    ['--watch', '--rounds', '2', ...ONE_CHECK],
    ['model:uno', '--against', 'model:nano', '--programs', '1'],
  ],
  diagnose: [[REPORT]],
  compare: [[REPORT, REPORT]],
  // Every command of the prompt, and a rule of the data sheet broken.
  chip: [
    [
      'model:uno',
      'help; reset; read ECON1 ERDPT; read ERDPT; phy read PHSTAT1; init; link; int; dump; mem write 0 0102; mem read 0 2; ' +
        'raw 00 ? 1; send 020000000002020000000001080045; receive 1; wait 1; raw 80 01; set ECON1 TXRST; clear ECON1 TXRST; ' +
        'phy write PHLCON 1234; raw A0 01',
    ],
  ],
  doctor: [['model:uno']],
  // What it prints beside the end of a run: test/avr/scenario.test.ts.
  run: [['firmware/bridge/images/bridge-uno.hex', '--for', '0.01', '--expect', 'x']],
  audit: [[UART]],
  campaign: [[CAMPAIGN, '--results', RESULTS]],
  merge: [[RESULTS]],
  'net stat': [[]],
  'lab up': [['docs/labs/first.yaml', '--captures', folder]],
  'lab check': [['docs/labs/two-networks.yaml']],
  drill: [['test/drill/abort.pkt']],
  ports: [[]],
  boards: [[], ['uno']],
  connectors: [[], ['DE-9']],
  cables: [[], ['null-modem', '--ends', 'DB-25']],
  lines: [[], ['rs-232'], ['rs-449']],
  faults: [[], ['cable-noise']],
}

type Document = { readonly $schema?: string; readonly version?: number }

/** One document, a list of them, or one a line. */
function documentsIn(text: string): readonly Document[] {
  const lines = text.trimEnd().split('\n')
  const values: (Document | Document[])[] = text.startsWith('{"')
    ? lines.map((line) => JSON.parse(line))
    : [JSON.parse(text)]
  return values.flat()
}

describe('with --json', () => {
  const seen = new Set<string | undefined>()
  const runs = Object.entries(RUNS).flatMap(([name, all]) => all.map((words) => [name, words] as const))

  it('every command that has the option is run below', () => {
    const having = COMMANDS.filter(({ options }) => 'json' in options).map(({ name }) => name)
    expect(Object.keys(RUNS)).toEqual(having)
  })

  it.each(runs)('%s %j prints what its own schema takes', async (name, words) => {
    const { stdout, stderr } = await runHere(...name.split(' '), ...words, '--json')
    // How it stands is said there.
    if (name !== 'run' && name !== 'campaign') expect(stderr).toBe('')
    for (const document of documentsIn(stdout)) {
      expect(faultsByItsSchema(document)).toEqual([])
      expect(document.version).toBeGreaterThan(0)
      seen.add(document.$schema)
    }
  })

  it('mission --save writes what its own schema takes', async () => {
    const file = join(folder, 'result.json')
    await runHereWith('send\n', 'mission', 'silence', '--save', file)
    const document = JSON.parse(readFileSync(file, 'utf8')) as Document
    expect(faultsByItsSchema(document)).toEqual([])
    seen.add(document.$schema)
  })

  it('campaign keeps lines that its own schema takes', () => {
    const kept = documentsIn(readFileSync(RESULTS, 'utf8'))
    expect(kept.length).toBe(2)
    expect(faultsByItsSchema(kept[0])).toEqual([])
    seen.add(kept[0].$schema)
  })

  it('run --report FILE.json writes what its own schema takes', async () => {
    const file = join(folder, 'run.json')
    await runHere('run', join(root, 'firmware/bridge/images/bridge-uno.hex'), '--for', '0.01', '--report', file)
    const document = JSON.parse(readFileSync(file, 'utf8')) as Document
    expect(faultsByItsSchema(document)).toEqual([])
    seen.add(document.$schema)
  })

  it('they have printed every form that is published', () => {
    // This machine may have no serial port (test/schema/schemas.test.ts makes some up), and a campaign is written by people.
    const printed = new Set([...seen, SCHEMA_ADDRESSES['serial-port'], SCHEMA_ADDRESSES.campaign])
    expect([...printed].sort()).toEqual(Object.values(SCHEMA_ADDRESSES).sort())
  })

  it('nothing else in the command line makes JSON of anything', () => {
    const files = readdirSync(join(root, 'host/node/cli'), { recursive: true, encoding: 'utf8' })
    const makers = files.filter(
      (file) =>
        /(?<!\.test)\.ts$/.test(file) &&
        /JSON\.stringify|json-text/.test(readFileSync(join(root, 'host/node/cli', file), 'utf8')),
    )
    expect(makers).toEqual(['print-json.ts'])
  })
})
