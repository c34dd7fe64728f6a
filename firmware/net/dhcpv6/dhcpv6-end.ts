/** What DHCPv6 takes of the stack that it configures, or serves from. */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { DnsResolver } from '../dns/resolver.js'
import type { Ipv6Side } from '../ipv6/ipv6-side.js'
import type { NetworkInterface } from '../network-interface.js'
import type { Udp } from '../udp/udp.js'

export interface Dhcpv6End {
  readonly clock: Clock
  readonly random: Random
  readonly udp: Udp
  readonly ipv6: Ipv6Side | undefined
  readonly resolver: DnsResolver
  readonly interfaces: readonly NetworkInterface[]
}
