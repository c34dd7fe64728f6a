/** Processes that perform the runs of a campaign. They are kept, so that each loads the simulator once. */
import { type ChildProcess, fork } from 'node:child_process'
import { TargetError } from '../../errors/errors.js'
import type { AnswerMessage, JobMessage } from './answer-jobs.js'

export interface WorkerPool<Job, Result> {
  /**
   * Waits for a process that has nothing to do, and has it perform the run.
   * @throws Error with what the run threw; TargetError where the process ended under it
   */
  readonly perform: (job: Job) => Promise<Result>
  /** Ends the processes, and with them what they have under way. */
  close(): void
}

/**
 * @param worker the path of the program that calls `answerJobs`: what was built, or a source, which tsx runs
 * @param most processes at once; each is started when there is something to do for it
 */
export function openWorkerPool<Job, Result>(worker: string, most: number): WorkerPool<Job, Result> {
  const processes = new Set<ChildProcess>()
  const idle: ChildProcess[] = []
  const waiting: ((process: ChildProcess) => void)[] = []
  const start = (): ChildProcess => {
    const started = fork(worker, { execArgv: worker.endsWith('.ts') ? ['--import', 'tsx'] : [] })
    processes.add(started)
    started.once('exit', () => {
      processes.delete(started)
      if (idle.includes(started)) idle.splice(idle.indexOf(started), 1)
    })
    return started
  }
  const free = (): Promise<ChildProcess> => {
    const ready = idle.pop() ?? (processes.size < most ? start() : undefined)
    return ready === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(ready)
  }
  return {
    async perform(job) {
      const process = await free()
      const answer = await ask<Job, Result>(process, job)
      const next = waiting.shift()
      if (next === undefined) idle.push(process)
      else next(process)
      if ('failure' in answer) throw new Error(answer.failure)
      return answer.result
    },
    close() {
      for (const each of processes) each.kill('SIGKILL')
    },
  }
}

/** @throws TargetError where it ends before it has answered */
function ask<Job, Result>(process: ChildProcess, job: Job): Promise<AnswerMessage<Result>> {
  return new Promise((resolve, reject) => {
    const answered = (message: AnswerMessage<Result>) => {
      process.off('exit', ended)
      resolve(message)
    }
    const ended = (status: number | null, signal: NodeJS.Signals | null) => {
      process.off('message', answered)
      const how = signal ?? `status ${status}`
      reject(
        new TargetError(
          `a process that performs runs was ended (${how}), perhaps for want of memory; give --at-once a smaller number`,
        ),
      )
    }
    process.once('message', answered)
    process.once('exit', ended)
    const message: JobMessage<Job> = { job }
    // Where it has ended already, 'exit' says so.
    process.send(message as object, () => {})
  })
}
