/** Words for places in a program, in the process's language. Those of another one are not loaded. */
import { PLACE_WORDS } from '../../text/en/places.js'
import type { PlaceWords } from '../../text/program-place.js'
import { LANGUAGE } from './language.js'

export const PLACE_SENTENCES: PlaceWords =
  LANGUAGE === 'zh' ? (await import('../../text/zh/places.js')).PLACE_WORDS_ZH : PLACE_WORDS
