import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../simulation/random.js'
import { crc32, fcsGood, withFcs } from './fcs.js'

/** Bit by bit from the polynomial alone, to judge the tables. */
function crc32BitByBit(octets: Uint8Array): number {
  let crc = 0xffffffff
  for (const octet of octets) {
    for (let bit = 0; bit < 8; bit++) {
      const feedback = (crc & 1) ^ ((octet >> bit) & 1)
      crc = (crc >>> 1) ^ (feedback ? 0xedb88320 : 0)
    }
  }
  return (crc ^ 0xffffffff) >>> 0
}

const checkFrame = Uint8Array.from([
  ...Array<number>(6).fill(0xff),
  ...[0x00, 0x04, 0xa3, 0x00, 0x00, 0x01, 0x08, 0x06],
  ...Array<number>(46).fill(0),
])

describe('frame check sequence (IEEE 802.3 3.2.9)', () => {
  it('gives the published check value for "123456789"', () => {
    expect(crc32(Uint8Array.from([...'123456789'].map((c) => c.charCodeAt(0))))).toBe(0xcbf43926)
  })

  it('puts the check frame’s FCS on the wire as 23 60 15 11', () => {
    expect(checkFrame.length).toBe(60)
    expect(crc32(checkFrame)).toBe(0x11156023)
    expect([...withFcs(checkFrame).subarray(60)]).toEqual([0x23, 0x60, 0x15, 0x11])
  })

  it('leaves the residue 2144DF1C over a frame and its FCS', () => {
    expect(crc32(withFcs(checkFrame))).toBe(0x2144df1c)
  })

  it('agrees with the bit-by-bit division for every length and offset', () => {
    const random = new SeededRandom(1)
    const octets = Uint8Array.from({ length: 200 }, () => random.below(256))
    for (let end = 0; end <= 200; end += 7) {
      for (let start = 0; start <= Math.min(end, 17); start++) {
        expect(crc32(octets, start, end)).toBe(crc32BitByBit(octets.subarray(start, end)))
      }
    }
  })

  it('catches every single and double bit error tried', () => {
    const random = new SeededRandom(2)
    const good = withFcs(checkFrame)
    expect(fcsGood(good)).toBe(true)
    for (let bit = 0; bit < good.length * 8; bit++) {
      const bad = good.slice()
      bad[bit >> 3] ^= 1 << (bit & 7)
      expect(fcsGood(bad)).toBe(false)
      const other = (bit + 1 + random.below(good.length * 8 - 1)) % (good.length * 8)
      bad[other >> 3] ^= 1 << (other & 7)
      expect(fcsGood(bad)).toBe(false)
    }
  })

  it('does not take four octets or fewer for a frame', () => {
    expect(fcsGood(new Uint8Array(0))).toBe(false)
    expect(fcsGood(Uint8Array.from([0, 0, 0, 0]))).toBe(false)
  })
})
