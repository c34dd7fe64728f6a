/** Campaigns as a person runs them: on GNU parallel, with a shard that is killed, and what other programs read of them. */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { beforeAll, describe, expect, it } from 'vitest'
import { cli, root, scratch } from '../cli/command.js'
import { runHere } from '../cli/here.js'

const folder = scratch()
const at = (name: string): string => join(folder, name)
const SHARDS = 3

/** Short runs: of the faults one is found in each of its runs, and one seen in none, which is not what is expected. */
const FILE = `version: 1
name: slice
boards: [model:uno]
checks: [spi]
faults:
  - none
  - fault: miso-open
    expect: found
  - fault: cable-noise
    severities: ["0.1V"]
    expect: fail
seeds: 1..7
`

beforeAll(() => {
  writeFileSync(at('slice.yaml'), FILE)
})

/** A line in the folder, with the environment of nobody's engine. @returns its exit status */
function shell(line: string, env: Readonly<Record<string, string>> = {}): Promise<number | null> {
  const child = spawn('sh', ['-c', line], { cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
}

/** Lines that a file has, whole ones. */
const linesIn = (path: string): number => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0)

/** Resolves when the file has so many lines. */
function whenLines(path: string, count: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (linesIn(path) < count) return
      watcher.close()
      resolve()
    }
    const watcher = watch(folder, look)
    look()
  })
}

describe('a campaign', () => {
  const LINE = `echo $$ > pid.$PARALLEL_SEQ; exec node ${cli} campaign slice.yaml --at-once 1`
  const parallel = (): Promise<number | null> =>
    shell(`seq ${SHARDS} | parallel -N0 -j1 '${LINE}'`, { LINKPULSE_SHARDS: `${SHARDS}` })

  it('comes to the same octets on GNU parallel, with a shard killed and resumed, as in one process', async () => {
    const second = at('slice.2-of-3.results.jsonl')
    const first = parallel()
    // The plan, and one run.
    await whenLines(second, 2)
    process.kill(Number(readFileSync(at('pid.2'), 'utf8')), 'SIGKILL')
    expect(await first).not.toBe(0)
    const kept = linesIn(second)
    expect(kept).toBeLessThan(1 + 7)
    const shards = [1, 2, 3].map((shard) => at(`slice.${shard}-of-3.results.jsonl`))
    const early = await runHere('merge', ...shards, '--json')
    expect(JSON.parse(early.stdout).runs.missing).toBe(7 - (kept - 1))
    // A process that is killed while it writes leaves half a line.
    appendFileSync(second, '{"run":19,"verdict":"me')
    await parallel()
    expect(linesIn(second)).toBe(1 + 7)

    const whole = await runHere(
      'campaign',
      at('slice.yaml'),
      '--shard',
      '1/1',
      '--results',
      at('whole.jsonl'),
      '--json',
    )
    const merged = await runHere('merge', shards[2], shards[0], shards[1], shards[0], '--json')
    expect(merged.stdout).toBe(whole.stdout)
    expect([whole.status, merged.status]).toEqual([1, 1])
    expect(JSON.parse(merged.stdout)).toMatchObject({ runs: { planned: 21, met: 14, unmet: 7, missing: 0 } })
  })

  it('has its failures run again by the command that it names', async () => {
    const { stdout } = await runHere('merge', at('whole.jsonl'), '--json')
    const [{ command, seed, severity, outcome }] = JSON.parse(stdout).failures
    expect([seed, severity, outcome]).toEqual([1, '0.1V', 'pass'])
    const [program, ...words] = command.split(' ')
    expect(program).toBe('linkpulse')
    expect((await runHere(...words)).status).toBe(0)
  })

  it('is read by others: CTRF by its schema, JUnit, TAP, and a summary for GitHub', async () => {
    const files = ['a.ctrf.json', 'a.xml', 'a.tap', 'a.md'].map(at)
    await runHere('merge', at('whole.jsonl'), ...files.flatMap((file) => ['--report', file]))
    const [ctrf, junit, tap, markdown] = files.map((file) => readFileSync(file, 'utf8'))
    const ajv = new Ajv({ strict: false, formats: { uuid: true, 'date-time': true, uri: true } })
    const judge = ajv.compile(JSON.parse(readFileSync(join(root, 'test/campaign/ctrf-schema-0.0.json'), 'utf8')))
    expect(judge(JSON.parse(ctrf)), JSON.stringify(judge.errors)).toBe(true)
    expect(JSON.parse(ctrf).results.summary).toMatchObject({ tests: 21, passed: 14, failed: 7 })
    expect(junit).toContain('tests="21" failures="7" errors="0" time="')
    expect(junit).toContain('again: linkpulse check model:uno --only spi --fault cable-noise:0.1V --seed 1')
    expect(tap.match(/^not ok /gm)).toHaveLength(7)
    expect(markdown).toContain('| cable-noise:0.1V (fail) | 0/7 ✗ |')
  })

  it('refuses results of another campaign, and keeps them', async () => {
    writeFileSync(at('other.yaml'), FILE.replace('1..7', '1..8'))
    const before = readFileSync(at('whole.jsonl'))
    const { status, stderr } = await runHere(
      'campaign',
      at('other.yaml'),
      '--shard',
      '1/1',
      '--results',
      at('whole.jsonl'),
    )
    expect([status, stderr]).toEqual([2, expect.stringContaining('has results of another campaign')])
    expect(readFileSync(at('whole.jsonl'))).toEqual(before)
  })
})

it('all that is wrong with a campaign file is told at once, with line, place and remedy', async () => {
  writeFileSync(
    at('wrong.yaml'),
    `version: 1
name: wrong
boards: [model:unno]
checks: [spy]
sketches:
  s: { firmware: nothere.hex, expect: ["x"] }
faults:
  - miso-opn
  - fault: cable-noise
    severity: 1
    severities: ["9kV"]
seeds: 9..3
`,
  )
  const { status, stderr } = await runHere('campaign', at('wrong.yaml'), '--shard', '1/1')
  expect(status).toBe(2)
  const places = stderr.split('\n').flatMap((line) => /wrong\.yaml:(\d+:\d+): ([^:]+):/.exec(line)?.slice(1) ?? [])
  expect(places).toEqual([
    ...['3:10', 'boards[0]'],
    ...['4:10', 'checks[0]'],
    ...['6:3', 'sketches.s'],
    ...['8:5', 'faults[0].fault'],
    ...['10:5', 'faults[1].severity'],
    ...['11:18', 'faults[1].severities[0]'],
    ...['12:1', 'seeds'],
  ])
})
