/**
 * What Node computes in other threads for a program: files, keys, compression. How long that takes is the machine's affair, and no part of a
 * simulation; so virtual time waits for it, as it waits for what the program itself computes. Node tells of each job as it begins and as its result
 * comes (async_hooks); of a compressor alone it tells only the latter, so what its handle is given to do is counted there.
 */
import { createHook } from 'node:async_hooks'
import { createGzip } from 'node:zlib'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { type Monotonic, monotonic } from '../../event-loop.js'

/** Node's names for jobs that end by themselves (those of crypto all end in REQUEST). */
const JOBS = /^(FSREQCALLBACK|FSREQPROMISE|FILEHANDLECLOSEREQ|GETADDRINFOREQWRAP|GETNAMEINFOREQWRAP)$|REQUEST$/
/** What takes longer is no computation: somebody reads a pipe by `fs.read`, say. */
const LONGEST = 10 * SECOND

interface Job {
  readonly since: number
  /** Of crypto: without `ondone` it was a synchronous call, and is over. */
  readonly resource: { readonly ondone?: unknown } | undefined
}

interface ZlibHandle {
  write(...given: unknown[]): unknown
  getAsyncId(): number
}

class Jobs {
  readonly #running = new Map<number, Job>()
  readonly #clock: Monotonic
  #waiting: (() => void)[] = []

  constructor(clock: Monotonic) {
    this.#clock = clock
  }

  begin(id: number, resource?: Job['resource']): void {
    this.#running.set(id, { since: this.#clock(), resource })
  }

  end(id: number): void {
    if (!this.#running.delete(id) || this.#running.size > 0) return
    for (const go of this.#waiting.splice(0)) go()
  }

  /** Some are under way. */
  get areRunning(): boolean {
    if (this.#running.size === 0) return false
    const now = this.#clock()
    for (const [id, { since, resource }] of this.#running) {
      const isSynchronous = resource !== undefined && typeof resource.ondone !== 'function'
      if (isSynchronous || now - since > LONGEST) this.#running.delete(id)
    }
    return this.#running.size > 0
  }

  /** Resolves when none is under way any more, or one takes too long. */
  async areOver(): Promise<void> {
    if (!this.areRunning) return
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, LONGEST / MILLISECOND)
      this.#waiting.push(() => {
        clearTimeout(limit)
        resolve()
      })
    })
  }
}

let known: Jobs | undefined

/** Those of this process; they are counted from the first call on. */
export function jobsOfNode(): Jobs {
  if (known !== undefined) return known
  const jobs = new Jobs(monotonic)
  known = jobs
  createHook({
    init(id, type, _trigger, resource) {
      if (!JOBS.test(type)) return
      jobs.begin(id, type.endsWith('REQUEST') ? (resource as Job['resource']) : undefined)
    },
    before: (id) => jobs.end(id),
  }).enable()
  const gzip = createGzip()
  const handle = (gzip as unknown as { readonly _handle: ZlibHandle })._handle
  const prototype = Object.getPrototypeOf(handle) as ZlibHandle
  const { write } = prototype
  prototype.write = function (this: ZlibHandle, ...given) {
    jobs.begin(this.getAsyncId())
    return Reflect.apply(write, this, given)
  }
  gzip.close()
  return jobs
}
