/** A datagram socket: UDP as BSD shows it (RFC 768, RFC 1122 4.1.4). */
import { NET_ERRORS, NetError, type NetErrorCode } from '../net/errors.js'
import { addressShownIn, type Family, formatEndpoint, formatIp, type IpAddress } from '../net/ip.js'
import type { DatagramListener, UdpPort } from '../net/udp/udp-port.js'
import { UDP_RECEIVE_BUFFER } from '../net/udp/udp-port.js'
import {
  anyEndpoint,
  describeEndpoint,
  type Endpoint,
  refuseOther,
  resolveAddress,
  resolveEndpoint,
  resolveLocal,
  type SocketAddress,
  socketAddress,
} from './endpoint.js'
import type { ActionOptions, ReadableOptions, SettableOptions } from './options.js'
import {
  type DatagramInfo,
  refuseStreamOptions,
  type SendToOptions,
  Socket,
  type SocketHost,
  type SocketReadiness,
  type SocketWriteOptions,
} from './socket.js'
import { checkSocketOption, isSettable } from './values.js'

/** The options of a datagram socket, with their defaults. */
const DEFAULTS = {
  reuseAddress: false,
  receiveBuffer: UDP_RECEIVE_BUFFER,
  broadcast: false,
  noChecksum: false,
  timeToLive: 64,
  trafficClass: 0,
  pathMtuDiscovery: false,
  multicastTimeToLive: 1,
  softErrors: false,
  v6Only: false,
} satisfies Partial<SettableOptions>
type Settings = { -readonly [Name in keyof typeof DEFAULTS]: SettableOptions[Name] }

const REMEDIES: Partial<Record<NetErrorCode, string>> = {
  ECONNREFUSED: 'start the server, or check the port',
  EHOSTUNREACH: 'check that the peer is there and that the cables are in',
  EADDRNOTAVAIL: 'open another socket: the address it was bound to is gone',
}

export class DatagramSocket extends Socket {
  readonly type = 'datagram'
  readonly protocol = 'udp'
  readonly #host: SocketHost
  readonly #settings: Settings = { ...DEFAULTS }
  #port: UdpPort | undefined
  #listener: DatagramListener | undefined
  #readShut = false
  #writeShut = false
  #open = true

  constructor(host: SocketHost, family: Family) {
    super(family)
    this.#host = host
    this.#settings.receiveBuffer = Math.min(UDP_RECEIVE_BUFFER, host.memory.limit)
  }

  get isOpen(): boolean {
    return this.#open
  }

