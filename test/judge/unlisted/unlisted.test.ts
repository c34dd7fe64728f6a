import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../../boards/faults/registry.js'
import { extentOf } from '../parts.js'
import { BREAKAGES } from './all.js'
import { atChipPins, atJack } from './instruments.js'
import { judgeBreakages } from './judge-breakages.js'
import { judgeBreakage, runUnlisted } from './run-unlisted.js'
import { UNLISTED_LAYERS, type Unlisted } from './unlisted.js'

const extent = extentOf('unlisted')
/** Seeds of their own: nothing is learned or tuned on them. */
const FIRST_SEED = 770_000

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

judgeBreakages(BREAKAGES, extent, FIRST_SEED, { wrong: 2, unnoticed: 6 })
