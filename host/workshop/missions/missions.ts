/** The missions there are so far, from the voltage up. */

import { AFTER_SYN_ACK_MISSION } from './after-syn-ack.js'
import { CUT_OFF_MISSION } from './cut-off.js'
import { FAR_AWAY_MISSION } from './far-away.js'
import { FORGETFUL_MISSION } from './forgetful.js'
import { HUM_MISSION } from './hum.js'
import { KNOCKING_MISSION } from './knocking.js'
import { LIGHT_AND_NOTHING_MISSION } from './light-and-nothing.js'
import type { Mission } from './mission.js'
import { NO_ANSWER_MISSION } from './no-answer.js'
import { NO_LIGHT_MISSION } from './no-light.js'
import { NOBODY_COMES_MISSION } from './nobody-comes.js'
import { NOW_AND_THEN_MISSION } from './now-and-then.js'
import { ONE_BIT_TOO_MANY_MISSION } from './one-bit-too-many.js'
import { ONE_LIGHT_MISSION } from './one-light.js'
import { SILENCE_MISSION } from './silence.js'
import { TOO_LONG_MISSION } from './too-long.js'
import { UPSIDE_DOWN_MISSION } from './upside-down.js'
import { WHO_HAS_MISSION } from './who-has.js'
import { WRONG_LETTERS_MISSION } from './wrong-letters.js'
import { WRONG_SUM_MISSION } from './wrong-sum.js'

export const MISSIONS: readonly Mission[] = [
  SILENCE_MISSION,
  WRONG_LETTERS_MISSION,
  ONE_BIT_TOO_MANY_MISSION,
  UPSIDE_DOWN_MISSION,
  HUM_MISSION,
  FAR_AWAY_MISSION,
  NOW_AND_THEN_MISSION,
  NO_LIGHT_MISSION,
  ONE_LIGHT_MISSION,
  LIGHT_AND_NOTHING_MISSION,
  WRONG_SUM_MISSION,
  CUT_OFF_MISSION,
  NO_ANSWER_MISSION,
  NOBODY_COMES_MISSION,
  FORGETFUL_MISSION,
  WHO_HAS_MISSION,
  TOO_LONG_MISSION,
  KNOCKING_MISSION,
  AFTER_SYN_ACK_MISSION,
]

/** @param text a mission's name, or its number from 1 */
export function missionNamed(text: string): Mission | undefined {
  return MISSIONS.find(({ name }, i) => name === text || `${i + 1}` === text)
}
