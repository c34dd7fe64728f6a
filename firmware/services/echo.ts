/** Echo (RFC 862): what comes in goes back. A connection is read only as fast as its answers are taken. */
import type { Stack } from '../stack.js'
import { DatagramServer } from './datagram-server.js'
import { startBoth } from './pair.js'
import type { Service, ServiceOptions } from './service.js'
import { Session } from './stream-server.js'

class EchoSession extends Session {
  protected run(): void {
    const { socket, server } = this
    const { work, counting } = server
    for (;;) {
      const most = Math.min(socket.room, work.length)
      // Without room nothing is read, and so nothing needs to be kept. An error or the end is told all the same.
      if (most === 0 && socket.available > 0) return
      const octets = socket.read(work, 0, Math.max(1, most))
      if (octets === undefined) return
      if (octets === 0) {
        this.close()
        return
      }
      counting.octetsIn += octets
      counting.octetsOut += socket.writePart(work, 0, octets) ?? 0
    }
  }
}

/** @throws NetError EADDRINUSE */
export function startEcho(stack: Stack, options: ServiceOptions = {}): Service {
  return startBoth(
    stack,
    'echo',
    options,
    (server, socket) => new EchoSession(server, socket),
    (base) => new DatagramServer({ ...base, answer: (octets, start, end) => [octets, start, end] }),
  )
}
