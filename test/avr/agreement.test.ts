/**
 * One check suite, two boards: the model and the compiled firmware on the emulated Uno come to the same verdict, check by
 * check, whatever the seed and whatever is broken. What chance decides within a run (which frame a noisy cable damages)
 * may fall otherwise; the diagnosis may not.
 */
import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../boards/faults/registry.js'
import { checkTarget } from '../../host/check/run.js'
import type { Report } from '../../host/check/types.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { extentOf, PARTS } from '../judge/parts.js'

/** A slice of the seeds of `make judge`, which takes more faults as well. */
const { first, count } = extentOf('boards-agree')
const WHOLE = count > PARTS['boards-agree'].slice

/** A bridge has no controller of its own, and says so. */
const OF_A_CONTROLLER: Readonly<Record<string, string>> = {
  'network.release': 'this board only bridges: it has no controller of its own',
  'network.board-answers': 'needs network.release, which was skipped',
}

async function check(name: string, seed: number, faults: readonly string[]): Promise<Report> {
  const target = await openTarget(name, { seed, faults })
  try {
    return await checkTarget(target)
  } finally {
    await target.close()
  }
}

/** Checks with another verdict on the emulated board; those of a controller must be skipped there. */
function differences(model: Report, avr: Report): string[] {
  expect(avr.checks.map(({ id }) => id)).toEqual(model.checks.map(({ id }) => id))
  return avr.checks.flatMap(({ id, verdict, reason }, i) => {
    const expected = model.checks[i].verdict
    if (verdict === expected) return []
    if (Object.hasOwn(OF_A_CONTROLLER, id) && verdict === 'skip' && reason === OF_A_CONTROLLER[id]) return []
    return [`${id}: ${expected} on the model, ${verdict} on avr (${reason ?? 'no reason'})`]
  })
}

/** Broken so that every run goes the same way; `make judge` has the others of them too. */
const STEADY = ['no-power', 'serial-ground-missing', 'miso-open', 'crystal-missing']
if (WHOLE)
  STEADY.push(
    'baud-off-6-percent',
    'cable-unplugged',
    'serial-tx-rx-swapped',
    'serial-ttl-meets-rs232',
    'cs-stuck-high',
    'cs-stuck-low',
    'mosi-miso-swapped',
    'phy-dead',
    'rx-pair-open',
    'partner-off',
  )

/** Broken by chance, or at times: the same cause is named. */
const BY_CHANCE = ['int-open']
if (WHOLE)
  BY_CHANCE.push(
    'serial-noise',
    'buffer-memory-bad',
    'serial-drops',
    'cable-noise',
    'rx-pair-reversed',
    'cable-intermittent',
    'partner-full-duplex',
    'brown-out',
  )

describe('the check suite on model:uno and on avr:uno', () => {
  it.each(Array.from({ length: count }, (_, i) => 101 + first + i))(
    'agrees check by check on a sound board (seed %i)',
    async (seed) => {
      const model = await check('model:uno', seed, [])
      expect(model.verdict).toBe('pass')
      const avr = await check('avr:uno', seed, [])
      expect(differences(model, avr)).toEqual([])
      expect(avr.verdict).toBe('pass')
    },
  )

  it.each(STEADY)('agrees check by check, and on the cause, with %s', async (fault) => {
    expect([...FAULTS.values()].map(({ name }) => name)).toContain(fault)
    const model = await check('model:uno', 7, [fault])
    const avr = await check('avr:uno', 7, [fault])
    expect(model.verdict).toBe('fail')
    expect(differences(model, avr)).toEqual([])
    // Of one class either may lead.
    expect(avr.diagnosis[0]?.class).toContain(model.diagnosis[0]?.cause)
  })

  it.each(BY_CHANCE)('names the same cause with %s', async (fault) => {
    const model = await check('model:uno', 7, [fault])
    const avr = await check('avr:uno', 7, [fault])
    expect(avr.diagnosis.slice(0, 2).map(({ cause }) => cause)).toContain(fault)
    expect(model.diagnosis[0]?.cause).toBe(fault)
  })
})
