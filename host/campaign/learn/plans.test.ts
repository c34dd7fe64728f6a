import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../../boards/catalogue/catalogue.js'
import { FAULTS } from '../../../boards/faults/registry.js'
import { settleFault } from '../../../boards/faults/settle.js'
import type { PlannedRun } from '../plan.js'
import { faultRuns, plainRuns, soundRuns } from './plans.js'

const SEED = 5
const EACH = 40
const FAULT_RUNS = faultRuns(EACH, SEED)

const share = (runs: readonly PlannedRun[], of: (run: PlannedRun) => boolean): number =>
  runs.filter(of).length / runs.length
/** Runs of one fault. */
const runsOf = (name: string): PlannedRun[] => FAULT_RUNS.filter(({ faults: [text] }) => text.split(':')[0] === name)

describe('a plan', () => {
  it('is the same each time, and begins like a longer one', () => {
    expect(faultRuns(3, SEED)).toEqual(FAULT_RUNS.slice(0, FAULT_RUNS.length * (3 / EACH)))
    expect(soundRuns(10, SEED)).toEqual(soundRuns(200, SEED).slice(0, 10))
    expect(faultRuns(3, SEED + 1)).not.toEqual(faultRuns(3, SEED))
  })

  it('has nothing that its board cannot have', () => {
    for (const { board, backend = 'model', baud, faults } of [...FAULT_RUNS, ...plainRuns(SEED)]) {
      const definition = BOARDS.get(board)!
      const serial = { ...definition.serial, baud: baud ?? definition.serial.baud }
      for (const text of faults) settleFault(text, { ...definition, serial }, backend)
    }
  })

  it('surrounds every family alike: what is around it is no sign of it', () => {
    for (const { name, boards, modes, layer } of FAULTS.values()) {
      const runs = runsOf(name)
      expect(runs, name).toHaveLength(EACH)
      for (const board of boards ?? BOARDS.keys()) {
        expect(share(runs, (run) => run.board === board) * (boards?.length ?? BOARDS.size), name).toBeCloseTo(1)
      }
      expect(
        share(runs, ({ view }) => view === 'bench'),
        name,
      ).toBeCloseTo(1 / 4)
      if (modes === undefined)
        expect(
          share(runs, ({ backend }) => backend === 'avr'),
          name,
        ).toBeCloseTo(1 / 10)
      else
        expect(
          share(runs, ({ backend }) => backend === 'avr'),
          name,
        ).toBe(0)
      if (layer !== 'computer')
        expect(
          share(runs, ({ computer }) => computer !== undefined),
          name,
        ).toBeCloseTo(1 / 4)
      expect(
        share(runs, ({ opened }) => opened === 'resets'),
        name,
      ).toBeCloseTo(1 / 2)
      expect(
        share(runs, ({ opened }) => opened === 'running'),
        name,
      ).toBeCloseTo(1 / 4)
      if (name === 'cable-straight') continue
      expect(
        share(runs, ({ traffic }) => traffic !== undefined),
        name,
      ).toBeCloseTo(1 / 4)
      expect(
        share(runs, ({ between }) => between !== undefined),
        name,
      ).toBeGreaterThan(0.32)
    }
  })

  it('reaches down to 9600 baud, and has a compiled firmware at the rate that it was built for', () => {
    const runs = [...FAULT_RUNS, ...soundRuns(400, SEED)]
    expect(Math.min(...runs.map(({ baud = Number.POSITIVE_INFINITY }) => baud))).toBe(9_600)
    expect(runs.filter(({ backend, baud }) => backend === 'avr' && baud !== undefined)).toEqual([])
  })
})
