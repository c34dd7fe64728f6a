import { describe, expect, it } from 'vitest'
import { compile } from '../../test/avr/assembler.js'
import { SeededRandom } from '../simulation/random.js'
import { parseElf, parseHex, parseImage } from './flash-image.js'
import { ImageError } from './image-error.js'

const text = (value: string) => Uint8Array.from(value, (character) => character.charCodeAt(0))
const END = ':00000001FF\n'
const PROGRAM = `
  #include <avr/io.h>
  #include <avr/eeprom.h>
  uint8_t EEMEM kept[3] = { 1, 2, 3 };
  volatile uint16_t counter = 0x1234;
  int main(void) { for (;;) counter++; }`

describe('Intel HEX', () => {
  it('reads data, extended segment and extended linear addresses, in either line ending', () => {
    const image = parseHex(
      text(`:0400000001020304F2\r\n:020000021000EC\n:01000000AA55\n:020000040001F9\n:01000000BB44\n${END}`),
    )
    expect(image.flash).toEqual([
      { address: 0, octets: Uint8Array.of(1, 2, 3, 4) },
      { address: 0x10000, octets: Uint8Array.of(0xaa) },
      { address: 0x10000, octets: Uint8Array.of(0xbb) },
    ])
  })

  it.each([
    ['a wrong checksum', ':0400000001020304F3\n', /line 1: the checksum is wrong/],
    ['a wrong length', ':0500000001020304F1\n', /line 1: says 5 data octets and has 4/],
    ['a cut line', ':0400000001020304F2\n:0400000\n', /line 2: 8 characters cannot be a record/],
    ['no end', ':0400000001020304F2\n', /end-of-file record is missing/],
    ['something else in the file', `hello world\n${END}`, /line 1: a record begins with ":"/],
    ['letters', ':0400000001020Z04F2\n', /line 1: not a hexadecimal digit/],
    ['an unknown type', ':00000009F7\n', /record type 9 does not exist/],
    ['nothing', END, /no data/],
    ['data beyond any AVR', `:0200000400FFFB\n:01000000AA55\n${END}`, /beyond any AVR/],
  ])('refuses %s and says where', (_what, file, message) => {
    expect(() => parseHex(text(file))).toThrow(message)
    expect(() => parseHex(text(file))).toThrow(ImageError)
  })
})

