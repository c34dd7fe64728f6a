import { expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { type Ipv6Address, parseIpv6, writeIpv6 } from '../../firmware/net/ipv6/address.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import { checksum } from '../../firmware/net/wire/checksum.js'
import { writeUint16 } from '../../firmware/net/wire/octets.js'
import { ipv6PseudoHeader } from '../../firmware/net/wire/pseudo-header.js'
import { Stack } from '../../firmware/stack.js'
import { FrameLink } from '../../test/support/frame-link.js'
import { watchNames } from './name-watch.js'

const ROUTER = parseIpv6('fe80::1') as Ipv6Address
const ALL_NODES = parseIpv6('ff02::1') as Ipv6Address
const NAME_SERVER = parseIpv6('2001:db8::53') as Ipv6Address

/** An advertisement of a router that is no default router, with these options (RFC 4861 4.2). */
function advertisement(...options: number[]): Uint8Array {
  const body = Uint8Array.from([134, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...options])
  writeUint16(body, 2, checksum(body, 0, body.length, ipv6PseudoHeader(ROUTER, ALL_NODES, 58, body.length)))
  const frame = new Uint8Array(54 + body.length)
  frame.set([0x33, 0x33, 0, 0, 0, 1, 2, 0, 0, 0, 0, 9, 0x86, 0xdd, 0x60, 0, 0, 0, 0, body.length, 58, 255])
  writeIpv6(ROUTER, frame, 22)
  writeIpv6(ALL_NODES, frame, 38)
  frame.set(body, 54)
  return frame
}

it('tells whom routers name to ask for names, once, and when none does any more', () => {
  const clock = new Scheduler()
  const link = new FrameLink({ clock, delay: MILLISECOND })
  const stack = new Stack({ clock, random: new SeededRandom(1), name: 'near', ipv6: Ipv6Side })
  stack.addInterface({ name: 'eth0', device: link.a })
  const address = new Uint8Array(16)
  writeIpv6(NAME_SERVER, address, 0)
  const server = [25, 3, 0, 0, 0, 0, 0, 60, ...address]
  const domain = [31, 2, 0, 0, 0, 0, 0, 90, 3, 0x6c, 0x61, 0x62, 0, 0, 0, 0]
  const lines: string[] = []
  const end = watchNames(stack, (line) => lines.push(line))
  const say = (...options: number[]) => {
    link.b.send(advertisement(...options))
    clock.runFor(SECOND)
  }
  say(...server)
  say(...server)
  say(...server, ...domain)
  expect(lines).toEqual([
    'eth0: routers name 2001:db8::53 to ask for names',
    'eth0: routers name 2001:db8::53 to ask for names, and to look for them in lab',
  ])
  // The domain is left for a while, alone.
  clock.runFor(200 * SECOND)
  expect(lines.slice(2)).toEqual(['eth0: no router names a name server any more'])
  end()
  say(...server)
  expect(lines).toHaveLength(3)
})
