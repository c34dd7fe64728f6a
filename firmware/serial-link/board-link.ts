/**
 * The board's end of the serial line: the link with its channels, management on channel 0, serprog on channel 1, the
 * controller's events on channel 2, and raw serprog for programs that know nothing of cells.
 *
 * The first octet of a session decides which it is: below 20h raw serprog, 40h and up cells. After 500 ms of silence
 * outside a command the next octet decides anew. Two additions keep noise from making the board deaf: in raw serprog an
 * octet of 40h and up where a command is due decides at once, and a whole cell that comes after a silence is a cell
 * wherever serprog stood.
 */

import type { Clock, Timer } from '../hal/clock.js'
import { Tally } from '../hal/counters.js'
import { Listeners } from '../hal/listeners.js'
import type { InputPin, OutputPin } from '../hal/pin.js'
import type { Random } from '../hal/random.js'
import type { SerialLine } from '../hal/serial-line.js'
import type { SpiBus } from '../hal/spi.js'
import { encodeText } from '../text/utf8.js'
import { CELL_OCTETS, decodeCell } from './cell.js'
import { COMPUTER_GRANULARITY, LinkEndpoint, type SessionEvent } from './link.js'
import { BAUD, CHANNEL, LINK_EVENT, SERPROG, SESSION, TIME_MS } from './link-table.js'
import {
  BAUD_FALLBACK,
  countersSince,
  encodeIntEdge,
  ManagementServer,
  type ReportedCounters,
  type SpiPinSteps,
} from './management.js'
import { encodeMessage, MessageReader } from './messages.js'
import { SerprogServer } from './serprog-server.js'
import type { Identity } from './session.js'

const MILLISECOND = 1_000_000
/** Silence after which the next octet decides between raw serprog and cells. */
const DECISION_SILENCE = TIME_MS.DECISION_SILENCE * MILLISECOND
/** A cell that ends raw serprog comes after this much silence: no serprog client stops so long within a command. */
const ISOLATION_SILENCE = TIME_MS.ISOLATION_SILENCE * MILLISECOND
/** Silence after which a command received in part is given up. */
const ABANDON_SILENCE = TIME_MS.ABANDON_SILENCE * MILLISECOND
/** Silence after which the host is taken for gone, and what it was lent goes back. */
export const LEASE = TIME_MS.LEASE * MILLISECOND
/** Rates of the serial link, in symbols a second; a board may do less than the highest. */
export const LOWEST_BAUD = BAUD.LOWEST
export const HIGHEST_BAUD = BAUD.HIGHEST

export type BoardLinkMode = 'undecided' | 'cells' | 'raw'

export interface BoardLinkOptions {
  readonly clock: Clock
  readonly random: Random
  readonly line: SerialLine
  readonly identity: Identity
  /** The chip's bus. */
  readonly bus: SpiBus
  /** Sets the SPI clock; returns the rate set (see `SerprogOptions`). */
  readonly setSpiClock?: (hertz: number) => number
  /** How long the bus takes over so many octets, in nanoseconds (see `SerprogOptions`): counted where cells bring them. */
  readonly transferTime?: (octets: number) => number
  readonly setDrivers?: (on: boolean) => void
  readonly resetPin?: OutputPin
  readonly intPin?: InputPin
  /** The wires of SPI as plain pins, while the chip is the host's. */
  readonly spiPins?: SpiPinSteps
  /** Whether the UART can do a rate. Left out: 9,600 to 2,000,000. */
  readonly acceptsBaud?: (rate: number) => boolean
  /**
   * A controller that runs the stack itself is asked for the chip here, and is told when it has it back. A bridge board
   * leaves both out: the chip is the host's.
   */
  readonly bridge?: (done: (granted: boolean) => void) => void
  readonly release?: (done: (taken: boolean) => void) => void
  /** What the board is doing, as JSON. */
  readonly state?: () => string
  readonly restart?: () => void
}

export type BoardLinkDrop = 'octet before a decision' | 'message before a session' | 'cell on a reserved channel'

