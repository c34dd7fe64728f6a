/** Runs SPI programs across a serial line: every step of transfers goes out as one burst of serprog, without waiting. */
import type { Clock, Timer } from '../hal/clock.js'
import type { SpiOutcome, SpiProgram, SpiRunner, SpiStep, SpiTransfer } from '../hal/spi.js'
import { type SerprogClient, SPI_OPERATION_OCTETS } from './serprog-client.js'

const DEFAULT_TIME_LIMIT = 5_000_000_000

interface Job {
  readonly program: SpiProgram<unknown>
  readonly settle: (outcome: SpiOutcome<unknown>) => void
}

export interface RemoteSpiOptions {
  readonly clock: Clock
  readonly client: SerprogClient
  /** Octets of replies, and of commands behind them, that the board can hold. Infinity: any number. */
  readonly credit?: () => number
  /** Nanoseconds without a reply after which a step fails. */
  readonly timeLimit?: number
  /** A step failed by its time limit: replies that come later can no longer be told apart. Begin a new session here. */
  readonly onLost?: () => void
}

export class RemoteSpiRunner implements SpiRunner {
  readonly #options: RemoteSpiOptions
  readonly #queue: Job[] = []
  #job: Job | undefined
  #transfers: readonly SpiTransfer[] = []
  #replies: Uint8Array[] = []
  #sent = 0
  #timer: Timer | undefined
  /** Grows with each step, so that a reply to a step that failed is recognised. */
  #step = 0
  /** Round trips made: steps of transfers. */
  roundTrips = 0

  constructor(options: RemoteSpiOptions) {
    this.#options = options
  }

  /** Programs queued or running. */
  get pending(): number {
    return this.#queue.length + (this.#job === undefined ? 0 : 1)
  }

  run<T>(program: SpiProgram<T>, settle: (outcome: SpiOutcome<T>) => void): void {
    this.#queue.push({ program, settle: settle as (outcome: SpiOutcome<unknown>) => void })
    if (this.#job === undefined) this.#next()
  }

  /** Ends the program that runs, and all that wait behind it: each fails with this. What is under way on the bus ends by itself. */
  abandon(error: Error): void {
    const job = this.#job
    const all = job === undefined ? this.#queue.splice(0) : [job, ...this.#queue.splice(0)]
    if (job !== undefined) {
      this.#step++
      this.#clearTimer()
      this.#job = undefined
    }
    for (const { settle } of all) settle({ ok: false, error })
  }

  #next(): void {
    this.#job = this.#queue.shift()
    if (this.#job !== undefined) this.#advance((program) => program.next([]))
  }

  /** Lets the program take its next step, with replies or with an error. */
  #advance(resume: (program: SpiProgram<unknown>) => IteratorResult<SpiStep, unknown>): void {
    const job = this.#job!
    this.#clearTimer()
    let result: IteratorResult<SpiStep, unknown>
    try {
      result = resume(job.program)
    } catch (error) {
      this.#finish(job, { ok: false, error: error instanceof Error ? error : new Error(String(error)) })
      return
    }
    if (result.done) this.#finish(job, { ok: true, value: result.value })
    else this.#take(result.value)
  }

  #finish(job: Job, outcome: SpiOutcome<unknown>): void {
    this.#job = undefined
    job.settle(outcome)
    if (this.#job === undefined) this.#next()
  }

  #take(step: SpiStep): void {
    this.#step++
    if ('wait' in step || step.transfers.length === 0) {
      const wait = 'wait' in step ? step.wait : 0
      this.#timer = this.#options.clock.after(wait, () => this.#advance((program) => program.next([])))
      return
    }
    this.roundTrips++
    this.#transfers = step.transfers
    this.#replies = []
    this.#sent = 0
    this.#watch()
    this.#feed()
  }

  /** Sends transfers as far as the board's room for replies goes. */
  #feed(): void {
    const { client, credit } = this.#options
    const step = this.#step
    while (step === this.#step && this.#sent < this.#transfers.length) {
      const { write, read } = this.#transfers[this.#sent]
      if (credit !== undefined && !client.fits(SPI_OPERATION_OCTETS + write.length, credit())) return
      const index = this.#sent++
      client.transfer(write, read, (reply) => {
        if (step !== this.#step) return
        if (reply.ok) this.#reply(reply.results)
        else
          this.#fail(new Error(`SPI operation ${index + 1} of ${this.#transfers.length}: ${EXPLANATION[reply.error]}`))
      })
    }
  }

  #reply(octets: Uint8Array): void {
    this.#replies.push(octets)
    if (this.#replies.length === this.#transfers.length) {
      const replies = this.#replies
      this.#step++
      this.#advance((program) => program.next(replies))
      return
    }
    this.#watch()
    this.#feed()
  }

  #fail(error: Error): void {
    this.#step++
    this.#advance((program) => program.throw(error))
  }

  #watch(): void {
    this.#clearTimer()
    this.#timer = this.#options.clock.after(this.#options.timeLimit ?? DEFAULT_TIME_LIMIT, () => {
      this.#step++
      this.#options.client.reset()
      this.#options.onLost?.()
      this.#fail(new Error('the board did not answer an SPI operation in time'))
    })
  }

  #clearTimer(): void {
    this.#options.clock.cancel(this.#timer)
    this.#timer = undefined
  }
}

const EXPLANATION = {
  refused: 'the board refused it (NAK); a controller lends its chip only after a bridge request',
  garbled: 'the board answered what is not serprog',
  unknown: 'the board began a new session; whether the operation was carried out is unknown',
} as const
