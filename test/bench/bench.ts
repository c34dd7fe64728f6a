/**
 * `make bench`: measures, and prints each figure beside the peer or limit it was measured against in the same run.
 *
 *   npm run --silent bench -- [--json] [--only NAME]... [--list]
 */
import { parseArgs } from 'node:util'
import { ALL } from './all.js'
import type { Figure } from './figure.js'

const USAGE = `usage: npm run --silent bench -- [--json] [--only NAME]... [--list]
benchmarks: ${ALL.map(({ name }) => name).join(', ')}`

function readWords() {
  try {
    const options = {
      json: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      list: { type: 'boolean' },
    } as const
    return parseArgs({ options }).values
  } catch (error) {
    // A word that is not understood is the caller's, and no place in this program helps with it.
    console.error(`bench: ${(error as Error).message}\n${USAGE}`)
    return process.exit(2)
  }
}

const values = readWords()
if (values.list) {
  for (const { name } of ALL) console.log(name)
  process.exit(0)
}

const unknown = (values.only ?? []).filter((name) => !ALL.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(
    `bench: there is no benchmark ${unknown.join(', ')}; there are ${ALL.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}

const figures: Figure[] = []
for (const benchmark of ALL) {
  if (values.only && !values.only.includes(benchmark.name)) continue
  if (process.stderr.isTTY) process.stderr.write(`  ${benchmark.name} …\r`)
  for (const figure of await benchmark.run()) {
    figures.push(figure)
    if (!values.json) printRow(figure)
  }
}
if (values.json) console.log(JSON.stringify(figures, null, 2))

function printRow({ name, value, unit, against, ratio, aim }: Figure): void {
  const short = (x: number) => (Math.abs(x) >= 100 ? x.toFixed(0) : x.toPrecision(3))
  const goal = aim === undefined ? '' : `   aim ${aim}`
  console.log(`${name.padEnd(40)} ${short(ratio).padStart(7)} x   ${short(value)} ${unit} against ${against}${goal}`)
}