export class BoardLink {
  readonly #options: BoardLinkOptions
  readonly #clock: Clock
  readonly #line: SerialLine
  readonly endpoint: LinkEndpoint
  readonly serprog: SerprogServer
  readonly #management: ManagementServer
  readonly #requests: MessageReader
  /** Payloads of the SPI channel that the bus has yet to see. */
  readonly #spiWaiting: Uint8Array[] = []
  #spiTimer: Timer | undefined
  #mode: BoardLinkMode = 'undecided'
  #lastOctetAt = Number.NEGATIVE_INFINITY
  /** In raw serprog: octets since the last silence, while they may still be one cell. */
  #isolated: Uint8Array | undefined
  #isolatedCount = 0
  #granted: boolean
  #intSubscribed = false
  #stopInt: (() => void) | undefined
  #fallbackTimer: Timer | undefined
  #formerBaud: number | undefined
  #wantedBaud: number | undefined
  /** The rate that the board starts at. */
  readonly #ownBaud: number
  /** When the last good cell came. */
  #heardAt = 0
  #leaseTimer: Timer | undefined
  #lapses = 0
  /** The counters when the session began. */
  #countersBefore: ReportedCounters | undefined
  readonly #ignoreEnd: () => void
  readonly dropped = new Tally<BoardLinkDrop>()

  readonly #sessionListeners = new Listeners<[event: SessionEvent]>()

