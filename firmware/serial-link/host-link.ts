/** The host's end of the serial line, in callbacks: sessions, management requests with time limits, SPI, events. */

import type { Clock } from '../hal/clock.js'
import { Listeners } from '../hal/listeners.js'
import type { Random } from '../hal/random.js'
import type { SerialLine } from '../hal/serial-line.js'
import { decodeText } from '../text/utf8.js'
import { PAYLOAD_OCTETS } from './cell.js'
import { COMPUTER_GRANULARITY, LinkEndpoint, type SessionEvent } from './link.js'
import { CHANNEL, COUNTERS_SINCE, LINK_EVENT, OPERATION, OPERATIONS, RESET_PIN } from './link-table.js'
import {
  BAUD_FALLBACK,
  decodeCounters,
  decodeIntEdge,
  get32,
  ManagementClient,
  type ManagementReply,
  put32,
  type ReportedCounters,
} from './management.js'
import { encodeMessage, MessageReader } from './messages.js'
import { SerprogClient } from './serprog-client.js'
import type { Identity } from './session.js'
import { RemoteSpiRunner } from './spi-runner.js'

const DEFAULT_TIME_LIMIT = 2_000_000_000
/** Turns between two rates while looking for the board after a change of rate. */
const BAUD_TURNS = 6

export type Settle<T> = (
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error },
) => void

export interface HostLinkOptions {
  readonly clock: Clock
  readonly random: Random
  readonly line: SerialLine
  readonly identity?: Partial<Identity>
  readonly lead?: number
  /** Nanoseconds a management request may take, counted anew from each answer to one that was asked before it. */
  readonly timeLimit?: number
}

/** A board was told another rate and has not said that it is there; both ends are where they were. Rates in baud. */
export class UnconfirmedBaudError extends Error {
  override readonly name = 'UnconfirmedBaudError'

  constructor(
    readonly rate: number,
    readonly former: number,
  ) {
    super(`the board did not confirm ${rate} baud; the line stays at ${former}`)
  }
}

export class HostLink {
  readonly endpoint: LinkEndpoint
  readonly serprog: SerprogClient
  readonly spi: RemoteSpiRunner
  readonly #clock: Clock
  readonly #line: SerialLine
  readonly #timeLimit: number
  readonly #management: ManagementClient
  readonly #replies: MessageReader
  readonly #events: MessageReader

  readonly #sessionListeners = new Listeners<[event: SessionEvent]>()
  readonly #eventListeners = new Listeners<[json: string]>()
  readonly #intListeners = new Listeners<[high: boolean, microseconds: number]>()
  /** Messages on channel 2 of a kind we do not know. */
  unknownEvents = 0
  /** Data cells on a channel that nobody has: dropped. */
  reservedChannel = 0
  /** Management requests are numbered, and answered in their order. */
  #asked = 0
  /** The request that was answered last, and when. */
  #answered = { number: 0, at: 0 }

