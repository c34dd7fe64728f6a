import { checksum } from '../../firmware/net/wire/checksum.js'
import { writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'
import { TCP_HEADER_OCTETS, type TcpHeader, type TcpHeaderOptions } from '../../firmware/net/wire/tcp.js'

/** Option kinds (RFC 9293 3.2, RFC 7323 2.2 and 3.2, RFC 2018 2 and 3). */
const KIND = { noOperation: 1, segmentSize: 2, windowScale: 3, sackPermitted: 4, sack: 5, timestamps: 8 } as const

/** Octets of a header with these options, padded to whole words. */
export function tcpHeaderOctets(options: TcpHeaderOptions): number {
  let octets = TCP_HEADER_OCTETS
  if (options.maximumSegmentSize !== undefined) octets += 4
  if (options.windowScale !== undefined) octets += 4
  if (options.sackPermitted) octets += 4
  if (options.timestamps !== undefined) octets += 12
  if (options.sack !== undefined && options.sack.length > 0) octets += 4 + 8 * options.sack.length
  return octets
}

/**
 * Writes header and options at `at`, with the checksum over them and the payload that already lies behind up to `end`. The
 * header takes `tcpHeaderOctets(header.options)`. Options that are not whole words are filled in front with no-operations.
 */
export function emitTcp(header: TcpHeader, octets: Uint8Array, at: number, end: number, pseudoHeader: number): void {
  const { options } = header
  const headerOctets = tcpHeaderOctets(options)
  writeUint16(octets, at, header.sourcePort)
  writeUint16(octets, at + 2, header.destinationPort)
  writeUint32(octets, at + 4, header.sequence)
  writeUint32(octets, at + 8, header.acknowledgement)
  octets[at + 12] = (headerOctets / 4) << 4
  octets[at + 13] = header.flags
  writeUint16(octets, at + 14, header.window)
  writeUint16(octets, at + 16, 0)
  writeUint16(octets, at + 18, header.urgentPointer)
  let next = at + TCP_HEADER_OCTETS
  const option = (kind: number, length: number) => {
    while ((next - at + length) % 4 !== 0) octets[next++] = KIND.noOperation
    octets[next] = kind
    octets[next + 1] = length
    next += length
    return next - length + 2
  }
  if (options.maximumSegmentSize !== undefined)
    writeUint16(octets, option(KIND.segmentSize, 4), options.maximumSegmentSize)
  if (options.windowScale !== undefined) octets[option(KIND.windowScale, 3)] = options.windowScale
  if (options.sackPermitted) option(KIND.sackPermitted, 2)
  if (options.timestamps !== undefined) {
    const value = option(KIND.timestamps, 10)
    writeUint32(octets, value, options.timestamps.value)
    writeUint32(octets, value + 4, options.timestamps.echo)
  }
  if (options.sack !== undefined && options.sack.length > 0) {
    let block = option(KIND.sack, 2 + 8 * options.sack.length)
    for (const [left, right] of options.sack) {
      writeUint32(octets, block, left)
      writeUint32(octets, block + 4, right)
      block += 8
    }
  }
  writeUint16(octets, at + 16, checksum(octets, at, end, pseudoHeader))
}
