/**
 * Who on this link has which Ethernet address: the ARP cache with its requests and replies (RFC 826; RFC 1122 2.3.2).
 * Frames wait while an address is asked for (RFC 1122 2.3.2.2: at least the latest), as many as the budget has room for.
 */
import { type Clock, SECOND, type Timer } from '../hal/clock.js'
import { BROADCAST_MAC, type Ipv4Address, isGroupMac, isHostAddress, MAC_OCTETS, type MacAddress } from './address.js'
import type { FrameBuffer } from './frame-buffer.js'
import type { Hop } from './ipv4/link.js'
import type { MemoryBudget } from './memory-budget.js'
import type { SendResult } from './network-layer.js'
import { ARP_OCTETS, ARP_REPLY, ARP_REQUEST, type ArpFault, type ArpPacket, emitArp, parseArp } from './wire/arp.js'
import { ETHERNET_HEADER_OCTETS, ETHERTYPE_ARP, emitEthernet } from './wire/ethernet.js'

/** How long an entry is believed after the neighbour was last heard (RFC 1122 2.3.2.1: on the order of a minute). */
export const NEIGHBOUR_LIFETIME = 60 * SECOND
/** Between requests for one address (RFC 1122 2.3.2.1: at most one a second). */
export const REQUEST_INTERVAL = SECOND
export const REQUEST_LIMIT = 3
/** An entry in use this near its end is asked for once more, by unicast, so that nothing has to wait (RFC 1122 2.3.2.1 (2)). */
export const REFRESH_BEFORE = 10 * SECOND
/**
 * Neighbours remembered by a stack with so many octets for its buffers: 8 on a microcontroller, 1024 on a computer. Beyond
 * it the one longest unheard makes room.
 */
export function neighbourLimit(memory: number): number {
  return Math.min(1024, Math.max(8, memory >> 10))
}
/** Frames that wait for one neighbour: as many as a datagram of 64 KiB has fragments, and some. */
export const WAITING_LIMIT = 64
/** What of the memory budget may wait for one neighbour. */
const WAITING_SHARE = 1 / 4
const WAITING = 'frames waiting for a neighbour'

export type NeighbourLoss =
  | `ARP ${ArpFault}`
  | 'ARP operation'
  | 'ARP sender'
  | 'ARP reply refused'
  | 'neighbour unknown'
  | 'waiting frame replaced'
  | 'no memory for a waiting frame'

/** What is known of a neighbour. Routes keep it, so that a frame costs no search. */
export interface Neighbour {
  readonly address: Ipv4Address
  mac: MacAddress | undefined
  /** When `mac` stops being believed. */
  expires: number
  requests: number
  /** When a refresh may be asked for again. */
  refreshFrom: number
  retry: Timer | undefined
  /** Whole frames, the oldest first. */
  readonly waiting: Uint8Array[]
  waitingOctets: number
  /** Whether the cache still has it. */
  known: boolean
}

export interface NeighbourOptions {
  clock: Clock
  memory: MemoryBudget
  mac: MacAddress
  isOwn(address: Ipv4Address): boolean
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
  readonly #limit: number
  readonly #waitingLimit: number

  constructor(options: NeighbourOptions) {
    this.#options = options
    this.#limit = neighbourLimit(options.memory.limit)
    this.#waitingLimit = Math.floor(options.memory.limit * WAITING_SHARE)
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
      neighbour = this.#neighbour(hop.nextHop)
      hop.neighbour = neighbour
    }
    const { mac } = neighbour
    const { now } = this.#options.clock
    if (mac === undefined || neighbour.expires <= now) return this.#wait(neighbour, frame, end)
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
    if (isGroupMac(arp.senderMac) || (!probe && !isHostAddress(arp.senderAddress))) return 'ARP sender'
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
    for (const neighbour of this.#neighbours.values()) this.#forget(neighbour)
    this.#neighbours.clear()
  }

