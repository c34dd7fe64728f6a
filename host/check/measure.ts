/** Figures with limits, and what the limits make of them. */
import { hexText } from '../../firmware/text/hex-text.js'
import { numberText } from '../number-text.js'
import { EN } from '../text/en.js'
import { figureName } from '../text/figure-name.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import type { Figure, Limits } from './figure.js'
import type { Measurement, Outcome, Verdict } from './types.js'

/**
 * A figure that was taken.
 * @param value null when it could not be
 * @param limits where they depend on the run; the figure's own by default
 */
export function measure(figure: Figure, value: number | null, limits: Limits = figure.limits): Measurement {
  const { min = null, max = null } = limits
  return { name: figureName(EN, figure), value, unit: figure.unit, min, max, figure }
}

/** One that in this run is only right at one value. */
export function exactly(figure: Figure, value: number | null, expected: number): Measurement {
  return measure(figure, value, { min: expected, max: expected })
}

export function withinLimits(measurement: Measurement): boolean {
  const { value, min, max } = measurement
  if (value === null) return min === null && max === null
  if (Number.isNaN(value)) return false
  return (min === null || value >= min) && (max === null || value <= max)
}

/** What was measured, by its name; a stored report has only the name. */
export function measurementName({ name, figure }: Measurement): LocalizableText {
  return figure === undefined ? name : { figure }
}

/** @param value the figure's own, or one of its limits */
export function showValue({ unit, figure }: Measurement, value: number | null): LocalizableText {
  if (value === null) return keyed('measured.not')
  const amount = figure?.digits === undefined ? numberText(value) : hexText(value, figure.digits)
  if (unit === '') return amount
  // Units that are words; the others are symbols.
  return unit === 'octets' || unit === 'cells'
    ? keyed(`measured.${unit}`, { amount })
    : keyed('measured.quantity', { amount, unit })
}

/** The limit in words: `at most 6 s`, `0083h`, `0.3 to 1 ms`; empty when there is none. */
export function showLimit(measurement: Measurement): LocalizableText {
  const { min, max } = measurement
  if (min !== null && max !== null) {
    if (min === max) return showValue(measurement, min)
    return keyed('limit.range', {
      min: showValue({ ...measurement, unit: '' }, min),
      max: showValue(measurement, max),
    })
  }
  if (max !== null) return keyed('limit.at-most', { max: showValue(measurement, max) })
  if (min !== null) return keyed('limit.at-least', { min: showValue(measurement, min) })
  return ''
}

/** The limit as a remark behind a figure: `must be 80h`, `at most 6 s`; empty when there is none. */
export function limitRemark(measurement: Measurement): LocalizableText {
  const limit = showLimit(measurement)
  return limit !== '' && measurement.min === measurement.max ? keyed('limit.must-be', { limit }) : limit
}

/** What a set of figures says by itself, and the sentence for the first that is out of its limits. */
export function judge(outcome: Outcome): { readonly verdict: Verdict; readonly reason: LocalizableText } {
  if (outcome.verdict !== undefined) return { verdict: outcome.verdict, reason: outcome.reason ?? '' }
  const wrong = outcome.measurements.filter((measurement) => !withinLimits(measurement))
  if (wrong.length === 0) return { verdict: 'pass', reason: outcome.reason ?? '' }
  return { verdict: 'fail', reason: outcome.reason ?? outOfLimits(wrong[0], wrong.length - 1) }
}

function outOfLimits(first: Measurement, more: number): LocalizableText {
  const values = { figure: measurementName(first), found: showValue(first, first.value), limit: showLimit(first) }
  return more === 0 ? keyed('run.out-of-limits', values) : keyed('run.out-of-limits-more', { ...values, more })
}

/** The middle of a sorted copy; null when there is nothing. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 50)
}

/** Nearest-rank percentile; null when there is nothing. */
export function percentile(values: readonly number[], percent: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const rank = Math.ceil((percent / 100) * sorted.length)
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1]
}

/** Nanoseconds as milliseconds with three decimals: what a report shows. */
export function milliseconds(nanoseconds: number): number {
  return Math.round(nanoseconds / 1_000) / 1_000
}
