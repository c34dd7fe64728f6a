/** Random traffic against a second receiver of forty lines, made from the formulas of section 8 alone. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { ECON2, EIR, ESTAT, linked, OP } from './bench.js'
import { damaged, frame } from './frames.js'

class Oracle {
  write: number
  read: number
  overflow = false
  readonly packets: { readonly start: number; readonly octets: readonly number[] }[] = []

  constructor(
    readonly start: number,
    readonly end: number,
  ) {
    this.write = start
    this.read = end
  }

  get free(): number {
    if (this.write > this.read) return this.end - this.start - (this.write - this.read)
    if (this.write === this.read) return this.end - this.start
    return this.read - this.write - 1
  }

  wrap(address: number): number {
    return address > this.end ? address - (this.end - this.start + 1) : address
  }

  arrive(octets: readonly number[], good: boolean): void {
    if (6 + octets.length + (octets.length & 1) > this.free) this.overflow = true
    else if (good && octets.length >= 18) {
      if (this.packets.length === 255) this.overflow = true
      else {
        this.packets.push({ start: this.write, octets })
        this.write = this.wrap(this.write + 6 + octets.length + (octets.length & 1))
      }
    }
  }

  /** Takes the oldest packet out and returns the odd-adjusted ERXRDPT. */
  release(): number {
    this.packets.shift()
    const next = this.packets[0]?.start ?? this.write
    this.read = next === this.start ? this.end : next - 1
    return this.read
  }
}

describe('random traffic against a second receiver (8.2 to 8.5)', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('seed %i: 400 frames and releases', (seed) => {
    const chance = new SeededRandom(seed)
    const start = chance.below(8) * 0x100
    const end = start + 0x200 * (1 + chance.below(8)) + 2 * chance.below(100) - 1
    const bench = linked({ filter: 0x20, fifo: [start, end] })
    const oracle = new Oracle(start, end)
    for (let step = 0; step < 400; step++) {
      const kind = chance.below(10)
      if (kind < 7) {
        const length = chance.below(3) === 0 ? 18 + chance.below(60) : 18 + chance.below(Math.min(1500, end - start))
        const good = chance.below(8) !== 0
        const octets = good ? frame({ length }) : damaged({ length })
        bench.deliver(octets)
        oracle.arrive(octets, good)
      } else if (oracle.packets.length > 0) {
        const [{ start: at, octets }] = oracle.packets
        bench.write16('ERDPT', at)
        const stored = bench.spi([OP.RBM], 6 + octets.length)
        expect(stored[2] | (stored[3] << 8)).toBe(octets.length)
        expect(stored.slice(6)).toEqual(octets)
        bench.write16('ERXRDPT', oracle.release())
        expect(stored[0] | (stored[1] << 8)).toBe(oracle.packets[0]?.start ?? oracle.write)
        bench.set('ECON2', ECON2.PKTDEC)
      }
      if (chance.below(6) === 0) {
        bench.clear('EIR', EIR.RXERIF)
        bench.clear('ESTAT', ESTAT.BUFER)
        oracle.overflow = false
      }
      const overflow = (bench.read('EIR') & EIR.RXERIF) !== 0
      expect([step, bench.read('EPKTCNT'), bench.read16('ERXWRPT'), overflow]).toEqual([
        step,
        oracle.packets.length,
        oracle.write,
        oracle.overflow,
      ])
    }
  })
})
