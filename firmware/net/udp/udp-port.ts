/** One UDP port that an application has open: where it sends from, whom it hears, and what waits to be read. */
import { Listeners } from '../../hal/listeners.js'
import { NetError, type NetErrorCode } from '../errors.js'
import { FrameBuffer } from '../frame-buffer.js'
import { covers, familyOf, formatEndpoint, formatIp, type IpAddress, type IpEndpoint, isUnspecified } from '../ip.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { HeaderFields, IcmpError, NetworkLayer, Route, SendResult } from '../network-layer.js'
import type { NetworkLayers } from '../network-layers.js'
import { copyOctets, writeUint16 } from '../wire/octets.js'
import { PROTOCOL_UDP } from '../wire/protocols.js'
import { UDP_HEADER_OCTETS } from '../wire/udp.js'
import { DatagramQueue, type QueueLoss } from './datagram-queue.js'

/** As on Linux (net.core.rmem_default), where the budget has it. */
export const UDP_RECEIVE_BUFFER = 212_992
const TIME_TO_LIVE = 64

/** Takes a datagram as it arrives: its data are `octets[start .. end)`, valid during the call. */
export type DatagramListener = (
  octets: Uint8Array,
  start: number,
  end: number,
  source: IpAddress,
  sourcePort: number,
  destination: IpAddress,
) => void

/** What a port asks of the UDP that it belongs to. */
export interface UdpHost {
  readonly networks: NetworkLayers
  readonly memory: MemoryBudget
  /** A datagram with this much data went out. */
  countSent(octets: number): void
  /** The port was closed. */
  closed(port: UdpPort): void
}

export class UdpPort {
  /** As bound; the local address may be settled by `connect`. */
  readonly bound: IpEndpoint
  readonly reuseAddress: boolean
  /** The one interface that it hears; undefined: any. */
  readonly via: string | undefined
  /** Its address may be a host's elsewhere, for which this one stands in. */
  readonly foreign: boolean
  /** Of unicast and broadcast datagrams. */
  readonly fields: HeaderFields = { timeToLive: TIME_TO_LIVE, trafficClass: 0, dontFragment: false }
  /** Of multicast datagrams: one hop by default (RFC 1112 6.1). */
  readonly multicastFields: HeaderFields = { timeToLive: 1, trafficClass: 0, dontFragment: false }
  /** May send to broadcast addresses (SO_BROADCAST). */
  broadcast = false
  /** Sends without a checksum (SO_NO_CHECK): RFC 768 lets the sender choose. */
  noChecksum = false
  /** Every ICMP error becomes this port's `error`, not only those that end a conversation (IP_RECVERR). */
  allErrors = false
  /** What went wrong since it was last asked for; who reports it clears it. */
  error: NetErrorCode | undefined

  readonly #readableListeners = new Listeners<[]>()
  readonly #errorListeners = new Listeners<[code: NetErrorCode]>()
  readonly #icmpErrorListeners = new Listeners<[error: IcmpError, remotePort: number]>()
  /** While it is set nothing is queued: a service needs no memory for what it answers at once. */
  handleDatagram: DatagramListener | undefined

  readonly queue: DatagramQueue
  readonly #udp: UdpHost
  readonly #groups = new Set<IpAddress>()
  #local: IpAddress
  #remote: IpEndpoint | undefined
  #route: Route | undefined
  /** The source that `#route` was asked with. */
  #routeFrom: IpAddress | undefined
  #open = true

  /** Made by `Udp.bind`. */
  constructor(udp: UdpHost, bound: IpEndpoint, reuseAddress: boolean, via: string | undefined, foreign: boolean) {
    this.#udp = udp
    this.bound = bound
    this.reuseAddress = reuseAddress
    this.via = via
    this.foreign = foreign
    this.#local = bound.address
    this.queue = new DatagramQueue(udp.memory, Math.min(UDP_RECEIVE_BUFFER, udp.memory.limit), familyOf(bound.address))
  }

  /** Every ICMP error about something sent from here (RFC 1122 4.1.3.3); valid during the call. */
  onIcmpError(listener: (error: IcmpError, remotePort: number) => void): () => void {
    return this.#icmpErrorListeners.add(listener)
  }

