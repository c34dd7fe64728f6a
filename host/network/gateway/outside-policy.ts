/**
 * What a board may reach through the gateway: the Internet, and of this computer and the networks that it is on only what is listed. The address
 * decides, at each connection anew; a name never does, so that it does not matter who answers for names (DNS rebinding).
 */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { IpAddress } from '../../../firmware/net/ip.js'
import { nameKey } from '../../../firmware/net/wire/dns-name.js'
import type { Monotonic } from '../../event-loop.js'
import { type AllowRule, formatRule, lets } from './allow-rule.js'
import { type IpNetwork, isIn } from './ip-network.js'
import { type SpecialKind, specialKind } from './special-networks.js'

/** Why something may not be reached. */
export type Refused = SpecialKind | 'own network' | 'not listed'

export interface OutsidePolicyOptions {
  readonly allow: readonly AllowRule[]
  /** Nothing but what is listed is reached. */
  readonly onlyListed: boolean
  /** Networks that this computer is on. What is on them is not in front of the router that keeps others out, whatever its addresses are. */
  readonly ownNetworks: () => readonly IpNetwork[]
  readonly now: Monotonic
}

/** Addresses of listed names that are remembered; the oldest goes first. */
const MOST_LEARNT = 256
/** The shortest that one is: a program may look a name up long before it connects. */
const LEAST_SECONDS = 60
/** The networks of this computer are asked for again after so long. */
const NETWORKS_KEPT = SECOND

interface Learnt {
  readonly name: string
  readonly until: number
}

export class OutsidePolicy {
  readonly #options: OutsidePolicyOptions
  /** Names of an address that are listed, as the resolver told. */
  readonly #learnt = new Map<IpAddress, Learnt>()
  #networks: readonly IpNetwork[] = []
  #networksAt = Number.NEGATIVE_INFINITY

  constructor(options: OutsidePolicyOptions) {
    this.#options = options
  }

  /** The rules as a person would write them. */
  get rules(): readonly string[] {
    return this.#options.allow.map(formatRule)
  }

  get onlyListed(): boolean {
    return this.#options.onlyListed
  }

  /**
   * @param port of the transport; undefined: an echo
   * @returns why an address may not be reached; undefined: it may
   */
  judge(address: IpAddress, port: number | undefined): Refused | undefined {
    if (this.#isListed(address, port)) return undefined
    return this.#judgeUnlisted(address) ?? (this.#options.onlyListed ? 'not listed' : undefined)
  }

  /** As `judge`, of an address that may be told to a board: one of its ports at least may be reached. */
  judgeAnyPort(address: IpAddress): Refused | undefined {
    const isListed = this.#options.allow.some(({ network }) => network !== undefined && isIn(address, network))
    return isListed ? undefined : this.judge(address, undefined)
  }

  /** As if nothing were listed, and nothing had to be. */
  #judgeUnlisted(address: IpAddress): Refused | undefined {
    return specialKind(address) ?? (this.#isOnOwnNetwork(address) ? 'own network' : undefined)
  }

  /** A name is listed, whatever its addresses are. */
  listsName(name: string): boolean {
    const key = keyOf(name)
    return this.#options.allow.some((rule) => rule.name === key)
  }

  /** The resolver says that a listed name has this address, for so long. */
  learn(name: string, address: IpAddress, seconds: number): void {
    this.#learnt.delete(address)
    if (this.#learnt.size >= MOST_LEARNT) {
      const [oldest] = this.#learnt.keys()
      this.#learnt.delete(oldest)
    }
    const until = this.#options.now() + Math.max(LEAST_SECONDS, seconds) * SECOND
    this.#learnt.set(address, { name: keyOf(name), until })
  }

  #isListed(address: IpAddress, port: number | undefined): boolean {
    const { allow, now } = this.#options
    if (allow.some((rule) => lets(rule, address, port))) return true
    const learnt = this.#learnt.get(address)
    if (learnt === undefined) return false
    if (learnt.until > now())
      return allow.some((rule) => rule.name === learnt.name && (rule.port === undefined || rule.port === port))
    this.#learnt.delete(address)
    return false
  }

  #isOnOwnNetwork(address: IpAddress): boolean {
    const { ownNetworks, now } = this.#options
    if (now() - this.#networksAt > NETWORKS_KEPT) {
      this.#networks = ownNetworks()
      this.#networksAt = now()
    }
    return this.#networks.some((network) => isIn(address, network))
  }
}

function keyOf(name: string): string {
  return nameKey(name).replace(/\.$/, '')
}
