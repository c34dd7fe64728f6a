/**
 * The workshop page on loopback. There is one thing to be had, so nothing else can be asked for; and it is given only to who asks for it
 * under a name of this machine, so that no page of elsewhere gets at it by a name that was made to lead here (DNS rebinding).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TargetError } from '../../errors/errors.js'

const LOOPBACK = '127.0.0.1'

export interface ServedWorkshop {
  /** `http://127.0.0.1:8017/` */
  readonly address: string
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

/** @throws TargetError when the port is taken, or not ours to take */
export function serveWorkshop(page: Uint8Array, port: number): Promise<ServedWorkshop> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => answer(request, response, page))
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `another program listens on port ${port} already; end it, or name another with --port`
          : error.code === 'EACCES'
            ? `no permission to listen on port ${port}; name one from 1024 up`
            : error.message
      reject(new TargetError(`the workshop on ${LOOPBACK}: ${why}`, { cause: error }))
    })
    server.listen(port, LOOPBACK, () => {
      const { port: taken } = server.address() as AddressInfo
      const failed = new Promise<never>((_, fail) => {
        server.removeAllListeners('error').once('error', fail)
      })
      failed.catch(() => {}) // whoever waits for it gets the error
      resolve({
        address: `http://${LOOPBACK}:${taken}/`,
        failed,
        close() {
          server.close()
          server.closeAllConnections()
        },
      })
    })
  })
}

function answer(request: IncomingMessage, response: ServerResponse, page: Uint8Array): void {
  const { method = '', url = '', headers, socket } = request
  const refuse = (status: number, why: string, more: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { ...HEADERS, ...more, 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(`${why}\n`)
  }
  const names = [LOOPBACK, 'localhost'].map((name) => `${name}:${socket.localPort}`)
  if (!names.includes(headers.host ?? '')) {
    refuse(421, 'This server answers under a name of this machine only.')
  } else if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    refuse(403, 'No page of elsewhere may ask.')
  } else if (method !== 'GET' && method !== 'HEAD') {
    refuse(405, 'There is a page to be read here, and nothing else.', { Allow: 'GET, HEAD' })
  } else if (url !== '/' && !url.startsWith('/?')) {
    refuse(404, 'There is one page here: /')
  } else {
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': page.length })
    response.end(method === 'HEAD' ? undefined : page)
  }
}
