/** Who a client or server is to the others, and which of a client's associations is meant (RFC 9915 11, 12). */
import type { MacAddress } from '../address.js'
import { readUint32 } from '../wire/octets.js'

/** DUID-LL, and Ethernet among hardware types (RFC 9915 11.4). */
const DUID_LL = 3
const HARDWARE_ETHERNET = 1

/**
 * The identifier of a host, by the station address of its first interface: the same one whichever interface asks.
 *
 * DUID-LL, since it is the only one that a board can have again after a reset: DUID-LLT and DUID-UUID (11.2, 11.5) are made once and kept in
 * memory that outlives the supply, which a board has not, and DUID-EN (11.3) needs the number of an enterprise. An interface that is soldered to
 * its board is what 11.4 has it for.
 */
export function duidOf(mac: MacAddress): Uint8Array {
  return Uint8Array.of(0, DUID_LL, 0, HARDWARE_ETHERNET, ...mac)
}

/**
 * The one association of an interface: the last four octets of its station address, which are the same after a reset (RFC 9915 12), and another's
 * are others.
 */
export function iaidOf(mac: MacAddress): number {
  return readUint32(mac, mac.length - 4)
}

/** Whether two identifiers are one: as octets, whatever they mean (RFC 9915 11). */
export function sameDuid(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((octet, at) => octet === b[at])
}
