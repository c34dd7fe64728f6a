/** Standard input in pieces that are taken when there is somewhere to put them. */

import type { Readable } from 'node:stream'
import { Listeners } from '../../../../../firmware/hal/listeners.js'

/** What may wait here before the stream is told to pause, in octets. */
const MOST_WAITING = 1 << 20

export class Input {
  readonly #changeListeners = new Listeners<[]>()
  readonly #stream: Readable
  readonly #pieces: Uint8Array[] = []
  #octets = 0
  #over = false

  constructor(stream: Readable) {
    this.#stream = stream
    stream.on('data', (octets: Uint8Array) => {
      this.#pieces.push(octets)
      this.#octets += octets.length
      if (this.#octets > MOST_WAITING) stream.pause()
      this.#changeListeners.tell()
    })
    const end = (): void => {
      this.#over = true
      this.#changeListeners.tell()
    }
    stream.on('end', end)
    stream.on('error', end) // a closed standard input is an empty one
  }

  /** Is called when there is more, or no more. */
  onChange(listener: () => void): () => void {
    return this.#changeListeners.add(listener)
  }

  /** There is something to take. */
  get ready(): boolean {
    return this.#pieces.length > 0
  }

  /** Everything was taken, and nothing follows. */
  get ended(): boolean {
    return this.#over && this.#pieces.length === 0
  }

  /** What comes next. */
  peek(): Uint8Array | undefined {
    return this.#pieces[0]
  }

  /** The first octets of what `peek` gave are done with. */
  take(octets: number): void {
    const [piece] = this.#pieces
    if (octets < piece.length) this.#pieces[0] = piece.subarray(octets)
    else this.#pieces.shift()
    this.#octets -= octets
    if (this.#octets <= MOST_WAITING) this.#stream.resume()
  }

  /** Resolves when all of it is here, or as much as may wait. */
  async whole(): Promise<void> {
    let changed = () => {}
    const stop = this.onChange(() => changed())
    while (!this.#over && this.#octets <= MOST_WAITING) {
      await new Promise<void>((resolve) => {
        changed = resolve
      })
    }
    stop()
  }

  close(): void {
    this.#stream.destroy()
  }
}
