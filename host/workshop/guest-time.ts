/**
 * A lab within a station: it has a scheduler of its own, so that it can be put away whole, with everything that was due in it, and another be built
 * at the same instant. Each of its events is an event of the station's.
 */
import type { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Timer } from '../../firmware/hal/clock.js'

export class GuestTime {
  readonly #host: Scheduler
  readonly #guest: Scheduler
  /** How far its clock is ahead: what was built and started before anybody looked. */
  readonly ahead: number
  #timer: Timer | undefined
  #inside = false
  #stopped = false

  readonly #happened: (() => void) | undefined

  /** @param happened is called behind each of its events */
  constructor(host: Scheduler, guest: Scheduler, happened?: () => void) {
    this.#host = host
    this.#guest = guest
    this.#happened = happened
    this.ahead = guest.now - host.now
    this.#arm()
  }

  /** Does something to the lab at the present instant. */
  do<T>(act: () => T): T {
    if (this.#inside) return act()
    this.catchUp()
    this.#inside = true
    try {
      return act()
    } finally {
      this.#inside = false
      this.#arm()
    }
  }

  /** Brings the lab to the present instant; what is due now stays due. */
  catchUp(): void {
    if (!this.#stopped) this.#guest.advanceTo(this.#host.now + this.ahead)
  }

  /** It is put away: nothing happens in it any more. */
  stop(): void {
    this.#stopped = true
    this.#host.cancel(this.#timer)
  }

  #arm(): void {
    this.#host.cancel(this.#timer)
    const { nextAt } = this.#guest
    if (this.#stopped || nextAt === undefined) return
    this.#timer = this.#host.after(Math.max(0, nextAt - this.ahead - this.#host.now), () =>
      this.do(() => {
        this.#guest.step()
        this.#happened?.()
      }),
    )
  }
}
