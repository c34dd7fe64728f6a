/** A guess as a document, for other programs. */
import { documentHead } from '../../boards/schema/published.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { PortError } from '../errors/errors.js'
import { EN } from '../text/en.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import type { PortGuess } from './guess-port.js'
import { PORT_DOCUMENT_VERSION, type PortDocument } from './guess-schema.js'
import { evidenceOf, nextOf, whoInWords } from './in-sentences.js'
import { saidLines } from './said.js'

/**
 * @param board the board that the port's adapter belongs to, where it is known
 * @param words for a person; programs read English
 */
export function guessDocument(guess: PortGuess, port: string, board?: string, words: Words = EN): PortDocument {
  const tell = (text: LocalizableText): string => say(words, text)
  const [first, ...others] = guess.suspects
  const who = first?.who ?? 'silence'
  return {
    ...documentHead('port', PORT_DOCUMENT_VERSION),
    port,
    who,
    title: tell(whoInWords(who)),
    probability: first?.probability ?? 0,
    evidence: evidenceOf(guess).map(tell),
    others: others.map((each) => ({
      who: each.who,
      probability: each.probability,
      title: tell(whoInWords(each.who)),
    })),
    next: nextOf(guess, port, board).map(tell),
    said: [...saidLines(guess.said)],
    baud: guess.heard === 0 ? null : guess.baud,
    octets: guess.heard,
    listenedSeconds: listenedTenths(guess.listened) / 10,
    lineErrors: guess.tellsErrors ? { framing: guess.framingErrors, breaks: guess.breaks } : null,
    controls: guess.inputs ?? null,
    asked: guess.asked,
    wouldAsk: guess.wouldAsk.map(tell),
  }
}

/** Who spoke before it was listened to, and was understood at once, was listened to all the same: 0 is for a port that does not open. */
function listenedTenths(nanoseconds: number): number {
  return Math.max(1, Math.round(nanoseconds / (SECOND / 10)))
}

/**
 * For a port that does not open.
 * @param message the error's, in the language of the words
 */
export function unopenedDocument(
  port: string,
  { trouble, message: english }: PortError,
  words: Words = EN,
  message = english,
): PortDocument {
  const [reason, ...remedy] = message.split(/; |；/)
  return {
    ...documentHead('port', PORT_DOCUMENT_VERSION),
    port,
    who: trouble,
    title: say(words, keyed(`port.who.${trouble}`)),
    probability: 1,
    evidence: [say(words, keyed('port.heard.refused', { reason }))],
    others: [],
    next: remedy.length === 0 ? [] : [remedy.join(message === english ? '; ' : '；')],
    said: [],
    baud: null,
    octets: 0,
    listenedSeconds: 0,
    lineErrors: null,
    controls: null,
    asked: false,
    wouldAsk: [],
  }
}
