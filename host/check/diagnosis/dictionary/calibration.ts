/** What was learned of how far the model may be believed, on runs and causes that were held out. */
import { exp, log1p } from '../../../../firmware/math/elementary.js'
import type { Fit } from '../infer/fit.js'

/** P(not in the list) = 1 / (1 + exp(-(intercept + worst · ln(1 + fit.worst) + total · ln(1 + fit.total)))) */
export interface FitTest {
  readonly intercept: number
  readonly worst: number
  readonly total: number
}

/**
 * How likely it is that all that failed does so again with the same figures, where that was little and where it was much: under what is broken for
 * good, and under each cause of which something has passed the second time.
 */
export interface RepetitionChances {
  readonly steady: readonly [few: number, many: number]
  readonly others: Readonly<Record<string, readonly [few: number, many: number]>>
}

export interface Calibration {
  /** Of the explanation that something is broken, and of the one that nothing is. */
  readonly fault: FitTest
  readonly healthy: FitTest
  /** P(not in the list) where everything that failed is what the dictionary knows nothing of. */
  readonly blind: number
  /** By cause: as sure as one may be of it at most, because it draws what is not in the list; left out: 1. */
  readonly ceilings: Readonly<Record<string, number>>
  /** Left out where nothing was repeated in what was learned from: then it surprises nobody. */
  readonly again?: RepetitionChances
}

/** What a fit test looks at. */
export function fitFigures({ worst, total }: Fit): readonly [worst: number, total: number] {
  return [log1p(worst), log1p(total)]
}

export function unlistedChance({ fault, healthy, blind }: Calibration, fit: Fit, isHealthy: boolean): number {
  const { intercept, worst, total } = isHealthy ? healthy : fault
  const [a, b] = fitFigures(fit)
  const chance = 1 / (1 + exp(-(intercept + worst * a + total * b)))
  return fit.blind ? Math.max(blind, chance) : chance
}
