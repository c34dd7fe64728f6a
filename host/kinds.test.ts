import { expect, it } from 'vitest'
import { Kinds } from './kinds.js'

it('things of a kind are the first of them and their number, in the order in which kinds came', () => {
  const kinds = new Kinds<string>()
  for (const word of ['bit', 'octet', 'break', 'overrun', 'bus']) kinds.add(word[0], word)
  expect(kinds.all).toEqual([
    { first: 'bit', count: 3 },
    { first: 'octet', count: 2 },
  ])
})
