/**
 * The User Datagram Protocol (RFC 768; RFC 1122 4.1): who gets a datagram that arrived, and how one is sent.
 *
 *     const port = udp.bind({ address: 0, port: 7 })
 *     port.onDatagram = (octets, start, end, source, sourcePort) => …
 */

import { Tally } from '../../hal/counters.js'
import type { Random } from '../../hal/random.js'
import { formatIpv4, isMulticast, UNSPECIFIED } from '../address.js'
import { ephemeralPort } from '../ephemeral-port.js'
import { NetError } from '../errors.js'
import { ICMP_CODE_PORT, ICMP_TYPE_UNREACHABLE } from '../icmp-error-code.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { Datagram, IcmpError, IpAddress, NetworkLayer, Transport } from '../network-layer.js'
import { PROTOCOL_UDP } from '../wire/ipv4.js'
import { readUint16 } from '../wire/octets.js'
import { UDP_HEADER_OCTETS, udpLength } from '../wire/udp.js'
import type { QueueLoss } from './datagram-queue.js'
import { UdpPort } from './udp-port.js'

/** Why a datagram that arrived went no further. */
export type UdpLoss = 'truncated' | 'length' | 'checksum' | 'no checksum' | 'source' | 'port closed' | QueueLoss

export interface UdpOptions {
  random: Random
  network: NetworkLayer
  memory: MemoryBudget
  /** Without it, joining a group gives EOPNOTSUPP. */
  groups?: Groups
  /** Drops datagrams whose sender took no checksum (RFC 1122 4.1.3.4 allows both); false unless told otherwise. */
  requireChecksum?: boolean
}

export interface UdpCounters {
  readonly datagramsReceived: number
  readonly datagramsSent: number
  readonly octetsReceived: number
  readonly octetsSent: number
  readonly dropped: Readonly<Partial<Record<UdpLoss, number>>>
}

/** An address and a port; address 0: any of this host's. */
export interface UdpAddress {
  readonly address: IpAddress
  readonly port: number
}

export interface UdpBindOptions {
  /** Shares the port with others who say so too. */
  reuseAddress?: boolean
  /** Hears only what this interface received; what is sent goes where the routes lead all the same. Any of them unless given. */
  via?: string | undefined
}

/** Membership of multicast groups, counted by whoever keeps it (RFC 1112, RFC 2236). */
export interface Groups {
  /** @throws NetError when there is no interface for it */
  join(group: IpAddress): void
  leave(group: IpAddress): void
}

export class Udp implements Transport {
  readonly protocol = PROTOCOL_UDP
  readonly network: NetworkLayer
  readonly memory: MemoryBudget
  readonly requireChecksum: boolean
  readonly #random: Random
  readonly #groups: Groups | undefined
  readonly #ports = new Map<number, UdpPort[]>()
  readonly #lost = new Tally<UdpLoss>()
  #received = 0
  #octetsReceived = 0
  #sent = 0
  #octetsSent = 0

