/**
 * Character generator (RFC 864): lines of 72 of the 95 printing characters, each line one character further on, as fast as the
 * peer takes them. A datagram is answered with 0 to 512 of these characters.
 */
import type { Stack } from '../stack.js'
import { DatagramServer } from './datagram-server.js'
import { startBoth } from './pair.js'
import type { Service, ServiceOptions } from './service.js'
import { Session } from './stream-server.js'

const LINE = 72
const FIRST = 0x20
const CHARACTERS = 95
/** A line with its CR and LF. */
const LINE_OCTETS = LINE + 2
const MOST_IN_DATAGRAM = 512

/** The octet at a place of the endless text. */
export function chargenOctet(place: number): number {
  const column = place % LINE_OCTETS
  if (column === LINE) return 0x0d
  if (column === LINE + 1) return 0x0a
  return FIRST + ((Math.floor(place / LINE_OCTETS) + column) % CHARACTERS)
}

class ChargenSession extends Session {
  /** The text repeats after 95 lines. */
  #place = 0

  protected run(): void {
    const { socket, server } = this
    const { work, counting } = server
    for (;;) {
      const octets = socket.read(work)
      if (octets === undefined) break
      if (octets === 0) {
        this.close()
        return
      }
      counting.octetsIn += octets
    }
    for (;;) {
      const most = Math.min(socket.room, work.length)
      if (most === 0) return
      for (let i = 0; i < most; i++) work[i] = chargenOctet(this.#place + i)
      const taken = socket.writePart(work, 0, most)
      if (taken === undefined) return
      counting.octetsOut += taken
      this.#place = (this.#place + taken) % (LINE_OCTETS * CHARACTERS)
    }
  }
}

/** @throws NetError EADDRINUSE */
export function startChargen(stack: Stack, options: ServiceOptions = {}): Service {
  const random = stack.random.fork('chargen')
  return startBoth(
    stack,
    'chargen',
    options,
    (server, socket) => new ChargenSession(server, socket),
    (base) =>
      new DatagramServer({
        ...base,
        answerOctets: MOST_IN_DATAGRAM,
        answer(_octets, _start, _end, into) {
          const length = random.below(MOST_IN_DATAGRAM + 1)
          for (let i = 0; i < length; i++) into[i] = chargenOctet(i)
          return [into, 0, length]
        },
      }),
  )
}
