/** Random cases of engines whose rule fits into a few lines: pattern filter, hash filter, DMA, buffer pointers. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { DataSheetBench, ECON1, ERXFCON, linked, MS, OP } from './bench.js'
import { frame, onesComplementSum, STRANGER } from './frames.js'

/** One step of the rules of section 7: RBM and the source of the DMA. */
function following(address: number, first: number, last: number): number {
  if (address === last) return first
  return (address + 1) & 0x1fff
}

describe('random cases', () => {
  it('pattern filter: window, mask and sum (9.2)', () => {
    const chance = new SeededRandom(11)
    const bench = linked({ filter: ERXFCON.CRCEN | ERXFCON.PMEN })
    let passed = 0
    for (let i = 0; i < 300; i++) {
      const length = 64 + chance.below(200)
      const payload = Array.from({ length: length - 18 }, () => chance.below(256))
      const octets = frame({ da: STRANGER, payload })
      const offset = 2 * chance.below(Math.ceil(length / 2))
      const mask = Array.from({ length: 8 }, () => (chance.below(3) === 0 ? 0 : chance.below(256)))
      const picked = Array.from({ length: 64 }, (_, bit) => bit)
        .filter((bit) => (mask[bit >> 3] >> (bit & 7)) & 1)
        .map((bit) => octets[offset + bit] ?? 0)
      const right = chance.below(2) === 0
      mask.forEach((value, j) => {
        bench.write(`EPMM${j}`, value)
      })
      bench.write16('EPMO', offset)
      bench.write16('EPMCS', onesComplementSum(picked) ^ (right ? 0 : 1 << chance.below(16)))
      bench.deliver(octets)
      const expected = right && offset + 64 <= length
      expect([i, bench.receive() !== undefined]).toEqual([i, expected])
      if (expected) passed++
    }
    expect(passed).toBeGreaterThan(50)
  })

  it('hash filter: 300 random addresses, the bit that 9.3 computes and no other', () => {
    const chance = new SeededRandom(12)
    const bench = linked({ filter: ERXFCON.CRCEN | ERXFCON.HTEN })
    for (let i = 0; i < 300; i++) {
      const da = Array.from({ length: 6 }, () => chance.below(256))
      let crc = 0xffffffff
      for (const octet of da) {
        for (let bit = 0; bit < 8; bit++) {
          const odd = ((octet >> bit) & 1) !== crc >>> 31
          crc = (crc << 1) >>> 0
          if (odd) crc = (crc ^ 0x04c11db7) >>> 0
        }
      }
      const index = (crc >>> 23) & 0x3f
      const inverse = chance.below(2) === 0
      for (let j = 0; j < 8; j++) {
        const bit = index >> 3 === j ? 1 << (index & 7) : 0
        bench.write(`EHT${j}`, inverse ? ~bit & 0xff : bit)
      }
      bench.deliver(frame({ da }))
      expect([i, bench.receive() !== undefined]).toEqual([i, !inverse])
    }
  })

  it('DMA: copies and sums of random stretches, with their times (14)', () => {
    const chance = new SeededRandom(13)
    const bench = new DataSheetBench()
    const memory = Array.from({ length: 0x2000 }, () => chance.below(256))
    for (let i = 0; i < 60; i++) {
      const first = 2 * chance.below(0x0800)
      const last = first + 1 + 2 * chance.below(0x0700)
      bench.write16('ERXST', first)
      bench.write16('ERXND', last)
      bench.fill(0x0000, memory)
      const from = chance.below(0x2000)
      const count = 2 + chance.below(600)
      const source: number[] = []
      for (let at = from, n = 0; n < count; n++, at = following(at, first, last)) source.push(at)
      if (source.indexOf(source[count - 1]) !== count - 1) continue // it passes its end before
      const to = chance.below(0x2000)
      bench.write16('EDMAST', from)
      bench.write16('EDMAND', source[count - 1])
      bench.write16('EDMADST', to)
      const sum = chance.below(2) === 0
      bench.write('ECON1', (sum ? ECON1.CSUMEN : 0) | ECON1.DMAST)
      bench.run(count * (sum ? 40 : 80) - 1)
      expect([i, bench.read('ECON1') & ECON1.DMAST]).toEqual([i, ECON1.DMAST])
      bench.run(1)
      expect([i, bench.read('ECON1') & ECON1.DMAST]).toEqual([i, 0])
      if (sum) expect(bench.read16('EDMACS')).toBe(onesComplementSum(source.map((at) => memory[at])))
      else {
        const expected = [...memory]
        source.forEach((at, n) => {
          expected[(to + n) & 0x1fff] = expected[at]
        })
        const overlaps = source.some((at) => ((at - to) & 0x1fff) < count)
        if (!overlaps) expect([...bench.chip.inspect().memory]).toEqual(expected)
      }
    }
  })

  it('RBM and WBM: random stretches over random FIFOs (7)', () => {
    const chance = new SeededRandom(14)
    const bench = new DataSheetBench()
    const memory = Array.from({ length: 0x2000 }, () => chance.below(256))
    bench.fill(0x0000, memory)
    for (let i = 0; i < 300; i++) {
      const first = chance.below(0x2000)
      const last = chance.below(0x2000)
      bench.write16('ERXST', first)
      bench.write16('ERXND', last)
      let at = chance.below(0x2000)
      const count = 1 + chance.below(500)
      const expected: number[] = []
      bench.write16('ERDPT', at)
      for (let n = 0; n < count; n++, at = following(at, first, last)) expected.push(memory[at])
      expect(bench.spi([OP.RBM], count)).toEqual(expected)
      expect(bench.read16('ERDPT')).toBe(at)
      const to = chance.below(0x2000)
      const octets = Array.from({ length: 1 + chance.below(100) }, () => chance.below(256))
      bench.fill(to, octets)
      octets.forEach((octet, n) => {
        memory[(to + n) & 0x1fff] = octet
      })
      expect(bench.read16('EWRPT')).toBe((to + octets.length) & 0x1fff)
    }
    expect([...bench.chip.inspect().memory]).toEqual(memory)
    bench.run(MS)
  })
})
