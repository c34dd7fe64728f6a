/**
 * Who on this link has which Ethernet address, and whether they are there (RFC 4861 5.1, 7.3). Frames wait while one is asked for, as many
 * as the budget has room for.
 *
 * Whoever is on the link can have entries made, and whoever sends to many addresses of a prefix has them asked for (RFC 3756 4.3, RFC 6583):
 * the cache has a limit, those that are asked for have half of it, and what was asked last makes room for what is heard.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { MAC_OCTETS, type MacAddress, sameMac } from '../address.js'
import type { FrameBuffer } from '../frame-buffer.js'
import type { Ipv6Address } from '../ipv6/address.js'
import { type NeighbourLoss, neighbourLimit } from '../link/neighbour-cache.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { SendResult } from '../network-layer.js'
import { NEIGHBOUR_TRANSITIONS, type NeighbourEvent, type NeighbourState } from './chart.js'

/** RFC 4861 10. */
const MAX_MULTICAST_SOLICIT = 3
const MAX_UNICAST_SOLICIT = 3
export const REACHABLE_TIME = 30 * SECOND
export const RETRANS_TIMER = SECOND
const DELAY_FIRST_PROBE_TIME = 5 * SECOND
const MIN_RANDOM_FACTOR = 0.5
const MAX_RANDOM_FACTOR = 1.5
/** For so long an answer is believed for the same time by chance (RFC 4861 6.3.4: every few hours another). */
const REACHABLE_TIME_LASTS = 2 * 3600 * SECOND
/** Frames that wait for one neighbour (RFC 4861 7.2.2: at least one; a few spare a window of TCP). */
const WAITING_LIMIT = 8
const WAITING = 'frames waiting for a neighbour'

export interface Ipv6Neighbour {
  readonly address: Ipv6Address
  state: NeighbourState
  mac: MacAddress | undefined
  /** It says that it is a router (RFC 4861 5.1). */
  isRouter: boolean
  usedAt: number
  /** When REACHABLE ends. */
  reachableUntil: number
  asked: number
  /** When the last question went out. */
  askedAt: number
  timer: Timer | undefined
  /** Whole frames, the oldest first. */
  readonly waiting: Uint8Array[]
}

export interface NeighbourCacheOptions {
  readonly clock: Clock
  readonly random: Random
  readonly memory: MemoryBudget
  /**
   * Asks for an address: everyone of its group, or the station that had it last.
   * @param frame that waits for the answer, from the begin of its Ethernet header; undefined where none does
   */
  ask(address: Ipv6Address, mac: MacAddress | undefined, frame: Uint8Array | undefined): void
  transmit(frame: Uint8Array): boolean
  onLoss(reason: NeighbourLoss): void
  /** A neighbour does not answer; told before `onUndeliverable`. */
  onUnreachable(address: Ipv6Address): void
  /** A neighbour that was a router says that it is none. */
  onRouterNoMore(address: Ipv6Address): void
  /** A frame is given up because its neighbour does not answer. */
  onUndeliverable(frame: Uint8Array): void
}

export class Ipv6NeighbourCache {
  readonly #options: NeighbourCacheOptions
  readonly #neighbours = new Map<Ipv6Address, Ipv6Neighbour>()
  readonly #limit: number
  #incomplete = 0
  #base = 0
  /** For how long an answer is believed: by chance around what routers advise (RFC 4861 6.3.2). */
  #reachable = 0
  /** When that was drawn. */
  #drawnAt = 0
  retransTimer = RETRANS_TIMER

