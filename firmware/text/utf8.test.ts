import { describe, expect, it } from 'vitest'
import { testRandom } from '../../test/support/random.js'
import { decodeText, encodeText } from './utf8.js'

describe('UTF-8 (RFC 3629)', () => {
  it('agrees with the platform both ways, on text and on hostile octets', () => {
    for (const text of ['', 'uno', 'é', '漢字', '𝄞 clef', 'a\u0000b', '\ud834 half', 'half \udd1e', '\ud834']) {
      expect([...encodeText(text)]).toEqual([...new TextEncoder().encode(text)])
      expect(decodeText(encodeText(text))).toBe(new TextDecoder().decode(new TextEncoder().encode(text)))
    }
    const random = testRandom(3)
    for (let i = 0; i < 2000; i++) expect(typeof decodeText(random.octets(random.below(20)))).toBe('string')
    expect(decodeText(Uint8Array.of(0xc0, 0x80, 0x41))).toBe('\ufffd\ufffdA')
    expect(decodeText(Uint8Array.of(0xed, 0xa0, 0x80))).toContain('\ufffd')
  })
})
