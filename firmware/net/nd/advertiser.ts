/**
 * When a router speaks (RFC 4861 6.2.4 to 6.2.6): thrice soon after it began, then now and then, a moment after somebody asks, and once
 * more when it ceases; never to all twice within three seconds.
 */
import { type Clock, MILLISECOND, SECOND, type Timer } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'

/** RFC 4861 10. */
const MAX_INITIAL_RTR_ADVERT_INTERVAL = 16 * SECOND
const MAX_INITIAL_RTR_ADVERTISEMENTS = 3
const MIN_DELAY_BETWEEN_RAS = 3 * SECOND
const MAX_RA_DELAY_TIME = 500 * MILLISECOND

export interface AdvertiserOptions {
  readonly clock: Clock
  readonly random: Random
  /** Between two advertisements that nobody asked for, in nanoseconds. */
  readonly interval: { readonly least: number; readonly most: number }
  advertise(): void
  /** Says that it is no router any more. */
  sayFarewell(): void
}

export class Advertiser {
  readonly #options: AdvertiserOptions
  #timer: Timer | undefined
  /** Of those that come soon. */
  #initial = 0
  #last = Number.NEGATIVE_INFINITY

  constructor(options: AdvertiserOptions) {
    this.#options = options
  }

  start(): void {
    this.#initial = MAX_INITIAL_RTR_ADVERTISEMENTS
    this.#schedule(this.#soonest(this.#chance(MAX_RA_DELAY_TIME)) - this.#options.clock.now)
  }

  pause(): void {
    this.#options.clock.cancel(this.#timer)
    this.#timer = undefined
  }

  /** Says farewell if it has spoken, and nothing from then on. */
  cease(): void {
    const spoke = this.#timer !== undefined && this.#last !== Number.NEGATIVE_INFINITY
    this.pause()
    if (spoke) this.#options.sayFarewell()
  }

  /** Somebody asks: all are answered at once, unless they are about to hear anyway. */
  solicited(): void {
    if (this.#timer === undefined) return
    const { clock } = this.#options
    const due = this.#soonest(this.#chance(MAX_RA_DELAY_TIME))
    if (due < this.#timer.at) this.#schedule(due - clock.now)
  }

  /** So long from now, and so much later as what was said last was said shortly before (6.2.6). */
  #soonest(delay: number): number {
    const { now } = this.#options.clock
    return now - this.#last < MIN_DELAY_BETWEEN_RAS ? this.#last + MIN_DELAY_BETWEEN_RAS + delay : now + delay
  }

  #schedule(delay: number): void {
    const { clock } = this.#options
    clock.cancel(this.#timer)
    this.#timer = clock.after(delay, () => this.#advertise())
  }

  #advertise(): void {
    const { clock, interval, advertise } = this.#options
    this.#last = clock.now
    if (this.#initial > 0) this.#initial--
    const wait = interval.least + this.#chance(interval.most - interval.least)
    this.#schedule(this.#initial > 0 ? Math.min(wait, MAX_INITIAL_RTR_ADVERT_INTERVAL) : wait)
    advertise()
  }

  #chance(most: number): number {
    return Math.floor(this.#options.random.float() * most)
  }
}
