/**
 * The IPv6 addresses of one interface (RFC 4862 5.4, 5.5.4): each is tentative until nobody on the link claims it, then preferred, then
 * deprecated, then gone, by the lifetimes that it was given.
 */
import type { Clock, Timer } from '../../hal/clock.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import { type Ipv6Address, solicitedNode } from '../ipv6/address.js'
import type { SourceAddress } from '../ipv6/link.js'
import { NONCE_OCTETS } from '../wire/neighbour-discovery.js'
import { ENDLESS } from './lifetime.js'

/** RFC 4862 5.1: how often a probe goes out. */
const DUP_ADDR_DETECT_TRANSMITS = 1
/** Addresses of one interface at one time (RFC 4862 does not say; a router on the link can announce any number of prefixes). */
const ADDRESS_LIMIT = 16

/** RFC 4862 2. */
export type AddressState = 'TENTATIVE' | 'PREFERRED' | 'DEPRECATED' | 'DUPLICATE'
/** `advertised`: made of a router's prefix, to stay (RFC 7217); `temporary`: not to (RFC 8981); `assigned`: by a DHCPv6 server. */
export type AddressOrigin = 'link-local' | 'given' | 'advertised' | 'temporary' | 'assigned'

/** Lifetimes end at instants on the clock, in nanoseconds. */
export interface Lifetimes {
  preferredUntil: number
  validUntil: number
}

export interface HeldAddress extends Readonly<Lifetimes> {
  readonly address: Ipv6Address
  readonly prefixLength: number
  readonly origin: AddressOrigin
  readonly state: AddressState
}

interface Held extends Lifetimes {
  readonly address: Ipv6Address
  readonly prefixLength: number
  readonly origin: AddressOrigin
  state: AddressState
  /** Of probes that went out; 0 before the first. */
  probes: number
  nonce: Uint8Array
  timer: Timer | undefined
}

export interface AddressListOptions {
  readonly clock: Clock
  readonly random: Random
  readonly zone: string
  /** Time between a probe and its answer. */
  readonly retransTimer: () => number
  /** Asks whether somebody has an address (RFC 4862 5.4.2), with a nonce (RFC 7527 4.1). */
  probe(address: Ipv6Address, nonce: Uint8Array): void
  join(group: Ipv6Address): void
  leave(group: Ipv6Address): void
  /** Others may be sent from now. */
  onChanged(): void
  /** Nobody has claimed an address: it is ours. */
  onUnique(address: Ipv6Address, origin: AddressOrigin): void
  /** Another station has it. */
  onDuplicate(address: Ipv6Address, origin: AddressOrigin): void
}

export class AddressList {
  readonly #options: AddressListOptions
  readonly #held: Held[] = []
  readonly #duplicateListeners = new Listeners<[address: Ipv6Address]>()
  #sources: readonly SourceAddress[] = []
  #deadline: Timer | undefined
  /** Probes of ours that came back (RFC 7527 4.2). */
  looped = 0

  constructor(options: AddressListOptions) {
    this.#options = options
  }

  /** All of them, in the order in which they came. */
  get all(): readonly HeldAddress[] {
    return this.#held
  }

  /** Those that may be sent from. */
  get sources(): readonly SourceAddress[] {
    return this.#sources
  }

  /** Calls `listener` when another station turns out to have an address. Returns the function that unsubscribes the listener. */
  onDuplicate(listener: (address: Ipv6Address) => void): () => void {
    return this.#duplicateListeners.add(listener)
  }

  find(address: Ipv6Address): HeldAddress | undefined {
    return this.#held.find((each) => each.address === address)
  }

