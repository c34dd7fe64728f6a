/**
 * Where a connection's numbers begin: its sequence numbers (RFC 9293 3.4.1, RFC 6528 3) and its timestamps (RFC 7323 5.4).
 * Both rise with a clock, so that a new connection between the same ends begins beyond the old one, and both stand at an
 * offset that only the key's holder can tell.
 */
import { type Clock, MICROSECOND, MILLISECOND } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { IpAddress } from '../ip.js'
import { TupleHash } from './tuple-hash.js'

/** M of RFC 9293 3.4.1 steps this often. */
const STEP = 4 * MICROSECOND
/** The timestamp clock's step: within the 1 ms to 1 s of RFC 7323 5.4. */
const TIMESTAMP_STEP = MILLISECOND
/** What both kinds of number are counted modulo. */
const WORDS = 0x1_0000_0000

export class InitialNumbers {
  readonly #clock: Clock
  readonly #hash: TupleHash
  readonly #timestampHash: TupleHash

  /** @param random draws the secret key: the same seed gives the same numbers at the same time */
  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#hash = new TupleHash(random.fork('initial sequence numbers'))
    this.#timestampHash = new TupleHash(random.fork('timestamp offsets'))
  }

  /** ISS of a connection that begins now: M + F(local address, local port, remote address, remote port, key). */
  sequence(localAddress: IpAddress, localPort: number, remoteAddress: IpAddress, remotePort: number): number {
    const offset = this.#hash.hash(localAddress, localPort, remoteAddress, remotePort)
    return (Math.floor(this.#clock.now / STEP) + offset) % WORDS
  }

  /** What a connection adds to the timestamp clock; the same for every connection between the same ends. */
  timestampOffset(localAddress: IpAddress, localPort: number, remoteAddress: IpAddress, remotePort: number): number {
    return this.#timestampHash.hash(localAddress, localPort, remoteAddress, remotePort)
  }
}

/** TSval now, for a connection's offset (RFC 7323 4.1). */
export function timestamp(now: number, offset: number): number {
  return (Math.floor(now / TIMESTAMP_STEP) + offset) % WORDS
}
