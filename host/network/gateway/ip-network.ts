/** Networks of either family, as `10.0.0.0/8` and `fc00::/7`; an address alone is the network of itself. */
import { type Ipv4Interface, ipv4Interface, onLink, parseIpv4 } from '../../../firmware/net/address.js'
import { formatIp, type IpAddress } from '../../../firmware/net/ip.js'
import {
  type Ipv6InterfaceAddress,
  inZone,
  ipv6Interface,
  parseIpv6,
  underPrefix,
} from '../../../firmware/net/ipv6/address.js'

export type IpNetwork = Ipv4Interface | Ipv6InterfaceAddress

/** @throws RangeError for what is neither an address nor one with a prefix length */
export function ipNetwork(text: string): IpNetwork {
  const network = networkOfAddress(text)
  if (network !== undefined) return network
  return text.includes(':') ? withoutZone(ipv6Interface(text)) : ipv4Interface(text)
}

/** The network of one address; undefined where the text is none. */
function networkOfAddress(text: string): IpNetwork | undefined {
  const four = parseIpv4(text)
  if (four !== undefined) return { address: four, prefixLength: 32 }
  const six = parseIpv6(text)
  return six === undefined ? undefined : withoutZone({ address: six, prefixLength: 128 })
}

/** Of an address of IPv6 the zone is not looked at: another link's is as far away. */
export function isIn(address: IpAddress, network: IpNetwork): boolean {
  if (typeof address === 'number')
    return typeof network.address === 'number' && onLink(network as Ipv4Interface, address)
  if (typeof network.address === 'number') return false
  return underPrefix(address, network.address, network.prefixLength)
}

export function formatNetwork({ address, prefixLength }: IpNetwork): string {
  const whole = typeof address === 'number' ? 32 : 128
  return prefixLength === whole ? formatIp(address) : `${formatIp(address)}/${prefixLength}`
}

function withoutZone({ address, prefixLength }: Ipv6InterfaceAddress): Ipv6InterfaceAddress {
  return { address: inZone(address, ''), prefixLength }
}
