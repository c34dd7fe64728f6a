/**
 * The forms in which a cause shows, found in its runs. Each run begins as a form of its own; the two that are likeliest one are put
 * together until there is one, and of all these partings the one is taken that foretells each run best from the others. What speaks for
 * one form rather than two is the likelihood of their counts under a Dirichlet prior around those of the cause as a whole (Heller and
 * Ghahramani, Bayesian hierarchical clustering, 2005).
 */
import { exp, log } from '../../../firmware/math/elementary.js'
import { type CaseCounts, totalOf } from '../../check/diagnosis/dictionary/counts.js'
import { FORM_BEHIND, LAPLACE } from '../../check/diagnosis/dictionary/likelihood.js'
import { HEALTHY } from '../../check/diagnosis/dictionary/model.js'
import { CASES, type Sample } from './sample.js'

/** A family is seldom more things than these, and so many runs do not tell more apart. */
const MOST = 6
/** What a parting must foretell better than none, in nats a run: what is less is chance. */
const WORTH = 0.05

/** The runs of a cause by what tells them apart: by run and telling symptom its case, -1 where it has none. */
interface Told {
  readonly runs: readonly Int8Array[]
  readonly weights: readonly number[]
  readonly cases: readonly number[]
}

function toldApart(samples: readonly Sample[], weights: Float64Array): Told {
  // Only what is not the same in all of them can part them.
  const telling = [...CASES.keys()].filter(
    (symptom) =>
      weights[symptom] > 0 &&
      new Set(samples.map(({ symptoms }) => symptoms[symptom]).filter((of) => of >= 0)).size > 1,
  )
  return {
    runs: samples.map(({ symptoms }) => Int8Array.from(telling, (symptom) => symptoms[symptom])),
    weights: telling.map((symptom) => weights[symptom]),
    cases: telling.map((symptom) => CASES[symptom]),
  }
}

/** The runs of each form. */
type Parting = readonly (readonly number[])[]

function countsOf({ runs, cases }: Told, of: readonly number[]): Uint16Array[] {
  const counts = cases.map((each) => new Uint16Array(each))
  for (const run of of) for (const [symptom, which] of runs[run].entries()) if (which >= 0) counts[symptom][which]++
  return counts
}

/** By case, what is expected of the cause as a whole. */
function wholeChances(counts: Uint16Array): number[] {
  const total = totalOf(counts)
  return Array.from(counts, (count) => (count + LAPLACE) / (total + LAPLACE * counts.length))
}

/** The logarithm of the likelihood of counts, as it grows run by run: a table for each symptom and case. */
class Evidence {
  readonly #weights: readonly number[]
  /** By symptom, case and count. */
  readonly #seen: readonly (readonly Float64Array[])[]
  readonly #total: Float64Array

  constructor(told: Told) {
    const all = told.runs.length
    const grown = (from: number): Float64Array => {
      const table = new Float64Array(all + 1)
      for (let count = 0; count < all; count++) table[count + 1] = table[count] + log(from + count)
      return table
    }
    const whole = countsOf(told, [...told.runs.keys()])
    this.#weights = told.weights
    this.#seen = whole.map((counts) => wholeChances(counts).map((chance) => grown(FORM_BEHIND * chance)))
    this.#total = grown(FORM_BEHIND)
  }

  of(counts: CaseCounts): number {
    let sum = 0
    for (let symptom = 0; symptom < counts.length; symptom++) {
      const cases = counts[symptom]
      let own = 0
      let total = 0
      for (let which = 0; which < cases.length; which++) {
        if (cases[which] === 0) continue
        own += this.#seen[symptom][which][cases[which]]
        total += cases[which]
      }
      sum += this.#weights[symptom] * (own - this.#total[total])
    }
    return sum
  }
}

interface Group {
  readonly runs: readonly number[]
  readonly counts: CaseCounts
  readonly evidence: number
}

