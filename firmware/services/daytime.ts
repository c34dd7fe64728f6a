/** Daytime (RFC 867): one line with date and time, `Tuesday, February 22, 1982 17:37:43-UTC`, and the connection closes. */
import { MILLISECOND } from '../hal/clock.js'
import type { StreamSocket } from '../socket/stream-socket.js'
import type { Stack } from '../stack.js'
import { calendarTime, two } from './calendar.js'
import { DatagramServer } from './datagram-server.js'
import { startBoth } from './pair.js'
import type { Service, ServiceOptions } from './service.js'
import { Session, type StreamServer } from './stream-server.js'

/** More than any line has. */
const LONGEST = 64

/** @param milliseconds since 1970-01-01 00:00 UTC */
export function daytime(milliseconds: number): string {
  const { weekday, month, day, year, hour, minute, second } = calendarTime(milliseconds / 1000)
  return `${weekday}, ${month} ${day}, ${year} ${two(hour)}:${two(minute)}:${two(second)}-UTC\r\n`
}

class DaytimeSession extends Session {
  readonly #line: string
  #sent = 0

  constructor(server: StreamServer, socket: StreamSocket, line: string) {
    super(server, socket)
    this.#line = line
  }

  protected run(): void {
    const { socket, server } = this
    const { work, counting } = server
    while (this.#sent < this.#line.length) {
      const octets = writeText(this.#line, this.#sent, work, 0)
      const taken = socket.writePart(work, 0, octets)
      if (taken === undefined) return
      this.#sent += taken
      counting.octetsOut += taken
    }
    this.finish()
  }
}

/** Writes ASCII text from its character `from` on. @returns octets written */
function writeText(text: string, from: number, into: Uint8Array, at: number): number {
  const octets = Math.min(text.length - from, into.length - at)
  for (let i = 0; i < octets; i++) into[at + i] = text.charCodeAt(from + i)
  return octets
}

/** @throws NetError EADDRINUSE */
export function startDaytime(stack: Stack, options: ServiceOptions = {}): Service {
  const now = options.wallClock ?? (() => stack.clock.now / MILLISECOND)
  return startBoth(
    stack,
    'daytime',
    options,
    (server, socket) => new DaytimeSession(server, socket, daytime(now())),
    (base) =>
      new DatagramServer({
        ...base,
        answerOctets: LONGEST,
        answer: (_octets, _start, _end, into) => [into, 0, writeText(daytime(now()), 0, into, 0)],
      }),
  )
}
