import { describe, expect, it } from 'vitest'
import { hasStuckBit } from './text-heard.js'

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('a bit that is stuck', () => {
  const text = ascii('temperature 21.4 C, humidity 43 %, light 612\r\ntemperature 21.5 C, humidity 43 %, light 610\r\n')

  it('is none in what a program prints, and none in numbers and hexadecimal digits', () => {
    expect(hasStuckBit(text)).toBe(false)
    expect(hasStuckBit(ascii('0 17 34 51 68 85 102 119 136 153 170 187 204 221 238 255 1023\r\n'))).toBe(false)
    expect(hasStuckBit(ascii('00 3A 7F C0 DE AD BE EF 12 34 56 78 9A BC DE F0 55 AA FF 00\r\n'))).toBe(false)
  })

  it.each([0, 1, 2, 3, 4])('is seen in the same where bit %d always is 1, and always 0', (bit) => {
    expect(hasStuckBit(text.map((octet) => octet | (1 << bit)))).toBe(true)
    expect(hasStuckBit(text.map((octet) => octet & ~(1 << bit)))).toBe(true)
  })

  it('is not concluded from few octets, nor from few kinds of them: a row of dots has its bits', () => {
    expect(hasStuckBit(text.subarray(0, 20).map((octet) => octet | 8))).toBe(false)
    expect(hasStuckBit(ascii('.'.repeat(80)))).toBe(false)
  })
})
