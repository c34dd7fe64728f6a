/** Receive filters that a learner may choose (ERXFCON, DS39662 8), by name. */
import { hashTable } from '../../../../firmware/enc28j60/hash.js'
import { DEFAULT_FILTERS, type ReceiveFilters } from '../../../../firmware/enc28j60/initialise.js'
import { mac } from '../../../../firmware/net/address.js'

/** Multicast DNS (RFC 6762 3), and a group that means the same bit of the hash table, as broadcast does. */
export const GROUP = '01:00:5e:00:00:fb'
export const GROUP_OF_SAME_HASH = '01:00:5e:00:00:0f'

const NONE: ReceiveFilters = { ...DEFAULT_FILTERS, unicast: false, broadcast: false }

export const FILTERS = {
  usual: DEFAULT_FILTERS,
  own: { ...NONE, unicast: true },
  groups: { ...DEFAULT_FILTERS, multicast: true },
  hash: { ...NONE, unicast: true, hashTable: hashTable([mac(GROUP)]) },
  all: { ...NONE, promiscuous: true },
  raw: { ...NONE, promiscuous: true, discardBadFcs: false },
} as const satisfies Readonly<Record<string, ReceiveFilters>>

export type FilterName = keyof typeof FILTERS

export function filtersNamed(name: string): ReceiveFilters {
  return FILTERS[name as FilterName]
}
