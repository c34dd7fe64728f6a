/**
 * A raw socket: whole ICMP messages, header and all, as ping and traceroute use them. Every message for this host is heard,
 * replies to others among them. The checksum is put in when a message is sent and was verified when one is read; the IP header
 * is the stack's, and ports mean nothing.
 */

import { Tally } from '../hal/counters.js'
import { NetError, type NetErrorCode } from '../net/errors.js'
import { covers, type Family, formatIp, type IpAddress, isUnspecified, unspecified } from '../net/ip.js'
import type { Datagram, HeaderFields } from '../net/network-layer.js'
import { DatagramQueue, type QueueLoss } from '../net/udp/datagram-queue.js'
import { checksum } from '../net/wire/checksum.js'
import { ICMP_HEADER_OCTETS } from '../net/wire/icmp.js'
import { writeUint16 } from '../net/wire/octets.js'
import { PROTOCOL_ICMP } from '../net/wire/protocols.js'
import { type Endpoint, resolveAddress, resolveEndpoint, type SocketAddress, socketAddress } from './endpoint.js'
import type { ActionOptions, ReadableOptions } from './options.js'
import {
  type DatagramInfo,
  refuseStreamOptions,
  type SendToOptions,
  Socket,
  type SocketHost,
  type SocketReadiness,
  type SocketWriteOptions,
} from './socket.js'
import { checkSocketOption } from './values.js'

/** Octets that may wait to be read, where the budget has them. */
const RECEIVE_BUFFER = 65_536
/** 65,535 less the IP header. */
const LONGEST = 65_515

export class RawSocket extends Socket {
  readonly type = 'raw'
  readonly protocol = 'icmp'
  /** Messages that found no room. */
  readonly lost = new Tally<QueueLoss>()
  readonly #host: SocketHost
  readonly #queue: DatagramQueue
  readonly #fields: HeaderFields = { timeToLive: 64, trafficClass: 0, dontFragment: false }
  #local: IpAddress
  #remote: IpAddress | undefined
  #open = true
  readonly #stop: () => void

