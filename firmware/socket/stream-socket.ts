/** A stream socket: TCP as BSD shows it (RFC 9293 3.9.1). */
import { NET_ERRORS, NetError, type NetErrorCode } from '../net/errors.js'
import { type Family, formatEndpoint, formatIp, isUnspecified, unspecified } from '../net/ip.js'
import type { Admission, Connection, ConnectionOptions, Listener, TcpBinding, TcpEndpoint } from '../net/tcp/tcp.js'
import {
  anyEndpoint,
  describeEndpoint,
  type Endpoint,
  refuseOther,
  resolveEndpoint,
  resolveLocal,
  type SocketAddress,
  socketAddress,
} from './endpoint.js'
import type { ActionOptions, ReadableOptions, SettableOptions } from './options.js'
import { type DatagramInfo, Socket, type SocketHost, type SocketReadiness, type SocketWriteOptions } from './socket.js'
import { checkSocketOption, isSettable } from './values.js'

/** Connections that wait to be accepted where nobody says how many (SOMAXCONN). */
const BACKLOG = 128

/** Our option names that a connection has under the same name. */
const OF_CONNECTIONS = [
  'keepAlive',
  'receiveBuffer',
  'sendBuffer',
  'linger',
  'noDelay',
  'cork',
  'maximumSegmentSize',
  'keepIdle',
  'keepInterval',
  'keepCount',
  'userTimeout',
  'congestion',
  'quickAck',
  'sack',
  'timestamps',
  'windowScale',
  'ecn',
  'timeToLive',
  'trafficClass',
  'pathMtuDiscovery',
  'softErrors',
] as const satisfies readonly (keyof SettableOptions & keyof ConnectionOptions)[]
type ConnectionOption = (typeof OF_CONNECTIONS)[number]

function isConnectionOption(name: string): name is ConnectionOption {
  return (OF_CONNECTIONS as readonly string[]).includes(name)
}

const REMEDIES: Partial<Record<NetErrorCode, string>> = {
  ECONNREFUSED: 'start the server, or check the port',
  ECONNRESET: 'connect again',
  ETIMEDOUT: 'check that the peer is there and that the way to it is open',
  EHOSTUNREACH: 'check that the peer is there and that the cables are in',
  ENETUNREACH: 'set an address and a gateway',
  EADDRNOTAVAIL: 'open another socket: the address it was bound to is gone',
}

export class StreamSocket extends Socket {
  readonly type = 'stream'
  readonly protocol = 'tcp'
  readonly #host: SocketHost
  /** What is set on the connection as soon as there is one. */
  #wishes: Partial<ConnectionOptions> = {}
  #reuseAddress = false
  #v6Only = false
  /** As bound; undefined: not. */
  #bound: TcpEndpoint | undefined
  /** What keeps the port until it is listened on or connected from. */
  #binding: TcpBinding | undefined
  #listener: Listener | undefined
  #connection: Connection | undefined
  #remote: TcpEndpoint | undefined
  #established = false
  #error: NetErrorCode | undefined
  #readShut = false
  #writeShut = false
  #open = true
  readonly #changed = () => this.readyListeners.tell()

