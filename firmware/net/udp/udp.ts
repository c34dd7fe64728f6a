/**
 * The User Datagram Protocol (RFC 768; RFC 1122 4.1): who gets a datagram that arrived, and how one is sent.
 *
 *     const port = udp.bind({ address: 0, port: 7 })
 *     port.handleDatagram = (octets, start, end, source, sourcePort) => …
 */

import { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import { ephemeralPort } from '../ephemeral-port.js'
import { NetError } from '../errors.js'
import {
  familyOf,
  formatEndpoint,
  formatIp,
  type IpAddress,
  type IpEndpoint,
  isUnspecified,
  unspecified,
} from '../ip.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { Datagram, IcmpError, Transport } from '../network-layer.js'
import type { NetworkLayers } from '../network-layers.js'
import { PortTable } from '../port-table.js'
import { readUint16 } from '../wire/octets.js'
import { PROTOCOL_UDP } from '../wire/protocols.js'
import { UDP_HEADER_OCTETS, udpLength } from '../wire/udp.js'
import type { QueueLoss } from './datagram-queue.js'
import { type UdpHost, UdpPort } from './udp-port.js'

/** Why a datagram that arrived went no further. */
export type UdpLoss = 'truncated' | 'length' | 'checksum' | 'no checksum' | 'source' | 'port closed' | QueueLoss

export interface UdpOptions {
  random: Random
  networks: NetworkLayers
  memory: MemoryBudget
  /** Drops datagrams whose sender took no checksum (RFC 1122 4.1.3.4 allows both); false by default. */
  requireChecksum?: boolean
}

export interface UdpCounters {
  readonly datagramsReceived: number
  readonly datagramsSent: number
  readonly octetsReceived: number
  readonly octetsSent: number
  readonly dropped: Readonly<Partial<Record<UdpLoss, number>>>
}

/** An address, which may be unspecified (any of this host's), and a port. */
export type UdpAddress = IpEndpoint

export interface UdpBindOptions {
  /** Shares the port with others who say so too. */
  reuseAddress?: boolean
  /** Hears only what this interface received; what is sent goes where the routes lead all the same. Any of them unless given. */
  via?: string | undefined
  /** Its address may be a host's elsewhere, for which this one stands in; what comes for such a host goes to such ports only. */
  foreign?: boolean
}

/**
 * Takes a datagram that no port gets: to a host elsewhere that this one stands in for, or to a port of ours that is not open. Its data are
 * `start` to `end` of the frame. False: nobody has the port, and its sender is told.
 */
export type UnclaimedDatagramHandler = (
  datagram: Datagram,
  port: number,
  remotePort: number,
  start: number,
  end: number,
) => boolean

export class Udp implements Transport, UdpHost {
  readonly protocol = PROTOCOL_UDP
  readonly takesForeign = true
  handleUnclaimed: UnclaimedDatagramHandler | undefined
  readonly networks: NetworkLayers
  readonly memory: MemoryBudget
  readonly requireChecksum: boolean
  readonly #random: Random
  readonly #ports = new PortTable<UdpPort>((port) => port.bound)
  readonly #lost = new Tally<UdpLoss>()
  #received = 0
  #octetsReceived = 0
  #sent = 0
  #octetsSent = 0

  constructor(options: UdpOptions) {
    this.networks = options.networks
    this.memory = options.memory
    this.requireChecksum = options.requireChecksum ?? false
    this.#random = options.random.fork('udp')
  }

  get counters(): UdpCounters {
    return {
      datagramsReceived: this.#received,
      datagramsSent: this.#sent,
      octetsReceived: this.#octetsReceived,
      octetsSent: this.#octetsSent,
      dropped: this.#lost.snapshot(),
    }
  }

  /** Every port that is open. */
  ports(): IterableIterator<UdpPort> {
    return this.#ports[Symbol.iterator]()
  }

  /**
   * Opens a port.
   * @param local an unspecified address: any of this host's; port 0: a free one at random
   * @throws NetError EADDRINUSE, EADDRNOTAVAIL
   */
  bind(local: UdpAddress, options: UdpBindOptions = {}): UdpPort {
    const { address } = local
    const { reuseAddress: reuse = false, via, foreign = false } = options
    const call = `bind ${formatEndpoint(local)}${via === undefined ? '' : ` on ${via}`}`
    // A group or broadcast address is one to hear on: what is sent from the port has a source of its own.
    if (!foreign && !isUnspecified(address) && !this.networks.isOwn(address) && !this.networks.isGroup(address))
      throw new NetError(
        'EADDRNOTAVAIL',
        call,
        `bind an address of this host, or ${formatIp(unspecified(familyOf(address)))} for all of them`,
      )
    const number =
      local.port === 0
        ? ephemeralPort(this.#random, (port) => this.#isTaken(port, address, false, via, foreign))
        : local.port
    if (number === undefined)
      throw new NetError('EADDRINUSE', call, 'close sockets that are not needed', 'every ephemeral port is in use')
    if (this.#isTaken(number, address, reuse, via, foreign))
      throw new NetError('EADDRINUSE', call, 'close the other socket, or set reuseAddress (SO_REUSEADDR) on both')
    const port = new UdpPort(this, { address, port: number }, reuse, via, foreign)
    this.#ports.add(port)
    return port
  }

  #isTaken(number: number, address: IpAddress, reuse: boolean, via: string | undefined, foreign: boolean): boolean {
    return this.#ports.isTaken(
      { address, port: number },
      (other) =>
        (reuse && other.reuseAddress) ||
        (via !== undefined && other.via !== undefined && via !== other.via) ||
        foreign !== other.foreign,
    )
  }

  /** For ports: one was closed. */
  closed(port: UdpPort): void {
    this.#ports.remove(port)
  }

  /** For ports: a datagram with this much data went out. */
  countSent(octets: number): void {
    this.#sent++
    this.#octetsSent += octets
  }

  receive(datagram: Datagram): void {
    const { network, frame, payloadAt, source, destination, via } = datagram
    const { octets } = frame
    const length = udpLength(octets, payloadAt, datagram.payloadEnd)
    if (typeof length === 'string') {
      this.#lost.add(length)
      return
    }
    // What the network layer holds beyond the length is not the sender's (RFC 768, "Length").
    const end = payloadAt + length
    if (readUint16(octets, payloadAt + 6) !== 0) {
      const sum = network.pseudoHeader(source, destination, PROTOCOL_UDP, length)
      if (frame.checksum(payloadAt, end, sum) !== 0) {
        this.#lost.add('checksum')
        return
      }
    } else if (this.requireChecksum || network.needsChecksum) {
      this.#lost.add('no checksum')
      return
    }
    // RFC 1122 4.1.3.6.
    if (network.isGroup(source)) {
      this.#lost.add('source')
      return
    }
    const sourcePort = readUint16(octets, payloadAt)
    const number = readUint16(octets, payloadAt + 2)
    const start = payloadAt + UDP_HEADER_OCTETS
    const ports = this.#ports.on(number)
    if (datagram.toGroup) {
      // Each member has its copy (RFC 1112 6.1); no member, no answer (RFC 1122 3.2.2).
      const joined = network.isMulticast(destination) && !network.isAllHosts(destination)
      let heard = false
      // A listener may close ports; what is taken from the list must not make a neighbour miss its copy.
      for (let i = (ports?.length ?? 0) - 1; i >= 0; i--) {
        const port = ports?.[i]
        if (port === undefined || !port.hearsGroup(destination, joined, source, sourcePort, via)) continue
        heard = true
        this.#deliver(port, octets, start, end, source, sourcePort, destination)
      }
      if (!heard) this.#lost.add('port closed')
      return
    }
    const { foreign } = datagram
    const port = ports === undefined ? undefined : best(ports, foreign, destination, source, sourcePort, via)
    if (port === undefined) {
      if (this.handleUnclaimed?.(datagram, number, sourcePort, start, end)) {
        this.#received++
        this.#octetsReceived += end - start
        return
      }
      this.#lost.add('port closed')
      network.refuse(datagram, 'port')
      return
    }
    this.#deliver(port, octets, start, end, source, sourcePort, destination)
  }

  #deliver(
    port: UdpPort,
    octets: Uint8Array,
    start: number,
    end: number,
    source: IpAddress,
    sourcePort: number,
    destination: IpAddress,
  ): void {
    const loss = port.deliver(octets, start, end, source, sourcePort, destination)
    if (loss !== undefined) {
      this.#lost.add(loss)
      return
    }
    this.#received++
    this.#octetsReceived += end - start
  }

  /** RFC 1122 4.1.3.3: errors reach the application that sent what they are about. */
  onIcmpError(error: IcmpError): void {
    const { octets, quotedAt, quotedEnd } = error
    if (quotedEnd - quotedAt < 4) return
    const ports = this.#ports.on(readUint16(octets, quotedAt))
    if (ports === undefined) return
    const remotePort = readUint16(octets, quotedAt + 2)
    const foreign = !this.networks.isOwn(error.source)
    best(ports, foreign, error.source, error.destination, remotePort)?.icmpError(error, remotePort)
  }

  onAddressesChanged(): void {
    for (const port of [...this.#ports]) port.addressesChanged()
  }
}

/**
 * The port that fits a datagram best: a connected one before a bound one, that before one bound to any address.
 * @param foreign the local address is a host's elsewhere, for which this one stands in
 * @param via where it arrived; undefined for what this host sent itself
 */
function best(
  ports: readonly UdpPort[],
  foreign: boolean,
  local: IpAddress,
  remote: IpAddress,
  remotePort: number,
  via?: string,
): UdpPort | undefined {
  let found: UdpPort | undefined
  let highest = 0
  for (const port of ports) {
    if (foreign && !port.foreign) continue
    const score = port.score(local, remote, remotePort, via)
    // Of several that share an address, the last that came gets it.
    if (score === 0 || score < highest) continue
    highest = score
    found = port
  }
  return found
}
