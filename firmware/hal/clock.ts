/**
 * Time as firmware may ask for it. The clock comes in from outside: in a simulation it is the scheduler's
 * virtual time, against a real board it is the laptop's own. Nothing below `host` knows which.
 */

/** A pending call, as `Clock.after` returned it; its only use is `Clock.cancel`. */
export interface Timer {
  /** When the call is due, in nanoseconds on the clock that made it. */
  readonly at: number
}

export interface Clock {
  /** Nanoseconds since the clock began: a whole number, exact up to 2^53 ns (104 days). */
  readonly now: number
  /**
   * Calls back once, `delay` nanoseconds from now. Calls due at the same instant run in the order they were asked for.
   * @throws RangeError when `delay` is negative or not a number.
   */
  after(delay: number, callback: () => void): Timer
  /** Takes a pending call back; a timer that has run, was cancelled or is undefined is ignored. */
  cancel(timer: Timer | undefined): void
}

export const MICROSECOND = 1_000
export const MILLISECOND = 1_000_000
export const SECOND = 1_000_000_000

/** What XState asks of a clock: milliseconds, and an opaque identifier. */
export interface StateChartClock {
  setTimeout(callback: (...args: never[]) => void, milliseconds: number): Timer
  clearTimeout(timer: Timer): void
}

/** XState's view of a clock: pass it as `clock` when an actor is created. */
export function stateChartClock(clock: Clock): StateChartClock {
  return {
    setTimeout: (callback, milliseconds) => clock.after(Math.round(milliseconds * MILLISECOND), callback as () => void),
    clearTimeout: (timer) => clock.cancel(timer),
  }
}