  constructor(host: SocketHost, family: Family, accepted?: Connection) {
    super(family)
    this.#host = host
    if (accepted === undefined) return
    this.#established = true
    this.#adopt(accepted)
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** The connection; undefined while there is none. For tools that look inside. */
  get connection(): Connection | undefined {
    return this.#connection
  }

  #adopt(connection: Connection): void {
    this.#connection = connection
    this.#remote = connection.remote
    connection.onReadable(this.#changed)
    connection.onWritable(this.#changed)
    connection.onUrgent(this.#changed)
    connection.onState((state) => {
      if (state === 'ESTABLISHED' || state === 'CLOSE-WAIT') this.#established = true
      this.#changed()
    })
    connection.onSoftError((code) => this.softErrorListeners.tell(code))
    connection.onClosed((error) => {
      if (error !== undefined) this.#error = error
      this.#changed()
    })
  }

  bind(endpoint: Endpoint): void {
    this.check('bind')
    const local = resolveLocal('bind', endpoint, this.family, this.#v6Only)
    const call = `bind ${describeEndpoint(endpoint)}`
    if (this.#bound !== undefined || this.#connection !== undefined)
      throw new NetError('EINVAL', call, 'open another socket', 'the socket has an address already')
    if (!isUnspecified(local.address) && !this.#host.networks.isOwn(local.address))
      throw new NetError(
        'EADDRNOTAVAIL',
        call,
        `bind an address of this host, or ${formatIp(unspecified(this.family))} for all of them`,
      )
    this.#binding = this.#host.tcp.bind(local, { reuseAddress: this.#reuseAddress }, call)
    this.#bound = this.#binding
  }

  override listen(backlog = BACKLOG): void {
    this.check('listen')
    if (!Number.isInteger(backlog) || backlog < 0)
      throw new NetError('EINVAL', 'listen', 'give a whole number', `${backlog} is not a number of connections`)
    if (this.#listener !== undefined) return
    if (this.#connection !== undefined)
      throw new NetError('EINVAL', 'listen', 'open another socket', 'the socket connects or is connected')
    this.#listener = this.#host.tcp.listen(this.#bound ?? anyEndpoint(this.family, this.#v6Only), {
      backlog,
      connection: { ...this.#wishes },
      reuseAddress: this.#reuseAddress,
    })
    this.#bound = this.#listener.local
    this.#listener.onAcceptable(this.#changed)
  }

  /** Of a socket that listens: asked before a connection is let in. */
  set admission(asked: Admission | undefined) {
    if (this.#listener !== undefined) this.#listener.admission = asked
  }

  override accept(): StreamSocket | undefined {
    this.check('accept')
    if (this.#listener === undefined)
      throw new NetError('EINVAL', 'accept', 'call listen first', 'the socket does not listen')
    const connection = this.#listener.accept()
    if (connection === undefined) return undefined
    const socket = new StreamSocket(this.#host, this.family, connection)
    socket.#reuseAddress = this.#reuseAddress
    socket.inherit(this)
    return socket
  }

  connect(endpoint: Endpoint): void {
    this.check('connect')
    const remote = resolveEndpoint('connect', endpoint, this.family)
    const call = `connect ${describeEndpoint(endpoint)}`
    refuseOther(call, remote.address, this.family, this.#v6Only)
    if (this.#listener !== undefined)
      throw new NetError('EOPNOTSUPP', call, 'open another socket', 'the socket listens')
    if (this.#connection !== undefined) {
      if (this.#established) throw new NetError('EISCONN', call, 'open another socket')
      if (this.#connection.state !== 'CLOSED')
        throw new NetError('EALREADY', call, 'wait until poll() says that it is writable')
    }
    if (remote.port === 0)
      throw new NetError('EADDRNOTAVAIL', call, 'give a port of 1 to 65535', 'nothing can listen on port 0')
    this.#error = undefined
    const options = this.#bound === undefined ? this.#wishes : { ...this.#wishes, local: this.#bound }
    this.#adopt(this.#host.tcp.connect(remote, options))
  }

  /** As any socket's; into `into[from .. to)`, so that no view is needed. */
  read(into: Uint8Array, from = 0, to = into.length): number | undefined {
    const connection = this.#connected('read')
    if (connection === undefined) return undefined
    const octets = connection.read(into, from, to)
    return octets > 0 || to <= from ? octets : this.#nothingRead(connection)
  }

  override peek(into: Uint8Array, from = 0, to = into.length): number | undefined {
    const connection = this.#connected('peek')
    if (connection === undefined) return undefined
    const octets = connection.peek(into, from, to)
    return octets > 0 || to <= from ? octets : this.#nothingRead(connection)
  }

  /** Of a socket that listens: connections that were begun and not accepted yet. */
  get awaited(): number {
    return this.#listener === undefined ? 0 : this.#listener.halfOpen + this.#listener.waiting
  }

  /** Octets that `read` would give now (FIONREAD). */
  get available(): number {
    return this.#connection?.readable ?? 0
  }

  /** Octets that `write` would take now. */
  get room(): number {
    return this.#established && !this.#writeShut ? (this.#connection?.writable ?? 0) : 0
  }

  /** Why nothing was there: an error, the end, or not yet. */
  #nothingRead(connection: Connection): 0 | undefined {
    this.#throwError('read')
    return connection.ended || this.#readShut || connection.state === 'CLOSED' ? 0 : undefined
  }

  receiveFrom(into: Uint8Array): DatagramInfo | undefined {
    const length = this.read(into)
    if (length === undefined) return undefined
    return { length, size: length, from: this.remoteEndpoint(), to: this.localEndpoint().address }
  }

  write(octets: Uint8Array, options?: SocketWriteOptions): number | undefined {
    return this.writePart(octets, 0, octets.length, options)
  }

  /** As `write`, with `octets[from .. to)`. */
  writePart(octets: Uint8Array, from: number, to: number, options?: SocketWriteOptions): number | undefined {
    const connection = this.#connected('write')
    if (connection === undefined) return undefined
    if (this.#error !== undefined) this.#throwError('write')
    if (this.#writeShut || connection.state === 'CLOSED')
      throw new NetError('EPIPE', `write ${to - from} octets`, 'open another connection')
    const taken = connection.write(octets, from, to, options)
    return taken === 0 && to > from ? undefined : taken
  }

  shutdown(how: 'read' | 'write' | 'both'): void {
    this.check('shutdown')
    const connection = this.#connection
    if (connection === undefined || connection.state === 'CLOSED' || !this.#established)
      throw new NetError('ENOTCONN', `shutdown ${how}`, 'connect first')
    if (how !== 'write') this.#readShut = true
    if (how !== 'read' && !this.#writeShut) {
      this.#writeShut = true
      connection.shutdownWrite()
    }
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.readyListeners.clear()
    this.#binding?.release()
    this.#listener?.close()
    this.#connection?.close()
  }

  /** Ends the connection with a reset; what was not sent is lost (RFC 9293 3.10.5). */
  abort(): void {
    if (!this.#open) return
    this.#connection?.abort()
    this.close()
  }

  poll(): SocketReadiness {
    const error = this.#error !== undefined
    const connection = this.#connection
    if (this.#listener !== undefined)
      return { readable: this.#listener.waiting > 0, writable: false, error, hangUp: false, urgent: false }
    if (connection === undefined) return { readable: error, writable: error, error, hangUp: true, urgent: false }
    const closed = connection.state === 'CLOSED'
    return {
      readable: connection.readable > 0 || connection.ended || closed || error || this.#readShut,
      writable: closed || error || this.#writeShut || (this.#established && connection.writable > 0),
      error,
      hangUp: closed,
      urgent: connection.urgent.pending,
    }
  }

  error(): NetErrorCode | undefined {
    const error = this.#error
    this.#error = undefined
    return error
  }

  localEndpoint(): SocketAddress {
    this.check('localEndpoint')
    const { address, port } = this.#connection?.local ?? this.#bound ?? anyEndpoint(this.family)
    return socketAddress(this.family, address, port)
  }

  remoteEndpoint(): SocketAddress {
    this.check('remoteEndpoint')
    if (this.#remote === undefined || !this.#established)
      throw new NetError('ENOTCONN', 'remoteEndpoint', 'connect first')
    return socketAddress(this.family, this.#remote.address, this.#remote.port)
  }

  protected change<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): void {
    if (!isSettable(name)) throw this.noSuchOption(name, 'set')
    if (name !== 'reuseAddress' && name !== 'urgentInline' && name !== 'v6Only' && !isConnectionOption(name))
      throw this.noSuchOption(name, 'set')
    checkSocketOption(name, value)
    if (name === 'reuseAddress') this.#reuseAddress = value as boolean
    if (name === 'v6Only') {
      if (this.family !== 'ipv6' || this.#bound !== undefined || this.#connection !== undefined)
        throw this.tooLateFor(name)
      this.#v6Only = value as boolean
    }
    if (!isConnectionOption(name)) return
    const wish = { [name]: value } as Partial<ConnectionOptions>
    this.#wishes = { ...this.#wishes, ...wish }
    this.#connection?.set(name, value as ConnectionOptions[typeof name])
    this.#listener?.set(name, value as ConnectionOptions[typeof name])
  }

  protected override option(name: keyof ReadableOptions): unknown {
    // tcp(7): of a connection, what its segments really have at most.
    if (name === 'maximumSegmentSize' && this.#established && this.#connection !== undefined)
      return this.#connection.info().segmentSize
    if (isConnectionOption(name))
      return this.#connection?.get(name) ?? (name in this.#wishes ? this.#wishes[name] : this.#host.tcp.defaults[name])
    switch (name) {
      case 'reuseAddress':
        return this.#reuseAddress
      case 'urgentInline':
        return true
      case 'v6Only':
        return this.#v6Only
      case 'listening':
        return this.#listener !== undefined
      case 'state':
        return this.#listener === undefined ? (this.#connection?.state ?? 'CLOSED') : 'LISTEN'
      case 'info':
      case 'pathMtu': {
        const info = this.#connection?.info()
        if (info === undefined) throw new NetError('ENOTCONN', `getOption ${name}`, 'connect first')
        return name === 'info' ? info : info.pathMtu
      }
      default:
        return super.option(name)
    }
  }

  /** The connection, when it is there to read from and write to; undefined while it is being opened. */
  #connected(call: string): Connection | undefined {
    this.check(call)
    const connection = this.#connection
    if (connection !== undefined && this.#established) return connection
    this.#throwError(call)
    if (connection === undefined || connection.state === 'CLOSED')
      throw new NetError('ENOTCONN', call, this.#listener === undefined ? 'connect first' : 'call accept')
    return undefined
  }

  /** Tells once what went wrong. */
  #throwError(call: string): void {
    const code = this.error()
    if (code === undefined) return
    const remote = this.#remote
    const place = remote === undefined ? call : `${call} ${formatEndpoint(remote)}`
    throw new NetError(code, place, REMEDIES[code], NET_ERRORS[code])
  }
}
