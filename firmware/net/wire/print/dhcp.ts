/** A DHCP message in one line, in the manner of tcpdump. */
import { formatIpv4, formatMac } from '../../address.js'
import { BOOT_REQUEST, parseDhcp } from '../dhcp.js'
import { DHCP_OPTION_NAMES, DHCP_OPTIONS, type DhcpOptionName } from '../dhcp-options.js'
import { presented } from '../text.js'

const MESSAGE_TYPES = ['', 'Discover', 'Offer', 'Request', 'Decline', 'ACK', 'NACK', 'Release', 'Inform']

/** tcpdump's names, where it has the option. */
const LABELS: Readonly<Record<DhcpOptionName, string>> = {
  messageType: 'DHCP-Message',
  subnetMask: 'Subnet-Mask',
  routers: 'Default-Gateway',
  dnsServers: 'Domain-Name-Server',
  hostName: 'Hostname',
  domainName: 'Domain-Name',
  interfaceMtu: 'MTU',
  broadcastAddress: 'BR',
  timeServers: 'NTP',
  requestedAddress: 'Requested-IP',
  leaseTime: 'Lease-Time',
  serverIdentifier: 'Server-ID',
  parameterRequestList: 'Parameter-Request',
  message: 'MSG',
  maximumMessageSize: 'MSZ',
  renewalTime: 'RN',
  rebindingTime: 'RB',
  vendorClass: 'Vendor-Class',
  clientIdentifier: 'Client-ID',
}

/** `octets[at .. end)`: the payload of a UDP datagram from or to port 67. */
export function printDhcp(octets: Uint8Array, at = 0, end = octets.length): string {
  const message = parseDhcp(octets, at, end)
  if (typeof message === 'string') return `BOOTP/DHCP, bad ${message}, length ${end - at}`
  const { options } = message
  const what = message.operation === BOOT_REQUEST ? 'Request from' : 'Reply to'
  const parts = [`BOOTP/DHCP, ${what} ${formatMac(message.clientHardware)}`, `length ${end - at}`]
  parts.push(`xid 0x${message.transactionId.toString(16)}`)
  if (message.seconds > 0) parts.push(`secs ${message.seconds}`)
  if (message.broadcast) parts.push('Flags [Broadcast]')
  const addresses = [
    ['Client-IP', message.clientAddress],
    ['Your-IP', message.yourAddress],
    ['Server-IP', message.serverAddress],
    ['Gateway-IP', message.relayAddress],
  ] as const
  for (const [label, address] of addresses) if (address !== 0) parts.push(`${label} ${formatIpv4(address)}`)
  if (message.serverName !== '') parts.push(`sname "${presented(message.serverName)}"`)
  if (message.bootFile !== '') parts.push(`file "${presented(message.bootFile)}"`)
  for (const name of DHCP_OPTION_NAMES) {
    const value = options[name]
    if (value !== undefined) parts.push(`${LABELS[name]} ${printValue(name, value)}`)
  }
  for (const other of options.others ?? []) parts.push(`Option ${other.code} length ${other.octets.length}`)
  return parts.join(', ')
}

function printValue(name: DhcpOptionName, value: string | number | Uint8Array | readonly number[]): string {
  if (name === 'messageType') return MESSAGE_TYPES[Number(value)] || String(value)
  if (typeof value === 'string') return `"${presented(value)}"`
  if (typeof value === 'number') {
    if (DHCP_OPTIONS[name][1] === 'address') return formatIpv4(value)
    return name === 'leaseTime' && value === 0xffffffff ? 'infinite' : String(value)
  }
  if (!(value instanceof Uint8Array)) return value.map(formatIpv4).join(' ')
  if (name === 'parameterRequestList') return value.join(' ')
  if (name === 'vendorClass') return `"${presented(String.fromCharCode(...value))}"`
  return formatMac(value)
}
