/** Options that an answer takes over from the datagram it answers (RFC 1122 3.2.2.6 and 3.2.1.8; RFC 791 3.1). */
import type { Clock } from '../../hal/clock.js'
import type { Ipv4Address } from '../address.js'
import { IPV4_HEADER_OCTETS } from '../wire/ipv4.js'
import { nonStandardTime, OptionPlaces, recordAddress, recordTime } from '../wire/ipv4-options.js'
import { readUint32, writeUint32 } from '../wire/octets.js'
import type { InboundDatagram } from './inbound-datagram.js'

export interface ReplyOptions {
  /** As they go into the header, padded to whole words. */
  readonly options: Uint8Array
  /** Where the answer goes first: its destination, or the last host of the source route that came. */
  readonly destination: Ipv4Address
}

const ADDRESS_OCTETS = 4
/** Kind, length and pointer. */
const ROUTE_HEAD = 3

/**
 * The options for an answer: record route and timestamp with this host added, a source route reversed.
 * @returns undefined where there are none of these
 */
export function replyOptions(datagram: InboundDatagram, clock: Clock): ReplyOptions | undefined {
  const { headerAt, payloadAt, frame, source, destination: own } = datagram
  const options = frame.octets.slice(headerAt + IPV4_HEADER_OCTETS, payloadAt)
  const places = new OptionPlaces()
  // A place is counted from 1 here, because 0 says that there is none.
  const shifted = new Uint8Array(options.length + 1)
  shifted.set(options, 1)
  if (places.find(shifted, 1, shifted.length) !== 0) return undefined
  const kept: Uint8Array[] = []
  if (places.recordRoute > 0) {
    recordAddress(shifted, places.recordRoute, own)
    kept.push(optionAt(shifted, places.recordRoute))
  }
  if (places.timestamp > 0) {
    recordTime(shifted, places.timestamp, own, nonStandardTime(clock))
    kept.push(optionAt(shifted, places.timestamp))
  }
  let destination = source
  if (places.sourceRoute > 0) {
    const route = optionAt(shifted, places.sourceRoute)
    const hops = Math.floor((route.length - ROUTE_HEAD) / ADDRESS_OCTETS)
    if (hops > 0) {
      const way = Array.from({ length: hops }, (_, i) => readUint32(route, ROUTE_HEAD + i * ADDRESS_OCTETS)).reverse()
      destination = way[0]
      ;[...way.slice(1), source].forEach((address, i) => {
        writeUint32(route, ROUTE_HEAD + i * ADDRESS_OCTETS, address)
      })
      route[2] = ROUTE_HEAD + 1
      kept.push(route)
    }
  }
  if (kept.length === 0) return undefined
  const length = kept.reduce((sum, option) => sum + option.length, 0)
  const padded = new Uint8Array((length + 3) & ~3)
  let at = 0
  for (const option of kept) {
    padded.set(option, at)
    at += option.length
  }
  return { options: padded, destination }
}

function optionAt(octets: Uint8Array, at: number): Uint8Array {
  return octets.slice(at, at + octets[at + 1])
}
