/** The WebSockets of a class: each is one connection of the class wire. Only the page that came from here may open one. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import type { ClassSocket } from '../../workshop/class/class-socket.js'
import { CLASS_TICK_MILLISECONDS, type ClassWire } from '../../workshop/class/class-wire.js'
import { CLASS_PATH, type ClassRefusal } from '../../workshop/class/facts.js'
import { LARGEST_TO_WIRE } from '../../workshop/class/to-wire.js'
import { isThisMachine } from '../host-names.js'
import { classPage } from './class-page.js'

/** The types of `ws` do not know the last of them yet. */
type SocketOptions = ServerOptions & { readonly closeTimeout: number }
/** Milliseconds that are waited for the other end to agree that a WebSocket is closed. */
const CLOSING_MILLISECONDS = 1_000

const SOCKET_OPTIONS: SocketOptions = {
  noServer: true,
  clientTracking: false,
  maxPayload: LARGEST_TO_WIRE,
  perMessageDeflate: false,
  closeTimeout: CLOSING_MILLISECONDS,
}

export class ClassServer {
  readonly #wire: ClassWire
  readonly #sockets = new WebSocketServer(SOCKET_OPTIONS)
  /** As it was given, by the name under which it was asked for. */
  readonly #pages = new Map<string, Uint8Array>()
  #timer: NodeJS.Timeout | undefined

  constructor(wire: ClassWire) {
    this.#wire = wire
  }

  /** The page for whoever asks under this name, one of ours. */
  page(page: Uint8Array, host: string): Uint8Array {
    const known = this.#pages.get(host) ?? classPage(page, host)
    this.#pages.set(host, known)
    return known
  }

  /** Somebody did not even come to the wire. */
  countRefusal(why: ClassRefusal): void {
    this.#wire.countRefusal(why)
  }

  /** @param failed a fault of ours: nothing can go on */
  start(server: Server, isOurs: (host: string) => boolean, failed: (error: unknown) => void): void {
    const guarded = (act: () => void) => {
      try {
        act()
      } catch (error) {
        failed(error)
      }
    }
    server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      const { host = '', origin } = request.headers
      if (!isOurs(host)) this.#turnAway(stream, '421 Misdirected Request', 'foreign host')
      else if (origin !== `http://${host}`) this.#turnAway(stream, '403 Forbidden', 'foreign origin')
      else if (request.url !== CLASS_PATH) this.#turnAway(stream, '404 Not Found', 'malformed')
      else
        this.#sockets.handleUpgrade(request, stream, head, (socket) => {
          guarded(() => this.#connect(socket, request.socket.remoteAddress ?? '', guarded))
        })
    })
    this.#timer = setInterval(() => guarded(() => this.#wire.work()), CLASS_TICK_MILLISECONDS)
  }

  /** The class is over. */
  stop(): void {
    clearInterval(this.#timer)
    this.#wire.end()
  }

  #turnAway(stream: Duplex, status: string, why: ClassRefusal): void {
    this.#wire.countRefusal(why)
    stream.on('error', () => stream.destroy()) // it is being closed anyway
    stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  #connect(webSocket: WebSocket, address: string, guarded: (act: () => void) => void): void {
    const socket: ClassSocket = {
      send(data) {
        if (webSocket.readyState === webSocket.OPEN) webSocket.send(data)
      },
      close: () => webSocket.close(),
      get waiting() {
        return webSocket.bufferedAmount
      },
    }
    const connection = this.#wire.connect(socket, address, isThisMachine(address))
    webSocket.on('message', (data, isBinary) => {
      const octets = data as Buffer
      guarded(() => connection.receive(isBinary ? octets : octets.toString('utf8')))
    })
    // What is no WebSocket message, or too long for one: it ends the connection, and is counted as such.
    webSocket.on('error', () => guarded(() => connection.garbled()))
    webSocket.on('close', () => guarded(() => connection.closed()))
  }
}
