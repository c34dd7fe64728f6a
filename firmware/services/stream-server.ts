/**
 * What every service over TCP needs: a listener, the sessions it has open, and one buffer for all of them, because a session
 * never keeps anything in it between two events. While nobody is connected a service holds no memory.
 */
import { SECOND } from '../hal/clock.js'
import { Tally } from '../hal/counters.js'
import { NetError } from '../net/errors.js'
import { unspecified } from '../net/ip.js'
import type { StreamSocket } from '../socket/stream-socket.js'
import type { Stack } from '../stack.js'
import { Deadline } from './deadline.js'
import { listeningFamily, type ServiceCounting, type ServiceLoss } from './service.js'

/** Of the budget, what the one buffer of a service takes (a 16th), and its bounds in octets. */
const WORK_SHIFT = 4
const WORK_MOST = 4_096
const WORK_LEAST = 64
/** Below this budget a host is a microcontroller. */
const SMALL = 65_536
const BACKLOG = 128
const SMALL_BACKLOG = 2

/** Wanted for its first octets, each way, when a connection is taken: a 64th of the budget, and at most so many octets. */
const ELBOW_SHIFT = 6
const ELBOW_ROOM = 192
/** Between two looks at which connections move nothing. */
const LOOK_INTERVAL = 10 * SECOND
/** Who moves nothing for so long is reset while memory is scarce, and before that where a new connection finds none. */
const STILL_LIMIT = 30 * SECOND
const STILL_BEFORE_OTHERS = 10 * SECOND
const KEEP_IDLE = 60 * SECOND
const KEEP_INTERVAL = 15 * SECOND
const KEEP_COUNT = 4

/** After the last word, for what the peer has under way: unread, it would turn the close into a reset (RFC 9112 9.6). */
const LINGER_LIMIT = 2 * SECOND

/** One connection that is served. */
export abstract class Session {
  readonly server: StreamServer
  readonly socket: StreamSocket
  /** Octets moved when the server last looked, and since when they are so many, ns. */
  moved = 0
  stillSince: number
  readonly #deadline: Deadline
  #isLate = false
  #lingering = false

