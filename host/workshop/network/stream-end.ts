/**
 * One of two computers: a stack on its card, and one program with a stream socket. The client's program connects when it is told to; the
 * server's accepts whoever comes. What arrives is read at once; closing is left to whoever presses.
 */
import type { Clock } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import { NetError, type NetErrorCode } from '../../../firmware/net/errors.js'
import type { Connection } from '../../../firmware/net/tcp/connection.js'
import type { TcpState } from '../../../firmware/net/tcp/states.js'
import type { StreamSocket } from '../../../firmware/socket/stream-socket.js'
import { Stack } from '../../../firmware/stack.js'
import { decodeText, encodeText } from '../../../firmware/text/utf8.js'
import { Afterwards } from './afterwards.js'
import type { EndName } from './flights.js'
import type { WatchedCard } from './watched-card.js'

export const END_DEEDS = ['connect', 'send', 'shutdown', 'close', 'reset'] as const
export type EndDeed = (typeof END_DEEDS)[number]

/** What an end reports. */
export interface EndWatch {
  state(state: TcpState, previous: TcpState): void
  received(text: string): void
  /** The peer sends no more: read gives 0. */
  ended(): void
  /** What its program is told went wrong. */
  error(code: NetErrorCode): void
}

export interface StreamEndOptions {
  readonly end: EndName
  readonly clock: Clock
  readonly random: Random
  readonly card: WatchedCard
  /** With its prefix length. */
  readonly address: string
  readonly port: number
  readonly watch: EndWatch
}

export class StreamEnd {
  readonly end: EndName
  readonly stack: Stack
  readonly #watch: EndWatch
  readonly #port: number
  #listener: StreamSocket | undefined
  #socket: StreamSocket | undefined
  #connection: Connection | undefined
  /** The connection's state that was told last, and the one before. */
  #state: TcpState = 'CLOSED'
  #previous: TcpState = 'CLOSED'
  readonly #known = new Set<Connection>()
  readonly #reading: Afterwards
  /** Sockets that have something to be read. */
  readonly #ready = new Set<StreamSocket>()
  #received = ''
  #writeShut = false
  #ended = false

  constructor({ end, clock, random, card, address, port, watch }: StreamEndOptions) {
    this.end = end
    this.#port = port
    this.#watch = watch
    this.#reading = new Afterwards(clock, () => this.#readAll())
    this.stack = new Stack({ clock, random, name: end })
    this.stack.addInterface({ name: 'eth0', device: card, address, addressDefence: 'keep' })
  }

