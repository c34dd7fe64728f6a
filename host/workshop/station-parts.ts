/** What a station is described by, as data: its settings, what it can be asked for, its task. */
import type { PlainKey } from './words/told.js'

/** Of each setting its value, as it stands in an address. */
export type SettingValues = Readonly<Record<string, string>>

/** Whether a message that is sent with these settings is one that a mission asks for. */
export function isAsked(settings: SettingValues, asked: SettingValues = {}): boolean {
  return Object.entries(asked).every(([name, value]) => settings[name].toLowerCase() === value)
}

export type StepUnit = 'event' | 'bit' | 'transfer' | 'frame' | 'segment'

interface SettingWords {
  readonly name: string
  readonly title: PlainKey
  /** Stands behind a fold. */
  readonly seldom?: true
  /** Is set where it is drawn, on the stage, and not among the settings. */
  readonly onStage?: true
}

/** One of a few; `words` says each, where its name is no word of every language. */
export interface ChoiceSetting extends SettingWords {
  readonly kind: 'choice'
  readonly choices: readonly string[]
  readonly words?: Readonly<Record<string, PlainKey>>
  /** What is not there yet: greyed, with a sentence. */
  readonly notYet?: Readonly<Record<string, { readonly title: PlainKey; readonly why: PlainKey }>>
  readonly default: string
}

export interface NumberSetting extends SettingWords {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
  readonly step: number
  readonly unit: string
  readonly default: string
}

export interface TextSetting extends SettingWords {
  readonly kind: 'text'
  /** Characters at most. */
  readonly longest: number
  /** A regular expression for the whole of it; left out: any text. */
  readonly pattern?: string
  /** Is set, and nothing is done at once with it: the station's first action is asked for elsewhere. */
  readonly quiet?: true
  /** What may be put there, and what that is. */
  readonly suggestions?: Readonly<Record<string, PlainKey>>
  readonly default: string
}

export type WorkshopSetting = ChoiceSetting | NumberSetting | TextSetting

export interface WorkshopProbe {
  readonly id: string
  readonly title: PlainKey
  /** Is there from the beginning. */
  readonly shown: boolean
}

export interface WorkshopAction {
  readonly name: string
  readonly title: PlainKey
  /** It is told one of these; left out: a text, or nothing. */
  readonly choices?: readonly string[]
}

export interface StationTask {
  readonly text: PlainKey
  /** What is said when it is solved. */
  readonly solved: PlainKey
  /** From the least to the most telling. */
  readonly hints: readonly PlainKey[]
  readonly settings: SettingValues
  readonly fault: string
  /** Families of which the seed draws one, in place of `fault`; the page does not show which. */
  readonly draws?: readonly string[]
}
