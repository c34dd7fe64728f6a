/**
 * Cuts a stream of octets into cells, where whoever receives them is sure of where they begin; else it hands them on as they come. A
 * computer's port delivers runs of octets, and a cell that comes whole need not wait for what follows it (see `Delineation`).
 */
import { CELL_OCTETS } from '../../firmware/serial-link/cell.js'
import type { CellFinder } from './host-line.js'

export class CellCutter {
  readonly #finder: CellFinder
  readonly #receive: (octets: Uint8Array) => void
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
    let at = 0
    while (at < octets.length) {
      const left = octets.length - at
      const { synchronised, held } = this.#finder
      if (this.#gathered === 0 && !(synchronised && held === 0 && left < CELL_OCTETS)) {
        const taken = Math.min(left, synchronised ? CELL_OCTETS - held : CELL_OCTETS)
        this.#receive(octets.subarray(at, at + taken))
        at += taken
        continue
      }
      const taken = Math.min(left, CELL_OCTETS - this.#gathered)
      this.#cell.set(octets.subarray(at, at + taken), this.#gathered)
      this.#gathered += taken
      at += taken
      if (this.#gathered === CELL_OCTETS) this.#whole()
    }
  }

  #whole(): void {
    const cell = this.#cell
    this.#cell = new Uint8Array(CELL_OCTETS)
    this.#gathered = 0
    this.#receive(cell)
  }
}
