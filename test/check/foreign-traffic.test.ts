import { expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { FOREIGN_DESTINATIONS, type ForeignTraffic } from '../../boards/ethernet/foreign-traffic.js'
import { BOX_KINDS } from '../../boards/faults/between.js'
import { createBench } from '../../boards/faults/create-bench.js'
import { putStranger } from '../../boards/faults/stranger.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { checkTarget } from '../../host/check/run.js'
import { openBench } from '../../host/target/simulated-target.js'
import { extentOf } from '../judge/parts.js'
import { complaints } from './run-check.js'

const { first, count: SEEDS } = extentOf('foreign-traffic')
/** A fifth of the line, which is what two people who copy files leave of it at 10 Mbit/s on a bad day. */
const HIGHEST_LOAD = 0.2

/** A good board of any silicon, on a box of any kind, with a third station that talks to others as loudly and in such bursts as chance will. */
function drawn(seed: number) {
  const random = new SeededRandom(seed).fork('foreign')
  const kind = BOX_KINDS[random.below(BOX_KINDS.length)]
  const revision = (['B1', 'B4', 'B5', 'B7'] as const)[random.below(4)]
  const load = random.float() * HIGHEST_LOAD
  const burst = [1, 4, 16][random.below(3)]
  const some = FOREIGN_DESTINATIONS.filter(() => random.below(2) === 1)
  const traffic: ForeignTraffic = { load, burst, to: some.length === 0 ? FOREIGN_DESTINATIONS : some }
  return { kind, revision, traffic }
}

it(`a good board beside a third station that talks has no failure, warning, finding or diagnosis under ${SEEDS} seeds`, async () => {
  const uno = findBoard('uno')
  let frames = 0
  for (let seed = first + 1; seed <= first + SEEDS; seed++) {
    const { kind, revision, traffic } = drawn(seed)
    const bench = createBench({ board: { ...uno, name: 'mine', chip: { ...uno.chip, revision } }, seed })
    const stranger = putStranger(bench, kind, traffic)
    const target = await openBench('model:mine', bench, 'model', {})
    try {
      const { findings, diagnosis, ...report } = await checkTarget(target, { view: seed % 2 === 0 ? 'desk' : 'bench' })
      expect({
        seed,
        kind,
        revision,
        traffic,
        complaints: complaints({ ...report, findings, diagnosis }),
      }).toMatchObject({
        complaints: [],
      })
      expect({ seed, findings, diagnosis, verdict: report.verdict }).toEqual({
        seed,
        findings: [],
        diagnosis: [],
        verdict: 'pass',
      })
    } finally {
      await target.close()
    }
    frames += stranger.framesSent
  }
  expect(frames).toBeGreaterThan(500 * SEEDS)
})
