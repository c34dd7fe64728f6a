/** An ICMP message in one line, in the manner of tcpdump. */
import { formatIpv4 } from '../../address.js'
import {
  ICMP_DESTINATION_UNREACHABLE,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_PARAMETER_PROBLEM,
  ICMP_REDIRECT,
  ICMP_SOURCE_QUENCH,
  ICMP_TIME_EXCEEDED,
  type IcmpMessage,
} from '../icmp.js'
import { IPV4_HEADER_OCTETS } from '../ipv4.js'
import { readUint32 } from '../octets.js'
import { printQuotedPort } from './quoted-port.js'

/**
 * @param octets in which it was read
 * @param length of the message, octets
 */
export function printIcmp(icmp: IcmpMessage, octets: Uint8Array, length: number): string {
  return `ICMP ${describe(icmp, octets)}, length ${length}`
}

function describe(icmp: IcmpMessage, octets: Uint8Array): string {
  switch (icmp.type) {
    case ICMP_ECHO:
      return `echo request, id ${icmp.identifier}, seq ${icmp.sequence}`
    case ICMP_ECHO_REPLY:
      return `echo reply, id ${icmp.identifier}, seq ${icmp.sequence}`
    case ICMP_DESTINATION_UNREACHABLE:
      return unreachable(icmp, octets)
    case ICMP_SOURCE_QUENCH:
      return 'source quench'
    case ICMP_REDIRECT:
      return `redirect ${quotedDestination(icmp, octets)} to ${icmp.code === 0 ? 'net' : 'host'} ${formatIpv4(readUint32(octets, icmp.dataAt - 4))}`
    case ICMP_TIME_EXCEEDED:
      return icmp.code === 1 ? 'ip reassembly time exceeded' : 'time exceeded in-transit'
    case ICMP_PARAMETER_PROBLEM:
      return `parameter problem - octet ${octets[icmp.dataAt - 4]}`
    default:
      return `type ${icmp.type} code ${icmp.code}`
  }
}

/** By the code of "destination unreachable" (RFC 792; RFC 1122 3.2.2.1; RFC 1812 5.2.7.1), with the quoted destination. */
const UNREACHABLE: readonly ((destination: string, icmp: IcmpMessage, octets: Uint8Array) => string)[] = [
  (to) => `net ${to} unreachable`,
  (to) => `host ${to} unreachable`,
  (to, { dataAt }, octets) => `${to} protocol ${octets[dataAt + 9]} unreachable`,
  (to, { dataAt }, octets) => {
    const port = printQuotedPort(octets[dataAt + 9], octets, dataAt + (octets[dataAt] & 0xf) * 4)
    return `${to} ${port} unreachable`
  },
  (to, { sequence }) => `${to} unreachable - need to frag${sequence === 0 ? '' : ` (mtu ${sequence})`}`,
  (to) => `${to} unreachable - source route failed`,
  (to) => `net ${to} unreachable - unknown`,
  (to) => `host ${to} unreachable - unknown`,
  (to) => `${to} unreachable - source host isolated`,
  (to) => `net ${to} unreachable - admin prohibited`,
  (to) => `host ${to} unreachable - admin prohibited`,
  (to) => `net ${to} unreachable - tos prohibited`,
  (to) => `host ${to} unreachable - tos prohibited`,
  (to) => `host ${to} unreachable - admin prohibited filter`,
  (to) => `host ${to} unreachable - host precedence violation`,
  (to) => `host ${to} unreachable - precedence cutoff`,
]

function unreachable(icmp: IcmpMessage, octets: Uint8Array): string {
  const print = UNREACHABLE[icmp.code]
  const quoted = icmp.dataEnd - icmp.dataAt >= IPV4_HEADER_OCTETS + 8
  if (print === undefined || !quoted) return `unreachable code ${icmp.code}`
  return print(quotedDestination(icmp, octets), icmp, octets)
}

function quotedDestination({ dataAt, dataEnd }: IcmpMessage, octets: Uint8Array): string {
  return dataEnd - dataAt < IPV4_HEADER_OCTETS ? 'unknown' : formatIpv4(readUint32(octets, dataAt + 16))
}
