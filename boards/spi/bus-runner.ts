/**
 * Runs SPI programs on wires that are here, on a clock. Timed, each transfer takes its time on the bus and acts at the
 * instant of its last bit; untimed, it acts at once, which is what a simulation for speed wants. Waits are always waited.
 */
import { SECOND } from '../../firmware/hal/clock.js'
import type { SpiBus, SpiOutcome, SpiProgram, SpiRunner, SpiStep, SpiTransfer } from '../../firmware/hal/spi.js'
import type { Alarm, Scheduler } from '../simulation/scheduler.js'

export interface BusRunnerOptions {
  readonly clock: Scheduler
  readonly bus: SpiBus
  /** SCK in hertz. */
  readonly clockRate: number
  /** Between two chip select frames: what the controller needs to raise and lower CS and to load the next octet, in ns. */
  readonly overhead?: number
  readonly timed?: boolean
}

interface Job {
  readonly program: SpiProgram<unknown>
  readonly settle: (outcome: SpiOutcome<unknown>) => void
}

const NO_REPLIES: readonly Uint8Array[] = []
const NO_TRANSFERS: readonly SpiTransfer[] = []

/** Untimed steps in a row without a wait; a program that makes more polls something that cannot change. */
const STEPS_AT_ONE_INSTANT = 10_000

export class BusRunner implements SpiRunner {
  timed: boolean
  /** SCK in hertz, for the next transfer. */
  clockRate: number
  readonly #bus: SpiBus
  readonly #overhead: number
  readonly #queue: Job[] = []
  #job: Job | undefined
  /** What the job that runs asked for, and what came of it so far. */
  #batch: readonly SpiTransfer[] = NO_TRANSFERS
  #replies: Uint8Array[] = []
  #done = 0
  /** The end of the transfer under way, and of a wait. Made once: a frame takes some thirty transfers. */
  readonly #transferred: Alarm
  readonly #waited: Alarm
  #pumping = false
  #transfers = 0
  #octets = 0

  constructor(options: BusRunnerOptions) {
    if (!(options.clockRate > 0))
      throw new RangeError(`an SPI clock is a number of hertz above 0; got ${options.clockRate}`)
    this.#transferred = options.clock.alarm(() => this.#next())
    this.#waited = options.clock.alarm(() => this.#resume(NO_REPLIES))
    this.#bus = options.bus
    this.clockRate = options.clockRate
    this.#overhead = options.overhead ?? 1_000
    this.timed = options.timed ?? true
  }

  /** Chip select frames made since the beginning. */
  get transfers(): number {
    return this.#transfers
  }

  /** Octets clocked, both directions counted once. */
  get octets(): number {
    return this.#octets
  }

  get busy(): boolean {
    return this.#job !== undefined
  }

  run<T>(program: SpiProgram<T>, settle: (outcome: SpiOutcome<T>) => void): void {
    this.#queue.push({ program, settle } as Job)
    this.#pump()
  }

  /** Ends the program that runs and all that wait, each with this error: the controller lost its supply or was reset. */
  abort(error: Error): void {
    this.#transferred.clear()
    this.#waited.clear()
    const jobs = this.#job === undefined ? this.#queue.splice(0) : [this.#job, ...this.#queue.splice(0)]
    this.#job = undefined
    for (const job of jobs) job.settle({ ok: false, error })
  }

  /** Bus time of one chip select frame, in nanoseconds. */
  duration(octets: number): number {
    return Math.ceil((octets * 8 * SECOND) / this.clockRate) + this.#overhead
  }

  /** Takes programs from the queue while nothing runs; never nested, however much a `settle` queues. */
  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    while (this.#job === undefined) {
      const next = this.#queue.shift()
      if (next === undefined) break
      this.#job = next
      this.#advance(next, NO_REPLIES)
    }
    this.#pumping = false
  }

  /** Hands replies to the program and does what it asks, until it settles or time must pass first. */
  #advance(job: Job, replies: readonly Uint8Array[]): void {
    let answer = replies
    for (let steps = 0; ; steps++) {
      let result: IteratorResult<SpiStep, unknown>
      try {
        if (steps > STEPS_AT_ONE_INSTANT) {
          throw new Error('an SPI program polls without ever waiting; add a wait to its loop')
        }
        result = job.program.next(answer)
      } catch (error) {
        this.#settle(job, { ok: false, error: error instanceof Error ? error : new Error(String(error)) })
        return
      }
      if (result.done) {
        this.#settle(job, { ok: true, value: result.value })
        return
      }
      const step = result.value
      if ('wait' in step) {
        this.#waited.set(step.wait)
        return
      }
      const { transfers } = step
      if (this.timed && transfers.length > 0) {
        this.#batch = transfers
        this.#replies = new Array(transfers.length)
        this.#done = 0
        this.#transfer(transfers[0])
        return
      }
      const collected: Uint8Array[] = new Array(transfers.length)
      for (let i = 0; i < transfers.length; i++) collected[i] = this.#exchange(transfers[i])
      if (this.#job !== job) return // aborted by what a transfer set off
      answer = collected
    }
  }

  #transfer(transfer: SpiTransfer): void {
    this.#transferred.set(this.duration(transfer.write.length + transfer.read))
  }

  /** The time of a transfer is over: it acts now, and the next one begins. */
  #next(): void {
    const job = this.#job
    const batch = this.#batch
    const reply = this.#exchange(batch[this.#done])
    if (this.#job !== job) return // aborted by what the transfer set off
    this.#replies[this.#done++] = reply
    if (this.#done < batch.length) this.#transfer(batch[this.#done])
    else this.#resume(this.#replies)
  }

  #exchange(transfer: SpiTransfer): Uint8Array {
    this.#transfers++
    this.#octets += transfer.write.length + transfer.read
    return this.#bus.transfer(transfer.write, transfer.read)
  }

  #resume(replies: readonly Uint8Array[]): void {
    if (this.#job !== undefined) this.#advance(this.#job, replies)
    this.#pump()
  }

  #settle(job: Job, outcome: SpiOutcome<unknown>): void {
    // Free first: `settle` may queue the next program, or abort everything.
    if (this.#job === job) this.#job = undefined
    job.settle(outcome)
  }
}
