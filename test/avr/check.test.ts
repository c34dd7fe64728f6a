/** The check suite on the compiled bridge firmware: as on the model, and on a board that avrdude has flashed. */
import { spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { createAvrBench } from '../../boards/avr/bench.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { checkTarget } from '../../host/check/run.js'
import type { Report } from '../../host/check/types.js'
import { bundledImage } from '../../host/flash/bundled.js'
import { openBench, serveBench } from '../../host/serial/model.js'
import { openTarget } from '../../host/serial/target.js'
import { optiboot } from './optiboot.js'

/** A board that bridges has no controller of its own: these ask for one. */
const NEED_CONTROLLER = ['network.release', 'network.board-answers']
/** Times and rates differ between a state chart and 16 MHz, within the limits of the checks; some counts follow from time. */
const TIME_UNITS = ['ms', 'us', 'µs', 's', '%', 'kB/s', 'MB/s']
const TIMED = /octets both ways|octets received|cells sent|cells understood|readings|PHLCON/
/** What only a controller reports of itself. */
const OF_A_CONTROLLER = /its last start was/

async function check(name: string, faults: readonly string[] = []): Promise<Report> {
  const target = await openTarget(name, { seed: 3, faults })
  try {
    return await checkTarget(target)
  } finally {
    await target.close()
  }
}

const children: { kill(signal: NodeJS.Signals): void }[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function run(command: string, words: readonly string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words)
    children.push(child)
    let output = ''
    const listen = (data: Buffer) => {
      output += data.toString()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
}

describe('the check suite on the emulated Uno', () => {
  it('agrees with the model check by check, for the same seed', async () => {
    const model = await check('model:uno')
    const avr = await check('avr:uno')
    expect(avr.backend).toBe('avr')
    const differing = model.checks.flatMap(({ id, verdict }) => {
      const other = avr.checks.find((each) => each.id === id)
      if (NEED_CONTROLLER.includes(id) && other?.verdict === 'skip' && other.reason !== undefined) return []
      return other?.verdict === verdict
        ? []
        : [`${id}: ${verdict} on the model, ${other?.verdict} on avr: ${other?.reason}`]
    })
    expect(differing).toEqual([])
    const measured = model.checks.flatMap(({ id, measurements }) => {
      const other = avr.checks.find((each) => each.id === id)
      if (NEED_CONTROLLER.includes(id)) return []
      return measurements
        .filter(({ name, unit }) => !TIME_UNITS.includes(unit) && !TIMED.test(name) && !OF_A_CONTROLLER.test(name))
        .filter(({ name, value }) => other?.measurements.find((each) => each.name === name)?.value !== value)
        .map(({ name, value }) => `${id}: ${name} is ${value} on the model`)
    })
    expect(measured).toEqual([])
  }, 120_000)

  it.each(['miso-open', 'crystal-missing', 'cable-unplugged', 'baud-off-6-percent'])(
    'finds %s broken, and names it first, as on the model',
    async (fault) => {
      const avr = await check('avr:uno', [fault])
      expect(avr.verdict).toBe('fail')
      expect(avr.diagnosis[0]?.cause).toBe(fault)
    },
    120_000,
  )

  it('passes on a board that avrdude has just flashed with the bridge image, and that booted into it', async () => {
    const bench = createAvrBench({ board: 'uno', seed: 3, bootLoader: optiboot() })
    bench.board.staysInBootLoader = true
    bench.board.restart()
    const served = serveBench(bench)
    try {
      const { status, output } = await run('avrdude', [
        ...['-p', 'm328p', '-c', 'arduino', '-P', served.path, '-b', '115200', '-D'],
        ...['-U', `flash:w:${bundledImage(findBoard('uno'))}:i`],
      ])
      expect(status, output).toBe(0)
      expect(output).toMatch(/verified/)
    } finally {
      served.close() // and on in virtual time
    }
    bench.board.serial.setBaud(findBoard('uno').serial.baud)
    const target = await openBench('avr:uno', bench, 'avr')
    try {
      const report = await checkTarget(target)
      expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([])
      expect(report.checks.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(45)
    } finally {
      await target.close()
    }
  }, 180_000)
})
