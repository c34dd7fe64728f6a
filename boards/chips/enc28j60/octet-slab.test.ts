import { describe, expect, it } from 'vitest'
import { takeOctets } from '../../../firmware/hal/octet-slab.js'
import { ChipBench } from '../../../test/support/chip-bench.js'
import { SeededRandom } from '../../simulation/random.js'

describe('octets that are handed out', () => {
  it('are 0, as many as asked for, and nobody else’s', () => {
    const random = new SeededRandom(1)
    const taken = Array.from({ length: 2000 }, (_, i) => {
      const octets = takeOctets(random.below(i % 50 === 0 ? 20_000 : 1600))
      expect(octets.every((octet) => octet === 0)).toBe(true)
      octets.fill(i & 0xff)
      return octets
    })
    for (const [i, octets] of taken.entries()) expect(octets.every((octet) => octet === (i & 0xff))).toBe(true)
  })

  it('stay what they were when the chip answers the next read', () => {
    const on = new ChipBench({ partner: false })
    on.memoryWrite(0, new Array(1000).fill(1))
    const first = on.memoryRead(0, 1000)
    on.memoryWrite(0, new Array(1000).fill(2))
    on.memoryRead(0, 1000)
    expect(first.every((octet) => octet === 1)).toBe(true)
  })
})
