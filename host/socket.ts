/**
 * Sockets of a lab's hosts and boards, with calls that wait. They are the stack's own sockets; while a call is awaited the
 * lab's virtual time passes.
 *
 *     const server = peer.socket('ipv4', 'stream')
 *     server.bind({ address: '0.0.0.0', port: 7 })
 *     server.listen()
 *     const client = board.socket('ipv4', 'stream')
 *     await client.connect({ address: '192.168.7.1', port: 7 })
 *     const accepted = await server.accept()
 *     await accepted.write('hello')
 *     await client.read(5)
 */
import { SECOND } from '../firmware/hal/clock.js'
import { NetError, type NetErrorCode } from '../firmware/net/errors.js'
import type { Endpoint, SocketAddress } from '../firmware/socket/endpoint.js'
import type { ActionOptions, ReadableOptions, SocketType } from '../firmware/socket/options.js'
import type { SendToOptions, Socket, SocketReadiness, SocketWriteOptions } from '../firmware/socket/socket.js'
import { encodeText } from '../firmware/text/utf8.js'
import { type LabTime, WaitError, type Waiter } from './lab-time.js'
import { concatenated } from './octets.js'

/** Virtual time that a call waits at most; more than TCP itself takes to give up. */
const TIMEOUT = 600 * SECOND
/** What `read` and `receiveFrom` take at most where nobody says: the longest datagram and more. */
const MOST = 65_536

/** A datagram, and where it came from. */
export interface ReceivedDatagram {
  readonly data: Uint8Array
  readonly from: SocketAddress
  /** The address it was sent to. */
  readonly to: string
  /** Octets that it had; more than `data` where the rest did not fit. */
  readonly size: number
}

export class LabSocket {
  /** The socket of the stack that this one waits for. */
  readonly socket: Socket
  /** Virtual nanoseconds that a call waits at most; ten minutes by default. */
  timeLimit = TIMEOUT
  readonly #time: LabTime
  /** Whose it is, for messages. */
  readonly #owner: string
  readonly #waiting = new Set<Waiter>()

  /** Made by `socket()` of a host or board. */
  constructor(time: LabTime, socket: Socket, owner: string) {
    this.#time = time
    this.socket = socket
    this.#owner = owner
    socket.onReady(() => this.#wake())
  }

  get type(): SocketType {
    return this.socket.type
  }

  get isOpen(): boolean {
    return this.socket.isOpen
  }

  /** Takes a local address and port. @throws NetError EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EINVAL, EBADF */
  bind(endpoint: Endpoint): this {
    this.socket.bind(endpoint)
    return this
  }

  /** Waits for connections. @throws NetError EOPNOTSUPP, EADDRINUSE, EINVAL, EBADF */
  listen(backlog?: number): this {
    this.socket.listen(backlog)
    return this
  }

  /** The next connection. @throws NetError EAGAIN when the option `receiveTimeout` is set and over */
  async accept(): Promise<LabSocket> {
    const accepted = await this.#call('accept', () => this.socket.accept(), 'receiveTimeout')
    return new LabSocket(this.#time, accepted, this.#owner)
  }

  /**
   * Connects: for a stream, resolves when the peer has answered.
   * @throws NetError ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH … as `connect` of sockets does; EINPROGRESS when the
   *   option `sendTimeout` is set and over
   */
  async connect(endpoint: Endpoint): Promise<this> {
    this.socket.connect(endpoint)
    const place = `connect ${endpoint.address}:${endpoint.port}`
    await this.#call(
      place,
      () => {
        const { writable } = this.socket.poll()
        if (!writable) return undefined
        const code = this.socket.error()
        if (code !== undefined) throw new NetError(code, place, REMEDIES[code])
        return true
      },
      'sendTimeout',
    )
    return this
  }

  /**
   * Reads what there is, at least one octet and at most `most`; of a datagram socket, one datagram.
   * @returns an array of length 0 at the end of the stream
   * @throws NetError EAGAIN when the option `receiveTimeout` is set and over
   */
  async read(most = MOST): Promise<Uint8Array> {
    const into = new Uint8Array(most)
    const octets = await this.#call('read', () => this.socket.read(into), 'receiveTimeout')
    return into.subarray(0, octets)
  }

  /**
   * Reads exactly so many octets.
   * @throws WaitError when the stream ends before; NetError EAGAIN when the option `receiveTimeout` is set and over for one of
   *   the parts: what came before is gone
   */
  async readExactly(octets: number): Promise<Uint8Array> {
    const whole = new Uint8Array(octets)
    let at = 0
    while (at < octets) {
      const name = at === 0 ? 'read' : `read (with ${at} of ${octets} octets there)`
      const part = await this.#call(name, () => this.socket.read(whole.subarray(at)), 'receiveTimeout')
      if (part === 0)
        throw new WaitError(`readExactly on ${this.#place()}: the stream ended after ${at} of ${octets} octets`)
      at += part
    }
    return whole
  }

  /** Reads to the end of the stream. */
  async readAll(): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for await (const part of this) parts.push(part)
    return concatenated(parts)
  }

  /** What comes, part by part, to the end of the stream; or datagram by datagram, until the socket is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const part = await this.#untilClosed(this.read())
      if (part === undefined || (part.length === 0 && this.type === 'stream')) return
      yield part
    }
  }

  /** Connections as they come, until the socket is closed. */
  async *connections(): AsyncGenerator<LabSocket> {
    for (;;) {
      const next = await this.#untilClosed(this.accept())
      if (next === undefined) return
      yield next
    }
  }

