import { describe, expect, it } from 'vitest'
import { MILLISECOND as ms, SECOND } from '../../hal/clock.js'
import { TcpRoundTrip } from './round-trip.js'

describe('the retransmission timeout (RFC 6298)', () => {
  it('is one second before any sample, doubles each time it passes, and stays at 60 s (2.1, 2.5, 5.5)', () => {
    const trip = new TcpRoundTrip()
    const seen: number[] = []
    for (let i = 0; i < 8; i++) {
      seen.push(trip.timeout / SECOND)
      trip.backOff()
    }
    expect(seen).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  it('74 [6298 2.2/2.3] follows the formulas for samples of 100 and 300 ms', () => {
    const trip = new TcpRoundTrip()
    trip.sample(100 * ms)
    // 2.2: SRTT = R, RTTVAR = R/2, RTO = SRTT + max(G, 4 RTTVAR).
    expect([trip.smoothed, trip.variation, trip.timeout]).toEqual([100 * ms, 50 * ms, 300 * ms])
    trip.sample(300 * ms)
    // 2.3: RTTVAR = 3/4 * 50 + 1/4 * |100 - 300| = 87.5; SRTT = 7/8 * 100 + 1/8 * 300 = 125; RTO = 125 + 350.
    expect([trip.smoothed, trip.variation, trip.timeout]).toEqual([125 * ms, 87.5 * ms, 475 * ms])
  })

  it('75 [6298 2.4] is no less than the documented 200 ms on a path of 1 ms, or than the second that is asked for', () => {
    const trip = new TcpRoundTrip()
    const strict = new TcpRoundTrip({ minimum: SECOND })
    for (let i = 0; i < 100; i++) {
      trip.sample(ms)
      strict.sample(ms)
    }
    expect(trip.timeout).toBe(200 * ms)
    expect(strict.timeout).toBe(SECOND)
  })

  it('adds at least one step of the clock to the smoothed time (2.3)', () => {
    const trip = new TcpRoundTrip({ minimum: 0, granularity: 10 * ms })
    for (let i = 0; i < 1000; i++) trip.sample(400 * ms)
    expect(trip.timeout).toBe(410 * ms)
  })

  it('is computed anew from the first sample after a back-off', () => {
    const trip = new TcpRoundTrip()
    trip.sample(400 * ms)
    trip.backOff()
    trip.backOff()
    expect(trip.timeout).toBe(4800 * ms)
    trip.sample(400 * ms)
    expect(trip.timeout).toBe(400 * ms + 4 * 150 * ms)
  })

  it('falls back to what the samples say when data are acknowledged, and stays where there are none', () => {
    const trip = new TcpRoundTrip()
    trip.backOff()
    trip.endBackOff()
    expect(trip.timeout).toBe(2 * SECOND)
    trip.sample(400 * ms)
    trip.backOff()
    trip.endBackOff()
    expect(trip.timeout).toBe(1200 * ms)
  })

  it('78 [6298 5.7] is 3 s when data begin after a SYN that was sent again', () => {
    const trip = new TcpRoundTrip()
    trip.backOff()
    trip.startAfterSynLoss()
    expect(trip.timeout).toBe(3 * SECOND)
  })

  it('moves as far in a round trip of eight samples as in one of a single sample (RFC 7323 appendix G)', () => {
    const one = new TcpRoundTrip()
    const eight = new TcpRoundTrip()
    for (const trip of [one, eight]) trip.sample(100 * ms)
    one.sample(200 * ms, 1)
    for (let i = 0; i < 8; i++) eight.sample(200 * ms, 8)
    expect(one.smoothed).toBe(112.5 * ms)
    expect(eight.smoothed! / ms).toBeCloseTo(100 + 100 * (1 - (63 / 64) ** 8), 6)
  })
})
