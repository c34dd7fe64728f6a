/** Who may be at a serial port, and how sure one may be of it. */
import { exp } from '../../firmware/math/elementary.js'
import type { LocalizableText } from '../text/keyed.js'

export const OCCUPANTS = [
  'bridge',
  'boot-loader',
  'nmea',
  'modem',
  'login',
  'sketch',
  'loopback',
  'another-rate',
  'inverted',
  'noise',
  'swapped',
  'silence',
] as const
export type Occupant = (typeof OCCUPANTS)[number]

export interface Suspect {
  readonly who: Occupant
  /** 0 to 1; those of all suspects add up to 1. */
  readonly probability: number
  /** What was heard that says so. */
  readonly evidence: readonly LocalizableText[]
}

/** An occupant as the evidence has it: the logarithm of how much likelier it makes what was heard. */
export interface Weighted {
  readonly who: Occupant
  readonly weight: number
  readonly evidence: readonly LocalizableText[]
}

/** Below this a suspect is not worth a person's time. */
const LEAST = 0.01
/** No voice on a line proves who it is: somebody may speak like somebody else. */
const CERTAIN = 0.99

/** Likeliest first. */
export function rank(weighted: readonly Weighted[]): readonly Suspect[] {
  const highest = Math.max(...weighted.map(({ weight }) => weight))
  const odds = weighted.map(({ weight }) => exp(weight - highest))
  const sum = odds.reduce((total, each) => total + each, 0)
  return weighted
    .map(({ who, evidence }, at) => ({ who, evidence, probability: Math.min(CERTAIN, odds[at] / sum) }))
    .filter(({ probability }) => probability >= LEAST)
    .sort((a, b) => b.probability - a.probability)
    .map((suspect) => ({ ...suspect, probability: Math.round(suspect.probability * 100) / 100 }))
}