  /** Its state as it is drawn: the connection's, and where there is none, whether somebody listens. */
  get state(): TcpState {
    if (this.#state !== 'CLOSED') return this.#state
    return this.#listener === undefined ? 'CLOSED' : 'LISTEN'
  }

  /** The state before. */
  get previous(): TcpState {
    return this.#previous
  }

  get connection(): Connection | undefined {
    return this.#connection
  }

  get listens(): boolean {
    return this.#listener !== undefined
  }

  /** What has arrived, as text. */
  get received(): string {
    return this.#received
  }

  /** Whether something will be sent again, unless it is acknowledged. */
  get isWaiting(): boolean {
    for (const { due } of this.stack.tcp.connections) if (due.again !== undefined) return true
    return false
  }

  /** When the last of its connections that are over by themselves is over; 0: there is none. */
  get overAt(): number {
    let at = 0
    for (const { due } of this.stack.tcp.connections) at = Math.max(at, due.end ?? 0)
    return at
  }

  get can(): readonly EndDeed[] {
    return END_DEEDS.filter((deed) => this.#may(deed))
  }

  #may(deed: EndDeed): boolean {
    const open = this.#socket?.isOpen === true && this.#state !== 'CLOSED'
    switch (deed) {
      case 'connect':
        return this.end === 'client' && (this.#state === 'CLOSED' || this.#state === 'TIME-WAIT')
      case 'send':
      case 'shutdown':
        return open && !this.#writeShut && (this.#state === 'ESTABLISHED' || this.#state === 'CLOSE-WAIT')
      case 'close':
        return open
      case 'reset':
        return this.#state !== 'CLOSED'
    }
  }

  /** Somebody waits at the port, or nobody. */
  listen(wanted: boolean): void {
    if (wanted === this.listens) return
    if (!wanted) {
      this.#listener?.close()
      this.#listener = undefined
      return
    }
    const listener = this.stack.socket('ipv4', 'stream')
    listener.setOption('reuseAddress', true)
    listener.bind({ address: '0.0.0.0', port: this.#port })
    listener.listen()
    listener.onReady(() => this.#accept(listener))
    this.#listener = listener
  }

  /** @returns false where this cannot be done now. @throws NetError as the calls of a socket */
  do(deed: EndDeed, argument: { readonly text: string; readonly server: string }): boolean {
    if (!this.#may(deed)) return false
    switch (deed) {
      case 'connect':
        this.#connect(argument.server)
        break
      case 'send':
        this.#socket!.write(encodeText(argument.text))
        break
      case 'shutdown':
        this.#writeShut = true
        this.#socket!.shutdown('write')
        break
      case 'close':
        this.#socket!.close()
        break
      case 'reset':
        this.#connection!.abort()
        this.#socket?.close()
    }
    this.look()
    return true
  }

  /** Connections that came by a segment, and a state that a FIN led to as it left: called behind whatever happens. */
  look(): void {
    const followed = this.#connection
    if (followed !== undefined && followed.state !== this.#state) this.#changed(followed, followed.state, this.#state)
    for (const connection of this.stack.tcp.connections) {
      if (this.#known.has(connection) || connection.state === 'CLOSED') continue
      this.#follow(connection)
      this.#socket = undefined
      this.#changed(connection, connection.state, 'LISTEN')
    }
    this.#reading.now()
  }

  /** Its computer was switched off: its timers are to end too. */
  abandon(): void {
    this.stack.abandon()
    this.#reading.forget()
  }

  #connect(address: string): void {
    const socket = this.stack.socket('ipv4', 'stream')
    socket.connect({ address, port: this.#port })
    const connection = socket.connection!
    this.#follow(connection)
    this.#take(socket)
    this.#changed(connection, connection.state, 'CLOSED')
  }

  #accept(listener: StreamSocket): void {
    for (let socket = listener.accept(); socket !== undefined; socket = listener.accept()) {
      this.look()
      this.#take(socket)
    }
  }

  #take(socket: StreamSocket): void {
    // A connection that a newer one has taken the place of is read from all the same.
    if (socket.connection === this.#connection) {
      this.#socket = socket
      this.#writeShut = false
    }
    const ready = () => {
      this.#ready.add(socket)
      this.#reading.note()
    }
    socket.onReady(ready)
    ready()
  }

  #readAll(): void {
    const sockets = [...this.#ready]
    this.#ready.clear()
    for (const socket of sockets) this.#read(socket)
  }

  /** From now on this is the connection that is drawn. */
  #follow(connection: Connection): void {
    this.#known.add(connection)
    this.#connection = connection
    this.#state = 'CLOSED'
    this.#received = ''
    this.#ended = false
    connection.onState((state, previous) => this.#changed(connection, state, previous))
    connection.onClosed((error) => {
      this.#known.delete(connection)
      if (error !== undefined && connection === this.#connection) this.#watch.error(error)
    })
  }

  #changed(connection: Connection, state: TcpState, previous: TcpState): void {
    if (connection !== this.#connection || state === this.#state) return
    this.#previous = previous
    this.#state = state
    this.#watch.state(state, previous)
  }

  #read(socket: StreamSocket): void {
    const into = new Uint8Array(1024)
    try {
      for (;;) {
        const octets = socket.read(into)
        if (octets === undefined) return
        if (octets === 0) break
        const text = decodeText(into.subarray(0, octets))
        if (socket === this.#socket) this.#received = `${this.#received}${text}`.slice(-80)
        this.#watch.received(text)
      }
    } catch (error) {
      // What ended the connection is told where it is closed.
      if (error instanceof NetError) return
      throw error
    }
    if (this.#ended || socket !== this.#socket) return
    this.#ended = true
    this.#watch.ended()
  }
}
