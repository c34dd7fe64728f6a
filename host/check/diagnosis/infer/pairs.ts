/**
 * Two causes at once, by noisy-OR: a symptom stays as on a sound board only if neither disturbs it, and one that is disturbed looks as
 * it does under whichever disturbs it. No run with two faults is needed to learn that.
 */
import { exp, log } from '../../../../firmware/math/elementary.js'
import type { Model } from '../dictionary/model.js'
import type { Symptoms } from '../features/features.js'

/** The symptoms that count, taken out of the report once for all pairs. */
interface Lit {
  readonly weight: number
  /** Of the case that was seen, and of the typical one. */
  readonly at: number
  readonly typicalAt: number
}

function litSymptoms({ weights, offsets, typical }: Model, symptoms: Symptoms): Lit[] {
  const lit: Lit[] = []
  for (const [index, which] of symptoms.entries()) {
    if (which < 0 || weights[index] === 0) continue
    lit.push({ weight: weights[index], at: offsets[index] + which, typicalAt: offsets[index] + typical[index] })
  }
  return lit
}

/** By cause and symptom that is lit: P(typical), and P(seen) where that is not the typical one. */
interface Chances {
  readonly undisturbed: Float64Array
  readonly seen: Float64Array
}

const ALMOST_CERTAIN = 1 - 1e-4

/** Scores of pairs, to be held against those of `scoresOf`. */
export class PairScores {
  readonly #model: Model
  readonly #lit: readonly Lit[]
  readonly #healthy: Chances
  readonly #chances = new Map<number, Chances>()

  constructor(model: Model, symptoms: Symptoms) {
    this.#model = model
    this.#lit = litSymptoms(model, symptoms)
    this.#healthy = this.#of(0)
  }

  #of(cause: number): Chances {
    const known = this.#chances.get(cause)
    if (known !== undefined) return known
    const likelihoods = this.#model.likelihoods[cause]
    const chances = {
      undisturbed: Float64Array.from(this.#lit, ({ typicalAt }) => exp(likelihoods[typicalAt])),
      seen: Float64Array.from(this.#lit, ({ at }) => exp(likelihoods[at])),
    }
    this.#chances.set(cause, chances)
    return chances
  }

  /** @param first @param second numbers of two causes, neither of them `healthy` */
  score(first: number, second: number): number {
    const a = this.#of(first)
    const b = this.#of(second)
    let score = 0
    for (const [index, { weight, at, typicalAt }] of this.#lit.entries()) {
      // What disturbs a sound board now and then stands in both, and is taken out once.
      const calm = Math.min(
        ALMOST_CERTAIN,
        (a.undisturbed[index] * b.undisturbed[index]) / Math.max(0.05, this.#healthy.undisturbed[index]),
      )
      if (at === typicalAt) {
        score += weight * log(calm)
        continue
      }
      const disturbing = 2 - a.undisturbed[index] - b.undisturbed[index]
      score += weight * log(((1 - calm) * (a.seen[index] + b.seen[index])) / Math.max(1e-4, disturbing))
    }
    return score
  }
}
