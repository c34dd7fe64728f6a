/** 简体中文：与英文相同的键，类型保证一个不少。 */
import type { Words } from './words.js'
import { FIGURE_NAMES_ZH } from './zh/figures.js'
import { SENTENCES_ZH } from './zh/sentences.js'

export const ZH: Words = { language: 'zh-Hans', figures: FIGURE_NAMES_ZH, sentences: SENTENCES_ZH }
