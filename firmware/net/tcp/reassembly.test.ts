import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { MemoryBudget } from '../memory-budget.js'
import { TcpReceiveBuffer } from './reassembly.js'

/** Octet n of copy c: both can be told from the value. */
function text(from: number, to: number, copy = 0): Uint8Array {
  return Uint8Array.from({ length: to - from }, (_, i) => ((from + i) % 50) + 50 * copy)
}

/** A receiver that keeps an array of octets and knows nothing else: the first copy of each stays. */
class Reference {
  readonly octets: (number | undefined)[] = []
  next = 0

  receive(start: number, octets: Uint8Array): number {
    octets.forEach((octet, i) => {
      if (start + i >= 0) this.octets[start + i] ??= octet
    })
    const before = this.next
    while (this.octets[this.next] !== undefined) this.next++
    return this.next - before
  }
}

function content(buffer: TcpReceiveBuffer): number[] {
  const into = new Uint8Array(buffer.ring.length)
  buffer.ring.copyTo(0, into, 0, into.length)
  return [...into]
}

function blocks(buffer: TcpReceiveBuffer, nextSequence: number, limit = 4): number[][] {
  const into = new Uint32Array(8)
  const count = buffer.blocks(into, nextSequence, limit)
  return Array.from({ length: count }, (_, i) => [into[2 * i], into[2 * i + 1]])
}

