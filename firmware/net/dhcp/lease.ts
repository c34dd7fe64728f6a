/** What a DHCP server gave: read from its message, gaps filled as RFC 2131 says, impossible times put right. */
import { SECOND } from '../../hal/clock.js'
import {
  type Ipv4Address,
  type Ipv4Interface,
  interfaceFault,
  isHostAddress,
  isLoopback,
  prefixMask,
  routerFault,
} from '../address.js'
import type { DhcpMessage } from '../wire/dhcp.js'

/** A lease time of all ones is for ever (RFC 2131 3.3). */
export const FOR_EVER = 0xffffffff
/** RFC 2131 4.4.5. */
const T1_SHARE = 0.5
const T2_SHARE = 0.875
/** RFC 2132 5.1: the least that is legal. */
const LEAST_MTU = 68
/** Routers kept of those a server names: of more than these one will answer. */
const ROUTER_LIMIT = 8
/** Where a server leaves the time out: an hour, as busybox has it. */
const DEFAULT_LEASE_SECONDS = 3600

export interface DhcpLease {
  readonly address: Ipv4Address
  readonly prefixLength: number
  /** The server that gave it, by its identifier (option 54). */
  readonly server: Ipv4Address
  /** In the server's order of preference (RFC 2132 3.5), those that can be routers at all. */
  readonly routers: readonly Ipv4Address[]
  readonly dnsServers: readonly Ipv4Address[]
  readonly timeServers: readonly Ipv4Address[]
  readonly hostName: string | undefined
  readonly domainName: string | undefined
  readonly mtu: number | undefined
  /** In nanoseconds from when it was asked for; undefined: for ever. */
  readonly duration: number | undefined
  /** T1 and T2, likewise. */
  readonly renewAfter: number | undefined
  readonly rebindAfter: number | undefined
}

/** Why a message gives no lease; `no address`: none that an interface can have, its network's broadcast among them. */
export type LeaseFault = 'no address' | 'no server identifier' | 'no time'

/**
 * The lease in an OFFER or ACK.
 * @param before what the server said earlier (its offer, the lease being renewed): servers leave out in an ACK what they
 *   said before, and the client goes on with it
 */
export function readLease(message: DhcpMessage, before?: DhcpLease): DhcpLease | LeaseFault {
  const { options } = message
  const address = message.yourAddress !== 0 ? message.yourAddress : (before?.address ?? 0)
  const prefixLength = prefixOf(options.subnetMask) ?? before?.prefixLength ?? classPrefix(address)
  const own: Ipv4Interface = { address, prefixLength }
  if (interfaceFault(own) !== undefined) return 'no address'
  const server = options.serverIdentifier ?? before?.server
  if (server === undefined || !isHostAddress(server) || isLoopback(server)) return 'no server identifier'
  const seconds = options.leaseTime
  if (seconds === 0) return 'no time'
  const times =
    seconds === undefined && before !== undefined
      ? before
      : leaseTimes(seconds ?? DEFAULT_LEASE_SECONDS, options.renewalTime, options.rebindingTime)
  const mtu = options.interfaceMtu
  return {
    address,
    prefixLength,
    server,
    routers:
      options.routers?.filter((each) => routerFault(own, each) === undefined).slice(0, ROUTER_LIMIT) ??
      before?.routers ??
      [],
    dnsServers: options.dnsServers ?? before?.dnsServers ?? [],
    timeServers: options.timeServers ?? before?.timeServers ?? [],
    hostName: options.hostName ?? before?.hostName,
    domainName: options.domainName ?? before?.domainName,
    mtu: mtu !== undefined && mtu >= LEAST_MTU ? mtu : before?.mtu,
    duration: times.duration,
    renewAfter: times.renewAfter,
    rebindAfter: times.rebindAfter,
  }
}

/**
 * T1 and T2 as the server says, where T1 < T2 < lease; as RFC 2131 4.4.5 has them where it does not say, or says what
 * cannot be. In nanoseconds.
 * @param seconds options 51, 58, 59
 */
function leaseTimes(
  seconds: number,
  t1?: number,
  t2?: number,
): Pick<DhcpLease, 'duration' | 'renewAfter' | 'rebindAfter'> {
  if (seconds === FOR_EVER) return { duration: undefined, renewAfter: undefined, rebindAfter: undefined }
  const rebind = t2 !== undefined && t2 > 0 && t2 < seconds ? t2 : T2_SHARE * seconds
  const renew =
    t1 !== undefined && t1 > 0 && t1 < rebind ? t1 : Math.min(T1_SHARE * seconds, (T1_SHARE / T2_SHARE) * rebind)
  return {
    duration: seconds * SECOND,
    renewAfter: Math.round(renew * SECOND),
    rebindAfter: Math.round(rebind * SECOND),
  }
}

/** The length of a mask; undefined for an invalid one, whose ones do not all come before its zeros. */
function prefixOf(mask: number | undefined): number | undefined {
  if (mask === undefined || mask === 0) return undefined
  for (let length = 1; length <= 32; length++) if (prefixMask(length) === mask) return length
  return undefined
}

/** Where a server gives no mask: that of the address's class (RFC 950 2.1; RFC 1122 3.2.1.3). */
function classPrefix(address: Ipv4Address): number {
  if (address >>> 31 === 0) return 8
  return address >>> 30 === 0b10 ? 16 : 24
}
