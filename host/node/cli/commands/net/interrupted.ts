/** Until a person, a script or a time limit ends it. */

// the terminal went away: nobody is left to interrupt us
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface RunEnd {
  /** Resolves on SIGINT, SIGTERM or SIGHUP, or when `seconds` are over. */
  readonly over: Promise<void>
  /** From now on a signal ends the process again. */
  release(): void
}

/** From here on a signal ends the command cleanly. */
export function runEnd(seconds?: number): RunEnd {
  let stop: () => void = () => {}
  const over = new Promise<void>((resolve) => {
    stop = resolve
  })
  const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1_000)
  for (const name of SIGNALS) process.on(name, stop)
  return {
    over,
    release() {
      clearTimeout(timer)
      for (const name of SIGNALS) process.removeListener(name, stop)
    },
  }
}
