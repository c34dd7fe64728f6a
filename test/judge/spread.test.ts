import { expect, it } from 'vitest'
import { spreadOver } from './spread.js'

it.each([
  [10, 3, 0],
  [36, 7, 0],
  [80, 37, 36],
  [1, 5, 0],
])('comes to each of %i once, in strides of %i from %i on', (length, stride, from) => {
  const place = spreadOver(length, stride, from)
  expect(place(0)).toBe(from)
  const round = Array.from({ length }, (_, number) => place(number))
  expect([...round].sort((a, b) => a - b)).toEqual([...Array(length).keys()])
  // What goes beyond the whole begins anew.
  expect(place(length + 3)).toBe(place(3))
})

it('takes neighbours of a slice from far apart', () => {
  const place = spreadOver(10, 3)
  expect([0, 1, 2, 3].map(place)).toEqual([0, 3, 6, 9])
})

it('does not take a stride that leaves some out', () => {
  expect(() => spreadOver(12, 9)).toThrow(/strides of 9 do not come to each of 12/)
  expect(() => spreadOver(0, 7)).toThrow(RangeError)
})
