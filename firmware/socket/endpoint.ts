/** Where a socket is, and whom it speaks with: a family, an address and a port, as people type them. */
import { formatIpv4, parseIpv4, UNSPECIFIED } from '../net/address.js'
import { NetError } from '../net/errors.js'
import type { Family, IpAddress } from '../net/network-layer.js'

export interface Endpoint {
  /** 'ipv4' unless told otherwise; anything else gives EAFNOSUPPORT. */
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

/** As the stack takes it. */
export interface ResolvedEndpoint {
  readonly address: IpAddress
  readonly port: number
}

/** @throws NetError EAFNOSUPPORT for a family that this version does not speak */
export function checkFamily(call: string, family: string): Family {
  if (family === 'ipv4') return family
  const remedy = "use 'ipv4'"
  const what = family === 'ipv6' ? 'this version speaks IPv4 only' : `there is no address family "${family}" here`
  throw new NetError('EAFNOSUPPORT', call, remedy, what)
}

/** @throws NetError EAFNOSUPPORT, EINVAL */
export function resolveEndpoint(call: string, endpoint: Endpoint): ResolvedEndpoint {
  const place = `${call} ${describeEndpoint(endpoint)}`
  checkFamily(place, endpoint.family ?? 'ipv4')
  const { port } = endpoint
  if (!Number.isInteger(port) || port < 0 || port > 0xffff)
    throw new NetError('EINVAL', place, 'give a whole number from 0 to 65535', `${port} is not a port`)
  return { address: resolveAddress(place, endpoint.address), port }
}

/** @throws NetError EAFNOSUPPORT, EINVAL */
export function resolveAddress(place: string, given: string | IpAddress): IpAddress {
  if (typeof given === 'number') {
    if (Number.isInteger(given) && given >= 0 && given <= 0xffffffff) return given
    throw new NetError('EINVAL', place, 'give 0 to 4294967295, or text', `${given} is not an IPv4 address`)
  }
  const address = parseIpv4(given)
  if (address !== undefined) return address
  if (given.includes(':')) checkFamily(place, 'ipv6')
  throw new NetError(
    'EINVAL',
    place,
    'write it like 192.168.7.2, and resolve names first',
    `"${given}" is not an address`,
  )
}

export function socketAddress(address: IpAddress, port: number): SocketAddress {
  return { family: 'ipv4', address: formatIpv4(address), port }
}

/** `192.168.7.2:80`; for messages. */
export function describeEndpoint(endpoint: Endpoint): string {
  const { address, port } = endpoint
  const inRange = typeof address === 'number' && Number.isInteger(address) && address >= 0 && address <= 0xffffffff
  return `${inRange ? formatIpv4(address) : address}:${port}`
}

export const ANY: ResolvedEndpoint = { address: UNSPECIFIED, port: 0 }
