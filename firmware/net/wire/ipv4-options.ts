/** Options of an IPv4 header (RFC 791 3.1, RFC 1122 3.2.1.8, RFC 2113). */

import { type Clock, MILLISECOND } from '../../hal/clock.js'
import { readUint32, writeUint32 } from './octets.js'

const OPTION_END = 0
const OPTION_NO_OPERATION = 1
const OPTION_RECORD_ROUTE = 7
const OPTION_TIMESTAMP = 68
const OPTION_LOOSE_SOURCE_ROUTE = 131
const OPTION_STRICT_SOURCE_ROUTE = 137
export const OPTION_ROUTER_ALERT = 148
/** The option goes into every fragment of its datagram, not only into the first. */
const OPTION_COPIED = 0x80

/** The smallest legal value of an option's pointer: it counts from the option's first octet, from 1. */
const FIRST_POINTER = 4
const FIRST_TIMESTAMP_POINTER = 5

/** Where the options are that somebody acts upon; 0 where there is none. One object serves every datagram. */
export class OptionPlaces {
  recordRoute = 0
  timestamp = 0
  /** Loose or strict. */
  sourceRoute = 0
  routerAlert = 0

  /**
   * Finds the options in `octets[at .. end)`.
   * @returns 0, or where the octet is that cannot be (RFC 792: what a parameter problem points at)
   */
  find(octets: Uint8Array, at: number, end: number): number {
    this.recordRoute = 0
    this.timestamp = 0
    this.sourceRoute = 0
    this.routerAlert = 0
    for (let next = at; next < end; ) {
      const kind = octets[next]
      if (kind === OPTION_END) return 0
      if (kind === OPTION_NO_OPERATION) {
        next++
        continue
      }
      if (next + 1 >= end) return next
      const length = octets[next + 1]
      if (length < 2 || next + length > end) return next + 1
      switch (kind) {
        case OPTION_RECORD_ROUTE:
          if (length < 3 || octets[next + 2] < FIRST_POINTER) return next + 2
          // Some room, but not enough for an address: the datagram is in error (RFC 791 3.1).
          if (octets[next + 2] <= length && octets[next + 2] + 3 > length) return next + 2
          this.recordRoute = next
          break
        case OPTION_LOOSE_SOURCE_ROUTE:
        case OPTION_STRICT_SOURCE_ROUTE:
          // A datagram has at most one (RFC 1122 3.2.1.8 c).
          if (this.sourceRoute !== 0) return next
          if (length < 3 || octets[next + 2] < FIRST_POINTER) return next + 2
          this.sourceRoute = next
          break
        case OPTION_TIMESTAMP:
          if (length < 4 || octets[next + 2] < FIRST_TIMESTAMP_POINTER) return next + 2
          if (octets[next + 2] > length) {
            // The count of those that found no room would itself overflow.
            if (octets[next + 3] >> 4 === 15 && (octets[next + 3] & 0xf) !== FOR_ADDRESSES) return next + 3
          } else if (octets[next + 2] - 1 + entryOctets(octets[next + 3] & 0xf) > length) return next + 2
          this.timestamp = next
          break
        case OPTION_ROUTER_ALERT:
          if (length !== 4) return next + 1
          this.routerAlert = next
          break
        default: // unknown: passed over (RFC 1122 3.2.1.8)
      }
      next += length
    }
    return 0
  }
}

/** Whether a source route has been travelled to its end: its pointer is past its last address. */
export function sourceRouteEnded(octets: Uint8Array, at: number): boolean {
  return octets[at + 2] > octets[at + 1]
}

/** Writes an address into a record route, if there is room. */
export function recordAddress(octets: Uint8Array, at: number, address: number): boolean {
  const pointer = octets[at + 2]
  if (pointer + 3 > octets[at + 1]) return false
  writeUint32(octets, at + pointer - 1, address)
  octets[at + 2] = pointer + 4
  return true
}

/**
 * What goes into a timestamp option where the time since midnight is not known: any other clock's milliseconds, with the
 * highest bit set to say so (RFC 791 3.1).
 */
export function nonStandardTime(clock: Clock): number {
  return (0x80000000 | (Math.floor(clock.now / MILLISECOND) & 0x7fffffff)) >>> 0
}

/** How a timestamp option wants its entries (RFC 791 3.1). */
const TIMES_ONLY = 0
const WITH_ADDRESS = 1
const FOR_ADDRESSES = 3

function entryOctets(format: number): number {
  return format === TIMES_ONLY ? 4 : 8
}

/**
 * Writes a time into a timestamp option, if there is room and it is this host's turn; counts the overflow if there is none.
 * @param time milliseconds since midnight UT, or with the highest bit set since any other instant
 */
export function recordTime(octets: Uint8Array, at: number, address: number, time: number): void {
  const pointer = octets[at + 2]
  const format = octets[at + 3] & 0xf
  const place = at + pointer - 1
  const size = entryOctets(format)
  if (pointer - 1 + size > octets[at + 1]) {
    if (format !== FOR_ADDRESSES) octets[at + 3] += 0x10
    return
  }
  if (format === FOR_ADDRESSES && readUint32(octets, place) !== address) return
  if (format === WITH_ADDRESS) writeUint32(octets, place, address)
  writeUint32(octets, place + size - 4, time)
  octets[at + 2] = pointer + size
}

/**
 * The options of every fragment but the first: those with the copied bit (RFC 791 3.1). Writes them at `to`, padded to
 * whole words.
 * @returns how many octets
 */
export function copiedOptions(octets: Uint8Array, at: number, end: number, into: Uint8Array, to: number): number {
  let next = to
  for (let from = at; from < end; ) {
    const kind = octets[from]
    if (kind === OPTION_END) break
    const length = kind === OPTION_NO_OPERATION ? 1 : octets[from + 1]
    if (length === 0 || from + length > end) break
    if (kind & OPTION_COPIED) {
      for (let i = 0; i < length; i++) into[next + i] = octets[from + i]
      next += length
    }
    from += length
  }
  while ((next - to) % 4 !== 0) into[next++] = OPTION_END
  return next - to
}
