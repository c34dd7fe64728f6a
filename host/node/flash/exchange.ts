/** Questions and answers on a serial port: octets out, a known number of octets back, or nothing in time. */
import type { SerialPortStream } from '@serialport/stream'
import type { Clock } from '../../../firmware/hal/clock.js'

/** Nothing, or not enough, came back in time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
  constructor(
    readonly wanted: number,
    readonly got: Uint8Array,
  ) {
    super(`the board answered with ${got.length} of ${wanted} octets`)
  }
}

/** What was received, or what came of it in time. */
export async function whatCame(received: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await received
  } catch (error) {
    if (error instanceof NoAnswerError) return error.got
    throw error
  }
}

export class FlashExchange {
  readonly #port: SerialPortStream
  readonly #clock: Clock
  readonly #listener = (chunk: Buffer): void => this.#take(chunk)
  #input: number[] = []
  #wanted = 0
  #wake: (() => void) | undefined

  constructor(port: SerialPortStream, clock: Clock) {
    this.#port = port
    this.#clock = clock
    port.on('data', this.#listener)
  }

  detach(): void {
    this.#port.off('data', this.#listener)
  }

  /** Forgets what has come in so far. */
  discard(): void {
    this.#input = []
  }

  send(octets: Uint8Array | readonly number[]): void {
    this.#port.write(Buffer.from(octets))
  }

  /**
   * @param timeout nanoseconds to wait
   * @throws NoAnswerError with what did come, which is then forgotten
   */
  async receive(count: number, timeout: number): Promise<Uint8Array> {
    this.#wanted = count
    if (this.#input.length < count) {
      await new Promise<void>((resolve) => {
        const timer = this.#clock.after(timeout, resolve)
        this.#wake = () => {
          this.#clock.cancel(timer)
          resolve()
        }
      })
      this.#wake = undefined
    }
    if (this.#input.length < count) {
      const got = Uint8Array.from(this.#input)
      this.#input = []
      throw new NoAnswerError(count, got)
    }
    return Uint8Array.from(this.#input.splice(0, count))
  }

  #take(chunk: Uint8Array): void {
    for (const octet of chunk) this.#input.push(octet)
    if (this.#input.length >= this.#wanted) this.#wake?.()
  }
}
