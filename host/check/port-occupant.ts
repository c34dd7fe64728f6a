/**
 * Who is at the port when no session comes about. What comes while a session is waited for is overheard; a device that is known by what it
 * says ends the wait, and is named in place of causes that a board of ours would have.
 */
import { SECOND } from '../../firmware/hal/clock.js'
import { findCells } from '../port-guess/cells-heard.js'
import type { Stretch } from '../port-guess/classify.js'
import { type GuessOptions, guessFrom, guessPort, isSettled, type PortGuess } from '../port-guess/guess-port.js'
import { errorsSince, type Heard, type HeardChunk } from '../port-guess/heard.js'
import { evidenceOf, nextOf, whoInWords } from '../port-guess/in-sentences.js'
import { OCCUPANTS, type Occupant } from '../port-guess/occupant.js'
import { saidLines } from '../port-guess/said.js'
import type { Target } from '../target/target.js'
import { EN } from '../text/en.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { CheckContext } from './context.js'
import type { Cause } from './diagnosis/cause.js'
import { sideOf } from './diagnosis/side.js'
import type { CheckDescription, Diagnosis, Outcome, ReportedOccupant } from './types.js'

/** Nanoseconds of listening after the wait for a session. */
const LIMIT = 4 * SECOND
/** Nanoseconds of asking: a boot loader is asked last, at each of its rates. */
const ASKING_LIMIT = 8 * SECOND
const SURE = 0.75
/** Octets that are overheard. */
const ROOM = 4_096
const CHARACTERS = 60

/** Of whom it is known that they are no bridge board, by the family of faults that they are. */
const CAUSES: Partial<Record<Occupant, Cause>> = {
  'boot-loader': 'port-boot-loader',
  sketch: 'port-sketch',
  nmea: 'port-gps',
  modem: 'port-modem',
  login: 'port-login',
  loopback: 'port-loopback',
}

/** What is overheard on a line while somebody else reads it. */
class Tap {
  readonly #target: Target
  readonly #chunks: HeardChunk[] = []
  readonly #began: number
  readonly #errorsBefore
  readonly #inner: Target['line']['handleOctets']
  #kept = 0
  #total = 0
  #settle: () => void = () => {}
  /** Resolves once it is clear who speaks, and that it is not a board of ours. */
  readonly settled = new Promise<undefined>((resolve) => {
    this.#settle = () => resolve(undefined)
  })

  constructor(target: Target) {
    this.#target = target
    const { line, clock } = target
    this.#began = clock.now
    this.#errorsBefore = line.lineErrors?.()
    this.#inner = line.handleOctets
    line.handleOctets = (octets, errors) => {
      this.#take(octets)
      this.#inner?.(octets, errors)
    }
  }

  end(): void {
    this.#target.line.handleOctets = this.#inner
  }

