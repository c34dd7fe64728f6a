/**
 * The receive side of a USART behind its sampling: a buffer of two characters, a third complete in the shift register, and
 * what is lost when a fourth begins (DS40002061B 20.8.4).
 */
import { LINE_OVERRUN } from '../../firmware/hal/serial-line.js'

export interface BufferedCharacter {
  readonly octet: number
  /** LINE_ flags, as the status register shows them while this character is in front. */
  readonly flags: number
}

export class UartReceiveBuffer {
  readonly #buffer: BufferedCharacter[] = []
  /** Complete in the shift register, waiting for room. */
  #waiting: BufferedCharacter | undefined
  /** When `#waiting` last moved on: a start bit before that instant had already cost it. */
  #freedAt = -1
  #lost = false
  /** Characters lost because nobody read. */
  overrun = 0

  /** The character in front, which a read of the data register takes; its flags are read before it (20.7.3). */
  get front(): BufferedCharacter | undefined {
    return this.#buffer[0]
  }

  /**
   * A character has come in whole.
   * @param startedAt when its start bit was seen: with buffer and shift register full, it costs what is in the register.
   */
  receive(octet: number, flags: number, startedAt: number): void {
    if (this.#waiting !== undefined && startedAt >= this.#freedAt) {
      this.#waiting = undefined
      this.#lost = true
      this.overrun++
    }
    const character = { octet, flags: flags | (this.#lost ? LINE_OVERRUN : 0) }
    this.#lost = false
    if (this.#buffer.length < 2) this.#buffer.push(character)
    else this.#waiting = character
  }

  /** Reads the data register at an instant. @returns undefined when nothing has been received. */
  read(now: number): BufferedCharacter | undefined {
    const front = this.#buffer.shift()
    if (front !== undefined && this.#waiting !== undefined) {
      this.#buffer.push(this.#waiting)
      this.#waiting = undefined
      this.#freedAt = now
    }
    return front
  }

  /** The receiver is switched off: what it held is gone. */
  clear(): void {
    this.#buffer.length = 0
    this.#waiting = undefined
    this.#lost = false
  }
}
