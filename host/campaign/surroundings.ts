/** What is around a board on the segment: a box, and others who talk there. */
import type { Bench } from '../../boards/faults/bench.js'
import { putBetween } from '../../boards/faults/between.js'
import { putStranger } from '../../boards/faults/stranger.js'
import type { PlannedRun } from './plan.js'

/** Puts around a board what the plan says. Do so before time passes. */
export function putAround(bench: Bench, { between, traffic }: Pick<PlannedRun, 'between' | 'traffic'>): void {
  // A fault may have put a box of its own there: that is the segment, and nobody else is on it.
  if (bench.cable.ends !== undefined && bench.cable.ends[1] !== bench.peer.port) return
  if (traffic !== undefined) putStranger(bench, between ?? 'hub', traffic)
  else if (between !== undefined) putBetween(bench, between)
}
