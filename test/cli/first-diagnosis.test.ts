/**
 * The way of docs/hardware.md from the box to the first right diagnosis, step by step: each command is taken from the page and run, with an
 * emulated board behind a pseudo-terminal, and what the page shows is compared with what is printed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { portTable } from '../../host/node/cli/commands/ports.js'
import { isOmission, type Shown, shown } from '../docs/shown.js'
import { variation } from '../judge/variations.js'
import { root, runCli } from './command.js'
import { served } from './served.js'

const PORT = '/dev/ttyACM0'
const page = readFileSync(join(root, 'docs/hardware.md'), 'utf8')
const steps = shown(page)

/**
 * A line in substance: figures that time, chance or a busy computer decide stand for any, and so does what it may warn of.
 * @param path of the port it was printed with
 */
function substance(line: string, path: string): string {
  return line
    .replaceAll(path, PORT)
    .replace(/^WARN/, 'PASS')
    .replace(/, \d+ warned/, '')
    .replace('usable, but read the warnings above', 'everything that was checked is in order')
    .replace(/\d+(\.\d+)?/g, '#')
    .trimEnd()
}

/** The first line of the page that is not printed in its place; undefined where all are. */
function missing({ lines }: Shown, printed: readonly string[], path: string): string | undefined {
  const there = printed.map((line) => substance(line, path))
  let at = 0
  let skipping = false
  for (const line of lines) {
    if (isOmission(line)) {
      skipping = true
      continue
    }
    const found = there.indexOf(substance(line, PORT), at)
    if (found < 0 || (!skipping && found !== at)) return line
    at = found + 1
    skipping = false
  }
  return skipping || at === there.length ? undefined : `nothing more, but there is: ${there[at]}`
}

async function walk(step: Shown, path: string): Promise<number | null> {
  const { status, stdout } = await runCli(...step.command.replaceAll(PORT, path).split(' '))
  const printed = stdout.trimEnd().split('\n')
  expect(missing(step, printed, path), `linkpulse ${step.command} printed\n${stdout}`).toBeUndefined()
  return status
}

it('is what the page shows', () => {
  const commands = steps.map(({ command }) => command.split(' ')[0])
  expect(commands).toEqual(['ports', 'doctor', 'doctor', 'flash', 'doctor', 'check', 'check'])
  // Skipped with a reason, by name on the page and by number in the last line.
  const names = /except five that are skipped[\s\S]*?because a bridge/.exec(page)?.[0].match(/`[a-z]+\.[a-z-]+`/g)
  expect(steps[6].lines.at(-1)).toContain(`0 failed, ${names?.length} skipped`)
})

it('names an Uno among the ports of a computer', async () => {
  const uno = {
    path: PORT,
    manufacturer: 'Arduino (www.arduino.cc)',
    serialNumber: undefined,
    pnpId: undefined,
    locationId: undefined,
    vendorId: '2341',
    productId: '0043',
  }
  expect(portTable([uno]).trimEnd().split('\n')).toEqual(steps[0].lines)
  expect((await runCli(...steps[0].command.split(' '))).status).toBe(0)
})

it('leads from a board without our firmware to a diagnosis of its wiring', async () => {
  const { path } = await served('avr:uno', '--bootloader', '--fault', 'miso-open')
  const statuses: (number | null)[] = []
  for (const step of steps.slice(1, 6)) statuses.push(await walk(step, path))
  expect(statuses).toEqual([1, 1, 0, 0, 1])
}, 300_000)

variation('ends with everything in order, once the wire is seated anew', async () => {
  const { path } = await served('model:uno')
  expect(await walk(steps[6], path)).toBe(0)
})
