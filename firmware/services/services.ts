/** The services of one host: which run, by name, and what they counted. */
import type { Stack } from '../stack.js'
import { startChargen } from './chargen.js'
import { startDaytime } from './daytime.js'
import { startDiscard } from './discard.js'
import { startEcho } from './echo.js'
import { startHttp } from './http/http.js'
import { type Service, type ServiceCounters, type ServiceName, type ServiceOptions, serviceNamed } from './service.js'
import { HostStatus } from './status.js'
import { startTelnet } from './telnet/telnet.js'

type Start = (stack: Stack, options: ServiceOptions, status: HostStatus) => Service

const START: Readonly<Record<ServiceName, Start>> = {
  echo: startEcho,
  discard: startDiscard,
  daytime: startDaytime,
  chargen: startChargen,
  telnet: startTelnet,
  http: startHttp,
}

/** Names of services, as somebody typed them: `echo,http`. @throws RangeError that names an unknown one */
export function parseServices(text: string): ServiceName[] {
  const names = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  return names.map((name) => serviceNamed(name).name)
}

/**
 * Starts one service on a host, by itself.
 * @throws NetError EADDRINUSE when something has its port
 * @throws RangeError for an unknown name
 */
export function startService(stack: Stack, name: ServiceName, options: ServiceOptions = {}): Service {
  return new Services(stack, options).start(name, options)
}

export class Services {
  readonly #stack: Stack
  readonly #options: ServiceOptions
  readonly #running = new Map<ServiceName, Service>()
  readonly #status: HostStatus

  /** @param options for all of them; a port can only be given to one */
  constructor(stack: Stack, options: Omit<ServiceOptions, 'port'> = {}) {
    this.#stack = stack
    this.#options = options
    this.#status = new HostStatus(stack, options.board, () => this.#running.values())
  }

  /** Those that run. */
  get running(): Iterable<Service> {
    return this.#running.values()
  }

  get counters(): Readonly<Partial<Record<ServiceName, ServiceCounters>>> {
    return Object.fromEntries([...this.#running].map(([name, service]) => [name, service.counters]))
  }

  /**
   * Starts one, or gives the one that runs already.
   * @throws NetError EADDRINUSE when something else has its port
   * @throws RangeError for an unknown name
   */
  start(name: ServiceName, options: Pick<ServiceOptions, 'port'> = {}): Service {
    const before = this.#running.get(name)
    if (before !== undefined) return before
    // Whoever calls this from JavaScript may give any text.
    const started = START[serviceNamed(name).name](this.#stack, { ...this.#options, ...options }, this.#status)
    this.#running.set(name, started)
    return started
  }

  stop(name: ServiceName): void {
    this.#running.get(name)?.stop()
    this.#running.delete(name)
  }

  stopAll(): void {
    for (const name of [...this.#running.keys()]) this.stop(name)
  }
}
