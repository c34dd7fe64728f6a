import type { Bench } from '../../boards/faults/bench.js'
import type { Breakage } from '../../boards/faults/fault.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'

export interface BreakageSurroundings {
  readonly clock: Clock
  readonly random?: Random
  /** Whether this breakage is still meant: what it does later, it does only then. */
  readonly current: () => boolean
}

/**
 * What a family does to a bench, done to a station.
 * @param parts of a bench, as far as families of the station's layers touch them; of its lab too, but for clock and chance
 */
export function applyBreakage(
  breakage: Breakage,
  parts: { readonly lab?: object; readonly [part: string]: unknown },
  { clock, random, current }: BreakageSurroundings,
): void {
  const later: Clock = {
    get now() {
      return clock.now
    },
    after: (delay, callback) => clock.after(delay, () => current() && callback()),
    cancel: (timer) => clock.cancel(timer),
  }
  breakage.apply?.({ ...parts, lab: { ...parts.lab, clock: later, random } } as unknown as Bench)
}
