/**
 * The symptoms: what a report shows, each as one of a few cases. Every figure that is declared has one by its unit and its limits,
 * or stands in `predicted.ts` with what it is held against; a check has its verdict beside them. A check that was skipped has none:
 * that it was skipped says nothing that what it stands on has not said.
 */

import { OCCUPANTS } from '../../../port-guess/occupant.js'
import type { Figure } from '../../figure.js'
import { FIGURES } from '../../figures/all.js'
import { LAYERS } from '../../types.js'
import {
  type Binning,
  COUNT_BINS,
  LIMIT_CASES,
  limitCase,
  RATIO_BINS,
  REGISTER_CASES,
  registerCase,
  SIZE_BINS,
} from './bins.js'
import { NO_SYMPTOM, PREDICTED, type PredictedFeature } from './predicted.js'
import { type JudgedOccupant, type JudgedResult, ReadResults, type Taken } from './results.js'

export interface Feature {
  /** `check`, `check key` or `check key suffix`: the same from version to version as long as its cases are. */
  readonly id: string
  readonly check: string
  /** What it is of; left out for a verdict and for the figures of a family. */
  readonly figure?: Figure
  readonly cases: number
  /** The case of these results; undefined where the check did not run, or did not take it. */
  bin(results: ReadResults): number | undefined
}

/** Fails, but had no figures to fail by: it was thrown out of. */
const THREW = 3
const VERDICT_CASES: Readonly<Record<string, number>> = { pass: 0, warn: 1, fail: 2 }

function verdictFeature(check: string): Feature {
  return {
    id: check,
    check,
    cases: 4,
    bin(results) {
      const result = results.ran(check)
      if (result === undefined) return undefined
      return result.verdict === 'fail' && result.measurements.length === 0 ? THREW : VERDICT_CASES[result.verdict]
    },
  }
}

/** How many of a check's figures are out of their limits: what tells families of figures apart, which have no feature each. */
function outOfLimits(check: string): Feature {
  return {
    id: `${check} *`,
    check,
    cases: COUNT_BINS.cases,
    bin(results) {
      const result = results.ran(check)
      if (result === undefined || result.measurements.length === 0) return undefined
      return COUNT_BINS.bin(
        result.measurements.filter(({ value, min, max }) => limitCase(value, min, max) % 3 !== 0).length,
      )
    },
  }
}

/** Of a figure by itself: what it was is one of so many cases. */
function ofFigure(figure: Figure, cases: number, caseOf: (taken: Taken) => number): Feature {
  return {
    id: `${figure.check} ${figure.key}`,
    check: figure.check,
    figure,
    cases,
    bin(results) {
      const taken = results.taken(figure)
      return taken === undefined ? undefined : caseOf(taken)
    },
  }
}

function binned(figure: Figure, binning: Binning): Feature {
  return ofFigure(figure, binning.cases, ({ value }) => binning.bin(value))
}

/** By what the figure is declared to be. */
function byDeclaration(figure: Figure): Feature {
  const { digits, unit, limits } = figure
  if (digits !== undefined) {
    return ofFigure(figure, REGISTER_CASES, ({ value, min, max }) => registerCase(value, digits, min, max))
  }
  if (unit === '' || unit === 'cells' || unit === 'octets') {
    // A flag has two values, and its limit says which is right: its count is both.
    return binned(figure, COUNT_BINS)
  }
  if (unit === '%' && limits.min !== undefined && limits.max !== undefined) {
    const middle = (limits.min + limits.max) / 2
    if (middle > 0) {
      return ofFigure(figure, RATIO_BINS.cases, ({ value }) => RATIO_BINS.bin(value === null ? null : value / middle))
    }
  }
  if (limits.min === undefined && limits.max === undefined) return binned(figure, SIZE_BINS)
  return ofFigure(figure, LIMIT_CASES, ({ value, min, max }) => limitCase(value, min, max))
}

function ofPredicted({ figure, suffix, binning, value }: PredictedFeature): Feature {
  return {
    id: `${figure.check} ${figure.key}${suffix === undefined ? '' : ` ${suffix}`}`,
    check: figure.check,
    figure,
    cases: binning.cases,
    bin(results) {
      const found = value(results)
      return found === undefined ? undefined : binning.bin(found)
    },
  }
}

function featuresOfCheck(check: string, figures: Readonly<Record<string, unknown>>): Feature[] {
  const declared = Object.values(figures).filter((figure): figure is Figure => typeof figure === 'object')
  const own = PREDICTED.filter(({ figure }) => figure.check === check)
  const spoken = new Set(own.map(({ figure }) => figure))
  return [
    verdictFeature(check),
    outOfLimits(check),
    ...own.map(ofPredicted),
    ...declared.filter((figure) => !spoken.has(figure) && !NO_SYMPTOM.has(figure)).map(byDeclaration),
  ]
}

/** Of the report as a whole. */
const WHOLE = 'report'

/** Less sure than this it is not clear who is at the port. */
const LIKELY = 0.5
const UNCLEAR = OCCUPANTS.length + 1

/** How many checks have failed, on which layer the first of them is (0 for none), and who is at the port where no session came about. */
const OF_THE_WHOLE: readonly Feature[] = [
  {
    id: WHOLE,
    check: WHOLE,
    cases: COUNT_BINS.cases,
    bin: (results) => (results.anyRan ? COUNT_BINS.bin(results.failed.length) : undefined),
  },
  {
    id: `${WHOLE} layer`,
    check: WHOLE,
    cases: LAYERS.length + 1,
    bin(results) {
      if (!results.anyRan) return undefined
      const layers = results.failed.map(({ id }) => LAYERS.findIndex((layer) => id.startsWith(`${layer}.`)))
      return layers.length === 0 ? 0 : Math.min(...layers) + 1
    },
  },
  {
    id: `${WHOLE} occupant`,
    check: WHOLE,
    cases: UNCLEAR + 1,
    bin({ anyRan, occupant }) {
      if (!anyRan) return undefined
      if (occupant === null) return 0
      const known = OCCUPANTS.findIndex((each) => each === occupant.who)
      return known < 0 || occupant.probability < LIKELY ? UNCLEAR : known + 1
    },
  },
]

/** Every symptom there is, in the order of the checks. */
export const FEATURES: readonly Feature[] = [
  ...OF_THE_WHOLE,
  ...Object.entries(FIGURES).flatMap(([check, figures]) => featuresOfCheck(check, figures)),
]

/** By check: where among the symptoms its verdict is. */
export const VERDICT_AT: ReadonlyMap<string, number> = new Map(
  [...FEATURES.entries()]
    .filter(([, { id, check }]) => id === check && check !== WHOLE)
    .map(([at, { id }]) => [id, at]),
)

/** Whether a case of a verdict is that the check failed, or was thrown out of. */
export function isFailure(which: number): boolean {
  return which === VERDICT_CASES.fail || which === THREW
}

/** Whether it is of a check, and not of the report as a whole. */
export function isOfCheck({ check }: Feature): boolean {
  return check !== WHOLE
}

/** By feature, in their order: its case, and -1 where it is left out. */
export type Symptoms = Int8Array

export function symptomsOf(results: readonly JudgedResult[], occupant: JudgedOccupant = null): Symptoms {
  const read = new ReadResults(results, occupant)
  return Int8Array.from(FEATURES, (feature) => feature.bin(read) ?? -1)
}
