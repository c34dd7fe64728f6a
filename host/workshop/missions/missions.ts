/** The missions there are so far, from the voltage up. */
import { FAR_AWAY } from './far-away.js'
import { HUM } from './hum.js'
import { LIGHT_AND_NOTHING } from './light-and-nothing.js'
import type { Mission } from './mission.js'
import { NO_LIGHT } from './no-light.js'
import { NOW_AND_THEN } from './now-and-then.js'
import { ONE_BIT_TOO_MANY } from './one-bit-too-many.js'
import { ONE_LIGHT } from './one-light.js'
import { SILENCE } from './silence.js'
import { UPSIDE_DOWN } from './upside-down.js'
import { WRONG_LETTERS } from './wrong-letters.js'

export const MISSIONS: readonly Mission[] = [
  SILENCE,
  WRONG_LETTERS,
  ONE_BIT_TOO_MANY,
  UPSIDE_DOWN,
  HUM,
  FAR_AWAY,
  NOW_AND_THEN,
  NO_LIGHT,
  ONE_LIGHT,
  LIGHT_AND_NOTHING,
]

/** @param text a mission's name, or its number from 1 */
export function missionNamed(text: string): Mission | undefined {
  return MISSIONS.find(({ name }, i) => name === text || `${i + 1}` === text)
}