  /**
   * Takes datagrams as they arrive, in place of a queue: a service that answers at once needs no memory. The octets are
   * valid during the call.
   */
  set handleDatagram(listener: DatagramListener | undefined) {
    this.#listener = listener
    if (this.#port !== undefined) this.#port.handleDatagram = listener
  }

  bind(endpoint: Endpoint): void {
    this.check('bind')
    const local = resolveLocal('bind', endpoint, this.family, this.#settings.v6Only)
    if (this.#port !== undefined)
      throw new NetError(
        'EINVAL',
        `bind ${describeEndpoint(endpoint)}`,
        'open another socket',
        'the socket has an address already',
      )
    this.#use(this.#host.udp.bind(local, { reuseAddress: this.#settings.reuseAddress }))
  }

  #use(port: UdpPort): void {
    this.#port = port
    port.onReadable(() => this.readyListeners.tell())
    port.onError((code) => {
      this.softErrorListeners.tell(code)
      this.readyListeners.tell()
    })
    port.handleDatagram = this.#listener
    this.#apply(port)
  }

  #apply(port: UdpPort): void {
    const settings = this.#settings
    port.queue.limit = settings.receiveBuffer
    port.broadcast = settings.broadcast
    port.noChecksum = settings.noChecksum
    port.allErrors = settings.softErrors
    port.fields.timeToLive = settings.timeToLive
    port.multicastFields.timeToLive = settings.multicastTimeToLive
    for (const fields of [port.fields, port.multicastFields]) {
      fields.trafficClass = settings.trafficClass
      fields.dontFragment = settings.pathMtuDiscovery
    }
  }

  /** The port; a free one when nobody bound one. */
  #bound(): UdpPort {
    if (this.#port === undefined) this.#use(this.#host.udp.bind(anyEndpoint(this.family, this.#settings.v6Only)))
    return this.#port!
  }

  /** @param options the address of this host to speak from, where several would do */
  connect(endpoint: Endpoint, options: Pick<SendToOptions, 'from'> = {}): void {
    this.check('connect')
    const { address, port } = resolveEndpoint('connect', endpoint, this.family)
    const from = options.from === undefined ? undefined : resolveAddress('connect', options.from, this.family)
    refuseOther(`connect ${describeEndpoint(endpoint)}`, address, this.family, this.#settings.v6Only)
    this.#bound().connect(address, port, from)
    this.readyListeners.tell()
  }

  override disconnect(): void {
    this.check('disconnect')
    this.#port?.disconnect()
  }

  read(into: Uint8Array): number | undefined {
    if (!this.#readable('read')) return undefined
    const octets = this.#port === undefined ? -1 : this.#port.receive(into)
    return octets >= 0 ? octets : this.#readShut ? 0 : undefined
  }

  receiveFrom(into: Uint8Array): DatagramInfo | undefined {
    if (!this.#readable('receiveFrom')) return undefined
    const queue = this.#port?.queue
    if (queue === undefined || queue.count === 0) return undefined
    const { length: size, source, sourcePort, destination } = queue
    const length = this.#port!.receive(into)
    return {
      length,
      size,
      from: socketAddress(this.family, source, sourcePort),
      to: formatIp(addressShownIn(this.family, destination)),
    }
  }

  override peek(into: Uint8Array): number | undefined {
    if (!this.#readable('peek')) return undefined
    const queue = this.#port?.queue
    return queue === undefined || queue.count === 0 ? undefined : queue.copyTo(into)
  }

  #readable(call: string): boolean {
    this.check(call)
    this.#throwError(call)
    return this.#port !== undefined || this.#readShut
  }

  write(octets: Uint8Array, options?: SocketWriteOptions): number | undefined {
    refuseStreamOptions('write', options)
    this.#writable(`write ${octets.length} octets`)
    this.#bound().send(octets, 0, octets.length)
    return octets.length
  }

  override sendTo(octets: Uint8Array, endpoint: Endpoint, options: SendToOptions = {}): number {
    refuseStreamOptions('sendTo', options)
    const { address, port } = resolveEndpoint('sendTo', endpoint, this.family)
    const from = options.from === undefined ? undefined : resolveAddress('sendTo', options.from, this.family)
    refuseOther(`sendTo ${describeEndpoint(endpoint)}`, address, this.family, this.#settings.v6Only)
    return this.sendPart(octets, 0, octets.length, address, port, from)
  }

  /** As `sendTo`, with `octets[start .. end)` and addresses that need no reading. */
  sendPart(octets: Uint8Array, start: number, end: number, address: IpAddress, port: number, from?: IpAddress): number {
    this.#writable('sendTo')
    this.#bound().send(octets, start, end, address, port, from)
    return end - start
  }

  #writable(call: string): void {
    this.check(call)
    this.#throwError(call)
    if (this.#writeShut) throw new NetError('EPIPE', call, 'open another socket')
  }

  shutdown(how: 'read' | 'write' | 'both'): void {
    this.check('shutdown')
    if (this.#port?.remote === undefined) throw new NetError('ENOTCONN', `shutdown ${how}`, 'connect first')
    if (how !== 'write') this.#readShut = true
    if (how !== 'read') this.#writeShut = true
    this.readyListeners.tell()
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.readyListeners.clear()
    this.#port?.close()
  }

  poll(): SocketReadiness {
    const error = this.#port?.error !== undefined
    const waits = (this.#port?.queue.count ?? 0) > 0
    return { readable: waits || error || this.#readShut, writable: this.#open, error, hangUp: false, urgent: false }
  }

  error(): NetErrorCode | undefined {
    const port = this.#port
    if (port === undefined) return undefined
    const { error } = port
    port.error = undefined
    return error
  }

  localEndpoint(): SocketAddress {
    this.check('localEndpoint')
    const { address, port } = this.#port?.local ?? anyEndpoint(this.family)
    return socketAddress(this.family, address, port)
  }

  remoteEndpoint(): SocketAddress {
    this.check('remoteEndpoint')
    const remote = this.#port?.remote
    if (remote === undefined) throw new NetError('ENOTCONN', 'remoteEndpoint', 'connect first')
    return socketAddress(this.family, remote.address, remote.port)
  }

  protected change<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): void {
    if (name === 'joinGroup' || name === 'leaveGroup') {
      const group = resolveAddress(`${name} ${String(value)}`, value as string | IpAddress, this.family)
      if (name === 'joinGroup') this.#bound().join(group)
      else this.#bound().leave(group)
      return
    }
    if (!isSettable(name) || !Object.hasOwn(DEFAULTS, name)) throw this.noSuchOption(name, 'set')
    checkSocketOption(name, value)
    if (name === 'v6Only' && (this.family !== 'ipv6' || this.#port !== undefined)) throw this.tooLateFor(name)
    Object.assign(this.#settings, { [name]: value })
    if (this.#port !== undefined) this.#apply(this.#port)
  }

  protected override option(name: keyof ReadableOptions): unknown {
    if (Object.hasOwn(DEFAULTS, name)) return this.#settings[name as keyof Settings]
    if (name !== 'pathMtu') return super.option(name)
    const remote = this.#port?.remote
    const route = remote === undefined ? undefined : this.#host.networks.of(remote.address)?.route(remote.address)
    if (route === undefined) throw new NetError('ENOTCONN', 'getOption pathMtu', 'connect first')
    return route.pathMtu
  }

  /** Tells once what went wrong. */
  #throwError(call: string): void {
    const code = this.error()
    if (code === undefined) return
    const remote = this.#port?.remote
    const place = remote === undefined ? call : `${call} ${formatEndpoint(remote)}`
    throw new NetError(code, place, REMEDIES[code], NET_ERRORS[code])
  }
}
