/** What DHCP takes of the stack that it configures, or serves from. */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { DnsResolver } from '../dns/resolver.js'
import type { Ipv4 } from '../ipv4/ipv4.js'
import type { NetworkInterface } from '../network-interface.js'
import type { Udp } from '../udp/udp.js'

export interface DhcpEnd {
  readonly clock: Clock
  readonly random: Random
  readonly ipv4: Ipv4
  readonly udp: Udp
  readonly resolver: DnsResolver
  readonly interfaces: readonly NetworkInterface[]
  /** What it is called on the network; a server may give it another name. */
  hostName: string
}
