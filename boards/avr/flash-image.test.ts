import { describe, expect, it } from 'vitest'
import { compile } from '../../test/avr/assembler.js'
import { SeededRandom } from '../simulation/random.js'
import { ImageError, parseElf, parseHex, parseImage } from './flash-image.js'

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
