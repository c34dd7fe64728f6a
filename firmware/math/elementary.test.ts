import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as elementary from './elementary.js'

/** Arguments, and the value behind them: by mpmath with 400 bits, rounded once to a double. */
type Vectors = Record<keyof typeof elementary, readonly (readonly number[])[]>

const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/elementary-functions.json', import.meta.url), 'utf8'),
) as Vectors

const FUNCTIONS = Object.entries(elementary) as [keyof typeof elementary, (...of: number[]) => number][]

/** Doubles from one to the other; 0 for the same. Both have one sign, and neither is NaN. */
function unitsApart(a: number, b: number): number {
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer)
  return Math.abs(Number(bits[0] - bits[1]))
}

describe.each(FUNCTIONS)('%s', (name, calculate) => {
  it('is within one unit in the last place of the true value', () => {
    const rows = vectors[name]
    expect(rows.length).toBeGreaterThan(15)
    const wrong = rows.filter((row) => !(unitsApart(calculate(...row.slice(0, -1)), row[row.length - 1]) <= 1))
    expect(wrong).toEqual([])
  })
})

it('has the values at the edges that the standard makes exact', () => {
  const { atan2, cbrt, cos, exp, log, log10, log1p, pow, sin } = elementary
  expect([log(0), log1p(-1), log10(0)]).toEqual([-Infinity, -Infinity, -Infinity])
  expect([log(-1), log1p(-2), log10(-1), sin(Infinity), cos(Infinity), pow(-8, 1 / 3), exp(NaN)]).toEqual(
    Array(7).fill(NaN),
  )
  expect([exp(-Infinity), exp(0), exp(Infinity)]).toEqual([0, 1, Infinity])
  expect([pow(10, -Infinity), pow(10, Infinity), pow(0, 0), pow(-2, 3)]).toEqual([0, Infinity, 1, -8])
  expect([sin(-0), cos(0), cbrt(-0), atan2(-0, 1), atan2(0, -1)]).toEqual([-0, 1, -0, -0, Math.PI])
})

it('gives whole powers of ten, and their logarithms, whole', () => {
  for (let n = 0; n <= 22; n++) {
    const power = Number(`1e${n}`)
    expect([n, elementary.pow(10, n), elementary.log10(power)]).toEqual([n, power, n])
  }
})
