/** The language of the page: that of the address, else of the browser, else English. */
import { batch, signal } from '@preact/signals'
import { WORKSHOP_EN } from '../../workshop/words/en.js'
import { type PlainKey, sayTold, type Told, told, type WorkshopWords } from '../../workshop/words/told.js'
import { loadPiece } from './load-piece.js'

export type PageLanguage = 'en' | 'zh'
/** BCP 47, for the page's `lang`. */
const TAGS: Readonly<Record<PageLanguage, string>> = { en: 'en', zh: 'zh-Hans' }

export const language = signal<PageLanguage>('en')
/** Those of `language`. */
const words = signal<WorkshopWords>(WORKSHOP_EN)
/** Once they were wanted. */
let chinese: WorkshopWords | undefined
/** Of several languages that were chosen while words were loaded, the last counts. */
let choices = 0

/**
 * Resolves when the page speaks it.
 * @param wanted as in an address; undefined: the browser's
 * @throws Error when its words cannot be loaded; the page goes on in the language that it speaks
 */
export async function setLanguage(wanted: string | undefined): Promise<void> {
  const chosen: PageLanguage = (wanted ?? navigator.language).toLowerCase().startsWith('zh') ? 'zh' : 'en'
  const choice = ++choices
  const spoken = chosen === 'zh' ? await chineseWords() : WORKSHOP_EN
  if (choice !== choices) return
  batch(() => {
    language.value = chosen
    words.value = spoken
  })
  document.documentElement.lang = TAGS[chosen]
  document.title = word('page.title')
}

async function chineseWords(): Promise<WorkshopWords> {
  if (chinese === undefined) {
    await loadPiece('chinese')
    chinese = (globalThis as unknown as { linkpulseChinese: { words: WorkshopWords } }).linkpulseChinese.words
  }
  return chinese
}

export function sayIt(what: Told | string): string {
  return sayTold(words.value, what)
}

/** Words without values. */
export function word(key: PlainKey): string {
  return sayTold(words.value, told(key))
}
