/** The port of a datagram that an ICMP error quotes, whatever the family, in the manner of tcpdump. */
import { readUint16 } from '../octets.js'
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../protocols.js'

/** `udp port 53`. @param at where the quoted transport header begins */
export function printQuotedPort(protocol: number, octets: Uint8Array, at: number): string {
  const name = protocol === PROTOCOL_TCP ? 'tcp' : protocol === PROTOCOL_UDP ? 'udp' : `protocol ${protocol}`
  return `${name} port ${readUint16(octets, at + 2)}`
}
