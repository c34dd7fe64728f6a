/**
 * Mutated frames into a live stack, as many as are asked for:
 *
 *   npx tsx test/net/fuzz-run.ts                               10,000,000
 *   npx tsx test/net/fuzz-run.ts --seed 7 --frames 50000       those of one seed, up to a frame
 *
 * A new stack begins every 500,000 frames, with the next seed. Exits with 1 when something threw or was left behind.
 */

import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Fuzzer } from './fuzz.js'

const EACH = 500_000

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, frames: { type: 'string', default: '10000000' } },
})
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const total = Number(values.frames)
let seed = Number(values.seed)
for (let sent = 0; sent < total; seed++) {
  const fuzzer = new Fuzzer(seed)
  const count = Math.min(EACH, total - sent)
  try {
    fuzzer.run(count)
    const { byState, mostConnections, mostMemory, answers } = fuzzer.report
    fuzzer.finish()
    collect()
    console.log(
      `seed ${seed}: ${count} frames, ${answers} answered, at most ${mostConnections} connections and ${mostMemory} octets, ` +
        `heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(1)} MB afterwards, least hit state ` +
        `${Object.entries(byState)
          .reduce((least, each) => (each[1] < least[1] ? each : least))
          .join(' ')}`,
    )
  } catch (error) {
    console.log(error)
    process.exitCode = 1
  }
  sent += count
}
const { user, system } = process.cpuUsage()
console.log(`${total} frames, ${((user + system) / 1e6).toFixed(0)} s of processor time`)
