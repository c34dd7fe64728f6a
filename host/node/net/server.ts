/**
 * `net.Server`, on a host or board of a lab. It is a function and not a class, as Node's is: `http.Server` and `tls.Server` call it on objects
 * of their own.
 */
import { EventEmitter } from 'node:events'
import { SECOND } from '../../../firmware/hal/clock.js'
import { familyOf, formatIp, type IpAddress, parseAnyIp } from '../../../firmware/net/ip.js'
import type { StreamSocket } from '../../../firmware/socket/stream-socket.js'
import { type NodeAddress, nodeAddress } from './node-address.js'
import { ProcessHold } from './process-hold.js'
import type { NetPlace, NodeSocket } from './socket.js'
import { portOf, said } from './socket-options.js'
import { addressError, netCodeOf, nodeError } from './system-error.js'
import type { Turns, TurnTaker } from './turns.js'

/** As `net.createServer` takes them. */
export interface NodeServerOptions {
  readonly allowHalfOpen?: boolean
  readonly pauseOnConnect?: boolean
  readonly noDelay?: boolean
  readonly keepAlive?: boolean
  readonly keepAliveInitialDelay?: number
  readonly highWaterMark?: number
}

/** As `server.listen` takes them. */
export interface NodeListenOptions {
  readonly port?: number | string
  readonly host?: string
  readonly backlog?: number
  readonly ipv6Only?: boolean
  readonly signal?: AbortSignal
  readonly exclusive?: boolean
  readonly path?: string
  readonly fd?: number
}

export type ListenArguments =
  | [options: NodeListenOptions, listening?: () => void]
  | [port?: number | string, host?: string, backlog?: number, listening?: () => void]
  | [port?: number | string, host?: string, listening?: () => void]
  | [port?: number | string, backlog?: number, listening?: () => void]
  | [port?: number | string, listening?: () => void]
  | [listening: () => void]

export interface NodeServer extends EventEmitter {
  /** Connections beyond so many are dropped, and `drop` tells of them. */
  maxConnections?: number
  allowHalfOpen: boolean
  readonly listening: boolean
  /** Listens; `listening` says that it does. @throws as Node for arguments that are none, and ERR_SERVER_ALREADY_LISTEN */
  listen(...given: ListenArguments): this
  /** Takes no new ones; `close` comes when all connections are over. */
  close(closed?: (error?: Error) => void): this
  address(): NodeAddress | null
  getConnections(done: (error: Error | null, count: number) => void): this
  ref(): this
  unref(): this
  [Symbol.asyncDispose](): Promise<void>
}

export interface NodeServerConstructor {
  new (
    options?: NodeServerOptions | ((socket: NodeSocket) => void),
    listener?: (socket: NodeSocket) => void,
  ): NodeServer
  (options?: NodeServerOptions | ((socket: NodeSocket) => void), listener?: (socket: NodeSocket) => void): NodeServer
  prototype: NodeServer
}

const STATE = Symbol('server of a lab')
const BACKLOG = 511
/** A handshake that is not over within so long is not waited for when a server closes. */
const KNOCKING = SECOND

interface State {
  readonly place: NetPlace
  readonly options: NodeServerOptions
  readonly sockets: Set<NodeSocket>
  listening: Listening | undefined
  /** It has stopped listening there, but for those that knocked before. */
  leaving: Listening | undefined
  readonly hold: ProcessHold
  /** It is being looked up where it is to listen. */
  isStarting: boolean
}

type WithState = NodeServer & { [STATE]: State }

/** A port that is listened on. */
class Listening implements TurnTaker {
  readonly isUnsettled = false
  readonly #turns: Turns
  readonly #accept: () => void
  #left: (() => void) | undefined
  #limit: (() => void) | undefined