  constructor(options: HostLinkOptions) {
    const { clock, random, line, lead } = options
    this.#clock = clock
    this.#line = line
    this.#timeLimit = options.timeLimit ?? DEFAULT_TIME_LIMIT
    this.endpoint = new LinkEndpoint({
      clock,
      random,
      line,
      ...(lead !== undefined && { lead }),
      role: 'host',
      granularity: COMPUTER_GRANULARITY,
      identity: {
        board: '',
        firmware: 'host',
        window: 32,
        highestSpiClock: 0,
        capabilities: 0,
        cells: 0,
        ...options.identity,
      },
    })
    const capacity = () => (this.endpoint.peer?.cells || Number.POSITIVE_INFINITY) * PAYLOAD_OCTETS
    this.#management = new ManagementClient((message) => {
      this.endpoint.send(CHANNEL.MANAGEMENT, encodeMessage(message))
      // Nothing of ours is on its way when the rate changes.
      if (message[0] === OPERATION.BAUD) this.endpoint.hold(CHANNEL.MANAGEMENT)
    }, capacity)
    this.#replies = new MessageReader((message) => this.#management.receive(message))
    this.#events = new MessageReader((message) => this.#event(message))
    this.serprog = new SerprogClient((octets) => this.endpoint.send(CHANNEL.SPI, octets))
    this.spi = new RemoteSpiRunner({
      clock,
      client: this.serprog,
      credit: capacity,
      onLost: () => this.endpoint.open(),
    })
    this.endpoint.handleData = (channel, payload) => {
      if (channel === CHANNEL.SPI) this.serprog.receive(payload)
      else if (channel === CHANNEL.MANAGEMENT) this.#replies.push(payload)
      else if (channel === CHANNEL.EVENTS) this.#events.push(payload)
      else this.reservedChannel++
    }
    this.endpoint.onSession((event) => {
      this.#replies.reset()
      this.#events.reset()
      if (event.kind === 'reset') {
        this.serprog.reset()
        this.#management.reset()
      }
      this.#sessionListeners.tell(event)
    })
  }

  /** An INT edge, after `subscribeInt` (channel 2): level and microseconds of the board's clock. */
  onInt(listener: (high: boolean, microseconds: number) => void): () => void {
    return this.#intListeners.add(listener)
  }

  /** A state change of the controller, as JSON text (channel 2). */
  onEvent(listener: (json: string) => void): () => void {
    return this.#eventListeners.add(listener)
  }

  onSession(listener: (event: SessionEvent) => void): () => void {
    return this.#sessionListeners.add(listener)
  }

  /** Opens a session; what was under way in an older one is settled as unknown. */
  open(): void {
    if (this.endpoint.state === 'open') {
      this.endpoint.open()
      this.serprog.reset()
      this.#management.reset()
    } else {
      this.endpoint.open()
    }
  }

  close(): void {
    this.endpoint.close()
    this.serprog.reset()
    this.#management.reset()
  }

  /**
   * Sends any management request. `settle` is called once, at the latest when nothing was answered for the time limit (nanoseconds):
   * a board that works through a hundred requests, on a slow line or a slow computer, is not one that is silent.
   */
  request(operation: number, argument: Uint8Array, settle: Settle<Uint8Array>, timeLimit = this.#timeLimit): void {
    const number = ++this.#asked
    const giveUp = this.#management.request(operation, argument, (reply) => {
      this.#clock.cancel(timer)
      if (reply.ok || reply.status !== 'time limit') this.#answered = { number, at: this.#clock.now }
      settle(reply.ok ? { ok: true, value: reply.results } : { ok: false, error: failure(operation, reply) })
    })
    const expire = (): void => {
      // An answer to a later one means that ours was lost.
      const since = this.#answered.number < number ? this.#answered.at : 0
      const left = since + timeLimit - this.#clock.now
      if (left > 0) timer = this.#clock.after(left, expire)
      else giveUp()
    }
    let timer = this.#clock.after(timeLimit, expire)
  }

  echo(octets: Uint8Array, settle: Settle<Uint8Array>): void {
    this.request(OPERATION.ECHO, octets, settle)
  }

  /** The line counters of the board: since its start, or since this session began, which a board of version 1 cannot tell. */
  readCounters(since: keyof typeof COUNTERS_SINCE, settle: Settle<ReportedCounters>): void {
    const argument = since === 'START' ? NOTHING : Uint8Array.of(COUNTERS_SINCE[since])
    this.request(OPERATION.COUNTERS, argument, (reply) => {
      if (!reply.ok) return settle(reply)
      const value = decodeCounters(reply.value)
      settle(
        value === undefined ? { ok: false, error: new Error('the board cut its counters short') } : { ok: true, value },
      )
    })
  }

  setResetPin(high: boolean, settle: Settle<boolean>): void {
    this.#level(OPERATION.RESET_PIN, Uint8Array.of(high ? RESET_PIN.HIGH : RESET_PIN.LOW), settle)
  }

  readResetPin(settle: Settle<boolean>): void {
    this.#level(OPERATION.RESET_PIN, Uint8Array.of(RESET_PIN.READ), settle)
  }

  readIntPin(settle: Settle<boolean>): void {
    this.#level(OPERATION.INT_PIN, NOTHING, settle)
  }

  /** The wires of SPI one by one: steps as in `PIN_STEP`; settles with an octet of levels behind each. */
  stepPins(steps: Uint8Array, settle: Settle<Uint8Array>): void {
    this.request(OPERATION.PINS, steps, settle)
  }

  /** Turns `onInt` on or off; settles with the level at that moment. */
  subscribeInt(on: boolean, settle: Settle<boolean>): void {
    this.#level(OPERATION.INT_SUBSCRIBE, Uint8Array.of(on ? 1 : 0), settle)
  }

  /** Asks a controller for its chip. */
  bridge(settle: Settle<undefined>, timeLimit?: number): void {
    this.#plain(OPERATION.BRIDGE, settle, timeLimit)
  }

  /** Gives the chip back. */
  release(settle: Settle<undefined>, timeLimit?: number): void {
    this.#plain(OPERATION.RELEASE, settle, timeLimit)
  }

  restart(settle: Settle<undefined>): void {
    this.#plain(OPERATION.RESTART, settle)
  }

  /** What the board is doing: JSON text. */
  readState(settle: Settle<string>): void {
    this.request(OPERATION.STATE, NOTHING, (reply) => {
      settle(reply.ok ? { ok: true, value: decodeText(reply.value) } : reply)
    })
  }

  /**
   * Changes the rate of both ends. Fails when the board refuses it or when it could not be confirmed at the new rate; the
   * line is then back at the old one.
   */
  changeBaud(rate: number, settle: Settle<undefined>): void {
    const former = this.#line.baud
    this.request(OPERATION.BAUD, put32(rate), (reply) => {
      if (!reply.ok) {
        this.endpoint.release()
        return settle(reply)
      }
      this.#whenQuiet(() => {
        this.#setBaud(rate)
        this.endpoint.release()
        this.#confirmBaud(rate, former, settle)
      })
    })
  }

  /**
   * The board changes when our acknowledgement has reached it: waits until that has left (up to a cell time and a half after
   * the reply, and one to cross) and an AVR has taken it in. What follows sooner meets a board at the former rate.
   */
  #whenQuiet(then: () => void): void {
    this.#clock.after(Math.round(6 * this.endpoint.cellTime), then)
  }

  #confirmBaud(rate: number, former: number, settle: Settle<undefined>): void {
    let turns = 0
    let settled = false
    const turn = () => {
      if (settled || ++turns > BAUD_TURNS) return
      this.#setBaud(turns % 2 === 1 ? former : rate)
      timer = this.#clock.after(BAUD_FALLBACK, turn)
    }
    let timer = this.#clock.after(BAUD_FALLBACK, turn)
    const limit = (BAUD_TURNS + 2) * BAUD_FALLBACK
    const confirm = (reply: Parameters<Settle<Uint8Array>>[0]) => {
      settled = true
      this.#clock.cancel(timer)
      if (reply.ok && get32(reply.value, 0) === rate) return settle({ ok: true, value: undefined })
      this.#setBaud(former)
      settle({ ok: false, error: new UnconfirmedBaudError(rate, former) })
    }
    this.request(OPERATION.BAUD_CONFIRM, put32(rate), confirm, limit)
  }

  #setBaud(rate: number): void {
    this.#line.setBaud(rate)
    this.endpoint.rateChanged()
  }

  #level(operation: number, argument: Uint8Array, settle: Settle<boolean>): void {
    this.request(operation, argument, (reply) => {
      settle(reply.ok ? { ok: true, value: reply.value[0] === 1 } : reply)
    })
  }

  #plain(operation: number, settle: Settle<undefined>, timeLimit?: number): void {
    this.request(operation, NOTHING, (reply) => settle(reply.ok ? { ok: true, value: undefined } : reply), timeLimit)
  }

  #event(message: Uint8Array): void {
    const edge = decodeIntEdge(message)
    if (edge !== undefined) this.#intListeners.tell(edge.high, edge.microseconds)
    else if (message[0] === LINK_EVENT.STATE && this.#eventListeners.size > 0)
      this.#eventListeners.tell(decodeText(message.subarray(1)))
    else this.unknownEvents++
  }
}

const NOTHING = new Uint8Array(0)

const NAMES: ReadonlyMap<number, string> = new Map(Object.values(OPERATIONS).map(({ code, words }) => [code, words]))

const REASONS = [
  '',
  'the board does not support it',
  'the board found the argument wrong',
  'the board refused it',
  'it failed on the board',
]

function failure(operation: number, reply: Extract<ManagementReply, { ok: false }>): Error {
  const name = NAMES.get(operation) ?? `operation ${operation}`
  if (reply.status === 'time limit') return new Error(`${name}: the board did not answer in time`)
  if (reply.status === 'session reset') {
    return new Error(`${name}: the session ended before the answer; whether it was carried out is unknown`)
  }
  return new Error(`${name}: ${REASONS[reply.status]}`)
}
