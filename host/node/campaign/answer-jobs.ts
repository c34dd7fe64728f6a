/** The other end of `pool.ts`: what a process of the pool does. */

/** To a process of the pool: one run. */
export interface JobMessage<Job> {
  readonly job: Job
}

/** Back from it: what came of the run, or why nothing did. */
export type AnswerMessage<Result> = { readonly result: Result } | { readonly failure: string }

/** Performs one run after the other as they are sent, until the process that sends them ends or closes the channel. */
export function answerJobs<Job, Result>(perform: (job: Job) => Promise<Result>): void {
  // Ctrl-C goes to every process of the terminal: when a run is given up is for the campaign to say.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  process.on('disconnect', () => process.exit())
  process.on('message', ({ job }: JobMessage<Job>) => {
    const answer = (message: AnswerMessage<Result>) => process.send?.(message)
    perform(job).then(
      (result) => answer({ result }),
      (error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }),
    )
  })
}
