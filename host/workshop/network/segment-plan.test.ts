import { expect, it } from 'vitest'
import { parsePlan, planWith } from './segment-plan.js'

it('a plan is written as it is read, in the order of segments', () => {
  const plan = planWith(planWith(planWith('', 4, { kind: 'hold', milliseconds: 300 }), 2, { kind: 'drop' }), 11, {
    kind: 'twice',
  })
  expect(plan).toBe('2-drop 4-hold-300 11-twice')
  expect([...parsePlan(plan)]).toEqual([
    [2, { kind: 'drop' }],
    [4, { kind: 'hold', milliseconds: 300 }],
    [11, { kind: 'twice' }],
  ])
  expect(planWith(plan, 4, undefined)).toBe('2-drop 11-twice')
})

it('what is no plan in an address is left out, and no time is longer than a minute', () => {
  expect(planWith('0-drop 3-eat x 5-hold 6-hold-99999 7-drop-', 9, { kind: 'drop' })).toBe('6-hold-60000 9-drop')
})