  constructor(options: NeighbourCacheOptions) {
    this.#options = options
    this.#limit = neighbourLimit(options.memory.limit)
    this.reachableTime = REACHABLE_TIME
    options.memory.addYielding({ isLost: false, giveOne: () => this.#giveWay() })
  }

  /** The base of the time for which a neighbour is believed to be there, nanoseconds. */
  set reachableTime(base: number) {
    if (base === this.#base) return
    this.#base = base
    this.#draw()
  }

  #draw(): void {
    const { clock, random } = this.#options
    const factor = MIN_RANDOM_FACTOR + random.float() * (MAX_RANDOM_FACTOR - MIN_RANDOM_FACTOR)
    this.#reachable = Math.round(this.#base * factor)
    this.#drawnAt = clock.now
  }

  /** All that it has, whatever their state. */
  entries(): readonly Pick<Ipv6Neighbour, 'address' | 'mac' | 'state' | 'isRouter'>[] {
    return Array.from(this.#neighbours.values(), (each) => {
      this.#age(each)
      const { address, mac, state, isRouter } = each
      return { address, mac, state, isRouter }
    })
  }

  /** NONE where it has none. */
  stateOf(address: Ipv6Address): NeighbourState {
    const neighbour = this.#neighbours.get(address)
    if (neighbour === undefined) return 'NONE'
    this.#age(neighbour)
    return neighbour.state
  }

  /** Its Ethernet address, where it is known. */
  macOf(address: Ipv6Address): MacAddress | undefined {
    return this.#neighbours.get(address)?.mac
  }

  /** Sends a frame to a neighbour: writes its Ethernet address into the first six octets, after asking for it if need be. */
  send(frame: FrameBuffer, end: number, to: Ipv6Address): SendResult {
    const { clock, transmit } = this.#options
    const neighbour = this.#neighbours.get(to) ?? this.#add(to, true)
    if (neighbour === undefined) {
      this.#options.onLoss('neighbour unknown')
      return 'refused'
    }
    this.#age(neighbour)
    const { mac } = neighbour
    if (mac === undefined) {
      // The question may be built where this frame was: it is kept first.
      const result = this.#wait(neighbour, frame, end)
      this.#enter(neighbour, 'PACKET')
      return result
    }
    this.#enter(neighbour, 'PACKET')
    neighbour.usedAt = clock.now
    const { octets } = frame
    for (let i = 0; i < MAC_OCTETS; i++) octets[i] = mac[i]
    return transmit(frame.view(end)) ? 'sent' : 'refused'
  }

  /**
   * Somebody said an Ethernet address of a neighbour without being asked: in a solicitation, a router's message, a redirect (7.2.3).
   * @param isRouter undefined where that says nothing about it
   */
  heard(address: Ipv6Address, mac: MacAddress, isRouter?: boolean): void {
    const neighbour = this.#neighbours.get(address) ?? this.#add(address, false)
    if (neighbour === undefined) return
    if (isRouter !== undefined) neighbour.isRouter = isRouter
    if (neighbour.mac !== undefined && sameMac(neighbour.mac, mac)) return
    neighbour.mac = mac
    this.#enter(neighbour, 'NEW ADDRESS')
    this.#release(neighbour)
  }

  /** It is a router, as a message without its Ethernet address says; that makes no entry (6.3.4, 7.2, 8.3). */
  knownAsRouter(address: Ipv6Address): void {
    const neighbour = this.#neighbours.get(address)
    if (neighbour !== undefined) neighbour.isRouter = true
  }

  /** An advertisement arrived (7.2.5). One that nobody is asked for makes no entry. @param mac undefined: it says none */
  advertised(
    address: Ipv6Address,
    mac: MacAddress | undefined,
    solicited: boolean,
    override: boolean,
    isRouter: boolean,
  ): void {
    const neighbour = this.#neighbours.get(address)
    if (neighbour === undefined) return
    this.#age(neighbour)
    if (neighbour.mac === undefined) {
      if (mac === undefined) return
      neighbour.mac = mac
      neighbour.isRouter = isRouter
      this.#enter(neighbour, solicited ? 'ANSWER' : 'NEW ADDRESS')
      this.#release(neighbour)
      return
    }
    const other = mac !== undefined && !sameMac(neighbour.mac, mac)
    if (other && !override) {
      this.#enter(neighbour, 'OTHER ADDRESS')
      return
    }
    if (other) neighbour.mac = mac
    if (solicited) this.#enter(neighbour, 'ANSWER')
    else if (other) this.#enter(neighbour, 'NEW ADDRESS')
    const wasRouter = neighbour.isRouter
    neighbour.isRouter = isRouter
    // Who is no router any more is nobody's next hop (7.2.5, 7.3.3).
    if (wasRouter && !isRouter) this.#options.onRouterNoMore(address)
  }

  /** Nothing comes back of what goes over a neighbour: it is asked at once whether it is there. */
  doubt(address: Ipv6Address): void {
    const neighbour = this.#neighbours.get(address)
    if (neighbour !== undefined) this.#enter(neighbour, 'DOUBT')
  }

  /** Forgets everything: the link is gone, or stopped. What waited is lost and counted. */
  clear(): void {
    for (const neighbour of [...this.#neighbours.values()]) this.#forget(neighbour, 'neighbour unknown')
  }

  /** @param toAsk something is to be sent to it; else it was heard */
  #add(address: Ipv6Address, toAsk: boolean): Ipv6Neighbour | undefined {
    if (this.#neighbours.size >= this.#limit && !this.#makeRoom(toAsk)) return undefined
    if (toAsk && this.#incomplete >= Math.max(1, this.#limit >> 1) && !this.#evictIncomplete()) return undefined
    const neighbour: Ipv6Neighbour = {
      address,
      state: 'NONE',
      mac: undefined,
      isRouter: false,
      usedAt: Number.NEGATIVE_INFINITY,
      reachableUntil: 0,
      asked: 0,
      askedAt: Number.NEGATIVE_INFINITY,
      timer: undefined,
      waiting: [],
    }
    this.#neighbours.set(address, neighbour)
    return neighbour
  }

  /** The one that has not been used for longest makes room, unless it is in use and the other was only heard. */
  #makeRoom(toAsk: boolean): boolean {
    let least: Ipv6Neighbour | undefined
    for (const each of this.#neighbours.values()) {
      this.#age(each)
      if (each.mac === undefined || (each.state !== 'STALE' && !toAsk)) continue
      if (least === undefined || each.usedAt < least.usedAt) least = each
    }
    if (least === undefined) return this.#evictIncomplete()
    this.#forget(least, 'neighbour evicted')
    return true
  }

  /** The one that has been asked for longest makes room. */
  #evictIncomplete(): boolean {
    for (const each of this.#neighbours.values()) {
      if (each.mac !== undefined) continue
      this.#forget(each, 'neighbour evicted')
      return true
    }
    return false
  }

  /** REACHABLE ends by the clock, without a timer. */
  #age(neighbour: Ipv6Neighbour): void {
    if (neighbour.state === 'REACHABLE' && neighbour.reachableUntil <= this.#options.clock.now)
      this.#enter(neighbour, 'REACHABLE TIME OVER')
  }

  #enter(neighbour: Ipv6Neighbour, event: NeighbourEvent): void {
    const before = neighbour.state
    const state = NEIGHBOUR_TRANSITIONS[before][event]
    if (state === undefined) {
      // An answer that finds it REACHABLE makes that last longer.
      if (event === 'ANSWER' && before === 'REACHABLE') this.#confirm(neighbour)
      return
    }
    const { clock } = this.#options
    clock.cancel(neighbour.timer)
    neighbour.timer = undefined
    neighbour.state = state
    if (before === 'INCOMPLETE') this.#incomplete--
    if (state === 'REACHABLE') this.#confirm(neighbour)
    else if (state === 'DELAY')
      neighbour.timer = clock.after(DELAY_FIRST_PROBE_TIME, () => this.#enter(neighbour, 'DELAY OVER'))
    else if (state === 'INCOMPLETE' || state === 'PROBE') {
      if (state === 'INCOMPLETE') this.#incomplete++
      neighbour.asked = 0
      // 7.3.3: one question within the time, whatever has it asked.
      const wait = neighbour.askedAt + this.retransTimer - clock.now
      if (wait > 0) neighbour.timer = clock.after(wait, () => this.#ask(neighbour))
      else this.#ask(neighbour)
    }
  }

  #confirm(neighbour: Ipv6Neighbour): void {
    const { now } = this.#options.clock
    if (now - this.#drawnAt >= REACHABLE_TIME_LASTS) this.#draw()
    neighbour.reachableUntil = now + this.#reachable
  }

  #ask(neighbour: Ipv6Neighbour): void {
    const { clock, ask } = this.#options
    const { address, mac, waiting } = neighbour
    if (neighbour.asked >= (mac === undefined ? MAX_MULTICAST_SOLICIT : MAX_UNICAST_SOLICIT)) {
      this.#giveUp(neighbour)
      return
    }
    neighbour.asked++
    neighbour.askedAt = clock.now
    neighbour.timer = clock.after(this.retransTimer, () => this.#ask(neighbour))
    ask(address, mac, waiting[0])
  }

  /** Nobody answers (7.2.2, 7.3.3). */
  #giveUp(neighbour: Ipv6Neighbour): void {
    this.#enter(neighbour, 'NO ANSWER')
    this.#neighbours.delete(neighbour.address)
    this.#options.onUnreachable(neighbour.address)
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour)) {
      this.#options.onLoss('neighbour unknown')
      this.#options.onUndeliverable(frame)
    }
  }

