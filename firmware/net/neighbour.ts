/**
 * Who on this link has which Ethernet address: the ARP cache with its requests and replies (RFC 826; RFC 1122 2.3.2).
 * One frame a neighbour waits while its address is asked for (RFC 1122 2.3.2.2: at least the latest).
 */
import { type Clock, SECOND, type Timer } from '../hal/clock.js'
import { BROADCAST_MAC, type Ipv4Address, isGroupMac, isHostAddress, MAC_OCTETS, type MacAddress } from './address.js'
import { ARP_OCTETS, ARP_REPLY, ARP_REQUEST, type ArpFault, emitArp, parseArp } from './wire/arp.js'
import { ETHERNET_HEADER_OCTETS, ETHERTYPE_ARP, emitEthernet } from './wire/ethernet.js'

/** How long an entry is believed after the neighbour was last heard (RFC 1122 2.3.2.1: on the order of a minute). */
export const NEIGHBOUR_LIFETIME = 60 * SECOND
/** Between requests for one address (RFC 1122 2.3.2.1: at most one a second). */
export const REQUEST_INTERVAL = SECOND
export const REQUEST_LIMIT = 3
/** Neighbours remembered; beyond it the one longest unheard makes room. */
export const NEIGHBOUR_LIMIT = 64

export type NeighbourLoss =
  | `ARP ${ArpFault}`
  | 'ARP operation'
  | 'ARP sender'
  | 'ARP reply refused'
  | 'neighbour unknown'
  | 'waiting frame replaced'

interface Neighbour {
  mac: MacAddress | undefined
  /** When `mac` stops being believed. */
  expires: number
  requests: number
  retry: Timer | undefined
  waiting: Waiting | undefined
}

interface Waiting {
  readonly frame: Uint8Array
  readonly onLost: (() => void) | undefined
}

export interface NeighbourOptions {
  clock: Clock
  mac: MacAddress
  /** This end's address; asked each time, because it can change. */
  address(): Ipv4Address
  transmit(frame: Uint8Array): boolean
  onLoss(reason: NeighbourLoss): void
  /** Someone else claims this end's address (RFC 5227 2.4). */
  onConflict(mac: MacAddress): void
}

export class NeighbourCache {
  readonly #options: NeighbourOptions
  readonly #neighbours = new Map<Ipv4Address, Neighbour>()

  constructor(options: NeighbourOptions) {
    this.#options = options
  }

  /** The Ethernet address of a neighbour; undefined when it is not known, or has not been heard for too long. */
  lookup(address: Ipv4Address): MacAddress | undefined {
    const neighbour = this.#neighbours.get(address)
    return neighbour !== undefined && neighbour.expires > this.#options.clock.now ? neighbour.mac : undefined
  }

