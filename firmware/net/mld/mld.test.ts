import { describe, expect, it } from 'vitest'
import {
  ALL_NODES,
  addressOctets,
  HOST_STATION,
  loneHost,
  OWN,
  OWN_GROUP,
} from '../../../test/support/ipv6-stranger.js'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { formatIpv6, type Ipv6Address, readIpv6 } from '../ipv6/address.js'

/** Groups of the reports that were sent, by their last two octets. */
const reported = ({ frames }: Ipv6Wire) =>
  frames
    .filter((frame) => frame[20] === 0 && frame[62] === 143)
    .map((frame) =>
      Array.from({ length: frame[69] }, (_, i) => `${frame[88 + 20 * i]}.${frame[89 + 20 * i]}`).join(' '),
    )

interface Change {
  readonly source?: Ipv6Address
  readonly hopLimit?: number
  readonly wrongSum?: boolean
  /** In place of the router alert. */
  readonly option?: readonly number[]
  /** Octets that it has at all. */
  readonly cut?: number
}

/** A router asks. @param group `::` asks for all of them @param code for the most milliseconds until the answer */
function ask(
  destination: Ipv6Address,
  group: string,
  { source, hopLimit = 1, wrongSum = false, option = [5, 2, 0, 0], cut }: Change,
  code = [3, 0xe8],
  behind: readonly number[] = [],
): Uint8Array {
  const message = [130, 0, 0, 0, ...code, 0, 0, ...addressOctets(group), 2, 125, 0, 0, ...behind].slice(0, cut)
  const how = { next: 0, before: [58, 0, ...option, 1, 0], hopLimit }
  const frame = frameOf(destination, message, source === undefined ? how : { ...how, source })
  if (wrongSum) frame[64] ^= 1
  return frame
}

function query(destination: Ipv6Address, group: string, change: Change = {}, behind: readonly number[] = []) {
  const lone = loneHost({ addresses: ['2001:db8::b/64'] })
  lone.wire.say(ask(destination, group, change, [3, 0xe8], behind))
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

  it('is answered after a time by chance, within the one that it gives', () => {
    const lone = loneHost()
    const waits: number[] = []
    for (let i = 0; i < 5; i++) {
      const at = lone.wire.clock.now
      lone.wire.frames.length = 0
      lone.wire.say(ask(ALL_NODES, '::', {}, [0x27, 0x10]))
      expect(reported(lone.wire)).toEqual([])
      while (reported(lone.wire).length === 0) lone.wire.clock.runFor(100 * MILLISECOND)
      waits.push(lone.wire.clock.now - at)
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(10.1 * SECOND)
    expect(new Set(waits).size).toBeGreaterThan(2)
  })

  it('is the same with octets behind it, and none with a wrong checksum or of a length between the versions', () => {
    expect(query(ALL_NODES, '::', {}, [1, 2, 3, 4]).reports).toEqual(['0.10 0.11'])
    expect(query(ALL_NODES, '::', { cut: 26 })).toEqual({ reports: [], dropped: { 'MLD query not credible': 1 } })
    expect(query(ALL_NODES, '::', { wrongSum: true })).toEqual({ reports: [], dropped: { 'ICMPv6 checksum': 1 } })
  })

  it('of no link-local address, of more than one hop, or without a router alert, is discarded (6.2)', () => {
    for (const how of [
      { source: ipv6('2001:db8::77') },
      { source: ipv6('::') },
      { hopLimit: 2 },
      { option: [1, 2, 0, 0] },
    ])
      expect(query(ALL_NODES, '::', how)).toEqual({ reports: [], dropped: { 'MLD query not credible': 1 } })
  })
})

describe('a report of listener discovery (RFC 9777 5.2)', () => {
  it('goes to all routers of version 2, one hop, behind a router alert, with nothing behind its records', () => {
    const wire = new Ipv6Wire()
    const host = wire.host('a', HOST_STATION)
    wire.clock.runFor(20 * SECOND)
    const reports = wire.frames.filter((frame) => frame[20] === 0 && frame[62] === 143)
    const sources = reports.map((frame) => formatIpv6(readIpv6(frame, 22)))
    for (const frame of reports) {
      expect([frame[21], formatIpv6(readIpv6(frame, 38)), [...frame.subarray(54, 62)]]).toEqual([
        ...[1, 'ff02::16', [58, 0, 5, 2, 0, 0, 1, 0]],
      ])
      // No auxiliary data, no sources, and 20 octets for each record.
      expect([frame[71], frame[72], frame[73]]).toEqual([0, 0, 0])
      expect(frame.length).toBe(70 + 20 * frame[69])
    }
    // From nobody while there is no address, then from the link-local one, for all that is joined.
    expect(sources[0]).toBe('::')
    expect(sources.at(-1)).toBe(formatIpv6(OWN))
    expect(new Set(sources)).toEqual(new Set(['::', formatIpv6(OWN)]))
    expect(host.interfaces[0].ipv6?.mld.groups.length).toBe(2)
    expect(reported(wire)).not.toContain('0.1')
  })
})

