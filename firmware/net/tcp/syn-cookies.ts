/**
 * SYN cookies (RFC 4987 3.6): when the listener's queue is full, what would be remembered of a SYN is put into the
 * sequence number of the answer, and read back from the acknowledgement that returns it. The number has five bits of a
 * slow clock, three of the MSS and 24 of a keyed hash of it all, as Bernstein proposed, and rises with the peer's own.
 *
 * Options do not fit there. With timestamps (RFC 7323) the low bits of TSval, which the peer returns, hold them.
 */
import { type Clock, SECOND } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import type { IpAddress } from '../ip.js'
import { TupleHash } from './tuple-hash.js'

/** The clock of cookies steps this often; a cookie of the present step or the one before is valid. */
export const COOKIE_STEP = 64 * SECOND
/** The largest that does not exceed the peer's is taken; what a path really has is near one of these. */
export const COOKIE_SEGMENT_SIZES: readonly number[] = [64, 256, 536, 966, 1220, 1400, 1440, 1460]

const HASH_BITS = 0xff_ffff
const SCALE_BITS = 0x0f
const NO_SCALE = 0x0f
const SACK_BIT = 0x10
const OPTION_BITS = 0x1f

/** What a timestamp of a cookie holds. */
export interface CookieOptions {
  /** The peer's shift; undefined: it did not ask for scaled windows. */
  windowScale: number | undefined
  /** The peer permits SACK. */
  sack: boolean
}

export class SynCookies {
  readonly #clock: Clock
  readonly #hash: TupleHash

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#hash = new TupleHash(random.fork('SYN cookies'))
  }

  /**
   * ISS of the answer to a SYN.
   * @param peerSequence the SYN's sequence number
   * @param segmentSize the peer's MSS, or the default where it sent none
   */
  make(
    localAddress: IpAddress,
    localPort: number,
    remoteAddress: IpAddress,
    remotePort: number,
    peerSequence: number,
    segmentSize: number,
  ): number {
    let index = COOKIE_SEGMENT_SIZES.length - 1
    while (index > 0 && COOKIE_SEGMENT_SIZES[index] > segmentSize) index--
    const step = Math.floor(this.#clock.now / COOKIE_STEP)
    const hash = this.#hash.hash(localAddress, localPort, remoteAddress, remotePort, peerSequence, step * 8 + index)
    return (peerSequence + ((((step & 31) << 27) | (index << 24) | (hash & HASH_BITS)) >>> 0)) >>> 0
  }

  /**
   * Reads a cookie back.
   * @param peerSequence the acknowledgement's sequence number less one: that of the SYN
   * @param cookie its acknowledgement number less one
   * @returns the peer's MSS; undefined when the number is no cookie of ours, or an old one
   */
  check(
    localAddress: IpAddress,
    localPort: number,
    remoteAddress: IpAddress,
    remotePort: number,
    peerSequence: number,
    cookie: number,
  ): number | undefined {
    const value = (cookie - peerSequence) >>> 0
    const now = Math.floor(this.#clock.now / COOKIE_STEP)
    const age = (now - (value >>> 27)) & 31
    if (age > 1 || age > now) return undefined
    const index = (value >>> 24) & 7
    const step = now - age
    const hash = this.#hash.hash(localAddress, localPort, remoteAddress, remotePort, peerSequence, step * 8 + index)
    return (hash & HASH_BITS) === (value & HASH_BITS) ? COOKIE_SEGMENT_SIZES[index] : undefined
  }
}

/** TSval of a cookie: no later than `timestamp`, with the options in its lowest five bits. */
export function hideOptions(timestamp: number, options: CookieOptions): number {
  const bits = (options.windowScale ?? NO_SCALE) | (options.sack ? SACK_BIT : 0)
  const hidden = (timestamp & ~OPTION_BITS) | bits
  return (hidden >>> 0 > timestamp ? hidden - OPTION_BITS - 1 : hidden) >>> 0
}

/** The options in a TSecr that returns a TSval of `hideOptions`. */
export function hiddenOptions(echo: number): CookieOptions {
  const shift = echo & SCALE_BITS
  return { windowScale: shift === NO_SCALE ? undefined : shift, sack: (echo & SACK_BIT) !== 0 }
}
