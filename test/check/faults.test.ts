import { describe, expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { worstFault } from '../../boards/faults/settle.js'
import { DIAGNOSIS_RULES } from '../../host/check/diagnosis/diagnose.js'
import type { DiagnosisRule } from '../../host/check/diagnosis/rule.js'
import { complaints, runCheck } from './run-check.js'

/** Those that every version must name; each under several seeds, for chance decides what noise hits. */
const NAMED = [
  'miso-open',
  'cs-stuck-high',
  'crystal-missing',
  'cable-unplugged',
  'rx-pair-reversed',
  'cable-noise',
  'serial-noise',
  'baud-off-6-percent',
  'no-power',
] as const

/** These look like something that is likelier, and are named behind it: to an SPI master, and to a serial port that hears nothing. */
const BEHIND: Readonly<Record<string, string>> = {
  'serial-tx-rx-swapped': 'no-power',
  'cs-stuck-low': 'cs-stuck-high',
  'mosi-miso-swapped': 'cs-stuck-high',
  // Nothing goes either way, and both ends have power: no end of a 10BASE-T link can tell these apart.
  'cable-straight': 'cable-unplugged',
  'cable-shorted': 'cable-unplugged',
  'cable-too-long': 'cable-unplugged',
  'partner-100-only': 'cable-unplugged',
  // Nothing comes, and what is sent arrives: the pair and whoever sends on it look the same from its end.
  'partner-silent': 'rx-pair-open',
}

const SEEDS = [1, 2, 3, 42, 1_000_003]

/** What a rule names. */
const CAUSES: readonly string[] = DIAGNOSIS_RULES.map(({ cause }) => cause)

/** A user suffers, and no check of today looks there. */
const UNSEEN: Readonly<Record<string, string>> = {
  'box-reorders': 'no check has two frames under way',
  'address-taken': 'no check asks whether two stations answer for an address',
  'mac-taken': 'no check asks whether another station has the address',
  'ledb-strap': 'our driver sets the duplex of the PHY itself',
  'spi-slow': 'a check sets the SPI clock itself, and none loads the controller’s own',
}

describe('a single fault', () => {
  for (const { name, boards } of FAULTS.values()) {
    if (!CAUSES.includes(name)) continue
    const expected = BEHIND[name] ?? name
    it(`${name} fails the check and is diagnosed`, async () => {
      const seeds = (NAMED as readonly string[]).includes(name) ? SEEDS : SEEDS.slice(0, 3)
      for (const seed of seeds) {
        const { report } = await runCheck({ board: boards?.[0] ?? 'uno', seed, faults: [name], view: 'bench' })
        const [first] = report.diagnosis
        expect({ seed, verdict: report.verdict, cause: first?.cause, complaints: complaints(report) }).toMatchObject({
          verdict: 'fail',
          cause: expected,
        })
        expect(report.diagnosis.map(({ cause }) => cause)).toContain(name)
        expect(first.confidence).toBeGreaterThan(0.5)
        expect(first.evidence.length).toBeGreaterThan(0)
        expect(first.remedy.length).toBeGreaterThan(40)
      }
    })
  }

  it('of the nine is the first that is named, not one among others', () => {
    for (const name of NAMED) expect(BEHIND[name]).toBeUndefined()
    for (const name of NAMED) expect([...FAULTS.keys()]).toContain(name)
  })

  it('leaves what stands on it skipped, with the reason', async () => {
    const { report } = await runCheck({ faults: ['crystal-missing'] })
    const skipped = report.checks.filter(({ verdict }) => verdict === 'skip')
    expect(skipped.length).toBeGreaterThan(10)
    for (const { reason } of skipped) expect(reason).not.toBe('')
    expect(complaints(report).map((line) => line.split(':')[0])).toEqual(['fail chip.clock'])
  })

  it('never makes the tool itself misuse the chip', async () => {
    for (const fault of ['crystal-missing', 'cable-unplugged', 'cable-noise', 'rx-pair-reversed']) {
      expect((await runCheck({ faults: [fault] })).report.findings, fault).toEqual([])
    }
  })
})

describe('a family without a rule, as bad as it gets', () => {
  const unruled = [...FAULTS.values()].filter(({ name }) => !CAUSES.includes(name))
  const families = unruled.filter(({ name }) => UNSEEN[name] === undefined)
  it('is looked for by some check, or it is said why not', () => {
    for (const name of Object.keys(UNSEEN)) expect(unruled.map((each) => each.name)).toContain(name)
  })
  it.each(families)('$name does not pass', async (family) => {
    const board = family.boards?.[0] ?? 'uno'
    const { report } = await runCheck({ board, seed: 3, faults: [worstFault(family, findBoard(board)).text] })
    expect(report.verdict).not.toBe('pass')
  })
})

describe('two faults at once', () => {
  it('are survived, and the lower one is named', async () => {
    for (const [index, first] of NAMED.entries()) {
      for (const second of NAMED.slice(index + 1)) {
        const { report } = await runCheck({ seed: 5, faults: [first, second] })
        expect(report.verdict, `${first} and ${second}`).toBe('fail')
        expect([first, second], `${first} and ${second}`).toContain(report.diagnosis[0]?.cause)
      }
    }
  })
})

describe('the rules', () => {
  it('name causes by the faults that can be injected', () => {
    expect(CAUSES.filter((cause) => !FAULTS.has(cause))).toEqual([])
    expect(CAUSES.length).toBeGreaterThanOrEqual(39)
  })

  it('do not compile for a cause that cannot be injected', () => {
    // @ts-expect-error no such fault
    const rule: DiagnosisRule = { cause: 'moon-full', remedy: 'wait', weigh: () => undefined }
    expect(FAULTS.has(rule.cause)).toBe(false)
  })
})
