import { describe, expect, it } from 'vitest'
import { FRAMING_8N1, parseFraming } from '../../boards/rs232/framing.js'
import { LINE_STANDARDS, type StandardName } from '../../boards/rs232/standards.js'
import { encodeText } from '../../firmware/text/utf8.js'
import { columnsOf } from '../text/columns.js'
import { EN } from '../text/en.js'
import { ZH } from '../text/zh.js'
import { lineCharacters } from './line-characters.js'

const shown = (name: StandardName, text: string, framing = FRAMING_8N1, receiver: StandardName = name): string[] =>
  lineCharacters(EN, {
    driver: LINE_STANDARDS[name],
    receiver: LINE_STANDARDS[receiver],
    octets: [...encodeText(text)],
    text,
    baud: 9600,
    framing,
    metres: 2,
  }).split('\n')

/** The levels that a drawing shows, one for each bit from idle on, by the middle of its columns: true is the upper line. */
function levels(lines: readonly string[], upper: number): boolean[] {
  const bits =
    (lines[upper].trimEnd().length > lines[upper + 1].trimEnd().length ? lines[upper] : lines[upper + 1]).length - 15
  return Array.from({ length: bits / 5 }, (_, bit) => (lines[upper][15 + bit * 5 + 2] ?? ' ') === '─')
}

/** Of “H” (48h): rest, start, lowest bit first, stop (TIA-232-F: mark is negative). */
const H = [1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1].map((bit) => bit === 1)

describe('a text in characters', () => {
  it('is upright at the pin, and inverted at an RS-232 connector', () => {
    const lines = shown('rs-232', 'H')
    expect(lines[2]).toMatch(/^48h “H” +idle start +0 +0 +0 +1 +0 +0 +1 +0 +stop$/)
    expect(lines[3]).toMatch(/^pin +5 V /)
    expect(lines[4]).toMatch(/^ +0 V /)
    expect(levels(lines, 3)).toEqual(H)
    expect(lines[5]).toMatch(/^connector +9 V /)
    expect(lines[6]).toMatch(/^ +−9 V /)
    expect(levels(lines, 5)).toEqual(H.map((bit) => !bit))
    expect(lines.at(-2)).toBe('the rs-232 receiver’s UART: 48h “H”')
  })

  it('has both conductors of a balanced line, one the other’s mirror image', () => {
    const lines = shown('rs-422', 'H')
    expect(lines[5]).toMatch(/^A /)
    expect(lines[7]).toMatch(/^B /)
    expect(levels(lines, 7)).toEqual(levels(lines, 5).map((level) => !level))
    expect(lines.join('\n')).toContain('A against B')
  })

  it('has a block for each octet, and fits a terminal of 80 columns with the longest framing', () => {
    const lines = shown('rs-423', 'Hi 你', parseFraming('8E2'))
    expect(lines.filter((line) => / start /.test(line))).toHaveLength(6)
    expect(lines.filter((line) => / P [01] /.test(line))).toHaveLength(6)
    expect(lines.filter((line) => line.includes('idle'))).toHaveLength(1)
    for (const line of lines.slice(2)) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('says what another receiver makes of it', () => {
    expect(shown('rs-232', 'H', FRAMING_8N1, 'ttl').join('\n')).toMatch(/the ttl receiver’s UART: .*framing error/)
  })

  it('of the pin alone has one line', () => {
    expect(shown('ttl', 'H').filter((line) => / V [ ─┐┌]/.test(line))).toHaveLength(2)
  })

  it('in Chinese has every bit in the same columns', () => {
    const options = {
      driver: LINE_STANDARDS['rs-232'],
      receiver: LINE_STANDARDS['rs-232'],
      octets: [0x48],
      text: 'H',
      baud: 9600,
      framing: parseFraming('8E1'),
      metres: 2,
    }
    const [english, chinese] = [EN, ZH].map((words) => lineCharacters(words, options).split('\n'))
    const places = (line: string): number[] =>
      [...line.matchAll(/\S+/g)].map(({ index }) => columnsOf(line.slice(0, index)))
    expect(chinese[2]).toMatch(/^48h “H” +空闲 起始 +0 .* P 0 +停止$/)
    expect(places(chinese[2]).slice(4, -1)).toEqual(places(english[2]).slice(4, -1))
    for (const [at, line] of english.entries())
      if (/[─┐┌└┘]/.test(line)) expect(chinese[at].slice(-55)).toBe(line.slice(-55))
    expect(columnsOf(chinese[5].slice(0, chinese[5].indexOf('┌')))).toBe(english[5].indexOf('┌'))
  })
})
