/**
 * A recording as a target: what came to the host comes again, at the same instants and in the same order, and what the host does is held
 * against what it did. The first difference ends the run and is told with its place: from there on the recorded answers would be to
 * questions that nobody asked.
 */
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { BoardFileError, validateBoard } from '../../boards/catalogue/parse.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { formatIpv4, ipv4 } from '../../firmware/net/address.js'
import { decodeText } from '../../firmware/text/utf8.js'
import { StopSwitch } from '../check/stop-switch.js'
import { StrictError, TargetError, TimeLimitError, UsageError } from '../errors/errors.js'
import { turn } from '../event-loop.js'
import { hexOctets } from '../hex-octets.js'
import type { Lateness, LatenessWatch } from '../serial/lateness.js'
import type { HostLine, ModemInputs, PortModem } from '../target/host-line.js'
import type { Surroundings } from '../target/surroundings.js'
import type { Backend, RecordedRun, Target } from '../target/target.js'
import {
  decodeJson,
  decodeNumber,
  ENTRY,
  encodeJson,
  encodeNumber,
  type RecordingEntry,
  RecordingReader,
} from './format.js'
import { type RecordingHeader, readHeader } from './header.js'
import type { RunFailure } from './recorder.js'

/** Octets that are shown of what differs. */
const SHOWN = 16

const NAMES = new Map<number, string>(Object.entries(ENTRY).map(([name, kind]) => [kind, name]))

/** What the host does, as opposed to what comes to it. */
const ACTS: ReadonlySet<number> = new Set([ENTRY.sent, ENTRY.rate, ENTRY.asked, ENTRY.looked, ENTRY.pending])

interface Told {
  readonly to: number
  readonly answer?: unknown
  readonly error?: string
}

/** Calls of the clock that are waited for: by when they are due, or each by its number. */
class ReplayClock implements Clock {
  now: number
  readonly #due: Scheduler | undefined
  readonly #each = new Map<number, () => void>()
  readonly #numbers = new WeakMap<Timer, number>()
  #asked = 0

  constructor(start: number, timers: RecordingHeader['timers']) {
    this.now = start
    if (timers === 'each') return
    this.#due = new Scheduler()
    this.#due.runUntil(start)
  }

