/** A connection as an application has it: the calls of RFC 9293 3.9.1. */

import { MILLISECOND } from '../../hal/clock.js'
import { Listeners } from '../../hal/listeners.js'
import { NetError, type NetErrorCode } from '../errors.js'
import type { IpEndpoint } from '../ip.js'
import type { NetworkLayer, Route } from '../network-layer.js'
import { ACK, FIN } from '../wire/tcp.js'
import { startOrphanTimer } from './arrival/acknowledgement.js'
import { firstUnread } from './arrival/urgent.js'
import type { ConnectionListeners } from './connection-listeners.js'
import { NEVER } from './connection-timers.js'
import { ControlBlock, type TcpEngine } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { abortConnection, endConnection, settle } from './events.js'
import { noteFinSent } from './fin.js'
import { releaseLater } from './idle-memory.js'
import { infoOf, type TcpInfo } from './info.js'
import { checkChangeable, checkConnectionOption, setOption } from './option-changes.js'
import type { ConnectionOptions } from './options.js'
import { after, sequenceDistance } from './sequence.js'
import type { TcpState } from './states.js'
import { expire } from './timers.js'
import { transmitSegment } from './transmit.js'
import { isWindowUpdateDue } from './window.js'

export type TcpEndpoint = IpEndpoint

export interface TcpWriteOptions {
  /** The octets end in urgent data: the peer is told how far it has to read (RFC 9293 3.8.5; RFC 6093 advises against it). */
  urgent?: boolean
  /**
   * True: the segment that ends with these octets has PSH, even if more are queued behind it. False: more follows, and a segment
   * that is not full waits for it, for `CORK_LIMIT` at most (MSG_MORE).
   */
  push?: boolean
}

/** A write that the memory budget refused is worth trying again after so long. */
const MEMORY_RETRY = 100 * MILLISECOND

/** The application found no room: `onWritable` is to tell when there is some. */
function wantRoom(block: ControlBlock): void {
  block.application.writeBlocked = true
  // No acknowledgement will make room where nothing is on its way.
  if (block.sendRing.length < block.sendRing.limit) setDeadline(block, 'retryAt', block.engine.clock.now + MEMORY_RETRY)
}

/**
 * One end of a connection. Nothing here waits: `write` takes what fits, `read` gives what is there, and the callbacks tell when
 * more is possible. They are called from frame and clock events, and from calls that change the state; any method may be
 * called from within them.
 */
export class Connection implements ConnectionListeners {
  // For events.ts, which tells them. Made when the first comes: of many connections most have few.
  stateListeners: Listeners<[state: TcpState, previous: TcpState]> | undefined
  readableListeners: Listeners<[]> | undefined
  writableListeners: Listeners<[]> | undefined
  softErrorListeners: Listeners<[code: NetErrorCode]> | undefined
  urgentListeners: Listeners<[]> | undefined
  closedListeners: Listeners<[error: NetErrorCode | undefined]> | undefined
  readonly #block: ControlBlock

  /** `Tcp.connect` and `Listener.accept` give connections. */
  constructor(block: ControlBlock) {
    this.#block = block
  }

  /** A state of RFC 9293 3.3.2 was entered. Where one segment leads through several, each is reported. */
  onState(listener: (state: TcpState, previous: TcpState) => void): () => void {
    this.stateListeners ??= new Listeners()
    return this.stateListeners.add(listener)
  }

  /** Octets arrived, or the end of the peer's stream did. */
  onReadable(listener: () => void): () => void {
    this.readableListeners ??= new Listeners()
    return this.readableListeners.add(listener)
  }

  /** The connection opened, or there is room again after a `write` that did not take everything. */
  onWritable(listener: () => void): () => void {
    this.writableListeners ??= new Listeners()
    return this.writableListeners.add(listener)
  }

  /** The network has trouble that may pass; the connection goes on (RFC 9293 3.9.1.8). */
  onSoftError(listener: (code: NetErrorCode) => void): () => void {
    this.softErrorListeners ??= new Listeners()
    return this.softErrorListeners.add(listener)
  }

  /** The peer sent urgent data, or more of it (RFC 9293 MUST-32). */
  onUrgent(listener: () => void): () => void {
    this.urgentListeners ??= new Listeners()
    return this.urgentListeners.add(listener)
  }

  /** CLOSED: in order, or by an error. Nothing is called after it. */
  onClosed(listener: (error: NetErrorCode | undefined) => void): () => void {
    this.closedListeners ??= new Listeners()
    return this.closedListeners.add(listener)
  }

