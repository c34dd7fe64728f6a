import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { checksum, checksumAdd } from './checksum.js'

/** RFC 1071 section 4.1, word by word. */
function reference(octets: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < octets.length; i += 2) {
    sum += (octets[i] << 8) | (octets[i + 1] ?? 0)
    if (sum > 0xffff) sum -= 0xffff
  }
  return ~sum & 0xffff
}

describe('internet checksum (RFC 1071)', () => {
  it('gives the sum of the worked example in section 3', () => {
    expect(checksumAdd(Uint8Array.from([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), 0, 8)).toBe(0xddf2)
  })

  it.each([
    { octets: [0x89, 0xab, 0xcd], expected: 0xa953 },
    { octets: [0x00, 0x04, 0xa3, 0xff, 0xff, 0xff], expected: 0x5bfc },
    { octets: [0x88, 0xaa, 0x09, 0x0a, 0x0b, 0x0c, 0x0d], expected: 0x563f },
    { octets: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x08, 0x06], expected: 0xf7f9 },
  ])('gives the published value $expected', ({ octets, expected }) => {
    expect(checksum(Uint8Array.from(octets))).toBe(expected)
  })

  it('gives FFFFh for 8192 zeros', () => {
    expect(checksum(new Uint8Array(8192))).toBe(0xffff)
  })

  it('agrees with the plain sum for every length to 70 and for 64 KiB of FFh', () => {
    const random = new SeededRandom(1)
    for (let length = 0; length <= 70; length++) {
      const octets = Uint8Array.from({ length }, () => random.below(256))
      expect(checksum(octets)).toBe(reference(octets))
    }
    const full = new Uint8Array(65_535).fill(0xff)
    expect(checksum(full)).toBe(reference(full))
  })

  it('goes on from a pseudo header', () => {
    const random = new SeededRandom(2)
    const octets = Uint8Array.from({ length: 64 }, () => random.below(256))
    expect(checksum(octets, 12, 64, checksumAdd(octets, 0, 12))).toBe(checksum(octets))
  })
})
