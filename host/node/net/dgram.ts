/** `dgram.Socket`, on a host or board of a lab. */
import { EventEmitter } from 'node:events'
import { formatIp, type IpAddress, isUnspecified, parseAnyIp } from '../../../firmware/net/ip.js'
import type { DatagramSocket } from '../../../firmware/socket/datagram-socket.js'
import type { Lookup } from './names.js'
import { type NodeAddress, nodeAddress } from './node-address.js'
import { ProcessHold } from './process-hold.js'
import type { NetPlace } from './socket.js'
import { portOf } from './socket-options.js'
import { addressError, callError, connectError, netCodeOf, nodeError } from './system-error.js'
import type { Turns, TurnTaker } from './turns.js'
import type { NetHost } from './whereabouts.js'

/** As `dgram.createSocket` takes them. */
export interface NodeDatagramOptions {
  readonly type: 'udp4' | 'udp6'
  readonly reuseAddr?: boolean
  readonly ipv6Only?: boolean
  readonly recvBufferSize?: number
  readonly sendBufferSize?: number
  readonly lookup?: Lookup
  readonly signal?: AbortSignal
}

export interface NodeDatagramInfo extends NodeAddress {
  readonly size: number
}

type SendDone = (error: Error | null, octets: number) => void

/** The longest datagram. */
const LONGEST = 65_535

export class NodeDatagramSocket extends EventEmitter implements TurnTaker {
  readonly isUnsettled = false
  readonly type: 'udp4' | 'udp6'
  readonly #place: NetPlace
  readonly #lookup: Lookup
  readonly #options: NodeDatagramOptions
  readonly #into = new Uint8Array(LONGEST)
  #host: NetHost | undefined
  readonly #turns: Turns
  #socket: DatagramSocket | undefined
  #state: 'new' | 'binding' | 'bound' | 'closed' = 'new'
  #peer: 'none' | 'connecting' | 'connected' = 'none'
  readonly #hold: ProcessHold
  /** What is done once it is bound. */
  readonly #afterBind: (() => void)[] = []

  /** Made by `nodeModules`. @throws TypeError ERR_SOCKET_BAD_TYPE */
  constructor(
    place: NetPlace,
    options: NodeDatagramOptions | 'udp4' | 'udp6',
    listener?: (data: Buffer, from: NodeDatagramInfo) => void,
  ) {
    super()
    const given = typeof options === 'string' ? { type: options } : options
    if (given?.type !== 'udp4' && given?.type !== 'udp6')
      throw nodeError(TypeError, 'ERR_SOCKET_BAD_TYPE', 'Bad socket type specified. Valid types are: udp4, udp6')
    this.type = given.type
    this.#options = given
    this.#place = place
    this.#turns = place.turns
    this.#hold = new ProcessHold(place.turns)
    this.#lookup = given.lookup ?? place.lookup
    if (listener !== undefined) this.on('message', listener)
    if (given.signal?.aborted) process.nextTick(() => this.#state !== 'closed' && this.close())
    given.signal?.addEventListener('abort', () => this.#state !== 'closed' && this.close())
  }

  get #family(): 4 | 6 {
    return this.type === 'udp4' ? 4 : 6
  }

  get #any(): string {
    return this.type === 'udp4' ? '0.0.0.0' : '::'
  }

  /** `bind(port?, address?, listening?)`, `bind(options, listening?)`. @throws ERR_SOCKET_ALREADY_BOUND, ERR_SOCKET_DGRAM_NOT_RUNNING */
  bind(...given: unknown[]): this {
    this.#check()
    if (this.#state !== 'new') throw nodeError(Error, 'ERR_SOCKET_ALREADY_BOUND', 'Socket is already bound')
    const last = given.at(-1)
    if (typeof last === 'function') this.once('listening', last as () => void)
    const [first, second] = given
    const options =
      typeof first === 'object' && first !== null
        ? (first as { port?: number; address?: string })
        : {
            ...(typeof first === 'function' || first === undefined ? {} : { port: first as number }),
            ...(typeof second === 'string' ? { address: second } : {}),
          }
    const port = portOf(options.port ?? 0)
    this.#state = 'binding'
    this.#hold.used = true
    this.#resolve(options.address || this.#any, (error, address) => {
      if (this.#state !== 'binding') return
      const failure = error ?? this.#bindTo(address!, port)
      if (failure === undefined) {
        this.#state = 'bound'
        this.emit('listening')
        for (const go of this.#afterBind.splice(0)) go()
      } else {
        this.#state = 'new'
        this.#afterBind.length = 0
        this.emit('error', failure)
      }
    })
    return this
  }

  #bindTo(asked: IpAddress, port: number): Error | undefined {
    const { whereabouts } = this.#place
    // Who only sends is where senders are.
    const isClient = port === 0 && isUnspecified(asked)
    const { host, address } = isClient ? { host: whereabouts.client, address: asked } : whereabouts.forBind(asked)
    return this.#open(host, address, port, formatIp(asked))
  }

