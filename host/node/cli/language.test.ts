import { describe, expect, it } from 'vitest'
import { languageOf, languageWord } from './language.js'

describe('the language of a line', () => {
  it('is that of --lang, wherever it stands in front of --', () => {
    expect(languageOf(['--lang', 'zh'], {})).toBe('zh')
    expect(languageOf(['check', '--lang=zh', 'model:uno'], {})).toBe('zh')
    expect(languageOf(['check', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).toBe('en')
    expect(languageOf(['chip', '--', '--lang', 'zh'], {})).toBe('en')
    expect(languageWord(['check', '--lang'])).toBeUndefined()
    expect(languageWord(['check', '--language', 'zh'])).toBeUndefined()
  })

  it('is that of the environment without it, and where it names none that there is', () => {
    expect(languageOf(['check'], { LANG: 'zh_CN.UTF-8' })).toBe('zh')
    expect(languageOf(['check'], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' })).toBe('en')
    expect(languageOf(['check'], { LANG: 'de_DE.UTF-8', LC_MESSAGES: 'zh_TW.UTF-8' })).toBe('zh')
    expect(languageOf(['check'], { LANG: 'zh_CN.UTF-8', LC_ALL: '' })).toBe('zh')
    expect(languageOf(['check', '--lang', 'fr'], { LANG: 'zh_CN.UTF-8' })).toBe('zh')
    expect(languageOf(['check'], {})).toBe('en')
  })
})
