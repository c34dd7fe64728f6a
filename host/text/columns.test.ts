import { describe, expect, it } from 'vitest'
import { columnsOf, cutColumns, padColumns } from './columns.js'

describe('columns of a terminal', () => {
  it('are one for a Latin letter, a sign or a number, and two for a Chinese character or a full-width mark', () => {
    expect(columnsOf('49.9 Ω × 2 “a”')).toBe(14)
    expect(columnsOf('套接字')).toBe(6)
    expect(columnsOf('（帧），')).toBe(8)
    expect(columnsOf('𠮷a')).toBe(3)
  })

  it('are filled up with spaces, and never with half a character', () => {
    expect(padColumns('听到', 6)).toBe('听到  ')
    expect(padColumns('听到', 3)).toBe('听到')
    expect(cutColumns('听到ab', 3)).toBe('听')
    expect(cutColumns('听到ab', 5)).toBe('听到a')
    expect(cutColumns('听到', 4)).toBe('听到')
  })
})
