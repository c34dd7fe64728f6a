/**
 * Channel 0: requests and their replies, as messages. A request is operation, request identifier, arguments; its reply is
 * operation + 80h, the same identifier, a status, results. Numbers have their high octet first. See docs/serial-link.md.
 */
import {
  COUNTER_NAMES,
  COUNTERS_SINCE,
  LINK_EVENT,
  MANAGEMENT,
  MESSAGE,
  OPERATION,
  RESET_PIN,
  STATUS,
  TIME_MS,
} from './link-table.js'

export type LinkStatus = (typeof STATUS)[keyof typeof STATUS]

/** A board that changed its rate goes back after this long without a confirmation, in nanoseconds. */
export const BAUD_FALLBACK = TIME_MS.BAUD_FALLBACK * 1_000_000

export type CounterName = (typeof COUNTER_NAMES)[number]
export type ReportedCounters = Record<CounterName, number>

export function put32(value: number): Uint8Array {
  return Uint8Array.of((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
}

export function get32(octets: Uint8Array, at: number): number {
  return ((octets[at] << 24) | (octets[at + 1] << 16) | (octets[at + 2] << 8) | octets[at + 3]) >>> 0
}

/** An INT edge as a message on channel 2: the new level and when, in microseconds of the board's clock modulo 2^32. */
export function encodeIntEdge(high: boolean, microseconds: number): Uint8Array {
  const message = new Uint8Array(MESSAGE.INT_EDGE_OCTETS)
  message[0] = LINK_EVENT.INT_EDGE
  message[1] = high ? 1 : 0
  message.set(put32(microseconds % 0x1_0000_0000), 2)
  return message
}

export function decodeIntEdge(
  message: Uint8Array,
): { readonly high: boolean; readonly microseconds: number } | undefined {
  if (message.length !== MESSAGE.INT_EDGE_OCTETS || message[0] !== LINK_EVENT.INT_EDGE) return undefined
  return { high: message[1] !== 0, microseconds: get32(message, 2) }
}

/** The wires of SPI as plain pins (`OPERATION.PINS`); `PIN` has their bits. */
export interface SpiPinSteps {
  /** Takes the wires; false where that is not possible now. */
  begin(): boolean
  /** @param step as in `PIN_STEP` @returns the wires that are high */
  step(step: number): number
  /** Gives them back to SPI. */
  end(): void
}

/** What the board offers to management. Everything but `counters` may be missing: it is then answered `unsupported`. */
export interface ManagementHandler {
  /** @param inSession since the session began, instead of since the board's start */
  counters(inSession: boolean): ReportedCounters
  readonly resetPin?: { readonly high: boolean; set(high: boolean): void }
  readonly intPin?: { readonly high: boolean }
  readonly spiPins?: SpiPinSteps
  /** Turns delivery of INT edges on channel 2 on or off. */
  subscribeInt?(on: boolean): void
  readonly baud?: {
    readonly rate: number
    /** Whether the UART can do this rate. */
    accepts(rate: number): boolean
    /** Changes the rate once the reply has left; goes back after `BAUD_FALLBACK` unless `confirm` is called. */
    change(rate: number): void
    confirm(): void
  }
  /** Asks for the chip: `done` is called once, now or later. */
  bridge?(done: (granted: boolean) => void): void
  /** Gives the chip back. */
  release?(done: (taken: boolean) => void): void
  /** What the board is doing, for people and for checks: JSON. */
  state?(): Uint8Array
  /** Starts the board anew, once the reply has left. */
  restart?(): void
}

/** Answers requests. The owner cuts channel 0 into messages and sends what `reply` is given. */
export class ManagementServer {
  readonly #handler: ManagementHandler
  readonly #reply: (message: Uint8Array) => void

  constructor(handler: ManagementHandler, reply: (message: Uint8Array) => void) {
    this.#handler = handler
    this.#reply = reply
  }

  receive(message: Uint8Array): void {
    if (message.length < 2 || (message[0] & MANAGEMENT.REPLY_BIT) !== 0) return // too short to be answered, or not for us
    const operation = message[0]
    const identifier = message[1]
    this.#perform(operation, message.subarray(2), (status, results) => {
      const reply = new Uint8Array(3 + (results?.length ?? 0))
      reply[0] = operation | MANAGEMENT.REPLY_BIT
      reply[1] = identifier
      reply[2] = status
      if (results !== undefined) reply.set(results, 3)
      this.#reply(reply)
    })
  }

  #perform(operation: number, argument: Uint8Array, done: (status: LinkStatus, results?: Uint8Array) => void): void {
    const handler = this.#handler
    switch (operation) {
      case OPERATION.ECHO:
        done(STATUS.OK, argument)
        return
      case OPERATION.COUNTERS:
        if (argument.length > 1 || (argument[0] ?? COUNTERS_SINCE.START) > COUNTERS_SINCE.SESSION) {
          done(STATUS.BAD_ARGUMENT)
          return
        }
        done(STATUS.OK, encodeCounters(handler.counters(argument[0] === COUNTERS_SINCE.SESSION)))
        return
      case OPERATION.BAUD:
        this.#baud(argument, done)
        return
      case OPERATION.BAUD_CONFIRM:
        if (handler.baud === undefined) {
          done(STATUS.UNSUPPORTED)
          return
        }
        if (argument.length !== 4) {
          done(STATUS.BAD_ARGUMENT)
          return
        }
        if (get32(argument, 0) !== handler.baud.rate) {
          done(STATUS.FAILED, put32(handler.baud.rate))
          return
        }
        handler.baud.confirm()
        done(STATUS.OK, put32(handler.baud.rate))
        return
      case OPERATION.RESET_PIN: {
        const pin = handler.resetPin
        if (pin === undefined) {
          done(STATUS.UNSUPPORTED)
          return
        }
        if (argument.length !== 1 || argument[0] > RESET_PIN.READ) {
          done(STATUS.BAD_ARGUMENT)
          return
        }
        if (argument[0] !== RESET_PIN.READ) pin.set(argument[0] === RESET_PIN.HIGH)
        done(STATUS.OK, Uint8Array.of(pin.high ? 1 : 0))
        return
      }
      case OPERATION.INT_PIN:
        if (handler.intPin === undefined) {
          done(STATUS.UNSUPPORTED)
          return
        }
        done(STATUS.OK, Uint8Array.of(handler.intPin.high ? 1 : 0))
        return
      case OPERATION.PINS: {
        const pins = handler.spiPins
        if (pins === undefined) {
          done(STATUS.UNSUPPORTED)
          return
        }
        if (!pins.begin()) {
          done(STATUS.REFUSED)
          return
        }
        const levels = argument.map((step) => pins.step(step))
        pins.end()
        done(STATUS.OK, levels)
        return
      }
      case OPERATION.INT_SUBSCRIBE:
        if (handler.subscribeInt === undefined || handler.intPin === undefined) {
          done(STATUS.UNSUPPORTED)
          return
        }
        if (argument.length !== 1 || argument[0] > 1) {
          done(STATUS.BAD_ARGUMENT)
          return
        }
        handler.subscribeInt(argument[0] === 1)
        done(STATUS.OK, Uint8Array.of(handler.intPin.high ? 1 : 0))
        return
      case OPERATION.BRIDGE:
        if (handler.bridge === undefined) {
          done(STATUS.OK) // a bridge board: the chip is the host's already
          return
        }
        handler.bridge((granted) => done(granted ? STATUS.OK : STATUS.REFUSED))
        return
      case OPERATION.RELEASE:
        if (handler.release === undefined) {
          done(STATUS.OK)
          return
        }
        handler.release((taken) => done(taken ? STATUS.OK : STATUS.REFUSED))
        return
      case OPERATION.STATE:
        if (handler.state === undefined) {
          done(STATUS.UNSUPPORTED)
          return
        }
        done(STATUS.OK, handler.state())
        return
      case OPERATION.RESTART:
        if (handler.restart === undefined) {
          done(STATUS.UNSUPPORTED)
          return
        }
        done(STATUS.OK)
        handler.restart()
        return
      default:
        done(STATUS.UNSUPPORTED)
        return
    }
  }

  #baud(argument: Uint8Array, done: (status: LinkStatus, results?: Uint8Array) => void): void {
    const { baud } = this.#handler
    if (baud === undefined) {
      done(STATUS.UNSUPPORTED)
      return
    }
    if (argument.length !== 4) {
      done(STATUS.BAD_ARGUMENT)
      return
    }
    const rate = get32(argument, 0)
    if (!baud.accepts(rate)) {
      done(STATUS.REFUSED, put32(baud.rate))
      return
    }
    done(STATUS.OK, put32(rate))
    baud.change(rate)
  }
}

