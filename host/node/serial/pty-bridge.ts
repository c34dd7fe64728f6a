/** A simulated line's end behind a pseudo-terminal: what a program writes to the port goes down the line, and back. */
import { type Clock, MILLISECOND, SECOND, type Timer } from '../../../firmware/hal/clock.js'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'
import { PseudoTerminal } from './pty.js'

const BITS_PER_OCTET = 10
/** Octets kept of what a program writes until the line has room, as many as a kernel keeps for a port of its own. */
export const HELD_LIMIT = 4_096
/**
 * A change of rate waits for octets before it, and for no longer than this: what has not left by then is thrown away, as Linux does with
 * what a program leaves behind that closes a port (setserial(8): closing_wait). Else the next one would be kept from it for minutes.
 */
const LONGEST_DRAIN = 30 * SECOND
/** Between two looks whether the line has caught up. */
const SHORTEST_LOOK = 1 * MILLISECOND
const LONGEST_LOOK = 20 * MILLISECOND

export class PtyBridge {
  readonly pty: PseudoTerminal
  readonly #line: SerialLine
  readonly #clock: Clock
  /** What waits until octets before a change of rate have left: octets, or the next rate. */
  readonly #held: (Uint8Array | number)[] = []
  #draining = false
  /** When the change of rate that is next has waited for long enough. */
  #drainedAt: number | undefined
  #heldOctets = 0
  #restrains: boolean
  /** While the program is made to wait. */
  #look: Timer | undefined

  /**
   * @param line the host's end of the line
   * @param clock the line's clock
   * @param enter hands what comes from outside to the simulation, at the instant it shall happen
   * @param restrains a program that is faster than the line is made to wait, as at a port of the operating system: where time passes
   *   by itself, or the line would never catch up
   */
  constructor(line: SerialLine, clock: Clock, enter: (input: () => void) => void, restrains = false) {
    this.#restrains = restrains
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
    this.#heldOctets = 0
    this.#drainedAt = undefined
    this.#line.flush?.()
    this.#resumePty()
    this.pty.noticeBaud()
  }

  /** The path that other programs open. */
  get path(): string {
    return this.pty.path
  }

  /** Whether a program is made to wait; not where somebody else says when time passes. */
  set restrains(on: boolean) {
    this.#restrains = on
    if (on) this.#restrain()
    else this.#resumePty()
  }

  close(): void {
    this.#clock.cancel(this.#look)
    this.pty.close()
  }

  /** Octets that wait for the line. */
  get #waiting(): number {
    return this.#line.pending + this.#heldOctets
  }

  #restrain(): void {
    if (!this.#restrains || this.#look !== undefined || this.#waiting < HELD_LIMIT) return
    this.pty.pause()
    this.#lookLater()
  }

  #lookLater(): void {
    const surplus = this.#waiting - HELD_LIMIT / 2
    const wait = Math.ceil((surplus * BITS_PER_OCTET * SECOND) / this.#line.baud)
    this.#look = this.#clock.after(Math.min(LONGEST_LOOK, Math.max(SHORTEST_LOOK, wait)), () => {
      if (this.#waiting < HELD_LIMIT / 2) this.#resumePty()
      else this.#lookLater()
    })
  }

  #resumePty(): void {
    if (this.#look === undefined) return
    this.#clock.cancel(this.#look)
    this.#look = undefined
    this.pty.resume()
  }

  #take(what: Uint8Array | number): void {
    this.#held.push(what)
    if (typeof what !== 'number') this.#heldOctets += what.length
    if (!this.#draining) this.#next()
    this.#restrain()
  }

  /** A UART finishes what it was given before it changes its rate, as tcdrain(3) promises of a real port. */
  #next(): void {
    this.#draining = false
    while (this.#held.length > 0) {
      const head = this.#held[0]
      if (typeof head === 'number' && this.#line.pending > 0) {
        const { now } = this.#clock
        this.#drainedAt ??= now + LONGEST_DRAIN
        const wait = Math.ceil((this.#line.pending * BITS_PER_OCTET * SECOND) / this.#line.baud)
        if (now < this.#drainedAt) {
          this.#draining = true
          this.#clock.after(Math.min(wait, this.#drainedAt - now), () => this.#next())
          return
        }
        this.#line.flush?.()
      }
      this.#held.shift()
      if (typeof head === 'number') {
        this.#drainedAt = undefined
        this.#line.setBaud(head)
        continue
      }
      this.#heldOctets -= head.length
      this.#line.write(head)
    }
  }
}