  #open(host: NetHost, address: IpAddress, port: number, shown: string): Error | undefined {
    try {
      const socket = host.stack.socket(this.type === 'udp4' ? 'ipv4' : 'ipv6', 'datagram')
      if (this.#options.reuseAddr) socket.setOption('reuseAddress', true)
      if (this.#options.ipv6Only && this.type === 'udp6') socket.setOption('v6Only', true)
      if (this.#options.recvBufferSize !== undefined) socket.setOption('receiveBuffer', this.#options.recvBufferSize)
      try {
        socket.bind({ address: formatIp(address), port })
      } catch (error) {
        socket.close()
        throw error
      }
      this.#host = host
      this.#socket = socket
      this.#turns.add(this)
      socket.onReady(() => this.#turns.due(this))
      return undefined
    } catch (error) {
      return addressError(netCodeOf(error), 'bind', shown, port)
    }
  }

  #resolve(name: string, done: (error: Error | undefined, address?: IpAddress) => void): void {
    const named = name === '' ? (this.type === 'udp4' ? '127.0.0.1' : '::1') : name
    this.#lookup(named, { family: this.#family }, (error, address) => {
      if (error) done(error)
      else done(undefined, parseAnyIp(address as string))
    })
  }

  /** The lab has something for it. */
  serve(): void {
    for (;;) {
      const socket = this.#socket
      if (socket === undefined) return
      try {
        const info = socket.receiveFrom(this.#into)
        if (info === undefined) return
        const from: NodeDatagramInfo = { ...nodeAddress(info.from), size: info.length }
        this.emit('message', Buffer.from(this.#into.subarray(0, info.length)), from)
      } catch (error) {
        this.emit('error', callError(netCodeOf(error), 'recvmsg'))
      }
    }
  }

  /** Does something once it is bound, to a free port where nobody said which. */
  #whenBound(go: () => void): void {
    if (this.#state === 'bound') go()
    else {
      this.#afterBind.push(go)
      if (this.#state === 'new') this.bind(0)
    }
  }

  /**
   * `send(data, port?, address?, done?)`, `send(data, offset, length, port?, address?, done?)`; data is text, octets, or a list of both.
   * @throws ERR_SOCKET_BAD_PORT, ERR_SOCKET_DGRAM_NOT_RUNNING, ERR_SOCKET_DGRAM_IS_CONNECTED, ERR_INVALID_ARG_TYPE
   */
  send(data: unknown, ...rest: unknown[]): void {
    this.#check()
    const done = rest.find((each): each is SendDone => typeof each === 'function')
    const words = rest.filter((each) => typeof each !== 'function')
    let octets = octetsOf(data)
    const isConnected = this.#peer !== 'none'
    // An offset and a length may stand before the rest: of two words alone they are that only where there is a peer already.
    const [offset, length] = words
    const isPart = isConnected ? typeof length === 'number' : words.length > 2 && Boolean(words[2])
    if (isPart) octets = part(octets, offset, length)
    if (isPart) words.splice(0, 2)
    else if (isConnected) words.length = 0
    if (isConnected && words.some(Boolean)) throw nodeError(Error, 'ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected')
    const copy = Uint8Array.from(octets)
    if (isConnected) {
      this.#whenBound(() => this.#connectedOr(() => this.#sendNow(copy, undefined, 0, '', done)))
      return
    }
    const [port, name] = words as [number, string | undefined]
    const destination = portOf(port, false)
    this.#whenBound(() =>
      this.#resolve(name ?? '', (error, address) => {
        if (this.#state === 'closed') return
        if (error !== undefined) this.#sendFailed(error, done)
        else this.#sendNow(copy, address, destination, name ?? formatIp(address!), done)
      }),
    )
  }

  #sendNow(
    octets: Uint8Array,
    address: IpAddress | undefined,
    port: number,
    shown: string,
    done: SendDone | undefined,
  ): void {
    const socket = this.#socket
    if (socket === undefined) return
    try {
      if (address === undefined) socket.write(octets)
      else {
        const { address: remote } = this.#place.whereabouts.forConnect(address, undefined)
        socket.sendTo(octets, { address: formatIp(remote), port })
      }
    } catch (error) {
      const failure = addressError(netCodeOf(error), 'send', shown, port)
      failure.message = `send ${failure.code}${address === undefined ? '' : ` ${shown}:${port}`}`
      this.#sendFailed(failure, done)
      return
    }
    this.#turns.begin()
    if (done !== undefined) process.nextTick(done, null, octets.length)
  }

  #sendFailed(error: Error, done: SendDone | undefined): void {
    if (done === undefined) process.nextTick(() => this.emit('error', error))
    else process.nextTick(done as (error: Error) => void, error)
  }

