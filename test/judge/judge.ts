/**
 * `make judge`: the whole of each long test, of which `make test` runs a slice. It may be interrupted at any time: what has passed for
 * this very tree is not run again.
 *
 *   npm run --silent judge -- [--only PART]... [--again] [--list]
 *
 * Exit status: 0 all of it passed, now or before; 1 a piece failed; 2 wrong usage; 130 interrupted.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Extent, filesOf, PARTS, type Part, type PartName, piecesOf, VARIABLE, writeExtent } from './parts.js'
import { type Passed, readPassed } from './passed.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, 'dist', 'judge')
const RESULTS = join(FOLDER, 'passed.json')
const NAMES = Object.keys(PARTS) as PartName[]
const USAGE = `usage: npm run --silent judge -- [--only PART]... [--again] [--list]\nparts: ${NAMES.join(', ')}`

function refuse(what: string): never {
  console.error(`judge: ${what}\n${USAGE}`)
  return process.exit(2)
}

function readWords() {
  try {
    const options = {
      only: { type: 'string', multiple: true },
      again: { type: 'boolean' },
      list: { type: 'boolean' },
    } as const
    return parseArgs({ options }).values
  } catch (error) {
    return refuse((error as Error).message) // the caller's word, which no place in this program helps with
  }
}

/** What the tree is: its commit, and what was changed since. Results of another tree do not count for this one. */
function treeHash(): string {
  const git = (...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`)
    return stdout
  }
  const changes = git('diff', 'HEAD') + git('ls-files', '--others', '--exclude-standard')
  return `${git('rev-parse', 'HEAD').trim()}-${createHash('sha256').update(changes).digest('hex').slice(0, 12)}`
}

let running: ReturnType<typeof spawn> | undefined

/** Runs one piece; what it printed, and whether it passed. */
function run(name: PartName, extent: Extent): Promise<{ readonly passed: boolean; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...filesOf(name), '--testTimeout=0'],
      { cwd: ROOT, env: { ...process.env, [VARIABLE]: writeExtent(name, extent) }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    running = child
    let output = ''
    const take = (chunk: unknown): void => {
      output += String(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', reject)
    child.on('close', (status) => resolve({ passed: status === 0, output }))
  })
}

const values = readWords()
if (values.list) {
  for (const name of NAMES) {
    const { of, slice, whole }: Part = PARTS[name]
    console.log(`${name.padEnd(16)} ${whole} ${of} (${slice} in make test: ${filesOf(name).join(', ')})`)
  }
  process.exit(0)
}
const unknown = (values.only ?? []).filter((name) => !Object.hasOwn(PARTS, name))
if (unknown.length > 0) refuse(`there is no part ${unknown.join(', ')}`)
const names = NAMES.filter((name) => values.only === undefined || values.only.includes(name))

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    running?.kill('SIGTERM')
    console.error(`\ninterrupted: what has passed is kept; \`make judge\` goes on from here`)
    process.exit(130)
  })
}

const tree = treeHash()
mkdirSync(FOLDER, { recursive: true })
const passed: Passed = values.again ? {} : readPassed(() => readFileSync(RESULTS, 'utf8'), tree)
let passes = 0
let failures = 0
for (const name of names) {
  const { of, whole }: Part = PARTS[name]
  console.log(`${name}: ${whole} ${of}`)
  let seconds = 0
  for (const extent of piecesOf(name)) {
    const piece = writeExtent(name, extent)
    const before = passed[piece]
    if (before !== undefined) {
      seconds += before
      passes++
      continue
    }
    const began = process.hrtime.bigint()
    const { passed: fine, output } = await run(name, extent)
    const took = Number(process.hrtime.bigint() - began) / 1e9
    seconds += took
    console.log(`  ${fine ? 'pass' : 'FAIL'}  ${piece.padEnd(34)} ${took.toFixed(1)} s`)
    if (fine) {
      passes++
      passed[piece] = took
      writeFileSync(`${RESULTS}.new`, JSON.stringify({ tree, passed }, null, 2))
      renameSync(`${RESULTS}.new`, RESULTS) // whole, or as it was
    } else {
      failures++
      console.log(output.replaceAll(/^/gm, '      '))
      console.log(`        again: ${VARIABLE}=${piece} npx vitest run ${filesOf(name).join(' ')}`)
    }
  }
  console.log(`  ${name}: ${seconds.toFixed(0)} s`)
}
console.log(`${passes} passed, ${failures} failed`)
process.exitCode = failures > 0 ? 1 : 0
