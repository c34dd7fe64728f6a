/** A service over TCP and UDP on one port, started and stopped as one. */

import type { StreamSocket } from '../socket/stream-socket.js'
import type { Stack } from '../stack.js'
import type { DatagramServer, DatagramServerOptions } from './datagram-server.js'
import { SERVICES, type Service, type ServiceName, type ServiceOptions } from './service.js'
import { newCounting, type Session, StreamServer } from './stream-server.js'

/** @throws NetError EADDRINUSE when one of the two ports is taken; neither is open then */
export function startBoth(
  stack: Stack,
  name: ServiceName,
  options: ServiceOptions,
  open: (server: StreamServer, socket: StreamSocket) => Session,
  datagrams: (base: Omit<DatagramServerOptions, 'answer'>) => DatagramServer,
): Service {
  const port = options.port ?? registeredPort(name)
  const counting = newCounting()
  const base = { stack, port, counting }
  const streams = new StreamServer({ ...base, open })
  let udp: DatagramServer
  try {
    udp = datagrams(base)
  } catch (error) {
    streams.stop()
    throw error
  }
  return {
    name,
    port,
    get counters() {
      return { ...counting, open: streams.sessions.size, lost: counting.lost.snapshot() }
    },
    stop() {
      streams.stop()
      udp.stop()
    },
  }
}

export function registeredPort(name: ServiceName): number {
  return SERVICES.find((each) => each.name === name)!.port
}
