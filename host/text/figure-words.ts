/** What a language must name: every figure that the data sheet has not named, by its check and key. */
import type { Figure } from '../check/figure.js'
import type { Figures } from '../check/figures/all.js'

type WordsOf<Set> = {
  readonly [K in keyof Set as Set[K] extends { readonly symbol: string } ? never : K]: Set[K] extends (
    of: infer Of,
  ) => Figure
    ? (of: Of) => string
    : string
}

export type FigureWords = { readonly [Check in keyof Figures]: WordsOf<Figures[Check]> }
