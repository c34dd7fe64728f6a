/** By how much a figure differs from one run to the next although nothing has changed, and what goes beyond that. */
import { EN } from '../../text/en.js'
import { figureName } from '../../text/figure-name.js'
import type { Figure } from '../figure.js'
import { FIGURES } from '../figures/all.js'
import { withinLimits } from '../measure.js'
import type { Measurement } from '../types.js'

/** Times and rates of a board that nobody touched differ by as much: a USB adapter waits a frame more, a partner is busy. */
const SHARE = 0.25
/** What is small beside the limit is no news, however often as large it has become. */
const SHARE_OF_LIMITS = 0.05
/** Standard deviations: two runs of which one in a few hundred goes beyond. */
const DEVIATIONS = 3

/** What a stored report has of a figure is its name: what it is beside that, as this version knows it. */
export function recognised(check: string, measurement: Measurement): Measurement {
  if (measurement.figure !== undefined) return measurement
  const table = (FIGURES as unknown as Record<string, Record<string, unknown>>)[check] ?? {}
  const known = Object.values(table).filter((each): each is Figure => typeof each === 'object')
  const figure = known.find((each) => figureName(EN, each) === measurement.name)
  return figure === undefined ? measurement : { ...measurement, figure }
}

/** The width of what is right; 0 where only one value is, and where nothing says. */
function span({ min, max }: Measurement): number {
  return max === null ? 0 : max - (min ?? 0)
}

/**
 * What two values of a figure may differ by in two runs that are alike: nothing for a register; else a share of the value, and for a
 * count what chance makes of it (a difference of two counts varies by the root of their sum, Poisson), for a quantity a share of what
 * is right.
 * @param measurement as `recognised` has it
 */
export function scatterOf(measurement: Measurement, one: number, other: number): number {
  if (measurement.figure?.digits !== undefined) return 0
  const most = Math.max(Math.abs(one), Math.abs(other))
  if (measurement.unit === '') return Math.max(SHARE * most, DEVIATIONS * Math.sqrt(Math.abs(one) + Math.abs(other)))
  return Math.max(SHARE * most, SHARE_OF_LIMITS * Math.abs(span(measurement)))
}

/** Why a figure is worth telling: it has passed a limit, it could be taken in one run only, or it moved beyond its scatter. */
export const FIGURE_REASONS = ['limit', 'taken', 'scatter'] as const
export type FigureReason = (typeof FIGURE_REASONS)[number]

/** @returns undefined where two runs that are alike may differ as much */
export function changeOf(before: Measurement, after: Measurement): FigureReason | undefined {
  if (before.value === after.value) return undefined
  if (withinLimits(before) !== withinLimits(after)) return 'limit'
  if (before.value === null || after.value === null) return 'taken'
  const moved = Math.abs(after.value - before.value)
  return moved > scatterOf(after, before.value, after.value) ? 'scatter' : undefined
}
