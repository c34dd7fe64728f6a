/** The board as the checks see it: the host's end of the serial link, with promises for the host's side of the house. */
import { LONGEST_START_UP_MILLISECONDS } from '../../boards/catalogue/definition.js'
import { RemoteInterrupt } from '../../firmware/controller/remote-interrupt.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { InputPin } from '../../firmware/hal/pin.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { CELL_OCTETS } from '../../firmware/serial-link/cell.js'
import { HostLink, type Settle, UnconfirmedBaudError } from '../../firmware/serial-link/host-link.js'
import type { LineCounters } from '../../firmware/serial-link/link.js'
import { CAPABILITY, S_CMD, SESSION } from '../../firmware/serial-link/link-table.js'
import { countersSince, type ReportedCounters } from '../../firmware/serial-link/management.js'
import type { SerprogReply } from '../../firmware/serial-link/serprog-client.js'
import type { Identity } from '../../firmware/serial-link/session.js'
import { sleepOnClock } from '../serial/drive.js'
import type { Target } from '../target/target.js'
import { keyed, type Sentence } from '../text/keyed.js'
import { LocalizableError } from '../text/localizable-error.js'
import { ADAPTER_DELAY, ANSWERS_A_FRAME } from './delays.js'
import { flatCounts } from './flat-counts.js'
import { median } from './measure.js'
import type { TargetSession } from './session.js'
import type { CheckDescription, Counters } from './types.js'

/** Two cells that cross, their answers, and one lost. */
const SETTLING_CELLS = 6
/** Replies that a board may owe at once in the checks; more time than they take at the slowest rate. */
const CELLS_UNDER_WAY = 300
const SERPROG_LIMIT = 2 * SECOND
/** Checks that set the line to another rate. */
const NEED_OTHER_RATES: ReadonlySet<string> = new Set(['serial.baud-change', 'serial.highest-rate'])
/** Bits of one on the line: 8N1. */
const CHARACTER = 10
/** Answers by whose delay the next ones are judged. */
const LATEST_ANSWERS = 64

function promise<T>(ask: (settle: Settle<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((outcome) => (outcome.ok ? resolve(outcome.value) : reject(outcome.error)))
  })
}

/** The object in a JSON text from the board; undefined when it is anything else. */
function objectIn(json: string): Record<string, unknown> | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return undefined // the caller says what it makes of it
  }
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined
}

/** What a board says about its state on channel 2; undefined when the message says something else. */
function stateChange(json: string): { readonly region: string; readonly to: string } | undefined {
  const { region, to } = objectIn(json) ?? {}
  return typeof region === 'string' && typeof to === 'string' ? { region, to } : undefined
}

export class BoardSession implements TargetSession {
  readonly askedBaud: number
  readonly transit: number
  readonly #target: Target
  readonly #link: HostLink
  readonly #interrupt: RemoteInterrupt
  #interruptWatched = false
  /** What answers took beyond two cells on the line, ns: the latest. */
  readonly #answerDelays: number[] = []
  #timing = false
  /** The board has lent us its chip. */
  #bridged = false
  /** The checks that are running have asked for the chip, and not given it back. */
  #wanted = false
  /** They have asked for it at some time. */
  #everWanted = false
  /** This end says nothing until the board has opened a session by itself. */
  #listening = false
  /** Requests at the end of the run that the board did not answer any more. */
  unanswered = 0
  /** The counts since its start that a board of version 1 had when the session was opened; one of version 2 subtracts them itself. */
  #countsBefore: Readonly<Partial<ReportedCounters>> = {}
  #opened: (() => void) | undefined
  #everOpen = false
  #states: ((region: string, state: string) => void) | undefined
  /** Sessions that the board began anew: it was reset. */
  resets = 0
  /** Messages on channel 2 that were not state changes. */
  strangeEvents = 0

