/**
 * A simulated board behind a real pseudo-terminal, in lockstep: virtual time stands still while an octet is inside the
 * kernel. The port is opened and read as any other, and yet the run does not depend on how fast or how busy the machine
 * is, which real-time pacing cannot promise.
 *
 * Both ends of the terminal are in this process, so what is inside the kernel is known: what one end wrote and the other
 * has not read.
 */
import type { BindingInterface, OpenOptions, PortInfo } from '@serialport/bindings-interface'
import { TargetError } from '../../errors/errors.js'
import { later, turn } from '../../event-loop.js'
import { CountedBinding, type CountedPort } from './counted-port.js'
import type { PseudoTerminal } from './pty.js'

/** Real time that octets may take through the kernel; more means that something else reads or writes the terminal. */
const TIMEOUT_MILLISECONDS = 60_000

/** A binding whose port is in lockstep with the terminal's other end, which is in this process as well. */
export class LockstepBinding implements BindingInterface<CountedPort> {
  readonly #counted: CountedBinding
  readonly #terminal: PseudoTerminal

  constructor(system: BindingInterface, terminal: PseudoTerminal) {
    this.#terminal = terminal
    this.#counted = new CountedBinding(system, () => this.#until(() => !this.#inKernel()))
  }

  list(): Promise<PortInfo[]> {
    return this.#counted.list()
  }

  open(options: OpenOptions): Promise<CountedPort> {
    return this.#counted.open(options)
  }

  /**
   * Resolves when no octet is inside the kernel and no call to it is under way.
   * @throws TargetError when that takes seconds
   */
  quiet(): Promise<void> {
    return this.#until(() => !this.#inKernel() && (this.#counted.port?.calls ?? 0) === 0)
  }

  async #until(condition: () => boolean): Promise<void> {
    if (condition()) return
    let changed = () => {}
    const look = () => changed()
    const unsubscribe = [this.#terminal.onTransfer(look), this.#counted.port?.onChange(look)]
    let isLate = false
    const forget = later(TIMEOUT_MILLISECONDS, () => {
      isLate = true
      changed()
    })
    try {
      while (!condition()) {
        if (isLate) {
          throw new TargetError(
            `octets were lost inside ${this.#terminal.path}: another program has it open; end that program, then try again`,
          )
        }
        // Asleep until then: whoever turns round and round takes the processor from the kernel's thread that carries the octets.
        await new Promise<void>((resolve) => {
          changed = resolve
        })
        // What a stream does with the octets it was handed, asking for the next of them included, comes before the next look.
        await turn()
      }
    } finally {
      forget()
      for (const each of unsubscribe) each?.()
    }
  }

  /** Whether one end has written what the other has not read. A host that does not read is not waited for. */
  #inKernel(): boolean {
    const { port } = this.#counted
    if (port === undefined || !port.isOpen) return false
    const { received, sent } = this.#terminal.counters
    if (port.writtenOctets !== received || this.#terminal.pending > 0) return true
    return port.reading && port.readOctets !== sent
  }
}
