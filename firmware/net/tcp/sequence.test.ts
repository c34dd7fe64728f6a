import { describe, expect, it } from 'vitest'
import * as sequence from './sequence.js'

describe('sequence numbers (RFC 9293 3.4)', () => {
  it('go on at 0 after 2^32 - 1, and keep their order across it', () => {
    const last = 0xffff_ffff - 100
    const next = sequence.add(last, 1000)
    expect(next).toBe(899)
    expect(sequence.sequenceDistance(last, next)).toBe(1000)
    expect(sequence.sequenceDistance(next, last)).toBe(-1000)
    expect(sequence.add(next, -1000)).toBe(last)
    expect([
      sequence.before(last, next),
      sequence.beforeOrAt(last, next),
      sequence.after(next, last),
      sequence.afterOrAt(next, last),
    ]).toEqual(Array(4).fill(true))
    expect([sequence.before(next, last), sequence.after(last, next)]).toEqual([false, false])
    expect(sequence.latest(last, next)).toBe(next)
    expect(sequence.latest(next, last)).toBe(next)
  })

  it('are equal to themselves and neither before nor after', () => {
    for (const n of [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]) {
      expect([
        sequence.before(n, n),
        sequence.after(n, n),
        sequence.beforeOrAt(n, n),
        sequence.afterOrAt(n, n),
      ]).toEqual([false, false, true, true])
      expect(sequence.sequenceDistance(n, n)).toBe(0)
    }
  })

  it('stay ordered to a distance of 2^31 - 1, wherever they begin', () => {
    for (const n of [0, 5, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0]) {
      expect(sequence.before(n, sequence.add(n, 0x7fff_ffff))).toBe(true)
      expect(sequence.sequenceDistance(n, sequence.add(n, 0x7fff_ffff))).toBe(0x7fff_ffff)
    }
  })
})
