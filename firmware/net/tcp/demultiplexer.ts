/**
 * Which connection a segment belongs to. Ports are the key, as one small integer, which a Map finds fastest; connections with
 * the same ports at both ends are a list. Segments come in trains, so the last connection found is tried first.
 */
import type { IpAddress } from '../ip.js'

/** What the table looks at of a connection, and what it keeps in it. */
export interface TableEntry<Entry> {
  readonly localAddress: IpAddress
  readonly localPort: number
  readonly remoteAddress: IpAddress
  readonly remotePort: number
  /** The next one with the same ports. */
  sibling: Entry | undefined
  listed: boolean
}

export class Demultiplexer<Entry extends TableEntry<Entry>> {
  readonly #byPorts = new Map<number, Entry>()
  readonly #onPort = new Map<number, number>()
  #last: Entry | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  find(localAddress: IpAddress, localPort: number, remoteAddress: IpAddress, remotePort: number): Entry | undefined {
    const last = this.#last
    if (
      last !== undefined &&
      last.remotePort === remotePort &&
      last.localPort === localPort &&
      last.remoteAddress === remoteAddress &&
      last.localAddress === localAddress
    )
      return last
    let block = this.#byPorts.get((remotePort << 16) | localPort)
    while (block !== undefined) {
      if (block.remoteAddress === remoteAddress && block.localAddress === localAddress) {
        this.#last = block
        return block
      }
      block = block.sibling
    }
    return undefined
  }

  add(block: Entry): void {
    const key = (block.remotePort << 16) | block.localPort
    block.sibling = this.#byPorts.get(key)
    block.listed = true
    this.#byPorts.set(key, block)
    this.#onPort.set(block.localPort, (this.#onPort.get(block.localPort) ?? 0) + 1)
    this.#size++
  }

  remove(block: Entry): void {
    if (!block.listed) return
    block.listed = false
    if (this.#last === block) this.#last = undefined
    const key = (block.remotePort << 16) | block.localPort
    let other = this.#byPorts.get(key)
    if (other === block) {
      if (block.sibling === undefined) this.#byPorts.delete(key)
      else this.#byPorts.set(key, block.sibling)
    } else {
      while (other !== undefined && other.sibling !== block) other = other.sibling
      if (other !== undefined) other.sibling = block.sibling
    }
    block.sibling = undefined
    const left = (this.#onPort.get(block.localPort) ?? 1) - 1
    if (left === 0) this.#onPort.delete(block.localPort)
    else this.#onPort.set(block.localPort, left)
    this.#size--
  }

  /** Connections that have a local port. */
  countOnPort(port: number): number {
    return this.#onPort.get(port) ?? 0
  }

  *[Symbol.iterator](): IterableIterator<Entry> {
    for (const first of this.#byPorts.values())
      for (let block: Entry | undefined = first; block !== undefined; block = block.sibling) yield block
  }
}
