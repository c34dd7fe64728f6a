import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { MemoryBudget, type MemoryPurpose } from './memory-budget.js'
import { CONTROL_BLOCK_OCTETS } from './tcp/control-block.js'

/** An Uno, a Mega, a computer; and what is smaller, larger, and odd. */
const CLASSES = [1536, 6144, 1 << 20, 100, 1023, 16_384, 64 << 20]
const PURPOSES: readonly MemoryPurpose[] = [
  'TCP connections',
  'TCP connections half open',
  'TCP send buffers',
  'TCP receive buffers',
  'TCP segments out of order',
  'UDP receive queues',
  'UDP datagrams to fragment',
  'ICMP receive queues',
  'frames waiting for a neighbour',
  'frames to this host itself',
  'fragments',
  'DNS cache',
  'services',
]
/** What is held because somebody sent something. */
const FLOODED: readonly MemoryPurpose[] = [
  'TCP connections half open',
  'UDP receive queues',
  'UDP datagrams to fragment',
  'ICMP receive queues',
  'frames to this host itself',
  'fragments',
  'DNS cache',
]

describe('a memory budget', () => {
  it('gives what is free and counts what it refuses', () => {
    const budget = new MemoryBudget(1536)
    expect(budget.take(700, 'services')).toBe(true)
    expect(budget.take(700, 'services')).toBe(false)
    expect(budget.free).toBe(836)
    budget.give(700, 'services')
    expect(budget.take(500, 'fragments')).toBe(true)
    expect(budget.snapshot()).toEqual({
      limit: 1536,
      used: 500,
      peak: 700,
      byPurpose: { services: 0, fragments: 500 },
      refused: { services: 1 },
    })
  })

  it.each(CLASSES)('of %i octets gives no purpose all of it, however much it asks for', (limit) => {
    for (const purpose of PURPOSES) {
      const budget = new MemoryBudget(limit)
      while (budget.take(Math.max(1, limit >> 8), purpose));
      expect(budget.used).toBeLessThanOrEqual((limit * 3) / 4)
      expect(budget.used).toBeLessThanOrEqual(budget.capOf(purpose))
    }
  })

  it.each([1536, 6144, 1 << 20])(
    'of %i octets has, whatever arrives, two connections with a service each, octets each way, and a frame that waits',
    (limit) => {
      const budget = new MemoryBudget(limit)
      for (const purpose of FLOODED) while (budget.take(1, purpose));
      for (const purpose of FLOODED) expect(budget.freeFor(purpose)).toBe(0)
      for (let i = 0; i < 2; i++) {
        expect(budget.take(CONTROL_BLOCK_OCTETS, 'TCP connections')).toBe(true)
        expect(budget.take(Math.min(4096, limit >> 4), 'services')).toBe(true)
      }
      expect(budget.take(128, 'TCP send buffers')).toBe(true)
      expect(budget.take(128, 'TCP receive buffers')).toBe(true)
      // Ethernet and IP header, and a SYN,ACK with all options.
      expect(budget.take(14 + 20 + 40, 'frames waiting for a neighbour')).toBe(true)
    },
  )

  it.each(CLASSES)('of %i octets never promises what it has not, and is whole when all came back', (limit) => {
    const random = new SeededRandom(limit)
    const budget = new MemoryBudget(limit)
    const reserved = PURPOSES.map((purpose) => budget.freeFor(purpose))
    const held: { octets: number; purpose: MemoryPurpose }[] = []
    for (let step = 0; step < 3000; step++) {
      if (random.below(3) > 0) {
        const purpose = PURPOSES[random.below(PURPOSES.length)]
        const octets = random.below(Math.max(2, limit >> 3))
        const free = budget.freeFor(purpose)
        expect(free).toBeGreaterThanOrEqual(0)
        expect(budget.take(octets, purpose)).toBe(octets <= free)
        if (octets <= free) held.push({ octets, purpose })
      } else {
        const [back] = held.splice(random.below(Math.max(1, held.length)), 1)
        if (back !== undefined) budget.give(back.octets, back.purpose)
      }
      expect(budget.used).toBe(held.reduce((sum, { octets }) => sum + octets, 0))
      expect(budget.used).toBeLessThanOrEqual(limit)
    }
    for (const { octets, purpose } of held) budget.give(octets, purpose)
    expect(PURPOSES.map((purpose) => budget.freeFor(purpose))).toEqual(reserved)
  })

  it('leaves room for what arrives beside what waits to be sent', () => {
    const budget = new MemoryBudget(6144)
    expect(budget.take(2049, 'TCP send buffers')).toBe(false)
    expect(budget.take(2048, 'TCP send buffers')).toBe(true)
    expect(budget.freeFor('TCP receive buffers')).toBeGreaterThanOrEqual(2048)
    expect(budget.freeFor('TCP send buffers')).toBe(0)
  })

  it('is scarce when little is left beyond what is reserved', () => {
    const budget = new MemoryBudget(1536)
    expect(budget.isScarce).toBe(false)
    budget.take(budget.freeFor('fragments'), 'fragments')
    expect(budget.isScarce).toBe(true)
  })

  it('says so when more comes back than went out', () => {
    const budget = new MemoryBudget(100)
    budget.take(10, 'services')
    expect(() => budget.give(11, 'services')).toThrow('11 octets of services given back, 10 held')
    expect(() => new MemoryBudget(-1)).toThrow('whole number of octets; got -1')
  })
})

