/** A guess as a document, for other programs. */
import { documentHead } from '../../boards/schema/published.js'
import type { PortError } from '../errors/errors.js'
import { EN } from '../text/en.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { PortGuess } from './guess-port.js'
import { PORT_DOCUMENT_VERSION, type PortDocument } from './guess-schema.js'
import { evidenceOf, nextOf, whoInWords } from './in-sentences.js'
import { saidLines } from './said.js'

const english = (text: LocalizableText): string => say(EN, text)

/** @param board the board that the port's adapter belongs to, where it is known */
export function guessDocument(guess: PortGuess, port: string, board?: string): PortDocument {
  const [first, ...others] = guess.suspects
  const who = first?.who ?? 'silence'
  return {
    ...documentHead('port', PORT_DOCUMENT_VERSION),
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
    said: [...saidLines(guess.said)],
    baud: guess.heard === 0 ? null : guess.baud,
    octets: guess.heard,
    listenedSeconds: Math.round(guess.listened / 1e8) / 10,
    lineErrors: guess.tellsErrors ? { framing: guess.framingErrors, breaks: guess.breaks } : null,
    controls: guess.inputs ?? null,
    asked: guess.asked,
    wouldAsk: guess.wouldAsk.map(english),
  }
}

/** For a port that does not open. */
export function unopenedDocument(port: string, error: PortError): PortDocument {
  const [reason, ...remedy] = error.message.split('; ')
  return {
    ...documentHead('port', PORT_DOCUMENT_VERSION),
    port,
    who: error.trouble,
    title: english(keyed(`port.who.${error.trouble}`)),
    probability: 1,
    evidence: [`${reason}.`],
    others: [],
    next: remedy.length === 0 ? [] : [remedy.join('; ')],
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
