/** A simulated line's end behind a pseudo-terminal: what a program writes to the port goes down the line, and back. */
import type { SerialLine } from '../../firmware/hal/serial-line.js'
import type { RealTimePacer } from './pacing.js'
import { PseudoTerminal } from './pty.js'

export class PtyBridge {
  readonly pty: PseudoTerminal
  /** Is called when the terminal failed for good. */
  onError: ((error: Error) => void) | undefined

  /** @param line the host's end of the line; `pacer` keeps its scheduler in step with real time. */
  constructor(line: SerialLine, pacer: RealTimePacer) {
    this.pty = new PseudoTerminal({ baud: line.baud })
    this.pty.onReceive = (octets) => pacer.enter(() => line.write(octets))
    // A program that opens the port at another rate hears what a real port would let it hear. On macOS a
    // pseudo-terminal refuses rates above 230400, so there the rate says nothing about what the program wants.
    if (process.platform !== 'darwin') this.pty.onBaud = (baud) => pacer.enter(() => line.setBaud(baud))
    this.pty.onError = (error) => this.onError?.(error)
    line.onReceive = (octets) => this.pty.write(octets)
  }

  /** The path that other programs open. */
  get path(): string {
    return this.pty.path
  }

  close(): void {
    this.pty.close()
  }
}