  constructor(server: StreamServer, socket: StreamSocket) {
    this.server = server
    this.socket = socket
    this.stillSince = server.stack.clock.now
    this.#deadline = new Deadline(server.stack.clock, () => {
      if (this.#lingering) {
        this.close()
        return
      }
      this.#isLate = true
      server.wake(this)
    })
  }

  /** Notes whether octets moved since the last look. */
  look(): void {
    const info = this.socket.connection?.info()
    const moved = info === undefined ? 0 : info.octetsReceived + info.octetsAcknowledged
    if (moved === this.moved) return
    this.moved = moved
    this.stillSince = this.server.stack.clock.now
  }

  /** @param delay nanoseconds until `late`, unless this is called again before */
  protected within(delay: number): void {
    this.#deadline.set(delay)
  }

  /** What `within` gave is over. @returns whether the session goes on */
  protected late(): boolean {
    this.server.reset(this, 'timed out')
    return false
  }

  /** Does what can be done now: called when the connection is new, and whenever something about it changes. */
  protected abstract run(): void

  /**
   * Has a reader look at what came; what it does not take stays where it is.
   * @param reader `feed` gives the number of octets it took
   * @returns whether something came; at the end of the stream the session is closed
   */
  protected feed(reader: { feed(octets: Uint8Array, from: number, to: number): number }): boolean {
    const { socket, server } = this
    const { work } = server
    const seen = socket.peek(work)
    if (seen === undefined) return false
    if (seen === 0) {
      this.close()
      return false
    }
    const taken = reader.feed(work, 0, seen)
    socket.read(work, 0, taken)
    server.counting.octetsIn += taken
    return true
  }

  /** For the server. */
  handle(): void {
    const wasLate = this.#isLate
    this.#isLate = false
    if (!this.#lingering && (!wasLate || this.late())) this.run()
    // `run` may have come to its end.
    if (this.#lingering) this.#drain()
  }

  /** Says nothing more, and closes once the peer has closed too. */
  protected finish(): void {
    this.socket.shutdown('write')
    this.#lingering = true
    this.#deadline.set(LINGER_LIMIT)
  }

  #drain(): void {
    const { work } = this.server
    let octets = this.socket.read(work)
    while (octets !== undefined && octets > 0) octets = this.socket.read(work)
    if (octets === 0) this.close()
  }

  /** The session is over: what it holds besides the socket is to be given back. */
  ended(): void {
    this.#deadline.clear()
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
  readonly #look: Deadline
  readonly #stopYielding: () => void

  /** @throws NetError EADDRINUSE when the port is taken */
  constructor(options: StreamServerOptions) {
    const { stack } = options
    this.stack = stack
    this.counting = options.counting
    this.#options = options
    this.#sessionOctets = options.sessionOctets ?? 0
    this.#socket = stack.socket(listeningFamily(stack), 'stream')
    this.#socket.setOption('reuseAddress', true)
    // A peer that vanished holds memory that others need: it is asked whether it is there.
    this.#socket.setOption('keepAlive', true)
    this.#socket.setOption('keepIdle', KEEP_IDLE)
    this.#socket.setOption('keepInterval', KEEP_INTERVAL)
    this.#socket.setOption('keepCount', KEEP_COUNT)
    try {
      this.#socket.bind({ address: unspecified(this.#socket.family), port: options.port })
      this.#socket.listen(stack.memory.limit < SMALL ? SMALL_BACKLOG : BACKLOG)
    } catch (error) {
      this.#socket.close()
      throw error
    }
    this.#socket.onReady(() => this.#accept())
    this.#socket.admission = {
      hasRoom: (beside) => this.#fits(beside),
      makeRoom: (beside) => {
        this.#makeRoom(beside)
        return this.#fits(beside)
      },
      onRefused: () => this.counting.lost.add('no memory'),
    }
    this.#look = new Deadline(stack.clock, () => this.#lookAtAll())
    this.#stopYielding = stack.memory.addYielding({ isLost: true, giveOne: () => this.#giveWay() })
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
      if (this.#sessions.size === 1) this.#look.set(LOOK_INTERVAL)
      socket.onReady(() => this.#run(session))
      this.#run(session)
    }
  }

  /** Octets that the buffer of all sessions still takes. */
  get #workWanted(): number {
    if (this.work.length > 0) return 0
    return Math.max(WORK_LEAST, Math.min(WORK_MOST, this.stack.memory.limit >> WORK_SHIFT))
  }

  /**
   * Octets for its first words, both ways together: a busy connection takes and gives back, so that one way may have none for a moment.
   */
  get #hasElbowRoom(): boolean {
    const { memory } = this.stack
    return memory.freeFor('TCP receive buffers') + memory.freeFor('TCP send buffers') >= 2 * this.#elbowRoom
  }

  get #elbowRoom(): number {
    return Math.min(ELBOW_ROOM, this.stack.memory.limit >> ELBOW_SHIFT)
  }

  /** Octets that the service takes for so many sessions more. */
  #needed(sessions: number): number {
    return this.#workWanted + sessions * this.#sessionOctets
  }

  /** Is there memory for one more, beside so many that are let in already and not served yet? */
  #fits(beside: number): boolean {
    const { memory, tcp } = this.stack
    const needed = tcp.connectionOctets + this.#needed(beside + 1)
    return this.#hasElbowRoom && needed <= memory.freeFor('services') + tcp.yieldable
  }

  #makeRoom(beside: number): void {
    const { tcp } = this.stack
    tcp.makeRoom(tcp.connectionOctets + this.#needed(beside + 1), 'services')
    this.#makeElbowRoom()
  }

  /** Those that are still hold what others need to move: on a small host a few octets that go round, where each way counts on others. */
  #makeElbowRoom(): void {
    const { memory } = this.stack
    if (memory.limit < SMALL && this.#hasElbowRoom) return
    memory.makeRoom(this.#elbowRoom, 'TCP receive buffers')
    memory.makeRoom(this.#elbowRoom, 'TCP send buffers')
  }

  /** What memory had when the SYN came may be gone by now. */
  #reserve(): ServiceLoss | undefined {
    const { memory } = this.stack
    const size = this.#workWanted
    this.#makeRoom(0)
    if (!this.#hasElbowRoom || !memory.take(this.#sessionOctets + size, 'services')) return 'no memory'
    if (this.work.length === 0) this.work = new Uint8Array(size)
    return undefined
  }

  /**
   * Connections that wait for memory which other connections hold, waiting too, would wait for ever: those that moved nothing
   * for long are reset while memory is scarce.
   */
  #lookAtAll(): void {
    const { memory, clock } = this.stack
    for (const session of [...this.#sessions]) {
      session.look()
      if (clock.now - session.stillSince >= STILL_LIMIT && memory.isScarce) this.reset(session, 'made room')
    }
    if (this.#sessions.size > 0) this.#makeElbowRoom()
    if (this.#sessions.size > 0) this.#look.set(LOOK_INTERVAL)
  }

  /** Resets the session that has moved nothing for longest, if that is long enough. */
  #giveWay(): boolean {
    let stillest: Session | undefined
    for (const session of this.#sessions) {
      session.look()
      if (session.stillSince < (stillest?.stillSince ?? Number.POSITIVE_INFINITY)) stillest = session
    }
    if (stillest === undefined || this.stack.clock.now - stillest.stillSince < STILL_BEFORE_OTHERS) return false
    this.reset(stillest, 'made room')
    return true
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
  close(session: Session): void {
    if (this.#forget(session)) session.socket.close()
  }

  /** For sessions: the connection is to be reset; what was not sent is lost. */
  reset(session: Session, reason: ServiceLoss): void {
    if (!this.#forget(session)) return
    this.counting.lost.add(reason)
    session.socket.abort()
  }

  /** Before the socket is closed, so that what it has to say about that finds nobody. */
  #forget(session: Session): boolean {
    if (!this.#sessions.delete(session)) return false
    session.ended()
    const { memory } = this.stack
    memory.give(this.#sessionOctets, 'services')
    if (this.#sessions.size > 0) return true
    this.#look.clear()
    memory.give(this.work.length, 'services')
    this.work = new Uint8Array(0)
    return true
  }

  /** Closes the listener, and resets what is connected. */
  stop(): void {
    this.#stopYielding()
    this.#socket.close()
    for (const session of [...this.#sessions]) this.reset(session, 'service stopped')
  }
}
