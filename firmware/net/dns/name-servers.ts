/** What somebody says of names to a host: a person, a DHCP server, a router. */
import type { IpAddress } from '../ip.js'

export interface NameServers {
  /** Whom to ask, in this order. */
  readonly servers: readonly IpAddress[]
  /** Domains that names without a dot are looked for in, in this order. */
  readonly search: readonly string[]
}
