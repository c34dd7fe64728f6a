/**
 * One network interface: a frame device below, one IPv4 address, ARP, and ICMP echo. Protocols above IP register by their
 * number; what nobody takes is counted and dropped.
 */
import type { Clock } from '../hal/clock.js'
import { Tally } from '../hal/counters.js'
import type { FrameDevice } from '../hal/frame-device.js'
import type { Random } from '../hal/random.js'
import {
  BROADCAST_MAC,
  directedBroadcast,
  type Ipv4Address,
  type Ipv4Interface,
  ipv4,
  ipv4Interface,
  isGroupMac,
  isHostAddress,
  isMulticast,
  LIMITED_BROADCAST,
  type MacAddress,
  onLink,
} from './address.js'
import { Icmp, type IcmpLoss, type PingOptions, type PingResult } from './icmp.js'
import { NeighbourCache, type NeighbourLoss } from './neighbour.js'
import {
  ETHERNET_HEADER_OCTETS,
  ETHERNET_MTU,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  ETHERTYPE_VLAN,
  emitEthernet,
} from './wire/ethernet.js'
import {
  emitIpv4,
  IPV4_HEADER_OCTETS,
  type Ipv4Fault,
  type Ipv4Packet,
  PROTOCOL_ICMP,
  parseIpv4Packet,
} from './wire/ipv4.js'
import { readUint16 } from './wire/octets.js'

/** RFC 1122 3.2.1.7: the value in use (RFC 1700). */
const TIME_TO_LIVE = 64

/** Why something that arrived, or was to be sent, went no further. */
export type InterfaceLoss =
  | NeighbourLoss
  | IcmpLoss
  | `IPv4 ${Ipv4Fault}`
  | 'frame truncated'
  | 'VLAN tag'
  | 'EtherType not handled'
  | 'IPv4 source'
  | 'IPv4 fragment'
  | 'not for this host'
  | 'unicast in a broadcast frame'
  | 'protocol not handled'
  | 'no route'
  | 'too long to send'
  | 'interface stopped'
  | 'refused by the device'

/** Takes a datagram of its protocol and returns why it went no further, if it did not. */
export type ProtocolHandler = (octets: Uint8Array, packet: Ipv4Packet, toGroup: boolean) => InterfaceLoss | undefined

export interface NetworkInterfaceOptions {
  clock: Clock
  random: Random
  device: FrameDevice
  /** Address and prefix length, `192.168.7.2/24`. */
  address: string | Ipv4Interface
  /** Where datagrams for other networks go; without one they are refused. */
  gateway?: string | Ipv4Address
}

export interface InterfaceCounters {
  readonly framesReceived: number
  readonly framesSent: number
  readonly echoesAnswered: number
  readonly addressConflicts: number
  readonly dropped: Readonly<Partial<Record<InterfaceLoss, number>>>
}

export class NetworkInterface {
  readonly device: FrameDevice
  readonly neighbours: NeighbourCache
  readonly icmp: Icmp
  readonly #lost = new Tally<InterfaceLoss>()
  readonly #protocols = new Map<number, ProtocolHandler>()
  #running = true
  #own: Ipv4Interface
  #gateway: Ipv4Address | undefined
  #identification: number
  #framesReceived = 0
  #framesSent = 0
  #conflicts = 0

  /** Is called when the device reports the link up or down. */
  onLink: ((up: boolean) => void) | undefined
  /** Is called with each frame the device received or took, before anything looks at it. The frame is not to be changed. */
  onTrace: ((direction: 'in' | 'out', frame: Uint8Array) => void) | undefined
  /** Another station claims this interface's address. */
  onConflict: ((mac: MacAddress) => void) | undefined

  /** Takes the device's `onFrame` and `onLink`, and runs. @throws RangeError when an address is none. */
  constructor(options: NetworkInterfaceOptions) {
    const { clock, device, address, gateway } = options
    this.device = device
    this.#own = typeof address === 'string' ? ipv4Interface(address) : address
    this.#gateway = typeof gateway === 'string' ? ipv4(gateway) : gateway
    const random = options.random.fork('network interface')
    this.#identification = random.below(0x10000)
    this.neighbours = new NeighbourCache({
      clock,
      mac: device.address,
      address: () => this.#own.address,
      transmit: (frame) => this.#transmit(frame),
      onLoss: (reason) => this.#lost.add(reason),
      onConflict: (mac) => {
        this.#conflicts++
        this.onConflict?.(mac)
      },
    })
    this.icmp = new Icmp(
      {
        clock,
        send: (protocol, destination, length, fill, onLost) => this.send(protocol, destination, length, fill, onLost),
      },
      random.below(0x10000),
    )
    this.#protocols.set(PROTOCOL_ICMP, (octets, packet, toGroup) => this.icmp.receive(octets, packet, toGroup))
    device.onFrame = (frame) => {
      const loss = this.#receive(frame)
      if (loss !== undefined) this.#lost.add(loss)
    }
    device.onLink = (up) => {
      if (!up) this.neighbours.clear()
      this.onLink?.(up)
    }
  }

  get address(): Ipv4Address {
    return this.#own.address
  }

  get prefixLength(): number {
    return this.#own.prefixLength
  }

  get linkUp(): boolean {
    return this.device.linkUp
  }