  /** Speaks with one peer alone. @throws ERR_SOCKET_DGRAM_IS_CONNECTED */
  connect(port: number, ...rest: unknown[]): void {
    this.#check()
    const destination = portOf(port, false)
    if (this.#peer !== 'none') throw nodeError(Error, 'ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected')
    const name = rest.find((each): each is string => typeof each === 'string') ?? ''
    const connected = rest.find((each): each is (error?: Error) => void => typeof each === 'function')
    if (connected !== undefined) this.once('connect', connected)
    this.#peer = 'connecting'
    this.#whenBound(() =>
      this.#resolve(name, (error, address) => {
        if (this.#state === 'closed' || this.#peer !== 'connecting') return
        const failure = error ?? this.#connectTo(address!, destination)
        if (failure === undefined) {
          this.#peer = 'connected'
          this.emit('connect')
          for (const go of this.#afterConnect.splice(0)) go()
        } else {
          this.#peer = 'none'
          if (connected === undefined) this.emit('error', failure)
          else {
            this.removeListener('connect', connected)
            connected(failure)
          }
        }
      }),
    )
  }

  readonly #afterConnect: (() => void)[] = []

  #connectedOr(go: () => void): void {
    if (this.#peer === 'connected') go()
    else this.#afterConnect.push(go)
  }

  #connectTo(address: IpAddress, port: number): Error | undefined {
    try {
      const { address: remote } = this.#place.whereabouts.forConnect(address, undefined)
      this.#socket!.connect({ address: formatIp(remote), port })
      return undefined
    } catch (error) {
      return connectError(netCodeOf(error), formatIp(address), port)
    }
  }

  /** @throws ERR_SOCKET_DGRAM_NOT_CONNECTED */
  disconnect(): void {
    this.#check()
    if (this.#peer !== 'connected') throw notConnected()
    this.#socket?.disconnect()
    this.#peer = 'none'
  }

  /** @throws ERR_SOCKET_DGRAM_NOT_CONNECTED */
  remoteAddress(): NodeAddress {
    this.#check()
    if (this.#peer !== 'connected') throw notConnected()
    return nodeAddress(this.#socket!.remoteEndpoint())
  }

  /** @throws Error EBADF before it is bound, ERR_SOCKET_DGRAM_NOT_RUNNING when it is closed */
  address(): NodeAddress {
    this.#check()
    if (this.#socket === undefined) throw callError('EBADF', 'getsockname')
    return nodeAddress(this.#socket.localEndpoint())
  }

  /** @throws ERR_SOCKET_DGRAM_NOT_RUNNING */
  close(closed?: () => void): this {
    if (closed !== undefined) this.on('close', closed)
    this.#check()
    this.#state = 'closed'
    this.#hold.used = false
    this.#turns.remove(this)
    this.#socket?.close()
    this.#socket = undefined
    this.#turns.begin()
    process.nextTick(() => this.emit('close'))
    return this
  }

  setBroadcast(on: boolean): void {
    this.#set('setBroadcast', (socket) => socket.setOption('broadcast', on))
  }

  setTTL(hops: number): number {
    this.#set('setTTL', (socket) => socket.setOption('timeToLive', hops))
    return hops
  }

  setMulticastTTL(hops: number): number {
    this.#set('setMulticastTTL', (socket) => socket.setOption('multicastTimeToLive', hops))
    return hops
  }

  addMembership(group: string): void {
    if (this.#state === 'new') this.bind(0)
    this.#whenBound(() => this.#set('addMembership', (socket) => socket.setOption('joinGroup', group)))
  }

  dropMembership(group: string): void {
    this.#set('dropMembership', (socket) => socket.setOption('leaveGroup', group))
  }

  getRecvBufferSize(): number {
    return this.#set('uv_recv_buffer_size', (socket) => socket.getOption('receiveBuffer'))
  }

  setRecvBufferSize(octets: number): void {
    this.#set('uv_recv_buffer_size', (socket) => socket.setOption('receiveBuffer', octets))
  }

  #set<T>(call: string, change: (socket: DatagramSocket) => T): T {
    this.#check()
    if (this.#socket === undefined) throw callError('EBADF', call)
    try {
      const result = change(this.#socket)
      this.#turns.begin()
      return result
    } catch (error) {
      throw callError(netCodeOf(error), call)
    }
  }

  /** Node's process stays while it is bound; so it is by default. */
  ref(): this {
    this.#hold.ref()
    return this
  }

  unref(): this {
    this.#hold.unref()
    return this
  }

  #check(): void {
    if (this.#state === 'closed') throw nodeError(Error, 'ERR_SOCKET_DGRAM_NOT_RUNNING', 'Not running')
  }

  /** The host that it is bound on; for tools that look inside. */
  get host(): NetHost | undefined {
    return this.#host
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#state === 'closed') return
    await new Promise<void>((resolve) => {
      this.close(resolve)
    })
  }
}

function notConnected(): Error {
  return nodeError(Error, 'ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected')
}

/** @throws RangeError ERR_BUFFER_OUT_OF_BOUNDS */
function part(octets: Uint8Array, offset: unknown, length: unknown): Uint8Array {
  const [from, count] = [Number(offset), Number(length)]
  if (!(from <= octets.length))
    throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds')
  if (!(from + count <= octets.length))
    throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds')
  return octets.subarray(from, from + count)
}

/** @throws TypeError ERR_INVALID_ARG_TYPE */
function octetsOf(data: unknown): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  if (Array.isArray(data)) return Buffer.concat(data.map(octetsOf))
  throw nodeError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The "buffer" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${String(data)}`,
  )
}