/** What was counted since `before`. */
export function countersSince(
  counters: ReportedCounters,
  before: Readonly<Partial<ReportedCounters>> = {},
): ReportedCounters {
  const since = { ...counters }
  for (const name of COUNTER_NAMES) since[name] -= before[name] ?? 0
  return since
}

function encodeCounters(counters: ReportedCounters): Uint8Array {
  const octets = new Uint8Array(1 + 4 * COUNTER_NAMES.length)
  octets[0] = COUNTER_NAMES.length
  COUNTER_NAMES.forEach((name, i) => {
    octets.set(put32(counters[name]), 1 + 4 * i)
  })
  return octets
}

/** Reads a report; counters that a board with an older firmware leaves out are 0. Undefined when it is cut short. */
export function decodeCounters(octets: Uint8Array): ReportedCounters | undefined {
  const count = octets[0]
  if (octets.length < 1 || octets.length < 1 + 4 * count) return undefined
  const counters = {} as ReportedCounters
  COUNTER_NAMES.forEach((name, i) => {
    counters[name] = i < count ? get32(octets, 1 + 4 * i) : 0
  })
  return counters
}

export type ManagementReply =
  | { readonly ok: true; readonly results: Uint8Array }
  | { readonly ok: false; readonly status: LinkStatus | 'time limit' | 'session reset' }

