/**
 * Who on this link has which Ethernet address: the ARP cache with its requests and replies (RFC 826; RFC 1122 2.3.2).
 * Frames wait while an address is asked for (RFC 1122 2.3.2.2: at least the latest), as many as the budget has room for.
 *
 * Whoever is on the link can have entries made, by asking (RFC 826), or by asking for answers under any number of names.
 * What that fills is their own part of the cache: who makes room for whom stands in `#makeRoom`.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import { powerOfTwo } from '../../math/power-of-two.js'
import {
  BROADCAST_MAC,
  type Ipv4Address,
  isGroupMac,
  isHostAddress,
  isLoopback,
  MAC_OCTETS,
  type MacAddress,
} from '../address.js'
import type { FrameBuffer } from '../frame-buffer.js'
import type { Hop } from '../ipv4/link.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { SendResult } from '../network-layer.js'
import { ARP_OCTETS, ARP_REPLY, ARP_REQUEST, type ArpFault, type ArpPacket, emitArp, parseArp } from '../wire/arp.js'
import { ETHERNET_HEADER_OCTETS, ETHERTYPE_ARP, emitEthernet } from '../wire/ethernet.js'
import { ArpRequestLimit, REQUEST_INTERVAL } from './request-limit.js'

/** How long an entry is believed after the neighbour was last heard (RFC 1122 2.3.2.1: on the order of a minute). */
export const NEIGHBOUR_LIFETIME = 60 * SECOND
/** A neighbour that something was sent to within this time is in use. */
const IN_USE = NEIGHBOUR_LIFETIME
/** Requests without an answer after which what waits is given up. */
export const REQUEST_LIMIT = 3
/** An entry in use this near its end is asked for once more, by unicast, so that nothing has to wait (RFC 1122 2.3.2.1 (2)). */
export const REFRESH_BEFORE = 10 * SECOND
/** Neighbours remembered by a stack with so many octets for its buffers: 8 on a microcontroller, 1024 on a computer. */
export function neighbourLimit(memory: number): number {
  return Math.min(1024, Math.max(8, memory >> 10))
}
/** Of them, those that are asked for and have not answered: half. */
const UNRESOLVED_SHARE = 1 / 2
/** Addresses whose last request is remembered: each of a network of 24 bits, and more where the cache is larger. */
function requestPlaces(neighbours: number): number {
  return Math.max(256, 4 * powerOfTwo(neighbours))
}
/** Frames that wait for one neighbour: as many as a datagram of 64 KiB has fragments, and some. */
export const WAITING_LIMIT = 64
const WAITING = 'frames waiting for a neighbour'

export type NeighbourLoss =
  | `ARP ${ArpFault}`
  | 'ARP operation'
  | 'ARP sender'
  | 'ARP reply refused'
  | 'neighbour unknown'
  | 'neighbour evicted'
  | 'waiting frame replaced'
  | 'waiting frame gave way'
  | 'no memory for a waiting frame'

/** What is known of a neighbour. Routes keep it, so that a frame costs no search. */
export interface Neighbour {
  readonly address: Ipv4Address
  /** Undefined: it is being asked for. */
  mac: MacAddress | undefined
  /** When `mac` stops being believed. */
  expires: number
  /** When something was last sent to it; it may only have been heard. */
  usedAt: number
  requests: number
  /** When a refresh may be asked for again. */
  refreshFrom: number
  retry: Timer | undefined
  /** Whole frames, the oldest first. */
  readonly waiting: Uint8Array[]
  /** Whether the cache still has it. */
  known: boolean
}

export interface NeighbourOptions {
  clock: Clock
  memory: MemoryBudget
  mac: MacAddress
  isOwn(address: Ipv4Address): boolean
  /** A host of a network of this link can have the address. */
  isOnLink(address: Ipv4Address): boolean
  /** This end's address to ask for `target` with; 0 while there is none. */
  sourceFor(target: Ipv4Address): Ipv4Address
  transmit(frame: Uint8Array): boolean
  onLoss(reason: NeighbourLoss): void
  /** A neighbour does not answer; told before `onUndeliverable`. */
  onUnreachable(address: Ipv4Address): void
  /** A frame is given up because its neighbour does not answer; true: it went another way. */
  onUndeliverable(frame: Uint8Array): boolean
  /** Each ARP packet before it is judged; true: it claims an address of ours, and no more is made of it. */
  onArp(arp: ArpPacket): boolean
}

