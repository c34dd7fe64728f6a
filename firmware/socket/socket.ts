/**
 * What an application sees of the stack: the calls of BSD sockets, none of which waits. A call that would have to gives
 * `undefined` (EAGAIN), the end of a stream is 0, and everything else that keeps it from being done is thrown as a
 * NetError with the name that BSD has for it. `onReady` tells when to try again.
 *
 *     const server = stack.socket('ipv4', 'stream')
 *     server.bind({ address: '0.0.0.0', port: 7 })
 *     server.listen()
 *     server.onReady(() => { for (let client = server.accept(); client; client = server.accept()) serve(client) })
 */

import type { Clock } from '../hal/clock.js'
import { Listeners } from '../hal/listeners.js'
import { NetError, type NetErrorCode } from '../net/errors.js'
import type { Icmp } from '../net/icmp/icmp.js'
import type { Family, IpAddress } from '../net/ip.js'
import type { MemoryBudget } from '../net/memory-budget.js'
import type { NetworkLayers } from '../net/network-layers.js'
import type { Tcp } from '../net/tcp/tcp.js'
import type { Udp } from '../net/udp/udp.js'
import type { Endpoint, SocketAddress } from './endpoint.js'
import {
  type ActionOptions,
  BSD_OPTIONS,
  type ReadableOptions,
  type SettableOptions,
  type SocketProtocol,
  type SocketType,
} from './options.js'
import { checkSocketOption } from './values.js'

/** What a socket needs of its stack. */
export interface SocketHost {
  readonly clock: Clock
  readonly memory: MemoryBudget
  readonly networks: NetworkLayers
  readonly icmp: Icmp
  readonly udp: Udp
  readonly tcp: Tcp
}

/** What can be done without waiting. */
export interface SocketReadiness {
  /** `read`, `receiveFrom` or `accept` has something: data, the end, a connection, or an error. */
  readonly readable: boolean
  /** `write` or `sendTo` takes something, or tells an error. */
  readonly writable: boolean
  /** Something went wrong that nobody was notified of yet. */
  readonly error: boolean
  /** There is no connection any more, or none yet. */
  readonly hangUp: boolean
  /** Urgent data are among what waits (POLLPRI). */
  readonly urgent: boolean
}

export interface DatagramInfo {
  /** Octets that were copied. */
  readonly length: number
  /** Octets that the datagram had; more than `length` where the rest did not fit and is lost (MSG_TRUNC). */
  readonly size: number
  readonly from: SocketAddress
  /** The address it was sent to: this host's, a broadcast or a group (IP_PKTINFO, ipi_addr). An answer is sent from it. */
  readonly to: string
}

export interface SocketWriteOptions {
  /** The last octet is urgent (MSG_OOB, RFC 9293 3.8.5). */
  readonly urgent?: boolean
  /** False: more follows, so a segment that is not full waits for it, 200 ms at most (MSG_MORE). */
  readonly push?: boolean
}

/** What is about the stream is nothing to messages. @throws NetError EOPNOTSUPP */
export function refuseStreamOptions(call: 'write' | 'sendTo', options: SocketWriteOptions | undefined): void {
  if (options?.urgent) throw new NetError('EOPNOTSUPP', call, 'leave out urgent (MSG_OOB): only streams have it')
  if (options?.push === false)
    throw new NetError('EOPNOTSUPP', call, 'give the whole message at once: only streams have push: false (MSG_MORE)')
}

/** Of one datagram; `urgent` and `push: false` are there to be refused, as `write` of a socket without a stream refuses them. */
export interface SendToOptions extends SocketWriteOptions {
  /**
   * The address of this host to send from, for this datagram alone (IP_PKTINFO, ipi_spec_dst): an answer takes the `to` of what
   * was received. A group or broadcast address stands for none.
   */
  readonly from?: string | IpAddress
}

type TimeoutOption = 'receiveTimeout' | 'sendTimeout'

function isTimeout(name: string): name is TimeoutOption {
  return name === 'receiveTimeout' || name === 'sendTimeout'
}

export abstract class Socket {
  readonly family: Family
  abstract readonly type: SocketType
  abstract readonly protocol: SocketProtocol

  protected readonly readyListeners = new Listeners<[]>()
  /** Nothing here waits; who makes calls that do keeps to these (SO_RCVTIMEO, SO_SNDTIMEO). */
  readonly #timeouts: Pick<SettableOptions, TimeoutOption> = { receiveTimeout: undefined, sendTimeout: undefined }

  protected readonly softErrorListeners = new Listeners<[code: NetErrorCode]>()

  constructor(family: Family) {
    this.family = family
  }

  /** An error from which the network may recover (RFC 1122 4.2.3.9). */
  onSoftError(listener: (code: NetErrorCode) => void): () => void {
    return this.softErrorListeners.add(listener)
  }

  /** Is called when `poll` may have changed; from frame and clock events, and never once the socket is closed. */
  onReady(listener: () => void): () => void {
    return this.readyListeners.add(listener)
  }

