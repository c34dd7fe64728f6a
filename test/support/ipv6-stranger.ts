/** A host of IPv6 alone on a wire with a stranger, who says what a test has it say, and hears what the host says. */
import { SECOND } from '../../firmware/hal/clock.js'
import type { Ipv6Address } from '../../firmware/net/ipv6/address.js'
import { formatIpv6, readIpv6, writeIpv6 } from '../../firmware/net/ipv6/address.js'
import type { Ipv6Interface, Ipv6InterfaceOptions } from '../../firmware/net/ipv6/ipv6-interface.js'
import type { Stack } from '../../firmware/stack.js'
import { frameOf, Ipv6Wire, ipv6 } from './ipv6-wire.js'

export const HOST_STATION = '02:00:00:00:00:0a'
/** Modified EUI-64 of the station (RFC 4291 appendix A). */
export const OWN = ipv6('fe80::ff:fe00:a')
export const OWN_GROUP = ipv6('ff02::1:ff00:a')
export const ALL_NODES = ipv6('ff02::1')
/** Where the stranger's frames come from. */
export const STRANGER_STATION = [2, 0, 0, 0, 0xba, 0xd0]

export interface LoneHost {
  readonly wire: Ipv6Wire
  readonly host: Stack
  readonly six: Ipv6Interface
}

/** A host that has its addresses, and has asked three times for a router; what it sent for that is forgotten. */
export function loneHost(options: Ipv6InterfaceOptions = { addresses: ['2001:db8::a/64'] }): LoneHost {
  const wire = new Ipv6Wire()
  const host = wire.host('a', HOST_STATION, options)
  wire.clock.runFor(20 * SECOND)
  wire.frames.length = 0
  return { wire, host, six: host.interfaces[0].ipv6! }
}

export function addressOctets(address: string | Ipv6Address): number[] {
  const octets = new Uint8Array(16)
  writeIpv6(typeof address === 'string' ? ipv6(address) : address, octets, 0)
  return [...octets]
}

/** Options of neighbour discovery. */
export const sourceOption = (mac: readonly number[] = STRANGER_STATION) => [1, 1, ...mac]
export const targetOption = (mac: readonly number[] = STRANGER_STATION) => [2, 1, ...mac]

/** The stranger asks for the host, and so tells its station (RFC 4861 7.2.3). */
export function introduceStranger(wire: Ipv6Wire, source?: Ipv6Address): void {
  const question = [135, 0, 0, 0, 0, 0, 0, 0, ...addressOctets(OWN), ...sourceOption()]
  wire.say(frameOf(OWN_GROUP, question, { to: '33:33:ff:00:00:0a', ...(source === undefined ? {} : { source }) }))
}

/** A message of ICMPv6 that the host sent, behind whatever headers stand before it. */
export interface Sent {
  readonly type: number
  readonly code: number
  /** From its type on. */
  readonly message: Uint8Array
  readonly to: string
  readonly source: string
  readonly destination: string
  readonly hopLimit: number
  readonly frame: Uint8Array
}

/** Messages of a type that were sent since the wire's frames were last forgotten. */
export function sentOf({ frames }: Ipv6Wire, ...types: number[]): Sent[] {
  return frames
    .filter((frame) => frame[12] === 0x86 && frame[20] === 58 && types.includes(frame[54]))
    .map((frame) => ({
      type: frame[54],
      code: frame[55],
      message: frame.subarray(54),
      to: Array.from(frame.subarray(0, 6), (octet) => octet.toString(16).padStart(2, '0')).join(':'),
      source: formatIpv6(readIpv6(frame, 22)),
      destination: formatIpv6(readIpv6(frame, 38)),
      hopLimit: frame[21],
      frame,
    }))
}
