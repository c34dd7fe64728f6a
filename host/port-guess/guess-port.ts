/**
 * Who is at a serial port. It listens first, at one rate and, where what comes is no language, at others; then, if somebody has agreed to
 * it, it asks. All waiting goes by the clock that is given.
 */
import { type Clock, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { sleepOnClock } from '../serial/drive.js'
import type { HostLine, ModemInputs, PortModem } from '../target/host-line.js'
import { DEFAULT_BAUD } from '../target/target.js'
import type { Sentence } from '../text/keyed.js'
import { findCells } from './cells-heard.js'
import {
  bestReading,
  burstEnds,
  classify,
  readStretch,
  restsLow,
  type Stretch,
  type StretchReading,
  signatureIn,
} from './classify.js'
import { Ear, type Heard } from './heard.js'
import { countNmea } from './nmea.js'
import type { Occupant, Suspect } from './occupant.js'
import {
  ATTENTION,
  GET_SYNC,
  namesOfProbes,
  openingCell,
  type Probe,
  READ_SIGNATURE,
  RETURN,
  STK_INSYNC,
  STK_OK,
} from './probes.js'
import { ratesToTry, SLOW_BAUD } from './rates.js'
import { modemResults, type ParityFound } from './text-heard.js'

/** The rate that most programs print at which do more than a GPS receiver. */
const FIRST_BAUD = 115_200
/** What speaks once a second has spoken twice. */
const FIRST_LISTENING = 2_500 * MILLISECOND
/** What speaks once a second has spoken. */
const LISTENING = 1_200 * MILLISECOND
/** From the first octet that is listened for to the answer. */
const LIMIT = 10 * SECOND
/** From the first question to the answer. */
const ASKING_LIMIT = 8 * SECOND
const SHORTEST = 250 * MILLISECOND
/** A program is taken for one that only prints when it has gone on for so long without asking for anything. */
const PRINTING = 800 * MILLISECOND
/** Rates in a row at which nothing came: whoever spoke has stopped. */
const QUIET_RATES = 2
/** Rates after which the rate may not be it. */
const SLOW_AFTER = 4
const SLOW_BURSTS = 4
const SLOW_LISTENING = 2_200 * MILLISECOND
const SURE = 0.97
/** Evidence from which on a rate is right, or so wrong that it need not be listened at any longer. */
const RIGHT = 20
const WRONG = -15
/** Octets of no language after which there is none: a cell of ours and half a cell. */
const HOPELESS = 96
const MANY_ERRORS = 0.2

/** An answer to an opening cell takes milliseconds; a board that is busy asks again after 150. */
const CELL_WAIT = 400 * MILLISECOND
const ANSWER_WAIT = 500 * MILLISECOND
/** A modem and a console are at one of these, and find the rate by themselves where they can. */
const CONSOLE_RATES = [115_200, 9_600] as const
/** Boot loaders of Arduino boards: optiboot and ATmegaBOOT. */
const LOADER_RATES = [115_200, 57_600] as const
const SYNC_WAIT = 150 * MILLISECOND
const SYNC_TRIES = 6
const RESET_PULSE = 100 * MILLISECOND
const AFTER_RESET = 50 * MILLISECOND

export interface GuessedPort {
  readonly line: HostLine
  readonly modem: PortModem
  readonly clock: Clock
  readonly random: Random
}

export interface GuessOptions {
  /** Symbols a second to listen at first. */
  readonly baud?: number
  /** What was heard before, by somebody who asked with cells: at the beginning of a check, say. */
  readonly before?: readonly Stretch[]
  /** Nanoseconds for all of the listening. */
  readonly limit?: number
  /** Nanoseconds for all of the asking; by default those of the listening, where they are given. */
  readonly askingLimit?: number
  /** Whether to ask, with what would be sent; nothing is sent without it. */
  readonly mayAsk?: (what: readonly Sentence[]) => boolean | Promise<boolean>
  /** Is called with the rate that is listened at from now on, and whether something is asked there. */
  readonly onStep?: (baud: number, probe: Probe | undefined) => void
}

export interface PortGuess {
  /** Likeliest first. */
  readonly suspects: readonly Suspect[]
  /** Of what was understood best; the first rate where nothing was heard. */
  readonly baud: number
  /** That it was listened at first. */
  readonly firstBaud: number
  /** Seven bits and a parity, where it is not 8N1. */
  readonly parity: ParityFound | undefined
  /** The octets understood best, without what was sent, and without parity bits. */
  readonly said: Uint8Array
  /** They came without a question. */
  readonly unasked: boolean
  readonly heard: number
  /** Nanoseconds of listening. */
  readonly listened: number
  readonly inputs: ModemInputs | undefined
  /** Whether the port tells what the line does to octets. */
  readonly tellsErrors: boolean
  /** Of all stretches. */
  readonly framingErrors: number
  readonly breaks: number
  /** Octets without a stop bit in those understood best: 0 to 1. */
  readonly errorShare: number
  /** Of the session cell that came last; undefined where none came. */
  readonly sessionVersion: number | undefined
  /** Of the controller, where a boot loader gave it. */
  readonly signature: Uint8Array | undefined
  /** What could be asked, and whether it was. */
  readonly wouldAsk: readonly Sentence[]
  readonly asked: boolean
}

export async function guessPort(port: GuessedPort, options: GuessOptions = {}): Promise<PortGuess> {
  return new PortListener(port, options).run()
}

class PortListener {
  readonly #port: GuessedPort
  readonly #options: GuessOptions
  readonly #ear: Ear
  readonly #stretches: Stretch[]
  readonly #firstBaud: number
  #inputs: ModemInputs | undefined
  #deadline: number
  #askedFor = 0

  constructor(port: GuessedPort, options: GuessOptions) {
    this.#port = port
    this.#options = options
    this.#ear = new Ear(port.line, port.clock)
    this.#stretches = [...(options.before ?? [])]
    this.#firstBaud = options.baud ?? FIRST_BAUD
    this.#deadline = port.clock.now + (options.limit ?? LIMIT)
  }

  async run(): Promise<PortGuess> {
    const { line, modem } = this.#port
    const { baud } = line
    this.#inputs = await modem.get().catch(() => undefined)
    try {
      if (this.#stretches.length === 0) await this.#listen(this.#firstBaud, FIRST_LISTENING)
      if (!this.#settled) await this.#tryRates(undefined)
      const wouldAsk = namesOfProbes(this.#cellRates)
      const { mayAsk } = this.#options
      let asked = false
      if (!this.#settled && mayAsk !== undefined) {
        asked = await mayAsk(wouldAsk)
        this.#deadline = this.#port.clock.now + (this.#options.askingLimit ?? this.#options.limit ?? ASKING_LIMIT)
        if (asked) await this.#ask()
      }
      return guessFrom(this.#stretches, this.#firstBaud, { inputs: this.#inputs, wouldAsk, asked })
    } finally {
      line.setBaud(baud)
    }
  }

  /** Where cells are sent: nowhere, if somebody has sent them before. */
  get #cellRates(): readonly number[] {
    if (this.#options.before !== undefined) return []
    const first = this.#options.baud ?? DEFAULT_BAUD
    return [...new Set([first, DEFAULT_BAUD, DEFAULT_BAUD / 2])]
  }

  get #left(): number {
    return this.#deadline - this.#port.clock.now
  }

  get #best(): StretchReading | undefined {
    return bestReading(this.#stretches.map(readStretch))
  }

  /** Whether more listening would change anything. */
  get #settled(): boolean {
    return isSettled(this.#stretches, this.#inputs)
  }

  async #listen(baud: number, duration: number, probe?: Probe): Promise<void> {
    const time = Math.min(duration, this.#left)
    if (time <= 0) return
    this.#options.onStep?.(baud, probe)
    const stretch = (heard: Heard): Stretch => (probe === undefined ? { heard } : { heard, probe })
    const enough = (heard: Heard): boolean => {
      if (isSettled([...this.#stretches, stretch(heard)], this.#inputs)) return true
      if (probe !== undefined || duration === FIRST_LISTENING) return false
      if (baud === SLOW_BAUD) return burstEnds(heard).length >= SLOW_BURSTS
      const damaged = errorShareOf(heard) >= MANY_ERRORS
      return (damaged || heard.total >= HOPELESS) && readStretch(stretch(heard)).evidence < WRONG
    }
    this.#stretches.push(stretch(await this.#ear.listen(baud, time, enough, probe?.octets)))
  }

  /**
   * At other rates, as long as nothing is understood and somebody speaks; asked again at each where nobody speaks without. Where many were no
   * better, the line is listened at so slowly that only its rest is seen.
   */
  async #tryRates(probe: Probe | undefined): Promise<void> {
    const tried = this.#stretches.filter((stretch) => stretch.probe === probe).map(({ heard }) => heard.baud)
    let quiet = 0
    while (!this.#understood && this.#left >= SHORTEST && quiet < QUIET_RATES) {
      const [next] = ratesToTry(this.#loudest, tried)
      const slow = tried.length === SLOW_AFTER || next === undefined
      if (slow && tried.includes(SLOW_BAUD)) return
      const rate = slow ? SLOW_BAUD : next
      tried.push(rate)
      const time = slow ? SLOW_LISTENING : probe === undefined ? LISTENING : ANSWER_WAIT
      await this.#listen(rate, time, slow ? undefined : probe)
      quiet = probe === undefined && this.#stretches.at(-1)?.heard.total === 0 ? quiet + 1 : 0
      if (slow && restsLow(this.#stretches) === true) return
    }
  }

  /** Nobody speaks who could be understood, or somebody is. */
  get #understood(): boolean {
    const best = this.#best
    return best === undefined || best.evidence >= RIGHT || this.#settled
  }

  /** The stretch with most octets: what it looks like says in which direction the right rate lies. */
  get #loudest(): Heard {
    return this.#stretches.reduce(
      (most, { heard }) => (heard.octets.length > most.octets.length ? heard : most),
      this.#stretches[0].heard,
    )
  }

  async #ask(): Promise<void> {
    const { random } = this.#port
    const spoke = this.#best !== undefined
    for (const rate of this.#cellRates) {
      await this.#listen(rate, CELL_WAIT, openingCell(random.fork(`port guess ${this.#askedFor++}`)))
      if (this.#settled) return
    }
    if (spoke) await this.#tryRates(RETURN)
    for (const rate of CONSOLE_RATES) {
      if (this.#settled) return
      for (const probe of [RETURN, ATTENTION]) {
        await this.#listen(rate, ANSWER_WAIT, probe)
        if (this.#settled) return
      }
    }
    await this.#askBootLoader()
  }

  /** DTR falls and rises, as before an upload; then the boot loader is asked for as long as it listens. */
  async #askBootLoader(): Promise<void> {
    const { clock, modem } = this.#port
    for (const rate of LOADER_RATES) {
      if (this.#left < SHORTEST) return
      // A port without control circuits cannot, and a board may be in its boot loader all the same.
      const can = await modem.set({ dtr: false, rts: false }).then(
        () => true,
        () => false,
      )
      if (can) {
        await sleepOnClock(clock, RESET_PULSE)
        await modem.set({ dtr: true, rts: true })
        await sleepOnClock(clock, AFTER_RESET)
      }
      for (let attempt = 0; attempt < SYNC_TRIES; attempt++) {
        await this.#listen(rate, SYNC_WAIT, GET_SYNC)
        const last = this.#stretches.at(-1)
        if (last?.probe !== GET_SYNC || !last.heard.octets.includes(STK_OK)) continue
        await this.#listen(rate, SYNC_WAIT, READ_SIGNATURE)
        if (this.#settled) return
      }
    }
  }
}

/** Whether more listening would change anything. */
export function isSettled(stretches: readonly Stretch[], inputs: ModemInputs | undefined): boolean {
  const [first] = classify(stretches, inputs)
  if (first === undefined || first.probability < SURE) return false
  const { who } = first
  if (who === 'bridge' || who === 'boot-loader' || who === 'modem' || who === 'login') return true
  const readings = stretches.map(readStretch)
  const best = bestReading(readings)
  if (best === undefined) return false
  if (who === 'nmea') return countNmea(best.text).whole >= 2
  if (who === 'sketch') {
    const { began, time, chunks } = best.stretch.heard
    return best.evidence >= RIGHT && began + time - (chunks[0]?.at ?? began) >= PRINTING
  }
  // A modem that echoes gives our octets back as well, and a shell: who says nothing else to this question is neither.
  return who === 'loopback' && readings.some(({ echoed, stretch }) => echoed && stretch.probe === ATTENTION)
}

function errorShareOf({ errors, total }: Heard): number {
  return errors === undefined || total === 0 ? 0 : errors.framing / total
}

/** What the likeliest one said that tells most of it. */
function mostTelling(who: Occupant | undefined, readings: readonly StretchReading[]): StretchReading | undefined {
  const telling = readings.find(({ stretch: { probe }, octets, text }) => {
    if (octets.length === 0) return false
    return (
      (who === 'modem' && probe === ATTENTION && modemResults(text).length > 0) ||
      (who === 'boot-loader' && probe === GET_SYNC && octets[0] === STK_INSYNC && octets[1] === STK_OK)
    )
  })
  return telling ?? bestReading(readings)
}

function withoutParity({ parity, octets }: StretchReading): Uint8Array {
  return parity === undefined ? octets : octets.map((octet) => octet & 0x7f)
}

/**
 * What stretches of listening come to.
 * @param firstBaud the rate that was listened at first
 */
export function guessFrom(
  stretches: readonly Stretch[],
  firstBaud: number,
  { inputs, wouldAsk = [], asked = false }: Partial<Pick<PortGuess, 'inputs' | 'wouldAsk' | 'asked'>> = {},
): PortGuess {
  const readings = stretches.map(readStretch)
  const suspects = classify(stretches, inputs)
  const telling = mostTelling(suspects[0]?.who, readings)
  const told = stretches.flatMap(({ heard: { errors } }) => (errors === undefined ? [] : [errors]))
  return {
    suspects,
    baud: telling?.stretch.heard.baud ?? firstBaud,
    firstBaud,
    parity: telling?.parity,
    said: telling === undefined ? new Uint8Array(0) : withoutParity(telling),
    unasked: telling?.stretch.probe === undefined,
    heard: stretches.reduce((sum, { heard }) => sum + heard.total, 0),
    listened: stretches.reduce((sum, { heard }) => sum + heard.time, 0),
    inputs,
    tellsErrors: told.length > 0,
    framingErrors: told.reduce((sum, { framing }) => sum + framing, 0),
    breaks: told.reduce((sum, { breaks }) => sum + breaks, 0),
    errorShare: telling === undefined ? 0 : errorShareOf(telling.stretch.heard),
    sessionVersion: readings
      .map(({ stretch }) => findCells(stretch.heard.octets).session?.speaks)
      .findLast((each) => each !== undefined),
    signature: signatureIn(readings),
    wouldAsk,
    asked,
  }
}
