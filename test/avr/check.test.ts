/** The check suite on a board that avrdude has flashed with the compiled bridge firmware. */
import { spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { createAvrBench } from '../../boards/avr/bench.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { checkTarget } from '../../host/check/run.js'
import { bundledImage } from '../../host/node/flash/bundled.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { serveBench } from '../../host/node/serial/served-board.js'
import { openBench } from '../../host/target/simulated-target.js'
import { casesOf } from '../judge/parts.js'
import { variationsOf } from '../judge/variations.js'
import { optiboot } from './boot-loaders.js'

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
    const target = openBench('avr:uno', bench, 'avr')
    try {
      const report = await checkTarget(target)
      expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([])
      expect(report.checks.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(45)
    } finally {
      await target.close()
    }
  })
})

// A Nano is an Uno in another shape, with the same part at the same clock.
it.each(casesOf('emulated-boards', ['mega2560', 'promini']))(
  'passes on an emulated %s with its own bridge image',
  async (board) => {
    const target = await openTarget(`avr:${board}`, { seed: 3 })
    try {
      const report = await checkTarget(target)
      expect(
        report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id, reason }) => `${id}: ${reason}`),
      ).toEqual([])
      expect(report.verdict).toBe('pass')
      expect(report.board).toBe(board)
      expect(report.checks.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(75)
    } finally {
      await target.close()
    }
  },
)

it.each(variationsOf(['mega2560', 'uno', 'promini']))(
  'finds a partner in full duplex on an emulated %s',
  async (board) => {
    const target = await openTarget(`avr:${board}`, { seed: 3, faults: ['partner-full-duplex'] })
    try {
      const { checks } = await checkTarget(target, { only: ['mac.duplex-flood'] })
      expect(checks.find(({ id }) => id === 'mac.duplex-flood')?.verdict).toBe('fail')
    } finally {
      await target.close()
    }
  },
)