interface Waiting {
  readonly operation: number
  readonly message: Uint8Array
  sent: boolean
  readonly settle: (reply: ManagementReply) => void
}

/** Octets around a reply: its length, operation, identifier, status. */
const REPLY_FRAME = 5

/** Asks. The owner cuts channel 0 into messages, sends what `send` is given, and keeps time. */
export class ManagementClient {
  readonly #waiting = new Map<number, Waiting>()
  /** Requests that wait for the board to have room for their replies. */
  #queue: Waiting[] = []
  readonly #send: (message: Uint8Array) => void
  readonly #credit: () => number
  #identifier = 0
  /** Replies nobody waits for any more. */
  strays = 0

  /**
   * @param credit octets of replies that the board can hold: more requests than that wait here, because the board would have
   * to drop them, and they would be sent again.
   */
  constructor(send: (message: Uint8Array) => void, credit: () => number = () => Number.POSITIVE_INFINITY) {
    this.#send = send
    this.#credit = credit
  }

  /**
   * Sends a request; `settle` is called once.
   * @returns what gives the request up: its reply will be a stray.
   */
  request(operation: number, argument: Uint8Array, settle: (reply: ManagementReply) => void): () => void {
    do this.#identifier = (this.#identifier + 1) & 0xff
    while (this.#waiting.has(this.#identifier) && this.#waiting.size < 256)
    const identifier = this.#identifier
    const message = new Uint8Array(2 + argument.length)
    message[0] = operation
    message[1] = identifier
    message.set(argument, 2)
    const waiting: Waiting = { operation, message, sent: false, settle }
    this.#waiting.set(identifier, waiting)
    this.#queue.push(waiting)
    this.#pump()
    return () => {
      if (this.#waiting.get(identifier) !== waiting) return
      this.#waiting.delete(identifier)
      this.#queue = this.#queue.filter((each) => each !== waiting)
      this.#pump()
      settle({ ok: false, status: 'time limit' })
    }
  }

  /** Sends what there is room for; one request always. An echo has the longest reply: its own argument. */
  #pump(): void {
    let due = 0
    for (const { sent, message } of this.#waiting.values()) if (sent) due += REPLY_FRAME + message.length
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      due += REPLY_FRAME + next.message.length
      if (due > this.#credit() && due > REPLY_FRAME + next.message.length) return
      this.#queue.shift()
      next.sent = true
      this.#send(next.message)
    }
  }

  receive(message: Uint8Array): void {
    const waiting = message.length < 3 ? undefined : this.#waiting.get(message[1])
    if (waiting === undefined || message[0] !== (waiting.operation | MANAGEMENT.REPLY_BIT)) {
      this.strays++
      return
    }
    this.#waiting.delete(message[1])
    this.#pump()
    if (message[2] === STATUS.OK) waiting.settle({ ok: true, results: message.slice(3) })
    else waiting.settle({ ok: false, status: Math.min(message[2], STATUS.FAILED) as LinkStatus })
  }

  /** A new session began: whether the requests on their way were carried out is unknown. */
  reset(): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#queue = []
    for (const { settle } of waiting) settle({ ok: false, status: 'session reset' })
  }
}
