/**
 * What every service over TCP needs: a listener, the sessions it has open, and one buffer for all of them, because a session
 * never keeps anything in it between two events. While nobody is connected a service holds no memory.
 */
import { SECOND } from '../hal/clock.js'
import { Tally } from '../hal/counters.js'
import { NetError } from '../net/errors.js'
import type { Stack } from '../net/stack.js'
import type { StreamSocket } from '../socket/stream-socket.js'
import { Deadline } from './deadline.js'
import type { ServiceCounting, ServiceLoss } from './service.js'

/** Of the budget, what the one buffer of a service takes (a 16th), and its bounds in octets. */
const WORK_SHIFT = 4
const WORK_MOST = 4_096
const WORK_LEAST = 64
/** Below this budget a host is a microcontroller. */
const SMALL = 65_536
const BACKLOG = 128
const SMALL_BACKLOG = 2

/** After the last word, for what the peer has under way: unread, it would turn the close into a reset (RFC 9112 9.6). */
const LINGER_LIMIT = 2 * SECOND

/** One connection that is served. */
export abstract class Session {
  readonly server: StreamServer
  readonly socket: StreamSocket
  #lingering: Deadline | undefined

  constructor(server: StreamServer, socket: StreamSocket) {
    this.server = server
    this.socket = socket
  }

  /** Does what can be done now: called when the connection is new, and whenever something about it changes. */
  protected abstract run(): void

  /** For the server. */
  handle(): void {
    if (this.#lingering === undefined) this.run()
    // `run` may have come to its end.
    if (this.#lingering !== undefined) this.#drain()
  }

  /** Says nothing more, and closes once the peer has closed too. */
  protected finish(): void {
    this.socket.shutdown('write')
    this.#lingering = new Deadline(this.server.stack.clock, () => this.close())
    this.#lingering.set(LINGER_LIMIT)
  }

  #drain(): void {
    const { work } = this.server
    let octets = this.socket.read(work)
    while (octets !== undefined && octets > 0) octets = this.socket.read(work)
    if (octets === 0) this.close()
  }

  /** The session is over: what it holds besides the socket is to be given back. */
  ended(): void {
    this.#lingering?.clear()
  }

  /** Closes the connection once everything written is on its way. */
  close(): void {
    this.server.close(this)
  }
}

export interface StreamServerOptions {
  readonly stack: Stack
  readonly port: number
  readonly counting: ServiceCounting
  /** Octets of memory that each session holds. */
  readonly sessionOctets?: number
  open(server: StreamServer, socket: StreamSocket): Session
}

export function newCounting(): ServiceCounting {
  return { connections: 0, datagrams: 0, octetsIn: 0, octetsOut: 0, lost: new Tally<ServiceLoss>() }
}

export class StreamServer {
  readonly stack: Stack
  readonly counting: ServiceCounting
  /** For use within one call of a session. Empty while nobody is connected. */
  work = new Uint8Array(0)
  readonly #options: StreamServerOptions
  readonly #sessionOctets: number
  readonly #socket: StreamSocket
  readonly #sessions = new Set<Session>()

  /** @throws NetError EADDRINUSE when the port is taken */
  constructor(options: StreamServerOptions) {
    const { stack } = options
    this.stack = stack
    this.counting = options.counting
    this.#options = options
    this.#sessionOctets = options.sessionOctets ?? 0
    this.#socket = stack.socket('ipv4', 'stream')
    this.#socket.setOption('reuseAddress', true)
    try {
      this.#socket.bind({ address: 0, port: options.port })
      this.#socket.listen(stack.memory.limit < SMALL ? SMALL_BACKLOG : BACKLOG)
    } catch (error) {
      this.#socket.close()
      throw error
    }
    this.#socket.onReady = () => this.#accept()
  }

  get sessions(): ReadonlySet<Session> {
    return this.#sessions
  }

  get port(): number {
    return this.#socket.localEndpoint().port
  }

  #accept(): void {
    for (let socket = this.#socket.accept(); socket !== undefined; socket = this.#socket.accept()) {
      const refused = this.#reserve()
      if (refused !== undefined) {
        this.counting.lost.add(refused)
        socket.abort()
        continue
      }
      this.counting.connections++
      const session = this.#options.open(this, socket)
      this.#sessions.add(session)
      socket.onReady = () => this.#run(session)
      this.#run(session)
    }
  }

  #reserve(): ServiceLoss | undefined {
    const { memory } = this.stack
    if (!memory.take(this.#sessionOctets, 'services')) return 'no memory'
    if (this.work.length > 0) return undefined
    const size = Math.max(WORK_LEAST, Math.min(WORK_MOST, memory.limit >> WORK_SHIFT))
    if (!memory.take(size, 'services')) {
      memory.give(this.#sessionOctets, 'services')
      return 'no memory'
    }
    this.work = new Uint8Array(size)
    return undefined
  }

  /** Runs a session, and ends it when its connection failed. */
  #run(session: Session): void {
    if (!this.#sessions.has(session)) return
    try {
      session.handle()
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      this.counting.lost.add(error.code)
      this.close(session)
    }
  }

  /** Runs a session because of something else than its socket: a timer, a ping that came back. */
  wake(session: Session): void {
    this.#run(session)
  }

  /** For sessions: the connection is to be closed. */
  close(session: Session, reason?: ServiceLoss): void {
    if (!this.#sessions.delete(session)) return
    if (reason !== undefined) this.counting.lost.add(reason)
    session.ended()
    session.socket.close()
    const { memory } = this.stack
    memory.give(this.#sessionOctets, 'services')
    if (this.#sessions.size > 0) return
    memory.give(this.work.length, 'services')
    this.work = new Uint8Array(0)
  }

  /** Closes the listener, and resets what is connected. */
  stop(): void {
    this.#socket.close()
    for (const session of [...this.#sessions]) {
      session.socket.abort()
      this.close(session)
    }
  }
}
