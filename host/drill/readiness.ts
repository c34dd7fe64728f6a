/** What poll and epoll say of a socket. */
import { concluded, type Dialogue, type SubjectSocket } from './subject.js'

/** Events of poll(2) without their `POLL`; epoll's have the same names behind `EPOLL`. */
export const EVENT_NAMES = ['IN', 'OUT', 'ERR', 'HUP', 'PRI', 'RDHUP', 'RDNORM', 'WRNORM'] as const
export type EventName = (typeof EVENT_NAMES)[number]

/** They are reported whether they were asked for or not. */
const ALWAYS: readonly EventName[] = ['ERR', 'HUP']

/** Of those asked for the ones that are so, and trouble in any case. */
export function* readiness(socket: SubjectSocket, asked: ReadonlySet<EventName>): Dialogue<Set<EventName>> {
  const { readable, writable, error, hangUp, urgent } = yield* concluded(socket.poll())
  const ended = asked.has('RDHUP') && readable && !error && (yield* hasEnded(socket))
  const now: Readonly<Record<EventName, boolean>> = {
    IN: readable,
    RDNORM: readable,
    OUT: writable,
    WRNORM: writable,
    PRI: urgent,
    ERR: error,
    HUP: hangUp,
    RDHUP: ended,
  }
  return new Set(EVENT_NAMES.filter((name) => now[name] && (asked.has(name) || ALWAYS.includes(name))))
}

/** The peer closed its direction, and all that it sent was read. */
function* hasEnded(socket: SubjectSocket): Dialogue<boolean> {
  return socket.type === 'stream' && (yield* concluded(socket.peek(new Uint8Array(1)))) === 0
}