export class NeighbourCache {
  readonly #options: NeighbourOptions
  /** By address as a signed word, which is a key that costs no allocation. */
  readonly #neighbours = new Map<number, Neighbour>()
  /** Those of them that are asked for, the longest asked first. */
  readonly #unresolved = new Set<Neighbour>()
  readonly #limit: number
  readonly #requests: ArpRequestLimit

  constructor(options: NeighbourOptions) {
    this.#options = options
    this.#limit = neighbourLimit(options.memory.limit)
    this.#requests = new ArpRequestLimit(requestPlaces(this.#limit))
    options.memory.addYielding({ isLost: false, giveOne: () => this.#giveWay() })
  }

  /** The Ethernet address of a neighbour; undefined when it is not known, or has not been heard for too long. */
  lookup(address: Ipv4Address): MacAddress | undefined {
    const neighbour = this.#neighbours.get(address | 0)
    return neighbour !== undefined && neighbour.expires > this.#options.clock.now ? neighbour.mac : undefined
  }

  /** The neighbours believed now. */
  entries(): { readonly address: Ipv4Address; readonly mac: MacAddress }[] {
    const found: { address: Ipv4Address; mac: MacAddress }[] = []
    for (const { address, mac, expires } of this.#neighbours.values())
      if (mac !== undefined && expires > this.#options.clock.now) found.push({ address, mac })
    return found
  }

  /** Sends a frame to a neighbour: writes its Ethernet address into the first six octets, after asking for it if need be. */
  send(frame: FrameBuffer, end: number, hop: Hop): SendResult {
    let { neighbour } = hop
    if (neighbour === undefined || !neighbour.known) {
      neighbour = this.#neighbours.get(hop.nextHop | 0) ?? this.#addUnresolved(hop.nextHop)
      hop.neighbour = neighbour
    }
    const { mac } = neighbour
    const { now } = this.#options.clock
    if (mac === undefined || neighbour.expires <= now) return this.#wait(neighbour, frame, end)
    neighbour.usedAt = now
    if (neighbour.refreshFrom <= now) this.#refresh(neighbour, mac)
    const { octets } = frame
    for (let i = 0; i < MAC_OCTETS; i++) octets[i] = mac[i]
    return this.#options.transmit(frame.view(end)) ? 'sent' : 'refused'
  }

  /**
   * An ARP packet arrived: RFC 826, "Packet Reception".
   * @returns why it went no further
   */
  receive(frame: Uint8Array, at: number, end: number): NeighbourLoss | undefined {
    const arp = parseArp(frame, at, end)
    if (typeof arp === 'string') return `ARP ${arp}`
    if (arp.operation !== ARP_REQUEST && arp.operation !== ARP_REPLY) return 'ARP operation'
    // A probe has the sender address 0.0.0.0 (RFC 5227 1.1): it is answered and teaches nothing.
    const probe = arp.senderAddress === 0
    const host = isHostAddress(arp.senderAddress) && !isLoopback(arp.senderAddress)
    if (!this.#isStation(arp.senderMac) || (!probe && !host)) return 'ARP sender'
    if (this.#options.onArp(arp)) return undefined
    const forUs = this.#options.isOwn(arp.targetAddress)
    if (!probe) this.#learn(arp.senderAddress, arp.senderMac, forUs)
    if (!forUs || arp.operation !== ARP_REQUEST) return undefined
    const sent = this.#sendArp(
      {
        operation: ARP_REPLY,
        senderMac: this.#options.mac,
        senderAddress: arp.targetAddress,
        targetMac: arp.senderMac,
        targetAddress: arp.senderAddress,
      },
      arp.senderMac,
    )
    return sent ? undefined : 'ARP reply refused'
  }

  /** Another's Ethernet address can be this one: not a group's, nor all zeros, nor our own, from which nothing is answered. */
  #isStation(mac: MacAddress): boolean {
    return !isGroupMac(mac) && mac.some((octet) => octet !== 0) && !sameMac(mac, this.#options.mac)
  }

  /** Asks everyone who has `target`, on behalf of `sender`: 0 probes for it, `target` itself announces it (RFC 5227 1.1). */
  ask(target: Ipv4Address, sender: Ipv4Address): boolean {
    return this.#sendArp(
      {
        operation: ARP_REQUEST,
        senderMac: this.#options.mac,
        senderAddress: sender,
        targetMac: new Uint8Array(MAC_OCTETS),
        targetAddress: target,
      },
      BROADCAST_MAC,
    )
  }

  /**
   * Nothing comes back of what goes over a neighbour (RFC 1122 2.3.2.1 (4), advice of higher layers): it is not believed any
   * more, and asked for anew when something is to go there.
   */
  doubt(address: Ipv4Address): void {
    const neighbour = this.#neighbours.get(address | 0)
    if (neighbour !== undefined) neighbour.expires = Math.min(neighbour.expires, this.#options.clock.now)
  }

  /** Forgets everything: the link is gone, or the address changed. What waited is lost and counted. */
  clear(): void {
    for (const neighbour of this.#neighbours.values()) this.#forget(neighbour, 'neighbour unknown')
  }

  #addUnresolved(address: Ipv4Address): Neighbour {
    if (this.#neighbours.size >= this.#limit) this.#makeRoom(true)
    const neighbour = this.#add(address)
    this.#unresolved.add(neighbour)
    return neighbour
  }

  #add(address: Ipv4Address): Neighbour {
    const neighbour: Neighbour = {
      address,
      mac: undefined,
      expires: 0,
      usedAt: Number.NEGATIVE_INFINITY,
      requests: 0,
      refreshFrom: 0,
      retry: undefined,
      waiting: [],
      known: true,
    }
    this.#neighbours.set(address | 0, neighbour)
    return neighbour
  }

  /**
   * One makes room for another: before all others who has not been heard for so long that nobody believes it any more. Then,
   * if those that are being asked are more than their share, the longest asked; then one that was only heard. One that is
   * only heard itself takes no other place; one to be asked takes that of the longest asked, and of one in use last.
   * @returns false when nobody makes room
   */
  #makeRoom(toAsk: boolean): boolean {
    const { now } = this.#options.clock
    let heard: Neighbour | undefined
    let used: Neighbour | undefined
    for (const neighbour of this.#neighbours.values()) {
      if (neighbour.mac === undefined) continue
      if (neighbour.expires <= now) return this.#evict(neighbour)
      if (neighbour.usedAt + IN_USE <= now) {
        if (heard === undefined || neighbour.expires < heard.expires) heard = neighbour
      } else if (used === undefined || neighbour.usedAt < used.usedAt) used = neighbour
    }
    const [asked] = this.#unresolved
    const asking = this.#unresolved.size + (toAsk ? 1 : 0)
    if (asking > this.#limit * UNRESOLVED_SHARE) return this.#evict(asked)
    return this.#evict(toAsk ? (heard ?? asked ?? used) : heard)
  }

  #evict(neighbour: Neighbour | undefined): boolean {
    if (neighbour === undefined) return false
    this.#forget(neighbour, 'neighbour evicted')
    return true
  }

  #forget(neighbour: Neighbour, loss: NeighbourLoss): void {
    this.#remove(neighbour)
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour))
      this.#options.onLoss(loss)
  }

  #remove(neighbour: Neighbour): void {
    this.#neighbours.delete(neighbour.address | 0)
    this.#resolved(neighbour)
    neighbour.known = false
  }

