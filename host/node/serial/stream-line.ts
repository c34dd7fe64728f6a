/** serialport's stream as the `SerialLine` that the serial link knows. */
import type { SerialPortStream } from '@serialport/stream'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'

/**
 * Octets go out through the stream in order; a change of rate waits until those before it have left the port, and holds
 * back those after it until it has taken effect. Line errors are not known here: the operating system keeps them.
 */
export class StreamLine implements SerialLine {
  handleOctets: ((octets: Uint8Array, errors?: Uint8Array) => void) | undefined
  /** Is called when the port refused a write or a rate. */
  onError: ((error: Error) => void) | undefined
  /** Octets written while the port was closed: they went nowhere. */
  readonly counters = { closedOctets: 0 }

  readonly #port: SerialPortStream
  #baud: number
  /** What waits for a change of rate: octets, or the next rate. */
  readonly #held: (Uint8Array | number)[] = []
  #changing = false

  /** @param port an open port. Octets that come in are handed on by whoever reads it, through `receive`. */
  constructor(port: SerialPortStream) {
    this.#port = port
    this.#baud = port.baudRate
  }

  get baud(): number {
    return this.#baud
  }

  get pending(): number {
    let held = 0
    for (const entry of this.#held) if (typeof entry !== 'number') held += entry.length
    return this.#port.writableLength + held
  }

  setBaud(baud: number): void {
    this.#baud = baud
    this.#held.push(baud)
    if (!this.#changing) this.#next()
  }

  write(octets: Uint8Array): void {
    if (!this.#port.isOpen) this.counters.closedOctets += octets.length
    else if (this.#changing) this.#held.push(octets.slice())
    else this.#port.write(Buffer.from(octets))
  }

  /** Hands on octets that the port delivered. */
  receive(octets: Uint8Array): void {
    this.handleOctets?.(octets)
  }

  #next(): void {
    this.#changing = false
    while (this.#held.length > 0) {
      const entry = this.#held.shift()!
      if (typeof entry !== 'number') {
        this.write(entry)
        continue
      }
      this.#changing = true
      this.#port.drain((drained) => {
        if (drained) return this.#refused(drained)
        this.#port.update({ baudRate: entry }, (updated) => {
          if (updated) return this.#refused(updated)
          this.#next()
        })
      })
      return
    }
  }

  #refused(error: Error): void {
    this.onError?.(error)
    this.#next()
  }
}
