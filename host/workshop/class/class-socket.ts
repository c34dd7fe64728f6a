/** One end of a WebSocket, as far as a class needs it. */
import type { ClassData } from './message.js'

export interface ClassSocket {
  send(data: ClassData): void
  /** Nothing comes out of it any more, and nothing goes in. */
  close(): void
  /** Octets that were sent and have not left yet. */
  readonly waiting: number
}
