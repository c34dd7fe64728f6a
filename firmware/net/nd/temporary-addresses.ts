/**
 * Addresses that are hard to follow and short-lived, beside the stable ones of the same prefixes (RFC 8981). Made only for an interface that
 * is given this; of each prefix one is preferred, and those before it are there until their lifetimes end.
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { type Ipv6Address, ipv6Address, PREFIX_BITS, underPrefix } from '../ipv6/address.js'
import type { AddressList, Lifetimes } from './address-list.js'
import { believedEnd } from './lifetime.js'

/** RFC 8981 3.8. */
const TEMP_VALID_LIFETIME = 2 * 86_400 * SECOND
const TEMP_PREFERRED_LIFETIME = 86_400 * SECOND
const MAX_DESYNC_FACTOR = 0.4 * TEMP_PREFERRED_LIFETIME
const TEMP_IDGEN_RETRIES = 3
const DUP_ADDR_DETECT_TRANSMITS = 1
/** Prefixes that have some: each has up to three of an interface's 16 addresses. */
const PREFIX_LIMIT = 4

export interface TemporaryPlace {
  readonly clock: Clock
  readonly random: Random
  readonly addresses: AddressList
  /** Between two probes for an address, nanoseconds. */
  retransTimer(): number
  /** Before the first probe for an address, nanoseconds (RFC 4862 5.4.2). */
  wait(): number
}

/** The addresses under one prefix. */
interface Series {
  readonly prefix: Ipv6Address
  /** As the router said last. */
  said: Lifetimes
  /** The one that is preferred, or about to be. */
  current: Ipv6Address | undefined
  /** How many in a row were others'. */
  conflicts: number
  timer: Timer | undefined
  /** What no router makes longer: of each of its addresses, by the time at which it was made (3.4 1). */
  readonly most: Map<Ipv6Address, Lifetimes>
}

export class TemporaryAddresses {
  readonly #place: TemporaryPlace
  readonly #series: Series[] = []
  /** As often in a row as may be an address was another's: none is made any more (3.4 7). */
  #givenUp = false

  constructor(place: TemporaryPlace) {
    this.#place = place
  }

  /** A router says of a prefix that addresses are to be made of how long they hold. */
  advertised(prefix: Ipv6Address, said: Lifetimes): void {
    const { clock, addresses } = this.#place
    let series = this.#series.find((each) => each.prefix === prefix)
    if (series === undefined) {
      this.#forgetOver()
      if (this.#series.length >= PREFIX_LIMIT) return
      series = { prefix, said, current: undefined, conflicts: 0, timer: undefined, most: new Map() }
      this.#series.push(series)
    }
    series.said = said
    for (const [address, most] of series.most) {
      const held = addresses.find(address)
      if (held === undefined) {
        series.most.delete(address)
        continue
      }
      const validUntil = Math.min(believedEnd(clock.now, held.validUntil, said.validUntil), most.validUntil)
      addresses.renew(address, { validUntil, preferredUntil: Math.min(said.preferredUntil, most.preferredUntil) })
    }
    if (series.current === undefined || addresses.find(series.current) === undefined) this.#make(series)
    else this.#expect(series)
  }

  /** One of them is another station's: the next is tried (3.4 7). */
  duplicate(address: Ipv6Address): void {
    const series = this.#series.find(({ current }) => current === address)
    this.#place.addresses.remove(address)
    if (series === undefined) return
    series.most.delete(address)
    series.current = undefined
    series.conflicts++
    if (series.conflicts > TEMP_IDGEN_RETRIES) this.#givenUp = true
    this.#make(series)
  }

  /** One of them is nobody else's. */
  unique(address: Ipv6Address): void {
    const series = this.#series.find(({ current }) => current === address)
    if (series !== undefined) series.conflicts = 0
  }

  /** Makes none until a router speaks. */
  stop(): void {
    for (const { timer } of this.#series) this.#place.clock.cancel(timer)
    this.#givenUp = false
  }

  /** 3.4 4 to 6. */
  #make(series: Series): void {
    const { clock, random, addresses, wait } = this.#place
    const { now } = clock
    clock.cancel(series.timer)
    series.current = undefined
    const desync = Math.floor(random.float() * MAX_DESYNC_FACTOR)
    const most = { validUntil: now + TEMP_VALID_LIFETIME, preferredUntil: now + TEMP_PREFERRED_LIFETIME - desync }
    const { said } = series
    const validUntil = Math.min(said.validUntil, most.validUntil)
    const preferredUntil = Math.min(said.preferredUntil, most.preferredUntil)
    // One that would have to be followed before it is in use serves nobody.
    if (this.#givenUp || preferredUntil - now <= this.#regenAdvance) return
    const address = this.#draw(series.prefix)
    if (!addresses.add(address, PREFIX_BITS, 'temporary', { validUntil, preferredUntil }, wait())) return
    series.current = address
    series.most.set(address, most)
    this.#expect(series)
  }

  /** Makes the next before the current one is deprecated. */
  #expect(series: Series): void {
    const { clock, addresses } = this.#place
    clock.cancel(series.timer)
    const held = series.current === undefined ? undefined : addresses.find(series.current)
    if (held === undefined) return
    const rest = held.preferredUntil - clock.now - this.#regenAdvance
    series.timer = clock.after(Math.max(0, rest), () => this.#make(series))
  }

  /** 3.8, REGEN_ADVANCE: what it takes to find one that nobody has. */
  get #regenAdvance(): number {
    return 2 * SECOND + TEMP_IDGEN_RETRIES * DUP_ADDR_DETECT_TRANSMITS * this.#place.retransTimer()
  }

  /** An identifier by chance, and no reserved one (3.3.1; RFC 5453). */
  #draw(prefix: Ipv6Address): Ipv6Address {
    const { random, addresses } = this.#place
    for (;;) {
      const address = ipv6Address(prefix.word0, prefix.word1, random.next32() | 0, random.next32() | 0)
      if (!isReserved(address) && addresses.find(address) === undefined) return address
    }
  }

  /** Prefixes that routers say no longer make room. */
  #forgetOver(): void {
    const { clock, addresses } = this.#place
    for (let at = this.#series.length - 1; at >= 0; at--) {
      const { prefix, said, timer } = this.#series[at]
      if (said.validUntil > clock.now || addresses.all.some((each) => isOf(each, prefix))) continue
      clock.cancel(timer)
      this.#series.splice(at, 1)
    }
  }
}

function isOf({ address, origin }: AddressList['all'][number], prefix: Ipv6Address): boolean {
  return origin === 'temporary' && underPrefix(address, prefix, PREFIX_BITS)
}

/** The subnet-router anycast address, those of RFC 2526, and those of IANA's own Ethernet addresses (RFC 5453 3). */
function isReserved({ word2, word3 }: Ipv6Address): boolean {
  if (word2 === 0 && word3 === 0) return true
  if (word2 >>> 0 === 0xfdffffff && word3 >>> 0 >= 0xffffff80) return true
  return word2 >>> 0 === 0x02005eff && word3 >>> 24 === 0xfe
}
