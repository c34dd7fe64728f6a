/**
 * Row 148 of the conformance table: octets equal, both ends close, nothing left, in bounded virtual time, whatever the
 * network does. A slice of the 10,000 that `make judge` runs; `npx tsx test/net/transfers.ts --seed N` runs one of them again.
 */
import { describe, expect, it } from 'vitest'
import { extentOf } from '../judge/parts.js'
import { planOf, runTransfer, TransferFailure } from './transfer.js'
import { captureTransfer } from './transfer-capture.js'

const { first: before, count } = extentOf('transfers')
/** The first has seed 1. */
const FIRST = before + 1
const LAST = before + count
const BATCH = 100

describe(`transfers over bad networks: seeds ${FIRST} to ${LAST}`, () => {
  for (let first = FIRST; first <= LAST; first += BATCH) {
    const last = Math.min(first + BATCH - 1, LAST)
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
