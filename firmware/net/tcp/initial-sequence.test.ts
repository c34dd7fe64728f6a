import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { SECOND } from '../../hal/clock.js'
import { InitialNumbers, timestamp } from './initial-sequence.js'
import { sequenceDistance } from './sequence.js'

const HERE = 0x0a090002
const THERE = 0x0a090001

describe('initial sequence numbers (RFC 6528)', () => {
  it('16 [MUST-8 §3.4.1] of one pair of ends are 250,000 apart after a second', () => {
    const clock = new Scheduler()
    const numbers = new InitialNumbers(clock, new SeededRandom(1))
    const first = numbers.sequence(HERE, 50_000, THERE, 80)
    clock.runFor(SECOND)
    expect(sequenceDistance(first, numbers.sequence(HERE, 50_000, THERE, 80))).toBe(250_000)
  })

  it('go round 2^32 in 4.77 hours, and on', () => {
    const clock = new Scheduler()
    const numbers = new InitialNumbers(clock, new SeededRandom(1))
    let last = numbers.sequence(HERE, 50_000, THERE, 80)
    for (let i = 0; i < 60; i++) {
      clock.runFor(600 * SECOND)
      const next = numbers.sequence(HERE, 50_000, THERE, 80)
      expect(next).toBe(next >>> 0)
      expect(sequenceDistance(last, next)).toBe(150_000_000)
      last = next
    }
  })

  it('17 [SHLD-1 §3.4.1] are unrelated between ends, repeat with the same key and clock, and differ with another key', () => {
    const clock = new Scheduler()
    const one = new InitialNumbers(clock, new SeededRandom(1))
    const same = new InitialNumbers(clock, new SeededRandom(1))
    const other = new InitialNumbers(clock, new SeededRandom(2))
    const ends: [number, number, number, number][] = [
      [HERE, 50_000, THERE, 80],
      [HERE, 50_001, THERE, 80],
      [HERE, 50_000, THERE, 81],
      [HERE, 50_000, THERE + 1, 80],
      [HERE + 1, 50_000, THERE, 80],
      [THERE, 80, HERE, 50_000],
    ]
    const sequences = ends.map((end) => one.sequence(...end))
    expect(ends.map((end) => same.sequence(...end))).toEqual(sequences)
    expect(new Set([...sequences, ...ends.map((end) => other.sequence(...end))]).size).toBe(12)
  })

  it('18 [MUST-9 §3.4.1] of a hundred ports have no constant step between them', () => {
    const numbers = new InitialNumbers(new Scheduler(), new SeededRandom(1))
    const sequences = Array.from({ length: 101 }, (_, i) => numbers.sequence(HERE, 50_000 + i, THERE, 80))
    const steps = sequences.slice(1).map((sequence, i) => (sequence - sequences[i]) >>> 0)
    expect(new Set(steps).size).toBe(100)
    // No quarter of the number space is avoided, or preferred by much: 25 are expected in each.
    for (let quarter = 0; quarter < 4; quarter++)
      expect(steps.filter((step) => step >>> 30 === quarter).length).toBeGreaterThan(10)
  })
})

describe('the timestamp clock (RFC 7323 5.4)', () => {
  it('steps each millisecond from an offset of the connection, modulo 2^32', () => {
    const numbers = new InitialNumbers(new Scheduler(), new SeededRandom(1))
    const offset = numbers.timestampOffset(HERE, 50_000, THERE, 80)
    expect(offset).not.toBe(numbers.timestampOffset(HERE, 50_001, THERE, 80))
    expect(offset).not.toBe(numbers.sequence(HERE, 50_000, THERE, 80))
    expect(timestamp(5 * SECOND + 999_999, 0xffff_ffff)).toBe(4999)
  })
})
