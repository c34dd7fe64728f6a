/** DHCP messages (RFC 2131 2, RFC 2132; long options RFC 3396). */
import type { Ipv4Address } from '../address.js'
import {
  DHCP_OPTION_END,
  DHCP_OPTION_OVERLOAD,
  DHCP_OPTION_PAD,
  type DhcpOptions,
  dhcpOptionOctets,
  readDhcpOptions,
} from './dhcp-options.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from './octets.js'
import { readText, textOctets } from './text.js'

export const DHCP_SERVER_PORT = 67
export const DHCP_CLIENT_PORT = 68

export const BOOT_REQUEST = 1
export const BOOT_REPLY = 2

/** Option 53 (RFC 2132 9.6). */
export const DHCP_DISCOVER = 1
export const DHCP_OFFER = 2
export const DHCP_REQUEST = 3
export const DHCP_DECLINE = 4
export const DHCP_ACK = 5
export const DHCP_NAK = 6
export const DHCP_RELEASE = 7
export const DHCP_INFORM = 8

export const HARDWARE_ETHERNET = 1

/** What every client takes (RFC 2131 2): 576 octets of IP datagram, less the headers of IP and UDP. */
export const DHCP_MESSAGE_LIMIT = 548
/** Shorter ones are lost at relays that go by RFC 951, which has messages of this size only (RFC 1542 2.1). */
const SHORTEST = 300

const SNAME_AT = 44
const SNAME_OCTETS = 64
const FILE_AT = 108
const FILE_OCTETS = 128
const COOKIE_AT = 236
/** 99.130.83.99 (RFC 2131 3). */
const COOKIE = 0x63825363
const OPTIONS_AT = 240
const BROADCAST_FLAG = 0x8000
const HARDWARE_LIMIT = 16
const OVERLOAD_FILE = 1
const OVERLOAD_SNAME = 2

export interface DhcpMessage {
  /** op */
  operation: number
  /** htype */
  hardwareType: number
  hops: number
  /** xid */
  transactionId: number
  /** secs */
  seconds: number
  /** The client cannot take unicast yet (flags, B). */
  broadcast: boolean
  /** ciaddr */
  clientAddress: Ipv4Address
  /** yiaddr */
  yourAddress: Ipv4Address
  /** siaddr: of the next server of the boot process; a DHCP server names itself in `serverIdentifier`. */
  serverAddress: Ipv4Address
  /** giaddr */
  relayAddress: Ipv4Address
  /** chaddr, hlen octets */
  clientHardware: Uint8Array
  /** sname; empty where it holds options. */
  serverName: string
  /** file; empty where it holds options. */
  bootFile: string
  options: DhcpOptions
}

export type DhcpFault =
  | 'truncated'
  | 'operation'
  | 'hardware length'
  | 'no magic cookie'
  | 'option truncated'
  | 'overload'

/**
 * Parses the message in `octets[at .. end)`. Options spread over `file` and `sname` are found, pads passed over, an option
 * in pieces put together; a missing end mark is forgiven, an option that runs past its field is not.
 */
export function parseDhcp(octets: Uint8Array, at = 0, end = octets.length): DhcpMessage | DhcpFault {
  if (end - at < OPTIONS_AT) return 'truncated'
  const operation = octets[at]
  if (operation !== BOOT_REQUEST && operation !== BOOT_REPLY) return 'operation'
  const hardwareOctets = octets[at + 2]
  if (hardwareOctets > HARDWARE_LIMIT) return 'hardware length'
  if (readUint32(octets, at + COOKIE_AT) !== COOKIE) return 'no magic cookie'

  const values: OptionPieces = new Map()
  if (!collect(octets, at + OPTIONS_AT, end, values)) return 'option truncated'
  const overload = values.get(DHCP_OPTION_OVERLOAD)?.[0]
  if (overload !== undefined && (overload.length !== 1 || overload[0] < 1 || overload[0] > 3)) return 'overload'
  const fields = overload?.[0] ?? 0
  // RFC 2131 4.1: first `file`, then `sname`.
  if (fields & OVERLOAD_FILE && !collect(octets, at + FILE_AT, at + FILE_AT + FILE_OCTETS, values))
    return 'option truncated'
  if (fields & OVERLOAD_SNAME && !collect(octets, at + SNAME_AT, at + SNAME_AT + SNAME_OCTETS, values))
    return 'option truncated'
  values.delete(DHCP_OPTION_OVERLOAD)

  return {
    operation,
    hardwareType: octets[at + 1],
    hops: octets[at + 3],
    transactionId: readUint32(octets, at + 4),
    seconds: readUint16(octets, at + 8),
    broadcast: (readUint16(octets, at + 10) & BROADCAST_FLAG) !== 0,
    clientAddress: readUint32(octets, at + 12),
    yourAddress: readUint32(octets, at + 16),
    serverAddress: readUint32(octets, at + 20),
    relayAddress: readUint32(octets, at + 24),
    clientHardware: octets.slice(at + 28, at + 28 + hardwareOctets),
    serverName: fields & OVERLOAD_SNAME ? '' : untilNul(octets, at + SNAME_AT, SNAME_OCTETS),
    bootFile: fields & OVERLOAD_FILE ? '' : untilNul(octets, at + FILE_AT, FILE_OCTETS),
    options: readDhcpOptions(new Map([...values].map(([code, pieces]) => [code, joined(pieces)]))),
  }
}

