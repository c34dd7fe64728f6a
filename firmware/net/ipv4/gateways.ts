/** The routers of an interface, the preferred one first. */
import { type Ipv4Address, type Ipv4Interface, routersFor } from '../address.js'

/** As one says which: one, several, or none. */
export type GivenGateways = string | Ipv4Address | readonly Ipv4Address[]

export class Gateways {
  #all: readonly Ipv4Address[] = []

  get all(): readonly Ipv4Address[] {
    return this.#all
  }

  get first(): Ipv4Address | undefined {
    return this.#all[0]
  }

  /** Takes these instead of those it had. @throws RangeError where one can be no router for a host with the address `own` */
  set(own: Ipv4Interface, given: GivenGateways): void {
    this.#all = routersFor(own, given)
  }

  clear(): void {
    this.#all = []
  }
}
