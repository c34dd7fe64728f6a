import { checksum } from '../../firmware/net/wire/checksum.js'
import { writeUint16 } from '../../firmware/net/wire/octets.js'
import type { UdpDatagram } from '../../firmware/net/wire/udp.js'

/** Writes a UDP header at `at`, with the checksum over it and the payload that already lies behind it up to `end`. */
export function emitUdp(
  datagram: Pick<UdpDatagram, 'sourcePort' | 'destinationPort'>,
  octets: Uint8Array,
  at: number,
  end: number,
  pseudoHeader: (length: number) => number,
): void {
  writeUint16(octets, at, datagram.sourcePort)
  writeUint16(octets, at + 2, datagram.destinationPort)
  writeUint16(octets, at + 4, end - at)
  writeUint16(octets, at + 6, 0)
  // A sum of zero is sent as all ones: zero says that there is none (RFC 768).
  writeUint16(octets, at + 6, checksum(octets, at, end, pseudoHeader(end - at)) || 0xffff)
}
