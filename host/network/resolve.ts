/** A host as a person names it: by its address, or by a name that our DNS client asks for. */
import type { DnsFailure } from '../../firmware/net/dns/resolver.js'
import { type IpAddress, parseAnyIp } from '../../firmware/net/ip.js'
import { UsageError } from '../errors/errors.js'
import type { ClientWire } from './client-wire.js'

/** The name server said no, or nothing. */
export class NameError extends Error {
  override readonly name = 'NameError'
  readonly exitStatus = 1
}

/**
 * Refuses a name early where there is nobody to ask for it.
 * @param what the operand is called
 * @throws UsageError
 */
export function checkHost(what: string, host: string, server: IpAddress | undefined): void {
  if (parseAnyIp(host) !== undefined) return
  // All digits and dots: an address with a slip, not a name
  if (server !== undefined && !/^[\d.]*$/.test(host) && !host.includes(':')) return
  throw new UsageError(
    `${what}: "${host}" is not an IP address: write it like 192.168.7.2 or 2001:db8::2, or name a server that knows it with --dns ADDRESS`,
  )
}

/**
 * Asks for the addresses of a host, as `DnsResolver.lookup`.
 * @param server whom to ask; undefined: only addresses are understood
 * @returns what takes the question back
 */
export function lookUpHost(
  { stack, changed }: Pick<ClientWire, 'stack' | 'changed'>,
  host: string,
  server: IpAddress | undefined,
  done: (found: readonly IpAddress[] | NameError) => void,
  early?: (addresses: readonly IpAddress[]) => void,
): () => void {
  const { resolver } = stack
  resolver.servers = server === undefined ? [] : [server]
  return resolver.lookup(
    host,
    (outcome) => {
      done(outcome.ok ? outcome.addresses : noAddress(host, outcome.reason))
      changed()
    },
    early,
  )
}

function noAddress(host: string, reason: DnsFailure): NameError {
  return new NameError(`${host} has no address: ${reason}; check the name, and --dns`)
}

/**
 * The address of a host that is to be tried first.
 * @param server whom to ask; undefined: only addresses are understood
 * @throws NameError when it has no address
 */
export async function resolveHost(
  wire: Pick<ClientWire, 'stack' | 'changed' | 'until'>,
  host: string,
  server: IpAddress | undefined,
): Promise<IpAddress> {
  let outcome: readonly IpAddress[] | NameError | undefined
  lookUpHost(wire, host, server, (found) => {
    outcome = found
  })
  await wire.until(() => outcome !== undefined)
  if (outcome instanceof NameError) throw outcome
  if (outcome === undefined || outcome.length === 0) throw noAddress(host, 'NODATA')
  return outcome[0]
}
