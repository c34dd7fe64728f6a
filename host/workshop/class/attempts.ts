/** Wrong codes, by where they came from: a short code is not found by trying. */
import { SECOND } from '../../../firmware/hal/clock.js'

/** Wrong codes of one origin within a minute, behind which it is not listened to. */
export const MOST_ATTEMPTS = 10
const WHILE = 60 * SECOND
/** Origins that are remembered; of more, those longest ago are forgotten. */
const MOST_ORIGINS = 1024

export class Attempts {
  /** Instants of wall time, ns. */
  readonly #wrong = new Map<string, number[]>()

  mayTry(origin: string, now: number): boolean {
    return this.#recent(origin, now).length < MOST_ATTEMPTS
  }

  failed(origin: string, now: number): void {
    const recent = [...this.#recent(origin, now), now].slice(-MOST_ATTEMPTS)
    this.#wrong.delete(origin)
    this.#wrong.set(origin, recent)
    if (this.#wrong.size > MOST_ORIGINS) this.#wrong.delete(this.#wrong.keys().next().value!)
  }

  #recent(origin: string, now: number): readonly number[] {
    return (this.#wrong.get(origin) ?? []).filter((at) => now - at < WHILE)
  }
}
