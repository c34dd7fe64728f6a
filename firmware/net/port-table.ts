/**
 * Who has which port of a transport, whatever the family of the address: one table, since who takes a port of every address of
 * a host may take it of more than one family.
 */
import { covers, type IpAddress, type IpEndpoint, overlap } from './ip.js'

export class PortTable<Owner> {
  readonly #endOf: (owner: Owner) => IpEndpoint
  readonly #byPort = new Map<number, Owner[]>()

  /** @param endOf where an owner is; it does not move while it is in the table */
  constructor(endOf: (owner: Owner) => IpEndpoint) {
    this.#endOf = endOf
  }

  add(owner: Owner): void {
    const { port } = this.#endOf(owner)
    const others = this.#byPort.get(port)
    if (others === undefined) this.#byPort.set(port, [owner])
    else others.push(owner)
  }

  /** Does nothing where it is not in the table. */
  remove(owner: Owner): void {
    const { port } = this.#endOf(owner)
    const owners = this.#byPort.get(port)
    const at = owners?.indexOf(owner) ?? -1
    if (owners === undefined || at < 0) return
    owners.splice(at, 1)
    if (owners.length === 0) this.#byPort.delete(port)
  }

  /** Whoever has a port, in the order in which they came; the list changes when one is added or removed. */
  on(port: number): readonly Owner[] | undefined {
    return this.#byPort.get(port)
  }

  has(port: number): boolean {
    return this.#byPort.has(port)
  }

  /** The holder of the address itself, else the holder of every address. */
  find(address: IpAddress, port: number): Owner | undefined {
    const owners = this.#byPort.get(port)
    if (owners === undefined) return undefined
    return (
      owners.find((owner) => this.#endOf(owner).address === address) ??
      owners.find((owner) => covers(this.#endOf(owner).address, address))
    )
  }

  /** Whether somebody would get the same as the holder of `end`. @param shares those with whom it may be shared */
  isTaken(end: IpEndpoint, shares?: (owner: Owner) => boolean): boolean {
    const owners = this.#byPort.get(end.port)
    if (owners === undefined) return false
    return owners.some((owner) => overlap(this.#endOf(owner).address, end.address) && shares?.(owner) !== true)
  }

  *[Symbol.iterator](): IterableIterator<Owner> {
    for (const owners of this.#byPort.values()) yield* owners
  }
}
