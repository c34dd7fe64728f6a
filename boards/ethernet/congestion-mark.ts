/** The mark of congestion (RFC 3168 5), as a router sets it in a frame that goes through: without FCS, VLAN tags looked behind. */
import { ETHERTYPE_IPV4, ETHERTYPE_IPV6, ETHERTYPE_VLAN } from '../../firmware/net/wire/ethernet.js'
import { readUint16, writeUint16 } from '../../firmware/net/wire/octets.js'

const TYPE_AT = 12
const TAG_OCTETS = 4
const NOT_ECT = 0
const CE = 3

/** Where the IP header begins, and of which family; undefined in a frame of something else. */
function ipHeader(frame: Uint8Array): { at: number; version: 4 | 6 } | undefined {
  let typeAt = TYPE_AT
  while (typeAt + 2 <= frame.length && readUint16(frame, typeAt) === ETHERTYPE_VLAN) typeAt += TAG_OCTETS
  const at = typeAt + 2
  if (at + 20 > frame.length) return undefined
  const type = readUint16(frame, typeAt)
  if (type === ETHERTYPE_IPV4 && frame[at] >> 4 === 4) return { at, version: 4 }
  return type === ETHERTYPE_IPV6 && frame[at] >> 4 === 6 ? { at, version: 6 } : undefined
}

/** Its sender says that its transport takes a mark for a loss, and it is not marked yet. */
export function isEcnCapable(frame: Uint8Array): boolean {
  const header = ipHeader(frame)
  if (header === undefined) return false
  const codepoint = header.version === 4 ? frame[header.at + 1] & 3 : (frame[header.at + 1] >> 4) & 3
  return codepoint !== NOT_ECT && codepoint !== CE
}

/** Marks it; a checksum of IPv4's header follows (RFC 1624 3). */
export function markCongestion(frame: Uint8Array): void {
  const header = ipHeader(frame)
  if (header === undefined) return
  const { at, version } = header
  if (version === 6) {
    frame[at + 1] |= CE << 4
    return
  }
  const before = readUint16(frame, at)
  frame[at + 1] |= CE
  let sum = (~readUint16(frame, at + 10) & 0xffff) + (~before & 0xffff) + readUint16(frame, at)
  sum = (sum & 0xffff) + (sum >>> 16)
  sum = (sum & 0xffff) + (sum >>> 16)
  writeUint16(frame, at + 10, ~sum & 0xffff)
}