  get counters(): InterfaceCounters {
    return {
      framesReceived: this.#framesReceived,
      framesSent: this.#framesSent,
      echoesAnswered: this.icmp.echoesAnswered,
      addressConflicts: this.#conflicts,
      dropped: this.#lost.snapshot(),
    }
  }

  /** Takes frames and sends again after `stop`. */
  start(): void {
    this.#running = true
  }

  /** Takes nothing and sends nothing until `start`; neighbours are forgotten, what arrives is counted and dropped. */
  stop(): void {
    this.neighbours.clear()
    this.#running = false
  }

  /** Takes another address; neighbours are forgotten. */
  configure(address: string | Ipv4Interface, gateway?: string | Ipv4Address): void {
    this.#own = typeof address === 'string' ? ipv4Interface(address) : address
    this.#gateway = typeof gateway === 'string' ? ipv4(gateway) : gateway
    this.neighbours.clear()
  }

  /** Hands datagrams of a protocol to `handler`; undefined takes it off. */
  setProtocol(protocol: number, handler: ProtocolHandler | undefined): void {
    if (handler === undefined) this.#protocols.delete(protocol)
    else this.#protocols.set(protocol, handler)
  }

  /**
   * Asks a host for an echo. `done` is called once, later.
   * @throws RangeError when the address, size or sequence number is none.
   */
  ping(destination: string | Ipv4Address, options: PingOptions, done: (result: PingResult) => void): void {
    this.icmp.ping(typeof destination === 'string' ? ipv4(destination) : destination, options, done)
  }

  /**
   * Sends one datagram, not fragmented: `fill` writes its `length` octets of payload at the place it is told.
   * @param onLost is called if it is given up later, because the next hop does not answer ARP
   */
  send(
    protocol: number,
    destination: Ipv4Address,
    length: number,
    fill: (octets: Uint8Array, at: number) => void,
    onLost?: () => void,
  ): 'sent' | 'no route' | 'refused' {
    if (!this.#running) return this.#refuse('interface stopped')
    if (IPV4_HEADER_OCTETS + length > ETHERNET_MTU) return this.#refuse('too long to send')
    const broadcast = destination === LIMITED_BROADCAST || destination === directedBroadcast(this.#own)
    const nextHop = broadcast || onLink(this.#own, destination) ? destination : this.#gateway
    if (nextHop === undefined || isMulticast(destination)) {
      this.#lost.add('no route')
      return 'no route'
    }
    const frame = new Uint8Array(ETHERNET_HEADER_OCTETS + IPV4_HEADER_OCTETS + length)
    const at = emitEthernet(
      { destination: BROADCAST_MAC, source: this.device.address, etherType: ETHERTYPE_IPV4 },
      frame,
    )
    this.#identification = (this.#identification + 1) & 0xffff
    const header = {
      trafficClass: 0,
      identification: this.#identification,
      dontFragment: false,
      moreFragments: false,
      fragmentOffset: 0,
      timeToLive: TIME_TO_LIVE,
      protocol,
      source: this.#own.address,
      destination,
    }
    emitIpv4(header, length, frame, at)
    fill(frame, at + IPV4_HEADER_OCTETS)
    const sent = broadcast ? this.#transmit(frame) : this.neighbours.send(frame, nextHop, onLost)
    return sent ? 'sent' : 'refused'
  }

  #refuse(reason: InterfaceLoss): 'refused' {
    this.#lost.add(reason)
    return 'refused'
  }

  #transmit(frame: Uint8Array): boolean {
    if (!this.device.send(frame)) {
      this.#lost.add('refused by the device')
      return false
    }
    this.#framesSent++
    this.onTrace?.('out', frame)
    return true
  }

  #receive(frame: Uint8Array): InterfaceLoss | undefined {
    if (!this.#running) return 'interface stopped'
    this.#framesReceived++
    this.onTrace?.('in', frame)
    if (frame.length < ETHERNET_HEADER_OCTETS) return 'frame truncated'
    switch (readUint16(frame, 12)) {
      case ETHERTYPE_ARP:
        return this.neighbours.receive(frame, ETHERNET_HEADER_OCTETS)
      case ETHERTYPE_IPV4:
        return this.#receiveIpv4(frame)
      case ETHERTYPE_VLAN:
        return 'VLAN tag'
      default:
        return 'EtherType not handled'
    }
  }

  #receiveIpv4(frame: Uint8Array): InterfaceLoss | undefined {
    const packet = parseIpv4Packet(frame, ETHERNET_HEADER_OCTETS)
    if (typeof packet === 'string') return `IPv4 ${packet}`
    const { destination, source } = packet
    // RFC 1122 3.2.1.3: a source that is a group or this host's own is silently discarded.
    const badSource = !isHostAddress(source) || source === directedBroadcast(this.#own) || source === this.#own.address
    if (badSource) return 'IPv4 source'
    const toGroup =
      destination === LIMITED_BROADCAST || destination === directedBroadcast(this.#own) || isMulticast(destination)
    if (!toGroup && destination !== this.#own.address) return 'not for this host'
    // RFC 1122 3.3.6: a datagram for one host in a link-layer broadcast is silently discarded.
    if (!toGroup && isGroupMac(frame)) return 'unicast in a broadcast frame'
    if (packet.moreFragments || packet.fragmentOffset > 0) return 'IPv4 fragment'
    const handler = this.#protocols.get(packet.protocol)
    return handler === undefined ? 'protocol not handled' : handler(frame, packet, toGroup)
  }
}
