/** An open file of a computer that has no disk: octets under a name, and where in them it stands. */

export class OpenFile {
  readonly name: string
  readonly #octets: number[] = []
  #position = 0

  /** O_RDWR | O_CREAT | O_TRUNC: it is there afterwards, and empty. */
  constructor(name: string) {
    this.name = name
  }

  get position(): number {
    return this.#position
  }

  get size(): number {
    return this.#octets.length
  }

  seek(position: number): number {
    this.#position = position
    return position
  }

  write(octets: Uint8Array): number {
    for (const octet of octets) this.#octets[this.#position++] = octet
    return octets.length
  }

  /** @returns 0 at its end, as of a stream whose peer has closed */
  read(into: Uint8Array): number {
    const part = this.#octets.slice(this.#position, this.#position + into.length)
    into.set(part)
    this.#position += part.length
    return part.length
  }
}
