import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { SECOND } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { type ExchangeKind, Retransmission } from './retransmission.js'

/** Chance that always says the same. */
const always = (value: number): Random => ({
  next32: () => 0,
  float: () => value,
  below: () => 0,
  fork: () => always(value),
})

/** Instants, in seconds, at which a message without any answer is sent, as far as `limit`. */
function instants(kind: ExchangeKind, random: Random, limit: number, maximumSeconds?: number): number[] {
  const clock = new Scheduler()
  const exchange = new Retransmission(clock, random, kind, maximumSeconds)
  const sent: number[] = []
  while (exchange.isLeft && clock.now < limit * SECOND) {
    sent.push(clock.now / SECOND)
    exchange.count()
    clock.runFor(Math.round(exchange.next()))
  }
  sent.push(clock.now / SECOND)
  return sent
}

describe('a message of DHCPv6 that nobody answers (RFC 9915 15, 7.6)', () => {
  it.each<[ExchangeKind, number[]]>([
    // IRT, then twice as long each time up to MRT: RAND is 0 here.
    ['REQUEST', [0, 1, 3, 7, 15, 31, 61, 91, 121, 151, 181]],
    ['CONFIRM', [0, 1, 3, 7, 10]],
    ['RELEASE', [0, 1, 3, 7, 15]],
    ['DECLINE', [0, 1, 3, 7, 15]],
    ['RENEW', [0, 10, 30, 70, 150, 310, 630, 1230, 1830]],
    ['REBIND', [0, 10, 30, 70, 150, 310, 630, 1230, 1830]],
    ['INFORMATION-REQUEST', [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 7695]],
  ])('of a %s goes at the instants of its parameters, and no more', (kind, expected) => {
    const limit = kind === 'INFORMATION-REQUEST' ? 4096 : 1800
    expect(instants(kind, always(0.5), limit)).toEqual(expected)
  })

  it('of a SOLICIT comes first after more than IRT, whatever chance says', () => {
    expect(instants('SOLICIT', always(0), 1)[1]).toBe(1.1)
    expect(instants('SOLICIT', always(0.999_999), 1)[1]).toBeGreaterThan(1)
  })

  it('goes up to a tenth sooner or later, anew each time', () => {
    const random = new SeededRandom(15)
    const ratios = new Set<number>()
    for (let round = 0; round < 200; round++) {
      const [, first, second] = instants('REQUEST', random, 2)
      expect(first).toBeGreaterThanOrEqual(0.9)
      expect(first).toBeLessThanOrEqual(1.1)
      const ratio = (second - first) / first
      expect(ratio).toBeGreaterThanOrEqual(1.9)
      expect(ratio).toBeLessThanOrEqual(2.1)
      ratios.add(ratio)
    }
    expect(ratios.size).toBeGreaterThan(190)
  })

  it('goes as often as a server has it, where it says another SOL_MAX_RT', () => {
    const gaps = instants('SOLICIT', always(0.5), 400, 60)
    expect(gaps.at(-1)! - gaps.at(-2)!).toBe(60)
  })
})
