/**
 * Addresses in conflict (RFC 5227): whether somebody has an address before it is taken, announcing it, and defending it.
 * The constants have the RFC's names (section 1.1).
 */
import { type Clock, SECOND, type Timer } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { type Ipv4Address, type MacAddress, sameMac } from '../address.js'
import { ARP_REQUEST, type ArpPacket } from '../wire/arp.js'

const PROBE_WAIT = SECOND
const PROBE_NUM = 3
const PROBE_MIN = SECOND
const PROBE_MAX = 2 * SECOND
const ANNOUNCE_WAIT = 2 * SECOND
const ANNOUNCE_NUM = 2
const ANNOUNCE_INTERVAL = 2 * SECOND
const MAX_CONFLICTS = 10
const RATE_LIMIT_INTERVAL = 60 * SECOND
export const DEFEND_INTERVAL = 10 * SECOND

/**
 * What to do when somebody else claims an address of ours, by 2.4: (a) `cease` to use it at once; (b) `defend`
 * it, and give it up at a second claim within DEFEND_INTERVAL; (c) `keep` it whoever claims it, as hosts must that others know
 * by their address: routers, servers, boards whose address a person chose.
 */
export type AddressDefence = 'cease' | 'defend' | 'keep'

export interface AddressConflictsOptions {
  clock: Clock
  random: Random
  mac: MacAddress
  isOwn(address: Ipv4Address): boolean
  defence: AddressDefence
  /** Sends an ARP request for `target` with the sender address `sender`. */
  ask(target: Ipv4Address, sender: Ipv4Address): void
  /** Somebody else claims an address of ours; `givenUp`: it is not to be used any more, until it is regained. */
  onConflict(address: Ipv4Address, mac: MacAddress, givenUp: boolean): void
  /** Nobody has an address any more that was given up: it may be used again. */
  onRegained(address: Ipv4Address): void
}

interface Probe {
  readonly address: Ipv4Address
  readonly done: (taken: MacAddress | undefined) => void
  sent: number
  timer: Timer
}

export class AddressConflicts {
  readonly #options: AddressConflictsOptions
  readonly #probes = new Set<Probe>()
  readonly #announcements = new Set<Timer>()
  /** When an own address was last defended. */
  readonly #defended = new Map<Ipv4Address, number>()
  /** Of each address given up, what takes the question back whether it is free again. */
  readonly #givenUp = new Map<Ipv4Address, () => void>()
  #conflicts = 0
  #probedAt = Number.NEGATIVE_INFINITY

  constructor(options: AddressConflictsOptions) {
    this.#options = options
  }

  /**
   * Asks whether somebody has an address (2.1.1): a random wait, three probes, and a wait for answers.
   * @param done is called once, later, with the station that has it
   * @returns what takes the question back
   */
  check(address: Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void {
    const { clock, random } = this.#options
    let wait = random.float() * PROBE_WAIT
    // Whoever met ten conflicts does not go on to take the network's time (2.1.1).
    if (this.#conflicts >= MAX_CONFLICTS) wait += Math.max(0, this.#probedAt + RATE_LIMIT_INTERVAL - clock.now)
    this.#probedAt = clock.now + wait
    const probe: Probe = { address, done, sent: 0, timer: clock.after(wait, () => this.#next(probe)) }
    this.#probes.add(probe)
    return () => this.#end(probe)
  }

  /** Tells everyone that the address is ours from now on, twice (2.3). */
  announce(address: Ipv4Address, times = ANNOUNCE_NUM): void {
    this.#options.ask(address, address)
    if (times <= 1) return
    const timer = this.#options.clock.after(ANNOUNCE_INTERVAL, () => {
      this.#announcements.delete(timer)
      if (this.#options.isOwn(address)) this.announce(address, times - 1)
    })
    this.#announcements.add(timer)
  }

  /**
   * An ARP packet arrived.
   * @returns true when its sender claims an address of ours: nothing else is made of it
   */
  receive(arp: ArpPacket): boolean {
    // Our own probes and announcements come back from some access points (so in Android, too): they are no conflict.
    const ownEcho = sameMac(arp.senderMac, this.#options.mac)
    if (!ownEcho) this.#meet(arp)
    if (arp.senderAddress === 0 || !this.#options.isOwn(arp.senderAddress)) return false
    if (!ownEcho) this.#defend(arp.senderAddress, arp.senderMac)
    return true
  }

  /** An address was given up, and is not free again yet. */
  hasGivenUp(address: Ipv4Address): boolean {
    return this.#givenUp.has(address)
  }

  /** An address that was given up is not waited for any more: another takes its place, or it is taken whoever has it. */
  forget(address: Ipv4Address): void {
    this.#givenUp.get(address)?.()
    this.#givenUp.delete(address)
  }

  /** Takes every question back, and announces nothing more. */
  stop(): void {
    for (const address of [...this.#givenUp.keys()]) this.forget(address)
    for (const probe of this.#probes) this.#end(probe)
    for (const timer of this.#announcements) this.#options.clock.cancel(timer)
    this.#announcements.clear()
    this.#defended.clear()
  }

  #next(probe: Probe): void {
    const { clock, random } = this.#options
    if (probe.sent === PROBE_NUM) {
      this.#end(probe)
      this.#conflicts = 0
      probe.done(undefined)
      return
    }
    probe.sent++
    const wait = probe.sent === PROBE_NUM ? ANNOUNCE_WAIT : PROBE_MIN + random.float() * (PROBE_MAX - PROBE_MIN)
    probe.timer = clock.after(wait, () => this.#next(probe))
    this.#options.ask(probe.address, 0)
  }

  /** 2.1.1: somebody uses the address that is asked about, or asks about it too. */
  #meet(arp: ArpPacket): void {
    for (const probe of this.#probes) {
      const uses = arp.senderAddress === probe.address
      const asks = arp.operation === ARP_REQUEST && arp.senderAddress === 0 && arp.targetAddress === probe.address
      if (!uses && !asks) continue
      this.#end(probe)
      this.#conflicts++
      probe.done(arp.senderMac)
    }
  }

  /** 2.4: a claim within DEFEND_INTERVAL of one that was answered is not answered again; with (b) the address goes. */
  #defend(address: Ipv4Address, mac: MacAddress): void {
    const { clock, defence } = this.#options
    const before = this.#defended.get(address)
    const again = before !== undefined && clock.now - before < DEFEND_INTERVAL
    const givenUp = defence === 'cease' || (again && defence === 'defend')
    if (givenUp) {
      this.#defended.delete(address)
      this.#waitFor(address)
    } else if (!again) {
      this.#defended.set(address, clock.now)
      this.announce(address, 1)
    }
    this.#options.onConflict(address, mac, givenUp)
  }

  /** Asks for an address that was given up, as before taking one (2.1), until nobody has it; `check` keeps the rate. */
  #waitFor(address: Ipv4Address): void {
    const timer = this.#options.clock.after(DEFEND_INTERVAL, () => {
      const takeBack = this.check(address, (taken) => {
        if (taken !== undefined) {
          this.#waitFor(address)
          return
        }
        this.#givenUp.delete(address)
        this.#options.onRegained(address)
      })
      this.#givenUp.set(address, takeBack)
    })
    this.#givenUp.set(address, () => this.#options.clock.cancel(timer))
  }

  #end(probe: Probe): void {
    if (this.#probes.delete(probe)) this.#options.clock.cancel(probe.timer)
  }
}
