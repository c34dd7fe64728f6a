/** Files that a learner gave the page: kept beside the run, so that what was done to it names one and does not hold it. */
import { crc32 } from '../../boards/ethernet/fcs.js'

/** Files that are kept. */
const MOST = 4

export class GivenFiles {
  readonly #files = new Map<string, Uint8Array>()

  /** @returns what it is called from now on: its name, and a sum of what is in it, so that the same file has the same name in every run */
  keep(name: string, octets: Uint8Array): string {
    const sum = crc32(octets).toString(16).padStart(8, '0')
    const known = `${sum} ${name}`
    this.#files.delete(known)
    this.#files.set(known, octets)
    if (this.#files.size > MOST) this.#files.delete(this.#files.keys().next().value!)
    return known
  }

  get(name: string): Uint8Array | undefined {
    return this.#files.get(name)
  }
}