  /** The neighbours believed now. */
  entries(): { readonly address: Ipv4Address; readonly mac: MacAddress }[] {
    const found: { address: Ipv4Address; mac: MacAddress }[] = []
    for (const [address, { mac, expires }] of this.#neighbours)
      if (mac !== undefined && expires > this.#options.clock.now) found.push({ address, mac })
    return found
  }

  /**
   * Sends a frame to a neighbour: writes its Ethernet address into the first six octets, after asking for it if need be.
   * @param onLost is called if the frame is given up because nobody answers
   */
  send(frame: Uint8Array, to: Ipv4Address, onLost?: () => void): boolean {
    const mac = this.lookup(to)
    if (mac !== undefined) {
      frame.set(mac, 0)
      return this.#options.transmit(frame)
    }
    const neighbour = this.#neighbour(to)
    if (neighbour.waiting !== undefined) this.#lose(neighbour, 'waiting frame replaced')
    neighbour.mac = undefined
    neighbour.waiting = { frame, onLost }
    if (neighbour.retry === undefined) this.#request(to, neighbour)
    return true
  }

  /**
   * An ARP packet arrived: RFC 826, "Packet Reception".
   * @returns why it went no further
   */
  receive(frame: Uint8Array, at: number): NeighbourLoss | undefined {
    const arp = parseArp(frame, at)
    if (typeof arp === 'string') return `ARP ${arp}`
    if (arp.operation !== ARP_REQUEST && arp.operation !== ARP_REPLY) return 'ARP operation'
    const own = this.#options.address()
    // A probe has the sender address 0.0.0.0 (RFC 5227 1.1): it is answered and teaches nothing.
    const probe = arp.senderAddress === 0
    if (isGroupMac(arp.senderMac) || (!probe && !isHostAddress(arp.senderAddress))) return 'ARP sender'
    if (arp.senderAddress === own) {
      if (!sameMac(arp.senderMac, this.#options.mac)) this.#options.onConflict(arp.senderMac)
      return undefined
    }
    const forUs = arp.targetAddress === own
    if (!probe) this.#learn(arp.senderAddress, arp.senderMac, forUs)
    if (!forUs || arp.operation !== ARP_REQUEST) return undefined
    const sent = this.#sendArp(ARP_REPLY, arp.senderMac, arp.senderMac, arp.senderAddress)
    return sent ? undefined : 'ARP reply refused'
  }

  /** Tells everyone this end's address, in a request for itself (RFC 5227 2.3). */
  announce(): void {
    this.#sendArp(ARP_REQUEST, BROADCAST_MAC, new Uint8Array(MAC_OCTETS), this.#options.address())
  }

  /** Forgets everything: the link is gone, or the address changed. What waited is lost and counted. */
  clear(): void {
    for (const neighbour of this.#neighbours.values()) {
      this.#options.clock.cancel(neighbour.retry)
      if (neighbour.waiting !== undefined) this.#lose(neighbour, 'neighbour unknown')
    }
    this.#neighbours.clear()
  }

  #neighbour(address: Ipv4Address): Neighbour {
    let neighbour = this.#neighbours.get(address)
    if (neighbour === undefined) {
      if (this.#neighbours.size >= NEIGHBOUR_LIMIT) this.#makeRoom()
      neighbour = { mac: undefined, expires: 0, requests: 0, retry: undefined, waiting: undefined }
      this.#neighbours.set(address, neighbour)
    }
    return neighbour
  }

  #makeRoom(): void {
    let oldest: [Ipv4Address, Neighbour] | undefined
    for (const entry of this.#neighbours)
      if (oldest === undefined || entry[1].expires < oldest[1].expires) oldest = entry
    if (oldest === undefined) return
    this.#options.clock.cancel(oldest[1].retry)
    if (oldest[1].waiting !== undefined) this.#lose(oldest[1], 'neighbour unknown')
    this.#neighbours.delete(oldest[0])
  }

  #learn(address: Ipv4Address, mac: MacAddress, add: boolean): void {
    const known = this.#neighbours.get(address)
    if (known === undefined && !add) return
    const neighbour = known ?? this.#neighbour(address)
    neighbour.mac = mac
    neighbour.expires = this.#options.clock.now + NEIGHBOUR_LIFETIME
    neighbour.requests = 0
    this.#options.clock.cancel(neighbour.retry)
    neighbour.retry = undefined
    const { waiting } = neighbour
    neighbour.waiting = undefined
    if (waiting === undefined) return
    waiting.frame.set(mac, 0)
    if (!this.#options.transmit(waiting.frame)) waiting.onLost?.()
  }

  #request(address: Ipv4Address, neighbour: Neighbour): void {
    neighbour.retry = undefined
    if (neighbour.requests >= REQUEST_LIMIT) {
      this.#neighbours.delete(address)
      this.#lose(neighbour, 'neighbour unknown')
      return
    }
    neighbour.requests++
    neighbour.retry = this.#options.clock.after(REQUEST_INTERVAL, () => this.#request(address, neighbour))
    // A request that the device refuses is counted there, and asked again by the timer.
    this.#sendArp(ARP_REQUEST, BROADCAST_MAC, new Uint8Array(MAC_OCTETS), address)
  }

  #lose(neighbour: Neighbour, reason: NeighbourLoss): void {
    const { waiting } = neighbour
    neighbour.waiting = undefined
    this.#options.onLoss(reason)
    waiting?.onLost?.()
  }

  #sendArp(operation: number, to: MacAddress, targetMac: MacAddress, targetAddress: Ipv4Address): boolean {
    const frame = new Uint8Array(ETHERNET_HEADER_OCTETS + ARP_OCTETS)
    const at = emitEthernet({ destination: to, source: this.#options.mac, etherType: ETHERTYPE_ARP }, frame)
    const senderAddress = this.#options.address()
    emitArp({ operation, senderMac: this.#options.mac, senderAddress, targetMac, targetAddress }, frame, at)
    return this.#options.transmit(frame)
  }
}

function sameMac(a: MacAddress, b: MacAddress): boolean {
  for (let i = 0; i < MAC_OCTETS; i++) if (a[i] !== b[i]) return false
  return true
}
