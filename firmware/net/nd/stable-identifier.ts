/** Interface identifiers that stay on one network and tell nothing on another (RFC 7217). */
import { type Ipv6Address, ipv6Address, writeIpv6 } from '../ipv6/address.js'
import type { SipHash } from '../tcp/sip-hash.js'
import { writeUint32 } from '../wire/octets.js'
import { textOctets } from '../wire/text.js'

/**
 * An address under a prefix of 64 bits: F of prefix, interface, and how often an address made so was another's (RFC 7217 5).
 * @param hash with the secret key
 */
export function stableAddress(
  hash: SipHash,
  prefix: Ipv6Address,
  interfaceName: string,
  conflicts: number,
): Ipv6Address {
  const name = textOctets(interfaceName.slice(0, 64).replace(/[^\0-\xff]/g, '?'))
  const input = new Uint8Array(16 + 4 + name.length)
  writeIpv6(prefix, input, 0)
  writeUint32(input, 16, conflicts)
  input.set(name, 20)
  const low = hash.hash(input)
  return ipv6Address(prefix.word0, prefix.word1, hash.high | 0, low | 0, prefix.zone)
}