  /** `error` was set. */
  onError(listener: (code: NetErrorCode) => void): () => void {
    return this.#errorListeners.add(listener)
  }

  /** A datagram waits. */
  onReadable(listener: () => void): () => void {
    return this.#readableListeners.add(listener)
  }

  /** Where it is now; the address is unspecified while any of the host's will do. */
  get local(): IpEndpoint {
    return { address: this.#local, port: this.bound.port }
  }

  get remote(): IpEndpoint | undefined {
    return this.#remote
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** Multicast groups that it is a member of. */
  get groups(): ReadonlySet<IpAddress> {
    return this.#groups
  }

  /**
   * Settles one peer: only its datagrams are heard, and `send` goes to it.
   * @param source this end's address from now on; as with `send`
   * @throws NetError ENETUNREACH, EADDRNOTAVAIL, EACCES, EINVAL, EBADF
   */
  connect(address: IpAddress, port: number, source?: IpAddress): void {
    const call = `connect ${formatEndpoint({ address, port })}`
    if (!this.#open) throw new NetError('EBADF', call)
    if (port === 0) throw portZero(call)
    const route = this.#findRoute(address, source, call)
    if (route.kind === 'broadcast' && !this.broadcast) throw broadcastForbidden(call)
    this.#remote = { address, port }
    this.#local = route.source
    this.error = undefined
    this.#keep(route, undefined)
  }

  /** Hears everyone again. */
  disconnect(): void {
    this.#remote = undefined
    this.#local = this.bound.address
    this.#route = undefined
  }

  /**
   * Sends `octets[start .. end)` to the peer, or to whom it is told.
   * @param source of this one datagram (RFC 1122 4.1.3.5), whatever the port is bound to: an answer leaves from the address
   *   that was asked (RFC 2181 4.1). Left out, or where a group or broadcast was asked: as the port is bound, else the route's
   * @throws NetError EDESTADDRREQ, EMSGSIZE, EACCES, ENETUNREACH, EADDRNOTAVAIL, ENOBUFS, EINVAL, EBADF
   */
  send(octets: Uint8Array, start: number, end: number, address?: IpAddress, port?: number, source?: IpAddress): void {
    const to = address ?? this.#remote?.address
    const toPort = port ?? this.#remote?.port
    if (!this.#open) throw new NetError('EBADF', 'send')
    if (to === undefined || toPort === undefined)
      throw new NetError('EDESTADDRREQ', 'send', 'use sendTo, or connect the socket first')
    const size = end - start
    if (toPort === 0) throw portZero(sending(size, to, toPort))
    const most = this.#networkOf(to, 'send').longestPayload - UDP_HEADER_OCTETS
    if (size > most) throw new NetError('EMSGSIZE', sending(size, to, toPort), `send at most ${most} octets at a time`)
    let route = this.#route
    if (route === undefined || route.stale || route.destination !== to || this.#routeFrom !== source) {
      route = this.#findRoute(to, source, sending(size, to, toPort))
      this.#keep(route, source)
    }
    if (route.kind === 'broadcast' && !this.broadcast) throw broadcastForbidden(sending(size, to, toPort))
    this.sendOver(route, octets, start, end, toPort)
  }

  /**
   * Sends `octets[start .. end)` by a certain route, whatever the route table says: for DHCP, which configures the interface.
   * @throws NetError EMSGSIZE, ENETUNREACH, ENOBUFS
   */
  sendOver(route: Route, octets: Uint8Array, start: number, end: number, toPort: number): void {
    const size = end - start
    const fields = route.kind === 'multicast' ? this.multicastFields : this.fields
    const network = this.#networkOf(route.destination, 'send')
    const length = UDP_HEADER_OCTETS + size
    if (network.headerOctets + length > route.pathMtu)
      this.#sendLong(network, route, octets, start, end, toPort, fields)
    else {
      const { frame, payloadAt } = network
      this.#build(network, frame, payloadAt, route, toPort, octets, start, end)
      this.#settle(network.send(route, PROTOCOL_UDP, length, fields), size, route.destination, toPort)
    }
    this.#udp.countSent(size)
  }

  /** In fragments: header and data are put together first. */
  #sendLong(
    network: NetworkLayer,
    route: Route,
    octets: Uint8Array,
    start: number,
    end: number,
    toPort: number,
    fields: HeaderFields,
  ): void {
    const { memory } = this.#udp
    const to = route.destination
    const size = end - start
    if (fields.dontFragment) {
      const most = route.pathMtu - network.headerOctets - UDP_HEADER_OCTETS
      throw new NetError('EMSGSIZE', sending(size, to, toPort), `send at most ${most} octets, or allow fragments`)
    }
    // Two octets in, the header lies where the checksum is fastest.
    const at = 2
    const length = UDP_HEADER_OCTETS + size
    if (!memory.take(at + length, 'UDP datagrams to fragment'))
      throw new NetError('ENOBUFS', sending(size, to, toPort), 'send smaller datagrams')
    try {
      const whole = new FrameBuffer(at + length)
      this.#build(network, whole, at, route, toPort, octets, start, end)
      const result = network.sendLong(route, PROTOCOL_UDP, whole.octets, at, at + length, fields)
      this.#settle(result, size, to, toPort)
    } finally {
      memory.give(at + length, 'UDP datagrams to fragment')
    }
  }

  /** Puts header and data together at `at`. */
  #build(
    network: NetworkLayer,
    frame: FrameBuffer,
    at: number,
    route: Route,
    toPort: number,
    octets: Uint8Array,
    start: number,
    end: number,
  ): void {
    const into = frame.octets
    const length = UDP_HEADER_OCTETS + end - start
    copyOctets(octets, start, end, into, at + UDP_HEADER_OCTETS)
    writeUint16(into, at, this.bound.port)
    writeUint16(into, at + 2, toPort)
    writeUint16(into, at + 4, length)
    writeUint16(into, at + 6, 0)
    if (this.noChecksum && !network.needsChecksum) return
    const sum = network.pseudoHeader(route.source, route.destination, PROTOCOL_UDP, length)
    // A sum of zero is sent as all ones: zero says that there is none (RFC 768).
    writeUint16(into, at + 6, frame.checksum(at, at + length, sum) || 0xffff)
  }

  #settle(result: SendResult, size: number, to: IpAddress, toPort: number): void {
    if (result === 'sent') return
    const call = sending(size, to, toPort)
    if (result === 'no route') throw new NetError('ENETUNREACH', call, 'set an address and a gateway')
    if (result === 'too long') throw new NetError('EMSGSIZE', call, 'send less at a time')
    throw new NetError('ENOBUFS', call, 'wait and send again', 'the interface took no frame: busy, or its link is down')
  }

  #keep(route: Route, from: IpAddress | undefined): void {
    this.#route = route
    this.#routeFrom = from
  }