  /**
   * Hands over everything; text goes as UTF-8. Resolves when the last octet has found room.
   * @throws NetError EAGAIN when the option `sendTimeout` is set and over while nothing found room; it says how much had
   */
  async write(data: Uint8Array | string, options?: SocketWriteOptions): Promise<void> {
    const octets = typeof data === 'string' ? encodeText(data) : data
    let at = 0
    do {
      const rest = at === 0 ? octets : octets.subarray(at)
      const name = at === 0 ? 'write' : `write (with ${at} of ${octets.length} octets handed over)`
      at += await this.#call(name, () => this.socket.write(rest, options), 'sendTimeout')
    } while (at < octets.length)
  }

  /** Sends one datagram; an answer goes out `from` the `to` of what was received. */
  async sendTo(data: Uint8Array | string, endpoint: Endpoint, options?: SendToOptions): Promise<void> {
    const octets = typeof data === 'string' ? encodeText(data) : data
    await this.#call('sendTo', () => this.socket.sendTo(octets, endpoint, options), 'sendTimeout')
  }

  /**
   * The next datagram.
   * @param most octets of it to take
   * @throws NetError EAGAIN when the option `receiveTimeout` is set and over
   */
  async receiveFrom(most = MOST): Promise<ReceivedDatagram> {
    const into = new Uint8Array(most)
    const received = this.#call('receiveFrom', () => this.socket.receiveFrom(into), 'receiveTimeout')
    const { length, size, from, to } = await received
    return { data: into.subarray(0, length), from, to, size }
  }

  /** Ends one direction, or both. @throws NetError ENOTCONN, EBADF */
  shutdown(how: 'read' | 'write' | 'both'): void {
    this.socket.shutdown(how)
    this.#wake()
  }

  /** Gives the socket up; calls that wait fail with EBADF. */
  close(): void {
    this.socket.close()
    this.#wake()
  }

  /** Resolves when the connection is over, both ways. */
  async closed(): Promise<void> {
    await this.#call('closed', () => (!this.socket.isOpen || this.socket.poll().hangUp ? true : undefined))
  }

  poll(): SocketReadiness {
    return this.socket.poll()
  }

  /** SO_ERROR: what went wrong since it was last asked for, and clears it. */
  error(): NetErrorCode | undefined {
    return this.socket.error()
  }

  localEndpoint(): SocketAddress {
    return this.socket.localEndpoint()
  }

  remoteEndpoint(): SocketAddress {
    return this.socket.remoteEndpoint()
  }

  setOption<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): this {
    this.socket.setOption(name, value)
    return this
  }

  getOption<Name extends keyof ReadableOptions>(name: Name): ReadableOptions[Name] {
    return this.socket.getOption(name)
  }

  #wake(): void {
    for (const waiter of this.#waiting) this.#time.wake(waiter)
  }

  #place(): string {
    if (!this.socket.isOpen) return this.#owner
    const { address, port } = this.socket.localEndpoint()
    return `${this.#owner} ${address}:${port}`
  }

  /** Undefined once this end has closed the socket. */
  async #untilClosed<T>(call: Promise<T>): Promise<T | undefined> {
    try {
      return await call
    } catch (error) {
      if (error instanceof NetError && error.code === 'EBADF') return undefined
      throw error
    }
  }

  /** Does something, or waits until it can be done. @param option what says for how long, besides `timeLimit` */
  async #call<T extends object | number | true>(
    name: string,
    attempt: () => T | undefined,
    option?: 'receiveTimeout' | 'sendTimeout',
  ): Promise<T> {
    let waits = false
    try {
      const result = attempt()
      if (result !== undefined) return result
      waits = true
    } finally {
      if (!waits) await this.#time.passing()
    }
    const timeout = option === undefined ? undefined : this.socket.getOption(option)
    const isTimed = timeout !== undefined && timeout <= this.timeLimit
    return new Promise<T>((resolve, reject) => {
      const waiter: Waiter = {
        attempt: () => {
          const late = attempt()
          if (late === undefined) return false
          this.#waiting.delete(waiter)
          resolve(late)
          return true
        },
        deadline: this.#time.now + (isTimed ? timeout : this.timeLimit),
        eager: false,
        timed: isTimed,
        expire: (why) => {
          this.#waiting.delete(waiter)
          const call = `${name} on ${this.#place()}`
          if (isTimed) reject(overtime(call, option, timeout))
          else reject(new WaitError(`${call}: ${this.#explain(why)}`))
        },
        fail: (error) => {
          this.#waiting.delete(waiter)
          reject(error)
        },
      }
      this.#waiting.add(waiter)
      this.#time.add(waiter)
    })
  }

  #explain(why: 'deadline' | 'nothing'): string {
    if (why === 'nothing') return 'this can never complete, because nothing is left to happen in the lab'
    const seconds = this.timeLimit / SECOND
    return `nothing came within ${seconds} s of simulated time; set timeLimit to wait longer, or look at a capture of the cable`
  }
}

/** SO_RCVTIMEO or SO_SNDTIMEO is over: what a call that does not wait says. */
function overtime(call: string, option: string | undefined, timeout: number): NetError {
  const code = call.startsWith('connect') ? 'EINPROGRESS' : 'EAGAIN'
  return new NetError(code, call, `set a longer ${option}`, `not done within ${timeout / SECOND} s`)
}

const REMEDIES: Partial<Record<NetErrorCode, string>> = {
  ECONNREFUSED: 'start the server, or check the port',
  ETIMEDOUT: 'check that the peer is there and that the way to it is open',
  EHOSTUNREACH: 'check that the peer is there and that the cables are in',
}
