/**
 * `make bench`: measures, and prints each figure beside the peer or limit it was measured against in the same run.
 * `make bench AGAINST=COMMIT`: this tree's figures beside another commit's, in turns.
 *
 *   npm run --silent bench -- [--json] [--only NAME]... [--list] [--against COMMIT [--rounds N]]
 *
 * Exit status: 0 measured; 1 slower than the other commit beyond the spread; 2 wrong usage.
 */
import { parseArgs } from 'node:util'
import { AgainstError, benchAgainst, type Comparison } from './against.js'
import { ALL } from './all.js'
import type { BenchFigure } from './figure.js'

const USAGE = `usage: npm run --silent bench -- [--json] [--only NAME]... [--list] [--against COMMIT [--rounds N]]
benchmarks: ${ALL.map(({ name }) => name).join(', ')}`

const ROUNDS = 5

function refuse(what: string): never {
  console.error(`bench: ${what}\n${USAGE}`)
  return process.exit(2)
}

function readWords() {
  try {
    const options = {
      json: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      list: { type: 'boolean' },
      against: { type: 'string' },
      rounds: { type: 'string' },
    } as const
    return parseArgs({ options }).values
  } catch (error) {
    // A word that is not understood is the caller's, and no place in this program helps with it.
    return refuse((error as Error).message)
  }
}

const values = readWords()
if (values.list) {
  for (const { name } of ALL) console.log(name)
  process.exit(0)
}

const only = values.only ?? []
const unknown = only.filter((name) => !ALL.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  refuse(`there is no benchmark ${unknown.join(', ')}`)
}
const rounds = values.rounds === undefined ? ROUNDS : Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 3 || rounds > 99) {
  refuse(`--rounds takes 3 to 99, not "${values.rounds}": fewer have no spread`)
}
if (values.rounds !== undefined && values.against === undefined) refuse('--rounds goes with --against COMMIT')

if (values.against === undefined) await measure()
else await compareWith(values.against)

async function measure(): Promise<void> {
  const figures: BenchFigure[] = []
  for (const benchmark of ALL) {
    if (only.length > 0 && !only.includes(benchmark.name)) continue
    progress(benchmark.name)
    for (const figure of await benchmark.run()) {
      figures.push(figure)
      if (!values.json) printRow(figure)
    }
  }
  if (values.json) console.log(JSON.stringify(figures, null, 2))
}

async function compareWith(commit: string): Promise<void> {
  try {
    let compared = 0
    const onComparison = (comparison: Comparison) => {
      if (values.json) return
      if (compared++ === 0)
        console.log(`speed over that of ${commit}: median (quartiles) of ${rounds} rounds; above 1 is faster`)
      printComparison(comparison)
    }
    // Beside the comparisons, which may be JSON.
    const onUnmatched = (what: string) => console.error(`not compared: ${what}`)
    const comparisons = await benchAgainst({ commit, only, rounds, onComparison, onUnmatched, onProgress: progress })
    const slower = comparisons.filter((each) => each.slower)
    if (values.json) console.log(JSON.stringify(comparisons, null, 2))
    else
      console.log(
        `${comparisons.length} figures: ${slower.length === 0 ? 'none' : slower.length} slower by more than 5 % beyond the spread`,
      )
    if (slower.length > 0) process.exitCode = 1
  } catch (error) {
    if (!(error instanceof AgainstError)) throw error
    refuse(error.message)
  }
}

function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`  ${what}\x1b[K\r`)
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)
}

function printRow({ name, value, unit, against, ratio, aim }: BenchFigure): void {
  const goal = aim === undefined ? '' : `   aim ${aim}`
  console.log(`${name.padEnd(40)} ${short(ratio).padStart(7)} x   ${short(value)} ${unit} against ${against}${goal}`)
}

function printComparison({ name, speed, low, high, value, before, unit, slower }: Comparison): void {
  const spread = `(${low.toFixed(3)} to ${high.toFixed(3)})`
  const mark = slower ? '   SLOWER' : ''
  console.log(`${name.padEnd(44)} ${speed.toFixed(3)} ${spread}   ${short(before)} -> ${short(value)} ${unit}${mark}`)
}
