/**
 * The telnet protocol as a network virtual terminal without options (RFC 854, RFC 855): commands are taken out of the data, and
 * every option that the peer offers or asks for is politely refused.
 */

const IAC = 255
const DONT = 254
const DO = 253
const WONT = 252
const WILL = 251
const SB = 250
const AYT = 246
const EC = 247
const EL = 248
const IP = 244
const SE = 240

const NUL = 0
const BELL = 7
const BACKSPACE = 8
const LF = 10
const CR = 13
const DELETE = 127

/** The longest line that is kept. */
export const TELNET_LINE_LIMIT = 80
/** Refusals that may wait to be sent; a peer that asks for more options meanwhile gets no answer to them. */
const REPLIES_LIMIT = 16

type State = 'data' | 'CR' | 'command' | 'option' | 'subnegotiation' | 'subnegotiation command'

export class TelnetReader {
  /** A line was completed; further octets wait until it is taken. */
  line: string | undefined
  /** The line had more characters than are kept. */
  tooLong = false
  /** The peer wants what runs to stop (IAC IP, or control C). */
  interrupted = false
  /** The peer asks whether somebody is there (IAC AYT). */
  asked = false
  #state: State = 'data'
  #command = 0
  #text = ''
  #replies: number[] = []

  /** Takes octets until a line is complete. @returns octets taken */
  feed(octets: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && this.line === undefined) this.#take(octets[at++])
    return at - start
  }

  /** Refusals to send, as octets; they are taken out. */
  replies(): readonly number[] {
    const replies = this.#replies
    this.#replies = []
    return replies
  }

  #take(octet: number): void {
    switch (this.#state) {
      case 'CR':
        // The end of a line is CR LF, and CR NUL a carriage return alone (RFC 854): both end a line here.
        this.#state = 'data'
        if (octet === LF || octet === NUL) return
        this.#take(octet)
        return
      case 'data':
        this.#data(octet)
        return
      case 'command':
        this.#state = 'data'
        this.#commandOctet(octet)
        return
      case 'option':
        this.#state = 'data'
        // Only offers and wishes are answered, or two refusing ends would answer one another for ever (RFC 854).
        if (this.#command === DO) this.#reply(WONT, octet)
        else if (this.#command === WILL) this.#reply(DONT, octet)
        return
      case 'subnegotiation':
        if (octet === IAC) this.#state = 'subnegotiation command'
        return
      case 'subnegotiation command':
        this.#state = octet === SE ? 'data' : 'subnegotiation'
    }
  }

  #data(octet: number): void {
    if (octet === IAC) this.#state = 'command'
    else if (octet === CR) {
      this.#state = 'CR'
      this.#endLine()
    } else if (octet === LF) this.#endLine()
    else if (octet === BACKSPACE || octet === DELETE) this.#text = this.#text.slice(0, -1)
    else if (octet === 3) this.#interrupt()
    else if (octet >= 0x20 && octet < DELETE) {
      if (this.#text.length < TELNET_LINE_LIMIT) this.#text += String.fromCharCode(octet)
      else this.tooLong = true
    } else if (octet !== NUL && octet !== BELL) this.#text += octet === 9 ? ' ' : ''
  }

  #commandOctet(octet: number): void {
    if (octet === SB) this.#state = 'subnegotiation'
    else if (octet >= WILL && octet <= DONT) {
      this.#command = octet
      this.#state = 'option'
    } else if (octet === EC) this.#text = this.#text.slice(0, -1)
    else if (octet === EL) this.#text = ''
    else if (octet === IP) this.#interrupt()
    else if (octet === AYT) this.asked = true
    // What is left is data mark, break, go ahead, no operation: nothing to be done. IAC IAC is the octet 255, no ASCII.
  }

  #interrupt(): void {
    this.interrupted = true
    this.#text = ''
  }

  #endLine(): void {
    this.line = this.#text
    this.#text = ''
  }

  #reply(verb: number, option: number): void {
    if (this.#replies.length < 3 * REPLIES_LIMIT) this.#replies.push(IAC, verb, option)
  }
}
