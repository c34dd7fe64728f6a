import { describe, expect, it } from 'vitest'
import { runCampaign } from './campaign.js'
import { performRun } from './perform.js'
import { type PlannedRun, runKey } from './plan.js'
import type { CampaignResult } from './result.js'

const plan: readonly PlannedRun[] = [1, 2, 3, 4].map((seed) => ({ board: 'uno', faults: [], seed }))
const named = (run: PlannedRun): CampaignResult => ({ key: runKey(run), verdict: 'pass', checks: [] })

describe('a campaign', () => {
  it('has its results in the order of the plan, whichever run ends first', async () => {
    const waiting: (() => void)[] = []
    const perform = (run: PlannedRun) => new Promise<CampaignResult>((end) => waiting.push(() => end(named(run))))
    const running = runCampaign(plan, { keyOf: runKey, perform, atOnce: 4 })
    for (const end of waiting.reverse()) end()
    expect(await running).toEqual(plan.map(named))
  })

  it('performs what is planned twice once, and what is kept not at all', async () => {
    const performed: string[] = []
    const perform = async (run: PlannedRun) => {
      performed.push(runKey(run))
      return named(run)
    }
    const kept = new Map([[runKey(plan[1]), named(plan[1])]])
    const told: number[] = []
    const results = await runCampaign([...plan, plan[0]], {
      keyOf: runKey,
      perform,
      atOnce: 2,
      kept,
      onResult: (_, done, of) => told.push(done, of),
    })
    expect(performed).toEqual([plan[0], plan[2], plan[3]].map(runKey))
    expect(results.map(({ key }) => key)).toEqual([...plan, plan[0]].map(runKey))
    expect(told).toEqual([1, 3, 2, 3, 3, 3])
  })

  it('never has more under way than it was told', async () => {
    let underWay = 0
    let most = 0
    const perform = async (run: PlannedRun) => {
      most = Math.max(most, ++underWay)
      await Promise.resolve()
      underWay--
      return named(run)
    }
    await runCampaign(plan, { keyOf: runKey, perform, atOnce: 3 })
    expect(most).toBe(3)
  })

  it('names the run that came to nothing, and begins no other', async () => {
    let begun = 0
    const perform = async (): Promise<CampaignResult> => {
      begun++
      throw new RangeError('no such board')
    }
    await expect(runCampaign(plan, { keyOf: runKey, perform, atOnce: 1 })).rejects.toThrow(
      /the run "uno {3}1.*no such board/,
    )
    expect(begun).toBe(1)
  })

  it('refuses at once a number of workers that is invalid', async () => {
    await expect(runCampaign(plan, { keyOf: runKey, perform: async (run) => named(run), atOnce: 0 })).rejects.toThrow(
      RangeError,
    )
  })
})

describe('a run', () => {
  it('is told from others by all that it is made of', () => {
    const run: PlannedRun = { board: 'uno', faults: [], seed: 1 }
    const others: PlannedRun[] = [
      { ...run, board: 'nano' },
      { ...run, faults: ['miso-open'] },
      { ...run, seed: 2 },
      { ...run, revision: 'B1' },
      { ...run, baud: 9600 },
      { ...run, between: 'hub' },
      { ...run, traffic: { to: ['unicast'], load: 0.1, octets: 64 } },
      { ...run, cableLength: 90 },
      { ...run, backend: 'avr' },
      { ...run, computer: 'computer-slow:away=2ms' },
      { ...run, view: 'bench' },
    ]
    expect(new Set([run, ...others].map(runKey)).size).toBe(others.length + 1)
  })

  it('is the same however often it is performed, with others on the wire', async () => {
    const run: PlannedRun = {
      board: 'uno',
      faults: [],
      seed: 3,
      traffic: { to: ['broadcast'], load: 0.2, octets: 400 },
      cableLength: 60,
    }
    const first = await performRun(run)
    expect(first.checks.length).toBeGreaterThan(25)
    const others = first.checks
      .flatMap(([id, , measurements]) => measurements.map((each) => [id, each] as const))
      .find(([id, [name]]) => id === 'mac.bystanders' && name.includes('other'))
    expect(others?.[1][1]).toBeGreaterThan(0)
    expect(await performRun(run)).toEqual(first)
  })
})