/** Partings from one form each to one for all, of those that have not too many forms. */
function partings(told: Told): Parting[] {
  const evidence = new Evidence(told)
  const group = (runs: readonly number[], counts: CaseCounts): Group => ({
    runs,
    counts,
    evidence: evidence.of(counts),
  })
  const together = (a: Group, b: Group): Group =>
    group(
      [...a.runs, ...b.runs],
      a.counts.map((cases, symptom) => cases.map((count, which) => count + b.counts[symptom][which])),
    )
  let groups = told.runs.map((_, run) => group([run], countsOf(told, [run])))
  const gains = new Map<Group, Map<Group, number>>()
  const gain = (a: Group, b: Group): number => {
    const of = gains.get(a) ?? new Map<Group, number>()
    gains.set(a, of)
    const found = of.get(b) ?? together(a, b).evidence - a.evidence - b.evidence
    of.set(b, found)
    return found
  }
  const found: Parting[] = []
  for (;;) {
    if (groups.length <= MOST) found.push(groups.map(({ runs }) => runs))
    if (groups.length === 1) return found
    let best: readonly [a: Group, b: Group, gain: number] | undefined
    for (const [index, a] of groups.entries()) {
      for (const b of groups.slice(index + 1)) {
        const of = gain(a, b)
        if (best === undefined || of > best[2]) best = [a, b, of]
      }
    }
    const [a, b] = best!
    groups = [...groups.filter((each) => each !== a && each !== b), together(a, b)]
  }
}

/** How well each run is foretold by the others, in nats a run: the logarithm of its chance, of all forms together. */
function foretold(told: Told, parting: Parting): number {
  const { runs, weights } = told
  const counts = parting.map((of) => countsOf(told, of))
  const whole = countsOf(told, [...runs.keys()])
  const totals = whole.map(totalOf)
  let sum = 0
  for (const [own, members] of parting.entries()) {
    for (const run of members) {
      const seen = [...runs[run].entries()].filter(([, which]) => which >= 0)
      /** Of each case, by all other runs of the cause. */
      const chances = seen.map(
        ([symptom, which]) =>
          (whole[symptom][which] - 1 + LAPLACE) / (totals[symptom] - 1 + LAPLACE * whole[symptom].length),
      )
      const scores = parting.map((of, form) => {
        const left = form === own ? 1 : 0
        if (of.length === left) return Number.NEGATIVE_INFINITY
        return seen.reduce(
          (score, [symptom, which], place) => {
            const cases = counts[form][symptom]
            const behind = FORM_BEHIND * chances[place]
            const ofForm = (cases[which] - left + behind) / (totalOf(cases) - left + FORM_BEHIND)
            return score + weights[symptom] * log(parting.length === 1 ? chances[place] : ofForm)
          },
          log((of.length - left) / (runs.length - 1)),
        )
      })
      const highest = Math.max(...scores)
      sum += highest + log(scores.reduce((all, score) => all + exp(score - highest), 0))
    }
  }
  return sum / runs.length
}

/** @returns by run its form, from 0 on, those with the most runs first */
function formsOfCause(samples: readonly Sample[], weights: Float64Array): number[] {
  const told = toldApart(samples, weights)
  const [best] = partings(told)
    .map((parting) => ({ parting, worth: foretold(told, parting) - WORTH * (parting.length - 1) }))
    .sort((a, b) => b.worth - a.worth)
  const forms = new Array<number>(samples.length).fill(0)
  const ordered = [...best.parting].sort((a, b) => b.length - a.length || a[0] - b[0])
  for (const [form, runs] of ordered.entries()) for (const run of runs) forms[run] = form
  return forms
}

/** By run, the form of its cause. A sound board has one. */
export function formsAmong(samples: readonly Sample[], weights: Float64Array): Uint8Array {
  const forms = new Uint8Array(samples.length)
  const byCause = new Map<string, number[]>()
  for (const [index, { cause }] of samples.entries()) {
    const runs = byCause.get(cause) ?? []
    byCause.set(cause, runs)
    runs.push(index)
  }
  for (const [cause, runs] of byCause) {
    if (cause === HEALTHY) continue
    const own = formsOfCause(
      runs.map((run) => samples[run]),
      weights,
    )
    for (const [index, run] of runs.entries()) forms[run] = own[index]
  }
  return forms
}