  after(delay: number, callback: () => void): Timer {
    if (!(delay >= 0)) throw new RangeError(`a delay is a count of nanoseconds, 0 or more; got ${delay}`)
    const at = this.now + Math.round(delay)
    if (this.#due !== undefined) return this.#due.after(at - this.#due.now, callback)
    const timer = { at }
    this.#numbers.set(timer, this.#asked)
    this.#each.set(this.#asked++, callback)
    return timer
  }

  cancel(timer: Timer | undefined): void {
    if (timer === undefined) return
    if (this.#due !== undefined) this.#due.cancel(timer)
    else this.#each.delete(this.#numbers.get(timer) ?? -1)
  }

  /** When the next call is due; undefined where there is none, or each is noted. */
  get nextAt(): number | undefined {
    return this.#due?.nextAt
  }

  /** Makes the next call that is due. */
  callNext(): void {
    const at = this.#due?.nextAt
    if (at === undefined) return
    this.now = Math.max(this.now, at)
    this.#due?.step()
  }

  /** Makes the call that was asked for so many before the last. False when there is none of that number. */
  call(back: number): boolean {
    const number = this.#asked - back
    const callback = this.#each.get(number)
    this.#each.delete(number)
    callback?.()
    return callback !== undefined
  }
}

export interface ReplayOptions {
  /** What the recording is called in messages: its path. */
  readonly source: string
  /** The version of this package. */
  readonly linkpulse: string
  /** Why the octets end where they do, where that is known: the file was damaged. */
  readonly damage?: string
}

export class TargetReplay {
  readonly header: RecordingHeader
  /** In place of the target that was recorded; it has that one's name. */
  readonly target: Target
  readonly #stop = new StopSwitch()
  readonly #options: ReplayOptions
  readonly #reader: RecordingReader
  readonly #clock: ReplayClock
  #next: RecordingEntry | undefined
  #place = ''
  #report: string | undefined
  #difference: Error | undefined
  #failed: Error | undefined
  #driving = false
  /** Calls of the clock that are still to come at the instant of the next arrival, before it. */
  #timersBefore = 0
  #questions = 0
  readonly #asked = new Map<number, (told: Told) => void>()
  readonly #errorListeners = new Listeners<[error: Error]>()
  #receive: HostLine['handleOctets']
  #baud: number

  /** @throws UsageError for octets that are no recording, and for one of another version */
  constructor(octets: Uint8Array, options: ReplayOptions) {
    this.#options = options
    this.#reader = new RecordingReader(octets)
    const { source } = options
    const first = this.#reader.signed ? this.#reader.next() : undefined
    if (first?.kind !== ENTRY.header) {
      throw new UsageError(`${source} is no recording of linkpulse; \`linkpulse check TARGET --record FILE\` makes one`)
    }
    const header = readHeader(first.body)
    if (!('version' in header)) {
      throw new UsageError(`${source} cannot be read: ${header.join('; ')}; record it again with this linkpulse`)
    }
    this.header = header
    this.#baud = header.line.baud
    this.#clock = new ReplayClock(header.start, header.timers)
    this.#advance()
    const { surroundings } = header
    this.target = {
      name: header.target,
      backend: header.backend as Backend,
      board: header.board,
      seed: header.seed,
      line: this.#line(),
      modem: this.#modem(),
      clock: this.#clock,
      random: new SeededRandom(header.draws),
      ...(surroundings === undefined ? {} : { surroundings: this.#surroundings(surroundings) }),
      ...(header.lateness ? { lateness: this.#lateness() } : {}),
      recorded: this.#recorded(),
      drive: (work) => this.#drive(work),
      close: async () => {},
    }
  }

  /** The report that the recorded run ended in, once the replay has come to its end; undefined where none was kept. */
  get report(): string | undefined {
    return this.#report
  }

  #recorded(): RecordedRun {
    const leftOver = (): string | undefined => this.#leftOver
    return {
      options: this.header.options,
      stopped: this.#stop,
      about: this.header.about,
      get leftOver() {
        return leftOver()
      },
    }
  }

  get #leftOver(): string | undefined {
    const next = this.#next
    return next === undefined || next.kind === ENTRY.end || next.kind === ENTRY.full
      ? undefined
      : `the run is over, and ${this.#where(next)} the recording goes on: ${this.#describe(next)}`
  }

  // What the host does

  #line(): HostLine {
    const { lead, transit, reopensForRate, counts } = this.header.line
    const replay = this
    return {
      lead,
      ...(transit === undefined ? {} : { transit }),
      ...(reopensForRate === undefined ? {} : { reopensForRate }),
      get baud() {
        return replay.#baud
      },
      get pending() {
        return replay.#pending()
      },
      get portCounters() {
        return counts ? replay.#looked<Record<string, number>>('port counters') : undefined
      },
      get handleOctets() {
        return replay.#receive
      },
      set handleOctets(listener) {
        replay.#receive = listener
      },
      write: (octets) => this.#act(ENTRY.sent, octets, () => `it sends ${shown(octets)}`),
      setBaud: (baud) => {
        this.#baud = baud
        this.#act(ENTRY.rate, Uint8Array.from(encodeNumber(baud)), () => `it changes its rate to ${baud} baud`)
      },
      onError: (listener) => this.#errorListeners.add(listener),
    }
  }

  #modem(): PortModem {
    return {
      set: (outputs) => this.#ask<void>('set circuits', outputs),
      get: () => this.#ask<ModemInputs>('circuits', null),
    }
  }

  #surroundings({ peer, board }: NonNullable<RecordingHeader['surroundings']>): Surroundings {
    return {
      ...(board === undefined ? {} : { board: this.#board(board) }),
      peer: ipv4(peer),
      partner: () => this.#looked('partner'),
      ping: (address, options) => this.#ask('ping', { address: formatIpv4(address), ...options }),
      findings: () => this.#looked('findings'),
      chipCounts: () => this.#looked('chip counts'),
      partnerCounts: () => this.#looked('partner counts'),
    }
  }

  #board(board: Record<string, unknown>): BoardDefinition {
    try {
      return validateBoard(board, `the board in ${this.#options.source}`)
    } catch (error) {
      if (error instanceof BoardFileError) throw new UsageError(error.message, { cause: error })
      throw error
    }
  }

  #lateness(): LatenessWatch {
    return {
      mark: () => ({ at: 0, waits: 0, queued: undefined }),
      since: () => this.#looked<Lateness>('lateness'),
    }
  }

  /** @param saying what the host does, for a difference */
  #act(kind: number, body: Uint8Array, saying: () => string): void {
    const next = this.#next
    if (this.#difference !== undefined) return
    if (next?.kind === kind && next.at === this.#clock.now && same(next.body, body)) {
      this.#advance()
      return
    }
    this.#differ(saying())
  }

  #pending(): number {
    const next = this.#next
    if (next?.kind !== ENTRY.pending || next.at !== this.#clock.now) return 0
    this.#advance()
    return decodeNumber(next.body, 0)?.value ?? 0
  }

  #looked<T>(name: string): T {
    const next = this.#next
    if (this.#difference === undefined && next?.kind === ENTRY.looked && next.at === this.#clock.now) {
      const looked = this.#json(next) as { name?: string; found?: unknown }
      if (looked.name === name) {
        this.#advance()
        return looked.found as T
      }
    }
    this.#differ(`it looks at “${name}”`)
    throw this.#difference
  }

