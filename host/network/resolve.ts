/** A host as a person names it: by its address, or by a name that our DNS client asks for. */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { DnsFailure } from '../../firmware/net/dns/resolver.js'
import { type IpAddress, parseAnyIp } from '../../firmware/net/ip.js'
import type { NetworkInterface } from '../../firmware/net/network-interface.js'
import { UsageError } from '../errors/errors.js'
import type { ClientWire } from './client-wire.js'

/** What of a wire it takes to ask for names. */
export type NamedWire = Pick<ClientWire, 'stack' | 'changed' | 'until'>

/** The name server said no, or nothing. */
export class NameError extends Error {
  override readonly name = 'NameError'
  readonly exitStatus = 1
}

/** A router that advertises name servers does within so long of being asked (RFC 4861 6.2.6), and it is asked again after four seconds. */
const ROUTER_LIMIT = 6 * SECOND
/** An address that a router's prefix makes is in use after so long (RFC 4862 5.4). */
const ADDRESS_LIMIT = 4 * SECOND
/** Between two looks. */
const LOOK_INTERVAL = 50 * MILLISECOND

/**
 * Refuses a name early where there is nobody to ask for it.
 * @param what the operand is called
 * @param learns the network may tell of a name server
 * @throws UsageError
 */
export function checkHost(what: string, host: string, server: IpAddress | undefined, learns: boolean): void {
  if (parseAnyIp(host) !== undefined) return
  // All digits and dots: an address with a slip, not a name
  if ((server !== undefined || learns) && !/^[\d.]*$/.test(host) && !host.includes(':')) return
  throw new UsageError(
    `${what}: "${host}" is not an IP address: write it like 192.168.7.2 or 2001:db8::2, or name a server that knows it with --dns ADDRESS`,
  )
}

/**
 * Waits until the network has announced a name server, where one is needed and none is known; and until the addresses that it had us make
 * are in use. Where nobody tells of one, that the name has no address says so.
 */
async function nameServerKnown(wire: NamedWire, host: string, stopped: () => boolean): Promise<void> {
  const { stack } = wire
  const { resolver } = stack
  const known = () => stopped() || resolver.servers.length > 0
  const advertised = stack.interfaces.some(({ ipv6 }) => ipv6 !== undefined)
  if (parseAnyIp(host) !== undefined || !advertised) return
  await looking(wire, known, ROUTER_LIMIT)
  const settled = ({ ipv6 }: NetworkInterface) => ipv6?.addresses.every(({ state }) => state !== 'TENTATIVE') ?? true
  await looking(wire, () => stopped() || stack.interfaces.every(settled), ADDRESS_LIMIT)
}

/** As `until`, for what nobody tells. */
async function looking(wire: NamedWire, condition: () => boolean, limit: number): Promise<boolean> {
  for (let waited = 0; waited < limit && !condition(); waited += LOOK_INTERVAL)
    await wire.until(condition, LOOK_INTERVAL)
  return condition()
}

/**
 * Asks for the addresses of a host, as `DnsResolver.lookup`.
 * @param server whom to ask; undefined: whom the network tells of, which is waited for
 * @param stopped asked meanwhile: once it is true nothing is waited for
 * @returns what takes the question back
 */
export async function lookUpHost(
  wire: NamedWire,
  host: string,
  server: IpAddress | undefined,
  stopped: () => boolean,
  done: (found: readonly IpAddress[] | NameError) => void,
  early?: (addresses: readonly IpAddress[]) => void,
): Promise<() => void> {
  const { resolver } = wire.stack
  if (server !== undefined) resolver.servers = [server]
  await nameServerKnown(wire, host, stopped)
  return resolver.lookup(
    host,
    (outcome) => {
      done(outcome.ok ? outcome.addresses : noAddress(host, outcome.reason))
      wire.changed()
    },
    early,
  )
}

function noAddress(host: string, reason: DnsFailure): NameError {
  return new NameError(`${host} has no address: ${reason}; check the name, and --dns`)
}

/**
 * The address of a host that is to be tried first.
 * @param server as `lookUpHost`
 * @param stopped asked meanwhile: gives up once it is true
 * @returns undefined when it was given up
 * @throws NameError when it has no address
 */
export async function resolveHost(
  wire: NamedWire,
  host: string,
  server: IpAddress | undefined,
  stopped: () => boolean = () => false,
): Promise<IpAddress | undefined> {
  let outcome: readonly IpAddress[] | NameError | undefined
  const takeBack = await lookUpHost(wire, host, server, stopped, (found) => {
    outcome = found
  })
  await wire.until(() => stopped() || outcome !== undefined)
  takeBack()
  if (outcome instanceof NameError) throw outcome
  return outcome?.[0]
}
