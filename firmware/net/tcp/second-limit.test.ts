import { expect, it } from 'vitest'
import { SECOND } from '../../hal/clock.js'
import { SecondLimit } from './second-limit.js'

it('lets through so much a second of the clock, and the next second as much again', () => {
  const limit = new SecondLimit(() => 3)
  const taken = (now: number, times: number) => Array.from({ length: times }, () => limit.take(now))
  expect(taken(0.5 * SECOND, 5)).toEqual([true, true, true, false, false])
  expect(taken(SECOND - 1, 1)).toEqual([false])
  expect(taken(SECOND, 4)).toEqual([true, true, true, false])
  expect(new SecondLimit(() => 0).take(0)).toBe(false)
})
