/** A console over telnet (RFC 854): lines in, lines out, a prompt between. It shows and asks; it changes nothing. */
import { SECOND, type Timer } from '../../hal/clock.js'
import type { StreamSocket } from '../../socket/stream-socket.js'
import type { Stack } from '../../stack.js'
import { registeredPort } from '../pair.js'
import type { Service, ServiceOptions } from '../service.js'
import type { HostStatus } from '../status.js'
import { newCounting, Session, StreamServer } from '../stream-server.js'
import { asciiText, TextSource } from '../text.js'
import { parseCommand, pingLine } from './commands.js'
import { TELNET_LINE_LIMIT, TelnetReader } from './protocol.js'

const PROMPT = '> '
/** Nobody typed anything for so long. */
const IDLE_LIMIT = 300 * SECOND
const PINGS = 4
const PING_INTERVAL = SECOND
/** What a session holds: the line that is typed, the one that goes out, and refusals of options. */
const SESSION_OCTETS = TELNET_LINE_LIMIT + 128

function* asLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${asciiText(line)}\r\n`
}

class TelnetSession extends Session {
  readonly #status: HostStatus
  readonly #reader = new TelnetReader()
  /** What goes out; nothing is read meanwhile, but for the wish to stop. */
  #output: TextSource
  /** A ping is under way. */
  #pinging: { readonly name: string; readonly address: number; left: number } | undefined
  #nextPing: Timer | undefined
  #quitting = false
  #prompted = false
  #over = false

  constructor(server: StreamServer, socket: StreamSocket, status: HostStatus) {
    super(server, socket)
    this.#status = status
    this.#output = new TextSource(asLines([status.title, 'help lists the commands']))
    this.within(IDLE_LIMIT)
  }

  override ended(): void {
    super.ended()
    this.#over = true
    this.server.stack.clock.cancel(this.#nextPing)
  }

  protected run(): void {
    while (!this.#over && this.#step()) {}
  }

  #step(): boolean {
    if (!this.#output.done) {
      if (this.#send()) return true
      if (this.socket.poll().hangUp) this.close()
      return false
    }
    if (this.#quitting) {
      this.finish()
      return false
    }
    const busy = this.#pinging !== undefined
    if (!busy && !this.#prompted) {
      this.#prompted = true
      this.#output = new TextSource([PROMPT])
      return true
    }
    return this.#read(busy)
  }

  #send(): boolean {
    const { socket, server } = this
    const most = Math.min(socket.room, server.work.length)
    const octets = this.#output.fill(server.work, 0, most)
    if (octets === 0) return false
    server.counting.octetsOut += socket.writePart(server.work, 0, octets) ?? 0
    return true
  }

  #read(busy: boolean): boolean {
    const reader = this.#reader
    if (!this.feed(reader)) return false
    this.within(IDLE_LIMIT)
    this.#refuseOptions()
    if (reader.asked) {
      reader.asked = false
      this.#say(['[yes]'])
    }
    if (reader.interrupted) {
      reader.interrupted = false
      this.#stopPinging()
    }
    const { line } = reader
    if (line === undefined) return true
    reader.line = undefined
    const { tooLong } = reader
    reader.tooLong = false
    // What is typed while a ping runs is thrown away, as a terminal does that has no queue.
    if (busy) return true
    this.#prompted = false
    if (tooLong) this.#say([`a line has at most ${TELNET_LINE_LIMIT} characters`])
    else this.#obey(line)
    return true
  }

  /** What finds no room is not answered: to the peer the option is then still open, and off (RFC 854). */
  #refuseOptions(): void {
    const replies = this.#reader.replies()
    if (replies.length > 0 && this.socket.room >= replies.length) this.socket.write(Uint8Array.from(replies))
  }

  #say(lines: Iterable<string>): void {
    this.#output = new TextSource(asLines(lines))
  }

  #obey(line: string): void {
    const command = parseCommand(line, this.#status)
    if (command.kind === 'lines') this.#say(command.lines)
    else if (command.kind === 'ping') {
      this.#pinging = { ...command, left: PINGS }
      this.#ping()
    } else {
      this.#say(['goodbye'])
      this.#quitting = true
    }
  }

  #ping(): void {
    const pinging = this.#pinging
    if (pinging === undefined) return
    pinging.left--
    const { stack } = this.server
    const began = stack.clock.now
    stack.ping(pinging.address, {}, (result) => {
      if (this.#over || this.#pinging !== pinging) return
      this.#say([pingLine(pinging.name, result)])
      if (pinging.left === 0) this.#pinging = undefined
      else
        this.#nextPing = stack.clock.after(Math.max(0, began + PING_INTERVAL - stack.clock.now), () => {
          this.#nextPing = undefined
          this.#ping()
        })
      this.server.wake(this)
    })
  }

  #stopPinging(): void {
    this.server.stack.clock.cancel(this.#nextPing)
    this.#nextPing = undefined
    this.#pinging = undefined
    this.#prompted = false
  }
}

/** @throws NetError EADDRINUSE */
export function startTelnet(stack: Stack, options: ServiceOptions, status: HostStatus): Service {
  const port = options.port ?? registeredPort('telnet')
  const counting = newCounting()
  const server = new StreamServer({
    stack,
    port,
    counting,
    sessionOctets: SESSION_OCTETS,
    open: (owner, socket) => new TelnetSession(owner, socket, status),
  })
  return {
    name: 'telnet',
    port,
    get counters() {
      return { ...counting, open: server.sessions.size, lost: counting.lost.snapshot() }
    },
    stop: () => server.stop(),
  }
}
