import { describe, expect, it } from 'vitest'
import { Spares } from './spares.js'

describe('spares', () => {
  it('are what was given back, or new, and no more are kept than their limit', () => {
    let made = 0
    const spares = new Spares(() => ++made, 2)
    expect([spares.take(), spares.take(), spares.take()]).toEqual([1, 2, 3])
    for (const spare of [1, 2, 3]) spares.giveBack(spare)
    expect([spares.take(), spares.take(), spares.take()]).toEqual([2, 1, 4])
  })
})
