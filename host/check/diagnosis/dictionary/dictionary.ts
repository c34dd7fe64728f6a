/**
 * The dictionary: what was learned, as it is kept (`data.ts`, which `make dictionary` writes) and as it is used. Symptoms that this
 * version no longer has are left out, and those that the dictionary does not know weigh nothing.
 */
import { FAULTS } from '../../../../boards/faults/registry.js'
import { FEATURES } from '../features/features.js'
import type { Calibration } from './calibration.js'
import { readCounts, SharedRows } from './counts.js'
import { type FormCounts, type Model, modelOf } from './model.js'

/** Where it comes from: the same of these gives the same dictionary. */
export interface Provenance {
  /** Runs of each fault, of sound boards, and the seed from which they are drawn. */
  readonly runsOfEach: number
  readonly soundRuns: number
  readonly seed: number
  readonly faults: number
  readonly symptoms: number
  /** Of the plan, run by run. */
  readonly plan: string
}

export interface DictionaryData {
  readonly provenance: Provenance
  /** `id/cases/typical/weight`, in the order of the counts. */
  readonly symptoms: readonly string[]
  /** By cause, `healthy` first, and form: how many runs, and `writeCounts` of them. */
  readonly counts: Readonly<Record<string, readonly (readonly [runs: number, text: string])[]>>
  readonly calibration: Calibration
  /** Causes that no figure tells apart. */
  readonly twins: readonly (readonly string[])[]
}

export interface Dictionary {
  readonly model: Model
  readonly calibration: Calibration
  readonly twins: readonly (readonly string[])[]
  readonly provenance: Provenance
}

/** @throws Error for data that no version of `make dictionary` has written */
export function readDictionary({ provenance, symptoms, counts, calibration, twins }: DictionaryData): Dictionary {
  const kept = symptoms.map((line) => {
    const [id, cases, typical, weight] = line.split('/')
    return { id, cases: Number(cases), typical: Number(typical), weight: Number(weight) }
  })
  const place = new Map(kept.map(({ id, cases }, index) => [`${id}/${cases}`, index]))
  const from = FEATURES.map(({ id, cases }) => place.get(`${id}/${cases}`))
  const weights = Float64Array.from(from, (index) => (index === undefined ? 0 : kept[index].weight))
  const weighed = from.map((index, symptom) => (weights[symptom] === 0 ? undefined : index))
  const keptCases = kept.map(({ cases }) => cases)
  const keptTypical = kept.map(({ typical }) => typical)
  const rows = new SharedRows()
  const read = new Map<string, FormCounts[]>()
  for (const [cause, forms] of Object.entries(counts)) {
    // A fault that has been removed from the list cannot be reported.
    if (read.size > 0 && !FAULTS.has(cause)) continue
    read.set(
      cause,
      forms.map(([runs, text]) => {
        const stored = readCounts(text, keptCases, keptTypical, runs, rows)
        // Of what weighs nothing only what a sound board shows is ever looked up.
        const wanted = read.size === 0 ? from : weighed
        return { runs, counts: FEATURES.map(({ cases }, index) => stored[wanted[index] ?? -1] ?? rows.never(cases)) }
      }),
    )
  }
  return {
    model: modelOf(
      read,
      FEATURES.map(({ cases }) => cases),
      weights,
    ),
    calibration,
    twins,
    provenance,
  }
}
