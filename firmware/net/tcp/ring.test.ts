import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { MemoryBudget } from '../memory-budget.js'
import { ByteRing } from './ring.js'

/** One that may have all of the budget. */
/** It may have half of a budget. */
const PURPOSE = 'services'

function octets(...values: number[]): Uint8Array {
  return Uint8Array.from(values)
}

function counting(count: number, first = 0): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (first + i) & 0xff)
}

describe('the octet ring', () => {
  it('gives octets back in the order in which they came', () => {
    const ring = new ByteRing(new MemoryBudget(1000), PURPOSE, 100)
    expect(ring.write(octets(1, 2, 3))).toBe(3)
    expect(ring.write(octets(9, 4, 5, 9), 1, 3)).toBe(2)
    const into = new Uint8Array(8)
    expect(ring.read(into, 1, 5)).toBe(4)
    expect([...into]).toEqual([0, 1, 2, 3, 4, 0, 0, 0])
    expect(ring.read(into)).toBe(1)
    expect(into[0]).toBe(5)
    expect(ring.read(into)).toBe(0)
  })

  it('takes what its limit leaves room for and says how much that was', () => {
    const ring = new ByteRing(new MemoryBudget(1000), PURPOSE, 10)
    expect(ring.free).toBe(10)
    expect(ring.write(counting(12))).toBe(10)
    expect(ring.free).toBe(0)
    expect(ring.write(octets(1))).toBe(0)
    ring.drop(4)
    expect(ring.free).toBe(4)
  })

  it('holds no memory before the first octet, doubles as it fills, and never exceeds its limit', () => {
    const memory = new MemoryBudget(10_000)
    const ring = new ByteRing(memory, PURPOSE, 3000)
    expect(memory.used).toBe(0)
    const seen = new Set<number>()
    for (let i = 0; i < 3000; i++) {
      ring.write(octets(i))
      expect(memory.used).toBe(ring.capacity)
      seen.add(ring.capacity)
    }
    expect([...seen]).toEqual([256, 512, 1024, 2048, 3000])
  })

  it('gives its memory back when it is empty and is told to, or is cleared', () => {
    const memory = new MemoryBudget(1000)
    const ring = new ByteRing(memory, PURPOSE, 500)
    ring.write(counting(300))
    expect(ring.release()).toBe(false)
    ring.drop(300)
    expect(memory.used).toBe(500)
    expect(ring.release()).toBe(true)
    expect(memory.used).toBe(0)
    ring.write(counting(10))
    ring.clear()
    expect([memory.used, ring.length, ring.capacity]).toEqual([0, 0, 0])
    expect(ring.write(octets(7))).toBe(1)
  })

  it('takes as many octets as the budget has left, and what it refuses is counted', () => {
    const memory = new MemoryBudget(2 * 700)
    const ring = new ByteRing(memory, PURPOSE, 1000)
    expect(ring.write(counting(300))).toBe(300)
    expect(ring.capacity).toBe(512)
    expect(ring.free).toBe(400)
    expect(ring.write(counting(500))).toBe(400)
    expect(memory.used).toBe(700)
    expect(ring.write(octets(1))).toBe(0)
    expect(memory.snapshot().refused[PURPOSE]).toBe(2)
    const into = new Uint8Array(700)
    expect(ring.read(into)).toBe(700)
    expect(into).toEqual(Uint8Array.from([...counting(300), ...counting(400)]))
  })

  it('is not refused memory that others hold while less would do', () => {
    const memory = new MemoryBudget(2 * 600)
    const ring = new ByteRing(memory, PURPOSE, 1000)
    ring.write(counting(300))
    memory.take(60, PURPOSE)
    // Doubling to 1024 does not fit; the octet asked for does.
    ring.drop(0)
    expect(ring.write(counting(225))).toBe(225)
    expect(memory.snapshot().refused[PURPOSE]).toBeUndefined()
    expect(ring.capacity).toBe(525)
  })

  it('keeps octets written ahead through growth and through the reading of what is before them', () => {
    const ring = new ByteRing(new MemoryBudget(10_000), PURPOSE, 5000)
    ring.write(counting(200))
    ring.drop(150)
    expect(ring.writeAt(100, octets(1, 2, 3))).toBe(true)
    expect(ring.writeAt(1000, octets(4, 5, 6))).toBe(true)
    expect(ring.length).toBe(50)
    ring.drop(50)
    // Empty, with something ahead: release keeps the memory.
    expect(ring.release()).toBe(false)
    expect(ring.writeAt(0, counting(50))).toBe(true)
    ring.extend(53)
    const into = new Uint8Array(53)
    ring.copyTo(0, into, 0, 53)
    expect([...into.subarray(50)]).toEqual([1, 2, 3])
    expect(ring.writeAt(53, counting(897))).toBe(true)
    ring.extend(900)
    expect(ring.length).toBe(953)
    ring.drop(950)
    expect(ring.read(into)).toBe(3)
    expect([...into.subarray(0, 3)]).toEqual([4, 5, 6])
    expect(() => ring.extend(1)).toThrow('0 were written')
  })

  it('refuses to write ahead beyond its limit, over its content, or without memory', () => {
    const ring = new ByteRing(new MemoryBudget(2 * 400), PURPOSE, 500)
    ring.write(counting(10))
    expect(ring.writeAt(499, octets(1, 2))).toBe(false)
    expect(ring.writeAt(398, octets(1, 2))).toBe(true)
    expect(ring.writeAt(399, octets(1, 2))).toBe(false)
    expect(() => ring.writeAt(9, octets(1))).toThrow('is content')
  })

  it('keeps what it has when its limit falls, and has no room until it is below', () => {
    const ring = new ByteRing(new MemoryBudget(1000), PURPOSE, 500)
    ring.write(counting(400))
    ring.limit = 100
    expect([ring.length, ring.free, ring.write(octets(1))]).toEqual([400, 0, 0])
    ring.drop(350)
    expect(ring.free).toBe(50)
    expect(ring.write(counting(60))).toBe(50)
  })

  it('says when more is asked of it than it has', () => {
    const ring = new ByteRing(new MemoryBudget(1000), PURPOSE, 500)
    ring.write(counting(5))
    expect(() => ring.drop(6)).toThrow(RangeError)
    expect(() => ring.copyTo(3, new Uint8Array(9), 0, 3)).toThrow(RangeError)
  })

  it('equals a plain array under 20,000 random operations', () => {
    const random = new SeededRandom(5)
    for (let round = 0; round < 20; round++) {
      const memory = new MemoryBudget(200 + random.below(3000))
      const ring = new ByteRing(memory, PURPOSE, 1 + random.below(2000))
      let reference: number[] = []
      let next = 0
      for (let step = 0; step < 1000; step++) {
        const count = random.below(random.below(4) === 0 ? 700 : 50)
        switch (random.below(5)) {
          case 0:
          case 1: {
            const room = ring.free
            const taken = ring.write(counting(count, next))
            expect(taken).toBe(Math.min(count, room))
            for (let i = 0; i < taken; i++) reference.push((next + i) & 0xff)
            next += taken
            break
          }
          case 2: {
            const into = new Uint8Array(count + 3)
            const got = ring.read(into, 3)
            expect([...into.subarray(3, 3 + got)]).toEqual(reference.splice(0, count))
            break
          }
          case 3: {
            const dropped = Math.min(count, ring.length)
            ring.drop(dropped)
            reference = reference.slice(dropped)
            break
          }
          default: {
            const at = random.below(ring.length + 1)
            const some = random.below(ring.length - at + 1)
            const into = new Uint8Array(some)
            ring.copyTo(at, into, 0, some)
            expect([...into]).toEqual(reference.slice(at, at + some))
          }
        }
        expect(ring.length).toBe(reference.length)
        expect(memory.used).toBe(ring.capacity)
        expect(ring.length).toBeLessThanOrEqual(ring.limit)
      }
    }
  })

  it('begins in memory that another has given back, and shows nothing of what was in it', () => {
    const memory = new MemoryBudget(10_000)
    const first = new ByteRing(memory, PURPOSE, 1000)
    first.write(new Uint8Array(200).fill(0xaa))
    first.clear()
    const second = new ByteRing(memory, PURPOSE, 1000)
    second.write(Uint8Array.of(1, 2))
    expect(() => second.extend(1)).toThrow(RangeError)
    const into = new Uint8Array(4)
    expect([second.read(into), [...into]]).toEqual([2, [1, 2, 0, 0]])
    const kept = memory.firstBuffers.take()
    expect([kept.length, kept.includes(0xaa)]).toEqual([256, false])
    second.release()
    expect(memory.firstBuffers.take()[5]).toBe(0xaa)
  })
})
