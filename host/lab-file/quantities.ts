/** Quantities as a lab file has them: with their unit, because a bare number says too little to who reads it next year. */
import * as v from 'valibot'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  min: 60 * SECOND,
  h: 3600 * SECOND,
}

const DURATION = /^[0-9]+(?:\.[0-9]+)? ?(?:ns|us|ms|s|min|h)$/
const SHARE = /^(?:100|[0-9]{1,2}(?:\.[0-9]+)?) ?%$/

export function durationField(title: string) {
  return v.pipe(
    v.string(),
    v.regex(DURATION),
    v.title(title),
    v.description('a duration with its unit, as 200ms, 30s or 5min'),
  )
}

export function shareField(title: string) {
  return v.pipe(v.string(), v.regex(SHARE), v.title(title), v.description('a percentage, as 5% or 0.1%'))
}

/** @param text as `durationField` takes it @returns nanoseconds */
export function nanosecondsIn(text: string): number {
  const [, digits, unit] = /^([0-9.]+) ?([a-z]+)$/.exec(text) ?? []
  return Math.round(Number(digits) * UNITS[unit])
}

/** @param text as `shareField` takes it @returns 0 to 1 */
export function shareIn(text: string): number {
  return Number.parseFloat(text) / 100
}
