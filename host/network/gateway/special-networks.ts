/**
 * What is nobody's on the Internet: the special-purpose addresses of both families, by the registries that RFC 6890 began (IANA IPv4 and IPv6
 * Special-Purpose Address Registry), and what a computer or its network keeps to itself.
 */
import { type Ipv4Address, isMulticast } from '../../../firmware/net/address.js'
import type { IpAddress } from '../../../firmware/net/ip.js'
import { type Ipv6Address, ipv6Address, isMulticast6 } from '../../../firmware/net/ipv6/address.js'
import { type IpNetwork, ipNetwork, isIn } from './ip-network.js'

/** Why an address is not on the Internet. */
export type SpecialKind = 'loopback' | 'private network' | 'link-local' | 'special purpose' | 'group'

const kinds = (kind: SpecialKind, texts: readonly string[]): readonly (readonly [IpNetwork, SpecialKind])[] =>
  texts.map((text) => [ipNetwork(text), kind])

/** The first that an address is in says what it is. */
const SPECIAL: readonly (readonly [IpNetwork, SpecialKind])[] = [
  ...kinds('loopback', ['127.0.0.0/8', '::1/128']),
  // RFC 1918, RFC 6598 (carrier-grade NAT), RFC 4193, RFC 3879.
  ...kinds('private network', [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    'fc00::/7',
    'fec0::/10',
  ]),
  // RFC 3927, where clouds have their metadata (169.254.169.254); RFC 4291.
  ...kinds('link-local', ['169.254.0.0/16', 'fe80::/10']),
  ...kinds('special purpose', [
    '0.0.0.0/8',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '240.0.0.0/4',
    // ::/96 once was "IPv4-compatible", ::ffff:0:0/96 is an IPv4 address in a program's clothes.
    '::/96',
    '::ffff:0:0/96',
    // A NAT64 of one's own network (RFC 8215), Teredo (RFC 4380), ORCHID, benchmarks, documentation, segment routing, discard.
    '64:ff9b:1::/48',
    '100::/64',
    '100:0:0:1::/64',
    '2001::/23',
    '2001:db8::/32',
    '3fff::/20',
    '5f00::/16',
  ]),
]
/** An IPv4 address stands in these, from the bit on that is named: NAT64 (RFC 6052) and 6to4 (RFC 3056). */
const NAT64 = ipv6Address(0x64ff9b, 0, 0, 0)
const SIX_TO_FOUR = 0x2002

/** Why an address is not on the Internet; undefined: it may be. */
export function specialKind(address: IpAddress): SpecialKind | undefined {
  if (typeof address === 'number' ? isMulticast(address) : isMulticast6(address)) return 'group'
  for (const [network, kind] of SPECIAL) if (isIn(address, network)) return kind
  const inside = typeof address === 'number' ? undefined : embedded(address)
  return inside === undefined ? undefined : specialKind(inside)
}

/** The IPv4 address that a translator or a relay would send to. */
function embedded({ word0, word1, word2, word3 }: Ipv6Address): Ipv4Address | undefined {
  if (word0 === NAT64.word0 && word1 === 0 && word2 === 0) return word3 >>> 0
  return word0 >>> 16 === SIX_TO_FOUR ? ((word0 << 16) | (word1 >>> 16)) >>> 0 : undefined
}
