/**
 * Who has which address of a DHCP server's pool, until when. Time is only looked at, never waited for: a lease that has ended
 * is one whose end has passed.
 */
import { type Clock, SECOND } from '../../hal/clock.js'
import type { Ipv4Address, MacAddress } from '../address.js'

/** How long an address stays with the client it was offered to. */
const OFFER_TIME = 60 * SECOND
/** How long an address that a client found taken is left alone. */
const DECLINED_TIME = 600 * SECOND

export type BindingState = 'offered' | 'bound' | 'released' | 'declined'

export interface Binding {
  readonly address: Ipv4Address
  /** What the client is known by: its identifier, or its hardware address. */
  client: string
  hardware: MacAddress
  state: BindingState
  /** On the clock; Infinity for a lease for ever. */
  expires: number
  hostName: string | undefined
}

export interface Pool {
  readonly first: Ipv4Address
  readonly last: Ipv4Address
}

export class Bindings {
  readonly #clock: Clock
  readonly #pool: Pool
  readonly #reserved: ReadonlyMap<string, Ipv4Address>
  /** Not to be given to whoever asks. */
  readonly #setAside: ReadonlySet<Ipv4Address>
  readonly #byAddress = new Map<Ipv4Address, Binding>()

  /**
   * @param reserved addresses that clients get and nobody else, by `hardwareKey`
   * @param nobodys addresses that no client gets: the server's own, the network's
   */
  constructor(
    clock: Clock,
    pool: Pool,
    reserved: ReadonlyMap<string, Ipv4Address>,
    nobodys: readonly Ipv4Address[] = [],
  ) {
    this.#clock = clock
    this.#pool = pool
    this.#reserved = reserved
    this.#setAside = new Set([...reserved.values(), ...nobodys])
  }

  /** Leases that hold now, by address. */
  get leases(): Binding[] {
    return [...this.#byAddress.values()]
      .filter((each) => this.#holds(each, 'bound'))
      .sort((a, b) => a.address - b.address)
  }

  at(address: Ipv4Address): Binding | undefined {
    return this.#byAddress.get(address)
  }

  /** The client's binding, whether it still holds or not; one that holds before one that does not. */
  of(client: string): Binding | undefined {
    let found: Binding | undefined
    for (const binding of this.#byAddress.values()) {
      if (binding.client !== client || binding.state === 'declined') continue
      if (found === undefined || binding.expires > found.expires) found = binding
    }
    return found
  }

  /**
   * The address for a client that asks for one (RFC 2131 4.3.1): what it has or had, what it asks for, one that nobody had,
   * the one that is free the longest.
   */
  choose(client: string, hardware: MacAddress, wanted: Ipv4Address | undefined): Ipv4Address | undefined {
    const reserved = this.#reserved.get(hardwareKey(hardware))
    if (reserved !== undefined) return this.#isFreeFor(reserved, client) ? reserved : undefined
    const before = this.of(client)?.address
    for (const address of [before, wanted])
      if (address !== undefined && this.mayHave(address) && this.#isFreeFor(address, client)) return address
    let oldest: Binding | undefined
    for (let address = this.#pool.first; address <= this.#pool.last; address++) {
      if (this.#setAside.has(address)) continue
      const binding = this.#byAddress.get(address)
      if (binding === undefined) return address
      if (this.#isFreeFor(address, client) && (oldest === undefined || binding.expires < oldest.expires))
        oldest = binding
    }
    return oldest?.address
  }

  offer(address: Ipv4Address, client: string, hardware: MacAddress): void {
    const before = this.#byAddress.get(address)
    // What the client has it keeps while it asks anew.
    if (before?.client === client && this.#holds(before, 'bound')) return
    this.#set({
      address,
      client,
      hardware,
      state: 'offered',
      expires: this.#clock.now + OFFER_TIME,
      hostName: undefined,
    })
  }

  /** @param duration in nanoseconds; Infinity: for ever */
  bind(
    address: Ipv4Address,
    client: string,
    hardware: MacAddress,
    duration: number,
    hostName: string | undefined,
  ): Binding {
    const binding: Binding = {
      address,
      client,
      hardware,
      state: 'bound',
      expires: this.#clock.now + duration,
      hostName: hostName ?? this.#byAddress.get(address)?.hostName,
    }
    this.#set(binding)
    return binding
  }

  /** The client found it taken by somebody. */
  decline(address: Ipv4Address): void {
    const hardware = this.#byAddress.get(address)?.hardware ?? new Uint8Array(0)
    const expires = this.#clock.now + DECLINED_TIME
    this.#set({ address, client: '', hardware, state: 'declined', expires, hostName: undefined })
  }

  /** It is free, and remembered as the client's in case that it comes back (RFC 2131 4.3.4). */
  release(binding: Binding): void {
    binding.state = 'released'
    binding.expires = this.#clock.now
  }

  /** Whether the client has it, or had it and nobody else has it now. */
  belongsTo(address: Ipv4Address, client: string): boolean {
    const binding = this.#byAddress.get(address)
    return binding?.client === client && binding.state !== 'declined'
  }

  /** Whether it is another client's now, or nobody's to have. */
  isTakenFrom(address: Ipv4Address, client: string): boolean {
    return !this.#isFreeFor(address, client)
  }

  /** Whether another client has a valid lease of it: an offer does not count, nor that somebody declined it. */
  isLeasedToAnother(address: Ipv4Address, client: string): boolean {
    const binding = this.#byAddress.get(address)
    return binding !== undefined && binding.client !== client && this.#holds(binding, 'bound')
  }

  /** The client's lease, if it has one that holds. */
  leaseOf(client: string): Binding | undefined {
    const binding = this.of(client)
    return binding !== undefined && this.#holds(binding, 'bound') ? binding : undefined
  }

  /** Whether this server gives the address to whoever asks. */
  mayHave(address: Ipv4Address): boolean {
    return address >= this.#pool.first && address <= this.#pool.last && !this.#setAside.has(address)
  }

  #set(binding: Binding): void {
    // A client has one address here; an offer that it did not take is forgotten.
    for (const other of this.#byAddress.values())
      if (other.client === binding.client && other.state === 'offered' && binding.client !== '')
        this.#byAddress.delete(other.address)
    this.#byAddress.set(binding.address, binding)
  }

  #holds(binding: Binding, state: BindingState): boolean {
    return binding.state === state && binding.expires > this.#clock.now
  }

  #isFreeFor(address: Ipv4Address, client: string): boolean {
    const binding = this.#byAddress.get(address)
    if (binding === undefined || binding.expires <= this.#clock.now) return true
    return binding.client === client
  }
}

/** An Ethernet address as a key. */
export function hardwareKey(hardware: MacAddress): string {
  return `1:${hardware.join('-')}`
}
