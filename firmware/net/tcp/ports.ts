/**
 * Which TCP ports of this host are taken, and by what: listeners, connections, and bindings, which are ports that somebody
 * has taken and neither listens on nor connects from yet.
 */
import type { Random } from '../../hal/random.js'
import { ephemeralPort } from '../ephemeral-port.js'
import { NetError } from '../errors.js'
import type { IpAddress } from '../network-layer.js'
import type { TcpEndpoint } from './connection.js'
import type { Demultiplexer } from './demultiplexer.js'
import type { Listener } from './listener.js'

/** A local end that is kept for one owner, until it is listened on, connected from, or released. */
export class TcpBinding implements TcpEndpoint {
  readonly address: IpAddress
  readonly port: number
  readonly reuseAddress: boolean
  readonly #onRelease: (binding: TcpBinding) => void

  /** `Tcp.bind` makes these. */
  constructor(local: TcpEndpoint, reuseAddress: boolean, onRelease: (binding: TcpBinding) => void) {
    this.address = local.address
    this.port = local.port
    this.reuseAddress = reuseAddress
    this.#onRelease = onRelease
  }

  /** Gives it up; more than once is once. */
  release(): void {
    this.#onRelease(this)
  }
}

export class TcpPorts {
  readonly #table: Demultiplexer
  readonly #random: Random
  readonly #first: number
  readonly #last: number
  readonly #listeners = new Map<number, Listener[]>()
  readonly #bindings = new Map<number, TcpBinding[]>()

  /** @param first of the ports, to `last`, for those who do not care which */
  constructor(table: Demultiplexer, random: Random, first: number, last: number) {
    this.#table = table
    this.#random = random
    this.#first = first
    this.#last = last
  }

  get listeners(): readonly Listener[] {
    return [...this.#listeners.values()].flat()
  }

  get bindings(): readonly TcpBinding[] {
    return [...this.#bindings.values()].flat()
  }

  /** Who gets a SYN for this address and port. */
  listenerFor(address: IpAddress, port: number): Listener | undefined {
    const listeners = this.#listeners.get(port)
    if (listeners === undefined) return undefined
    return (
      listeners.find((each) => each.local.address === address) ?? listeners.find((each) => each.local.address === 0)
    )
  }

  addListener(listener: Listener): void {
    add(this.#listeners, listener.local.port, listener)
  }

  removeListener(listener: Listener): void {
    remove(this.#listeners, listener.local.port, listener)
  }

  /** @param local port 0: any that is free. @throws NetError EADDRINUSE */
  bind(local: TcpEndpoint, reuse: boolean, call: string): TcpBinding {
    const { address } = local
    const port = local.port === 0 ? this.#unused(address) : local.port
    if (port === undefined)
      throw new NetError('EADDRINUSE', call, 'close sockets that are not needed', 'every ephemeral port is in use')
    const taken =
      this.#hasListener(address, port) ||
      (!reuse && this.#hasConnection(address, port, true)) ||
      this.isBound({ address, port }, reuse)
    if (taken)
      throw new NetError(
        'EADDRINUSE',
        call,
        'close the other socket; where only connections of an earlier one are left, set reuseAddress (SO_REUSEADDR)',
      )
    const binding = new TcpBinding({ address, port }, reuse, (gone) => remove(this.#bindings, gone.port, gone))
    add(this.#bindings, port, binding)
    return binding
  }

  /**
   * Whether somebody has bound this end; who passes a binding of his own asks about the others'.
   * @param reuse shares it with those who share it too (SO_REUSEADDR)
   */
  isBound(local: TcpEndpoint, reuse: boolean): boolean {
    const others = this.#bindings.get(local.port)
    if (others === undefined) return false
    return others.some(
      (other) =>
        other !== local && !(reuse && other.reuseAddress) && sharesAddress(other.address, local.address, false),
    )
  }

  /**
   * The port to listen on.
   * @throws NetError EADDRINUSE, and EADDRNOTAVAIL when no port is free
   */
  forListener(local: TcpEndpoint, reuse: boolean, call: string): number {
    const { address, port } = local
    if (port === 0) return this.#anyPort(this.#unused(address), call)
    const inUse = this.#listeners
      .get(port)
      ?.some((other) => sharesAddress(other.local.address, address, reuse && other.reuseAddress))
    if (inUse || this.isBound(local, reuse))
      throw new NetError('EADDRINUSE', call, 'close the listener that has it, or choose another port')
    if (!reuse && this.#hasConnection(address, port, false))
      throw new NetError('EADDRINUSE', call, 'wait for its connections to end, or set reuseAddress')
    return port
  }

  /**
   * A port to connect from.
   * @param isOpen whether a connection to the same peer has it already
   * @throws NetError EADDRNOTAVAIL when none is free
   */
  forConnection(address: IpAddress, isOpen: (port: number) => boolean, call: string): number {
    const isTaken = (port: number) =>
      isOpen(port) || this.#listeners.has(port) || this.isBound({ address, port }, false)
    return this.#anyPort(ephemeralPort(this.#random, isTaken, this.#first, this.#last), call)
  }

  #anyPort(port: number | undefined, call: string): number {
    if (port !== undefined) return port
    throw new NetError('EADDRNOTAVAIL', call, 'close connections, or wait for the ones in TIME-WAIT', 'no port is free')
  }

  /** A port by chance that nobody has. */
  #unused(address: IpAddress): number | undefined {
    const isTaken = (port: number) =>
      this.#hasListener(address, port) || this.#table.countOnPort(port) > 0 || this.isBound({ address, port }, false)
    return ephemeralPort(this.#random, isTaken, this.#first, this.#last)
  }

  #hasListener(address: IpAddress, port: number): boolean {
    const listeners = this.#listeners.get(port)
    return listeners?.some((each) => sharesAddress(each.local.address, address, false)) ?? false
  }

  /** @param opening counts those that are just being opened; they keep no port from being listened on (RFC 9293 MUST-42) */
  #hasConnection(address: IpAddress, port: number, opening: boolean): boolean {
    if (this.#table.countOnPort(port) === 0) return false
    for (const block of this.#table)
      if (
        block.localPort === port &&
        (opening || (block.state !== 'SYN-SENT' && block.state !== 'SYN-RECEIVED')) &&
        sharesAddress(block.localAddress, address, false)
      )
        return true
    return false
  }
}

/** Whether two endpoints with one port would get the same segments. */
function sharesAddress(a: IpAddress, b: IpAddress, exactOnly: boolean): boolean {
  return a === b || (!exactOnly && (a === 0 || b === 0))
}

function add<Entry>(map: Map<number, Entry[]>, port: number, entry: Entry): void {
  const others = map.get(port)
  if (others === undefined) map.set(port, [entry])
  else others.push(entry)
}

function remove<Entry>(map: Map<number, Entry[]>, port: number, entry: Entry): void {
  const left = map.get(port)?.filter((each) => each !== entry) ?? []
  if (left.length === 0) map.delete(port)
  else map.set(port, left)
}
