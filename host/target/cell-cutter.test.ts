import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { CellStandIn, cellOf, damagedCells } from '../../test/support/damaged-cells.js'
import { CellCutter } from './cell-cutter.js'

function cutter() {
  const finder = new CellStandIn()
  return { finder, cut: new CellCutter(finder, (octets) => finder.receive(octets)) }
}

describe('cutting a stream into cells', () => {
  it('hands octets on as they come while cells are looked for, and whole cells of 64 octets in SYNC', () => {
    const { finder, cut } = cutter()
    cut.push(Uint8Array.of(1, 2, 3))
    cut.push(Uint8Array.from(cellOf(9)))
    expect(finder.parts).toEqual([3, 64])
    finder.parts.length = 0
    const stream = [...cellOf(1), ...cellOf(2), ...cellOf(3)]
    for (let at = 0; at < stream.length; at += 7) cut.push(Uint8Array.from(stream.slice(at, at + 7)))
    cut.push(Uint8Array.from([...cellOf(4), ...cellOf(5), 0xc0]))
    expect(finder.parts).toEqual([64, 64, 64, 64, 64])
  })

  it('completes a cell that was begun before there was SYNC', () => {
    const { finder, cut } = cutter()
    cut.push(Uint8Array.from(cellOf(1).slice(0, 10)))
    cut.push(Uint8Array.from([...cellOf(1).slice(10), ...cellOf(2).slice(0, 20)]))
    cut.push(Uint8Array.from(cellOf(2).slice(20)))
    // At most 64 at a time while cells are looked for; from SYNC on only the rest of the cell that was begun.
    expect(finder.parts).toEqual([10, 64, 10, 44])
    expect(finder.octets).toEqual([...cellOf(1), ...cellOf(2)])
  })

  it('hands over every octet once and in order, however the stream is cut and whatever is lost (seeded)', () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = new SeededRandom(seed)
      const { finder, cut } = cutter()
      const sent = damagedCells(random)
      for (let at = 0; at < sent.length; ) {
        const length = 1 + random.below(200)
        cut.push(Uint8Array.from(sent.slice(at, at + length)))
        at += length
      }
      // A last cell that is not complete waits.
      expect(sent.length - finder.octets.length).toBeLessThan(64)
      expect(finder.octets).toEqual(sent.slice(0, finder.octets.length))
    }
  })
})
