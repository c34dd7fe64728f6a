/**
 * Row 148 of the conformance table: octets equal, both ends close, nothing left, in bounded virtual time, whatever the
 * network does. `npx tsx test/net/transfers.ts` runs all 10,000, and with `--seed N` one of them again.
 * LINKPULSE_TRANSFERS=N runs N here.
 */
import { describe, expect, it } from 'vitest'
import { planOf, runTransfer, TransferFailure } from './transfer.js'
import { captureTransfer } from './transfer-capture.js'

/** What a run of all tests has time for. */
const COUNT = Number(process.env.LINKPULSE_TRANSFERS ?? 1500)
const BATCH = 100

describe(`transfers over bad networks: seeds 1 to ${COUNT}`, () => {
  for (let first = 1; first <= COUNT; first += BATCH) {
    const last = Math.min(first + BATCH - 1, COUNT)
    it(`148 octets arrive equal, both ends close, and nothing is left: ${first} to ${last}`, () => {
      for (let seed = first; seed <= last; seed++) {
        try {
          runTransfer(planOf(seed))
        } catch (error) {
          if (!(error instanceof TransferFailure)) console.error(`transfer ${seed} threw`)
          console.error(
            `again: npx tsx test/net/transfers.ts --seed ${seed}\ncapture: ${captureTransfer(planOf(seed))}`,
          )
          throw error
        }
      }
    })
  }

  it('are the same run for the same seed', () => {
    const trace = (seed: number) => {
      const frames: string[] = []
      runTransfer(planOf(seed), (end, at, direction, frame) =>
        frames.push(`${end} ${at} ${direction} ${Buffer.from(frame).toString('hex')}`),
      )
      return frames
    }
    expect(trace(7)).toEqual(trace(7))
  })
})
