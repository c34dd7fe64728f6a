import { describe, expect, it } from 'vitest'
import { asciiMarkup, escapeMarkup } from './markup.js'
import { printable, printableJson, printableLines } from './printable.js'

/**
 * What no terminal may be sent, by the standards that say what it does: ISO 6429 (C0, DEL, C1), Unicode 15 chapter 23
 * (layout and format controls, noncharacters, surrogates), UAX 9 table 4 (directions), UAX 44 (what a font may show nothing of).
 */
const HARMFUL: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180d],
  [0x180e, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x206f],
  [0x2065, 0x2065],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfdd0, 0xfdef],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xfffe, 0xffff],
  [0x1fffe, 0x1ffff],
  [0xe0001, 0xe0001],
  [0xe0020, 0xe007f],
  [0xe0100, 0xe01ef],
  [0x10fffe, 0x10ffff],
]
const harmful = (code: number): boolean => HARMFUL.some(([first, last]) => code >= first && code <= last)

describe('text made printable', () => {
  it('has nothing left that moves a cursor, turns a direction, or hides', () => {
    for (const [first, last] of HARMFUL) {
      for (let code = first; code <= last; code++) {
        const shown = printable(`a${String.fromCodePoint(code)}b`)
        expect(shown, code.toString(16)).toMatch(/^a\\(x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]{5,6}\})b$/)
      }
    }
  })

  it('keeps every letter, number, mark, sign and space', () => {
    let kept = 0
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code)
      if (!/[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/u.test(character) || harmful(code)) continue
      if (printable(character) !== character) throw new Error(`${code.toString(16)} was changed`)
      kept++
    }
    expect(kept).toBeGreaterThan(140_000) // Unicode 15 has 149,186 characters
    expect(printable('Grüße, 你好 µs Ω “x”')).toBe('Grüße, 你好 µs Ω “x”')
  })

  it('says what was there, so that it can be looked for', () => {
    expect(printable('a\x1b]0;title\x07\x9b2J\u202egpj.exe\u{e0041}\ud800')).toBe(
      'a\\x1b]0;title\\x07\\x9b2J\\u202egpj.exe\\u{e0041}\\ud800',
    )
  })

  it('is one line, unless lines are what is printed: then line feeds and tabs stay, and carriage returns do not', () => {
    expect(printable('a\nb\tc\rd')).toBe('a\\x0ab\\x09c\\x0dd')
    expect(printableLines('a\nb\tc\rd\u2028')).toBe('a\nb\tc\\x0dd\\u2028')
  })

  it('changes nothing when it is done again', () => {
    const once = printable('\x1b[2J\u{1fffe}\u2066')
    expect(printable(once)).toBe(once)
  })

  it('takes time in proportion to its length', () => {
    const shown = printable('\x1b'.repeat(1 << 20))
    expect(shown).toHaveLength(4 << 20)
  })
})

describe('JSON made printable', () => {
  it('means the same, and has nothing raw', () => {
    const value = { 'n\x9bame': ['\u202e\u0000\x7f\u{e0041}\ud800\ufffe', 'Grüße\n'] }
    const json = printableJson(JSON.stringify(value, null, 2))
    expect(JSON.parse(json)).toEqual(value)
    for (const character of json) if (character !== '\n') expect(harmful(character.codePointAt(0)!)).toBe(false)
    expect(json).toContain('Grüße\\n')
  })
})

describe('text inside markup', () => {
  it('cannot open, close or refer to anything', () => {
    expect(escapeMarkup('<a href="x">&\'')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;')
    expect(escapeMarkup('a\x1b\ufffe\ud800')).toBe('a\\x1b\\ufffe\\ud800')
  })

  it('in ASCII refers to what is beyond it by number', () => {
    expect(asciiMarkup('µ < 𝄞\x1b')).toBe('&#181; &lt; &#119070;\\x1b')
  })
})
