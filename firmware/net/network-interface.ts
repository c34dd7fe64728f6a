/**
 * One network interface of a host: a link, and what IPv4 has there. Its rooms are the link itself (`link/ethernet-link.ts`), the
 * neighbours (`link/neighbour-cache.ts`) and ARP which finds them (`link/arp.ts`), the addresses with their conflicts
 * (`ipv4/interface-addresses.ts`), the routers and the groups; here they are put together.
 */
import type { Clock } from '../hal/clock.js'
import type { FrameDevice } from '../hal/frame-device.js'
import type { Random } from '../hal/random.js'
import { hostInterface, type Ipv4Address, type Ipv4Interface, ipv4, MAC_OCTETS, type MacAddress } from './address.js'
import type { FrameBuffer } from './frame-buffer.js'
import type { PingOptions, PingResult } from './icmp/ping.js'
import { Gateways, type GivenGateways } from './ipv4/gateways.js'
import { groupMacs, writeGroupMac } from './ipv4/group-mac.js'
import { type AddressClaim, InterfaceAddresses } from './ipv4/interface-addresses.js'
import type { Hop, Link } from './ipv4/link.js'
import type { Ipv6 } from './ipv6/ipv6.js'
import type { Ipv6Interface, Ipv6InterfaceCounters, Ipv6InterfaceOptions } from './ipv6/ipv6-interface.js'
import type { AddressDefence } from './link/address-conflicts.js'
import { Arp } from './link/arp.js'
import { EthernetLink, type FrameHandler, type LinkCounters } from './link/ethernet-link.js'
import { GroupFilter } from './link/group-filter.js'
import type { InterfaceLoss } from './link/loss.js'
import { NeighbourCache } from './link/neighbour-cache.js'
import type { MemoryBudget } from './memory-budget.js'
import type { SendResult } from './network-layer.js'
import { ETHERNET_HEADER_OCTETS, ETHERTYPE_ARP, ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from './wire/ethernet.js'

export interface InterfaceOptions {
  /** `eth0`; unique in its stack. */
  name: string
  device: FrameDevice
  /** Address and prefix length, `192.168.7.2/24`; none until `configure` unless given here. */
  address?: string | Ipv4Interface
  /**
   * Where datagrams for other networks go; without one they are refused. Of several the first that answers is used (RFC 1122
   * 3.3.1.6).
   */
  gateway?: GivenGateways
  /** The most octets of an IP datagram in one frame; Ethernet's 1500 by default. */
  mtu?: number
  /** What becomes of an address that another station claims (RFC 5227 2.4); `defend` by default. */
  addressDefence?: AddressDefence
  /**
   * Takes frames whatever station they are for, as if they were for this one; false by default. A device may do
   * without an address filter: of what it hands over, an interface takes what is for its own address and for groups.
   */
  promiscuous?: boolean
  /** What IPv6 has there, of a stack that speaks it; false: nothing. Its link-local address, and what routers announce, by default. */
  ipv6?: Ipv6InterfaceOptions | false
}

/** What an interface needs of the stack that it belongs to. */
export interface InterfaceHost {
  readonly clock: Clock
  readonly random: Random
  readonly memory: MemoryBudget
  batchEnd(): void
  addressesChanged(link: Link, gateways: readonly Ipv4Address[]): void
  /** The link came or went. */
  linkChanged(link: Link): void
  /** A next hop on the link does not answer. */
  unreachable(link: Link, nextHop: Ipv4Address): void
  /** A frame is given up because its next hop does not answer; told after `unreachable`. True: it went another way. */
  undeliverable(link: Link, frame: Uint8Array): boolean
  ping(destination: string | Ipv4Address, options: PingOptions, done: (result: PingResult) => void): void
}

export interface InterfaceCounters extends LinkCounters {
  /** Undefined where it has no IPv6. */
  readonly ipv6?: Ipv6InterfaceCounters
  readonly addressConflicts: number
  readonly dropped: Readonly<Partial<Record<InterfaceLoss, number>>>
}

export class NetworkInterface implements Link {
  readonly name: string
  /** May be lowered, and raised again up to what it was (DHCP option 26). */
  mtu: number
  readonly loopback = false
  readonly neighbours: NeighbourCache<Ipv4Address>
  #ipv6: Ipv6Interface | undefined
  readonly #host: InterfaceHost
  readonly #link: EthernetLink
  readonly #addresses: InterfaceAddresses
  readonly #gateways = new Gateways()
  readonly #groups: GroupFilter

  /** Takes the device's `handleFrame` and `handleLink`, and runs. @throws RangeError when an address is invalid. */
  constructor(host: InterfaceHost, options: InterfaceOptions & { mtu: number }) {
    const { name, device, mtu, addressDefence = 'defend', promiscuous = false } = options
    const { clock, random, memory } = host
    this.name = name
    this.mtu = mtu
    this.#host = host
    const link = new EthernetLink({ device, mtu, promiscuous, onBatchEnd: () => host.batchEnd() })
    const transmit = (frame: Uint8Array) => link.send(frame)
    const addresses = new InterfaceAddresses({
      clock,
      random,
      mac: device.address,
      defence: addressDefence,
      ask: (target, sender) => arp.ask(target, sender),
      onChanged: () => {
        this.neighbours.clear()
        host.addressesChanged(this, this.#gateways.all)
      },
    })
    const arp = new Arp({
      mac: device.address,
      isOwn: (address) => addresses.has(address),
      isOnLink: (address) => addresses.isOnLink(address),
      sourceFor: (target) => addresses.sourceFor(target),
      transmit,
      onArp: (packet) => addresses.meet(packet),
      onHeard: (address, mac, mayAdd) => this.neighbours.heard(address, mac, mayAdd),
    })
    this.neighbours = new NeighbourCache<Ipv4Address>({
      clock,
      memory,
      ask: (address) => arp.ask(address),
      askAgain: (address, mac) => arp.askAgain(address, mac),
      transmit,
      onLoss: (reason) => link.lost.add(reason),
      onUnreachable: (address) => host.unreachable(this, address),
      onUndeliverable: (frame) => host.undeliverable(this, frame),
    })
    link.handle(ETHERTYPE_ARP, (frame, end) => arp.receive(frame.octets, ETHERNET_HEADER_OCTETS, end))
    link.onLink((up) => {
      if (!up) this.neighbours.clear()
      host.linkChanged(this)
      this.#ipv6?.linkChanged(up)
    })
    this.#link = link
    this.#addresses = addresses
    this.#groups = new GroupFilter(device)
  }

  get device(): FrameDevice {
    return this.#link.device
  }

  /** The first of its addresses; 0.0.0.0 while it has none. */
  get address(): Ipv4Address {
    return this.addresses[0]?.address ?? 0
  }

  get prefixLength(): number {
    return this.addresses[0]?.prefixLength ?? 0
  }

  /** Those in use. */
  get addresses(): readonly Ipv4Interface[] {
    return this.#addresses.used
  }

  /** The first of its routers. */
  get gateway(): Ipv4Address | undefined {
    return this.#gateways.first
  }

  /** Its routers, the preferred one first. */
  get gateways(): readonly Ipv4Address[] {
    return this.#gateways.all
  }

  get linkUp(): boolean {
    return this.device.linkUp
  }

  /** What IPv6 has there; undefined where it has nothing. */
  get ipv6(): Ipv6Interface | undefined {
    return this.#ipv6
  }

  /**
   * Brings IPv6 up on the link.
   * @param make what makes it: who has no IPv6 has nothing of it in its bundle
   * @throws RangeError as `Ipv6Interface`
   */
  addIpv6(network: Ipv6, make: (link: EthernetLink, groups: GroupFilter) => Ipv6Interface): Ipv6Interface {
    const added = make(this.#link, this.#groups)
    this.#ipv6 = added
    this.#link.handle(ETHERTYPE_IPV6, (frame, end, toGroup, more) => {
      network.receive(added, frame, end, toGroup, more)
      return undefined
    })
    return added
  }

  /** Gives the frames of an EtherType to a handler; ARP has one already. */
  handle(etherType: number, handler: FrameHandler): void {
    this.#link.handle(etherType, handler)
  }

  /** As `EthernetLink.onLink`. */
  onLink(listener: (up: boolean) => void): () => void {
    return this.#link.onLink(listener)
  }

  /** As `EthernetLink.onTrace`. */
  onTrace(listener: (direction: 'in' | 'out', frame: Uint8Array) => void): () => void {
    return this.#link.onTrace(listener)
  }

  /**
   * Calls `listener` at each claim of another station to an address of this interface; `givenUp`: it is not used any more,
   * as `addressDefence` has it. Returns the function that unsubscribes the listener.
   */
  onConflict(listener: (mac: MacAddress, givenUp: boolean, address: Ipv4Address) => void): () => void {
    return this.#addresses.onConflict(listener)
  }

  /** Calls `listener` when an address that was given up is in use again. Returns the function that unsubscribes the listener. */
  onRegain(listener: (address: Ipv4Address) => void): () => void {
    return this.#addresses.onRegain(listener)
  }

  /** The last claim of another station to each of the addresses that it was given. */
  get claims(): AddressClaim[] {
    return this.#addresses.claims
  }

  get counters(): InterfaceCounters {
    return {
      ...this.#link.counters,
      addressConflicts: this.#addresses.conflictsMet,
      dropped: this.#link.lost.snapshot(),
      ...(this.#ipv6 === undefined ? {} : { ipv6: this.#ipv6.counters }),
    }
  }

  /** Takes frames and sends again after `stop`. */
  start(): void {
    this.#link.running = true
    this.#ipv6?.linkChanged(true)
  }

  /**
   * Takes nothing and sends nothing until `start`; neighbours are forgotten, and who claimed its addresses. What arrives is
   * counted and dropped.
   */
  stop(): void {
    this.neighbours.clear()
    this.#addresses.stop()
    this.#ipv6?.stop()
    this.#link.running = false
  }

  /**
   * Takes this address instead of those it has; neighbours are forgotten.
   * @param gateway as in `InterfaceOptions`
   * @throws RangeError when an address is invalid, or can be no host's or router's (RFC 1122 3.2.1.3)
   */
  configure(address: string | Ipv4Interface, gateway: GivenGateways = []): void {
    const own = hostInterface(address)
    this.#gateways.set(own, gateway)
    this.#addresses.set(own)
  }

  /** One more address. @throws RangeError when it is invalid, or can be no host's. */
  addAddress(address: string | Ipv4Interface): void {
    this.#addresses.add(hostInterface(address))
  }

  removeAddress(address: string | Ipv4Address): void {
    this.#addresses.remove(typeof address === 'string' ? ipv4(address) : address)
  }

  /** Has no address any more, and no gateway. */
  unconfigure(): void {
    this.#gateways.clear()
    this.#addresses.clear()
  }

  /**
   * Asks by ARP whether somebody has an address (RFC 5227 2.1.1); it takes 4 s to 7 s.
   * @param done is called once, later, with the Ethernet address of the station that has it
   * @returns what takes the question back
   */
  check(address: string | Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void {
    return this.#addresses.check(typeof address === 'string' ? ipv4(address) : address, done)
  }

  /** Tells everyone on the link its addresses, twice, two seconds apart (RFC 5227 2.3). */
  announce(): void {
    this.#addresses.announce()
  }

  /**
   * Takes an address as `configure` does, but only if nobody has it, and announces it (RFC 5227 2.1, 2.3).
   * @param done is called once, later, with the Ethernet address of the station that has it
   * @throws RangeError as `configure`
   */
  claim(
    address: string | Ipv4Interface,
    gateway: GivenGateways | undefined,
    done: (taken: MacAddress | undefined) => void,
  ): () => void {
    const own = hostInterface(address)
    return this.check(own.address, (taken) => {
      if (taken === undefined) {
        this.configure(own, gateway)
        this.announce()
      }
      done(taken)
    })
  }

  /** As `Stack.ping`. */
  ping(destination: string | Ipv4Address, options: PingOptions, done: (result: PingResult) => void): void {
    this.#host.ping(destination, options, done)
  }

  transmit(frame: FrameBuffer, end: number, hop: Hop): SendResult {
    const link = this.#link
    if (!link.running) {
      link.lost.add('interface stopped')
      return 'refused'
    }
    link.writeHeader(frame, ETHERTYPE_IPV4)
    if (hop.kind === 'unicast') return this.neighbours.send(frame, end, hop)
    if (hop.kind === 'broadcast') for (let i = 0; i < MAC_OCTETS; i++) frame.octets[i] = 0xff
    else writeGroupMac(hop.nextHop, frame.octets)
    return link.send(frame.view(end)) ? 'sent' : 'refused'
  }

  doubt(nextHop: Ipv4Address): void {
    this.neighbours.doubt(nextHop)
  }

  setGroups(groups: readonly Ipv4Address[]): void {
    this.#groups.set(ETHERTYPE_IPV4, groupMacs(groups))
  }
}
