/** The language of the page: that of the address, else of the browser, else English. */
import { signal } from '@preact/signals'
import { WORKSHOP_EN } from '../../workshop/words/en.js'
import { type PlainKey, sayTold, type Told, told, type WorkshopWords } from '../../workshop/words/told.js'
import { WORKSHOP_ZH } from '../../workshop/words/zh.js'

export type PageLanguage = 'en' | 'zh'
const WORDS: Readonly<Record<PageLanguage, WorkshopWords>> = { en: WORKSHOP_EN, zh: WORKSHOP_ZH }
/** BCP 47, for the page's `lang`. */
const TAGS: Readonly<Record<PageLanguage, string>> = { en: 'en', zh: 'zh-Hans' }

export const language = signal<PageLanguage>('en')

export function setLanguage(wanted: string | undefined): void {
  const first = wanted ?? navigator.language
  language.value = first.toLowerCase().startsWith('zh') ? 'zh' : 'en'
  document.documentElement.lang = TAGS[language.value]
  document.title = word('page.title')
}

export function sayIt(what: Told | string): string {
  return sayTold(WORDS[language.value], what)
}

/** Words without values. */
export function word(key: PlainKey): string {
  return sayTold(WORDS[language.value], told(key))
}