  #neighbour(address: Ipv4Address): Neighbour {
    let neighbour = this.#neighbours.get(address | 0)
    if (neighbour === undefined) {
      if (this.#neighbours.size >= this.#limit) this.#makeRoom()
      neighbour = {
        address,
        mac: undefined,
        expires: 0,
        requests: 0,
        refreshFrom: 0,
        retry: undefined,
        waiting: [],
        waitingOctets: 0,
        known: true,
      }
      this.#neighbours.set(address | 0, neighbour)
    }
    return neighbour
  }

  #makeRoom(): void {
    let oldest: Neighbour | undefined
    for (const neighbour of this.#neighbours.values())
      if (oldest === undefined || neighbour.expires < oldest.expires) oldest = neighbour
    if (oldest === undefined) return
    this.#neighbours.delete(oldest.address | 0)
    this.#forget(oldest)
  }

  #forget(neighbour: Neighbour): void {
    this.#options.clock.cancel(neighbour.retry)
    neighbour.retry = undefined
    neighbour.known = false
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour))
      this.#options.onLoss('neighbour unknown')
  }

  #wait(neighbour: Neighbour, frame: FrameBuffer, end: number): SendResult {
    const { memory } = this.#options
    neighbour.mac = undefined
    // The latest is kept, at the expense of those before it (RFC 1122 2.3.2.2).
    while (
      neighbour.waiting.length > 0 &&
      (neighbour.waiting.length >= WAITING_LIMIT ||
        neighbour.waitingOctets + end > this.#waitingLimit ||
        end > memory.free)
    ) {
      this.#next(neighbour)
      this.#options.onLoss('waiting frame replaced')
    }
    // Asked for even where the frame cannot wait: it will be sent again, and then go.
    if (neighbour.retry === undefined) this.#request(neighbour)
    if (!memory.take(end, WAITING)) {
      this.#options.onLoss('no memory for a waiting frame')
      return 'refused'
    }
    neighbour.waiting.push(frame.octets.slice(0, end))
    neighbour.waitingOctets += end
    return 'sent'
  }

  /** Takes the oldest waiting frame off the queue. */
  #next(neighbour: Neighbour): Uint8Array | undefined {
    const frame = neighbour.waiting.shift()
    if (frame === undefined) return undefined
    neighbour.waitingOctets -= frame.length
    this.#options.memory.give(frame.length, WAITING)
    return frame
  }

  #learn(address: Ipv4Address, mac: MacAddress, add: boolean): void {
    const known = this.#neighbours.get(address | 0)
    if (known === undefined && !add) return
    const neighbour = known ?? this.#neighbour(address)
    neighbour.mac = mac
    neighbour.expires = this.#options.clock.now + NEIGHBOUR_LIFETIME
    neighbour.refreshFrom = neighbour.expires - REFRESH_BEFORE
    neighbour.requests = 0
    this.#options.clock.cancel(neighbour.retry)
    neighbour.retry = undefined
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour)) {
      frame.set(mac, 0)
      this.#options.transmit(frame)
    }
  }

  #request(neighbour: Neighbour): void {
    neighbour.retry = undefined
    const { address } = neighbour
    if (neighbour.requests >= REQUEST_LIMIT) {
      this.#neighbours.delete(address | 0)
      neighbour.known = false
      this.#options.onUnreachable(address)
      for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour))
        if (!this.#options.onUndeliverable(frame)) this.#options.onLoss('neighbour unknown')
      return
    }
    neighbour.requests++
    neighbour.retry = this.#options.clock.after(REQUEST_INTERVAL, () => this.#request(neighbour))
    // A request that the device refuses is counted there, and asked again by the timer.
    this.ask(address, this.#options.sourceFor(address))
  }

  #refresh(neighbour: Neighbour, mac: MacAddress): void {
    neighbour.refreshFrom = this.#options.clock.now + REQUEST_INTERVAL
    const { address } = neighbour
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
