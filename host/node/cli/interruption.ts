/** Ctrl-C, and what else asks a program to end: the first time it ends what it does in good order, the second time at once. */
import { constants } from 'node:os'
import { turn } from '../../event-loop.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** It was ended from outside (exit status 128 and the signal's number, as a shell has it). */
class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
  constructor(
    readonly exitStatus: number,
    message = 'interrupted',
  ) {
    super(message)
  }
}

/** What `work` comes to, or the signal's reason when it is aborted before. What `work` stands on is to be closed then. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Something that takes a while to open: where that comes after the signal, it is closed again. */
export function openedUnlessAborted<T extends { close(): Promise<void> }>(
  signal: AbortSignal,
  opening: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    opening.then((opened) => {
      if (!signal.aborted) resolve(opened)
      else opened.close().catch(reject)
    }, reject)
  })
}

/** Does something that may take long; the first signal ends it. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new Interruption()
  const { signal } = interruption
  try {
    const done = await work(signal)
    // A signal that came while the event loop had no turn is told in the next one, and lost where nobody listens any more.
    await turn()
    signal.throwIfAborted()
    return done
  } finally {
    interruption.end()
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