  constructor(options: BoardLinkOptions) {
    this.#options = options
    this.#clock = options.clock
    this.#line = options.line
    this.#granted = options.bridge === undefined
    this.#ownBaud = options.line.baud
    const { clock, random, line, identity, intPin, resetPin, spiPins } = options
    this.endpoint = new LinkEndpoint({
      clock,
      random,
      line,
      identity,
      attach: false,
      role: 'board',
      granularity: COMPUTER_GRANULARITY,
    })
    this.serprog = new SerprogServer({
      bus: options.bus,
      name: 'linkpulse',
      ...(options.setSpiClock && { setSpiClock: options.setSpiClock }),
      ...(options.setDrivers && { setDrivers: options.setDrivers }),
      ...(options.transferTime && { transferTime: options.transferTime }),
      pins: { ...(intPin && { int: () => intPin.high }), ...(resetPin && { reset: () => resetPin.high }) },
      granted: () => this.#granted,
    })
    this.#management = new ManagementServer(
      {
        counters: (inSession) => {
          const counters = this.#reportedCounters()
          return inSession ? countersSince(counters, this.#countersBefore) : counters
        },
        ...(resetPin && { resetPin }),
        ...(intPin && { intPin }),
        ...(spiPins && {
          spiPins: {
            begin: () => this.#granted && spiPins.begin(),
            step: (step: number) => spiPins.step(step),
            end: () => spiPins.end(),
          },
        }),
        subscribeInt: (on) => this.#subscribeInt(on),
        baud: this.#baud(),
        ...(options.bridge && { bridge: (done: (granted: boolean) => void) => this.#bridge(done) }),
        ...(options.release && { release: (done: (taken: boolean) => void) => this.#release(done) }),
        ...(options.state && { state: () => encodeText(options.state!()) }),
        ...(options.restart && { restart: () => this.#whenDrained(() => options.restart!()) }),
      },
      (message) => this.endpoint.send(CHANNEL.MANAGEMENT, encodeMessage(message)),
    )
    this.#requests = new MessageReader((message) => this.#management.receive(message))
    this.endpoint.handleData = (channel, payload) => this.#data(channel, payload)
    this.endpoint.onSession((event) => this.#session(event))
    this.#ignoreEnd = this.endpoint.onSessionEnd(() => this.#forgetHost())
    this.endpoint.onCell(() => {
      this.#heardAt = this.#clock.now
    })
    this.endpoint.onDrained(() => this.#drained())
    line.handleOctets = (octets, errors) => this.#receive(octets, errors)
  }

  onSession(listener: (event: SessionEvent) => void): () => void {
    return this.#sessionListeners.add(listener)
  }

  /** Cells or raw serprog: what the line speaks now. */
  get mode(): BoardLinkMode {
    return this.#mode
  }

  /** Whether the chip is the host's at present. */
  get granted(): boolean {
    return this.#granted
  }

  /** The board has booted: announces itself with a session cell, again and again until a host answers. */
  start(): void {
    this.endpoint.open()
  }

  /** The board lost power or was reset: says and hears nothing more. Make a new one for the next boot. */
  stop(): void {
    this.#ignoreEnd() // who does nothing any more takes nothing back
    this.endpoint.close()
    this.endpoint.handleData = undefined
    this.#line.handleOctets = undefined
    this.#stopInt?.()
    this.#clock.cancel(this.#fallbackTimer)
    this.#clock.cancel(this.#leaseTimer)
    this.#forgetSpi()
  }

  /** Reports a state change of the controller on channel 2: JSON. Dropped and counted while no session is open. */
  sendEvent(json: string): void {
    const text = encodeText(json)
    const message = new Uint8Array(1 + text.length)
    message[0] = LINK_EVENT.STATE
    message.set(text, 1)
    this.#sendMessage(CHANNEL.EVENTS, message)
  }

  #sendMessage(channel: number, message: Uint8Array): void {
    if (this.endpoint.state === 'open') this.endpoint.send(channel, encodeMessage(message))
    else this.dropped.add('message before a session')
  }

  // Cells or raw serprog

  #receive(octets: Uint8Array, errors?: Uint8Array): void {
    const silence = this.#clock.now - this.#lastOctetAt
    this.#lastOctetAt = this.#clock.now
    if (this.#mode === 'raw') {
      if (silence >= ABANDON_SILENCE) this.serprog.reset()
      this.#isolate(octets, silence)
    }
    // While cells are half received, or in mid-command, silence decides nothing: the octets belong to what was begun.
    if (silence >= DECISION_SILENCE && this.serprog.idle) this.#mode = 'undecided'
    let rest = octets
    let flags = errors
    while (rest.length > 0) {
      if (this.#mode === 'undecided') {
        let skipped = 0
        while (skipped < rest.length && !this.#decide(rest[skipped])) skipped++
        rest = rest.subarray(skipped)
        flags = flags?.subarray(skipped)
        if (skipped > 0) this.dropped.add('octet before a decision', skipped)
      } else if (this.#mode === 'cells') {
        this.endpoint.receive(rest, flags)
        return
      } else {
        const taken = this.#raw(rest)
        rest = rest.subarray(taken)
        flags = flags?.subarray(taken)
      }
    }
  }

  /** False when this octet begins nothing that we know. */
  #decide(octet: number): boolean {
    if (octet >= SERPROG.CELL_LIMIT) this.#becomeCells()
    else if (octet < SERPROG.COMMAND_LIMIT) this.#becomeRaw()
    else return false
    return true
  }

  #becomeCells(): void {
    if (this.#mode === 'raw') this.#takeBack()
    this.#mode = 'cells'
    this.#isolated = undefined
    this.#forgetSpi()
  }

  #becomeRaw(): void {
    this.#mode = 'raw'
    this.#forgetSpi()
    // An announcement in the middle of a serprog reply would spoil it. A session that is open stays: it may be noise.
    if (this.endpoint.state !== 'open') this.endpoint.close()
    if (!this.#granted) this.#bridge(() => {})
    this.#watchLease()
  }

  /** Takes octets as serprog until one decides for cells. Returns how many were taken. */
  #raw(octets: Uint8Array): number {
    let end = 0
    let replies: Uint8Array
    if (this.serprog.idle && octets[0] >= SERPROG.CELL_LIMIT) {
      this.#mode = 'undecided'
      return 0
    }
    // Octet by octet, because each may end a command and so make the next one a decision.
    do {
      replies = this.serprog.receive(octets.subarray(end, end + 1))
      end++
      if (replies.length > 0) this.#line.write(replies)
    } while (end < octets.length && !(this.serprog.idle && octets[end] >= SERPROG.CELL_LIMIT))
    return end
  }

  /** Watches for one whole cell behind a silence. */
  #isolate(octets: Uint8Array, silence: number): void {
    if (silence >= ISOLATION_SILENCE) {
      this.#isolated = new Uint8Array(CELL_OCTETS)
      this.#isolatedCount = 0
    }
    if (this.#isolated === undefined) return
    if (this.#isolatedCount + octets.length > CELL_OCTETS) {
      this.#isolated = undefined
      return
    }
    this.#isolated.set(octets, this.#isolatedCount)
    this.#isolatedCount += octets.length
    if (this.#isolatedCount < CELL_OCTETS) return
    const cell = this.#isolated
    if (decodeCell(cell).ok) {
      this.#becomeCells()
      // The octets at hand are given to the endpoint by the caller.
      this.endpoint.receive(cell.subarray(0, CELL_OCTETS - octets.length))
    }
    this.#isolated = undefined
  }

  // Channels

  #data(channel: number, payload: Uint8Array): void {
    // What comes at the new rate shows that the host has it too.
    if (this.#formerBaud !== undefined && this.#wantedBaud === undefined) this.endpoint.release()
    if (channel === CHANNEL.MANAGEMENT) this.#requests.push(payload)
    else if (channel === CHANNEL.SPI) this.#spi(payload)
    else this.dropped.add('cell on a reserved channel')
  }

  /** What comes while the bus is at work waits for it. */
  #spi(payload: Uint8Array): void {
    if (this.#spiTimer === undefined) this.#serveSpi(payload)
    else this.#spiWaiting.push(payload.slice())
  }

  #serveSpi(payload: Uint8Array): void {
    const { taken, replies, wait } = this.serprog.receiveTimed(payload)
    if (wait === 0) {
      this.endpoint.send(CHANNEL.SPI, replies)
      return
    }
    if (taken < payload.length) this.#spiWaiting.unshift(payload.slice(taken))
    this.#spiTimer = this.#clock.after(wait, () => {
      this.#spiTimer = undefined
      this.endpoint.send(CHANNEL.SPI, replies)
      while (this.#spiTimer === undefined) {
        const next = this.#spiWaiting.shift()
        if (next === undefined) return
        this.#serveSpi(next)
      }
    })
  }

  #forgetSpi(): void {
    this.serprog.reset()
    this.#clock.cancel(this.#spiTimer)
    this.#spiTimer = undefined
    this.#spiWaiting.length = 0
  }

  #session(event: SessionEvent): void {
    this.#forgetHost()
    this.#countersBefore = this.#reportedCounters()
    this.#watchLease()
    this.#sessionListeners.tell(event)
  }

  /** What a host asked for ends with its session. */
  #forgetHost(): void {
    this.#wantedBaud = undefined
    this.#requests.reset()
    this.#forgetSpi()
    this.#subscribeInt(false)
    this.#takeBack() // a host that came back knows nothing of the chip it had asked for
  }

