import { expect, it } from 'vitest'
import { powerOfTwo } from './power-of-two.js'

it.each([
  [1, 1],
  [2, 2],
  [3, 4],
  [4, 4],
  [5, 8],
  [255, 256],
  [256, 256],
  [257, 512],
  [65_535, 65_536],
  [65_537, 131_072],
  [536_870_913, 1_073_741_824],
  [1_073_741_824, 1_073_741_824],
])('the least power of two from %i on is %i', (value, power) => {
  expect(powerOfTwo(value)).toBe(power)
})
