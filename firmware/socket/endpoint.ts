/** Where a socket is, and whom it speaks with: a family, an address and a port, as people type them. */
import { NetError } from '../net/errors.js'
import {
  addressExample,
  type Family,
  familyOf,
  formatEndpoint,
  formatIp,
  type IpAddress,
  type IpEndpoint,
  isFamily,
  isIpAddress,
  parseIp,
  unspecified,
} from '../net/ip.js'

export interface Endpoint {
  /** 'ipv4' by default; anything else gives EAFNOSUPPORT. */
  readonly family?: string
  /** `192.168.7.2`, `0.0.0.0` for any of this host's, or a number. */
  readonly address: string | IpAddress
  /** 0 to 65535; 0 for any that is free. */
  readonly port: number
}

/** As sockets give it back. */
export interface SocketAddress extends Endpoint {
  readonly family: Family
  readonly address: string
}

/** @throws NetError EAFNOSUPPORT for a family that this version does not speak */
export function checkFamily(call: string, family: string): Family {
  if (isFamily(family)) return family
  const remedy = "use 'ipv4'"
  const what = family === 'ipv6' ? 'this version speaks IPv4 only' : `there is no address family "${family}" here`
  throw new NetError('EAFNOSUPPORT', call, remedy, what)
}

/**
 * @param own the family of the socket, which an endpoint has that names none
 * @throws NetError EAFNOSUPPORT, EINVAL
 */
export function resolveEndpoint(call: string, endpoint: Endpoint, own: Family): IpEndpoint {
  const place = `${call} ${describeEndpoint(endpoint)}`
  const family = checkFamily(place, endpoint.family ?? own)
  const { port } = endpoint
  if (!Number.isInteger(port) || port < 0 || port > 0xffff)
    throw new NetError('EINVAL', place, 'give a whole number from 0 to 65535', `${port} is not a port`)
  return { address: resolveAddress(place, endpoint.address, family), port }
}

/** @throws NetError EAFNOSUPPORT, EINVAL */
export function resolveAddress(place: string, given: string | IpAddress, family: Family): IpAddress {
  if (typeof given !== 'string') {
    if (isIpAddress(given)) return given
    throw new NetError('EINVAL', place, 'give 0 to 4294967295, or text', `${given} is not an IPv4 address`)
  }
  const address = parseIp(family, given)
  if (address !== undefined) return address
  if (given.includes(':')) checkFamily(place, 'ipv6')
  throw new NetError(
    'EINVAL',
    place,
    `write it like ${addressExample(family)}, and resolve names first`,
    `"${given}" is not an address`,
  )
}

export function socketAddress(address: IpAddress, port: number): SocketAddress {
  return { family: familyOf(address), address: formatIp(address), port }
}

/** `192.168.7.2:80`; for messages. */
export function describeEndpoint({ address, port }: Endpoint): string {
  return typeof address !== 'string' && isIpAddress(address) ? formatEndpoint({ address, port }) : `${address}:${port}`
}

/** Any address of this host, and any port that is free. */
export function anyEndpoint(family: Family): IpEndpoint {
  return { address: unspecified(family), port: 0 }
}
