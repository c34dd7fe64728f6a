import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../boards/catalogue/catalogue.js'
import { createBench } from '../../../boards/faults/create-bench.js'
import { openBench } from '../../target/simulated-target.js'
import type { Figure } from '../figure.js'
import { CONFLICT } from '../figures/mac.js'
import { FORCED_LISTENING } from '../figures/phy.js'
import { checkOpened } from '../run.js'

async function value(fault: string, figure: Figure): Promise<number | null | undefined> {
  const bench = createBench({ board: findBoard('uno'), seed: 3, faults: [fault] })
  const { checks, findings } = await checkOpened(openBench('model:uno', bench, 'model'), { only: [figure.check] })
  expect(findings).toEqual([])
  return checks.find(({ id }) => id === figure.check)?.measurements.find((each) => each.figure === figure)?.value
}

describe('faults of the wire that look alike until somebody else asks, or nobody is waited for', () => {
  it('are told apart by whom the partner answers', async () => {
    expect(await value('partner-same-mac', CONFLICT.otherwise)).toBe(3)
    expect(await value('tx-pair-open', CONFLICT.otherwise)).toBe(0)
  })

  it('are told apart by what the forced receiver hears: its own frames through pairs that are not twisted', async () => {
    expect(await value('cable-split-pair', FORCED_LISTENING.own)).toBe(3)
    expect(await value('tx-pair-reversed', FORCED_LISTENING.own)).toBe(0)
  })
})