  constructor(target: Target) {
    this.#target = target
    this.transit = target.line.transit ?? 0
    const { line } = target
    this.askedBaud = line.baud
    const cellTime = (CELL_OCTETS * CHARACTER * SECOND) / this.askedBaud
    this.#link = new HostLink({
      clock: target.clock,
      random: target.random.fork('check link'),
      line,
      lead: line.lead,
      timeLimit: Math.round(2 * SECOND + CELLS_UNDER_WAY * cellTime),
    })
    const { endpoint } = this.#link
    line.cutCells?.({
      get synchronised() {
        return endpoint.delineation === 'SYNC'
      },
      get held() {
        return endpoint.keptOctets % CELL_OCTETS
      },
    })
    this.#link.onSession(({ kind }) => {
      if (kind === 'reset' || this.#listening) this.resets++
      this.#countsBefore = {} // a board that restarted counts from zero
      this.#bridged = false
      this.#interruptWatched = false
      this.#everOpen = true
      this.#opened?.()
    })
    this.#interrupt = new RemoteInterrupt(this.#link)
    this.#link.onEvent((json) => {
      const change = stateChange(json)
      if (change === undefined) this.strangeEvents++
      else this.#states?.(change.region, change.to)
    })
  }

  get baud(): number {
    return this.#target.line.baud
  }

  get ratesAreFree(): boolean {
    return this.#target.line.reopensForRate !== true
  }

  get runner(): HostLink['spi'] {
    return this.#link.spi
  }

  abandonPrograms(error: Error): void {
    this.#link.spi.abandon(error)
  }

  get identity(): Identity | undefined {
    return this.#link.endpoint.state === 'open' ? this.#link.endpoint.peer : undefined
  }

  get counts(): LineCounters {
    return this.#link.endpoint.counters
  }

  get sessionVersion(): number {
    return this.#link.endpoint.sessionVersion
  }

  get countsInSession(): LineCounters {
    return this.#link.endpoint.countersInSession
  }

  /** A board on the serial link can do all of it; what one lacks, the check itself says. */
  unavailable({ id }: CheckDescription): Sentence | undefined {
    return NEED_OTHER_RATES.has(id) && this.#target.line.reopensForRate ? keyed('serial.reopens') : undefined
  }

  /**
   * On the link what is under way is not waited for; only an adapter, or a network to the port, adds to each answer. What it adds is
   * measured, and what no sound adapter adds is no excuse.
   */
  frameDelay(): number {
    const measured = median(this.#answerDelays) ?? 0
    return ANSWERS_A_FRAME * Math.max(this.transit, Math.min(measured, ADAPTER_DELAY))
  }

  /** Asks the board for something short, and notes how long its answer took beyond the two cells; not of what waits behind another. */
  async #timed<T>(ask: (settle: Settle<T>) => void): Promise<T> {
    if (this.#timing) return promise(ask)
    this.#timing = true
    const { clock } = this.#target
    const asked = clock.now
    let answer: T
    try {
      answer = await promise(ask)
    } finally {
      this.#timing = false
    }
    this.#answerDelays.push(Math.max(0, clock.now - asked - (2 * CELL_OCTETS * CHARACTER * SECOND) / this.baud))
    if (this.#answerDelays.length > LATEST_ANSWERS) this.#answerDelays.shift()
    return answer
  }

  async begin(limit: number): Promise<boolean> {
    return (await this.open(limit)) !== undefined
  }

  async counters(): Promise<Counters> {
    const counters: Record<string, Readonly<Record<string, number>>> = {}
    if (this.identity !== undefined) {
      try {
        counters.board = flatCounts(await this.boardCounts())
      } catch {
        // The run is over and the report is worth more than this one request; the host's own counts show the trouble.
        counters.board = { 'not answered': 1 }
      }
    }
    counters.host = {
      ...flatCounts(this.counts),
      sessionsResetByBoard: this.resets,
      strangeEvents: this.strangeEvents,
      reservedChannel: this.#link.reservedChannel,
      unanswered: this.unanswered,
    }
    const { portCounters } = this.#target.line
    if (portCounters !== undefined) counters.port = { ...portCounters }
    return counters
  }

  async open(limit: number): Promise<Identity | undefined> {
    const opened = this.#untilOpened(limit)
    this.#link.open()
    await opened
    this.#opened = undefined
    if (this.identity === undefined) {
      this.#link.close()
      return undefined
    }
    return this.identity
  }

  /**
   * After a check that ended in an error: a board that has restarted meanwhile is waited for, and its chip asked for again. A boot
   * loader that hears octets waits for more of them, so nothing is said to a board that does not answer until it speaks itself.
   */
  async recover(): Promise<boolean> {
    if (!this.#everOpen) return false
    let lost = false
    if (this.identity === undefined || !(await this.#answers())) {
      lost = true
      this.#link.close()
      this.#listening = true
      await this.#untilOpened(LONGEST_START_UP_MILLISECONDS * MILLISECOND + SECOND)
      this.#listening = false
      if (this.identity === undefined && (await this.open(SECOND)) === undefined) return false
    }
    if (!this.#wanted || this.#bridged) return lost
    return this.#bridgeIfAnswered()
  }

  /** @returns whether the board lent its chip; that it did not answer is counted */
  #bridgeIfAnswered(): Promise<boolean> {
    return this.bridge().then(
      () => true,
      () => {
        this.unanswered++
        return false
      },
    )
  }

  async #answers(): Promise<boolean> {
    return this.echo(Uint8Array.of(0x55)).then(
      () => true,
      () => false,
    )
  }

  #untilOpened(limit: number): Promise<void> {
    const { clock } = this.#target
    return new Promise<void>((resolve) => {
      const timer = clock.after(limit, resolve)
      this.#opened = () => {
        clock.cancel(timer)
        resolve()
      }
    })
  }

  async settle(): Promise<void> {
    // A board that is just starting opens a session as well, and the two may cross: the line settles on one of them.
    await sleepOnClock(this.#target.clock, Math.round(SETTLING_CELLS * this.#link.endpoint.cellTime))
    if (this.sessionVersion < SESSION.VERSION) {
      try {
        this.#countsBefore = await this.#readCounts('START')
      } catch {
        // A session is open all the same; the checks that ask the board for something will say that it does not answer.
        this.#countsBefore = {}
      }
    }
    this.resets = 0
  }

  /** What the board has counted since this session was opened, or since it restarted in its course. */
  async boardCounts(): Promise<ReportedCounters> {
    if (this.sessionVersion >= SESSION.VERSION) return this.#readCounts('SESSION')
    return countersSince(await this.#readCounts('START'), this.#countsBefore)
  }

  boardCountsSinceStart(): Promise<ReportedCounters> {
    return this.#readCounts('START')
  }

  #readCounts(since: 'START' | 'SESSION'): Promise<ReportedCounters> {
    return this.#timed((settle) => this.#link.readCounters(since, settle))
  }

  echo(octets: Uint8Array): Promise<Uint8Array> {
    return this.#timed((settle) => this.#link.echo(octets, settle))
  }

  changeBaud(baud: number): Promise<void> {
    return promise<undefined>((settle) => this.#link.changeBaud(baud, settle)).catch((error: unknown) => {
      if (!(error instanceof UnconfirmedBaudError)) throw error
      throw new LocalizableError(keyed('serial.baud-change.unconfirmed', { rate: error.rate, former: error.former }))
    })
  }

  setOwnBaud(baud: number): void {
    this.#target.line.setBaud(baud)
    this.#link.endpoint.rateChanged()
  }

  watchStates(listener: (region: string, state: string) => void): () => void {
    this.#states = listener
    return () => {
      this.#states = undefined
    }
  }

  async bridge(): Promise<void> {
    await this.#timed<undefined>((settle) => this.#link.bridge(settle))
    this.#bridged = true
    this.#wanted = true
    this.#everWanted = true
    if ((this.identity?.capabilities ?? 0) & CAPABILITY.CONTROLLER) return // its chip is its own
    // flashrom, and any other client of raw serprog, turns the drivers of a bridge's SPI pins off as it leaves.
    const { serprog } = this.#link
    try {
      const map = await this.#serprog((settle) => serprog.query(S_CMD.Q_CMDMAP, settle))
      if (map[S_CMD.S_PIN_STATE >> 3] & (1 << (S_CMD.S_PIN_STATE & 7))) serprog.setDrivers(true, () => {})
    } catch {
      // A board that does not answer serprog fails by the first check that asks it something.
      this.unanswered++
    }
  }

  async release(): Promise<void> {
    this.#wanted = false
    await promise<undefined>((settle) => this.#link.release(settle))
    this.#bridged = false
  }

  run<T>(program: SpiProgram<T>): Promise<T> {
    return promise((settle) => this.#link.spi.run(program, settle))
  }

  async #serprog(question: (settle: (reply: SerprogReply) => void) => void): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const timer = this.#target.clock.after(SERPROG_LIMIT, () => {
        reject(new LocalizableError(keyed('serprog.silent', { seconds: SERPROG_LIMIT / SECOND })))
      })
      question((reply) => {
        this.#target.clock.cancel(timer)
        if (reply.ok) resolve(reply.results)
        else reject(new LocalizableError(keyed('serprog.answer', { error: reply.error })))
      })
    })
  }

  async setClock(hertz: number): Promise<number> {
    const rate = await this.#serprog((settle) => this.#link.serprog.setSpiClock(hertz, settle))
    return rate[0] + rate[1] * 0x100 + rate[2] * 0x1_0000 + rate[3] * 0x100_0000
  }

  async interface(): Promise<{ version: number; busTypes: number; clock: number }> {
    const { serprog } = this.#link
    const [version, bus, clock] = await Promise.all([
      this.#serprog((settle) => serprog.query(S_CMD.Q_IFACE, settle)),
      this.#serprog((settle) => serprog.query(S_CMD.Q_BUSTYPE, settle)),
      this.setClock(this.identity?.highestSpiClock ?? 0),
    ])
    return { version: version[0] | (version[1] << 8), busTypes: bus[0], clock }
  }

  async resetCause(): Promise<string | undefined> {
    const asked = promise<string>((settle) => this.#link.readState(settle))
    // A bridge need not know, and one that does not answer at all fails by its other checks.
    const json =
      this.identity && this.identity.capabilities & CAPABILITY.CONTROLLER ? await asked : await asked.catch(() => '')
    const cause = (objectIn(json)?.states as Record<string, unknown> | undefined)?.reset
    return typeof cause === 'string' ? cause : undefined
  }

  async interruptHigh(): Promise<boolean | undefined> {
    if (((this.identity?.capabilities ?? 0) & CAPABILITY.INT_PIN) === 0) return undefined
    return promise((settle) => this.#link.readIntPin(settle))
  }

  async stepPins(steps: readonly number[]): Promise<Uint8Array | undefined> {
    if (((this.identity?.capabilities ?? 0) & CAPABILITY.PINS) === 0) return undefined
    return promise((settle) => this.#link.stepPins(Uint8Array.from(steps), settle))
  }

  get hasResetPin(): boolean {
    return ((this.identity?.capabilities ?? 0) & CAPABILITY.RESET_PIN) !== 0
  }

  /**
   * Has the board report edges of INT, so that a driver here need not poll across the line. Undefined when the board cannot.
   */
  async watchInterrupt(): Promise<InputPin | undefined> {
    if (((this.identity?.capabilities ?? 0) & CAPABILITY.INT_PIN) === 0) return undefined
    this.#interruptWatched = await new Promise<boolean>((resolve) => this.#interrupt.subscribe(resolve))
    return this.#interruptWatched ? this.#interrupt : undefined
  }

  /** Ends what `watchInterrupt` began; the pin stays as it was. */
  async #ignoreInterrupt(): Promise<void> {
    await promise<boolean>((settle) => this.#link.subscribeInt(false, settle))
    this.#interruptWatched = false
  }

  /** For checks that are run once more: the chip, where any has asked for it. @returns whether the board still answers */
  async lendAgain(): Promise<boolean> {
    if (this.identity === undefined) return false
    if (!this.#everWanted || this.#bridged) return true
    return this.#bridgeIfAnswered()
  }

  /** Leaves the board as it was found: its chip given back, nothing reported any more. */
  async handBack(): Promise<void> {
    const requests = [
      ...(this.#interruptWatched ? [() => this.#ignoreInterrupt()] : []),
      ...(this.#bridged ? [() => this.release()] : []),
    ]
    for (const request of requests) {
      if (this.identity === undefined) return
      try {
        await request()
      } catch {
        // A board that has stopped answering keeps what it has until its reset; the report has said so already.
        this.unanswered++
      }
    }
  }

  /** Ends the session at this end and stops reading; the port stays open. */
  async close(): Promise<void> {
    // What was queued a moment ago may still be on its way out.
    await sleepOnClock(this.#target.clock, 1 * MILLISECOND)
    this.#link.close()
    const { line } = this.#target
    if (line.baud !== this.askedBaud) line.setBaud(this.askedBaud)
    line.handleOctets = undefined
    line.cutCells?.(undefined)
  }
}
