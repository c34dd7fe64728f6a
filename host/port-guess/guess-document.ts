/** A guess as a document, for other programs. */
import type { PortTrouble } from '../errors/errors.js'
import type { ModemInputs } from '../target/host-line.js'
import { EN } from '../text/en.js'
import type { LocalizableText } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { PortGuess } from './guess-port.js'
import { evidenceOf, nextOf, whoInWords } from './in-sentences.js'
import type { Occupant } from './occupant.js'
import { saidLines } from './said.js'

export interface PortDocument {
  /** 1; grows when a member changes its meaning. */
  readonly version: 1
  readonly port: string
  /** Who is there, or why that cannot be told. */
  readonly who: Occupant | PortTrouble
  readonly title: string
  readonly probability: number
  readonly evidence: readonly string[]
  /** Who else it may be. */
  readonly others: readonly { readonly who: Occupant; readonly probability: number; readonly title: string }[]
  readonly next: readonly string[]
  /** What was heard, in printable lines. */
  readonly said: readonly string[]
  /** Of whoever was understood best; null where nobody spoke. */
  readonly baud: number | null
  readonly octets: number
  readonly listenedSeconds: number
  /** Null where the port does not tell them. */
  readonly lineErrors: { readonly framing: number; readonly breaks: number } | null
  readonly controls: ModemInputs | null
  /** Whether something was sent, and what would have been. */
  readonly asked: boolean
  readonly wouldAsk: readonly string[]
}

const english = (text: LocalizableText): string => say(EN, text)

/** @param board the board that the port's adapter belongs to, where it is known */
export function guessDocument(guess: PortGuess, port: string, board?: string): PortDocument {
  const [first, ...others] = guess.suspects
  const who = first?.who ?? 'silence'
  return {
    version: 1,
    port,
    who,
    title: english(whoInWords(who)),
    probability: first?.probability ?? 0,
    evidence: evidenceOf(guess).map(english),
    others: others.map((each) => ({
      who: each.who,
      probability: each.probability,
      title: english(whoInWords(each.who)),
    })),
    next: nextOf(guess, port, board).map(english),
    said: saidLines(guess.said),
    baud: guess.heard === 0 ? null : guess.baud,
    octets: guess.heard,
    listenedSeconds: Math.round(guess.listened / 1e8) / 10,
    lineErrors: guess.tellsErrors ? { framing: guess.framingErrors, breaks: guess.breaks } : null,
    controls: guess.inputs ?? null,
    asked: guess.asked,
    wouldAsk: guess.wouldAsk.map(english),
  }
}
