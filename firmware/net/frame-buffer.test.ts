import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { FrameBuffer } from './frame-buffer.js'

/** RFC 1071 4.1, written from its example: sixteen bits a step, carries folded at the end. */
function reference(octets: Uint8Array, start: number, end: number, sum: number): number {
  let total = sum
  for (let at = start; at < end; at += 2) total += octets[at] * 256 + (at + 1 < end ? octets[at + 1] : 0)
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000)
  return total
}

describe('a frame buffer', () => {
  it('sums the example of RFC 1071 3', () => {
    const frame = new FrameBuffer(64)
    frame.octets.set([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7], 14)
    expect(frame.checksumAdd(14, 22)).toBe(0xddf2)
    expect(frame.checksum(14, 22)).toBe(0x220d)
  })

  it('sums as the definition does at every length, alignment and pseudo header', () => {
    const random = new SeededRandom(1071)
    for (const capacity of [1514, 65_549]) {
      const frame = new FrameBuffer(capacity)
      for (let round = 0; round < 500; round++) {
        const fill = random.below(3)
        for (let i = 0; i < capacity && round % 50 === 0; i++)
          frame.octets[i] = fill === 0 ? 0xff : fill === 1 ? 0 : random.below(256)
        const start = round % 2 === 0 ? 14 + 4 * random.below(10) : random.below(60)
        const end = start + random.below(capacity - start + 1)
        const pseudo = random.below(0x30000)
        expect(frame.checksumAdd(start, end, pseudo)).toBe(reference(frame.octets, start, end, pseudo))
      }
    }
  })
})
