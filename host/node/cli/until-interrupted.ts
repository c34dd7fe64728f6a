/** What serves until somebody ends it. */

/** Resolves on SIGINT or SIGTERM; rejects when `failed` does. */
export function untilInterrupted(failed: Promise<never>): Promise<void> {
  let stop: () => void = () => {}
  const signal = new Promise<void>((resolve) => {
    stop = resolve
  })
  // the terminal went away: nobody is left to interrupt us
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.once(name, stop)
  return Promise.race([signal, failed]).finally(() => {
    for (const name of signals) process.removeListener(name, stop)
  })
}
