/** Everything that happened in a run, as one number: the same seed and the same deeds give the same one, wherever it runs. */

const PRIME = 0x01000193

/** FNV-1a, twice 32 bits with different beginnings: enough to tell runs apart, and the same in every engine. */
export class EventTrace {
  #low = 0x811c9dc5
  #high = 0x9e3779b9
  count = 0

  add(at: number, what: string): void {
    this.count++
    const text = `${at} ${what}\n`
    let low = this.#low
    let high = this.#high
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      low = Math.imul(low ^ code, PRIME)
      high = Math.imul(high ^ (code + i), PRIME)
    }
    this.#low = low >>> 0
    this.#high = high >>> 0
  }

  get hash(): string {
    const hex = (value: number) => value.toString(16).padStart(8, '0')
    return `${hex(this.#high)}${hex(this.#low)}`
  }
}
