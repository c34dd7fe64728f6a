/**
 * Which TCP ports of this host are taken, and by what: listeners, connections, and bindings, which are ports that somebody
 * has taken and neither listens on nor connects from yet.
 */
import type { Random } from '../../hal/random.js'
import { ephemeralPort } from '../ephemeral-port.js'
import { NetError } from '../errors.js'
import { type IpAddress, overlap } from '../ip.js'
import { PortTable } from '../port-table.js'
import type { TcpEndpoint } from './connection.js'
import type { ControlBlock } from './control-block.js'
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

  /** Releases it; a second call does nothing. */
  release(): void {
    this.#onRelease(this)
  }
}

export class TcpPorts {
  readonly #table: Demultiplexer<ControlBlock>
  readonly #random: Random
  readonly #first: number
  readonly #last: number
  readonly #listeners = new PortTable<Listener>((listener) => listener.local)
  readonly #bindings = new PortTable<TcpBinding>((binding) => binding)

  /** @param first of the ports, to `last`, for those who do not care which */
  constructor(table: Demultiplexer<ControlBlock>, random: Random, first: number, last: number) {
    this.#table = table
    this.#random = random
    this.#first = first
    this.#last = last
  }

  get listeners(): readonly Listener[] {
    return [...this.#listeners]
  }

  get bindings(): readonly TcpBinding[] {
    return [...this.#bindings]
  }

  /** Who gets a SYN for this address and port. */
  listenerFor(address: IpAddress, port: number): Listener | undefined {
    return this.#listeners.find(address, port)
  }

  addListener(listener: Listener): void {
    this.#listeners.add(listener)
  }

  removeListener(listener: Listener): void {
    this.#listeners.remove(listener)
  }

  /** @param local port 0: any that is free. @throws NetError EADDRINUSE */
  bind(local: TcpEndpoint, reuse: boolean, call: string): TcpBinding {
    const { address } = local
    const port = local.port === 0 ? this.#unused(address) : local.port
    if (port === undefined)
      throw new NetError('EADDRINUSE', call, 'close sockets that are not needed', 'every ephemeral port is in use')
    const taken =
      this.#listeners.isTaken({ address, port }) ||
      (!reuse && this.#hasConnection(address, port, true)) ||
      this.isBound({ address, port }, reuse)
    if (taken)
      throw new NetError(
        'EADDRINUSE',
        call,
        'close the other socket; where only connections of an earlier one are left, set reuseAddress (SO_REUSEADDR)',
      )
    const binding = new TcpBinding({ address, port }, reuse, (gone) => this.#bindings.remove(gone))
    this.#bindings.add(binding)
    return binding
  }

  /**
   * Whether somebody has bound this end.
   * @param reuse shares it with those who share it too (SO_REUSEADDR)
   */
  isBound(local: TcpEndpoint, reuse: boolean): boolean {
    return this.#bindings.isTaken(local, (other) => other === local || (reuse && other.reuseAddress))
  }

  /**
   * The port to listen on.
   * @throws NetError EADDRINUSE, and EADDRNOTAVAIL when no port is free
   */
  forListener(local: TcpEndpoint, reuse: boolean, call: string): number {
    const { address, port } = local
    if (port === 0) return this.#anyPort(this.#unused(address), () => call)
    // One on every address and one on a single one share the port where both say so; the single one is asked first.
    const inUse = this.#listeners.isTaken(
      local,
      (other) => reuse && other.reuseAddress && other.local.address !== address,
    )
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
  forConnection(address: IpAddress, isOpen: (port: number) => boolean, call: () => string): number {
    const isTaken = (port: number) =>
      isOpen(port) || this.#listeners.has(port) || this.isBound({ address, port }, false)
    return this.#anyPort(ephemeralPort(this.#random, isTaken, this.#first, this.#last), call)
  }

  #anyPort(port: number | undefined, call: () => string): number {
    if (port !== undefined) return port
    throw new NetError(
      'EADDRNOTAVAIL',
      call(),
      'close connections, or wait for the ones in TIME-WAIT',
      'no port is free',
    )
  }

  /** A random port that nobody has. */
  #unused(address: IpAddress): number | undefined {
    const isTaken = (port: number) =>
      this.#listeners.isTaken({ address, port }) ||
      this.#table.countOnPort(port) > 0 ||
      this.isBound({ address, port }, false)
    return ephemeralPort(this.#random, isTaken, this.#first, this.#last)
  }

  /** @param opening counts those that are just being opened; they keep no port from being listened on (RFC 9293 MUST-42) */
  #hasConnection(address: IpAddress, port: number, opening: boolean): boolean {
    if (this.#table.countOnPort(port) === 0) return false
    for (const block of this.#table)
      if (
        block.localPort === port &&
        (opening || (block.state !== 'SYN-SENT' && block.state !== 'SYN-RECEIVED')) &&
        overlap(block.localAddress, address)
      )
        return true
    return false
  }
}