describe('ELF', () => {
  const built = compile(PROGRAM)

  it('puts code and initial data where avr-objcopy puts them, and finds EEPROM and symbols', () => {
    const hex = parseHex(text(built.hex))
    const image = parseElf(built.elf)
    const flat = (segments: typeof hex.flash) => {
      const octets = new Uint8Array(1_024)
      for (const segment of segments) octets.set(segment.octets, segment.address)
      return octets
    }
    expect(flat(image.flash)).toEqual(flat(hex.flash))
    expect(image.eeprom).toEqual([{ address: 0, octets: Uint8Array.of(1, 2, 3) }])
    expect(image.symbols.get('counter')).toBe(0x100)
    expect(image.symbols.has('main')).toBe(false)
    expect(image.functions.get('main')).toBeGreaterThan(0x67) // behind the 26 vectors of two words
  })

  it('names what is wrong: another machine, a cut file, an object file', () => {
    const other = built.elf.slice()
    other[18] = 62
    expect(() => parseElf(other)).toThrow(/machine is 62, not 83/)
    expect(() => parseElf(built.elf.slice(0, 40))).toThrow(/cut short/)
    const object = built.elf.slice()
    object[44] = 0
    expect(() => parseElf(object)).toThrow(/no segment belongs into flash/)
    expect(() => parseImage(text('#!/bin/sh'))).toThrow(/neither an Intel HEX file/)
  })

  describe('whose headers all point at the same octets', () => {
    const SEGMENT = 0x8000
    const put = (view: DataView, at: number, ...words: readonly number[]) =>
      words.forEach((word, i) => {
        view.setUint32(at + 4 * i, word, true)
      })

    /** A file of 65,535 program headers or section headers, and what they point at. */
    function headers(kind: 'program' | 'section', octets: Uint8Array, fill: (view: DataView, at: number) => void) {
      const size = kind === 'program' ? 32 : 40
      const file = new Uint8Array(52 + 65_535 * size + octets.length)
      const view = new DataView(file.buffer)
      file.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1])
      view.setUint16(18, 83, true)
      file.set(octets, 52 + 65_535 * size)
      view.setUint32(kind === 'program' ? 28 : 32, 52, true)
      view.setUint16(kind === 'program' ? 42 : 46, size, true)
      view.setUint16(kind === 'program' ? 44 : 48, 65_535, true)
      for (let i = 0; i < 65_535; i++) fill(view, 52 + i * size)
      return file
    }

    it('is refused: what is loaded is never more than there are addresses, in flash and in EEPROM', () => {
      for (const [address, end] of [
        [0, 0],
        [0x810000, 0x8000],
      ]) {
        const file = headers('program', new Uint8Array(SEGMENT), (view, at) =>
          put(view, at, 1, 52 + 65_535 * 32, 0, address, SEGMENT, SEGMENT),
        )
        // One more that is alone in flash, so that the others are all that is wrong.
        put(new DataView(file.buffer), 52, 1, 52, 0, end, 2, 2)
        expect(() => parseElf(file)).toThrow(/ELF: two segments load address 0x0$/)
      }
    })

    it('is refused as a second symbol table', () => {
      const file = headers('section', new Uint8Array(64), (view, at) => put(view, at, 0, 2, 0, 0, 60, 16))
      const view = new DataView(file.buffer)
      // A program header of its own, in the octets at the end.
      const end = file.length - 32
      put(view, end, 1, 52, 0, 0, 2, 2)
      view.setUint32(28, end, true)
      view.setUint16(42, 32, true)
      view.setUint16(44, 1, true)
      expect(() => parseElf(file)).toThrow(/ELF: section 1 is a second symbol table/)
    })

    it('is refused when the symbols’ names are longer together than the file they stand in', () => {
      const SYMBOLS = 4096
      const strings = 52 + 32 + 80
      const table = strings + 256
      const file = new Uint8Array(table + SYMBOLS * 16)
      const view = new DataView(file.buffer)
      file.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1])
      view.setUint16(18, 83, true)
      put(view, 28, 52, 84) // program headers, section headers
      view.setUint16(42, 32, true)
      view.setUint16(44, 1, true)
      view.setUint16(46, 40, true)
      view.setUint16(48, 2, true)
      put(view, 52, 1, 0, 0, 0, 2, 2)
      put(view, 84, 0, 2, 0, 0, table, 16, 1) // one symbol, its strings in section 1
      put(view, 124, 0, 3, 0, 0, strings, 256)
      file.fill(0x61, strings, strings + 255)
      expect(parseElf(file).functions.size).toBe(1)
      put(view, 84 + 20, SYMBOLS * 16)
      expect(() => parseElf(file)).toThrow(/ELF: the names of its symbols are longer together than the file/)
    })
  })

  it('survives twenty thousand damaged files: each is an image or an ImageError', () => {
    const random = new SeededRandom(5)
    const sources = [built.elf, text(built.hex), text(`:0400000001020304F2\n${END}`)]
    let refused = 0
    for (let round = 0; round < 20_000; round++) {
      const source = sources[random.below(sources.length)]
      let octets = source.slice(0, random.below(4) === 0 ? random.below(source.length) : source.length)
      if (source === built.elf && random.below(2) === 0) octets = octets.subarray(0, Math.max(60, octets.length))
      for (let hits = 1 + random.below(4); hits > 0 && octets.length > 0; hits--) {
        // half of the hits in the headers, where the structure is
        octets[random.below(random.below(2) === 0 ? Math.min(200, octets.length) : octets.length)] = random.below(256)
      }
      try {
        const image = parseImage(octets)
        expect(image.flash.length).toBeGreaterThan(0)
      } catch (error) {
        if (!(error instanceof ImageError)) throw error
        refused++
      }
    }
    expect(refused).toBeGreaterThan(1_000)
  })
})
