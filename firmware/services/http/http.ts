/** The HTTP/1.1 server of a host (RFC 9110, RFC 9112). */
import { Tally } from '../../hal/counters.js'
import type { Stack } from '../../stack.js'
import { registeredPort } from '../pair.js'
import type { Service, ServiceOptions } from '../service.js'
import type { HostStatus } from '../status.js'
import { newCounting, StreamServer } from '../stream-server.js'
import { respond } from './pages.js'
import { REQUEST_LINE_LIMIT } from './request.js'
import { HttpSession } from './session.js'

/** What a session holds: one line of a request, and the piece of text under way. */
const SESSION_OCTETS = REQUEST_LINE_LIMIT + 64

/** @throws NetError EADDRINUSE */
export function startHttp(stack: Stack, options: ServiceOptions, status: HostStatus): Service {
  const port = options.port ?? registeredPort('http')
  const counting = newCounting()
  const answers = new Tally<string>()
  const site = { answers, respond: (request: Parameters<typeof respond>[0]) => respond(request, status) }
  const server = new StreamServer({
    stack,
    port,
    counting,
    sessionOctets: SESSION_OCTETS,
    open: (owner, socket) => new HttpSession(owner, socket, site),
  })
  return {
    name: 'http',
    port,
    get counters() {
      return {
        ...counting,
        open: server.sessions.size,
        lost: counting.lost.snapshot(),
        answers: answers.snapshot(),
      }
    },
    stop: () => server.stop(),
  }
}
