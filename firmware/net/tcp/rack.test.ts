import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../hal/clock.js'
import { isBefore, Rack } from './rack.js'
import { RESENT } from './sent-segments.js'

const SMSS = 1000
const ms = (count: number) => count * MILLISECOND

/** A way of 100 ms there and back, on which a segment up to number 1000 has arrived. */
function started(): Rack {
  const rack = new Rack()
  rack.beginAcknowledgement(ms(100), undefined)
  rack.onDelivered(0, 1000, 0)
  return rack
}

const adapt = (rack: Rack, now: number, reported = 0, recovering = false) =>
  rack.adapt(now, recovering, reported, SMSS, ms(100))

describe('RACK (RFC 8985 6.2)', () => {
  it('finds lost what was sent before something that has arrived, a quarter of the least round trip later (step 5)', () => {
    const rack = started()
    rack.beginAcknowledgement(ms(110), undefined)
    rack.onDelivered(ms(10), 4000, 0)
    adapt(rack, ms(110), SMSS)
    expect(rack.window).toBe(ms(25))
    expect(rack.timeUntilLost(ms(9), 3000, 0)).toBe(ms(9 + 100 + 25 - 110))
    // Sent at the same instant, and behind it; sent after it.
    expect(rack.timeUntilLost(ms(10), 3000, 0)).toBe(ms(25))
    expect(rack.timeUntilLost(ms(10), 5000, 0)).toBeUndefined()
    expect(rack.timeUntilLost(ms(11), 2000, 0)).toBeUndefined()
    // Sent again at that instant: after it, if anything.
    expect(rack.timeUntilLost(ms(10), 3000, RESENT)).toBeUndefined()
  })

  it('waits for nothing while no segment was overtaken, once three are reported or a recovery is on (step 4)', () => {
    const rack = started()
    adapt(rack, ms(100), 3 * SMSS)
    expect(rack.window).toBe(0)
    adapt(rack, ms(100), SMSS, true)
    expect(rack.window).toBe(0)
    adapt(rack, ms(100), 2 * SMSS)
    expect(rack.window).toBe(ms(25))
  })

  it('has seen reordering when what was sent once arrives after what lies behind it (step 3), not when a copy does', () => {
    const rack = started()
    rack.beginAcknowledgement(ms(110), undefined)
    rack.onDelivered(ms(10), 5000, 0)
    rack.beginAcknowledgement(ms(111), undefined)
    rack.onDelivered(ms(11), 4000, RESENT)
    expect(rack.reorderingSeen).toBe(false)
    rack.beginAcknowledgement(ms(112), undefined)
    rack.onDelivered(ms(10), 3000, 0)
    expect(rack.reorderingSeen).toBe(true)
    adapt(rack, ms(112), 3 * SMSS, true)
    expect(rack.window).toBe(ms(25))
  })

  it('has seen none where one acknowledgement reports two stretches, in whatever order', () => {
    const rack = started()
    rack.beginAcknowledgement(ms(110), undefined)
    rack.onDelivered(ms(10), 9000, 0)
    rack.onDelivered(ms(10), 5000, 0)
    expect(rack.reorderingSeen).toBe(false)
  })

  it('widens its window by a quarter for each round trip with a D-SACK, up to SRTT, and brings it back after 16 recoveries', () => {
    const rack = started()
    rack.reorderingSeen = true
    for (const [una, next, expected] of [
      [1000, 9000, 50],
      // The same round trip.
      [2000, 9500, 50],
      [9000, 12_000, 75],
      [12_000, 13_000, 100],
      [13_000, 14_000, 100],
    ]) {
      rack.noteDuplicate(una, next)
      adapt(rack, ms(100))
      expect(rack.window).toBe(ms(expected))
    }
    for (let i = 0; i < 15; i++) rack.onRecovered()
    adapt(rack, ms(100))
    expect(rack.window).toBe(ms(100))
    rack.onRecovered()
    adapt(rack, ms(100))
    expect(rack.window).toBe(ms(25))
  })

  it('takes no round trip from a copy that cannot have been the one that arrived (step 2)', () => {
    const rack = started()
    // Sent again 20 ms ago, on a way of 100 ms.
    rack.beginAcknowledgement(ms(200), undefined)
    rack.onDelivered(ms(180), 2000, RESENT)
    expect([rack.roundTrip, rack.echoOfEarlierCopy]).toEqual([ms(100), false])
    // Sent again 150 ms ago, and what is echoed is older.
    rack.beginAcknowledgement(ms(400), ms(240))
    rack.onDelivered(ms(250), 3000, RESENT)
    expect([rack.roundTrip, rack.echoOfEarlierCopy]).toEqual([ms(100), true])
    rack.beginAcknowledgement(ms(401), ms(250))
    rack.onDelivered(ms(250), 3000, RESENT)
    expect([rack.roundTrip, rack.echoOfEarlierCopy]).toEqual([ms(151), false])
  })

  it('does not know which of two was first within one step of the timestamp clock', () => {
    expect(isBefore(ms(10), ms(10) + 999_999)).toBe(false)
    expect(isBefore(ms(10), ms(11))).toBe(true)
  })
})
