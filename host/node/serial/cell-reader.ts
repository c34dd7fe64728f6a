/**
 * Reads cells from a serial port. While the receiver is in SYNC the stream goes through serialport's ByteLengthParser, one
 * cell at a time; while it hunts for a header there are no cells yet, and it gets the octets as they come.
 */
import { ByteLengthParser } from '@serialport/parser-byte-length'
import type { SerialPortStream } from '@serialport/stream'
import type { CellFinder } from '../../target/host-line.js'

/** A cell, in octets (the serial link's, and a full-speed USB bulk packet). */
const CELL = 64

/** What takes the octets, and knows where cells begin. */
export interface CellReceiver extends CellFinder {
  receive(octets: Uint8Array): void
}

/** The same octets, not copied: a parser makes a buffer for each cell, and the stream uses its pool once. */
function plain({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length)
}

export class CellReader {
  readonly #port: SerialPortStream
  readonly #receiver: CellReceiver
  readonly #listener = (chunk: Buffer): void => this.#take(plain(chunk))
  #parser: ByteLengthParser | undefined
  /** Chunks that came while a parser gives up what it holds; they are next. Undefined when none does. */
  #waiting: Uint8Array[] | undefined

  constructor(port: SerialPortStream, receiver: CellReceiver) {
    this.#port = port
    this.#receiver = receiver
    port.on('data', this.#listener)
  }

  /** Stops reading. The port is left open; a cell that is not complete is given up. */
  detach(): void {
    this.#port.off('data', this.#listener)
    this.#parser?.removeAllListeners()
  }

  #take(chunk: Uint8Array): void {
    if (this.#waiting !== undefined) {
      this.#waiting.push(chunk)
      return
    }
    const octets = this.#parser === undefined ? this.#hunt(chunk) : chunk
    if (octets.length > 0) this.#cells().write(octets)
  }

  /** Octets as they come, up to the first boundary between cells in SYNC. Returns those after it. */
  #hunt(octets: Uint8Array): Uint8Array {
    while (octets.length > 0 && !(this.#receiver.synchronised && this.#receiver.held === 0)) {
      const step = this.#receiver.synchronised ? CELL - this.#receiver.held : CELL
      this.#receiver.receive(octets.slice(0, step))
      octets = octets.subarray(step)
    }
    return octets
  }

  #cells(): ByteLengthParser {
    if (this.#parser === undefined) {
      this.#parser = new ByteLengthParser({ length: CELL })
      this.#parser.on('data', (cell: Buffer) => this.#cell(plain(cell)))
    }
    return this.#parser
  }

  #cell(cell: Uint8Array): void {
    this.#receiver.receive(cell)
    if (!this.#receiver.synchronised && this.#waiting === undefined) this.#leave()
  }

  /** Alignment is lost: what the parser holds goes to the receiver, which hunts in it, and then what came meanwhile. */
  #leave(): void {
    const waiting: Uint8Array[] = []
    this.#waiting = waiting
    this.#parser?.once('end', () => {
      this.#parser = undefined
      this.#waiting = undefined
      for (const chunk of waiting) this.#take(chunk)
    })
    this.#parser?.end()
  }
}
