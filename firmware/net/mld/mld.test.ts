import { describe, expect, it } from 'vitest'
import { ALL_NODES, addressOctets, loneHost, OWN, OWN_GROUP } from '../../../test/support/ipv6-stranger.js'
import { frameOf, type Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { SECOND } from '../../hal/clock.js'
import type { Ipv6Address } from '../ipv6/address.js'

/** Groups of the reports that were sent, by their last two octets. */
const reported = ({ frames }: Ipv6Wire) =>
  frames
    .filter((frame) => frame[20] === 0 && frame[62] === 143)
    .map((frame) =>
      Array.from({ length: frame[69] }, (_, i) => `${frame[88 + 20 * i]}.${frame[89 + 20 * i]}`).join(' '),
    )

/** A router asks within a second. @param group `::` asks for all of them */
function query(destination: Ipv6Address, group: string, how: Parameters<typeof frameOf>[2] = {}) {
  const lone = loneHost({ addresses: ['2001:db8::b/64'] })
  const message = [130, 0, 0, 0, 3, 0xe8, 0, 0, ...addressOctets(group), 2, 125, 0, 0]
  const alert = { next: 0, before: [58, 0, 5, 2, 0, 0, 1, 0], hopLimit: 1 }
  lone.wire.say(frameOf(destination, message, { ...alert, ...how }))
  lone.wire.clock.runFor(2 * SECOND)
  return { reports: reported(lone.wire), dropped: lone.host.counters().icmpv6?.dropped ?? {} }
}

describe('a query of listener discovery (RFC 9777 5.1)', () => {
  it('is answered with the groups that it asks for, to whatever address of the interface it was', () => {
    expect(query(ALL_NODES, '::').reports).toEqual(['0.10 0.11'])
    expect(query(OWN_GROUP, 'ff02::1:ff00:a').reports).toEqual(['0.10'])
    expect(query(OWN, '::').reports).toEqual(['0.10 0.11'])
    expect(query(OWN, 'ff02::1:ff00:b').reports).toEqual(['0.11'])
  })

  it('for another group than it was sent to, or for one that is not joined, is not answered', () => {
    expect(query(OWN_GROUP, 'ff02::1:ff00:b').reports).toEqual([])
    expect(query(OWN, 'ff02::1:ff00:c').reports).toEqual([])
  })

  it('of no link-local address, or of more than one hop, is discarded', () => {
    for (const how of [{ source: ipv6('2001:db8::77') }, { source: ipv6('::') }, { hopLimit: 2 }])
      expect(query(ALL_NODES, '::', how)).toEqual({ reports: [], dropped: { 'MLD query not credible': 1 } })
  })
})
