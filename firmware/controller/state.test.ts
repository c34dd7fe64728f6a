import { expect, it } from 'vitest'
import type { SnapshotFrom } from 'xstate'
import type { controllerMachine } from './machine.js'
import type { ControllerStateValue } from './state.js'

type Same<One, Other> = [One, Other] extends [Other, One] ? true : never

it('spells out the states that the chart has, and no other: else this does not compile', () => {
  const isSame: Same<SnapshotFrom<typeof controllerMachine>['value'], ControllerStateValue> = true
  expect(isSame).toBe(true)
})
