/** The addresses that a gateway gives by DHCP. */
import { formatIpv4, type Ipv4Interface, prefixMask } from '../../../../firmware/net/address.js'

/** More addresses than an office has need not be in one pool. */
const MOST_BITS = 8
/** Smaller networks have no half to give. */
const LEAST_BITS = 3

/**
 * The upper half of a network, or of the 256 addresses around the gateway's own in a larger one.
 * @returns the first and the last
 * @throws RangeError for a network that is too small
 */
export function addressPool({ address, prefixLength }: Ipv4Interface): readonly [string, string] {
  const bits = Math.min(MOST_BITS, 32 - prefixLength)
  if (bits < LEAST_BITS)
    throw new RangeError(
      `${formatIpv4(address)}/${prefixLength} has no room for addresses to give: use a network of /29 or larger`,
    )
  const network = (address & prefixMask(32 - bits)) >>> 0
  return [formatIpv4(network + 2 ** (bits - 1)), formatIpv4(network + 2 ** bits - 2)]
}
