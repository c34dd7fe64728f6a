/**
 * Watches a target while it is used, and writes down what came to the host and what the host did, so that a run can be made again without
 * the target. What is recorded is what crosses the face of a target, whoever made it: octets, rates, circuits, calls of the clock, answers.
 */
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { formatIpv4 } from '../../firmware/net/address.js'
import { encodeText } from '../../firmware/text/utf8.js'
import type { StopSignal } from '../check/stop-signal.js'
import { StrictError, TargetError, TimeLimitError } from '../errors/errors.js'
import { nextTurn } from '../event-loop.js'
import type { LatenessWatch } from '../serial/lateness.js'
import type { CellFinder, HostLine, PortModem } from '../target/host-line.js'
import type { Surroundings } from '../target/surroundings.js'
import type { Target } from '../target/target.js'
import {
  ENTRY,
  type EntryKind,
  encodeJson,
  encodeNumber,
  RECORDING_LIMIT,
  RECORDING_VERSION,
  RecordingWriter,
} from './format.js'
import type { RecordingHeader } from './header.js'

export interface RecorderOptions {
  /** Takes the octets of the file, in order; each array is its own. */
  readonly write: (octets: Uint8Array) => void
  /** The version of the package. */
  readonly linkpulse: string
  /** What the target is, in words. */
  readonly about?: string
  /** What the run is told: plain values. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Ends the run from outside. */
  readonly signal?: StopSignal
  /** Where the line will be spoken to in serprog: the rate at which the programmer is looked for. */
  readonly programmer?: { readonly rate?: number }
  /** Octets, without compression. */
  readonly limit?: number
}

/**
 * What comes to the host, one at a time: all that follows from one has happened before the next. Virtual time stands still meanwhile and
 * needs no help; octets of a real port and calls of a real clock may come in one turn of the event loop.
 */
class Arrivals {
  readonly #waiting: (() => void)[] = []
  #busy = false

  enter(arrival: () => void): void {
    if (this.#busy) this.#waiting.push(arrival)
    else this.#let(arrival)
  }

  #let(arrival: () => void): void {
    this.#busy = true
    nextTurn(() => {
      this.#busy = false
      const next = this.#waiting.shift()
      if (next !== undefined) this.#let(next)
    })
    arrival()
  }
}

class NotedTimer implements Timer {
  timer: Timer | undefined
  constructor(readonly at: number) {}
}

/** As the target's own clock; in real time, it stands still from one arrival to the next. */
class NotedClock implements Clock {
  #asked = 0

  constructor(
    private readonly clock: Clock,
    private readonly recorder: TargetRecorder,
    private readonly isVirtual: boolean,
  ) {}

  get now(): number {
    return this.recorder.now
  }

