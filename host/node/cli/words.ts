/** The words of the process's language. Those of another one are not loaded. */
import { EN } from '../../text/en.js'
import type { Words } from '../../text/words.js'
import { LANGUAGE } from './language.js'

export const WORDS: Words = LANGUAGE === 'zh' ? (await import('../../text/zh.js')).ZH : EN
