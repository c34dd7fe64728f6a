/**
 * How a figure becomes one of a few cases. Steps are wide on purpose: some dozen runs of a cause must fill the cases that it can
 * show, and what depends on board, rate and clock is held against what these predict before it comes here.
 */

/** Cases by their number from 0 on; `undefined` where there is nothing to say. */
export interface Binning {
  /** How many cases there are. */
  readonly cases: number
  /** @param value null for a figure that the check could not take although it ran */
  bin(value: number | null): number
}

/** Steps upwards: below the first is case 0. The last case is that of a figure that could not be taken. */
function steps(limits: readonly number[]): Binning {
  return {
    cases: limits.length + 2,
    bin: (value) => {
      if (value === null || Number.isNaN(value)) return limits.length + 1
      const above = limits.findIndex((limit) => value < limit)
      return above < 0 ? limits.length : above
    },
  }
}

/** None, one, and then by factors of three. */
export const COUNT_BINS: Binning = steps([0.5, 1.5, 4, 12, 40, 120, 400])

/** Of a whole, 0 to 1: none, a trace, some, half, most, all but a trace, all. */
export const SHARE_BINS: Binning = steps([1e-9, 0.003, 0.02, 0.1, 0.4, 0.7, 0.98, 1])

/** To what was predicted: as it, and by factors of 1.25, 2 and 4 to either side. */
export const RATIO_BINS: Binning = steps([0.25, 0.5, 0.8, 0.95, 1.05, 1.25, 2, 4])

/** In hundredths of what was asked for, to either side. */
export const DEVIATION_BINS: Binning = steps([-10, -2, -0.5, 0.5, 2, 10])

/** Whether there is a figure at all. */
export const TAKEN_BINS: Binning = { cases: 2, bin: (value) => (value === null ? 1 : 0) }

/** By half decades, for what nothing predicts: from 0.03 to 3000 of its unit. */
export const SIZE_BINS: Binning = steps([1e-9, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000])

/** Right or not, as the limits of the figure say: within, below, above, not taken. */
export function limitCase(value: number | null, min: number | null, max: number | null): number {
  if (value === null || Number.isNaN(value)) return 3
  if (min !== null && value < min) return 1
  return max !== null && value > max ? 2 : 0
}

/** Of a register: as it must be, all zeros, all ones, one bit wrong, more, not taken. Without one right value "wrong" is all else. */
export function registerCase(value: number | null, digits: number, min: number | null, max: number | null): number {
  if (value === null || Number.isNaN(value)) return 5
  const ones = 2 ** (4 * digits) - 1
  const limited = min !== null || max !== null
  if (limited && limitCase(value, min, max) === 0) return 0
  if (value === 0) return 1
  if (value === ones) return 2
  if (min === null || min !== max) return 4
  const differing = value ^ min
  return (differing & (differing - 1)) === 0 ? 3 : 4
}
export const REGISTER_CASES = 6
export const LIMIT_CASES = 4
