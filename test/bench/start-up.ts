/** How long `linkpulse --version` takes beside `node -e 0`, as whole processes, in turn, so that the machine's drift hits both. */
import { spawnSync } from 'node:child_process'
import { type Benchmark, median, timed } from './figure.js'

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
    const bare: number[] = []
    for (let i = 0; i < RUNS + 1; i++) {
      const pair = [once(['dist/cli.js', '--version']), once(['-e', '0'])]
      if (i === 0) continue // the first pair warms the file cache
      ours.push(pair[0])
      bare.push(pair[1])
    }
    const value = median(ours) * 1_000
    const limit = median(bare) * 1_000
    return [
      {
        name: 'start-up',
        value,
        unit: 'ms',
        against: `node -e 0: ${limit.toFixed(1)} ms`,
        ratio: value / limit,
        aim: 'at most 3',
      },
    ]
  },
}
