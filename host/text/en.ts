/** English: what is printed unless another language is asked for, and what the report document is written in. */
import { FIGURE_NAMES } from './en/figures.js'
import { SENTENCES } from './en/sentences.js'
import type { Words } from './words.js'

export const EN: Words = { language: 'en', figures: FIGURE_NAMES, sentences: SENTENCES }
