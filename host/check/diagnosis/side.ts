/** Whose side a cause is on: what a person needs first, and what stays right where the cause itself is not in the list. */
import type { FaultSide } from '../../../boards/faults/fault.js'
import { FAULTS } from '../../../boards/faults/registry.js'
import type { Posterior } from './infer/posterior.js'

export const SIDES = ['board', 'chip', 'wire', 'partner', 'computer'] as const satisfies readonly FaultSide[]

export function sideOf(cause: string): FaultSide {
  return FAULTS.get(cause)?.side ?? 'board'
}

/** The side that holds most of what may be. */
export function likeliestSide({ causes }: Posterior): FaultSide {
  const chances = new Map<FaultSide, number>()
  for (const [cause, chance] of causes) chances.set(sideOf(cause), (chances.get(sideOf(cause)) ?? 0) + chance)
  return [...chances].reduce((most, each) => (each[1] > most[1] ? each : most), ['board', 0] as [FaultSide, number])[0]
}
