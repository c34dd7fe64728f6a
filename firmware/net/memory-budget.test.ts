import { describe, expect, it } from 'vitest'
import { MemoryBudget } from './memory-budget.js'

describe('a memory budget', () => {
  it('gives what is free and counts what it refuses', () => {
    const budget = new MemoryBudget(1536)
    expect(budget.take(1000, 'services')).toBe(true)
    expect(budget.take(537, 'fragments')).toBe(false)
    expect(budget.take(536, 'fragments')).toBe(true)
    expect(budget.free).toBe(0)
    budget.give(1000, 'services')
    expect(budget.snapshot()).toEqual({
      limit: 1536,
      used: 536,
      peak: 1536,
      byPurpose: { services: 0, fragments: 536 },
      refused: { fragments: 1 },
    })
  })

  it('leaves room for what arrives, and for connections, beside what waits to be sent', () => {
    const budget = new MemoryBudget(1536)
    expect(budget.take(513, 'TCP send buffers')).toBe(false)
    expect(budget.take(512, 'TCP send buffers')).toBe(true)
    expect(budget.take(769, 'TCP receive buffers')).toBe(false)
    expect(budget.freeFor('TCP receive buffers')).toBe(768)
    expect(budget.take(768, 'TCP receive buffers')).toBe(true)
    expect(budget.take(256, 'TCP connections')).toBe(true)
    expect(budget.freeFor('TCP send buffers')).toBe(0)
  })

  it('says so when more comes back than went out', () => {
    const budget = new MemoryBudget(100)
    budget.take(10, 'services')
    expect(() => budget.give(11, 'services')).toThrow('11 octets of services given back, 10 held')
    expect(() => new MemoryBudget(-1)).toThrow('whole number of octets; got -1')
  })
})