  /** It is not asked for any more. */
  #resolved(neighbour: Neighbour): void {
    this.#unresolved.delete(neighbour)
    this.#options.clock.cancel(neighbour.retry)
    neighbour.retry = undefined
    neighbour.requests = 0
  }

  #wait(neighbour: Neighbour, frame: FrameBuffer, end: number): SendResult {
    const { memory } = this.#options
    neighbour.mac = undefined
    this.#unresolved.add(neighbour)
    // Asked for even where the frame cannot wait: it will be sent again, and then go.
    if (neighbour.retry === undefined) this.#request(neighbour)
    if (!this.#makeRoomFor(end, neighbour) || !memory.take(end, WAITING)) {
      this.#options.onLoss('no memory for a waiting frame')
      return 'refused'
    }
    neighbour.waiting.push(frame.octets.slice(0, end))
    return 'sent'
  }

  /**
   * The latest is kept (RFC 1122 2.3.2.2): at the expense of those before it to the same neighbour, then of those of who has
   * most that wait, and last of the latest to who has been asked longest.
   * @returns whether there is room now
   */
  #makeRoomFor(octets: number, neighbour: Neighbour): boolean {
    const { memory } = this.#options
    if (neighbour.waiting.length >= WAITING_LIMIT) this.#replace(neighbour)
    // What can never fit drives nobody out.
    if (octets > memory.capOf(WAITING)) return false
    while (octets > memory.freeFor(WAITING)) {
      let most = neighbour
      if (neighbour.waiting.length === 0) {
        for (const other of this.#unresolved) if (other.waiting.length > most.waiting.length) most = other
        if (most.waiting.length === 0) return false
      }
      this.#replace(most)
    }
    return true
  }

  /** One frame less, of who has most that wait, where frames hold more than is theirs. */
  #giveWay(): boolean {
    if (this.#options.memory.heldBeyondReserve(WAITING) === 0) return false
    let most: Neighbour | undefined
    for (const other of this.#unresolved) if (other.waiting.length > (most?.waiting.length ?? 0)) most = other
    if (most === undefined) return false
    this.#next(most)
    this.#options.onLoss('waiting frame gave way')
    return true
  }

  #replace(neighbour: Neighbour): void {
    this.#next(neighbour)
    this.#options.onLoss('waiting frame replaced')
  }

  /** Takes the oldest waiting frame off the queue. */
  #next(neighbour: Neighbour): Uint8Array | undefined {
    const frame = neighbour.waiting.shift()
    if (frame === undefined) return undefined
    this.#options.memory.give(frame.length, WAITING)
    return frame
  }

  /** @param add it asked for an address of ours, or answered: an entry is made of it, if it is a neighbour and there is room */
  #learn(address: Ipv4Address, mac: MacAddress, add: boolean): void {
    let neighbour = this.#neighbours.get(address | 0)
    if (neighbour === undefined) {
      if (!add || !this.#options.isOnLink(address)) return
      if (this.#neighbours.size >= this.#limit && !this.#makeRoom(false)) return
      neighbour = this.#add(address)
    }
    const { now } = this.#options.clock
    neighbour.mac = mac
    neighbour.expires = now + NEIGHBOUR_LIFETIME
    neighbour.refreshFrom = neighbour.expires - REFRESH_BEFORE
    this.#resolved(neighbour)
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour)) {
      neighbour.usedAt = now
      frame.set(mac, 0)
      this.#options.transmit(frame)
    }
  }

  #request(neighbour: Neighbour): void {
    neighbour.retry = undefined
    const { address } = neighbour
    const { clock } = this.#options
    if (neighbour.requests >= REQUEST_LIMIT) {
      this.#giveUp(neighbour)
      return
    }
    // An entry of before may have asked within this second, or an address that shares its place.
    const early = this.#requests.freeFrom(address) - clock.now
    neighbour.retry = clock.after(early > 0 ? early : REQUEST_INTERVAL, () => this.#request(neighbour))
    if (early > 0) return
    neighbour.requests++
    this.#requests.note(address, clock.now)
    // A request that the device refuses is counted there, and asked again by the timer.
    this.ask(address, this.#options.sourceFor(address))
  }

  /** Nobody answers. What waited may go another way. */
  #giveUp(neighbour: Neighbour): void {
    this.#remove(neighbour)
    this.#options.onUnreachable(neighbour.address)
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour))
      if (!this.#options.onUndeliverable(frame)) this.#options.onLoss('neighbour unknown')
  }

  #refresh(neighbour: Neighbour, mac: MacAddress): void {
    const { clock } = this.#options
    const { address } = neighbour
    neighbour.refreshFrom = Math.max(clock.now, this.#requests.freeFrom(address))
    if (neighbour.refreshFrom > clock.now) return
    neighbour.refreshFrom = clock.now + REQUEST_INTERVAL
    this.#requests.note(address, clock.now)
    const senderAddress = this.#options.sourceFor(address)
    const arp = { senderMac: this.#options.mac, senderAddress, targetMac: mac, targetAddress: address }
    this.#sendArp({ operation: ARP_REQUEST, ...arp }, mac)
  }

  #sendArp(arp: ArpPacket, destination: MacAddress): boolean {
    const frame = new Uint8Array(ETHERNET_HEADER_OCTETS + ARP_OCTETS)
    const at = emitEthernet({ destination, source: this.#options.mac, etherType: ETHERTYPE_ARP }, frame)
    emitArp(arp, frame, at)
    return this.#options.transmit(frame)
  }
}

export function sameMac(a: MacAddress, b: MacAddress): boolean {
  for (let i = 0; i < MAC_OCTETS; i++) if (a[i] !== b[i]) return false
  return true
}
