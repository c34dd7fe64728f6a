/**
 * What it takes for programs that other people wrote to speak over a lab: their clients take a way to connect, their servers take connections.
 * Node stays as it is; who wants a whole program's network in a lab takes the loader (`linkpulse/net/register`).
 */
import type { EventEmitter } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import type { NetLookAlike } from './modules.js'
import type { NodeServer } from './server.js'
import type { NodeSocket } from './socket.js'
import type { NodeConnectOptions } from './socket-options.js'

/** As many as Node's own agent keeps. */
const SESSIONS_KEPT = 100

/** What undici asks of a `connect` of one's own (docs/api/Connector). */
export interface UndiciConnectOptions {
  readonly hostname: string
  readonly protocol: string
  readonly port: string
  readonly servername?: string | null
  readonly localAddress?: string | null
}

export type UndiciConnected = (...outcome: [error: null, socket: Socket] | [error: Error, socket: null]) => void

/** A server of somebody else's that is handed its connections: one of Node's http, https and http2, of ssh2, of smtp-server. */
export type AdoptedServer =
  | EventEmitter
  | { readonly injectSocket: (socket: Duplex) => void }
  | { readonly server: EventEmitter }

export interface NodeAdapters {
  /** For `http.request({ agent })`, axios, got and all others that take an agent. */
  readonly httpAgent: (options?: http.AgentOptions) => http.Agent
  readonly httpsAgent: (options?: https.AgentOptions) => https.Agent
  /** For undici's `new Agent({ connect })`, and by `fetch(url, { dispatcher })` for fetch. @param secured options of TLS */
  readonly undiciConnect: (
    secured?: tls.ConnectionOptions,
  ) => (options: UndiciConnectOptions, done: UndiciConnected) => void
  /** For nodemailer's `createTransport({ getSocket })`. */
  readonly nodemailerSocket: (
    options: { readonly host?: string; readonly port?: number },
    done: (error: Error | null, socket?: { readonly connection: NodeSocket }) => void,
  ) => void
  /**
   * A server on the lab that hands its connections over; `listen` says where.
   * @throws TypeError for what takes none
   */
  readonly serve: (server: AdoptedServer) => NodeServer
}

/** For the sockets of one program: `nodeModules(host).net`. */
export function nodeAdapters(net: Pick<NetLookAlike, 'connect' | 'createServer'>): NodeAdapters {
  if (typeof net?.connect !== 'function')
    throw new TypeError('give the module net of a host: nodeAdapters(nodeModules(host).net)')
  const connect = (options: object) => net.connect(options as NodeConnectOptions)
  class HttpAgent extends http.Agent {
    override createConnection(options: object): Duplex {
      return connect(options)
    }
  }
  class HttpsAgent extends https.Agent {
    /** The last session of each server, to be resumed by the next connection (RFC 8446 2.2). */
    readonly #sessions = new Map<string, Buffer>()

    override createConnection(options: tls.ConnectionOptions): Duplex {
      const { host, port, servername } = options
      const peer = JSON.stringify([host, port, servername])
      const session = this.#sessions.get(peer)
      const socket = secure({ ...(session === undefined ? {} : { session }), ...options }, connect(options))
      socket.on('session', (ticket) => this.#keep(peer, ticket))
      return socket
    }

    #keep(peer: string, ticket: Buffer): void {
      this.#sessions.delete(peer)
      this.#sessions.set(peer, ticket)
      const [oldest] = this.#sessions.keys()
      if (this.#sessions.size > SESSIONS_KEPT) this.#sessions.delete(oldest)
    }
  }
  return {
    httpAgent: (options) => new HttpAgent(options),
    httpsAgent: (options) => new HttpsAgent(options),
    undiciConnect:
      (secured = {}) =>
      ({ hostname, port, protocol, servername, localAddress }, done) => {
        const isSecured = protocol === 'https:'
        const plain = connect({
          host: hostname,
          port: port === '' ? (isSecured ? 443 : 80) : Number(port),
          localAddress,
        })
        const name = servername ?? hostname
        const socket = isSecured ? secure({ ALPNProtocols: ['http/1.1'], host: name, ...secured }, plain) : plain
        const failed = (error: Error) => done(error, null)
        socket.once('error', failed)
        socket.once(isSecured ? 'secureConnect' : 'connect', () => {
          socket.off('error', failed)
          done(null, socket as unknown as Socket)
        })
      },
    nodemailerSocket: ({ host, port }, done) => {
      const connection = connect({ host, port: port ?? 25 })
      const failed = (error: Error) => done(error)
      connection.once('error', failed)
      connection.once('connect', () => {
        connection.off('error', failed)
        done(null, { connection })
      })
    },
    serve: (server) => {
      const taker = takerOf(server)
      // As its own connections would be: http answers whoever has said all, others hang up.
      const allowHalfOpen = 'allowHalfOpen' in taker.of && taker.of.allowHalfOpen === true
      return net.createServer({ allowHalfOpen, noDelay: true }, taker.take)
    },
  }
}

function secure(options: tls.ConnectionOptions, socket: NodeSocket): tls.TLSSocket {
  return tls.connect({ ...options, socket: socket as never })
}

interface ConnectionTaker {
  readonly of: object
  readonly take: (socket: NodeSocket) => void
}

function takerOf(server: AdoptedServer): ConnectionTaker {
  const refused = new TypeError(
    'this server takes no connections: give one that emits `connection`, or has injectSocket',
  )
  if (typeof server !== 'object' && typeof server !== 'function') throw refused
  if ('injectSocket' in server && typeof server.injectSocket === 'function')
    return { of: server, take: (socket) => server.injectSocket(socket) }
  const emitter = 'server' in server && 'emit' in server.server ? server.server : server
  if ('emit' in emitter && typeof emitter.emit === 'function')
    return { of: emitter, take: (socket) => emitter.emit('connection', socket) }
  throw refused
}
