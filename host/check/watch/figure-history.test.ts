import { expect, it } from 'vitest'
import type { Measurement } from '../types.js'
import { FigureHistory } from './figure-history.js'

function time(value: number | null): Measurement {
  return { name: 'round trip', value, unit: 'ms', min: null, max: null }
}

function taken(values: readonly (number | null)[]) {
  const history = new FigureHistory()
  return values.map((value) => history.take(time(value)))
}

it('says nothing of the first rounds, nor of what scatters as the rounds before did', () => {
  expect(taken([1, 9, 4])).toEqual([undefined, undefined, undefined])
  // From 4 to 10 in three rounds: 16 is as far above as they were apart.
  expect(taken([4, 10, 7, 16]).at(-1)).toBeUndefined()
  expect(taken([4, 10, 7, 17]).at(-1)).toEqual({ from: 7, to: 17, back: false })
})

it('tells a move once, and its return', () => {
  expect(taken([10, 10, 10, 20, 21, 20, 10])).toEqual([
    ...[undefined, undefined, undefined],
    { from: 10, to: 20, back: false },
    ...[undefined, undefined],
    { from: 20, to: 10, back: true },
  ])
})

it('takes a figure that stays away for that of the board from then on', () => {
  expect(taken([10, 10, 10, 20, 20, 20, 20, 20, 20, 10]).slice(4)).toEqual([
    ...[undefined, undefined, undefined, undefined, undefined],
    { from: 20, to: 10, back: false },
  ])
})

it('knows nothing of a round in which it could not be taken', () => {
  expect(taken([10, null, 10, 10, null, Number.NaN, 20]).at(-1)).toEqual({ from: 10, to: 20, back: false })
})