  // The lease

  /** Whether somebody has something of ours who could be gone. A host of version 1 is silent for as long as it likes. */
  get #lent(): boolean {
    if (this.endpoint.state === 'open' && this.endpoint.sessionVersion > SESSION.VERSION_1) return true
    return this.#mode === 'raw' && this.#granted && this.#options.bridge !== undefined
  }

  #watchLease(): void {
    this.#clock.cancel(this.#leaseTimer)
    this.#leaseTimer = undefined
    if (!this.#lent) return
    // Raw serprog has no cells: there every octet counts.
    const heardAt = Math.max(this.#heardAt, this.#mode === 'raw' ? this.#lastOctetAt : 0)
    const left = heardAt + LEASE - this.#clock.now
    if (left <= 0) this.#lapse()
    else this.#leaseTimer = this.#clock.after(left, () => this.#watchLease())
  }

  /** The host is gone without a word: the board is again as it was before it came. */
  #lapse(): void {
    this.#lapses++
    this.endpoint.close()
    this.#takeBack()
    this.#options.resetPin?.set(true)
    this.#clock.cancel(this.#fallbackTimer)
    this.#formerBaud = undefined
    if (this.#line.baud !== this.#ownBaud) this.#setBaud(this.#ownBaud)
  }

  // The chip

  #bridge(done: (granted: boolean) => void): void {
    if (this.#granted || this.#options.bridge === undefined) {
      done(true)
      return
    }
    this.#options.bridge((granted) => {
      this.#granted = granted
      done(granted)
    })
  }

  #release(done: (taken: boolean) => void): void {
    if (!this.#granted || this.#options.release === undefined) {
      done(true)
      return
    }
    this.#granted = false
    this.#options.release(done)
  }

  #takeBack(): void {
    if (this.#options.bridge !== undefined && this.#granted) this.#release(() => {})
  }

  #subscribeInt(on: boolean): void {
    const { intPin } = this.#options
    if (on === this.#intSubscribed || intPin === undefined) return
    this.#intSubscribed = on
    this.#stopInt?.()
    this.#stopInt = on
      ? intPin.onEdge((high) => {
          this.#sendMessage(CHANNEL.EVENTS, encodeIntEdge(high, Math.floor(this.#clock.now / 1000)))
        })
      : undefined
  }

  // Baud rate

  #baud() {
    const board = this
    return {
      get rate() {
        return board.#line.baud
      },
      accepts: this.#options.acceptsBaud ?? ((rate: number) => rate >= LOWEST_BAUD && rate <= HIGHEST_BAUD),
      // An acknowledgement of anything that follows the reply could be on its way when the host changes: nothing follows it.
      change: (rate: number) => {
        this.#wantedBaud = rate
        this.endpoint.hold(CHANNEL.MANAGEMENT)
      },
      confirm: () => {
        this.#clock.cancel(this.#fallbackTimer)
        this.#formerBaud = undefined
      },
    }
  }

  #setBaud(rate: number): void {
    this.#line.setBaud(rate)
    this.endpoint.rateChanged()
  }

  /** The reply to the request has been acknowledged: now both ends may change. */
  #drained(): void {
    if (this.#wantedBaud !== undefined) {
      const rate = this.#wantedBaud
      this.#wantedBaud = undefined
      this.#formerBaud ??= this.#line.baud
      this.#setBaud(rate)
      this.#clock.cancel(this.#fallbackTimer)
      this.#fallbackTimer = this.#clock.after(BAUD_FALLBACK, () => {
        if (this.#formerBaud !== undefined) this.#setBaud(this.#formerBaud)
        this.#formerBaud = undefined
        this.endpoint.release()
      })
    }
    const then = this.#afterDrained
    this.#afterDrained = undefined
    then?.()
  }

  #afterDrained: (() => void) | undefined

  #whenDrained(then: () => void): void {
    this.#afterDrained = then
  }

  /** The counters since the start, in the form that management reports. */
  #reportedCounters(): ReportedCounters {
    const { counters } = this.endpoint
    const { dropped } = counters
    return {
      octetsReceived: counters.octetsReceived,
      octetsSent: counters.octetsSent,
      framingErrors: counters.framingErrors,
      parityErrors: counters.parityErrors,
      overruns: counters.overruns,
      headerErrors: counters.headerErrors,
      payloadErrors: counters.payloadErrors,
      discardedOctets: counters.discardedOctets,
      cellsReceived: counters.cellsReceived,
      cellsSent: counters.cellsSent,
      retransmissions: counters.retransmissions,
      timeouts: counters.timeouts,
      rejectsSent: counters.rejectsSent,
      rejectsReceived: counters.rejectsReceived,
      suspects: counters.suspects,
      duplicates: dropped.duplicate ?? 0,
      outOfSequence: dropped['out of sequence'] ?? 0,
      busy: 0, // every cell in sequence is taken at once
      reservedChannel: this.dropped.snapshot()['cell on a reserved channel'] ?? 0,
      noSession: dropped['no session'] ?? 0,
      badSession: dropped['bad session'] ?? 0,
      oldSession: (dropped['old session'] ?? 0) + (dropped['answer beside an echo'] ?? 0),
      sameRole: (dropped['own session cell'] ?? 0) + (dropped['session cell of the same role'] ?? 0),
      unconfirmed: counters.unconfirmed,
      lapses: this.#lapses,
    }
  }
}