  #findRoute(to: IpAddress, source: IpAddress | undefined, call: string): Route {
    const network = this.#networkOf(to, call)
    const from = this.#sourceOf(network, source) ?? this.#sourceOf(network, this.#local)
    // One that was ours and is gone is no source.
    if (from !== undefined && !this.foreign && !network.isOwn(from))
      throw source === undefined
        ? new NetError('EADDRNOTAVAIL', call, 'open another socket', `${formatIp(from)} is no longer this host's`)
        : new NetError('EADDRNOTAVAIL', call, 'send from an address of this host', `${formatIp(from)} is not its own`)
    const route = network.route(to, from)
    if (route === undefined) throw new NetError('ENETUNREACH', call, 'set an address and a gateway')
    return route
  }

  /** A group or broadcast address can be bound and asked, and is no source. */
  #sourceOf(network: NetworkLayer, address: IpAddress | undefined): IpAddress | undefined {
    return address === undefined || isUnspecified(address) || network.isGroup(address) ? undefined : address
  }

  /** @throws NetError EAFNOSUPPORT */
  #networkOf(address: IpAddress, call: string): NetworkLayer {
    const network = this.#udp.networks.of(address)
    if (network === undefined) throw new NetError('EAFNOSUPPORT', call)
    return network
  }

  /**
   * Copies the first waiting datagram into `into[from .. to)` and drops it; what does not fit is lost, as with recvfrom.
   * Look at `queue` first for its source.
   * @returns octets copied; -1 when none waits
   */
  receive(into: Uint8Array, from = 0, to = into.length): number {
    if (this.queue.count === 0) return -1
    const octets = this.queue.copyTo(into, from, to)
    this.queue.shift()
    return octets
  }

  /** Becomes a member of a group; once is enough. @throws NetError EINVAL, EADDRNOTAVAIL, ENOBUFS, EOPNOTSUPP */
  join(group: IpAddress): void {
    if (this.#groups.has(group)) return
    this.#networkOf(group, `join ${formatIp(group)}`).joinGroup(group)
    this.#groups.add(group)
  }

  /** @throws NetError EADDRNOTAVAIL when it is not a member */
  leave(group: IpAddress): void {
    if (!this.#groups.delete(group))
      throw new NetError('EADDRNOTAVAIL', `leave ${formatIp(group)}`, 'join it first', 'the socket is not a member')
    this.#udp.networks.of(group)?.leaveGroup(group)
  }

  /** Gives everything back. Closing twice is once. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    for (const group of this.#groups) this.#udp.networks.of(group)?.leaveGroup(group)
    this.#groups.clear()
    this.queue.clear()
    this.#udp.closed(this)
  }

  /** How well a unicast datagram fits: 0 not at all, more the more it is asked to fit. @param via where it arrived, if it did */
  score(local: IpAddress, remote: IpAddress, remotePort: number, via?: string): number {
    if (this.via !== undefined && via !== undefined && via !== this.via) return 0
    let score = 1
    if (this.#local === local) score += 1
    else if (!covers(this.#local, local)) return 0
    const peer = this.#remote
    if (peer === undefined) return score
    return peer.address === remote && peer.port === remotePort ? score + 2 : 0
  }

  /** Whether a datagram to a broadcast or multicast address is for this port too. @param joined it has to be a member */
  hearsGroup(group: IpAddress, joined: boolean, remote: IpAddress, remotePort: number, via: string): boolean {
    if (this.via !== undefined && via !== this.via) return false
    if (!covers(this.bound.address, group)) return false
    if (joined && !this.#groups.has(group)) return false
    const peer = this.#remote
    return peer === undefined || (peer.address === remote && peer.port === remotePort)
  }

  /** Hands a datagram over, or queues it. @returns why it was lost, if so */
  deliver(
    octets: Uint8Array,
    start: number,
    end: number,
    source: IpAddress,
    sourcePort: number,
    destination: IpAddress,
  ): QueueLoss | undefined {
    if (this.handleDatagram !== undefined) {
      this.handleDatagram(octets, start, end, source, sourcePort, destination)
      return undefined
    }
    const loss = this.queue.push(source, sourcePort, destination, octets, start, end)
    if (loss === undefined) this.#readableListeners.tell()
    return loss
  }

  /** An ICMP error about something sent from here to `remotePort`. */
  icmpError(error: IcmpError, remotePort: number): void {
    this.#icmpErrorListeners.tell(error, remotePort)
    const { code, final } = error.meaning
    const tooBig = error.tooLong
    // Who sends in fragments need not know that they have become smaller.
    if (tooBig && !this.fields.dontFragment) return
    if (this.allErrors || (this.#remote !== undefined && (final || tooBig))) this.#fail(code)
  }

  /** Addresses of this host changed. */
  addressesChanged(): void {
    this.#route = undefined
    const local = this.#local
    const { networks } = this.#udp
    if (this.foreign) return
    if (!isUnspecified(local) && !networks.isOwn(local) && !networks.isGroup(local)) this.#fail('EADDRNOTAVAIL')
  }

  #fail(code: NetErrorCode): void {
    this.error = code
    this.#errorListeners.tell(code)
  }
}

function sending(size: number, to: IpAddress, port: number): string {
  return `send ${size} octets to ${formatEndpoint({ address: to, port })}`
}

function portZero(call: string): NetError {
  return new NetError('EINVAL', call, 'give a port of 1 to 65535', 'nothing can be sent to port 0')
}

function broadcastForbidden(call: string): NetError {
  return new NetError('EACCES', call, 'set the option broadcast (SO_BROADCAST) first', 'the address is a broadcast')
}
