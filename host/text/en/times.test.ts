import { expect, it } from 'vitest'
import { times } from './times.js'

it('counts as people do', () => {
  expect([1, 2, 3].map(times)).toEqual(['once', 'twice', '3 times'])
})