  after(delay: number, callback: () => void): Timer {
    if (this.isVirtual) {
      return this.clock.after(delay, () => {
        this.recorder.timerCame()
        callback()
      })
    }
    const noted = new NotedTimer(this.now + Math.round(delay))
    const number = this.#asked++
    noted.timer = this.clock.after(Math.max(0, noted.at - this.clock.now), () => {
      this.recorder.arrive(() => {
        if (noted.timer === undefined) return // taken back while it waited for its turn
        noted.timer = undefined
        this.recorder.note(ENTRY.timer, encodeNumber(this.#asked - number))
        callback()
      })
    })
    return noted
  }

  cancel(timer: Timer | undefined): void {
    if (this.isVirtual || timer === undefined) {
      this.clock.cancel(timer)
      return
    }
    if (!(timer instanceof NotedTimer)) throw new TypeError('this timer was not made by this clock')
    this.clock.cancel(timer.timer)
    timer.timer = undefined
  }
}

class NotedLine implements HostLine {
  readonly lead: number
  readonly transit?: number
  readonly reopensForRate?: boolean
  readonly cutCells?: (finder: CellFinder | undefined) => void
  #receive: HostLine['handleOctets']

  constructor(
    private readonly line: HostLine,
    private readonly recorder: TargetRecorder,
  ) {
    this.lead = line.lead
    if (line.transit !== undefined) this.transit = line.transit
    if (line.reopensForRate !== undefined) this.reopensForRate = line.reopensForRate
    if (line.cutCells !== undefined) this.cutCells = (finder) => line.cutCells?.(finder)
  }

  get portCounters(): Readonly<Record<string, number>> | undefined {
    const { portCounters } = this.line
    return portCounters && this.recorder.looked('port counters', { ...portCounters })
  }

  get baud(): number {
    return this.line.baud
  }

  get pending(): number {
    const { pending } = this.line
    if (pending > 0) this.recorder.note(ENTRY.pending, encodeNumber(pending))
    return pending
  }

  setBaud(baud: number): void {
    this.recorder.note(ENTRY.rate, encodeNumber(baud))
    this.line.setBaud(baud)
  }

  write(octets: Uint8Array): void {
    this.recorder.note(ENTRY.sent, octets)
    this.line.write(octets)
  }

  onError(listener: (error: Error) => void): () => void {
    return this.line.onError((error) => {
      this.recorder.arrive(() => {
        this.recorder.noteArrival(ENTRY.refused, encodeText(error.message))
        listener(error)
      })
    })
  }

  get handleOctets(): HostLine['handleOctets'] {
    return this.#receive
  }

  set handleOctets(listener: HostLine['handleOctets']) {
    this.#receive = listener
    this.line.handleOctets =
      listener && ((octets, errors) => this.recorder.arrive(() => this.#received(octets, errors)))
  }

  #received(octets: Uint8Array, errors: Uint8Array | undefined): void {
    if (this.#receive === undefined) return // the host has stopped reading since they came
    if (errors === undefined) this.recorder.noteArrival(ENTRY.received, octets)
    else this.recorder.noteArrival(ENTRY.damaged, [...octets, ...errors])
    this.#receive(octets, errors)
  }
}

export class TargetRecorder {
  /** To be used in place of the one that was given. */
  readonly target: Target
  readonly #target: Target
  readonly #writer: RecordingWriter
  readonly #isVirtual: boolean
  readonly #arrivals = new Arrivals()
  #now: number
  #questions = 0
  /** Calls of the clock since the last entry, at the instant of the last of them. */
  #timers = 0
  #timersAt = 0
  #closed = false

  /**
   * Begins with the header. To be made before the target is used.
   * @throws what `write` throws
   */
  constructor(target: Target, options: RecorderOptions) {
    this.#target = target
    // Only what is simulated here stands still until the host has reacted.
    this.#isVirtual = target.bench !== undefined
    this.#now = target.clock.now
    this.#writer = new RecordingWriter(options.write, 0, options.limit ?? RECORDING_LIMIT)
    this.note(ENTRY.header, encodeJson(this.#header(options)))
    const { surroundings, lateness, programmer, ...rest } = target
    if (programmer !== undefined)
      throw new RangeError('a programmer is recorded on its line: give the target beneath it')
    this.target = {
      ...rest,
      line: new NotedLine(target.line, this),
      modem: this.#modem(target.modem),
      clock: new NotedClock(target.clock, this, this.#isVirtual),
      ...(surroundings === undefined ? {} : { surroundings: this.#surroundings(surroundings) }),
      ...(lateness === undefined ? {} : { lateness: this.#lateness(lateness) }),
      drive: (work) => this.#drive(work),
      close: () => {
        this.close()
        return target.close()
      },
    }
    // Whoever else listens acts at once, so it is noted at once.
    options.signal?.addEventListener('abort', () => this.noteArrival(ENTRY.stopped))
  }

  /** Nanoseconds on the target's clock when the last arrival came. */
  get now(): number {
    return this.#isVirtual ? this.#target.clock.now : this.#now
  }

  /** It is as long as it may be; what came after was not kept. */
  get full(): boolean {
    return this.#writer.full
  }

  /** Octets so far, without compression. */
  get octets(): number {
    return this.#writer.octets
  }

  /** Says what the host is about. */
  place(name: string): void {
    this.note(ENTRY.place, encodeText(name))
  }

  /** Keeps the report that the run ended in. @param json as it was printed */
  report(json: string): void {
    this.note(ENTRY.report, encodeText(json))
  }

  /** The recording ends here; the target does not. */
  close(): void {
    if (this.#closed) return
    this.note(ENTRY.end)
    this.#closed = true
  }

  /** Lets something come to the host. */
  arrive(arrival: () => void): void {
    if (this.#isVirtual) {
      arrival()
      return
    }
    this.#arrivals.enter(() => {
      this.#now = Math.max(this.#now, this.#target.clock.now)
      arrival()
    })
  }

  note(kind: EntryKind, body?: ArrayLike<number>): void {
    if (this.#closed) return
    this.#writer.add(kind, this.now, body)
    this.#timers = 0
  }

  /** Notes what comes to the host, with the calls of the clock that came before it at the same instant. */
  noteArrival(kind: EntryKind, body?: ArrayLike<number>): void {
    if (this.#timers > 0 && this.#timersAt === this.now) this.note(ENTRY.timers, encodeNumber(this.#timers))
    this.note(kind, body)
  }

  /** A call of a virtual clock came, when it was due. */
  timerCame(): void {
    const { now } = this
    if (this.#timersAt !== now) this.#timers = 0
    this.#timersAt = now
    this.#timers++
  }

  looked<T>(name: string, found: T): T {
    this.note(ENTRY.looked, encodeJson({ name, found }))
    return found
  }

  async #asked<T>(name: string, given: unknown, ask: () => Promise<T>): Promise<T> {
    const to = this.#questions++
    this.note(ENTRY.asked, encodeJson({ name, given }))
    try {
      const answer = await ask()
      await this.#told({ to, answer })
      return answer
    } catch (error) {
      await this.#told({ to, error: error instanceof Error ? error.message : String(error) })
      throw error
    }
  }

  #told(answer: object): Promise<void> | undefined {
    if (this.#isVirtual) {
      this.noteArrival(ENTRY.told, encodeJson(answer))
      return undefined
    }
    return new Promise((resolve) => {
      this.arrive(() => {
        this.noteArrival(ENTRY.told, encodeJson(answer))
        resolve()
      })
    })
  }

  #modem(modem: PortModem): PortModem {
    return {
      set: (outputs) => this.#asked('set circuits', outputs, () => modem.set(outputs)),
      get: () => this.#asked('circuits', null, () => modem.get()),
    }
  }

  #surroundings(around: Surroundings): Surroundings {
    return {
      ...(around.board === undefined ? {} : { board: around.board }),
      peer: around.peer,
      partner: () => this.looked('partner', around.partner()),
      ping: (address, options) =>
        this.#asked('ping', { address: formatIpv4(address), ...options }, () => around.ping(address, options)),
      findings: () => this.looked('findings', around.findings()),
      chipCounts: () => this.looked('chip counts', around.chipCounts()),
      partnerCounts: () => this.looked('partner counts', around.partnerCounts()),
    }
  }

  #lateness(lateness: LatenessWatch): LatenessWatch {
    return {
      mark: () => lateness.mark(),
      since: (mark) => this.looked('lateness', lateness.since(mark)),
    }
  }

  async #drive<T>(work: Promise<T>): Promise<T> {
    let own: unknown
    const failed = (error: unknown): void => {
      own = error
    }
    work.catch(failed)
    try {
      return await this.#target.drive(work)
    } catch (error) {
      const failure = error === own ? undefined : failureOf(error)
      if (failure !== undefined) this.noteArrival(ENTRY.failed, encodeJson(failure))
      throw error
    }
  }

  #header(options: RecorderOptions): RecordingHeader {
    const { line, name, backend, board, seed, random, surroundings, lateness, clock } = this.#target
    return {
      version: RECORDING_VERSION,
      linkpulse: options.linkpulse,
      target: name,
      backend,
      board,
      about: options.about ?? '',
      seed,
      draws: random.seed,
      start: clock.now,
      timers: this.#isVirtual ? 'due' : 'each',
      line: {
        baud: line.baud,
        lead: line.lead,
        ...(line.transit === undefined ? {} : { transit: line.transit }),
        ...(line.reopensForRate === undefined ? {} : { reopensForRate: line.reopensForRate }),
        counts: line.portCounters !== undefined,
      },
      ...(options.programmer === undefined ? {} : { programmer: options.programmer }),
      lateness: lateness !== undefined,
      ...(surroundings === undefined
        ? {}
        : {
            surroundings: {
              peer: formatIpv4(surroundings.peer),
              ...(surroundings.board === undefined ? {} : { board: { ...surroundings.board } }),
            },
          }),
      // What was repeated is in the recording, which a version that repeated nothing did not say.
      options: { again: true, ...options.options },
    }
  }
}

/** What ended a run other than by its own work. */
export interface RunFailure {
  readonly kind: 'target' | 'limit' | 'strict'
  readonly message: string
  /** Nanoseconds, of a time limit. */
  readonly limit?: number
}

function failureOf(error: unknown): RunFailure | undefined {
  if (error instanceof TargetError) return { kind: 'target', message: error.message }
  if (error instanceof TimeLimitError) return { kind: 'limit', message: error.message, limit: error.limit }
  if (error instanceof StrictError) return { kind: 'strict', message: error.message }
  return undefined
}
