/**
 * One network interface of a host: a frame device, the addresses it has there, and its neighbours. It puts datagrams into
 * frames and takes them out again; everything above is the stack's.
 */
import type { Clock } from '../hal/clock.js'
import { Tally } from '../hal/counters.js'
import type { FrameDevice } from '../hal/frame-device.js'
import { Listeners } from '../hal/listeners.js'
import type { Random } from '../hal/random.js'
import {
  ALL_HOSTS,
  directedBroadcast,
  hostInterface,
  type Ipv4Address,
  type Ipv4Interface,
  ipv4,
  isGroupMac,
  MAC_OCTETS,
  type MacAddress,
  networkNumber,
  onLink,
  routersFor,
} from './address.js'
import { FrameBuffer } from './frame-buffer.js'
import type { PingOptions, PingResult } from './icmp/ping.js'
import type { Hop, Link } from './ipv4/link.js'
import { AddressConflicts, type AddressDefence } from './link/address-conflicts.js'
import { NeighbourCache, type NeighbourLoss, sameMac } from './link/neighbour-cache.js'
import type { MemoryBudget } from './memory-budget.js'
import type { SendResult } from './network-layer.js'
import {
  ETHERNET_HEADER_OCTETS,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  ETHERTYPE_VLAN,
  LOWEST_ETHERTYPE,
} from './wire/ethernet.js'
import { readUint16 } from './wire/octets.js'
import { unwrapSnap } from './wire/snap.js'

/** Why a frame went no further. */
export type InterfaceLoss =
  | NeighbourLoss
  | 'frame truncated'
  | 'frame too long'
  | 'frame for another station'
  | 'VLAN tag'
  | 'EtherType not handled'
  | 'interface stopped'
  | 'refused by the device'

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
  gateway?: string | Ipv4Address | readonly Ipv4Address[]
  /** The most octets of an IP datagram in one frame; Ethernet's 1500 unless told otherwise. */
  mtu?: number
  /** What becomes of an address that another station claims (RFC 5227 2.4); `defend` unless told otherwise. */
  addressDefence?: AddressDefence
  /**
   * Takes frames whatever station they are for, as if they were for this one; false unless told otherwise. A device may do
   * without an address filter: of what it hands over, an interface takes what is for its own address and for groups.
   */
  promiscuous?: boolean
}

/** An address of an interface that another station claims or claimed. */
export interface AddressClaim {
  readonly address: Ipv4Address
  /** Who claimed it last. */
  readonly mac: MacAddress
  /** On the clock, in nanoseconds. */
  readonly at: number
  /** It is not in use now; it is asked for, and used again when nobody has it (RFC 5227 2.1). */
  readonly givenUp: boolean
}

/** What an interface needs of the stack that it belongs to. */
export interface InterfaceHost {
  readonly clock: Clock
  readonly random: Random
  readonly memory: MemoryBudget
  receiveIpv4(link: Link, frame: FrameBuffer, end: number, linkGroup: boolean, more: boolean): void
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

export interface InterfaceCounters {
  readonly framesReceived: number
  readonly framesSent: number
  /** Ethernet headers included, without padding and FCS. */
  readonly octetsReceived: number
  readonly octetsSent: number
  readonly addressConflicts: number
  readonly dropped: Readonly<Partial<Record<InterfaceLoss, number>>>
}

const VLAN_TAG_OCTETS = 4
const VLAN_IDENTIFIER = 0x0fff

export class NetworkInterface implements Link {
  readonly name: string
  readonly device: FrameDevice
  /** May be lowered, and raised again up to what it was (DHCP option 26). */
  mtu: number
  readonly loopback = false
  readonly neighbours: NeighbourCache
  readonly #host: InterfaceHost
  readonly #promiscuous: boolean
  readonly #conflicts: AddressConflicts
  readonly #lost = new Tally<InterfaceLoss>()
  /** What arrives is copied here before anything looks at it: the device's octets are valid during the call only. */
  readonly #received: FrameBuffer
  #running = true
  /** Those it was given; in use are those that it did not have to give up. */
  #given: readonly Ipv4Interface[] = []
  #addresses: readonly Ipv4Interface[] = []
  #gateways: readonly Ipv4Address[] = []
  #framesReceived = 0
  #framesSent = 0
  #octetsReceived = 0
  #octetsSent = 0
  #conflictsMet = 0
  readonly #claims = new Map<Ipv4Address, { readonly mac: MacAddress; readonly at: number }>()
  readonly #linkListeners = new Listeners<[up: boolean]>()
  readonly #traceListeners = new Listeners<[direction: 'in' | 'out', frame: Uint8Array]>()
  readonly #conflictListeners = new Listeners<[mac: MacAddress, givenUp: boolean, address: Ipv4Address]>()
  readonly #regainListeners = new Listeners<[address: Ipv4Address]>()

