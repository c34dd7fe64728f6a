/**
 * Who on this link has which Ethernet address, as far as it is known and believed. How a neighbour is asked, and how one is heard,
 * is its family's: `arp.ts` for IPv4. Frames wait while an address is asked for (RFC 1122 2.3.2.2: at least the latest), as many
 * as the budget has room for.
 *
 * Whoever is on the link can have entries made, by asking (RFC 826), or by asking for answers under any number of names.
 * What that fills is their own part of the cache: who makes room for whom stands in `#makeRoom`.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import { powerOfTwo } from '../../math/power-of-two.js'
import { MAC_OCTETS, type MacAddress } from '../address.js'
import type { FrameBuffer } from '../frame-buffer.js'
import { addressKey, type IpAddress } from '../ip.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { SendResult } from '../network-layer.js'
import { REQUEST_INTERVAL, RequestLimit } from './request-limit.js'

/** How long an entry is believed after the neighbour was last heard (RFC 1122 2.3.2.1: on the order of a minute). */
export const NEIGHBOUR_LIFETIME = 60 * SECOND
/** A neighbour that something was sent to within this time is in use. */
const IN_USE = NEIGHBOUR_LIFETIME
/** Requests without an answer after which what waits is given up. */
const REQUEST_LIMIT = 3
/** An entry in use this near its end is asked for once more, by unicast, so that nothing has to wait (RFC 1122 2.3.2.1 (2)). */
const REFRESH_BEFORE = 10 * SECOND
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
const WAITING_LIMIT = 64
const WAITING = 'frames waiting for a neighbour'

export type NeighbourLoss =
  | 'neighbour unknown'
  | 'neighbour evicted'
  | 'waiting frame replaced'
  | 'waiting frame gave way'
  | 'no memory for a waiting frame'

/** What is known of a neighbour. */
export interface Neighbour<Address extends IpAddress> {
  readonly address: Address
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

/** Who takes a frame next. It is kept by whoever sends, and the neighbour that was found is kept in it: a frame costs no search. */
export interface NextHop<Address extends IpAddress> {
  readonly nextHop: Address
  neighbour: Neighbour<Address> | undefined
}

export interface NeighbourOptions<Address extends IpAddress> {
  clock: Clock
  memory: MemoryBudget
  /** Asks everyone on the link who has an address. */
  ask(address: Address): void
  /** Asks the one that had it last whether it still has it. */
  askAgain(address: Address, mac: MacAddress): void
  transmit(frame: Uint8Array): boolean
  onLoss(reason: NeighbourLoss): void
  /** A neighbour does not answer; told before `onUndeliverable`. */
  onUnreachable(address: Address): void
  /** A frame is given up because its neighbour does not answer; true: it went another way. */
  onUndeliverable(frame: Uint8Array): boolean
}

/** The neighbours of one family on one link. */
export class NeighbourCache<Address extends IpAddress> {
  readonly #options: NeighbourOptions<Address>
  /** By `addressKey`. */
  readonly #neighbours = new Map<ReturnType<typeof addressKey>, Neighbour<Address>>()
  /** Those of them that are asked for, the longest asked first. */
  readonly #unresolved = new Set<Neighbour<Address>>()
  readonly #limit: number
  readonly #requests: RequestLimit