  get stretch(): Stretch {
    const octets = new Uint8Array(this.#kept)
    let at = 0
    for (const chunk of this.#chunks) {
      octets.set(chunk.octets, at)
      at += chunk.octets.length
    }
    const { line, clock } = this.#target
    const after = line.lineErrors?.()
    const before = this.#errorsBefore
    const errors = before === undefined || after === undefined ? undefined : errorsSince(after, before)
    const time = clock.now - this.#began
    const heard: Heard = {
      baud: line.baud,
      began: this.#began,
      time,
      octets,
      chunks: this.#chunks,
      total: this.#total,
      errors,
    }
    return { heard }
  }

  #take(octets: Uint8Array): void {
    this.#total += octets.length
    if (this.#kept === ROOM) return
    const taken = octets.slice(0, ROOM - this.#kept)
    this.#kept += taken.length
    this.#chunks.push({ at: this.#target.clock.now, octets: taken })
    const { stretch } = this
    if (isForeign([stretch])) this.#settle()
  }
}

function isForeign(stretches: readonly Stretch[]): boolean {
  return isSettled(stretches, undefined) && !stretches.some(({ heard }) => findCells(heard.octets).whole > 0)
}

type SessionCheck = { readonly id: string; run(context: CheckContext): Promise<Outcome> }

export interface OccupantOptions {
  /** Whether somebody else may be asked who it is; nothing is sent without it. */
  readonly mayAsk?: GuessOptions['mayAsk']
  /** The board that the port's adapter belongs to, where that is known: what the remedy flashes. */
  readonly adapterBoard?: string
}

export class PortOccupant {
  readonly #target: Target
  readonly #options: OccupantOptions
  #tap: Tap | undefined
  #guess: PortGuess | undefined

  constructor(target: Target, options: OccupantOptions) {
    this.#target = target
    this.#options = options
  }

  /** The checks, with an ear beside the one that opens the session. */
  listening<C extends SessionCheck>(checks: readonly C[]): readonly C[] {
    if (this.#target.programmer !== undefined) return checks
    return checks.map((check) =>
      check.id === 'serial.session'
        ? { ...check, run: (context: CheckContext) => this.#session(check, context) }
        : check,
    )
  }

  /** Rates need not be tried at which nobody of ours would answer. */
  unavailable({ id }: CheckDescription): LocalizableText | undefined {
    return id === 'serial.rate' && this.#cause !== undefined ? keyed('port.no-other-rate') : undefined
  }

  /** Null where nobody listened, or a session came about. */
  get found(): ReportedOccupant | null {
    const guess = this.#found
    if (guess === undefined) return null
    const [{ who, probability }] = guess.suspects
    const title = whoInWords(who)
    const evidence = evidenceOf(guess)
    // That a board of ours is to be checked next is being done.
    const next = nextOf(guess, this.#target.name, this.#options.adapterBoard).filter(
      ({ key }) => key !== 'port.next.bridge',
    )
    return {
      who,
      title: say(EN, title),
      probability,
      evidence: evidence.map((sentence) => say(EN, sentence)),
      said: saidLines(guess.said),
      next: next.map((sentence) => say(EN, sentence)),
      keyed: { title, evidence, next },
    }
  }

  /** Undefined where nobody else is known to be there. */
  get diagnosis(): Diagnosis | undefined {
    const guess = this.#found
    const cause = causeOf(guess)
    if (guess === undefined || cause === undefined) return undefined
    const [first] = guess.suspects
    const said = saidLines(guess.said).slice(0, 2)
    const evidence: LocalizableText[] = [keyed('port.is', { who: whoInWords(first.who) }), ...evidenceOf(guess)]
    if (said.length > 0) evidence.push(keyed('port.said', { said: said.join(' / ') }))
    const remedy = nextOf(guess, this.#target.name, this.#options.adapterBoard).at(-1)!
    return {
      cause,
      confidence: first.probability,
      class: [cause],
      side: sideOf(cause),
      evidence: evidence.map((sentence) => say(EN, sentence)),
      remedy: say(EN, remedy),
      keyed: { evidence, remedy },
    }
  }

  get #cause(): Cause | undefined {
    return causeOf(this.#guess)
  }

  async #session(check: SessionCheck, context: CheckContext): Promise<Outcome> {
    const { line, modem, clock, random } = this.#target
    const tap = new Tap(this.#target)
    this.#tap = tap
    let outcome: Outcome | undefined
    try {
      outcome = await Promise.race([check.run(context), tap.settled])
    } finally {
      tap.end()
    }
    // Whoever names no board may be this computer itself, whose cells come back.
    if (context.serial.identity?.board && outcome !== undefined) {
      this.#tap = undefined
      return outcome
    }
    const { stretch } = tap
    const { mayAsk } = this.#options
    const ours = findCells(stretch.heard.octets).session?.identity.board
    const speaks = stretch.heard.total > 0 && (ours === undefined || ours === '')
    if (speaks || mayAsk !== undefined) {
      const reader = line.handleOctets
      line.cutCells?.(undefined)
      this.#guess = await guessPort(
        { line, modem, clock, random: random.fork('port guess') },
        {
          baud: line.baud,
          before: [stretch],
          limit: LIMIT,
          askingLimit: ASKING_LIMIT,
          ...(mayAsk === undefined ? {} : { mayAsk }),
        },
      )
      line.handleOctets = reader
    } else {
      // What the control circuits show of somebody who says nothing; not every port has them.
      const inputs = await modem.get().catch(() => undefined)
      this.#guess = guessFrom([stretch], line.baud, { inputs })
    }
    if (this.#cause === undefined && outcome !== undefined) return outcome
    const [first] = this.#guess?.suspects ?? []
    const said = this.#guess === undefined ? '' : (saidLines(this.#guess.said)[0] ?? '')
    const reason = keyed('port.session', { who: whoInWords(first?.who ?? 'silence'), said: said.slice(0, CHARACTERS) })
    return { measurements: outcome?.measurements ?? [], verdict: 'fail', reason }
  }

  /** What was made of it, or what was overheard in a wait for a session that did not come to its end. */
  get #found(): PortGuess | undefined {
    if (this.#guess !== undefined) return this.#guess
    return this.#tap === undefined ? undefined : guessFrom([this.#tap.stretch], this.#target.line.baud)
  }
}

/** Whether somebody is there who is known to be no board of ours: then none of its faults explains what was measured. */
export function isStranger(occupant: ReportedOccupant | null): boolean {
  const known = OCCUPANTS.find((each) => each === occupant?.who)
  return known !== undefined && CAUSES[known] !== undefined && (occupant?.probability ?? 0) >= SURE
}

function causeOf(guess: PortGuess | undefined): Cause | undefined {
  const first = guess?.suspects[0]
  return first === undefined || first.probability < SURE ? undefined : CAUSES[first.who]
}
