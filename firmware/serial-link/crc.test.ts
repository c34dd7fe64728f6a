import { describe, expect, it } from 'vitest'
import { crc8, crc16Xmodem, hec } from './crc.js'

const octets = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** Polynomial division, bit by bit, over a string of bits: shares nothing with the tables. */
function remainder(message: Uint8Array, polynomial: bigint, degree: bigint): number {
  let dividend = 0n
  for (const octet of message) dividend = (dividend << 8n) | BigInt(octet)
  dividend <<= degree
  const divisor = (1n << degree) | polynomial
  for (let bit = BigInt(message.length) * 8n + degree - 1n; bit >= degree; bit--) {
    if ((dividend >> bit) & 1n) dividend ^= divisor << (bit - degree)
  }
  return Number(dividend)
}

describe('checks of a cell', () => {
  it('CRC-8 with polynomial 07h of "123456789" is F4h (CRC catalogue: CRC-8/SMBUS)', () => {
    expect(crc8(octets('123456789'))).toBe(0xf4)
  })

  it('with the coset of I.432.1 it is A1h (CRC catalogue: CRC-8/I-432-1)', () => {
    expect(crc8(octets('123456789')) ^ 0x55).toBe(0xa1)
  })

  it('the header check of four zero octets is the coset itself (I.432.1 4.3.2.1)', () => {
    expect(hec(new Uint8Array(4))).toBe(0x55)
  })

  it('the idle cell header of I.432.1 4.3.4, 00 00 00 01h, has the check 52h', () => {
    expect(hec(Uint8Array.of(0, 0, 0, 1))).toBe(0x52)
  })

  it('CRC-16/XMODEM of "123456789" is 31C3h (CRC catalogue)', () => {
    expect(crc16Xmodem(octets('123456789'))).toBe(0x31c3)
  })

  it('both agree with long division of polynomials', () => {
    let state = 12345
    for (let length = 1; length <= 64; length++) {
      const message = Uint8Array.from({ length }, () => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0
        return state >>> 24
      })
      expect(crc8(message)).toBe(remainder(message, 0x07n, 8n))
      expect(crc16Xmodem(message)).toBe(remainder(message, 0x1021n, 16n))
    }
  })
})
