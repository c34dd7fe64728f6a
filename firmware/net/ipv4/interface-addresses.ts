/**
 * The IPv4 addresses of an interface: those it was given, and of them those in use. One that another station claims may have to be
 * given up, and is used again when nobody has it any more (RFC 5227).
 */
import type { Clock } from '../../hal/clock.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import {
  directedBroadcast,
  type Ipv4Address,
  type Ipv4Interface,
  type MacAddress,
  networkNumber,
  onLink,
} from '../address.js'
import { AddressConflicts, type AddressDefence } from '../link/address-conflicts.js'
import type { ArpPacket } from '../wire/arp.js'

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

export interface InterfaceAddressesOptions {
  clock: Clock
  random: Random
  mac: MacAddress
  defence: AddressDefence
  /** Sends an ARP request for `target` with the sender address `sender`. */
  ask(target: Ipv4Address, sender: Ipv4Address): void
  /** Others are in use now. */
  onChanged(): void
}

export class InterfaceAddresses {
  readonly #options: InterfaceAddressesOptions
  readonly #conflicts: AddressConflicts
  #given: readonly Ipv4Interface[] = []
  #used: readonly Ipv4Interface[] = []
  #conflictsMet = 0
  readonly #claims = new Map<Ipv4Address, { readonly mac: MacAddress; readonly at: number }>()
  readonly #conflictListeners = new Listeners<[mac: MacAddress, givenUp: boolean, address: Ipv4Address]>()
  readonly #regainListeners = new Listeners<[address: Ipv4Address]>()

  constructor(options: InterfaceAddressesOptions) {
    this.#options = options
    const { clock, random, mac, defence, ask } = options
    this.#conflicts = new AddressConflicts({
      clock,
      random,
      mac,
      isOwn: (address) => this.has(address),
      defence,
      ask,
      onConflict: (address, claimant, givenUp) => {
        this.#conflictsMet++
        this.#claims.set(address, { mac: claimant, at: clock.now })
        if (givenUp) this.#change(this.#given)
        this.#conflictListeners.tell(claimant, givenUp, address)
      },
      onRegained: (address) => {
        this.#change(this.#given)
        this.#conflicts.announce(address)
        this.#regainListeners.tell(address)
      },
    })
  }

  /** Those in use, the first given first. */
  get used(): readonly Ipv4Interface[] {
    return this.#used
  }

  /** Claims of other stations that were met. */
  get conflictsMet(): number {
    return this.#conflictsMet
  }

  /** The last claim of another station to each of the addresses that it was given. */
  get claims(): AddressClaim[] {
    return Array.from(this.#claims, ([address, { mac, at }]) => {
      return { address, mac, at, givenUp: this.#conflicts.hasGivenUp(address) }
    })
  }

  /** Calls `listener` at each claim. Returns the function that unsubscribes it. */
  onConflict(listener: (mac: MacAddress, givenUp: boolean, address: Ipv4Address) => void): () => void {
    return this.#conflictListeners.add(listener)
  }

  /** Calls `listener` when an address that was given up is in use again. Returns the function that unsubscribes the listener. */
  onRegain(listener: (address: Ipv4Address) => void): () => void {
    return this.#regainListeners.add(listener)
  }

  /** Takes this one instead of those it has. */
  set(own: Ipv4Interface): void {
    for (const each of [...this.#given, own]) this.#forgetClaims(each.address)
    this.#change([own])
  }

  /** One more. */
  add(own: Ipv4Interface): void {
    this.#forgetClaims(own.address)
    this.#change([...this.#given.filter((other) => other.address !== own.address), own])
  }

  remove(gone: Ipv4Address): void {
    this.#forgetClaims(gone)
    this.#change(this.#given.filter((own) => own.address !== gone))
  }

  /** Has none any more. */
  clear(): void {
    for (const { address } of this.#given) this.#forgetClaims(address)
    this.#change([])
  }

  /** Nothing is asked or announced any more, and who claimed what is forgotten: all that it was given are in use. */
  stop(): void {
    this.#conflicts.stop()
    this.#claims.clear()
    if (this.#used.length < this.#given.length) this.#change(this.#given)
  }

  /** Asks whether somebody has an address, as `AddressConflicts.check`. */
  check(address: Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void {
    return this.#conflicts.check(address, done)
  }

  /** Tells everyone on the link those in use, twice, two seconds apart (RFC 5227 2.3). */
  announce(): void {
    for (const { address } of this.#used) this.#conflicts.announce(address)
  }

  /** An ARP packet arrived; true: it claims an address of ours, and no more is made of it. */
  meet(arp: ArpPacket): boolean {
    return this.#conflicts.receive(arp)
  }

  /** Whether the address is in use here. */
  has(address: Ipv4Address): boolean {
    for (const own of this.#used) if (own.address === address) return true
    return false
  }

  /**
   * Whether a host of one of the networks here can have the address: a network's own and its broadcast are no host's (RFC 1122
   * 3.2.1.3); of 31 bits and more all are (RFC 3021).
   */
  isOnLink(address: Ipv4Address): boolean {
    for (const own of this.#used) {
      if (!onLink(own, address)) continue
      return address !== networkNumber(own) && address !== directedBroadcast(own)
    }
    return false
  }

  /** The address to ask for a neighbour with: on its network if there is one, else the first; 0.0.0.0 while there is none. */
  sourceFor(target: Ipv4Address): Ipv4Address {
    for (const own of this.#used) if (onLink(own, target)) return own.address
    return this.#used[0]?.address ?? 0
  }

  #change(given: readonly Ipv4Interface[]): void {
    this.#given = given
    this.#used = given.filter(({ address }) => !this.#conflicts.hasGivenUp(address))
    this.#options.onChanged()
  }

  /** Its address was set again: it no longer counts as given up, and earlier claims of others are forgotten. */
  #forgetClaims(address: Ipv4Address): void {
    this.#conflicts.forget(address)
    this.#claims.delete(address)
  }
}
