/** How far a run is, as a person reads it. */
import { keyed, type LocalizableText } from '../../text/keyed.js'
import type { Progress } from './run-progress.js'

/** Above so many seconds the last digit would only flicker; above a minute and a half nobody counts them. */
const FIVES_FROM_SECONDS = 20
const MINUTES_FROM_SECONDS = 90

export function progressWords({ done, of, secondsLeft }: Progress): LocalizableText {
  const place = { number: Math.min(done + 1, of), of }
  if (secondsLeft === undefined) return keyed('progress.place', place)
  if (secondsLeft > MINUTES_FROM_SECONDS)
    return keyed('progress.minutes', { ...place, minutes: Math.round(secondsLeft / 60) })
  const seconds =
    secondsLeft > FIVES_FROM_SECONDS ? 5 * Math.round(secondsLeft / 5) : Math.max(1, Math.ceil(secondsLeft))
  return keyed('progress.seconds', { ...place, seconds })
}
