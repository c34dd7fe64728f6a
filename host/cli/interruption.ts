/** Ctrl-C, and what else asks a program to end: the first time it ends what it does in good order, the second time at once. */
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** It was ended from outside (exit status 128 and the signal's number, as a shell has it). */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
  constructor(
    readonly exitStatus: number,
    message = 'interrupted',
  ) {
    super(message)
  }
}

export class Interruption {
  readonly #controller = new AbortController()
  readonly #stop = (name: NodeJS.Signals): void => {
    this.end()
    this.#controller.abort(new InterruptedError(128 + constants.signals[name]))
  }

  /** Listens until `end`. */
  constructor() {
    for (const name of SIGNALS) process.on(name, this.#stop)
  }

  /** Aborted by the first signal; its reason is an `InterruptedError`. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** @throws InterruptedError with what has become of the work, when there was a signal */
  check(whatIsLeft: string): void {
    if (this.signal.aborted) throw new InterruptedError(this.signal.reason.exitStatus, `interrupted: ${whatIsLeft}`)
  }

  /** From here on a signal does what it does to any program. */
  end(): void {
    for (const name of SIGNALS) process.removeListener(name, this.#stop)
  }
}
