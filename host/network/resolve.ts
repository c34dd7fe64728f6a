/** A host as a person names it: by its address, or by a name that our DNS client asks for. */
import type { LookupOutcome } from '../../firmware/net/dns/resolver.js'
import { type IpAddress, parseAnyIp } from '../../firmware/net/ip.js'
import { UsageError } from '../errors/errors.js'
import type { ClientWire } from './client-wire.js'

/** The name server said no, or nothing. */
class NameError extends Error {
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
 * @param server whom to ask; undefined: only addresses are understood
 * @throws NameError when it has no address
 */
export async function resolveHost(
  wire: Pick<ClientWire, 'stack' | 'changed' | 'until'>,
  host: string,
  server: IpAddress | undefined,
): Promise<IpAddress> {
  const address = parseAnyIp(host)
  if (address !== undefined) return address
  const { resolver } = wire.stack
  resolver.servers = server === undefined ? [] : [server]
  let outcome: LookupOutcome | undefined
  resolver.lookup(host, (answer) => {
    outcome = answer
    wire.changed()
  })
  await wire.until(() => outcome !== undefined)
  if (!outcome?.ok) throw new NameError(`${host} has no address: ${outcome?.reason}; check the name, and --dns`)
  return outcome.addresses[0]
}
