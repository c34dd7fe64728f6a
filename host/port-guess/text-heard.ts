/** How much what was heard looks like text, and like text of whom. */
import { parityOf, type SerialFraming } from '../../boards/rs232/framing.js'
import { log } from '../../firmware/math/elementary.js'

/** A character an octet. */
export function latin(octets: Uint8Array): string {
  let text = ''
  for (const octet of octets) text += String.fromCharCode(octet)
  return text
}

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const BELL = 0x07
const BACKSPACE = 0x08
const ESCAPE = 0x1b

/** What a program prints: ASCII, ends of lines, and what a console adds to them. */
function isTextOctet(octet: number): boolean {
  if (octet >= 0x20 && octet < 0x7f) return true
  return (
    octet === CARRIAGE_RETURN ||
    octet === LINE_FEED ||
    octet === TAB ||
    octet === ESCAPE ||
    octet === BELL ||
    octet === BACKSPACE
  )
}

/** Octets of characters beyond ASCII in UTF-8 (RFC 3629 4), behind the first: a degree sign, letters of other scripts. */
function utf8Length(octets: Uint8Array, at: number): number {
  const first = octets[at]
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  for (let i = 1; i < length; i++) if ((octets[at + i] & 0xc0) !== 0x80) return 0
  return at + length <= octets.length ? length : 0
}

export interface TextCount {
  /** Octets that are text, and that are not. */
  readonly text: number
  readonly other: number
}

export function countText(octets: Uint8Array): TextCount {
  let text = 0
  for (let at = 0; at < octets.length; ) {
    const length = isTextOctet(octets[at]) ? 1 : utf8Length(octets, at)
    text += length
    at += Math.max(1, length)
  }
  return { text, other: octets.length - text }
}

/** Octets that are looked at for how much they speak for text: more of the same says nothing new. */
const COUNTED = 48
/** Shares of octets that look like text in text, where a character may be damaged, and in octets of any value (105 of 256). */
const IN_TEXT = 0.985
const BY_CHANCE = 0.41

/** Natural logarithms, computed once: ln(IN_TEXT / BY_CHANCE), ln((1 - IN_TEXT) / (1 - BY_CHANCE)). */
const FOR = log(IN_TEXT / BY_CHANCE)
const AGAINST = log((1 - IN_TEXT) / (1 - BY_CHANCE))

/** How much more likely octets are as text than as anything: the logarithm of the ratio. */
export function textEvidence({ text, other }: TextCount): number {
  const total = text + other
  if (total === 0) return 0
  const counted = Math.min(total, COUNTED) / total
  return counted * (text * FOR + other * AGAINST)
}

/** Octets that must agree in a bit, and different octets among them, before the bit is taken for stuck. */
const STUCK_SAMPLE = 48
const STUCK_KINDS = 6
/** Bits that tell letters, digits and signs from each other: in text each of them is as often 0 as 1, give or take a half. */
const TELLING_BITS = 0x1f

/** Whether a bit is the same in all of many octets, however these differ otherwise: no language has that, and a UART that is broken has. */
export function hasStuckBit(octets: Uint8Array): boolean {
  if (octets.length < STUCK_SAMPLE || new Set(octets).size < STUCK_KINDS) return false
  let all = TELLING_BITS
  let any = 0
  for (const octet of octets) {
    all &= octet
    any |= octet
  }
  return all !== 0 || (any & TELLING_BITS) !== TELLING_BITS
}

/** What asks for a name or a password at the end of what was said, or at the end of a line (getty, login, routers). */
const LOGIN = /(?:^|[\r\n]|\s)(?:[\w.@-]+ )?(?:login|user ?name|password)\s*:\s*(?:$|[\r\n])/i

export function asksForLogin(text: string): boolean {
  return LOGIN.test(text)
}

/** Result codes of ITU-T V.250 6.1 (words), alone on a line. */
const RESULT =
  /(?:^|[\r\n])(OK|ERROR|CONNECT(?: \d+)?|RING|NO CARRIER|NO DIALTONE|BUSY|NO ANSWER|\+CM[ES] ERROR: ?\w+)(?=[\r\n])/g

export function modemResults(text: string): readonly string[] {
  return [...text.matchAll(RESULT)].map(([, word]) => word)
}

const SEVEN_EVEN: SerialFraming = { dataBits: 7, parity: 'even', stopBits: 1 }

export type ParityFound = '7E1' | '7O1' | '7M1'

/** Octets that must agree before a parity is believed: by chance they do once in 2^16. */
const PARITY_SAMPLE = 16

/** Text of seven bits whose eighth is its parity, as 8N1 reads it; undefined where it is not that. */
export function parityInEighthBit(octets: Uint8Array): ParityFound | undefined {
  if (octets.length < PARITY_SAMPLE) return undefined
  let even = 0
  let odd = 0
  let mark = 0
  let text = 0
  for (const octet of octets) {
    const high = octet >> 7
    const ones = parityOf(octet & 0x7f, SEVEN_EVEN)
    if (high === ones) even++
    else odd++
    if (high === 1) mark++
    if (isTextOctet(octet & 0x7f)) text++
  }
  const most = 0.97 * octets.length
  if (text < most || mark === 0) return undefined
  if (even >= most) return '7E1'
  if (odd >= most) return '7O1'
  return mark >= most ? '7M1' : undefined
}

/**
 * ASCII on a line that is upside down, with rest between characters. The receiver takes the first data bit that is 1 for its start bit, reads
 * those behind it inverted, and the level of rest for its stop bit: so an octet tells by its highest bit where it began.
 * @returns undefined where an octet cannot have come about so
 */
export function uprightAscii(octet: number): number | undefined {
  if (octet === 0 || octet >= 0x80) return undefined
  const highest = 31 - Math.clz32(octet)
  const skipped = 6 - highest
  const rest = ~octet & ((1 << (highest + 1)) - 1)
  return (rest << (skipped + 1)) | (1 << skipped)
}
