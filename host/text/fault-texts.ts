/** What a family of faults is called, and what a person would see of it: English stands at the family itself (`boards/faults/`). */
import type { FaultFamily } from '../../boards/faults/registry.js'

/** In another language: every family, each with its parameters. */
export type FaultTexts = {
  readonly [Family in FaultFamily as Family['name']]: {
    readonly title: string
    readonly symptom: string
    /** What each is, by name. */
    readonly parameters: Readonly<Record<Family['parameters'][number]['name'], string>>
  }
}
