import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from './nearest.js'

describe('the nearest name', () => {
  it.each([
    ['kitten', 'sitting', 3], // Levenshtein's own example
    ['check', 'chekc', 1], // swapped neighbours are one error (Damerau 1964)
    ['', 'abc', 3],
    ['same', 'same', 0],
  ])('counts the typing errors from %s to %s: %i', (a, b, errors) => {
    expect(editDistance(a, b)).toBe(errors)
  })

  it('is found for a slip of the finger or a beginning, and not for something else altogether', () => {
    const faults = ['miso-open', 'cs-stuck-high', 'cable-unplugged', 'cable-noise']
    expect(nearest('mosi-open', faults)).toBe('miso-open')
    expect(nearest('cable-unpluged', faults)).toBe('cable-unplugged')
    expect(nearest('cs-stuck', faults)).toBe('cs-stuck-high')
    expect(nearest('earthquake', faults)).toBeUndefined()
  })
})
