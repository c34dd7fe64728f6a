/** In a worker: does each run it is sent, and sends back what came of it. */
import { RUNS, type RunOptions } from './runs.js'

/** A worker's own globals; the types of the tests are Node's. */
declare const self: {
  onmessage: (message: { readonly data: { readonly name: string; readonly options: RunOptions } }) => void
  postMessage(answer: unknown): void
}

self.onmessage = async ({ data: { name, options } }) => {
  try {
    self.postMessage({ outcome: await RUNS[name](options) })
  } catch (error) {
    self.postMessage({ error: (error as Error).stack })
  }
}
