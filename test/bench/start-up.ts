/**
 * How long `linkpulse --version` takes beside `node -e 0`, and a command that does next to nothing (its words are read, and its
 * own chunk is loaded), as whole processes, in turn, so that the machine's drift hits all of them.
 */
import { spawnSync } from 'node:child_process'
import { type BenchFigure, type Benchmark, medianOf, timed } from './figure.js'

const RUNS = 15

function once(args: readonly string[]): number {
  const { seconds, result } = timed(() => spawnSync(process.execPath, args, { encoding: 'utf8' }))
  if (result.status !== 0) throw new Error(`node ${args.join(' ')} failed: ${result.stderr}`)
  return seconds
}

export const startUp: Benchmark = {
  name: 'start-up',
  run() {
    const ours: number[] = []
    const commands: number[] = []
    const bare: number[] = []
    for (let i = 0; i < RUNS + 1; i++) {
      const [version, command, node] = [
        once(['dist/cli.js', '--version']),
        once(['dist/cli.js', 'help', 'check']),
        once(['-e', '0']),
      ]
      if (i === 0) continue // the first round warms the file cache
      ours.push(version)
      commands.push(command)
      bare.push(node)
    }
    const limit = medianOf(bare) * 1_000
    const figure = (name: string, seconds: readonly number[], aim: string): BenchFigure => {
      const value = medianOf(seconds) * 1_000
      return { name, value, unit: 'ms', against: `node -e 0: ${limit.toFixed(1)} ms`, ratio: value / limit, aim }
    }
    return [figure('start-up', ours, 'at most 1.5'), figure('start-up of a command', commands, 'at most 1.5')]
  },
}
