/**
 * DHCP options (RFC 2132) as data: code, and how the octets read. Reader, writer and printer all go by this one table; an
 * option that is not in it, or whose octets do not form its value, is kept as it came.
 */
import type { Ipv4Address } from '../address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from './octets.js'
import { readText, textOctets } from './text.js'

interface Kinds {
  address: Ipv4Address
  addresses: readonly Ipv4Address[]
  uint8: number
  uint16: number
  uint32: number
  text: string
  octets: Uint8Array
}

/** Message type first, as every sender has it; then by code. */
export const DHCP_OPTIONS = {
  messageType: [53, 'uint8'],
  subnetMask: [1, 'address'],
  routers: [3, 'addresses'],
  dnsServers: [6, 'addresses'],
  hostName: [12, 'text'],
  domainName: [15, 'text'],
  interfaceMtu: [26, 'uint16'],
  broadcastAddress: [28, 'address'],
  timeServers: [42, 'addresses'],
  requestedAddress: [50, 'address'],
  /** In seconds, as all times here; FFFFFFFFh is for ever (RFC 2131 3.3). */
  leaseTime: [51, 'uint32'],
  serverIdentifier: [54, 'address'],
  parameterRequestList: [55, 'octets'],
  message: [56, 'text'],
  maximumMessageSize: [57, 'uint16'],
  /** T1. */
  renewalTime: [58, 'uint32'],
  /** T2. */
  rebindingTime: [59, 'uint32'],
  vendorClass: [60, 'octets'],
  clientIdentifier: [61, 'octets'],
} as const satisfies Record<string, readonly [code: number, kind: keyof Kinds]>

export type DhcpOptionName = keyof typeof DHCP_OPTIONS

export type DhcpOptions = {
  [Name in DhcpOptionName]?: Kinds[(typeof DHCP_OPTIONS)[Name][1]]
} & {
  /** What the table does not have, and what does not form a value of its kind, in the order it came. */
  others?: readonly { readonly code: number; readonly octets: Uint8Array }[]
}

export const DHCP_OPTION_PAD = 0
/** "Option Overload": `file` (1), `sname` (2) or both (3) hold options too. */
export const DHCP_OPTION_OVERLOAD = 52
export const DHCP_OPTION_END = 255

export const DHCP_OPTION_NAMES = Object.keys(DHCP_OPTIONS) as readonly DhcpOptionName[]

const NAMES = new Map<number, DhcpOptionName>(DHCP_OPTION_NAMES.map((name) => [DHCP_OPTIONS[name][0], name]))

/** Values by code, each the whole of its option (RFC 3396 put together), as named values. */
export function readDhcpOptions(values: ReadonlyMap<number, Uint8Array>): DhcpOptions {
  const options: Record<string, unknown> = {}
  const others: { code: number; octets: Uint8Array }[] = []
  for (const [code, octets] of values) {
    const name = NAMES.get(code)
    const value = name === undefined ? undefined : readValue(DHCP_OPTIONS[name][1], octets)
    if (name === undefined || value === undefined) others.push({ code, octets })
    else options[name] = value
  }
  if (others.length > 0) options.others = others
  return options
}

/** The named values as octets, in the order they are sent. */
export function dhcpOptionOctets(options: DhcpOptions): { code: number; octets: Uint8Array }[] {
  const list: { code: number; octets: Uint8Array }[] = []
  for (const name of DHCP_OPTION_NAMES) {
    const value = options[name]
    const [code, kind] = DHCP_OPTIONS[name]
    if (value !== undefined) list.push({ code, octets: writeValue(kind, value) })
  }
  for (const other of options.others ?? []) list.push({ ...other })
  return list
}

/** Undefined when the octets are not a value of the kind. */
function readValue(kind: keyof Kinds, octets: Uint8Array): Kinds[keyof Kinds] | undefined {
  const { length } = octets
  switch (kind) {
    case 'address':
    case 'uint32':
      return length === 4 ? readUint32(octets, 0) : undefined
    case 'addresses': {
      if (length === 0 || length % 4 !== 0) return undefined
      return Array.from({ length: length / 4 }, (_, i) => readUint32(octets, 4 * i))
    }
    case 'uint8':
      return length === 1 ? octets[0] : undefined
    case 'uint16':
      return length === 2 ? readUint16(octets, 0) : undefined
    case 'text': {
      // RFC 2132 2: some senders end text with a NUL, which is not part of it.
      let end = length
      while (end > 0 && octets[end - 1] === 0) end--
      return end > 0 ? readText(octets, 0, end) : undefined
    }
    case 'octets':
      return length > 0 ? octets : undefined
  }
}

function writeValue(kind: keyof Kinds, value: Kinds[keyof Kinds]): Uint8Array {
  if (typeof value === 'string') return textOctets(value)
  if (value instanceof Uint8Array) return value
  if (typeof value !== 'number') {
    const octets = new Uint8Array(4 * value.length)
    for (const [i, address] of value.entries()) writeUint32(octets, 4 * i, address)
    return octets
  }
  const octets = new Uint8Array(kind === 'uint8' ? 1 : kind === 'uint16' ? 2 : 4)
  if (kind === 'uint8') octets[0] = value
  else if (kind === 'uint16') writeUint16(octets, 0, value)
  else writeUint32(octets, 0, value)
  return octets
}
