/** A bench with one of them on it, ready to be switched on: a sound one where there is none. */
import { createBench } from '../../../boards/faults/create-bench.js'
import type { ModelBench } from './instruments.js'
import type { Unlisted } from './unlisted.js'

export function brokenBench(breakage: Unlisted | undefined, seed: number): ModelBench {
  const bench = createBench({ board: 'uno', seed })
  breakage?.apply(bench, bench.lab.random.fork(breakage.name))
  return bench
}
