/** A mission: something is broken at a station, a seed says what; it is found by measuring, and solved when what is measured says so. */
import type { StationName } from '../station-names.js'
import type { SettingValues } from '../station-parts.js'
import type { PlainKey } from '../words/told.js'

export interface Mission {
  readonly name: string
  readonly station: StationName
  readonly title: PlainKey
  /** What is known, and what is asked. */
  readonly text: PlainKey
  /** From the least to the most telling; each costs. */
  readonly hints: readonly PlainKey[]
  /** Where they are not the station's own. */
  readonly settings: SettingValues
  /** Settings that a message must be sent with, to count; left out: it does not matter. */
  readonly asked?: SettingValues
  /** As `--fault` takes them: the seed draws one. */
  readonly faults: readonly string[]
  /** Messages, probes and repairs that suffice for whoever thinks first. */
  readonly budget: number
  /** Messages that must arrive as they were sent, one after the other. */
  readonly whole: number
}
