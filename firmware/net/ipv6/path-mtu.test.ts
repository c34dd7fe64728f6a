/** Path MTU discovery of IPv6 (RFC 8201): what routers say of a path, whom it concerns, and for how long. */
import { describe, expect, it } from 'vitest'
import { addressOctets, introduceStranger, type LoneHost, loneHost, OWN } from '../../../test/support/ipv6-stranger.js'
import { frameOf, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'

const MINUTE = 60 * SECOND
const REMOTE = 'fe80::bad%eth0'
/** Another one behind the same station. */
const OTHER = 'fe80::bae%eth0'
const GROUP = 'ff02::1234%eth0'

function known(): LoneHost {
  const lone = loneHost()
  introduceStranger(lone.wire)
  introduceStranger(lone.wire, ipv6('fe80::bae'))
  lone.wire.frames.length = 0
  return lone
}

const pathMtu = ({ host }: LoneHost, to = REMOTE) => host.ipv6!.network.route(ipv6(to))?.pathMtu

/** Datagrams of the host to a destination, without the header of Ethernet. */
const sentTo = ({ wire }: LoneHost, to: string) =>
  wire.frames
    .filter(
      (frame) => frame[12] === 0x86 && addressOctets(to.replace('%eth0', '')).every((o, i) => frame[38 + i] === o),
    )
    .filter((frame) => frame[20] !== 58 || frame[54] < 133)
    .map((frame) => frame.slice(14))

/** The host sends a datagram of `size` octets with its header; a router says that it cannot pass it on. */
function tooBig(lone: LoneHost, mtu: number, { to = REMOTE, size = 1500 } = {}): void {
  const { wire, host } = lone
  wire.frames.length = 0
  host.ipv6!.network.route(ipv6(to)) // what is sent to
  host.ping(to, { size: size - 48, timeLimit: MILLISECOND }, () => {})
  const quoted = [
    ...[0x60, 0, 0, 0, (size - 40) >> 8, (size - 40) & 255, 58, 64],
    ...addressOctets(OWN),
    ...addressOctets(to.replace('%eth0', '')),
    ...[128, 0, 0, 0, 0, 0, 0, 1],
  ]
  wire.say(frameOf(OWN, [2, 0, 0, 0, mtu >>> 24, mtu >>> 16, mtu >>> 8, mtu, ...quoted], { hopLimit: 64 }))
}

describe('a Packet Too Big (RFC 8201 4)', () => {
  it('lowers what is sent on its path, and on no other', () => {
    const lone = known()
    tooBig(lone, 1300)
    expect([pathMtu(lone), pathMtu(lone, OTHER)]).toEqual([1300, 1500])
    for (const [to, most] of [
      [REMOTE, 1300],
      [OTHER, 1500],
    ] as const) {
      lone.wire.frames.length = 0
      lone.host.ping(to, { size: 1452, timeLimit: MILLISECOND }, () => {})
      const lengths = sentTo(lone, to).map(({ length }) => length)
      expect(Math.max(...lengths)).toBeLessThanOrEqual(most)
      expect(lengths.length).toBe(most === 1500 ? 1 : 2)
    }
  })

  it('that says less than 1280 is discarded', () => {
    const lone = known()
    for (const mtu of [1279, 576, 0]) tooBig(lone, mtu)
    expect(pathMtu(lone)).toBe(1500)
    tooBig(lone, 1280)
    expect(pathMtu(lone)).toBe(1280)
  })

  it('never makes it larger', () => {
    const lone = known()
    tooBig(lone, 1300)
    for (const mtu of [1400, 9000, 0xffffffff]) tooBig(lone, mtu)
    expect(pathMtu(lone)).toBe(1300)
  })

  it('is not believed about a datagram that would have fitted, or that is not from here', () => {
    const lone = known()
    tooBig(lone, 1300, { size: 1300 })
    tooBig(lone, 1300, { size: 200 })
    const quoted = [0x60, 0, 0, 0, 5, 180, 58, 64, ...addressOctets('fe80::77'), ...addressOctets('fe80::bad')]
    lone.wire.say(frameOf(OWN, [2, 0, 0, 0, 0, 0, 5, 20, ...quoted, 128, 0, 0, 0, 0, 0, 0, 1], { hopLimit: 64 }))
    expect(pathMtu(lone)).toBe(1500)
    expect(lone.host.counters().icmpv6?.dropped).toMatchObject({
      'ICMPv6 error not credible': 2,
      'ICMPv6 error not about us': 1,
    })
  })

  it('about a datagram to a group lowers what is sent to the group (3)', () => {
    const lone = known()
    tooBig(lone, 1300, { to: GROUP })
    expect([pathMtu(lone, GROUP), pathMtu(lone)]).toEqual([1300, 1500])
  })
})

describe('a path MTU that was lowered', () => {
  it('is tried larger after ten minutes, and not before (4, 5.3)', () => {
    const lone = known()
    const { clock } = lone.wire
    tooBig(lone, 1400)
    clock.runFor(9 * MINUTE)
    expect(pathMtu(lone)).toBe(1400)
    // Lowered once more: the time begins anew.
    tooBig(lone, 1300)
    clock.runFor(10 * MINUTE - SECOND)
    expect(pathMtu(lone)).toBe(1300)
    clock.runFor(SECOND)
    expect(pathMtu(lone)).toBe(1500)
  })

  it('is told to who sends what must not be cut, when it is sent (5.2)', () => {
    const lone = known()
    const { host } = lone
    const socket = host.socket('ipv6', 'datagram')
    socket.connect({ address: REMOTE, port: 7 })
    socket.setOption('pathMtuDiscovery', true)
    tooBig(lone, 1300)
    expect(() => socket.write(new Uint8Array(1300 - 48 + 1))).toThrow('EMSGSIZE')
    expect(socket.getOption('pathMtu')).toBe(1300)
    expect(socket.write(new Uint8Array(1300 - 48))).toBe(1300 - 48)
    expect(sentTo(lone, REMOTE).at(-1)?.length).toBe(1300)
  })
})