describe('the share that one of many may take', () => {
  const SEND = 'TCP send buffers'

  it('leaves a ninth of what is free, and of each ninth a ninth to the next (Choudhury and Hahne 1998, factor 8)', () => {
    const budget = new MemoryBudget(1 << 20)
    // A third of all, and an eighth of that is for those who hold little.
    const shared = Math.floor(2 ** 20 / 3) - Math.floor(2 ** 20 / 3 / 8)
    const shares = Array.from({ length: 3 }, () => {
      const share = budget.shareFor(SEND, 0)
      budget.take(share, SEND)
      return share
    })
    for (const [n, part] of [8 / 9, 8 / 81, 8 / 729].entries())
      expect(Math.abs(shares[n] - part * shared)).toBeLessThanOrEqual(n + 1)
    // Who has its share gets no more, however it asks.
    expect(budget.shareFor(SEND, shares[0])).toBe(0)
  })

  it('is 256 octets for each of 170 that come when others hold all they can', () => {
    const budget = new MemoryBudget(1 << 20)
    for (let share = 1; share > 0; ) {
      share = budget.shareFor(SEND, 256)
      budget.take(share, SEND)
    }
    for (let n = 0; n < 170; n++) {
      expect(budget.shareFor(SEND, 0)).toBe(256)
      budget.take(256, SEND)
    }
    expect(budget.shareFor(SEND, 0)).toBeLessThan(256)
  })

  it('is all there is where a purpose has but little', () => {
    const budget = new MemoryBudget(3000)
    expect(budget.capOf(SEND)).toBe(1000)
    expect(budget.shareFor(SEND, 0)).toBe(1000)
    budget.take(900, SEND)
    expect([budget.shareFor(SEND, 900), budget.shareFor(SEND, 0)]).toEqual([100, 100])
  })
})

describe('what gives way', () => {
  it('does so for as many octets as are wanted, what is sent again before what is lost', () => {
    const budget = new MemoryBudget(100_000)
    const order: string[] = []
    const holder = (name: string, isLost: boolean, count: number) => {
      let left = count
      budget.take(1000 * count, 'fragments')
      return budget.addYielding({
        isLost,
        giveOne: () => {
          if (left === 0) return false
          left--
          budget.give(1000, 'fragments')
          order.push(name)
          return true
        },
      })
    }
    holder('connection', true, 20)
    holder('frame', false, 3)
    const remove = holder('gone', false, 5)
    remove()
    const free = budget.freeFor('fragments')
    expect(budget.makeRoom(free, 'fragments')).toBe(true)
    expect(order).toEqual([])
    expect(budget.makeRoom(free + 4500, 'fragments')).toBe(true)
    expect(order).toEqual(['frame', 'frame', 'frame', 'connection', 'connection'])
    expect(budget.makeRoom(99_000, 'fragments')).toBe(false)
    expect(order).toHaveLength(23)
  })
})