describe('the groups of an interface (RFC 9777 4.2)', () => {
  it('joins no more than 64 groups, and says so', () => {
    const { mld } = loneHost({ addresses: [] }).six
    for (let i = mld.groups.length; i < 65; i++) mld.join(ipv6(`ff02::${i.toString(16)}00%eth0`)) // and all nodes, which is not joined
    expect(() => mld.join(ipv6('ff02::ffff%eth0'))).toThrow('ENOBUFS')
    mld.leave(ipv6('ff02::1000%eth0'))
    mld.join(ipv6('ff02::ffff%eth0'))
  })
})

describe('a router of version 1 (RFC 9777 8.2.1, RFC 2710)', () => {
  const GROUP = ipv6('ff02::1234%eth0')
  const OLD = { cut: 24 }
  /** What the host has sent of version 1: type, where to, and about which group; of version 2, its type alone. */
  const said = ({ frames }: Ipv6Wire) =>
    frames
      .filter((frame) => frame[20] === 0 && frame[62] > 130)
      .map((frame) =>
        frame[62] === 143
          ? '143'
          : `${frame[62]} ${formatIpv6(readIpv6(frame, 38))} ${formatIpv6(readIpv6(frame, 70))} ${frame.length - 62}`,
      )
  const lone = () => {
    const host = loneHost({ addresses: [] })
    return { ...host, mld: host.six.mld }
  }

  it('is answered in its version, to each group itself; who leaves tells all routers', () => {
    const { wire, mld } = lone()
    mld.join(GROUP)
    wire.clock.runFor(5 * SECOND)
    wire.frames.length = 0
    wire.say(ask(ALL_NODES, '::', OLD))
    wire.clock.runFor(2 * SECOND)
    expect(said(wire).sort()).toEqual(['131 ff02::1234 ff02::1234 24', '131 ff02::1:ff00:a ff02::1:ff00:a 24'])
    wire.frames.length = 0
    mld.leave(GROUP)
    wire.clock.runFor(2 * SECOND)
    expect(new Set(said(wire))).toEqual(new Set(['132 ff02::2 ff02::1234 24']))
  })

  it('is taken to be there for 260 s after its last query for all groups (9.12), not for one', () => {
    const { wire, mld } = lone()
    const change = () => {
      wire.frames.length = 0
      mld.join(GROUP)
      mld.leave(GROUP)
      const [first] = said(wire)
      wire.clock.runFor(5 * SECOND)
      return first.slice(0, 3)
    }
    wire.say(ask(OWN_GROUP, 'ff02::1:ff00:a', OLD))
    expect(change()).toBe('143')
    wire.say(ask(ALL_NODES, '::', OLD))
    wire.clock.runFor(200 * SECOND)
    wire.say(ask(ALL_NODES, '::', OLD))
    wire.clock.runFor(254 * SECOND)
    expect(change()).toBe('131')
    wire.clock.runFor(SECOND)
    expect(change()).toBe('143')
  })

  it('ends what was due in the version before, and so does its own end', () => {
    const { wire, mld } = lone()
    // A change is reported twice, within a second: the second time is due.
    mld.join(GROUP)
    wire.frames.length = 0
    wire.say(ask(ALL_NODES, '::', OLD, [0x75, 0x30]))
    wire.clock.runFor(30 * SECOND)
    expect(said(wire).sort()).toEqual(['131 ff02::1234 ff02::1234 24', '131 ff02::1:ff00:a ff02::1:ff00:a 24'])
    wire.clock.runFor(229 * SECOND + 980 * MILLISECOND)
    wire.frames.length = 0
    mld.leave(GROUP)
    expect(said(wire)).toEqual(['132 ff02::2 ff02::1234 24'])
    wire.clock.runFor(5 * SECOND)
    expect(said(wire)).toEqual(['132 ff02::2 ff02::1234 24'])
  })

  it('on one link is none on another', () => {
    const { wire, host } = loneHost()
    const other = new Ipv6Wire(wire.clock)
    host.addInterface({ name: 'eth1', device: other.plug('02:00:00:00:01:0a'), ipv6: {} })
    wire.clock.runFor(20 * SECOND)
    other.frames.length = 0
    wire.say(ask(ALL_NODES, '::', OLD))
    host.interfaces[1].ipv6!.mld.join(ipv6('ff02::1234%eth1'))
    expect(said(other)).toEqual(['143'])
  })
})