  constructor(options: NeighbourOptions<Address>) {
    this.#options = options
    this.#limit = neighbourLimit(options.memory.limit)
    this.#requests = new RequestLimit(requestPlaces(this.#limit))
    options.memory.addYielding({ isLost: false, giveOne: () => this.#giveWay() })
  }

  /** The Ethernet address of a neighbour; undefined when it is not known, or has not been heard for too long. */
  lookup(address: Address): MacAddress | undefined {
    const neighbour = this.#neighbours.get(addressKey(address))
    return neighbour !== undefined && neighbour.expires > this.#options.clock.now ? neighbour.mac : undefined
  }

  /** The neighbours believed now. */
  entries(): { readonly address: Address; readonly mac: MacAddress }[] {
    const found: { address: Address; mac: MacAddress }[] = []
    for (const { address, mac, expires } of this.#neighbours.values())
      if (mac !== undefined && expires > this.#options.clock.now) found.push({ address, mac })
    return found
  }

  /** Sends a frame to a neighbour: writes its Ethernet address into the first six octets, after asking for it if need be. */
  send(frame: FrameBuffer, end: number, hop: NextHop<Address>): SendResult {
    let { neighbour } = hop
    if (neighbour === undefined || !neighbour.known) {
      neighbour = this.#neighbours.get(addressKey(hop.nextHop)) ?? this.#addUnresolved(hop.nextHop)
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
   * A neighbour was heard, and has this Ethernet address: what waited for it goes.
   * @param mayAdd an entry is made of one that has none, if there is room
   */
  heard(address: Address, mac: MacAddress, mayAdd: boolean): void {
    let neighbour = this.#neighbours.get(addressKey(address))
    if (neighbour === undefined) {
      if (!mayAdd) return
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

  /**
   * Nothing comes back of what goes over a neighbour (RFC 1122 2.3.2.1 (4), advice of higher layers): everyone is asked at once who has its
   * address. What goes to it meanwhile goes by the old answer, as on Linux: a way that loses much would lose questions too, and keep
   * everything back for each of them. Nobody answers: it is no neighbour any more.
   */
  doubt(address: Address): void {
    const neighbour = this.#neighbours.get(addressKey(address))
    if (neighbour?.mac === undefined || neighbour.retry !== undefined) return
    if (neighbour.expires > this.#options.clock.now) this.#request(neighbour)
  }

  /** Forgets everything: the link is gone, or the address changed. What waited is lost and counted. */
  clear(): void {
    for (const neighbour of this.#neighbours.values()) this.#forget(neighbour, 'neighbour unknown')
  }

  #addUnresolved(address: Address): Neighbour<Address> {
    if (this.#neighbours.size >= this.#limit) this.#makeRoom(true)
    const neighbour = this.#add(address)
    this.#unresolved.add(neighbour)
    return neighbour
  }

  #add(address: Address): Neighbour<Address> {
    const neighbour: Neighbour<Address> = {
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
    this.#neighbours.set(addressKey(address), neighbour)
    return neighbour
  }

  /**
   * One makes room for another: first the one that has not been heard for so long that its entry is stale. Then,
   * if those that are being asked are more than their share, the longest asked; then one that was only heard. One that is
   * only heard itself takes no other place; one to be asked takes that of the longest asked, and of one in use last.
   * @returns false when nobody makes room
   */
  #makeRoom(toAsk: boolean): boolean {
    const { now } = this.#options.clock
    let heard: Neighbour<Address> | undefined
    let used: Neighbour<Address> | undefined
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

  #evict(neighbour: Neighbour<Address> | undefined): boolean {
    if (neighbour === undefined) return false
    this.#forget(neighbour, 'neighbour evicted')
    return true
  }

  #forget(neighbour: Neighbour<Address>, loss: NeighbourLoss): void {
    this.#remove(neighbour)
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour))
      this.#options.onLoss(loss)
  }

  #remove(neighbour: Neighbour<Address>): void {
    this.#neighbours.delete(addressKey(neighbour.address))
    this.#resolved(neighbour)
    neighbour.known = false
  }

  /** It is not asked for any more. */
  #resolved(neighbour: Neighbour<Address>): void {
    this.#unresolved.delete(neighbour)
    this.#options.clock.cancel(neighbour.retry)
    neighbour.retry = undefined
    neighbour.requests = 0
  }

  #wait(neighbour: Neighbour<Address>, frame: FrameBuffer, end: number): SendResult {
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
   * The latest is kept (RFC 1122 2.3.2.2): at the expense of those before it to the same neighbour, then of those of the one that has
   * most that wait, and last of the latest to the one that has been asked longest.
   * @returns whether there is room now
   */
  #makeRoomFor(octets: number, neighbour: Neighbour<Address>): boolean {
    const { memory } = this.#options
    if (neighbour.waiting.length >= WAITING_LIMIT) this.#replace(neighbour)
    // What can never fit drives nobody out.
    if (octets > memory.capOf(WAITING)) return false
    while (octets > memory.freeFor(WAITING)) {
      const most = neighbour.waiting.length > 0 ? neighbour : this.#mostWaiting()
      if (most === undefined) return false
      this.#replace(most)
    }
    return true
  }

  /** One frame less, of the neighbour for which most wait, where frames hold more than is theirs. */
  #giveWay(): boolean {
    if (this.#options.memory.heldBeyondReserve(WAITING) === 0) return false
    const most = this.#mostWaiting()
    if (most === undefined) return false
    this.#next(most)
    this.#options.onLoss('waiting frame gave way')
    return true
  }

  /** The neighbour for which most frames wait, of several the longest asked; undefined where none waits. */
  #mostWaiting(): Neighbour<Address> | undefined {
    let most: Neighbour<Address> | undefined
    for (const other of this.#unresolved) if (other.waiting.length > (most?.waiting.length ?? 0)) most = other
    return most
  }

  #replace(neighbour: Neighbour<Address>): void {
    this.#next(neighbour)
    this.#options.onLoss('waiting frame replaced')
  }

  /** Takes the oldest waiting frame off the queue. */
  #next(neighbour: Neighbour<Address>): Uint8Array | undefined {
    const frame = neighbour.waiting.shift()
    if (frame === undefined) return undefined
    this.#options.memory.give(frame.length, WAITING)
    return frame
  }

  #request(neighbour: Neighbour<Address>): void {
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
    this.#options.ask(address)
  }

  /** Nobody answers. What waited may go another way. */
  #giveUp(neighbour: Neighbour<Address>): void {
    this.#remove(neighbour)
    this.#options.onUnreachable(neighbour.address)
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour))
      if (!this.#options.onUndeliverable(frame)) this.#options.onLoss('neighbour unknown')
  }

  #refresh(neighbour: Neighbour<Address>, mac: MacAddress): void {
    const { clock } = this.#options
    const { address } = neighbour
    neighbour.refreshFrom = Math.max(clock.now, this.#requests.freeFrom(address))
    if (neighbour.refreshFrom > clock.now) return
    neighbour.refreshFrom = clock.now + REQUEST_INTERVAL
    this.#requests.note(address, clock.now)
    this.#options.askAgain(address, mac)
  }
}
