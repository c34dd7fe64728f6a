/** A programmer as the checks see it: the chip, and nothing of the line, which serprog carries octets on without cells. */
import type { Clock } from '../../firmware/hal/clock.js'
import type { SpiOutcome, SpiProgram, SpiRunner } from '../../firmware/hal/spi.js'
import type { LineCounters } from '../../firmware/serial-link/link.js'
import { S_CMD, SERPROG, SESSION } from '../../firmware/serial-link/link-table.js'
import type { ReportedCounters } from '../../firmware/serial-link/management.js'
import type { Identity } from '../../firmware/serial-link/session.js'
import { RemoteSpiRunner } from '../../firmware/serial-link/spi-runner.js'
import { limited } from '../serial/limited-program.js'
import type { SerprogProgrammer } from '../serial/serprog-programmer.js'
import type { Target } from '../target/target.js'
import { keyed, type Sentence } from '../text/keyed.js'
import { LocalizableError } from '../text/localizable-error.js'
import { ADAPTER_DELAY, ANSWERS_A_FRAME } from './delays.js'
import type { TargetSession } from './session.js'
import type { CheckDescription, Counters } from './types.js'

/** SCK asked for, in hertz: above the 8 MHz that the first silicon needs (DS80349C 1), and gentle to wires of a bench. */
const USUAL_CLOCK = 10_000_000

const NO_CELLS = keyed('serprog.no-cells')

/** There are no cells to count. */
const NOTHING: Omit<LineCounters, 'octetsReceived' | 'octetsSent'> = {
  framingErrors: 0,
  parityErrors: 0,
  overruns: 0,
  headerErrors: 0,
  payloadErrors: 0,
  discardedOctets: 0,
  cellsReceived: 0,
  cellsSent: 0,
  retransmissions: 0,
  timeouts: 0,
  rejectsSent: 0,
  rejectsReceived: 0,
  suspects: 0,
  delivered: 0,
  badAcknowledgements: 0,
  sessionsOpened: 0,
  asked: 0,
  unconfirmed: 0,
  dropped: {},
}

/** Makes the transfers of every program fit the programmer. */
class LimitedRunner implements SpiRunner {
  constructor(
    private readonly runner: SpiRunner,
    private readonly programmer: SerprogProgrammer,
  ) {}

  run<T>(program: SpiProgram<T>, settle: (outcome: SpiOutcome<T>) => void): void {
    this.runner.run(limited(program, this.programmer.limits), settle)
  }
}

export class SerprogSession implements TargetSession {
  readonly baud: number
  readonly ratesAreFree = false
  readonly transit: number
  readonly identity: Identity | undefined = undefined
  readonly sessionVersion = SESSION.VERSION
  readonly resets = 0
  readonly runner: SpiRunner
  readonly #programmer: SerprogProgrammer
  readonly #target: Target
  readonly #operations: RemoteSpiRunner

  constructor(target: Target, programmer: SerprogProgrammer) {
    const clock: Clock = target.clock
    this.#target = target
    this.#programmer = programmer
    this.baud = target.line.baud
    this.transit = target.line.transit ?? 0
    this.#operations = new RemoteSpiRunner({
      clock,
      client: programmer.client,
      credit: () => programmer.limits.serialBuffer,
      onLost: () => void programmer.resynchronise(),
    })
    this.runner = new LimitedRunner(this.#operations, programmer)
  }

  unavailable({ layer }: CheckDescription): Sentence | undefined {
    return layer === 'serial' ? NO_CELLS : undefined
  }

  get askedBaud(): number {
    return this.baud
  }

  get counts(): LineCounters {
    const { octetsSent, octetsReceived } = this.#programmer.counters
    return { ...NOTHING, octetsSent, octetsReceived }
  }

  get countsInSession(): LineCounters {
    return this.counts
  }

  async counters(): Promise<Counters> {
    const { portCounters } = this.#target.line
    return {
      host: {
        ...this.#programmer.counters,
        straysReceived: this.#programmer.client.strays,
        roundTrips: this.#operations.roundTrips,
      },
      ...(portCounters === undefined ? {} : { port: { ...portCounters } }),
    }
  }

  /** Three times a frame's octets go over the line, in pieces that the programmer holds, and each piece is answered. */
  frameDelay(octets: number): number {
    const { write, read, serialBuffer } = this.#programmer.limits
    const pieces = Math.ceil((3 * octets) / Math.max(1, Math.min(write, read, serialBuffer)))
    return (ANSWERS_A_FRAME + pieces) * (ADAPTER_DELAY + this.transit)
  }

  /** The programmer answered when the target was opened. */
  async begin(): Promise<boolean> {
    return true
  }

  open(): Promise<Identity | undefined> {
    return Promise.resolve(undefined)
  }

  async settle(): Promise<void> {}

  /** The programmer finds its place again by itself. */
  async recover(): Promise<boolean> {
    return false
  }

  boardCounts(): Promise<ReportedCounters> {
    return Promise.reject(new LocalizableError(NO_CELLS))
  }

  boardCountsSinceStart(): Promise<ReportedCounters> {
    return Promise.reject(new LocalizableError(NO_CELLS))
  }

  echo(): Promise<Uint8Array> {
    return Promise.reject(new LocalizableError(NO_CELLS))
  }

  changeBaud(): Promise<void> {
    return Promise.reject(new LocalizableError(NO_CELLS))
  }

  setOwnBaud(): void {}

  async resetCause(): Promise<string | undefined> {
    return undefined
  }

  /** A programmer has no states to report. */
  watchStates(): () => void {
    return () => {}
  }

  /** The chip is ours from the beginning to the end. */
  async bridge(): Promise<void> {}

  async release(): Promise<void> {}

  abandonPrograms(error: Error): void {
    this.#operations.abandon(error)
  }

  run<T>(program: SpiProgram<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.runner.run(program, (outcome) => (outcome.ok ? resolve(outcome.value) : reject(outcome.error)))
    })
  }

  async interface(): Promise<{ version: number; busTypes: number; clock: number | undefined }> {
    const version = await this.#programmer.query(S_CMD.Q_IFACE)
    // one that does not list its buses has proved by its command map that SPI is among them
    const busTypes = this.#programmer.commands.has(S_CMD.Q_BUSTYPE)
      ? (await this.#programmer.query(S_CMD.Q_BUSTYPE))[0]
      : SERPROG.BUS_SPI
    return { version: version[0] | (version[1] << 8), busTypes, clock: await this.setClock(USUAL_CLOCK) }
  }

  setClock(hertz: number): Promise<number | undefined> {
    return this.#programmer.setSpiClock(hertz)
  }

  /** serprog has no command for an input pin. */
  readonly hasResetPin = false

  async stepPins(): Promise<undefined> {
    return undefined
  }

  async interruptHigh(): Promise<boolean | undefined> {
    return undefined
  }

  async watchInterrupt(): Promise<undefined> {
    return undefined
  }

  /** The chip is never given back. */
  async lendAgain(): Promise<boolean> {
    return true
  }

  async handBack(): Promise<void> {}

  /** The programmer is the target's, and is released with it. */
  async close(): Promise<void> {}
}
