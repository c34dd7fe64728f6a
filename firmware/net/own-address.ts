/** The address that a stack is called by. */
import type { Family, IpAddress } from './ip.js'
import { isLinkLocal6 } from './ipv6/address.js'
import type { NetworkInterface } from './network-interface.js'

/** Its first address of a family: of IPv6, one that is in use beyond its link. Undefined while it has none. */
export function ownAddress(
  { interfaces }: { readonly interfaces: readonly NetworkInterface[] },
  family: Family,
): IpAddress | undefined {
  for (const { addresses, ipv6 } of interfaces) {
    const own =
      family === 'ipv4'
        ? addresses[0]
        : ipv6?.addresses.find(({ address, state }) => state !== 'TENTATIVE' && !isLinkLocal6(address))
    if (own !== undefined) return own.address
  }
  return undefined
}
