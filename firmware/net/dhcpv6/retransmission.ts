/** When a client of DHCPv6 sends a message again, and when it gives up (RFC 9915 15, with the parameters of 7.6). */
import { type Clock, SECOND } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'

/** Of one kind of exchange; 0 stands for no limit. */
interface Parameters {
  /** IRT */
  readonly initialSeconds: number
  /** MRT */
  readonly maximumSeconds: number
  /** MRC: how often it is sent in all. */
  readonly count: number
  /** MRD */
  readonly durationSeconds: number
}

export type ExchangeKind =
  | 'SOLICIT'
  | 'REQUEST'
  | 'CONFIRM'
  | 'RENEW'
  | 'REBIND'
  | 'INFORMATION-REQUEST'
  | 'RELEASE'
  | 'DECLINE'

/** RFC 9915 7.6; RENEW and REBIND end by T2 and by the addresses' lifetimes, of which the client's chart knows. */
const PARAMETERS: Readonly<Record<ExchangeKind, Parameters>> = {
  SOLICIT: { initialSeconds: 1, maximumSeconds: 3600, count: 0, durationSeconds: 0 },
  REQUEST: { initialSeconds: 1, maximumSeconds: 30, count: 10, durationSeconds: 0 },
  CONFIRM: { initialSeconds: 1, maximumSeconds: 4, count: 0, durationSeconds: 10 },
  RENEW: { initialSeconds: 10, maximumSeconds: 600, count: 0, durationSeconds: 0 },
  REBIND: { initialSeconds: 10, maximumSeconds: 600, count: 0, durationSeconds: 0 },
  'INFORMATION-REQUEST': { initialSeconds: 1, maximumSeconds: 3600, count: 0, durationSeconds: 0 },
  RELEASE: { initialSeconds: 1, maximumSeconds: 0, count: 4, durationSeconds: 0 },
  DECLINE: { initialSeconds: 1, maximumSeconds: 0, count: 4, durationSeconds: 0 },
}

/** RAND is uniform between minus and plus this. */
const RANDOMIZATION = 0.1

/** One exchange, from its first message on. */
export class Retransmission {
  readonly kind: ExchangeKind
  readonly began: number
  readonly #clock: Clock
  readonly #random: Random
  readonly #parameters: Parameters
  readonly #maximum: number
  #timeout = 0
  #sent = 0

  /** @param maximumSeconds MRT, where a server said another (SOL_MAX_RT, INF_MAX_RT: RFC 9915 21.24, 21.25) */
  constructor(clock: Clock, random: Random, kind: ExchangeKind, maximumSeconds?: number) {
    this.kind = kind
    this.began = clock.now
    this.#clock = clock
    this.#random = random
    this.#parameters = PARAMETERS[kind]
    this.#maximum = (maximumSeconds ?? this.#parameters.maximumSeconds) * SECOND
  }

  /** The message goes out, now. */
  count(): void {
    this.#sent++
  }

  /** RT: how long to wait for an answer to what has just been sent, in nanoseconds; drawn anew each time. */
  next(): number {
    const initial = this.#parameters.initialSeconds * SECOND
    if (this.#timeout === 0) {
      // 18.2.1: advertisements are collected for IRT at least, so that RAND is greater than 0 in the first of a solicit.
      const share = this.kind === 'SOLICIT' ? RANDOMIZATION * (1 - this.#random.float()) : this.#share()
      this.#timeout = initial + share * initial
    } else {
      this.#timeout = 2 * this.#timeout + this.#share() * this.#timeout
    }
    if (this.#maximum !== 0 && this.#timeout > this.#maximum)
      this.#timeout = this.#maximum + this.#share() * this.#maximum
    const { durationSeconds } = this.#parameters
    if (durationSeconds === 0) return this.#timeout
    return Math.min(this.#timeout, Math.max(0, this.began + durationSeconds * SECOND - this.#clock.now))
  }

  /** Whether it may be sent once more. */
  get isLeft(): boolean {
    const { count, durationSeconds } = this.#parameters
    const duration = durationSeconds * SECOND
    return (count === 0 || this.#sent < count) && (duration === 0 || this.#clock.now - this.began < duration)
  }

  #share(): number {
    return RANDOMIZATION * (2 * this.#random.float() - 1)
  }
}
