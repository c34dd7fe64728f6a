import { expect, it } from 'vitest'
import { counted } from './counted.js'

it('has the noun of one, and of all other numbers, as numbers and as they are written', () => {
  expect([0, 1, 2, '1', '1.5'].map((count) => counted(count, 'octet'))).toEqual([
    ...['0 octets', '1 octet', '2 octets', '1 octet', '1.5 octets'],
  ])
  expect([1, 2].map((count) => counted(count, 'echo', 'echoes'))).toEqual(['1 echo', '2 echoes'])
})
