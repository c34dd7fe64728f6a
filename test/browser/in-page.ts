/** On a page: does a run there, or in a worker that is made from a Blob, as a page must that was opened from a file. */
import { RUNS, type RunOptions, type RunOutcome } from './runs.js'

/** The bundle of `in-worker.ts`, as text. */
declare const WORKER_SOURCE: string
/** A page has it; the types of the tests are Node's. */
declare const Worker: new (
  url: string,
) => {
  onmessage: (message: { readonly data: { readonly outcome?: RunOutcome; readonly error?: string } }) => void
  onerror: (event: { readonly message: string }) => void
  postMessage(request: unknown): void
  terminate(): void
}

async function inPage(name: string, options: RunOptions): Promise<RunOutcome> {
  return RUNS[name](options)
}

async function inWorker(name: string, options: RunOptions): Promise<RunOutcome> {
  const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }))
  const worker = new Worker(url)
  try {
    return await new Promise<RunOutcome>((resolve, reject) => {
      worker.onmessage = ({ data: { outcome, error } }) =>
        outcome === undefined ? reject(new Error(error)) : resolve(outcome)
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage({ name, options })
    })
  } finally {
    worker.terminate()
    URL.revokeObjectURL(url)
  }
}

/** What the test calls. */
export const PAGE_DOORS = { inPage, inWorker }
export type Place = keyof typeof PAGE_DOORS

Object.assign(globalThis, { PAGE_DOORS })