  #forget(neighbour: Ipv6Neighbour, loss: NeighbourLoss): void {
    this.#options.clock.cancel(neighbour.timer)
    if (neighbour.state === 'INCOMPLETE') this.#incomplete--
    neighbour.state = 'NONE'
    this.#neighbours.delete(neighbour.address)
    while (this.#next(neighbour) !== undefined) this.#options.onLoss(loss)
  }

  /** What waited for it goes. */
  #release(neighbour: Ipv6Neighbour): void {
    const { mac } = neighbour
    if (mac === undefined) return
    if (neighbour.waiting.length > 0) this.#enter(neighbour, 'PACKET')
    for (let frame = this.#next(neighbour); frame !== undefined; frame = this.#next(neighbour)) {
      neighbour.usedAt = this.#options.clock.now
      frame.set(mac, 0)
      this.#options.transmit(frame)
    }
  }

  /** The latest is kept (7.2.2), at the expense of those before it. */
  #wait(neighbour: Ipv6Neighbour, frame: FrameBuffer, end: number): SendResult {
    const { memory, onLoss } = this.#options
    if (neighbour.waiting.length >= WAITING_LIMIT) {
      this.#next(neighbour)
      onLoss('waiting frame replaced')
    }
    while (end > memory.freeFor(WAITING) && neighbour.waiting.length > 0) {
      this.#next(neighbour)
      onLoss('waiting frame replaced')
    }
    if (!memory.take(end, WAITING)) {
      onLoss('no memory for a waiting frame')
      return 'refused'
    }
    neighbour.waiting.push(frame.octets.slice(0, end))
    return 'sent'
  }

  /** One frame less, of the neighbour for which most wait, where frames hold more than is theirs. */
  #giveWay(): boolean {
    if (this.#options.memory.heldBeyondReserve(WAITING) === 0) return false
    let most: Ipv6Neighbour | undefined
    for (const each of this.#neighbours.values()) if (each.waiting.length > (most?.waiting.length ?? 0)) most = each
    if (most === undefined) return false
    this.#next(most)
    this.#options.onLoss('waiting frame gave way')
    return true
  }

  /** Takes the oldest waiting frame off the queue. */
  #next(neighbour: Ipv6Neighbour): Uint8Array | undefined {
    const frame = neighbour.waiting.shift()
    if (frame !== undefined) this.#options.memory.give(frame.length, WAITING)
    return frame
  }
}