  constructor(host: SocketHost, family: Family) {
    super(family)
    this.#host = host
    this.#local = unspecified(family)
    this.#queue = new DatagramQueue(
      host.memory,
      Math.min(RECEIVE_BUFFER, host.memory.limit),
      family,
      'ICMP receive queues',
    )
    this.#stop = host.icmp.onMessage((datagram) => this.#receive(datagram))
  }

  get isOpen(): boolean {
    return this.#open
  }

  #receive(datagram: Datagram): void {
    const { source, destination, payloadAt, payloadEnd } = datagram
    if (this.#remote !== undefined && this.#remote !== source) return
    if (!covers(this.#local, destination)) return
    const loss = this.#queue.push(source, 0, destination, datagram.frame.octets, payloadAt, payloadEnd)
    if (loss === undefined) this.readyListeners.tell()
    else this.lost.add(loss)
  }

  bind(endpoint: Endpoint): void {
    this.check('bind')
    const { address } = resolveEndpoint('bind', endpoint, this.family)
    if (!isUnspecified(address) && !this.#host.networks.isOwn(address))
      throw new NetError(
        'EADDRNOTAVAIL',
        `bind ${formatIp(address)}`,
        `bind an address of this host, or ${formatIp(unspecified(this.family))}`,
      )
    this.#local = address
  }

  connect(endpoint: Endpoint): void {
    this.check('connect')
    this.#remote = resolveEndpoint('connect', endpoint, this.family).address
  }

  override disconnect(): void {
    this.#remote = undefined
  }

  read(into: Uint8Array): number | undefined {
    this.check('read')
    if (this.#queue.count === 0) return undefined
    const octets = this.#queue.copyTo(into)
    this.#queue.shift()
    return octets
  }

  receiveFrom(into: Uint8Array): DatagramInfo | undefined {
    const { source, destination, length: size } = this.#queue
    const length = this.read(into)
    if (length === undefined) return undefined
    return { length, size, from: socketAddress(this.family, source, 0), to: formatIp(destination) }
  }

  write(octets: Uint8Array, options?: SocketWriteOptions): number {
    refuseStreamOptions('write', options)
    if (this.#remote === undefined)
      throw new NetError('EDESTADDRREQ', 'write', 'use sendTo, or connect the socket first')
    return this.#send(octets, this.#remote)
  }

  override sendTo(octets: Uint8Array, endpoint: Endpoint, options: SendToOptions = {}): number {
    refuseStreamOptions('sendTo', options)
    const from = options.from === undefined ? undefined : resolveAddress('sendTo', options.from, this.family)
    return this.#send(octets, resolveEndpoint('sendTo', endpoint, this.family).address, from)
  }

  #send(octets: Uint8Array, to: IpAddress, given?: IpAddress): number {
    this.check('sendTo')
    const call = `send ${octets.length} octets to ${formatIp(to)}`
    if (octets.length < ICMP_HEADER_OCTETS)
      throw new NetError(
        'EINVAL',
        call,
        'give type, code and four octets more',
        'an ICMP message has 8 octets at least',
      )
    if (octets.length > LONGEST) throw new NetError('EMSGSIZE', call, `send at most ${LONGEST} octets`)
    const { networks, memory } = this.#host
    const network = networks.of(to)
    if (network === undefined) throw new NetError('EAFNOSUPPORT', call)
    const asked = given === undefined || isUnspecified(given) || network.isGroup(given) ? this.#local : given
    const from = isUnspecified(asked) ? undefined : asked
    if (from !== undefined && !network.isOwn(from))
      throw new NetError('EADDRNOTAVAIL', call, 'send from an address of this host', `${formatIp(from)} is not its own`)
    const route = network.route(to, from)
    if (route === undefined) throw new NetError('ENETUNREACH', call, 'set an address and a gateway')
    if (!memory.take(octets.length, 'ICMP receive queues')) throw new NetError('ENOBUFS', call, 'send less')
    try {
      const message = octets.slice()
      writeUint16(message, 2, 0)
      writeUint16(message, 2, checksum(message))
      const result = network.sendLong(route, PROTOCOL_ICMP, message, 0, message.length, this.#fields)
      if (result === 'no route') throw new NetError('ENETUNREACH', call, 'set an address and a gateway')
      if (result === 'too long') throw new NetError('EMSGSIZE', call, 'send less, or allow fragments')
      if (result === 'refused') throw new NetError('ENOBUFS', call, 'wait and send again')
    } finally {
      memory.give(octets.length, 'ICMP receive queues')
    }
    return octets.length
  }

  shutdown(how: 'read' | 'write' | 'both'): void {
    throw this.unsupported(`shutdown ${how}`, 'use close')
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.readyListeners.clear()
    this.#stop()
    this.#queue.clear()
  }

  poll(): SocketReadiness {
    return { readable: this.#queue.count > 0, writable: this.#open, error: false, hangUp: false, urgent: false }
  }

  error(): NetErrorCode | undefined {
    return undefined
  }

  localEndpoint(): SocketAddress {
    this.check('localEndpoint')
    return socketAddress(this.family, this.#local, 0)
  }

  remoteEndpoint(): SocketAddress {
    this.check('remoteEndpoint')
    if (this.#remote === undefined) throw new NetError('ENOTCONN', 'remoteEndpoint', 'connect first')
    return socketAddress(this.family, this.#remote, 0)
  }

  protected change<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): void {
    if (name !== 'timeToLive' && name !== 'trafficClass' && name !== 'receiveBuffer' && name !== 'pathMtuDiscovery')
      throw this.noSuchOption(name, 'set')
    checkSocketOption(name, value)
    if (name === 'timeToLive') this.#fields.timeToLive = value as number
    else if (name === 'trafficClass') this.#fields.trafficClass = value as number
    else if (name === 'pathMtuDiscovery') this.#fields.dontFragment = value as boolean
    else this.#queue.limit = value as number
  }

  protected override option(name: keyof ReadableOptions): unknown {
    switch (name) {
      case 'timeToLive':
      case 'trafficClass':
        return this.#fields[name]
      case 'pathMtuDiscovery':
        return this.#fields.dontFragment
      case 'receiveBuffer':
        return this.#queue.limit
      default:
        return super.option(name)
    }
  }
}
