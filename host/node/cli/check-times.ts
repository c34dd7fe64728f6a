/** How long each check of a run took, by the target's clock. */
import type { RunListener } from '../../check/types.js'
import type { Target } from '../../target/target.js'

export class CheckTimes {
  /** By identifier. One that nobody asked for is counted with the one behind it, as what comes between two is. */
  readonly seconds = new Map<string, number>()

  /** From now on. @param other who listens as well */
  listener({ clock }: Pick<Target, 'clock'>, other: RunListener): RunListener {
    let before = clock.now
    return {
      started: (check) => other.started?.(check),
      finished: (result) => {
        this.seconds.set(result.id, (clock.now - before) / 1e9)
        before = clock.now
        other.finished?.(result)
      },
      again: (check) => other.again?.(check),
    }
  }
}
