/** Opens a connection of our stack to a host that has a name or an address, and waits for it. */
import type { IpAddress } from '../../firmware/net/ip.js'
import { ConnectionRace } from '../../firmware/socket/connection-race.js'
import type { StreamSocket } from '../../firmware/socket/stream-socket.js'
import { lookUpHost, type NamedWire, NameError } from './resolve.js'

/** A port of a host, as a person names it. */
export interface HostPort {
  readonly host: string
  readonly port: number
  /** Whom to ask for its name; undefined: whom the network tells of. */
  readonly server?: IpAddress | undefined
  /** Whether to ask for explicit congestion notification (RFC 3168). */
  readonly ecn?: boolean
}

/**
 * Where the host has several addresses, the first that answers is taken (RFC 8305).
 * @param limit nanoseconds, for name and connection once somebody is known to ask; as long as the stack tries where left out
 * @param stopped asked meanwhile: gives up once it is true
 * @returns undefined when the time is over, or it was given up
 * @throws NetError with what went wrong; NameError when the name has no address
 */
export async function connectStream(
  wire: NamedWire,
  { host, port, server, ecn = false }: HostPort,
  limit?: number,
  stopped: () => boolean = () => false,
): Promise<StreamSocket | undefined> {
  const race = new ConnectionRace(wire.stack, port, ecn ? { ecn: 'request' } : {})
  race.onSettled(wire.changed)
  let unknown: NameError | undefined
  const takeBack = await lookUpHost(
    wire,
    host,
    server,
    stopped,
    (found) => {
      if (found instanceof NameError) unknown = found
      else race.add(found, true)
    },
    (addresses) => race.add(addresses, false),
  )
  try {
    const settled = () => unknown !== undefined || race.socket !== undefined || race.error !== undefined
    await wire.until(() => stopped() || settled(), limit)
    const failure = unknown ?? race.error
    if (failure !== undefined) throw failure
    if (stopped()) race.socket?.abort()
    else race.socket?.onReady(wire.changed)
    return stopped() ? undefined : race.socket
  } finally {
    takeBack()
    race.cancel()
  }
}
