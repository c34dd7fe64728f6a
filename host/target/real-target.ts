/** A target behind a real port, in this computer's time. */
import type { Clock } from '../../firmware/hal/clock.js'
import { TimeLimitError } from '../errors/errors.js'
import type { Target } from './target.js'

export interface RealTargetParts extends Omit<Target, 'clock' | 'seed' | 'bench' | 'drive'> {
  readonly clock: Clock
  /** Rejects when the port is lost. */
  readonly lost: Promise<never>
  /** Nanoseconds after which `drive` gives up. */
  readonly timeLimit: number | undefined
}

export function realTarget({ lost, timeLimit, ...parts }: RealTargetParts): Target {
  const { clock } = parts
  lost.catch(() => {}) // whoever drives work gets the error
  return {
    ...parts,
    seed: null,
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
