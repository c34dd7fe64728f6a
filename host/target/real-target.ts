/** A target behind a real port, in this computer's time. */
import type { Clock } from '../../firmware/hal/clock.js'
import { TimeLimitError } from '../errors/errors.js'
import type { Target } from './target.js'

/**
 * A window of an Uno's: a computer that wakes up for each cell does so late when it is busy, and the line stands still meanwhile. What
 * is behind in the port goes out late by as much, at worst: 2.6 ms at 1 Mbaud.
 */
export const PORT_LEAD = 4

export interface RealTargetParts extends Omit<Target, 'clock' | 'seed' | 'virtual' | 'bench' | 'drive'> {
  readonly clock: Clock
  /** Rejects when the port is lost. */
  readonly lost: Promise<never>
  /** Nanoseconds after which `drive` gives up. */
  readonly timeLimit: number | undefined
}

export function realTarget({ lost, timeLimit, ...parts }: RealTargetParts): Target {
  const { clock } = parts
  lost.catch(() => {}) // whoever drives work hears of it
  return {
    ...parts,
    seed: null,
    virtual: false,
    bench: undefined,
    async drive<T>(work: Promise<T>): Promise<T> {
      if (timeLimit === undefined) return Promise.race([work, lost])
      let fail: (error: Error) => void = () => {}
      const expired = new Promise<never>((_, reject) => {
        fail = reject
      })
      const timer = clock.after(Math.max(0, timeLimit - clock.now), () => fail(new TimeLimitError(timeLimit, false)))
      return Promise.race([work, lost, expired]).finally(() => clock.cancel(timer))
    },
  }
}
