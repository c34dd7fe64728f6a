/** A standard, sentence by sentence: what it demands, and where that stands here. Builders for the lists beside this file. */

export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY'

/** A test: the file from the root of the tree, and the title as `testTitles` gives it. */
export interface Proof {
  readonly file: string
  readonly title: string
}

export type State =
  /** Implemented; these tests fail where it is not. */
  | { readonly kind: 'tested'; readonly proofs: readonly Proof[] }
  | { readonly kind: 'not applicable'; readonly why: string }
  | { readonly kind: 'open'; readonly why: string }

export interface NormativeSentence {
  readonly level: Level
  /** What the standard itself calls it: `MUST-41` (RFC 9293 appendix B). */
  readonly label?: string
  /** Shortened, in the standard's words as far as they go. */
  readonly text: string
  readonly state: State
}

export interface Section {
  /** `4.5`, or an appendix's letter; of a standard without numbers, its heading, and the title is empty. */
  readonly number: string
  readonly title: string
  readonly sentences: readonly NormativeSentence[]
  /** Why there is none; undefined where there are some. */
  readonly without: string | undefined
}

export interface Standard {
  readonly rfc: number
  readonly title: string
  /** Every sentence is here; else those of some sections, and `extent` says which. */
  readonly complete: boolean
  /** What is counted as a sentence, and what is left out. */
  readonly extent: string
  readonly sections: readonly Section[]
}

type Demand = (text: string, state: State) => NormativeSentence

const demand =
  (level: Level): Demand =>
  (text, state) => ({ level, text, state })

export const must = demand('MUST')
export const mustNot = demand('MUST NOT')
export const should = demand('SHOULD')
export const shouldNot = demand('SHOULD NOT')
export const may = demand('MAY')

const LEVELS = { MUST: 'MUST', SHLD: 'SHOULD', REC: 'SHOULD', MAY: 'MAY' } as const

/** A sentence by the label that its standard gives it. Those that forbid have the same labels there. */
export function labelled(label: `${keyof typeof LEVELS}-${number}`, text: string, state: State): NormativeSentence {
  return { level: LEVELS[label.split('-')[0] as keyof typeof LEVELS], label, text, state }
}

/** A section that demands something. */
export function section(number: string, title: string, ...sentences: NormativeSentence[]): Section {
  return { number, title, sentences, without: undefined }
}

/** A section that demands nothing of an implementation. */
export function noDemand(number: string, title: string, without: string): Section {
  return { number, title, sentences: [], without }
}

/** Makes proofs of the titles of one file. */
export const testsOf =
  (file: string) =>
  (...titles: string[]): readonly Proof[] =>
    titles.map((title) => ({ file, title }))

export function tested(...proofs: (readonly Proof[])[]): State {
  return { kind: 'tested', proofs: proofs.flat() }
}

export function notApplicable(why: string): State {
  return { kind: 'not applicable', why }
}

export function open(why: string): State {
  return { kind: 'open', why }
}

/** What only a router does. In one place: when there is one, these become tests. */
export function ofRouter(): State {
  return open("A router's: not tied to a test of it yet.")
}