/**
 * The octets of a message, at least 300 of them. Options that have no room below `limit` go to `file` and `sname` where
 * these are empty (option overload); undefined when even that is too little.
 */
export function emitDhcp(message: DhcpMessage, limit = DHCP_MESSAGE_LIMIT): Uint8Array | undefined {
  const pieces = dhcpOptionOctets(message.options).flatMap(inPieces)
  const octets = new Uint8Array(Math.max(limit, SHORTEST))
  const needed = pieces.reduce((sum, piece) => sum + piece.length, 0)
  let end: number
  if (OPTIONS_AT + needed + 1 <= octets.length) end = fill(octets, OPTIONS_AT, octets.length, pieces)
  else {
    let fields = 0
    octets.set([DHCP_OPTION_OVERLOAD, 1], OPTIONS_AT)
    end = fill(octets, OPTIONS_AT + 3, octets.length, pieces)
    if (pieces.length > 0 && message.bootFile === '') {
      fields |= OVERLOAD_FILE
      fill(octets, FILE_AT, FILE_AT + FILE_OCTETS, pieces)
    }
    if (pieces.length > 0 && message.serverName === '') {
      fields |= OVERLOAD_SNAME
      fill(octets, SNAME_AT, SNAME_AT + SNAME_OCTETS, pieces)
    }
    octets[OPTIONS_AT + 2] = fields
    if (pieces.length > 0 || fields === 0) return undefined
  }
  octets[0] = message.operation
  octets[1] = message.hardwareType
  octets[2] = message.clientHardware.length
  octets[3] = message.hops
  writeUint32(octets, 4, message.transactionId)
  writeUint16(octets, 8, message.seconds)
  writeUint16(octets, 10, message.broadcast ? BROADCAST_FLAG : 0)
  writeUint32(octets, 12, message.clientAddress)
  writeUint32(octets, 16, message.yourAddress)
  writeUint32(octets, 20, message.serverAddress)
  writeUint32(octets, 24, message.relayAddress)
  octets.set(message.clientHardware, 28)
  if (message.serverName !== '') octets.set(textOctets(message.serverName.slice(0, SNAME_OCTETS - 1)), SNAME_AT)
  if (message.bootFile !== '') octets.set(textOctets(message.bootFile.slice(0, FILE_OCTETS - 1)), FILE_AT)
  writeUint32(octets, COOKIE_AT, COOKIE)
  return octets.subarray(0, Math.max(end, SHORTEST))
}

/** RFC 3396 5: an option that stands more than once is one option, in pieces. */
type OptionPieces = Map<number, Uint8Array[]>

/** Reads the options of one field into `values`; false when one runs past its end. */
function collect(octets: Uint8Array, at: number, end: number, values: OptionPieces): boolean {
  let i = at
  while (i < end) {
    const code = octets[i++]
    if (code === DHCP_OPTION_PAD) continue
    if (code === DHCP_OPTION_END) return true
    if (i >= end) return false
    const length = octets[i++]
    if (length > end - i) return false
    const pieces = values.get(code)
    const piece = octets.slice(i, i + length)
    if (pieces === undefined) values.set(code, [piece])
    else pieces.push(piece)
    i += length
  }
  return true
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** An option as it goes out: code, length, octets; more than 255 octets in several. */
function inPieces({ code, octets }: { code: number; octets: Uint8Array }): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let from = 0; from === 0 || from < octets.length; from += 0xff) {
    const part = octets.subarray(from, from + 0xff)
    pieces.push(Uint8Array.of(code, part.length, ...part))
  }
  return pieces
}

/** Moves pieces from the front of the list into `octets[at .. end)` while they fit, with the end mark; returns its end. */
function fill(octets: Uint8Array, at: number, end: number, pieces: Uint8Array[]): number {
  let to = at
  while (pieces.length > 0 && to + pieces[0].length < end) {
    const piece = pieces.shift()!
    octets.set(piece, to)
    to += piece.length
  }
  octets[to] = DHCP_OPTION_END
  return to + 1
}

function untilNul(octets: Uint8Array, at: number, limit: number): string {
  let end = at
  while (end < at + limit && octets[end] !== 0) end++
  return readText(octets, at, end)
}
