/** What a guess says to a person: who it is, what was heard, what to do next. */
import { SESSION } from '../../firmware/serial-link/link-table.js'
import { keyed, type LocalizableText, type Sentence } from '../text/keyed.js'
import type { PortGuess } from './guess-port.js'
import type { Occupant } from './occupant.js'

const WHO = {
  bridge: keyed('port.who.bridge'),
  'boot-loader': keyed('port.who.boot-loader'),
  nmea: keyed('port.who.nmea'),
  modem: keyed('port.who.modem'),
  login: keyed('port.who.login'),
  sketch: keyed('port.who.sketch'),
  loopback: keyed('port.who.loopback'),
  'another-rate': keyed('port.who.another-rate'),
  inverted: keyed('port.who.inverted'),
  noise: keyed('port.who.noise'),
  swapped: keyed('port.who.swapped'),
  silence: keyed('port.who.silence'),
} as const satisfies Record<Occupant, Sentence>

export function whoInWords(who: Occupant): Sentence {
  return WHO[who]
}

/** Framing errors are a share of its octets from which on they are no accident. */
const MANY = 0.2

/** Who speaks a language. */
const SPEAKERS: readonly Occupant[] = ['bridge', 'nmea', 'modem', 'login', 'sketch']

/** What the likeliest sent, and how that differs from what was expected. */
export function evidenceOf(guess: PortGuess): readonly LocalizableText[] {
  const [first] = guess.suspects
  const sentences = [...(first?.evidence ?? [])]
  if (first === undefined || !SPEAKERS.includes(first.who)) return sentences
  const { baud: rate, firstBaud, parity } = guess
  if (rate !== firstBaud && guess.unasked) sentences.push(keyed('port.heard.other-rate', { rate, first: firstBaud }))
  if (parity !== undefined) sentences.push(keyed('port.heard.parity', { framing: parity }))
  else if (guess.errorShare >= MANY) sentences.push(keyed('port.heard.parity-bit'))
  return sentences
}

/** Boards by signature and by the rate of their boot loader. */
function boardOf(guess: PortGuess, hint: string | undefined): string {
  const signature = guess.signature === undefined ? undefined : [...guess.signature].join(' ')
  if (signature === '30 152 1') return 'mega2560'
  if (signature === '30 149 15') return guess.baud === 57_600 ? (hint === 'promini' ? hint : 'nano') : (hint ?? 'uno')
  return hint ?? 'uno'
}

/**
 * @param port as a person names it
 * @param hint the board that the port's adapter belongs to, where it is known
 */
export function nextOf(guess: PortGuess, port: string, hint?: string): readonly Sentence[] {
  const [first] = guess.suspects
  const who = first?.who ?? 'silence'
  const board = boardOf(guess, hint)
  if (who === 'bridge') {
    const old = guess.sessionVersion !== undefined && guess.sessionVersion < SESSION.VERSION
    return [old ? keyed('port.next.bridge-old', { port, board }) : keyed('port.next.bridge', { port })]
  }
  if (who === 'boot-loader') return [keyed('port.next.boot-loader', { port, board })]
  if (who === 'sketch') return [keyed('port.next.sketch', { port, board })]
  const ask = guess.asked ? [] : [keyed('port.next.ask', { port })]
  if (who === 'another-rate') return [keyed('port.next.another-rate', { port }), ...ask]
  if (who === 'silence') return [...ask, keyed('port.next.silence')]
  if (who === 'swapped') return [...ask, keyed('port.next.swapped')]
  return [keyed(`port.next.${who}`)]
}
