import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { SECOND } from '../../hal/clock.js'
import { ChallengeLimit } from './challenge-limit.js'

function taken(limit: ChallengeLimit, tries: number): number {
  let count = 0
  for (let i = 0; i < tries; i++) if (limit.take()) count++
  return count
}

describe('the limit on challenge ACKs (RFC 5961 7)', () => {
  it('lets through no more than the limit of a thousand that are called for in a second, and at least half of it', () => {
    const clock = new Scheduler()
    const limit = new ChallengeLimit(clock, new SeededRandom(1), 100)
    const seen = new Set<number>()
    for (let second = 0; second < 50; second++) {
      const count = taken(limit, 1000)
      expect(count).toBeGreaterThanOrEqual(50)
      expect(count).toBeLessThanOrEqual(100)
      seen.add(count)
      clock.runFor(SECOND)
    }
    // Nobody can tell the budget of a second from that of another.
    expect(seen.size).toBeGreaterThan(20)
  })

  it('lets none through before the second is over, and allows for one and for none', () => {
    const clock = new Scheduler()
    const one = new ChallengeLimit(clock, new SeededRandom(1), 1)
    const none = new ChallengeLimit(clock, new SeededRandom(1), 0)
    expect([one.take(), one.take(), none.take()]).toEqual([true, false, false])
    clock.runFor(SECOND - 1)
    expect(one.take()).toBe(false)
    clock.runFor(1)
    expect([one.take(), none.take()]).toEqual([true, false])
  })
})
