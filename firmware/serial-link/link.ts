/**
 * One end of the serial link: cells over a line, a session, and ordered, reliable streams of octets on 16 channels. The
 * same code runs at both ends. Cells are made at the moment the line is free for them, so that the acknowledgement in
 * each is as fresh as can be.
 */

import type { Clock, Timer } from '../hal/clock.js'
import { Tally } from '../hal/counters.js'
import { Listeners } from '../hal/listeners.js'
import type { Random } from '../hal/random.js'
import { LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR, type SerialLine } from '../hal/serial-line.js'
import { CELL_OCTETS, type Cell, type CellKind, encodeCell } from './cell.js'
import { Delineation, type DelineationState } from './delineation.js'
import { KIND, SESSION, TIME_MS } from './link-table.js'
import { Outbox } from './outbox.js'
import { LinkReceiver, Sender } from './retransmission.js'
import type { Identity, LinkRole } from './session.js'
import { type SessionCounters, type SessionDrop, SessionExchange, type SessionState } from './session-exchange.js'

const SECOND = 1_000_000_000
const MILLISECOND = 1_000_000
/** 8N1: start bit, eight data bits, stop bit. */
const BITS_AN_OCTET = 10
/** A host that has nothing to send says so this often: a board that hears nothing takes back what it lent. */
const RENEWAL = TIME_MS.RENEWAL * MILLISECOND
/**
 * An acknowledgement waits this long for a data cell to ride on, in cell times: less where the window is too small for the
 * sender to go on meanwhile. A second cell ends the wait.
 */
const ACKNOWLEDGE_DELAY_CELLS = 1.5
const SHORT_ACKNOWLEDGE_DELAY_CELLS = 0.5
const SMALL_WINDOW = 4
const NOTHING = new Uint8Array(0)

/** Why a whole cell was not handed up. */
export type CellDrop = 'duplicate' | 'out of sequence' | 'no session' | SessionDrop

export interface LineCounters extends SessionCounters {
  octetsReceived: number
  octetsSent: number
  framingErrors: number
  parityErrors: number
  overruns: number
  headerErrors: number
  payloadErrors: number
  discardedOctets: number
  cellsReceived: number
  cellsSent: number
  retransmissions: number
  timeouts: number
  rejectsSent: number
  rejectsReceived: number
  /** Cells dropped though whole because what followed showed a slip. */
  suspects: number
  /** Payload cells accepted, each once. */
  delivered: number
  badAcknowledgements: number
  sessionsOpened: number
  dropped: Partial<Record<CellDrop, number>>
}

export interface SessionEvent {
  /** opened: this end asked, or none was open. reset: the peer began anew; what was outstanding is unknown. */
  readonly kind: 'opened' | 'reset'
  readonly peer: Identity
  /** Of the exchange that opened it: 1 with a peer that has not yet been flashed. */
  readonly version: number
}

export interface LinkOptions {
  readonly clock: Clock
  readonly random: Random
  readonly line: SerialLine
  readonly role: LinkRole
  readonly identity: Identity
  /** Opens the session at once. */
  readonly initiate?: boolean
  /** False: the owner of the line calls `receive` itself. */
  readonly attach?: boolean
  /** Cells that may wait on the line behind the one that leaves: 0 where the line keeps time, 1 or more for a real port. */
  readonly lead?: number
  /** Nanoseconds by which the peer may be late for reasons of its own (RFC 6298's G); 0 where it answers at once. */
  readonly granularity?: number
}

/** How late a computer may be, in nanoseconds. Both ends of a link between a board and a computer count on it. */
export const COMPUTER_GRANULARITY = TIME_MS.GRANULARITY * MILLISECOND

