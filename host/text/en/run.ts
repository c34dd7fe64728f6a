/** What is said of a check by whoever runs it. */
export const RUN = {
  'run.interrupted': 'the run was interrupted',
  'run.gone': 'the board does not answer any more',
  'run.time-limit': 'the time limit ran out before',
  'run.needs-failed': ({ check }: { readonly check: string }) => `needs ${check}, which failed`,
  'run.needs-skipped': ({ check }: { readonly check: string }) => `needs ${check}, which was skipped`,
  'run.too-long': ({ seconds }: { readonly seconds: number }) => `nothing came of it within ${seconds} s`,
  'run.too-slow': ({ waited, elapsed, worst, reason }: Slowness) =>
    `this computer was too slow: it kept linkpulse waiting for ${waited} of ${elapsed} ms (${worst} at once), so that what was found says nothing about the board (${reason}); end other programs, then check again`,
  'run.too-slow-queued': ({ waited, elapsed, worst, queued, reason }: Slowness & { readonly queued: string }) =>
    `this computer was too slow: it kept linkpulse waiting for ${waited} of ${elapsed} ms (${worst} at once), and programs queued for a processor for ${queued} ms, so that what was found says nothing about the board (${reason}); end other programs, then check again`,
  'run.out-of-limits': ({ figure, found, limit }: OutOfLimits) => `${figure}: ${found}, should be ${limit}`,
  'run.out-of-limits-more': ({ figure, found, limit, more }: OutOfLimits & { readonly more: number }) =>
    `${figure}: ${found}, should be ${limit} (and ${more} more)`,
}

/** Times in whole milliseconds, and what would have been said of the board. */
export interface Slowness {
  readonly waited: string
  readonly elapsed: string
  readonly worst: string
  readonly reason: string
}

export interface OutOfLimits {
  readonly figure: string
  readonly found: string
  readonly limit: string
}