  /**
   * One more, tentative; false where there are as many as may be, or it is there.
   * @param delay before the first probe (5.4.2: at random, where others may begin at the same instant)
   */
  add(address: Ipv6Address, prefixLength: number, origin: AddressOrigin, lifetimes: Lifetimes, delay: number): boolean {
    if (this.#held.length >= ADDRESS_LIMIT || this.find(address) !== undefined) return false
    const { clock, zone, join } = this.#options
    const held: Held = {
      address,
      prefixLength,
      origin,
      ...lifetimes,
      state: 'TENTATIVE',
      probes: 0,
      nonce: new Uint8Array(NONCE_OCTETS),
      timer: undefined,
    }
    this.#held.push(held)
    join(solicitedNode(address, zone))
    held.timer = clock.after(delay, () => this.#probe(held))
    return true
  }

  /** It is valid and preferred for so long from now on. */
  renew(address: Ipv6Address, lifetimes: Lifetimes): void {
    const held = this.#held.find((each) => each.address === address)
    if (held === undefined) return
    Object.assign(held, lifetimes)
    this.#look()
  }

  remove(address: Ipv6Address): void {
    const at = this.#held.findIndex((each) => each.address === address)
    if (at < 0) return
    const [gone] = this.#held.splice(at, 1)
    const { clock, leave, zone } = this.#options
    clock.cancel(gone.timer)
    leave(solicitedNode(address, zone))
    this.#refresh()
  }

  /** Nothing is asked any more: what is tentative stays so until `restart`. */
  stop(): void {
    for (const held of this.#held) this.#options.clock.cancel(held.timer)
    this.#options.clock.cancel(this.#deadline)
  }

  /** The link is there: what is tentative is asked about. */
  restart(delay: number): void {
    const { clock } = this.#options
    for (const held of this.#held) {
      if (held.state !== 'TENTATIVE') continue
      clock.cancel(held.timer)
      held.probes = 0
      held.timer = clock.after(delay, () => this.#probe(held))
    }
    this.#look()
  }

  /**
   * Somebody asks about an address from none of its own: it probes for it (5.4.3).
   * @param nonce undefined where it has none
   * @returns true: it is one of ours that is in use, and has to be defended
   */
  probed(address: Ipv6Address, nonce: Uint8Array | undefined): boolean {
    const held = this.#held.find((each) => each.address === address)
    if (held === undefined || held.state === 'DUPLICATE') return false
    if (held.state !== 'TENTATIVE') return true
    // Our own probe, come back over a link that returns what it is given (RFC 7527 4.2).
    if (held.probes > 0 && nonce !== undefined && sameOctets(nonce, held.nonce)) this.looped++
    else this.#isAnothers(held)
    return false
  }

  /** Somebody advertises an address (5.4.4). @returns true: one of ours that is in use */
  claimed(address: Ipv6Address): boolean {
    const held = this.#held.find((each) => each.address === address)
    if (held === undefined || held.state === 'DUPLICATE') return false
    if (held.state !== 'TENTATIVE') return true
    this.#isAnothers(held)
    return false
  }

  #probe(held: Held): void {
    const { clock, random, probe, onUnique, retransTimer } = this.#options
    held.timer = undefined
    if (held.probes >= DUP_ADDR_DETECT_TRANSMITS) {
      held.state = 'PREFERRED'
      this.#refresh()
      onUnique(held.address, held.origin)
      return
    }
    held.probes++
    for (let i = 0; i < NONCE_OCTETS; i++) held.nonce[i] = random.below(256)
    held.timer = clock.after(retransTimer(), () => this.#probe(held))
    probe(held.address, held.nonce)
  }

  #isAnothers(held: Held): void {
    const { clock, onDuplicate } = this.#options
    clock.cancel(held.timer)
    held.state = 'DUPLICATE'
    this.#duplicateListeners.tell(held.address)
    onDuplicate(held.address, held.origin)
  }

  #refresh(): void {
    this.#sources = this.#held
      .filter(({ state }) => state === 'PREFERRED' || state === 'DEPRECATED')
      .map(({ address, state, origin }) => ({
        address,
        deprecated: state === 'DEPRECATED',
        temporary: origin === 'temporary',
      }))
    this.#options.onChanged()
    this.#look()
  }

  /** What has run out goes; then the next that will is waited for. */
  #look(): void {
    const { clock } = this.#options
    clock.cancel(this.#deadline)
    this.#deadline = undefined
    let changed = false
    for (const held of [...this.#held]) {
      if (held.validUntil <= clock.now) {
        this.remove(held.address)
        return
      }
      if (held.state !== 'PREFERRED' && held.state !== 'DEPRECATED') continue
      const state = held.preferredUntil <= clock.now ? 'DEPRECATED' : 'PREFERRED'
      if (state === held.state) continue
      held.state = state
      changed = true
    }
    if (changed) {
      this.#refresh()
      return
    }
    let next = ENDLESS
    for (const { preferredUntil, validUntil } of this.#held)
      for (const until of [preferredUntil, validUntil]) if (until > clock.now && until < next) next = until
    if (next !== ENDLESS) this.#deadline = clock.after(next - clock.now, () => this.#look())
  }
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, at) => octet === b[at])
}
