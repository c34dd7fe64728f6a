/** What poll and epoll say of a socket. */
import type { Socket } from '../../firmware/socket/socket.js'
import { StreamSocket } from '../../firmware/socket/stream-socket.js'

/** Events of poll(2) without their `POLL`; epoll's have the same names behind `EPOLL`. */
export const EVENT_NAMES = ['IN', 'OUT', 'ERR', 'HUP', 'PRI', 'RDHUP', 'RDNORM', 'WRNORM'] as const
export type EventName = (typeof EVENT_NAMES)[number]

/** They are reported whether they were asked for or not. */
const ALWAYS: readonly EventName[] = ['ERR', 'HUP']

/** Of those asked for the ones that are so, and trouble in any case. */
export function readiness(socket: Socket, asked: ReadonlySet<EventName>): Set<EventName> {
  const { readable, writable, error, hangUp, urgent } = socket.poll()
  const now: Readonly<Record<EventName, boolean>> = {
    IN: readable,
    RDNORM: readable,
    OUT: writable,
    WRNORM: writable,
    PRI: urgent,
    ERR: error,
    HUP: hangUp,
    RDHUP: asked.has('RDHUP') && readable && !error && hasEnded(socket),
  }
  return new Set(EVENT_NAMES.filter((name) => now[name] && (asked.has(name) || ALWAYS.includes(name))))
}

/** Octets of a stream that wait to be read. */
export function octetsToRead(socket: Socket): number {
  return socket instanceof StreamSocket ? socket.available : 0
}

/** The peer closed its direction, and all that it sent was read. */
function hasEnded(socket: Socket): boolean {
  return socket.type === 'stream' && socket.peek(new Uint8Array(1)) === 0
}