  /** Takes a local address and port. @throws NetError EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EINVAL, EBADF */
  abstract bind(endpoint: Endpoint): void
  /**
   * Settles the peer. A stream begins to connect and the call returns: `poll().writable` tells that it is done, `error()`
   * how it ended.
   * @throws NetError EISCONN, EALREADY, EADDRNOTAVAIL, EADDRINUSE, ENETUNREACH, EACCES, EAFNOSUPPORT, EINVAL, EBADF
   */
  abstract connect(endpoint: Endpoint): void
  /**
   * Copies what has arrived into `into`: of a stream what there is, of a datagram socket one datagram.
   * @returns octets copied; 0: the end of the stream, or an empty datagram; undefined: nothing is there yet
   * @throws NetError ENOTCONN, ECONNREFUSED, ECONNRESET, ETIMEDOUT, EHOSTUNREACH, EBADF …
   */
  abstract read(into: Uint8Array): number | undefined
  /**
   * Hands octets over to be sent.
   * @returns octets taken, which with a stream may be fewer; undefined: no room yet
   * @throws NetError EPIPE, ENOTCONN, ECONNRESET, ECONNREFUSED, EDESTADDRREQ, EMSGSIZE, EACCES, ENOBUFS, EBADF …
   */
  abstract write(octets: Uint8Array, options?: SocketWriteOptions): number | undefined
  /** As `read`, with where it came from. */
  abstract receiveFrom(into: Uint8Array): DatagramInfo | undefined
  /** Ends one direction, or both. @throws NetError ENOTCONN, EBADF */
  abstract shutdown(how: 'read' | 'write' | 'both'): void
  /** Gives the socket up; a stream's data go on to be sent in the background. Closing twice is once. */
  abstract close(): void
  abstract poll(): SocketReadiness
  /** @throws NetError ENOTCONN, EBADF */
  abstract remoteEndpoint(): SocketAddress
  /** Address 0.0.0.0 and port 0 while it is not bound. @throws NetError EBADF */
  abstract localEndpoint(): SocketAddress
  abstract get isOpen(): boolean
  /** SO_ERROR: what went wrong since it was last asked for, and clears it. */
  abstract error(): NetErrorCode | undefined

  /** Waits for connections. @throws NetError EOPNOTSUPP, EADDRINUSE, EINVAL, EBADF */
  listen(_backlog?: number): void {
    throw this.unsupported('listen', "open a 'stream' socket")
  }

  /** The next connection that is complete; undefined: none yet. @throws NetError EINVAL, EOPNOTSUPP, EBADF */
  accept(): Socket | undefined {
    throw this.unsupported('accept', "open a 'stream' socket")
  }

  /** Sends one datagram. @throws NetError as `write`, EADDRNOTAVAIL where `from` is not this host's, EOPNOTSUPP for what only streams have, and of a stream */
  sendTo(_octets: Uint8Array, _endpoint: Endpoint, _options?: SendToOptions): number | undefined {
    throw this.unsupported('sendTo', 'use write')
  }

  /** As `read`, and leaves it there (MSG_PEEK). */
  peek(_into: Uint8Array): number | undefined {
    throw this.unsupported('peek', 'use read')
  }

  /** Has no peer any more (connect to AF_UNSPEC). @throws NetError EOPNOTSUPP, EBADF */
  disconnect(): void {
    throw this.unsupported('disconnect', 'use close')
  }

  /** @throws NetError ENOPROTOOPT, EINVAL, EBADF */
  setOption<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): void {
    this.check(`setOption ${name}`)
    if (isTimeout(name)) {
      checkSocketOption(name, value)
      this.#timeouts[name] = value as number | undefined
    } else this.change(name, value)
  }

  /** @throws NetError ENOPROTOOPT, ENOTCONN, EBADF */
  getOption<Name extends keyof ReadableOptions>(name: Name): ReadableOptions[Name] {
    this.check(`getOption ${name}`)
    return this.option(name) as ReadableOptions[Name]
  }

  /** Sets an option that sockets of this type have. @throws NetError ENOPROTOOPT, EINVAL */
  protected abstract change<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): void

  /** The value of an option: here, of those that all sockets have. @throws NetError ENOPROTOOPT */
  protected option(name: keyof ReadableOptions): unknown {
    switch (name) {
      case 'receiveTimeout':
      case 'sendTimeout':
        return this.#timeouts[name]
      case 'type':
      case 'family':
      case 'protocol':
        return this[name]
      case 'listening':
        return false
      case 'error':
        return this.error()
      default:
        throw this.noSuchOption(name, 'read')
    }
  }

  /** What is settled once a socket has an address, or is nothing to one of its family. */
  protected tooLateFor(name: string): NetError {
    const what = this.family === 'ipv6' ? 'the socket has an address already' : 'only sockets of IPv6 have it'
    return new NetError('EINVAL', `setOption ${name}`, "set it on a new socket of 'ipv6'", what)
  }

  /** @throws NetError EBADF when the socket is closed */
  protected check(call: string): void {
    if (!this.isOpen) throw new NetError('EBADF', call, 'open another one')
  }

  /** An accepted socket has what the one that listens has. */
  protected inherit(from: Socket): void {
    Object.assign(this.#timeouts, from.#timeouts)
  }

  protected unsupported(call: string, remedy: string): NetError {
    return new NetError('EOPNOTSUPP', call, remedy, `a ${this.type} socket has no such call`)
  }

  protected noSuchOption(name: string, change: 'set' | 'read'): NetError {
    const bsd = BSD_OPTIONS.find((each) => each.name === name)
    const remedy = bsd === undefined ? undefined : `the name here is ${bsd.option}`
    const what = `a ${this.type} socket has no option "${name}" that can be ${change}`
    return new NetError('ENOPROTOOPT', `${change === 'set' ? 'setOption' : 'getOption'} ${name}`, remedy, what)
  }

  protected badValue(name: string, value: unknown, remedy: string): NetError {
    return new NetError('EINVAL', `setOption ${name}`, remedy, `${String(value)} is not a value of it`)
  }
}
