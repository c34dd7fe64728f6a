/** The language of the page: that of the address, else of the browser, else English. */
import { signal } from '@preact/signals'
import { WORKSHOP_EN } from '../../workshop/words/en.js'
import { type PlainKey, sayTold, type Told, told, type WorkshopWords } from '../../workshop/words/told.js'
import { loadPiece } from './load-piece.js'

export type PageLanguage = 'en' | 'zh'
const WORDS: { readonly en: WorkshopWords; zh?: WorkshopWords } = { en: WORKSHOP_EN }
/** BCP 47, for the page's `lang`. */
const TAGS: Readonly<Record<PageLanguage, string>> = { en: 'en', zh: 'zh-Hans' }

export const language = signal<PageLanguage>('en')
/** Of several that were chosen while words were loaded, the last counts. */
let choices = 0

/**
 * Resolves when the page speaks it.
 * @param wanted as in an address; undefined: the browser's
 * @throws Error when its words cannot be loaded; the page goes on in the language that it speaks
 */
export async function setLanguage(wanted: string | undefined): Promise<void> {
  const chosen: PageLanguage = (wanted ?? navigator.language).toLowerCase().startsWith('zh') ? 'zh' : 'en'
  const choice = ++choices
  if (chosen === 'zh' && WORDS.zh === undefined) {
    await loadPiece('chinese')
    WORDS.zh = (globalThis as unknown as { linkpulseChinese: { words: WorkshopWords } }).linkpulseChinese.words
  }
  if (choice !== choices) return
  language.value = chosen
  document.documentElement.lang = TAGS[chosen]
  document.title = word('page.title')
}

export function sayIt(what: Told | string): string {
  return sayTold(spoken(), what)
}

/** Words without values. */
export function word(key: PlainKey): string {
  return sayTold(spoken(), told(key))
}

/** `language` is one whose words are there. */
function spoken(): WorkshopWords {
  return WORDS[language.value] ?? WORDS.en
}
