/**
 * `net.Socket`, with a socket of a lab's host or board below it: the same events in the same order, the same properties, codes and sentences
 * (the tests run each against both). It is a Duplex, so whatever takes a stream takes it: tls, http2, ssh2, ws.
 */
import { Duplex } from 'node:stream'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { familyOf, formatIp, type IpAddress, parseAnyIp } from '../../../firmware/net/ip.js'
import { nextInTurn } from '../../../firmware/socket/next-in-turn.js'
import type { StreamSocket } from '../../../firmware/socket/stream-socket.js'
import { IdleTimeout } from './idle-timeout.js'
import type { Lookup } from './names.js'
import { type NodeAddress, nodeAddress } from './node-address.js'
import { ProcessHold } from './process-hold.js'
import {
  type ConnectArguments,
  connectArguments,
  type NodeConnectOptions,
  type NodeSocketOptions,
  portOf,
} from './socket-options.js'
import { callError, connectError, netCodeOf, nodeError } from './system-error.js'
import type { Turns, TurnTaker } from './turns.js'
import type { Whereabouts } from './whereabouts.js'

/** What sockets and servers of one program share. */
export interface NetPlace {
  readonly Socket: new (options?: NodeSocketOptions) => NodeSocket
  readonly whereabouts: Whereabouts
  /** Of the hosts' lab. */
  readonly turns: Turns
  readonly lookup: Lookup
  readonly defaults: { autoSelectFamily: boolean; autoSelectFamilyAttemptTimeout: number }
}

/** What was read at once at most: of larger ones the most is copied in vain when little has come. */
const READ_OCTETS = 65_536
/** The most that Node’s timers count: milliseconds. */
const LONGEST_TIMEOUT = 2 ** 31 - 1
const OPENING = new Set(['SYN-SENT', 'SYN-RECEIVED'])
/** In these nothing is left to be settled that a program could notice. */
const OVER = new Set(['CLOSED', 'TIME-WAIT'])

interface Chunk {
  readonly octets: Uint8Array
  at: number
}

type SocketWish = Parameters<StreamSocket['setOption']>

interface Writing {
  readonly chunks: readonly Chunk[]
  readonly done: (error?: Error | null) => void
}

export class NodeSocket extends Duplex {
  declare readonly allowHalfOpen: boolean
  /** It is opening a connection. */
  connecting = false
  /** What `setTimeout` was given, in Node’s own unit (ms); undefined where none was set. */
  timeout: number | undefined
  /** Of `autoSelectFamily`: `10.0.0.2:80` of each address that was tried. */
  autoSelectFamilyAttemptedAddresses: string[] | undefined
  /** The server that it came to. */
  server: unknown
  /** Of a socket inside another, that one. Node's own sockets around this one follow these to the outermost. */
  readonly _parent = null
  readonly #place: NetPlace
  #over: (() => void) | undefined
  readonly #onread: NodeSocketOptions['onread']
  readonly #turns: Turns
  #socket: StreamSocket | undefined
  #taker: TurnTaker | undefined
  #isConnected = false
  #wasConnected = false
  #isReading = false
  #hasEnded = false
  #writing: Writing | undefined
  #bytesRead = 0
  #bytesHandedOver = 0
  #connection: { readonly address: string; readonly port: number; readonly local: string | undefined } | undefined
  #attempts:
    | {
        readonly addresses: IpAddress[]
        readonly options: NodeConnectOptions
        readonly errors: Error[]
        /** The one that was tried last. */
        last?: IpAddress
      }
    | undefined
  #attemptEnds: (() => void) | undefined
  readonly #hold: ProcessHold
  #idle: IdleTimeout | undefined
  #ends: { readonly local: NodeAddress; readonly remote: NodeAddress } | undefined

