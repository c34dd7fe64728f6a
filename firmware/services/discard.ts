/** Discard (RFC 863): everything is read, counted and thrown away. */
import type { Stack } from '../stack.js'
import { DatagramServer } from './datagram-server.js'
import { startBoth } from './pair.js'
import type { Service, ServiceOptions } from './service.js'
import { Session } from './stream-server.js'

class DiscardSession extends Session {
  protected run(): void {
    const { work, counting } = this.server
    for (;;) {
      const octets = this.socket.read(work)
      if (octets === undefined) return
      if (octets === 0) {
        this.close()
        return
      }
      counting.octetsIn += octets
    }
  }
}

/** @throws NetError EADDRINUSE */
export function startDiscard(stack: Stack, options: ServiceOptions = {}): Service {
  return startBoth(
    stack,
    'discard',
    options,
    (server, socket) => new DiscardSession(server, socket),
    (base) => new DatagramServer({ ...base, answer: () => undefined }),
  )
}
