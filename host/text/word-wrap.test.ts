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

describe('wrapping Chinese', () => {
  it('counts two columns a character, and breaks between any two of them', () => {
    expect(wordWrap('检查网线两端', 8)).toEqual(['检查网线', '两端'])
    expect(wordWrap('检查网线两端', 9)).toEqual(['检查网线', '两端'])
    expect(wordWrap('查 TPIN+ 脚', 8)).toEqual(['查 TPIN+', '脚'])
  })

  it('keeps closing marks off the beginning of a line and opening ones off its end', () => {
    expect(wordWrap('检查网线，两端', 8)).toEqual(['检查网', '线，两端'])
    expect(wordWrap('检查网（两端', 8)).toEqual(['检查网', '（两端'])
    expect(wordWrap('没有“uno”这块板', 6)).toEqual(['没有', '“uno”', '这块板'])
  })

  it('breaks no word of Latin letters, and keeps the space in front of one', () => {
    expect(wordWrap('引脚 MOSI 与MISO对调', 10)).toEqual(['引脚 MOSI', '与MISO对调'])
    expect(wordWrap('超时linkpulse', 6)).toEqual(['超时', 'linkpulse'])
  })
})