export class LinkEndpoint {
  readonly #clock: Clock
  readonly #line: SerialLine
  readonly #lead: number
  readonly #granularity: number
  readonly identity: Identity
  readonly #role: LinkRole
  readonly #exchange: SessionExchange
  #wasOpen = false
  #isOpen = false
  /** The counters when the session began. */
  #countersBefore: LineCounters | undefined
  #saidAt = 0
  #renewalTimer: Timer | undefined
  #sender: Sender
  #receiver = new LinkReceiver()
  readonly #outbox = new Outbox()
  readonly #delineation: Delineation
  /** When the last octet written will have left, as far as the baud rate tells. */
  #lineFreeAt = 0
  #pumpTimer: Timer | undefined
  #pumpAt = 0
  #acknowledgeDue = 0
  #acknowledgeAt = 0
  #retransmitTimer: Timer | undefined
  #silenceTimer: Timer | undefined
  readonly #dropped = new Tally<CellDrop>()
  readonly #past: Sender['counters'] = { retransmissions: 0, timeouts: 0, rejectsReceived: 0, badAcknowledgements: 0 }
  readonly #counters = {
    octetsReceived: 0,
    octetsSent: 0,
    framingErrors: 0,
    parityErrors: 0,
    overruns: 0,
    cellsSent: 0,
    rejectsSent: 0,
    delivered: 0,
    sessionsOpened: 0,
  }

  /** Octets of a channel, in order, each once. The array is the listener's own. */
  handleData: ((channel: number, payload: Uint8Array) => void) | undefined
  readonly #sessionListeners = new Listeners<[event: SessionEvent]>()
  readonly #endListeners = new Listeners<[]>()
  readonly #drainedListeners = new Listeners<[]>()
  readonly #spaceListeners = new Listeners<[channel: number]>()
  readonly #cellListeners = new Listeners<[cell: Cell]>()

  constructor(options: LinkOptions) {
    this.#clock = options.clock
    this.#line = options.line
    this.#lead = options.lead ?? 0
    this.identity = options.identity
    if (!(options.identity.window >= 1 && options.identity.window <= SESSION.WINDOW_LIMIT)) {
      throw new RangeError(`a window is 1 to ${SESSION.WINDOW_LIMIT} cells, not ${options.identity.window}`)
    }
    this.#granularity = options.granularity ?? 0
    this.#role = options.role
    this.#exchange = new SessionExchange({
      clock: options.clock,
      random: options.random,
      role: options.role,
      identity: options.identity,
      cellTime: () => this.cellTime,
      onDue: () => this.#schedulePump(this.#clock.now),
      onAnew: () => this.#anew(),
      onOpened: (again) => this.#opened(again),
      onDropped: (why) => this.#dropped.add(why),
    })
    this.#sender = new Sender(1, this.#granularity)
    this.#delineation = new Delineation({
      onCell: (cell) => this.#receive(cell),
      onDamaged: (header) => this.#damaged(header),
    })
    if (options.attach !== false) this.#line.handleOctets = (octets, errors) => this.receive(octets, errors)
    if (options.initiate) this.open()
  }

  /** Each whole cell that arrived, for observers. */
  onCell(listener: (cell: Cell) => void): () => void {
    return this.#cellListeners.add(listener)
  }

  /** All that was queued on this channel is in cells: the place to queue more without piling it up. */
  onSpace(listener: (channel: number) => void): () => void {
    return this.#spaceListeners.add(listener)
  }

  /** Everything given to `send` was acknowledged by the peer. */
  onDrained(listener: () => void): () => void {
    return this.#drainedListeners.add(listener)
  }

  onSession(listener: (event: SessionEvent) => void): () => void {
    return this.#sessionListeners.add(listener)
  }

  /** The session that was open is over. */
  onSessionEnd(listener: () => void): () => void {
    return this.#endListeners.add(listener)
  }

  get state(): SessionState {
    return this.#exchange.state
  }

  /** Who is at the other end; undefined before anybody asked or answered. */
  get peer(): Identity | undefined {
    return this.#exchange.peer
  }

  /** Version of the exchange that opened the session, or the last one. */
  get sessionVersion(): number {
    return this.#exchange.version
  }

  get delineation(): DelineationState {
    return this.#delineation.state
  }

  /** Octets that the delineation keeps because they may yet be part of a cell. */
  get keptOctets(): number {
    return this.#delineation.kept
  }

  /** Octets given to `send` on a channel that are not in cells yet. */
  queued(channel: number): number {
    return this.#outbox.queued(channel)
  }

  /** Cells sent and not acknowledged, and octets not sent: nothing is on its way when this is true. */
  get drained(): boolean {
    return this.#sender.outstanding === 0 && this.#outbox.empty
  }

  /** Smoothed round trip in nanoseconds. */
  get roundTrip(): number | undefined {
    return this.#sender.roundTrip.smoothed
  }

  /** How long one cell takes at the present rate, in nanoseconds. */
  get cellTime(): number {
    return (CELL_OCTETS * BITS_AN_OCTET * SECOND) / this.#line.baud
  }

  get counters(): LineCounters {
    const { cells, headerErrors, payloadErrors, suspects, discardedOctets } = this.#delineation.counters
    const sender = this.#sender.counters
    return {
      ...this.#counters,
      ...this.#exchange.counters,
      headerErrors,
      payloadErrors,
      suspects,
      discardedOctets,
      cellsReceived: cells,
      retransmissions: this.#past.retransmissions + sender.retransmissions,
      timeouts: this.#past.timeouts + sender.timeouts,
      rejectsReceived: this.#past.rejectsReceived + sender.rejectsReceived,
      badAcknowledgements: this.#past.badAcknowledgements + sender.badAcknowledgements,
      dropped: this.#dropped.snapshot(),
    }
  }

  /** What was counted since the session began that is open or was last; since the start before there was one. */
  get countersInSession(): LineCounters {
    const before = this.#countersBefore
    return before === undefined ? this.counters : countersSince(this.counters, before)
  }

  /** Starts a session under a new identifier; session cells go out until one is answered. Ends the one that was open. */
  open(): void {
    this.#exchange.ask()
  }

  /** Sends and delivers nothing until `open`, or until the peer opens a session. */
  close(): void {
    this.#exchange.shut()
    this.#clock.cancel(this.#silenceTimer)
    this.#delineation.reset()
  }

  /**
   * Queues octets on a channel; what is queued before a session is open goes out when it is. The array may be used again.
   * A new session drops what was queued or outstanding: `onSession` tells.
   */
  send(channel: number, payload: Uint8Array): void {
    if (payload.length === 0) return
    this.#outbox.put(channel, payload)
    this.#schedulePump(this.#clock.now)
  }

  /**
   * Holds everything but what is queued on this channel now: that goes out, the rest waits until `release` or a new session. `onDrained`
   * reports when it is acknowledged. Acknowledgements go on.
   */
  hold(channel: number): void {
    this.#outbox.hold(channel)
  }

  release(): void {
    this.#outbox.release()
    this.#schedulePump(this.#clock.now)
  }

  /** The rate of the line changed: waits are recomputed from here on. */
  rateChanged(): void {
    this.#lineFreeAt = Math.max(this.#clock.now, this.#lineFreeAt)
    this.#armRetransmission()
  }

  /** Takes octets of the line, for the owner of a line who passed `attach: false`. */
  receive(octets: Uint8Array, errors?: Uint8Array): void {
    this.#counters.octetsReceived += octets.length
    if (errors !== undefined) {
      for (const flags of errors) {
        if (flags & LINE_FRAMING_ERROR) this.#counters.framingErrors++
        if (flags & LINE_PARITY_ERROR) this.#counters.parityErrors++
        if (flags & LINE_OVERRUN) this.#counters.overruns++
      }
    }
    this.#delineation.push(octets)
    this.#clock.cancel(this.#silenceTimer)
    this.#silenceTimer = undefined
    if (this.#delineation.waiting) this.#whenQuiet(2, () => this.#delineation.silence())
    else if (this.#delineation.kept >= CELL_OCTETS) this.#whenQuiet(CELL_OCTETS, () => this.#delineation.rest())
  }

  /** Calls back when the line has been quiet for a number of octets. */
  #whenQuiet(octets: number, callback: () => void): void {
    const quiet = (octets * BITS_AN_OCTET * SECOND) / this.#line.baud
    this.#silenceTimer = this.#clock.after(Math.ceil(quiet), callback)
  }

  // Session

  /** Both sequence spaces begin anew; what was on its way is unknown. */
  #anew(): void {
    this.#forget()
    this.#clock.cancel(this.#renewalTimer)
    if (this.#wasOpen) this.#outbox.clear()
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#endListeners.tell()
  }

  #forget(): void {
    for (const name of ['retransmissions', 'timeouts', 'rejectsReceived', 'badAcknowledgements'] as const) {
      this.#past[name] += this.#sender.counters[name]
    }
    this.#sender = new Sender(Math.min(this.identity.window, this.peer?.window ?? 1), this.#granularity)
    this.#receiver = new LinkReceiver()
    this.#outbox.release()
    this.#acknowledgeDue = 0
    this.#clock.cancel(this.#retransmitTimer)
    this.#retransmitTimer = undefined
  }

  #opened(again: boolean): void {
    this.#forget() // the window is the peer's from here on
    if (again) this.#outbox.clear() // what was queued since the peer began anew is as unknown as what was before
    this.#isOpen = true
    this.#wasOpen = true
    this.#counters.sessionsOpened++
    this.#countersBefore = this.counters
    const version = this.sessionVersion
    if (this.#role === 'host' && version > SESSION.VERSION_1) this.#renew()
    this.#sessionListeners.tell({ kind: again ? 'reset' : 'opened', peer: this.peer!, version })
    this.#schedulePump(this.#clock.now)
  }

  /** Says that this end is there when it has said nothing for a while. */
  #renew(): void {
    const silence = this.#clock.now - this.#saidAt
    if (silence >= RENEWAL) this.#acknowledgeSoon(0)
    this.#renewalTimer = this.#clock.after(silence >= RENEWAL ? RENEWAL : RENEWAL - silence, () => this.#renew())
  }

  // Receiving

  #receive(cell: Cell): void {
    this.#cellListeners.tell(cell)
    if (cell.kind === KIND.SESSION) {
      this.#exchange.hear(cell)
      return
    }
    if (this.state !== 'open') {
      this.#dropped.add('no session')
      this.#exchange.remind()
      return
    }
    this.#acknowledged(cell.acknowledge)
    if (cell.kind === KIND.REJECT) {
      // One cell of ours, then one reject: no reject can come back sooner.
      this.#sender.reject(this.#clock.now, 1.9 * this.cellTime)
    } else if (cell.kind === KIND.DATA) {
      this.#data(cell)
    }
    if (this.#sender.ready || this.#sender.open || this.#receiver.rejectDue) this.#schedulePump(this.#clock.now)
  }

  #data(cell: Cell): void {
    const verdict = this.#receiver.receive(cell.sequence)
    if (verdict === 'accept') {
      const delay = this.#sender.window < SMALL_WINDOW ? SHORT_ACKNOWLEDGE_DELAY_CELLS : ACKNOWLEDGE_DELAY_CELLS
      this.#acknowledgeSoon(this.#acknowledgeDue > 0 ? 0 : delay)
      this.#counters.delivered++
      this.handleData?.(cell.channel, cell.payload)
    } else if (verdict === 'duplicate') {
      this.#dropped.add('duplicate')
      this.#acknowledgeSoon(0) // our acknowledgement was lost
    } else {
      this.#dropped.add('out of sequence')
    }
  }

  #damaged(header: Cell): void {
    if (this.state !== 'open' || header.kind !== KIND.DATA) return
    this.#receiver.damaged(header.sequence)
    if (this.#receiver.rejectDue) this.#schedulePump(this.#clock.now)
  }

  #acknowledgeSoon(delay: number): void {
    const at = this.#clock.now + Math.round(delay * this.cellTime)
    if (this.#acknowledgeDue === 0 || at < this.#acknowledgeAt) this.#acknowledgeAt = at
    this.#acknowledgeDue++
    this.#schedulePump(at)
  }

  #acknowledged(acknowledge: number): void {
    if (this.#sender.acknowledge(acknowledge, this.#clock.now) === 0) return
    this.#clock.cancel(this.#retransmitTimer)
    this.#retransmitTimer = undefined
    this.#armRetransmission()
    if (this.drained) this.#drainedListeners.tell()
  }

  // Sending

  /** Looks for something to send at `at`, or when the line is free if that is later. */
  #schedulePump(at: number): void {
    const free = this.#lineFreeAt - this.#lead * this.cellTime
    const when = Math.max(this.#clock.now, Math.ceil(free), at)
    if (this.#pumpTimer !== undefined) {
      if (this.#pumpAt <= when) return
      this.#clock.cancel(this.#pumpTimer)
    }
    this.#pumpAt = when
    this.#pumpTimer = this.#clock.after(when - this.#clock.now, () => {
      this.#pumpTimer = undefined
      this.#pump()
    })
  }

  #pump(): void {
    const now = this.#clock.now
    const { cellTime } = this
    if (Math.ceil(this.#lineFreeAt - this.#lead * cellTime) > now) {
      this.#schedulePump(now)
      return
    }
    if (this.#line.pending > CELL_OCTETS * (this.#lead + 1)) {
      this.#schedulePump(now + Math.round(cellTime)) // the port takes nothing: a host that stopped reading, a port that is gone
      return
    }
    if (!this.#sendOne(now)) return
    this.#schedulePump(now)
  }

  /** Puts the most urgent cell on the line. False when there is none. */
  #sendOne(now: number): boolean {
    const session = this.#exchange.take()
    if (session !== undefined) {
      this.#write(KIND.SESSION, 0, this.#sender.nextSequence, session)
      return true
    }
    if (this.state !== 'open') return false
    if (this.#receiver.rejectDue) {
      this.#receiver.rejectDue = false
      this.#counters.rejectsSent++
      this.#write(KIND.REJECT, 0, 0, NOTHING)
      return true
    }
    if (!this.#sender.ready && this.#sender.open) this.#takeFromOutbox()
    if (this.#sender.ready) {
      const cell = this.#sender.send(now)
      this.#write(KIND.DATA, cell.channel, cell.sequence, cell.payload)
      this.#armRetransmission()
      return true
    }
    if (this.#acknowledgeDue > 0) {
      if (this.#acknowledgeAt > now) {
        this.#schedulePump(this.#acknowledgeAt)
        return false
      }
      this.#write(KIND.ACKNOWLEDGEMENT, 0, 0, NOTHING)
      return true
    }
    return false
  }

  #takeFromOutbox(): void {
    const taken = this.#outbox.take()
    if (taken === undefined) return
    this.#sender.take(taken.channel, taken.payload)
    if (this.#outbox.queued(taken.channel) === 0) this.#spaceListeners.tell(taken.channel)
  }

  #write(kind: CellKind, channel: number, sequence: number, payload: Uint8Array): void {
    // Every cell of a session acknowledges: whatever is sent now says it.
    this.#acknowledgeDue = 0
    this.#saidAt = this.#clock.now
    this.#line.write(encodeCell({ kind, channel, sequence, acknowledge: this.#receiver.expected, payload }))
    this.#lineFreeAt = Math.max(this.#clock.now, this.#lineFreeAt) + this.cellTime
    this.#counters.cellsSent++
    this.#counters.octetsSent += CELL_OCTETS
  }

  /** RFC 6298 5.1 to 5.3, counted from when the line will have sent what it holds. */
  #armRetransmission(): void {
    if (this.#retransmitTimer !== undefined || this.#sender.outstanding === 0) return
    const queueing = Math.max(0, this.#lineFreeAt - this.#clock.now)
    this.#retransmitTimer = this.#clock.after(
      Math.round(queueing + this.#sender.roundTrip.timeout(this.cellTime)),
      () => {
        this.#retransmitTimer = undefined
        this.#sender.expired()
        this.#armRetransmission()
        this.#schedulePump(this.#clock.now)
      },
    )
  }
}

function countersSince(counters: LineCounters, before: LineCounters): LineCounters {
  const since = { ...counters, dropped: { ...counters.dropped } }
  for (const name of Object.keys(before) as (keyof LineCounters)[]) {
    if (name !== 'dropped') since[name] -= before[name]
  }
  for (const name of Object.keys(before.dropped) as CellDrop[]) {
    since.dropped[name] = (since.dropped[name] ?? 0) - (before.dropped[name] ?? 0)
  }
  return since
}