  async #ask<T>(name: string, given: unknown): Promise<T> {
    const number = this.#questions++
    const body = encodeJson({ name, given })
    this.#act(ENTRY.asked, body, () => `it asks “${name}” ${JSON.stringify(given)}`)
    // As many turns of the queue of promises as the recorder took: what else the host does comes in the same order.
    const told = await this.#answerTo(number)
    await undefined
    if (told.error !== undefined) throw new Error(told.error)
    return told.answer as T
  }

  #answerTo(number: number): Promise<Told> {
    const next = this.#next
    if (next?.kind === ENTRY.told && next.at === this.#clock.now) {
      const told = this.#json(next) as Told
      if (told.to === number) {
        this.#advance()
        return Promise.resolve(told)
      }
    }
    return new Promise((resolve) => this.#asked.set(number, resolve))
  }

  // What comes to the host

  async #drive<T>(work: Promise<T>): Promise<T> {
    if (this.#driving) return work
    this.#driving = true
    let settled = false
    const settle = (): void => {
      settled = true
    }
    work.then(settle, settle)
    try {
      for (;;) {
        await turn()
        if (this.#difference !== undefined) throw this.#difference
        if (settled) return await work
        if (this.#failed !== undefined) throw this.#failed
        this.#step()
      }
    } finally {
      this.#driving = false
    }
  }

  /** Lets one thing come to the host. */
  #step(): void {
    const next = this.#next
    if (next === undefined || next.kind === ENTRY.full) this.#over(next)
    // What the host waited for before it closed the line is in no entry.
    else if (next.kind === ENTRY.end) this.#callBefore(next.at, Number.POSITIVE_INFINITY) || this.#over(next)
    else if (ACTS.has(next.kind)) {
      if (!this.#callBefore(next.at, 1)) this.#differ('it does nothing more')
    } else if (!this.#callBefore(next.at, this.#timersBefore)) {
      this.#timersBefore = 0
      this.#clock.now = next.at
      this.#advance()
      this.#deliver(next)
    }
  }

  /** Makes a call of the clock that is due before an instant, or at it where several are due then. False when there is none. */
  #callBefore(at: number, atIt: number): boolean {
    const { nextAt } = this.#clock
    if (nextAt === undefined || nextAt > at || (nextAt === at && atIt === 0)) return false
    if (nextAt === at && this.#timersBefore > 0) this.#timersBefore--
    this.#clock.callNext()
    return true
  }

  #deliver(entry: RecordingEntry): void {
    const { kind, body } = entry
    if (kind === ENTRY.received || kind === ENTRY.damaged) {
      if (this.#receive === undefined) this.#differ('it does not read', entry)
      else if (kind === ENTRY.received) this.#receive(body.slice())
      else this.#receive(body.slice(0, body.length / 2), body.slice(body.length / 2))
    } else if (kind === ENTRY.told) {
      const told = this.#json(entry) as Told
      const answer = this.#asked.get(told.to)
      this.#asked.delete(told.to)
      if (answer === undefined) this.#differ('it has asked nothing that this would answer', entry)
      else answer(told)
    } else if (kind === ENTRY.timer) {
      const back = decodeNumber(body, 0)?.value ?? 0
      if (!this.#clock.call(back)) this.#differ('it waits for no such call of its clock', entry)
    } else if (kind === ENTRY.refused) this.#errorListeners.tell(new Error(decodeText(body)))
    else if (kind === ENTRY.stopped) this.#stop.abort()
    else this.#failed = failure(this.#json(entry) as RunFailure, this.header)
  }

  /** The recording holds no more. */
  #over(end: RecordingEntry | undefined): void {
    const { source, damage } = this.#options
    const why =
      end?.kind === ENTRY.full
        ? 'it is as long as a recording may be'
        : end?.kind === ENTRY.end
          ? 'the line was closed'
          : (damage ?? (this.#reader.ended ? 'it was cut off' : 'it was cut off within an entry'))
    this.#difference = new TargetError(
      `the recording ${source} ends ${this.#when(end?.at ?? this.#clock.now)}, before the run does: ${why}; what was checked by then stands`,
    )
  }

  #differ(run: string, entry = this.#next): void {
    const { source, linkpulse } = this.#options
    const made = this.header.linkpulse
    const recorded =
      entry === undefined
        ? 'the recording holds no more'
        : `${this.#where(entry)} the recording has: ${this.#describe(entry)}`
    const why =
      made === linkpulse
        ? 'was it told something else than the recorded run?'
        : `it was recorded with linkpulse ${made}, and this is ${linkpulse}: run it with that one`
    this.#difference ??= new TargetError(
      `this run is not the recorded one: ${this.#when(this.#clock.now)}, ${run}; ${recorded} (${source}); ${why}`,
    )
  }

  // Words

  #when(at: number): string {
    return `at ${(at / 1e9).toFixed(9)} s${this.#place === '' ? '' : `, in ${this.#place}`}`
  }

  #where({ at, index, offset }: RecordingEntry): string {
    return `in entry ${index} (octet ${offset}, ${(at / 1e9).toFixed(9)} s)`
  }

  #describe({ kind, body }: RecordingEntry): string {
    if (kind === ENTRY.sent) return `the host sends ${shown(body)}`
    if (kind === ENTRY.received || kind === ENTRY.damaged) return `the board sends ${shown(body)}`
    if (kind === ENTRY.rate) return `the host changes its rate to ${decodeNumber(body, 0)?.value} baud`
    const name = NAMES.get(kind) ?? `an entry of kind ${kind}`
    const isText = body.length > 0 && body[0] >= 0x20
    return isText ? `${name} ${decodeText(body.subarray(0, 80))}` : name
  }

  /** The next entry that is not beside the run. */
  #advance(): void {
    for (;;) {
      const entry = this.#reader.next()
      this.#next = entry
      if (entry === undefined) return
      if (entry.kind === ENTRY.place) this.#place = decodeText(entry.body)
      else if (entry.kind === ENTRY.report) this.#report = decodeText(entry.body)
      else if (entry.kind === ENTRY.timers) this.#timersBefore = decodeNumber(entry.body, 0)?.value ?? 0
      else if (NAMES.has(entry.kind)) return
    }
  }

  #json({ body, index }: RecordingEntry): object {
    try {
      const value = decodeJson(body)
      if (typeof value === 'object' && value !== null) return value
    } catch {
      // told below: an entry that is damaged is no more readable than one of another form
    }
    throw new TargetError(`entry ${index} of ${this.#options.source} is damaged: it is no JSON`)
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, at) => octet === b[at])
}

function shown(octets: Uint8Array): string {
  const begin = hexOctets(octets.subarray(0, SHOWN))
  return `${octets.length} octets ${begin}${octets.length > SHOWN ? ' …' : ''}`
}

function failure({ kind, message, limit = 0 }: RunFailure, { timers }: RecordingHeader): Error {
  if (kind === 'limit') return new TimeLimitError(limit, timers === 'due')
  return kind === 'strict' ? new StrictError(message) : new TargetError(message)
}