  constructor(options: UdpOptions) {
    this.network = options.network
    this.memory = options.memory
    this.#groups = options.groups
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
  *ports(): IterableIterator<UdpPort> {
    for (const ports of this.#ports.values()) yield* ports
  }

  /**
   * Opens a port.
   * @param local address 0: any of this host's; port 0: a free one at random
   * @throws NetError EADDRINUSE, EADDRNOTAVAIL
   */
  bind(local: UdpAddress, options: UdpBindOptions = {}): UdpPort {
    const { address } = local
    const { reuseAddress: reuse = false, via } = options
    const call = `bind ${formatIpv4(address)}:${local.port}${via === undefined ? '' : ` on ${via}`}`
    // A group or broadcast address is one to hear on: what is sent from the port has a source of its own.
    if (address !== UNSPECIFIED && !this.network.isOwn(address) && !this.network.isGroup(address))
      throw new NetError('EADDRNOTAVAIL', call, 'bind an address of this host, or 0.0.0.0 for all of them')
    const number =
      local.port === 0 ? ephemeralPort(this.#random, (port) => this.#isTaken(port, address, false, via)) : local.port
    if (number === undefined)
      throw new NetError('EADDRINUSE', call, 'close sockets that are not needed', 'every ephemeral port is in use')
    if (this.#isTaken(number, address, reuse, via))
      throw new NetError('EADDRINUSE', call, 'close the other socket, or set reuseAddress (SO_REUSEADDR) on both')
    const port = new UdpPort(this, { address, port: number }, reuse, via)
    const others = this.#ports.get(number)
    if (others === undefined) this.#ports.set(number, [port])
    else others.push(port)
    return port
  }

  #isTaken(number: number, address: IpAddress, reuse: boolean, via: string | undefined): boolean {
    const ports = this.#ports.get(number)
    if (ports === undefined) return false
    for (const port of ports) {
      if (reuse && port.reuseAddress) continue
      if (via !== undefined && port.via !== undefined && via !== port.via) continue
      const other = port.bound.address
      if (address === UNSPECIFIED || other === UNSPECIFIED || other === address) return true
    }
    return false
  }

  /** For ports: one was closed. */
  closed(port: UdpPort): void {
    const ports = this.#ports.get(port.bound.port)
    const at = ports?.indexOf(port) ?? -1
    if (ports === undefined || at < 0) return
    ports.splice(at, 1)
    if (ports.length === 0) this.#ports.delete(port.bound.port)
  }

  /** For ports: a datagram with this much data went out. */
  countSent(octets: number): void {
    this.#sent++
    this.#octetsSent += octets
  }

  /** For ports. @throws NetError EINVAL, EOPNOTSUPP, and what `Groups.join` throws */
  joinGroup(group: IpAddress): void {
    const call = `join ${formatIpv4(group)}`
    if (!isMulticast(group))
      throw new NetError('EINVAL', call, 'give an address of 224.0.0.0 to 239.255.255.255', 'it is no multicast group')
    if (this.#groups === undefined) throw new NetError('EOPNOTSUPP', call, undefined, 'this host keeps no groups')
    this.#groups.join(group)
  }

  /** For ports. */
  leaveGroup(group: IpAddress): void {
    this.#groups?.leave(group)
  }

  receive(datagram: Datagram): void {
    const { frame, payloadAt, source, destination, via } = datagram
    const { octets } = frame
    const length = udpLength(octets, payloadAt, datagram.payloadEnd)
    if (typeof length === 'string') {
      this.#lost.add(length)
      return
    }
    // What the network layer holds beyond the length is not the sender's (RFC 768, "Length").
    const end = payloadAt + length
    if (readUint16(octets, payloadAt + 6) !== 0) {
      const sum = this.network.pseudoHeader(source, destination, PROTOCOL_UDP, length)
      if (frame.checksum(payloadAt, end, sum) !== 0) {
        this.#lost.add('checksum')
        return
      }
    } else if (this.requireChecksum) {
      this.#lost.add('no checksum')
      return
    }
    // RFC 1122 4.1.3.6.
    if (this.network.isGroup(source)) {
      this.#lost.add('source')
      return
    }
    const sourcePort = readUint16(octets, payloadAt)
    const number = readUint16(octets, payloadAt + 2)
    const start = payloadAt + UDP_HEADER_OCTETS
    const ports = this.#ports.get(number)
    if (datagram.toGroup) {
      // Each member has its copy (RFC 1112 6.1); no member, no answer (RFC 1122 3.2.2).
      const multicast = isMulticast(destination)
      let heard = false
      // A listener may close ports; what is taken from the list must not make a neighbour miss its copy.
      for (let i = (ports?.length ?? 0) - 1; i >= 0; i--) {
        const port = ports?.[i]
        if (port === undefined || !port.hearsGroup(destination, multicast, source, sourcePort, via)) continue
        heard = true
        this.#deliver(port, octets, start, end, source, sourcePort, destination)
      }
      if (!heard) this.#lost.add('port closed')
      return
    }
    const port = ports === undefined ? undefined : best(ports, destination, source, sourcePort, via)
    if (port === undefined) {
      this.#lost.add('port closed')
      this.network.sendError(datagram, ICMP_TYPE_UNREACHABLE, ICMP_CODE_PORT)
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
    const ports = this.#ports.get(readUint16(octets, quotedAt))
    if (ports === undefined) return
    const remotePort = readUint16(octets, quotedAt + 2)
    best(ports, error.source, error.destination, remotePort)?.icmpError(error, remotePort)
  }

  onAddressesChanged(): void {
    for (const port of [...this.ports()]) port.addressesChanged()
  }
}

/**
 * The port that fits a datagram best: a connected one before a bound one, that before one bound to any address.
 * @param via where it arrived; undefined for what this host sent itself
 */
function best(
  ports: readonly UdpPort[],
  local: IpAddress,
  remote: IpAddress,
  remotePort: number,
  via?: string,
): UdpPort | undefined {
  let found: UdpPort | undefined
  let highest = 0
  for (const port of ports) {
    const score = port.score(local, remote, remotePort, via)
    // Of several that share an address, the last that came gets it.
    if (score === 0 || score < highest) continue
    highest = score
    found = port
  }
  return found
}
