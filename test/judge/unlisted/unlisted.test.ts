import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../../boards/faults/registry.js'
import { harmOn } from '../../../host/campaign/harm.js'
import { extentOf } from '../parts.js'
import { BREAKAGES } from './all.js'
import { brokenBench } from './broken-bench.js'
import { atChipPins, atJack } from './instruments.js'
import { judgeAll, judgeBreakage, runUnlisted, type UnlistedRun } from './run-unlisted.js'
import { tracesOf } from './traces.js'
import { UNLISTED_LAYERS, type Unlisted } from './unlisted.js'

const extent = extentOf('unlisted')
/** Seeds of their own: nothing is learned or tuned on them. */
const FIRST_SEED = 770_000

const CASES = Array.from({ length: extent.count }, (_, index) => {
  const number = extent.first + index
  return { breakage: BREAKAGES[number % BREAKAGES.length], seed: FIRST_SEED + Math.floor(number / BREAKAGES.length) }
})

describe('breakages that nobody listed', () => {
  it('are at least 90, some of each layer, and each has a name of its own', () => {
    expect(BREAKAGES.length).toBeGreaterThanOrEqual(90)
    expect(new Set(BREAKAGES.map(({ name }) => name)).size).toBe(BREAKAGES.length)
    for (const layer of UNLISTED_LAYERS)
      expect(BREAKAGES.filter((each) => each.layer === layer).length).toBeGreaterThanOrEqual(15)
  })

  it('are in no family, and what they may be taken for is one', () => {
    for (const { name, neighbours } of BREAKAGES) {
      expect(FAULTS.has(name)).toBe(false)
      for (const neighbour of neighbours) expect([...FAULTS.keys()]).toContain(neighbour)
    }
  })
})

describe('what breakages are made of', () => {
  it('changes nothing where it is told to change nothing', async () => {
    const idle: Unlisted = {
      name: 'nothing',
      layer: 'chip',
      side: 'chip',
      title: 'nothing is broken',
      hurts: false,
      neighbours: [],
      apply: (bench) => {
        atChipPins(bench, (sound) => sound)
        for (const { port } of [bench.board, bench.peer]) atJack(port, (octets) => octets)
      },
    }
    expect((await runUnlisted(idle, FIRST_SEED)).digest).toBe((await runUnlisted(undefined, FIRST_SEED)).digest)
  })
})

describe('a report', () => {
  const breakage: Unlisted = { ...BREAKAGES[0], side: 'chip', otherSides: ['board'], neighbours: ['cable-noise'] }
  const said = (cause: string, confidence: number, rest: object = {}) =>
    judgeBreakage(breakage, { verdict: 'fail', diagnosis: [{ cause, confidence, ...rest }] })

  it('is wrong where it states what is neither there nor near', () => {
    expect(said('miso-open', 0.6).wrong).toEqual(['miso-open 0.60'])
    expect(said('miso-open', 0.59).wrong).toEqual([])
    expect(said('unknown', 0.9).wrong).toEqual([])
    expect(said('cable-noise', 0.9).wrong).toEqual([])
    expect(said('miso-open', 0.9, { class: ['miso-open', 'cable-noise'] }).wrong).toEqual([])
  })

  it('says the side itself, or by its first cause', () => {
    expect(said('unknown', 0.9, { side: 'board' }).sideRight).toBe(true)
    expect(said('unknown', 0.9, { side: 'wire' }).sideRight).toBe(false)
    expect(said('unknown', 0.9).sideRight).toBeUndefined()
    expect(said('phy-dead', 0.9).sideRight).toBe(true)
  })

  it('has noticed nothing where it passes without a word', () => {
    expect(judgeBreakage(breakage, { verdict: 'pass', diagnosis: [] }).unnoticed).toBe(true)
    expect(judgeBreakage(breakage, { verdict: 'warn', diagnosis: [] }).unnoticed).toBe(false)
    expect(said('unknown', 0.9).unnoticed).toBe(false)
  })
})

describe(`${CASES.length} of them`, () => {
  const checked = new Map<string, Promise<UnlistedRun>>()
  const check = (breakage: Unlisted | undefined, seed: number): Promise<UnlistedRun> => {
    const key = `${breakage?.name} ${seed}`
    const run = checked.get(key) ?? runUnlisted(breakage, seed)
    checked.set(key, run)
    return run
  }
  const used = async (breakage: Unlisted | undefined, seed: number): Promise<number> => {
    const bench = brokenBench(breakage, seed)
    const traces = tracesOf(bench)
    await harmOn(bench)
    return traces.digest
  }

  it('each change something that can be seen from outside, of a check or of a user at work', async () => {
    const without: string[] = []
    for (const { breakage, seed } of CASES) {
      if ((await check(breakage, seed)).digest !== (await check(undefined, seed)).digest) continue
      if ((await used(breakage, seed)) === (await used(undefined, seed))) without.push(`${breakage.name}, seed ${seed}`)
    }
    expect(without).toEqual([])
  })

  it('do not make a user suffer where it is said that they do not', async () => {
    const painful: string[] = []
    for (const { breakage, seed } of CASES) {
      if (breakage.hurts) continue
      const { pings, messages } = await harmOn(brokenBench(breakage, seed))
      if (pings + messages > 0) painful.push(`${breakage.name}, seed ${seed}: ${pings} pings, ${messages} messages`)
    }
    expect(painful).toEqual([])
  })

  it.runIf(extent.count >= BREAKAGES.length)('are named wrongly or passed over hardly ever', async () => {
    const runs: UnlistedRun[] = []
    for (const { breakage, seed } of CASES) runs.push(await check(breakage, seed))
    const { misses, ...counts } = judgeAll(runs)
    for (const miss of misses) console.log(miss)
    console.log(JSON.stringify(counts))
    const share = runs.length / BREAKAGES.length
    expect(counts.wrong).toBeLessThanOrEqual(2 * share)
    expect(counts.unnoticed).toBeLessThanOrEqual(6 * share)
  })
})
