/**
 * A file of any size whose octets are known to everybody: place by place, from a mixing function (Wang, Jenkins: lowbias32).
 * A test fetches it and knows what must have come, wherever it begins to look.
 */

/** The four octets at 4 × `word`, the first one lowest. */
function mixed(word: number): number {
  let x = (word + 0x9e3779b9) | 0
  x ^= x >>> 16
  x = Math.imul(x, 0x7feb352d)
  x ^= x >>> 15
  x = Math.imul(x, 0x846ca68b)
  return x ^ (x >>> 16)
}

/** Writes the file's octets from `place` on into `into[from .. to)`. */
export function fillRandom(into: Uint8Array, from: number, to: number, place: number): void {
  let at = from
  let next = place
  while (at < to) {
    let word = mixed(Math.floor(next / 4)) >>> (8 * (next & 3))
    do {
      into[at++] = word
      word >>>= 8
      next++
    } while ((next & 3) !== 0 && at < to)
  }
}

export class RandomFile {
  readonly length: number
  #place = 0

  constructor(length: number) {
    this.length = length
  }

  fill(into: Uint8Array, from: number, to: number): number {
    const octets = Math.min(to - from, this.length - this.#place)
    fillRandom(into, from, from + octets, this.#place)
    this.#place += octets
    return octets
  }
}
