import type { Bench } from '../../boards/faults/bench.js'
import type { Breakage } from '../../boards/faults/fault.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'

export interface BreakageSurroundings {
  readonly clock: Pick<Clock, 'after'>
  readonly random?: Random
  /** Whether this breakage is still meant: what it does later, it does only then. */
  readonly current: () => boolean
}

/**
 * What a family does to a bench, done to a station.
 * @param parts of a bench, as far as families of the station's layers touch them
 */
export function applyBreakage(
  breakage: Breakage,
  parts: object,
  { clock, random, current }: BreakageSurroundings,
): void {
  const later = {
    after: (delay: number, callback: () => void) => clock.after(delay, () => current() && callback()),
  }
  breakage.apply?.({ ...parts, lab: { clock: later, random } } as unknown as Bench)
}
