/** Addresses of a script, of either family: what they stand for on its one link. */
import { isHostAddress, isLoopback } from '../../firmware/net/address.js'
import { type Family, formatIp, type IpAddress, parseIp } from '../../firmware/net/ip.js'
import { inZone, isHostAddress6, LOOPBACK6 } from '../../firmware/net/ipv6/address.js'

/** The name of the stack's one interface, and so the zone of what means something on its link only (RFC 4007 11.2). */
export const ZONE = 'drill'

/** As people call them. */
export const FAMILY_NAMES: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' }

/** @returns undefined where the text is no address of the family */
export function scriptAddress(family: Family, text: string): IpAddress | undefined {
  const address = parseIp(family, text)
  return typeof address === 'object' ? inZone(address, ZONE) : address
}

/** As a script writes it: it names no zone. */
export function addressText(address: IpAddress): string {
  return formatIp(typeof address === 'object' ? inZone(address, '') : address)
}

/** Whether a station on the link can have it. */
export function isStation(address: IpAddress): boolean {
  return typeof address === 'number'
    ? isHostAddress(address) && !isLoopback(address)
    : isHostAddress6(address) && address !== LOOPBACK6
}
