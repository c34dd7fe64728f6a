/**
 * Cuts a stream of octets into cells, where whoever receives them is sure of where they begin; else it hands them on as they come. A
 * computer's port delivers runs of octets, and a cell that comes whole need not wait for what follows it (see `Delineation`).
 */
import { CELL_OCTETS } from '../../firmware/serial-link/cell.js'
import type { CellFinder } from './host-line.js'

export class CellCutter {
  readonly #finder: CellFinder
  readonly #receive: (octets: Uint8Array) => void
  /** Cells are handed over whole, until one of them shows that they are not where they were. */
  #cutting = false
  /** The beginning of a cell, `#gathered` octets of it. */
  #cell = new Uint8Array(CELL_OCTETS)
  #gathered = 0

  /** @param receive is called with octets that are its own */
  constructor(finder: CellFinder, receive: (octets: Uint8Array) => void) {
    this.#finder = finder
    this.#receive = receive
  }

  /** @param octets the receiver's to keep, in parts */
  push(octets: Uint8Array): void {
    let rest = octets
    while (rest.length > 0) rest = rest.subarray(this.#cutting ? this.#cut(rest) : this.#hunt(rest))
  }

  /** Hands octets on as they come, up to the first boundary between cells in SYNC. Returns how many. */
  #hunt(octets: Uint8Array): number {
    const { synchronised, held } = this.#finder
    this.#cutting = synchronised && held === 0
    if (this.#cutting) return 0
    const taken = Math.min(octets.length, synchronised ? CELL_OCTETS - held : CELL_OCTETS)
    this.#receive(octets.subarray(0, taken))
    return taken
  }

  /** Takes octets of one cell, and hands it over when it is whole. Returns how many. */
  #cut(octets: Uint8Array): number {
    const taken = Math.min(octets.length, CELL_OCTETS - this.#gathered)
    if (taken === CELL_OCTETS) this.#whole(octets.subarray(0, CELL_OCTETS))
    else {
      this.#cell.set(octets.subarray(0, taken), this.#gathered)
      this.#gathered += taken
      if (this.#gathered === CELL_OCTETS) {
        const cell = this.#cell
        this.#cell = new Uint8Array(CELL_OCTETS)
        this.#gathered = 0
        this.#whole(cell)
      }
    }
    return taken
  }

  #whole(cell: Uint8Array): void {
    this.#receive(cell)
    if (!this.#finder.synchronised) this.#cutting = false
  }
}
