/** Where a socket is, and whom it speaks with: a family, an address and a port, as people type them. */
import { NetError } from '../net/errors.js'
import {
  addressExample,
  addressShownIn,
  type Family,
  familyOf,
  formatEndpoint,
  formatIp,
  type IpAddress,
  type IpEndpoint,
  isFamily,
  isIpAddress,
  isUnspecified,
  parseIp,
  unmapped,
  unspecified,
  unspecifiedOfAll,
} from '../net/ip.js'

export interface Endpoint {
  /** The socket's own by default; another gives EAFNOSUPPORT. */
  readonly family?: string
  /** `192.168.7.2`, `0.0.0.0` for any of this host's, or a number; `2001:db8::2`, `fe80::1%eth0`, `::ffff:192.168.7.2`, `::`. */
  readonly address: string | IpAddress
  /** 0 to 65535; 0 for any that is free. */
  readonly port: number
}

/** As sockets give it back. */
export interface SocketAddress extends Endpoint {
  readonly family: Family
  readonly address: string
}

/** @throws NetError EAFNOSUPPORT for a family that there is not */
export function checkFamily(call: string, family: string): Family {
  if (isFamily(family)) return family
  throw new NetError('EAFNOSUPPORT', call, "use 'ipv4' or 'ipv6'", `there is no address family "${family}" here`)
}

/**
 * @param own the family of the socket, which an endpoint has that names none
 * @throws NetError EAFNOSUPPORT, EINVAL
 */
export function resolveEndpoint(call: string, endpoint: Endpoint, own: Family): IpEndpoint {
  const place = `${call} ${describeEndpoint(endpoint)}`
  const family = checkFamily(place, endpoint.family ?? own)
  if (family !== own) throw otherFamily(place, own, family)
  const { port } = endpoint
  if (!Number.isInteger(port) || port < 0 || port > 0xffff)
    throw new NetError('EINVAL', place, 'give a whole number from 0 to 65535', `${port} is not a port`)
  return { address: resolveAddress(place, endpoint.address, family), port }
}

/** @throws NetError EAFNOSUPPORT, EINVAL */
export function resolveAddress(place: string, given: string | IpAddress, family: Family): IpAddress {
  if (typeof given !== 'string') {
    if (!isIpAddress(given))
      throw new NetError('EINVAL', place, 'give 0 to 4294967295, or text', `${given} is not an IPv4 address`)
    // A socket of IPv6 speaks with IPv4 as well (RFC 3493 3.7).
    if (family === 'ipv4' && familyOf(given) !== family) throw otherFamily(place, family, familyOf(given))
    return given
  }
  const address = parseIp(family, given)
  if (address !== undefined) return unmapped(address)
  if (family === 'ipv4' && given.includes(':')) throw otherFamily(place, family, 'ipv6')
  throw new NetError(
    'EINVAL',
    place,
    `write it like ${addressExample(family)}, and resolve names first`,
    `"${given}" is not an address`,
  )
}

/** As a socket of a family shows it: in one of IPv6 an address of IPv4 is mapped (RFC 3493 3.7). */
export function socketAddress(family: Family, address: IpAddress, port: number): SocketAddress {
  return { family, address: formatIp(addressShownIn(family, address)), port }
}

function otherFamily(place: string, own: Family, other: Family): NetError {
  return new NetError('EAFNOSUPPORT', place, `open a socket of '${other}'`, `the socket is of '${own}'`)
}

/** `192.168.7.2:80`; for messages. */
export function describeEndpoint({ address, port }: Endpoint): string {
  return typeof address !== 'string' && isIpAddress(address) ? formatEndpoint({ address, port }) : `${address}:${port}`
}

/** Any address of this host, and any port that is free. @param only not those of other families as well */
export function anyEndpoint(family: Family, only = false): IpEndpoint {
  return { address: only ? unspecified(family) : unspecifiedOfAll(family), port: 0 }
}

/**
 * What a socket binds to: `::` is any address of every family, unless the socket is of IPv6 only.
 * @throws NetError EAFNOSUPPORT, EINVAL
 */
export function resolveLocal(call: string, endpoint: Endpoint, own: Family, only: boolean): IpEndpoint {
  const local = resolveEndpoint(call, endpoint, own)
  refuseOther(`${call} ${describeEndpoint(endpoint)}`, local.address, own, only)
  return isUnspecified(local.address) ? { ...local, address: anyEndpoint(own, only).address } : local
}

/** @throws NetError ENETUNREACH where a socket that is of IPv6 only would speak with IPv4 (RFC 3493 5.3) */
export function refuseOther(place: string, address: IpAddress, own: Family, only: boolean): void {
  if (only && familyOf(address) !== own)
    throw new NetError('ENETUNREACH', place, 'clear v6Only (IPV6_V6ONLY), or use an IPv6 address')
}
