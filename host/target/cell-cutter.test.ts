import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { CellCutter } from './cell-cutter.js'

/** A stand-in for the delineation: 64-octet cells that begin with 0xc0; one wrong beginning is loss of alignment. */
class Finder {
  synchronised = false
  held = 0
  readonly octets: number[] = []
  readonly parts: number[] = []
  receive(octets: Uint8Array): void {
    this.parts.push(octets.length)
    for (const octet of octets) {
      this.octets.push(octet)
      if (this.held === 0 && octet !== 0xc0) {
        this.synchronised = false
        continue
      }
      this.held = (this.held + 1) % 64
      if (this.held === 0) this.synchronised = true
    }
  }
}

function cutter() {
  const finder = new Finder()
  return { finder, cut: new CellCutter(finder, (octets) => finder.receive(octets)) }
}

const cell = (fill: number): number[] => [0xc0, ...new Array<number>(63).fill(fill)]

describe('cutting a stream into cells', () => {
  it('hands octets on as they come while cells are looked for, and whole cells of 64 octets in SYNC', () => {
    const { finder, cut } = cutter()
    cut.push(Uint8Array.of(1, 2, 3))
    cut.push(Uint8Array.from(cell(9)))
    expect(finder.parts).toEqual([3, 64])
    finder.parts.length = 0
    const stream = [...cell(1), ...cell(2), ...cell(3)]
    for (let at = 0; at < stream.length; at += 7) cut.push(Uint8Array.from(stream.slice(at, at + 7)))
    cut.push(Uint8Array.from([...cell(4), ...cell(5), 0xc0]))
    expect(finder.parts).toEqual([64, 64, 64, 64, 64])
  })

  it('completes a cell that was begun before there was SYNC', () => {
    const { finder, cut } = cutter()
    cut.push(Uint8Array.from(cell(1).slice(0, 10)))
    cut.push(Uint8Array.from([...cell(1).slice(10), ...cell(2).slice(0, 20)]))
    cut.push(Uint8Array.from(cell(2).slice(20)))
    // At most 64 at a time while cells are looked for; from SYNC on only the rest of the cell that was begun.
    expect(finder.parts).toEqual([10, 64, 10, 44])
    expect(finder.octets).toEqual([...cell(1), ...cell(2)])
  })

  it('hands over every octet once and in order, however the stream is cut and whatever is lost (seeded)', () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = new SeededRandom(seed)
      const { finder, cut } = cutter()
      const sent: number[] = []
      while (sent.length < 5_000) {
        let next = cell(random.below(200))
        if (random.below(5) === 0) next = next.slice(random.below(64))
        if (random.below(7) === 0) next = [...next, ...new Array<number>(random.below(130)).fill(0x11)]
        sent.push(...next)
      }
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
