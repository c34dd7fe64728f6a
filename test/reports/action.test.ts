/** The action of GitHub's: its form, and its scripts in bash as a runner starts them, with the command line as npx finds it in a project. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { cli, root, scratch } from '../cli/command.js'
import { type ActionFile, actionFaults, withInputs } from './action-form.js'

const text = readFileSync(join(root, 'action.yml'), 'utf8')
const action = parse(text) as ActionFile

describe('action.yml', () => {
  it('is what GitHub takes as the metadata of a composite action', () => {
    expect(actionFaults(action)).toEqual([])
    const broken = parse(text.replace('using: composite', 'using: compost')) as ActionFile
    expect(actionFaults(broken)).toEqual(['it does not run steps'])
    const careless = parse(text.replace('"$FIRMWARE" ] &&', `"\${{ inputs.firmwear }}" ] &&`)) as ActionFile
    expect(actionFaults(careless)).toEqual(['step 0 has an expression in its script', 'there is no input firmwear'])
  })

  it.each(['docs/ci.md', 'docs/campaign.md'])('is used in %s with inputs that it has', (page) => {
    const uses = readFileSync(join(root, page), 'utf8')
      .split('```')
      .filter((block) => block.startsWith('yaml\n') && block.includes('/linkpulse@'))
      .map((block) => parse(block.slice('yaml\n'.length)) as { jobs: Record<string, { steps: Step[] }> })
      .flatMap(({ jobs }) => Object.values(jobs).flatMap(({ steps }) => steps))
      .filter((step) => step.uses?.includes('/linkpulse@'))
    expect(uses.length).toBeGreaterThan(0)
    for (const { with: given = {} } of uses)
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)))
  })
})

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
}

describe('the script of the action', () => {
  const workspace = scratch()
  const at = (name: string): string => join(workspace, name)

  beforeAll(() => {
    mkdirSync(at('node_modules/.bin'), { recursive: true })
    symlinkSync(cli, at('node_modules/.bin/linkpulse'))
    writeFileSync(at('package.json'), '{ "private": true }')
    symlinkSync(join(root, 'firmware/bridge/images/bridge-uno.hex'), at('my sketch.hex'))
  })

  /** As a runner does a step with `shell: bash` ("Workflow syntax", jobs.<job_id>.steps[*].shell). */
  function perform(given: Readonly<Record<string, string>>) {
    const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''])
    const inputs: Record<string, string> = { ...Object.fromEntries(defaults), ...given }
    const [step] = action.runs.steps
    const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, withInputs(value, inputs)])
    for (const file of ['script.sh', 'summary', 'output']) writeFileSync(at(file), '')
    writeFileSync(at('script.sh'), step.run ?? '')
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', at('script.sh')],
      {
        cwd: join(workspace, withInputs(step['working-directory'] ?? '.', inputs)),
        env: {
          ...process.env,
          LC_ALL: 'C.UTF-8',
          ...Object.fromEntries(env),
          GITHUB_STEP_SUMMARY: at('summary'),
          GITHUB_OUTPUT: at('output'),
        },
        encoding: 'utf8',
      },
    )
    const outputs = Object.fromEntries(
      readFileSync(at('output'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split('=')),
    )
    return { status, told: stdout + stderr, outputs, summary: readFileSync(at('summary'), 'utf8') }
  }

  it('runs firmware, is red where it is red, keeps every report and writes the summary; nothing of an input is executed', () => {
    const { status, told, outputs, summary } = perform({
      firmware: 'my sketch.hex\n',
      expect: 'IP: $(touch executed)\n"; touch executed; "\n',
      timeout: '0.05',
      arguments: '--fault\nmiso-open',
    })
    expect([status, outputs], told).toEqual([4, { status: '4', reports: './linkpulse-reports' }])
    expect(existsSync(at('executed'))).toBe(false)
    expect(readdirSync(at('linkpulse-reports')).sort()).toEqual(
      ['frames.pcapng', ...['ctrf.json', 'html', 'json', 'ocp.jsonl', 'xml'].map((each) => `report.${each}`)].sort(),
    )
    const { expectations, command } = JSON.parse(readFileSync(at('linkpulse-reports/report.json'), 'utf8'))
    expect(expectations.map(({ name }: { readonly name: string }) => name)).toEqual([
      'expect "IP: $(touch executed)"',
      'expect "\\"; touch executed; \\""',
    ])
    expect(command).toContain("linkpulse run 'my sketch.hex'")
    expect(summary).toMatch(/^## ❌ linkpulse run\n\n2 tests: 0 passed, 2 failed, 0 skipped\n/)
  })

  it('runs a campaign, and is green where it is green', () => {
    mkdirSync(at('deep'), { recursive: true })
    const file = ['version: 1', 'name: small', 'boards: [model:uno]', 'checks: [serial.session]']
    writeFileSync(at('deep/small.yaml'), `${file.join('\n')}\n`)
    const { status, told, outputs, summary } = perform({
      campaign: 'small.yaml',
      'working-directory': 'deep',
      reports: 'kept',
      arguments: '--at-once=1\n--shard=1/1',
    })
    expect([status, outputs], told).toEqual([0, { status: '0', reports: 'deep/kept' }])
    expect(existsSync(at('deep/kept/campaign.results.jsonl'))).toBe(true)
    expect(summary).toMatch(/^## ✅ small\n/)
  })

  it.each([{}, { firmware: 'a.hex', campaign: 'b.yaml' }, { campaign: 'b.yaml', expect: 'x' }])(
    'says what to give where inputs do not belong together: %j',
    (given) => {
      const { status, told } = perform(given)
      expect([status, told]).toEqual([2, expect.stringMatching(/^::error::linkpulse: give firmware, /)])
    },
  )
})
