/** A simulated line's end behind a pseudo-terminal: what a program writes to the port goes down the line, and back. */
import { type Clock, SECOND } from '../../../firmware/hal/clock.js'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'
import { PseudoTerminal } from './pty.js'

const BITS_PER_OCTET = 10

export class PtyBridge {
  readonly pty: PseudoTerminal
  readonly #line: SerialLine
  readonly #clock: Clock
  /** What waits until octets before a change of rate have left: octets, or the next rate. */
  readonly #held: (Uint8Array | number)[] = []
  #draining = false

  /**
   * @param line the host's end of the line
   * @param clock the line's clock
   * @param enter hands what comes from outside to the simulation, at the instant it shall happen
   */
  constructor(line: SerialLine, clock: Clock, enter: (input: () => void) => void) {
    this.#line = line
    this.#clock = clock
    this.pty = new PseudoTerminal({ baud: line.baud })
    this.pty.handleOctets = (octets) => enter(() => this.#take(octets))
    // A program that opens the port at another rate hears what a real port would let it hear. On macOS a
    // pseudo-terminal refuses rates above 230400, so there the rate says nothing about what the program wants.
    if (process.platform !== 'darwin') this.pty.handleBaud = (baud) => enter(() => this.#take(baud))
    line.handleOctets = (octets) => this.pty.write(octets)
  }

  /** What a program wrote that has not left for the board goes with it: the next begins with nothing. */
  discard(): void {
    this.pty.discard()
    this.#held.length = 0
    this.#line.flush?.()
    this.pty.noticeBaud()
  }

  /** The path that other programs open. */
  get path(): string {
    return this.pty.path
  }

  close(): void {
    this.pty.close()
  }

  #take(what: Uint8Array | number): void {
    this.#held.push(what)
    if (!this.#draining) this.#next()
  }

  /** A UART finishes what it was given before it changes its rate, as tcdrain(3) promises of a real port. */
  #next(): void {
    this.#draining = false
    while (this.#held.length > 0) {
      const head = this.#held[0]
      if (typeof head === 'number' && this.#line.pending > 0) {
        this.#draining = true
        const wait = (this.#line.pending * BITS_PER_OCTET * SECOND) / this.#line.baud
        this.#clock.after(Math.ceil(wait), () => this.#next())
        return
      }
      this.#held.shift()
      if (typeof head === 'number') this.#line.setBaud(head)
      else this.#line.write(head)
    }
  }
}
