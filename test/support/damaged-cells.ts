/** Octets of a serial link on which cells are cut short, and noise stands between them. */
import type { SeededRandom } from '../../boards/simulation/random.js'

/** A cell's octets: a header's first, and one value for the rest. */
export function cellOf(fill: number): number[] {
  return [0xc0, ...new Array<number>(63).fill(fill)]
}

/** 5,000 octets and some: one cell in five is cut short, and after one in seven come up to 129 octets of noise. */
export function damagedCells(random: SeededRandom): number[] {
  const sent: number[] = []
  while (sent.length < 5_000) {
    let next = cellOf(random.below(200))
    if (random.below(5) === 0) next = next.slice(random.below(64))
    if (random.below(7) === 0) next = [...next, ...new Array<number>(random.below(130)).fill(0x11)]
    sent.push(...next)
  }
  return sent
}

/** A stand-in for the delineation: 64-octet cells that begin with C0h; one wrong beginning is loss of alignment. */
export class CellStandIn {
  synchronised = false
  held = 0
  readonly octets: number[] = []
  /** Octets of each call. */
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
