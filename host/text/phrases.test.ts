import { describe, expect, it } from 'vitest'
import { phrasebook } from './phrases.js'

const tell = phrasebook(
  [
    ['there is no {1}{2}', '没有 {1}{2:told}'],
    ['; did you mean "{1}"?', '；是不是“{1}”？'],
    ['{1} is {2}', '{1} 是 {2}'],
    ['{1} is busy; {2}', '{1} 忙；{2:told}'],
    ['wait', '等一等'],
    ['give {1}', '给 {1:or}'],
  ],
  { or: ' 或 ' },
)

describe('a phrase', () => {
  it('is found by the form that says most, and keeps its values', () => {
    expect(tell('a port is busy; wait')).toBe('a port 忙；等一等')
    expect(tell('wait is 3')).toBe('wait 是 3')
    expect(tell('give a or b')).toBe('给 a 或 b')
    expect(tell('a (b) is c+')).toBe('a (b) 是 c+')
  })

  it('may have something added to a value', () => {
    expect(tell('there is no x')).toBe('没有 x')
    expect(tell('there is no x; did you mean "y"?')).toBe('没有 x；是不是“y”？')
  })

  it('is not told where it has no form', () => {
    expect(tell('something else')).toBeUndefined()
  })
})