  /** Made by `nodeModules`: each program's sockets are those of its hosts. */
  constructor(place: NetPlace, options: NodeSocketOptions & { readonly fd?: number; readonly handle?: unknown } = {}) {
    if (options.fd !== undefined || options.handle !== undefined)
      throw new TypeError('a descriptor of the operating system is no socket of a lab; use node:net for it')
    super({
      allowHalfOpen: options.allowHalfOpen ?? false,
      emitClose: false,
      autoDestroy: true,
      decodeStrings: true,
      ...(options.highWaterMark === undefined ? {} : { highWaterMark: options.highWaterMark }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    this.#place = place
    this.#turns = place.turns
    this.#hold = new ProcessHold(place.turns)
    this.#onread = options.onread
    this.on('end', () => {
      // Who writes behind the end of a connection that is closed both ways hears what became of it.
      if (!this.allowHalfOpen) this.write = this.#writeAfterEnd as typeof this.write
    })
  }

  /**
   * For servers: it is a connection that was taken.
   * @param over called as soon as the program is done with it
   */
  takeOver(socket: StreamSocket, server: unknown, over: () => void): this {
    this.server = server
    this.#over = over
    this.#use(socket)
    this.#opened()
    return this
  }

  /** `connect(options)`, `connect(port, host?)`; with what is called when it is open. @throws as Node for ports, addresses and options that are none */
  connect(...given: ConnectArguments): this {
    const { options, connected } = connectArguments(given)
    if (typeof options.path === 'string' && options.path !== '')
      throw new TypeError(`connect ${options.path}: a lab has no pipes; give a port, or use node:net for it`)
    if (this.destroyed) this.#reopen()
    if (connected !== undefined) this.once('connect', connected)
    const port = portOf(options.port, true)
    const { localAddress, localPort } = options
    if (localAddress !== undefined && parseAnyIp(localAddress) === undefined)
      throw nodeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`)
    if (localPort !== undefined && typeof localPort !== 'number')
      throw nodeError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The "options.localPort" property must be of type number. Received ${String(localPort)}`,
      )
    if (options.lookup !== undefined && typeof options.lookup !== 'function')
      throw nodeError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The "options.lookup" property must be of type function. Received ${String(options.lookup)}`,
      )
    this.connecting = true
    this.#hold.used = true
    if (options.noDelay) this.setNoDelay(true)
    if (options.keepAlive) this.setKeepAlive(true, options.keepAliveInitialDelay)
    if (options.timeout !== undefined) this.setTimeout(options.timeout)
    const host = options.host ?? 'localhost'
    const literal = parseAnyIp(host)
    if (literal !== undefined) {
      this.#attempts = { addresses: [literal], options, errors: [] }
      process.nextTick(() => this.connecting && this.#tryNext(port))
      return this
    }
    const lookup = options.lookup ?? this.#place.lookup
    const { autoSelectFamily = this.#place.defaults.autoSelectFamily, family, hints } = options
    const all = autoSelectFamily && family !== 4 && family !== 6
    lookup(
      host,
      {
        ...(all ? { all } : {}),
        ...(family === undefined ? {} : { family }),
        ...(hints === undefined ? {} : { hints }),
      },
      (error, found, number) => {
        if (!this.connecting) return
        const list =
          error !== null && error !== undefined
            ? []
            : typeof found === 'string'
              ? [{ address: found, family: number ?? 4 }]
              : (found ?? [])
        if (list.length === 0) this.emit('lookup', error, undefined, undefined, host)
        for (const each of list) this.emit('lookup', error, each.address, each.family, host)
        if (error !== null && error !== undefined) {
          this.destroy(error)
          return
        }
        const addresses: IpAddress[] = []
        for (const { address } of list) {
          const parsed = parseAnyIp(address)
          if (parsed === undefined) {
            this.destroy(nodeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${address}`))
            return
          }
          addresses.push(parsed)
        }
        if (addresses.length > 1) this.autoSelectFamilyAttemptedAddresses = []
        this.#attempts = { addresses: all ? addresses : addresses.slice(0, 1), options, errors: [] }
        if (this.connecting) this.#tryNext(port)
      },
    )
    return this
  }

  /** Tries the next address. */
  #tryNext(port: number): void {
    const attempts = this.#attempts
    if (attempts === undefined || attempts.addresses.length === 0) return
    const [address] = attempts.addresses.splice(nextInTurn(attempts.addresses, attempts.last), 1)
    attempts.last = address
    const { options } = attempts
    const shown = formatIp(address)
    const family = familyOf(address) === 'ipv4' ? 4 : 6
    const isRace = this.autoSelectFamilyAttemptedAddresses !== undefined
    this.autoSelectFamilyAttemptedAddresses?.push(`${shown}:${port}`)
    this.emit('connectionAttempt', shown, port, family)
    if (!this.connecting) return
    const local = options.localAddress === undefined ? undefined : parseAnyIp(options.localAddress)
    const { host, address: remote } = this.#place.whereabouts.forConnect(address, local)
    const isBound = options.localAddress !== undefined || options.localPort !== undefined
    const localText = `${options.localAddress ?? (family === 4 ? '0.0.0.0' : '::')}:${options.localPort ?? 0}`
    this.#connection = { address: shown, port, local: isBound ? localText : undefined }
    try {
      const socket = host.stack.socket(familyOf(remote), 'stream')
      this.#use(socket)
      if (isBound) {
        socket.bind({
          address: options.localAddress ?? (family === 4 ? '0.0.0.0' : '::'),
          port: options.localPort ?? 0,
        })
      }
      socket.connect({ address: formatIp(remote), port })
      this.#turns.begin()
    } catch (error) {
      this.#refused(netCodeOf(error), port, family)
      return
    }
    if (!isRace || attempts.addresses.length === 0) return
    const limit = options.autoSelectFamilyAttemptTimeout ?? this.#place.defaults.autoSelectFamilyAttemptTimeout
    const clear = this.#turns.after(limit * MILLISECOND, () => {
      this.#attemptEnds = undefined
      attempts.errors.push(connectError('ETIMEDOUT', shown, port))
      this.#late = true
      if (this.#taker !== undefined) this.#turns.due(this.#taker)
    })
    this.#attemptEnds = clear
  }

  /** What the way to the peer said of it while it is connected to. */
  #unreachable: string | undefined
  /** The attempt under way took too long, and another one is left. */
  #late = false

  /** An attempt came to nothing. */
  #refused(code: string, port: number, family: 4 | 6): void {
    const attempts = this.#attempts!
    const { address, local } = this.#connection!
    const error = connectError(code, address, port, local)
    this.#attemptEnds?.()
    this.#attemptEnds = undefined
    this.#drop()
    const isRace = this.autoSelectFamilyAttemptedAddresses !== undefined
    if (isRace) this.emit('connectionAttemptFailed', address, port, family, error)
    attempts.errors.push(error)
    if (!this.connecting) return
    if (attempts.addresses.length > 0) this.#tryNext(port)
    else if (attempts.errors.length > 1) {
      const all = new AggregateError(attempts.errors) as AggregateError & { code: string }
      all.code = (attempts.errors[0] as NodeJS.ErrnoException).code!
      this.destroy(all)
    } else this.destroy(error)
  }

  /** From now on this is the socket below. */
  #use(socket: StreamSocket): void {
    this.#socket = socket
    const { connection } = socket
    this.#applyWishes(socket)
    const turns = this.#turns
    const taker: TurnTaker = {
      serve: () => this.#serve(),
      get isUnsettled() {
        return isUnsettled(socket)
      },
    }
    this.#taker = taker
    turns.add(taker)
    socket.onReady(() => turns.due(taker))
    // As Linux has it: who connects does not wait for a host that the way there says is not there.
    socket.onSoftError((code) => {
      if (!this.connecting) return
      this.#unreachable = code
      turns.due(taker)
    })
    if (connection !== undefined) turns.due(taker)
  }

  /** The socket below is given up, and is another's business now: what it has sent is still acknowledged. */
  #drop(how: 'close' | 'abort' = 'close'): void {
    const socket = this.#socket
    const turns = this.#turns
    const taker = this.#taker
    this.#socket = undefined
    this.#taker = undefined
    if (socket === undefined || taker === undefined) return
    turns.remove(taker)
    const { connection } = socket
    if (how === 'abort') socket.abort()
    else socket.close()
    turns.begin()
    if (connection === undefined || OVER.has(connection.state)) return
    // Until it is over, time passes for it.
    const rest: TurnTaker = {
      serve: () => {},
      get isUnsettled() {
        if (!OVER.has(connection.state) && isInFlight(connection)) return true
        turns.remove(rest)
        return false
      },
    }
    turns.add(rest)
  }

  /** The lab has something for it. */
  #serve(): void {
    const socket = this.#socket
    if (socket === undefined) return
    if (this.connecting) this.#whenConnecting(socket)
    else this.#whenOpen(socket)
  }

  #whenConnecting(socket: StreamSocket): void {
    const { address, port } = this.#connection!
    const family = address.includes(':') ? 6 : 4
    const unreachable = this.#unreachable
    this.#unreachable = undefined
    if (!socket.poll().writable) {
      if (unreachable !== undefined) this.#refused(unreachable, port, family)
      if (unreachable !== undefined || !this.#late) return
      this.#late = false
      this.emit('connectionAttemptTimeout', address, port, family)
      this.#drop()
      if (this.connecting) this.#tryNext(port)
      return
    }
    this.#late = false
    const code = socket.error()
    if (code !== undefined) {
      this.#refused(code, port, family)
      return
    }
    this.#attemptEnds?.()
    this.#attemptEnds = undefined
    this.#opened()
    this.emit('connect')
    this.emit('ready')
    if (!this.destroyed && this.readable && !this.isPaused()) this.read(0)
  }

  #opened(): void {
    const socket = this.#socket!
    this.connecting = false
    this.#isConnected = true
    this.#wasConnected = true
    this.#hold.used = true
    this.#ends = { local: nodeAddress(socket.localEndpoint()), remote: nodeAddress(socket.remoteEndpoint()) }
    this.#active()
  }

  #whenOpen(socket: StreamSocket): void {
    if (this.#writing !== undefined) this.#writeOn(socket)
    if (this.#isReading) this.#pull(socket)
    else if (socket.poll().error) this.#fail(socket, 'read')
  }

  /** The connection is broken: whoever reads or writes hears why. */
  #fail(socket: StreamSocket, call: 'read' | 'write'): void {
    const code = socket.error()
    if (code !== undefined) this.destroy(callError(code, call))
  }

  override _read(): void {
    if (this.connecting || !this.#isConnected) {
      if (this.connecting) this.once('connect', () => this._read())
      return
    }
    this.#isReading = true
    if (this.#taker !== undefined) this.#turns.due(this.#taker)
  }

  /** Hands over what has come, as long as somebody takes it. */
  #pull(socket: StreamSocket): void {
    const onread = this.#onread
    while (this.#isReading && !this.#hasEnded) {
      const { available } = socket
      let buffer: Uint8Array
      if (onread === undefined) buffer = Buffer.allocUnsafe(Math.min(Math.max(available, 1), READ_OCTETS))
      else buffer = typeof onread.buffer === 'function' ? onread.buffer() : onread.buffer
      let octets: number | undefined
      try {
        octets = socket.read(buffer)
      } catch (error) {
        this.destroy(callError(netCodeOf(error), 'read'))
        return
      }
      if (octets === undefined) return
      this.#active()
      if (octets === 0) {
        this.#hasEnded = true
        this.#isReading = false
        this.push(null)
        this.read(0)
        return
      }
      this.#bytesRead += octets
      // The window is open again: whom that wakes is on the wire.
      this.#turns.begin()
      if (onread === undefined) {
        if (!this.push(octets === buffer.length ? buffer : buffer.subarray(0, octets))) this.#isReading = false
      } else if (onread.callback(octets, buffer) === false) this.#isReading = false
      if (this.#socket !== socket) return
    }
  }

  override _write(octets: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#startWriting([{ octets, at: 0 }], done)
  }

  override _writev(
    list: { readonly chunk: Uint8Array; readonly encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#startWriting(
      list.map(({ chunk }) => ({ octets: chunk, at: 0 })),
      done,
    )
  }

  #startWriting(chunks: readonly Chunk[], done: (error?: Error | null) => void): void {
    this.#writing = { chunks, done }
    if (this.connecting) {
      const closed = () =>
        done(
          nodeError(
            Error,
            'ERR_SOCKET_CLOSED_BEFORE_CONNECTION',
            'Socket closed before the connection was established',
          ),
        )
      this.once('close', closed)
      this.once('connect', () => {
        this.off('close', closed)
        if (this.#socket !== undefined) this.#writeOn(this.#socket)
      })
      return
    }
    this.#active()
    if (this.#socket === undefined) {
      this.#writing = undefined
      done(nodeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'))
    } else this.#writeOn(this.#socket)
  }

  /** Hands over as much as finds room. */
  #writeOn(socket: StreamSocket): void {
    const writing = this.#writing
    if (writing === undefined) return
    try {
      for (const chunk of writing.chunks) {
        while (chunk.at < chunk.octets.length) {
          const taken = socket.writePart(chunk.octets, chunk.at, chunk.octets.length)
          if (taken === undefined) return
          chunk.at += taken
          this.#bytesHandedOver += taken
          this.#active()
          this.#turns.begin()
        }
      }
    } catch (error) {
      this.#writing = undefined
      writing.done(callError(netCodeOf(error), 'write'))
      return
    }
    this.#writing = undefined
    writing.done()
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.connecting) {
      this.once('connect', () => this._final(done))
      return
    }
    const socket = this.#socket
    try {
      socket?.shutdown('write')
    } catch (error) {
      // A connection that is over has no end to be reported.
      if (netCodeOf(error) !== 'ENOTCONN') throw error
    }
    this.#turns.begin()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const wasOpen = this.#socket !== undefined || this.connecting
    this.connecting = false
    this.#isConnected = false
    this.#isReading = false
    this.#attempts = undefined
    this.#attemptEnds?.()
    this.#idle?.stop()
    const how = this.#resets ? 'abort' : 'close'
    this.#drop(how)
    this.#hold.used = false
    const writing = this.#writing
    this.#writing = undefined
    done(error)
    this.#over?.()
    this.#over = undefined
    if (writing !== undefined && this.#wasConnected)
      process.nextTick(
        writing.done,
        error ?? nodeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'),
      )
    // The system tells that it is closed in a turn of its own.
    if (wasOpen) setImmediate(() => this.emit('close', error !== null))
    else process.nextTick(() => this.emit('close', error !== null))
  }

  #resets = false

  /** Ends the connection with a reset, instead of orderly; one that is being opened, as soon as it is open. */
  resetAndDestroy(): this {
    if (this.connecting) {
      this.once('connect', () => this.resetAndDestroy())
      return this
    }
    if (this.#socket === undefined) {
      this.destroy(nodeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'))
      return this
    }
    this.#resets = true
    return this.destroy()
  }

  /** Destroys the socket once everything is written. */
  destroySoon(): void {
    if (this.writable) this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', () => this.destroy())
  }

  #reopen(): void {
    const stream = this as unknown as { _undestroy(): void }
    stream._undestroy()
    this.#hasEnded = false
    this.#wasConnected = false
    this.#bytesRead = 0
    this.#bytesHandedOver = 0
    this.#ends = undefined
    Object.assign(this, { write: Duplex.prototype.write })
  }

  #writeAfterEnd(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    if (!this.writableEnded) return super.write(chunk, encoding as BufferEncoding, callback as () => void)
    const done = typeof encoding === 'function' ? encoding : callback
    const error = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' })
    if (typeof done === 'function') process.nextTick(done as (error: Error) => void, error)
    if (this.#socket === undefined) this.destroy()
    else this.destroy(error)
    return false
  }

  /** What the program has set: also before there is a socket below. */
  readonly #wishes = new Map<SocketWish[0], SocketWish[1]>()

  #applyWishes(socket: StreamSocket): void {
    for (const [name, value] of this.#wishes) socket.setOption(name, value)
  }

  /** http sets the same again for each request. */
  #wish(...[name, value]: SocketWish): void {
    if (this.#wishes.get(name) === value) return
    this.#wishes.set(name, value)
    this.#socket?.setOption(name, value)
  }

  /** Sends short segments at once (TCP_NODELAY). */
  setNoDelay(on = true): this {
    this.#wish('noDelay', Boolean(on))
    return this
  }

  /** Asks a silent peer whether it is there. @param initialDelay milliseconds of silence before; 0 leaves it as it is */
  setKeepAlive(on = false, initialDelay = 0): this {
    this.#wish('keepAlive', Boolean(on))
    if (on && initialDelay > 0) this.#wish('keepIdle', Math.max(1000, initialDelay) * MILLISECOND)
    return this
  }

  /** `timeout` is emitted after so many milliseconds without traffic; 0: never. */
  setTimeout(milliseconds: number, callback?: () => void): this {
    if (typeof milliseconds !== 'number' || Number.isNaN(milliseconds))
      throw nodeError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The "msecs" argument must be of type number. Received ${typeof milliseconds === 'number' ? 'NaN' : typeof milliseconds}`,
      )
    if (milliseconds < 0 || milliseconds === Number.POSITIVE_INFINITY)
      throw nodeError(
        RangeError,
        'ERR_OUT_OF_RANGE',
        `The value of "msecs" is out of range. It must be a non-negative finite number. Received ${milliseconds}`,
      )
    if (milliseconds > LONGEST_TIMEOUT) {
      process.emitWarning(
        `${milliseconds} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${LONGEST_TIMEOUT}.`,
        'TimeoutOverflowWarning',
      )
      this.setTimeout(LONGEST_TIMEOUT, callback)
      return this
    }
    this.timeout = milliseconds
    this.#idle?.stop()
    this.#idle = undefined
    if (milliseconds === 0) {
      if (callback !== undefined) this.removeListener('timeout', callback)
      return this
    }
    if (callback !== undefined) this.once('timeout', callback)
    const isWaiting = () => this.#taker?.isUnsettled ?? false
    this.#idle = new IdleTimeout(this.#turns, milliseconds, isWaiting, () => this.emit('timeout'))
    return this
  }

  #active(): void {
    this.#idle?.active()
  }

  /** Node's process stays while it is open; so it is by default. */
  ref(): this {
    this.#hold.ref()
    return this
  }

  /** Node's process does not stay for it. */
  unref(): this {
    this.#hold.unref()
    return this
  }

  /** Where it is bound: `{}` where it is not. */
  address(): NodeAddress | Record<string, never> {
    return (this.#socket === undefined ? undefined : this.#ends?.local) ?? {}
  }

  get localAddress(): string | undefined {
    return this.#socket === undefined ? undefined : this.#ends?.local.address
  }

  get localPort(): number | undefined {
    return this.#socket === undefined ? undefined : this.#ends?.local.port
  }

  get localFamily(): string | undefined {
    return this.#socket === undefined ? undefined : this.#ends?.local.family
  }

  /** Of the peer: known still when the connection is over. */
  get remoteAddress(): string | undefined {
    return this.#ends?.remote.address
  }

  get remotePort(): number | undefined {
    return this.#ends?.remote.port
  }

  get remoteFamily(): string | undefined {
    return this.#ends?.remote.family
  }

  get bytesRead(): number {
    return this.#bytesRead
  }

  /** What was written, what still waits included. */
  get bytesWritten(): number | undefined {
    let waiting = 0
    for (const { octets, at } of this.#writing?.chunks ?? []) waiting += octets.length - at
    // What the stream keeps beside what it has handed to `_write`.
    const handed = (this.#writing?.chunks ?? []).reduce((sum, { octets }) => sum + octets.length, 0)
    return this.#bytesHandedOver + waiting + Math.max(0, this.writableLength - handed)
  }

  /** Octets that wait to be written. */
  get bufferSize(): number | undefined {
    return this.#socket === undefined && !this.connecting ? undefined : this.writableLength
  }

  /** It is not connected yet, or not any more. */
  get pending(): boolean {
    return this.#socket === undefined || this.connecting
  }

  get readyState(): 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed' {
    if (this.connecting) return 'opening'
    if (this.readable && this.writable) return 'open'
    if (this.readable) return 'readOnly'
    return this.writable ? 'writeOnly' : 'closed'
  }
}

/** Whether something is on its way that needs nobody's program. */
function isUnsettled({ connection }: StreamSocket): boolean {
  return connection !== undefined && (OPENING.has(connection.state) || isInFlight(connection))
}

function isInFlight(connection: NonNullable<StreamSocket['connection']>): boolean {
  if (OVER.has(connection.state)) return false
  const { unacknowledged, queued, sendWindow } = connection.info()
  return unacknowledged > 0 || (queued > 0 && sendWindow > 0)
}
