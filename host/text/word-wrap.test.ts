import { describe, expect, it } from 'vitest'
import { wordWrap } from './word-wrap.js'

describe('wrapping words', () => {
  it('fills each line as far as it goes, and no further', () => {
    expect(wordWrap('aa bb cc', 5)).toEqual(['aa bb', 'cc'])
    expect(wordWrap('aa bb cc', 4)).toEqual(['aa', 'bb', 'cc'])
  })

  it('leaves a word whole that is longer than a line, and makes nothing of nothing', () => {
    expect(wordWrap('a longword b', 3)).toEqual(['a', 'longword', 'b'])
    expect(wordWrap('', 3)).toEqual([])
  })
})
