/**
 * Seeded transfers over bad networks, as many as are asked for:
 *
 *   npx tsx test/net/transfers.ts                            all 10,000, as `make judge` does in pieces
 *   npx tsx test/net/transfers.ts --first 5000 --count 500
 *   npx tsx test/net/transfers.ts --seed 4711                one, with its plan and a capture
 *
 * Exits with 1 when one failed. Each failure prints its seed and leaves a capture.
 */
import { parseArgs } from 'node:util'
import { SECOND } from '../../firmware/hal/clock.js'
import { planOf, runTransfer, TransferFailure } from './transfer.js'
import { captureTransfer } from './transfer-capture.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    first: { type: 'string', default: '1' },
    count: { type: 'string', default: '10000' },
    capture: { type: 'string' },
  },
})

if (values.seed !== undefined) {
  const plan = planOf(Number(values.seed))
  console.log(JSON.stringify(plan, null, 2))
  console.log(`capture: ${captureTransfer(plan, values.capture)}`)
  report(plan.seed)
} else {
  const first = Number(values.first)
  const end = first + Number(values.count)
  let failed = 0
  let octets = 0
  let frames = 0
  let longest = 0
  for (let seed = first; seed < end; seed++) {
    try {
      const result = runTransfer(planOf(seed))
      octets += result.octets
      frames += result.frames
      longest = Math.max(longest, result.duration)
    } catch (error) {
      failed++
      console.log(error instanceof TransferFailure ? error.message : `transfer ${seed}: ${(error as Error).stack}`)
      if (failed <= 10) console.log(`capture: ${captureTransfer(planOf(seed))}`)
    }
    if ((seed - first + 1) % 500 === 0) console.log(`${seed - first + 1} done, ${failed} failed`)
  }
  const { user, system } = process.cpuUsage()
  console.log(
    `transfers ${first} to ${end - 1}: ${failed} failed; ${octets} octets in ${frames} frames, ` +
      `the longest ${(longest / SECOND).toFixed(0)} s of virtual time; ${((user + system) / 1e6).toFixed(0)} s of processor time`,
  )
  process.exitCode = failed > 0 ? 1 : 0
}

function report(seed: number): void {
  const { duration, frames, octets, retransmits } = runTransfer(planOf(seed))
  console.log(`passed: ${octets} octets in ${duration / SECOND} s, ${frames} frames, ${retransmits} sent again`)
}
