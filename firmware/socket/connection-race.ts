/**
 * Opens a connection to a host that has several addresses, as RFC 8305 has it ("happy eyeballs"): they are tried in turn, each a
 * quarter of a second after the one before, or as soon as that has failed; families take turns; the first connection that opens is
 * taken, and the others are aborted. So an address that does not answer costs 250 ms and not the minutes that TCP tries.
 *
 *     const race = new ConnectionRace(stack, 80)
 *     race.onSettled(() => race.socket ?? race.error)
 *     race.add(addresses, true)
 */
import { MILLISECOND, type Timer } from '../hal/clock.js'
import { Listeners } from '../hal/listeners.js'
import { NetError } from '../net/errors.js'
import { familyOf, formatEndpoint, type IpAddress } from '../net/ip.js'
import { createSocket } from './create.js'
import { nextInTurn } from './next-in-turn.js'
import type { SettableOptions } from './options.js'
import type { SocketHost } from './socket.js'
import type { StreamSocket } from './stream-socket.js'

/** Between two attempts (RFC 8305 5, Connection Attempt Delay). */
const ATTEMPT_DELAY = 250 * MILLISECOND
/** How long addresses of IPv6 are waited for where only those of IPv4 are known yet (3, Resolution Delay). */
const RESOLUTION_DELAY = 50 * MILLISECOND
/** Attempts under way at once; for a further one the oldest gives way. A name may have any number of addresses. */
const ATTEMPT_LIMIT = 8
/** Endpoints that an error names. */
const NAMED_LIMIT = 4
const REMEDY = 'check that a server listens there'

export interface ConnectionRaceCounters {
  readonly started: number
  /** Refused, unreachable, or given up by the stack. */
  readonly failed: number
  /** Because another was opened first, made room for another, or nobody wanted any. */
  readonly aborted: number
}

/** Options of each socket (`SettableOptions`). */
export type ConnectionRaceOptions = Partial<Pick<SettableOptions, 'ecn'>>

interface ConnectionAttempt {
  readonly socket: StreamSocket
  readonly endpoint: string
  readonly forget: () => void
}

interface FailedAttempt {
  readonly endpoint: string
  readonly error: NetError
}

export class ConnectionRace {
  readonly #host: SocketHost
  readonly #port: number
  readonly #options: ConnectionRaceOptions
  readonly #settledListeners = new Listeners<[]>()
  /** Those under way, the oldest first. */
  readonly #attempts: ConnectionAttempt[] = []
  readonly #tried = new Set<IpAddress>()
  readonly #failures: FailedAttempt[] = []
  #waiting: readonly IpAddress[] = []
  #complete = false
  #lastTried: IpAddress | undefined
  #timer: Timer | undefined
  #over = false
  #socket: StreamSocket | undefined
  #aborted = 0

  constructor(host: SocketHost, port: number, options: ConnectionRaceOptions = {}) {
    this.#host = host
    this.#port = port
    this.#options = options
  }

  /** The connection that was opened first. */
  get socket(): StreamSocket | undefined {
    return this.#socket
  }

  /** Why none was opened, by what became of the first attempt. Undefined while there is hope, and where there was no address. */
  get error(): NetError | undefined {
    if (!this.#over || this.#socket !== undefined || this.#failures.length === 0) return undefined
    const [{ error }] = this.#failures
    if (this.#failures.length === 1) return error
    const named = this.#failures.slice(0, NAMED_LIMIT).map(({ endpoint }) => endpoint)
    const more = this.#failures.length > NAMED_LIMIT ? ', …' : ''
    return new NetError(error.code, `connect ${named.join(', ')}${more}`, REMEDY)
  }

  get counters(): ConnectionRaceCounters {
    return { started: this.#tried.size, failed: this.#failures.length, aborted: this.#aborted }
  }

  /** Calls `listener` when a connection is open or nothing is left to try. Returns the function that unsubscribes the listener. */
  onSettled(listener: () => void): () => void {
    return this.#settledListeners.add(listener)
  }

  /**
   * Addresses to try, those that are to be tried first in front (RFC 6724). They take the place of those that were waiting. Where none of
   * them can be tried it may be settled from within.
   * @param complete no others will come
   */
  add(addresses: readonly IpAddress[], complete: boolean): void {
    if (this.#over) return
    this.#waiting = [...new Set(addresses)].filter((address) => !this.#tried.has(address))
    this.#complete = complete
    // When the next is to be tried is settled already.
    if (this.#attempts.length > 0 && this.#timer !== undefined) return
    const { clock } = this.#host
    clock.cancel(this.#timer)
    this.#timer = undefined
    const patient = this.#tried.size === 0 && !complete && addresses.every((each) => familyOf(each) === 'ipv4')
    if (patient) this.#timer = clock.after(RESOLUTION_DELAY, () => this.#next())
    else this.#next()
  }

  /** Gives up: nothing is under way any more. An open connection stays. */
  cancel(): void {
    this.#end()
  }

  #next(): void {
    const { clock } = this.#host
    clock.cancel(this.#timer)
    this.#timer = undefined
    for (let address = this.#take(); address !== undefined; address = this.#take()) {
      if (!this.#start(address)) continue
      this.#timer = clock.after(ATTEMPT_DELAY, () => this.#next())
      return
    }
    if (this.#complete && this.#attempts.length === 0) this.#settle()
  }

  #take(): IpAddress | undefined {
    const at = nextInTurn(this.#waiting, this.#lastTried)
    const address = this.#waiting[at]
    this.#waiting = this.#waiting.filter((_, index) => index !== at)
    return address
  }

  /** Begins to open a connection, which opens or fails later. @returns false where it failed at once */
  #start(address: IpAddress): boolean {
    this.#lastTried = address
    this.#tried.add(address)
    if (this.#attempts.length >= ATTEMPT_LIMIT) this.#abort(this.#attempts[0])
    const place = { address, port: this.#port }
    const endpoint = formatEndpoint(place)
    let socket: StreamSocket | undefined
    try {
      socket = createSocket(this.#host, familyOf(address), 'stream')
      if (this.#options.ecn !== undefined) socket.setOption('ecn', this.#options.ecn)
      socket.connect(place)
    } catch (error) {
      socket?.abort()
      if (!(error instanceof NetError)) throw error
      this.#failures.push({ endpoint, error })
      return false
    }
    const attempt = { socket, endpoint, forget: socket.onReady(() => this.#look(attempt)) }
    this.#attempts.push(attempt)
    return true
  }

  #look(attempt: ConnectionAttempt): void {
    const { socket, endpoint } = attempt
    const { writable, error, hangUp } = socket.poll()
    // That it is closed is told before why.
    if (!error && (!writable || hangUp)) return
    this.#drop(attempt)
    const code = socket.error()
    if (code === undefined) {
      this.#socket = socket
      this.#settle()
      return
    }
    socket.abort()
    this.#failures.push({ endpoint, error: new NetError(code, `connect ${endpoint}`, REMEDY) })
    this.#next()
  }

  #abort(attempt: ConnectionAttempt): void {
    this.#drop(attempt)
    attempt.socket.abort()
    this.#aborted++
  }

  #drop(attempt: ConnectionAttempt): void {
    attempt.forget()
    this.#attempts.splice(this.#attempts.indexOf(attempt), 1)
  }

  #settle(): void {
    this.#end()
    this.#settledListeners.tell()
  }

  #end(): void {
    this.#over = true
    this.#host.clock.cancel(this.#timer)
    this.#timer = undefined
    this.#waiting = []
    for (const attempt of [...this.#attempts]) this.#abort(attempt)
  }
}
