/** Opens a connection of our stack, and waits for it. */
import { NET_ERRORS, NetError } from '../../firmware/net/errors.js'
import { familyOf, formatEndpoint, type IpEndpoint } from '../../firmware/net/ip.js'
import type { StreamSocket } from '../../firmware/socket/stream-socket.js'
import type { ClientWire } from './client-wire.js'

/**
 * @param limit nanoseconds; as long as the stack tries where left out
 * @param stopped asked meanwhile: gives up once it is true
 * @returns undefined when the time is over, or it was given up
 * @throws NetError with what went wrong
 */
export async function connectStream(
  wire: Pick<ClientWire, 'stack' | 'changed' | 'until'>,
  endpoint: IpEndpoint,
  limit?: number,
  stopped: () => boolean = () => false,
): Promise<StreamSocket | undefined> {
  const socket = wire.stack.socket(familyOf(endpoint.address), 'stream')
  socket.onReady(wire.changed)
  try {
    socket.connect(endpoint)
    const done = () => stopped() || socket.poll().writable || socket.poll().error
    const settled = await wire.until(done, limit)
    const code = socket.error()
    if (code !== undefined) {
      const place = `connect ${formatEndpoint(endpoint)}`
      throw new NetError(code, place, 'check that a server listens there', NET_ERRORS[code])
    }
    if (settled && !stopped()) return socket
  } catch (error) {
    socket.abort()
    throw error
  }
  socket.abort()
  return undefined
}
