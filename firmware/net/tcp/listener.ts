/** A port that waits for connections (RFC 9293 3.9.1.1, passive OPEN) and the ones that wait to be accepted. */
import type { Connection, TcpEndpoint } from './connection.js'
import { type ControlBlock, isSynchronized } from './control-block.js'
import { abortConnection, chargeAsOpen, settle } from './events.js'
import { checkOption, isAgreedBySyn, setOption } from './option-changes.js'
import type { ConnectionOptions } from './options.js'

export interface ListenOptions {
  /** Connections that may wait for `accept`, those half open included. */
  backlog?: number
  /** Set on every connection accepted. */
  connection?: Partial<ConnectionOptions>
  /** Listen although connections of an earlier listener on the port are still there. */
  reuseAddress?: boolean
}

export const DEFAULT_BACKLOG = 128

export class Listener {
  /** A connection waits: `accept` gives it. */
  onAcceptable: (() => void) | undefined
  /**
   * A SYN came: is there room for one more, beside those half open and waiting? False: it is answered with a reset, so that the
   * peer is refused before it says anything. Undefined: there always is.
   */
  admits: (() => boolean) | undefined
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
    checkOption(name, value)
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

  /** Connections half open leave no room for another. */
  get isCrowded(): boolean {
    return this.#waiting.length + this.#halfOpen.size >= this.backlog
  }

  /** The connection that waits longest, in ESTABLISHED or closed by its peer since; undefined when none does. */
  accept(): Connection | undefined {
    const block = this.#waiting.shift()
    if (block === undefined) return undefined
    block.listener = undefined
    return block.connection
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
    this.onAcceptable?.()
  }
}
