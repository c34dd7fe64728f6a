import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { ImageError, parseIntelHex } from './intel-hex.js'

const END = ':00000001FF'

describe('an Intel HEX image', () => {
  it('is read as the specification shows it (revision A, 1988, data record and end of file)', () => {
    // :0B0010006164647265737320676170A7 is "address gap" at 0010h, the specification's usual example
    const image = parseIntelHex(`:0B0010006164647265737320676170A7\n${END}\n`, 'x.hex')
    expect(image.start).toBe(0x10)
    expect(new TextDecoder().decode(image.octets)).toBe('address gap')
  })

  it('fills gaps with what erased flash reads as, and takes records in any order', () => {
    const image = parseIntelHex(`:01000400AA51\r\n:01000000BB44\r\n${END}\r\n`, 'x.hex')
    expect([...image.octets]).toEqual([0xbb, 0xff, 0xff, 0xff, 0xaa])
  })

  it('follows extended segment (02) and linear (04) addresses', () => {
    expect(parseIntelHex(`:020000021000EC\n:01000000AA55\n${END}`, 'x.hex').start).toBe(0x10000)
    expect(parseIntelHex(`:020000040001F9\n:01000000AA55\n${END}`, 'x.hex').start).toBe(0x10000)
  })

  it.each([
    [`:01000000AA54\n${END}`, /x\.hex, line 1: the checksum/],
    [`:02000000AA54\n${END}`, /line 1: the record says 2 octets/],
    [`hello\n${END}`, /line 1: not an Intel HEX record/],
    [`${END}\n:01000000AA55`, /line 2: text after the end-of-file/],
    [':01000000AA55', /no end-of-file record/],
    [END, /holds no data/],
    [`:01000006AA4F\n${END}`, /record type 6/],
    [`:020000041000EA\n:01000000AA55\n${END}`, /beyond the flash of any AVR/],
    ['', /no end-of-file record/],
  ])('refuses %j, naming the line', (text, message) => {
    expect(() => parseIntelHex(text, 'x.hex')).toThrow(ImageError)
    expect(() => parseIntelHex(text, 'x.hex')).toThrow(message)
  })

  it('takes any mutation of a good file as an image or an ImageError, nothing else (seeded)', () => {
    const good = `:0B0010006164647265737320676170A7\n:020000021000EC\n:01000000AA55\n${END}\n`
    const random = new SeededRandom(11)
    for (let i = 0; i < 5_000; i++) {
      const at = random.below(good.length)
      const mutated = good.slice(0, at) + String.fromCharCode(32 + random.below(96)) + good.slice(at + random.below(3))
      try {
        parseIntelHex(mutated, 'x.hex')
      } catch (error) {
        expect(error).toBeInstanceOf(ImageError)
      }
    }
  })
})
