/** A message of ICMPv6 in one line, in the manner of tcpdump: errors, echoes, neighbour discovery, group reports. */
import { formatIpv6, readIpv6 } from '../../ipv6/address.js'
import { checksum } from '../checksum.js'
import {
  ICMPV6_DESTINATION_UNREACHABLE,
  ICMPV6_ECHO_REPLY,
  ICMPV6_ECHO_REQUEST,
  ICMPV6_MESSAGE_OCTETS,
  ICMPV6_PACKET_TOO_BIG,
  ICMPV6_PARAMETER_PROBLEM,
  ICMPV6_TIME_EXCEEDED,
  MLD_DONE_V1,
  MLD_QUERY,
  MLD_REPORT_V1,
  MLD_REPORT_V2,
  NEIGHBOUR_ADVERTISEMENT,
  NEIGHBOUR_SOLICITATION,
  REASSEMBLY_TIME_EXCEEDED,
  REDIRECT,
  ROUTER_ADVERTISEMENT,
  ROUTER_SOLICITATION,
  UNREACHABLE_PORT,
} from '../icmpv6.js'
import { followHeaders, IPV6_HEADER_OCTETS } from '../ipv6.js'
import { parseDiscoveryOptions, ROUTER_OPTIONS_AT, readRouterWords } from '../neighbour-discovery.js'
import { readUint16, readUint32 } from '../octets.js'
import { printQuotedPort } from './quoted-port.js'

/** Octets of a message that names one address behind its first eight. */
const WITH_ADDRESS_OCTETS = 24

/** @param pseudoHeader the sum that its checksum begins with */
export function printIcmpv6(octets: Uint8Array, at: number, end: number, pseudoHeader: number): string {
  const length = end - at
  if (length < ICMPV6_MESSAGE_OCTETS) return `ICMP6, bad truncated, length ${length}`
  if (checksum(octets, at, end, pseudoHeader) !== 0) return `ICMP6, bad checksum, length ${length}`
  return `ICMP6, ${describe(octets, at, end)}, length ${length}`
}

function describe(octets: Uint8Array, at: number, end: number): string {
  const type = octets[at]
  const code = octets[at + 1]
  const whole = end - at >= WITH_ADDRESS_OCTETS
  const address = (from: number): string => formatIpv6(readIpv6(octets, from))
  switch (type) {
    case ICMPV6_ECHO_REQUEST:
    case ICMPV6_ECHO_REPLY: {
      const which = type === ICMPV6_ECHO_REQUEST ? 'request' : 'reply'
      return `echo ${which}, id ${readUint16(octets, at + 4)}, seq ${readUint16(octets, at + 6)}`
    }
    case ICMPV6_DESTINATION_UNREACHABLE:
      return `destination unreachable, ${unreachable(code, octets, at + ICMPV6_MESSAGE_OCTETS, end)}`
    case ICMPV6_PACKET_TOO_BIG:
      return `packet too big, mtu ${readUint32(octets, at + 4)}`
    case ICMPV6_TIME_EXCEEDED: {
      const to = quotedDestination(octets, at + ICMPV6_MESSAGE_OCTETS, end)
      return code === REASSEMBLY_TIME_EXCEEDED ? 'time exceeded (reassembly)' : `time exceeded in-transit for ${to}`
    }
    case ICMPV6_PARAMETER_PROBLEM:
      return `parameter problem, code ${code}, octet ${readUint32(octets, at + 4)}`
    case ROUTER_SOLICITATION:
      return 'router solicitation'
    case ROUTER_ADVERTISEMENT:
      return end - at < ROUTER_OPTIONS_AT ? 'router advertisement' : routerAdvertisement(octets, at, end)
    case NEIGHBOUR_SOLICITATION:
      if (whole) return `neighbor solicitation, who has ${address(at + 8)}`
      break
    case NEIGHBOUR_ADVERTISEMENT:
      if (whole) return `neighbor advertisement, tgt is ${address(at + 8)}`
      break
    case REDIRECT:
      if (end - at >= WITH_ADDRESS_OCTETS + 16) return `redirect, ${address(at + 24)} to ${address(at + 8)}`
      break
    case MLD_QUERY:
      return `multicast listener query${whole && readUint32(octets, at + 8) !== 0 ? `, gaddr ${address(at + 8)}` : ''}`
    case MLD_REPORT_V1:
      if (whole) return `multicast listener report, gaddr ${address(at + 8)}`
      break
    case MLD_DONE_V1:
      if (whole) return `multicast listener done, gaddr ${address(at + 8)}`
      break
    case MLD_REPORT_V2:
      return `multicast listener report v2, ${readUint16(octets, at + 6)} group record(s)`
  }
  return `type ${type} code ${code}`
}

function routerAdvertisement(octets: Uint8Array, at: number, end: number): string {
  const { lifetimeSeconds } = readRouterWords(octets, at)
  const options = parseDiscoveryOptions(octets, at + ROUTER_OPTIONS_AT, end)
  const told = [
    ...(options?.prefixes ?? []).map(({ prefix, length }) => `, prefix ${formatIpv6(prefix)}/${length}`),
    ...(options?.nameServers ?? []).map(({ address }) => `, rdnss ${formatIpv6(address)}`),
    ...(options?.searchDomains ?? []).map(({ domain }) => `, dnssl ${domain}.`),
  ]
  return `router advertisement, lifetime ${lifetimeSeconds} s${told.join('')}`
}

/** RFC 4443 3.1, and what it quotes. */
function unreachable(code: number, octets: Uint8Array, at: number, end: number): string {
  const to = quotedDestination(octets, at, end)
  if (code === UNREACHABLE_PORT) {
    const chain = followHeaders(octets, at, end)
    if (chain === undefined || end - chain.at < 4) return `unreachable port, ${to}`
    return `unreachable port, ${to} ${printQuotedPort(chain.protocol, octets, chain.at)}`
  }
  const words = ['unreachable route', 'unreachable prohibited', 'beyond scope', 'unreachable address'][code]
  return `${words ?? `code ${code}`} ${to}`
}

function quotedDestination(octets: Uint8Array, at: number, end: number): string {
  return end - at < IPV6_HEADER_OCTETS ? 'unknown' : formatIpv6(readIpv6(octets, at + 24))
}