  /** Takes the device's `handleFrame` and `handleLink`, and runs. @throws RangeError when an address is none. */
  constructor(host: InterfaceHost, options: InterfaceOptions & { mtu: number }) {
    const { name, device, mtu, addressDefence = 'defend', promiscuous = false } = options
    this.name = name
    this.device = device
    this.mtu = mtu
    this.#promiscuous = promiscuous
    this.#host = host
    this.#received = new FrameBuffer(ETHERNET_HEADER_OCTETS + mtu)
    this.neighbours = new NeighbourCache({
      clock: host.clock,
      memory: host.memory,
      mac: device.address,
      isOwn: (address) => this.#has(address),
      isOnLink: (address) => this.#isOnLink(address),
      sourceFor: (target) => this.#sourceFor(target),
      transmit: (frame) => this.#transmit(frame),
      onLoss: (reason) => this.#lost.add(reason),
      onUnreachable: (address) => host.unreachable(this, address),
      onUndeliverable: (frame) => host.undeliverable(this, frame),
      onArp: (arp) => this.#conflicts.receive(arp),
    })
    this.#conflicts = new AddressConflicts({
      clock: host.clock,
      random: host.random,
      mac: device.address,
      isOwn: (address) => this.#has(address),
      defence: addressDefence,
      ask: (target, sender) => this.neighbours.ask(target, sender),
      onConflict: (address, claimant, givenUp) => {
        this.#conflictsMet++
        this.#claims.set(address, { mac: claimant, at: host.clock.now })
        if (givenUp) this.#change(this.#given)
        this.#conflictListeners.tell(claimant, givenUp, address)
      },
      onRegained: (address) => {
        this.#change(this.#given)
        this.#conflicts.announce(address)
        this.#regainListeners.tell(address)
      },
    })
    device.handleFrame = (frame, more) => this.#receive(frame, more === true)
    device.handleLink = (up) => {
      if (!up) this.neighbours.clear()
      host.linkChanged(this)
      this.#linkListeners.tell(up)
    }
  }

  /** The first of its addresses; 0.0.0.0 while it has none. */
  get address(): Ipv4Address {
    return this.#addresses[0]?.address ?? 0
  }

  get prefixLength(): number {
    return this.#addresses[0]?.prefixLength ?? 0
  }

  get addresses(): readonly Ipv4Interface[] {
    return this.#addresses
  }

  /** The first of its routers. */
  get gateway(): Ipv4Address | undefined {
    return this.#gateways[0]
  }

  /** Its routers, the preferred one first. */
  get gateways(): readonly Ipv4Address[] {
    return this.#gateways
  }

  get linkUp(): boolean {
    return this.device.linkUp
  }

  /** Calls `listener` when the device reports the link up or down. Returns what takes it off again. */
  onLink(listener: (up: boolean) => void): () => void {
    return this.#linkListeners.add(listener)
  }

  /**
   * Calls `listener` with each frame the device received or took, before anything looks at it. The frame is valid during the
   * call, and not to be changed. Returns what takes the listener off again.
   */
  onTrace(listener: (direction: 'in' | 'out', frame: Uint8Array) => void): () => void {
    return this.#traceListeners.add(listener)
  }

  /**
   * Calls `listener` at each claim of another station to an address of this interface; `givenUp`: it is not used any more,
   * as `addressDefence` has it. Returns what takes the listener off again.
   */
  onConflict(listener: (mac: MacAddress, givenUp: boolean, address: Ipv4Address) => void): () => void {
    return this.#conflictListeners.add(listener)
  }

  /** Calls `listener` when an address that was given up is in use again. Returns what takes the listener off again. */
  onRegain(listener: (address: Ipv4Address) => void): () => void {
    return this.#regainListeners.add(listener)
  }

  /** The last claim of another station to each of the addresses that it was given. */
  get claims(): AddressClaim[] {
    return Array.from(this.#claims, ([address, { mac, at }]) => {
      return { address, mac, at, givenUp: this.#conflicts.hasGivenUp(address) }
    })
  }

  get counters(): InterfaceCounters {
    return {
      framesReceived: this.#framesReceived,
      framesSent: this.#framesSent,
      octetsReceived: this.#octetsReceived,
      octetsSent: this.#octetsSent,
      addressConflicts: this.#conflictsMet,
      dropped: this.#lost.snapshot(),
    }
  }

  /** Takes frames and sends again after `stop`. */
  start(): void {
    this.#running = true
  }

  /**
   * Takes nothing and sends nothing until `start`; neighbours are forgotten, and who claimed its addresses. What arrives is
   * counted and dropped.
   */
  stop(): void {
    this.neighbours.clear()
    this.#conflicts.stop()
    this.#claims.clear()
    if (this.#addresses.length < this.#given.length) this.#change(this.#given)
    this.#running = false
  }

  /**
   * Takes this address instead of those it has; neighbours are forgotten.
   * @param gateway as in `InterfaceOptions`
   * @throws RangeError when an address is none, or can be no host's or router's (RFC 1122 3.2.1.3)
   */
  configure(address: string | Ipv4Interface, gateway: InterfaceOptions['gateway'] = []): void {
    const own = hostInterface(address)
    this.#gateways = routersFor(own, gateway)
    for (const each of [...this.#given, own]) this.#forgetClaims(each.address)
    this.#change([own])
  }

  /** One more address. @throws RangeError when it is none, or can be no host's. */
  addAddress(address: string | Ipv4Interface): void {
    const own = hostInterface(address)
    this.#forgetClaims(own.address)
    this.#change([...this.#given.filter((other) => other.address !== own.address), own])
  }

  removeAddress(address: string | Ipv4Address): void {
    const gone = typeof address === 'string' ? ipv4(address) : address
    this.#forgetClaims(gone)
    this.#change(this.#given.filter((own) => own.address !== gone))
  }

  /** Has no address any more, and no gateway. */
  unconfigure(): void {
    this.#gateways = []
    for (const { address } of this.#given) this.#forgetClaims(address)
    this.#change([])
  }

  /**
   * Asks by ARP whether somebody has an address (RFC 5227 2.1.1); it takes 4 s to 7 s.
   * @param done is called once, later, with the Ethernet address of who has it
   * @returns what takes the question back
   */
  check(address: string | Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void {
    return this.#conflicts.check(typeof address === 'string' ? ipv4(address) : address, done)
  }

  /** Tells everyone on the link its addresses, twice, two seconds apart (RFC 5227 2.3). */
  announce(): void {
    for (const { address } of this.#addresses) this.#conflicts.announce(address)
  }

  /**
   * Takes an address as `configure` does, but only if nobody has it, and announces it (RFC 5227 2.1, 2.3).
   * @param done is called once, later, with the Ethernet address of who has it
   * @throws RangeError as `configure`
   */
  claim(
    address: string | Ipv4Interface,
    gateway: InterfaceOptions['gateway'],
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
    if (!this.#running) {
      this.#lost.add('interface stopped')
      return 'refused'
    }
    const { octets } = frame
    const mac = this.device.address
    for (let i = 0; i < MAC_OCTETS; i++) octets[MAC_OCTETS + i] = mac[i]
    octets[12] = ETHERTYPE_IPV4 >> 8
    octets[13] = ETHERTYPE_IPV4 & 0xff
    if (hop.kind === 'unicast') return this.neighbours.send(frame, end, hop)
    if (hop.kind === 'broadcast') for (let i = 0; i < MAC_OCTETS; i++) octets[i] = 0xff
    else {
      writeGroupMac(hop.nextHop, octets)
    }
    return this.#transmit(frame.view(end)) ? 'sent' : 'refused'
  }

  doubt(nextHop: Ipv4Address): void {
    this.neighbours.doubt(nextHop)
  }

  setGroups(groups: readonly Ipv4Address[]): void {
    // Who is a member listens to queries about all groups, too.
    const wanted = groups.length === 0 ? [] : [ALL_HOSTS, ...groups]
    this.device.setGroups?.(wanted.map((group) => writeGroupMac(group, new Uint8Array(MAC_OCTETS))))
  }

  #change(given: readonly Ipv4Interface[]): void {
    this.#given = given
    this.#addresses = given.filter(({ address }) => !this.#conflicts.hasGivenUp(address))
    this.neighbours.clear()
    this.#host.addressesChanged(this, this.#gateways)
  }

  /** Who told of an address decides anew: it is not given up any more, and an earlier claim is none. */
  #forgetClaims(address: Ipv4Address): void {
    this.#conflicts.forget(address)
    this.#claims.delete(address)
  }

  #has(address: Ipv4Address): boolean {
    for (const own of this.#addresses) if (own.address === address) return true
    return false
  }

  /** A network's own address and its broadcast are no host's (RFC 1122 3.2.1.3); of 31 bits and more all are (RFC 3021). */
  #isOnLink(address: Ipv4Address): boolean {
    for (const own of this.#addresses) {
      if (!onLink(own, address)) continue
      return address !== networkNumber(own) && address !== directedBroadcast(own)
    }
    return false
  }

  #sourceFor(target: Ipv4Address): Ipv4Address {
    for (const own of this.#addresses) if (onLink(own, target)) return own.address
    return this.address
  }

  #transmit(frame: Uint8Array): boolean {
    if (!this.device.send(frame)) {
      this.#lost.add('refused by the device')
      return false
    }
    this.#framesSent++
    this.#octetsSent += frame.length
    if (this.#traceListeners.size > 0) this.#traceListeners.tell('out', frame)
    return true
  }

  #receive(frame: Uint8Array, more: boolean): void {
    if (!this.#running) {
      this.#lost.add('interface stopped')
      return
    }
    this.#framesReceived++
    this.#octetsReceived += frame.length
    if (this.#traceListeners.size > 0) this.#traceListeners.tell('in', frame)
    const loss = this.#take(frame, more)
    if (loss !== undefined) this.#lost.add(loss)
    if (!more) this.#host.batchEnd()
  }

  #take(frame: Uint8Array, more: boolean): InterfaceLoss | undefined {
    if (frame.length < ETHERNET_HEADER_OCTETS) return 'frame truncated'
    if (!isGroupMac(frame) && !this.#promiscuous && !sameMac(frame, this.device.address))
      return 'frame for another station'
    const { octets } = this.#received
    const tagged = readUint16(frame, 12) === ETHERTYPE_VLAN
    if (frame.length - (tagged ? VLAN_TAG_OCTETS : 0) > octets.length) return 'frame too long'
    let end = frame.length
    if (tagged) {
      // VLAN 0 is no VLAN, only a priority (IEEE 802.1Q 6.9.1).
      if (end < ETHERNET_HEADER_OCTETS + VLAN_TAG_OCTETS) return 'frame truncated'
      if ((readUint16(frame, 14) & VLAN_IDENTIFIER) !== 0) return 'VLAN tag'
      octets.set(frame.subarray(0, 2 * MAC_OCTETS))
      octets.set(frame.subarray(2 * MAC_OCTETS + VLAN_TAG_OCTETS), 2 * MAC_OCTETS)
      end -= VLAN_TAG_OCTETS
    } else octets.set(frame)
    return this.#hand(end, more)
  }

  /** Hands over what the frame received carries. */
  #hand(end: number, more: boolean): InterfaceLoss | undefined {
    const { octets } = this.#received
    const etherType = readUint16(octets, 12)
    if (etherType === ETHERTYPE_IPV4) {
      this.#host.receiveIpv4(this, this.#received, end, isGroupMac(octets), more)
      return undefined
    }
    if (etherType === ETHERTYPE_ARP) return this.neighbours.receive(octets, ETHERNET_HEADER_OCTETS, end)
    if (etherType >= LOWEST_ETHERTYPE) return 'EtherType not handled'
    const unwrapped = unwrapSnap(octets, end)
    return typeof unwrapped === 'string' ? unwrapped : this.#hand(unwrapped, more)
  }
}

/** The Ethernet address of a group: its low 23 bits below 01-00-5E-00-00-00 (RFC 1112 6.4). */
function writeGroupMac(group: Ipv4Address, octets: Uint8Array): Uint8Array {
  octets[0] = 0x01
  octets[1] = 0x00
  octets[2] = 0x5e
  octets[3] = (group >>> 16) & 0x7f
  octets[4] = group >>> 8
  octets[5] = group
  return octets
}