  get state(): TcpState {
    return this.#block.state
  }

  get local(): TcpEndpoint {
    return { address: this.#block.localAddress, port: this.#block.localPort }
  }

  get remote(): TcpEndpoint {
    return { address: this.#block.remoteAddress, port: this.#block.remotePort }
  }

  /** What ended the connection; undefined while it lasts, and after an orderly end (RFC 9293 MUST-12). */
  get error(): NetErrorCode | undefined {
    return this.#block.application.error
  }

  /** The latest trouble that did not end it. */
  get softError(): NetErrorCode | undefined {
    return this.#block.application.softError
  }

  /** Octets that `read` would give. */
  get readable(): number {
    return this.#block.receiver.ring.length
  }

  /** Octets that `write` would take. */
  get writable(): number {
    const block = this.#block
    if (!canWrite(block)) return 0
    const { free } = block.sendRing
    if (free === 0) wantRoom(block)
    return free
  }

  /** The peer sends no more, and everything it sent has been read. */
  get ended(): boolean {
    return this.#block.finReceived && this.#block.receiver.ring.length === 0
  }

  /** Whether urgent data are ahead, and in how many octets they end (RFC 9293 MUST-33), counted from the next to be read. */
  get urgent(): { readonly pending: boolean; readonly remaining: number } {
    const block = this.#block
    const remaining = block.urgentReceived ? sequenceDistance(firstUnread(block), block.rcvUp) : 0
    return remaining > 0 ? { pending: true, remaining } : { pending: false, remaining: 0 }
  }

  /**
   * SEND (RFC 9293 3.10.2): takes octets to be sent, before the connection is open too.
   * @returns how many were taken: fewer than given where the buffer is full or no memory is free; `onWritable` tells when to go on
   * @throws NetError EPIPE after `shutdownWrite` or `close`; ENOTCONN, or what ended it, when the connection is over
   */
  write(octets: Uint8Array, from = 0, to = octets.length, options?: TcpWriteOptions): number {
    const block = this.#block
    if (!canWrite(block)) throw this.#cannotWrite()
    const taken = block.sendRing.write(octets, from, to)
    if (taken < to - from) wantRoom(block)
    else block.application.writeBlocked = false
    if (taken > 0) block.moreFollows = options?.push === false
    if (taken > 0 && options !== undefined) {
      if (options.push) block.pushTo = block.dataEnd
      if (options.urgent) {
        block.sndUp = block.dataEnd
        block.urgentToSend = true
        // The peer is notified even while its window is closed (3.8.6).
        if (block.sndWnd === 0 && block.synAcknowledged) block.ackNow = true
      }
    }
    settle(block)
    return taken
  }

  /** RECEIVE (3.10.3): moves octets to `into[from .. to)`. Returns how many; 0 where there are none, see `ended`. */
  read(into: Uint8Array, from = 0, to = into.length): number {
    const block = this.#block
    const { ring } = block.receiver
    const octets = ring.read(into, from, to)
    if (octets > 0) this.#noteRead(ring.length)
    return octets
  }

  /** As `read`, and the octets stay. */
  peek(into: Uint8Array, from = 0, to = into.length): number {
    const { ring } = this.#block.receiver
    const octets = Math.min(to - from, ring.length)
    ring.copyTo(0, into, from, octets)
    return octets
  }

  /** No more will be written: a FIN follows what is queued (RFC 9293 3.10.4). Reading goes on. */
  shutdownWrite(): void {
    const block = this.#block
    queueFin(block)
    settle(block)
  }

  /**
   * CLOSE (3.10.4): nothing more will be written or read. What is queued is still sent, then a FIN. If the peer sent what was
   * not read it hears so by a reset (RFC 9293 SHLD-3), and so it does with `linger` 0.
   */
  close(): void {
    const block = this.#block
    if (block.state === 'CLOSED') {
      block.application.closed = true
      block.receiver.clear()
      return
    }
    if (block.application.closed) return
    const unread = block.receiver.ring.length > 0 || block.receiver.intervals > 0
    block.application.closed = true
    const { linger } = block.options
    if (block.state === 'SYN-SENT') endConnection(block, 'CLOSE', undefined)
    else if (block.state !== 'TIME-WAIT' && (unread || linger === 0)) abortConnection(block, undefined)
    else {
      block.receiver.clear()
      queueFin(block)
      if (linger !== undefined && linger > 0 && block.state !== 'TIME-WAIT')
        setDeadline(block, 'endAt', block.engine.clock.now + linger)
      else startOrphanTimer(block)
    }
    settle(block)
  }

  /** ABORT (3.10.5): drops everything, and resets the peer where it knows of the connection. */
  abort(): void {
    const block = this.#block
    block.application.closed = true
    if (block.state === 'CLOSED') block.receiver.clear()
    else abortConnection(block, 'ECONNABORTED')
    settle(block)
  }

  /** The value of an option. */
  get<Name extends keyof ConnectionOptions>(name: Name): ConnectionOptions[Name] {
    return this.#block.options[name]
  }

  /**
   * Sets an option, with effect from now on.
   * @throws RangeError for a value that cannot be
   * @throws NetError EISCONN for one that is agreed with the peer when the connection opens
   */
  set<Name extends keyof ConnectionOptions>(name: Name, value: ConnectionOptions[Name]): void {
    const block = this.#block
    checkChangeable(name)
    checkConnectionOption(name, value)
    setOption(block, name, value)
    if (block.state !== 'CLOSED') settle(block)
  }

  /**
   * Instants at which it will do something by itself: `again`, send the oldest segment again unless it is acknowledged (RFC 6298 5);
   * `end`, be over (TIME-WAIT, linger, a closed connection in FIN-WAIT-2). Undefined: no such timer runs.
   */
  get due(): { readonly again: number | undefined; readonly end: number | undefined } {
    const { retransmitAt, endAt } = this.#block.timers
    return { again: retransmitAt === NEVER ? undefined : retransmitAt, end: endAt === NEVER ? undefined : endAt }
  }

  /** STATUS (3.10.6): how the connection is doing. */
  info(): TcpInfo {
    return infoOf(this.#block)
  }

  /** Room was made: is it worth telling the peer? */
  #noteRead(left: number): void {
    const block = this.#block
    // RCV.UP goes along with what is read, or it would seem to be ahead again after 2^31 octets.
    if (block.urgentReceived && !after(block.rcvUp, firstUnread(block))) block.urgentReceived = false
    if (left === 0) {
      if (block.state === 'CLOSED') {
        block.receiver.clear()
        return
      }
      releaseLater(block)
    }
    if (block.finReceived || !isWindowUpdateDue(block)) return
    block.ackNow = true
    // In a callback the answer may still take the acknowledgement along.
    if (!block.application.telling) settle(block)
  }

  #cannotWrite(): NetError {
    const block = this.#block
    const call = 'write to a connection'
    if (block.application.error !== undefined) return new NetError(block.application.error, call, 'open a new one')
    if (block.finQueued || block.application.closed)
      return new NetError('EPIPE', call, 'write before shutdownWrite and close')
    return new NetError('ENOTCONN', call, 'open a new one')
  }
}

function canWrite(block: ControlBlock): boolean {
  return block.state !== 'CLOSED' && block.state !== 'TIME-WAIT' && !block.finQueued && !block.application.closed
}

/**
 * Our side of the stream ends after what is queued (3.10.4). In SYN-SENT that waits for ESTABLISHED, and in SYN-RECEIVED where
 * there is something to send before.
 */
function queueFin(block: ControlBlock): void {
  if (block.finQueued) return
  switch (block.state) {
    case 'SYN-SENT':
    case 'CLOSE-WAIT':
      block.finQueued = true
      break
    case 'SYN-RECEIVED':
      block.finQueued = true
      if (block.sendRing.length > 0) break
      block.transition('CLOSE')
      // Lost, or refused by the device, it comes again when the SYN is acknowledged.
      transmitSegment(block, block.sndNxt, 0, ACK | FIN)
      noteFinSent(block)
      break
    case 'ESTABLISHED':
      block.finQueued = true
      block.transition('CLOSE')
  }
}

/** A control block for a SYN that arrived, with the connection that `accept` will give. */
export function openPassively(
  engine: TcpEngine,
  network: NetworkLayer,
  route: Route,
  localPort: number,
  remotePort: number,
  options: Readonly<ConnectionOptions>,
): ControlBlock {
  const block = new ControlBlock(engine, network, route, localPort, remotePort, options, expire)
  block.connection = new Connection(block)
  return block
}

/** The connection in front of a control block. */
export function connectionOf({ connection }: ControlBlock): Connection | undefined {
  return connection instanceof Connection ? connection : undefined
}
