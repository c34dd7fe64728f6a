/** The page's words, in the process's language: names of header fields, stations, deeds. Loaded where they are asked for: they are many. */
import type { WorkshopWords } from '../../workshop/words/told.js'
import { LANGUAGE } from './language.js'

export async function wordsOfPage(): Promise<WorkshopWords> {
  if (LANGUAGE === 'zh') return (await import('../../workshop/words/zh.js')).WORKSHOP_ZH
  return (await import('../../workshop/words/en.js')).WORKSHOP_EN
}
