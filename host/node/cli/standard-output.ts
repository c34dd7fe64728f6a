/**
 * Standard output as it may be: a pipe whose reader goes away, a file on a disk that fills up. Neither ends a command that
 * has more to do than to print: reports are written, and the exit status is the true one.
 */

const gone = new AbortController()

/** Aborted once nobody reads what is printed any more (`linkpulse boards | head -1`): no error, and no reason for noise. */
export const readerGone: AbortSignal = gone.signal

let unwritten: Error | undefined

/** Why something that was printed was lost, other than that nobody wanted it; undefined while nothing was. */
export function lostOutput(): Error | undefined {
  return unwritten
}

/** Listens for errors of both outputs, which would end the process otherwise. */
export function watchStandardOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') gone.abort()
    else unwritten ??= error
  })
  // There is nobody left to whom it could be said.
  process.stderr.on('error', () => {})
}
