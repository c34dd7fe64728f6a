import { describe, expect, it } from 'vitest'
import { dataSheetTolerance, theoreticalTolerance, wrongCharacters } from '../../test/support/tolerance.js'
import { SeededRandom } from '../simulation/random.js'
import { framingName, type Parity, type SerialFraming } from './framing.js'

const ALL: SerialFraming[] = ([5, 6, 7, 8, 9] as const).flatMap((dataBits) =>
  (['none', 'even', 'odd', 'mark', 'space'] as Parity[]).flatMap((parity) =>
    ([1, 1.5, 2] as const).map((stopBits) => ({ dataBits, parity, stopBits })),
  ),
)

function characters(framing: SerialFraming, count: number): number[] {
  const random = new SeededRandom(5)
  const mask = (1 << framing.dataBits) - 1
  // Random ones, and between them those whose last bit differs from the stop bit: they show an error there.
  return Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 0 : random.next32() & mask))
}

describe('the tolerance of a receiver with 16-fold sampling', () => {
  it('is in theory what table 20-2 of the ATmega328P data sheet says, but for the slow limit', () => {
    const eight: SerialFraming = { dataBits: 8, parity: 'none', stopBits: 1 }
    // Table 20-2, D = 8: 95.36 % and 104.58 %; D = 5: 93.20 % and 106.67 %; D = 10: 96.17 % and 103.78 %.
    expect(dataSheetTolerance(eight).slow).toBeCloseTo(0.9536, 4)
    expect(dataSheetTolerance(eight).fast).toBeCloseTo(1.0458, 4)
    expect(dataSheetTolerance({ ...eight, dataBits: 5 }).slow).toBeCloseTo(0.932, 3)
    expect(dataSheetTolerance({ ...eight, dataBits: 5 }).fast).toBeCloseTo(1.0667, 4)
    expect(dataSheetTolerance({ ...eight, dataBits: 9, parity: 'even' }).fast).toBeCloseTo(1.0378, 4)
    expect(theoreticalTolerance(eight).fast).toBe(dataSheetTolerance(eight).fast)
    // 144 samples of ten bits less the stop bit, and the middle sample of the vote 8 later.
    expect(theoreticalTolerance(eight).slow).toBeCloseTo(144 / 152, 10)
  })

  it.each(ALL.map((framing) => [framingName(framing), framing] as const))(
    '%s: no error just inside the theory’s limits, errors just outside',
    (_, framing) => {
      const sent = characters(framing, 1500)
      const { slow, fast } = theoreticalTolerance(framing)
      expect(wrongCharacters(framing, slow + 0.0003, sent)).toBe(0)
      expect(wrongCharacters(framing, fast - 0.0003, sent)).toBe(0)
      expect(wrongCharacters(framing, slow - 0.0015, sent)).toBeGreaterThan(0)
      expect(wrongCharacters(framing, fast + 0.0015, sent)).toBeGreaterThan(0)
    },
  )

  it('reaches beyond what the data sheet promises, and never stays behind it', () => {
    for (const framing of ALL) {
      const sent = characters(framing, 400)
      const promised = dataSheetTolerance(framing)
      expect(wrongCharacters(framing, promised.slow, sent), framingName(framing)).toBe(0)
      if (framing.stopBits === 1) {
        expect(wrongCharacters(framing, promised.fast - 0.0003, sent), framingName(framing)).toBe(0)
      }
    }
  })
})
