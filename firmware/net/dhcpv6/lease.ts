/** What a DHCPv6 server lends: read from its message, and impossible addresses and times left out (RFC 9915 14.2, 21.4, 21.6). */
import { SECOND } from '../../hal/clock.js'
import { type Ipv6Address, inZone, isHostAddress6, isLinkLocal6, LOOPBACK6 } from '../ipv6/address.js'
import type { Lifetimes } from '../nd/address-list.js'
import { ENDLESS, endOfLifetime } from '../nd/lifetime.js'
import type { Dhcpv6Address, Dhcpv6Association, Dhcpv6Message } from '../wire/dhcpv6.js'

/** Addresses kept of those that a server lends one interface: it has room for sixteen in all. */
const ADDRESS_LIMIT = 4
/** All ones is for ever (RFC 9915 7.7). */
const FOR_EVER_SECONDS = 0xffffffff
/** What is left to the client, as a share of the shortest preferred lifetime (RFC 9915 21.4). */
const T1_SHARE = 0.5
const T2_SHARE = 0.8
/** And not at once, whatever that is (14.2): as long as a renewal waits for an answer. */
const LEAST_T1_SECONDS = 10

export interface LeasedAddress extends Readonly<Lifetimes> {
  readonly address: Ipv6Address
}

/** What is in use. Instants are on the clock, in nanoseconds; infinite where something never ends. */
export interface Dhcpv6Lease {
  /** The DUID of the server that lent it. */
  readonly server: Uint8Array
  readonly addresses: readonly LeasedAddress[]
  readonly renewAt: number
  readonly rebindAt: number
}

/** What servers tell beside addresses. */
export interface Dhcpv6Information {
  readonly nameServers: readonly Ipv6Address[]
  readonly searchDomains: readonly string[]
}

/** The association that is ours; undefined where there is none, or its times make no sense: then it counts as not there (21.4). */
export function ownAssociation(message: Dhcpv6Message, iaid: number): Dhcpv6Association | undefined {
  const own = message.associations?.find((each) => each.iaid === iaid)
  if (own === undefined) return undefined
  return own.t1Seconds > own.t2Seconds && own.t2Seconds > 0 ? undefined : own
}

/** Addresses that an interface can have: of a host, not of a link, and not preferred for longer than they are valid (21.6). */
export function usableAddresses(association: Dhcpv6Association): readonly Dhcpv6Address[] {
  return association.addresses
    .filter(
      ({ address, preferredSeconds, validSeconds }) =>
        isHostAddress6(address) && !isLinkLocal6(address) && address !== LOOPBACK6 && preferredSeconds <= validSeconds,
    )
    .slice(0, ADDRESS_LIMIT)
}

/**
 * The lease that an answer makes of the one before: its addresses have new lifetimes or, with one of 0, are gone; those that it does not
 * mention stay as they are (18.2.10.1).
 * @param now when the answer came: all its times count from then
 */
export function leaseFrom(
  now: number,
  server: Uint8Array,
  association: Dhcpv6Association,
  before: readonly LeasedAddress[],
): Dhcpv6Lease {
  const said = usableAddresses(association)
  const kept = before.filter(({ address }) => !said.some((each) => each.address === address))
  const lent = said
    .filter(({ validSeconds }) => validSeconds > 0)
    .map(({ address, preferredSeconds, validSeconds }) => ({
      address,
      preferredUntil: endOfLifetime(now, preferredSeconds),
      validUntil: endOfLifetime(now, validSeconds),
    }))
  return { server, addresses: [...kept, ...lent].slice(0, ADDRESS_LIMIT), ...timesOf(now, association, said) }
}

/** T1 and T2 as the server says, or as is left to the client. */
function timesOf(
  now: number,
  { t1Seconds, t2Seconds }: Dhcpv6Association,
  addresses: readonly Dhcpv6Address[],
): Pick<Dhcpv6Lease, 'renewAt' | 'rebindAt'> {
  const shortest = Math.min(...addresses.map(({ preferredSeconds }) => preferredSeconds), FOR_EVER_SECONDS)
  const chosen = (share: number) =>
    shortest === FOR_EVER_SECONDS ? FOR_EVER_SECONDS : Math.max(LEAST_T1_SECONDS, share * shortest)
  const rebind = t2Seconds === 0 ? Math.max(chosen(T2_SHARE), t1Seconds) : t2Seconds
  const renew = t1Seconds === 0 ? Math.min(chosen(T1_SHARE), rebind) : t1Seconds
  const instant = (seconds: number) => (seconds === FOR_EVER_SECONDS ? ENDLESS : Math.round(now + seconds * SECOND))
  return { renewAt: instant(renew), rebindAt: instant(rebind) }
}

/** When the last of its addresses is no longer valid. */
export function endOf({ addresses }: Dhcpv6Lease): number {
  return Math.max(...addresses.map(({ validUntil }) => validUntil), 0)
}

/** Name servers and domains of a message, those that can be none left out. @param zone of the link that it came by */
export function informationOf(
  { nameServers = [], searchDomains = [] }: Dhcpv6Message,
  zone: string,
): Dhcpv6Information {
  return {
    nameServers: nameServers
      .filter((address) => isHostAddress6(address) && address !== LOOPBACK6)
      .map((address) => inZone(address, zone)),
    searchDomains: searchDomains.filter((domain) => domain !== ''),
  }
}