  constructor(
    turns: Turns,
    readonly socket: StreamSocket,
    accept: () => void,
  ) {
    this.#accept = accept
    this.#turns = turns
    this.#turns.add(this)
    socket.onReady(() => this.#turns.due(this))
    this.#turns.begin()
  }

  /**
   * Stops listening, once those are in that were knocking: their peers are connected already, as they see it.
   * @param done called then; at once where there are none
   */
  leave(done: () => void): void {
    this.#left = done
    if (this.socket.awaited > 0) this.#limit = this.#turns.after(KNOCKING, () => this.#leaveNow())
    else this.#leaveNow()
  }

  /** Takes those that wait; and where it was to stop, stops when none is left. */
  serve(): void {
    this.#accept()
    if (this.#left !== undefined && this.socket.awaited === 0) this.#leaveNow()
  }

  #leaveNow(): void {
    const done = this.#left
    this.#left = undefined
    this.#limit?.()
    this.#turns.remove(this)
    this.socket.close()
    this.#turns.begin()
    done?.()
  }
}

/** The arguments of `listen`, in the one form. */
export function listenArguments(given: readonly unknown[]): { options: NodeListenOptions; listening?: () => void } {
  const last = given.at(-1)
  const listening = typeof last === 'function' ? { listening: last as () => void } : {}
  const rest = typeof last === 'function' ? given.slice(0, -1) : given
  const [first] = rest
  if (typeof first === 'object' && first !== null) {
    const options = said(first as NodeListenOptions)
    if (options.port === undefined && options.path === undefined && options.fd === undefined && !('port' in first))
      throw nodeError(
        TypeError,
        'ERR_INVALID_ARG_VALUE',
        `The argument 'options' must have the property "port" or "path". Received ${JSON.stringify(first)}`,
      )
    return { options, ...listening }
  }
  if (typeof first === 'string' && !/^\s*\d+\s*$/.test(first)) return { options: { path: first }, ...listening }
  const host = rest.slice(1).find((each) => typeof each === 'string')
  const backlog = rest.slice(1).find((each) => typeof each === 'number')
  return {
    options: {
      port: (first ?? 0) as number,
      ...(host === undefined ? {} : { host: host as string }),
      ...(backlog === undefined ? {} : { backlog: backlog as number }),
    },
    ...listening,
  }
}

/** `net.Server` for the hosts of a place. */
export function makeServer(place: NetPlace): NodeServerConstructor {
  function Server(
    this: NodeServer | undefined,
    options?: NodeServerOptions | ((socket: NodeSocket) => void),
    listener?: (socket: NodeSocket) => void,
  ): NodeServer {
    const self = this instanceof Server ? (this as NodeServer) : (Object.create(Server.prototype) as NodeServer)
    EventEmitter.call(self as never)
    const connected = typeof options === 'function' ? options : listener
    if (options !== undefined && options !== null && typeof options !== 'function' && typeof options !== 'object')
      throw nodeError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The "options" argument must be of type object. Received type ${typeof options} (${String(options)})`,
      )
    const state: State = {
      place,
      options: typeof options === 'function' ? {} : (options ?? {}),
      sockets: new Set(),
      listening: undefined,
      leaving: undefined,
      hold: new ProcessHold(place.turns),
      isStarting: false,
    }
    Object.defineProperty(self, STATE, { value: state })
    self.allowHalfOpen = state.options.allowHalfOpen ?? false
    if (connected !== undefined) self.on('connection', connected)
    return self
  }
  Object.setPrototypeOf(Server.prototype, EventEmitter.prototype)
  Object.defineProperties(Server.prototype, METHODS)
  return Server as unknown as NodeServerConstructor
}

const METHODS = Object.getOwnPropertyDescriptors({
  get listening(): boolean {
    return stateOf(this).listening !== undefined
  },

  listen(...given: ListenArguments) {
    const self = this as unknown as NodeServer
    const state = stateOf(self)
    const { options, listening } = listenArguments(given)
    if (state.listening !== undefined || state.isStarting)
      throw nodeError(
        Error,
        'ERR_SERVER_ALREADY_LISTEN',
        'Listen method has been called more than once without closing.',
      )
    if (typeof options.path === 'string' || typeof options.fd === 'number')
      throw new TypeError(
        `listen ${options.path ?? options.fd}: a lab has no pipes or descriptors; give a port, or use node:net for it`,
      )
    const port = portOf(options.port ?? 0)
    if (listening !== undefined) self.once('listening', listening)
    options.signal?.addEventListener('abort', () => self.close())
    if (options.signal?.aborted) {
      process.nextTick(() => self.close())
      return self
    }
    const { host } = options
    const literal = host === undefined ? undefined : parseAnyIp(host)
    if (host === undefined || literal !== undefined) {
      begin(self, state, literal, port, options)
      return self
    }
    state.isStarting = true
    state.place.lookup(host, {}, (error, address) => {
      if (!state.isStarting) return
      state.isStarting = false
      if (error) self.emit('error', error)
      else begin(self, state, parseAnyIp(address as string), port, options)
    })
    return self
  },

  close(closed?: (error?: Error) => void) {
    const self = this as unknown as NodeServer
    const state = stateOf(self)
    const wasOpen = state.listening !== undefined || state.isStarting
    if (typeof closed === 'function') {
      if (wasOpen) self.once('close', () => closed())
      else self.once('close', () => closed(nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')))
    }
    state.isStarting = false
    const { listening } = state
    state.listening = undefined
    state.leaving = listening
    state.hold.used = false
    if (listening === undefined) tellWhenOver(self, state)
    else
      listening.leave(() => {
        state.leaving = undefined
        tellWhenOver(self, state)
      })
    return self
  },

  address(): NodeAddress | null {
    const socket = stateOf(this).listening?.socket
    if (socket === undefined) return null
    return nodeAddress(socket.localEndpoint())
  },

  getConnections(done: (error: Error | null, count: number) => void) {
    const { sockets } = stateOf(this)
    process.nextTick(() => done(null, sockets.size))
    return this as unknown as NodeServer
  },

  ref() {
    stateOf(this).hold.ref()
    return this as unknown as NodeServer
  },

  unref() {
    stateOf(this).hold.unref()
    return this as unknown as NodeServer
  },

  async [Symbol.asyncDispose](): Promise<void> {
    const self = this as unknown as NodeServer
    if (stateOf(self).listening === undefined) return
    await new Promise<void>((resolve, reject) => {
      self.close((error) => (error ? reject(error) : resolve()))
    })
  },
})

function stateOf(server: unknown): State {
  return (server as WithState)[STATE]
}

/** Begins to listen; what keeps it from that is an event, in a moment. */
function begin(
  server: NodeServer,
  state: State,
  given: IpAddress | undefined,
  port: number,
  options: NodeListenOptions,
): void {
  const { whereabouts } = state.place
  // Any address of any family, where the host speaks both.
  const any = parseAnyIp(whereabouts.speaks(whereabouts.server, 'ipv6') ? '::' : '0.0.0.0')!
  const asked = given ?? any
  const { host, address } = whereabouts.forBind(asked)
  let socket: StreamSocket | undefined
  try {
    socket = host.stack.socket(familyOf(address), 'stream')
    if (options.ipv6Only && familyOf(address) === 'ipv6') socket.setOption('v6Only', true)
    // As Node does: what is left of connections of an earlier server is in nobody's way.
    socket.setOption('reuseAddress', true)
    socket.bind({ address: formatIp(address), port })
    socket.listen(options.backlog ?? BACKLOG)
  } catch (error) {
    socket?.close()
    const failure = addressError(netCodeOf(error), 'listen', formatIp(asked), port)
    process.nextTick(() => server.emit('error', failure))
    return
  }
  const listening = new Listening(state.place.turns, socket, () => accept(server, state, listening))
  state.listening = listening
  state.hold.used = true
  process.nextTick(() => {
    if (state.listening === listening) server.emit('listening')
  })
}

function accept(server: NodeServer, state: State, listening: Listening): void {
  const { place, options, sockets } = state
  while (state.listening === listening || state.leaving === listening) {
    const accepted = listening.socket.accept()
    if (accepted === undefined) return
    const { maxConnections } = server
    if (maxConnections !== undefined && sockets.size >= maxConnections) {
      const [local, remote] = [accepted.localEndpoint(), accepted.remoteEndpoint()].map(nodeAddress)
      accepted.close()
      server.emit('drop', {
        localAddress: local.address,
        localPort: local.port,
        localFamily: local.family,
        remoteAddress: remote.address,
        remotePort: remote.port,
        remoteFamily: remote.family,
      })
      continue
    }
    const { highWaterMark } = options
    const { allowHalfOpen } = server
    const socket = new place.Socket({ allowHalfOpen, ...(highWaterMark === undefined ? {} : { highWaterMark }) })
    sockets.add(socket)
    socket.takeOver(accepted, server, () => {
      sockets.delete(socket)
      tellWhenOver(server, state)
    })
    if (options.noDelay) socket.setNoDelay(true)
    if (options.keepAlive) socket.setKeepAlive(true, options.keepAliveInitialDelay)
    if (options.pauseOnConnect) socket.pause()
    else socket.read(0)
    server.emit('connection', socket)
  }
}

/** `close`, once it listens no more and its last connection is over. */
function tellWhenOver(server: NodeServer, state: State): void {
  if (state.listening !== undefined || state.leaving !== undefined || state.isStarting || state.sockets.size > 0) return
  process.nextTick(() => server.emit('close'))
}
