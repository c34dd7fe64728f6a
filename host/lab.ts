/** A lab for code made of promises: virtual time passes while it is awaited, and only then. */
import { Lab } from '../boards/lab.js'
import { SECOND } from '../firmware/hal/clock.js'
import { TimeLimitError } from './serial/errors.js'

export interface RunOptions {
  /** Virtual time passes until this holds. Asked after every event. */
  readonly until?: () => boolean
  /** Nanoseconds to pass, when there is no `until`; the longest wait when there is. A minute unless told otherwise. */
  readonly for?: number
}

const PATIENCE = 60 * SECOND

export class HostLab extends Lab {
  /**
   * Lets virtual time pass. What the caller's promises have to say about the present instant is said before it begins.
   * @throws TimeLimitError when `until` did not hold in time
   */
  async run(options: RunOptions): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    const limit = options.for ?? PATIENCE
    if (options.until === undefined) this.runFor(limit)
    else if (!this.runUntil(options.until, limit)) throw new TimeLimitError(limit, true)
  }
}
