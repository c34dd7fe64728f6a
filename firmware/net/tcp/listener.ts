/** A port that waits for connections (RFC 9293 3.9.1.1, passive OPEN) and the ones that wait to be accepted. */
import { Listeners } from '../../hal/listeners.js'
import { type Connection, connectionOf, type TcpEndpoint } from './connection.js'
import { type Acceptor, type ControlBlock, isSynchronized } from './control-block.js'
import { abortConnection, chargeAsOpen, settle } from './events.js'
import { checkConnectionOption, isAgreedBySyn, setOption } from './option-changes.js'
import type { ConnectionOptions } from './options.js'

export interface ListenOptions {
  /** Connections that may wait for `accept`, those half open included. */
  backlog?: number
  /** Set on every connection accepted. */
  connection?: Partial<ConnectionOptions>
  /** Listen although connections of an earlier listener on the port are still there. */
  reuseAddress?: boolean
}

/** Asked when a SYN comes, and when a cookie comes back. */
export interface Admission {
  /** Is there room for one more, beside so many that were let in and are not accepted yet? Asking changes nothing. */
  hasRoom(beside: number): boolean
  /** There was none: what yields is to give way. Returns whether there is now. */
  makeRoom(beside: number): boolean
  /** One was refused by a reset, so that its peer has said nothing by then. */
  onRefused(): void
}

const DEFAULT_BACKLOG = 128

export class Listener implements Acceptor {
  readonly #acceptableListeners = new Listeners<[]>()
  /** Who serves the connections; undefined: there is always room for one more. */
  admission: Admission | undefined
  readonly local: TcpEndpoint
  readonly backlog: number
  readonly reuseAddress: boolean
  #options: Readonly<ConnectionOptions>
  /** When a SYN was last answered by a cookie. */
  lastCookieAt = Number.NEGATIVE_INFINITY
  readonly #onClose: (listener: Listener) => void
  readonly #halfOpen = new Set<ControlBlock>()
  readonly #waiting: ControlBlock[] = []
  #closed = false

  /** `Tcp.listen` makes these. */
  constructor(
    local: TcpEndpoint,
    options: Readonly<ConnectionOptions>,
    settings: ListenOptions,
    onClose: (listener: Listener) => void,
  ) {
    this.local = local
    this.#options = options
    this.backlog = Math.max(1, settings.backlog ?? DEFAULT_BACKLOG)
    this.reuseAddress = settings.reuseAddress ?? false
    this.#onClose = onClose
  }

  /** A connection waits: `accept` gives it. */
  onAcceptable(listener: () => void): () => void {
    return this.#acceptableListeners.add(listener)
  }

  /** What connections begin with. */
  get options(): Readonly<ConnectionOptions> {
    return this.#options
  }

  /**
   * Sets an option of every connection that `accept` gives from now on. What is agreed with the SYN goes only for SYNs still to
   * come.
   * @throws RangeError for a value that cannot be
   */
  set<Name extends keyof ConnectionOptions>(name: Name, value: ConnectionOptions[Name]): void {
    checkConnectionOption(name, value)
    this.#options = { ...this.#options, [name]: value }
    if (isAgreedBySyn(name)) return
    for (const block of [...this.#halfOpen, ...this.#waiting]) {
      setOption(block, name, value)
      settle(block)
    }
  }

  /** Connections that `accept` would give. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Connections whose SYN arrived and whose acknowledgement has not. */
  get halfOpen(): number {
    return this.#halfOpen.size
  }

  get closed(): boolean {
    return this.#closed
  }

  /** `accept` has not kept up: no connection is let in. */
  get isFull(): boolean {
    return this.#waiting.length >= this.backlog
  }

  /**
   * Connections half open leave no room for another, in the backlog or with the listener's handler. Nobody knows whether their peers
   * are there: they refuse nobody.
   */
  get isCrowded(): boolean {
    const inside = this.#waiting.length + this.#halfOpen.size
    return inside >= this.backlog || this.admission?.hasRoom(inside) === false
  }

  /** Who serves the connections has no room for one more beside those that wait: it is to be reset, and is noted so. */
  refuses(): boolean {
    const { admission } = this
    const beside = this.#waiting.length
    if (admission === undefined || admission.hasRoom(beside) || admission.makeRoom(beside)) return false
    admission.onRefused()
    return true
  }

  /** The connection that waits longest, in ESTABLISHED or closed by its peer since; undefined when none does. */
  accept(): Connection | undefined {
    const block = this.#waiting.shift()
    if (block === undefined) return undefined
    block.listener = undefined
    return connectionOf(block)
  }

  /** Stops listening. What was not accepted is reset. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#onClose(this)
    for (const block of [...this.#halfOpen, ...this.#waiting.splice(0)]) {
      block.listener = undefined
      abortConnection(block, 'ECONNABORTED')
      settle(block)
    }
    this.#halfOpen.clear()
  }

  /** The engine: a SYN was let in. */
  admit(block: ControlBlock): void {
    block.listener = this
    this.#halfOpen.add(block)
  }

  /** The engine: the state of a connection that was not accepted yet changed. */
  onProgress(block: ControlBlock): void {
    if (block.state === 'CLOSED') {
      block.listener = undefined
      this.#halfOpen.delete(block)
      const at = this.#waiting.indexOf(block)
      if (at >= 0) this.#waiting.splice(at, 1)
      return
    }
    if (!isSynchronized(block.state) || !this.#halfOpen.delete(block)) return
    if (!chargeAsOpen(block)) {
      block.engine.counting.dropped.add('no memory for connection')
      block.listener = undefined
      abortConnection(block, 'ENOBUFS')
      return
    }
    this.#waiting.push(block)
    this.#acceptableListeners.tell()
  }
}
