/** Curves: how much of a fault it takes until a user suffers, and until the checks see it. The checks must be first. */
import { findBoard } from '../../../boards/catalogue/catalogue.js'
import { isChoice, type QuantityParameter, writeParameter } from '../../../boards/faults/parameter.js'
import { FAULTS, type FaultName } from '../../../boards/faults/registry.js'
import { exp, log } from '../../../firmware/math/elementary.js'
import type { Dictionary } from '../../check/diagnosis/dictionary/dictionary.js'
import { saidOf } from '../learn/metrics.js'
import { sampleOf } from '../learn/sample.js'
import type { PlannedRun } from '../plan.js'
import type { CampaignResult } from '../result.js'

/** Noise (of the line, of SPI, of the cable), length, error of the rate, supply, and how often it sags. */
const CURVES = [
  'serial-noise',
  'spi-noise',
  'cable-noise',
  'cable-too-long',
  'cable-split-pair',
  'baud-off-6-percent',
  'supply-low',
  'supply-ripple',
  'brown-out',
  'chip-brown-out',
] as const satisfies readonly FaultName[]

const BOARD = 'uno'

/** Of a curve: one severity, and the runs of it. */
export interface SeverityPlan {
  readonly fault: string
  /** As on the command line, for a person: the value of the first parameter. */
  readonly severity: string
  readonly runs: readonly PlannedRun[]
}

/** Shares of the runs of one severity. */
export interface SeverityPoint {
  readonly fault: string
  readonly severity: string
  /** A ping or a message is lost, altered or late. */
  readonly suffered: number
  /** The verdict is not `pass`. */
  readonly detected: number
  /** Named first, alone or in its class. */
  readonly named: number
}

/** From the harmless end of the range to the worst, in equal steps of its scale. */
function severities({ min, max, scale, worse, whole }: QuantityParameter, steps: number): number[] {
  const least = worse === 'away' ? 0 : min
  const at = (share: number): number =>
    scale === 'log' ? exp(log(least) + share * (log(max) - log(least))) : least + share * (max - least)
  const shares = Array.from({ length: steps }, (_, index) => index / (steps - 1))
  // What logarithms round away must not leave the range.
  const values = shares.map((share) => Math.min(max, Math.max(least, at(worse === 'lower' ? 1 - share : share))))
  return whole === true ? values.map(Math.round) : values
}

/** @param steps of each curve, and `seeds` of each step */
export function severityPlans(steps: number, seeds: number, seed: number): SeverityPlan[] {
  return CURVES.flatMap((fault) => {
    const [parameter] = FAULTS.get(fault)!.parameters
    if (parameter === undefined || isChoice(parameter)) throw new Error(`${fault} has no quantity to draw a curve of`)
    return severities(parameter, steps).map((value): SeverityPlan => {
      const severity = writeParameter(parameter, value)
      const runs = Array.from({ length: seeds }, (_, index) => ({
        board: findBoard(BOARD).name,
        seed: seed + index,
        faults: [`${fault}:${severity}`],
        harm: true as const,
      }))
      return { fault, severity, runs }
    })
  })
}

/** @param results of the plan's runs, in their order, each with its harm */
export function severityPoint(
  dictionary: Dictionary,
  { fault, severity, runs }: SeverityPlan,
  results: readonly CampaignResult[],
): SeverityPoint {
  const share = (holds: (result: CampaignResult, index: number) => boolean): number =>
    results.filter(holds).length / results.length
  return {
    fault,
    severity,
    suffered: share(({ harm }) => harm !== undefined && harm.pings + harm.messages > 0),
    detected: share(({ verdict }) => verdict !== 'pass'),
    named: share((result, index) =>
      saidOf(dictionary, { ...sampleOf(runs[index], result), suffered: true }).alike.includes(fault),
    ),
  }
}
