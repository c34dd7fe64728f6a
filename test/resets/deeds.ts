/** Things that are done to a board, and sequences of them as chance has it. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'

export type Deed =
  | { readonly what: 'power on' | 'power off' | 'RESET low' | 'RESET high' | 'press RESET' | 'hang' }
  | { readonly what: 'board sags' | 'chip sags'; readonly volts: number; readonly duration: number }
  /** Over the serial link, where a session carries it. */
  | {
      readonly what:
        | 'chip RESET low'
        | 'chip RESET high'
        | 'restart'
        | 'ask for the chip'
        | 'give it back'
        | 'change the rate'
    }
  | { readonly what: 'look' }

/** A deed, and how long nothing else is done after it, in nanoseconds. */
export interface Step {
  readonly deed: Deed
  readonly pause: number
}

/** Each as often as it stands here. */
const DEEDS: readonly Deed['what'][] = [
  'power on',
  'power on',
  'power off',
  'RESET low',
  'RESET low',
  'RESET high',
  'RESET high',
  'press RESET',
  'hang',
  'hang',
  'board sags',
  'board sags',
  'board sags',
  'chip sags',
  'chip RESET low',
  'chip RESET low',
  'chip RESET high',
  'restart',
  'ask for the chip',
  'give it back',
  'change the rate',
  'look',
  'look',
  'look',
]
/** Below and above what the chip and the controller need (2.95 V, 2.7 V). */
const VOLTS = [1.8, 2.5, 2.8, 3.1]
const DURATIONS = [1, 20, 60, 130, 400, 1_000]
const PAUSES = [0, 0, 1, 10, 30, 64, 100, 150, 400, 1_200, 2_000]
const LONGEST = 14
const SHORTEST = 5

/** The sequence of a seed. */
export function sequence(seed: number): Step[] {
  const random = new SeededRandom(seed)
  const one = <T>(of: readonly T[]): T => of[random.below(of.length)]
  const steps: Step[] = []
  // Most boards have had time to start when it begins.
  if (random.below(4) > 0) steps.push({ deed: { what: 'power on' }, pause: 300 * MILLISECOND })
  const count = SHORTEST + random.below(LONGEST - SHORTEST)
  for (let i = 0; i < count; i++) {
    const what = one(DEEDS)
    const deed: Deed =
      what === 'board sags' || what === 'chip sags'
        ? { what, volts: one(VOLTS), duration: one(DURATIONS) * MILLISECOND }
        : { what }
    steps.push({ deed, pause: one(PAUSES) * MILLISECOND })
  }
  return steps
}

/** `press RESET, 10 ms; board sags to 2.5 V for 60 ms, 0 ms` */
export function describeSteps(steps: readonly Step[]): string {
  return steps
    .map(({ deed, pause }) => {
      const how = 'volts' in deed ? ` to ${deed.volts} V for ${deed.duration / MILLISECOND} ms` : ''
      return `${deed.what}${how}, ${pause / MILLISECOND} ms`
    })
    .join('; ')
}