describe('reassembly', () => {
  it('gives segments 3, 1, 2 to the application as 1, 2, 3 (RFC 9293 SHLD-31)', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 1000)
    expect(buffer.receive(200, text(200, 300))).toBe(0)
    expect(buffer.receive(0, text(0, 100))).toBe(100)
    expect(buffer.intervals).toBe(1)
    expect(buffer.receive(0, text(100, 200))).toBe(200)
    expect(content(buffer)).toEqual([...text(0, 300)])
    expect(buffer.intervals).toBe(0)
  })

  const edges = ['before', 'at', 'after'] as const
  for (const [i, first] of edges.entries())
    for (const [j, left] of edges.entries())
      for (const [k, right] of edges.entries())
        it(`54 [5681 §4.2] overlap ${9 * i + 3 * j + k + 1} of 27: a segment from ${first} RCV.NXT, then one from ${left} its left edge to ${right} its right edge`, () => {
          const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 1000)
          const reference = new Reference()
          const steps: [number, number][] = [[0, 50]]
          const start = 50 + 10 * (i - 1)
          steps.push([start, start + 40])
          steps.push([start + 5 * (j - 1), start + 40 + 5 * (k - 1)])
          steps.push([50, 120])
          steps.forEach(([from, to], copy) => {
            const octets = text(from, to, copy)
            expect(buffer.receive(from - reference.next, octets)).toBe(reference.receive(from, octets))
            expect(content(buffer)).toEqual(reference.octets.slice(0, reference.next))
          })
          expect(buffer.intervals).toBe(0)
        })

  it('holds the first copy of every octet where segments differ in text', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 1000)
    buffer.receive(10, Uint8Array.of(1, 1, 1, 1))
    buffer.receive(8, Uint8Array.of(2, 2, 2, 2, 2, 2, 2, 2))
    expect(buffer.receive(0, new Uint8Array(20).fill(3))).toBe(20)
    expect(content(buffer)).toEqual([...Array(8).fill(3), 2, 2, 1, 1, 1, 1, 2, 2, ...Array(4).fill(3)])
  })

  it('equals the naive receiver in 300 random streams, whatever is lost, repeated, cut and read meanwhile', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = new SeededRandom(seed)
      const memory = new MemoryBudget(20_000)
      const window = 100 + random.below(1000)
      const buffer = new TcpReceiveBuffer(memory, window, 1000)
      const reference = new Reference()
      let read = 0
      for (let step = 0; step < 120; step++) {
        // As the caller does, nothing is taken beyond the window.
        const right = read + window
        const from = Math.max(0, reference.next - 100 + random.below(500))
        const to = Math.min(right, from + random.below(120))
        if (to > from) {
          const octets = text(from, to, random.below(5))
          const advance = reference.receive(from, octets)
          expect(buffer.receive(from - reference.next + advance, octets), `seed ${seed}`).toBe(advance)
        }
        const into = new Uint8Array(random.below(80))
        const got = buffer.ring.read(into)
        expect([...into.subarray(0, got)], `seed ${seed}`).toEqual(reference.octets.slice(read, read + got))
        read += got
        expect(got).toBe(Math.min(into.length, reference.next - (read - got)))
        const held = reference.octets.filter((octet, i) => octet !== undefined && i >= reference.next).length
        expect(buffer.octetsOutOfOrder).toBe(held)
      }
      expect(buffer.lost.total).toBe(0)
      buffer.clear()
      expect(memory.used).toBe(0)
    }
  })

  it('reports the stretch that changed last first, then the others by age, no more than there is room for (RFC 2018 4)', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 2000)
    for (const start of [100, 300, 500, 700, 900]) buffer.receive(start, text(0, 50))
    expect(blocks(buffer, 1000)).toEqual([
      [1900, 1950],
      [1700, 1750],
      [1500, 1550],
      [1300, 1350],
    ])
    buffer.receive(350, text(0, 10))
    expect(blocks(buffer, 1000, 3)).toEqual([
      [1300, 1360],
      [1900, 1950],
      [1700, 1750],
    ])
  })

  it('joins what a segment connects into one block', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 2000)
    buffer.receive(100, text(0, 50))
    buffer.receive(200, text(0, 50))
    buffer.receive(150, text(0, 50))
    expect(blocks(buffer, 0)).toEqual([[100, 250]])
  })

  it('gives block edges modulo 2^32, as RCV.NXT moves on', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 2000)
    buffer.receive(0, text(0, 10))
    buffer.receive(100, text(0, 50))
    expect(blocks(buffer, 0xffff_ffc0)).toEqual([[36, 86]])
  })

  it('reports a duplicate once, before the block that contains it (RFC 2883 4)', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 9000)
    // The example of RFC 2883 4.1: 3000-3499 arrives twice, in order.
    buffer.receive(0, text(0, 500))
    buffer.receive(-500, text(0, 500))
    expect(buffer.hasBlocks).toBe(true)
    expect(blocks(buffer, 3500)).toEqual([[3000, 3500]])
    expect(blocks(buffer, 3500)).toEqual([])
    // RFC 2883 4.2: a duplicate out of order, 4500-4999.
    buffer.receive(500, text(0, 1500))
    buffer.receive(1000, text(0, 500))
    expect(blocks(buffer, 3500)).toEqual([
      [4500, 5000],
      [4000, 5500],
    ])
    expect(blocks(buffer, 3500)).toEqual([[4000, 5500]])
  })

  it('reports the first part that was there already, where a segment repeats several (RFC 2883 4.3)', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 9000)
    buffer.receive(1000, text(0, 500))
    buffer.receive(2000, text(0, 500))
    buffer.receive(500, text(0, 2500))
    expect(blocks(buffer, 0)).toEqual([
      [1000, 1500],
      [500, 3000],
    ])
  })

  it('holds no more gaps than it may and counts what it refuses; what touches a stretch still joins it', () => {
    const buffer = new TcpReceiveBuffer(new MemoryBudget(10_000), 2000, 3)
    for (const start of [100, 200, 300, 400]) buffer.receive(start, text(0, 10))
    expect([buffer.intervals, buffer.lost.count('out of order: too many gaps')]).toEqual([3, 1])
    buffer.receive(110, text(0, 10))
    expect(blocks(buffer, 0)[0]).toEqual([100, 120])
    expect(buffer.receive(0, text(0, 500))).toBe(500)
    expect(buffer.intervals).toBe(0)
  })

  it('refuses and counts when the memory is used up, and takes what fits', () => {
    const memory = new MemoryBudget(3000)
    const buffer = new TcpReceiveBuffer(memory, 2000)
    expect(buffer.receive(50, text(0, 100))).toBe(0)
    expect(buffer.intervals).toBe(1)
    // Half of the budget is for what arrives.
    expect(buffer.receive(1500, text(0, 100))).toBe(0)
    expect(buffer.lost.count('out of order: no memory')).toBe(1)
    expect(buffer.receive(0, text(0, 1600))).toBe(1500)
    expect(buffer.lost.count('in order: no memory')).toBe(1)
    expect(buffer.receive(0, text(0, 10))).toBe(0)
    expect(memory.used).toBe(1500 + 4 * 12)
    buffer.clear()
    expect(memory.used).toBe(0)
  })

  it('forgets what is ahead when told, and keeps what is in order', () => {
    const memory = new MemoryBudget(3000)
    const buffer = new TcpReceiveBuffer(memory, 1000)
    buffer.receive(0, text(0, 20))
    buffer.receive(30, text(0, 20))
    buffer.dropAhead()
    expect(buffer.receive(0, text(20, 30))).toBe(10)
    expect(content(buffer)).toEqual([...text(0, 30)])
    expect(memory.snapshot().byPurpose['TCP segments out of order']).toBe(0)
    buffer.ring.drop(30)
    buffer.release()
    expect(memory.used).toBe(0)
  })
})
