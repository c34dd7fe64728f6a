/** Sound boards on slow serial lines: what takes long there is no fault of the board. */
import { expect, it } from 'vitest'
import { performRun } from '../../host/campaign/perform.js'
import type { PlannedRun } from '../../host/campaign/plan.js'

async function notPassed(run: PlannedRun): Promise<string[]> {
  const { checks } = await performRun(run)
  return checks.filter(([, verdict]) => verdict === 'fail' || verdict === 'warn').map(([id]) => id)
}

// FTDI's latency timer is 16 ms unless somebody sets it (AN232B-04).
it.each([9_600, 19_200])('an Uno at %d baud behind an adapter that waits 16 ms passes', async (baud) => {
  expect(await notPassed({ board: 'uno', faults: ['adapter-latency:16ms'], seed: 7, baud })).toEqual([])
})

it('a Pro Mini at 9600 baud beside somebody who fills a seventh of the line with the longest broadcasts passes', async () => {
  // Read whole, each would take two seconds.
  const traffic = { to: ['broadcast'], load: 0.14, octets: 1518 } as const
  expect(await notPassed({ board: 'promini', faults: [], seed: 20_000_111, baud: 9_600, traffic })).toEqual([])
})
