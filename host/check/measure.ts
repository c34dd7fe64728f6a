/** Figures with limits, and what the limits make of them. */
import { numberText } from '../number-text.js'
import { EN } from '../text/en.js'
import { figureName } from '../text/figure-name.js'
import type { Figure, Limits } from './figure.js'
import type { Measurement, Outcome, Verdict } from './types.js'

/**
 * A figure that was taken.
 * @param value null when it could not be
 * @param limits where they depend on the run; the figure's own unless told otherwise
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

/** 0083h, as the data sheet writes it. */
export function hexadecimal(value: number, digits: number): string {
  return `${value.toString(16).toUpperCase().padStart(digits, '0')}h`
}

export function showValue(measurement: Measurement, value: number | null): string {
  if (value === null) return 'not measured'
  const digits = measurement.figure?.digits
  const text = digits === undefined ? numberText(value) : hexadecimal(value, digits)
  if (measurement.unit === '') return text
  return measurement.unit === '%' ? `${text} %` : `${text} ${measurement.unit}`
}

/** The limit in words: `at most 6 s`, `0083h`, `0.3 to 1 ms`; empty when there is none. */
export function showLimit(measurement: Measurement): string {
  const { min, max } = measurement
  if (min !== null && max !== null) {
    if (min === max) return showValue(measurement, min)
    return `${showValue({ ...measurement, unit: '' }, min)} to ${showValue(measurement, max)}`
  }
  if (max !== null) return `at most ${showValue(measurement, max)}`
  if (min !== null) return `at least ${showValue(measurement, min)}`
  return ''
}

/** The limit as a remark behind a figure: `must be 80h`, `at most 6 s`; empty when there is none. */
export function limitRemark(measurement: Measurement): string {
  const limit = showLimit(measurement)
  return limit !== '' && measurement.min === measurement.max ? `must be ${limit}` : limit
}

/** What a set of figures says by itself, and the sentence for the first that is out of its limits. */
export function judge(outcome: Outcome): { readonly verdict: Verdict; readonly reason: string } {
  if (outcome.verdict !== undefined) return { verdict: outcome.verdict, reason: outcome.reason ?? '' }
  const wrong = outcome.measurements.filter((measurement) => !withinLimits(measurement))
  if (wrong.length === 0) return { verdict: 'pass', reason: outcome.reason ?? '' }
  const first = wrong[0]
  const found = `${first.name}: ${showValue(first, first.value)}, should be ${showLimit(first)}`
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : ''
  return { verdict: 'fail', reason: outcome.reason ?? `${found}${more}` }
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
