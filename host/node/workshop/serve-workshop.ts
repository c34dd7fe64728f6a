/**
 * The workshop page on one address of this machine, loopback unless another was named. There is one thing to be had, so nothing else can be
 * asked for; and it is given only to who asks for it under a name of that address, so that no page of elsewhere gets at it by a name that was
 * made to lead here (DNS rebinding).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { TargetError } from '../../errors/errors.js'
import { hostInUrl, hostNames, isThisMachine, LOOPBACK, reachedAddresses } from '../host-names.js'
import { listeningAt } from '../tcp-listener.js'
import type { ClassServer } from './class-server.js'

/** Connections at once, of whatever kind, and of one other machine; each learner's page has a few. */
const MOST_CONNECTIONS = 512
const MOST_OF_ONE = 32
/** Who has not asked by then is not waited for, ms. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 10_000, connectionsCheckingInterval: 5_000 }

export interface ServeOptions {
  readonly page: Uint8Array
  /** 0: any that is free. */
  readonly port: number
  /** Of this machine; `0.0.0.0` and `::` stand for all of them. 127.0.0.1 by default. */
  readonly address?: string
  /** Who is on the wire of a class; without one, nobody may connect to anything. */
  readonly lesson?: ClassServer
}

export interface ServedWorkshop {
  /** `http://127.0.0.1:8017/`, one for each address under which it is reached. */
  readonly addresses: readonly string[]
  /** Rejects when the server fails. */
  readonly failed: Promise<never>
  close(): void
}

/** What the page's own policy cannot say: nobody may put it into a frame, and no answer's type is guessed. */
const HEADERS = {
  'Content-Security-Policy': "frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

/** @throws TargetError when the port is taken, or the address or the port is not ours to take */
export function serveWorkshop(options: ServeOptions): Promise<ServedWorkshop> {
  const { port, address = LOOPBACK, lesson } = options
  return new Promise((resolve, reject) => {
    const server = createServer(TIMEOUTS, (request, response) => answer(request, response, options))
    const crowd = () => lesson?.countRefusal('too many connections')
    server.maxConnections = MOST_CONNECTIONS
    server.on('drop', crowd)
    limitEach(server, crowd)
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new TargetError(`the workshop on ${address}: ${whyNot(error, port)}`, { cause: error }))
    })
    server.listen(port, address, () => {
      const { port: taken } = listeningAt(server)
      const failed = new Promise<never>((_, fail) => {
        server.removeAllListeners('error').once('error', fail)
        lesson?.start(server, (host) => hostNames(address, taken).includes(host), fail)
      })
      failed.catch(() => {}) // whoever waits for it gets the error
      resolve({
        addresses: reachedAddresses(address).map((each) => `http://${hostInUrl(each)}:${taken}/`),
        failed,
        close() {
          lesson?.stop()
          server.close()
          server.closeAllConnections()
        },
      })
    })
  })
}

/** No machine but this one takes the connections of the others. */
function limitEach(server: Server, refused: () => void): void {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const { remoteAddress: from = '' } = socket
    if (isThisMachine(from)) return
    const others = open.get(from) ?? 0
    if (others >= MOST_OF_ONE) {
      refused()
      socket.destroy()
      return
    }
    open.set(from, others + 1)
    socket.once('close', () => {
      const left = open.get(from)! - 1
      if (left === 0) open.delete(from)
      else open.set(from, left)
    })
  })
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `another program listens on port ${port} already; end it, or name another with --port`
    case 'EACCES':
      return `no permission to listen on port ${port}; name one from 1024 up`
    case 'EADDRNOTAVAIL':
      return `this machine has no such address; it has ${reachedAddresses('0.0.0.0').join(', ')}`
    default:
      return message
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { page, address = LOOPBACK, lesson }: ServeOptions,
) {
  const { method = '', url = '', headers, socket } = request
  const { host = '', origin } = headers
  const refuse = (status: number, why: string, more: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { ...HEADERS, ...more, 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(`${why}\n`)
  }
  if (!hostNames(address, socket.localPort ?? 0).includes(host)) {
    lesson?.countRefusal('foreign host')
    refuse(421, 'This server answers under a name of this machine only.')
  } else if (origin !== undefined && origin !== `http://${host}`) {
    lesson?.countRefusal('foreign origin')
    refuse(403, 'No page of elsewhere may ask.')
  } else if (method !== 'GET' && method !== 'HEAD') {
    refuse(405, 'There is a page to be read here, and nothing else.', { Allow: 'GET, HEAD' })
  } else if (url !== '/' && !url.startsWith('/?')) {
    refuse(404, 'There is one page here: /')
  } else {
    const given = lesson?.page(page, host) ?? page
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': given.length })
    response.end(method === 'HEAD' ? undefined : given)
  }
}
