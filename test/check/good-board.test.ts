import { describe, expect, it } from 'vitest'
import { BOARDS, findBoard } from '../../boards/catalogue/catalogue.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { CHECKS, listChecks } from '../../host/check/check-list.js'
import { LAYERS } from '../../host/check/types.js'
import { casesOf, extentOf, PARTS } from '../judge/parts.js'
import { spreadOver } from '../judge/spread.js'
import { complaints, runCheck } from './run-check.js'

/** A slice of the seeds of `make judge`. */
const { first, count: SEEDS } = extentOf('good-boards')
const ALONE = casesOf('checks-alone', CHECKS, spreadOver(CHECKS.length, 31))

describe('the check list', () => {
  it('has at least 25 checks, some in every layer, in the order of the layers', () => {
    expect(CHECKS.length).toBeGreaterThanOrEqual(25)
    for (const layer of LAYERS) expect(CHECKS.some((check) => check.layer === layer)).toBe(true)
    const opening = CHECKS.filter(({ id }) => id !== 'serial.whole-run' && id !== 'serial.restarts')
    const order = opening.map(({ layer }) => LAYERS.indexOf(layer))
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  it('names each check once, after its layer, with a title and a reference', () => {
    const list = listChecks()
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
    for (const { id, layer, title, reference } of list) {
      expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/)
      expect(id.startsWith(`${layer}.`)).toBe(true)
      expect(title.length).toBeGreaterThan(10)
      expect(reference).toMatch(/DS39662|DS80349C|IEEE 802\.3|RFC \d+|serial-link|ATmega328P/)
    }
  })

  it('needs only checks that run earlier', () => {
    const before = new Set<string>()
    for (const { id, needs } of CHECKS) {
      for (const need of needs) expect(before).toContain(need)
      before.add(id)
    }
  })
})

describe('a good board', () => {
  it('passes the checks of each layer alone', async () => {
    for (const only of LAYERS) expect(complaints((await runCheck({ only: [only] })).report), only).toEqual([])
  })

  it(`passes ${ALONE.length} of the checks alone`, async () => {
    expect(PARTS['checks-alone'].whole).toBe(CHECKS.length)
    for (const { id } of ALONE) expect(complaints((await runCheck({ only: [id] })).report), id).toEqual([])
  })

  it('passes every check, each with at least one measurement that has a limit', async () => {
    const { report, took } = await runCheck({ seed: 1, view: 'bench' })
    expect(complaints(report)).toEqual([])
    expect(report.verdict).toBe('pass')
    expect(report.diagnosis).toEqual([])
    expect(report.findings).toEqual([])
    expect(report.checks).toHaveLength(CHECKS.length)
    for (const check of report.checks) {
      expect(check.verdict, `${check.id}: ${check.reason}`).toBe('pass')
      expect(
        check.measurements.some(({ min, max }) => min !== null || max !== null),
        check.id,
      ).toBe(true)
    }
    expect(took).toBeLessThan(15 * SECOND)
  })

  it('passes on a desk as well, where only what asks the partner itself is left out, and nothing is said about its state', async () => {
    const { report } = await runCheck({ seed: 1 })
    expect(report.view).toBe('desk')
    expect(
      report.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${verdict} ${id}`),
    ).toEqual(['skip phy.partner', 'skip mac.simultaneous', 'skip network.answers', 'skip network.board-answers'])
    expect(Object.keys(report.counters).sort()).toEqual(['board', 'chip', 'host'])
  })

  it('is looked at from a desk or from a bench, and from nowhere else', async () => {
    await expect(runCheck({ view: 'roof' as 'desk' })).rejects.toThrow('there is no view "roof"; give desk or bench')
  })

  it(`has no failure, warning, finding or diagnosis under ${SEEDS} seeds`, async () => {
    for (let seed = first + 1; seed <= first + SEEDS; seed++) {
      const { report } = await runCheck({ seed })
      expect({ seed, complaints: complaints(report), findings: report.findings, verdict: report.verdict }).toEqual({
        seed,
        complaints: [],
        findings: [],
        verdict: 'pass',
      })
      expect(report.diagnosis).toEqual([])
    }
  })
})

describe('every board of the catalogue', () => {
  for (const board of BOARDS.keys()) {
    it(`passes: ${board}`, async () => {
      const { report } = await runCheck({ board, seed: 11 })
      expect(complaints(report)).toEqual([])
      expect(report.verdict).toBe('pass')
      expect(report.board).toBe(board)
      expect(report.findings).toEqual([])
    })
  }
})

describe('a good board of another kind', () => {
  for (const revision of ['B1', 'B4', 'B5', 'B7'] as const) {
    it(`passes with silicon ${revision} and all its errata`, async () => {
      const uno = findBoard('uno')
      const board = { ...uno, name: 'mine', chip: { ...uno.chip, revision } }
      const { report } = await runCheck({ board, seed: 1 })
      expect(complaints(report)).toEqual([])
      expect(report.findings).toEqual([])
    })
  }

  for (const [board, baud] of [
    ['uno', 9_600],
    ['promini', 9_600],
    ['promini', 19_200],
    ['uno', 57_600],
    ['uno', 115_200],
    ['uno', 2_000_000],
  ] as const) {
    it(`passes at ${baud} baud: ${board}`, async () => {
      const { report } = await runCheck({ board, baud, seed: 4 })
      expect(complaints(report)).toEqual([])
      expect(report.verdict).toBe('pass')
    })
  }
})

describe('--only', () => {
  it('reports the layer that was asked for, and nothing that passed beneath it', async () => {
    const { report } = await runCheck({ only: ['chip'] })
    expect(complaints(report)).toEqual([])
    expect(new Set(report.checks.map(({ layer }) => layer))).toEqual(new Set(['chip']))
    expect(report.verdict).toBe('pass')
  })

  it('takes single checks, and reports what they stand on when it is broken', async () => {
    const { report } = await runCheck({ only: ['phy.link'], faults: ['miso-open'] })
    expect(report.checks.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual(['fail spi.miso', 'skip phy.link'])
    expect(report.verdict).toBe('fail')
  })
})
